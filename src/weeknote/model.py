"""The nodes of a weeknote's text: frozen blocks and inlines, named as mdast names them.

A node is either as read, with a slice of its source, or new, without one. Only the parser sets `slice`, and
`attrs.evolve` drops it, so there is no stale text to go wrong. What stands inside a leaf is read on first use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from urllib.parse import quote

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weeknote._source import Position, Slice

NodeT = TypeVar("NodeT", bound="Node")

URL_MARKS = ":/?#@!$&()*+,;="
URL_SAFE = re.compile(r"[\w.~:/?#@!$&()*+,;=%-]*", re.ASCII)


@attrs.frozen
class Node:
    """What every node has: the slice it was read from, and its place.

    Equality is by meaning and not by spelling: `- x` equals `* x`, and places do not count.

    Attributes:
        slice: the range of the source it was read from; None for a node that was built.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that hold nodes, in the order of the text."""

    slice: Slice | None = attrs.field(init=False, default=None, eq=False, repr=False)

    @property
    def position(self) -> Position | None:
        """Where the node stands in the text it was read from; None for a node that was built."""
        return None if self.slice is None else self.slice.position

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Python asks here only when a slot is empty: the parser leaves those empty that are read on first use.
            fields = attrs.fields_dict(type(self))
            if name == "slice" or name not in fields or self.slice is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            value = self.slice.source.reader.field(self, name)
            object.__setattr__(self, name, value)
            return value

        def __reduce__(self) -> tuple[Any, ...]:
            from weeknote._pickle import freeze, thaw

            return thaw, freeze(self)


def _nodes(given: Iterable[NodeT], kinds: tuple[type[Node], ...]) -> tuple[NodeT, ...]:
    found = tuple(given)
    for node in found:
        if not isinstance(node, kinds):
            expected = ", ".join(kind.__name__ for kind in kinds)
            raise TypeError(f"{type(node).__name__} cannot stand here; give nodes of these kinds: {expected}")
    return found


def _inlines(given: Iterable[Inline] | str) -> tuple[Inline, ...]:
    """Return what stands inside a leaf; a string is words, and neighbouring words are one node."""
    if isinstance(given, str):
        return (Text(given),) if given else ()
    found: list[Inline] = []
    for node in _nodes(given, INLINES):
        if type(node) is Text:
            if found and isinstance(before := found[-1], Text):
                found[-1] = Text(before.value + node.value)
                continue
            if not node.value:
                continue
        found.append(node)
    return tuple(found)


def encoded(url: str) -> str:
    """Return a URL with what cannot stand in one percent-encoded, and what is encoded left alone (RFC 3986).

    >>> encoded("https://example.org/tŷ newydd")
    'https://example.org/t%C5%B7%20newydd'
    """
    return url if URL_SAFE.fullmatch(url) else quote(url, safe=URL_MARKS + "%", errors="surrogatepass")


def as_blocks(given: Iterable[Block] | str) -> tuple[Block, ...]:
    """Return what stands inside a container; a string is one paragraph."""
    return (Paragraph(given),) if isinstance(given, str) else _nodes(given, BLOCKS)


def _items(given: Iterable[ListItem | str]) -> tuple[ListItem, ...]:
    """Return the items of a list; a string is an item of one paragraph."""
    return _nodes([ListItem(item) if isinstance(item, str) else item for item in given], (ListItem,))


def _cells(given: Iterable[TableCell | str]) -> tuple[TableCell, ...]:
    """Return the cells of a row; a string is a cell of words."""
    return _nodes([TableCell(cell) if isinstance(cell, str) else cell for cell in given], (TableCell,))


def _rows(given: Iterable[TableRow]) -> tuple[TableRow, ...]:
    return _nodes(given, (TableRow,))


def _names(given: Iterable[str | None]) -> tuple[str | None, ...]:
    return tuple(given)


# --- inline nodes


@attrs.frozen
class Text(Node):
    r"""Words. A line break inside a paragraph is `"\n"` in the value, whatever the file's line end.

    >>> Text("Show & tell").value
    'Show & tell'
    """

    value: str


@attrs.frozen
class Emphasis(Node):
    """Stressed words (CommonMark 6.2)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=_inlines)


