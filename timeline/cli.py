"""The command `timeline`: the group of commands, and how a command ends.

In: what was typed. Out: exit codes 0 (fine), 1 (the data has errors), 2 (the command could not run), 130
(stopped with Ctrl-C), 141 (whoever read the output went away). Each command is a module of
`timeline.commands`. It must not know tables, citations or charts: a command imports what it needs when it
runs, so that `timeline date` starts at once.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from timeline import __version__
from timeline.commands.check import check
from timeline.commands.convert import convert
from timeline.commands.curate import curate
from timeline.commands.date import date
from timeline.commands.diff import diff
from timeline.commands.export import export
from timeline.commands.fetch import fetch
from timeline.commands.find import find
from timeline.commands.import_ import import_
from timeline.commands.make_events import make_events
from timeline.commands.schema import schema
from timeline.commands.serve import serve
from timeline.commands.shared import CannotRun

DEFAULT = "serve"
_OWN_OPTIONS = frozenset({"--help", "-h", "--version"})


class Commands(click.Group):
    """A group whose default command is `serve`, and which never ends in a traceback for what a user did."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and self._is_for_serve(args[0])):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def _is_for_serve(self, first: str) -> bool:
        """Whether the first word belongs to `serve`: an option of it, or something that can be a table's
        path.
        """
        if first.startswith("-"):
            return first not in _OWN_OPTIONS
        return os.sep in first or "." in first or Path(first).exists()

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(sorted(self.commands))}."
            ctx.fail(f"no command '{name}', and no table of that name: {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _forget_output()
            ctx.exit(141)
        except KeyboardInterrupt:
            ctx.exit(130)
        except (click.exceptions.Exit, click.exceptions.Abort, click.ClickException):
            raise
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            raise CannotRun(f"{name}{error.strerror or error}.") from error
        except MemoryError as error:
            raise CannotRun("there is not enough memory for this.") from error
        except Exception as error:
            if os.environ.get("TIMELINE_TRACEBACK"):
                traceback.print_exc()
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            text = " ".join(str(error).split())[:200]
            raise CannotRun(
                f"a mistake of this program, not yours: {type(error).__name__} at {place}: {text} "
                "(TIMELINE_TRACEBACK=1 shows all of it)."
            ) from error


def _forget_output() -> None:
    """Lead what is still to be flushed nowhere, or Python complains about the broken pipe once more at its
    end.
    """
    with contextlib.suppress(OSError, ValueError):  # no real file behind it, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command the shipped timeline is served; `timeline table.csv` serves a table.",
)
@click.version_option(__version__, prog_name="timeline", message="%(prog)s %(version)s")
def cli() -> None:
    """A timeline in which every mark can be checked."""


for command in (serve, curate, check, export, convert, import_, make_events, date, fetch, find, diff, schema):
    cli.add_command(command)


def main(args: list[str] | None = None, prog_name: str = "timeline") -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, never a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli.main(args=args, prog_name=prog_name)
