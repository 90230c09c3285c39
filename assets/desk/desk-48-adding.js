/* What documents.csv and actors.csv do not hold yet: asked for where it is missed, and added with one press. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D;
  const words = (name) => ($("desk").dataset[name] || "").split(" ").filter(Boolean);

  const choice = (id, label, values) => make("select", { id, "aria-label": label }, make("option", { value: "" }, "kind …"), values.map((each) => make("option", { value: each }, each)));

  /* Behind a problem that says a name is unknown: its kind, and a button. */
  function actor(problem, at) {
    return make("span", { class: "adding" }, choice(`new-${problem.column}-${at}`, `Kind of ${problem.value}`, words("actorKinds")),
      make("button", { type: "button", class: "chip", "data-new-actor": problem.value }, `Add ${problem.value} to actors.csv`));
  }

  /* Over the text of a file that documents.csv does not list. */
  function document_(doc) {
    const place = $("desk-listing");
    if (doc.listed !== false || !doc.proposed) { place.replaceChildren(); return; }
    const field = (name, label) => [make("label", { for: `new-doc-${name}` }, label), make("input", { id: `new-doc-${name}`, type: "text", value: doc.proposed[name] || "", autocomplete: "off" })];
    place.replaceChildren(make("p", {}, "documents.csv does not list this file yet. Rows can cite it once it does."),
      make("div", { class: "listing-fields" }, field("title", "Title"), field("source", "Source"), field("published", "Published"), field("url", "Address"),
        make("button", { type: "button", class: "tool", "data-new-document": true }, "Add to documents.csv")), make("ul", { id: "p-new-doc", class: "plain troubles" }));
  }

  async function addActor(button) {
    const name = button.dataset.newActor, kind = button.parentElement.querySelector("select").value;
    const field = button.closest(".field");
    const answer = await D.ask("actor", { row: { name, kind } });
    D.desk.took(answer.state);
    if (field) field.querySelector("input, textarea").focus(); // the button goes with the problem
    D.form.renamed().catch(() => {});
    D.say(`${name} added to actors.csv.`);
  }

  async function addDocument() {
    const doc = D.hand.S.doc, row = { ...doc.proposed };
    for (const name of ["title", "source", "published", "url"]) row[name] = $(`new-doc-${name}`).value.trim();
    const answer = await D.ask("document", { row });
    D.desk.took(answer.state);
    await D.desk.openDocument(answer.saved);
    D.say(`${row.title} added to documents.csv.`);
  }

  document.addEventListener("click", async ({ target }) => {
    const one = target.closest && target.closest("[data-new-actor], [data-new-document]");
    if (!one) return;
    try { if (one.dataset.newActor) await addActor(one); else await addDocument(); } catch (refused) {
      if (!(refused instanceof D.Refused)) throw refused;
      D.say(refused.message);
    }
  });

  D.adding = { actor, document: document_ };
})();
