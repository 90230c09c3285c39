/* A long list of which only the rows in sight are in the page, with some before and after them. A margin stands for the
   rest; a row that has the focus stays, wherever it is scrolled to. Each row says its place in the whole list. */
(function () {
  "use strict";
  const T = window.timeline;
  const ALL = 60, BESIDE = 400, LINE = 34; // fewer rows are all in the page; pixels beside the rows in sight; a row of one line

  /* `list` scrolls; `make(item)` gives the <li> of an item, `mark(li, item)` brings it up to date. */
  function virtual(list, make, mark) {
    const edges = { marginTop: null, marginBottom: null };
    let items = [], heights = [], total = 0, tail = null, nodes = new Map(), queued = false, printing = false;
    let sight = 420, scrolled = false, width = 0, guess = LINE, first = 0; // as last seen: asking the page in the middle of a change would make it lay itself out twice

    const height = (i) => heights[i] || guess;
    const offset = (to) => { let sum = 0; for (let i = 0; i < to; i += 1) sum += height(i); return sum; };
    const indexOf = (node) => { const li = node && node.closest("li"); return li && li.parentNode === list && li.dataset.row ? +li.dataset.row : -1; };

    /* The rows to hold: those in sight of a list that is scrolled to `top`. */
    function wanted(top) {
      if (items.length <= ALL || printing) return [0, items.length];
      let from = 0, sum = 0;
      while (from < items.length - 1 && sum + height(from) < top - BESIDE) { sum += height(from); from += 1; }
      let to = from;
      while (to < items.length && sum < top + sight + BESIDE) { sum += height(to); to += 1; }
      return [from, to];
    }

    function node(i) {
      let li = nodes.get(i);
      if (!li) {
        li = make(items[i]);
        li.dataset.row = i;
        li.setAttribute("aria-setsize", total);
        li.setAttribute("aria-posinset", i + 1);
        mark(li, items[i]);
      }
      return li;
    }

    /* Not padding of the list, which would count against its greatest height. */
    function room(side, li, pixels) {
      if (edges[side] && edges[side] !== li) edges[side].style[side] = "";
      edges[side] = li;
      if (li) li.style[side] = pixels > 0 ? `${pixels}px` : "";
    }

    function render(top = list.scrollTop) {
      queued = false;
      for (const [i, li] of nodes) if (!heights[i]) heights[i] = li.offsetHeight;
      const [from, to] = wanted(top), focused = indexOf(list.contains(document.activeElement) ? document.activeElement : null);
      const rows = [], held = new Map();
      for (let i = from; i < to; i += 1) rows.push(i);
      const before = focused >= 0 && focused < from, after = focused >= to;
      if (before) rows.unshift(focused);
      if (after) rows.push(focused);
      let next = list.firstElementChild;
      for (const i of rows) {
        const li = node(i);
        held.set(i, li);
        while (next && next !== li && next !== tail && !rows.includes(+next.dataset.row)) { const gone = next; next = next.nextElementSibling; gone.remove(); }
        if (li === next) next = next.nextElementSibling;
        else list.insertBefore(li, next);
      }
      while (next && next !== tail) { const gone = next; next = next.nextElementSibling; gone.remove(); }
      if (tail && tail !== list.lastElementChild) list.append(tail);
      nodes = held;
      room("marginTop", list.firstElementChild, offset(from) - (before ? height(focused) : 0));
      room("marginBottom", list.lastElementChild, offset(items.length) - offset(to) - (after ? height(focused) : 0));
    }

    /* In a list of another width no height is known any more, but those in the page tell how high the others may be. */
    function measure() {
      sight = list.clientHeight;
      if (Math.abs(list.clientWidth - width) < 1 || !nodes.size) return;
      width = list.clientWidth;
      heights = new Array(items.length);
      guess = [...nodes.values()].reduce((sum, li) => sum + li.offsetHeight, 0) / nodes.size;
    }

    /* Rows whose height was only guessed must not push away what the reader looks at. */
    function follow() {
      measure();
      scrolled = list.scrollTop > 0;
      const [held] = [...nodes.values()].filter((li) => li.offsetTop + li.offsetHeight > list.scrollTop), was = held && held.offsetTop;
      render();
      if (held && held.isConnected && held.offsetTop !== was) list.scrollTop += held.offsetTop - was;
      first = held ? +held.dataset.row : 0;
    }

    function set(given, { count = given.length, end = null, keep = false } = {}) {
      const top = keep && scrolled ? list.scrollTop : 0;
      items = given;
      total = count;
      tail = end;
      nodes = new Map();
      if (!keep) heights = [];
      heights.length = items.length;
      list.replaceChildren();
      render(top);
      if (scrolled) list.scrollTop = top;
    }

    /* Brings a row into the page and into sight, at the top of the list or just as far as needed. */
    function reveal(i, atTop) {
      if (i < 0 || i >= items.length) return null;
      if (atTop && i === 0 && !scrolled) return nodes.get(0) || null;
      measure();
      const top = offset(i), bottom = top + height(i), { scrollTop, clientHeight } = list;
      if (atTop) list.scrollTop = top;
      else if (top < scrollTop || bottom > scrollTop + clientHeight) list.scrollTop = top < scrollTop ? top : bottom - clientHeight;
      if (!nodes.has(i) || atTop) render();
      const li = nodes.get(i);
      if (!li) return null;
      // By now the heights are true.
      const box = list.getBoundingClientRect(), here = li.getBoundingClientRect();
      if (atTop || here.top < box.top) list.scrollTop += here.top - box.top - list.clientTop;
      else if (here.bottom > box.bottom) list.scrollTop += here.bottom - box.bottom;
      return li;
    }

    list.addEventListener("scroll", () => {
      scrolled = true;
      if (!queued) { queued = true; requestAnimationFrame(follow); }
    }, { passive: true });
    new ResizeObserver(() => { if (nodes.size && Math.abs(list.clientWidth - width) >= 1) reveal(first, true); }).observe(list);
    window.matchMedia("print").addEventListener("change", (event) => { printing = event.matches; render(); });

    return { set, reveal, indexOf, update: () => nodes.forEach((li, i) => mark(li, items[i])), items: () => items };
  }

  T.virtual = virtual;
})();
