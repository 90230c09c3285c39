/* What the page draws round the marks, from the figure's meta: grid, axis, labels, ring, lane names. It is told everything
   it needs and keeps nothing but the widths of texts and the ground. Text only ever enters the page as text. */
(function () {
  "use strict";
  const T = window.timeline, { time, labels } = T;
  const SVG = "http://www.w3.org/2000/svg";
  const $ = (id) => document.getElementById(id);
  const widths = new Map();
  const ground = { meta: null, width: 0 };
  let pen = null;

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

  /* The ground of the lanes is built once for a picture, the grid for each frame. */
  function drawBack(meta, ticks, px, width, seen) {
    const back = $("chart-back");
    if (ground.meta !== meta || ground.width !== width) {
      back.replaceChildren();
      back.setAttribute("width", width);
      back.setAttribute("height", meta.height);
      const bands = meta.lanes.filter((_, i) => i % 2 === 0);
      el("path", { d: bands.map((lane) => `M0 ${lane.top}H${width}V${lane.bottom}H0z`).join(""), class: "band" }, back);
      const shading = el("g", {}, back), minor = el("path", { class: "grid" }, back), major = el("path", { class: "grid major" }, back);
      Object.assign(ground, { meta, width, shading, minor, major, marks: el("g", {}, back) });
    }
    T.detail.drawShading(meta, ground.shading, px);
    for (const kind of ["minor", "major"]) {
      const lines = ticks.ticks.filter((tick) => tick.major === (kind === "major"));
      ground[kind].setAttribute("d", lines.map((tick) => `M${Math.round(px(tick.ms)) + 0.5} 0V${meta.height}`).join(""));
    }
    T.marks.draw(meta, ground.marks, px, width, seen);
  }

  function drawAxis(ticks, px, width, view) {
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
    const first = ticks.ticks.length && (!contexts.length || px(contexts[0].ms) > 4) ? firstContext(view, width) : null;
    if (first) contexts.unshift(first);
    edge = Infinity;
    for (let i = contexts.length - 1; i >= 0; i -= 1) {
      const wide = measure(contexts[i].words) * 1.12; // bold
      const x = Math.min(Math.max(px(contexts[i].ms) - 4, 2), width - wide - 2);
      if (x + wide + 10 > edge) continue;
      el("text", { x, y: 33, class: "context" }, axis, contexts[i].words);
      edge = x;
    }
  }

  function drawFront(meta, px, width, seen, chosen) {
    const front = $("chart-front"), { marks } = meta;
    front.replaceChildren();
    front.setAttribute("width", width);
    front.setAttribute("height", meta.height);
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

  function drawNames(lanes) {
    const column = $("chart-names");
    column.replaceChildren();
    for (const lane of lanes) {
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

  function countBelow(meta, bottom) {
    const more = $("chart-more");
    const below = meta.lanes.filter((lane) => lane.top + 20 > bottom).length + meta.leftOut;
    const { one, many } = meta.laneWords;
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

  T.paint = {
    el, drawBack, drawAxis, drawFront, drawNames, countBelow,
    forget: () => { widths.clear(); pen = null; }, // another theme or font measures anew
  };
})();
