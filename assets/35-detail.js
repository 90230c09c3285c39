/* Where not all events are drawn: the shading behind the marks that counts them all, what it says under the pointer,
   and the question for another window once the reader has moved. */
(function () {
  "use strict";
  const T = window.timeline, { time, paint } = T;
  // The thickest stretch takes so much of its lane; ms after the last move; ms that an event that was asked for may take.
  const SHARE = 0.86, WAIT = 40, PATIENCE = 5000;
  const $ = (id) => document.getElementById(id);
  const made = { detail: null, group: null };
  let waiting = 0, serial = 0, open = null; // open: the question that has no answer yet

  /* One path a lane, in stretches across and pixels down; moving and zooming only change the group's transform. */
  function build(meta) {
    const { detail } = meta, group = paint.el("g", { class: "shading" });
    detail.heights.forEach((heights, lane) => {
      const { top, bottom } = meta.lanes[lane], room = ((bottom - top) * SHARE) / 99;
      let path = `M0 ${bottom}`, last = -1;
      heights.forEach((height, i) => {
        if (height !== last) path += `H${i}V${(bottom - height * room).toFixed(1)}`;
        last = height;
      });
      paint.el("path", { d: `${path}H${heights.length}V${bottom}Z` }, group);
    });
    Object.assign(made, { detail, group });
  }

  function drawShading(meta, holder, px) {
    const { detail } = meta;
    if (!detail || !detail.hidden) return;
    if (made.detail !== detail) build(meta);
    if (made.group.parentNode !== holder) holder.replaceChildren(made.group);
    const left = px(detail.from), right = px(detail.to);
    made.group.setAttribute("transform", `matrix(${(right - left) / detail.heights[0].length} 0 0 1 ${left} 0)`);
  }

  function ask(view, event, seek) {
    serial += 1;
    open = { until: performance.now() + (seek ? PATIENCE : 0) };
    window.dash_clientside.set_props("window", {
      data: { view: view.map(time.iso), event: event || T.chart.state.chosen || null, seek: Boolean(seek), serial },
    });
  }

  function longer(most) {
    window.dash_clientside.set_props("window", { data: { view: T.chart.state.view.map(time.iso), most, serial } });
  }

  /* Asks once the reader rests; by then the window may be the drawn one again, and no answer on its way is wanted. */
  function moved() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const { view, meta } = T.chart.state;
      if (!view || !meta || !meta.detail || (open && performance.now() < open.until)) return; // who asked for an event waits for it
      const [lo, hi] = meta.detail.window, near = (hi - lo) * 1e-3;
      if (Math.abs(view[0] - lo) >= near || Math.abs(view[1] - hi) >= near) ask(view);
      else if (open) { serial += 1; open = null; }
    }, WAIT);
  }

  /* An answer that comes late shows the window as it is by now, unless the reader asked to be taken elsewhere. */
  function arrived(figure) {
    const { asked } = figure.meta, { view } = T.chart.state;
    if (!asked) { // another query: no answer to an earlier question holds for it
      serial += 1;
      open = null;
      return true;
    }
    if (asked.serial !== serial) return false;
    open = null;
    if (!asked.seek && view) figure.layout.xaxis.range = view.map(time.iso);
    return true;
  }

  /* Whether a list that answers a question about a window answers the last one. */
  const holds = (asked) => asked === undefined || asked === serial;

  function say(meta) {
    const words = $("detail"), text = meta.detail ? meta.detail.words : "";
    if (words && words.textContent !== text) words.textContent = text;
  }

  /* The stretch of a lane under a point of the chart: {count, from, to}, or null where no event lies. */
  function stretch(x, y, px) {
    const { meta } = T.chart.state, detail = meta && meta.detail;
    if (!detail || !detail.hidden) return null;
    const lane = meta.lanes.findIndex((each) => y >= each.top && y < each.bottom);
    const left = px(detail.from), bins = detail.heights[0].length, wide = (px(detail.to) - left) / bins;
    const bin = Math.floor((x - left) / wide);
    if (lane < 0 || bin < 0 || bin >= bins || !detail.touching[lane][bin]) return null;
    const each = (detail.to - detail.from) / bins, from = detail.from + bin * each;
    return { count: detail.touching[lane][bin], from, to: from + each };
  }

  function zoomInto(x, y, px) {
    const found = stretch(x, y, px);
    if (!found) return false;
    const [lo, hi] = T.chart.state.view, middle = (found.from + found.to) / 2, half = (hi - lo) / 8;
    T.chart.setView(middle - half, middle + half);
    return true;
  }

  function hover(x, y, px) {
    const found = px ? stretch(x, y, px) : null;
    if (!found) { T.marks.showTip(null); return; }
    const days = time.dayText(found.from), until = time.dayText(found.to - 1);
    const words = `${found.count.toLocaleString("en")} ${found.count === 1 ? "event touches" : "events touch"} ` +
      `${days === until ? days : `${days} to ${until}`}; click to zoom in`;
    T.marks.showTip([words], x, y, 0);
  }

  T.detail = { drawShading, moved, ask, longer, holds, arrived, say, zoomInto, hover };
})();
