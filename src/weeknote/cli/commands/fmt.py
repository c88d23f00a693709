"""`weeknote fmt`, and how a command reads one text, proves its new text, and hands that out.

What it needs is imported when it runs, so that `weeknote --help` does not wait for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from weeknote import Archive, Weeknote

CLEAN, FOUND, FAILED = 0, 1, 2

Row = tuple[tuple[str, ...], str, dict[str, Any]]
"""An argument: its names, what it is, and the rest for `argparse`."""

DIALECT: Row = (
    ("--dialect",),
    "how it is written; without it the file’s suffix tells, else the text",
    {"choices": ("markdown", "text")},
)

FMT: tuple[str, str, str, tuple[Row, ...]] = (
    "fmt",
    "write weeknotes the one canonical way",
    "Normalises each file in its place: markers, blank lines, line ends and the like become the same everywhere, and "
    "what the note means stays. A file is written only if it changes, in one step, and only after its new text was "
    "read again and means the same; else it stays as it was, and the status is 2. With `--check` or `--diff` nothing "
    "is written, and the status is 1 if a file would change. Standard input is normalised to standard output.",
    (
        (("files",), "weeknotes or archives in UTF-8; `-` is standard input", {"metavar": "FILE", "nargs": "+"}),
        (("--check",), "write nothing, and print the names of the files that would change", {"action": "store_true"}),
        (("--diff",), "write nothing, and print what would change as a patch", {"action": "store_true"}),
        DIALECT,
    ),
)
"""The name, the short and the long help, and the arguments of `weeknote fmt`."""


class CommandError(Exception):
    """One file cannot be done and stays as it was; the message names it and says what to do."""


def fmt(given: argparse.Namespace) -> int:
    """Normalise files and return the exit status."""
    from weeknote.cli.terminal import Progress, put, say
    from weeknote.lint.file_check import unified_diff
    from weeknote.lint.printable import visible

    if given.files.count("-") > 1:
        say("standard input can be read only once; give `-` once")
        return FAILED
    changed = failures = 0
    with Progress(len(given.files)) as progress:
        for name in progress.each(given.files):
            try:
                old, new = normalized(name, given.dialect)
                if not (given.check or given.diff) and name != "-" and new != old:
                    save(new, name)
            except CommandError as error:
                progress.erase()
                say(error)
                failures += 1
                continue
            changed += new != old
            with progress.erased():
                if given.diff:
                    put_text(
                        "".join(f"{line}\n" for line in unified_diff(name.removeprefix("./"), old, new)), ends=True
                    )
                elif given.check:
                    put([visible(name)] if new != old else [])
                elif name == "-":
                    put_text(new)
    if given.check or given.diff or given.files != ["-"]:
        said = f"{changed:,} of {len(given.files):,} file{'s' * (len(given.files) != 1)}"
        said += " would change" if given.check or given.diff else " changed"
        say(said + (f"; {failures:,} failure{'s' * (failures != 1)}" if failures else ""))
    if failures:
        return FAILED
    return FOUND if changed and (given.check or given.diff) else CLEAN


def normalized(name: str, dialect: str | None) -> tuple[str, str]:
    """Return the text of a file, and the canonical text that was proven to mean the same.

    Raises:
        CommandError: it cannot be read, or no such text was found.
    """
    from weeknote.conversion.normalize import normalize

    old = text_of(name)
    note = understood(old, name, dialect)
    return old, proven(normalize(note), note, name, dialect)


COMMANDS = ((FMT, fmt),)
"""The commands of this module, for the table of all commands."""

# --- a text in


def named(name: str) -> str:
    """Return what messages call a file."""
    return "standard input" if name == "-" else name


def text_of(name: str) -> str:
    """Return the text of a file or of standard input, every character of it.

    Raises:
        CommandError: it cannot be read.
    """
    import weeknote
    from weeknote.codec.files import read_standard_input, read_text

    try:
        if name != "-":
            return read_text(name)
        if sys.stdin is None:
            raise CommandError("standard input is closed; send it a text, or give a file")
        return read_standard_input()
    except weeknote.NotTextError as error:
        error.path = named(name)
        raise CommandError(str(error)) from None
    except (OSError, MemoryError, ValueError) as error:  # ValueError: a NUL in a name
        raise CommandError(f"{named(name)}: {advice(error)}") from None


def advice(error: Exception) -> str:
    """Return why a file cannot be read and what to do about it.

    >>> advice(FileNotFoundError())
    'there is no such file; check the name'
    """
    match error:
        case FileNotFoundError() | NotADirectoryError() | ValueError():
            return "there is no such file; check the name"
        case IsADirectoryError():
            return "is a directory; name the files in it"
        case PermissionError():
            return "may not be read; change its permissions, or run as someone who may read it"
        case MemoryError():
            return "is too large for the memory of this machine; split it"
        case _:
            return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file and its name"


def understood(text: str, name: str, dialect: str | None) -> Weeknote | Archive:
    """Return what a text holds: an archive of several notes, or one note.

    Raises:
        CommandError: the file's name says that it is no text.
    """
    import weeknote
    from weeknote.codec.files import dialect_of_name

    if dialect is None and name.lower().endswith(".json"):
        raise CommandError(f"{name}: is JSON by its name; make a text of it with `weeknote convert`, or say --dialect")
    return weeknote.parse_any(text, dialect=dialect or dialect_of_name(name), name=None if name == "-" else name)


# --- a text out


def proven(
    new: Weeknote | Archive, meant: Weeknote | Archive, name: str, dialect: str | None, *, mine: bool = True
) -> str:
    """Return the text of a note after it was read again, as its file will be, and found to mean what was meant.

    Args:
        new: what to write.
        meant: what it is to mean.
        name: the file.
        dialect: the dialect that was said for it.
        mine: whether only a bug of this package can make the meaning differ.

    Raises:
        CommandError: it cannot be written, or means something else.
    """
    import weeknote
    from weeknote.codec.files import dialect_of_name

    try:
        text = weeknote.dump(new)
    except weeknote.CannotExpressError as error:
        raise CommandError(f"{named(name)}: {error.message}{words_of(error.node)}; it stays as it was") from None
    read = weeknote.parse_archive if isinstance(meant, weeknote.Archive) else weeknote.parse
    again = read(text, dialect=dialect or dialect_of_name(name), name=None if name == "-" else name)
    if again.dialect != meant.dialect:
        kind = {"markdown": "Markdown", "text": "plain text"}
        raise CommandError(
            f"{named(name)}: its new text would be taken for {kind[again.dialect]} and not for {kind[meant.dialect]}; "
            f"it stays as it was; say `--dialect {meant.dialect}`, or give it a suffix that tells"
        )
    if again != meant:
        what = "that is a bug in weeknote: please report it with this text" if mine else "write it in an editor"
        raise CommandError(f"{named(name)}: its new text would not mean what it should, so it stays as it was; {what}")
    return text


def words_of(node: Any) -> str:
    """Return the first words of a node, in brackets; nothing for one without words.

    >>> import weeknote
    >>> words_of(weeknote.Paragraph("1. May was warm"))
    ' (‘1. May was warm’)'
    """
    from weeknote import Paragraph
    from weeknote.lint.printable import shorten, visible
    from weeknote.nodes.block import INLINES

    held: Any = Paragraph((node,)) if type(node) in INLINES else node
    words = getattr(held, "text", None) or getattr(held, "title", None) or getattr(held, "value", None)
    return f" (‘{shorten(visible(words), 60)}’)" if isinstance(words, str) and words.strip() else ""


def encoded(text: str, name: str) -> bytes:
    """Return a text in UTF-8.

    Raises:
        CommandError: it holds half a surrogate pair.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise CommandError(
            f"{named(name)}: a lone surrogate cannot be encoded as UTF-8; remove the character"
        ) from None


