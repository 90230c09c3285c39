/* Selecting with the keyboard: `m` begins at the sentence at hand; arrows move its ends by words, up and down take the
   next sentence. It moves the browser's own selection, so a mouse and a keyboard end in the same thing. */
(function () {
  "use strict";
  const D = window.desk, { words } = D;
  let at = null;

  const text = (n) => D.text.document().paragraphs[n - 1].text;
  const count = () => D.text.document().paragraphs.length;
  const before = (a, b) => a.n < b.n || (a.n === b.n && a.offset < b.offset);

  /* The next (or previous) edge of a word: its beginning for the first end of a selection, its end for the last. */
  function step(place, forward, edge) {
    let { n } = place;
    const edges = () => words.words(text(n)).map((word) => word[edge]);
    const found = forward ? edges().find((x) => x > place.offset) : edges().findLast((x) => x < place.offset);
    if (found !== undefined) return { n, offset: found };
    for (n += forward ? 1 : -1; n >= 1 && n <= count(); n += forward ? 1 : -1) {
      const all = edges();
      if (all.length) return { n, offset: forward ? all[0] : all.at(-1) };
    }
    return place;
  }

  function sentence(n, offset, forward) {
    const here = words.sentences(text(n)), i = here.findIndex(([start, end]) => offset >= start && offset < end);
    const next = here[i + (forward ? 1 : -1)];
    if (next) return [n, ...next];
    for (let m = n + (forward ? 1 : -1); m >= 1 && m <= count(); m += forward ? 1 : -1) {
      const all = words.sentences(text(m));
      if (all.length) return [m, ...(forward ? all[0] : all.at(-1))];
    }
    return null;
  }

  function put(n, start, end) { at = { from: { n, offset: start }, to: { n, offset: end } }; }

  function show() {
    D.text.select(at.from, at.to);
    const told = D.text.selected();
    if (told) D.say(`Selected: “${told.text.length > 160 ? `${told.text.slice(0, 78)} … ${told.text.slice(-78)}` : told.text}”. Enter makes a row, Esc drops it.`);
  }

  /* Begin at the sentence at hand, at what a mouse has selected, or at what is in sight. */
  function begin(hand) {
    const own = D.text.selected();
    if (own) at = { from: own.from, to: own.to };
    else if (hand && hand.passage) put(hand.n, ...hand.passage);
    else {
      const n = hand ? hand.n : D.text.firstSeen();
      put(n, ...words.sentenceAt(text(n), hand && hand.start ? hand.start : 0));
    }
    document.body.classList.add("selecting");
    show();
  }

  function end() {
    at = null;
    document.body.classList.remove("selecting");
    if (D.text.document()) window.getSelection().removeAllRanges();
  }

  /* What an arrow does; true when it was ours. */
  function move(key, shift) {
    if (!at) return false;
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const end_ = shift ? "from" : "to", next = step(at[end_], key === "ArrowRight", shift ? 0 : 1);
      const changed = { ...at, [end_]: next };
      if (before(changed.from, changed.to)) at = changed;
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      const next = sentence(at.from.n, at.from.offset, key === "ArrowDown");
      if (next) put(...next);
    } else return false;
    show();
    return true;
  }

  D.select = { begin, end, move, active: () => at !== null };
})();
