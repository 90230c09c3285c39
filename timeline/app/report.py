"""The page of problems: every error, warning and note of the table, as plain HTML.

Comes in: a Dataset. Leaves: an HTML document as text, everything escaped. Must not know Dash.
"""

from html import escape

from timeline.table import Dataset, Problem

MOST = 2000


def _row(problem: Problem) -> str:
    where = problem.file + (f":{problem.line}" if problem.line is not None else "")
    named = " ".join(escape(part) for part in (problem.id, problem.column) if part)
    value = f"<code>{escape(problem.value)}</code> " if problem.value else ""
    return (
        f"<tr><td>{problem.severity}</td><td class=where>{escape(where)}<br>{named}</td>"
        f"<td>{value}{escape(problem.reason.rstrip('.'))}.<br>{escape(problem.fix.rstrip('.'))}.</td>"
        f"<td class=code>{escape(problem.code)}</td></tr>"
    )


def report_page(dataset: Dataset) -> str:
    """The list of problems in file order, at most `MOST` of them, with the counts of rows above it."""
    problems = dataset.problems
    rows = "".join(_row(problem) for problem in problems[:MOST])
    left = len(problems) - MOST
    more = f"<p>and {left} more: <code>timeline check --json</code> lists them all.</p>" if left > 0 else ""
    table = (
        "<div class=wide><table><thead><tr><th>Severity</th><th>Where</th><th>What and what to do</th>"
        "<th>Code</th></tr></thead>"
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
        f"<title>Problems in {escape(dataset.name)}</title>"
        '<link rel="icon" href="_favicon.ico"><link rel="stylesheet" href="assets/problems.css"></head><body><main>'
        f'<p><a href="./">Back to the timeline</a></p><h1>Problems in {escape(dataset.name)}</h1>'
        f"<p>{counts}</p>{table}</main></body></html>"
    )
