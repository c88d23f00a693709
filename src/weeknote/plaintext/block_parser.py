"""The plain-text dialect: text as it is pasted from a blog, its headings told by shape and by role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.nodes.block import Inline, Link, Paragraph, Text
from weeknote.syntax.tree_builder import MAX_DEPTH, Builder

if TYPE_CHECKING:
    from weeknote.headings.roles import Vocabulary
    from weeknote.source import Source

LINE_BREAK = re.compile(r"\r\n?|\n")
EOL = re.compile(r"\r\n?|\n|\Z")
MARKER = re.compile(r"([•◦▪▫‣⁃●○■□·*+–-]|([0-9]{1,3})([.)]))[ \t\u00a0]+(?=[^ \t\r\n])")
OPENING = re.compile(rf"[ \t]*+(?:{MARKER.pattern})?")
BLANK = re.compile(r"[ \t\r\n]*")
URL = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)

LONE = "*–"
"""Marks that open a footnote or a sign-off as often as an item: alone they are words."""


class PlainText:
    """The plain-text dialect as the model sees it (see `weeknote._source.Reader`)."""

    name = "text"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def scan(self, source: Source, start: int) -> list[Any]:
        """Return the top-level blocks from an offset on, headings told from paragraphs."""
        # Whoever reads Markdown loads this module too, and needs none of those patterns.
        from weeknote.plaintext.headings import headings

        return headings(TextScanner(source, start).blocks(), self.vocabulary)

    def prepare(self, source: Source) -> None:
        """Plain text keeps nothing from leaf to leaf."""

    def inlines(self, text: str, source: Source) -> tuple[Inline, ...]:  # noqa: ARG002 # all dialects take it
        """Return the words and links of a leaf's raw text."""
        return read_inlines(text)

    def field(self, node: Any, name: str) -> Any:
        """Return the inline nodes of a leaf: words, and the URLs that stand in them."""
        if name != "children":
            raise AttributeError(name)
        lines = LINE_BREAK.split(node.slice.text.strip(" \t\r\n"))
        return read_inlines("\n".join(line.strip(" \t") for line in lines))


def read_inlines(text: str) -> tuple[Inline, ...]:
    """Return plain text as words and links.

    A URL ends before punctuation that closes the sentence and before a bracket it does not open
    (GitHub Flavored Markdown 6.9).
    """
    found: list[Inline] = []
    at = 0
    for m in URL.finditer(text):
        url = trimmed(m.group())
        if len(url) <= len("https://"):
            continue
        if m.start() > at:
            found.append(Text(text[at : m.start()]))
        found.append(Link(url, None, (Text(url),)))
        at = m.start() + len(url)
    if at < len(text):
        found.append(Text(text[at:]))
    return tuple(found)


def trimmed(url: str) -> str:
    """Return a URL without what belongs to the sentence around it."""
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


class TextScanner:
    """One reading of a plain text; `blocks()` gives paragraphs and lists, headings still among the paragraphs."""

    def __init__(self, source: Source, start: int) -> None:
        self.text = source.text
        self.start = start
        self.build = Builder(source)
        self.margins: list[int] = []
        self.dotted = "•" in source.text

    def blocks(self) -> list[Any]:
        """Read the text to its end."""
        text, build = self.text, self.build
        size, pos = len(text), self.start
        has_return = "\r" in text
        in_words = False
        while pos < size:
            line = pos
            if has_return:
                eol, pos = EOL.search(text, pos).span()  # type: ignore[union-attr] # \Z matches at the end
            else:
                eol = text.find("\n", pos)
                eol, pos = (size, size) if eol < 0 else (eol, eol + 1)
            if eol == line:
                in_words = False
                continue
            m = OPENING.match(text, line, eol)
            assert m is not None
            marked = m.group(1) is not None
            ns = m.start(1) if marked else m.end()
            if ns == eol:
                in_words = False
                continue
            column = len(text[line:ns].expandtabs(4)) if ns > line else 0
            if marked and self.is_item(m, column, pos):
                self.item(m, line, column)
            elif in_words and self.joins(text[ns], column):
                continue
            else:
                self.leave(column, words=True)
                at = line if not self.margins else ns
                build.leaf(Paragraph, at, line)
            in_words = True
        return build.finish(size)

    def joins(self, first: str, column: int) -> bool:
        """Tell whether a line of words goes on with the paragraph above it."""
        return not self.margins or column > self.margins[-1] or first.islower()

    def leave(self, column: int, *, words: bool) -> None:
        """Close the items that a line at a column does not belong to."""
        margins = self.margins
        while margins and column < margins[-1] + (1 if words else 2):
            margins.pop()
        depth = len(margins) + 1
        if len(self.build.stack) > depth:
            self.build.close(depth)

    def is_item(self, m: re.Match[str], column: int, after: int) -> bool:
        """Tell whether a marker opens an item, or a paragraph that begins like one."""
        mark = m.group(1)
        if len(self.build.stack) > MAX_DEPTH and column >= self.margins[-1] + 2:
            return False
        if mark not in LONE and m.group(2) is None:
            return True
        if column:
            return True
        if mark == "*" and self.dotted:
            return False
        tip = self.build.stack[max(sum(c <= column - 2 for c in self.margins), 0)]
        key = m.group(3) or mark
        if tip.items is not None and tip.key == key:
            return True
        return self.followed(m, after)

    def followed(self, m: re.Match[str], after: int) -> bool:
        """Tell whether the next line with words is an item that goes on with this one."""
        text = self.text
        ns = BLANK.match(text, after).end()  # type: ignore[union-attr] # BLANK matches everywhere
        following = MARKER.match(text, ns)
        if following is None:
            return False
        if m.group(2) is None:
            return following.group(1) == m.group(1)
        if following.group(2) is None:
            # A numbered line with bullets right under it is an item; with a blank line between, a heading.
            return not text[after:ns].strip(" \t")
        return following.group(3) == m.group(3) and int(following.group(2)) == int(m.group(2)) + 1

    def item(self, m: re.Match[str], line: int, column: int) -> None:
        """Open an item and its first paragraph."""
        build = self.build
        self.leave(column, words=False)
        mark, number = m.group(1), m.group(2)
        start = m.start(1) if self.margins else line
        build.item(start, line, column + 2, m.group(3) or mark, mark, None if number is None else int(number))
        self.margins.append(column)
        build.leaf(Paragraph, m.end(), line)
