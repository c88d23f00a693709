"""Items of many notes as JSON Lines, as CSV and as a SQLite database with full-text search."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import sqlite3
from typing import TYPE_CHECKING

import attrs

from weeknote.codec.dump import dump
from weeknote.errors import WeeknoteError
from weeknote.nodes.base import line_of
from weeknote.nodes.block import Heading, Link, Paragraph, Table
from weeknote.nodes.document import notes_in
from weeknote.nodes.traversal import find_all, walk
from weeknote.series.items import Item, items, items_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from weeknote.nodes.document import Archive, Weeknote

VERSION = 1
"""The version of the database's tables, kept as its `user_version`."""

TABLES = """
CREATE TABLE notes (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL,
    title TEXT, week TEXT, published TEXT, line INTEGER
);
CREATE INDEX notes_by_file ON notes (file);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    title TEXT NOT NULL, role TEXT NOT NULL, depth INTEGER NOT NULL, line INTEGER
);
CREATE TABLE items (
    id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    section TEXT, role TEXT, kind TEXT NOT NULL, text TEXT NOT NULL, line INTEGER, end_line INTEGER
);
CREATE TABLE links (
    id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    url TEXT NOT NULL, text TEXT NOT NULL, line INTEGER
);
CREATE INDEX sections_by_note ON sections (note);
CREATE INDEX items_by_note ON items (note);
CREATE INDEX links_by_note ON links (note);
CREATE VIRTUAL TABLE search USING fts5 (text, content='items', content_rowid='id', tokenize='unicode61');
CREATE TRIGGER items_added AFTER INSERT ON items BEGIN
    INSERT INTO search (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER items_removed AFTER DELETE ON items BEGIN
    INSERT INTO search (search, rowid, text) VALUES ('delete', old.id, old.text);
END;
"""


@attrs.frozen
class Update:
    """What an export to a database changed, in files.

    Attributes:
        added: files that were not in it.
        changed: files whose text has changed.
        removed: files that are no longer given.
        unchanged: files that are as they were.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


def json_lines(notes: Iterable[Weeknote | Archive]) -> Iterator[str]:
    r"""Yield each item as a line of JSON, without a line end.

    >>> import weeknote
    >>> line = next(json_lines([weeknote.parse("# Week 12\n\nAll good.\n")]))
    >>> json.loads(line)["text"], json.loads(line)["line"]
    ('All good.', 3)
    """
    for item in items(notes):
        yield json.dumps(attrs.asdict(item), default=str, ensure_ascii=False)


def csv_lines(notes: Iterable[Weeknote | Archive]) -> Iterator[str]:
    """Yield items as CSV (RFC 4180), the names of the columns first; each row is given without its line's end.

    Addresses in one cell have a space between them. A cell that a spreadsheet would take for a formula begins with an
    apostrophe.
    """
    names = [field.name for field in attrs.fields(Item)]
    yield csv_row(names)
    for item in items(notes):
        row = attrs.asdict(item) | {"links": " ".join(item.links)}
        yield csv_row("" if row[name] is None else _cell(str(row[name])) for name in names)


def _cell(words: str) -> str:
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words


def csv_row(cells: Iterable[str]) -> str:
    """Return cells as a row of CSV, without its line end."""
    written = io.StringIO()
    # What is quoted depends on the line end, too.
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue().removesuffix("\r\n")


def update_database(path: str | os.PathLike[str], files: Iterable[tuple[str, Weeknote | Archive]]) -> Update:
    """Bring a SQLite database up to date with files: what changed is replaced, what is gone is removed.

    Its tables are `notes`, `sections`, `items` and `links`, and `search`, the full-text index of the items.

    Args:
        path: the database; created if it does not exist.
        files: each file's name, and what it holds.

    Raises:
        WeeknoteError: it is not a weeknote database, or this Python's SQLite has no full-text search.
        OSError: it cannot be opened.
    """
    try:
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.execute("PRAGMA foreign_keys = ON")
            _prepare(database, str(path))
            return _update(database, files)
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            raise WeeknoteError(
                "this Python's SQLite has no full-text search (FTS5); use a Python that has it"
            ) from error
        raise OSError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise WeeknoteError(f"not a weeknote database ({error}); choose another file", path=str(path)) from error


def _prepare(database: sqlite3.Connection, path: str) -> None:
    """Make the tables in a new database, and check that an existing one has them."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables:
        raise WeeknoteError("not a weeknote database, or one made by another version; choose another file", path=path)
    database.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION};")


def _update(database: sqlite3.Connection, files: Iterable[tuple[str, Weeknote | Archive]]) -> Update:
    old = dict(database.execute("SELECT file, digest FROM notes"))
    added = changed = unchanged = 0
    seen: set[str] = set()
    for file, held in files:
        seen.add(file)
        digest = hashlib.sha256(dump(held).encode("utf-8", "surrogatepass")).hexdigest()
        if old.get(file) == digest:
            unchanged += 1
            continue
        database.execute("DELETE FROM notes WHERE file = ?", (file,))
        for note in notes_in(held):
            _add(database, file, digest, note)
        added, changed = added + (file not in old), changed + (file in old)
    gone = old.keys() - seen
    database.executemany("DELETE FROM notes WHERE file = ?", [(file,) for file in gone])
    return Update(added, changed, len(gone), unchanged)


def _add(database: sqlite3.Connection, file: str, digest: str, note: Weeknote) -> None:
    days = (note.weeks[0].start if note.weeks else None, note.published)
    week, published = (None if day is None else day.isoformat() for day in days)
    row = (file, digest, note.headline, week, published, line_of(note))
    own = database.execute(
        "INSERT INTO notes (file, digest, title, week, published, line) VALUES (?, ?, ?, ?, ?, ?)", row
    ).lastrowid
    database.executemany(
        "INSERT INTO sections (note, title, role, depth, line) VALUES (?, ?, ?, ?, ?)",
        [(own, s.title, str(s.role), s.depth, line_of(s)) for s in note.sections],
    )
    database.executemany(
        "INSERT INTO items (note, section, role, kind, text, line, end_line) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(own, i.section, i.role, i.kind, i.text, i.line, i.end_line) for i in items_of(note)],
    )
    database.executemany(
        "INSERT INTO links (note, url, text, line) VALUES (?, ?, ?, ?)",
        [(own, link.url, link.text, line) for link, line in _links(note)],
    )


def _links(note: Weeknote) -> Iterator[tuple[Link, int | None]]:
    """Yield the links of a note, each with its line, or that of the block it is in if it has no place of its own."""
    for block in (b for b in walk(note) if isinstance(b, (Heading, Paragraph, Table))):
        for link in find_all(block, Link):
            yield link, line_of(link) or line_of(block)
