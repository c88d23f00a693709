"""Rules about sections (WN2): headings and what is under them, and what a project's structure requires."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.roles import Role, fold
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.comparison import Comparison, blocks_under, compare, count_items, count_paragraphs
from weeknote.lint.fixes import Edit, Fix
from weeknote.lint.positions import (
    abbreviate,
    all_headings,
    heading_position,
    position_at,
    quote_heading,
    title_position,
)
from weeknote.lint.printable import counted
from weeknote.lint.structure import Structure
from weeknote.nodes.block import Definition
from weeknote.nodes.inline import Html, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.base import Node
    from weeknote.nodes.document import Weeknote
    from weeknote.nodes.section import Section

STRAY_END = re.compile(r"(?<=\w)[ \t]*([:;,]\.|\.:|[:;,]{2}|;|,)(?=[ \t#]*(?:\r\n|\r|\n|\Z))")


@rule("WN201", "no-theme", "off off info")
def no_theme(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """No section has a title of its own.

    What: The note has sections, but all of them have standard headings, such as highlights or next week. A note without
        sections is left alone.
    Why: Readers remember the subjects of a week. A note with nothing but standard headings reads like a form.
    Fix: Give the week’s main subject a heading in its own words.
    """
    if note.sections and not note.themes and not note.intro:
        yield Finding(
            "All headings of this note are standard ones; none is about this week.",
            note,
            heading_position(note.sections[0].heading),
            "Give the week’s main subject a heading in its own words.",
        )


def section_finding(section: Section, message: str, hint: str, fix: Fix | None = None) -> Finding:
    """Return a finding about a section, at the words of its heading."""
    return Finding(message, section, heading_position(section.heading), hint, fix)


def is_empty(note: Weeknote, section: Section) -> bool:
    """Return whether a section and its subsections have no content."""
    has_subsection = any(a is section and b.depth > a.depth for a, b in pairwise(note.sections))
    return not has_subsection and not any(map(is_visible, blocks_under(note, section)))


def is_visible(block: Node) -> bool:
    """Return whether readers see a block. Definitions and comments are invisible; embedded HTML is not."""
    if isinstance(block, Html):
        return not block.value.lstrip().startswith("<!--") or not block.value.rstrip().endswith("-->")
    return not isinstance(block, Definition)


@rule("WN202", "empty-section", "off warning warning")
def empty_section(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A section is empty.

    What: A heading has nothing under it: no text, no picture, no subsection. Learning sections belong to
        `empty-learning`. Two headings in a row at the very top of a note, which are a title and a subtitle, are left
        alone, and so are two in a row in plain text, where the second may be a subsection.
    Why: A heading without content looks like a form that was not filled in.
    Fix: Write something under the heading, or remove it.
    """
    # In plain text, where depth is not marked, a heading directly above another may be that of a chapter.
    chapters = {id(a) for a, b in pairwise(note.sections) if b.depth > a.depth or note.dialect == "text"}
    for i, section in enumerate(note.sections):
        if section.role is Role.LEARNING or id(section) in chapters or any(map(is_visible, section.blocks)):
            continue
        subtitle = i == 0 and not note.intro and len(note.sections) > 1
        if subtitle and (note.heading is None or note.heading.depth < section.depth):
            continue
        yield section_finding(
            section,
            f"The section {quote_heading(section.heading)} is empty.",
            "Write something under the heading, or remove it.",
        )