@attrs.frozen
class Strong(Node):
    """Strongly stressed words (CommonMark 6.2)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=_inlines)


@attrs.frozen
class Delete(Node):
    """Words struck through (GitHub Flavored Markdown 6.5)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=_inlines)


@attrs.frozen
class InlineCode(Node):
    """Code inside a line (CommonMark 6.1)."""

    value: str


@attrs.frozen
class Link(Node):
    """A link (CommonMark 6.3, 6.5); in plain text, a URL that stands in the words.

    Attributes:
        url: where it goes, percent-encoded where Markdown asks for it.
        title: its title, or None.
        children: what is shown.
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    url: str = attrs.field(converter=encoded)
    title: str | None = None
    children: tuple[Inline, ...] = attrs.field(default=(), converter=_inlines)

    @property
    def text(self) -> str:
        """The words that are shown, as plain text."""
        return plain(self.children)


@attrs.frozen
class Image(Node):
    """A picture (CommonMark 6.4).

    Attributes:
        url: where the picture is.
        title: its title, or None.
        alt: its description as plain text; `""` if there is none.
    """

    url: str = attrs.field(converter=encoded)
    title: str | None = None
    alt: str = ""


@attrs.frozen
class Break(Node):
    """A hard line break (CommonMark 6.7)."""


@attrs.frozen
class FootnoteReference(Node):
    """The mark that points to a footnote, `[^label]`."""

    label: str


@attrs.frozen
class Html(Node):
    """Raw HTML, as a block or inside a line (CommonMark 4.6, 6.6); passed on as it is, never run."""

    value: str

    @property
    def text(self) -> str:
        """Nothing: markup is not words."""
        return ""


# --- blocks


@attrs.frozen
class Paragraph(Node):
    """A paragraph.

    Attributes:
        children: what stands in it; a string given for it is words, as in every node with children.

    >>> Paragraph("All good.") == Paragraph([Text("All good.")])
    True
    >>> Paragraph([Text("All good.")]).text
    'All good.'
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=_inlines)

    @property
    def text(self) -> str:
        """Its words as plain text."""
        return plain(self.children)


@attrs.frozen
class Heading(Node):
    """A heading.

    Attributes:
        depth: 1 for the note's own heading, 2 for a section, up to 6. Plain text knows only 1 and 2.
        children: its words.
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    depth: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(6)])
    children: tuple[Inline, ...] = attrs.field(default=(), converter=_inlines)

    @property
    def text(self) -> str:
        """Its words as plain text."""
        return plain(self.children)


@attrs.frozen
class ThematicBreak(Node):
    """A line across the page (CommonMark 4.1)."""

    @property
    def text(self) -> str:
        """Nothing: a line is not words."""
        return ""


@attrs.frozen
class Code(Node):
    """A block of code, fenced or indented (CommonMark 4.4, 4.5).

    Attributes:
        value: the code, without a final line end.
        info: what stands behind the opening fence, usually a language; None if nothing does.
    """

    value: str
    info: str | None = None

    @property
    def text(self) -> str:
        """The code."""
        return self.value


@attrs.frozen
class Blockquote(Node):
    """A quotation (CommonMark 5.1)."""

    parts: ClassVar[tuple[str, ...]] = ("blocks",)

    blocks: tuple[Block, ...] = attrs.field(converter=as_blocks)

    @property
    def text(self) -> str:
        """The words of its blocks as plain text, a blank line between two."""
        return "\n\n".join(text for b in self.blocks if (text := b.text))


@attrs.frozen
class ListItem(Node):
    """One item of a list (CommonMark 5.2).

    Attributes:
        blocks: what stands in it; a string given for it is one paragraph.

    >>> ListItem([Paragraph("One"), List(["nested"])]).text
    'One'
    """

    parts: ClassVar[tuple[str, ...]] = ("blocks",)

    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)

    @property
    def text(self) -> str:
        """The plain text of its first paragraph; `""` if it has none."""
        return next((b.text for b in self.blocks if isinstance(b, Paragraph)), "")


@attrs.frozen
class List(Node):
    """A list (CommonMark 5.3).

    Attributes:
        items: its items, at least one.
        ordered: True for a numbered list.
        start: the number of the first item of a numbered list, else None.
        marker: the first item's marker as written (`"•"`, `"-"`, `"1."`); None leaves it to the note's style.
    """

    parts: ClassVar[tuple[str, ...]] = ("items",)

    items: tuple[ListItem, ...] = attrs.field(converter=_items)
    ordered: bool = False
    start: int | None = attrs.field(default=attrs.Factory(lambda self: 1 if self.ordered else None, takes_self=True))
    marker: str | None = attrs.field(default=None, eq=False, kw_only=True)

    @property
    def text(self) -> str:
        """The words of all that is in it as plain text, a line for each block."""
        return "\n".join(text for i in self.items for b in i.blocks if (text := b.text))


@attrs.frozen
class TableCell(Node):
    """One cell of a table."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(default=(), converter=_inlines)

    @property
    def text(self) -> str:
        """Its words as plain text."""
        return plain(self.children)


