"""Read and write notes in files: UTF-8 bytes in, the same bytes out, and atomic writes."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from weeknote.codec.dump import dump
from weeknote.codec.parse import SUFFIXES, parse, parse_any, parse_archive
from weeknote.errors import CannotExpressError, NotTextError
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.source import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    """Read a file as a single weeknote.

    Args:
        path: the file, in UTF-8, with or without a byte order mark.
        dialect: `"markdown"` or `"text"`; None takes it from the file's suffix, or detects it as `parse` does.
        near: a date close to the note's weeks. Without it, the front matter or file name may settle their year.
        vocabulary: which section headings have which role.

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
    """Read a file as an archive of weeknotes. Arguments and errors are the same as for `read`."""
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
    """Read a file as one weeknote or as an archive, whichever `parse_any` finds in it.

    Arguments and errors are the same as for `read`.

    >>> [type(read_any(f"examples/{name}")).__name__ for name in ("archive.txt", "front-matter.md")]
    ['Archive', 'Weeknote']
    """
    text = read_text(path)
    name = os.fspath(path)
    return parse_any(text, dialect=dialect or dialect_of_name(name), near=near, vocabulary=vocabulary, name=name)


def open_note(path: str) -> Weeknote | Archive:
    """Read a file as `read_any` does; `-` is standard input.

    Raises:
        OSError: it cannot be read.
        NotTextError: it is not UTF-8.
    """
    return parse_any(read_standard_input()) if path == "-" else read_any(path)


def read_standard_input() -> str:
    """Return the text on standard input, with every line end and byte order mark as it is.

    Raises:
        OSError: standard input is closed.
        NotTextError: it is not UTF-8.
    """
    if sys.stdin is None:
        raise OSError(9, "standard input is closed")
    return decoded(sys.stdin.buffer.read(), "-", "convert it to UTF-8 first, for example with iconv")


def dialect_of_name(name: str) -> str | None:
    """Return the dialect implied by a file's suffix, or None."""
    return SUFFIXES.get(Path(name).suffix.lower())


def read_text(path: AnyPath) -> str:
    """Return a file's text with its line ends and byte order mark unchanged."""
    return decoded(Path(path).read_bytes(), os.fspath(path), "save the file as UTF-8 and try again")


def decoded(content: bytes, name: str, advice: str) -> str:
    """Decode bytes as UTF-8.

    Args:
        content: the bytes.
        name: the file they came from, for the error message.
        advice: what to do if they are not UTF-8, for the error message.

    Raises:
        NotTextError: the bytes are not UTF-8. The error's `place` is that of the first invalid byte.
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


def why_unreadable(error: Exception) -> str:
    """Return why a file cannot be read and what to do about it.

    >>> why_unreadable(FileNotFoundError())
    'no such file; check the name'
    """
    match error:
        case FileNotFoundError() | NotADirectoryError() | ValueError():
            return "no such file; check the name"
        case IsADirectoryError():
            return "is a directory; name the files in it"
        case PermissionError():
            return "permission denied; change the file's permissions, or run as someone who may read it"
        case MemoryError():
            return "too large for this machine's memory; split it"
        case _:
            return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file and its name"


def write(note: Weeknote | Archive | Post, path: AnyPath) -> bool:
    """Write a note to a file in UTF-8, formatted by `dump`.

    The file is replaced atomically, and only if its contents change. Symbolic links are followed, and the file keeps
    its permissions.

    Args:
        note: what to write.
        path: the file; created if it does not exist.

    Returns:
        Whether the file was changed.

    Raises:
        CannotExpressError: the dialect cannot express a node, or the text contains a lone surrogate.
        OSError: the file cannot be written, or its links form a loop. The existing file is unchanged.
    """
    text = dump(note)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CannotExpressError(
            "a lone surrogate cannot be encoded as UTF-8; remove the character",
            node=note,
            found=text[error.start],
            expected="UTF-8",
        ) from None
    return write_bytes(content, path)


class FileChangedError(OSError):
    """The file changed between reading and writing it."""


def write_bytes(content: bytes, path: AnyPath, *, replacing: bytes | None = None) -> bool:
    """Replace a file's contents atomically, unless they are the same already; return whether it changed.

    Args:
        content: what to write.
        path: the file.
        replacing: what the file held when it was read; None replaces whatever it holds.

    Raises:
        FileChangedError: the file no longer holds `replacing`. It is left as it is.
        OSError: the file cannot be written.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    with locked(target.parent):
        try:
            # `realpath` returns a link for a loop of links; `stat` raises for it.
            mode = os.stat(path).st_mode  # noqa: PTH116 # so that an error names the path as given
        except FileNotFoundError:
            mode = None
        if mode is not None and not stat.S_ISREG(mode):
            # A device or pipe cannot be replaced, only written to.
            target.write_bytes(content)
            return True
        present = None if mode is None else target.read_bytes()
        if replacing is not None and present != replacing:
            raise FileChangedError(errno.EBUSY, "it changed while it was being edited", os.fspath(path))
        if present == content:
            return False
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only", os.fspath(path))
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


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, so that no other `write_bytes` comes between a comparison and the write after it.

    The folder is locked because the file itself is replaced, and because this leaves no lock file behind. Where folders
    cannot be locked, on Windows and some network file systems, nothing is.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def new_file_mode() -> int:
    """Return the permissions that a new file gets under the current umask."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
