/* The desk itself: opening documents, deciding, saving, undoing, and noticing what others do. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D, H = () => D.hand, { S } = D.hand;
  let version = "", conflict = null, busy = false, saves = 0;

  /* Decided and told: the new state of the table becomes ours, so that it is not taken for somebody else's. */
  function took(state) {
    if (!state) return;
    S.state = state;
    saves += 1;
    version = state.version;
    D.form.state(state);
    if (document.body.classList.contains("listing")) D.lists.documents(state, S.doc && S.doc.id);
    H().tellCounts();
    D.lists.others(state);
    told(state);
  }

  function told(state) {
    (state.notices || []).forEach((each, i) => D.lists.note(`notice-${i}`, each.kept ? `${each.text} Kept in ${each.kept}.` : each.text));
  }

  async function refresh() {
    if (!S.doc) return;
    const next = await D.ask(`document?id=${encodeURIComponent(S.doc.id)}`);
    if (!S.doc || next.id !== S.doc.id) return;
    S.doc = next;
    D.text.show(next);
    if (S.at) D.text.choose(S.at);
    D.lists.drafts(next);
    D.chart.list(next, S.at);
    D.chart.soon();
    H().tellCounts();
  }

  function showPane(name) {
    $("desk").dataset.pane = name;
    for (const tab of document.querySelectorAll("[data-tab]")) { tab.setAttribute("aria-selected", String(tab.dataset.tab === name)); tab.tabIndex = tab.dataset.tab === name ? 0 : -1; }
    if (name === "chart") { D.chart.soon(true); if (S.doc) D.chart.list(S.doc, S.at); }
    if (name === "form") D.form.grow();
    if (name === "text" && S.at) D.text.reveal(S.at.n);
  }

  function showList(on) {
    $("desk-documents").hidden = !on;
    $("desk-text").hidden = on;
    $("desk-drafts").hidden = on;
    $("desk-listing").hidden = on;
    document.body.classList.toggle("listing", on);
    document.body.classList.toggle("unopened", !S.doc);
    if (on) { showPane("text"); D.lists.documents(S.state, S.doc && S.doc.id); const first = ["[aria-current]", "[data-left]", ":not(:disabled)"].map((css) => document.querySelector(`.desk-document${css}`)).find(Boolean); if (first) first.focus(); }
    H().tellCounts();
    if (on) D.say("List of documents.");
  }

  async function openDocument(id, at = {}) {
    await D.form.keep();
    let doc;
    try { doc = await D.ask(`document?id=${encodeURIComponent(id)}`); } catch (refused) { D.say(refused.message); return; }
    S.doc = doc;
    S.at = null;
    D.text.show(doc);
    D.lists.drafts(doc);
    D.adding.document(doc);
    showList(false);
    D.text.choose(null);
    D.chart.soon(true);
    $("desk-text").focus({ preventScroll: true });
    if (at.row && H().rowOf(at.row)) H().take("cited", at.row);
    else if (at.candidate && H().candidate(at.candidate)) H().take("candidate", at.candidate);
    else H().onwards(null, `${doc.title || doc.id}: ${D.some(H().left(), "open candidate")}.`);
  }

  const left = () => `${D.some(H().left(), "candidate")} left.`;

  function toText() { if (!$("desk-text").hidden) { showPane("text"); $("desk-text").focus({ preventScroll: true }); } }

  function notSaved(refused) {
    D.say(refused.status ? (/not saved/.test(refused.message) ? refused.message : `Not saved: ${refused.message}`) : "Not saved: the program does not answer. The row stays here; accept it again when it does.");
    if (!refused.status) D.form.keep();
  }

  /* Save the row of the form. Errors are shown beside their fields, and the first of them gets the focus. */
  async function accept(more = {}) {
    await H().ready();
    const open = D.form.at();
    if (!open) { D.say("No row is at hand."); return; }
    let wrong = [];
    try { if (!more.before) wrong = await D.form.errors(); } catch (refused) { notSaved(refused); return; }
    if (wrong.length) { showPane("form"); D.form.edit(); D.say(`Not saved: ${wrong.map((each) => `${each.column || "row"}: ${each.reason}`).join("; ")}.`); return; }
    const row = D.form.row(), from = S.at, same_as = D.form.same();
    const before = more.before || open.before;
    let answer;
    try {
      answer = open.id && !more.anew ? await D.ask("edit", { id: open.id, row, before, same_as }) : await D.ask("accept", { candidate: open.candidate, document: S.doc.id, row, same_as });
    } catch (refused) {
      if (refused.status === 422) { D.form.troubles(refused.told.problems || []); showPane("form"); D.form.edit(); }
      if (refused.status === 409) { conflict = refused.told; showPane("form"); D.similar.conflict($("form-notice"), refused.told, S.state.columns.map((column) => column.name)); }
      notSaved(refused);
      return;
    }
    conflict = null;
    open.draft = false;
    if (answer.others_changed) D.others.tell(answer.state);
    D.form.close("");
    D.draft(open.key, null);
    const decided = open.candidate && H().candidate(open.candidate);
    if (decided) decided.state = "accepted";
    took(answer.state);
    await refresh().catch(() => {});
    toText();
    const said = `Row ${answer.saved} saved. ${left()}`;
    if (open.id || (!open.candidate && !H().left())) { H().take("cited", answer.saved, { quiet: true }); D.say(said); } else H().onwards(from, said);
  }

  async function decide(decision, words) {
    const { at } = S;
    if (!at || at.kind !== "candidate") { D.say("No candidate is at hand."); return; }
    const one = H().candidate(at.id), before = one ? one.state : "";
    if (!one) { D.say("This candidate is no longer in the document."); return; }
    if (before.startsWith("accepted")) { D.say("A row was made of this candidate; undo takes it back."); return; }
    if (before === decision) { D.say(`This candidate is ${decision} already.`); return; }
    const answer = await D.ask("decide", { candidate: at.id, document: S.doc.id, decision });
    one.state = decision;
    took(answer.state);
    const said = `${words} “${one.quote}”. ${left()}`;
    if (decision === "open") { await refresh(); H().take("candidate", at.id, { quiet: true }); D.say(said); return; }
    H().onwards(at, said);
    refresh().catch(() => {});
  }

  async function again(way) {
    await D.form.keep();
    const before = new Map(S.doc ? S.doc.candidates.map((each) => [each.id, each.state]) : []);
    const answer = await D.ask(way, {});
    took(answer.state);
    const words = `${way === "undo" ? "Undone" : "Done again"}: ${answer.label}. `;
    if (answer.document && (!S.doc || answer.document !== S.doc.id)) await openDocument(answer.document, { row: answer.row }); else await refresh();
    if (!S.doc) { D.say(words); return; }
    const candidate = S.doc.candidates.find((each) => before.has(each.id) && before.get(each.id) !== each.state); // what came back
    if (candidate) H().take("candidate", candidate.id, { quiet: true });
    else if (answer.row && H().rowOf(answer.row)) H().take("cited", answer.row, { quiet: true });
    else if (S.at && S.at.kind === "candidate" && H().candidate(S.at.id)) H().take("candidate", S.at.id, { quiet: true });
    else H().onwards(S.at && S.at.n ? S.at : null);
    D.say(words + left());
  }

  async function group(nth) {
    const each = D.form.similar()[nth], open = D.form.at();
    if (!each || !open) { D.say("No such row is alike."); return; }
    if (!open.id) { D.form.toggle(each.id); D.say(D.form.same().includes(each.id) ? `Will be the same event as ${each.id}: ${each.title}.` : `No longer the same event as ${each.id}.`); return; }
    await D.form.keep();
    const answer = await D.ask("group", { ids: [open.id, each.id], event: null });
    took(answer.state);
    await refresh();
    if (H().rowOf(open.id)) await H().take("cited", open.id, { quiet: true });
    D.say(`${open.id} and ${each.id} are now one event.`);
  }

  async function remove() {
    const open = D.form.at();
    if (!open || !open.id) { D.say("No saved row is at hand."); return; }
    const answer = await D.ask("remove", { id: open.id, before: open.before });
    D.form.close("");
    took(answer.state);
    const from = S.at;
    await refresh();
    H().onwards(from, `Row ${open.id} removed; u brings it back.`);
  }

  async function dropDraft() {
    const open = D.form.at(), at = S.at;
    if (!open) return;
    await D.draft(open.key, null);
    if (S.doc.drafts) delete S.doc.drafts[open.key];
    open.draft = false;
    D.form.close("");
    if (at && at.id) await H().take(at.kind, at.id, { quiet: true }); else { await refresh(); H().onwards(at); }
    D.say("Draft discarded.");
  }

  async function make_() {
    const told = D.text.selected();
    if (!told) { D.say("Select some text first: with the mouse, or with m and the arrows."); return; }
    D.select.end();
    await H().takeSelection(told);
    edit();
  }

  async function edit() {
    await H().ready();
    if (!D.form.isOpen()) { D.say("No row is at hand."); return; }
    showPane("form");
    D.form.edit();
  }

  function nextDocument(forward) {
    const all = S.state.documents.filter((doc) => doc.has_text || doc.rows), i = all.findIndex((doc) => S.doc && doc.id === S.doc.id);
    const next = all[i + (forward ? 1 : -1)];
    if (next) return openDocument(next.id);
    D.say(forward ? "This is the last document." : "This is the first document.");
    return null;
  }

  async function escape() {
    if (D.select.active() || D.text.selected()) { D.select.end(); D.say("Nothing is selected."); return; }
    if (document.body.classList.contains("listing")) { if (S.doc) { showList(false); toText(); } return; }
    if (!D.form.inside() && D.keys.typing(document.activeElement)) { toText(); return; }
    if (D.form.inside()) { D.form.keep(); toText(); D.say(D.form.at() && D.form.at().draft ? "Out of the form; the draft is kept." : "Out of the form."); }
  }

  const NEEDS_DOC = new Set(["next", "previous", "next-any", "previous-any", "mark", "make", "skip", "reject", "reopen"]);
  const ACTS = {
    next: () => H().step(true, false), previous: () => H().step(false, false), "next-any": () => H().step(true, true), "previous-any": () => H().step(false, true),
    "next-document": () => nextDocument(true), "previous-document": () => nextDocument(false),
    documents: () => { const on = !document.body.classList.contains("listing"); if (on || S.doc) showList(on); if (!on) toText(); },
    "to-text": toText, edit, accept: () => accept(), skip: () => decide("skipped", "Skipped"), reject: () => decide("rejected", "Rejected"), reopen: () => decide("open", "Open again:"),
    group: () => group(0), "group-nth": (key) => group(Number(key) - 1), remove, undo: () => again("undo"), redo: () => again("redo"),
    mark: () => { if (!S.doc.paragraphs.length) { H().takeBlank(); return edit(); } toText(); return D.select.begin(S.at && S.at.n ? S.at : null); }, make: make_, keys: () => D.keys.toggle(), escape, "drop-draft": dropDraft,
    "as-list": () => { const on = $("desk-chart-pane").classList.toggle("as-list"); $("desk-as-list").setAttribute("aria-pressed", String(on)); if (on) D.chart.list(S.doc, S.at); else D.chart.soon(); },
    "conflict-mine": () => accept(conflict.theirs ? { before: H().cells(conflict.theirs) } : { before: {}, anew: true }),
    "conflict-theirs": async () => { const open = D.form.at(); await D.draft(open.key, null); open.draft = false; D.form.close(""); await refresh(); if (S.doc.drafts) delete S.doc.drafts[open.key]; if (H().rowOf(open.id)) H().take("cited", open.id); else H().onwards(S.at); },
    "try-again": () => D.others.poll(),
  };

  /* One thing after the other: what is pressed while the last decision is being saved waits for it. */
  let queue = Promise.resolve();
  function act(name, more) {
    if (!ACTS[name] || !S.state || (NEEDS_DOC.has(name) && (!S.doc || document.body.classList.contains("listing")))) return;
    const quick = ["escape", "keys", "documents"].includes(name);
    const run = async () => { try { await ACTS[name](more); } catch (refused) { if (!(refused instanceof D.Refused)) throw refused; D.say(refused.message); } };
    if (quick) run(); else { busy = true; queue = queue.then(run).finally(() => { busy = false; }); }
  }

  D.hooks = {
    act, drafted: (key, row) => { if (S.doc && S.doc.drafts) { S.doc.drafts[key] = row; D.lists.drafts(S.doc); } }, dated: (edtf) => D.chart.setDate(edtf), version: () => version,
    go,
  };
  function go(to) {
    if (to.document && (!S.doc || to.document !== S.doc.id)) { openDocument(to.document, to); return; }
    const one = to.candidate && H().candidate(to.candidate), row = to.row || (one && one.state === "accepted" && one.row);
    if (row && H().rowOf(row)) H().take("cited", row);
    else if (one) H().take("candidate", one.id);
    else if (to.row) D.say(`Row ${to.row} is in no document that is here.`);
  }
  D.desk = { openDocument, showPane, showList, refresh, took, isBusy: () => busy, saves: () => saves };
})();
