"""Inline nodes to Markdown: spellings to try, the plainest first. The caller takes the first that is read as meant.

Nodes that were read keep their spelling as long as that works.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from weeknote.markdown.inline_parser import BACKTICKS
from weeknote.markdown.links import bare_end
from weeknote.nodes.block import (
    Break,
    Delete,
    Emphasis,
    FootnoteReference,
    Image,
    Inline,
    InlineCode,
    Link,
    Strong,
    Text,
    encoded,
)
from weeknote.nodes.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.source import Slice
    from weeknote.syntax.leaf_text import LeafText

AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\x00-\x20]*\Z")
REFERENCE = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
NOT_PLAIN = re.compile(r"[\s<>\\\x00-\x1f\x7f]")
PLAIN_URL = re.compile(r"[^\s<>\\()&\x00-\x1f\x7f]++")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Characters that may be markup where they are: not a `_` inside a word, nor a `*` between spaces.
ACTIVE_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\n|\Z)|[`\[\]]|<(?=[A-Za-z/!?])|~(?=~)|&(?=#?[A-Za-z0-9]+;)"
    r"|\*(?=\S)|(?<=\S)\*|(?<![^\W_])_|_(?![^\W_])"
)
SPACE_AT_START = re.compile(r"\A[ \t\n]+")
SPACE_AT_END = re.compile(r"(?<![ \t\n])[ \t\n]++\Z")
SPACE_AT_BREAK = re.compile(r"(?<![ \t])[ \t]++(?=\n)|(?<=\n)[ \t\n]++|\r")
LINE_START = re.compile(r"(?:\A|(?<=\n))(?:([0-9]{1,9})([.)])|([#>+*=|~`<:\[-]))")

PLAIN, ACTIVE, ALL, EDGES = range(4)
"""The levels of escaping: nothing; what could mean something; all punctuation; the letters at marks as well."""

NOTHING, NODES, MARKS = range(3)
"""What keeps its spelling: nothing; the nodes that were read; also the marks of nodes in which something was edited."""


def spellings(children: tuple[Inline, ...], *, one_line: bool = False, leaf: LeafText | None = None) -> Iterator[str]:
    r"""Yield Markdown for inline nodes, each spelling safer and less plain than the one before.

    Every second one is guarded: no line of words begins like a block, `1. May` is `1\. May`, `# x` is `\# x`.

    Args:
        children: the nodes.
        one_line: whether a line break must be written as a character reference, as in a heading.
        leaf: the leaf in which something was edited; its nodes keep their spelling across lines, too.
    """
    seen = set()
    for keep in (MARKS, NODES, NOTHING) if any(was_read(node) for node in children) else (NOTHING,):
        for level in (PLAIN, ACTIVE, ALL, EDGES):
            for guarded in (False, True):
                for marks in ("*_", "_*"):
                    text = _Speller(level, guarded, marks, one_line, keep, leaf).spell(children)
                    if text not in seen:
                        seen.add(text)
                        yield text


def plainest(children: tuple[Inline, ...], leaf: LeafText) -> str:
    """Return the first spelling of some nodes of a leaf in which something was edited."""
    return _Speller(PLAIN, False, "*_", False, MARKS, leaf).spell(children)


def was_read(node: Inline) -> bool:
    """Return whether a node, or one in it, was read from Markdown."""
    if node.slice is not None or node.origin is not None:
        return True
    words = (text for found in walk(node) if isinstance(found, Text) for text in found.joined or ())
    return any(part.slice is not None or part.origin is not None for part in chain(walk(node), words))


def reference(char: str) -> str:
    """Return a character as a numeric character reference (CommonMark 2.5)."""
    return f"&#{ord(char)};"


def references(found: re.Match[str]) -> str:
    """Return the characters of a match as character references."""
    return "".join(map(reference, found[0]))


def escaped_start(found: re.Match[str]) -> str:
    """Return the start of a line with the marker escaped that would begin a block."""
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def destination(url: str) -> str:
    """Return a URL as a link destination (CommonMark 6.3)."""
    if PLAIN_URL.fullmatch(url):
        return url
    url = REFERENCE.sub("&amp;", url)
    plain = url and not NOT_PLAIN.search(url) and bare_end(url, 0) == len(url)
    return url if plain else "<" + re.sub(r"[<>\\]", r"\\\g<0>", url) + ">"


def link_title(title: str | None) -> str:
    """Return a link's title with the space before it (CommonMark 6.3)."""
    if title is None:
        return ""
    title = re.sub(r'["\\]', r"\\\g<0>", REFERENCE.sub("&amp;", title))
    title = re.sub(r"\n(?=[^\S\n]*+\n)|\r|\A\s|\s\Z|(?<=\n)[ \t]", lambda m: reference(m[0]), title)
    first, end, more = title.partition("\n")
    return f' "{first}{end}{LINE_START.sub(escaped_start, more)}"'


