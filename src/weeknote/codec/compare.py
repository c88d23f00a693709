"""Comparing blocks by meaning without parsing what has the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.nodes.block import FootnoteDefinition, Heading, List, Node, Paragraph, Parent, contents, slice_of
from weeknote.source import BLANK, Slice
from weeknote.syntax.lines import content_lines, cut_tabs, means_the_same_anywhere, prefix_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def matches(expected: Node, found: Node, parsed_leaves: Mapping[int, Node]) -> bool:
    """Return whether two blocks or items mean the same; leaves of equal text are not parsed.

    What new leaves are read as is in `parsed_leaves`, by the leaf's id.
    """
    if type(expected) is not type(found):
        return False
    where = expected.slice
    if where is None and (parsed := parsed_leaves.get(id(expected))) is not None:
        where = parsed.slice
    if where is not None and have_same_text(where, slice_of(found), type(expected)):
        return type(expected) is not Heading or own_fields(expected) == own_fields(found)
    if isinstance(expected, Parent):
        x, y = contents(expected), contents(found)
        if len(x) != len(y) or own_fields(expected) != own_fields(found):
            return False
        return all(matches(a, b, parsed_leaves) for a, b in zip(x, y, strict=True))
    return expected == found


def own_fields(node: Node) -> tuple[object, ...]:
    """Return a node's attributes other than its text and its blocks."""
    match node:
        case Heading():
            return (node.depth,)
        case List():
            return node.ordered, node.start
        case FootnoteDefinition():
            return (node.label,)
        case _:
            return ()


def have_same_text(a: Slice, b: Slice, kind: type[Node]) -> bool:
    """Return whether two slices hold the same text where it means the same."""
    x, y = a.source, b.source
    if (x.reader.name, x.reader.mdx) != (y.reader.name, y.reader.mdx) or not x.agrees(y.definitions, y.footnotes):
        return False
    # They are equal: sharing them saves comparing them for each block.
    y.definitions, y.footnotes = x.definitions, x.footnotes
    if kind is Paragraph or kind is Heading:
        # Blank lines after words are no part of them.
        text, other = a.text.rstrip(BLANK), b.text.rstrip(BLANK)
    else:
        text, other = a.text, b.text
    if text == other:
        if means_the_same_anywhere(a, kind) and means_the_same_anywhere(b, kind):
            return True
        return prefix_of(a) == prefix_of(b) and cut_tabs(a) == cut_tabs(b)
    return kind is Paragraph and content_lines(a) == content_lines(b)
