"""Flattening inline nodes to words, with the addresses after the words they belong to."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.markdown.inline_parser import TOKEN as MARK
from weeknote.nodes.block import (
    Break,
    Delete,
    Emphasis,
    FootnoteReference,
    Html,
    Image,
    InlineCode,
    Link,
    Node,
    Strong,
    Text,
    encoded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote.nodes.block import Heading, Inline, Paragraph

RUN = re.compile(r"\S*")
SPACE = re.compile(r"\s")
CLOSING = ".,;:!?'’‘”\"*_~…)]"
"""What plain text reads as the sentence around an address when it follows one."""

SENTENCE_MARKS = ".,;:!?…"

# One tag, comment or other piece of markup. Its parts are bounded: an endless search for a missing quote would take
# quadratic time.
MARKUP = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<\?(?:.*?\?>|.*\Z)|<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<![A-Za-z][^>]*(?:>|\Z)"
    r"|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\"[^\"]{0,999}\"|'[^']{0,999}'|[^\"'<>]+){0,99}+)>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"\b(href|src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
LEADING_ZEROS = re.compile(r"&#0++(?=[0-9])")
TOO_LARGE = re.compile(r"&#[0-9]{8,}+;?")
LINE_TAGS = frozenset({"br", "dd", "dt", "li", "option", "tr"})
SPACE_TAGS = frozenset({"td", "th"})
INLINE_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q s samp small span strike"
        " strong sub sup time tt u var wbr",
    )
)
"""The elements that don't separate words; any other ends a paragraph."""

DROPPED = {
    Emphasis: "plain text has no emphasis; the words are kept",
    Strong: "plain text has no strong emphasis; the words are kept",
    Delete: "plain text has no strikethrough; the words are kept",
    InlineCode: "plain text has no inline code; the words are kept",
    Image: "plain text has no images; the description and the address are kept",
    Break: "plain text has no hard line breaks; the line ends there",
    FootnoteReference: "plain text has no footnotes; the label is kept in brackets",
    Html: "plain text has no HTML; the markup is left out and its words are kept",
}
"""The loss for each kind of inline node."""


class Address(NamedTuple):
    """A link's address: the URL, the node, and how it is written among the words."""

    url: str
    node: Node
    spelled: str


ENDED = "in plain text only a space ends an address; one is added"


def unescaped(text: str) -> str:
    """Return HTML text with its character references resolved, however long they are.

    >>> unescaped("&#0000038; &amp; &#99999999;") == "& & \ufffd"
    True
    """
    if "&#" in text:
        # Python refuses to read numbers of more than some thousand digits, leading zeros included.
        text = TOO_LARGE.sub("\ufffd", LEADING_ZEROS.sub("&#", text))
    return html.unescape(text)


def plain_words(leaf: Paragraph | Heading) -> str | None:
    """Return the words of a leaf that was read from Markdown and holds nothing else; None if it may hold more."""
    where = leaf.slice
    if where is None or where.source.reader.name != "markdown":
        return None
    text, start, end = where.source.text, where.start, where.end
    # A mark at the end of a line is only found where the line ends in a line feed.
    if MARK.search(text, start, end) is not None or text.find("\r", start, end) >= 0:
        return None
    return where.source.reader.leaf_text(leaf).text


class Losses:
    """The losses of one note, in the order of its nodes.

    A loss may come to light long after its node was passed, so nodes get their place in the order when they are met.
    """

    __slots__ = ("_reasons",)

    def __init__(self) -> None:
        self._reasons: dict[int, tuple[Node, list[str]]] = {}

    def meet(self, node: Node) -> None:
        """Give a node its place: after all that were met before."""
        if id(node) not in self._reasons:
            self._reasons[id(node)] = (node, [])

    def add(self, node: Node, reason: str) -> None:
        """Record a reason, if it is new."""
        reasons = self._reasons.setdefault(id(node), (node, []))[1]
        if reason not in reasons:
            reasons.append(reason)

    def of(self, node: Node) -> list[str]:
        """Return the reasons so far why a node that was met loses something."""
        return self._reasons[id(node)][1]

    def __iter__(self) -> Iterator[tuple[Node, list[str]]]:
        """Yield the nodes that lose something, each with the reasons."""
        return ((node, reasons) for node, reasons in self._reasons.values() if reasons)


