/* Text as characters, words and sentences: plain arithmetic that knows no page. */
(function () {
  "use strict";
  const D = window.desk;
  const ELLIPSIS = " … ";

  function parts(text, by) {
    const found = [];
    if (window.Intl && window.Intl.Segmenter) {
      for (const { index, segment, isWordLike } of new window.Intl.Segmenter("en", { granularity: by }).segment(text)) {
        if (by === "sentence" || isWordLike) found.push([index, index + segment.trimEnd().length]);
      }
    } else {
      const shape = by === "sentence" ? /\S[^.!?]*[.!?]*["”’)]*/g : /\S+/g;
      for (const match of text.matchAll(shape)) found.push([match.index, match.index + match[0].trimEnd().length]);
    }
    return found.filter(([start, end]) => end > start);
  }

  const words = (text) => parts(text, "word");
  const sentences = (text) => parts(text, "sentence");

  /* The sentence round a place in a text. */
  function sentenceAt(text, place) {
    return sentences(text).find(([start, end]) => place >= start && place < end) || [0, text.length];
  }

  /* Where "first words … last words" stands in a text, nearest before `place`; null if it runs beyond the text. */
  function passageIn(text, passage, place) {
    const [first, last] = passage.split(ELLIPSIS);
    const start = first ? text.lastIndexOf(first, place) : -1;
    if (start < 0) return null;
    if (last === undefined) return [start, start + first.length];
    const at = text.indexOf(last, Math.max(start + first.length, place - last.length));
    return at < 0 ? null : [start, at + last.length];
  }

  /* A text cut where marks begin and end: each piece with all marks over it. */
  function pieces(text, marks) {
    const cuts = new Set([0, text.length]);
    for (const { start, end } of marks) { cuts.add(start); cuts.add(end); }
    const edges = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
    return edges.slice(1).map((end, i) => ({
      text: text.slice(edges[i], end), marks: marks.filter((mark) => mark.start <= edges[i] && mark.end >= end),
    }));
  }

  D.words = { words, sentences, sentenceAt, passageIn, pieces };
})();
