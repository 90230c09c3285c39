/* The keys. None fires while something is typed, except Ctrl+Enter and Esc; single letters can be turned off. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D;
  const OFF = "desk-keys-off";

  /* What is pressed, what it does, what the list says. `where` "form" also holds while typing. */
  const KEYS = [
    { keys: ["j", "n"], do: "next", words: "next open candidate", group: "Move" },
    { keys: ["k", "p"], do: "previous", words: "previous open candidate" },
    { keys: ["J", "N"], do: "next-any", words: "next mark, decided or not, rows too", shown: "Shift J" },
    { keys: ["K", "P"], do: "previous-any", words: "previous mark, decided or not", shown: "Shift K" },
    { keys: ["]", "."], do: "next-document", words: "next document" },
    { keys: ["[", ","], do: "previous-document", words: "previous document" },
    { keys: ["l"], do: "documents", words: "list of documents, and back" },
    { keys: ["t"], do: "to-text", words: "to the text; arrows and Page keys scroll it" },
    { keys: ["e", "Enter"], do: "edit", words: "into the form", group: "Decide" },
    { keys: ["a"], do: "accept", words: "accept: save the row (Ctrl Enter also while typing)", shown: "a, Ctrl Enter" },
    { keys: ["s"], do: "skip", words: "skip for now" },
    { keys: ["x"], do: "reject", words: "reject: no row comes of it" },
    { keys: ["o"], do: "reopen", words: "open again what was skipped or rejected" },
    { keys: ["g"], do: "group", words: "same event as the first row that is alike" },
    { keys: ["1", "2", "3", "4", "5"], do: "group-nth", words: "same event as the first … fifth", shown: "1 … 5" },
    { keys: ["Delete"], do: "remove", words: "remove the saved row at hand" },
    { keys: ["u"], ctrl: ["z"], do: "undo", words: "undo, also after a restart", shown: "u, Ctrl Z" },
    { keys: ["U"], ctrl: ["y", "Z"], do: "redo", words: "redo", shown: "Shift U, Ctrl Y" },
    { keys: ["m"], do: "mark", words: "select text, from the sentence at hand", group: "Select text" },
    { keys: [], words: "its end, by words", shown: "← →" },
    { keys: [], words: "its beginning, by words", shown: "Shift ← →" },
    { keys: [], words: "the sentence before or after", shown: "↑ ↓" },
    { keys: [], words: "make a row of it (Esc drops it)", shown: "Enter" },
    { keys: ["?"], do: "keys", words: "this list", group: "Else" },
    { keys: [], words: "out of the form; the draft stays", shown: "Esc" },
  ];

  const isOff = () => { try { return window.localStorage.getItem(OFF) === "yes"; } catch (error) { return false; } };
  const typing = (node) => Boolean(node.closest && node.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]"));
  const pressable = (node) => Boolean(node.closest && node.closest("button, a[href], summary, [role=tab], [role=option]"));

  function dialog() {
    let box = $("desk-keys");
    if (box) return box;
    const list = make("dl", { class: "keys" });
    for (const each of KEYS) {
      if (each.group) list.append(make("dt", { class: "keys-head" }, each.group), make("dd", { class: "keys-head" }));
      list.append(make("dt", {}, make("kbd", {}, each.shown || each.keys.join(" or "))), make("dd", {}, each.words));
    }
    const off = make("input", { type: "checkbox", id: "desk-keys-on" });
    off.checked = !isOff();
    off.addEventListener("change", () => { try { window.localStorage.setItem(OFF, off.checked ? "" : "yes"); } catch (error) { /* for this visit only */ } });
    box = make("dialog", { id: "desk-keys", "aria-labelledby": "desk-keys-head" },
      make("div", { class: "panel-head" }, make("h2", { id: "desk-keys-head" }, "Keys"), make("button", { type: "button", class: "tool", "data-do": "keys" }, "Close")),
      list, make("label", { class: "keys-off" }, off, " single keys do something"));
    document.body.append(box);
    return box;
  }

  function toggle() {
    const box = dialog();
    if (box.open) box.close(); else box.showModal();
  }

  function pressed(event) {
    if (event.defaultPrevented || event.isComposing || ($("desk-keys") && $("desk-keys").open && event.key !== "?")) return;
    const { target, key } = event, control = event.ctrlKey || event.metaKey, inField = typing(target);
    const run = (name, more) => { event.preventDefault(); D.hooks.act(name, more); };
    if (control && key === "Enter") {
      const adding = target.closest && target.closest("#desk-listing");
      if (adding) adding.querySelector("button").click(); else run("accept");
      return;
    }
    if (key === "Escape") { run("escape"); return; }
    if (inField || event.altKey) return;
    if (control) {
      const one = KEYS.find((each) => (each.ctrl || []).includes(key) || (key === "z" && event.shiftKey && each.do === "redo"));
      if (one) run(key === "z" && event.shiftKey ? "redo" : one.do);
      return;
    }
    if (D.select.active() && !pressable(target)) {
      if (key === "Enter") { run("make"); return; }
      if (D.select.move(key, event.shiftKey)) { event.preventDefault(); return; }
    }
    if (["Enter", " "].includes(key) && pressable(target)) return;
    if (key === "Enter" && D.text.selected()) { run("make"); return; }
    if (isOff() && key.length === 1) return;
    const one = KEYS.find((each) => each.keys.includes(key));
    if (one) run(one.do, key);
  }

  document.addEventListener("keydown", pressed);
  D.keys = { toggle, typing };
})();
