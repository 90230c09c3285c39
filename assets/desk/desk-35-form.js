/* The form of the row at hand: all columns, what a typed date was understood as, problems beside their fields, the
   verdict on the citation, and rows that are alike. Asks the API to look; saving is 60's. */
(function () {
  "use strict";
  const D = window.desk, { $, make, fields: F } = D;
  const TITLE = 90, LOOK_AFTER = 350, DRAFT_AFTER = 700;
  const FIRST = ["date", "title", "summary", "actors", "category", "status", "speaker", "event", "locator", "passage", "note"];
  const LAST = ["id", "document"];
  const form = { state: null, open: null, fields: new Map(), look: null, understood: null, typed: "", sameAs: new Set(), serial: 0, dirty: false, wholly: null };
  let lookLater = 0, draftLater = 0, asked = Promise.resolve();

  const actors = () => (form.state ? form.state.actors : []);
  const columns = () => form.state.columns.map((column) => column.name);
  const order = () => [...FIRST.filter((name) => columns().includes(name)), ...columns().filter((name) => !FIRST.includes(name) && !LAST.includes(name)), ...LAST.filter((name) => columns().includes(name))];

  function field(name) {
    const id = `f-${name}`, changed = () => typed(name);
    if (name === "title") return F.area(id, changed, 1);
    if (name === "summary" || name === "passage" || name === "note") return F.area(id, changed);
    if (name === "category") return F.choice(id, changed, () => form.state.categories);
    if (name === "status") return F.choice(id, changed, () => form.state.statuses);
    if (name === "speaker") return F.name(id, changed, actors);
    if (name === "actors") return F.chips(id, changed, actors);
    return F.line(id, changed);
  }

  /* The form is built once; opening a row fills it, so that nothing jumps. */
  function build() {
    if (form.fields.size) return;
    const told = new Map(form.state.columns.map((column) => [column.name, column]));
    const body = make("div", { class: "fields" });
    for (const name of order()) {
      const own = field(name), { label, must, description } = told.get(name);
      own.control.setAttribute("aria-describedby", `p-${name} h-${name}`);
      if (must) own.control.setAttribute("aria-required", "true");
      body.append(make("div", { class: "field", "data-field": name },
        make("label", { for: `f-${name}`, title: description }, label || name),
        own.node, make("p", { id: `h-${name}`, class: "help" }), make("ul", { id: `p-${name}`, class: "plain troubles" })));
      form.fields.set(name, own);
    }
    form.fields.get("id").control.setAttribute("placeholder", "made from the title");
    if (form.fields.get("document")) form.fields.get("document").control.readOnly = true;
    $("desk-form").replaceChildren(
      make("div", { class: "pane-head" }, make("h2", { id: "form-title" }), make("p", { id: "form-hint", class: "hint" })),
      make("div", { id: "form-body" }, make("p", { id: "form-quote" }), make("div", { id: "form-notice" }), make("ul", { id: "p-", class: "plain troubles" }), body),
      make("section", { id: "form-similar", "aria-label": "Rows that are alike" }));
  }

  const row = () => {
    const made = { ...form.open.row };
    for (const [name, own] of form.fields) made[name] = own.get();
    const date = made.date;
    if (form.understood && form.typed === date && !form.understood.error && form.understood.edtf) made.date = form.understood.edtf;
    return made;
  };

  /* What the form was opened with and what it has become are the same row? */
  const changed = () => { const now = row(); return Object.keys(now).some((name) => (now[name] || "") !== (form.open.first[name] || "")); };

  function typed(name) {
    if (!form.open) return;
    form.dirty = true;
    form.serial += 1;
    if (name === "title") count();
    if (name === "date") understand();
    clearTimeout(lookLater);
    clearTimeout(draftLater);
    lookLater = setTimeout(() => look().catch(() => {}), LOOK_AFTER);
    draftLater = setTimeout(keep, DRAFT_AFTER);
  }

  function count() {
    const length = [...form.fields.get("title").get()].length, help = $("h-title");
    help.textContent = `${length} / ${TITLE}`;
    help.classList.toggle("over", length > TITLE);
  }

  /* What was understood of the date, said at once. */
  function tellDate(text, told) {
    const help = $("h-date");
    help.classList.toggle("over", Boolean(told && told.error));
    if (!text.trim()) help.textContent = "Undated.";
    else if (!told) help.textContent = "…";
    else if (told.error) help.textContent = `Not understood: ${told.error}`;
    else {
      const edtf = told.edtf && told.edtf !== text.trim() ? ` Saved as ${told.edtf}.` : "";
      const softness = [told.approximate && "approximate", told.uncertain && "uncertain"].filter(Boolean).join(", ");
      help.textContent = `${told.words} · ${told.precision}${softness ? `, ${softness}` : ""}.${edtf}${told.anchor ? ` Counted from ${told.anchor}.` : ""}`;
    }
  }

  function understand() {
    const text = form.fields.get("date").get(), { open } = form;
    form.understood = null;
    if (!text.trim()) { tellDate("", null); D.hooks.dated(""); return; }
    asked = D.ask("understood", { text, document: open.row.document }).then((told) => {
      if (open !== form.open || text !== form.fields.get("date").get()) return;
      form.understood = told;
      form.typed = text;
      tellDate(text, told);
      D.hooks.dated(told.error ? "" : told.edtf);
    }, (refused) => { if (text === form.fields.get("date").get()) $("h-date").textContent = refused.message; });
  }

  /* Ask for the problems, the citation's verdict and rows alike; the last answer stands. */
  async function look() {
    clearTimeout(lookLater);
    await asked;
    if (!form.open) return null;
    const { open, serial } = form;
    const told = await D.ask("look", { row: row(), id: open.id });
    if (open === form.open && serial === form.serial) tell(told, serial);
    return told;
  }

  function tell(told, serial) {
    form.look = told;
    form.wholly = serial;
    troubles(told.problems);
    const { citation } = told, help = $("h-passage");
    if (help) {
      help.className = `help verdict ${citation ? citation.verdict.replace(" ", "-") : ""}`;
      help.textContent = citation ? `Citation: ${citation.verdict}${citation.note ? `; ${citation.note}` : ""}` : "";
    }
    D.similar.show($("form-similar"), told.similar || [], form.sameAs, form.open.id, row().event);
    form.fields.get("id").control.setAttribute("placeholder", told.suggested_id || "made from the title");
  }

  /* The problems under their fields. A list that is the same stays, for something in it may have the focus. */
  function troubles(problems) {
    const told = problems.filter((each) => each.code !== "empty" || form.tried); // at first nobody has had the time to fill it in
    for (const name of ["", ...form.fields.keys()]) {
      const own = form.fields.get(name), here = told.filter((each) => (form.fields.has(each.column) ? each.column : "") === name), place = $(`p-${name}`), key = JSON.stringify(here);
      if (own && here.some((each) => each.severity === "error")) own.control.setAttribute("aria-invalid", "true"); else if (own) own.control.removeAttribute("aria-invalid");
      if (place.dataset.key === key) continue;
      place.dataset.key = key;
      place.replaceChildren(...here.map((each, i) => trouble(each, i)));
    }
  }

  function trouble(each, i) {
    const words = [each.reason, each.fix].filter(Boolean).map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(" ");
    const unknown = ["unknown-actor", "unknown-speaker"].includes(each.code) && each.value;
    return make("li", { class: each.severity, title: each.code }, make("strong", {}, `${each.severity[0].toUpperCase()}${each.severity.slice(1)}: `), words,
      unknown ? D.adding.actor(each, i) : "");
  }

  /* The draft goes to the server; true when it is there. */
  function keep() {
    clearTimeout(draftLater);
    if (!form.open || !form.dirty) return Promise.resolve(true);
    form.dirty = false;
    if (!changed()) return Promise.resolve(true);
    const now = row();
    form.open.draft = true;
    hint();
    D.hooks.drafted(form.open.key, now);
    return D.draft(form.open.key, now);
  }

  function hint() {
    const { open } = form;
    $("form-hint").replaceChildren(...[open.hint, open.draft && make("strong", { class: "draft" }, "Draft"),
      open.draft && make("button", { type: "button", class: "link", "data-do": "drop-draft" }, "Discard draft")].filter(Boolean));
  }

  /* Open a row: {key, id (of a saved row) or null, candidate or null, row, before, title, hint, quote, offers, draft,
     understood, look}. */
  function open(what, state) {
    keep(); // what was typed while this was on its way
    form.state = state;
    build();
    clearTimeout(lookLater);
    clearTimeout(draftLater);
    Object.assign(form, { open: what, sameAs: new Set(), dirty: false, look: null, tried: Boolean(what.id), understood: what.understood, typed: what.row.date || "", serial: form.serial + 1 });
    if (!what.id && !what.draft) what.row = { ...what.row, id: "" }; // made of the title, when there is one
    for (const [name, own] of form.fields) own.set(what.row[name] || "");
    form.fields.get("actors").offer(what.offers || []);
    what.first = what.first || row();
    $("form-title").textContent = what.title;
    $("form-quote").textContent = what.quote || "";
    $("form-quote").hidden = !what.quote;
    $("form-notice").replaceChildren();
    hint();
    count();
    tellDate(what.row.date || "", what.understood);
    if (what.row.date && !what.understood) understand();
    $("desk-form").hidden = false;
    $("form-body").scrollTop = 0;
    $("desk-form").scrollTop = 0;
    if (what.look) tell(what.look, form.serial); else { troubles([]); D.similar.show($("form-similar"), [], form.sameAs, null); look().catch(() => {}); }
  }

  function close(words) {
    form.open = null;
    if (form.fields.size) { form.fields.clear(); }
    $("desk-form").replaceChildren(make("div", { class: "pane-head" }, make("h2", {}, "No row at hand")), make("p", { class: "nothing" }, words));
  }

  function edit() {
    if (!form.open) return false;
    const first = [...form.fields].find(([, own]) => own.control.getAttribute("aria-invalid") === "true");
    const empty = ["title", "summary"].find((name) => form.fields.has(name) && !form.fields.get(name).get());
    (empty && !(first && first[0] === "date") ? form.fields.get(empty) : first ? first[1] : form.fields.get("title")).focus();
    return true;
  }

  /* The errors that stand against saving the row as it is now, after one more look if that is not known. */
  async function errors() {
    await asked;
    const told = form.look && form.wholly === form.serial ? form.look : await look();
    const found = (told ? told.problems : []).filter((each) => each.severity === "error");
    form.tried = true;
    if (found.length) troubles(told.problems);
    return found;
  }

  document.addEventListener("focusout", ({ target }) => { if (form.dirty && target.closest && target.closest("#desk-form")) keep(); });

  D.form = {
    open, close, row, edit, errors, keep, look, troubles, changed, isOpen: () => form.open !== null, at: () => form.open,
    same: () => [...form.sameAs], toggle: (id) => { if (!form.sameAs.delete(id)) form.sameAs.add(id); if (form.look) tell(form.look, form.wholly); },
    similar: () => (form.look && form.look.similar) || [], state: (next) => { form.state = next; },
    renamed: () => { form.fields.get("actors").offer(form.open ? form.open.offers || [] : []); form.serial += 1; return look(); },
    inside: () => Boolean($("desk-form") && $("desk-form").contains(document.activeElement)), grow: () => { for (const own of form.fields.values()) if (own.grow) own.grow(); },
  };
})();
