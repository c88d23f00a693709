"""`weeknote show`: what is understood of files and folders, for people or as JSON, one file after the other.

What it needs is imported when it runs, so that `weeknote --help` does not wait for it.
"""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from weeknote.cli.commands.fmt import CLEAN, FAILED, CommandError, Row, advice, named
from weeknote.cli.terminal import Failures, Progress, is_terminal, put, say, style_of_output
from weeknote.cli.workers import JOBS, Workers
from weeknote.lint.printable import Style

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import date

    from weeknote import Archive, Weeknote
    from weeknote.cli.file_selection import Group, Trouble


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
    "archive, entry by entry; a file whose front matter names one note is always that note. Of a folder, the files "
    "that are notes by their names are shown, at any depth.",
    (
        (("paths",), "weeknotes, archives or folders; `-` is standard input", {"metavar": "PATH", "nargs": "+"}),
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

    if given.paths.count("-") > 1:
        say("standard input can be read only once; give `-` once")
        return FAILED
    style = style_of_output()
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    wanted = functools.partial(Wanted, near=given.near, dialect=given.dialect, json=given.json, utf8=utf8, style=style)
    first = True
    try:
        with (
            Progress(total(given.paths)) as progress,
            Workers(given.jobs, shown, lost, stays) as workers,
        ):
            failed = Failures(progress)
            for step, done in workers.each(steps(given.paths, wanted)):
                if not isinstance(step, Wanted):
                    step.say(failed, step.words)
                    continue
                progress.name = step.name
                lines, failure = done()
                progress.done += 1
                if failure is not None:
                    failed(failure)
                    continue
                with progress.erased():
                    put([""] if not (first or given.json) else [])
                    put(lines)
                first = False
    except WeeknoteError as error:
        say(error)
        return FAILED
    return FAILED if failed.words else CLEAN


COMMANDS = ((SHOW, show),)
"""The commands of this module, for the table of all commands."""


def total(paths: list[str]) -> int:
    """Return how many files a bar is to count; those in folders are counted only for somebody who sees the bar."""
    if not is_terminal(sys.stderr) or not name_a_folder(paths):
        return len(paths)
    from weeknote.cli.file_selection import number_of_files

    return number_of_files(meant(paths))


def name_a_folder(paths: list[str]) -> bool:
    """Tell whether there is a folder among paths.

    Files that are named are shown by no configuration, and without loading what reads one.
    """
    return any(os.path.isdir(path) for path in paths)  # noqa: PTH112 # a name stays as it was typed


def meant(paths: list[str]) -> Iterator[Group | Trouble]:
    """Yield the files that paths mean, and what is wrong with folders."""
    from weeknote.cli.file_selection import groups
    from weeknote.lint.configuration import configuration_for

    at = functools.lru_cache(maxsize=256)(configuration_for)
    for path in paths:
        yield from groups(path, at)


def steps(paths: list[str], wanted: Callable[[str], Wanted]) -> Iterator[Wanted | Trouble]:
    """Yield the files to show, and between them what there is to say when it is its turn."""
    if not name_a_folder(paths):
        yield from map(wanted, paths)
        return
    from weeknote.cli.file_selection import Trouble

    for one in meant(paths):
        if isinstance(one, Trouble):
            yield one
        else:
            yield from map(wanted, one.files)


def stays(step: Wanted | Trouble) -> bool:
    """Tell whether a step is done in this process: it reads standard input, or is no file at all."""
    return not isinstance(step, Wanted) or step.name == "-"


def shown(step: Wanted | Trouble) -> Shown:
    """Return what is printed of one file; this may run in another process."""
    from weeknote.cli.output_formats import as_json
    from weeknote.cli.summary import facts, lines

    assert isinstance(step, Wanted)
    try:
        found = facts(understood(step.name, near=step.near, dialect=step.dialect))
    except CommandError as error:
        return Shown(failure=str(error))
    if step.json:
        return Shown((as_json({"file": step.name, **found}, utf8=step.utf8),))
    return Shown(tuple(lines(named(step.name), found, step.style)))


def lost(step: Wanted | Trouble, why: str) -> Shown:
    """Return what is said of a file whose process ended over it."""
    assert isinstance(step, Wanted)
    return Shown(failure=f"{named(step.name)}: {why}")


def understood(name: str, *, near: date | None, dialect: str | None) -> Weeknote | Archive:
    """Read a file, or standard input, as what it holds.

    Raises:
        CommandError: it cannot be read.
    """
    import weeknote
    from weeknote.cli.commands.fmt import text_of

    try:
        if name == "-":
            return weeknote.parse_any(text_of(name), near=near, dialect=dialect)
        if "\0" in name:
            raise FileNotFoundError
        return weeknote.read_any(name, near=near, dialect=dialect)
    except weeknote.NotTextError as error:
        raise CommandError(str(error)) from None
    except (OSError, MemoryError) as error:
        raise CommandError(f"{named(name)}: {advice(error)}") from None
