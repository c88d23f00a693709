"""Rules about sections (WN2): headings with nothing under them, and what a project's structure asks for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.headings.roles import Role, fold
from weeknote.lint.comparison import (
    Comparison,
    Structure,
    blocks_under,
    compare,
    count_items,
    count_paragraphs,
)
from weeknote.lint.diagnostics import Edit
from weeknote.lint.fixes import node_fix, text_fix
from weeknote.lint.positions import abbreviate, heading_position, position_at, quote_heading, title_position
from weeknote.lint.rule import Finding, LintSettings, rule
from weeknote.nodes.block import Definition, Html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Section, Weeknote
    from weeknote.source import Position

STRAY_END = re.compile(r"(?<=\w)[ \t]*([:;,]\.|\.:|[:;,]{2}|;|,)(?=[ \t#]*(?:\r\n|\r|\n|\Z))")


@rule("WN201", "no-theme", "off off info")
def no_theme(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """No section has a theme of its own.

    What: The note has sections, and each has one of the standing roles, such as highlights or next week.
    Why: What readers remember of a week is its subjects. A note of standing headings only reads like a form.
    Fix: Give the week’s main subject a heading in its own words. A note without any sections is left alone.
    """
    if note.sections and not note.themes and not note.intro:
        yield Finding(
            "Every section of this note has a standing heading; none names a subject of this week.",
            note,
            heading_position(note.sections[0].heading),
            "Give the week’s main subject a heading in its own words.",
        )


def is_empty(note: Weeknote, section: Section) -> bool:
    """Tell whether nothing stands under a section's heading, in it or in deeper sections after it."""
    return not any(is_visible(block) for block in blocks_under(note, section)) and not has_subsection(note, section)


def is_visible(block: Any) -> bool:
    """Tell whether a block shows anything: definitions and comments do not, a picture or embedded page does."""
    if isinstance(block, Html):
        return not block.value.lstrip().startswith("<!--") or not block.value.rstrip().endswith("-->")
    return not isinstance(block, Definition)


def has_subsection(note: Weeknote, section: Section) -> bool:
    """Tell whether the next section is a deeper one, so that this one is a chapter of sections."""
    after = next((b for a, b in pairwise(note.sections) if a is section), None)
    return after is not None and after.depth > section.depth


