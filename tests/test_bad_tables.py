"""Bad tables and the whole report on each: a new case is a new file under `bad/`, a bug report becomes one.

`bad/curated` has a documents.csv and an actors.csv; `bad/loose` holds strangers' tables. The expected report
stands beside each table as `.txt`; `python tests/test_bad_tables.py` writes those that are missing, to be
read before they are committed.
"""

from pathlib import Path

import pytest

from timeline.table import load

BAD = Path(__file__).parent / "bad"
CASES = sorted(path for path in BAD.glob("*/*.csv") if path.name not in ("documents.csv", "actors.csv"))


def report(path: Path) -> str:
    dataset = load(path)
    lines = [f"{problem.severity} {problem.sentence()}" for problem in dataset.problems]
    lines.append(
        f"{dataset.rows} rows: {dataset.drawn} drawn, {dataset.undated} undated, {dataset.skipped} skipped, "
        f"{dataset.in_error} in error"
    )
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_report_is_the_expected_one(path):
    assert report(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_row_is_lost(path):
    dataset = load(path)
    assert dataset.rows == dataset.drawn + dataset.undated + dataset.skipped + dataset.in_error
    assert dataset.curated == (path.parent.name == "curated")


def test_every_case_has_its_report_and_every_report_its_case():
    assert {path.with_suffix("") for path in CASES} == {path.with_suffix("") for path in BAD.glob("*/*.txt")}


if __name__ == "__main__":
    for case in CASES:
        if not case.with_suffix(".txt").exists():
            case.with_suffix(".txt").write_text(report(case), encoding="utf-8")
