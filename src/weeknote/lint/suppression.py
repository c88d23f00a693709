"""What a note itself says about rules that do not count in it: a marker in Markdown, or a key of the front matter.

`<!-- weeknote: ignore WN404 the pictures speak -->` silences a rule in its whole file, wherever it stands;
`<!-- weeknote: ignore-next WN504 -->`, as a block of its own, in the next block. In plain text there is no marker,
because plain text is published as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from weeknote.lint.registry import RULES, UnknownRuleError, select_rules
from weeknote.nodes.block import BLOCKS, Heading, Html, ListItem, Paragraph, Table
from weeknote.nodes.document import Archive, Weeknote
from weeknote.nodes.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote.lint.diagnostics import Diagnostic
    from weeknote.nodes.block import Node

KEY = "weeknote-ignore"
"""The key of the front matter that lists rules."""

MARK = re.compile(r"<!--\s*weeknote:\s*(?P<verb>[\w-]*)(?P<rest>.*?)-->", re.DOTALL)
WORD = re.compile(r"[\s,]*(?P<word>[^\s,]+)")
CODE = re.compile(r"WN\d*", re.IGNORECASE)


@attrs.frozen
class Suppression:
    """Rules that a note silences.

    Attributes:
        everywhere: codes of rules that do not count in the file.
        within: for ranges of offsets in the text, codes of rules that do not count there.
        problems: markers that silence nothing, each with its line and what is wrong with it.
    """

    everywhere: frozenset[str] = frozenset()
    within: tuple[tuple[int, int, frozenset[str]], ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    # By code: where its ranges begin, and how far those that begin there or before reach at most.
    _reach: dict[str, tuple[list[int], list[int]]] = attrs.field(init=False, factory=dict, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for start, end, codes in sorted(self.within, key=lambda range_: range_[:2]):
            for code in codes:
                starts, ends = self._reach.setdefault(code, ([], []))
                starts.append(start)
                ends.append(max(end, ends[-1]) if ends else end)

    def silences(self, found: Diagnostic) -> bool:
        """Return whether a finding does not count."""
        if found.code in self.everywhere:
            return True
        if found.position is None:
            return False
        at = found.position.start.offset
        starts, ends = self._reach.get(found.code, ((), ()))
        n = bisect_right(starts, at)
        return n > 0 and at < ends[n - 1]


def suppression_of(note: Node) -> Suppression:
    r"""Return what a note or an archive silences.

    >>> import weeknote
    >>> note = weeknote.parse("# Weeknote #4\n\n<!-- weeknote: ignore WN101 we count in numbers -->\n\nAll good.\n")
    >>> sorted(suppression_of(note).everywhere)
    ['WN101']
    """
    everywhere: set[str] = set()
    within: list[tuple[int, int, frozenset[str]]] = []
    problems: list[tuple[int, str]] = []
    if isinstance(note, (Weeknote, Archive)) and note.front_matter is not None:
        given = note.front_matter.values.get(KEY) if KEY in note.front_matter.raw else None
        words = given if isinstance(given, list) else [] if given is None else re.split(r"[\s,]+", str(given).strip())
        line = 1 if note.front_matter.position is None else note.front_matter.position.start.line
        codes, trouble = _codes(map(str, words))
        everywhere |= codes
        problems += [(line, f"`{KEY}` in the front matter: {what}") for what in trouble]
    for marker, line, after in _markers(note):
        # Behind the last end of a comment there is no marker, and nothing that would be looked through for an end.
        last, where, counted = marker.value.rfind("-->") + 3, line, 0
        for match in MARK.finditer(marker.value, 0, last) if last > 2 else ():
            where += marker.value.count("\n", counted, match.start())
            counted = match.start()
            codes, trouble = _codes(_leading(match["rest"]))
            if match["verb"] not in ("ignore", "ignore-next"):
                trouble = [f"there is no {match['verb']!r}; write `ignore` for the file or `ignore-next`"]
            elif not codes and not trouble:
                trouble = [f"it names no rule; write <!-- weeknote: {match['verb']} WN404 why -->"]
            elif match["verb"] == "ignore":
                everywhere |= codes
            elif after is not None and after.slice is not None:
                within.append((after.slice.start, after.slice.end, codes))
            else:
                trouble = ["it is no block of its own, or no block follows that it could silence"]
            problems += [(where, f"this marker silences nothing: {what}") for what in trouble]
    return Suppression(frozenset(everywhere), tuple(within), tuple(problems))


def kept(found: Iterable[Diagnostic], suppression: Suppression) -> tuple[Diagnostic, ...]:
    """Return the findings that are not silenced."""
    return tuple(one for one in found if not suppression.silences(one))


def _leading(rest: str) -> Iterator[str]:
    """Yield the words of a marker that name rules; what follows them says why."""
    names = {rule.name for rule in RULES.values()}
    for match in WORD.finditer(rest):
        word = match["word"].rstrip(":;.")
        if CODE.fullmatch(word) is None and word.lower() not in names:
            return
        yield word


def _codes(words: Iterable[str]) -> tuple[frozenset[str], list[str]]:
    """Return the codes of the rules that words mean, and what is wrong with the other words."""
    codes: set[str] = set()
    trouble = []
    for word in words:
        try:
            codes |= {rule.code for rule in select_rules(word)}
        except UnknownRuleError as error:
            trouble.append(error.message)
    return frozenset(codes), trouble


def _markers(note: Node) -> Iterator[tuple[Html, int, Node | None]]:
    """Yield each piece of HTML that speaks to this tool, its line, and the block after it if it is a block itself."""
    # Most notes have no marker, and then nothing inside their lines needs to be read.
    if getattr(note, "dialect", "markdown") == "text" or (
        note.slice is not None and "weeknote:" not in note.slice.source.text
    ):
        return
    waiting: tuple[Html, int] | None = None
    line = 1
    blocks = {id(node) for node in walk(note, prune=lambda node: isinstance(node, (Paragraph, Heading, Table)))}
    for node in walk(note):
        if node.position is not None:
            line = node.position.start.line
        # Inside a line, HTML is no block.
        is_block = isinstance(node, (*BLOCKS, ListItem)) and id(node) in blocks
        if waiting is not None and is_block:
            yield *waiting, node
            waiting = None
        if isinstance(node, Html) and "weeknote:" in node.value:
            if is_block:
                waiting = node, line
            else:
                yield node, line, None
    if waiting is not None:
        yield *waiting, None
