/* The page around the chart: choosing an event, the address, drawers, sharing and downloads.
   Talks to the server only through Dash's stores: viewport, view and event. */
(function () {
  "use strict";
  const T = window.timeline;
  const $ = (id) => document.getElementById(id);
  const NARROW = 760;
  let back = null, width = 0, dark = null, inView = null, first = true, places = 0;

  const setProps = (id, props) => window.dash_clientside.set_props(id, props);

  function address(changes) {
    const parameters = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value) parameters.set(key, value); else parameters.delete(key);
    }
    const text = parameters.toString();
    return window.location.pathname + (text ? `?${text}` : "");
  }

  function select(id, from) {
    if (from) back = from;
    setProps("event", { data: id || null });
    window.history.pushState({}, "", address({ event: id }));
    chosen(id);
  }

  function chosen(id) {
    T.chart.choose(id);
    document.body.classList.toggle("card-open", Boolean(id));
    T.lists.choose(id);
  }

  function close() {
    if (!document.body.classList.contains("card-open")) return false;
    select(null);
    const target = back && back.isConnected ? back : $("chart-scroll");
    back = null;
    if (target) target.focus();
    return true;
  }

  function viewChanged(view, meta) {
    const words = view.map(T.time.iso);
    setProps("view", { data: words });
    const home = meta.home, near = (a, b) => Math.abs(a - b) < (home[1] - home[0]) * 1e-4;
    const isHome = near(view[0], home[0]) && near(view[1], home[1]);
    window.history.replaceState(window.history.state, "", address({ view: isHome ? "" : words.join("..") }));
    dimList(view, meta);
  }

  function dimList(view, meta) {
    const seen = new Set();
    meta.marks.event.forEach((event, i) => {
      if (meta.marks.x1[i] >= view[0] && meta.marks.x0[i] <= view[1]) seen.add(event);
    });
    inView = seen;
    const paged = T.lists.state.inside !== null;
    const { touching, first } = T.lists.dim((row) => (meta.detail ? !(row.to > view[0] && row.from < view[1]) : !seen.has(row.event)));
    const words = $("list-in-view");
    const count = (paged ? T.lists.state.inside : meta.detail ? touching : seen.size).toLocaleString("en");
    if (words) words.textContent = `${count} in the window`;
    const list = $("list");
    if (first >= 0 && !paged && !list.contains(document.activeElement) && !document.body.classList.contains("card-open")) T.lists.toTop(first);
    const live = $("announce");
    if (live) live.textContent = `${T.time.dayText(view[0])} to ${T.time.dayText(view[1])}: ${count} events in the window`;
  }

  function drawn(meta) {
    if (meta.headers) document.body.dataset.narrow = "yes"; else delete document.body.dataset.narrow;
    T.overview.show(meta);
    if (T.chart.state.view) dimList(T.chart.state.view, meta);
    const id = new URLSearchParams(window.location.search).get("event");
    if (first) T.chart.choose(id); else T.chart.state.chosen = id;
    first = false;
  }

  function viewport() {
    const frame = $("chart-frame");
    if (!frame || !window.dash_clientside || !window.dash_clientside.set_props) return null;
    const isDark = document.documentElement.dataset.mantineColorScheme === "dark";
    // Only another window makes another layout: the card that opens beside the chart must not move the lanes.
    if (Math.abs(window.innerWidth - width) < 24 && isDark === dark) { T.chart.redraw(); return null; }
    width = window.innerWidth;
    dark = isDark;
    const narrow = width < NARROW;
    if (narrow) document.body.dataset.narrow = "yes"; else delete document.body.dataset.narrow; // names above the lanes leave more room
    const seen = { width: $("chart-plot").clientWidth, narrow, theme: isDark ? "dark" : "light" };
    setProps("viewport", { data: seen });
    return seen;
  }

  function resized() {
    if (width && viewport()) setProps("resized", { data: performance.now() });
  }

  function drawer(open) {
    document.body.classList.toggle("filters-open", open);
    const button = $("filters-toggle");
    if (button) button.setAttribute("aria-expanded", String(open));
    if (open) { const first = document.querySelector("#filters input, #filters button"); if (first) first.focus(); }
    else if (button && button.offsetParent) button.focus();
  }

  async function copy(text, button) {
    const before = button.dataset.words || button.textContent;
    button.dataset.words = before;
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      // Outside a secure context there is no clipboard; an old-fashioned selection still copies.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "away";
      document.body.appendChild(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const words = button.querySelector("[data-label]") || button;
    words.textContent = "Copied";
    setTimeout(() => { words.textContent = before; }, 1500);
    const live = $("announce");
    if (live) live.textContent = "Copied";
  }

  document.addEventListener("click", (event) => {
    const menu = $("export");
    if (menu && menu.open && event.target.closest("#export-button, .menu-choice, .menu-head") === null) menu.open = false;
    const target = event.target.closest("[data-id], [data-do], [data-copy]");
    if (!target) return;
    if (target.dataset.id) {
      select(target.dataset.id, target.closest("#list, #undated") ? target : null);
      if (target.closest("#list, #undated")) focusCard();
    } else if (target.dataset.copy) copy(target.dataset.copy, target);
    else {
      const action = {
        "zoom-in": () => T.chart.zoom(0.6), "zoom-out": () => T.chart.zoom(1 / 0.6), fit: T.chart.fit, all: T.chart.all,
        share: () => copy(window.location.href, target), "close-card": close, print: () => window.print(),
        filters: () => drawer(!document.body.classList.contains("filters-open")), "close-filters": () => drawer(false),
      }[target.dataset.do];
      if (action) action();
    }
  });

  function focusCard() {
    // The card arrives with the server's answer; focus waits for it, at most a second.
    const asked = performance.now();
    (function wait() {
      const heading = document.querySelector("#card h2");
      const id = new URLSearchParams(window.location.search).get("event");
      if (heading && heading.dataset.for === id) heading.focus();
      else if (performance.now() - asked < 1000) setTimeout(wait, 30);
    })();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      if ($("export") && $("export").open) { $("export").open = false; $("export-button").focus(); }
      else if (document.body.classList.contains("filters-open")) drawer(false);
      else if (!document.querySelector("[role=menu], [role=dialog][aria-modal=true]")) close();
    }
    const row = event.target.closest && event.target.closest("#list [data-id]");
    if (row && T.lists.step(row, event.key)) event.preventDefault();
  });

  /* The address is read here and pushed here, and by nobody else: two who keep it would overwrite each other. */
  function tellPlace() {
    places += 1;
    setProps("place", { data: { search: window.location.search, at: places } });
  }

  window.addEventListener("_dashprivate_pushstate", tellPlace); // a link inside the page was followed

  window.addEventListener("popstate", () => {
    tellPlace();
    const id = new URLSearchParams(window.location.search).get("event");
    setProps("event", { data: id });
    chosen(id);
  });

  /* The first answer is on its way already, unless it was asked for another window than this turned out to be. */
  function begin() {
    const { viewport: guess, search } = T.opening, seen = viewport();
    const holds = seen && search === window.location.search && guess.theme === seen.theme && guess.narrow === seen.narrow &&
      Math.abs(guess.width - seen.width) < 40;
    if (holds) setProps("opened", { data: search }); else tellPlace();
  }

  let resizing = 0;
  window.addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(resized, 120); });
  new MutationObserver(() => { T.paint.forget(); resized(); })
    .observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });

  (function ready() {
    if ($("chart-plot") && window.dash_clientside && window.dash_clientside.set_props) {
      new ResizeObserver(() => { clearTimeout(resizing); resizing = setTimeout(resized, 120); }).observe($("chart-plot"));
      // The window of the address is the window, even before the reader has moved it.
      const view = new URLSearchParams(window.location.search).get("view");
      if (view) setProps("view", { data: view.split("..") });
      begin();
    } else setTimeout(ready, 25);
  })();

  /* Functions that Dash's clientside callbacks name. */
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.timeline = {
    async open() {
      const places = window.dash_clientside.callback_context.outputs_list, keep = window.dash_clientside.no_update;
      const told = await T.opening.answer;
      if (!told) tellPlace();
      return places.map(({ id, property }) => {
        const value = told ? told[`${id}.${property.split("@")[0]}`] : undefined;
        return value === undefined ? keep : value;
      });
    },
    goTo(target) {
      if (target && T.chart.state.view) {
        const [lo, hi] = T.chart.state.view, from = T.time.parseIso(target.from), to = T.time.parseIso(target.to);
        const span = Math.max(hi - lo, (to - from) * 1.4), middle = (from + to) / 2;
        T.chart.setView(middle - span / 2, middle + span / 2);
      }
      return window.dash_clientside.no_update;
    },
    showEvent(id) { chosen(id); return window.dash_clientside.no_update; },
    pushAddress(address) {
      if (address && address.search !== window.location.search) {
        window.history.pushState({}, "", window.location.pathname + address.search);
      }
      return window.dash_clientside.no_update;
    },
    drawFigure(figure) { if (figure) T.chart.drawFigure(figure); return window.dash_clientside.no_update; },
    drawFacets(data) { T.facets.draw(data); return window.dash_clientside.no_update; },
    drawList(data) {
      T.lists.drawList(data);
      if (T.chart.state.view) dimList(T.chart.state.view, T.chart.state.meta);
      T.lists.choose(new URLSearchParams(window.location.search).get("event"));
      T.chart.redraw();
      return window.dash_clientside.no_update;
    },
    cardArrived() {
      // The card begins at its top, and the passage where the cited words are.
      const aside = document.querySelector(".aside"), passage = document.querySelector("#card .passage");
      if (aside) aside.scrollTop = 0;
      const mark = passage && passage.querySelector("mark");
      if (mark) passage.scrollTop = mark.getBoundingClientRect().top - passage.getBoundingClientRect().top - 48;
      return window.dash_clientside.no_update;
    },
    async download(picture) {
      if (!picture) return window.dash_clientside.no_update;
      const { figure, format, name, width: w, height: h, scale, about } = picture;
      let url = await window.Plotly.toImage(figure, { format, width: w, height: h, scale: format === "png" ? scale : 1 });
      if (format === "svg") {
        // What the picture says of itself, as the command writes it: behind the opening tag.
        const comma = url.indexOf(",") + 1, text = decodeURIComponent(url.slice(comma)), at = text.indexOf(">", text.indexOf("<svg")) + 1;
        url = url.slice(0, comma) + encodeURIComponent(text.slice(0, at) + about + text.slice(at));
      }
      const link = document.createElement("a");
      link.href = url;
      link.download = `${name}.${format}`;
      link.click();
      return window.dash_clientside.no_update;
    },
  };

  T.page = { select, close, viewChanged, drawn, inView: () => inView };
})();
