"""Lines to write, and what slices say about where they were read: container prefixes, blank lines, neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    List,
    Paragraph,
    Parent,
    ThematicBreak,
    contents,
    slice_of,
)
from weeknote.source import LINE, Slice, Source
from weeknote.syntax.style import ITEM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.nodes.block import Block, Node

WORDS = (Paragraph, Heading, Definition, ThematicBreak)
"""Blocks to which the blank lines below never belong."""

NOT_PREFIX = re.compile(r"[^> \t]")


class Line(NamedTuple):
    """One line to write, or several that are written as they were read.

    Attributes:
        text: the line with its line end.
        prefix: what its containers put before it where it was read: `""` where that is in the text already; None for a
            new line, or one after a list marker, whose prefix its containers have yet to write.
        source: the source it was read from; None for a new line.
        start: the offset where the line begins in that source.
        end: the offset where the next line begins.
    """

    text: str
    prefix: str | None = None
    source: Source | None = None
    start: int = -1
    end: int = -1


def joined(lines: list[Line]) -> str:
    """Return lines as text."""
    return "".join([line.prefix + line.text if line.prefix else line.text for line in lines])


def lines_of(where: Slice) -> list[Line]:
    """Return the lines of a slice."""
    source, at = where.source, where.start
    start = source.line_start(at)
    prefix = written_prefix_of(where)
    found: list[Line] = []
    for text in LINE.findall(where.text):
        end = at + len(text)
        found.append(Line(text, "" if found else prefix, source, start, end))
        start = at = end
    return found


def text_before(where: Slice) -> str:
    """Return what comes before a slice on its first line."""
    return where.source.text[where.source.line_start(where.start) : where.start]


def written_prefix_of(where: Slice) -> str | None:
    """Return the container prefix before a slice as it was written; None if a list marker is part of it."""
    before = text_before(where)
    return None if NOT_PREFIX.search(before) else before


def prefix_of(where: Slice) -> str:
    """Return the container prefix before a slice, with a list marker counted as the white space it stands for."""
    return NOT_PREFIX.sub(" ", text_before(where).expandtabs(4))


def has_prefix(where: Slice, prefix: str) -> bool:
    """Return whether a slice was read after a container prefix."""
    own = prefix_of(where)
    if own == prefix:
        return True
    if own.strip(" ") or prefix.strip(" ") or not len(prefix) < len(own) <= len(prefix) + 3:
        return False
    # A tab before a nested list reaches further than its item's content begins.
    return "\t" in text_before(where) and not any(cut_tabs(where))


def cut_tabs(where: Slice) -> list[int]:
    """Return for each line of a leaf how many columns of a tab before it are its own, the others its containers'."""
    return [columns for _, _, columns in where.source.cuts.get(where.start, ())]


def taken_unmarked(lines: list[Line], marks: int) -> list[Line]:
    """Take the blank lines off the end that have fewer blockquote markers than a line in the quotation; return them."""
    taken: list[Line] = []
    while lines and lines[-1].source is not None:
        line, texts = lines[-1], LINE.findall(lines[-1].text)
        n = len(texts)
        # Of several lines in one, the first has its markers in the prefix.
        while n > bool(line.prefix) and texts[n - 1].count(">") < marks and not texts[n - 1].strip(" \t\r\n>"):
            n -= 1
        if n == len(texts) or n + len(lines) == 1:
            break
        rest = "".join(texts[n:])
        taken.insert(0, line._replace(text=rest, prefix="", start=line.end - len(rest)))
        lines.pop()
        if n:
            lines.append(line._replace(text=line.text[: -len(rest)], end=line.end - len(rest)))
    return taken


def moved_line(where: Slice) -> list[Line]:
    """Return the first line of a slice as one that its new containers give a prefix; those below are blank."""
    return [Line(lines_of(where)[0].text)]


def is_first_on_marked_line(node: Node) -> bool:
    """Return whether the first block of an edited quotation was read from a line further down that has its own mark."""
    if not isinstance(node, Blockquote) or node.origin is None or not node.blocks:
        return False
    first, where = node.blocks[0], slice_of(node.origin)
    if not any(first is block for block in contents(node.origin)[1:]):
        return False
    return None not in (written_prefix_of(slice_of(first)), written_prefix_of(where))


def means_the_same_anywhere(where: Slice, kind: type[Node]) -> bool:
    """Return whether a block means the same after any container prefix: it has one line, and no tab in it.

    Further lines begin with the prefix of the containers they were in, and the width of a tab depends on its column.
    """
    text = where.text
    if kind is ThematicBreak or any(cut_tabs(where)):
        # After a list marker, a line of the same character would swallow the marker.
        return False
    # Blank lines below belong to code whose fence is never closed.
    if kind is Code and not text[:4].lstrip(" ").startswith(("`", "~")):
        # Its indentation may begin in the middle of a tab.
        return False
    words = text.rstrip(" \t\r\n") if kind in WORDS else text.removesuffix("\n").removesuffix("\r")
    return not ("\n" in words or "\r" in words or "\t" in words)


def are_adjacent(a: Line, b: Line) -> bool:
    """Return whether two lines followed each other in one source."""
    return a.source is not None and a.source is b.source and a.end == b.start


def has_no_gap_below(line: Line) -> bool:
    """Return whether a line that was read had another right below it, with no blank line between."""
    return line.source is not None and line.end < len(line.source.text) and not is_blank(line, "")


