/* The overview strip: density of all events and of those that match, and a brush that is the window of the chart.
   The brush's ends are sliders for the keyboard; its body drags; a press on empty ground starts a new window. */
(function () {
  "use strict";
  const T = window.timeline, { time, chart } = T;
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 56, GROUND = 40;
  const state = { meta: null, drag: null, width: 0 };

  const strip = () => document.getElementById("overview");

  function el(name, attributes, parent, text) {
    const node = document.createElementNS(SVG, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    parent.appendChild(node);
    return node;
  }

  function area(values, highest, width) {
    // Square roots, so that a lone event stays visible beside a hundred.
    const step = width / values.length;
    let path = `M0 ${GROUND}`;
    values.forEach((value, i) => {
      const y = GROUND - Math.sqrt(value / highest) * (GROUND - 4);
      path += `L${(i * step).toFixed(1)} ${y.toFixed(1)}L${((i + 1) * step).toFixed(1)} ${y.toFixed(1)}`;
    });
    return `${path}L${width} ${GROUND}Z`;
  }

  const toX = (ms) => ((ms - state.meta.full[0]) / (state.meta.full[1] - state.meta.full[0])) * state.width;
  const toMs = (x) => state.meta.full[0] + (x / state.width) * (state.meta.full[1] - state.meta.full[0]);

  function drawGround() {
    const svg = strip(), { overview } = state.meta;
    if (!svg) return;
    if (!state.width) state.width = svg.parentNode.clientWidth;
    svg.setAttribute("viewBox", `0 0 ${state.width} ${HEIGHT}`);
    svg.setAttribute("height", HEIGHT);
    svg.querySelector(".ground").replaceChildren();
    const ground = svg.querySelector(".ground");
    const highest = Math.max(1e-9, ...overview.all);
    el("rect", { x: 0, y: 0, width: state.width, height: HEIGHT, class: "catch" }, ground);
    el("path", { d: area(overview.all, highest, state.width), class: "all" }, ground);
    el("path", { d: area(overview.shown, highest, state.width), class: "shown" }, ground);
    el("line", { x1: 0, x2: state.width, y1: GROUND + 0.5, y2: GROUND + 0.5, class: "grid" }, ground);
    let edge = -Infinity;
    for (const tick of time.ticks(...state.meta.full, state.width, 56).ticks) {
      const x = toX(tick.ms), half = tick.words.length * 3.4;
      if (x - half < Math.max(edge, 0) || x + half > state.width) continue;
      el("text", { x, y: HEIGHT - 3, "text-anchor": "middle" }, ground, tick.words);
      edge = x + half + 8;
    }
  }

  function drawBrush(view) {
    const svg = strip();
    if (!svg || !state.meta || !state.width) return;
    const left = toX(view[0]), right = Math.max(toX(view[1]), left + 8);
    const brush = svg.querySelector(".brush");
    brush.setAttribute("x", left);
    brush.setAttribute("width", right - left);
    brush.setAttribute("y", 1);
    brush.setAttribute("height", GROUND);
    [left, right].forEach((x, i) => {
      const handle = svg.querySelectorAll(".handle")[i];
      const at = Math.min(Math.max(x, 0), state.width);
      handle.setAttribute("transform", `translate(${at} 0)`);
      handle.setAttribute("aria-valuemin", Math.round(state.meta.full[0] / time.DAY));
      handle.setAttribute("aria-valuemax", Math.round(state.meta.full[1] / time.DAY));
      handle.setAttribute("aria-valuenow", Math.round(view[i] / time.DAY));
      handle.setAttribute("aria-valuetext", time.dayText(view[i]));
    });
  }

  function pointer(event) {
    const box = strip().getBoundingClientRect();
    return event.clientX - box.left;
  }

  function down(event) {
    if (!state.meta || event.button) return;
    const x = pointer(event), handle = event.target.closest(".handle");
    const kind = handle ? (handle.dataset.end === "lo" ? "lo" : "hi") : event.target.closest(".brush") ? "body" : "new";
    state.drag = { kind, x, view: chart.state.view.slice(), moved: false };
    strip().setPointerCapture(event.pointerId);
    event.preventDefault();
    if (handle) handle.focus();
  }

  function move(event) {
    const { drag } = state;
    if (!drag) return;
    const x = pointer(event), by = toMs(x) - toMs(drag.x);
    if (Math.abs(x - drag.x) < 3 && !drag.moved) return;
    drag.moved = true;
    let [lo, hi] = drag.view;
    if (drag.kind === "lo") lo = Math.min(lo + by, hi);
    else if (drag.kind === "hi") hi = Math.max(hi + by, lo);
    else if (drag.kind === "body") { lo += by; hi += by; }
    else [lo, hi] = [toMs(Math.min(x, drag.x)), toMs(Math.max(x, drag.x))];
    chart.setView(lo, hi);
  }

  function up(event) {
    const { drag } = state;
    state.drag = null;
    if (!drag || drag.moved || drag.kind !== "new") return;
    const span = drag.view[1] - drag.view[0], at = toMs(pointer(event));
    chart.setView(at - span / 2, at + span / 2);
  }

  function key(event) {
    const handle = event.target.closest(".handle");
    const by = { ArrowLeft: -0.05, ArrowDown: -0.05, ArrowRight: 0.05, ArrowUp: 0.05, PageUp: 0.25, PageDown: -0.25 }[event.key];
    if (!handle || !(by || event.key === "Home" || event.key === "End")) return;
    let [lo, hi] = chart.state.view;
    const span = hi - lo, lower = handle.dataset.end === "lo";
    if (event.key === "Home" && lower) lo = state.meta.full[0];
    else if (event.key === "End" && !lower) hi = state.meta.full[1];
    else if (by && lower) lo = Math.min(lo + by * span, hi - span * 0.05);
    else if (by) hi = Math.max(hi + by * span, lo + span * 0.05);
    event.preventDefault();
    event.stopPropagation();
    chart.setView(lo, hi);
  }

  function build() {
    const holder = document.getElementById("overview-holder");
    if (!holder || strip()) return;
    const svg = document.createElementNS(SVG, "svg");
    svg.id = "overview";
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Overview: density of all events, and the window that the chart shows");
    holder.appendChild(svg);
    el("g", { class: "ground" }, svg);
    el("rect", { class: "brush", rx: 2 }, svg);
    for (const end of ["lo", "hi"]) {
      const handle = el("g", {
        class: "handle", tabindex: 0, role: "slider", "data-end": end, "aria-orientation": "horizontal",
        "aria-label": end === "lo" ? "Start of the window" : "End of the window",
      }, svg);
      el("rect", { x: end === "lo" ? -21 : -3, y: 0, width: 24, height: HEIGHT, class: "reach" }, handle); // outside, so that a narrow brush keeps a body
      el("rect", { x: -3, y: 8, width: 6, height: GROUND - 14, rx: 3, class: "grip" }, handle);
    }
    svg.addEventListener("pointerdown", down);
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", up);
    svg.addEventListener("pointercancel", () => { state.drag = null; });
    svg.addEventListener("keydown", key);
    chart.state.listeners.push(drawBrush);
    new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - state.width) < 0.5) return;
      state.width = entry.contentRect.width;
      if (state.meta) show(state.meta);
    }).observe(holder);
  }

  function show(meta) {
    build();
    state.meta = meta;
    drawGround();
    if (chart.state.view) drawBrush(chart.state.view);
  }

  T.overview = { show };
})();
