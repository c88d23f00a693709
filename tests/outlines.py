"""Notes drawn as outlines, and the fixture files that hold texts with the outlines they should have.

A case in a fixture file is a title, a line of a dot, the text, a line of a dot, the outline, and a line of a dot. In
the text `→` stands for a tab and `␣` for a space at the end of a line. An outline has a line for each block, indented
by two spaces for each container it is in; inline nodes come after their block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from weeknote.nodes.block import (
    Block,
    Blockquote,
    Break,
    Code,
    Definition,
    Delete,
    Emphasis,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    List,
    Paragraph,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from weeknote.nodes.document import Weeknote

FIXTURES = Path(__file__).parent / "fixtures"
CASE = re.compile(r"(?P<title>[^\n]+)\n\.\n(?P<text>.*?)^\.\n(?P<outline>.*?)^\.\n\n*", re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """One case of a fixture file."""

    name: str
    text: str
    outline: str


def cases(paths: Iterable[Path]) -> list[Case]:
    """Return the cases of fixture files."""
    found = []
    for path in paths:
        for m in CASE.finditer(path.read_text(encoding="utf-8")):
            text = m["text"].replace("→", "\t").replace("␣", " ")
            found.append(Case(f"{path.stem}: {m['title']}", text, m["outline"]))
    return found


def rest(path: Path) -> str:
    """Return what is in a fixture file beside its cases: it should be nothing."""
    return CASE.sub("", path.read_text(encoding="utf-8"))


def quoted(words: str) -> str:
    """Return words in quotation marks, as JSON writes them."""
    return json.dumps(words, ensure_ascii=False)


def target(url: str, title: str | None) -> str:
    """Return where a link goes."""
    return f"<{url}>" if title is None else f"<{url}> {quoted(title)}"


def inline(node: Inline) -> str:
    """Return the outline of an inline node."""
    match node:
        case Text(value=value):
            return quoted(value)
        case Emphasis() | Strong() | Delete():
            return f"{type(node).__name__}[{inlines(node.children)}]"
        case Link():
            return f"Link{target(node.url, node.title)}[{inlines(node.children)}]"
        case Image():
            return f"Image{target(node.url, node.title)}[{node.alt}]"
        case InlineCode(value=value) | Html(value=value):
            return f"{type(node).__name__} {quoted(value)}"
        case Break():
            return "Break"
        case FootnoteReference(label=label):
            return f"FootnoteReference {label}"


def inlines(nodes: Iterable[Inline]) -> str:
    """Return the outline of the inside of a leaf."""
    return " ".join(inline(node) for node in nodes)


def outline(blocks: Iterable[Block], indent: str = "") -> list[str]:
    """Return the outline of blocks, a line for each."""
    found = []
    for block in blocks:
        name = type(block).__name__
        within: tuple[Block, ...] = ()
        match block:
            case Paragraph():
                line = f"{name} {inlines(block.children)}"
            case Heading():
                line = f"{name} {block.depth} {inlines(block.children)}".rstrip()
            case Code():
                line = f"{name} {quoted(block.value)}" + ("" if block.info is None else f" info={quoted(block.info)}")
            case Html():
                line = f"{name} {quoted(block.value)}"
            case ThematicBreak():
                line = name
            case Definition():
                line = f"{name} {block.label} {target(block.url, block.title)}"
            case FootnoteDefinition():
                line, within = f"{name} {block.label}", block.blocks
            case Blockquote():
                line, within = name, block.blocks
            case Table():
                line = f"{name} {' '.join(align or '-' for align in block.align)}"
            case List():
                line = f"{name} {block.marker}"
        found.append(indent + line)
        found += outline(within, indent + "  ")
        if isinstance(block, Table):
            found += [f"{indent}  | {' | '.join(inlines(c.children) for c in row.cells)} |" for row in block.rows]
        if isinstance(block, List):
            for item in block.items:
                found += [f"{indent}  ListItem", *outline(item.blocks, indent + "    ")]
    return found


def block_outline(note: Weeknote) -> str:
    """Return the outline of all blocks of a note, sections opened."""
    heading = [note.heading] if note.heading is not None else []
    blocks = [*heading, *note.intro, *(b for s in note.sections for b in (s.heading, *s.blocks)), *note.trailer]
    return joined(outline(blocks))


def note_outline(note: Weeknote) -> str:
    """Return the outline of a note: its heading, its intro, its sections with their roles, its trailer."""
    found = []
    if note.heading is not None:
        found.append(f"heading {inlines(note.heading.children)}")
    if note.intro:
        found += ["intro", *outline(note.intro, "  ")]
    for section in note.sections:
        found += [f"{section.role} {inlines(section.heading.children)}", *outline(section.blocks, "  ")]
    if note.trailer:
        found += ["trailer", *outline(note.trailer, "  ")]
    return joined(found)


def joined(lines: Iterable[str]) -> str:
    """Return lines as text."""
    return "".join(f"{line.rstrip()}\n" for line in lines)
