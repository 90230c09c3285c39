"""What is asked of any page in the browser: when its first picture is complete, how long a change takes, how far apart
its frames are.

Comes in: nothing. Leaves: JavaScript. Must not know how it is run, or what the pages are.

A change is over when its result is in the page and two animation frames have passed, so that it was painted; the frames
cost all sides the same, and the report tells what they cost alone.
"""

from __future__ import annotations

# Runs before the page's own scripts. Looking once a frame costs a query of a few elements. A job begins in a task of
# its own, so that whoever started it can lose patience while the page is busy.
WATCHING = """
(() => {
  const bench = window.__bench = { done: null, ticket: {} };
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const until = (holds) => new Promise((done) => {
    (function look() { if (holds()) done(); else requestAnimationFrame(look); })();
  });
  bench.after = async (act, holds) => {
    const begun = performance.now();
    act();
    await until(holds);
    await painted();
    return performance.now() - begun;
  };
  bench.frames = () => bench.after(() => {}, () => true);
  bench.start = (job) => {
    const ticket = bench.ticket = {};
    setTimeout(() => job().then((value) => { ticket.value = value; }, (error) => { ticket.error = String(error); }), 0);
  };
  bench.record = () => {
    const gaps = [];
    let last = null, on = true;
    (function look(now) {
      if (now !== undefined) { if (last !== null) gaps.push(now - last); last = now; }
      if (on) requestAnimationFrame(look);
    })();
    bench.stop = async () => { await painted(); on = false; return gaps; };
  };
  const ready = () => document.readyState !== "loading" && (COMPLETE);
  (function look() {
    if (ready()) painted().then(() => { bench.done = performance.now(); });
    else requestAnimationFrame(look);
  })();
})();
"""

FRAMES = "(async () => [await window.__bench.frames()])()"

# A callback that does nothing but answer, and plotly with nothing, and with as many points as our chart has marks.
EMPTY_CALLBACK = """
(async () => {
  const answer = document.querySelector("#answer"), before = answer.textContent;
  const act = () => document.querySelector("#press").click();
  return [await window.__bench.after(act, () => answer.textContent !== before)];
})()
"""
EMPTY_REDRAW = """
(async () => {
  const plot = document.querySelector("#chart .js-plotly-plot"), numbers = [...Array(POINTS).keys()];
  const points = { x: numbers, y: numbers.map(() => Math.random()), mode: "markers", type: "scatter" };
  let drawn = false;
  const act = () => window.Plotly.react(plot, POINTS ? [points] : [], { height: 600 }).then(() => { drawn = true; });
  return [await window.__bench.after(act, () => drawn)];
})()
"""
