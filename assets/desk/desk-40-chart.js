/* The timeline of this document beside that of the table: the server draws it, Dash shows it. Here are its width, its
   theme, the date at hand, what a click means, and the same as a list. */
(function () {
  "use strict";
  const D = window.desk, { $, make } = D;
  const WAIT = 160;
  let later = 0, shown = "", serial = 0, listening = null, date = "";

  async function draw() {
    const place = $("desk-plot"), doc = D.text.document();
    if (!doc || !place || !place.clientWidth || !window.dash_clientside || !window.dash_clientside.set_props) return;
    const asked = new URLSearchParams({ document: doc.id, theme: D.isDark() ? "dark" : "light", width: place.clientWidth, date });
    const key = [asked, place.clientHeight, D.hooks.version(), doc.candidates.map((each) => each.state[0]).join("")].join(" ");
    if (key === shown) return;
    const turn = (serial += 1);
    let told;
    try { told = await D.ask(`chart?${asked}`); } catch (refused) { if (refused.status) D.say(refused.message); return; }
    if (turn !== serial) return;
    shown = key;
    // The place keeps its height whatever is drawn, so that the text below stays where it is; a higher figure is pressed into it.
    const { layout } = told.figure, height = Math.min(layout.height, place.clientHeight);
    const figure = { ...told.figure, layout: { ...layout, height, xaxis: { ...layout.xaxis, tickangle: 0 }, annotations: (layout.annotations || []).map((each) => ({ ...each, bgcolor: layout.paper_bgcolor, opacity: 0.92 })) } };
    window.dash_clientside.set_props("desk-chart", { figure, style: { width: `${layout.width}px`, height: `${height}px` } });
    listen();
  }

  /* Draw after a moment: one who steps through candidates wants the last. */
  function soon(now) { clearTimeout(later); if (now) draw(); else later = setTimeout(draw, WAIT); }

  function listen() {
    const graph = document.querySelector("#desk-chart .js-plotly-plot");
    if (!graph || !graph.on) { setTimeout(listen, 50); return; }
    if (graph === listening) return;
    listening = graph;
    graph.on("plotly_click", ({ points }) => {
      const to = points.map((point) => point.customdata).find((each) => each && (each.row || each.candidate));
      if (to) D.hooks.go(to);
    });
  }

  function setDate(edtf) { if (edtf !== date) { date = edtf || ""; soon(); } }

  let listed = null;

  /* Rows and open candidates of the document as a list, in the order of the text; made when it is in sight. */
  function list(doc, hand) {
    if (!$("desk-rows").offsetParent) { listed = null; return; }
    if (listed !== doc) make_(doc);
    listed = doc;
    const at = hand && hand.id && $("desk-rows").querySelector(`[data-go-${hand.kind === "cited" ? "row" : "candidate"}="${window.CSS.escape(hand.id)}"]`);
    for (const old of $("desk-rows").querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    if (at) { at.setAttribute("aria-current", "true"); at.scrollIntoView({ block: "nearest" }); }
  }

  function make_(doc) {
    const rows = doc.rows.map((row) => ({ kind: "row", id: row.id, words: row.words, title: row.title, at: row.locator }));
    const open = doc.candidates.filter((each) => each.state === "open").map((each) => ({ kind: "candidate", id: each.id, words: each.words || each.value || "no date", title: `“${each.quote}”`, at: each.locator }));
    const number = (each) => Number(each.at.replace(/\D+/g, "")) || 0;
    const all = [...rows, ...open].sort((a, b) => number(a) - number(b));
    $("desk-rows").replaceChildren(make("h3", {}, `${D.some(rows.length, "row")}, ${D.some(open.length, "open candidate")}`), make("ul", { class: "plain" }, all.map((each) =>
      make("li", {}, make("button", {
        type: "button", class: `desk-row ${each.kind}`, [`data-go-${each.kind}`]: each.id,
      }, make("span", { class: "row-when" }, each.words), make("span", { class: "row-title" }, each.title), make("span", { class: "row-when" }, `${each.kind === "row" ? "row" : "open"}, ${each.at}`))))));
  }

  D.chart = { soon, setDate, list, resized: () => soon() };
})();
