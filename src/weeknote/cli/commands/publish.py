"""`weeknote feed` and `weeknote export`: many notes as a feed for a site, or as rows for other programs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from weeknote.cli.command import CLEAN, FAILED, CommandError
from weeknote.cli.commands.convert import write_output
from weeknote.cli.commands.show import read_note
from weeknote.cli.text_io import display_name
from weeknote.errors import UndatedNoteError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from weeknote import Archive, Weeknote
    from weeknote.cli.command import Subcommands
    from weeknote.cli.terminal import Progress


def add_parser(commands: Subcommands) -> None:
    """Add the two commands."""
    parser = commands.add_parser(
        "feed",
        help="make an Atom or JSON feed of weeknotes",
        description="Writes notes as an Atom or JSON feed, newest first. A note's address comes from its front "
        "matter, or else from the site's address and the file's name. Each note needs a publication date or a week "
        "whose year is known; a note with neither is left out, and the exit status is 2.",
        epilog="example:\n  weeknote feed content/weeknotes --url https://example.org/ -o public/feed.xml",
    )
    add_notes(parser)
    parser.add_argument("--url", metavar="URL", required=True, help="the address of the notes' site (required)")
    parser.add_argument("--kind", choices=("atom", "json"), default="atom", help="the kind of feed, by default atom")
    parser.add_argument("--title", metavar="TITLE", default="Weeknotes", help="the feed's title, by default Weeknotes")
    parser.add_argument("--author", metavar="NAME", help="the author of the notes, by default the title")
    parser.add_argument("--feed-url", metavar="URL", help="the address of the feed itself")
    parser.set_defaults(run=feed)
    parser = commands.add_parser(
        "export",
        help="write the items of weeknotes as JSON Lines, CSV or SQLite",
        description="Writes a row for each list item and paragraph: note, week, publication date, section, role, "
        "words, links, file and lines. The SQLite database has tables for notes, sections, items and links, and a "
        "full-text index of the items; a second run replaces what changed and removes what is gone.",
        epilog="example:\n  weeknote export content/weeknotes --to sqlite -o weeknotes.db",
    )
    add_notes(parser)
    parser.add_argument(
        "--to", choices=("jsonl", "csv", "sqlite"), required=True, help="the format to write (required)"
    )
    parser.set_defaults(run=export)


def add_notes(parser: argparse.ArgumentParser) -> None:
    """Add the notes that a command reads, and the file it writes."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="weeknotes, archives or folders")
    parser.add_argument("-o", "--output", metavar="OUT", help="the file to write; by default standard output")


def feed(given: argparse.Namespace) -> int:
    """Make a feed and return the exit status."""
    import weeknote
    from weeknote.cli.terminal import Progress
    from weeknote.nodes.document import notes_in
    from weeknote.web.to_feed import published_on

    with Progress() as progress:
        notes = []
        for name, held in read_notes(given.paths, progress):
            for note in notes_in(held):
                try:
                    published_on(note)
                    notes.append(note)
                except UndatedNoteError as error:
                    progress.fail(f"{display_name(name)}: {error.message}")
    if progress.failures and not notes:
        return FAILED  # an empty feed would replace the one that is published
    how = {"title": given.title, "url": given.url, "author": given.author, "feed_url": given.feed_url}
    try:
        text = weeknote.to_feed(notes, given.kind, **how)
    except ValueError as error:
        raise CommandError(error) from None
    write_output(text, given.output)
    return FAILED if progress.failures else CLEAN


def export(given: argparse.Namespace) -> int:
    """Export items and return the exit status."""
    from weeknote.cli.terminal import Progress
    from weeknote.errors import WeeknoteError, reason
    from weeknote.series.export import csv_lines, json_lines, update_database

    if given.to == "sqlite" and given.output in (None, "-"):
        raise CommandError("SQLite is written to a file; name it with --output")
    with Progress() as progress:
        files = read_notes(given.paths, progress)
        first = next(files, None)
        if first is None and progress.failures:
            return FAILED  # a mistyped name would empty the database
        found = chain(() if first is None else (first,), files)
        try:
            if given.to == "sqlite":
                update = update_database(given.output, found)
                counts = {name: getattr(update, name) for name in ("added", "changed", "removed", "unchanged")}
                progress.note(", ".join(f"{count:,} {name}" for name, count in counts.items()))
            else:
                lines = (csv_lines if given.to == "csv" else json_lines)(held for _, held in found)
                end = "\r\n" if given.to == "csv" else "\n"
                write_output("".join(f"{line}{end}" for line in lines), given.output)
        except BrokenPipeError:
            raise
        except (OSError, WeeknoteError) as error:
            raise CommandError(f"{given.output}: {reason(error)}") from None
    return FAILED if progress.failures else CLEAN


def read_notes(paths: list[str], progress: Progress) -> Iterator[tuple[str, Weeknote | Archive]]:
    """Yield the files that paths mean, each with what it holds; what goes wrong is reported."""
    from weeknote.cli.file_selection import each_file

    for file in each_file(paths, progress):
        try:
            held = read_note(file)
        except CommandError as error:
            progress.fail(error)
        else:
            yield file, held
