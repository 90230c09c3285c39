/* Asks for the first answer while the page's scripts are still on their way: by the time they have started, it is here.
   The window is guessed from what the style says of its parts; 50-page.js asks anew where that was wrong. */
(function () {
  "use strict";
  const width = window.innerWidth, narrow = width < 760;
  const panel = width < 1000 ? 0 : 272, margins = width < 700 ? 20 : 32, names = narrow ? 0 : 168;
  let stored = null;
  try { stored = window.localStorage.getItem("mantine-color-scheme-value"); } catch (error) { /* a browser without storage */ }
  const dark = stored === "dark" || (stored !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  const viewport = { width: width - panel - margins - names, narrow, theme: dark ? "dark" : "light" };
  const { search } = window.location;
  const asked = new URLSearchParams({ search, width: viewport.width, narrow: narrow ? "yes" : "", theme: viewport.theme });
  const answer = window.fetch(`opening?${asked}`).then((told) => (told.ok ? told.json() : null), () => null);
  window.timeline = { opening: { viewport, search, answer } };
})();
