"""`weeknote import`: pages, feeds and exports to files of notes."""

from __future__ import annotations

import csv
import functools
import os
import re
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from weeknote.cli.command import CLEAN, FAILED, CommandError, add_paths, check_stdin_once, iso_date
from weeknote.cli.commands.convert import make_folder, print_losses
from weeknote.cli.text_io import display_name, reading, save

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from weeknote.cli.command import Subcommands
    from weeknote.web import Imported
    from weeknote.web.substack import ExportedPost

PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom")
NOTES = (".md", ".markdown", ".mdx")

TAG = re.compile(rb"<\x00?[A-Za-z!?]")
"""The beginning of a tag, comment or declaration, also in UTF-16."""

MEDIUM_DRAFT = "draft_"
"""The beginning of the names of drafts in a Medium export."""

SUBSTACK_PAGE = re.compile(r"[0-9]{1,20}\..*\.html")

NAME = "{date}-{slug}.md"

FIELD = re.compile(r"\{(\w*)\}")
FIELDS = ("date", "year", "month", "day", "week", "slug")
NOT_IN_NAMES = re.compile(r"[^\w.+-]+|_")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
MAX_NAME = 100
"""Bytes in the name of a file or folder; file systems take 255, and something may be added."""


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        help="turn web pages, feeds and exports into Markdown files",
        description="Writes each note on a web page, or in a feed or export, to a Markdown file, and prints the file's "
        "name. What Markdown cannot express is a loss, reported on standard error with its line in the new file. "
        "Nothing is fetched from the web, and no file is replaced without --force. Folders are searched for pages "
        "and feeds at any depth. From a WordPress or Ghost export, only posts whose title, category or tag says that "
        "they are weeknotes are imported.",
        epilog="example:\n  weeknote import export.xml --into content/weeknotes --front-matter hugo",
    )
    add_paths(parser, "pages, feeds, exports or folders")
    parser.add_argument(
        "--into",
        metavar="FOLDER",
        default=".",
        help="the folder to write to, by default the current one; created if missing",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        default=NAME,
        help=f"what a file is called, by default `{NAME}`; also `{{year}}` and `{{week}}` (ISO 8601), `{{month}}` and "
        "`{day}`; a slash makes a folder",
    )
    parser.add_argument(
        "--front-matter",
        choices=("hugo", "jekyll", "eleventy", "none"),
        default="hugo",
        help="the site generator whose front matter to write; with `none`, the title becomes a heading",
    )
    parser.add_argument("--url", metavar="URL", help="the address of the page or feed, for relative links in it")
    parser.add_argument(
        "--since", metavar="DATE", type=iso_date, help="skip what was published before this date, such as 2024-09-16"
    )
    parser.add_argument("--drafts", action="store_true", help="import the drafts in an export too")
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.set_defaults(run=import_notes)


def import_notes(given: argparse.Namespace) -> int:
    """Make files of notes and return the exit status."""
    from weeknote.cli.terminal import Progress, put
    from weeknote.lint.printable import visible

    check_stdin_once(given.paths)
    taken: set[Path] = set()
    with Progress() as progress:
        for name in sources(given.paths):
            try:
                for imported in read(name, given):
                    target = place(imported, given, taken)
                    taken.add(target)
                    written = write(imported, target, force=given.force)
                    progress.clear()
                    print_losses(imported.losses, str(target))
                    put([visible(str(target))] if written else [])
            except CommandError as error:
                progress.fail(error)
            progress.advance(name)
        if not progress.done:
            progress.fail(f"{given.paths[0]}: no page or feed in this folder ({', '.join((*PAGES, *FEEDS))})")
    return FAILED if progress.failures else CLEAN


def sources(paths: list[str]) -> Iterator[str]:
    """Yield the files that paths mean, those of folders in the order of their names."""
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (str(Path(folder, name)) for name in sorted(files) if name.lower().endswith((*PAGES, *FEEDS)))


def read(name: str, given: argparse.Namespace) -> list[Imported]:
    """Return the notes in a file."""
    import weeknote
    from weeknote.web.substack import whole_page

    style = None if given.front_matter == "none" else given.front_matter
    try:
        content = content_of(name)
        if is_feed(content, name):
            found = list(weeknote.from_feed(content, url=given.url, drafts=given.drafts, front_matter=style))
        elif name.lower().endswith(NOTES) or not TAG.search(content):
            raise CommandError(f"{display_name(name)}: neither a page nor a feed; Markdown needs no import")
        else:
            post = substack_post(name)
            page = content if post is None else whole_page(content.decode("utf-8", "replace"), post)
            is_draft = Path(name).name.startswith(MEDIUM_DRAFT) if post is None else not post.is_published
            pages = [page] if given.drafts or not is_draft else []
            found = [weeknote.from_html(each, url=given.url, front_matter=style) for each in pages]
    except weeknote.WeeknoteError as error:
        raise CommandError(f"{display_name(name)}: {error.message}") from None
    if given.since is None:
        return found
    return [one for one in found if one.published is None or one.published >= given.since]


