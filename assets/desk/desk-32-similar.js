/* Rows that are alike, with why; each can be told to be the same event. And two versions of a row, side by side. */
(function () {
  "use strict";
  const D = window.desk, { make } = D;

  const KINDS = { duplicate: "The same passage", "near duplicate": "Nearly the same passage", "same event": "Perhaps the same event" };

  function one(each, i, same, saved, event) {
    const on = same.has(each.id), already = Boolean(event) && each.event === event;
    return make("li", { class: `alike ${each.kind.replace(" ", "-")}` },
      make("p", {}, make("strong", {}, `${KINDS[each.kind] || each.kind}: `), each.title, " ", make("span", { class: "hint" }, each.words)),
      make("p", { class: "hint" }, [each.document_title, each.source].filter(Boolean).join(", "), each.why.length ? ` · ${each.why.join(", ")}` : ""),
      make("div", { class: "chips" },
        already ? make("span", { class: "hint" }, "Is the same event already.")
          : make("button", { type: "button", class: on ? "chip on" : "chip", "data-same": each.id, "aria-pressed": String(on) },
            D.keyed(saved ? "Make it the same event" : on ? "Same event ✓" : "Same event", String(i + 1))),
        make("button", { type: "button", class: "chip", "data-go-row": each.id, "data-document": each.document }, "Go to it")));
  }

  /* `same` are the ids chosen so far, `saved` tells a row of the table from a new one, `event` is its own. */
  function show(place, similar, same, saved, event) {
    const key = JSON.stringify([similar, [...same], saved, event]), at = document.activeElement;
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    if (!similar.length) { place.replaceChildren(); return; }
    const focus = place.contains(at) ? (at.dataset.same ? `[data-same="${window.CSS.escape(at.dataset.same)}"]` : `[data-go-row="${window.CSS.escape(at.dataset.goRow || "")}"]`) : "";
    place.replaceChildren(make("h3", {}, "Alike"), make("ol", { class: "plain" }, similar.slice(0, 5).map((each, i) => one(each, i, same, saved, event))));
    const again = focus && place.querySelector(focus);
    if (again) again.focus(); // what had the focus has it again
  }

  /* Both versions of a row that two curators changed: the columns that differ, and what can be done. */
  function conflict(place, told, columns) {
    const mine = told.mine || {}, { theirs } = told;
    const differ = columns.filter((name) => (mine[name] || "") !== ((theirs || {})[name] || ""));
    const cells = (name) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, mine[name] || "–"), make("td", {}, theirs ? theirs[name] || "–" : "–"));
    place.replaceChildren(make("div", { class: "conflict", role: "alert", tabindex: "-1" },
      make("h3", {}, "Somebody else changed this row"), make("p", {}, told.error),
      theirs ? null : make("p", {}, "The row is no longer in the table."),
      make("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": "Both versions" },
        make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Column"), make("th", { scope: "col" }, "Yours"), make("th", { scope: "col" }, "In the table"))),
          make("tbody", {}, differ.map(cells)))),
      told.kept && !told.error.includes(told.kept) ? make("p", { class: "hint" }, `Yours is kept in ${told.kept}.`) : null,
      make("div", { class: "chips" },
        make("button", { type: "button", class: "tool", "data-do": "conflict-mine" }, theirs ? "Save mine over it" : "Save mine again"),
        make("button", { type: "button", class: "tool", "data-do": "conflict-theirs" }, "Take what is in the table"))));
    place.firstChild.focus();
  }

  D.similar = { show, conflict };
})();
