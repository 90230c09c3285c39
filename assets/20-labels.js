/* Which marks get words, and where: greedy by importance, row by row, so that no label meets a label or a mark.
   Arithmetic only: pixels in, boxes out. The same rules place the labels of a printed figure in chart/labels.py. */
(function () {
  "use strict";
  const GAP = 5, HEIGHT = 14, ABOVE = 13, EDGE = 3;

  const free = (row, left, right, except) => !row.some((t) => t !== except && t[0] < right && t[1] > left);

  /* marks: arrays x0, x1, at, y, r, label, rank; px(ms) gives pixels; width of the plot; measure(text) a text's width;
     first: index of the mark that is served before all others. Returns [{i, x, y, width, text, above}], x at its left. */
  function place(marks, px, width, measure, first) {
    const rows = new Map();
    const boxes = new Array(marks.label.length);
    for (let i = 0; i < marks.label.length; i += 1) {
      const at = px(marks.at[i]), r = marks.r[i] + 1.5;
      const left = Math.min(at - r, px(marks.x0[i])), right = Math.max(at + r, px(marks.x1[i]));
      boxes[i] = [left, right];
      if (right < -400 || left > width + 400) continue;
      if (!rows.has(marks.y[i])) rows.set(marks.y[i], []);
      rows.get(marks.y[i]).push(boxes[i]);
    }
    const out = [];
    const order = marks.order || (marks.order = marks.rank.map((_, i) => i).sort((a, b) => marks.rank[a] - marks.rank[b] || a - b));
    const queue = first >= 0 ? [first, ...order.filter((i) => i !== first)] : order;
    for (const i of queue) {
      const [left, right] = boxes[i];
      if (right < 0 || left > width) continue;
      const row = rows.get(marks.y[i]);
      const text = marks.label[i], wide = measure(text);
      const seenLeft = Math.max(left, EDGE), seenRight = Math.min(right, width - EDGE);
      const candidates = [];
      if (seenRight - seenLeft >= wide + 2 * EDGE) candidates.push([seenLeft + 1, true]);
      candidates.push([right + GAP, false], [left - GAP - wide, false]);
      for (const [x, above] of candidates) {
        if (x < EDGE || x + wide > width - EDGE || !free(row, x - EDGE, x + wide + EDGE, boxes[i])) continue;
        row.push([x - EDGE, x + wide + EDGE]);
        out.push({ i, x, y: marks.y[i] - (above ? ABOVE : 0), width: wide, text, above });
        break;
      }
    }
    return out;
  }

  window.timeline.labels = { place, HEIGHT };
})();
