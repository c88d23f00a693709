"""Rules about lists (WN4): lists that a reader sees otherwise than they were meant."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weeknote.lint.diagnostics import Edit
from weeknote.lint.fixes import node_fix, text_fix
from weeknote.lint.positions import first_line_position, position_at, words_position
from weeknote.lint.rule import Finding, LintSettings, rule
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.block import List, Paragraph
from weeknote.nodes.document import Weeknote
from weeknote.syntax.style import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.block import Node

BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
LINE_START = re.compile(r"(?:\A|(?<=[\r\n]))([ \t>]*)([•◦▪‣●–—-])(?=([ \t\u00a0]?)\w)")


@text_rule("WN401", "mixed-markers", "off warning warning")
def mixed_markers(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Items right under each other have different markers.

    What: A `-` item is followed by a `*` item at the same depth, with no blank line between. Lists in lists may have
        what marker they like.
    Why: In Markdown a new marker begins a new list, so the page shows a gap, or two lists where one was meant.
    Fix: `--fix` gives the later items the first one’s marker.
    """
    for row in view.rows():
        chain: str | None = None
        for a, b in pairwise(row):
            if not (isinstance(a, List) and isinstance(b, List)) or a.ordered or b.ordered:
                chain = None
                continue
            if (
                a.slice is None
                or b.slice is None
                or BLANK_LINE.search(a.slice.text[-len(trailing_blanks(a)) or None :])
            ):
                chain = None
                continue
            if BLANK_LINE.search(trailing_blanks(a)):
                chain = None
                continue
            chain = chain or a.marker
            if a.marker is None or b.marker is None or a.marker == b.marker or chain is None:
                continue
            edits = []
            for item in b.items:
                m = None if item.slice is None else ITEM.match(item.slice.text)
                if item.slice is not None and m is not None:
                    edits.append(Edit(item.slice.start + m.start(2), item.slice.start + m.end(2), chain))
            yield Finding(
                f"The items from here on have the marker “{b.marker}”, those right above “{a.marker}”: a page shows "
                "them as two lists.",
                b,
                words_position(b, b.marker),
                f"Give them all “{chain}”; or, if two lists are meant, put a blank line between them.",
                text_fix(f"Write “{chain}”", *edits) if edits else None,
            )


def trailing_blanks(node: Node) -> str:
    """Return the line end of a node's last line and what follows it."""
    if node.slice is None:
        return ""
    text = node.slice.text
    return text[len(text.rstrip(" \t\r\n")) :]


@rule("WN402", "lead-in-without-list", "off warning warning")
def lead_in_without_list(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A line announces something, and nothing comes.

    What: A paragraph ends in a colon, and is the last thing before a heading or the end of the note. What follows a
        colon may be anything: a list, a quotation, a picture, another paragraph.
    Why: The reader waits for the list. Usually it was moved, or never written.
    Fix: Add the list, or end the sentence in a full stop.
    """
    rows = [(note.intro, True), *((s.blocks, True) for s in note.sections)]
    for blocks, _last in rows:
        block = blocks[-1] if blocks else None
        if not isinstance(block, Paragraph):
            continue
        words = block.text.rstrip()
        if not words.endswith(":") or len(words.split()) < 3 or words.endswith("::"):
            continue
        deeper = blocks is not note.intro and introduces_subsection(note, blocks)
        if deeper or (blocks is note.intro and note.sections):
            continue
        end = words_position(block, words[-1])
        if block.slice is not None:
            stop = block.slice.start + len(block.slice.text.rstrip())
            end = position_at(block.slice, max(stop - 1, block.slice.start), stop)
        yield Finding(
            "The paragraph ends in a colon, and nothing follows it.",
            block,
            end,
            "Add what it announces, or end it in a full stop.",
        )


def introduces_subsection(note: Weeknote, blocks: tuple[Any, ...]) -> bool:
    """Tell whether the section after the one with these blocks is a deeper one, which the colon may announce."""
    return any(a.blocks is blocks and b.depth > a.depth for a, b in pairwise(note.sections))


@text_rule("WN403", "empty-item", "off warning warning")
def empty_item(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A list item has nothing in it.

    What: A marker stands on a line and nothing after it, nor under it.
    Why: The page shows a bullet on its own. Often it is the item one meant to come back to.
    Fix: `--fix` takes the item out.
    """
    for node in view.blocks:
        if not isinstance(node, List):
            continue
        for item in node.items:
            if not item.blocks:
                yield Finding(
                    "This list item is empty.",
                    item,
                    first_line_position(item),
                    "Write something, or take it out.",
                    node_fix("Take the item out", (item, None)) if len(node.items) > 1 else None,
                )


@text_rule("WN404", "too-deep", "off off info")
def too_deep(view: TextView, settings: LintSettings) -> Iterator[Finding]:
    """A list is nested too deep.

    What: More lists stand in each other than the settings allow (`deepest-list`, three if they don’t say).
    Why: On a telephone the innermost one has room for three words in a line.
    Fix: Make a paragraph or a section of an outer item.
    """
    stack: list[tuple[Any, int]] = [(view.root, 0)]
    while stack:
        node, depth = stack.pop()
        inside = depth + isinstance(node, List)
        if inside == settings.deepest_list + 1 and isinstance(node, List):
            yield Finding(
                f"Lists stand {inside} deep in each other here; the settings allow {settings.deepest_list}.",
                node,
                first_line_position(node),
                "Make a paragraph or a section of an outer item.",
            )
            continue
        for name in reversed(node.parts):
            if name not in ("children", "rows", "front_matter", "heading"):
                stack += [(child, inside) for child in reversed(getattr(node, name))]


@text_rule("WN405", "bullets-not-a-list", "off warning warning")
def bullets_not_a_list(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Lines look like a list and are not one.

    What: In Markdown, two or more lines of a paragraph begin with `•`, or with a `-` that has no space after it. Both
        are words to Markdown. Lines that end in two spaces, so that each stays a line, are left alone.
    Why: The page shows them as one run-on paragraph.
    Fix: Begin each with `- `. `--fix` does it where the whole paragraph is such lines.
    """
    for leaf in view.leaves:
        node, where = leaf.node, leaf.where
        if not isinstance(node, Paragraph) or where is None or not leaf.markdown:
            continue
        text = leaf.raw.rstrip()
        if "\n" not in text and "\r" not in text:
            continue  # most paragraphs are one line, and it takes two
        marks = list(LINE_START.finditer(leaf.raw))
        lines = [line for line in re.split(r"\r\n?|\n", text) if line.strip()]
        if all(line.endswith(("  ", "\\")) for line in lines[:-1]):
            continue  # each line is broken on purpose: the page shows them as they stand
        marks = [m for m in marks if m[2] in "•◦▪‣●" or (m[2] == "-" and not m[3])]
        if len(marks) < 2 or len({m[2] for m in marks}) > 1:
            continue
        start = where.start + marks[0].start(2)
        edits = [Edit(where.start + m.start(2), where.start + m.end(2) + len(m[3]), "- ") for m in marks]
        whole = len(marks) == len(lines) and where.start not in where.source.cuts
        yield Finding(
            f"{len(marks)} lines begin with “{marks[0][2]}”, which Markdown does not take for a list: the page shows "
            "them run together.",
            node,
            position_at(where, start, start + 1),
            "Begin each of them with “- ”, a hyphen and a space.",
            text_fix("Begin each line with “- ”", *edits) if whole else None,
        )
