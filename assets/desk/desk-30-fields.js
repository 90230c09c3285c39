/* The fields of the form: lines, areas, lists to choose from, names with completion, chips. Each is
   {node, control, get, set, focus}; `changed` is called when a person changes it. Knows no API. */
(function () {
  "use strict";
  const D = window.desk, { make } = D;
  const MOST = 8;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function line(id, changed) {
    const control = make("input", { id, type: "text", autocomplete: "off", spellcheck: "true" });
    control.addEventListener("input", changed);
    return { node: control, control, get: () => control.value, set: (text) => { control.value = text; }, focus: () => control.focus() };
  }

  /* Several lines, as many as the words need; of one line when `rows` is 1: then Enter makes no other. */
  function area(id, changed, rows = 2) {
    const control = make("textarea", { id, rows, autocomplete: "off" });
    if (rows === 1) {
      control.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault(); });
      control.addEventListener("input", () => { if (/[\r\n]/.test(control.value)) control.value = control.value.replace(/\s*[\r\n]+\s*/g, " "); });
    }
    const grow = () => { control.style.height = "auto"; if (control.scrollHeight) control.style.height = `${control.scrollHeight + 2}px`; };
    control.addEventListener("input", () => { grow(); changed(); });
    return {
      node: control, control, get: () => control.value, grow, focus: () => control.focus(),
      set: (text) => { control.value = text; grow(); },
    };
  }

  function choice(id, changed, values) {
    const control = make("select", { id });
    control.addEventListener("change", changed);
    const set = (value) => {
      const all = ["", ...new Set([...values(), value].filter(Boolean))];
      control.replaceChildren(...all.map((each) => make("option", { value: each }, each || "choose …")));
      control.value = value;
    };
    return { node: control, control, get: () => control.value, set, focus: () => control.focus() };
  }

  /* A list of names under an input; `pick` takes the chosen one. The pattern is the combobox of ARIA 1.2. */
  function complete(control, names, pick) {
    const list = make("ul", { id: `${control.id}-list`, role: "listbox", class: "plain completion", hidden: true, "aria-label": "Names" });
    let found = [], on = -1;
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
      .forEach(([name, value]) => control.setAttribute(name, value));

    function close() {
      list.hidden = true;
      on = -1;
      control.setAttribute("aria-expanded", "false");
      control.removeAttribute("aria-activedescendant");
    }

    function light(next) {
      on = next;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === on)));
      if (on >= 0) { control.setAttribute("aria-activedescendant", list.children[on].id); list.children[on].scrollIntoView({ block: "nearest" }); }
      else control.removeAttribute("aria-activedescendant");
    }

    function open() {
      const asked = fold(control.value.trim());
      const fits = ({ name, aliases }) => [name, ...(aliases || [])].map(fold);
      const ranked = names().map((each) => {
        const at = Math.min(...fits(each).map((text) => { const i = text.indexOf(asked); return i < 0 ? 9 : i === 0 ? 0 : /\W/.test(text[i - 1]) ? 1 : 2; }));
        return [at, each];
      }).filter(([at]) => at < 9);
      found = ranked.sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, each]) => each);
      if (!found.length) { close(); return; }
      list.replaceChildren(...found.map(({ name, kind, aliases }, i) => make("li", { id: `${list.id}-${i}`, role: "option", "aria-selected": "false", "data-at": i },
        name, make("small", {}, [kind, ...(aliases || []).slice(0, 2)].filter(Boolean).join(", ")))));
      list.hidden = false;
      control.setAttribute("aria-expanded", "true");
      light(-1);
    }

    control.addEventListener("input", () => { if (control.value.trim()) open(); else close(); });
    control.addEventListener("blur", close);
    control.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        if (!list.hidden) light((on + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
      } else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); }
      else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && on >= 0) { event.preventDefault(); event.stopImmediatePropagation(); const one = found[on]; close(); pick(one.name); }
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the focus stays in the field
      const item = event.target.closest("[data-at]");
      if (item) { const one = found[Number(item.dataset.at)]; close(); pick(one.name); }
    });
    return { list, close };
  }

  function name(id, changed, names) {
    const own = line(id, changed);
    const { list } = complete(own.control, names, (chosen) => { own.set(chosen); changed(); });
    return { ...own, node: make("div", { class: "completing" }, own.control, list) };
  }

  /* Several names, separated by `;` in the cell. A name that nobody knows yet says so. */
  function chips(id, changed, names) {
    const control = make("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
    const held = make("ul", { class: "plain chips", "aria-label": "Chosen" }), proposed = make("div", { class: "proposed" });
    const known = (one) => names().some((each) => each.name === one || (each.aliases || []).includes(one));
    let chosen = [], offers = [];

    function draw() {
      held.replaceChildren(...chosen.map((one) => make("li", { class: known(one) ? "chip" : "chip new" }, one,
        known(one) ? null : make("small", {}, "new"), make("button", { type: "button", tabindex: "-1", "data-drop": one, "aria-label": `Remove ${one}` }, "×"))));
      const left = offers.filter((one) => !chosen.includes(one));
      proposed.replaceChildren(...(left.length ? [make("span", { class: "hint" }, "In the sentence: "), ...left.map((one) => make("button",
        { type: "button", class: known(one) ? "chip" : "chip new", "data-add": one }, `+ ${one}`, known(one) ? null : make("small", {}, "new")))] : []));
    }

    function put(next) { chosen = [...new Set(next.map((one) => one.trim()).filter(Boolean))]; draw(); }
    function take() { if (control.value.trim()) { put([...chosen, ...control.value.split(";")]); control.value = ""; changed(); } }

    const { list } = complete(control, () => names().filter((each) => !chosen.includes(each.name)), (one) => { control.value = ""; put([...chosen, one]); changed(); });
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); take(); }
      else if (event.key === "Backspace" && !control.value && chosen.length) { put(chosen.slice(0, -1)); changed(); }
    });
    // From the empty line the arrows lead into the chips, where Delete and Enter drop one; Tab passes them by.
    const crosses = () => [...held.querySelectorAll("button")];
    control.addEventListener("keydown", (event) => { if (event.key === "ArrowLeft" && !control.value && chosen.length) { event.preventDefault(); crosses().at(-1).focus(); } });
    held.addEventListener("keydown", (event) => {
      const all = crosses(), at = all.indexOf(event.target);
      if (event.key === "ArrowLeft") (all[at - 1] || all[0]).focus();
      else if (event.key === "ArrowRight") (all[at + 1] || control).focus();
      else if (event.key === "Delete" || event.key === "Backspace") event.target.click();
      else return;
      event.preventDefault();
    });
    control.addEventListener("input", () => { if (control.value.includes(";")) take(); });
    control.addEventListener("blur", take);
    held.addEventListener("click", ({ target }) => {
      if (target.dataset.drop === undefined) return;
      put(chosen.filter((one) => one !== target.dataset.drop));
      control.focus();
      changed();
    });
    proposed.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add]");
      if (button) { put([...chosen, button.dataset.add]); control.focus(); changed(); }
    });
    return {
      node: make("div", { class: "completing" }, held, control, list, proposed), control, focus: () => control.focus(),
      get: () => [...new Set([...chosen, ...control.value.split(";").map((one) => one.trim()).filter(Boolean)])].join(";"),
      set: (text) => { control.value = ""; put(text.split(";")); },
      offer: (some) => { offers = some; draw(); },
    };
  }

  D.fields = { line, area, choice, name, chips };
})();
