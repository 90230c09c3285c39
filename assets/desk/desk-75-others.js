/* What others do: the table is asked for every few seconds, its changes are told, and a server that is away is waited for. */
(function () {
  "use strict";
  const D = window.desk, { make } = D;
  const POLL = 5000, AGAIN = 2500;
  let polling = 0;

  async function poll() {
    clearTimeout(polling);
    let state = null;
    const mine = D.desk.saves();
    try { state = await D.ask("state"); D.lists.note("refused", ""); await D.flush(); } catch (refused) { if (refused.status) D.lists.note("refused", refused.message); }
    // An answer from before a save of ours would make that save look like somebody else's.
    if (state && !D.desk.isBusy() && mine === D.desk.saves()) await noticed(state);
    polling = setTimeout(poll, D.isAway() ? AGAIN : POLL);
  }

  function tell(state, more = "") {
    D.lists.note("elsewhere", `The table was changed elsewhere; it now has ${D.some(state.table.rows, "row")}. What you see is up to date, your form is untouched. ${more}`.trim());
  }

  async function noticed(state) {
    const before = D.hooks.version(), elsewhere = before && state.version !== before;
    D.desk.took(state);
    if (!elsewhere) return;
    await D.desk.refresh().catch(() => {});
    const open = D.form.at(), row = open && open.id && D.hand.rowOf(open.id), one = open && open.candidate && D.hand.candidate(open.candidate);
    let words = "";
    if (open && open.id && !row) words = "This row was removed elsewhere. Yours is still here; saving shows both.";
    else if (row && JSON.stringify(D.hand.cells(row)) !== JSON.stringify(open.before)) words = "This row was changed elsewhere. Yours is still here; saving shows both versions.";
    else if (one && one.state.startsWith("accepted")) words = `A row was made of this candidate elsewhere${one.row ? `: ${one.row}` : ""}.`;
    tell(state, words);
  }

  D.onAway((away) => {
    D.lists.note("away", away ? "The program behind this page does not answer. What you type is kept in this browser and sent when it does. " : "",
      make("button", { type: "button", class: "link", "data-do": "try-again" }, "Try again"));
    if (!away) D.say("The program answers again.");
    else { clearTimeout(polling); polling = setTimeout(poll, AGAIN); }
  });

  D.others = { poll, tell };
})();
