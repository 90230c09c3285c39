"""`timeline date`: how a date is understood. In: texts. Out: a block for people or a JSON line each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from timeline.commands.shared import print_json, tell

_OPTIONS = frozenset({"--json", "--help", "-h"})


class DateCommand(click.Command):
    """Takes every word for a date that is not one of its own options: `-0043-03-15` is the Ides of March."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        before, after = args[:end], args[end + 1 :]
        options = [arg for arg in before if arg in _OPTIONS or arg.startswith("--")]
        texts = [arg for arg in before if not (arg in _OPTIONS or arg.startswith("--"))]
        return super().parse_args(ctx, [*options, "--", *texts, *after])


@click.command(cls=DateCommand, options_metavar="[--json]")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def date(ctx: click.Context, texts: tuple[str, ...], as_json: bool) -> None:
    """Show how dates are understood: EDTF, earliest and latest day, and words.

    Without TEXT (or with - alone), standard input is read, one date a line. Put a date of several words in
    quotation marks.

    \b
    timeline date 2014-02~ "summer of 2014" "44 BC"
    """
    from timeline.table.when import describe

    failed = False
    for number, text in enumerate(_lines() if texts in ((), ("-",)) else texts):
        answer = describe(text)
        failed = failed or answer["error"] is not None
        if as_json:
            print_json(answer)
        else:
            click.echo(("\n" if number else "") + block(answer))
    ctx.exit(1 if failed else 0)


def _lines() -> Iterator[str]:
    """The lines of standard input that are not blank, read as UTF-8; other bytes become a sign that no date
    has.
    """
    if sys.stdin.isatty():
        tell("Reading dates, one a line; Ctrl-D ends.")
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace").strip()
        if text:
            yield text
            sys.stdout.flush()


def block(answer: dict[str, Any]) -> str:
    """The answer for people: what was written, then a line for each thing that is known of it."""
    if answer["error"] is not None:
        return f"{answer['text']}\n  error      {answer['error']}"
    marks = [name for name in ("approximate", "uncertain") if answer[name]]
    rows = (
        ("EDTF", answer["edtf"]),
        ("earliest", answer["earliest"] or ("open" if answer["open_start"] else "unknown")),
        ("latest", answer["latest"] or ("open" if answer["open_end"] else "unknown")),
        ("precision", ", ".join([answer["precision"], *marks])),
        ("words", answer["words"]),
        ("read by", answer["read_by"]),
    )
    return "\n".join([answer["text"], *(f"  {name:<10} {value}" for name, value in rows)])
