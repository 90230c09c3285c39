/* The export menu: what is chosen in it, and the files that the server makes, with what is said of them.
   A link stays a link: opened in another way than by a plain click it is the browser's own download. */
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  let asked = 0;

  const chosen = () => Object.fromEntries([...document.querySelectorAll("[data-paper]")].map((each) => [each.dataset.paper, each.value]));

  /* What is exported is what the address says when the menu is opened or something in it is chosen. */
  function address() {
    const parameters = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(chosen())) if (value) parameters.set(name, value);
    if (document.documentElement.dataset.mantineColorScheme === "dark") parameters.set("ground", "dark");
    for (const link of document.querySelectorAll("[data-export]")) link.href = `export.${link.dataset.export}?${parameters}`;
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.id === "export" && target.open) address();
  }, true);

  document.addEventListener("change", ({ target }) => {
    if (!target.dataset || !target.dataset.paper) return;
    window.dash_clientside.set_props("paper", { data: chosen() });
    address();
  });

  /* One line at the foot of the page; empty takes it away. */
  function tell(lines, busy) {
    const place = $("exported");
    place.hidden = !lines.length;
    place.classList.toggle("busy", Boolean(busy));
    $("exported-words").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  }

  async function fetched(link) {
    const mine = asked += 1;
    const slow = setTimeout(() => { if (mine === asked) tell([`${link.textContent}: the file is being made …`], true); }, 400);
    let lines = [];
    try {
      const answer = await fetch(link.href);
      if (answer.ok) {
        const notes = decodeURIComponent(answer.headers.get("X-Export-Notes") || "");
        const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
        const url = URL.createObjectURL(await answer.blob());
        Object.assign(document.createElement("a"), { href: url, download: name ? name[1] : "timeline" }).click();
        setTimeout(() => URL.revokeObjectURL(url), 60000);
        lines = notes ? notes.split("\n") : [];
      } else lines = [(await answer.text()).trim().replace(/^\d{3} [A-Za-z ]+\. /, "")];
    } catch (error) {
      lines = ["The server did not answer; try again."];
    }
    clearTimeout(slow);
    if (mine === asked) tell(lines);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=close-exported]")) { tell([]); $("export-button").focus(); return; }
    const link = event.target.closest("a[data-export]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    fetched(link);
  });
})();
