"""The benchmark runs from a clone, with the peers that are there; how long anything takes is not tested."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# One tiny run is enough for all of them, also where several processes share the tests.
pytestmark = pytest.mark.xdist_group("benchmarks")

ROOT = Path(__file__).parents[1]
TINY = ("--rounds", "1", "--copies", "1", "--notes", "3", "--largest", "10000", "--no-peers")
HOSTILE = ("--hostile", "1", "--hostile-only", "NULs")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one tiny run writes as JSON, with what it prints under `printed`; no corpus beside it."""
    folder = tmp_path_factory.mktemp("benchmarks")
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks",
        *TINY,
        *HOSTILE,
        "--shared",
        str(folder),
        "--json",
        str(folder / "report.json"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {**found, "printed": done.stdout}


def test_every_document_set_has_mistune_as_its_unit(report: dict[str, Any]) -> None:
    """The ratio of mistune's AST to itself is one, in each set."""
    assert len(report["ratios"]) >= 6
    for tasks in report["ratios"].values():
        assert tasks["mistune (AST)"] == {"low": 1.0, "median": 1.0, "high": 1.0}


def test_every_target_is_measured_and_printed(report: dict[str, Any]) -> None:
    """A target that is not measured is not a target."""
    assert len(report["targets"]) >= 15
    for target in report["targets"]:
        assert target["verdict"] in {"met", "missed"}, target
        assert target["what"] in report["printed"]


def test_hostile_texts_are_measured_in_each_dialect_and_each_job(report: dict[str, Any]) -> None:
    """A pattern that is odd in either dialect is measured in both, at three sizes."""
    assert set(report["hostile"]) == {"NULs (markdown)", "NULs (text)"}
    for name, jobs in report["hostile"].items():
        assert name in report["printed"]
        assert set(jobs) == {"read", "dump", "check", "convert", "normalize"}
        assert all(len(slope["seconds"]) == len(slope["characters"]) == 3 for slope in jobs.values())


def test_the_corpus_is_left_out_where_it_is_absent(report: dict[str, Any]) -> None:
    """The project's own examples are enough to run it."""
    assert not {"corpus", "seeds"} & set(report["documents"])
    assert all(found["documents"] > 0 for found in report["documents"].values())


def test_only_installed_peers_are_measured(report: dict[str, Any]) -> None:
    """The unit is a dependency and always there; with no other peer the run is complete all the same."""
    assert "mistune (AST)" in report["versions"]["peers"]
