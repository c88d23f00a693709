"""New blocks in Markdown: each is written and read back, and a spelling that means something else is not used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.errors import CannotExpressError
from weeknote.markdown.grammar import FOOTNOTE, is_open_fence
from weeknote.markdown.inline_writer import PUNCTUATION, destination, link_title, reference, spellings
from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    Html,
    List,
    Paragraph,
    Table,
    TableCell,
    Text,
    ThematicBreak,
    node_from_source,
    slice_of,
)
from weeknote.nodes.traversal import walk
from weeknote.source import Slice
from weeknote.syntax.block_writer import BlockWriter
from weeknote.syntax.boilerplate import ESCAPE
from weeknote.syntax.excerpt import excerpt
from weeknote.syntax.leaf_edits import Change, changed_lines, changes_between
from weeknote.syntax.lines import Line, content_lines, joined
from weeknote.syntax.tree_builder import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote.nodes.block import Block, Inline, Node

ALIGNED = {"left": ":--", "center": ":-:", "right": "--:", None: "---"}
BACKSLASHED = r"\\\g<0>"
# Words on one line that begin like words: nothing in them can mean anything (CommonMark 2.4, 6).
BARE = re.compile(r"[^\W\d_][^\\`*_\[\]<&~!|\x00-\x1f\x7f\ud800-\udfff]*+(?<! )")
FENCE = re.compile(r"(?m)^[ \t]*(`{3,}|~{3,})")


class MarkdownWriter(BlockWriter):
    """Writes blocks as CommonMark with tables, strikethrough and footnotes."""

    bullets_known = "-*+"

    def write_new(self, block: Block, prefix: str, avoid: str, *, in_place: bool) -> list[Line]:
        """Return the lines of a block that is not written as it was read."""
        match block:
            case List():
                return self.write_list(block, prefix, avoid, in_place=in_place)
            case Blockquote():
                return self.write_container(block, prefix, "> ", "> ", tight=False, in_place=in_place)
            case FootnoteDefinition():
                return self.write_footnote(block, prefix, in_place=in_place)
            case ThematicBreak() if prefix or block.slice is None:
                # After a list marker, a line of the same character would swallow the marker.
                return self.lines("___" if prefix else "***")
        if in_place and (over := self.write_over(block, prefix)) is not None:
            return over
        words = bare_words(block)
        if words is not None and id(block) not in self.context.guarded:
            self.context.parsed_leaves[id(block)] = node_from_source(
                Paragraph, Slice(self.context.source(words), 0, len(words))
            )
            return self.lines(words)
        for text in self.candidates(block, in_container=bool(prefix)):
            if self.reads_back(text, block):
                return self.lines(text)
        raise CannotExpressError(self.explain(block), node=block)

    def write_over(self, block: Block, prefix: str) -> list[Line] | None:
        """Return the lines of a leaf in which something was edited, with all else as it was; None if that fails."""
        origin = block.origin
        if (
            origin is None
            or type(block) is not type(origin)
            or id(block) in self.context.respelled | self.context.guarded
        ):
            return None
        candidates: Iterable[tuple[list[Change], str]]
        if isinstance(block, Table):
            cells = self.changed_cells(block)
            candidates = [] if cells is None else [(cells, self.table(block))]
        elif isinstance(block, Paragraph | Heading):
            candidates = self.changed_words(block, origin, prefix)
        else:
            return None
        for changes, alone in candidates:
            lines = changed_lines(slice_of(origin), changes)
            # After a container prefix, the leaf is read with its container; only its words are checked here.
            if self.reads_back(alone if prefix else joined(lines), block):
                self.context.overwritten.add(id(block))
                return lines
        return None

    def changed_words(
        self, block: Paragraph | Heading, origin: Node, prefix: str
    ) -> Iterator[tuple[list[Change], str]]:
        """Yield the changes to a leaf in which something was edited, and what it would be alone, the plainest first."""
        leaf = slice_of(origin).source.reader.leaf_text(origin)
        one_line = isinstance(block, Heading) and "\n" not in leaf.text
        for text in spellings(block.children, one_line=one_line, leaf=leaf):
            changes = changes_between(leaf, text, None if prefix else self.newline)
            if changes is None:
                # No line can be added after a container prefix, and none is to be joined to another instead.
                return
            yield changes, text if isinstance(block, Paragraph) else as_heading(text, block.depth)

    def changed_cells(self, block: Table) -> list[Change] | None:
        """Return the changes to the cells of a table in which something was edited; None if its shape changed."""
        origin = block.origin
        assert isinstance(origin, Table)
        if block.align != origin.align or len(block.rows) != len(origin.rows):
            return None
        changes = []
        for row, old_row in zip(block.rows, origin.rows, strict=True):
            if len(row.cells) != len(old_row.cells):
                return None
            for cell, old in zip(row.cells, old_row.cells, strict=True):
                if cell.slice is None:
                    where = slice_of(old)
                    changes.append(Change(where.start, where.end, self.cell(cell)))
        return changes

    def write_footnote(self, block: FootnoteDefinition, prefix: str, *, in_place: bool) -> list[Line]:
        """Return the lines of a footnote definition."""
        label = f"[^{block.label}]:"
        if not FOOTNOTE.fullmatch(label):
            raise CannotExpressError(
                f"the footnote label {block.label!r} must be one word without brackets; rename it",
                node=block,
                found=block.label,
            )
        if not in_place and self.needs_own_line(block, prefix + "    "):
            below = self.write_container(block, prefix, "    ", "    ", tight=False, in_place=False)
            return [Line(label + self.newline), *below]
        return self.write_container(block, prefix, label + " ", "    ", tight=False, in_place=in_place)

    def needs_own_line(self, block: FootnoteDefinition, prefix: str) -> bool:
        """Return whether a footnote begins with a mark, which after its label would be in another column."""
        first = next(iter(block.blocks), None)
        if isinstance(first, List) and first.items:
            return not self.is_kept(first.items[0], prefix)
        return isinstance(first, FootnoteDefinition | Blockquote) and not self.is_kept(first, prefix)

    def lines(self, text: str) -> list[Line]:
        """Return text whose lines end in line feeds as lines."""
        return [Line(line + self.newline) for line in text.split("\n")]

    def reads_back(self, text: str, block: Block) -> bool:
        """Return whether a text is read as one block that equals the one to write."""
        found = self.context.scan(text)
        if len(found) != 1 or found[0] != block:
            return False
        self.context.parsed_leaves[id(block)] = found[0]
        return True

    def candidates(self, block: Block, *, in_container: bool) -> Iterator[str]:
        """Yield spellings of a leaf: its own if it was read, then new ones, the plainest first."""
        needs_fence = isinstance(block, Code) and id(block) in self.context.moved
        if block.slice is not None and block.slice.source.reader.name == "markdown" and not needs_fence:
            yield from self.own_spelling(block, in_container=in_container)
            if id(block) in self.context.reindented and id(block) not in self.context.moved:
                return
        nested = nesting(block)
        if nested > MAX_DEPTH:
            raise CannotExpressError(
                f"this {type(block).__name__} has emphasis and links nested {nested} deep; nest at most {MAX_DEPTH}",
                node=block,
                found=nested,
                expected=MAX_DEPTH,
            )
        match block:
            case Paragraph():
                if id(block) not in self.context.guarded:
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

    def own_spelling(self, block: Block, *, in_container: bool) -> Iterator[str]:
        """Yield a leaf that was read as it was spelled, without the prefix and indentation it had."""
        lines = content_lines(slice_of(block))
        if isinstance(block, Code) and not lines[0].expandtabs(4)[:4].strip(" "):
            if in_container:
                # After a marker, its indentation would be taken for the marker's.
                return
            # It may begin in the middle of a tab.
            lines = [line and "    " + line for line in block.value.split("\n")]
        elif isinstance(block, Code) and is_open_fence(lines):
            return
        if isinstance(block, Paragraph | Heading | Definition | ThematicBreak | Table):
            # The width of a tab depends on its column, and a line that is indented far enough begins no block.
            lines = [lines[0].lstrip(" \t"), *map(without_tabs, lines[1:])]
        yield "\n".join(lines)

    def heading(self, block: Heading) -> Iterator[str]:
        """Yield spellings of a heading: underlined where the note underlines its headings, else with `#`."""
        marks = "#" * block.depth
        for text in spellings(block.children, one_line=True):
            if self.context.style.underlined and block.depth <= 2 and text:
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
            raise CannotExpressError("a table needs a header row, and one cell per column in every row", node=block)
        if any(a not in ALIGNED for a in block.align):
            raise CannotExpressError(
                "a column is aligned 'left', 'center', 'right' or None", node=block, found=block.align
            )
        rows = ["| " + " | ".join(self.cell(c) for c in row.cells) + " |" for row in block.rows]
        rows.insert(1, "| " + " | ".join(ALIGNED[a] for a in block.align) + " |")
        return "\n".join(rows)

    def cell(self, node: TableCell) -> str:
        """Return the spelling of a cell, its `|` after backslashes."""
        origin = node.origin
        leaf = None if origin is None or origin.slice is None else origin.slice.source.reader.leaf_text(origin)
        for text in spellings(node.children, one_line=True, leaf=leaf):
            bare = text.replace("\\|", "|")
            if not re.search(r"[\r\n]", bare) and self.context.inlines(bare.strip()) == node.children:
                return bare.replace("|", "\\|")
        raise CannotExpressError(
            f"the table cell {excerpt(node)} cannot be written on one line; change its content", node=node
        )

    # --- why a leaf cannot be written

    def explain(self, block: Block) -> str:
        """Return why a leaf cannot be written, with the words it is about, and what to do."""
        match block:
            case Paragraph() | Heading() if not block.children:
                reason = "it is empty; leave it out"
            case Paragraph() | Heading():
                reason = self.explain_inlines(block)
            case Code():
                reason = (
                    "its code cannot contain a carriage return, nor its info string a line break or spaces at its ends"
                )
            case Html():
                reason = "its value is not one complete block of HTML; close it, or use a paragraph"
            case Definition():
                reason = "its label cannot contain brackets, nor its title a blank line"
            case _:
                reason = "it would be read as something else; write it another way"
        return f"Markdown has no way to write this {type(block).__name__} ({excerpt(block)}): {reason}"

    def explain_inlines(self, block: Paragraph | Heading) -> str:
        """Return which part of a leaf cannot be written, and what to do."""
        for node in walk(block):
            if isinstance(node, FootnoteReference) and node.label not in self.context.footnotes:
                return f"the footnote {node.label!r} is not defined in the note; add its FootnoteDefinition"
        part: Node = block
        while (inner := next(filter(self.is_unwritable, getattr(part, "children", ())), None)) is not None:
            part = inner
        where = "" if part is block else f"the {type(part).__name__} ({excerpt(part)}) cannot be written; "
        return where + "change its words, or write them without emphasis or code"

    def is_unwritable(self, node: Inline) -> bool:
        """Return whether an inline node alone in a paragraph cannot be written."""
        alone = Paragraph([node])
        return not any(self.reads_back(text, alone) for text in spellings(alone.children))


def as_heading(text: str, depth: int) -> str:
    """Return the text of a heading with its marks: underlined if it has several lines and is not too deep for that."""
    return f"{text}\n{'=-'[depth - 1] * 3}" if "\n" in text and depth <= 2 else f"{'#' * depth} {text}"


def bare_words(block: Block) -> str | None:
    """Return the words of a paragraph that holds nothing but words without any mark, which are their own spelling."""
    if type(block) is not Paragraph or len(block.children) != 1:
        return None
    words = block.children[0]
    return words.value if type(words) is Text and BARE.fullmatch(words.value) else None


def guard_first(text: str) -> str:
    r"""Return Markdown that begins with a backslash or a character reference, so that it looks like nothing but words.

    >>> guard_first("-- so"), guard_first("Posted"), guard_first(r"\[so]")
    ('\\-- so', '&#80;osted', '\\[so]')
    """
    if not text or ESCAPE.match(text):
        return text
    return "\\" + text if text[0] in "-+*=_#>" else reference(text[0]) + text[1:]


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


def without_tabs(line: str) -> str:
    r"""Return a line with the tabs it begins with as spaces.

    >>> without_tabs(" \t- a\tb")
    '    - a\tb'
    """
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)].expandtabs(4) + words


def nesting(block: Node) -> int:
    """Return how deep inline nodes are nested in a leaf."""
    depth, level = 0, [block]
    while level := [child for node in level for name in node.parts for child in getattr(node, name)]:
        depth += 1
    return depth