class Words:
    """Collects the words of inline nodes and the addresses after them.

    Attributes:
        marks: what is added to the words, each with the number of characters before it; `""` where an address among
            the words ends.
        addresses: the addresses, in the order of the words.
    """

    __slots__ = ("_anchors", "_ends", "_losses", "_pieces", "_size", "addresses", "marks")

    def __init__(self, losses: Losses) -> None:
        self.marks: list[tuple[int, str]] = []
        self._ends: dict[int, Node] = {}
        self.addresses: list[Address] = []
        self._losses = losses
        self._pieces: list[str] = []
        self._size = 0
        self._anchors: list[str] = []

    def bare(self) -> str:
        """Return the words alone."""
        return "".join(self._pieces)

    def text(self) -> str:
        """Return the words with what is added to them, without cutting a word or joining an address to what follows."""
        bare = self.bare()
        if not self.marks:
            return bare
        found, at, end = [], 0, -1
        # Where the word at an offset ends: with its marks, without closing ones, without those of a sentence.
        solid = sentence = 0
        for offset, mark in self.marks:
            if end < offset:
                run = RUN.match(bare, offset)
                assert run is not None
                end = run.end()
                rest = bare[offset:end]
                solid, sentence = offset + len(rest.rstrip(CLOSING)), offset + len(rest.rstrip(SENTENCE_MARKS))
            if not mark:
                if offset < solid and offset >= at:
                    found += [bare[at:offset], " "]
                    self._losses.add(self._ends[offset], ENDED)
                    at = offset
                continue
            stop = max(at, sentence if offset < solid else offset)
            found.append(bare[at:stop])
            at = stop
            before = bare[stop - 1 : stop]
            found.append(mark if before in ("", " ", "\t", "\n") else f" {mark}")
        return "".join(found) + bare[at:]

    def read_leaf(self, leaf: Paragraph | Heading) -> None:
        """Add the words of a paragraph or heading; its inline nodes are not read if it can hold nothing but words."""
        words = plain_words(leaf)
        if words is None:
            self.read(leaf.children)
        else:
            self._add(words)

    def read(self, children: Iterable[Inline]) -> None:
        """Add the words of inline nodes."""
        stack: list[Inline | tuple[Link]] = [*reversed(list(children))]
        while stack:
            node = stack.pop()
            if isinstance(node, tuple):
                self._end_link(node[0])
                continue
            if type(node) in DROPPED:
                self._losses.add(node, DROPPED[type(node)])
            match node:
                case Text(value=value) | InlineCode(value=value):
                    self._add(value)
                case Emphasis() | Strong() | Delete():
                    stack.extend(reversed(node.children))
                case Link():
                    self._losses.meet(node)
                    stack.append((node,))
                    stack.extend(reversed(node.children))
                case Image():
                    self._add(node.alt)
                    self._go(node.url, node.title, node)
                case Break():
                    self._add("\n")
                case FootnoteReference():
                    self._add(f"[{node.label}]")
                case Html():
                    self._html(node)
        for url in self._anchors:
            self._mark(f"({url})")
        self._anchors = []

    def _add(self, words: str) -> None:
        self._pieces.append(words)
        self._size += len(words)

    def _mark(self, text: str) -> None:
        self.marks.append((self._size, text))

    def _go(self, url: str, title: str | None, node: Node) -> None:
        """Add an address and a title."""
        if url:
            self._mark(f"({url})")
            if isinstance(node, Link):
                self.addresses.append(Address(url, node, f"({url})"))
        if title and title.strip():
            self._mark("(" + " ".join(title.split()) + ")")

    def _end_link(self, node: Link) -> None:
        words = node.text
        if words and not SPACE.search(words) and encoded(words) == node.url:
            self._mark("")
            self._ends[self._size] = node
            self.addresses.append(Address(node.url, node, words))
            if node.title:
                self._losses.add(node, "plain text has no link titles; the title follows in brackets")
                self._go("", node.title, node)
        else:
            self._losses.add(node, "plain text has no links with text of their own; the address follows in brackets")
            self._go(node.url, node.title, node)

    def _html(self, node: Html) -> None:
        """Add the words between tags, and the addresses of links and images."""
        at = 0
        for tag in MARKUP.finditer(node.value):
            self._add(unescaped(node.value[at : tag.start()]))
            at = tag.end()
            name = (tag["name"] or "").lower()
            if not name:
                continue
            given = {m[1].lower(): unescaped(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(tag["rest"])}
            if name == "a" and tag["close"] and self._anchors:
                self._mark(f"({self._anchors.pop()})")
            elif name == "a" and given.get("href"):
                self._anchors.append(given["href"])
            elif given.get("src"):
                self._add(given.get("alt", ""))
                self._mark(f"({given['src']})")
            elif name in LINE_TAGS:
                self._add("\n")
            elif name in SPACE_TAGS:
                self._add(" ")
            elif name not in INLINE_TAGS:
                self._add("\n\n")
        self._add(unescaped(node.value[at:]))
