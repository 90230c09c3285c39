/* Facets and list, built from plain data: hundreds of rows cost a browser nothing, but would cost Dash seconds as
   components. Text only ever enters the page as text. */
(function () {
  "use strict";
  const T = window.timeline;
  const FEW = 40;
  const $ = (id) => document.getElementById(id);
  const events = new Map(); // a mention's id to its event
  let held = []; // the rows of the list: {event, from, to, node}
  const state = { inside: null }; // of a list of one window alone: how many events it shows and leaves to ask for
  let facets = {};

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /* A facet: checkboxes with counts. A box that is there stays there, so that focus and scroll survive an answer. */
  function facetRow(key, value) {
    const row = make("label", "facet-value"), box = make("input");
    box.type = "checkbox";
    box.value = value.value;
    box.dataset.facet = key;
    const name = make("span", "facet-name");
    name.dir = "auto";
    row.append(box, name, make("span", "facet-count"));
    return row;
  }

  function drawFacet(key) {
    const holder = document.querySelector(`[data-facet-holder="${CSS.escape(key)}"]`), facet = facets[key];
    if (!holder || !facet) return;
    const find = document.querySelector(`[data-facet-find="${CSS.escape(key)}"]`);
    const needle = find ? find.value.trim().toLocaleLowerCase() : "";
    const old = new Map([...holder.querySelectorAll(".facet-value")].map((row) => [row.firstChild.value, row]));
    const rows = [];
    for (const value of facet.values) {
      if (needle && !value.chosen && !value.label.toLocaleLowerCase().includes(needle)) continue;
      const row = old.get(value.value) || facetRow(key, value);
      row.firstChild.checked = value.chosen;
      row.children[1].textContent = value.label;
      row.children[2].textContent = value.count;
      row.classList.toggle("none", !value.count);
      row.style.paddingInlineStart = `${Math.min(value.depth, 4) * 16}px`;
      rows.push(row);
    }
    if (!rows.length) rows.push(make("p", "hint", "No such value"));
    if (facet.more) rows.push(make("p", "hint", `and ${facet.more} more: find one by its name`));
    const same = rows.length === holder.children.length && rows.every((row, i) => row === holder.children[i]);
    if (!same) holder.replaceChildren(...rows);
  }

  function drawFacets(data) {
    facets = data || {};
    Object.keys(facets).forEach(drawFacet);
  }

  document.addEventListener("change", (event) => {
    const key = event.target.dataset && event.target.dataset.facet;
    if (!key) return;
    const chosen = {};
    for (const [name, facet] of Object.entries(facets)) {
      chosen[name] = facet.values.filter((v) => (name === key && v.value === event.target.value ? event.target.checked : v.chosen))
        .map((v) => v.value);
    }
    facets[key].values.forEach((v) => { if (v.value === event.target.value) v.chosen = event.target.checked; });
    window.dash_clientside.set_props("chosen", { data: chosen });
  });

  let asking = 0;
  document.addEventListener("input", (event) => {
    const key = event.target.dataset && event.target.dataset.facetFind;
    if (!key) return;
    drawFacet(key);
    if (!facets[key] || !(facets[key].more || facets[key].found)) return;
    clearTimeout(asking); // more values than were sent: the server looks among all of them
    const finds = {};
    document.querySelectorAll("[data-facet-find]").forEach((box) => { if (box.value) finds[box.dataset.facetFind] = box.value; });
    asking = setTimeout(() => window.dash_clientside.set_props("finds", { data: finds }), 200);
  });

  function row(each, keep) {
    const item = make("li"), button = make("button", "row-button");
    button.type = "button";
    button.dataset.id = each.id;
    button.dataset.event = each.event;
    button.dataset.ids = each.ids;
    if (keep) keep.push({ event: each.event, from: each.from, to: each.to, node: button });
    const title = make("span", "row-title", each.title), sources = make("span", "row-sources", each.sources);
    title.dir = sources.dir = "auto";
    button.append(make("span", "row-when", each.when), title, sources,
      make("span", `row-status ${each.status === "contested" ? "contested" : ""}`, each.status));
    item.append(button);
    return item;
  }

  function fill(list, rows, more, page, keep) {
    const items = rows.map((each) => row(each, keep));
    if (more && page) {
      const item = make("li"), button = make("button", "row-more", `Show ${Math.min(more, page)} of ${more.toLocaleString("en")} more in this window`);
      button.type = "button";
      button.addEventListener("click", () => { button.disabled = true; T.detail.longer(rows.length + page); });
      item.append(button);
      items.push(item);
    } else if (more) items.push(make("li", "hint", `and ${more} more: filter to see them here`));
    list.replaceChildren(...items);
  }

  function drawList(data) {
    if (!data || !$("list") || !T.detail.holds(data.serial)) return;
    events.clear();
    for (const each of [...data.dated, ...data.undated]) each.ids.split(" ").forEach((id) => events.set(id, each.event));
    const list = $("list"), before = list.scrollTop, longer = data.dated.length > held.length && held.length && data.dated[0].id === held[0].node.dataset.id;
    held = [];
    fill(list, data.dated, data.more, data.page, held);
    if (longer) list.scrollTop = before;
    state.inside = data.inside;
    $("list-count").textContent = data.words;
    fillTray(data);
    $("undated-count").textContent = data.undatedWords;
    $("undated").hidden = !data.undated.length;
  }

  /* A long tray is made when it is opened: nobody may ever look into it. */
  function fillTray(data) {
    const tray = $("undated"), later = data.undated.length > FEW && !tray.open;
    tray.ontoggle = later ? () => { if (tray.open) fillTray(data); } : null;
    fill($("undated-list"), later ? [] : data.undated, later ? 0 : data.undatedMore, 0, null);
  }

  T.lists = { drawFacets, drawList, state, rows: () => held, eventOf: (id) => events.get(id) };
})();
