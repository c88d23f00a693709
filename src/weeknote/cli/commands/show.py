"""`weeknote show`: a summary of files and folders, as text or JSON."""

from __future__ import annotations

import functools
import os
from contextlib import closing
from typing import TYPE_CHECKING

from weeknote.cli.command import CLEAN, FAILED, add_dialect, add_paths, check_stdin_once, iso_date
from weeknote.cli.text_io import display_name, read_input, reading
from weeknote.cli.workers import add_jobs, work_through

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from datetime import date

    from weeknote import Archive, Weeknote
    from weeknote.cli.command import SelectionError, Subcommands
    from weeknote.lint.printable import Style


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "show",
        help="summarise weeknotes: weeks, sections, links",
        description="Summarises each file: the headline, the weeks it covers, its sections with their roles and "
        "sizes, its links and its trailer. A file with several notes is shown as an archive, entry by entry, unless "
        "its front matter names a week or an issue. Folders are searched at any depth; the configuration says which "
        "files are notes.",
        epilog="example:\n  weeknote show notes.txt",
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


def show(given: argparse.Namespace) -> int:
    """Print a summary of each file, and return the exit status."""
    from weeknote.cli.terminal import Progress, output_is_utf8, put, style_of_output

    check_stdin_once(given.paths)
    # Without folders no configuration matters, and nothing that reads one is loaded.
    files: Iterable[str | SelectionError] = given.paths
    if any(os.path.isdir(path) for path in given.paths):  # noqa: PTH112 # the name as it was typed
        from weeknote.cli.file_selection import configured_files

        files = configured_files(given.paths)
    work = functools.partial(
        shown,
        near=given.near,
        dialect=given.dialect,
        json=given.json,
        utf8=output_is_utf8(),
        style=style_of_output(),
    )
    separator: list[str] = []
    with Progress() as progress, closing(work_through(files, work, given.jobs, progress)) as results:
        for _, lines in results:
            progress.clear()
            put([*separator, *lines])
            separator = [] if given.json else [""]
    return FAILED if progress.failures else CLEAN


def shown(name: str, *, near: date | None, dialect: str | None, json: bool, utf8: bool, style: Style) -> list[str]:
    """Return the lines to print for one file; this may run in another process."""
    from weeknote.cli.output_formats import as_json
    from weeknote.cli.summary import facts, lines

    found = facts(read_note(name, near=near, dialect=dialect))
    return [as_json({"file": name, **found}, utf8=utf8)] if json else list(lines(display_name(name), found, style))


def read_note(name: str, *, near: date | None = None, dialect: str | None = None) -> Weeknote | Archive:
    """Read a file, or standard input."""
    import weeknote

    with reading(name):
        if name == "-":
            return weeknote.parse_any(read_input(name), near=near, dialect=dialect)
        return weeknote.read_any(name, near=near, dialect=dialect)
