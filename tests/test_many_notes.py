"""Many notes at once: a pool of processes and Dask give what one process gives, and a bad file stops no other."""

from __future__ import annotations

import importlib.util
import multiprocessing
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from weeknote import Weeknote, dump, parse, parse_archive, walk

ROOT = Path(__file__).parents[1]
NOTES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".md", ".txt"})

WITH_DASK = pytest.mark.skipif(importlib.util.find_spec("dask") is None, reason="the extra `dask` is not installed")


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an example as in a clone."""
    command = [sys.executable, f"examples/{script}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Forty notes and, among them, one that is not UTF-8 and one that is not there."""
    paths = []
    for n in range(40):
        path = tmp_path / f"{n:02}.md"
        path.write_text(
            f"# Weeknote w/c 6 May 2019: day {n}\n\n## Maps\n\nWe drew [maps](/{n}).\n\n## Next week\n\nBees.\n",
            encoding="utf-8",
        )
        paths.append(str(path))
    (tmp_path / "latin.md").write_bytes(b"# Caf\xe9\n")
    return [*paths[:20], str(tmp_path / "latin.md"), str(tmp_path / "missing.md"), *paths[20:]]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pool_reads_many_notes_and_names_those_it_cannot(files: list[str], jobs: str) -> None:
    """Lines come in the order of the files, however many processes there are; two files are complained about."""
    done = run("many_notes.py", "--jobs", jobs, *files)
    lines = done.stdout.splitlines()
    assert done.returncode == 2
    assert [line.partition(": ")[0] for line in lines[:-1]] == [*files[:20], *files[22:]]
    assert lines[0] == f"{files[0]}: w/c 6 May 2019: day 0 (2 sections, 1 links)"
    assert lines[-1] == "next: 40, theme: 40"
    complaints = done.stderr.splitlines()
    assert len(complaints) == 2
    assert "latin.md:1:6: not UTF-8" in complaints[0]
    assert "missing.md: cannot be read" in complaints[1]


def test_a_pool_ends_well_when_all_goes_well() -> None:
    """The examples beside the script are read without complaint."""
    done = run("many_notes.py", "--jobs", "2", *map(str, NOTES))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(NOTES) + 1


@WITH_DASK
def test_dask_counts_the_same(files: list[str]) -> None:
    """The engine gives the counts that the pool gives, and the same two complaints."""
    done = run("many_notes_dask.py", *files)
    assert done.stdout == run("many_notes.py", "--jobs", "1", *files).stdout.splitlines()[-1] + "\n"
    assert done.returncode == 2
    assert [line.count("cannot be read") for line in done.stderr.splitlines()] == [1, 1]


@pytest.mark.skipif(importlib.util.find_spec("dask") is not None, reason="Dask is installed")
def test_without_dask_the_example_says_what_to_install() -> None:
    """A missing extra is no traceback."""
    done = run("many_notes_dask.py", "a.md")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'Dask is not installed: pip install "dask[bag]"\n'


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_a_note_read_elsewhere_is_the_note_read_here(path: Path) -> None:
    """A worker’s note is equal, as exact, and knows its places; so `parse` depends on nothing but its arguments."""
    text = path.read_bytes().decode("utf-8")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        there = pool.apply(parse, (text,))
        archive = pool.apply(parse_archive, (text,))
    here = parse(text)
    assert isinstance(there, Weeknote)
    assert there == here
    assert dump(there) == dump(archive) == text
    assert [node.position for node in walk(there)] == [node.position for node in walk(here)]
    for node, other in zip(walk(here), walk(there), strict=True):
        assert pickle.loads(pickle.dumps(node)) == other
