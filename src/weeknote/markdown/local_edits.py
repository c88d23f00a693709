"""An edit inside one line of a paragraph, as the one change it makes to the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.markdown.grammar import WORDS
from weeknote.markdown.inline_parser import read_inlines
from weeknote.markdown.inline_writer import plainest
from weeknote.nodes.block import Emphasis, Paragraph, Strong, slice_of
from weeknote.syntax.leaf_edits import Change
from weeknote.syntax.leaf_text import LeafText

if TYPE_CHECKING:
    from weeknote.nodes.block import Inline, Node
    from weeknote.source import Slice

MARKED = (Emphasis, Strong)
WORD_START = re.compile(WORDS)
# A bar could make a table of two lines, and a control character end one.
NOT_WITHIN_LINE = re.compile(r"[|\x00-\x1f\x7f\ud800-\udfff]")


def local_change(new: Paragraph, read: Node) -> Change | None:
    """Return the one change to the source that turns one paragraph into another; None if that takes a closer look.

    The change is within a line that begins like plain words both before and after it (CommonMark 4, 5). The line is
    therefore still part of a paragraph, in any container, and only the inline content has to be parsed again.

    Args:
        new: the new paragraph.
        read: the block that was read in its place, from Markdown.
    """
    if type(read) is not Paragraph or new.slice is not None:
        return None
    where = slice_of(read)
    leaf = where.source.reader.leaf_text(read)
    old = leaf.text
    first = last = 0
    if new.origin is read:
        first, last = count_alike(new.children, read.children)
    elif not is_whole_line(where, old):
        return None
    start = leaf.offset(slice_of(read.children[first - 1]).end) if first else 0
    end = leaf.offset(slice_of(read.children[-last]).start) if last else len(old)
    edited = new.children[first : len(new.children) - last]
    if first and edited and isinstance(edited[0], MARKED) and isinstance(new.children[first - 1], MARKED):
        # Two adjacent runs of delimiters need different characters, which the writer takes care of.
        return None
    words = plainest(edited, leaf)
    text = old[:start] + words + old[end:]
    line = old.rfind("\n", 0, start) + 1
    if WORD_START.match(old, line) is None or WORD_START.match(text, line) is None or text[-1] == " ":
        return None
    if (text[0] == "[" and "]:" in text) or (text[0] in "\"'(" and where.source.definitions):
        # It may be the definition of a link, or the title of the one above it.
        return None
    if NOT_WITHIN_LINE.search(words) or NOT_WITHIN_LINE.search(old, start, end):
        return None
    # Only what the nodes mean counts, not their places.
    if read_inlines(LeafText(where.source, text, [0], [0])) != new.children:
        return None
    return Change(leaf.place(start), leaf.place(end), words)


def count_alike(new: tuple[Inline, ...], read: tuple[Inline, ...]) -> tuple[int, int]:
    """Return how many nodes are the very ones that were read, at the beginning and after the edit."""
    shorter = min(len(new), len(read))
    first = last = 0
    while first < shorter and new[first] is read[first]:
        first += 1
    while last < shorter - first and new[-1 - last] is read[-1 - last]:
        last += 1
    return first, last


def is_whole_line(where: Slice, words: str) -> bool:
    """Return whether a leaf has nothing but its words on its line, and no white space around them."""
    text, end = where.source.text, where.start + len(words)
    return text.startswith(words, where.start) and text[end : end + 1] in "\r\n"
