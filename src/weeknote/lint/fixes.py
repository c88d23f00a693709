"""Fixes: replace characters of the text that was checked, or replace nodes; everything else stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.editing.tree import replace_many
from weeknote.errors import NotFoundError
from weeknote.nodes.block import Node
from weeknote.nodes.document import RootT

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen
class Edit:
    """Replacement text for a range of the text that was checked.

    Attributes:
        start: 0-based offset of the first character to replace.
        end: 0-based offset just past the last one.
        text: the replacement.
    """

    start: int
    end: int
    text: str


def _edits(given: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(given)


def _replacements(given: Iterable[tuple[Node, Node | None]]) -> tuple[tuple[Node, Node | None], ...]:
    return tuple(given)


@attrs.frozen
class Fix:
    """A fix that is safe to apply automatically. It either edits characters or replaces nodes.

    Attributes:
        title: what it does, as an instruction ("Remove the trailing full stop").
        edits: the characters to replace.
        replacements: pairs of a node and its replacement; None removes the node.
    """

    title: str
    edits: tuple[Edit, ...] = attrs.field(default=(), converter=_edits)
    replacements: tuple[tuple[Node, Node | None], ...] = attrs.field(
        default=(), converter=_replacements, eq=False, repr=False
    )

    def apply(self, root: RootT) -> RootT:
        """Return the note, archive or post with this fix applied.

        Args:
            root: the very object that was checked.

        Raises:
            NotFoundError: it is another one, or has been edited since.
        """
        return apply_edits(root, self.edits) if self.edits else replace_many(root, self.replacements)


def apply_edits(root: RootT, edits: Iterable[Edit]) -> RootT:
    """Return what was parsed with some of its text edited; where two edits overlap, the first wins.

    Raises:
        NotFoundError: the note was built or edited since it was parsed, so offsets mean nothing.
    """
    where = root.slice
    if where is None:
        raise NotFoundError(
            "this note was built or edited since it was parsed, so offsets mean nothing; use weeknote.fix()", node=root
        )
    text, done = where.source.text, where.start
    pieces: list[str] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
        if done <= edit.start and edit.end <= where.end:
            pieces += [text[done : edit.start], edit.text]
            done = edit.end
    from weeknote.conversion.normalize import read_like  # few checks come here

    return read_like(root, "".join([*pieces, text[done : where.end]]))


_EMPHASIS = frozenset("*_~")
# Inline and block markup, and what makes addresses and entities.
_MARKUP = frozenset("*_~`[](){}<>&;#+-=|\\!:/@^$%\"'")
_SENTENCE_MARKS = ".,?…”’»"
_REST_OF_NUMBER = re.compile(r"[0-9]{0,9}[.)](?:\s|\Z)")
_UNCLOSED_DESTINATION = re.compile(r"\]\([^()\r\n]{0,300}\Z")


def can_remove(text: str, start: int, end: int) -> bool:
    r"""Return whether removing a range of Markdown, or putting a space there, leaves the markup around it as it is.

    >>> [can_remove(text, 1, 2) for text in ("a\0b", "-\0 b", "a\0\n")]
    [True, False, True]
    """
    before = text[start - 1 : start] or "\n"
    after = text[end : end + 1] or "\n"
    if before in _MARKUP or after in _MARKUP:
        return False
    if before.isspace():
        # Before anything but a letter it could be all that keeps a line from being blank, indented, a list …
        return after.isalpha()
    if before in _SENTENCE_MARKS:
        # `1.` starts a list, and `www.` an address.
        return after.isspace() and not text[max(start - 2, 0) : start - 1].isdigit()
    if after in _SENTENCE_MARKS:
        return before.isalpha() and (text[end + 1 : end + 2] or " ").isspace()
    return not (before.isdigit() and _REST_OF_NUMBER.match(text, end))


def is_beside_emphasis(text: str, start: int, end: int) -> bool:
    """Return whether a range touches `*`, `_` or `~`, which open and close depending on the characters beside them."""
    return text[start - 1 : start] in _EMPHASIS or text[end : end + 1] in _EMPHASIS


def is_in_destination(text: str, offset: int) -> bool:
    """Return whether an offset follows `](` without the closing parenthesis."""
    return _UNCLOSED_DESTINATION.search(text, max(offset - 400, 0), offset) is not None
