"""One text in and out of a command: read it, prove that its new text means the same, and write it."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from weeknote.cli.command import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote import Archive, Weeknote


def display_name(name: str) -> str:
    """Return the name of a file for messages."""
    return "standard input" if name == "-" else name


@contextlib.contextmanager
def reading(name: str) -> Iterator[None]:
    """Read a file or standard input in the body."""
    from weeknote.codec.files import why_unreadable
    from weeknote.errors import NotTextError

    if name == "-" and sys.stdin is None:
        raise CommandError("standard input is closed; pipe a text into it, or name a file")
    try:
        yield
    except NotTextError as error:
        error.path = display_name(name)
        raise CommandError(str(error)) from None
    except (OSError, MemoryError, ValueError) as error:  # ValueError: a NUL in a name
        raise CommandError(f"{display_name(name)}: {why_unreadable(error)}") from None


def read_input(name: str) -> str:
    """Return the text of a file or of standard input, unchanged."""
    from weeknote.codec.files import read_standard_input, read_text

    with reading(name):
        return read_standard_input() if name == "-" else read_text(name)


def parse_input(text: str, name: str, dialect: str | None) -> Weeknote | Archive:
    """Return the archive in a text, or its only note."""
    import weeknote
    from weeknote.codec.files import dialect_of_name

    if dialect is None and name.lower().endswith(".json"):
        raise CommandError(
            f"{name}: its name says that it is JSON; convert it with `weeknote convert`, or pass --dialect"
        )
    return weeknote.parse_any(text, dialect=dialect or dialect_of_name(name), name=None if name == "-" else name)


def verified_text(
    new: Weeknote | Archive, expected: Weeknote | Archive, name: str, dialect: str | None, *, ours: bool = True
) -> str:
    """Return the text of a note, after reading it again as its file will be read and comparing the result.

    With `ours`, only a bug in this package can make them differ.
    """
    import weeknote
    from weeknote.codec.files import dialect_of_name

    try:
        text = weeknote.dump(new)
    except weeknote.CannotExpressError as error:
        raise CommandError(
            f"{display_name(name)}: {error.message}{excerpt_of(error.node)}; the file is unchanged"
        ) from None
    read = weeknote.parse_archive if isinstance(expected, weeknote.Archive) else weeknote.parse
    again = read(text, dialect=dialect or dialect_of_name(name), name=None if name == "-" else name)
    if again.dialect != expected.dialect:
        names = {"markdown": "Markdown", "text": "plain text"}
        raise CommandError(
            f"{display_name(name)}: the new text would be read as {names[again.dialect]}, not as "
            f"{names[expected.dialect]}; the file is unchanged; pass `--dialect {expected.dialect}`, or rename the file"
        )
    if again != expected:
        what = "this is a bug in weeknote: please report it with this text" if ours else "write it in an editor"
        raise CommandError(
            f"{display_name(name)}: the new text would mean something else; the file is unchanged; {what}"
        )
    return text


def excerpt_of(node: object) -> str:
    """Return the first words of a node in brackets; an empty string if it has none.

    >>> import weeknote
    >>> excerpt_of(weeknote.Paragraph("1. May was warm"))
    ' (“1. May was warm”)'
    """
    from weeknote import Paragraph
    from weeknote.lint.printable import shorten, visible
    from weeknote.nodes.block import Inline

    if isinstance(node, Inline):
        node = Paragraph((node,))
    found = (getattr(node, name, None) for name in ("text", "title", "value"))
    words = next((each for each in found if isinstance(each, str) and each.strip()), "")
    return f" (“{shorten(visible(words), 60)}”)" if words else ""


def encode(text: str, name: str) -> bytes:
    """Return a text in UTF-8."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise CommandError(
            f"{display_name(name)}: a lone surrogate cannot be encoded as UTF-8; remove the character"
        ) from None


class ChangedMeanwhileError(CommandError):
    """A file changed between reading and writing it."""


def save(text: str, name: str, *, replacing: str | None = None) -> None:
    """Replace a file's text atomically, if that changes it.

    Args:
        text: the new text.
        name: the file.
        replacing: the text that the new one was made from; None replaces whatever the file holds.

    Raises:
        ChangedMeanwhileError: the file no longer holds `replacing`.
        CommandError: it cannot be written; it is unchanged.
    """
    from pathlib import Path

    from weeknote.codec.files import FileChangedError, write_bytes

    content = encode(text, name)
    try:
        path = Path(name)
        if path.is_dir():
            raise CommandError(f"{name}: is a directory; name a file in it")
        if replacing is not None and path.exists() and not path.is_file():
            raise CommandError(f"{name}: is not a regular file and cannot be replaced; use `-`")
        write_bytes(content, name, replacing=None if replacing is None else encode(replacing, name))
    except FileChangedError:
        raise ChangedMeanwhileError(f"{name}: changed while it was being edited; run the command again") from None
    except FileNotFoundError:
        raise CommandError(f"{name}: no such folder; create it, or check the name") from None
    except PermissionError:
        raise CommandError(f"{name}: permission denied; change the permissions of the file or its folder") from None
    except OSError as error:
        raise CommandError(f"{name}: cannot be written ({error.strerror or error}); the file is unchanged") from None
    except ValueError:  # a NUL in the name
        raise CommandError(f"{name}: not a possible file name; check the name") from None


def print_text(text: str) -> None:
    """Print a text: byte for byte into a file or pipe, with escapes for control characters at a terminal."""
    from weeknote.cli.terminal import put, put_bytes
    from weeknote.lint.printable import safe

    content = encode(text, "-")
    if getattr(sys.stdout, "buffer", None) is None or sys.stdout.isatty():
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []
        put("\t".join(map(safe, line.split("\t"))) for line in lines)
    else:
        put_bytes(content)


def print_patch(lines: Iterable[str]) -> None:
    """Print a unified diff: byte for byte into a file or pipe, coloured and with escapes at a terminal."""
    from weeknote.cli.terminal import put, put_bytes, style_of_output
    from weeknote.lint.printable import safe

    if getattr(sys.stdout, "buffer", None) is not None and not sys.stdout.isatty():
        put_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
        return
    style = style_of_output()
    put(style.patch("\t".join(map(safe, line.split("\t")))) for line in lines)
