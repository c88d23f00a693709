"""The exceptions, all `ValueError`s under `WeeknoteError`, with their facts as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class WeeknoteError(ValueError):
    """The root of every error this package raises on purpose.

    Attributes:
        message: what is wrong and what to do next, without the place.
        path: the file the error is about, or None.
        place: `(line, column)`, both 1-based, or None.
        node: the node the error is about, or None.
        found: what was found there, or None.
        expected: what was expected there, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        place: tuple[int, int] | None = None,
        node: Any = None,
        found: object = None,
        expected: object = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.place = place
        self.node = node
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        where = [self.path] if self.path is not None else []
        where += [str(n) for n in self.place or ()]
        return ":".join(where) + ": " + self.message if where else self.message


class NotTextError(WeeknoteError):
    """The bytes are not UTF-8; `place` is the position of the first invalid byte."""


class TextTypeError(WeeknoteError, TypeError):
    """Something other than a `str` was passed as text."""


class UnknownDialectError(WeeknoteError):
    """There is no such dialect; `expected` lists the dialects."""


class CannotExpressError(WeeknoteError):
    """The dialect cannot express a node; `node` is that node. Nothing was written."""


class NotFoundError(WeeknoteError):
    """The target of an edit is not in the note; `found` is the target, `expected` lists what there is."""


class AmbiguousError(WeeknoteError):
    """The target of an edit matches several sections; `expected` lists them."""


class InvalidDictError(WeeknoteError):
    """A value is not what `to_dict` writes.

    Attributes:
        where: the path from the root to the invalid value, such as `sections[2].blocks[0]`; `""` for the root.
    """

    def __init__(self, message: str, *, where: str = "", found: object = None, expected: object = None) -> None:
        super().__init__(message, found=found, expected=expected)
        self.where = where

    def __str__(self) -> str:
        message = f"in {self.where!r}: {self.message}" if self.where else self.message
        return message if self.path is None else f"{self.path}: {message}"


class MissingExtraError(WeeknoteError, ImportError):
    """A library that is needed is not installed; the message says how to install it.

    Attributes:
        extra: the name of the extra that installs the library.
    """

    def __init__(self, message: str, *, extra: str) -> None:
        super().__init__(f"{message}; install it with: pip install 'weeknote[{extra}]'", expected=extra)
        self.extra = extra


class TooLargeError(WeeknoteError):
    """The input exceeds a limit; `found` is its size, or None, and `expected` the limit."""


class InvalidFeedError(WeeknoteError):
    """The input is not a feed; the message names the supported formats."""


class UndatedNoteError(WeeknoteError):
    """A note states neither a publication date nor a week; `node` is the note."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return `did you mean 'x'?` with the known word closest to a misspelt one; None if there is none.

    >>> closest("lerning", ["highlights", "learning"])
    "did you mean 'learning'?"
    """
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), 1, 0.6)
    return f"did you mean {near[0]!r}?" if near else None


def reason(error: Exception) -> str:
    """Return what went wrong, without the path and the place, for a message that names them itself.

    >>> reason(FileNotFoundError(2, "No such file or directory", "may.md"))
    'No such file or directory'
    """
    if isinstance(error, WeeknoteError):
        return error.message
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
