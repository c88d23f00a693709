"""`weeknote feed` and `weeknote export`: a feed for a site, and rows for other programs."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from weeknote.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs the command in a folder with two notes."""
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()
    Path("notes/week-11.md").write_text(
        "---\ndate: 2024-03-15\n---\n# Week 11\n\n## Learning\n\n- Ask about housing.\n"
    )
    Path("notes/week-12.md").write_text("# Week 12, 2024\n\nAll [good](/x).\n")

    def run(*arguments: str) -> tuple[int, str, str]:
        return (main(list(arguments)), *capfd.readouterr())

    return run


def test_a_feed_of_a_folder(run: Callable[..., tuple[int, str, str]]) -> None:
    """The newest note is first; the feed can go to a file."""
    status, out, err = run("feed", "notes", "--url", "https://site.example/", "--kind", "json", "--title", "Ours")
    assert (status, err) == (0, "")
    items = json.loads(out)["items"]
    assert [item["url"] for item in items] == ["https://site.example/week-12/", "https://site.example/week-11/"]
    assert run("feed", "notes", "--url", "https://site.example/", "-o", "feed.xml") == (0, "", "")
    assert Path("feed.xml").read_text().startswith('<?xml version="1.0" encoding="utf-8"?>\n<feed')


def test_a_note_without_a_date_is_left_out_of_a_feed(run: Callable[..., tuple[int, str, str]]) -> None:
    """The others are still in it, and the status says so."""
    Path("notes/weeknote-x.md").write_text("# Weeknotes\n\nWhen?\n")
    status, out, err = run("feed", "notes", "--url", "https://site.example/")
    assert status == 2
    assert out.count("<entry>") == 2
    assert err == (
        "weeknote: notes/weeknote-x.md: this note has no date, which a feed needs; add one to the front matter "
        "(`date: 2024-03-22`)\n"
    )


def test_an_empty_feed_does_not_replace_a_published_one(run: Callable[..., tuple[int, str, str]]) -> None:
    """If the notes cannot be found, the feed's file keeps its text."""
    Path("feed.xml").write_text("<feed/>")
    status, out, err = run("feed", "nowhere", "--url", "https://site.example/", "-o", "feed.xml")
    assert (status, out, err) == (2, "", "weeknote: nowhere: no such file; check the name\n")
    assert Path("feed.xml").read_text() == "<feed/>"


@pytest.mark.skipif(os.name == "nt", reason="Windows reports a closed pipe in other ways")
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_into_a_closed_pipe_ends_quietly(form: str, run: Callable[..., tuple[int, str, str]]) -> None:
    """Status 141, as with every command."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "weeknote", "export", "notes", "--to", form]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")
    assert run("export", "notes", "--to", form)[0] == 0


def test_a_feed_needs_an_address(run: Callable[..., tuple[int, str, str]]) -> None:
    """A relative one leads nowhere in a feed reader."""
    status, out, err = run("feed", "notes", "--url", "/notes/")
    assert (status, out) == (2, "")
    assert "absolute" in err


def test_items_as_json_lines_and_csv(run: Callable[..., tuple[int, str, str]]) -> None:
    """Both have a row for each item and paragraph, with its file and line."""
    status, out, err = run("export", "notes", "--to", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [(row["file"], row["line"], row["role"], row["text"]) for row in rows] == [
        ("notes/week-11.md", 8, "learning", "Ask about housing."),
        ("notes/week-12.md", 3, None, "All good."),
    ]
    assert run("export", "notes", "--to", "csv", "-o", "items.csv") == (0, "", "")
    with Path("items.csv").open(newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == ["Ask about housing.", "All good."]


def test_a_database_is_brought_up_to_date(run: Callable[..., tuple[int, str, str]]) -> None:
    """The second run says what changed, and the index finds what is there now."""
    export = ("export", "notes", "--to", "sqlite", "-o", "notes.db")
    assert run(*export)[0] == 0
    Path("notes/week-12.md").write_text("# Week 12, 2024\n\nGardens.\n")
    assert run(*export) == (0, "", "weeknote: 0 added, 1 changed, 0 removed, 1 unchanged\n")
    with closing(sqlite3.connect("notes.db")) as database:
        found = database.execute("SELECT text FROM search WHERE search MATCH 'gardens OR good'").fetchall()
    assert found == [("Gardens.",)]


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite"])
@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_an_export_of_nothing_replaces_nothing(
    form: str, folder: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    """A mistyped folder leaves the last export as it was."""
    assert run("export", "notes", "--to", form, "-o", "items")[0] == 0
    before = Path("items").read_bytes()
    Path("empty").mkdir()
    status, out, err = run("export", folder, "--to", form, "-o", "items")
    assert (status, out) == (2, "")
    assert err.startswith(f"weeknote: {folder}: no ")
    assert Path("items").read_bytes() == before


def test_a_database_is_a_file_of_its_own(run: Callable[..., tuple[int, str, str]]) -> None:
    """It cannot be printed, and no other file is written into."""
    assert run("export", "notes", "--to", "sqlite") == (
        2,
        "",
        "weeknote: SQLite is written to a file; name it with --output\n",
    )
    Path("other").write_text("no database " * 100)
    status, _, err = run("export", "notes", "--to", "sqlite", "-o", "other")
    assert status == 2
    assert err.startswith("weeknote: other: not a weeknote database")
    assert io.StringIO(Path("other").read_text()).readline().startswith("no database")
