"""Positions for findings: the narrowest range of the text that shows the problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.front_matter import reader
from weeknote.headings.title import read_title
from weeknote.nodes.block import Parent
from weeknote.nodes.document import Archive, Post, Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.inline import Html, Link, Text
from weeknote.nodes.section import Section
from weeknote.nodes.traversal import walk
from weeknote.source import LINE, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.block import Heading, Node
    from weeknote.source import Slice

BLANKS = " \t\r\n"
MAX_QUOTED = 60
"""The maximum number of characters that a message quotes."""

# Liquid, Jinja, Hugo and the like.
TEMPLATE_TAG = re.compile(r"\{[{%][^{}\n]{0,1000}[}%]\}")
LINE_CONTENT = re.compile(r"[^\r\n]+")
HTML_LINK = re.compile(r"<(/?)a\b", re.IGNORECASE)
HTML_CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp|script|style|tt)\b", re.IGNORECASE)


def position_at(where: Slice, start: int, end: int) -> Position:
    """Return the position of a range of the source, given by its offsets."""
    return Position(where.source.point(start), where.source.point(end))


def position_of(node: Node | None) -> Position | None:
    """Return the position of a node without the blanks around it; None if it was built."""
    if node is None or node.slice is None:
        return None
    text = node.slice.text
    start = len(text) - len(text.lstrip(BLANKS))
    end = max(len(text.rstrip(BLANKS)), start)
    return position_at(node.slice, node.slice.start + start, node.slice.start + end)


def first_line_position(node: Node | None) -> Position | None:
    """Return the position of a node's first line; None if the node was built."""
    found = position_of(node)
    if node is None or node.slice is None or found is None:
        return None
    line = LINE.match(node.slice.source.text, found.start.offset, found.end.offset)
    stop = found.start.offset + len(line.group().rstrip(BLANKS)) if line is not None else found.end.offset
    return position_at(node.slice, found.start.offset, stop)


def title_position(note: Weeknote | Archive | Post) -> Position | None:
    """Return the position of a note's heading, else of its title in the front matter, else of its first line."""
    if isinstance(note, (Weeknote, Post)) and note.heading is not None:
        return heading_position(note.heading)
    if isinstance(note, (Weeknote, Archive)) and note.front_matter is not None:
        key = reader.key_of(note.front_matter.values, reader.TITLE_KEYS)
        return value_position(note.front_matter, key) or first_line_position(note.front_matter)
    return first_line_position(note)


def heading_position(heading: Heading) -> Position | None:
    """Return the position of a heading's words, without `#` or underline."""
    first, last = (heading.children[0].slice, heading.children[-1].slice) if heading.children else (None, None)
    if heading.slice is None or first is None or last is None:
        return first_line_position(heading)
    return position_at(heading.slice, first.start, last.end)


def words_position(node: Node | None, words: str) -> Position | None:
    """Return the position of some words in a node; of the whole node if they are spelled differently there."""
    if node is None or node.slice is None or not words:
        return position_of(node)
    found = node.slice.text.find(words)
    if found < 0:
        return position_of(node)
    return position_at(node.slice, node.slice.start + found, node.slice.start + found + len(words))


def value_position(matter: FrontMatter, key: str | None) -> Position | None:
    """Return the position of the value of a key in the front matter; None if it cannot be determined."""
    span = None if key is None else reader.key_span(matter.raw, matter.kind, key)
    return None if span is None else front_matter_position(matter, *span)


def week_position(note: Weeknote) -> Position | None:
    """Return the position of a note's week: in its heading, else in the front matter, else that of the title."""
    heading, matter = note.heading, note.front_matter
    if heading is not None and (span := read_title(heading.text).weeks_span) is not None:
        return words_position(heading, heading.text[slice(*span)].rstrip())
    if matter is not None and matter.title is not None and read_title(matter.title).weeks:
        return value_position(matter, reader.key_of(matter.values, reader.TITLE_KEYS)) or title_position(note)
    return (matter and value_position(matter, matter.week_key)) or title_position(note)


def front_matter_position(matter: FrontMatter, start: int, end: int) -> Position | None:
    r"""Return the position of a range of `matter.raw`, in which every line ends in `"\n"`."""
    where = matter.slice
    if where is None:
        return None
    lines = list(LINE.finditer(where.text)) if "\r" in where.text else []

    def source_offset(offset: int) -> int:
        line, column = matter.raw.count("\n", 0, offset), offset - (matter.raw.rfind("\n", 0, offset) + 1)
        return where.start + (lines[line].start() + column if line < len(lines) else offset)

    return position_at(where, source_offset(start), source_offset(end))


def walk_blocks(root: Node) -> Iterator[Node]:
    """Yield a node and the blocks, list items and sections inside it, in text order."""
    for node in walk(root, prune=lambda node: not isinstance(node, Parent | Section | Weeknote | Post | Archive)):
        if not isinstance(node, FrontMatter):
            yield node


def masked_source(leaf: Node, *, with_links: bool = True) -> tuple[str, int]:
    r"""Return a leaf's source with everything but its words masked, and the offset at which it starts.

    In Markdown, everything that is not in a `Text` node (code, HTML, link destinations, brackets …) and template tags
    become `\x00`, so that offsets stay the same. Line ends stay. The words of links, also in HTML, count if so asked.
    """
    where = leaf.slice
    if where is None or where.source.reader.name == "text":
        return ("", 0) if where is None else (where.text, where.start)
    source = where.source.text
    pieces: list[str] = []
    done = where.start
    for text in text_nodes(leaf, with_links=with_links):
        if text.slice is not None and text.slice.start >= done:
            pieces += [_masked(source[done : text.slice.start]), source[text.slice.start : text.slice.end]]
            done = text.slice.end
    pieces.append(_masked(source[done : where.end]))
    masked = "".join(pieces)
    return TEMPLATE_TAG.sub(lambda m: _masked(m[0]), masked) if "{" in masked else masked, where.start


def _masked(text: str) -> str:
    return LINE_CONTENT.sub(lambda m: "\x00" * len(m[0]), text)


def text_nodes(leaf: Node, *, with_links: bool = True) -> Iterator[Text]:
    """Yield the `Text` nodes in a node in text order, but not those in HTML code, nor in links if so asked."""
    in_link = in_code = 0
    for node in walk(leaf, prune=None if with_links else lambda node: isinstance(node, Link)):
        if isinstance(node, Html):
            in_link += sum(-1 if slash else 1 for slash in HTML_LINK.findall(node.value))
            in_code += sum(-1 if slash else 1 for slash in HTML_CODE.findall(node.value))
        elif isinstance(node, Text) and in_code <= 0 and (with_links or in_link <= 0):
            yield node


def all_headings(note: Weeknote) -> list[Heading]:
    """Return a note's own heading and those of its sections, in text order."""
    return [*([] if note.heading is None else [note.heading]), *(s.heading for s in note.sections)]


def abbreviate(words: str) -> str:
    """Return some words on one line, cut to a length that suits a message."""
    words = " ".join(words.split())
    return words if len(words) <= MAX_QUOTED else words[: MAX_QUOTED - 1].rstrip() + "…"


def quote_heading(heading: Heading) -> str:
    """Return a heading in quotes, for a message."""
    return f"“{abbreviate(heading.text)}”" if heading.text.strip() else "a heading without words"
