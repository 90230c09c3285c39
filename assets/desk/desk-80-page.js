/* What a mouse, a finger and a window do; and how the desk begins. */
(function () {
  "use strict";
  const D = window.desk, { $ } = D, { S } = D.hand;

  document.addEventListener("click", (event) => {
    const { target } = event, on = (css) => target.closest && target.closest(css);
    let hit;
    if ((hit = on("[data-close-note]"))) D.lists.shut(hit.dataset.closeNote);
    else if ((hit = on("[data-do]"))) D.hooks.act(hit.dataset.do);
    else if ((hit = on("[data-tab]"))) D.desk.showPane(hit.dataset.tab);
    else if ((hit = on("[data-open]"))) D.desk.openDocument(hit.dataset.document);
    else if ((hit = on("[data-same]"))) D.hooks.act("group-nth", String(D.form.similar().findIndex((each) => each.id === hit.dataset.same) + 1));
    else if ((hit = on("[data-go-row]"))) D.hooks.go({ row: hit.dataset.goRow, document: hit.dataset.document });
    else if ((hit = on("[data-go-candidate]"))) D.hooks.go({ candidate: hit.dataset.goCandidate });
    else if ((hit = on("[data-draft]"))) D.hand.takeSelection(null, hit.dataset.draft, S.doc.drafts[hit.dataset.draft]);
    else if ((hit = on("#desk-text mark")) && window.getSelection().isCollapsed) {
      D.hooks.go(hit.dataset.candidate ? { candidate: hit.dataset.candidate } : { row: hit.dataset.row });
    }
  });

  /* Arrows walk the list of documents and the tabs. */
  document.addEventListener("keydown", (event) => {
    const { target, key } = event, list = target.closest && target.closest("#desk-documents, #desk-rows, #desk-tabs");
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (!list || !way) return;
    const all = [...list.querySelectorAll("button:not(:disabled)")], next = all[all.indexOf(target) + way];
    event.preventDefault();
    if (!next) return;
    next.focus();
    if (next.dataset.tab) D.desk.showPane(next.dataset.tab);
  });

  /* A button beside what a mouse has selected, where it is in nobody's way. */
  let later = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(later);
    later = setTimeout(() => {
      const told = S.doc && !$("desk-text").hidden && D.text.selected(), button = $("desk-make") || D.make("button", { id: "desk-make", type: "button", class: "tool main", "data-do": "make" }, D.keyed("Make a row", "Enter"));
      if (!told) { button.remove(); return; }
      const rects = window.getSelection().getRangeAt(0).getClientRects(), last = rects[rects.length - 1];
      if (!last) return;
      button.style.left = `${Math.max(8, Math.min(last.right, window.innerWidth - 150))}px`;
      button.style.top = `${Math.min(last.bottom + 6, window.innerHeight - 90)}px`;
      if (!button.isConnected) document.body.append(button);
    }, 150);
  });
  document.addEventListener("pointerdown", ({ target }) => { if (D.select.active() && target.closest("#desk-text")) D.select.end(); });
  document.addEventListener("scroll", () => { const button = $("desk-make"); if (button) button.remove(); }, true);

  window.addEventListener("pagehide", () => { D.form.keep(); D.sendLast(); });

  let resizing = 0;
  const resized = () => { clearTimeout(resizing); resizing = setTimeout(() => { D.chart.resized(); D.form.grow(); }, 120); };
  window.addEventListener("resize", resized);
  new MutationObserver(resized).observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });

  async function begin() {
    let state;
    try { state = await D.ask("state"); } catch (refused) {
      if (refused.status) D.lists.note("refused", refused.message);
      setTimeout(begin, 2500);
      return;
    }
    const asked = new URLSearchParams(window.location.search);
    await D.begin(state.table.name);
    D.desk.took(state);
    new ResizeObserver(resized).observe($("desk-plot"));
    D.form.close("Open a document: its candidates come here one by one.");
    D.actions.show();
    D.others.poll();
    window.addEventListener("focus", D.others.poll); // whoever comes back to the page sees it as it is
    const wanted = asked.get("document"), known = state.documents.find((doc) => doc.id === wanted && (doc.has_text || doc.rows));
    if (known) await D.desk.openDocument(wanted, { candidate: asked.get("candidate"), row: asked.get("row") });
    else D.desk.showList(true);
    document.body.classList.add("desk-ready");
  }

  (function ready() {
    if ($("desk-actions") && window.dash_clientside && window.dash_clientside.set_props) begin(); else setTimeout(ready, 25);
  })();
})();
