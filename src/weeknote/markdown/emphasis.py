"""Which delimiters of emphasis and strikethrough belong together (CommonMark 6.2; GitHub Flavored Markdown 6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from weeknote.nodes.base import node_from_source
from weeknote.nodes.inline import Delete, Emphasis, Inline, Strong, text_from_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weeknote.syntax.leaf_text import LeafText

MAX_NESTING = 20
"""The maximum nesting of emphasis; deeper delimiters are words, so nothing that walks a leaf needs a deep stack."""

OTHER, SPACE, PUNCTUATION = range(3)


class DelimiterRun:
    """A run of `*`, `_` or `~`.

    Attributes:
        mark: its character.
        start: its offset in the leaf's text.
        length: how many characters it has.
        left: how many of them are not paired.
        can_open: whether it is left-flanking and may open emphasis.
        can_close: whether it is right-flanking and may close emphasis.
        before: the run before it that may still be paired, or None.
        after: the run after it that may still be paired, or None.
        closes: the lengths of the marks by which it closes emphasis, the innermost first.
        opens: the lengths of the marks by which it opens emphasis, the innermost first.
    """

    __slots__ = ("after", "before", "can_close", "can_open", "closes", "left", "length", "mark", "opens", "start")

    def __init__(self, mark: str, start: int, length: int, can_open: bool, can_close: bool) -> None:
        self.mark: str = mark
        self.start: int = start
        self.length: int = length
        self.left: int = length
        self.can_open: bool = can_open
        self.can_close: bool = can_close
        self.before: DelimiterRun | None = None
        self.after: DelimiterRun | None = None
        self.closes: list[int] = []
        self.opens: list[int] = []


Item = tuple[int, int, "str | DelimiterRun | Inline"]
"""A piece of a leaf: where it begins and ends, and what is there, words as a string."""


def delimiter_run(text: str, start: int, end: int) -> DelimiterRun | None:
    """Return a run of marks, or None if it can neither open nor close anything."""
    mark = text[start]
    if mark == "~" and end - start != 2:
        return None
    before = character_class(text[start - 1] if start else "\n")
    after = character_class(text[end] if end < len(text) else "\n")
    opens = after != SPACE and (after != PUNCTUATION or before != OTHER)
    closes = before != SPACE and (before != PUNCTUATION or after != OTHER)
    if mark == "_":
        opens, closes = opens and (not closes or before == PUNCTUATION), closes and (not opens or after == PUNCTUATION)
    return DelimiterRun(mark, start, end - start, opens, closes) if opens or closes else None


def character_class(char: str) -> int:
    """Return whether a character is white space, punctuation or neither (CommonMark 2.1)."""
    if char.isalnum():
        return OTHER
    if char in " \n\t\f\r":
        return SPACE
    kind = category(char)
    return SPACE if kind == "Zs" else PUNCTUATION if kind[0] in "PS" else OTHER


def pair(runs: list[DelimiterRun]) -> None:
    """Pair the marks of a leaf, or of what a link shows (CommonMark, appendix: *process emphasis*).

    The offsets in `bottoms` bound how far back an opener is looked for, which keeps the time linear.
    """
    for i in range(1, len(runs)):
        runs[i].before, runs[i - 1].after = runs[i - 1], runs[i]
    bottoms: dict[tuple[str, bool, int], int] = {}
    closer: DelimiterRun | None = runs[0]
    while closer is not None:
        if not closer.can_close:
            closer = closer.after
            continue
        kind = (closer.mark, closer.can_open, closer.length % 3)
        opener = find_opener(closer, bottoms.get(kind, 0))
        if opener is None:
            bottoms[kind] = closer.start
            if not closer.can_open:
                unlink(closer)
            closer = closer.after
            continue
        used = 2 if opener.left >= 2 and closer.left >= 2 else 1
        opener.left -= used
        closer.left -= used
        opener.opens.append(used)
        closer.closes.append(used)
        # Marks between the two are words.
        opener.after, closer.before = closer, opener
        if not opener.left:
            unlink(opener)
        if not closer.left:
            unlink(closer)
            closer = closer.after


def find_opener(closer: DelimiterRun, bottom: int) -> DelimiterRun | None:
    """Return the nearest run that a closer can be paired with; no run before the offset `bottom` can."""
    opener = closer.before
    while opener is not None and opener.start >= bottom:
        if opener.mark == closer.mark and opener.can_open:
            both = closer.can_open or opener.can_close
            if not both or closer.length % 3 == 0 or (opener.length + closer.length) % 3:
                return opener
        opener = opener.before
    return None


def unlink(run: DelimiterRun) -> None:
    """Take a run out of the list of those that may still be paired."""
    if run.before is not None:
        run.before.after = run.after
    if run.after is not None:
        run.after.before = run.before


def nest(items: Sequence[Item], leaf: LeafText) -> tuple[Inline, ...]:
    """Return the nodes that the pieces of a leaf make, with emphasis and strikethrough around what they enclose."""
    runs = [found for _, _, found in items if type(found) is DelimiterRun]
    if not runs:
        return joined(items, leaf)
    if len(runs) > 1:
        pair(runs)
    # Where each open mark begins, and what is inside it so far; first the whole.
    levels: list[tuple[int, list[Item]]] = [(0, [])]
    too_deep = 0
    for start, end, found in items:
        if not isinstance(found, DelimiterRun):
            levels[-1][1].append((start, end, found))
            continue
        at = start
        for length in found.closes:
            if too_deep:
                too_deep -= 1
                levels[-1][1].append((at, at + length, found.mark * length))
            else:
                opened, inside = levels.pop()
                kind: type[Delete | Strong | Emphasis]
                kind = Delete if found.mark == "~" else Strong if length == 2 else Emphasis
                where = leaf.slice(opened, at + length)
                node = node_from_source(kind, where, children=joined(inside, leaf))
                levels[-1][1].append((opened, at + length, node))
            at += length
        if found.left:
            levels[-1][1].append((at, at + found.left, found.mark * found.left))
            at += found.left
        for length in reversed(found.opens):
            if len(levels) > MAX_NESTING:
                too_deep += 1
                levels[-1][1].append((at, at + length, found.mark * length))
            else:
                levels.append((at, []))
            at += length
    return joined(levels[0][1], leaf)


def joined(items: Iterable[Item], leaf: LeafText) -> tuple[Inline, ...]:
    """Return the nodes of pieces without delimiters: words in a row are one."""
    nodes: list[Inline] = []
    words: list[str] = []
    start = end = 0
    for at, behind, found in items:
        if isinstance(found, str):
            start = start if words else at
            words.append(found)
            end = behind
            continue
        assert not isinstance(found, DelimiterRun)
        if words:
            nodes.append(text_from_source(leaf.slice(start, end), "".join(words)))
            words = []
        nodes.append(found)
    if words:
        nodes.append(text_from_source(leaf.slice(start, end), "".join(words)))
    return tuple(nodes)
