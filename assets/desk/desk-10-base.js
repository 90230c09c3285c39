/* What all scripts of the desk stand on: elements, what is said, and the questions to the server. What cannot be sent is
   kept in this browser and sent when the server answers again. */
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const LATER = [502, 503, 504];
  const listeners = { away: [] };
  let away = false, store = null, flushing = null;

  /* An element with its attributes and children; text is text, never markup. */
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "value") node.value = value; else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return node;
  }

  const keyed = (words, key) => [words, make("kbd", { "aria-hidden": "true" }, key)];
  const some = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || `${one}s`}`;

  /* One line for everybody: seen at the foot of the page, and read out. */
  function say(words) {
    const place = $("desk-said");
    if (!place) return;
    place.textContent = words;
    if (place.scrollHeight > place.clientHeight + 2) place.tabIndex = 0; else place.removeAttribute("tabindex"); // a keyboard scrolls what has the focus
  }

  function setAway(now) {
    if (now === away) return;
    away = now;
    for (const listener of listeners.away) listener(away);
  }

  class Refused extends Error {
    constructor(words, status, told) { super(words); this.status = status; this.told = told || {}; }
  }

  /* Ask the API: GET without a body, else POST. Throws Refused; its status is 0 when the server did not answer. */
  async function ask(path, body, more = {}) {
    const how = body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), keepalive: Boolean(more.last),
    };
    let answer;
    try {
      answer = await window.fetch(`api/${path}`, { cache: "no-store", credentials: "same-origin", ...how });
      if (LATER.includes(answer.status)) throw new Error(String(answer.status));
    } catch (error) {
      setAway(true);
      throw new Refused("The program behind this page does not answer.", 0);
    }
    setAway(false);
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    const words = answer.status === 401 || answer.status === 403
      ? "The program refused this. Open the address with its token that timeline curate printed."
      : `The program answered ${answer.status}.`;
    throw new Refused(told.error || words, answer.status, told);
  }

  /* Drafts wait here until the server has them: key -> row, or null for a draft that is done with. */
  const waiting = new Map();

  function keepHere() {
    try {
      if (waiting.size) window.localStorage.setItem(store, JSON.stringify([...waiting])); else window.localStorage.removeItem(store);
    } catch (error) { /* a browser without storage: the form itself still holds the row */ }
  }

  /* The drafts that an earlier page could not send. Each page has a place of its own, so that two do not overwrite each
     other; what lies in another's is sent by whoever comes first. */
  function begin(table) {
    const place = `desk-drafts ${window.location.pathname} ${table} `;
    store = place + Date.now().toString(36) + Math.random().toString(36).slice(2);
    try {
      for (const name of Object.keys(window.localStorage).filter((each) => each.startsWith(place))) {
        for (const [key, row] of JSON.parse(window.localStorage.getItem(name))) waiting.set(key, row);
        window.localStorage.removeItem(name);
      }
    } catch (error) { /* a browser without storage has none */ }
    return flush();
  }

  async function send() {
    for (const [key, row] of [...waiting]) {
      try { await ask("draft", { key, row }); } catch (refused) {
        if (!refused.status) throw refused; // away: it goes on waiting
        if (row) say(`The draft could not be kept: ${refused.message}`);
      }
      if (waiting.get(key) === row) waiting.delete(key);
    }
  }

  /* Send what waits, one after the other so that the last word stands. False when the server is away. */
  async function flush() {
    if (flushing) await flushing.catch(() => {});
    if (!waiting.size) return true;
    flushing = send();
    try { await flushing; return true; } catch (error) { return false; } finally { flushing = null; keepHere(); }
  }

  function draft(key, row) {
    if (!key) return Promise.resolve(true);
    waiting.set(key, row);
    keepHere();
    return flush();
  }

  /* The page is being left: what waits is sent without anybody to wait for the answer. */
  function sendLast() { for (const [key, row] of waiting) ask("draft", { key, row }, { last: true }).catch(() => {}); }

  window.desk = {
    $, make, keyed, some, say, ask, Refused, begin, draft, flush, sendLast, draftOf: (key) => waiting.get(key),
    isAway: () => away, onAway: (listener) => listeners.away.push(listener),
    isDark: () => document.documentElement.dataset.mantineColorScheme === "dark",
  };
})();
