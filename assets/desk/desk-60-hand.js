/* What is at hand: a candidate, a row or a selection, in step in all three panes; stepping from one to the next. */
(function () {
  "use strict";
  const D = window.desk, { $ } = D;
  const WAIT = 90;
  const S = { state: null, doc: null, at: null };
  let turn = 0, later = 0, ready = Promise.resolve();

  const candidate = (id) => S.doc && S.doc.candidates.find((each) => each.id === id);
  const rowOf = (id) => S.doc && S.doc.rows.find((each) => each.id === id);
  const left = () => S.doc.candidates.filter((each) => each.state === "open").length;
  const cells = (row) => Object.fromEntries(S.state.columns.map(({ name }) => [name, (row.cells || row)[name] || ""]));
  const textOf = (n) => S.doc.paragraphs[n - 1].text;

  /* The sentence of a candidate: the passage that it proposes, else what looks like its sentence. */
  const sentenceOf = (each) => D.words.passageIn(textOf(each.n), each.passage, each.start) || D.words.sentenceAt(textOf(each.n), each.start);

  function address() {
    const parameters = new URLSearchParams();
    if (S.doc) parameters.set("document", S.doc.id);
    if (S.at && S.at.id) parameters.set(S.at.kind === "cited" ? "row" : "candidate", S.at.id);
    const text = parameters.toString();
    window.history.replaceState(null, "", window.location.pathname + (text ? `?${text}` : ""));
  }

  function tellCounts() {
    const { state } = S, doc = document.body.classList.contains("listing") ? null : S.doc;
    $("desk-title").textContent = doc ? doc.title || doc.id : "Documents";
    const open = doc ? left() : 0;
    $("desk-counts").textContent = doc
      ? [doc.source, doc.published_words || doc.published, `${D.some(open, "candidate")} left`, D.some(doc.rows.length, "row")].filter(Boolean).join(" · ")
      : "Enter opens one, arrows move.";
    if (doc && /^https?:\/\//i.test(doc.url || "")) $("desk-counts").append(" · ", D.make("a", { href: doc.url, target: "_blank", rel: "noopener noreferrer" }, "original"));
    $("desk-sentence").textContent = `${D.some(state.table.rows, "row")} of ${D.some(state.table.events, "event")} · ${D.some(state.documents.reduce((sum, each) => sum + (each.open || 0), 0), "candidate")} left in ${D.some(state.documents.length, "document")}${state.reading ? `, ${state.reading} not read yet` : ""}`;
    for (const [name, can] of [["undo", state.undo], ["redo", state.redo]]) {
      const button = document.querySelector(`.desk-head [data-do=${name}]`);
      button.disabled = !can;
      button.title = can ? `${name === "undo" ? "Undo" : "Redo"}: ${can.label}` : `Nothing to ${name}`;
    }
  }

  /* Everything that follows from what is at hand, but the form. */
  function point(at) {
    S.at = at;
    D.text.choose(at);
    const one = at && (at.kind === "candidate" ? candidate(at.id) : rowOf(at.id));
    $("desk-hand").textContent = one ? `At hand: ${one.words || one.value || one.date || "no date"}` : "";
    D.chart.setDate(one ? one.value || one.date || "" : "");
    D.chart.list(S.doc, at);
    D.actions.show();
    address();
  }

  async function fill(mine, asking) {
    let what;
    try { what = await asking(); } catch (refused) {
      // The form of what was at hand before must not be taken for this one's.
      if (mine === turn) { D.form.close(refused.message); D.say(refused.message); }
      return;
    }
    if (mine !== turn || !what) return;
    D.form.open(what, S.state);
    D.lists.drafts(S.doc);
  }

  function place(id) {
    const open = S.doc.candidates.filter((each) => each.state === "open"), i = open.findIndex((each) => each.id === id);
    return i < 0 ? (candidate(id) || { state: "gone" }).state : `${i + 1} of ${open.length}`;
  }

  async function formOf(id) {
    const one = candidate(id), key = one.id;
    await D.flush();
    const told = await D.ask("form", { document: S.doc.id, candidate: id });
    const kept = D.draftOf(key) || null;
    return {
      key: told.key, id: null, candidate: id, row: kept || told.row, understood: kept ? null : told.understood, look: kept ? null : told.look,
      title: `Candidate ${place(id)}`, quote: `“${one.quote}”, ${one.locator}${one.kind === "relative" && one.anchor ? `, counted from ${one.anchor}` : ""}`,
      hint: one.state === "accepted" && one.row ? `accepted: row ${one.row}` : one.state === "open" ? "" : one.state, offers: [...(one.actors || []), ...(told.new_actors || one.new_actors || [])], draft: Boolean(kept || (S.doc.drafts || {})[told.key]),
    };
  }

  function rowForm(id) {
    const key = `row:${id}`, saved = rowOf(id), before = cells(saved), draft = D.draftOf(key) || (S.doc.drafts || {})[key] || null;
    return {
      key, id, candidate: null, before, row: draft ? cells(draft) : before, first: before, understood: null, look: null,
      title: `Row ${id}`, quote: "", hint: saved.locator, offers: [], draft: Boolean(draft),
    };
  }

  /* Take a candidate or a row into the hand. `quick` waits a moment for the next key before it asks for the form. */
  function take(kind, id, { quick = false, quiet = false } = {}) {
    D.form.keep();
    const mine = (turn += 1);
    clearTimeout(later);
    if (kind === "candidate") {
      const one = candidate(id);
      point({ kind, id, n: one.n, start: one.start, passage: sentenceOf(one) });
      if (!quiet) D.say(`Candidate ${place(id)}: “${one.quote}”, ${one.locator}, ${one.words ? `read as ${one.words}` : "date not known"}.`);
      ready = new Promise((done) => { later = setTimeout(() => fill(mine, () => formOf(id)).then(done), quick ? WAIT : 0); });
    } else {
      const marked = S.doc.paragraphs.find((each) => each.marks.some((mark) => mark.kind === "cited" && mark.id === id));
      const mark = marked && marked.marks.find((each) => each.kind === "cited" && each.id === id);
      point({ kind: "cited", id, n: marked ? marked.n : 0, start: mark ? mark.start : 0, passage: mark ? [mark.start, mark.end] : null });
      if (!quiet) D.say(`Row ${id}: ${rowOf(id).title}.`);
      ready = fill(mine, async () => rowForm(id));
    }
    return ready;
  }

  /* A row from what is selected, or from a draft of one. */
  function takeSelection(selection, key, draft) {
    D.form.keep();
    const mine = (turn += 1);
    clearTimeout(later);
    const n = selection ? selection.from.n : Number(((draft || {}).locator || "").replace(/\D+/g, "")) || 0;
    const same = selection && selection.from.n === selection.to.n;
    point({ kind: "selection", id: null, n, start: selection ? selection.from.offset : 0, passage: selection ? [selection.from.offset, same ? selection.to.offset : textOf(n).length] : null });
    const common = { id: null, candidate: null, title: "New row", hint: "", offers: [] };
    ready = fill(mine, async () => {
      if (draft) return { ...common, key, row: cells(draft), understood: null, look: null, draft: true, quote: draft.passage ? `“${draft.passage}”, ${draft.locator}` : "" };
      const told = await D.ask("form", { document: S.doc.id, from: selection.from, to: selection.to });
      return { ...common, key: told.key, row: told.row, understood: told.understood, look: told.look, draft: Boolean((S.doc.drafts || {})[told.key]),
        quote: `“${told.row.passage}”, ${told.row.locator}`, offers: [...(told.row.actors || "").split(";").filter(Boolean), ...(told.new_actors || [])] };
    });
    return ready;
  }

  /* A row by hand, for a document without a text. */
  const takeBlank = () => takeSelection(null, `new-${Date.now().toString(36)}`, { document: S.doc.id, status: "reported" });

  /* An accepted candidate is met as its row. */
  const wanted = (one, any) => one.state === "open" || (any && !(one.state === "accepted" && rowOf(one.row)));

  /* All marks of the document in the order of the text; the open candidates alone unless `any`. */
  function marks(any) {
    const found = [];
    for (const each of S.doc.paragraphs) {
      const here = each.marks.filter((mark) => (mark.kind === "candidate" ? wanted(candidate(mark.id), any) : any)).sort((a, b) => a.start - b.start);
      for (const mark of here) if (!found.some((one) => one.id === mark.id && one.kind === mark.kind)) found.push({ kind: mark.kind, id: mark.id, n: each.n, start: mark.start });
    }
    // Rows whose passage stands nowhere come last.
    if (any) for (const { id } of S.doc.rows) if (!found.some((one) => one.kind === "cited" && one.id === id)) found.push({ kind: "cited", id, n: Infinity, start: 0 });
    return found;
  }

  function step(forward, any) {
    const all = marks(any), { at } = S;
    if (!all.length) { nothing(); return; }
    const i = at ? all.findIndex((each) => each.id === at.id && each.kind === at.kind) : -1;
    let next;
    if (i >= 0) next = all[i + (forward ? 1 : -1)];
    else if (at && at.n) next = forward ? all.find((each) => each.n > at.n || (each.n === at.n && each.start >= at.start)) : all.findLast((each) => each.n < at.n || (each.n === at.n && each.start < at.start));
    else next = forward ? all[0] : all.at(-1);
    if (!next) { D.say(forward ? "This is the last one." : "This is the first one."); return; }
    take(next.kind, next.id, { quick: true });
  }

  /* After a decision: the open candidate behind the one that was decided, else the first one left. */
  function onwards(from, said) {
    const all = marks(false);
    const next = all.find((each) => !from || each.n > from.n || (each.n === from.n && each.start >= from.start)) || all[0];
    if (next) take("candidate", next.id, { quiet: true }); else nothing();
    if (said) D.say(said);
  }

  function nothing() {
    turn += 1;
    point(null);
    const words = S.doc.paragraphs.length ? "No open candidate is left in this document. ] opens the next document, m selects text for a row."
      : "This document has no text here. Shift J steps through its rows, m begins a new one.";
    D.form.close(words);
    D.say(words);
  }

  /* What can be done with it, as buttons. */
  D.actions = {
    show() {
      const { at } = S, one = at && at.kind === "candidate" ? candidate(at.id) : null, open = one && one.state === "open", button = (words, key, name, main) => D.make("button", { type: "button", class: main ? "tool main" : "tool", "data-do": name }, D.keyed(words, key));
      const key = `${open} ${at && at.kind}`;
      if (D.actions.key === key) return;
      D.actions.key = key;
      $("desk-actions").replaceChildren(...[button("Previous", "k", "previous"), button("Next", "j", "next"),
        open && button("Skip", "s", "skip"), open && button("Reject", "x", "reject"), one && !open && button("Open again", "o", "reopen"), at && at.kind === "cited" && button("Remove", "Del", "remove"),
        at && button("Edit", "e", "edit"), at && button(at.kind === "cited" ? "Save" : "Accept", "a", "accept", true)].filter(Boolean));
    },
  };

  D.hand = { S, candidate, rowOf, left, cells, tellCounts, take, takeSelection, takeBlank, step, onwards, nothing, point, ready: () => ready };
})();