@attrs.frozen
class TableRow(Node):
    """One row of a table."""

    parts: ClassVar[tuple[str, ...]] = ("cells",)

    cells: tuple[TableCell, ...] = attrs.field(converter=_cells)


@attrs.frozen
class Table(Node):
    """A table (GitHub Flavored Markdown 4.10).

    Attributes:
        rows: its rows; the first is the header.
        align: for each column `"left"`, `"center"`, `"right"` or None.
    """

    parts: ClassVar[tuple[str, ...]] = ("rows",)

    rows: tuple[TableRow, ...] = attrs.field(converter=_rows)
    align: tuple[str | None, ...] = attrs.field(
        default=attrs.Factory(lambda self: [None] * max(len(r.cells) for r in self.rows), takes_self=True),
        converter=_names,
    )

    @property
    def text(self) -> str:
        """The words of its cells, a tab between two cells and a line for each row."""
        return "\n".join("\t".join(c.text for c in row.cells) for row in self.rows)


@attrs.frozen
class Definition(Node):
    """Where a reference link goes (CommonMark 4.7)."""

    label: str
    url: str
    title: str | None = None

    @property
    def text(self) -> str:
        """Nothing: a definition is not shown."""
        return ""


@attrs.frozen
class FootnoteDefinition(Node):
    """What a footnote says."""

    parts: ClassVar[tuple[str, ...]] = ("blocks",)

    label: str
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)

    @property
    def text(self) -> str:
        """The words of its blocks as plain text, a blank line between two."""
        return "\n\n".join(text for b in self.blocks if (text := b.text))


Inline = Text | Emphasis | Strong | Delete | InlineCode | Link | Image | Break | FootnoteReference | Html
Block = Paragraph | Heading | List | Blockquote | Code | Html | ThematicBreak | Table | Definition | FootnoteDefinition

INLINES: tuple[type[Node], ...] = (
    Text,
    Emphasis,
    Strong,
    Delete,
    InlineCode,
    Link,
    Image,
    Break,
    FootnoteReference,
    Html,
)
BLOCKS: tuple[type[Node], ...] = (
    Paragraph,
    Heading,
    List,
    Blockquote,
    Code,
    Html,
    ThematicBreak,
    Table,
    Definition,
    FootnoteDefinition,
)


def plain(children: Iterable[Inline]) -> str:
    r"""Return the words of inline nodes as plain text; a hard line break is `"\n"`, markup is nothing."""
    words = []
    stack = list(children)[::-1]
    while stack:
        node = stack.pop()
        match node:
            case Text(value=value) | InlineCode(value=value):
                words.append(value)
            case Image(alt=alt):
                words.append(alt)
            case Break():
                words.append("\n")
            case Emphasis() | Strong() | Delete() | Link():
                stack.extend(reversed(node.children))
            case _:
                pass
    return "".join(words)


# --- what the parser builds with

_new: Callable[[type[Any]], Any] = object.__new__
_set: Callable[[Any, str, Any], None] = object.__setattr__


def as_read(cls: type[NodeT], where: Slice, **known: Any) -> NodeT:
    """Return a node as read from a slice; fields that are not given are read from the slice on first use."""
    node: NodeT = _new(cls)
    _set(node, "slice", where)
    for name, value in known.items():
        _set(node, name, value)
    return node
