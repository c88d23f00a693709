"""`weeknote convert`: a note in the other dialect, or as JSON, or out of JSON again.

What it needs is imported when it runs, so that `weeknote --help` does not wait for it.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from weeknote.cli.commands.fmt import (
    CLEAN,
    DIALECT,
    FAILED,
    FOUND,
    CommandError,
    Row,
    encoded,
    named,
    put_text,
    save,
    text_of,
    understood,
    words_of,
)

if TYPE_CHECKING:
    import argparse

    from weeknote import Archive, Weeknote
    from weeknote.conversion.convert import Loss

CONVERT: tuple[str, str, str, tuple[Row, ...]] = (
    "convert",
    "write a weeknote as Markdown, plain text or JSON",
    "Prints a note or an archive in another form. What that form cannot say is a loss, a line on standard error, with "
    "its place; every word and address stays all the same. JSON loses nothing. A file whose name ends in `.json`, "
    "or standard input that begins with `{` and a key, is read as such JSON. With `--strict` a loss is status 1, and "
    "then nothing is printed or written.",
    (
        (
            ("file",),
            "a weeknote or an archive in UTF-8, or JSON made by this command; `-` is standard input",
            {"metavar": "FILE"},
        ),
        (("--to",), "the form to write", {"choices": ("markdown", "text", "json"), "required": True}),
        (("-o", "--output"), "the file to write; without it, or with `-`, standard output", {"metavar": "OUT"}),
        (("--strict",), "write nothing if anything would be lost", {"action": "store_true"}),
        DIALECT,
    ),
)
"""The name, the short and the long help, and the arguments of `weeknote convert`."""

OBJECT = re.compile(r'\s*\{\s*["}]')
"""How a JSON object begins; `{{<` and `{%` are what sites put into their notes."""
NOT_IN_JSON = r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What JSON may hold as it is, and a terminal or UTF-8 may not."""


def convert(given: argparse.Namespace) -> int:
    """Convert a file and return the exit status."""
    from weeknote.cli.terminal import say
    from weeknote.lint.printable import visible

    try:
        note = opened(given.file, given.dialect)
        text, losses = converted(note, given.to, given.file)
        for loss in losses:
            if sys.stderr is not None:
                sys.stderr.write(f"{visible(line_of(loss, given.file))}\n")
        if losses and given.strict:
            number = f"{len(losses):,} loss{'es' * (len(losses) != 1)}"
            say(f"{named(given.file)}: {number}, so with --strict nothing is written")
            return FOUND
        if given.output is None or given.output == "-":
            put_text(text)
        else:
            place(text, given.output, given.file)
    except CommandError as error:
        say(error)
        return FAILED
    return CLEAN


COMMANDS = ((CONVERT, convert),)
"""The commands of this module, for the table of all commands."""


def opened(name: str, dialect: str | None) -> Weeknote | Archive:
    """Return what a file holds, be it a text or JSON.

    Raises:
        CommandError: it cannot be read.
    """
    text = text_of(name)
    if dialect is None and (OBJECT.match(text) if name == "-" else name.lower().endswith(".json")):
        return from_json(text, name)
    return understood(text, name, dialect)


def from_json(text: str, name: str) -> Weeknote | Archive:
    """Return the note or archive of which a text is the JSON.

    Raises:
        CommandError: it is not JSON, or not that of a note or archive.
    """
    import json

    import weeknote

    try:
        value = json.loads(text.removeprefix("\ufeff"))
        note = weeknote.from_dict(value)
    except json.JSONDecodeError as error:
        what = "this is not JSON" + (" but a text; its name says JSON" if not OBJECT.match(text) else "")
        raise CommandError(f"{named(name)}:{error.lineno}:{error.colno}: {what}: {error.msg}; mend it there") from None
    except weeknote.InvalidDictError as error:
        raise CommandError(f"{named(name)}: {error}") from None
    except RecursionError:
        raise CommandError(f"{named(name)}: its arrays and objects are nested too deeply to be a note’s") from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise CommandError(f"{named(name)}: a number in it is too long to be a note’s") from None
    if not isinstance(note, weeknote.Weeknote | weeknote.Archive):
        kind = type(note).__name__
        raise CommandError(f"{named(name)}: this is a {kind} alone; put it into a Weeknote or an Archive")
    return note


def converted(note: Weeknote | Archive, to: str, name: str) -> tuple[str, tuple[Loss, ...]]:
    """Return a note in the form asked for, and what that form does not say.

    Raises:
        CommandError: it has no way to write the note at all; only a note from JSON can be like that.
    """
    import weeknote
    from weeknote.conversion.convert import convert

    try:
        if to == "json":
            return as_json(weeknote.to_dict(note)), ()
        done = convert(note, to)
    except weeknote.CannotExpressError as error:
        raise CommandError(f"{named(name)}: {error.message}{words_of(error.node)}") from None
    except RecursionError:
        raise CommandError(f"{named(name)}: its lists or quotations are nested too deeply; take some apart") from None
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


def line_of(loss: Loss, name: str) -> str:
    """Return a loss on one line: where, and what."""
    if loss.position is None:
        return f"{named(name)}: {loss.reason}{words_of(loss.node)}"
    start = loss.position.start
    return f"{named(name)}:{start.line}:{start.column}: {loss.reason}{words_of(loss.node)}"


def place(text: str, output: str, source: str) -> None:
    """Write a text to a file, which is not the one it was made from.

    Raises:
        CommandError: it cannot be written.
    """
    from pathlib import Path

    path = Path(output)
    try:
        if source != "-" and path.exists() and path.samefile(source):
            raise CommandError(f"{output}: is the very file that is converted; give another name")
        if path.exists() and not (path.is_file() or path.is_dir()):
            content = encoded(text, output)
            with path.open("wb") as device:  # such as /dev/null
                device.write(content)
            return
    except OSError as error:
        raise CommandError(f"{output}: cannot be written ({error.strerror or error}); check the name") from None
    save(text, output)