@rule("WN202", "empty-section", "off warning warning")
def empty_section(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Nothing stands under a heading.

    What: A section has neither words nor pictures, and no deeper section follows it. For a learning section
        `empty-learning` says so. Two headings in a row, the first of them at the very top of the note, are a title
        and its subtitle and are left alone.
    Why: A heading promises something. An empty one looks like a form that was not filled in.
    Fix: Write a line under it, or take the heading out. Nothing is asked of you every week.
    """
    chapters = {id(a) for a, b in pairwise(note.sections) if b.depth > a.depth}
    for i, section in enumerate(note.sections):
        if section.role is Role.LEARNING or id(section) in chapters or any(map(is_visible, section.blocks)):
            continue
        subtitle = i == 0 and not note.intro and len(note.sections) > 1
        if subtitle and (note.heading is None or note.heading.depth < section.depth):
            continue
        yield Finding(
            f"Nothing stands under {quote_heading(section.heading)}.",
            section,
            heading_position(section.heading),
            "Write a line under it, or take the heading out.",
        )


@rule("WN203", "repeated-heading", "off warning warning")
def repeated_heading(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Two sections have the same heading.

    What: Two sections at the same depth, in the same chapter of the note, are called alike, whatever their case and
        quotes. The same heading in different chapters (a day’s, a project’s) is left alone.
    Why: Links to the second one go to the first, and one of the two was often left over from last week.
    Fix: Join the two, or give the second a name of its own.
    """
    seen: dict[tuple[tuple[int, ...], str], Section] = {}
    chapter: list[tuple[int, int]] = []
    for i, section in enumerate(note.sections):
        while chapter and chapter[-1][0] >= section.depth:
            chapter.pop()
        key = (tuple(number for _, number in chapter), fold(section.title))
        chapter.append((section.depth, i))
        if not key[1]:
            continue
        first = seen.setdefault(key, section)
        if first is not section and first.depth == section.depth:
            line = "" if first.position is None else f" on line {first.position.start.line}"
            yield Finding(
                f"There is a section {quote_heading(section.heading)} already{line}.",
                section,
                heading_position(section.heading),
                "Join the two, or give this one a name of its own.",
            )


@rule("WN204", "skipped-level", "off off info")
def skipped_level(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A heading is more than one level deeper than the one before it.

    What: `##` is followed by `####`. At which level a note’s sections begin is left to it: the page around it decides.
    Why: Who listens to the page with a screen reader goes from level to level, and looks for the one that is missing.
    Fix: Use the next level. Headings are not sizes.
    """
    for before, section in pairwise(note.sections):
        if section.depth > before.depth + 1:
            yield Finding(
                f"{quote_heading(section.heading)} is at level {section.depth}, right after a heading at level {before.depth}.",
                section,
                heading_position(section.heading),
                f"Put it at level {before.depth + 1}.",
            )


@rule("WN205", "stray-punctuation", "off warning warning")
def stray_punctuation(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A heading ends in punctuation that nobody meant.

    What: A heading ends in `:.`, `.:`, a comma, a semicolon or the like. A single colon, full stop, question mark,
        exclamation mark or ellipsis is left alone.
    Why: It is a slip, and it stands in the largest letters of the page.
    Fix: `--fix` keeps a colon and takes the rest away.
    """
    for heading in [*([] if note.heading is None else [note.heading]), *(s.heading for s in note.sections)]:
        where = heading.slice
        if where is None:
            continue
        m = STRAY_END.search(where.text)
        if m is None or not heading.text.rstrip().endswith(m[1]):
            continue
        keeps = ":" if ":" in m[1] else ""
        start, end = where.start + m.start(1), where.start + m.end(1)
        words = f"End the heading in “{keeps}”" if keeps else "Take it away"
        yield Finding(
            f"The heading ends in “{m[1]}”.",
            heading,
            position_at(where, start, end),
            f"{words}.",
            text_fix(words, Edit(start, end, keeps)),
        )


# --- what a structure asks for


def lists_sections(structure: Structure) -> bool:
    """Tell whether a structure says anything about sections."""
    return bool(structure.sections)


def compare_with_settings(note: Weeknote, settings: LintSettings) -> Comparison:
    """Return a note held against the structure of the settings; nothing is missing where there is none."""
    return compare(note, settings.structure or Structure())


def missing_section_position(note: Weeknote, section: Section | None) -> Position | None:
    """Return where a missing section is shown: at the heading it should follow, else at the note's beginning."""
    return title_position(note) if section is None else heading_position(section.heading)


@rule("WN211", "missing-section", "off off off", asked=lists_sections)
def missing_section(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section that the structure asks for is not there.

    What: The project’s structure lists a section that is not optional, and the note has none of that role or heading.
        For a learning section `missing-learning` says so. It says nothing where no structure is given.
    Why: The project has decided that each of its notes has this section.
    Fix: Add the section where the message says.
    """
    for part, before in compare_with_settings(note, settings).missing:
        if part.role is not Role.LEARNING:
            yield Finding(
                f"There is no section {without_article(part.asks_for)}, and this project’s structure asks for it.",
                before or note,
                missing_section_position(note, before),
                f"Add it after {quote_heading(before.heading)}." if before else "Add it to the note.",
            )


def without_article(words: str) -> str:
    """Return what a structure asks for so that it can follow the word “section”."""
    return words.removeprefix("a section ")


@rule("WN212", "section-out-of-order", "off off off", asked=lists_sections)
def section_out_of_order(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section does not stand where the structure wants it.

    What: The note has a section that the structure lists, and it stands before or after another one that it should
        not. It says nothing where no structure is given.
    Why: Readers of a series of notes know where to look.
    Fix: Move the section.
    """
    for _part, section, before in compare_with_settings(note, settings).misplaced:
        place_wanted = f"after {before.asks_for}" if before is not None else "before the other sections"
        yield Finding(
            f"The section {quote_heading(section.heading)} stands in the wrong place: the structure wants it {place_wanted}.",
            section,
            heading_position(section.heading),
            "Move the section there.",
        )


@rule("WN213", "other-spelling", "off off off", asked=lists_sections)
def other_spelling(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A heading is worded otherwise than the structure asks.

    What: The structure gives a section’s heading word for word, and the note has the section under another one, such
        as `Something I learnt` for `Something I’m learning`. It says nothing where no structure is given.
    Why: Whoever gathers these sections from many notes looks for the very words.
    Fix: `--fix` writes the heading as the structure has it. To allow any wording, ask for the `role` and leave the
        `heading` out.
    """
    for part, section in compare_with_settings(note, settings).found:
        if part.heading is None or part.fits(section) == 2:
            continue
        subtle = fold(part.heading) == fold(section.title)
        yield Finding(
            f"The heading is “{abbreviate(section.title)}”, and this project’s structure asks for “{part.heading}”"
            + ("; they differ in capitals, quotes or marks only." if subtle else "."),
            section,
            heading_position(section.heading),
            f"Change it to “{part.heading}”.",
            node_fix(
                f"Change it to “{part.heading}”",
                (section.heading, attrs.evolve(section.heading, children=part.heading)),
            ),
        )


@rule("WN214", "too-little", "off off off", asked=lists_sections)
def too_little(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section holds less than the structure asks for.

    What: The structure gives a section a least number of list items or paragraphs, and the note’s section has fewer.
        For a learning section without any words `empty-learning` says so.
    Why: The project has decided that the section is worth having only with something in it.
    Fix: Write what is missing.
    """
    for part, section in compare_with_settings(note, settings).found:
        blocks = blocks_under(note, section)
        if section.role is Role.LEARNING and is_empty(note, section):
            continue
        counts = [
            (count_items(blocks), part.items, "list item"),
            (count_paragraphs(blocks), part.paragraphs, "paragraph"),
        ]
        for found, wanted, what in counts:
            if found < wanted:
                yield Finding(
                    f"The section {quote_heading(section.heading)} has {plural(found, what)}, and this project’s structure "
                    f"asks for at least {plural(wanted, what)}.",
                    section,
                    heading_position(section.heading),
                    f"Add {plural(wanted - found, what)}.",
                )


def plural(number: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{number or 'no'} {what}" + ("" if number == 1 else "s")


@rule("WN215", "unexpected-section", "off off off", asked=lists_sections)
def unexpected_section(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A section stands where the structure leaves no room for others.

    What: Between two sections of the structure that have no wildcard (`"*"`) between them stands another one. Deeper
        headings belong to the section they are in. It says nothing where no structure is given.
    Why: The project has decided that its notes have these sections and no others there.
    Fix: Move or rename the section; or put a `"*"` into the structure where others are welcome.
    """
    for section in compare_with_settings(note, settings).unexpected:
        yield Finding(
            f"The structure has no room for a section {quote_heading(section.heading)} here.",
            section,
            heading_position(section.heading),
            "Move or rename it, or put a “*” into the structure where other sections are welcome.",
        )
