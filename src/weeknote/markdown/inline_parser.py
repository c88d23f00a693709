"""The inline parser of Markdown: CommonMark 6 with strikethrough and footnote references, every node with its place.

One pass over a leaf finds what binds tightest: escapes, code spans, autolinks, raw HTML and links. Delimiters of
emphasis are paired afterwards (`emphasis`). The pass only moves forward and never repeats a failed search, so its
time is linear in the leaf.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from weeknote.markdown.angle_brackets import AUTOLINK, EMAIL, html_end
from weeknote.markdown.emphasis import Item, delimiter_run, nest
from weeknote.markdown.links import LABEL, Target, fold_label, inline_target, unescape
from weeknote.nodes.base import node_from_source
from weeknote.nodes.inline import (
    Break,
    FootnoteReference,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    encoded,
    plain,
    text_from_source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weeknote.syntax.leaf_text import LeafText

TOKEN = re.compile(
    r"\\(?:[!-/:-@\[-`{-~]|\n)|``*+|\*\**+|__*+(?!(?<=[^\W_]_)[^\W_])|~~~*+|!\[|\[|\]|<(?=[^\s<>])"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\n(?<=[ ]\n)"
)
"""What may be more than words; a leaf without any is one `Text`.

Each branch begins with a literal character, so that `re` skips to one of these instead of trying every character.
"""

BACKTICKS = re.compile("`+")
FOOTNOTE_LABEL = re.compile(r"\^([^\]\[\s]{1,200})")
MAX_LABEL_LENGTH = 999


class Bracket(NamedTuple):
    """An opening bracket that may turn out to open a link or an image.

    Attributes:
        item: the index of its item.
        start: the offset of its first character.
        end: the offset of what follows it.
        is_image: whether `!` is part of it.
    """

    item: int
    start: int
    end: int
    is_image: bool


def read_inlines(leaf: LeafText) -> tuple[Inline, ...]:
    """Return the inline nodes of a leaf (CommonMark 6)."""
    text = leaf.text
    first = TOKEN.search(text)
    if first is None:
        return (text_from_source(leaf.slice(0, len(text)), text),) if text else ()
    return InlineParser(leaf).parse(first)


class InlineParser:
    """One reading of a leaf.

    Attributes:
        leaf: the leaf's text, with its map to the source.
        items: the pieces found so far, in order and without gaps.
        brackets: the opening brackets that are not closed.
        inactive: how many of these can open no link, as a link was found after them (links do not nest).
        bracket_seen: the offset of the last opening bracket.
    """

    __slots__ = ("_code_ends", "_missing", "bracket_seen", "brackets", "inactive", "items", "leaf", "text")

    def __init__(self, leaf: LeafText) -> None:
        self.leaf: LeafText = leaf
        self.text: str = leaf.text
        self.items: list[Item] = []
        self.brackets: list[Bracket] = []
        self.inactive: int = 0
        self.bracket_seen: int = -1
        self._code_ends: dict[int, list[int]] | None = None
        self._missing: set[str] = set()

    def parse(self, first: re.Match[str]) -> tuple[Inline, ...]:
        """Return the nodes of the leaf, given the first match of `TOKEN`."""
        text, items, rules = self.text, self.items, self.RULES
        pos = 0
        m: re.Match[str] | None = first
        while m is not None:
            start, end = m.span()
            if start > pos:
                items.append((pos, start, text[pos:start]))
            pos = rules[text[start]](self, start, end)
            m = TOKEN.search(text, pos)
        if pos < len(text):
            items.append((pos, len(text), text[pos:]))
        return nest(items, self.leaf)

    # --- one rule for each character that may mean something; each returns the offset where the pass goes on

    def words(self, start: int, end: int, words: str | None = None) -> int:
        """Add words: those of the range, if not given."""
        self.items.append((start, end, self.text[start:end] if words is None else words))
        return end

    def escape(self, start: int, end: int) -> int:
        """Read a backslash and what it escapes (2.4); at the end of a line it is a hard line break (6.7)."""
        if self.text[start + 1] == "\n":
            return self.node(start, end, node_from_source(Break, self.leaf.slice(start, end)))
        return self.words(start, end, self.text[start + 1])

    def line_end(self, start: int, end: int) -> int:
        """Read a line end with spaces before it: two or more make it a hard line break (6.7), one is dropped."""
        at = self.items.pop()[0]
        bare = self.text[at:start].rstrip(" ")
        if start - at - len(bare) == 1:
            return self.words(at, end, bare + "\n")
        if bare:
            self.words(at, at + len(bare))
        at += len(bare)
        return self.node(at, end, node_from_source(Break, self.leaf.slice(at, end)))

    def reference(self, start: int, end: int) -> int:
        """Read a character reference (2.5)."""
        return self.words(start, end, unescape(self.text[start:end]))

    def delimiters(self, start: int, end: int) -> int:
        """Read a run of `*`, `_` or `~` (6.2)."""
        run = delimiter_run(self.text, start, end)
        if run is None:
            return self.words(start, end)
        self.items.append((start, end, run))
        return end

    def code(self, start: int, end: int) -> int:
        """Read a code span, if its backticks are closed (6.1)."""
        if self._code_ends is None:
            self._code_ends = {}
            for m in BACKTICKS.finditer(self.text, start):
                self._code_ends.setdefault(len(m[0]), []).append(m.start())
        closers = self._code_ends.get(end - start, [])
        n = bisect_left(closers, end)
        if n == len(closers):
            return self.words(start, end)
        value = self.text[end : closers[n]].replace("\n", " ")
        if value.startswith(" ") and value.endswith(" ") and value.strip(" "):
            value = value[1:-1]
        close = closers[n] + end - start
        return self.node(start, close, node_from_source(InlineCode, self.leaf.slice(start, close), value=value))

    def angle(self, start: int, end: int) -> int:
        """Read an autolink (6.5) or raw HTML (6.6)."""
        m = AUTOLINK.match(self.text, start) or EMAIL.match(self.text, start)
        if m is not None:
            shown = text_from_source(self.leaf.slice(m.start(1), m.end(1)), m[1])
            url = encoded(m[1] if m.re is AUTOLINK else f"mailto:{m[1]}")
            where = self.leaf.slice(start, m.end())
            return self.node(start, m.end(), node_from_source(Link, where, url=url, title=None, children=(shown,)))
        close = html_end(self.text, start, self._missing)
        if close is None:
            return self.words(start, end)
        return self.node(
            start, close, node_from_source(Html, self.leaf.slice(start, close), value=self.text[start:close])
        )

    def open_bracket(self, start: int, end: int) -> int:
        """Read `[` or `![`, which may open a link or an image."""
        self.brackets.append(Bracket(len(self.items), start, end, end - start == 2))
        self.bracket_seen = start
        return self.words(start, end)

    def close_bracket(self, start: int, end: int) -> int:
        """Read `]`, which may close a link, an image (6.3, 6.4) or a reference to a footnote."""
        if not self.brackets:
            return self.words(start, end)
        opener = self.brackets.pop()
        active = opener.is_image or len(self.brackets) >= self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        if not active:
            return self.words(start, end)
        target = inline_target(self.text, end) if self.text.startswith("(", end) else None
        if target is None and self.leaf.source.definitions:
            target = self.defined_target(opener, start)
        if target is None:
            return self.footnote(opener, start, end)
        children = nest(self.items[opener.item + 1 :], self.leaf)
        where = self.leaf.slice(opener.start, target.end)
        url = encoded(target.url)
        node: Inline
        if opener.is_image:
            node = node_from_source(Image, where, url=url, title=target.title, alt=plain(children, pictures=True))
        else:
            node = node_from_source(Link, where, url=url, title=target.title, children=children)
            self.inactive = len(self.brackets)
        del self.items[opener.item :]
        return self.node(opener.start, target.end, node)

    def defined_target(self, opener: Bracket, close: int) -> Target | None:
        """Return the target of a full, collapsed or shortcut reference, if its label is defined."""
        definitions: Mapping[str, tuple[str, str | None]] = self.leaf.source.definitions
        m = LABEL.match(self.text, close + 1)
        end = close + 1 if m is None else m.end()
        label = m[1] if m is not None else ""
        if not label:
            # What contains a bracket is no label.
            if self.bracket_seen > opener.start or close - opener.end > MAX_LABEL_LENGTH:
                return None
            label = self.text[opener.end : close]
        found = definitions.get(fold_label(label))
        return None if found is None else Target(*found, end)

    def footnote(self, opener: Bracket, close: int, end: int) -> int:
        """Read a reference to a footnote, if the text defines it; else the bracket is words."""
        m = None if opener.is_image else FOOTNOTE_LABEL.fullmatch(self.text, opener.end, close)
        if m is None or m[1] not in self.leaf.source.footnotes:
            return self.words(close, end)
        del self.items[opener.item :]
        where = self.leaf.slice(opener.start, end)
        return self.node(opener.start, end, node_from_source(FootnoteReference, where, label=m[1]))

    def node(self, start: int, end: int, node: Inline) -> int:
        """Add a node."""
        self.items.append((start, end, node))
        return end

    RULES: ClassVar[dict[str, Callable[[InlineParser, int, int], int]]] = {
        "\\": escape,
        "\n": line_end,
        "&": reference,
        "*": delimiters,
        "_": delimiters,
        "~": delimiters,
        "`": code,
        "<": angle,
        "!": open_bracket,
        "[": open_bracket,
        "]": close_bracket,
    }
