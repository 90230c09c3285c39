/* The chart in the browser: what moves without asking the server. Plotly draws the marks and handles the drag; here
   are the grid, the axis, the lane names, the labels, the ring round the chosen event, the zoom and the keyboard.
   Everything is read from the figure's layout.meta, and text only ever enters the page as text. */
(function () {
  "use strict";
  const T = window.timeline, { time, labels } = T;
  const SVG = "http://www.w3.org/2000/svg";
  const MIN_SPAN = 6 * 36e5, LIMIT = [time.utc(-9998), time.utc(9998)];
  const $ = (id) => document.getElementById(id);
  const state = { gd: null, meta: null, view: null, chosen: null, hover: false, listeners: [], waiting: null, serial: 0 };
  const widths = new Map();
  let pen = null, queued = false, settling = 0;

  function el(name, attributes, parent, text) {
    const node = document.createElementNS(SVG, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  function measure(text) {
    let width = widths.get(text);
    if (width === undefined) {
      if (!pen) {
        pen = document.createElement("canvas").getContext("2d");
        const style = getComputedStyle($("chart-front"));
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      }
      width = pen.measureText(text).width + 1;
      if (widths.size > 20000) widths.clear();
      widths.set(text, width);
    }
    return width;
  }

  function readView() {
    const axis = state.gd && state.gd._fullLayout && state.gd._fullLayout.xaxis;
    return axis && axis.range ? axis.range.map((r) => axis.r2l(r)) : null;
  }

  const plotWidth = () => state.gd._fullLayout._size.w;

  function scaleOf(view, width) {
    const [lo, hi] = view;
    return (ms) => ((ms - lo) / (hi - lo)) * width;
  }

  function drawBack(ticks, px, width, height, seen) {
    const back = $("chart-back");
    back.replaceChildren();
    back.setAttribute("width", width);
    back.setAttribute("height", height);
    state.meta.lanes.forEach((lane, i) => {
      if (i % 2 === 0) el("rect", { x: 0, y: lane.top, width, height: lane.bottom - lane.top, class: "band" }, back);
    });
    for (const tick of ticks.ticks) {
      const x = Math.round(px(tick.ms)) + 0.5;
      el("line", { x1: x, x2: x, y1: 0, y2: height, class: tick.major ? "grid major" : "grid" }, back);
    }
    paintSpans(back, px, width, seen);
  }

  /* Soft spans and fading ends, as gradients; a span narrower than its own point says nothing and stays away. */
  function paintSpans(back, px, width, seen) {
    const { marks } = state.meta, defs = el("defs", {}, back), made = new Set();
    for (let i = 0; i < marks.soft.length; i += 1) {
      if (!marks.soft[i] || marks.y[i] < seen[0] || marks.y[i] > seen[1]) continue;
      const x0 = px(marks.x0[i]), x1 = px(marks.x1[i]);
      if (x1 < 0 || x0 > width || x1 - x0 < marks.r[i] * 2 + 2) continue;
      const name = `${marks.soft[i]}-${marks.colour[i].slice(1)}`;
      if (!made.has(name)) { made.add(name); gradient(defs, name, marks.soft[i], marks.colour[i]); }
      el("rect", { x: x0, y: marks.y[i] - 6, width: x1 - x0, height: 12, fill: `url(#${name})` }, back);
    }
  }

  const STOPS = {
    soft: [[0, 0], [0.25, 0.42], [0.75, 0.42], [1, 0]], left: [[0, 0], [1, 0.7]], right: [[0, 0.7], [1, 0]],
  };

  function gradient(defs, id, kind, colour) {
    const node = el("linearGradient", { id }, defs);
    for (const [offset, opacity] of STOPS[kind]) el("stop", { offset, "stop-color": colour, "stop-opacity": opacity }, node);
  }

  function drawAxis(ticks, px, width) {
    const axis = $("chart-axis");
    axis.replaceChildren();
    axis.setAttribute("width", width);
    let edge = -Infinity;
    for (const tick of ticks.ticks) {
      const x = px(tick.ms), half = measure(tick.words) / 2;
      el("line", { x1: x, x2: x, y1: 0, y2: 5, class: "tick" }, axis);
      if (x - half < edge || x - half < 0 || x + half > width) continue;
      el("text", { x, y: 17, "text-anchor": "middle" }, axis, tick.words);
      edge = x + half + 8;
    }
    const contexts = ticks.contexts.slice();
    if (ticks.first && (!contexts.length || px(contexts[0].ms) > 4)) contexts.unshift(ticks.first);
    edge = Infinity;
    for (let i = contexts.length - 1; i >= 0; i -= 1) {
      const wide = measure(contexts[i].words) * 1.12; // bold
      const x = Math.min(Math.max(px(contexts[i].ms) - 4, 2), width - wide - 2);
      if (x + wide + 10 > edge) continue;
      el("text", { x, y: 33, class: "context" }, axis, contexts[i].words);
      edge = x;
    }
  }

  function drawFront(px, width, height, seen) {
    const front = $("chart-front"), { marks } = state.meta;
    front.replaceChildren();
    front.setAttribute("width", width);
    front.setAttribute("height", height);
    const chosen = state.chosen ? markOf(state.chosen) : -1;
    const event = chosen >= 0 ? marks.event[chosen] : null;
    if (event !== null) {
      marks.event.forEach((other, i) => {
        if (other !== event || marks.y[i] < seen[0] || marks.y[i] > seen[1]) return;
        el("circle", { cx: px(marks.at[i]), cy: marks.y[i], r: marks.r[i] + 5, class: "ring" }, front);
      });
    }
    for (const box of labels.place(marks, px, width, measure, chosen, seen)) {
      const strong = event !== null && marks.event[box.i] === event;
      el("text", { x: box.x, y: box.y + 4, class: strong ? "label chosen" : "label" }, front, box.text);
    }
  }

  function drawNames() {
    const column = $("chart-names");
    column.replaceChildren();
    for (const lane of state.meta.lanes) {
      const name = document.createElement("div");
      name.className = "lane-name";
      name.style.top = `${lane.top}px`;
      name.style.height = `${lane.bottom - lane.top}px`;
      const words = document.createElement("span"), count = document.createElement("small");
      words.textContent = lane.label;
      words.dir = "auto";
      count.textContent = lane.count;
      words.append(" ", count);
      name.append(words);
      column.appendChild(name);
    }
  }

  function countBelow(bottom) {
    const more = $("chart-more");
    const below = state.meta.lanes.filter((lane) => lane.top + 20 > bottom).length + state.meta.leftOut;
    const { one, many } = state.meta.laneWords;
    const text = below ? `and ${below} more ${below === 1 ? one : many} below` : "";
    if (more.textContent !== text) more.textContent = text;
    if (more.hidden !== !below) more.hidden = !below;
  }

  function firstContext(view, width) {
    // The unit that gives context may have begun before the window; its words stay in view at the left edge.
    const before = time.ticks(view[0] - (view[1] - view[0]), view[1], width * 2);
    const earlier = before.contexts.filter((context) => context.ms <= view[0]);
    return earlier.length ? { ms: view[0], words: earlier[earlier.length - 1].words } : null;
  }

  function draw() {
    queued = false;
    const view = readView();
    if (!view || !state.meta || !state.meta.marks) return;
    state.view = view;
    const width = plotWidth(), height = state.meta.height, px = scaleOf(view, width);
    // Only the rows in the scroll window are drawn, and a little around them; scrolling draws again.
    const scroll = $("chart-scroll"), top = scroll.scrollTop, bottom = top + scroll.clientHeight, seen = [top - 60, bottom + 60];
    const ticks = time.ticks(view[0], view[1], width);
    ticks.first = ticks.contexts.length || ticks.ticks.length ? firstContext(view, width) : null;
    drawBack(ticks, px, width, height, seen);
    drawAxis(ticks, px, width);
    drawFront(px, width, height, seen);
    countBelow(bottom);
    for (const listener of state.listeners) listener(view);
  }

  function redraw() {
    if (!queued) { queued = true; requestAnimationFrame(draw); }
  }

  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => { if (state.view) T.page.viewChanged(state.view, state.meta); }, 200);
  }

  function setView(lo, hi) {
    if (!state.gd) return;
    let span = Math.max(hi - lo, MIN_SPAN);
    const middle = (lo + hi) / 2;
    const widest = Math.max(state.meta.full[1] - state.meta.full[0], span > 0 ? MIN_SPAN : 0) * 1.1;
    span = Math.min(span, widest);
    lo = Math.max(middle - span / 2, LIMIT[0]);
    hi = Math.min(lo + span, LIMIT[1]);
    window.Plotly.relayout(state.gd, { "xaxis.range[0]": time.iso(lo), "xaxis.range[1]": time.iso(hi) });
  }

  function zoom(factor, at) {
    const [lo, hi] = state.view, centre = at === undefined ? (lo + hi) / 2 : at;
    setView(centre - (centre - lo) * factor, centre + (hi - centre) * factor);
  }

  function pan(share) {
    const [lo, hi] = state.view, by = (hi - lo) * share;
    setView(lo + by, hi + by);
  }

  const fit = () => setView(...state.meta.home);
  const all = () => setView(...state.meta.full);

  /* The first mark of the event that a mention's id, or an event's slug, stands for; -1 if it is not drawn. */
  function markOf(id) {
    const { marks } = state.meta, i = marks.id.indexOf(id);
    return i >= 0 ? i : marks.event.indexOf(T.lists.eventOf(id) || id);
  }

  function show(id) {
    // Brings an event into view without changing the zoom, and its first lane into the scroll window.
    const { marks } = state.meta, i = markOf(id);
    if (i < 0 || !state.view) return;
    const [lo, hi] = state.view, at = marks.at[i];
    if (at < lo || at > hi) setView(at - (hi - lo) / 2, at + (hi - lo) / 2);
    const scroll = $("chart-scroll");
    const rows = marks.y.filter((_, k) => marks.event[k] === marks.event[i]);
    const seen = rows.some((y) => y > scroll.scrollTop + 10 && y < scroll.scrollTop + scroll.clientHeight - 10);
    if (!seen) scroll.scrollTop = Math.max(0, marks.y[i] - scroll.clientHeight / 2);
  }

  function choose(id) {
    state.chosen = id || null;
    if (id && state.meta) show(id);
    redraw();
  }

  function step(by) {
    // Events in date order; each once, however many lanes it stands in.
    const { marks } = state.meta, seen = new Set(), order = [];
    marks.at.map((at, i) => [at, i]).sort((a, b) => a[0] - b[0]).forEach(([, i]) => {
      if (!seen.has(marks.event[i])) { seen.add(marks.event[i]); order.push(i); }
    });
    if (!order.length) return;
    const chosen = state.chosen ? markOf(state.chosen) : -1;
    const now = chosen < 0 ? -1 : order.findIndex((i) => marks.event[i] === marks.event[chosen]);
    let next = now < 0 ? order.findIndex((i) => marks.at[i] >= state.view[0]) : now + by;
    next = Math.min(Math.max(next, 0), order.length - 1);
    T.page.select(marks.id[order[next]]);
  }

  const KEYS = {
    "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1 / 0.6), "0": fit, a: all,
    ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), n: () => step(1), p: () => step(-1),
    ArrowDown: () => { $("chart-scroll").scrollTop += 56; }, ArrowUp: () => { $("chart-scroll").scrollTop -= 56; },
  };

  function chooseSpan(event) {
    const box = $("chart-plot").getBoundingClientRect(), { marks } = state.meta, px = scaleOf(state.view, plotWidth());
    const x = event.clientX - box.left, y = event.clientY - box.top;
    const under = marks.id.map((_, i) => i).filter((i) => marks.soft[i] && Math.abs(marks.y[i] - y) < 8 && px(marks.x0[i]) <= x && px(marks.x1[i]) >= x);
    under.sort((a, b) => (marks.x1[a] - marks.x0[a]) - (marks.x1[b] - marks.x0[b]));
    if (under.length) T.page.select(marks.id[under[0]]);
  }

  function fitWidth() {
    const { gd } = state;
    if (gd && gd._fullLayout && Math.abs(gd._fullLayout.width - $("chart-plot").clientWidth) > 1) window.Plotly.Plots.resize(gd);
  }

  /* A figure from the server goes to plotly only when the first, blank plot is done: two in quick succession would
     meet in a plot that is not there yet. */
  function drawFigure(figure) {
    const { gd } = state;
    state.waiting = figure;
    if (!gd || !gd._fullLayout || !gd.data) return;
    state.waiting = null;
    figure.layout.meta.serial = state.serial += 1;
    $("chart").style.height = `${figure.layout.height}px`;
    window.dash_clientside.set_props("chart", { figure });
  }

  function plotted() {
    if (state.waiting) setTimeout(() => { if (state.waiting) drawFigure(state.waiting); }, 0);
    const meta = state.gd.layout && state.gd.layout.meta;
    if (meta && meta.marks && !(state.meta && state.meta.serial === meta.serial)) {
      state.meta = meta;
      document.body.style.setProperty("--lanes-height", `${meta.height}px`);
      document.body.classList.add("drawn");
      drawNames();
      T.page.drawn(meta);
      fitWidth();
    }
    redraw();
  }

  function attach(gd) {
    state.gd = gd;
    gd.on("plotly_afterplot", plotted);
    gd.on("plotly_relayouting", redraw);
    gd.on("plotly_relayout", () => { redraw(); settle(); });
    gd.on("plotly_click", (event) => {
      const id = event.points && event.points[0] && event.points[0].customdata;
      if (id) T.page.select(Array.isArray(id) ? id[0] : id);
    });
    gd.on("plotly_doubleclick", fit);
    // Spans that are painted here have no trace to be clicked; their place tells which one was meant.
    let down = null, hit = 0;
    gd.on("plotly_click", () => { hit = performance.now(); });
    gd.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; }, true);
    gd.addEventListener("click", (event) => {
      if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 4) return;
      setTimeout(() => { if (performance.now() - hit > 100) chooseSpan(event); }, 60);
    });
    if (state.waiting) drawFigure(state.waiting);
  }

  function start() {
    const frame = $("chart-frame");
    if (!frame || frame.dataset.ready) return;
    frame.dataset.ready = "yes";
    for (const name of ["back", "front", "axis"]) {
      el("svg", { id: `chart-${name}`, "aria-hidden": "true" }, $(`${name}-holder`));
    }
    new ResizeObserver(fitWidth).observe($("chart-plot"));
    $("chart-scroll").addEventListener("scroll", redraw, { passive: true });
    window.matchMedia("print").addEventListener("change", draw);
    $("chart-scroll").addEventListener("wheel", (event) => {
      // Plain turning scrolls the lanes; with Ctrl (and so with a pinch) plotly zooms.
      if (!(event.ctrlKey || event.metaKey)) event.stopImmediatePropagation();
    }, { capture: true, passive: true });
    frame.addEventListener("keydown", (event) => {
      const action = KEYS[event.key];
      if (!action || event.ctrlKey || event.metaKey || event.altKey || !state.meta) return;
      if (event.target.closest("input, select, textarea, button") && event.target.id !== "chart-scroll") return;
      event.preventDefault();
      action();
    });
    $("chart-more").addEventListener("click", () => { $("chart-scroll").scrollTop += $("chart-scroll").clientHeight * 0.8; });
  }

  function watch() {
    if (state.gd && state.gd.isConnected) return;
    start();
    if (!$("chart-plot")) return;
    const gd = document.querySelector("#chart .js-plotly-plot");
    if (gd && gd !== state.gd && typeof gd.on === "function") attach(gd);
  }

  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
  T.chart = { state, zoom, pan, fit, all, setView, choose, drawFigure, redraw, step, measureReset: () => { widths.clear(); pen = null; } };
})();
