"""The package as a stranger installs it: everything travels, and the commands run from any folder."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from timeline import __version__

ROOT = Path(__file__).resolve().parents[1]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TIMELINE"))}


def call(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=CLEAN, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("dist")
    made = call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new virtual environment with the wheel; libraries are those of this environment."""
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    assert call(sys.executable, "-m", "venv", "--without-pip", place, cwd=built).returncode == 0
    (wheel,) = built.glob("*.whl")
    made = call(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", programs / "python",
        "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=built,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    own = call(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=built)
    Path(own.stdout.strip(), "libraries.pth").write_text(
        "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    )
    return programs


def test_the_wheel_holds_code_tables_and_style(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == f"cited_timeline-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        for name in ("events.csv", "documents.csv", "actors.csv"):
            assert archive.read(f"timeline/_data/{name}") == (ROOT / name).read_bytes()
        assets = {p.name for p in (ROOT / "assets").rglob("*") if p.is_file()}
        assert assets
        assert {Path(name).name for name in held if name.startswith("timeline/_data/assets/")} == assets
        code = {str(p.relative_to(ROOT)) for p in (ROOT / "timeline").rglob("*.py")}
        assert code <= held
        assert not [name for name in held if name.startswith("tests")]
        (licence,) = [name for name in held if name.endswith("licenses/LICENSE")]
        assert b"MIT License" in archive.read(licence)


def test_the_source_archive_can_be_tested(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    wanted = {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "Makefile",
        "pyproject.toml",
        "events.csv",
        "tests/conftest.py",
    }
    assert wanted <= names


def test_the_code_that_runs_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    asked = "import timeline.table.files as f; print(f.__file__); print(f.shipped()); print(f.assets_path())"
    said = call(installed / "python", "-c", asked, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    for line in said.stdout.splitlines():
        assert Path(line).is_relative_to(installed.parent)
        assert Path(line).exists()


def test_commands_run_from_any_folder(installed: Path, tmp_path: Path) -> None:
    checked = call(installed / "timeline", "check", "--json", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout)["rows"] >= 60
    dated = call(installed / "timeline", "date", "--json", "44 BC", cwd=tmp_path)
    assert json.loads(dated.stdout)["edtf"] == "-0043"
    exported = call(installed / "timeline", "export", "-o", "rows.csv", cwd=tmp_path)
    assert exported.returncode == 0, exported.stderr
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith("id,event,date,")


def test_the_page_is_served_with_its_style(installed: Path, tmp_path: Path) -> None:
    asked = """
from timeline.app.server import make_app
from timeline.documents import Library
from timeline.table import assets_path, load, shipped
client = make_app(load(shipped()), Library(None)).server.test_client()
page = client.get("/", headers={"Host": "127.0.0.1:8050"})
print(page.status_code)
for asset in sorted(assets_path().glob("*.*")):
    answer = client.get(f"/assets/{asset.name}", headers={"Host": "127.0.0.1:8050"})
    linked = asset.name in page.text or not asset.name[0].isdigit()  # the others belong to pages of their own
    print(answer.status_code, answer.data == asset.read_bytes(), linked, asset.suffix)
"""
    said = call(installed / "python", "-c", asked, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    first, *assets = said.stdout.splitlines()
    assert first == "200"
    assert {line.rpartition(" ")[0] for line in assets} == {"200 True True"}
    assert {line.rpartition(" ")[2] for line in assets} >= {".css", ".js"}


@pytest.mark.browser
def test_the_installed_page_draws(installed: Path, tmp_path: Path, browser: Browser) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = subprocess.Popen(
        [installed / "timeline", "serve", "--port", str(port)],
        cwd=tmp_path,
        env=CLEAN,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    page = browser.new_page()
    try:
        assert served.stdout is not None
        assert f"http://127.0.0.1:{port}/" in served.stdout.readline()
        for _ in range(100):  # the line is said before the port is open
            with socket.socket() as door:
                if not door.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector("body.drawn", state="attached")
        assert page.locator("#chart-front text.label").count() > 5
        assert page.evaluate("window.timeline.lists.rows().length") > 60
        assert page.locator(".header").evaluate("(node) => getComputedStyle(node).display") == "flex"
    finally:
        page.close()
        served.terminate()
        served.communicate(timeout=20)


def test_lower_bounds_are_what_the_tests_run_with() -> None:
    """A bound above what is installed would be a wish, one far below it a guess."""
    from importlib.metadata import version

    from packaging.requirements import Requirement
    from packaging.version import Version

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in (*project["dependencies"], *project["optional-dependencies"]["images"]):
        wanted = Requirement(line)
        have = Version(version(wanted.name))
        assert have in wanted.specifier, line
        lower = next(Version(part.version) for part in wanted.specifier if part.operator == ">=")
        assert lower.major == have.major, line


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_machine_and_no_registry_is_named() -> None:
    pattern = r"(^|[^A-Za-z0-9._-])/(work|farm|root|home)/|python[h]osted|registry\.n[p]mjs|deb\.d[e]bian"
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
