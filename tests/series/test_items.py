"""The items of many notes, and their exports."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

import weeknote
from weeknote.series.export import Update, csv_lines, json_lines, update_database

if TYPE_CHECKING:
    from pathlib import Path

MARCH = weeknote.parse(
    "---\ndate: 2024-03-22\n---\n# Weeknote w/c 18 March: maps\n\nWe [moved](https://a.example/) it.\n\n## Learning\n\n"
    "- Ask about housing\n  *first*\n  - and again\n\n  Then wait.\n\n> Said Ann\n\n```\ncode\n```\n\n![](x.png)\n",
    name="notes/12.md",
)
ARCHIVE = weeknote.parse_archive("# w/c 6 May 2024\n\nLater.\n\n# w/c 29 April 2024\n\n- =Earlier\n", name="all.md")


def test_items_are_rows_with_their_places() -> None:
    """Each item and paragraph is a row, those below an item too; what has no words is none."""
    rows = list(weeknote.items([MARCH]))
    assert [(row.kind, row.text, row.line, row.end_line) for row in rows] == [
        ("paragraph", "We moved it.", 6, 6),
        ("item", "Ask about housing\nfirst", 10, 11),
        ("item", "and again", 12, 12),
        ("paragraph", "Then wait.", 14, 14),
        ("paragraph", "Said Ann", 16, 16),
    ]
    assert rows[0].links == ("https://a.example/",)
    assert (rows[0].section, rows[0].role) == (None, None)
    assert (rows[1].section, rows[1].role) == ("Learning", "learning")
    assert {(row.note, row.week, row.published, row.file) for row in rows} == {
        ("Weeknote w/c 18 March: maps", date(2024, 3, 18), date(2024, 3, 22), "notes/12.md")
    }


def test_the_notes_of_an_archive_are_separated() -> None:
    """Each row has its own note's week, and its line in the whole file."""
    assert [(row.week, row.text, row.line) for row in weeknote.items([ARCHIVE])] == [
        (date(2024, 5, 6), "Later.", 3),
        (date(2024, 4, 29), "=Earlier", 7),
    ]


def test_depth_is_no_limit() -> None:
    """Lists in lists are walked without recursion."""
    note = weeknote.parse("".join("  " * n + "- a\n" for n in range(2_000)), dialect="markdown")
    assert len(list(weeknote.items([note]))) > 90


def test_json_lines_are_read_back() -> None:
    """Each line is an object with the item's fields, dates as ISO 8601."""
    rows = [json.loads(line) for line in json_lines([MARCH])]
    assert rows[1] == {
        "note": "Weeknote w/c 18 March: maps",
        "week": "2024-03-18",
        "published": "2024-03-22",
        "section": "Learning",
        "role": "learning",
        "kind": "item",
        "text": "Ask about housing\nfirst",
        "links": [],
        "file": "notes/12.md",
        "line": 10,
        "end_line": 11,
    }


def test_csv_is_read_back_and_holds_no_formula() -> None:
    """A spreadsheet opens it as words."""
    rows = list(csv.DictReader(io.StringIO("\n".join(csv_lines([MARCH, ARCHIVE])))))
    assert [row["text"] for row in rows][1::5] == ["Ask about housing\nfirst", "'=Earlier"]
    assert rows[0]["links"] == "https://a.example/"


def test_a_database_answers_what_was_learned_about_a_subject(tmp_path: Path) -> None:
    """Full-text search over items, with role and year as columns beside it."""
    path = tmp_path / "notes.db"
    assert update_database(path, [("12.md", MARCH), ("all.md", ARCHIVE)]) == Update(added=2)
    with closing(sqlite3.connect(path)) as database:
        found = database.execute(
            "SELECT notes.week, items.text, notes.file, items.line FROM search JOIN items ON items.id = search.rowid "
            "JOIN notes ON notes.id = items.note "
            "WHERE search MATCH 'housing' AND role = 'learning' AND week LIKE '2024%'"
        ).fetchall()
        assert found == [("2024-03-18", "Ask about housing\nfirst", "12.md", 10)]
        assert database.execute("SELECT title, role, line FROM sections").fetchall() == [("Learning", "learning", 8)]
        assert database.execute("SELECT url, text, line FROM links").fetchall() == [("https://a.example/", "moved", 6)]


def test_a_database_is_brought_up_to_date(tmp_path: Path) -> None:
    """A second run writes what changed and removes what is gone, in the index too."""
    path = tmp_path / "notes.db"
    update_database(path, [("a.md", MARCH), ("b.md", ARCHIVE)])
    other = weeknote.parse("# Week 13\n\nAll about gardens.\n")
    assert update_database(path, [("a.md", MARCH), ("c.md", other)]) == Update(added=1, removed=1, unchanged=1)
    assert update_database(path, [("a.md", other), ("c.md", other)]) == Update(changed=1, unchanged=1)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM items").fetchone() == (2,)
        assert database.execute("SELECT count(*) FROM search WHERE search MATCH 'housing'").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM search WHERE search MATCH 'gardens'").fetchone() == (2,)


def test_a_database_in_no_folder_is_an_os_error(tmp_path: Path) -> None:
    """As for any other file that cannot be opened."""
    with pytest.raises(OSError, match="unable to open"):
        update_database(tmp_path / "nowhere" / "notes.db", [])


def test_what_is_no_database_of_notes_is_left_alone(tmp_path: Path) -> None:
    """Neither another program's database nor another file is written into."""
    text = tmp_path / "a.txt"
    text.write_text("no database, and long enough to be taken for one by nobody" * 20, encoding="utf-8")
    with pytest.raises(weeknote.WeeknoteError, match="not a weeknote database"):
        update_database(text, [])
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database, database:
        database.execute("CREATE TABLE mine (a)")
    with pytest.raises(weeknote.WeeknoteError, match="another version"):
        update_database(other, [])
