/* The text of a document with its marks: cited passages, candidates, and what is at hand. Knows no form. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D;
  const TOLD = { open: "open", accepted: "accepted", skipped: "skipped", rejected: "rejected" };
  const shown = { id: null, keys: new Map(), at: null };
  let doc = null;

  const box = () => $("desk-text");
  const paragraph = (n) => doc.paragraphs[n - 1];
  const nodeOf = (n) => box().children[n - 1];

  /* The marks of a paragraph, with the sentence at hand as one more. */
  function marksOf(each) {
    const { at } = shown;
    const own = each.marks.map((mark) => ({ ...mark, at: Boolean(at) && mark.kind === at.kind && mark.id === at.id }));
    return at && at.n === each.n && at.passage ? [{ start: at.passage[0], end: at.passage[1], kind: "sentence", id: at.id }, ...own] : own;
  }

  function piece({ text, marks }) {
    if (!marks.length) return text;
    const names = new Set(["piece"]), candidate = marks.filter((mark) => mark.kind === "candidate").pop();
    const cited = marks.filter((mark) => mark.kind === "cited").pop();
    for (const mark of marks) {
      names.add(mark.kind);
      if (mark.kind === "candidate") names.add(mark.state);
      if (mark.at) names.add("at");
    }
    if (marks.every((mark) => mark.kind === "sentence")) return make("span", { class: [...names].join(" ") }, text);
    const title = [candidate && `Candidate, ${TOLD[candidate.state] || candidate.state}`, cited && `Cited by ${cited.id}`].filter(Boolean).join(" · ");
    return make("mark", {
      class: [...names].join(" "), title, "data-candidate": candidate && candidate.id, "data-row": cited && cited.id,
    }, text);
  }

  function fill(node, each) {
    const marks = marksOf(each), key = JSON.stringify(marks);
    if (shown.keys.get(each.n) === key) return;
    shown.keys.set(each.n, key);
    node.lastChild.replaceChildren(...D.words.pieces(each.text, marks).map(piece));
  }

  function made(each) {
    const number = each.locator.replace(/^\D+/, "") || each.locator;
    const node = make("div", { class: "para", "data-n": each.n }, make("span", { class: "locator", title: each.locator }, number), make("p", { dir: "auto" }));
    fill(node, each);
    return node;
  }

  /* Show a document, or the same one after something changed: only paragraphs whose marks changed are touched. */
  function show(next) {
    const same = doc && doc.id === next.id && doc.paragraphs.length === next.paragraphs.length &&
      doc.paragraphs.every((each, i) => each.text === next.paragraphs[i].text);
    doc = next;
    if (same && shown.id === next.id) {
      const nodes = box().children;
      doc.paragraphs.forEach((each, i) => fill(nodes[i], each));
      return;
    }
    shown.id = next.id;
    shown.at = null;
    shown.keys.clear();
    box().replaceChildren(...(doc.paragraphs.length ? doc.paragraphs.map(made)
      : [make("p", { class: "nothing" }, `There is no text: ${doc.reason || "the document is empty."} Shift J steps through its rows, m begins a new one.`)]));
    box().scrollTop = 0;
  }

  function repaint(n) {
    const node = n && box().children[n - 1];
    if (node) fill(node, paragraph(n));
  }

  /* Bring a paragraph's mark into the middle of the view, if it is not in plain sight. */
  function reveal(n) {
    const node = nodeOf(n), pane = box();
    if (!node || !pane.clientHeight) return;
    const mark = node.querySelector(".at, .sentence") || node, view = pane.getBoundingClientRect();
    const seen = mark.getBoundingClientRect();
    if (seen.top >= view.top + 40 && seen.bottom <= view.bottom - 40) return;
    pane.scrollTop += seen.top - view.top - Math.min(view.height * 0.3, view.height - Math.min(seen.height, view.height) - 40);
  }

  /* The paragraphs over which something runs: its own, and those after it that its passage reaches. */
  function placesOf({ n, id }) {
    const found = [n];
    for (let m = n + 1; m <= doc.paragraphs.length && paragraph(m).marks.some((mark) => mark.id === id); m += 1) found.push(m);
    return found;
  }

  /* Mark what is at hand: {kind, id, n, passage: [start, end] or null}, or nothing. */
  function choose(at) {
    const before = shown.at;
    shown.at = at;
    for (const one of [before, at]) if (one) for (const n of placesOf(one)) repaint(n);
    if (at) reveal(at.n);
  }

  /* The characters of a paragraph before a place in the page. */
  function offsetIn(p, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(p);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  /* The place in the page of a character of a paragraph. */
  function placeOf(n, offset) {
    const walker = document.createTreeWalker(nodeOf(n).lastChild, NodeFilter.SHOW_TEXT);
    let left = offset, node = walker.nextNode();
    while (node && left > node.length) { left -= node.length; node = walker.nextNode(); }
    return node ? [node, left] : [nodeOf(n).lastChild, 0];
  }

  /* What is selected in the text, as {from: {n, offset}, to: {n, offset}, text}; null when nothing is. */
  function selected() {
    const selection = window.getSelection();
    if (!doc || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0), pane = box();
    if (!pane || !pane.contains(range.startContainer)) return null;
    const end = (node, offset, late) => {
      const holder = (node.nodeType === 1 ? node : node.parentElement).closest(".para");
      if (!holder) return late ? { n: doc.paragraphs.length, offset: doc.paragraphs.at(-1).text.length } : null;
      const p = holder.lastChild, n = Number(holder.dataset.n);
      if (p.contains(node)) return { n, offset: offsetIn(p, node, offset) };
      return { n, offset: 0 }; // in the margin: the paragraph has not begun
    };
    const from = end(range.startContainer, range.startOffset, false), to = end(range.endContainer, range.endOffset, true);
    if (!from || !to) return null;
    if (to.offset === 0 && to.n > from.n) { to.n -= 1; to.offset = paragraph(to.n).text.length; }
    return trimmed(from, to);
  }

  function trimmed(from, to) {
    const text = (n) => paragraph(n).text;
    while (from.offset < text(from.n).length && /\s/.test(text(from.n)[from.offset]) && (from.n < to.n || from.offset < to.offset)) from.offset += 1;
    while (to.offset > 0 && /\s/.test(text(to.n)[to.offset - 1]) && (from.n < to.n || to.offset > from.offset)) to.offset -= 1;
    const told = from.n === to.n ? text(from.n).slice(from.offset, to.offset)
      : [text(from.n).slice(from.offset), ...doc.paragraphs.slice(from.n, to.n - 1).map((each) => each.text), text(to.n).slice(0, to.offset)].join(" ");
    return told.trim() ? { from, to, text: told } : null;
  }

  /* Select from one place to another, as a mouse would. */
  function select(from, to) {
    const [a, i] = placeOf(from.n, from.offset), [b, j] = placeOf(to.n, to.offset);
    window.getSelection().setBaseAndExtent(a, i, b, j);
    const seen = b.parentElement.getBoundingClientRect(), view = box().getBoundingClientRect();
    if (seen.bottom < view.top || seen.top > view.bottom) nodeOf(to.n).scrollIntoView({ block: "center" });
  }

  /* The first paragraph in sight. */
  function firstSeen() {
    const view = box().getBoundingClientRect();
    const node = [...box().children].find((each) => each.getBoundingClientRect().bottom > view.top + 8);
    return node ? Number(node.dataset.n) : 1;
  }

  D.text = { show, choose, reveal, selected, select, firstSeen, document: () => doc, clear: () => { shown.id = null; doc = null; } };
})();
