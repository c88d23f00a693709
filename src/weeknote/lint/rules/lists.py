"""Rules about lists (WN4): lists that do not come out as intended."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.fixes import Edit, Fix
from weeknote.lint.positions import first_line_position, position_at, words_position
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.block import List, Paragraph, contents
from weeknote.source import LINE_END
from weeknote.syntax.style import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Weeknote

BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
THEMATIC_BREAK = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
# What would be a list or a thematic break in a new list item.
STARTS_BLOCK = re.compile(r"[0-9]{1,9}[.)](?:\s|\Z)|_[_ \t]*(?:[\r\n]|\Z)")
BULLETS = "•◦▪‣●"
LINE_START = re.compile(
    rf"(?:\A|(?<=[\r\n]))(?P<indent>[ \t>]*)(?P<mark>[{BULLETS}-])(?P<gap>[ \t\u00a0]?)(?P<word>\w+)"
)
MAX_OPTION_LETTERS = 3
"""The maximum number of small letters after a hyphen that may be options of a command: `-v`, `-rf`, `-xzf`."""


@text_rule("WN401", "mixed-markers", "off warning warning")
def mixed_markers(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Adjacent list items have different markers.

    What: An item with another marker follows directly, at the same level and without a blank line, such as `*` after
        `-`. Nested lists may have other markers.
    Why: In Markdown, another marker starts another list, so the page shows a gap or two lists.
    Fix: `--fix` gives the later items the marker of the first. If you want two lists, put a blank line between them.
    """
    for row in view.sibling_rows():
        first: str | None = None  # the marker of the first of several lists in a row
        for a, b in pairwise(row):
            if not (isinstance(a, List) and isinstance(b, List) and a.marker and b.marker and _touch(a, b)):
                first = None
                continue
            first = first or a.marker
            edits = _marker_edits(b, first)
            yield Finding(
                f"The marker changes from “{a.marker}” to “{b.marker}” here, which starts another list.",
                b,
                words_position(b, b.marker),
                f"Use “{first}” for all items, or put a blank line here if you want two lists.",
                Fix(f"Use “{first}”", edits) if edits else None,
            )


def _touch(a: List, b: List) -> bool:
    """Return whether two lists are bullet lists without a blank line between them."""
    if a.ordered or b.ordered or a.slice is None or b.slice is None:
        return False
    return BLANK_LINE.search(a.slice.text, len(a.slice.text.rstrip(" \t\r\n"))) is None


def _marker_edits(items: List, marker: str) -> list[Edit]:
    """Return the edits that give all items of a list a marker; none if that would make a thematic break."""
    edits = []
    for item in items.items:
        m = None if item.slice is None else ITEM.match(item.slice.text)
        if item.slice is not None and m is not None:
            line = LINE_END.split(item.slice.text, maxsplit=1)[0]
            if THEMATIC_BREAK.fullmatch(line[: m.start(2)] + marker + line[m.end(2) :]):
                return []
            edits.append(Edit(item.slice.start + m.start(2), item.slice.start + m.end(2), marker))
    return edits


