"""`weeknote convert`: write a note in the other dialect or as JSON, or read that JSON again."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from weeknote.cli.command import CLEAN, FAILED, FOUND, CommandError, add_dialect
from weeknote.cli.text_io import display_name, excerpt_of, parse_input, print_text, read_input, save
from weeknote.lint.printable import counted, visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from weeknote import Archive, Weeknote
    from weeknote.cli.command import Subcommands
    from weeknote.cli.terminal import Progress
    from weeknote.conversion.convert import Loss

OBJECT = re.compile(r'\s*\{\s*["}]')
"""The beginning of a JSON object; `{{<` and `{%` are what sites put into their notes."""
NOT_IN_JSON = r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""Characters that JSON allows unescaped, but a terminal or UTF-8 does not."""


SUFFIX = {"markdown": ".md", "text": ".txt", "html": ".html", "json": ".json"}
"""The forms that are written, and the suffixes of their files."""


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "convert",
        help="write weeknotes as Markdown, plain text, HTML or JSON",
        description="Prints a note or an archive in another format, or converts many files with --into. What that "
        "format cannot express is a loss, reported on standard error with its line. Words and addresses are kept. "
        "JSON loses nothing. HTML is a complete page that needs no other files. Files that end in `.json`, and "
        "standard input that begins with `{` and a key, are read as JSON made by this command. With --strict, a "
        "file with losses is not converted, and the exit status is 1.",
        epilog="example:\n  weeknote convert notes.txt --to markdown -o notes.md",
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="weeknotes or archives in UTF-8, JSON made by this command, or folders; `-` is standard input",
    )
    parser.add_argument("--to", choices=tuple(SUFFIX), required=True, help="the format to write (required)")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="the file to write; by default, or with `-`, standard output"
    )
    parser.add_argument(
        "--into", metavar="FOLDER", help="the folder to write to; each file keeps its name and gets the format's suffix"
    )
    parser.add_argument(
        "--front-matter",
        choices=("hugo", "jekyll", "eleventy"),
        help="with --to markdown, write the title and date as front matter for this site generator",
    )
    parser.add_argument("--strict", action="store_true", help="write nothing for a file that would lose something")
    add_dialect(parser)
    parser.set_defaults(run=convert)


def convert(given: argparse.Namespace) -> int:
    """Convert files and return the exit status."""
    from weeknote.cli.terminal import Progress

    if given.into is None:
        return convert_one(given)
    if given.output is not None:
        raise CommandError("--output names a file and --into a folder; pass one of them")
    if "-" in given.files:
        raise CommandError("standard input has no name; use --output instead of --into")
    status = CLEAN
    with Progress() as progress:
        for name, target in targets(given, progress):
            try:
                text = converted_text(name, given, progress)
                if text is None:
                    status = FOUND
                else:
                    make_folder(target.parent)
                    place(text, str(target), name)
            except CommandError as error:
                progress.fail(error)
    return FAILED if progress.failures else status


def convert_one(given: argparse.Namespace) -> int:
    """Convert one file to standard output or to a file, and return the exit status."""
    from pathlib import Path

    from weeknote.cli.terminal import Progress

    if len(given.files) > 1 or (given.files[0] != "-" and Path(given.files[0]).is_dir()):
        raise CommandError("to convert a folder or several files, pass a folder for the results with --into")
    with Progress() as progress:
        text = converted_text(given.files[0], given, progress)
    if text is None:
        return FOUND
    write_output(text, given.output, given.files[0])
    return CLEAN


def targets(given: argparse.Namespace, progress: Progress) -> Iterator[tuple[str, Path]]:
    """Yield the files to convert, each with the file to write."""
    from pathlib import Path

    from weeknote.cli.file_selection import each_file

    for path in given.files:
        for found in each_file([path], progress):
            own = Path(found).relative_to(path) if found != path else Path(Path(found).name)
            yield found, Path(given.into, own.with_suffix(SUFFIX[given.to]))


def converted_text(name: str, given: argparse.Namespace, progress: Progress) -> str | None:
    """Return a file's text in the requested format, and report losses; None if they are not allowed."""
    note = opened(name, given.dialect)
    text, losses = converted(note, given.to, name)
    if given.front_matter is not None:
        text = with_title_in_front(text, given, name)
    progress.clear()
    print_losses(losses, display_name(name))
    if losses and given.strict:
        progress.note(f"{display_name(name)}: {counted(len(losses), 'loss')}, so --strict writes nothing")
        return None
    return text


