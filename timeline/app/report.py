"""The page of problems: every error, warning and note of the table, as plain HTML.

Comes in: a Dataset. Leaves: an HTML document as text, everything escaped. Must not know Dash.
"""

from html import escape

from timeline.table import Dataset, Problem

MOST = 2000
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2024; --ground: #fff; --edge: #d5dae0; --muted: #5b6470; --accent: #0b5c9c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --ground: #16181b; --edge: #3a4048; --muted: #a7afb9; --accent: #7cc0f5; } }
body { margin: 24px auto; max-width: 1100px; padding: 0 16px; background: var(--ground); color: var(--ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
a { color: var(--accent); } table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--edge); overflow-wrap: anywhere; }
th { white-space: nowrap; } .where, .code { color: var(--muted); font-size: 12px; }
.wide { overflow-x: auto; }
"""


def _row(problem: Problem) -> str:
    where = problem.file + (f":{problem.line}" if problem.line is not None else "")
    named = " ".join(escape(part) for part in (problem.id, problem.column) if part)
    value = f"<code>{escape(problem.value)}</code> " if problem.value else ""
    return (
        f"<tr><td>{problem.severity}</td><td class=where>{escape(where)}<br>{named}</td>"
        f"<td>{value}{escape(problem.reason)}<br>{escape(problem.fix)}</td><td class=code>{escape(problem.code)}</td></tr>"
    )


def report_page(dataset: Dataset) -> str:
    """The list of problems in file order, at most `MOST` of them, with the counts of rows above it."""
    problems = dataset.problems
    rows = "".join(_row(problem) for problem in problems[:MOST])
    left = len(problems) - MOST
    more = f"<p>and {left} more: <code>timeline check --json</code> lists them all.</p>" if left > 0 else ""
    table = (
        "<div class=wide><table><thead><tr><th>Severity</th><th>Where</th><th>What and what to do</th><th>Code</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{more}"
        if problems
        else "<p>Nothing to report.</p>"
    )
    counts = (
        f"{dataset.rows} rows: {dataset.drawn} drawn, {dataset.undated} undated, {dataset.skipped} skipped, "
        f"{dataset.in_error} in error."
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Problems in {escape(dataset.name)}</title><style>{_STYLE}</style></head><body><main>"
        f'<p><a href="./">Back to the timeline</a></p><h1>Problems in {escape(dataset.name)}</h1>'
        f"<p>{counts}</p>{table}</main></body></html>"
    )
