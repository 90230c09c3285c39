/* The page of its own, without a server: what the page's other scripts ask of Dash is answered here, from what stands in
   the file. Filters work on mentions, as everywhere: an event is shown when one mention of it passes all of them. */
(function () {
  "use strict";
  const T = window.timeline, DATA = window.timelineData;
  const $ = (id) => document.getElementById(id);
  const NARROW = 760, BINS = 240;
  const chosen = { actor: new Set(), source: new Set(), words: [] };
  let open = null, back = null, narrow = null;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll("#list > li")];
  const rows = items.map((item, i) => ({
    item, event: item.dataset.event, actor: DATA.actors[i], source: [DATA.sources[i]],
    text: fold([...item.querySelectorAll("[data-searched]")].map((part) => part.textContent).join(" ")),
  }));
  const eventOf = new Map(rows.flatMap((row) => [[row.item.dataset.id, row.event], [row.event, row.event]]));
  const events = (list) => new Set(list.map((row) => row.event));

  const holds = {
    actor: (row) => !chosen.actor.size || row.actor.some((name) => chosen.actor.has(name)),
    source: (row) => !chosen.source.size || row.source.some((name) => chosen.source.has(name)),
    words: (row) => chosen.words.every((word) => row.text.includes(word)),
  };
  const matching = (but) => rows.filter((row) => Object.keys(holds).every((key) => key === but || holds[key](row)));
  const filtered = () => chosen.actor.size + chosen.source.size + chosen.words.length > 0;

  /* How thick the events lie along the whole span: each weighs 1, spread over its time. */
  function density(marks, [lo, hi]) {
    const bins = new Array(BINS).fill(0), seen = new Set(), wide = (hi - lo) / BINS;
    marks.event.forEach((event, i) => {
      if (seen.has(event)) return;
      seen.add(event);
      const from = Math.max(0, (marks.x0[i] - lo) / wide), to = Math.min(BINS, Math.max((marks.x1[i] - lo) / wide, from + 1e-6));
      for (let bin = Math.floor(from); bin < Math.min(Math.ceil(to), BINS); bin += 1) {
        bins[bin] += (Math.min(to, bin + 1) - Math.max(from, bin)) / (to - from);
      }
    });
    return bins;
  }

  /* The figure with the marks of these events alone; lanes stay where they are. */
  function figureOf(shown) {
    const { data: [points], layout, meta } = DATA.figures[narrow ? "narrow" : "wide"];
    const keep = meta.marks.event.flatMap((event, i) => (shown.has(event) ? [i] : []));
    const some = (values) => (Array.isArray(values) ? keep.map((i) => values[i]) : values);
    const each = (object) => Object.fromEntries(Object.entries(object).map(([key, values]) => [key, some(values)]));
    const marks = each(meta.marks), whole = keep.length === meta.marks.event.length;
    const y = some(points.y);
    const lanes = meta.lanes.map((lane) => (whole || meta.detail ? lane : { ...lane, count: y.filter((at) => at >= lane.top && at < lane.bottom).length }));
    const overview = { all: meta.overview.all, shown: whole ? meta.overview.shown : density(marks, meta.full) };
    const detail = whole || !meta.detail ? meta.detail : { ...meta.detail, hidden: 0, words: `${DATA.most} The list has all that match.` };
    const view = T.chart.state.view, xaxis = view ? { ...layout.xaxis, range: view.map(T.time.iso) } : layout.xaxis;
    return {
      data: [{ ...each({ x: points.x, y: points.y, customdata: points.customdata }), type: "scatter", name: points.name, hoverinfo: "text",
        showlegend: false, cliponaxis: true, marker: { ...points.marker, ...each({ symbol: points.marker.symbol, color: points.marker.color, size: points.marker.size }) } }],
      layout: { ...layout, xaxis },
      meta: { ...meta, marks, lanes, overview, detail },
    };
  }

  function facet(key) {
    const counts = new Map();
    for (const row of matching(key)) {
      for (const name of row[key]) if (name) counts.set(name, (counts.get(name) || new Set()).add(row.event));
    }
    for (const box of document.querySelectorAll(`[data-facet="${key}"]`)) {
      const count = counts.has(box.value) ? counts.get(box.value).size : 0;
      box.checked = chosen[key].has(box.value);
      box.closest("label").querySelector(".facet-count").textContent = count;
      box.closest("label").classList.toggle("none", count === 0);
    }
  }

  function show() {
    const passing = new Set(matching().map((row) => row.item)), shown = events(rows.filter((row) => passing.has(row.item)));
    for (const { item } of rows) item.hidden = !passing.has(item);
    const all = events(rows).size, number = (count) => count.toLocaleString("en");
    $("sentence").textContent = filtered() ? `${number(shown.size)} of ${number(all)} ${all === 1 ? "event" : "events"}` : DATA.sentence;
    $("nothing").hidden = shown.size > 0;
    $("clear").disabled = !filtered();
    facet("actor");
    facet("source");
    T.chart.drawFigure(figureOf(shown));
  }

  function card(event) {
    const told = event ? rows.filter((row) => row.event === event) : [];
    open = told.length ? event : null;
    document.body.classList.toggle("card-open", Boolean(open));
    $("card").hidden = !open;
    for (const { item } of rows) item.classList.toggle("chosen", item.dataset.event === open);
    if (!open) return;
    const list = document.createElement("ol");
    for (const { item } of told) {
      const copy = item.cloneNode(true);
      copy.hidden = false;
      copy.querySelectorAll("button").forEach((button) => {
        const title = document.createElement("b");
        title.append(...button.childNodes);
        button.replaceWith(title);
      });
      list.appendChild(copy);
    }
    $("card-text").replaceChildren(list);
    $("card").scrollTop = 0;
  }

  function select(id) {
    const event = id ? eventOf.get(id) : null;
    if (event && !back) back = document.activeElement;
    card(event);
    T.chart.choose(event || null);
    window.history.replaceState({}, "", event ? `#${encodeURIComponent(event)}` : window.location.pathname);
    if (event) $("card-close").focus();
  }

  function close() {
    if (!open) return;
    select(null);
    (back && back.isConnected ? back : $("chart-scroll")).focus();
    back = null;
  }

  function drawn(meta) {
    T.overview.show(meta);
    if (open) T.chart.state.chosen = open;
  }

  function fit() {
    const now = window.innerWidth < NARROW;
    if (now === narrow) return;
    narrow = now;
    if (now) document.body.dataset.narrow = "yes"; else delete document.body.dataset.narrow;
    $("filters").open = !now;
    show();
  }

  T.page = { select, close, drawn, viewChanged: () => {} };
  T.lists = { eventOf: (id) => eventOf.get(id) };
  window.dash_clientside = {
    set_props(id, { figure }) { if (id === "chart") window.Plotly.react($("plot"), figure.data, figure.layout, DATA.config); },
  };

  document.addEventListener("change", ({ target }) => {
    const key = target.dataset && target.dataset.facet;
    if (!key) return;
    if (target.checked) chosen[key].add(target.value); else chosen[key].delete(target.value);
    show();
  });
  $("words").addEventListener("input", () => {
    chosen.words = fold($("words").value).split(/\s+/).filter(Boolean);
    show();
  });
  $("clear").addEventListener("click", () => {
    chosen.actor.clear();
    chosen.source.clear();
    chosen.words = [];
    $("words").value = "";
    show();
  });
  $("card-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do], #list button");
    if (!button) return;
    const act = { in: () => T.chart.zoom(0.6), out: () => T.chart.zoom(1 / 0.6), fit: T.chart.fit, all: T.chart.all }[button.dataset.do];
    if (act) act(); else { back = button; select(button.closest("li").dataset.id); }
  });
  window.addEventListener("resize", fit);
  window.Plotly.newPlot($("plot"), [], DATA.figures.wide.layout, DATA.config).then(() => {
    fit();
    const wanted = decodeURIComponent(window.location.hash.slice(1));
    if (eventOf.has(wanted)) setTimeout(() => select(wanted), 100);
  });
})();