def follows_blank_line(source: Source, start: int) -> bool:
    """Return whether the line that begins at an offset of a source comes after a blank line."""
    if start <= 0:
        return False
    end = start - 2 if source.text.startswith("\r\n", start - 2) else start - 1
    return not source.text[source.line_start(end) : end].strip(" \t>")


def is_blank(line: Line, prefix: str) -> bool:
    """Return whether a line, or the last of several in one, has nothing but its container prefix."""
    text = line.text
    end = len(text) - (2 if text.endswith("\r\n") else text.endswith(("\n", "\r")))
    above = text.rfind("\n", 0, end)
    above = max(above, text.rfind("\r", above + 1, end))
    return not text[above + 1 : end].strip(" \t>" if line.prefix is not None and ">" in prefix else " \t")


def last_leaf(block: Node) -> Node | None:
    """Return the last block in a block or item that holds no blocks; None if a container is empty.

    Blank lines at the end would belong to it if it is code or HTML without an end.
    """
    while inside := contents(block):
        block = inside[-1]
    return None if isinstance(block, Parent) else block


def marker_key(text: str) -> str:
    """Return the last character of the marker that an item's text begins with: what all items of a list share.

    >>> marker_key("12. words"), marker_key("- words"), marker_key("words")
    ('.', '-', '')
    """
    m = ITEM.match(text)
    return m[2][-1] if m else ""


def original_slice(node: Node | None) -> Slice | None:
    """Return the slice of a node, or of the node whose place it took in an edit; None for one that is all new."""
    if node is None or node.slice is not None:
        return None if node is None else node.slice
    return None if node.origin is None else node.origin.slice


def content_lines(where: Slice) -> list[str]:
    """Return the lines of a leaf without line ends, container marks, and blank lines at its end."""
    text, cut = where.source.text, where.source.cuts.get(where.start)
    blanks = " \t"
    if cut is not None:
        found = [" " * pad + text[a:b] for a, b, pad in cut]
    else:
        first, *others = (line.rstrip("\r\n") for line in LINE.findall(where.text))
        prefix = prefix_of(where)
        column = len(prefix)
        found = [first, *(without_indent(line, column) for line in others)] if column else [first, *others]
        blanks += ">" if ">" in prefix else ""
    while len(found) > 1 and not found[-1].strip(blanks):
        found.pop()
    return found


def without_last_blank_lines(text: str) -> str:
    r"""Return a text without the blank lines at its end, and without the end of its last line.

    >>> without_last_blank_lines("words  \n \n\n")
    'words  '
    """
    end = text.find("\n", len(text.rstrip(" \t\n")))
    return text if end < 0 else text[:end]


def without_indent(line: str, columns: int) -> str:
    r"""Return a line without so many columns of white space, or without all that it begins with (CommonMark 2.2).

    >>> without_indent("\t- x", 2)
    '  - x'
    """
    if not line[:columns].strip(" "):
        return line[columns:]
    words = line.lstrip(" \t")
    indent = line[: len(line) - len(words)].expandtabs(4)
    return indent[columns:] + words


def prefixed(prefix: str, line: Line) -> Line:
    """Return a new line after its container's prefix."""
    if not line.text.strip("\r\n"):
        prefix = prefix.rstrip(" ")
    elif prefix.endswith(">") and line.text[0] in " \t":
        # The first blank after a blockquote marker is part of it.
        prefix += " "
    return line._replace(text=prefix + line.text)


def goes_on_with(block: Block, before: Block, last: list[Line]) -> bool:
    """Return whether a list that was read would be part of the list above it, which is not the one it followed."""
    if not isinstance(block, List) or are_adjacent(last[-1], lines_of(slice_of(block))[0]):
        return False
    return last_marker_key(before, last) == marker_key(slice_of(block).text)


def last_marker_key(before: Block, last: list[Line]) -> str:
    """Return what the markers of the block share that was written last; `""` if it is no list."""
    if type(before) is not List:
        return ""
    where = original_slice(before)
    return marker_key(last[0].text if where is None else where.text)


def keys_beside(blocks: Sequence[Block], i: int, last: list[Line]) -> str:
    """Return the marker keys of the lists right before and after an index."""
    keys = last_marker_key(blocks[i - 1], last) if i else ""
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    where = original_slice(after) if isinstance(after, List) else None
    return keys if where is None else keys + marker_key(where.text)


def needs_blank(before: Block | None, block: Block, last: list[Line], dialect: str, *, tight: bool) -> bool:
    """Return whether to separate two blocks by a blank line: not where the note itself has none, if none is needed.

    The lines of the first are `last`. With `tight`, a list directly follows its paragraph, as in a list item.
    """
    # Such a list can interrupt a paragraph (CommonMark 5.3).
    directly = isinstance(block, List) and block.items[0].blocks and (not block.ordered or block.start == 1)
    if type(before) is Paragraph and directly:
        return not (tight or has_no_gap_below(last[-1]))
    if type(before) is Heading and (directly or dialect == "markdown"):
        return not has_no_gap_below(last[-1])
    if isinstance(before, FootnoteDefinition) and type(block) is FootnoteDefinition:
        return type(last_leaf(before)) is not Paragraph
    return not type(before) is type(block) is Definition