@rule("WN402", "lead-in-without-list", "off warning warning")
def lead_in_without_list(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A paragraph ends in a colon, but nothing follows.

    What: The last paragraph before a heading, or of the note, ends in a colon. Anything may follow a colon: a list, a
        quotation, a picture, another paragraph, a subsection.
    Why: Readers expect a list. Usually it was moved, or never written.
    Fix: Add what the colon announces, or end the sentence with a full stop.
    """
    rows = [] if note.sections else [note.intro]
    rows += [a.blocks for a, b in pairwise(note.sections) if b.depth <= a.depth]
    rows += [section.blocks for section in note.sections[-1:]]
    for blocks in rows:
        block = blocks[-1] if blocks else None
        if not isinstance(block, Paragraph):
            continue
        words = block.text.rstrip()
        if not words.endswith(":") or len(words.split()) < 3 or words.endswith("::"):
            continue
        position = None
        if block.slice is not None:
            stop = block.slice.start + len(block.slice.text.rstrip())
            position = position_at(block.slice, max(stop - 1, block.slice.start), stop)
        yield Finding(
            "The paragraph ends in a colon, but nothing follows.",
            block,
            position,
            "Add what it announces, or end it with a full stop.",
        )


@text_rule("WN403", "empty-item", "off warning warning")
def empty_item(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A list item is empty.

    What: A list marker has nothing after it.
    Why: The page shows a lone bullet. Often it was meant to be filled in later.
    Fix: Write something, or remove the item. `--fix` removes it unless other items would get other numbers.
    """
    for node in view.blocks:
        if not isinstance(node, List):
            continue
        has_content = any(item.blocks for item in node.items)
        for i, item in enumerate(node.items):
            if not item.blocks:
                keeps_numbers = not node.ordered or i + 1 == len(node.items)
                yield Finding(
                    "This list item is empty.",
                    item,
                    first_line_position(item),
                    "Write something, or remove it.",
                    Fix("Remove the item", replacements=[(item, None)]) if has_content and keeps_numbers else None,
                )


@text_rule("WN404", "too-deep", "off off info")
def too_deep(view: TextView, settings: LintSettings) -> Iterator[Finding]:
    """A list is nested too deeply.

    What: Lists are nested more deeply than `deepest-list` allows (three levels by default).
    Why: On a phone, the innermost list has room for three words per line.
    Fix: Turn an outer item into a paragraph or a section.
    """
    depths: dict[int, int] = {}
    for node in view.blocks:
        depth = depths.get(id(node), 0) + isinstance(node, List)
        depths.update((id(inner), depth) for inner in contents(node))
        # What is deeper still is in a list that was found.
        if isinstance(node, List) and depth == settings.deepest_list + 1:
            yield Finding(
                f"This list is nested {depth} levels deep; the limit is {settings.deepest_list}.",
                node,
                first_line_position(node),
                "Turn an outer item into a paragraph or a section.",
            )


@text_rule("WN405", "bullets-not-a-list", "off warning warning")
def bullets_not_a_list(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Lines look like a list, but are not one.

    What: In Markdown, two or more lines of a paragraph start with `•`, or with `-` and no space after it. Lines that
        end in two spaces or a backslash, so that each stays a line, are left alone, and so are negative numbers
        (`-5 °C`) and options of commands (`-v`).
    Why: The page shows one run-on paragraph.
    Fix: Start each line with `- `. `--fix` does it if all lines of the paragraph are like that.
    """
    for leaf in view.leaves:
        node, where = leaf.node, leaf.slice
        if not isinstance(node, Paragraph) or where is None or not leaf.is_markdown:
            continue
        text = leaf.source_text.rstrip()
        if "\n" not in text and "\r" not in text:
            continue  # most paragraphs are one line
        lines = [line for line in LINE_END.split(text) if line.strip()]
        if all(line.endswith(("  ", "\\")) for line in lines[:-1]):
            continue  # hard breaks: the page shows the lines as they are
        found = [m for m in LINE_START.finditer(leaf.source_text) if _is_bullet(m)]
        if len(found) < 2 or len({m["mark"] for m in found}) > 1:
            continue
        start = where.start + found[0].start("mark")
        edits = [Edit(where.start + m.start("mark"), where.start + m.end("gap"), "- ") for m in found]
        complete = len(found) == len(lines) and where.start not in where.source.cuts
        complete = complete and not any(STARTS_BLOCK.match(leaf.source_text, m.end("gap")) for m in found)
        yield Finding(
            f"{len(found)} lines start with “{found[0]['mark']}”, which is not a list in Markdown: the page shows one "
            "paragraph.",
            node,
            position_at(where, start, start + 1),
            "Start each line with “- ”, a hyphen and a space.",
            Fix("Start each line with “- ”", edits) if complete else None,
        )


def _is_bullet(m: re.Match[str]) -> bool:
    """Return whether the mark at the start of a line looks like a bullet."""
    if m["mark"] != "-":
        return True
    word = m["word"]
    is_option = len(word) == 1 or (word.islower() and len(word) <= MAX_OPTION_LETTERS)
    return not m["gap"] and not word[0].isdigit() and not is_option
