"""Blocks to lines: what was read is given back as it was, what is new is written in the note's style.

Law 2 lives here: a new node changes no line but its own, and where two pieces meet that did not before, newlines are
added and nothing else.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from weeknote._source import LINE, Source
from weeknote._style import ITEM, Style
from weeknote.errors import CannotExpress
from weeknote.model import FootnoteDefinition, Heading, List, ListItem, Node, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote._source import Reader, Slice

LINE_END = re.compile(r"(?:\r\n?|\n)\Z")
NOT_MARK = re.compile(r"[^> \t]")

LAST_NUMBER = 999_999_999
"""The greatest number an item can have (CommonMark 5.2); only the first item's counts."""


class Line(NamedTuple):
    """One line to write.

    Attributes:
        text: the line with its line end.
        absolute: whether its containers' marks are in it already, as they are in what is given back.
        source: the source it was read from; None for a new line.
        start: the offset where the line begins in that source.
        end: the offset where the next line begins.
    """

    text: str
    absolute: bool = False
    source: Source | None = None
    start: int = -1
    end: int = -1


class Written(NamedTuple):
    """One block as lines.

    Attributes:
        lines: its lines, the blank lines after it included.
        fresh: whether it is new, or stands after something it did not stand after when it was read.
    """

    lines: list[Line]
    fresh: bool


@attrs.define
class Surroundings:
    """What blocks are written into.

    Attributes:
        reader: the dialect.
        style: the style of new text.
        definitions: the link definitions that will be in force, by folded label.
        footnotes: the labels of the footnotes that will be there.
        anew: the ids of nodes that must be written anew although they were read.
        guarded: the ids of paragraphs that would be read as furniture or front matter if they began with words.
        prepared: what the dialect keeps from leaf to leaf.
    """

    reader: Reader
    style: Style
    definitions: dict[str, tuple[str, str | None]] = attrs.field(factory=dict)
    footnotes: set[str] = attrs.field(factory=set)
    anew: set[int] = attrs.field(factory=set)
    guarded: set[int] = attrs.field(factory=set)
    prepared: Any = None

    def source(self, text: str) -> Source:
        """Return a text as a source that reads its leaves as they will be read where they will stand."""
        source = Source(text, self.reader)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        if self.prepared is None:
            self.prepared = self.reader.prepare(source)
        source.prepared = self.prepared
        return source

    def scan(self, text: str) -> list[Any]:
        """Return the blocks of a text as they will be read where it will stand."""
        source = self.source(text)
        source.footnotes = set()
        blocks = self.reader.scan(source, 0)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        return blocks

    def inlines(self, text: str) -> tuple[Any, ...]:
        """Return what the raw text of a leaf is read as."""
        return self.reader.inlines(text, self.source(""))


