/* The shapes of the points, by plotly's names for them and at its proportions, so that page, legend and print agree.
   Arithmetic only: a name and a radius in, the data of a path out. */
(function () {
  "use strict";
  const SHAPES = {
    circle: [1, (r) => `M${r} 0A${r} ${r} 0 1 1 0 ${-r}A${r} ${r} 0 0 1 ${r} 0Z`],
    square: [1, (r) => `M${r} ${r}H${-r}V${-r}H${r}Z`],
    diamond: [1.3, (r) => `M${r} 0L0 ${r}L${-r} 0L0 ${-r}Z`],
    "triangle-up": [1, (r) => `M${-1.155 * r} ${r / 2}H${1.155 * r}L0 ${-r}Z`],
    "triangle-down": [1, (r) => `M${-1.155 * r} ${-r / 2}H${1.155 * r}L0 ${r}Z`],
    hexagon: [1, (r) => polygon(r, [90, 150, 210, 270, 330, 30])],
    pentagon: [1, (r) => polygon(r, [270, 342, 54, 126, 198])],
    star: [1.4, (r) => polygon(r, [270, 306, 342, 18, 54, 90, 126, 162, 198, 234], 0.382)],
    cross: [1.2, (r) => { const a = r / 3; return `M${r} ${a}H${a}V${r}H${-a}V${a}H${-r}V${-a}H${-a}V${-r}H${a}V${-a}H${r}Z`; }],
  };
  const DOT = "M0 .5L.5 0L0 -.5L-.5 0Z";
  const made = new Map();

  /* Corners on a circle at some degrees, clockwise from the right; every second one may lie further in. */
  function polygon(r, degrees, inner = 1) {
    return `M${degrees.map((degree, i) => {
      const at = r * (i % 2 ? inner : 1), turn = (degree * Math.PI) / 180;
      return `${(at * Math.cos(turn)).toFixed(2)} ${(at * Math.sin(turn)).toFixed(2)}`;
    }).join("L")}Z`;
  }

  /* {open, d} of a symbol such as `diamond`, `diamond-open` or `diamond-open-dot`. */
  function symbol(name, r) {
    const key = `${name} ${r}`;
    if (!made.has(key)) {
      const [, base, open, dot] = /^(.*?)(-open)?(-dot)?$/.exec(name), [share, path] = SHAPES[base] || SHAPES.circle;
      made.set(key, { open: Boolean(open), d: path(+(r * share).toFixed(2)) + (dot ? DOT : "") });
    }
    return made.get(key);
  }

  window.timeline.symbol = symbol;
})();
