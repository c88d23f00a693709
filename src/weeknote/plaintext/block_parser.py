"""Parser for the plain-text dialect: text pasted from a blog, where lists are marked and headings are not."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from weeknote.nodes.block import Block, Inline, Link, Node, Paragraph, Text, encoded, node_from_source
from weeknote.source import EOL, Source
from weeknote.syntax.leaf_text import LeafText, text_of_range
from weeknote.syntax.tree_builder import MAX_DEPTH, Builder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.headings.roles import Vocabulary

MARKER = re.compile(r"([•◦▪▫‣⁃●○■□·*+–-]|([0-9]{1,3})([.)]))[ \t\u00a0]+(?=[^ \t\r\n])")
OPENING = re.compile(rf"[ \t]*+(?:{MARKER.pattern})?")
WORDS = r"[^ \t\r\n\u00a0][^\r\n]*+"
SHORT_ITEMS = re.compile(rf"(?P<before>[ \t]*+[•◦▪▫‣⁃●○■□·+-] ){WORDS}(?:\n(?P=before){WORDS}(?!\r))+")
"""Items of one line each, all with the same bullet and indentation."""
BLANK = re.compile(r"[ \t\r\n]*")
# Punctuation that is as wide as a Chinese character is not part of an address: it belongs to the sentence around it.
WIDE_PUNCTUATION = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
URL = re.compile(rf"https?://[^\s<>\"“”{WIDE_PUNCTUATION}]+", re.IGNORECASE)

MAX_WRAPPED_LENGTH = 120
"""Characters in a line of text that was wrapped, by hand or by an editor."""

LONG_LINE = re.compile(rf"[^\r\n]{{{MAX_WRAPPED_LENGTH + 1}}}")
RUN = re.compile(r"((?:[ \t]*+[^ \t\r\n][^\r\n]*(?:\r\n?|\n|\Z)){2}+)((?:[ \t]*+[^ \t\r\n][^\r\n]*(?:\r\n?|\n|\Z))++)?")
"""Two or more lines up to a blank one; the second group has those after the first two."""

AMBIGUOUS_MARKERS = "*–"
"""Markers that open a footnote or a sign-off as often as a list item. One on its own is not a list."""


class PlainText:
    """The plain-text dialect as a `weeknote.source.Reader`."""

    name: str = "text"
    code_indent: int = sys.maxsize
    mdx: bool = False

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def scan(self, source: Source, start: int) -> list[Block]:
        """Return the top-level blocks from an offset on, with headings recognised."""
        # Imported here because reading Markdown loads this module too, and needs none of those patterns.
        from weeknote.plaintext.headings import mark_headings

        return mark_headings(BlockScanner(source, start).blocks(), self.vocabulary)

    def inlines(self, source: Source) -> tuple[Inline, ...]:
        """Return the text and links of a source that is the text of one leaf."""
        return read_inlines(text_of_range(source, 0, len(source.text), strip_lines=True))

    def leaf_text(self, node: Node) -> LeafText:
        """Return the text of a paragraph or heading."""
        where = node.slice
        assert where is not None
        return text_of_range(where.source, where.start, where.end, strip_lines=True)

    def field(self, node: Node, name: str) -> tuple[Inline, ...]:
        """Return the inline nodes of a leaf: text and bare URLs."""
        if name != "children":
            raise AttributeError(name)
        return read_inlines(self.leaf_text(node))


def read_inlines(leaf: LeafText) -> tuple[Inline, ...]:
    """Split the text of a leaf into words and links."""
    text = leaf.text
    found: list[Inline] = []
    at = 0
    for start, url in find_urls(text):
        if start > at:
            found.append(node_from_source(Text, leaf.slice(at, start), value=text[at:start]))
        at = start + len(url)
        where = leaf.slice(start, at)
        shown = node_from_source(Text, where, value=url)
        found.append(node_from_source(Link, where, url=encoded(url), title=None, children=(shown,)))
    if at < len(text):
        found.append(node_from_source(Text, leaf.slice(at, len(text)), value=text[at:]))
    return tuple(found)


def find_urls(text: str) -> Iterator[tuple[int, str]]:
    """Yield the URLs in a text, each with its offset.

    A URL ends before closing punctuation and before an unmatched bracket, as in GitHub Flavored Markdown's extended
    autolinks (section 6.9).
    """
    for m in URL.finditer(text):
        url = trim_url(m.group())
        if len(url) > len("https://"):
            yield m.start(), url


def trim_url(url: str) -> str:
    """Return a URL without the punctuation of the sentence around it."""
    end = len(url)
    depth = url.count("(") - url.count(")")
    bracketed = "[" in url
    while end:
        c = url[end - 1]
        if c in ".,;:!?'’‘”*_~…":
            end -= 1
        elif c == ")" and depth < 0:
            end -= 1
            depth += 1
        elif c == "]" and not bracketed:
            end -= 1
        else:
            break
    return url[:end]


class BlockScanner:
    """One pass over a plain text. `blocks()` returns paragraphs and lists; headings are still paragraphs."""

    def __init__(self, source: Source, start: int) -> None:
        self.text: str = source.text
        self.start: int = start
        self.build: Builder = Builder(source)
        self.margins: list[int] = []
        self.dotted: bool = "•" in source.text
        self.paragraph: int = start
        self.run_end: int = start
        self.split_end: int = start - 1
        self.is_page: bool = False

    def blocks(self) -> list[Block]:
        """Return the blocks from the start offset to the end of the text."""
        text, build = self.text, self.build
        size, pos = len(text), self.start
        has_return = "\r" in text
        in_paragraph = False
        while pos < size:
            line = pos
            if has_return:
                found = EOL.search(text, pos)
                assert found is not None
                eol, pos = found.span()
            else:
                eol = text.find("\n", pos)
                eol, pos = (size, size) if eol < 0 else (eol, eol + 1)
            if eol == line:
                in_paragraph = False
                continue
            ns, column, m = line, 0, None
            if not text[line].isalpha():  # Most lines begin with a letter.
                m = OPENING.match(text, line, eol)
                assert m is not None
                ns = m.end() if m[1] is None else m.start(1)
                if ns == eol:
                    in_paragraph = False
                    continue
                column = len(text[line:ns].expandtabs(4)) if ns > line else 0
            if m is not None and m[1] is not None and self.is_item(m, column, pos):
                pos = self.open_items(m, line, column, pos)
            elif in_paragraph and self.continues_paragraph(line, text[ns], column):
                continue
            else:
                if self.margins:
                    self.close_items(column, is_paragraph=True)
                at = ns if self.margins else line
                self.paragraph = line
                build.leaf(Paragraph, at, line)
            in_paragraph = True
        return build.finish(size)

    def continues_paragraph(self, line: int, first: str, column: int) -> bool:
        """Return whether a line without a marker continues the paragraph above it.

        At the margin it may be a paragraph of its own, though no blank line is above it: pages that were copied without
        blank lines between their paragraphs have lines longer than wrapped text has. Two such lines may still be one
        paragraph with a line break in it, unless the page has shown itself to be one of these: with three, or with two
        of which the first is at the top.
        """
        if self.margins:
            return column > self.margins[-1] or first.islower()
        if line >= self.run_end:
            run = RUN.match(self.text, self.paragraph)
            assert run is not None
            self.run_end = run.end()
            is_page = self.is_page or self.paragraph == self.start or run[2] is not None
            if is_page and LONG_LINE.search(self.text, self.paragraph, self.run_end) is not None:
                self.is_page, self.split_end = True, self.run_end
            elif self.paragraph == self.start:
                from weeknote.plaintext.titles import heading_end

                self.split_end = heading_end(self.text[self.paragraph : self.run_end]) + self.paragraph
        return line > self.split_end or line >= self.run_end

    def close_items(self, column: int, *, is_paragraph: bool) -> None:
        """Close the open items that a line at a column is not inside."""
        margins = self.margins
        while margins and column < margins[-1] + (1 if is_paragraph else 2):
            margins.pop()
        depth = len(margins) + 1
        if len(self.build.stack) > depth:
            self.build.close(depth)

    def is_item(self, m: re.Match[str], column: int, after: int) -> bool:
        """Return whether a marker opens an item, and not a paragraph that only begins like one."""
        mark = m.group(1)
        if len(self.build.stack) > MAX_DEPTH and column >= self.margins[-1] + 2:
            return False
        if mark not in AMBIGUOUS_MARKERS and m.group(2) is None:
            return True
        if column:
            return True
        if mark == "*" and self.dotted:
            return False
        tip = self.build.stack[max(sum(c <= column - 2 for c in self.margins), 0)]
        key = m.group(3) or mark
        if tip.items is not None and tip.key == key:
            return True
        return self.next_line_continues_list(m, after)

    def next_line_continues_list(self, m: re.Match[str], after: int) -> bool:
        """Return whether the next line that is not blank is the next item of the same list."""
        text = self.text
        blank = BLANK.match(text, after)
        assert blank is not None
        ns = blank.end()
        following = MARKER.match(text, ns)
        if following is None:
            return False
        if m.group(2) is None:
            return following.group(1) == m.group(1)
        if following.group(2) is None:
            # A numbered line directly above bullets is an item; with a blank line in between it is a heading.
            return not text[after:ns].strip(" \t")
        return following.group(3) == m.group(3) and int(following.group(2)) == int(m.group(2)) + 1

    def open_items(self, m: re.Match[str], line: int, column: int, after: int) -> int:
        """Open a list item and its first paragraph; return where the next line begins.

        Of several items of one line each, at the margin of the text, the last is opened.
        """
        build, text = self.build, self.text
        self.close_items(column, is_paragraph=False)
        start, words = m.start(1) if self.margins else line, m.end()
        mark, number = m[1], m[2]
        if not self.margins and (run := SHORT_ITEMS.match(text, line)) is not None:
            lines = [line]
            while (line := text.find("\n", line) + 1) and line < run.end():
                lines.append(line)
            build.short_items(lines, mark, words - start)
            line, words, after = lines[-1], lines[-1] + words - start, min(run.end() + 1, len(text))
            start = line
        build.item(start, line, column + 2, m[3] or mark, mark, None if number is None else int(number))
        self.margins.append(column)
        build.leaf(Paragraph, words, line)
        return after