def substack_post(name: str) -> ExportedPost | None:
    """Return what the table of a Substack export says about a page; None for other files."""
    if not SUBSTACK_PAGE.fullmatch(Path(name).name):
        return None
    folder = Path(name).parent
    for table in (folder / "posts.csv", folder.parent / "posts.csv"):
        if table.is_file():
            return _substack_table(table.resolve()).get(Path(name).stem)
    return None


@functools.lru_cache(maxsize=4)
def _substack_table(path: Path) -> dict[str, ExportedPost]:
    from weeknote.web.substack import read_table

    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return read_table(lines)
    except (OSError, csv.Error) as error:
        raise CommandError(f"{path}: cannot be read as the table of an export ({error}); save it again") from None


def content_of(name: str) -> bytes:
    """Return the bytes of a file or of standard input."""
    with reading(name):
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def is_feed(content: bytes, name: str) -> bool:
    """Return whether bytes are a feed rather than a page, by their first tag.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>", "a"), is_feed(b"<!DOCTYPE html><html>", "a.xml")
    (True, False)
    """
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{") or re.search(rb"<(?:rss|feed|rdf:rdf)\b", start):
        return True
    return name.lower().endswith(FEEDS) and b"<html" not in start


def place(imported: Imported, given: argparse.Namespace, taken: set[Path]) -> Path:
    """Return the file for a note, in the folder that was asked for, and none that this run has written."""
    values = fields(imported)

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise CommandError(f"--name: unknown field {found[0]}; the fields are {known}")
        return values[found[1]]

    parts = [safe_name(FIELD.sub(value, part)) for part in given.name.replace("\\", "/").split("/")]
    if not parts[-1]:
        raise CommandError(f"--name: {given.name!r} makes no usable file name; end it with `{{slug}}.md`")
    target = Path(given.into, *[part for part in parts if part])
    number, plain = 2, target
    while target in taken:
        target, number = plain.with_stem(f"{plain.stem}-{number}"), number + 1
    return target


def fields(imported: Imported) -> dict[str, str]:
    """Return the fields for the name of a note's file.

    >>> import weeknote
    >>> imported = weeknote.from_html("<title>Week 12: maps</title><time datetime='2024-03-22'></time><p>All good.")
    >>> fields(imported)["slug"], fields(imported)["week"]
    ('week-12-maps', '12')
    """
    note = imported.note
    start = note.weeks[0].start if note.weeks else None
    when = imported.published or start
    week = start or when
    slug = re.sub(r"[\W_]+", "-", (note.headline or "").casefold()).strip("-")
    slug = slug.encode()[: MAX_NAME - 30].decode(errors="ignore").strip("-")
    if when is None or week is None:
        return {**dict.fromkeys(FIELDS, "undated"), "slug": slug or "weeknote"}
    year, number, _ = week.isocalendar()
    return {
        "date": when.isoformat(),
        "year": str(year),
        "month": f"{when.month:02}",
        "day": f"{when.day:02}",
        "week": f"{number:02}",
        "slug": slug or "weeknote",
    }


def safe_name(part: str) -> str:
    """Return a part of a path as one that every file system takes and that leads nowhere else; `""` for none.

    >>> [safe_name(part) for part in ("..", "a:b?.md", "CON.md", "week 12.md")]
    ['', 'a-b-.md', 'x-CON.md', 'week-12.md']
    """
    name = NOT_IN_NAMES.sub("-", part).strip(".-").strip()
    name = f"x-{name}" if RESERVED.match(name) else name
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix).encode()[: MAX_NAME - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix if stem else ""


def write(imported: Imported, target: Path, *, force: bool) -> bool:
    """Write a note to its file, and return whether the file changed."""
    import weeknote

    text = weeknote.dump(imported.note)
    make_folder(target.parent)
    try:
        if target.exists() and not force:
            if target.is_file() and target.read_bytes() == text.encode("utf-8", "replace"):
                return False
            raise CommandError(f"{target}: exists; pass --force to replace it, or another --into or --name")
    except OSError as error:
        raise CommandError(f"{target}: cannot be written ({error.strerror or error}); check --into") from None
    save(text, str(target))
    return True