class BlockWriter:
    """Writes blocks; each dialect adds how a new one is written."""

    def __init__(self, into: Surroundings) -> None:
        self.into = into
        self.style = into.style

    # --- what each dialect adds

    def new(self, block: Any, prefix: str, avoid: str) -> list[Line]:
        """Return the lines of a block that is not given back.

        Args:
            block: the block.
            prefix: the container marks its lines will stand behind.
            avoid: what the marker's key must not be, for a list after a list.

        Raises:
            CannotExpress: the dialect has no way to write it.
        """
        raise NotImplementedError

    def list_key(self, node: List, avoid: str) -> str:
        """Return what the markers of a list are to share: its bullet, or what stands behind its numbers."""
        raise NotImplementedError

    # --- what was read

    def is_kept(self, node: Node, prefix: str, *, first: bool) -> bool:
        """Tell whether a node is given back as it was read.

        Args:
            node: the node.
            prefix: the container marks its lines will stand behind.
            first: whether it is the first in its container, on the container's own line.
        """
        where, into = node.slice, self.into
        if where is None or id(node) in into.anew or where.source.reader.name != into.reader.name:
            return False
        source = where.source
        if source.definitions is not into.definitions or source.footnotes is not into.footnotes:
            alike = source.definitions == into.definitions and source.footnotes == into.footnotes
            if not alike and "[" in where.text:
                return False
        if not prefix:
            return where.start == 0 or source.text[where.start - 1] in "\r\n"
        own = prefix_of(where)
        if own == prefix:
            return True
        if not own.strip(" ") and not prefix.strip(" ") and len(prefix) < len(own) <= len(prefix) + 3:
            # A tab before a nested list reaches further than its item's content begins.
            return "\t" in indent_of(where)
        return first and all(
            line.startswith(prefix) or not line.strip(" \t\r\n") for line in LINE.findall(where.text)[1:]
        )

    # --- rows

    def row(self, blocks: Sequence[Any], prefix: str, *, tight: bool = False) -> list[Written]:
        """Return blocks in a row as lines, with blank lines where two of them meet anew.

        Args:
            blocks: the blocks.
            prefix: the container marks their lines will stand behind.
            tight: whether a list stands directly under its paragraph, as in a list item.
        """
        found: list[Written] = []
        before: Any = None
        for i, block in enumerate(blocks):
            last = found[-1].lines if found else []
            key = marker_key(last[0].text) if type(before) is List else ""
            keep = self.is_kept(block, prefix, first=i == 0)
            lines = lines_of(block.slice, whole=not prefix) if keep else []
            if keep and last and not touch(last, lines):
                keep = self.may_follow(before, block, key)
            if not keep:
                lines = self.new(block, prefix, key if type(block) is List else "")
            touching = bool(last) and touch(last, lines)
            if last and not touching:
                self.part(last, prefix, blank=self.needs_blank(before, block, last, tight=tight))
            found.append(Written(lines, not keep or (bool(last) and not touching)))
            before = block
        return found

    def needs_blank(self, before: Any, block: Any, last: list[Line], *, tight: bool) -> bool:
        """Tell whether a blank line must part two blocks: not where the note itself has none, and none is needed."""
        under = type(block) is List and interrupts(block)
        if type(before) is Paragraph and under:
            return not (tight or is_close(last[-1], prefix=""))
        if type(before) is Heading and (under or self.into.reader.name == "markdown"):
            return not is_close(last[-1], prefix="")
        return True

    def may_follow(self, before: Any, block: Any, key: str) -> bool:
        """Tell whether a block that is given back means the same after a block it did not stand after."""
        text = block.slice.text
        if type(before) is List and type(block) is List and marker_key(text) == key:
            return False
        return not (type(before) in (List, FootnoteDefinition) and text[:1] in (" ", "\t"))

    def part(self, lines: list[Line], prefix: str, *, blank: bool) -> None:
        """End the last line; with `blank`, see to it that a blank line stands after it."""
        newline = self.style.newline
        if not lines[-1].text.endswith(("\n", "\r")):
            lines[-1] = lines[-1]._replace(text=lines[-1].text + newline)
        if blank and not is_blank(lines[-1], prefix):
            lines.append(Line(newline))

    # --- containers

    def contain(self, blocks: Sequence[Any], prefix: str, head: str, inner: str, *, tight: bool) -> list[Line]:
        """Return the lines of a container: its first line behind `head`, the others behind `inner`."""
        rows = self.row(blocks, prefix + inner, tight=tight)
        lines = [line for written in rows for line in written.lines]
        if not lines:
            return [Line(head.rstrip(" ") + self.style.newline)]
        self.part(lines, prefix + inner, blank=False)
        opening = lines[0].text.lstrip(" \t") if lines[0].absolute else lines[0].text
        found = [lines[0]._replace(text=head + opening, absolute=False)]
        for line in lines[1:]:
            if line.absolute:
                found.append(line)
            else:
                bare = not line.text.strip("\r\n")
                found.append(line._replace(text=(inner.rstrip(" ") if bare else inner) + line.text))
        return found

    def bullets(self, node: List, prefix: str, avoid: str) -> list[Line]:
        """Return the lines of a list: items that were read are given back, new ones are made to look like them."""
        if not node.items:
            raise CannotExpress("a list needs an item; leave the list out", node=node)
        key = self.list_key(node, avoid)
        keeps = [self.is_kept_item(item, prefix, key, node, n) for n, item in enumerate(node.items)]
        indent, gap, tabs = self.look(node, keeps, prefix)
        loose = is_loose(node, keeps)
        found: list[Line] = []
        held: list[Line] = []
        for n, item in enumerate(node.items):
            keep, kept_before = keeps[n], n > 0 and keeps[n - 1]
            if keep:
                lines = lines_of(item.slice)
            else:
                mark = key if node.start is None else f"{min(node.start + n, LAST_NUMBER)}{key}"
                lines = self.item(item, prefix, indent + mark + gap)
                if tabs:
                    lines = [x if x.absolute else x._replace(text=tabs + x.text, absolute=True) for x in lines]
            if found and not touch(found, lines):
                if kept_before and not any(keeps[n:]):
                    # The blank lines after the last item belong after the list, not before what is added to it.
                    while len(found) > 1 and is_blank(found[-1], prefix):
                        held.insert(0, found.pop())
                self.part(found, prefix, blank=loose)
            found += lines
        if held and not is_blank(found[-1], prefix):
            self.part(found, prefix, blank=False)
            found += held
        return found

    def item(self, item: ListItem, prefix: str, head: str) -> list[Line]:
        """Return the lines of an item that is not given back."""
        return self.contain(item.blocks, prefix, head, " " * self.depth_of(head), tight=True)

    def depth_of(self, head: str) -> int:
        """Return the column where the content of an item stands that begins with a marker and white space around it."""
        return len(head)

    def is_kept_item(self, item: ListItem, prefix: str, key: str, node: List, n: int) -> bool:
        """Tell whether an item is given back: its marker must fit the list, and the first one's number its start."""
        if not self.is_kept(item, prefix, first=n == 0):
            return False
        m = ITEM.match(item.slice.text)  # type: ignore[union-attr] # it is kept: it was read
        if m is None or m[2][-1] != key or (node.start is None) == m[2][0].isdigit():
            return False
        return n > 0 or node.start is None or int(m[2][:-1]) == node.start

    def look(self, node: List, keeps: list[bool], prefix: str) -> tuple[str, str, str]:
        """Return what stands before and after the markers of a list's new items, and tabs that stand before all."""
        for item, keep in zip(node.items, keeps, strict=True):
            if keep:
                where: Any = item.slice
                m = ITEM.match(where.text)
                indent = indent_of(where)
                tabs = indent if "\t" in indent and not indent.strip(" \t") else ""
                return (m[1], m[3] or " ", tabs) if m else ("", " ", tabs)
        if prefix:
            return "", " ", ""
        return self.style.indent, self.style.gap, ""