def with_title_in_front(text: str, given: argparse.Namespace, name: str) -> str:
    """Return Markdown with the note's title and date in front matter."""
    import weeknote
    from weeknote.web.assembly import with_front_matter

    if given.to != "markdown":
        raise CommandError("--front-matter is for Markdown; pass --to markdown")
    note = weeknote.parse_any(text, dialect="markdown", name=None if name == "-" else name)
    if isinstance(note, weeknote.Archive):
        raise CommandError(f"{display_name(name)}: holds several notes, and front matter is for one; split the file")
    try:
        return weeknote.dump(with_front_matter(note, given.front_matter))
    except weeknote.CannotExpressError as error:
        raise CommandError(f"{display_name(name)}: {error.message}{excerpt_of(error.node)}") from None


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, unless they exist."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{folder}: cannot be created ({error.strerror or error}); check --into") from None


def opened(name: str, dialect: str | None) -> Weeknote | Archive:
    """Return the note or archive in a file of text or JSON."""
    text = read_input(name)
    if dialect is None and (OBJECT.match(text) if name == "-" else name.lower().endswith(".json")):
        return from_json(text, name)
    return parse_input(text, name, dialect)


def from_json(text: str, name: str) -> Weeknote | Archive:
    """Return the note or archive that some JSON describes."""
    import json

    import weeknote

    try:
        value = json.loads(text.removeprefix("\ufeff"))
        note = weeknote.from_dict(value)
    except json.JSONDecodeError as error:
        what = "not JSON" + ("" if OBJECT.match(text) else ", although its name says so")
        raise CommandError(
            f"{display_name(name)}:{error.lineno}:{error.colno}: {what}: {error.msg}; fix it there"
        ) from None
    except weeknote.InvalidDictError as error:
        raise CommandError(f"{display_name(name)}: {error}") from None
    except RecursionError:
        raise CommandError(f"{display_name(name)}: its arrays and objects are nested too deeply for a note") from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise CommandError(f"{display_name(name)}: a number in it is too long for a note") from None
    if not isinstance(note, weeknote.Weeknote | weeknote.Archive):
        kind = type(note).__name__
        raise CommandError(f"{display_name(name)}: this is a {kind}; put it into a Weeknote or an Archive")
    return note


def converted(note: Weeknote | Archive, to: str, name: str) -> tuple[str, tuple[Loss, ...]]:
    """Return a note in the requested format, and its losses."""
    import weeknote
    from weeknote.conversion.convert import convert
    from weeknote.web.to_html import render

    try:
        if to == "json":
            return as_json(weeknote.to_dict(note)), ()
        if to == "html":
            page = render(note, page=True)
            return page.html, page.losses
        done = convert(note, to)
    except weeknote.CannotExpressError as error:
        raise CommandError(f"{display_name(name)}: {error.message}{excerpt_of(error.node)}") from None
    except RecursionError:
        raise CommandError(
            f"{display_name(name)}: its lists or quotations are nested too deeply; split some up"
        ) from None
    return done.text, done.losses


def as_json(value: dict[str, Any]) -> str:
    r"""Return JSON on many lines, with `\u` for what a terminal may stumble over.

    >>> print(as_json({"type": "Text", "value": "a\x9bb’s"}), end="")
    {
      "type": "Text",
      "value": "a\u009bb’s"
    }
    """
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(NOT_IN_JSON, lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def print_losses(losses: Iterable[Loss], name: str) -> None:
    """Print each loss on a line of standard error: where, and what."""
    for loss in losses if sys.stderr is not None else ():
        start = None if loss.position is None else loss.position.start
        place = name if start is None else f"{name}:{start.line}:{start.column}"
        sys.stderr.write(visible(f"{place}: {loss.reason}{excerpt_of(loss.node)}") + "\n")


def write_output(text: str, output: str | None, source: str = "-") -> None:
    """Write a text to a file as `place` does, or to standard output."""
    if output is None or output == "-":
        print_text(text)
    else:
        place(text, output, source)


def place(text: str, output: str, source: str) -> None:
    """Write a text to a file, which is not the one it was made from."""
    from pathlib import Path

    path = Path(output)
    try:
        if source != "-" and path.exists() and path.samefile(source):
            raise CommandError(f"{output}: is the file being converted; give another name")
    except OSError as error:
        raise CommandError(f"{output}: cannot be written ({error.strerror or error}); check the name") from None
    save(text, output)
