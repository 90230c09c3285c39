/* The marks: spans of time and the points on them, which span lies under the pointer, and what a hover says. Plotly knows
   the points and answers for hover and click; drawing each takes it a tenth of a millisecond twice over, so they are
   painted here, those in view alone. Built once for a scale; moving in time only moves the group. Text only ever enters
   the page as text. */
(function () {
  "use strict";
  const T = window.timeline, { el } = T.paint;
  const SOLID = 3.5, SOFT = 6, REACH = 8; // half heights of the two kinds, and how near a pointer must come
  const BESIDE = 300, LINE = 46, LINES = 6;
  const $ = (id) => document.getElementById(id);
  const made = { meta: null, group: null, px: null, seen: null, width: 0, scale: 0 };
  let tip = null;

  const STOPS = {
    soft: [[0, 0], [0.25, 0.42], [0.75, 0.42], [1, 0]], left: [[0, 0], [1, 0.7]], right: [[0, 0.7], [1, 0]],
  };

  function gradient(defs, id, kind, colour) {
    const node = el("linearGradient", { id }, defs);
    for (const [offset, opacity] of STOPS[kind]) el("stop", { offset, "stop-color": colour, "stop-opacity": opacity }, node);
  }

  /* One path for all durations of a colour, a gradient for each soft span; one that is narrower than its own point says
     nothing and stays away. */
  function buildSpans(marks, near, px, width, group) {
    const defs = el("defs", {}, group), names = new Set(), solid = new Map();
    for (const i of near) {
      const y = marks.y[i], kind = marks.span[i], colour = marks.colour[i], x0 = px(marks.x0[i]), x1 = px(marks.x1[i]);
      if (kind === "solid") {
        const from = Math.max(x0, -2 * width), to = Math.min(x1, 3 * width);
        solid.set(colour, `${solid.get(colour) || ""}M${from.toFixed(1)} ${y - SOLID}H${to.toFixed(1)}v${2 * SOLID}H${from.toFixed(1)}z`);
      } else if (x1 - x0 >= marks.r[i] * 2 + 2) {
        const name = `${kind}-${colour.slice(1)}`;
        if (!names.has(name)) { names.add(name); gradient(defs, name, kind, colour); }
        el("rect", { x: x0, y: y - SOFT, width: x1 - x0, height: 2 * SOFT, fill: `url(#${name})` }, group);
      }
    }
    for (const [fill, d] of solid) el("path", { d, fill, class: "duration" }, group);
  }

  function buildPoints(marks, near, px, width, group) {
    for (const i of near) {
      const x = px(marks.at[i]), { open, d } = T.symbol(marks.symbol[i], marks.r[i]);
      if (x < -width || x > 2 * width) continue;
      const colour = open ? { fill: "none", stroke: marks.colour[i] } : { fill: marks.colour[i] };
      el("path", { d, transform: `translate(${x.toFixed(2)} ${marks.y[i]})`, class: open ? "point open" : "point", ...colour }, group);
    }
  }

  function build({ marks }, px, width, seen) {
    const group = el("g", { class: "marks" }), near = [];
    for (let i = 0; i < marks.y.length; i += 1) {
      const inRows = marks.y[i] >= seen[0] && marks.y[i] <= seen[1];
      if (inRows && px(marks.x1[i]) > -width && px(marks.x0[i]) < 2 * width) near.push(i);
    }
    buildSpans(marks, near, px, width, group);
    buildPoints(marks, near, px, width, group);
    return group;
  }

  function draw(meta, holder, px, width, seen) {
    const [from, to] = meta.home, scale = px(to) - px(from), shift = made.px ? px(from) - made.px(from) : 0;
    const holds = made.meta === meta && made.width === width && Math.abs(scale / made.scale - 1) < 1e-6 &&
      Math.abs(shift) <= width && made.seen[0] <= seen[0] && made.seen[1] >= seen[1];
    if (!holds) {
      const wide = [seen[0] - BESIDE, seen[1] + BESIDE];
      Object.assign(made, { meta, px, width, scale, seen: wide, group: build(meta, px, width, wide) });
      holder.replaceChildren(made.group);
      return;
    }
    made.group.setAttribute("transform", `translate(${shift} 0)`);
  }

  /* The index of the shortest span under a point of the chart, -1 for none. */
  function under({ marks }, x, y, px) {
    let found = -1;
    for (let i = 0; i < marks.span.length; i += 1) {
      if (Math.abs(marks.y[i] - y) >= REACH || px(marks.x0[i]) > x || px(marks.x1[i]) < x) continue;
      if (found < 0 || marks.x1[i] - marks.x0[i] < marks.x1[found] - marks.x0[found]) found = i;
    }
    return found;
  }

  function wrap(text) {
    const lines = [];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (last >= 0 && lines[last].length + word.length < LINE) lines[last] += ` ${word}`;
      else for (let at = 0; at === 0 || at < word.length; at += LINE) lines.push(word.slice(at, at + LINE));
    }
    return lines.length > LINES ? [...lines.slice(0, LINES - 1), `${lines[LINES - 1]} …`] : lines;
  }

  /* What a hover says of a mark: the lines of its title, its date, how many documents mention it. */
  function says(marks, i) {
    const told = marks.documents[i];
    return { title: wrap(marks.title[i] || marks.label[i]), rest: [marks.words[i], told === 1 ? "1 document" : `${told} documents`] };
  }

  /* The same for plotly, whose text is markup, and to which two dollar signs are a formula. */
  const escape = (text) => (/[&<>$]/.test(text) ? text.replace(/[&<>$]/g, (sign) => `&#${sign.charCodeAt(0)};`) : text);
  function hovertext(marks) {
    return marks.label.map((_, i) => {
      const { title, rest } = says(marks, i);
      return `<b>${title.map(escape).join("<br>")}</b><br>${rest.map(escape).join("<br>")}`;
    });
  }

  /* A box beside the pointer; without lines it goes away. */
  function showTip(lines, x, y, strong) {
    if (!tip) {
      if (!lines) return;
      tip = document.createElement("div");
      tip.id = "chart-tip";
      tip.setAttribute("aria-hidden", "true");
      $("chart-plot").appendChild(tip);
    }
    tip.hidden = !lines;
    if (!lines) return;
    tip.replaceChildren(...lines.map((text, i) => {
      const line = document.createElement(i < strong ? "b" : "span");
      line.textContent = text;
      return line;
    }));
    const plot = $("chart-plot"), most = plot.clientWidth - tip.offsetWidth - 4;
    tip.style.left = `${Math.max(4, Math.min(x + 12, most))}px`;
    // Below the pointer, or above it where the chart ends.
    tip.style.top = `${y + 16 + tip.offsetHeight > plot.clientHeight ? Math.max(0, y - tip.offsetHeight - 8) : y + 16}px`;
  }

  function tell(marks, i, x, y) {
    const { title, rest } = says(marks, i);
    showTip([...title, ...rest], x, y, title.length);
  }

  T.marks = { draw, under, hovertext, tell, showTip };
})();
