"""`weeknote show`: what is understood of files, for people or as JSON, one file after the other.

What it needs is imported when it runs, so that `weeknote --help` does not wait for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from weeknote.fmt_command import CLEAN, FAILED, CannotDo, Row, advice, named
from weeknote.terminal import Progress, Style, put, say, style_of_output
from weeknote.workers import JOBS, Workers

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from weeknote import Archive, Weeknote


def day(text: str) -> date:
    """Return the day that an option gives."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2024-09-16") from None


SHOW: tuple[str, str, str, tuple[Row, ...]] = (
    "show",
    "print what is understood of weeknotes",
    "Prints what is understood of each file: what names the note, the weeks it covers, its sections with their "
    "roles and sizes, its links, and what went to the trailer. A text that holds several notes is shown as an "
    "archive, entry by entry; a file whose front matter names one note is always that note.",
    (
        (("files",), "weeknotes or archives in UTF-8; `-` is standard input", {"metavar": "FILE", "nargs": "+"}),
        (("--json",), "print one line of JSON for each file", {"action": "store_true"}),
        (
            ("--near",),
            "a day close to the notes, as 2024-09-16: it decides the year of “w/c 9 September”",
            {"metavar": "DATE", "type": day},
        ),
        (
            ("--dialect",),
            "how the files are written; without it the file’s suffix tells, else its text",
            {"choices": ("markdown", "text")},
        ),
        JOBS,
    ),
)
"""The name, the short and the long help, and the arguments of `weeknote show`."""


class Wanted(NamedTuple):
    """What is wanted of one file.

    Attributes:
        name: the file, `-` for standard input.
        near: a day close to its notes, or None.
        dialect: how it is written, or None.
        json: whether it is shown as JSON.
        utf8: whether the JSON may hold more than ASCII.
        style: how lines are written for people.
    """

    name: str
    near: date | None
    dialect: str | None
    json: bool
    utf8: bool
    style: Style


class Shown(NamedTuple):
    """What is printed of one file: lines, or why it could not be read."""

    lines: tuple[str, ...] = ()
    failure: str | None = None


def show(given: argparse.Namespace) -> int:
    """Print what is understood of each file, and return the exit status."""
    from weeknote.errors import WeeknoteError

    if given.files.count("-") > 1:
        say("standard input can be read only once; give `-` once")
        return FAILED
    style = style_of_output()
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    wanted = (Wanted(name, given.near, given.dialect, given.json, utf8, style) for name in given.files)
    status = CLEAN
    first = True
    try:
        with (
            Progress(len(given.files)) as progress,
            Workers(given.jobs, shown, lost, lambda one: one.name == "-") as workers,
        ):
            for progress.done, (one, done) in enumerate(workers.each(wanted)):
                progress.name = one.name
                lines, failure = done()
                if failure is not None:
                    progress.erase()
                    say(failure)
                    status = FAILED
                    continue
                with progress.erased():
                    put([""] if not (first or given.json) else [])
                    put(lines)
                first = False
    except WeeknoteError as error:
        say(error)
        return FAILED
    return status


COMMANDS = ((SHOW, show),)
"""The commands of this module, for the table of all commands."""


def shown(one: Wanted) -> Shown:
    """Return what is printed of one file."""
    from weeknote.show import as_json, facts, lines

    try:
        found = facts(understood(one.name, near=one.near, dialect=one.dialect))
    except CannotDo as error:
        return Shown(failure=str(error))
    if one.json:
        return Shown((as_json({"file": one.name, **found}, utf8=one.utf8),))
    return Shown(tuple(lines(named(one.name), found, one.style)))


def lost(one: Wanted, why: str) -> Shown:
    """Return what is said of a file whose process ended over it."""
    return Shown(failure=f"{named(one.name)}: {why}")


def understood(name: str, *, near: date | None, dialect: str | None) -> Weeknote | Archive:
    """Read a file, or standard input, as what it holds.

    Raises:
        CannotDo: it cannot be read.
    """
    import weeknote
    from weeknote.fmt_command import text_of

    try:
        if name == "-":
            return weeknote.parse_any(text_of(name), near=near, dialect=dialect)
        if "\0" in name:
            raise FileNotFoundError
        return weeknote.read_any(name, near=near, dialect=dialect)
    except weeknote.NotText as error:
        raise CannotDo(str(error)) from None
    except (OSError, MemoryError) as error:
        raise CannotDo(f"{named(name)}: {advice(error)}") from None
