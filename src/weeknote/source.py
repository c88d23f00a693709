"""Text with places: the source, slices of it, positions, line ends, the byte order mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weeknote.nodes.block import Block, Inline, Node
    from weeknote.syntax.leaf_text import LeafText

BOM = "\ufeff"
"""The byte order mark (Unicode 23.8): it belongs to the file, not to its first line."""

BLANK = " \t\r\n"
"""The characters of a blank line (CommonMark 2.1)."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
r"""One line with its end: \r\n, \r or \n (CommonMark 2.1), where `str.splitlines` cuts at U+2028 too."""

LINE_END = re.compile(r"\r\n?|\n")
EOL = re.compile(r"\r\n?|\n|\Z")


@attrs.frozen
class Point:
    """One place in a text.

    Attributes:
        line: 1-based line.
        column: 1-based column, counted in characters.
        offset: 0-based offset in characters from the start of the text.
    """

    line: int
    column: int
    offset: int


@attrs.frozen
class Position:
    """The position of a node in its source.

    Attributes:
        start: the first character; for a block, its indentation included.
        end: just past the last character; for a block, the last that is not blank.
    """

    start: Point
    end: Point


class Reader(Protocol):
    """What a dialect offers the model: parsing the content of a leaf on first use.

    Attributes:
        name: the name of the dialect.
        code_indent: how many columns of indentation make a line of code.
        mdx: whether tags may span lines.
    """

    name: str
    code_indent: int
    mdx: bool

    def scan(self, source: Source, start: int) -> list[Block]:
        """Return the top-level blocks of a source from an offset on."""

    def inlines(self, source: Source) -> tuple[Inline, ...]:
        """Return the inline nodes of a source that is the text of one leaf."""

    def leaf_text(self, node: Node) -> LeafText:
        """Return the text inside a paragraph, heading or cell as a `LeafText`."""

    def field(self, node: Node, name: str) -> object:
        """Return the value of a field that a leaf leaves to its slice, on first use."""


class Source:
    """A text, the dialect that read it, and what was gathered from the whole of it.

    Attributes:
        text: the whole text as it was given.
        reader: the dialect; it reads the inside of leaves on demand.
        definitions: link reference definitions by folded label (CommonMark 4.7): URL and title.
        cuts: for a leaf inside a container, by the leaf's start offset: the (start, end) offsets of each line's
            content and the columns of a cut tab before it, where the container's own marks are left out.
    """

    __slots__ = ("_starts", "cuts", "definitions", "footnotes", "reader", "text")

    def __init__(self, text: str, reader: Reader) -> None:
        self.text: str = text
        self.reader: Reader = reader
        self.definitions: Mapping[str, tuple[str, str | None]] = {}
        self.footnotes: set[str] = set()
        self.cuts: dict[int, list[tuple[int, int, int]]] = {}
        self._starts: list[int] | None = None

    def agrees(self, definitions: Mapping[str, tuple[str, str | None]], footnotes: set[str]) -> bool:
        """Return whether these are the definitions and footnotes of the source, so that brackets mean the same."""
        if definitions is not self.definitions and definitions != self.definitions:
            return False
        return footnotes is self.footnotes or footnotes == self.footnotes

    def line_start(self, offset: int) -> int:
        """Return the offset where the line begins that an offset lies in; a byte order mark is not part of a line."""
        after = self.text.rfind("\n", 0, offset) + 1
        return max(after, self.text.rfind("\r", after, offset) + 1) or int(offset > 0 and self.text.startswith(BOM))

    def point(self, offset: int) -> Point:
        """Return the place of a 0-based offset in characters."""
        starts = self._starts
        if starts is None:
            starts = [0, *(m.end() for m in LINE_END.finditer(self.text))]
            # Set only once it is complete: another thread may be reading it.
            self._starts = starts
        line = bisect_right(starts, offset)
        return Point(line, offset - starts[line - 1] + 1, offset)


class Slice:
    """A range of a source, from which a node was parsed.

    Attributes:
        source: the source it is a range of.
        start: 0-based offset of its first character.
        end: 0-based offset just past its last character.
    """

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source: Source = source
        self.start: int = start
        self.end: int = end

    @property
    def text(self) -> str:
        """The characters of the range."""
        return self.source.text[self.start : self.end]

    @property
    def position(self) -> Position:
        """The range as lines and columns."""
        return Position(self.source.point(self.start), self.source.point(self.end))


def after_bom(text: str) -> int:
    """Return the offset at which a text begins after its byte order mark, if it has one."""
    return len(BOM) if text.startswith(BOM) else 0


def newline_of(text: str) -> str:
    r"""Return the line end a text uses: the commoner of its first two kinds, `"\n"` if it has none.

    >>> newline_of("a\r\nb\r\nc\n")
    '\r\n'
    """
    if "\r" not in text:
        return "\n"
    crlf = text.count("\r\n")
    lf = text.count("\n") - crlf
    cr = text.count("\r") - crlf
    best = max(crlf, lf, cr)
    if not best:
        return "\n"
    return "\n" if lf == best else "\r\n" if crlf == best else "\r"
