"""`python -m benchmarks.npm`: the peers that come from npm, installed into a folder that git ignores; none of their
code is kept here.

Comes in: nothing. Leaves: the folder with their packages, or why there is none. Must not know what is measured.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

PACKAGES = {"vis-timeline": "8.5.4", "@knight-lab/timelinejs": "3.9.11"}
FOLDER = Path(__file__).resolve().parents[1] / ".peers"
_PATIENCE = 300


class NoPeers(Exception):
    """The packages are not here and cannot be had; the message says why."""


def packages(folder: Path = FOLDER) -> Path:
    """The node_modules with `PACKAGES`, installed when they are not there in these versions. Raises NoPeers."""
    modules = folder / "node_modules"
    if all(version_of(modules, name) == version for name, version in PACKAGES.items()):
        return modules
    npm = shutil.which("npm")
    if npm is None:
        raise NoPeers("npm is not installed")
    folder.mkdir(exist_ok=True)
    manifest = {"private": True, "dependencies": PACKAGES}
    (folder / "package.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoPeers(f"npm did not answer within {_PATIENCE} s") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NoPeers(f"npm cannot install them: {said[0] if said else f'exit {done.returncode}'}")
    return modules


def version_of(modules: Path, name: str) -> str | None:
    """The version of an installed package; None of one that is not there."""
    try:
        found = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(found.get("version"))


if __name__ == "__main__":
    print(packages())
