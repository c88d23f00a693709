"""The inside of a line of HTML as inline nodes: white space as browsers show it, marks closed where words end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weeknote.nodes.block import (
    Break,
    Delete,
    Emphasis,
    Html,
    Inline,
    Link,
    Strong,
    Text,
    plain,
)
from weeknote.web.html_parser import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
"""Characters without width; editors leave them in empty paragraphs."""


MARKS: dict[str, type[Strong | Emphasis | Delete]] = {"strong": Strong, "emphasis": Emphasis, "delete": Delete}


class Mark(NamedTuple):
    """What words are in: a link, emphasis, a raw tag.

    Attributes:
        kind: `"link"`, `"strong"`, `"emphasis"`, `"delete"` or `"raw"`.
        value: the address of a link, the opening tag of raw HTML, else `""`.
        title: a link's title.
        key: tells two marks apart that are the same otherwise.
    """

    kind: str
    value: str = ""
    title: str | None = None
    key: int = 0

    def joins(self, other: Mark) -> bool:
        """Return whether words in this mark and words in the next, with nothing between, are in one."""
        return self == other or (self.kind == other.kind and self.kind in MARKS)


Path = tuple[Mark, ...]


class Leaf(NamedTuple):
    """A word, picture, break or space with the marks it is in."""

    path: Path
    node: Inline


class InlineRun:
    """Inline content in the making: words arrive with their marks, and leave as nodes."""

    def __init__(self) -> None:
        self._leaves: list[Leaf] = []

    def add_words(self, words: str, path: Path) -> None:
        """Add text as it is in the page; a row of white space is one space."""
        words = SPACES.sub(" ", words)
        if not words:
            return
        # Spaces are leaves of their own, so that none ends up at the edge of a mark.
        core = words.strip(" ")
        pieces = (" " if words[0] == " " else "", core, " " if core and words[-1] == " " else "")
        self._leaves += [Leaf(path, Text(piece)) for piece in pieces if piece]

    def add(self, node: Inline, path: Path) -> None:
        """Add a node that holds no others."""
        self._leaves.append(Leaf(path, node))

    def paragraphs(self) -> list[tuple[Inline, ...]]:
        """Return the content that was added, a paragraph for each part between two breaks in a row."""
        parts: list[list[Leaf]] = [[]]
        for leaf in _without_blank_lines(_trimmed(self._leaves)):
            here = parts[-1]
            if type(leaf.node) is Break and here and type(here[-1].node) is Break:
                here.pop()
                parts.append([])
            elif type(leaf.node) is not Break or here:
                here.append(leaf)
        self._leaves = []
        return [_nested(_trimmed(_without_outer_spaces(part)), 0) for part in parts if any(map(_is_seen, part))]

    def line(self, between: Inline) -> tuple[Inline, ...]:
        """Return the content that was added as one line, with a node in the place of each break."""
        leaves = [Leaf(p, between) if type(n) is Break else Leaf(p, n) for p, n in _trimmed(self._leaves)]
        self._leaves = []
        return _nested(_trimmed(leaves), 0)


def _trimmed(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return leaves with one space between words, none at an edge or beside a break."""
    found: list[Leaf] = []
    for leaf in leaves:
        if type(leaf.node) is Break:
            while found and _is_space(found[-1]):
                found.pop()
        elif _is_space(leaf) and (not found or type(found[-1].node) is Break or _is_space(found[-1])):
            if found and _is_space(found[-1]):
                found[-1] = Leaf(_common(found[-1].path, leaf.path), found[-1].node)
            continue
        found.append(leaf)
    while found and (_is_space(found[-1]) or type(found[-1].node) is Break):
        found.pop()
    for n in range(1, len(found) - 1):
        if _is_space(found[n]) or type(found[n].node) is Break:
            found[n] = Leaf(_common(found[n - 1].path, found[n + 1].path), found[n].node)
    return found


def _without_blank_lines(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return leaves with nothing between two breaks where there are only spaces: editors write blank lines so."""
    found: list[Leaf] = []
    start = 0
    for leaf in leaves:
        if type(leaf.node) is Break and not any(map(_is_seen, found[start:])):
            del found[start:]
        found.append(leaf)
        if type(leaf.node) is Break:
            start = len(found)
    if not any(map(_is_seen, found[start:])):
        del found[start:]
    return found


def _without_outer_spaces(leaves: list[Leaf]) -> list[Leaf]:
    """Return the leaves of a paragraph without the no-break spaces that only keep it from the edge."""
    while leaves and not _is_seen(leaves[0]):
        leaves = leaves[1:]
    while leaves and not _is_seen(leaves[-1]):
        leaves = leaves[:-1]
    if leaves and isinstance(leaves[0].node, Text):
        leaves = [Leaf(leaves[0].path, Text(leaves[0].node.value.lstrip("\xa0 "))), *leaves[1:]]
    if leaves and isinstance(leaves[-1].node, Text):
        leaves = [*leaves[:-1], Leaf(leaves[-1].path, Text(leaves[-1].node.value.rstrip("\xa0 ")))]
    return leaves


def _is_seen(leaf: Leaf) -> bool:
    """Return whether a leaf shows anything."""
    if isinstance(leaf.node, Text):
        return bool(leaf.node.value.translate(UNSEEN).strip())
    return type(leaf.node) is not Break


def _is_space(leaf: Leaf) -> bool:
    return isinstance(leaf.node, Text) and leaf.node.value == " "


def _common(a: Path, b: Path) -> Path:
    """Return the marks that two paths begin with."""
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return a[:n]


def _nested(leaves: Sequence[Leaf], depth: int) -> tuple[Inline, ...]:
    """Return leaves as nodes, those with the same mark at a depth together in one."""
    found: list[Inline] = []
    at = 0
    while at < len(leaves):
        path = leaves[at].path
        if len(path) <= depth:
            found.append(leaves[at].node)
            at += 1
            continue
        end = at + 1
        while end < len(leaves) and len(leaves[end].path) > depth and path[depth].joins(leaves[end].path[depth]):
            end += 1
        found += _marked(path[depth], _nested(leaves[at:end], depth + 1))
        at = end
    return tuple(found)


def _marked(mark: Mark, children: tuple[Inline, ...]) -> list[Inline]:
    """Return the nodes for the inside of a mark."""
    if mark.kind in MARKS:
        return [MARKS[mark.kind](children)]
    if mark.kind == "link":
        return [Link(mark.value, mark.title, children)]
    name = mark.value[1:].partition(" ")[0].rstrip(">")
    return [Html(mark.value), *children, Html(f"</{name}>")]


def words_of(nodes: Sequence[Inline]) -> str:
    """Return the words of inline nodes on one line, without any mark."""
    return SPACES.sub(" ", plain(nodes, pictures=True)).strip()


def with_mark(path: Path, mark: Mark) -> Path:
    """Return a path with one more mark, unless it has one of that kind already."""
    return path if any(m.kind == mark.kind for m in path) else (*path, mark)