@attrs.define
class _Speller:
    """One way to spell inline nodes: the arguments of `spellings`, and what it tries in turn."""

    level: int
    guarded: bool
    marks: str
    one_line: bool
    keep: int
    leaf: LeafText | None

    def spell(self, children: tuple[Inline, ...], depth: int = 0, *, inside: bool = False) -> str:
        found = []
        turn = depth
        for i, node in enumerate(children):
            before = children[i - 1] if i else None
            after = children[i + 1] if i + 1 < len(children) else None
            # Two marks in a row would be read as one longer mark: neighbours take turns.
            turn = turn + 1 if isinstance(before, (Emphasis, Strong)) else depth
            found.append(self.one(node, before, after, turn, inside))
        return "".join(found)

    def one(self, node: Inline, before: Inline | None, after: Inline | None, depth: int, inside: bool) -> str:
        mark = self.marks[depth % 2]
        if self.keep and (kept := self.kept(node, depth)) is not None:
            return kept
        match node:
            case Text(joined=tuple(parts)) if self.keep:
                beside = [before, *parts, after]
                return "".join(self.one(part, beside[n], beside[n + 2], depth, inside) for n, part in enumerate(parts))
            case Text():
                return self.words(node.value, before, after, inside)
            case Emphasis():
                return mark + self.spell(node.children, depth + 1, inside=True) + mark
            case Strong():
                return mark * 2 + self.spell(node.children, depth + 1, inside=True) + mark * 2
            case Delete():
                return "~~" + self.spell(node.children, depth + 1, inside=True) + "~~"
            case InlineCode():
                return code_span(node.value)
            case Link():
                shown = node.children
                if len(shown) == 1 and isinstance(shown[0], Text) and node.title is None:
                    url = shown[0].value
                    if AUTOLINK.match(url) and encoded(url) == node.url and not REFERENCE.search(url):
                        return f"<{url}>"
                words = self.spell(shown, depth, inside=True)
                return f"[{words}]({destination(node.url)}{self.title(node)})"
            case Image():
                speller = attrs.evolve(self, level=max(self.level, ACTIVE))
                alt = speller.words(node.alt, None, None, True)
                return f"![{alt}]({destination(node.url)}{self.title(node)})"
            case Break():
                return "\\\n"
            case FootnoteReference():
                return f"[^{node.label}]"
            case _:
                return node.value

    def kept(self, node: Inline, depth: int) -> str | None:
        """Return a node as it was spelled where it was read, with what was edited in it; None if that is unknown."""
        if node.slice is not None:
            return self.spelling(node.slice, node.slice.start, node.slice.end)
        origin = node.origin
        if origin is None or self.keep < MARKS:
            return None
        if not isinstance(origin, Emphasis | Strong | Delete | Link) or not origin.children:
            return None
        where, first, last = origin.slice, origin.children[0].slice, origin.children[-1].slice
        if where is None or first is None or last is None or not isinstance(node, Emphasis | Strong | Delete | Link):
            return None
        if attrs.evolve(node, children=origin.children) != origin:
            return None
        opening = self.spelling(where, where.start, first.start)
        closing = self.spelling(where, last.end, where.end)
        if opening is None or closing is None or opening == "<":
            return None
        inside = self.spell(node.children, depth + 1, inside=True)
        if closing in ("]", "[]") and inside != (label := self.spelling(where, first.start, last.end)):
            # The words were the label of a reference too, and that stays.
            closing = f"][{label}]"
        return opening + inside + closing

    def spelling(self, where: Slice, start: int, end: int) -> str | None:
        """Return a range of Markdown that was read, without container marks; None if it may have some."""
        if where.source.reader.name != "markdown":
            return None
        leaf = self.leaf
        in_source = leaf is not None and leaf.source is where.source
        if leaf is not None and in_source and leaf.places[0] <= start and end <= leaf.place(len(leaf.text)):
            return leaf.text[leaf.offset(start) : leaf.offset(end)]
        text = where.source.text[start:end]
        return None if "\n" in text or "\r" in text else text

    def words(self, value: str, before: Inline | None, after: Inline | None, inside: bool) -> str:
        level = self.level
        first = last = ""
        if level == EDGES and value:
            # A mark beside a letter neither opens nor closes where one beside punctuation does (CommonMark 6.2).
            if before is not None or inside:
                first, value = reference(value[0]), value[1:]
            if value and (after is not None or inside):
                last, value = reference(value[-1]), value[:-1]
        if level == ACTIVE:
            value = ACTIVE_MARKS.sub(r"\\\g<0>", value)
            if value.endswith("!") and isinstance(after, (Link, FootnoteReference)):
                value = value[:-1] + "\\!"
        elif level > ACTIVE:
            value = PUNCTUATION.sub(r"\\\g<0>", value)
        if level > PLAIN:
            # White space at the edge of a line or of emphasis is not text.
            if before is None or isinstance(before, Break):
                value = SPACE_AT_START.sub(references, value)
            if after is None or isinstance(after, Break):
                value = SPACE_AT_END.sub(references, value)
            value = SPACE_AT_BREAK.sub(references, value)
        if self.guarded:
            opens = not inside and not first and (before is None or isinstance(before, Break))
            line, end, more = ("", "", value) if opens else value.partition("\n")
            value = line + end + LINE_START.sub(escaped_start, more)
        if self.one_line:
            value = value.replace("\n", reference("\n"))
        return first + value + last

    def title(self, node: Link | Image) -> str:
        title = link_title(node.title)
        return title.replace("\n", reference("\n")) if self.one_line else title


def code_span(value: str) -> str:
    """Return code as a code span; its backticks are longer or shorter than any run in it (CommonMark 6.1)."""
    runs = {len(run) for run in BACKTICKS.findall(value)}
    ticks = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    spaced = value.startswith(" ") and value.endswith(" ") and value.strip(" ")
    pad = " " if spaced or value.startswith("`") or value.endswith("`") else ""
    return f"{ticks}{pad}{value}{pad}{ticks}"