def save(text: str, name: str) -> None:
    """Replace a file by a text, in one step, and only if that changes it.

    Raises:
        CommandError: it cannot be written; it is as it was.
    """
    from pathlib import Path

    from weeknote.codec.files import write_bytes

    content = encoded(text, name)
    try:
        path = Path(name)
        if path.is_dir():
            raise CommandError(f"{name}: is a directory; name a file in it")
        if path.exists() and not path.is_file():
            # A device or a pipe is not replaced by a file.
            raise CommandError(f"{name}: is no ordinary file and cannot be replaced; use `-`")
        write_bytes(content, name)
    except FileNotFoundError:
        raise CommandError(f"{name}: there is no such folder; make it, or check the name") from None
    except PermissionError:
        raise CommandError(f"{name}: may not be written; change its permissions, or those of its folder") from None
    except OSError as error:
        raise CommandError(f"{name}: cannot be written ({error.strerror or error}); it is as it was") from None
    except ValueError:  # a NUL in the name
        raise CommandError(f"{name}: there cannot be such a file; check the name") from None


def put_text(text: str, *, ends: bool = False) -> None:
    r"""Write a text to standard output: in UTF-8 and to the byte, but with escapes for what would steer a terminal.

    Args:
        text: the text.
        ends: whether a terminal shows which lines end in `"\r\n"`, and not only that they end.

    Raises:
        CommandError: it holds half a surrogate pair.
        OutputError: standard output is closed, or full.
    """
    from weeknote.cli.terminal import OutputError, put, silence
    from weeknote.lint.printable import safe

    content = encoded(text, "-")
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None or sys.stdout.isatty():
        shown = text if ends else text.replace("\r\n", "\n").replace("\r", "\n")
        lines = shown.removesuffix("\n").split("\n") if shown else []
        put("\t".join(map(safe, line.split("\t"))) for line in lines)
        return
    try:
        sys.stdout.flush()
        stream.write(content)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from None
