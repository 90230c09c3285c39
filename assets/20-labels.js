/* Which marks get words, and where: greedy by importance, row by row, so that no label meets a label or a mark.
   Arithmetic only: pixels in, boxes out. The same rules place the labels of a printed figure in chart/labels.py. */
(function () {
  "use strict";
  const GAP = 5, HEIGHT = 14, ABOVE = 13, EDGE = 3;

  const free = (row, left, right, except) => !row.some((t) => t !== except && t[0] < right && t[1] > left);

  /* Marks that lie under a more important one of their row: which, and how many each of those hides. */
  function covered(marks, px, width, inView) {
    const rows = new Map(), under = new Set(), count = new Map();
    for (let i = 0; i < marks.at.length; i += 1) {
      if (!inView(i)) continue;
      const x = px(marks.at[i]);
      if (x < -20 || x > width + 20) continue;
      if (!rows.has(marks.y[i])) rows.set(marks.y[i], []);
      rows.get(marks.y[i]).push([x, i]);
    }
    for (const row of rows.values()) {
      row.sort((a, b) => marks.rank[a[1]] - marks.rank[b[1]] || a[1] - b[1]);
      const tops = [];
      for (const [x, i] of row) {
        const over = tops.find((top) => Math.abs(top[0] - x) < (marks.r[i] + marks.r[top[1]]) * 0.7);
        if (over) { under.add(i); count.set(over[1], (count.get(over[1]) || 0) + 1); } else tops.push([x, i]);
      }
    }
    return { under, count };
  }

  /* marks: arrays x0, x1, at, y, r, label, rank; px(ms) gives pixels; width of the plot; measure(text) a text's width;
     first: index of the mark that is served before all others; seen: the rows from one height to another that are in
     view, all that is asked for. Returns [{i, x, y, width, text, above}], x at its left. */
  function place(marks, px, width, measure, first, seen) {
    const rows = new Map();
    const boxes = new Array(marks.label.length);
    const inView = (i) => marks.y[i] >= seen[0] && marks.y[i] <= seen[1];
    for (let i = 0; i < marks.label.length; i += 1) {
      if (!inView(i)) continue;
      const at = px(marks.at[i]), ringed = first >= 0 && marks.event[i] === marks.event[first];
      const r = marks.r[i] + (ringed ? 7 : 1.5);
      const left = Math.min(at - r, px(marks.x0[i])), right = Math.max(at + r, px(marks.x1[i]));
      boxes[i] = [left, right];
      if (right < -400 || left > width + 400) continue;
      if (!rows.has(marks.y[i])) rows.set(marks.y[i], []);
      rows.get(marks.y[i]).push(boxes[i]);
    }
    const hidden = covered(marks, px, width, inView);
    const out = [];
    const order = marks.order || (marks.order = marks.rank.map((_, i) => i).sort((a, b) => marks.rank[a] - marks.rank[b] || a - b));
    const queue = first >= 0 ? [first, ...order.filter((i) => i !== first)] : order;
    for (const i of queue) {
      if (!boxes[i]) continue;
      const [left, right] = boxes[i];
      if (right < 0 || left > width) continue;
      const row = rows.get(marks.y[i]);
      if (hidden.under.has(i) && i !== first) continue;
      const more = hidden.count.get(i) ? ` +${hidden.count.get(i)}` : "";
      const text = marks.label[i] + more, wide = measure(text);
      const seenLeft = Math.max(left, EDGE), seenRight = Math.min(right, width - EDGE);
      const candidates = [];
      let placed = false;
      if (seenRight - seenLeft >= wide + 2 * EDGE) candidates.push([seenLeft + 1, true]);
      candidates.push([right + GAP, false], [left - GAP - wide, false]);
      for (const [x, above] of candidates) {
        if (x < EDGE || x + wide > width - EDGE || !free(row, x - EDGE, x + wide + EDGE, boxes[i])) continue;
        row.push([x - EDGE, x + wide + EDGE]);
        out.push({ i, x, y: marks.y[i] - (above ? ABOVE : 0), width: wide, text, above });
        placed = true;
        break;
      }
      if (!placed && more) {
        // No room for words, but what lies underneath is never left unsaid.
        const short = measure(more.trim()), x = right + 2;
        if (x + short < width - EDGE && free(row, x, x + short + EDGE, boxes[i])) {
          row.push([x, x + short + EDGE]);
          out.push({ i, x, y: marks.y[i], width: short, text: more.trim(), above: false });
        }
      }
    }
    return out;
  }

  window.timeline.labels = { place, HEIGHT };
})();
