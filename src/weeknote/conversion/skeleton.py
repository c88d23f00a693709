r"""A note's skeleton written the canonical way around words that keep their spelling.

The skeleton is what holds the words: the marks of headings, lists, quotations and footnotes, their indentation, and
the blank lines between blocks. Works on notes as they were read, whose lines end in `"\n"`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.conversion.embedded import EMBEDDED, enclosed
from weeknote.markdown.grammar import is_open_fence
from weeknote.markdown.leaves import CLOSING_SEQUENCE
from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    List,
    ListItem,
    Paragraph,
    ThematicBreak,
    slice_of,
)
from weeknote.syntax.lines import (
    content_lines,
    last_leaf,
    marker_key,
    prefix_of,
    without_indent,
    without_last_blank_lines,
)
from weeknote.syntax.list_plan import number_step

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from weeknote.nodes.block import Block
    from weeknote.source import Source

QUOTE_MARK = re.compile(r"[ \t]*>[ \t]?")
MAY_END_IN_CODE = (List, Blockquote, FootnoteDefinition, Code)
REFERENCES = (Definition, FootnoteDefinition)


class Skeleton:
    """One writing of blocks that were read from one source.

    Attributes:
        lines: the lines so far, without their ends.
    """

    bullets = "-*+"
    delimiters = ".)"
    indent = ""
    """What comes before the markers of a list at the margin."""

    def __init__(self, blocks: Sequence[Block], kept: Container[int]) -> None:
        """Take the top-level blocks, and the indices of those to leave exactly as they were read."""
        self.blocks = blocks
        self.source: Source = slice_of(blocks[0]).source
        self.text: str = self.source.text
        self.kept = kept
        self.lines: list[str] = []

    def write(self) -> str:
        """Return the text."""
        blocks, lines = self.blocks, self.lines
        inside = enclosed(blocks)
        verbatim = [n in self.kept or n in inside for n in range(len(blocks))]
        key = ""
        for n, block in enumerate(blocks):
            if n:
                lines += [""] * self.gap(blocks[n - 1], block, within=n in inside and n - 1 in inside)
            if verbatim[n]:
                lines.append(self.original_text(block))
                key = marker_key(slice_of(block).text) if isinstance(block, List) else ""
            elif isinstance(block, List):
                if n + 1 < len(blocks) and verbatim[n + 1] and isinstance(blocks[n + 1], List):
                    key += marker_key(slice_of(blocks[n + 1]).text)
                key = self.list(block, self.indent, "", key)
            else:
                self.block(block, "", "", blocks[n - 1] if n else None)
                key = ""
        return "\n".join(lines) + "\n"

    def original_text(self, block: Block) -> str:
        """Return a block at the margin as it was read, without the blank lines after it."""
        where = slice_of(block)
        text = self.text[self.source.line_start(where.start) : where.end]
        if isinstance(block, Code) and block is self.blocks[-1] and ends_in_open_fence(block):
            return text.removesuffix("\n")
        return without_last_blank_lines(text)

    # --- gaps

    def gap(self, before: Block, block: Block, *, within: bool = False) -> int:
        """Return how many blank lines to write between two blocks that are not in a list item.

        `within` says that both are between two tags, so that the lines stay.
        """
        start = slice_of(block).start
        if within or (isinstance(before, MAY_END_IN_CODE) and ends_in_open_fence(before)):
            line = end = self.source.line_start(start)
            while self.text[end - 1] in " \t\n":
                end -= 1
            return self.text.count("\n", end, line) - 1
        if self.has_gap(start, 99):
            return 1
        if type(before) in REFERENCES and type(block) in REFERENCES:
            return 0
        last_line = self.source.line_start(self.source.line_start(start) - 1)
        is_embedded = EMBEDDED.match(self.text, start) or EMBEDDED.match(self.text, last_line)
        return 0 if is_embedded else 1

    def has_gap(self, start: int, quotes: int) -> bool:
        """Return whether a blank line comes before the line of an offset, after at most so many blockquote markers."""
        line = self.source.line_start(start)
        if line < 2:
            return False
        above = self.text[self.text.rfind("\n", 0, line - 1) + 1 : line - 1].strip(" \t")
        return not above or (not above.strip("> \t") and above.count(">") <= quotes)

    def is_loose(self, node: List, quotes: int) -> bool:
        """Return whether a blank line separates two items, or two blocks of an item (CommonMark 5.3)."""
        for n, item in enumerate(node.items):
            if n and self.has_gap(slice_of(item).start, quotes):
                return True
            for block in item.blocks[1:]:
                if self.has_gap(slice_of(block).start, quotes):
                    return True
        return False

    # --- blocks

    def block(self, block: Block, head: str, rest: str, before: Block | None = None) -> None:
        """Write a block that is not a list, its first line after `head` and the others after `rest`."""
        if isinstance(block, Paragraph):
            self.paragraph(block, head, rest, before)
        elif isinstance(block, Heading):
            self.heading(block, head, rest)
        elif isinstance(block, Blockquote):
            self.children(block.blocks, head + "> ", rest + "> ")
        elif isinstance(block, FootnoteDefinition):
            self.children(block.blocks, f"{head}[^{block.label}]: ", rest + "    ")
        elif not rest and not head:
            self.lines.append(self.original_text(block))
        else:
            first, *others = content_lines(slice_of(block))
            self.lines.append(head + first)
            self.lines += [rest + line if line else rest.rstrip(" ") for line in others]

    def paragraph(self, block: Paragraph, head: str, rest: str, before: Block | None) -> None:
        """Write a paragraph; a line that goes on with it at the margin stays there (CommonMark 5.1, lazy lines)."""
        where = slice_of(block)
        cut = self.source.cuts.get(where.start)
        text = without_last_blank_lines(self.text[where.start : where.end if cut is None else cut[-1][1]])
        if isinstance(before, List):
            # Its indentation was too small for the item above, whose words may now begin further left.
            text = text.lstrip(" ")
        if not head and not rest:
            self.lines.append(text)
            return
        if "\n" not in text:
            self.lines.append(head + text)
            return
        first, *others = text.split("\n")
        self.lines.append(head + first)
        quotes, column = position_in(prefix_of(where))
        for line in others:
            at = 0
            for _ in range(quotes):
                m = QUOTE_MARK.match(line, at)
                if m is None:
                    break
                at = m.end()
            else:
                words = line[at:]
                width = len(words) - len(words.lstrip(" \t"))
                if width >= column or len(words[:width].expandtabs(4)) >= column:
                    self.lines.append(rest + without_indent(words, column))
                    continue
            self.lines.append(line)

    def heading(self, block: Heading, head: str, rest: str) -> None:
        """Write a heading with `#`, unless it has several lines or `#` at its end would be taken for a mark."""
        where = slice_of(block)
        is_underlined = where.start in self.source.cuts
        first, *others = content_lines(where)
        words = first.strip(" \t")
        if not is_underlined:
            words = CLOSING_SEQUENCE.sub("", words[block.depth :].strip(" \t")).strip(" \t")
        elif others or CLOSING_SEQUENCE.search(words):
            underline = where.text.rstrip(" \t\n>").rpartition("\n")[2].lstrip(" \t>")
            self.lines += [head + first, *(rest + line for line in (*others, underline))]
            return
        self.lines.append(f"{head}{'#' * block.depth} {words}".rstrip(" "))

    def children(self, blocks: Sequence[Block], head: str, rest: str) -> None:
        """Write what is in a quotation or footnote."""
        if not blocks:
            self.lines.append(head.rstrip(" "))
        key = ""
        for n, block in enumerate(blocks):
            if n:
                head = rest
                if self.gap(blocks[n - 1], block):
                    self.lines.append(rest.rstrip(" "))
            key = self.child(block, head, rest, key, blocks[n - 1] if n else None)

    def child(self, block: Block, head: str, rest: str, key: str, before: Block | None) -> str:
        """Write a block in a container; return the key of its markers if it is a list."""
        if isinstance(block, List):
            return self.list(block, head, rest, key)
        self.block(block, head, rest, before)
        return ""

    # --- lists

    def list(self, node: List, head: str, rest: str, avoid: str) -> str:
        """Write a list; return what its markers share, which none of the lists beside it has.

        Its first marker comes after `head`, and all other lines after `rest`, the marks of its containers.
        """
        quotes = rest.count(">")
        gap = self.is_loose(node, quotes)
        key = self.key(node, avoid)
        step = number_step(node)
        for n, item in enumerate(node.items):
            if n:
                head = rest or self.indent
                if gap:
                    self.lines.append(rest.rstrip(" "))
            mark = key if node.start is None else f"{node.start + n * step}{key}"
            self.item(item, f"{head}{mark} ", rest + " " * self.width(mark, rest), quotes)
        return key

    def width(self, mark: str, rest: str) -> int:  # noqa: ARG002 # plain text indents by depth
        """Return how many columns the content of an item is indented."""
        return len(mark) + 1

    def item(self, item: ListItem, head: str, rest: str, quotes: int) -> None:
        """Write an item, with blank lines where it has some, so that the list stays as loose or tight as it is."""
        if not item.blocks:
            self.lines.append(head.rstrip(" "))
        key = ""
        before = None
        for block in item.blocks:
            if before is not None:
                head = rest
                if self.has_gap(slice_of(block).start, quotes) or self.needs_gap(before, block):
                    self.lines.append(rest.rstrip(" "))
            key = self.child(block, head, rest, key, before)
            before = block

    def needs_gap(self, before: Block | None, block: Block) -> bool:  # noqa: ARG002 # plain text needs some
        """Return whether two blocks of an item need a blank line between them where none was."""
        return False

    def key(self, node: List, avoid: str) -> str:
        """Return the bullet of a list, or what follows its numbers."""
        known = self.delimiters if node.ordered else self.bullets
        for key in known:
            if key not in avoid and not any(begins_with_rule(item, key) for item in node.items):
                return key
        return known[0]


class TextSkeleton(Skeleton):
    """The same in plain text: two spaces, `•`, a space; words without white space around their lines."""

    bullets = "•-▪◦"
    indent = "  "

    def block(self, block: Block, head: str, rest: str, before: Block | None = None) -> None:  # noqa: ARG002 # as in Markdown
        """Write a paragraph or a heading."""
        first, *others = (line.strip(" \t") for line in slice_of(block).text.strip(" \t\n").split("\n"))
        self.lines.append(head + first)
        self.lines.extend(rest + line for line in others)

    def original_text(self, block: Block) -> str:
        """Return a block as it was read."""
        return without_last_blank_lines(slice_of(block).text)

    def width(self, mark: str, rest: str) -> int:  # noqa: ARG002 # as in Markdown
        """Return how many columns the content of an item is indented."""
        return 2 if rest else 4

    def gap(self, before: Block, block: Block, *, within: bool = False) -> int:  # noqa: ARG002 # as in Markdown
        """Return 1: every two blocks have a blank line between them."""
        return 1

    def needs_gap(self, before: Block | None, block: Block) -> bool:
        """Return whether two blocks would be one without a blank line between them."""
        return isinstance(before, Paragraph) and type(block) is Paragraph


def ends_in_open_fence(block: Block) -> bool:
    """Return whether a block ends in code whose fence is never closed, so that blank lines belong to the code."""
    leaf = last_leaf(block)
    return isinstance(leaf, Code) and is_open_fence(content_lines(slice_of(leaf)))


def position_in(prefix: str) -> tuple[int, int]:
    """Return how many blockquote markers a container prefix has, and how many columns follow the last of them.

    >>> position_in("> >   ")
    (2, 2)
    """
    quotes = prefix.count(">")
    column = len(prefix) - prefix.rfind(">") - 1
    return quotes, max(column - 1, 0) if quotes else column


def begins_with_rule(item: ListItem, key: str) -> bool:
    """Return whether an item begins with a line across the page of the character of its marker."""
    first = item.blocks[0] if item.blocks else None
    return type(first) is ThematicBreak and slice_of(first).text.lstrip(" ").startswith(key)
