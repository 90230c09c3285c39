/* What the browser tests ask of a page, and how they know that it has settled. Runs beside the page's own scripts and
   touches nothing of them but `fetch`, whose calls it counts. */
(() => {
  const real = window.fetch;
  const look = { open: 0, last: 0, posts: 0 };
  window.fetch = function (...args) {
    if (String(args[0] && args[0].url || args[0]).includes("_dash-update-component")) look.posts += 1;
    look.open += 1;
    const over = () => { look.open -= 1; look.last = performance.now(); };
    const answer = real.apply(this, args);
    answer.then(over, over);
    return answer;
  };

  const all = (css) => [...document.querySelectorAll(css)];
  const plot = () => document.querySelector("#chart .js-plotly-plot");
  const rect = (css) => document.querySelector(css).getBoundingClientRect();

  /* Nothing asked, and nothing answered, for a moment since `asked`. */
  look.quiet = (asked) => look.open === 0 && performance.now() - Math.max(look.last, asked) > 150;
  look.ready = () => document.querySelector("#listing h2") !== null && document.querySelector("#sentence").textContent !== "";
  look.painted = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done(true))); });
  look.window = () => { const axis = plot()._fullLayout.xaxis; return axis.range.map((r) => axis.r2l(r)); };
  look.meta = () => window.timeline.chart.state.meta;
  look.scrolled = (css) => all(css).filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.id);
  look.laneNames = () => all("#chart-names .lane-name > span").map((n) => n.firstChild.textContent);

  /* Scrolls the list towards the row of a mention; true once it is in the page. */
  look.scrollTo = (id) => {
    const list = document.querySelector("#list"), at = window.timeline.lists.rows().findIndex((row) => row.ids.split(" ").includes(id));
    if (document.querySelector(`#list [data-ids~="${id}"]`)) return true;
    const first = list.querySelector("[data-row]");
    list.scrollTop += (at - Number(first.dataset.row)) * first.offsetHeight - list.clientHeight;
    return false;
  };

  look.placeOf = (id) => {
    const axis = plot()._fullLayout.xaxis, box = rect("#chart-plot"), { marks } = look.meta(), i = marks.id.indexOf(id);
    return [box.left + axis.l2p(marks.at[i]), box.top + marks.y[i]];
  };

  /* A label's box has the font's full ascent and descent, a mark's box the outline that parts it from its neighbours:
     two pixels of height and one of width are air, not ink. */
  const AIR_X = 1, AIR_Y = 2;
  const meet = (a, b, x = AIR_X, y = AIR_Y) => a.l + x < b.r && b.l + x < a.r && a.t + y < b.b && b.t + y < a.b;
  const box = (node) => {
    const r = node.getBoundingClientRect();
    return { l: r.left, r: r.right, t: r.top, b: r.bottom, node, words: node.textContent || node.outerHTML.slice(0, 90) };
  };
  const boxes = (css) => all(css).map(box);

  /* The durations, which the page paints in one path a colour; the places tell where each lies. */
  const durations = () => {
    const axis = plot()._fullLayout.xaxis, edge = rect("#chart-plot"), { marks } = look.meta();
    return marks.span.flatMap((kind, i) => (kind !== "solid" ? [] : [{
      l: edge.left + axis.l2p(marks.x0[i]), r: edge.left + axis.l2p(marks.x1[i]),
      t: edge.top + marks.y[i] - 3.5, b: edge.top + marks.y[i] + 3.5, words: `duration of ${marks.label[i]}`,
    }]));
  };

  look.labels = () => {
    const faults = [], edge = rect("#chart-plot"), labels = boxes("#chart-front text.label");
    const points = boxes("#chart-back .point");
    const bars = [...durations(), ...boxes("#chart-back rect[fill^=url]")];
    // In a narrow window the names stand above the rows of their lanes, in the plot; scrolled, they stay over them.
    const resting = document.body.dataset.narrow && document.querySelector("#chart-scroll").scrollTop === 0;
    const names = resting ? boxes("#chart-names .lane-name > span") : [];
    const compare = (kind, ones, others) => {
      for (const a of ones) for (const b of others) if (meet(a, b)) faults.push(`${kind}: ${a.words} | ${b.words}`);
    };
    labels.forEach((a, i) => {
      for (const b of labels.slice(i + 1)) if (meet(a, b, 0)) faults.push(`two labels: ${a.words} | ${b.words}`);
      if (a.l < edge.left - 0.5 || a.r > edge.right + 0.5) faults.push(`cut at the side: ${a.words}`);
      if (a.t < edge.top - 0.5 || a.b > edge.bottom + 0.5) faults.push(`cut above or below: ${a.words}`);
      if (parseFloat(getComputedStyle(a.node).fontSize) < 11) faults.push(`too small: ${a.words}`);
    });
    compare("label and point", labels, points);
    compare("label and bar", labels, bars);
    compare("label and lane name", labels, names);
    compare("lane name and point", names, points);
    const seen = points.filter((p) => p.l >= edge.left && p.r <= edge.right).length;
    const named = labels.filter((a) => !/^\+\d+$/.test(a.words)).length;
    return { faults, labels: labels.length, points: points.length, share: named / Math.max(seen, 1) };
  };

  /* Every line of a lane's name lies inside its lane and inside the column. */
  look.names = () => {
    const faults = [], column = rect("#chart-names"), names = all("#chart-names .lane-name");
    for (const name of names) {
      const own = name.getBoundingClientRect(), range = document.createRange();
      range.selectNodeContents(name);
      for (const line of range.getClientRects()) {
        const out = line.left < column.left - 0.5 || line.right > column.right + 0.5 ||
          line.top < own.top - 0.5 || line.bottom > own.bottom + 0.5;
        if (out) { faults.push(name.textContent); break; }
      }
    }
    const shown = names.filter((n) => n.getBoundingClientRect().width > 0 && getComputedStyle(n).visibility === "visible");
    return { faults, names: shown.length };
  };

  look.axis = () => {
    const faults = [], edge = rect("#chart-axis"), rows = new Map(), words = all("#chart-axis text");
    for (const node of words) {
      const r = node.getBoundingClientRect(), y = node.getAttribute("y");
      if (r.left < edge.left - 1 || r.right > edge.right + 1) faults.push(`cut: ${node.textContent}`);
      rows.set(y, [...(rows.get(y) || []), [r.left, r.right, node.textContent]]);
    }
    for (const row of rows.values()) {
      row.sort((a, b) => a[0] - b[0]);
      row.slice(1).forEach((t, i) => { if (t[0] < row[i][1]) faults.push(`${row[i][2]} | ${t[2]}`); });
    }
    return { faults, words: words.length };
  };

  look.sideways = () => {
    const { documentElement: root, body } = document;
    return Math.max(root.scrollWidth, body.scrollWidth) - root.clientWidth;
  };

  /* Visible words and controls that stick out of the window sideways. */
  look.outside = () => all("h1, h2, p, button, a, input, label, li").filter((e) => {
    const r = e.getBoundingClientRect();
    if (!r.width || !r.height || getComputedStyle(e).visibility === "hidden") return false;
    if (e.closest(".skip, .away, #chart, body:not(.filters-open) .navbar")) return false;
    return r.left < -1 || r.right > window.innerWidth + 1;
  }).map((e) => `${e.tagName} ${e.id} ${e.textContent.slice(0, 40)}`);

  /* Controls under 24 by 24 pixels (WCAG 2.2, 2.5.8). */
  look.small = () => all("button, [role=slider], .facet-value, .chip").filter((e) => {
    const r = e.getBoundingClientRect();
    return r.width && (r.height < 23.5 || r.width < 23.5);
  }).map((e) => {
    const r = e.getBoundingClientRect();
    return `${e.tagName} ${e.textContent.slice(0, 30)} ${r.width.toFixed()}x${r.height.toFixed()}`;
  });

  /* Whether what has the focus shows it, by an outline or a shadow on it, around it or in it. */
  look.ringed = () => {
    const at = document.activeElement;
    return [at, ...at.querySelectorAll("*"), at.parentElement].some((part) => {
      const style = getComputedStyle(part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
  };

  look.focused = () => {
    const at = document.activeElement;
    return [at.tagName.toLowerCase(), at.id, at.getAttribute("aria-label") || at.textContent.slice(0, 40)].join(" | ");
  };

  /* The words of every hover. Plotly answers at most every 50 ms, so each is asked for until it is there. */
  look.hovers = async () => {
    const layer = document.querySelector("#chart .hoverlayer"), seen = [];
    const curve = plot().data.findIndex((trace) => trace.name === "events");
    for (let i = 0; i < plot().data[curve].x.length; i += 1) {
      const end = performance.now() + 2000;
      window.Plotly.Fx.unhover(plot());
      while (!layer.textContent && performance.now() < end) {
        window.Plotly.Fx.hover(plot(), [{ curveNumber: curve, pointNumber: i }]);
        await new Promise((done) => { requestAnimationFrame(done); });
      }
      seen.push(layer.textContent);
    }
    return { words: seen.join(" "), alive: all(".hoverlayer a, .hoverlayer script, .hoverlayer img").length };
  };

  /* What of a stranger's table has come to life as elements, links or handlers. */
  look.alive = () => [
    ...all("#main b, #card b, #card img, #filters img, [onerror], [onmouseover]").map((e) => e.outerHTML.slice(0, 100)),
    ...all("a[href]").filter((a) => !["http:", "https:"].includes(a.protocol)).map((a) => a.href.slice(0, 100)),
    ...(window.PWN === undefined ? [] : [`ran: ${window.PWN}`]),
  ];

  window.look = look;
})();
