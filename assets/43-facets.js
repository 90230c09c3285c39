/* The facets, built from plain data: hundreds of rows cost a browser nothing, but would cost Dash seconds as components.
   Text only ever enters the page as text. */
(function () {
  "use strict";
  const T = window.timeline;
  const MOST = 40; // values that a facet shows before it is asked for more
  const whole = new Set(); // the facets that were asked
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

  function moreButton(key, count) {
    const button = make("button", "link", `Show ${count} more`);
    button.type = "button";
    button.addEventListener("click", () => {
      whole.add(key);
      drawFacet(key);
      const next = document.querySelectorAll(`[data-facet-holder="${CSS.escape(key)}"] input`)[MOST];
      if (next) next.focus();
    });
    return button;
  }

  function drawFacet(key) {
    const holder = document.querySelector(`[data-facet-holder="${CSS.escape(key)}"]`), facet = facets[key];
    if (!holder || !facet) return;
    const find = document.querySelector(`[data-facet-find="${CSS.escape(key)}"]`);
    const needle = find ? find.value.trim().toLocaleLowerCase() : "";
    const old = new Map([...holder.querySelectorAll(".facet-value")].map((row) => [row.firstChild.value, row]));
    const rows = [];
    const found = facet.values.filter((value) => !needle || value.chosen || value.label.toLocaleLowerCase().includes(needle));
    const most = whole.has(key) ? Infinity : MOST;
    for (const [place, value] of found.entries()) {
      if (place >= most && !value.chosen) continue;
      const row = old.get(value.value) || facetRow(key, value);
      row.firstChild.checked = value.chosen;
      row.children[1].textContent = value.label;
      row.children[2].textContent = value.count;
      row.classList.toggle("none", !value.count);
      row.style.paddingInlineStart = `${Math.min(value.depth, 4) * 16}px`;
      rows.push(row);
    }
    if (!rows.length) rows.push(make("p", "hint", "No such value"));
    if (found.length > rows.length) rows.push(moreButton(key, found.length - rows.length));
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

  T.make = make;
  T.facets = { draw: drawFacets };
})();
