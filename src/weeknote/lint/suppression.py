"""Rules that a note turns off for itself, with a comment in Markdown or a key in the front matter.

`<!-- weeknote: ignore WN404 the pictures speak -->`, anywhere, turns a rule off for the file;
`<!-- weeknote: ignore-next WN504 -->`, as a block of its own, for the next block. Plain text has no such comment,
because readers would see it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from weeknote.lint.positions import walk_blocks
from weeknote.lint.registry import RULES, UnknownRuleError, select_rules
from weeknote.nodes.block import BLOCKS, Heading, Html, ListItem, Paragraph, Table
from weeknote.nodes.document import Archive, Weeknote
from weeknote.nodes.traversal import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote.lint.diagnostics import Diagnostic
    from weeknote.nodes.block import Node

KEY = "weeknote-ignore"
"""The front matter key that lists rules."""

COMMENT = re.compile(r"<!--\s*weeknote:\s*(?P<verb>[\w-]*)(?P<rest>.*?)-->", re.DOTALL)
WORD = re.compile(r"[\s,]*(?P<word>[^\s,]+)")
CODE = re.compile(r"WN\d*", re.IGNORECASE)


@attrs.frozen
class Suppressions:
    """The rules that a note turns off, by their codes: everywhere, and within ranges of offsets.

    The problems are the lines of comments that have no effect, each with what is wrong.
    """

    everywhere: frozenset[str] = frozenset()
    within: tuple[tuple[int, int, frozenset[str]], ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    # For each code, the starts of its ranges in order, and the furthest end of those ranges up to and including each.
    _reach: dict[str, tuple[list[int], list[int]]] = attrs.field(init=False, factory=dict, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for start, end, codes in sorted(self.within, key=lambda range_: range_[:2]):
            for code in codes:
                starts, ends = self._reach.setdefault(code, ([], []))
                starts.append(start)
                ends.append(max(end, ends[-1]) if ends else end)

    def covers(self, found: Diagnostic) -> bool:
        """Return whether a diagnostic is suppressed."""
        if found.code in self.everywhere:
            return True
        if found.position is None:
            return False
        offset = found.position.start.offset
        starts, ends = self._reach.get(found.code, ((), ()))
        n = bisect_right(starts, offset)
        return n > 0 and offset < ends[n - 1]


def read_suppressions(note: Node) -> Suppressions:
    r"""Return the rules that a note or an archive turns off.

    >>> import weeknote
    >>> note = weeknote.parse("# Weeknote #4\n\n<!-- weeknote: ignore WN101 we count in numbers -->\n\nAll good.\n")
    >>> sorted(read_suppressions(note).everywhere)
    ['WN101']
    """
    everywhere: set[str] = set()
    within: list[tuple[int, int, frozenset[str]]] = []
    problems: list[tuple[int, str]] = []
    if isinstance(note, (Weeknote, Archive)) and note.front_matter is not None:
        given = note.front_matter.values.get(KEY) if KEY in note.front_matter.raw else None
        words = given if isinstance(given, list) else [] if given is None else re.split(r"[\s,]+", str(given).strip())
        line = 1 if note.front_matter.position is None else note.front_matter.position.start.line
        codes, unknown = _codes(map(str, words))
        everywhere |= codes
        problems += [(line, f"`{KEY}` in the front matter: {what}") for what in unknown]
    for html, html_line, next_block in _comments(note):
        for verb, rest, line in _instructions(html, html_line):
            codes, wrong = _codes(_rule_names(rest))
            if verb not in ("ignore", "ignore-next"):
                wrong = [f"unknown instruction {verb!r}; write `ignore` for the file, `ignore-next` for the next block"]
            elif not codes and not wrong:
                wrong = [f"it names no rule; write <!-- weeknote: {verb} WN404 why -->"]
            elif verb == "ignore":
                everywhere |= codes
            elif next_block is not None and next_block.slice is not None:
                within.append((next_block.slice.start, next_block.slice.end, codes))
            else:
                wrong = ["`ignore-next` must be a block of its own, with another block after it"]
            problems += [(line, f"this comment has no effect: {what}") for what in wrong]
    return Suppressions(frozenset(everywhere), tuple(within), tuple(problems))


def unsuppressed(found: Iterable[Diagnostic], suppressions: Suppressions) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that are not suppressed."""
    return tuple(one for one in found if not suppressions.covers(one))


def _instructions(html: Html, line: int) -> Iterator[tuple[str, str, int]]:
    """Yield the verb, the words and the line of each instruction in a piece of HTML that starts on a given line."""
    # Stops at the last `-->`: an unclosed comment after it would be scanned again and again for its end.
    stop = html.value.rfind("-->") + 3
    counted = 0
    for match in COMMENT.finditer(html.value, 0, stop):
        line += html.value.count("\n", counted, match.start())
        counted = match.start()
        yield match["verb"], match["rest"], line


def _rule_names(rest: str) -> Iterator[str]:
    """Yield the words at the start of an instruction that name rules; the words after them give a reason."""
    names = {rule.name for rule in RULES.values()}
    for match in WORD.finditer(rest):
        word = match["word"].rstrip(":;.")
        if CODE.fullmatch(word) is None and word.lower() not in names:
            return
        yield word


def _codes(selectors: Iterable[str]) -> tuple[frozenset[str], list[str]]:
    """Return the codes of the rules that selectors mean, and a message for each selector that means none."""
    codes: set[str] = set()
    unknown = []
    for selector in selectors:
        try:
            codes |= {rule.code for rule in select_rules(selector)}
        except UnknownRuleError as error:
            unknown.append(error.message)
    return frozenset(codes), unknown


def _comments(note: Node) -> Iterator[tuple[Html, int, Node | None]]:
    """Yield each piece of HTML with an instruction, its line, and the block after it if it is a block itself."""
    # Most notes have none, and then their inline content need not be read.
    if note.slice is not None and "weeknote:" not in note.slice.source.text:
        return
    pending: tuple[Html, int] | None = None
    line = 1
    for node in walk_blocks(note):
        if node.position is not None:
            line = node.position.start.line
        if pending is not None and isinstance(node, (*BLOCKS, ListItem)):
            yield *pending, node
            pending = None
        if isinstance(node, Html) and "weeknote:" in node.value:
            pending = node, line
        elif isinstance(node, (Paragraph, Heading, Table)):
            for html in find_all(node, Html):
                if "weeknote:" in html.value:
                    yield html, line, None
    if pending is not None:
        yield *pending, None
