"""Block nodes, named as mdast names them. The inline nodes are importable from here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, get_args

import attrs

from weeknote.nodes.base import STR, STR_OR_NONE, of_kinds
from weeknote.nodes.base import BlockNode as BlockNode
from weeknote.nodes.base import Node as Node
from weeknote.nodes.base import NodeT as NodeT
from weeknote.nodes.base import Parent as Parent
from weeknote.nodes.base import node_from_source as node_from_source
from weeknote.nodes.base import slice_of as slice_of
from weeknote.nodes.inline import INLINES as INLINES
from weeknote.nodes.inline import Break as Break
from weeknote.nodes.inline import Delete as Delete
from weeknote.nodes.inline import Emphasis as Emphasis
from weeknote.nodes.inline import FootnoteReference as FootnoteReference
from weeknote.nodes.inline import Html as Html
from weeknote.nodes.inline import Image as Image
from weeknote.nodes.inline import Inline as Inline
from weeknote.nodes.inline import InlineCode as InlineCode
from weeknote.nodes.inline import Link as Link
from weeknote.nodes.inline import Strong as Strong
from weeknote.nodes.inline import Text as Text
from weeknote.nodes.inline import accessible_name, as_inlines
from weeknote.nodes.inline import encoded as encoded
from weeknote.nodes.inline import plain as plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def as_blocks(given: Iterable[Block] | str) -> tuple[Block, ...]:
    """Return the blocks of a container; a string is one paragraph."""
    return (Paragraph(given),) if isinstance(given, str) else of_kinds(given, BLOCKS)


def _items(given: Iterable[ListItem | str]) -> tuple[ListItem, ...]:
    """Return the items of a list; a string is an item of one paragraph."""
    return of_kinds([ListItem(item) if isinstance(item, str) else item for item in given], (ListItem,))


def _cells(given: Iterable[TableCell | str]) -> tuple[TableCell, ...]:
    """Return the cells of a row; a string is a cell of words."""
    return of_kinds([TableCell(cell) if isinstance(cell, str) else cell for cell in given], (TableCell,))


def _rows(given: Iterable[TableRow]) -> tuple[TableRow, ...]:
    return of_kinds(given, (TableRow,))


def _depth(given: int) -> int:
    if type(given) is not int:
        raise TypeError(f"a heading's depth is an int, not {type(given).__name__}")
    if given not in range(1, 7):
        raise ValueError(f"a heading's depth is 1 to 6, not {given!r}")
    return given


def _words(given: str | None) -> str | None:
    return given or None


def _text(container: Blockquote | List | FootnoteDefinition) -> str:
    """Return the words of a container as plain text, however deep the blocks are nested in it."""
    pieces: list[list[str]] = [[]]
    open_: list[tuple[str, Iterator[Block]]] = [_inside(container)]
    while open_:
        separator, rest = open_[-1]
        for block in rest:
            if isinstance(block, (Blockquote, List, FootnoteDefinition)):
                open_.append(_inside(block))
                pieces.append([])
                break
            if text := block.text:
                pieces[-1].append(text)
        else:
            open_.pop()
            text = separator.join(pieces.pop())
            if open_ and text:
                pieces[-1].append(text)
    return text


def _inside(container: Blockquote | List | FootnoteDefinition) -> tuple[str, Iterator[Block]]:
    """Return what comes between the words of a container's blocks, and the blocks."""
    if isinstance(container, List):
        return "\n", (block for item in container.items for block in item.blocks)
    return "\n\n", iter(container.blocks)


def _names(given: Iterable[str | None]) -> tuple[str | None, ...]:
    return tuple(given)


@attrs.frozen
class Paragraph(BlockNode):
    """A paragraph.

    Attributes:
        children: the inline nodes in it. A string becomes text, as in every node with children.

    >>> Paragraph("All good.") == Paragraph([Text("All good.")])
    True
    >>> Paragraph([Text("All good.")]).text
    'All good.'
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=as_inlines)

    @property
    def text(self) -> str:
        """Its words as plain text, without the descriptions of pictures."""
        return plain(self.children)


@attrs.frozen
class Heading(BlockNode):
    """A heading.

    Attributes:
        depth: 1 for the note's own heading, 2 for a section, up to 6. Plain text has only 1 and 2.
        children: the inline nodes in it.
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    depth: int = attrs.field(converter=_depth)
    children: tuple[Inline, ...] = attrs.field(default=(), converter=as_inlines)

    @property
    def text(self) -> str:
        """Its words as plain text; for a heading that is only a picture, the picture's description."""
        return accessible_name(self.children)


