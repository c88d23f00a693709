"""The text of a Markdown leaf without its markup, with each address after the words it belongs to."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, NamedTuple

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
    from collections.abc import Callable, Iterable

RUN = re.compile(r"\S*")
CLOSING = ".,;:!?'’‘”\"*_~…)]"
"""Characters after an address that plain text takes for the sentence around it."""

SENTENCE_MARKS = ".,;:!?…"

# One tag, comment or other piece of markup. Its parts are few and short: a search without end for
# a missing quote takes quadratic time.
MARKUP = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<\?(?:.*?\?>|.*\Z)|<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<![A-Za-z][^>]*(?:>|\Z)"
    r"|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\"[^\"]{0,999}\"|'[^']{0,999}'|[^\"'<>]+){0,99}+)>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"\b(href|src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
NOUGHTS = re.compile(r"&#0++(?=[0-9])")
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
"""The elements that part no words; any other one ends a paragraph."""

DROPPED = {
    Emphasis: "plain text has no emphasis; its words stay",
    Strong: "plain text has no strong words; its words stay",
    Delete: "plain text has no words struck through; its words stay",
    InlineCode: "plain text has no code; its words stay",
    Image: "plain text has no pictures; its description and its address stay",
    Break: "plain text has no hard line breaks; the line ends there",
    FootnoteReference: "plain text has no footnotes; the label stays in brackets",
    Html: "plain text has no HTML; the markup is left out and the words in it stay",
}
"""What is lost with each kind of inline node."""


class Address(NamedTuple):
    """Where a link goes, the link, and how its address is written in the text."""

    url: str
    node: Node
    spelled: str


ENDED = "plain text tells only by a space where its address ends; one is added"


def unescaped(text: str) -> str:
    """Return HTML's words with its character references resolved, however long they are.

    >>> unescaped("&#0000038; &amp; &#99999999;") == "& & \ufffd"
    True
    """
    if "&#" in text:
        # Python refuses to read a number of more than some thousand digits, noughts before it among them.
        text = TOO_LARGE.sub("\ufffd", NOUGHTS.sub("&#", text))
    return html.unescape(text)


class Words:
    """What inline nodes say, with the addresses behind their words.

    Attributes:
        marks: what stands beside the words, each with the number of characters before it; `""` where an address
            among the words ends.
        addresses: the addresses, in the order of the words.
    """

    def __init__(self, lose: Callable[[Node, str], None]) -> None:
        self.marks: list[tuple[int, str]] = []
        self._ends: dict[int, Node] = {}
        self.addresses: list[Address] = []
        self._lose = lose
        self._said: list[str] = []
        self._size = 0
        self._anchors: list[str] = []

    def bare(self) -> str:
        """Return the words alone."""
        return "".join(self._said)

    def text(self) -> str:
        """Return the words with what stands beside them; no word is cut and no address runs into what follows."""
        bare = self.bare()
        found, at, end = [], 0, -1
        # Where the words around an offset end: with all marks, without those that close, without those of a sentence.
        solid = said = 0
        for offset, mark in self.marks:
            if end < offset:
                end = RUN.match(bare, offset).end()  # type: ignore[union-attr] # RUN matches everywhere
                rest = bare[offset:end]
                solid, said = offset + len(rest.rstrip(CLOSING)), offset + len(rest.rstrip(SENTENCE_MARKS))
            if not mark:
                if offset < solid and offset >= at:
                    found += [bare[at:offset], " "]
                    self._lose(self._ends[offset], ENDED)
                    at = offset
                continue
            stop = max(at, said if offset < solid else offset)
            found.append(bare[at:stop])
            at = stop
            before = bare[stop - 1 : stop]
            found.append(mark if before in ("", " ", "\t", "\n") else f" {mark}")
        return "".join(found) + bare[at:]

    def read(self, children: Iterable[Any]) -> None:
        """Add what inline nodes say."""
        stack: list[Any] = list(children)[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, tuple):
                self._end_link(node[0])
                continue
            if type(node) in DROPPED:
                self._lose(node, DROPPED[type(node)])
            match node:
                case Text(value=value) | InlineCode(value=value):
                    self._say(value)
                case Emphasis() | Strong() | Delete():
                    stack.extend(reversed(node.children))
                case Link():
                    stack.append((node,))
                    stack.extend(reversed(node.children))
                case Image():
                    self._say(node.alt)
                    self._go(node.url, node.title, node)
                case Break():
                    self._say("\n")
                case FootnoteReference():
                    self._say(f"[{node.label}]")
                case Html():
                    self._html(node)
        for url in self._anchors:
            self._mark(f"({url})")
        self._anchors = []

    def _say(self, words: str) -> None:
        self._said.append(words)
        self._size += len(words)

    def _mark(self, text: str) -> None:
        self.marks.append((self._size, text))

    def _go(self, url: str, title: str | None, node: Node) -> None:
        """Say where something goes, and its title."""
        if url:
            self._mark(f"({url})")
            if isinstance(node, Link):
                self.addresses.append(Address(url, node, f"({url})"))
        if title and title.strip():
            self._mark("(" + " ".join(title.split()) + ")")

    def _end_link(self, node: Link) -> None:
        words = node.text
        if words and encoded(words) == node.url and not re.search(r"\s", words):
            self._mark("")
            self._ends[self._size] = node
            self.addresses.append(Address(node.url, node, words))
            if node.title:
                self._lose(node, "plain text has no titles of links; the title follows in brackets")
                self._go("", node.title, node)
        else:
            self._lose(node, "plain text has no text for links; the address follows in brackets")
            self._go(node.url, node.title, node)

    def _html(self, node: Html) -> None:
        """Say the words between tags, and where their links and pictures go."""
        at = 0
        for tag in MARKUP.finditer(node.value):
            self._say(unescaped(node.value[at : tag.start()]))
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
                self._say(given.get("alt", ""))
                self._mark(f"({given['src']})")
            elif name in LINE_TAGS:
                self._say("\n")
            elif name in SPACE_TAGS:
                self._say(" ")
            elif name not in INLINE_TAGS:
                self._say("\n\n")
        self._say(unescaped(node.value[at:]))
