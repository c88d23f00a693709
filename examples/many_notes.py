"""Read many weeknotes on all processors, and print a line for each and a count of section roles.

    python examples/many_notes.py --jobs 4 notes/*.md

`parse` is a pure function and nodes can be pickled, so any pool will do: a worker gets a path and returns the note.
Only a few notes are in memory at a time, and a file that can't be read doesn't stop the others.
Exit status: 0 if every file was read, 2 if not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import weeknote
from weeknote.headings import format_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHUNK = 16
"""How many paths a worker gets at a time: reading one note takes less time than sending one path."""


def note_in(path: str) -> weeknote.Weeknote | str:
    """Return the note in a file, or the reason why it can't be read."""
    try:
        return weeknote.read(path)
    except (OSError, weeknote.NotTextError) as error:
        return str(error)


def notes_in(paths: Sequence[str], jobs: int) -> Iterator[tuple[str, weeknote.Weeknote | str]]:
    """Yield each path with its note, in order, read by the given number of processes."""
    if jobs == 1:
        yield from ((path, note_in(path)) for path in paths)
        return
    # Spawned workers inherit nothing by accident and work the same on every system.
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from zip(paths, pool.imap(note_in, paths, chunksize=CHUNK), strict=True)


def line(path: str, note: weeknote.Weeknote) -> str:
    """Return a one-line summary of a note."""
    weeks = format_weeks(note.weeks) or "no week"
    title = note.title or note.headline or "untitled"
    return f"{path}: {weeks}: {title} ({len(note.sections)} sections, {len(note.links)} links)"


def main() -> int:
    """Print a line for every file named on the command line, and a count of roles at the end."""
    parser = argparse.ArgumentParser(description="Read many weeknotes at once.")
    parser.add_argument("files", nargs="+", help="weeknotes in UTF-8")
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="number of processes (default: all processors)",
    )
    given = parser.parse_args()
    complain = partial(print, file=sys.stderr)
    roles: Counter[str] = Counter()
    unread = 0
    for path, found in notes_in(given.files, max(given.jobs, 1)):
        if isinstance(found, str):
            complain(f"{path}: cannot be read: {found}")
            unread += 1
            continue
        print(line(path, found))
        roles.update(str(section.role) for section in found.sections)
    print(", ".join(f"{role}: {count}" for role, count in sorted(roles.items())) or "no sections")
    return 2 if unread else 0


if __name__ == "__main__":
    sys.exit(main())
