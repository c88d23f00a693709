"""`weeknote show`: what is understood of files and folders, for people or as JSON."""

from __future__ import annotations

import functools
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from weeknote.cli.command import (
    CLEAN,
    FAILED,
    CommandError,
    add_dialect,
    add_paths,
    check_stdin_once,
    iso_date,
)
from weeknote.cli.text_io import display_name, read_input
from weeknote.cli.workers import OrderedPool, add_jobs
from weeknote.lint.printable import Style

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import date

    from weeknote import Archive, Weeknote
    from weeknote.cli.command import Subcommands
    from weeknote.cli.file_selection import Problem


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "show",
        help="print what is understood of weeknotes",
        description="Prints what is understood of each file: the line that names the note, the weeks it covers, its "
        "sections with their roles and sizes, its links and its trailer. A text with several notes is "
        "shown as an archive, entry by entry; a file whose front matter names one note is always that "
        "note. In a folder, the files whose names say that they are notes are shown, at any depth.",
        epilog="Example: weeknote show notes.txt",
        allow_abbrev=False,
    )
    add_paths(parser)
    parser.add_argument("--json", action="store_true", help="print one line of JSON per file")
    parser.add_argument(
        "--near",
        metavar="DATE",
        type=iso_date,
        help="a date close to the notes, such as 2024-09-16: it settles the year of “w/c 9 September”",
    )
    add_dialect(parser)
    add_jobs(parser)
    parser.set_defaults(run=show)


class Request(NamedTuple):
    """What to show of one file.

    Attributes:
        name: the file, `-` for standard input.
        near: a date close to its notes, or None.
        dialect: its dialect, or None.
        json: whether it is shown as JSON.
        utf8: whether the JSON may have more than ASCII.
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
    from weeknote.cli.terminal import Progress, output_is_utf8, put, style_of_output

    check_stdin_once(given.paths)
    request = functools.partial(
        Request,
        near=given.near,
        dialect=given.dialect,
        json=given.json,
        utf8=output_is_utf8(),
        style=style_of_output(),
    )
    pool = OrderedPool(given.jobs, shown, is_remote=is_remote, on_death=died)
    separator: list[str] = []
    with Progress() as progress, closing(pool.map(steps(given.paths, request))) as results:
        for step, (lines, failure) in results:
            if not isinstance(step, Request):
                progress.fail_once(failure)
                continue
            if failure is not None:
                progress.fail(failure)
            else:
                progress.clear()
                put([*separator, *lines])
                separator = [] if given.json else [""]
            progress.advance(step.name)
    return FAILED if progress.failures else CLEAN


def steps(paths: list[str], request: Callable[[str], Request]) -> Iterator[Request | Problem]:
    """Yield the files to show, and the problems on the way to them."""
    import os

    if not any(os.path.isdir(path) for path in paths):  # noqa: PTH112 # the name as it was typed
        # Without folders no configuration matters, and nothing that reads one is loaded.
        yield from map(request, paths)
        return
    from weeknote.cli.file_selection import configured_files

    for found in configured_files(paths):
        yield request(found) if isinstance(found, str) else found


def is_remote(step: Request | Problem) -> bool:
    """Return whether another process may do a step: not standard input, and not a problem to report."""
    return isinstance(step, Request) and step.name != "-"


def shown(step: Request | Problem) -> Shown:
    """Return what is printed of one file; this may run in another process."""
    from weeknote.cli.output_formats import as_json
    from weeknote.cli.summary import facts, lines

    if not isinstance(step, Request):
        return Shown(failure=step.message)
    try:
        found = facts(read_note(step.name, near=step.near, dialect=step.dialect))
    except CommandError as error:
        return Shown(failure=str(error))
    if step.json:
        return Shown((as_json({"file": step.name, **found}, utf8=step.utf8),))
    return Shown(tuple(lines(display_name(step.name), found, step.style)))


def died(step: Request | Problem, why: str) -> Shown:
    """Return what is reported for a file whose process died."""
    return Shown(failure=f"{step.name}: {why}" if isinstance(step, Request) else why)


def read_note(name: str, *, near: date | None, dialect: str | None) -> Weeknote | Archive:
    """Read a file, or standard input.

    Raises:
        CommandError: it cannot be read.
    """
    import weeknote
    from weeknote.codec.files import why_unreadable

    try:
        if name == "-":
            return weeknote.parse_any(read_input(name), near=near, dialect=dialect)
        if "\0" in name:
            raise FileNotFoundError
        return weeknote.read_any(name, near=near, dialect=dialect)
    except weeknote.NotTextError as error:
        raise CommandError(str(error)) from None
    except (OSError, MemoryError) as error:
        raise CommandError(f"{display_name(name)}: {why_unreadable(error)}") from None
