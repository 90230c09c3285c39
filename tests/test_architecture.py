"""The house: imports go one way, rooms stay small, only the page knows Dash, and the README names what there
is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "timeline"
ROOMS = ("table", "documents", "importing", "fetching", "curating", "query", "chart", "export", "app", "commands")
MODULES = sorted(PACKAGE.rglob("*.py"))
LINES = 250
OUTSIDE = {
    # who may know what is heavy or reaches outside
    "dash": {"app"},
    "gunicorn": {"app"},
    "dash_mantine_components": {"app"},
    "flask": {"app"},
    "waitress": {"app"},
    "plotly": {"chart", "export", "app"},
    "kaleido": {"export"},
    "choreographer": {"export"},
    "docx": {"documents", "export"},
    "pypdf": {"documents", "export"},
    "markdown_it": {"documents"},
    "lxml": {"export"},
    "click": {"commands", "cli"},
    "anyascii": {"table"},
    "xlsxwriter": {"export"},
    "icalendar": {"export"},
    "dateparser": {"table", "documents"},
    "edtf": {"table"},
    "duckdb": {"query"},
    "pyspark": {"query"},
    "narwhals": {"query"},
    "pyarrow": {"table", "export", "app"},
    "rapidfuzz": {"documents"},
    "urllib3": {"fetching"},
}
NETWORK = {"urllib.request", "urllib.robotparser", "urllib3", "http.client", "requests", "httpx", "ftplib", "smtplib"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, wherever in it, except what only type checkers read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _run(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: relative import; write where it comes from"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _run(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _run(child)


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    room = _room(path)
    if room not in ROOMS:
        return  # the package itself and the command line stand above all rooms
    above = ROOMS[ROOMS.index(room) + 1 :]
    upward = [
        name
        for name in _imports(path)
        if name.startswith("timeline.") and (name.split(".")[1] in above or name.split(".")[1] == "cli")
    ]
    assert not upward


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_some_rooms_know_the_outside(path: Path) -> None:
    for name in _imports(path):
        top = name.split(".")[0]
        if top in OUTSIDE and _room(path) not in ("__init__", "__main__"):
            assert _room(path) in OUTSIDE[top], f"{top} is not for this room"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_fetching_can_ask_the_network(path: Path) -> None:
    if _room(path) != "fetching":
        assert not NETWORK & set(_imports(path))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_rooms_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    assert said, "no docstring"
    assert text.count("\n") <= LINES, "a second room hides in it"
    if path.name not in ("__init__.py", "__main__.py"):
        lines = " ".join(said.casefold().split())
        assert "must not know" in lines or _room(path) in ("commands", "app"), "does not say what it must not know"


def test_the_walls_are_where_the_design_has_them() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert folders | {"curating"} == set(ROOMS)  # its room is being built
    assert not list(PACKAGE.rglob("utils.py"))


class TestReadme:
    """Nothing that people can meet is missing from the README."""

    @pytest.fixture
    def readme(self) -> str:
        return (ROOT / "README.md").read_text(encoding="utf-8")

    def test_every_problem_code(self, readme: str) -> None:
        from timeline.table.problems import CODES

        assert [code for code in CODES if f"`{code}`" not in readme] == []

    def test_every_column(self, readme: str) -> None:
        from timeline.table.schema import ACTORS, DOCUMENTS, EVENTS

        names = {column.name for column in (*EVENTS, *DOCUMENTS, *ACTORS)}
        assert sorted(name for name in names if f"`{name}`" not in readme) == []

    def test_every_command_and_option(self, readme: str) -> None:
        from timeline.cli import cli

        commands = [f"timeline {name}" for name in cli.commands]
        options = {
            option
            for command in cli.commands.values()
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--")
        }
        assert sorted(name for name in (*commands, *options) if name not in readme) == []

    def test_its_example_in_python_runs(self, readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = readme.split("```python\n", 1)[1].split("```", 1)[0]
        for table in (ROOT / name for name in ("events.csv", "documents.csv", "actors.csv")):
            (tmp_path / table.name).write_bytes(table.read_bytes())
        monkeypatch.chdir(tmp_path)
        names: dict[str, Any] = {}
        exec(compile(code, "README.md", "exec"), names)
        assert len(names["figure"].data) > 2 and names["figure"].layout.height == 900
        assert (tmp_path / "nato.html").stat().st_size > 1_000_000

    def test_every_format(self, readme: str) -> None:
        from timeline.export.formats import FORMATS

        assert [form.name for form in FORMATS if f"`{form.ends[0]}`" not in readme] == []


def test_every_problem_has_a_known_code() -> None:
    """Wherever `make("code", ...)` or `tell("code", ...)` is written with a literal, the code is in the
    table.
    """
    from timeline.table.problems import CODES

    unknown = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[0].value
            if called == "make" and isinstance(code, str) and code not in CODES:
                unknown.append(f"{_name(path)}:{node.lineno} {code}")
    assert not unknown
