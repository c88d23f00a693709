"""New blocks in Markdown: each is written, read back, and taken only if it means what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.errors import CannotExpressError
from weeknote.markdown.inline_writer import PUNCTUATION, destination, link_title, reference, spellings
from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    Paragraph,
    Table,
    TableCell,
    Text,
    ThematicBreak,
    node_from_source,
)
from weeknote.source import Slice
from weeknote.syntax.block_writer import BlockWriter
from weeknote.syntax.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.block import Node

ALIGNED = {"left": ":--", "center": ":-:", "right": "--:", None: "---"}
BACKSLASHED = r"\\\g<0>"
# Words on one line that begin like words: nothing in them can mean anything (CommonMark 2.4, 6).
BARE = re.compile(r"[^\W\d_][^\\`*_\[\]<&~!|\x00-\x1f\x7f\ud800-\udfff]*+(?<! )")
FENCE = re.compile(r"(?m)^[ \t]*(`{3,}|~{3,})")


class MarkdownWriter(BlockWriter):
    """Writes blocks as CommonMark with tables, strikethrough and footnotes."""

    bullets_known = "-*+"

    def new(self, block: Any, prefix: str, avoid: str, *, placed: bool) -> list[Line]:
        """Return the lines of a block that is not given back."""
        match block:
            case List():
                return self.items(block, prefix, avoid, placed=placed)
            case Blockquote():
                return self.contain(block, prefix, "> ", "> ", tight=False, placed=placed)
            case FootnoteDefinition():
                head = f"[^{block.label}]: "
                if not re.fullmatch(r"[^\]\[\s]{1,200}", block.label):
                    raise CannotExpressError("a footnote's label is one word without brackets", node=block)
                if not placed and self.needs_own_line(block, prefix + "    "):
                    below = self.contain(block, prefix, "    ", "    ", tight=False, placed=False)
                    return [Line(head.rstrip(" ") + self.newline), *below]
                return self.contain(block, prefix, head, "    ", tight=False, placed=placed)
            case ThematicBreak():
                # Behind a list marker, a line of the same character would swallow the marker.
                return self.lines("___" if prefix else "***")
        words = bare_words(block)
        if words is not None and id(block) not in self.into.guarded:
            self.into.parsed_leaves[id(block)] = node_from_source(
                Paragraph, Slice(self.into.source(words), 0, len(words))
            )
            return self.lines(words)
        for text in self.candidates(block):
            if self.reads_back(text, block):
                return self.lines(text)
        raise CannotExpressError(
            f"Markdown has no way to write this {type(block).__name__}; {advice(block)}", node=block
        )

    def needs_own_line(self, block: FootnoteDefinition, prefix: str) -> bool:
        """Tell whether what a footnote says begins with a marker, which behind its label stands in another column."""
        first: Any = next(iter(block.blocks), None)
        if type(first) is List and first.items:
            return not self.is_kept(first.items[0], prefix, first=True)
        return type(first) in (FootnoteDefinition, Blockquote) and not self.is_kept(first, prefix, first=True)

    def lines(self, text: str) -> list[Line]:
        """Return text whose lines end in line feeds as lines."""
        return [Line(line + self.newline) for line in text.split("\n")]

    def reads_back(self, text: str, block: Node) -> bool:
        """Tell whether a text is read as one block that equals what was meant."""
        found = self.into.scan(text)
        if len(found) != 1 or found[0] != block:
            return False
        self.into.parsed_leaves[id(block)] = found[0]
        return True

    def candidates(self, block: Any) -> Iterator[str]:
        """Yield spellings of a leaf, the plainest first."""
        match block:
            case Paragraph():
                if id(block) not in self.into.guarded:
                    yield from spellings(block.children)
                yield from map(guard_first, spellings(block.children))
            case Heading():
                yield from self.heading(block)
            case Code():
                yield from fenced(block)
            case Html():
                yield block.value
            case Table():
                yield self.table(block)
            case Definition():
                title = link_title(block.title)
                yield f"[{block.label}]: {destination(block.url)}{title}"

    def heading(self, block: Heading) -> Iterator[str]:
        """Yield spellings of a heading: underlined where the note underlines its headings, else with `#`."""
        marks = "#" * block.depth
        for text in spellings(block.children, one_line=True):
            if self.into.style.underlined and block.depth <= 2 and text:
                yield text + "\n" + "=-"[block.depth - 1] * max(len(text), 3)
            yield f"{marks} {text}".rstrip(" ")
            if text.endswith("#"):
                yield f"{marks} {text[:-1]}\\#"
        if block.depth <= 2:
            # Only an underlined heading can hold a hard line break.
            for text in spellings(block.children):
                yield f"{text}\n{'=-'[block.depth - 1] * 3}"

    def table(self, block: Table) -> str:
        """Return the spelling of a table."""
        columns = len(block.align)
        widths = [len(row.cells) for row in block.rows]
        if not columns or not widths or widths[0] != columns or min(widths) < columns:
            raise CannotExpressError("a table needs a header, and every row a cell for each column of it", node=block)
        if any(a not in ALIGNED for a in block.align):
            raise CannotExpressError("a column is aligned left, center, right or None", node=block, found=block.align)
        rows = ["| " + " | ".join(self.cell(c) for c in row.cells) + " |" for row in block.rows]
        rows.insert(1, "| " + " | ".join(ALIGNED[a] for a in block.align) + " |")
        return "\n".join(rows)

    def cell(self, node: TableCell) -> str:
        """Return the spelling of a cell, its `|` behind backslashes."""
        for text in spellings(node.children, one_line=True):
            bare = text.replace("\\|", "|")
            if not re.search(r"[\r\n]", bare) and self.into.inlines(bare.strip()) == node.children:
                return bare.replace("|", "\\|")
        raise CannotExpressError("a cell holds one line of words; change what it holds", node=node)


def bare_words(block: Any) -> str | None:
    """Return the words of a paragraph that holds nothing but words without any mark, which are their own spelling."""
    if type(block) is not Paragraph or len(block.children) != 1 or type(block.children[0]) is not Text:
        return None
    value = block.children[0].value
    return value if BARE.fullmatch(value) else None


def guard_first(text: str) -> str:
    """Return Markdown whose first character is a character reference, so that it looks like nothing but words."""
    return reference(text[0]) + text[1:] if text else text


def fenced(block: Code) -> Iterator[str]:
    """Yield spellings of a block of code; the fence is longer than any in the code."""
    longest = max((len(m[1]) for m in FENCE.finditer(block.value)), default=2)
    info = block.info or ""
    # Code of nothing but empty lines holds its last line end.
    body = block.value + "\n" if block.value.strip("\n") else block.value
    for mark in "`~":
        fence = mark * max(3, longest + 1)
        yield f"{fence}{info}\n{body}{fence}"
        yield f"{fence}{PUNCTUATION.sub(BACKSLASHED, info)}\n{body}{fence}"


def advice(block: Any) -> str:
    """Return what to do about a block that cannot be written."""
    match block:
        case Paragraph() | Heading():
            if not block.children:
                return "it is empty; leave it out"
            return "change its words, or write them without emphasis or code"
        case Code():
            return "its code may not hold a carriage return, nor its info string a line break"
        case Html():
            return "its value is not one block of HTML; end it, or write it as a paragraph"
        case Definition():
            return "its label, URL or title holds what a definition cannot"
    return "write it another way"