@rule("WN203", "repeated-heading", "off warning warning")
def repeated_heading(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Two sections have the same heading.

    What: Two sections at the same level, under the same parent, have the same heading, regardless of case and quotes.
        The same heading under different parents, such as days or projects, is left alone. In plain text, where
        parents cannot be told, so are several headings that repeat.
    Why: Links to the second section lead to the first. Often one of the two was left over from last week.
    Fix: Merge the sections, or rename one of them.
    """
    seen: dict[tuple[tuple[int, ...], str], Section] = {}
    chapter: list[tuple[int, int]] = []
    repeated: list[tuple[Section, Section]] = []
    for i, section in enumerate(note.sections):
        while chapter and chapter[-1][0] >= section.depth:
            chapter.pop()
        key = (tuple(number for _, number in chapter), fold(section.title))
        chapter.append((section.depth, i))
        if not key[1]:
            continue
        first = seen.setdefault(key, section)
        if first is not section and first.depth == section.depth:
            repeated.append((section, first))
    if note.dialect == "text" and len({fold(section.title) for section, _ in repeated}) > 1:
        return
    for section, first in repeated:
        line = "" if first.position is None else f" (line {first.position.start.line})"
        yield section_finding(
            section,
            f"There is already a section {quote_heading(section.heading)}{line}.",
            "Merge the sections, or rename one of them.",
        )


@rule("WN204", "skipped-level", "off off info")
def skipped_level(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A heading skips a level.

    What: A heading is more than one level below the one before it, such as `####` after `##`. The level at which a
        note’s sections start is left to the page around it.
    Why: Screen reader users navigate by heading level, and look for the one that is missing.
    Fix: Use the next level. Heading levels are not font sizes.
    """
    for before, section in pairwise(note.sections):
        if section.depth > before.depth + 1:
            yield section_finding(
                section,
                f"{quote_heading(section.heading)} is at level {section.depth}, but the heading before it is at level "
                f"{before.depth}.",
                f"Use level {before.depth + 1}.",
            )


@rule("WN205", "stray-punctuation", "off warning warning")
def stray_punctuation(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A heading ends in stray punctuation.

    What: A heading ends in `:.`, `.:`, a comma, a semicolon or the like. A single colon, full stop, question mark,
        exclamation mark or ellipsis is fine.
    Why: It is a typo in the largest letters on the page.
    Fix: `--fix` keeps a colon and removes the rest.
    """
    for heading in all_headings(note):
        where = heading.slice
        if where is None:
            continue
        m = STRAY_END.search(where.text)
        if m is None or not heading.text.rstrip().endswith(m[1]):
            continue
        keep = ":" if ":" in m[1] else ""
        start, end = where.start + m.start(1), where.start + m.end(1)
        action = f"Replace “{m[1]}” with “{keep}”" if keep else f"Remove “{m[1]}”"
        yield Finding(
            f"The heading ends in “{m[1]}”.",
            heading,
            position_at(where, start, end),
            f"{action}.",
            Fix(action, [Edit(start, end, keep)]),
        )


# --- what a structure requires


def lists_sections(structure: Structure) -> bool:
    """Return whether a structure says anything about sections."""
    return bool(structure.sections)


def compare_with_settings(note: Weeknote, settings: LintSettings) -> Comparison:
    """Return a note compared with the structure in the settings; without one, nothing is missing."""
    return compare(note, settings.structure or Structure())


@rule("WN211", "missing-section", "off off off", required_by=lists_sections)
def missing_section(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A required section is missing.

    What: The project’s structure lists a section that is not optional, and the note has none with that role or heading.
        Learning sections belong to `missing-learning`.
    Why: The project requires this section in every note.
    Fix: Add the section where the message says.
    """
    for spec, before in compare_with_settings(note, settings).missing:
        if spec.role is not Role.LEARNING:
            yield Finding(
                f"The section {spec.description} is missing; this project requires it.",
                before or note,
                title_position(note) if before is None else heading_position(before.heading),
                f"Add it after {quote_heading(before.heading)}." if before else "Add it to the note.",
            )


@rule("WN212", "section-out-of-order", "off off off", required_by=lists_sections)
def section_out_of_order(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section is out of order.

    What: A section that the project’s structure lists comes before or after another one that it should not.
    Why: Readers of a series know where to look.
    Fix: Move the section.
    """
    for _spec, section, before in compare_with_settings(note, settings).misplaced:
        target = f"after the section {before.description}" if before is not None else "before the other sections"
        yield section_finding(
            section,
            f"The section {quote_heading(section.heading)} is out of order: this project puts it {target}.",
            "Move the section there.",
        )


@rule("WN213", "other-spelling", "off off off", required_by=lists_sections)
def other_spelling(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A heading is worded differently from the required one.

    What: The project’s structure gives the exact heading of a section, and the note words it differently, such as
        `Something I learnt` for `Something I’m learning`.
    Why: Tools that collect these sections from many notes look for the exact heading.
    Fix: `--fix` changes the heading, unless it has links or emphasis in it. To allow any wording, put the `role` in the
        structure instead of the `heading`.
    """
    for spec, section in compare_with_settings(note, settings).found:
        if spec.heading is None or spec.match_quality(section) == 2:
            continue
        subtle = fold(spec.heading) == fold(section.title)
        plain = all(isinstance(child, Text) for child in section.heading.children)
        action = f"Change it to “{spec.heading}”"
        yield section_finding(
            section,
            f"The heading is “{abbreviate(section.title)}”, but this project requires “{spec.heading}”"
            + (" (they differ only in case or punctuation)." if subtle else "."),
            f"{action}.",
            Fix(action, replacements=[(section.heading, attrs.evolve(section.heading, children=spec.heading))])
            if plain
            else None,
        )


@rule("WN214", "too-little", "off off off", required_by=lists_sections)
def too_little(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section has less content than required.

    What: The project’s structure gives a section a minimum number of list items or paragraphs, and the note’s section
        has fewer. Empty learning sections belong to `empty-learning`.
    Why: The project considers the section useful only with that much in it.
    Fix: Write what is missing.
    """
    for spec, section in compare_with_settings(note, settings).found:
        blocks = blocks_under(note, section)
        if section.role is Role.LEARNING and is_empty(note, section):
            continue
        counts = [
            (count_items(blocks), spec.items, "list item"),
            (count_paragraphs(blocks), spec.paragraphs, "paragraph"),
        ]
        for found, minimum, what in counts:
            if found < minimum:
                yield section_finding(
                    section,
                    f"The section {quote_heading(section.heading)} has {plural(found, what)}, but this project "
                    f"requires at least {plural(minimum, what)}.",
                    f"Add {plural(minimum - found, what)}.",
                )


def plural(number: int, noun: str) -> str:
    """Return a number with a noun, as in "no paragraphs" or "1 list item"."""
    return counted(number, noun) if number else f"no {noun}s"


@rule("WN215", "unexpected-section", "off off off", required_by=lists_sections)
def unexpected_section(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section is not in the project’s structure.

    What: The note has a section where the project’s structure has no wildcard (`"*"`) for other sections. Subsections
        are left alone.
    Why: The project allows these sections and no others there.
    Fix: Move, rename or remove the section; or add a `"*"` to the structure where other sections are welcome.
    """
    for section in compare_with_settings(note, settings).unexpected:
        yield section_finding(
            section,
            f"This project’s structure does not allow a section {quote_heading(section.heading)} here.",
            "Move, rename or remove it, or add a “*” to the structure where other sections are welcome.",
        )
