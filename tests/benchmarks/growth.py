"""How time grows with size, from 5 KB to 5 MB: a slope on logarithms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import weeknote

from .clock import Task, exponent, timed
from .documents import archive, one_note
from .jobs import NEW, read_all

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST = 5_000
STEP = 10**0.5
CALLS = 20


def sizes(largest: int) -> list[int]:
    """Return the sizes to measure at, evenly spread on a logarithmic scale."""
    found = [float(SMALLEST)]
    while found[-1] * STEP < largest * 0.99:
        found.append(found[-1] * STEP)
    return [*map(round, found), largest]


def edited(text: str) -> str:
    """Parse a note, replace a paragraph in the middle of it, and write it."""
    note = weeknote.parse(text, dialect="markdown")
    section = note.sections[len(note.sections) // 2]
    return weeknote.dump(weeknote.replace(note, section.blocks[0], weeknote.Paragraph(NEW)))


def measured(largest: int) -> dict[str, dict[str, object]]:
    """Return the exponent of each job, and the seconds it was fitted to."""
    of_archive = len(archive("markdown", 200)) / 200
    found: dict[str, dict[str, object]] = {}
    for dialect in ("markdown", "text"):
        parse = partial(weeknote.parse, dialect=dialect)
        notes = [one_note(dialect, size) for size in sizes(largest)]
        archives = [archive(dialect, max(2, round(size / of_archive))) for size in sizes(largest)]
        jobs: list[tuple[str, Callable[[str], object], list[str]]] = [
            ("parse", parse, notes),
            ("parse and read every inline", partial(read, parse), notes),
            ("parse_archive", partial(weeknote.parse_archive, dialect=dialect), archives),
            ("parse an archive as one note", parse, archives),
        ]
        if dialect == "markdown":
            jobs.append(("parse, replace and dump", edited, notes))
        for name, job, texts in jobs:
            found[f"{dialect}: {name}"] = slope(job, texts)
    return found


def read(parse: Callable[[str], weeknote.Weeknote], text: str) -> None:
    """Parse a note and read everything in it."""
    read_all(parse(text))


def slope(job: Callable[[str], object], texts: list[str]) -> dict[str, object]:
    """Return the exponent of one job over texts of growing size: small texts often, and the best of three times."""
    smallest = len(texts[0])
    seconds = []
    for text in texts:
        calls = max(1, CALLS * smallest // len(text))

        def run(_: object, text: str = text, calls: int = calls) -> None:
            for _ in range(calls):
                job(text)

        seconds.append(min(timed(Task("", run, unit=calls)) for _ in range(3)))
    lengths = [len(text) for text in texts]
    last = exponent(lengths[-3:], seconds[-3:])
    return {"exponent": exponent(lengths, seconds), "last_three": last, "characters": lengths, "seconds": seconds}
