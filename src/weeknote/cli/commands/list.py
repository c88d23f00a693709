"""`weeknote list`: a series of notes, one line per note, each placed in its week."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from weeknote.cli.command import CLEAN, FAILED, add_paths, check_stdin_once
from weeknote.cli.text_io import display_name
from weeknote.cli.workers import add_jobs, work_through

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from weeknote import Weeknote
    from weeknote.cli.command import Subcommands
    from weeknote.lint.printable import Style
    from weeknote.series.clues import Clues
    from weeknote.series.placement import Placement

SECTIONS_SHOWN = 3
"""The maximum number of section titles in a line of text output."""


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "list",
        help="list the notes of a series with their weeks",
        description="Prints one line per note: its week and the evidence for it, its number, title, sections "
        "and file. The notes are treated as one series: where a note doesn't state its week, it is worked out from the "
        "publication date or the number, and from the other notes. Notes with a week come first, oldest first.",
        epilog="example:\n  weeknote list notes/",
    )
    add_paths(parser)
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print one line of JSON per note")
    formats.add_argument("--csv", action="store_true", help="print a table of comma-separated values")
    add_jobs(parser)
    parser.set_defaults(run=list_notes)


class Row(NamedTuple):
    """What is listed of one note: `numbers` are "12" or "S2E4", `published` is in ISO 8601."""

    file: str
    line: int
    title: str | None
    headline: str | None
    numbers: tuple[str, ...]
    published: str | None
    sections: tuple[str, ...]
    clues: Clues


def list_notes(given: argparse.Namespace) -> int:
    """Print a line for each note, and return the exit status."""
    from weeknote.cli.file_selection import configured_files
    from weeknote.cli.output_formats import as_json
    from weeknote.cli.terminal import Progress, output_is_utf8, put, style_of_output
    from weeknote.series.placement import place

    check_stdin_once(given.paths)
    files = configured_files(given.paths)
    with Progress() as progress, closing(work_through(files, rows_of, given.jobs, progress)) as results:
        rows = [row for _, found in results for row in found]
    notes = sorted(zip(rows, place([row.clues for row in rows]), strict=True), key=in_time)
    if given.json:
        put(as_json(facts(*note), utf8=output_is_utf8()) for note in notes)
    elif given.csv:
        put(csv_lines(notes))
    else:
        put(text_lines(notes, style_of_output()))
    return FAILED if progress.failures else CLEAN


def rows_of(file: str) -> list[Row]:
    """Return the rows for one file; this may run in another process."""
    from weeknote.cli.commands.show import read_note
    from weeknote.nodes.document import notes_in

    return [row_of(note, file) for note in notes_in(read_note(file))]


def row_of(note: Weeknote, file: str) -> Row:
    """Return the row for one note."""
    from weeknote.nodes.base import line_of
    from weeknote.series.clues import clues_of

    episode = note.episode
    numbers = map(str, note.numbers) if episode is None else [f"S{episode.season}E{episode.number}"]
    return Row(
        file=file,
        line=line_of(note) or 1,
        title=note.title,
        headline=note.headline,
        numbers=tuple(numbers),
        published=None if note.published is None else note.published.isoformat(),
        sections=tuple(section.title for section in note.sections),
        clues=clues_of(note),
    )


def in_time(note: tuple[Row, Placement]) -> tuple[bool, str, str, int]:
    """Return what notes are sorted by: those that were placed by their weeks, the others by their date."""
    row, placement = note
    day = placement.weeks[0].isoformat() if placement.weeks else row.published or ""
    return not placement.weeks, day, row.file, row.line


def facts(row: Row, placement: Placement) -> dict[str, Any]:
    """Return the facts about a note for programs."""
    return {
        "file": row.file,
        "line": row.line,
        "weeks": [monday.isoformat() for monday in placement.weeks],
        "evidence": placement.evidence,
        "confidence": placement.confidence,
        "reason": placement.reason,
        "numbers": list(row.numbers),
        "published": row.published,
        "title": row.title,
        "sections": list(row.sections),
    }


def csv_lines(notes: Iterable[tuple[Row, Placement]]) -> Iterator[str]:
    """Yield a table as CSV, with a header; several weeks or numbers are separated by blanks, sections by "; "."""
    from weeknote.lint.printable import visible
    from weeknote.series.export import csv_row

    names = ("file", "line", "weeks", "evidence", "confidence", "numbers", "published", "title", "sections", "reason")
    yield csv_row(names)
    for note in notes:
        found = facts(*note)
        found["sections"] = "; ".join(found["sections"])
        found |= {key: " ".join(found[key]) for key in ("weeks", "numbers")}
        yield csv_row(visible(str(found[name] or "")) for name in names)


def text_lines(notes: list[tuple[Row, Placement]], style: Style) -> Iterator[str]:
    """Yield an aligned line for each note, for people."""
    from weeknote.lint.printable import visible

    width = max((len(" ".join(row.numbers)) + 2 for row, _ in notes if row.numbers), default=0)
    for row, placement in notes:
        week = placement.weeks[0].isoformat() if placement.weeks else "-"
        week += f" +{len(placement.weeks) - 1}" if len(placement.weeks) > 1 else ""
        front = f"{week:<13}  {placement.evidence or '-':<11}{' '.join(row.numbers):<{width}}"
        sections = ", ".join(row.sections[:SECTIONS_SHOWN]) + (", …" if len(row.sections) > SECTIONS_SHOWN else "")
        name = row.title or row.headline or "(no title)"
        parts = [name, f"[{sections}]" if sections else "", f"{display_name(row.file)}:{row.line}"]
        parts += [f"({placement.reason})"] if placement.reason else []
        yield front + style.fit("  ".join(visible(part) for part in parts if part), len(front))
