/* The chart in the browser: what moves without asking the server. Plotly draws the marks and handles the drag; here are
   the window, the zoom, the choice of an event and the keyboard. What is drawn round the marks is in 25-paint.js. */
(function () {
  "use strict";
  const T = window.timeline, { time, paint } = T;
  const MIN_SPAN = 6 * 36e5, LIMIT = [time.utc(-9998), time.utc(9998)];
  const $ = (id) => document.getElementById(id);
  const state = { gd: null, meta: null, view: null, chosen: null, listeners: [], waiting: null, next: null, serial: 0, over: false, own: null };
  const sight = { top: 0, height: 0, width: 0 }; // as last reported: asking in the middle of a change costs a layout
  let queued = false, settling = 0;

  function readView() {
    const axis = state.gd && state.gd._fullLayout && state.gd._fullLayout.xaxis;
    return axis && axis.range ? axis.range.map((r) => axis.r2l(r)) : null;
  }

  const plotWidth = () => state.gd._fullLayout._size.w;

  function scaleOf(view, width) {
    const [lo, hi] = view;
    return (ms) => ((ms - lo) / (hi - lo)) * width;
  }

  function draw() {
    queued = false;
    const view = readView();
    if (!view || !state.meta || !state.meta.marks) return;
    state.view = view;
    const { meta } = state, width = plotWidth(), px = scaleOf(view, width);
    // Only the rows in the scroll window are drawn, and a little around them; scrolling draws again.
    const { top, height } = sight, bottom = top + height, seen = [top - 60, bottom + 60];
    const ticks = time.ticks(view[0], view[1], width);
    paint.drawBack(meta, ticks, px, width, seen);
    paint.drawAxis(ticks, px, width, view);
    paint.drawFront(meta, px, width, seen, state.chosen ? markOf(state.chosen) : -1);
    paint.countBelow(meta, bottom);
    for (const listener of state.listeners) listener(view);
  }

  function redraw() {
    if (!queued) { queued = true; requestAnimationFrame(draw); }
  }

  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => { if (state.view) T.page.viewChanged(state.view, state.meta); }, 200);
    T.detail.moved();
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
    state.view = readView() || state.view; // the next key may come before the next frame
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
    if (id && state.meta && state.view) {
      if (state.meta.detail && markOf(id) < 0) T.detail.ask(state.view, id, true);
      else show(id);
    }
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

  function place(event) {
    const box = $("chart-plot").getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function chooseSpan(event) {
    const [x, y] = place(event), px = scaleOf(state.view, plotWidth()), found = T.marks.under(state.meta, x, y, px);
    if (found >= 0) T.page.select(state.meta.marks.id[found]);
    else T.detail.zoomInto(x, y, px);
  }

  /* Plotly speaks for the points; what lies under the pointer elsewhere is a span, or the shading. */
  function hover(event) {
    if (!state.meta || !state.view) return;
    const free = event && !event.buttons && !state.over, px = free ? scaleOf(state.view, plotWidth()) : null;
    const [x, y] = free ? place(event) : [0, 0], found = free ? T.marks.under(state.meta, x, y, px) : -1;
    $("chart-plot").classList.toggle("over-span", found >= 0);
    if (found >= 0) T.marks.tell(state.meta.marks, found, x, y);
    else T.detail.hover(x, y, px);
  }

  function look() {
    const scroll = $("chart-scroll");
    Object.assign(sight, { top: scroll.scrollTop, height: scroll.clientHeight, width: $("chart-plot").clientWidth });
  }

  function fitWidth() {
    const { gd } = state;
    if (gd && gd._fullLayout && sight.width && Math.abs(gd._fullLayout.width - sight.width) > 1) window.Plotly.Plots.resize(gd);
  }

  /* A figure from the server goes to plotly only when the first, blank plot is done: two in quick succession would
     meet in a plot that is not there yet. Its `meta` stays here, since dcc.Graph copies what it is given. */
  function drawFigure(figure) {
    const { gd } = state;
    state.waiting = figure;
    if (!gd || !gd._fullLayout || !gd.data) return;
    state.waiting = null;
    if (!T.detail.arrived(figure)) return;
    const { data, layout, meta } = figure, [points] = data;
    Object.assign(meta.marks, {
      id: points.customdata, y: points.y, colour: points.marker.color, symbol: points.marker.symbol, r: points.marker.size.map((size) => size / 2),
    });
    Object.assign(points, { hovertext: T.marks.hovertext(meta.marks), mode: "none" }); // the page paints them
    state.serial += 1;
    state.next = { serial: state.serial, meta };
    layout.meta = { serial: state.serial };
    $("chart").style.height = `${layout.height}px`;
    window.dash_clientside.set_props("chart", { figure: { data, layout } });
  }

  function plotted() {
    if (state.own !== state.gd) setTimeout(() => takeOver(state.gd), 0);
    const { next } = state, drawn = state.gd.layout && state.gd.layout.meta;
    if (next && drawn && drawn.serial === next.serial && state.meta !== next.meta) {
      const { meta } = next;
      Object.assign(state, { meta, view: readView() });
      $("chart-names").style.setProperty("--lanes-height", `${meta.height}px`);
      document.body.classList.add("drawn");
      paint.drawNames(meta.lanes);
      T.page.drawn(meta);
      T.detail.say(meta);
      T.detail.moved(); // the reader may have moved on while this was drawn
      fitWidth();
    }
    redraw();
  }

  /* Once the blank plot stands. dcc.Graph would tell the server's side of every hover, and draw the whole figure once more
     after every move; nobody asks for either. */
  function takeOver(gd) {
    if (state.own === gd) return;
    if (gd.classList.contains("dash-graph--pending")) { setTimeout(() => takeOver(gd), 10); return; }
    state.own = gd;
    for (const name of ["click", "hover", "unhover", "relayout", "restyle", "selected", "deselect", "clickannotation"]) {
      gd.removeAllListeners(`plotly_${name}`);
    }
    gd.on("plotly_relayout", () => { redraw(); settle(); });
    gd.on("plotly_doubleclick", fit);
    gd.on("plotly_hover", () => { state.over = true; hover(null); });
    gd.on("plotly_unhover", () => { state.over = false; });
    // Spans are painted here and have no trace to be clicked; their place tells which one was meant.
    let down = null, hit = 0;
    gd.on("plotly_click", (event) => {
      hit = performance.now();
      const [point] = event.points || [];
      if (point) T.page.select(state.meta.marks.id[point.pointIndex]);
    });
    gd.addEventListener("pointermove", hover);
    gd.addEventListener("pointerleave", () => hover(null));
    gd.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; }, true);
    gd.addEventListener("click", (event) => {
      if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 4) return;
      setTimeout(() => { if (performance.now() - hit > 100) chooseSpan(event); }, 60);
    });
    if (state.waiting) drawFigure(state.waiting);
  }

  function attach(gd) {
    state.gd = gd;
    gd.on("plotly_afterplot", plotted);
    gd.on("plotly_relayouting", redraw);
    if (gd._fullLayout) plotted();
  }

  function start() {
    const frame = $("chart-frame");
    if (!frame || frame.dataset.ready) return;
    frame.dataset.ready = "yes";
    for (const name of ["back", "front", "axis"]) {
      paint.el("svg", { id: `chart-${name}`, "aria-hidden": "true" }, $(`${name}-holder`));
    }
    const sizes = new ResizeObserver(() => { look(); fitWidth(); redraw(); });
    for (const id of ["chart-plot", "chart-scroll"]) sizes.observe($(id));
    $("chart-scroll").addEventListener("scroll", () => { look(); redraw(); }, { passive: true });
    window.matchMedia("print").addEventListener("change", () => { look(); draw(); });
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
  T.chart = { state, zoom, pan, fit, all, setView, choose, drawFigure, redraw, step };
})();