# --- what lines and slices say


def prefix_of(where: Slice) -> str:
    """Return the container marks before a slice on its first line; a list marker counts as the white space it is."""
    return NOT_MARK.sub(" ", indent_of(where).expandtabs(4))


def lines_of(where: Any, *, whole: bool = False) -> list[Line]:
    """Return the lines of a slice; what follows the first carries its containers' marks already.

    So does the first where tabs indent it: what would stand for them need not be as wide. With `whole`, for a block
    at the margin that nothing is put before, all of them count as one line.
    """
    source, at = where.source, where.start
    if whole:
        return [Line(where.text, True, source, at, where.end)]
    indent = indent_of(where)
    start = at - len(indent)
    tabbed = "\t" in indent and not indent.strip(" \t")
    found: list[Line] = []
    for text in LINE.findall(where.text):
        end = at + len(text)
        found.append(Line(indent + text if tabbed and not found else text, tabbed or bool(found), source, start, end))
        start = at = end
    return found


def indent_of(where: Slice) -> str:
    """Return what stands before a slice on its first line."""
    source, at = where.source, where.start
    if at == 0 or source.text[at - 1] in "\r\n":
        return ""
    return source.text[at - source.point(at).column + 1 : at]


def touch(before: list[Line], after: list[Line]) -> bool:
    """Tell whether lines that are given back followed each other in one source."""
    a, b = before[-1], after[0]
    return a.source is not None and a.source is b.source and a.end == b.start


def is_close(line: Line, prefix: str) -> bool:
    """Tell whether something stood right under a line that is given back, with no blank line between."""
    return line.source is not None and line.end < len(line.source.text) and not is_blank(line, prefix)


def interrupts(node: List) -> bool:
    """Tell whether a list is read as one right under a paragraph (CommonMark 5.3)."""
    return bool(node.items and node.items[0].blocks) and (not node.ordered or node.start == 1)


def is_blank(line: Line, prefix: str) -> bool:
    """Tell whether a line, or the last of several in one, shows nothing but its containers' marks."""
    marks = " \t>" if line.absolute and ">" in prefix else " \t"
    before = LINE_END.sub("", line.text).rstrip(marks)
    return not before or before.endswith(("\n", "\r"))


def marker_key(text: str) -> str:
    """Return what the marker of an item's text shares with those of its list, `""` if none stands there."""
    m = ITEM.match(text)
    return m[2][-1] if m else ""


def is_loose(node: List, keeps: list[bool]) -> bool:
    """Tell whether blank lines stand between a list's items; in a new list, where an item holds several blocks."""
    for (a, b), (x, y) in zip(pairwise(node.items), pairwise(keeps), strict=True):
        if x and y and touch(before := lines_of(a.slice), lines_of(b.slice)):
            return is_blank(before[-1], ">")
    if any(keeps):
        return False
    return any(len(i.blocks) > 1 + any(type(b) is List for b in i.blocks) for i in node.items)
