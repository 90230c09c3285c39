"""The pages that are measured, in JavaScript: ours and each peer's.

Comes in: nothing. Leaves: `Side`s. Must not know how they are run, or what the figures are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One page, in JavaScript.

    `complete` holds from the first complete picture on. `press` (with `source` in scope, null for all) and `zoom` (with
    `factor`) are promises of lists of milliseconds: until the chart is painted, and last until all of the page is as it
    stays. `events` and `marks` count what the picture stands for and what is drawn in it; `view` is its window, in any
    words; the mouse drags at `handle`. `extra` are further changes, by the names of their figures; `most` is how many
    events the page is given at most.
    """

    name: str
    complete: str
    press: str
    zoom: str
    events: str
    marks: str
    view: str
    handle: str
    extra: tuple[tuple[str, str], ...] = ()
    most: int | None = None


OURS = Side(
    name="ours",
    complete="document.querySelector('#chart-frame') && document.querySelector('#chart-front text.label') "
    "&& document.querySelector('#list li')",
    press="""
(async () => {
  const boxes = [...document.querySelectorAll("[data-facet=source]")];
  const box = boxes.find((each) => (source === null ? each.checked : each.value === source));
  const meta = window.timeline.chart.state.meta, row = document.querySelector("#list").firstElementChild;
  const whole = window.__bench.after(() => {}, () => document.querySelector("#list").firstElementChild !== row);
  const chart = await window.__bench.after(() => box.click(), () => window.timeline.chart.state.meta !== meta);
  return [chart, await whole];
})()
""",
    # Where not all events are drawn, the server is asked for the new window, and its answer is another `meta`.
    zoom="""
(async () => {
  const chart = window.timeline.chart, { view, meta } = chart.state, begun = performance.now();
  const moved = await window.__bench.after(() => chart.zoom(factor), () => chart.state.view !== view);
  if (!meta.detail) return [moved];
  await window.__bench.after(() => {}, () => chart.state.meta !== meta);
  return [moved, performance.now() - begun];
})()
""",
    events="Number(document.querySelector('#list-count').textContent.replace(/\\D/g, ''))",
    marks="document.querySelectorAll('#chart-back .point').length",
    view="window.timeline.chart.state.view.join(' ')",
    handle="#chart-scroll",
)

NAIVE = Side(
    name="naive Dash",
    complete="document.querySelector('#chart .js-plotly-plot .scatterlayer .point') "
    "&& document.querySelector('#chart .js-plotly-plot .barlayer .point')",
    press="""
(async () => {
  const plot = document.querySelector("#chart .js-plotly-plot"), data = plot.data;
  let drawn = false;
  plot.once("plotly_afterplot", () => { drawn = true; });
  const value = source === null ? null : [source];
  const act = () => window.dash_clientside.set_props("source", { value });
  return [await window.__bench.after(act, () => drawn && plot.data !== data)];
})()
""",
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
    events="document.querySelector('#chart .js-plotly-plot').data.reduce((sum, { x }) => sum + "
    "(x.length ?? x._inputArray?.length ?? 0), 0)",
    marks="document.querySelectorAll('#chart .scatterlayer .point, #chart .barlayer .point').length",
    view="document.querySelector('#chart .js-plotly-plot')._fullLayout.xaxis.range.join(' ')",
    handle="#chart .nsewdrag",
    most=100_000,
)

_STATIC = {
    "complete": "window.peer && window.peer.drawn",
    "press": """
(async () => {
  const { changes } = window.peer;
  return [await window.__bench.after(() => window.peer.filter(source), () => window.peer.changes !== changes)];
})()
""",
    "zoom": """
(async () => {
  const { changes } = window.peer;
  return [await window.__bench.after(() => window.peer.zoom(factor), () => window.peer.changes !== changes)];
})()
""",
    "events": "window.peer.events()",
    "marks": "window.peer.marks()",
    "view": "window.peer.view()",
}
VIS = Side(name="vis-timeline", handle="#chart .vis-center", most=20_000, **_STATIC)
TIMELINEJS = Side(name="TimelineJS3", handle=".tl-timenav", most=2_000, **_STATIC)
IDLE = Side(
    name="idle", complete="true", press="", zoom="", events="0", marks="0", view="String(performance.now())",
    handle="#chart",
)  # fmt: skip
