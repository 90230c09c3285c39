/* Time on the axis: calendar arithmetic in milliseconds since 1970, and ticks that speak from centuries to minutes.
   Knows nothing of the page. Years are astronomical (0 is 1 BC), the calendar proleptic Gregorian, the clock UTC. */
(function () {
  "use strict";
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const MINUTE = 6e4, HOUR = 36e5, DAY = 864e5, MONTH = 30.4369 * DAY, YEAR = 365.2425 * DAY;

  function utc(year, month = 0, day = 1, hour = 0, minute = 0) {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day); // Date.UTC would read the years 0 to 99 as 1900 to 1999
    date.setUTCHours(hour, minute);
    return date.getTime();
  }

  function yearText(year) {
    return year > 0 ? String(year) : `${1 - year} BC`;
  }

  const two = (n) => String(n).padStart(2, "0");
  const year = (ms) => new Date(ms).getUTCFullYear();
  const floorTo = (n, step) => Math.floor(n / step) * step;

  /* Each unit: its steps, the mean length of one, how to find the tick at or before a moment, the next one, its words,
     and the words of the coarser unit that gives it context. */
  const UNITS = [
    {
      steps: [1, 5, 15, 30], length: MINUTE,
      floor: (ms, n) => floorTo(ms, n * MINUTE), next: (ms, n) => ms + n * MINUTE,
      words: (ms) => { const d = new Date(ms); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; },
      context: (ms) => { const d = new Date(ms); return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${yearText(d.getUTCFullYear())}`; },
    },
    {
      steps: [1, 3, 6, 12], length: HOUR,
      floor: (ms, n) => floorTo(ms, n * HOUR), next: (ms, n) => ms + n * HOUR,
      words: (ms) => `${two(new Date(ms).getUTCHours())}:00`,
      context: (ms) => { const d = new Date(ms); return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${yearText(d.getUTCFullYear())}`; },
    },
    {
      steps: [1, 2, 7], length: DAY,
      floor: (ms, n) => {
        const d = new Date(ms);
        return utc(d.getUTCFullYear(), d.getUTCMonth(), Math.min(floorTo(d.getUTCDate() - 1, n), n === 7 ? 21 : 30) + 1);
      },
      next: (ms, n) => {
        const d = new Date(ms), day = d.getUTCDate() + n, y = d.getUTCFullYear(), m = d.getUTCMonth();
        const last = new Date(utc(y, m + 1, 0)).getUTCDate();
        return day > last - (n > 1 ? n / 2 : 0) ? utc(y, m + 1) : utc(y, m, day);
      },
      words: (ms) => String(new Date(ms).getUTCDate()),
      context: (ms) => { const d = new Date(ms); return `${MONTHS[d.getUTCMonth()]} ${yearText(d.getUTCFullYear())}`; },
    },
    {
      steps: [1, 3, 6], length: MONTH,
      floor: (ms, n) => { const d = new Date(ms); return utc(d.getUTCFullYear(), floorTo(d.getUTCMonth(), n)); },
      next: (ms, n) => { const d = new Date(ms); return utc(d.getUTCFullYear(), d.getUTCMonth() + n); },
      words: (ms) => MONTHS[new Date(ms).getUTCMonth()],
      context: (ms) => yearText(year(ms)),
    },
    {
      steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000], length: YEAR,
      // Round as people count: 200 BC, 100 BC, 1, 100, 200; the year 100 BC is -99.
      floor: (ms, n) => {
        const y = year(ms);
        return utc(n === 1 ? y : y > 0 ? Math.max(floorTo(y, n), 1) : 1 - Math.ceil((1 - y) / n) * n);
      },
      next: (ms, n) => {
        const y = year(ms);
        return utc(n === 1 ? y + 1 : y > 1 ? y + n : y === 1 ? n : y + n > 0 ? 1 : y + n);
      },
      words: (ms) => yearText(year(ms)),
      context: null,
    },
  ];

  /* Ticks between two moments on `width` pixels, at least `room` pixels apart:
     {ticks: [{ms, words, major}], contexts: [{ms, words}]}. A context starts where its coarser unit starts. */
  function ticks(lo, hi, width, room = 64) {
    const perPixel = (hi - lo) / Math.max(width, 1);
    let unit = UNITS[UNITS.length - 1], step = 2000;
    search: for (const candidate of UNITS) {
      for (const n of candidate.steps) {
        const narrow = candidate.length === DAY || candidate.length === MONTH ? room * 0.6 : candidate.length === YEAR ? room * 0.75 : room;
        if ((n * candidate.length) / perPixel >= narrow) { unit = candidate; step = n; break search; }
      }
    }
    const out = { ticks: [], contexts: [] };
    let ms = unit.floor(lo, step), last = null;
    for (let i = 0; ms <= hi && i < 2000; i += 1) {
      const context = unit.context ? unit.context(ms) : null;
      const major = context !== null && context !== last;
      if (ms >= lo) out.ticks.push({ ms, words: unit.words(ms), major });
      if (major) out.contexts.push({ ms: Math.max(ms, lo), words: context });
      last = context;
      ms = unit.next(ms, step);
    }
    return out;
  }

  function iso(ms) {
    const d = new Date(ms), y = d.getUTCFullYear();
    const digits = String(Math.abs(y)).padStart(4, "0");
    return `${y < 0 ? "-" : ""}${digits}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}` +
      `T${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
  }

  function parseIso(text) {
    const match = /^(-?\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/.exec(String(text || ""));
    return match ? utc(+match[1], match[2] - 1, +match[3], +(match[4] || 0), +(match[5] || 0)) : NaN;
  }

  function dayText(ms) {
    const d = new Date(ms);
    return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${yearText(d.getUTCFullYear())}`;
  }

  window.timeline = { ...window.timeline, time: { utc, ticks, iso, parseIso, dayText, DAY, YEAR } };
})();