@attrs.frozen
class ThematicBreak(BlockNode):
    """A thematic break (CommonMark 4.1)."""

    @property
    def text(self) -> str:
        """Always empty: a thematic break has no words."""
        return ""


@attrs.frozen
class Code(BlockNode):
    r"""A block of code, fenced or indented (CommonMark 4.4, 4.5).

    Attributes:
        value: the code, without a final line end; but one empty line is `"\n"`, two are `"\n\n"`, as `""` is none.
        info: the words after the opening fence, usually a language; None if there are none.
    """

    value: str = attrs.field(validator=STR)
    info: str | None = attrs.field(default=None, converter=_words, validator=STR_OR_NONE)

    @property
    def text(self) -> str:
        """The code."""
        return self.value


@attrs.frozen
class Blockquote(Parent):
    """A quotation (CommonMark 5.1)."""

    parts: ClassVar[tuple[str, ...]] = ("blocks",)

    blocks: tuple[Block, ...] = attrs.field(converter=as_blocks)

    @property
    def text(self) -> str:
        """The words of its blocks as plain text, a blank line between two."""
        return _text(self)


@attrs.frozen
class ListItem(Parent):
    """One item of a list (CommonMark 5.2).

    Attributes:
        blocks: the blocks in it. A string becomes a paragraph.

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
class List(Parent):
    """A list (CommonMark 5.3).

    Attributes:
        items: its items, at least one.
        ordered: True for a numbered list.
        start: the number of the first item of a numbered list, else None.
        marker: the first item's marker as written (`"•"`, `"-"`, `"1."`); None uses the note's style.
    """

    parts: ClassVar[tuple[str, ...]] = ("items",)

    items: tuple[ListItem, ...] = attrs.field(converter=_items)
    ordered: bool = attrs.field(default=False, validator=attrs.validators.instance_of(bool))
    start: int | None = attrs.field(
        default=attrs.Factory(lambda self: 1 if self.ordered else None, takes_self=True),
        validator=attrs.validators.optional(attrs.validators.instance_of(int)),
    )
    marker: str | None = attrs.field(default=None, validator=STR_OR_NONE, eq=False, kw_only=True)

    @property
    def text(self) -> str:
        """All its words as plain text, one line for each block."""
        return _text(self)


@attrs.frozen
class TableCell(Node):
    """One cell of a table."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(default=(), converter=as_inlines)

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
class Table(BlockNode):
    """A table (GitHub Flavored Markdown 4.10).

    Attributes:
        rows: its rows; the first is the header. A row may have more cells than the header; browsers don't show them.
        align: for each column `"left"`, `"center"`, `"right"` or None.
    """

    parts: ClassVar[tuple[str, ...]] = ("rows",)

    rows: tuple[TableRow, ...] = attrs.field(converter=_rows)
    align: tuple[str | None, ...] = attrs.field(
        default=attrs.Factory(lambda self: [None] * (len(self.rows[0].cells) if self.rows else 0), takes_self=True),
        converter=_names,
    )

    @property
    def text(self) -> str:
        """The words of its cells, a tab between two cells and a line for each row."""
        return "\n".join("\t".join(c.text for c in row.cells) for row in self.rows)


@attrs.frozen
class Definition(BlockNode):
    """A link reference definition (CommonMark 4.7)."""

    label: str = attrs.field(validator=STR)
    url: str = attrs.field(validator=STR)
    title: str | None = attrs.field(default=None, validator=STR_OR_NONE)

    @property
    def text(self) -> str:
        """Always empty: a definition is not shown."""
        return ""


@attrs.frozen
class FootnoteDefinition(Parent):
    """The content of a footnote."""

    parts: ClassVar[tuple[str, ...]] = ("blocks",)

    label: str = attrs.field(validator=STR)
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)

    @property
    def text(self) -> str:
        """The words of its blocks as plain text, a blank line between two."""
        return _text(self)


Block = Paragraph | Heading | List | Blockquote | Code | Html | ThematicBreak | Table | Definition | FootnoteDefinition

BlockParent = Blockquote | ListItem | FootnoteDefinition
"""The containers of blocks. A list contains items."""

BLOCKS: tuple[type[Node], ...] = get_args(Block)


def contents(node: Node) -> tuple[Block | ListItem, ...]:
    """Return the blocks in a container, or the items of a list; `()` for a leaf."""
    if isinstance(node, List):
        return node.items
    return node.blocks if isinstance(node, BlockParent) else ()
