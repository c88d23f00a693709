"""Positions for findings: the narrowest range of the text that shows the problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.front_matter import reader
from weeknote.nodes.document import Archive, Post, Weeknote
from weeknote.source import LINE, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.block import Heading, Node
    from weeknote.nodes.document import FrontMatter
    from weeknote.source import Slice

BLANKS = " \t\r\n"
MAX_QUOTED = 60
"""How many characters of a note a message quotes."""

TICKS = re.compile(r"(?<!\\)`+")
MARKUP = re.compile(
    r"<[A-Za-z/!?][^<>]{0,3000}>|(?<=\])\([^()\s]{0,3000}(?:\([^()\s]{0,300}\)[^()\s]{0,3000})?(?:\s+[\"'][^\"'\n]{0,300}[\"'])?\)"
    r"|\{[{%][^{}\n]{0,1000}[}%]\}"
)


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
        matter = note.front_matter
        key = reader.key_of(matter.values, reader.TITLE_KEYS)
        return (value_position(matter, key) if key is not None else None) or first_line_position(matter)
    return first_line_position(note)


def heading_position(heading: Heading) -> Position | None:
    """Return the position of a heading's words, without `#` or underline."""
    return words_position(heading, heading.text.replace("\n", " ")) or first_line_position(heading)


def words_position(node: Node | None, words: str) -> Position | None:
    """Return the position of some words in a node; of the whole node if they are spelled differently there."""
    if node is None or node.slice is None or not words:
        return position_of(node)
    found = node.slice.text.find(words)
    if found < 0:
        return position_of(node)
    return position_at(node.slice, node.slice.start + found, node.slice.start + found + len(words))


def value_position(matter: FrontMatter, key: str) -> Position | None:
    """Return the position of the value of a key in the front matter; None if it cannot be determined."""
    span = reader.key_span(matter.raw, matter.kind, key)
    return None if span is None else front_matter_position(matter, *span)


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
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(child_blocks(node)))


def child_blocks(node: Node) -> list[Node]:
    """Return a node's own blocks, items and sections, in text order."""
    found: list[Node] = []
    for name in node.parts:
        if name not in ("children", "rows", "front_matter"):
            part: Any = getattr(node, name)
            found += part if isinstance(part, tuple) else [] if part is None else [part]
    return found


def masked_source(leaf: Node) -> tuple[str, int]:
    r"""Return a leaf's source with everything but its words masked, and the offset at which it starts.

    In Markdown, code, HTML, link destinations and template tags become `\x00`, so that offsets stay the same.
    """
    where = leaf.slice
    if where is None:
        return getattr(leaf, "text", ""), 0
    text = where.text
    return text if where.source.reader.name == "text" else mask_markup(text), where.start


def mask_markup(text: str) -> str:
    r"""Return Markdown with code spans, HTML, link destinations and template tags as `\x00`, in linear time."""
    pieces = []
    done = 0
    runs = list(TICKS.finditer(text)) if "`" in text else []
    last: dict[int, int] = {len(run.group()): run.start() for run in runs}
    i = 0
    while i < len(runs):
        size = len(runs[i].group())
        if last[size] > runs[i].start():
            j = i + 1
            while len(runs[j].group()) != size:
                j += 1
            pieces += [text[done : runs[i].start()], "\x00" * (runs[j].end() - runs[i].start())]
            done, i = runs[j].end(), j
        i += 1
    text = "".join([*pieces, text[done:]])
    return MARKUP.sub(lambda m: "\x00" * len(m.group()), text)


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
