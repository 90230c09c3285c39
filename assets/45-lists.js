/* The list and the tray of the undated, built from plain data. Text only ever enters the page as text. */
(function () {
  "use strict";
  const T = window.timeline, { make } = T;
  const AT_ONCE = 20; // more undated than these wait until their tray is opened
  const $ = (id) => document.getElementById(id);
  const events = new Map(); // a mention's id to its event
  const state = { inside: null }; // of a list of one window alone: how many events touch it
  let list = null, chosen = null, waiting = null, top = null;

  function row(each) {
    const item = make("li"), button = make("button", "row-button");
    button.type = "button";
    button.dataset.id = each.id;
    button.dataset.event = each.event;
    button.dataset.ids = each.ids;
    const title = make("span", "row-title", each.title), sources = make("span", "row-sources", each.sources);
    title.dir = sources.dir = "auto";
    button.append(make("span", "row-when", each.when), title, sources,
      make("span", `row-status ${each.status === "contested" ? "contested" : ""}`, each.status));
    item.append(button);
    return item;
  }

  function mark(item, each) {
    const button = item.firstChild;
    button.classList.toggle("outside", Boolean(each.outside));
    if (isChosen(each)) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  }

  const isChosen = (each) => chosen !== null && each.ids.split(" ").includes(chosen);

  function moreOf({ dated, more, page }) {
    if (!more) return null;
    if (!page) return make("li", "hint", `and ${more} more: filter to see them here`);
    const item = make("li"), button = make("button", "row-more", `Show ${Math.min(more, page)} of ${more.toLocaleString("en")} more in this window`);
    button.type = "button";
    button.addEventListener("click", () => { button.disabled = true; T.detail.longer(dated.length + page); });
    item.append(button);
    return item;
  }

  function fillTray() {
    if (!waiting) return;
    const more = waiting.undatedMore ? [make("li", "hint", `and ${waiting.undatedMore} more: filter to see them here`)] : [];
    $("undated-list").replaceChildren(...waiting.undated.map(row), ...more);
    waiting = null;
  }

  function drawList(data) {
    if (!data || !$("list") || !T.detail.holds(data.serial)) return;
    events.clear();
    for (const each of [...data.dated, ...data.undated]) each.ids.split(" ").forEach((id) => events.set(id, each.event));
    if (!list) {
      list = T.virtual($("list"), row, mark);
      $("undated").addEventListener("toggle", () => { if ($("undated").open) fillTray(); });
    }
    const before = list.items(), focused = $("list").contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const longer = before.length > 0 && data.dated.length > before.length && data.dated[0].id === before[0].id;
    list.set(data.dated, { count: data.dated.length + data.more, end: moreOf(data), keep: longer });
    top = null;
    if (focused) focus(data.dated.findIndex((each) => each.id === focused));
    state.inside = data.inside;
    $("list-count").textContent = data.words;
    waiting = data;
    if (data.undated.length <= AT_ONCE || $("undated").open) fillTray(); else $("undated-list").replaceChildren();
    $("undated-count").textContent = data.undatedWords;
    $("undated").hidden = !data.undated.length;
  }

  /* Which mention's event is chosen; its row comes into sight. */
  function choose(id) {
    chosen = id || null;
    if (!list) return;
    list.update();
    const at = chosen === null ? -1 : list.items().findIndex(isChosen);
    if (at >= 0) list.reveal(at);
  }

  /* Marks the rows that lie outside the window; how many lie in it, and the first of them. */
  function dim(isOutside) {
    let touching = 0, first = -1;
    (list ? list.items() : []).forEach((each, i) => {
      each.outside = isOutside(each);
      if (!each.outside) { touching += 1; if (first < 0) first = i; }
    });
    if (list) list.update();
    return { touching, first };
  }

  /* The first row of the window comes to the top, once: what the reader has scrolled to since is left in peace. */
  function toTop(i) {
    const { id } = list.items()[i];
    if (id === top) return;
    top = id;
    list.reveal(i, true);
  }

  function focus(i) {
    const item = list.reveal(i);
    if (item) item.firstChild.focus({ preventScroll: true });
    return Boolean(item);
  }

  /* From one row to another by the keyboard; false where there is none. */
  function step(button, key) {
    const at = list ? list.indexOf(button) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.items().length - 1 }[key];
    return at >= 0 && next !== undefined && focus(next);
  }

  T.lists = { drawList, state, choose, dim, step, toTop, rows: () => (list ? list.items() : []), eventOf: (id) => events.get(id) };
})();
