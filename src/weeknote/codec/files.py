"""Notes in files: bytes in, bytes out, and never half a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from weeknote.codec.dump import dump
from weeknote.codec.parse import SUFFIXES, parse, parse_any, parse_archive
from weeknote.errors import CannotExpressError, NotTextError
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.source import LINE

if TYPE_CHECKING:
    from datetime import date

    from weeknote.nodes.document import Archive, Post, Weeknote

    AnyPath = str | os.PathLike[str]


def read(
    path: AnyPath,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> Weeknote:
    """Read a file as one weeknote.

    Args:
        path: the file, in UTF-8, with or without a byte order mark.
        dialect: `"markdown"` or `"text"`; None takes it from the file's suffix, else as `parse` does.
        near: a date near the note's weeks; without it the front matter or the file's name may decide their year.
        vocabulary: which section headings say which role.

    Raises:
        OSError: the file cannot be read.
        NotTextError: the file is not UTF-8.
        UnknownDialectError: there is no such dialect.
    """
    text = read_text(path)
    name = os.fspath(path)
    return parse(text, dialect=dialect or dialect_of_name(name), near=near, vocabulary=vocabulary, name=name)


def read_archive(
    path: AnyPath,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> Archive:
    """Read a file as an archive of weeknotes; arguments and errors are those of `read`."""
    text = read_text(path)
    name = os.fspath(path)
    return parse_archive(text, dialect=dialect or dialect_of_name(name), near=near, vocabulary=vocabulary, name=name)


def read_any(
    path: AnyPath,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> Weeknote | Archive:
    """Read a file as what it holds: an archive of several notes, or one weeknote, as `parse_any` tells them apart.

    Arguments and errors are those of `read`.

    >>> [type(read_any(f"examples/{name}")).__name__ for name in ("archive.txt", "front-matter.md")]
    ['Archive', 'Weeknote']
    """
    text = read_text(path)
    name = os.fspath(path)
    return parse_any(text, dialect=dialect or dialect_of_name(name), near=near, vocabulary=vocabulary, name=name)


def dialect_of_name(name: str) -> str | None:
    """Return the dialect that a file's suffix says, or None."""
    return SUFFIXES.get(Path(name).suffix.lower())


def read_text(path: AnyPath) -> str:
    """Return a file's text, every character of it: no line end is changed, a byte order mark stays."""
    return decoded(Path(path).read_bytes(), os.fspath(path), "save the file as UTF-8 and try again")


def decoded(content: bytes, name: str, advice: str) -> str:
    """Return the text that bytes are in UTF-8.

    Args:
        content: the bytes.
        name: where they come from.
        advice: what to do if they are no UTF-8.

    Raises:
        NotTextError: they are no UTF-8; the error has the place of the first byte that is not.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = LINE.findall(content[: error.start].decode("utf-8") + "?")
        raise NotTextError(
            f"not UTF-8: byte 0x{content[error.start]:02x}; {advice}",
            path=name,
            place=(len(before), len(before[-1])),
            found=content[error.start : error.start + 1],
            expected="UTF-8",
        ) from None


def write(note: Weeknote | Archive | Post, path: AnyPath) -> bool:
    """Write a note to a file, as `dump` gives it, in UTF-8.

    The file is replaced in one step and only if its bytes differ, so it is never half-written; a link is followed,
    and the file keeps its permissions.

    Args:
        note: what to write.
        path: the file; it need not exist.

    Returns:
        Whether the file was changed.

    Raises:
        CannotExpressError: the dialect cannot express a node, or the text holds half a surrogate pair.
        OSError: the file cannot be written, or links lead in a circle; the old one is as it was.
    """
    text = dump(note)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CannotExpressError(
            "half a surrogate pair has no UTF-8; take the character out",
            node=note,
            found=text[error.start],
            expected="UTF-8",
        ) from None
    return write_bytes(content, path)


def write_bytes(content: bytes, path: AnyPath) -> bool:
    """Replace a file by these bytes in one step, unless it holds them already; return whether it changed."""
    import tempfile

    target = Path(os.path.realpath(path))
    try:
        # Of links in a circle `realpath` gives one back, which is no file to replace: this raises.
        mode = os.stat(path).st_mode  # noqa: PTH116 # an error names the file as it was given
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        # A device or a pipe is written to; it cannot be replaced.
        target.write_bytes(content)
        return True
    if mode is not None:
        if target.read_bytes() == content:
            return False
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "the file is read-only", os.fspath(path))
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(new_file_mode() if mode is None else stat.S_IMODE(mode))
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def new_file_mode() -> int:
    """Return the permissions a new file gets here."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
