"""Blocks of words on their way to plain text: what they came from, and how the house style writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from weeknote.nodes.block import Heading, List, Node, Paragraph
from weeknote.plaintext.block_writer import TextWriter
from weeknote.syntax.block_writer import MAX_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weeknote.conversion.flatten_inline import Address

INDENT = "  "
"""The white space before a marker at the margin, and how much further its words are indented."""


@attrs.define(eq=False)
class PlainLeaf:
    """A paragraph or a heading.

    Attributes:
        text: the words; none of their lines is blank, and none has blanks at its ends.
        origin: the node of the note they came from.
        addresses: the addresses among them, in order.
        kind: the node that plain text should read.
    """

    text: str
    origin: Node
    addresses: Sequence[Address] = ()
    kind: type[Paragraph | Heading] = Paragraph


@attrs.define(eq=False)
class PlainItem:
    """An item of a list; the first of its blocks is a paragraph."""

    blocks: list[PlainLeaf | PlainList]
    origin: Node


@attrs.define(eq=False)
class PlainList:
    """A list of at least one item, with the number of the first if it is numbered."""

    kind: ClassVar[type[List]] = List

    items: list[PlainItem]
    origin: Node
    start: int | None = None

    @property
    def has_numbers(self) -> bool:
        """Whether this list, or one in it, is numbered."""
        return self.start is not None or any(
            block.has_numbers for item in self.items for block in item.blocks if isinstance(block, PlainList)
        )


PlainBlock = PlainLeaf | PlainList


def write(blocks: Iterable[PlainBlock]) -> list[str]:
    r"""Return the text of each block at the margin, with the blank line below all but the last.

    >>> from weeknote import Paragraph
    >>> origin = Paragraph("words")
    >>> write([PlainLeaf("Maps:", origin), PlainList([PlainItem([PlainLeaf("one\nor two", origin)], origin)], origin)])
    ['Maps:\n\n', '  • one\n    or two\n']
    """
    texts = []
    marker = ""
    for block in blocks:
        if isinstance(block, PlainLeaf):
            marker = ""
            texts.append(f"{block.text}\n\n")
        else:
            lines: list[str] = []
            marker = write_list(block, "", marker, lines)
            texts.append("\n".join(lines) + "\n\n")
    if texts:
        texts[-1] = texts[-1][:-1]
    return texts


def write_list(node: PlainList, indent: str, avoid: str, lines: list[str]) -> str:
    """Add the lines of a list, and return its bullet or what follows its numbers, which is not `avoid`."""
    known = TextWriter.bullets_known if node.start is None else ".)"
    key = known[0] if known[0] != avoid else known[1]
    head = indent or INDENT
    is_loose = any(len(x.blocks) > 1 + any(isinstance(block, PlainList) for block in x.blocks) for x in node.items)
    for n, item in enumerate(node.items):
        if n and is_loose:
            lines.append("")
        mark = key if node.start is None else f"{min(node.start + n, MAX_NUMBER)}{key}"
        write_item(item, f"{head}{mark} ", head + INDENT, lines)
    return key


def write_item(item: PlainItem, head: str, indent: str, lines: list[str]) -> None:
    """Add the lines of an item, the first after its marker and the others after white space."""
    first = len(lines)
    above: PlainBlock | None = None
    marker = ""
    for block in item.blocks:
        if isinstance(block, PlainLeaf):
            if above is not None:
                lines.append("")
            lines += [indent + line for line in block.text.split("\n")]
            marker = ""
        else:
            # Only a list that begins with another number than 1 would go on with the paragraph above it.
            if not isinstance(above, PlainLeaf) or block.start not in (None, 1):
                lines.append("")
            marker = write_list(block, indent, marker, lines)
        above = block
    lines[first] = head + lines[first][len(indent) :]
