"""What is asked of a page in the browser: the moment of its first complete picture, and how long a change takes.

Comes in: nothing. Leaves: pieces of JavaScript for the two pages. Must not know how they are run.

A change is over when its result is in the page and two animation frames have passed, so that it was painted; the frames
cost both sides the same, and the report tells what they cost alone.
"""

from __future__ import annotations

from dataclasses import dataclass

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True, slots=True)
class Side:
    """One page, in JavaScript: `complete` holds from the first complete picture on. The others are promises of lists of
    milliseconds, with `source` or `factor` in scope: until the chart is drawn, and last until all of the page is."""

    complete: str
    filter_on: str
    filter_off: str
    zoom: str


# Runs before the page's own scripts. Looking once a frame costs a query of a few elements.
WATCHING = """
(() => {
  window.__bench = { done: null, posts: 0 };
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const until = (holds) => new Promise((done, fail) => {
    const asked = performance.now();
    (function look() {
      if (holds()) done();
      else if (performance.now() - asked > 30000) fail(new Error("nothing changed in 30 seconds"));
      else requestAnimationFrame(look);
    })();
  });
  window.__bench.after = async (act, holds) => {
    const begun = performance.now();
    act();
    await until(holds);
    await painted();
    return performance.now() - begun;
  };
  window.__bench.frames = async () => {
    const begun = performance.now();
    await painted();
    return performance.now() - begun;
  };
  const ready = () => document.readyState !== "loading" && (COMPLETE);
  (function look() {
    if (ready()) painted().then(() => { window.__bench.done = performance.now(); });
    else requestAnimationFrame(look);
  })();
  const fetch = window.fetch;
  window.fetch = function (resource, ...more) {
    if (String((resource && resource.url) || resource).includes("_dash-update-component")) window.__bench.posts += 1;
    return fetch.call(this, resource, ...more);
  };
})();
"""

_PRESS = """
(async () => {
  const box = [...document.querySelectorAll('[data-facet=source]')].find((each) => each.value === source);
  const meta = window.timeline.chart.state.meta, row = document.querySelector("#list").firstElementChild;
  let listed = null;
  const begun = performance.now();
  const whole = (async () => {
    while (document.querySelector("#list").firstElementChild === row && performance.now() - begun < 30000)
      await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - begun;
  })();
  const chart = await window.__bench.after(() => box.click(), () => window.timeline.chart.state.meta !== meta);
  return [chart, await whole];
})()
"""
OURS = Side(
    complete="document.querySelector('#chart-frame') && document.querySelector('#chart-front text.label') "
    "&& document.querySelector('#list li')",
    filter_on=_PRESS,
    filter_off=_PRESS,
    zoom="""
(async () => {
  const chart = window.timeline.chart, view = chart.state.view;
  return [await window.__bench.after(() => chart.zoom(factor), () => chart.state.view !== view)];
})()
""",
)

_SET = """
(async () => {
  const plot = document.querySelector("#chart .js-plotly-plot"), data = plot.data;
  let drawn = false;
  plot.once("plotly_afterplot", () => { drawn = true; });
  const chart = await window.__bench.after(
    () => window.dash_clientside.set_props("source", { value: VALUE }), () => drawn && plot.data !== data);
  return [chart];
})()
"""
PEER = Side(
    complete="document.querySelector('#chart .js-plotly-plot .scatterlayer .point') "
    "&& document.querySelector('#chart .js-plotly-plot .barlayer .point')",
    filter_on=_SET.replace("VALUE", "[source]"),
    filter_off=_SET.replace("VALUE", "null"),
    zoom="""
(async () => {
  const plot = document.querySelector("#chart .js-plotly-plot"), axis = plot._fullLayout.xaxis;
  const [lo, hi] = axis.range.map((end) => axis.r2l(end)), middle = (lo + hi) / 2, half = ((hi - lo) / 2) * factor;
  let drawn = false;
  const act = () => window.Plotly.relayout(plot, { "xaxis.range": [middle - half, middle + half].map((ms) =>
    new Date(ms).toISOString().slice(0, 19)) }).then(() => { drawn = true; });
  return [await window.__bench.after(act, () => drawn)];
})()
""",
)
