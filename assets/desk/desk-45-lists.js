/* The list of documents, the drafts that belong to no candidate, and the messages over the page. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D;
  const notes = new Map(), closed = new Set();

  const counts = (doc) => doc.open === null ? "not read yet" : [`${doc.open} open`, doc.accepted && `${doc.accepted} accepted`, doc.skipped && `${doc.skipped} skipped`,
    doc.rejected && `${doc.rejected} rejected`, D.some(doc.rows, "row")].filter(Boolean).join(" · ");

  let listed = "";

  /* The list is made anew when a number in it has changed; what had the focus has it again. */
  function documents(state, current) {
    const key = JSON.stringify([state.documents, current]), at = document.activeElement && document.activeElement.dataset.document;
    if (key === listed) return;
    listed = key;
    $("desk-documents").replaceChildren(make("ul", { class: "plain" }, state.documents.map((doc) => make("li", {}, make("button", {
      type: "button", class: "desk-document", "data-document": doc.id, "data-open": true, "data-left": doc.open ? String(doc.open) : null, disabled: !doc.has_text && !doc.rows, "aria-current": doc.id === current ? "true" : null,
    }, make("span", { class: "document-title" }, doc.title || doc.id),
    make("span", { class: "hint" }, [doc.source, doc.published_words || doc.published].filter(Boolean).join(", ")),
    make("span", { class: doc.open ? "document-counts left" : "document-counts" }, doc.has_text ? counts(doc) : `${doc.rows ? `${D.some(doc.rows, "row")} · ` : ""}no text: ${doc.reason}`))))));
    const before = at && $("desk-documents").querySelector(`[data-document="${window.CSS.escape(at)}"]`);
    if (before) before.focus();
    if (!state.documents.length) $("desk-documents").replaceChildren(make("p", { class: "nothing" }, "There are no documents: documents.csv names none, and the folder holds none."));
  }

  /* Drafts that a selection began, but for the one at hand: what appears while one types would push the text down. */
  function drafts(doc) {
    const open = D.form.at(), known = new Set([open && open.key, ...doc.candidates.map((each) => each.id), ...doc.rows.map((each) => `row:${each.id}`)]);
    const own = Object.entries(doc.drafts || {}).filter(([key, row]) => row && !known.has(key) && row.document === doc.id);
    $("desk-drafts").replaceChildren(...(own.length ? [make("span", { class: "hint" }, "Drafts:"), ...own.map(([key, row]) =>
      make("button", { type: "button", class: "chip", "data-draft": key }, row.title || row.passage || row.date || "untitled"))] : []));
  }

  /* A message that stays until it is over or closed. `kind` names it; no words take it away. */
  function note(kind, words, ...actions) {
    if (words && (closed.has(words) || (notes.has(kind) && notes.get(kind)[0] === words))) return;
    if (words) notes.set(kind, [words, actions]); else if (!notes.delete(kind)) return;
    $("desk-banner").replaceChildren(...[...notes].map(([each, [told, buttons]]) => make("p", { class: `banner ${each}` }, make("span", {}, told), buttons,
      each === "away" ? null : make("button", { type: "button", class: "link", "data-close-note": each, "aria-label": `Close: ${told}` }, "Close"))));
  }

  /* Closed by hand: what is told at every look at the table does not come back; a new change of the table does. */
  function shut(kind) {
    if (kind.startsWith("notice")) closed.add(notes.get(kind)[0]);
    note(kind, "");
  }

  function others(state) {
    const time = (since) => { const at = new Date(since); return Number.isNaN(at.getTime()) ? since : at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }); };
    const words = state.others.map((each) => `${each.who} (since ${time(each.since)})`).join(", ");
    $("desk-others").textContent = words ? `Also here: ${words}` : "";
  }

  D.lists = { documents, drafts, note, shut, others };
})();
