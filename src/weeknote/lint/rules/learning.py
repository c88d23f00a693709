"""Rules about what was learned (WN3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.headings.roles import VOCABULARY, Role
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.positions import quote_heading, title_position
from weeknote.lint.rules.sections import compare_with_settings, is_empty, section_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.lint.structure import Structure
    from weeknote.nodes.document import Weeknote

USUAL_HEADING = VOCABULARY.canonical(Role.LEARNING)


@rule(
    "WN301", "missing-learning", "off off warning", required_by=lambda structure: structure.requires_role(Role.LEARNING)
)
def missing_learning(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """The note has no learning section.

    What: None of the note’s headings is one of the many ways of saying “Something I’m learning”, or the one that the
        project’s structure requires.
    Why: What you learned is what readers elsewhere can use. It is also the section that is most easily left out.
    Fix: Add a section with that heading at the end of the note, and write a paragraph.
    """
    missing = [pair for pair in compare_with_settings(note, settings).missing if pair[0].role is Role.LEARNING]
    for spec, before in missing:
        where = f"after {quote_heading(before.heading)}" if before is not None else "at the end of the note"
        yield Finding(
            "There is no section about what you learned; this project requires one.",
            note,
            title_position(note),
            f"Add the heading “{spec.title}” {where}, and write what you learned this week.",
        )
    if missing or note.learning is not None or not (note.intro or note.sections):
        return
    if settings.structure is not None and settings.structure.requires_role(Role.LEARNING):
        return
    yield Finding(
        "There is no section about what you learned.",
        note,
        title_position(note),
        f"Add the heading “{USUAL_HEADING}” at the end of the note, and write what you learned this week.",
    )


def requires_learning_content(structure: Structure) -> bool:
    """Return whether a structure requires content in the learning section."""
    return any(spec.role is Role.LEARNING and (spec.items or spec.paragraphs) for spec in structure.sections)


@rule("WN302", "empty-learning", "off warning warning", required_by=requires_learning_content)
def empty_learning(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The learning section is empty.

    What: There is a learning heading with nothing under it.
    Why: It promises readers the part they can use, and does not deliver.
    Fix: Write one sentence; something that did not work will do. Or remove the heading.
    """
    for section in note.sections:
        if section.role is Role.LEARNING and is_empty(note, section):
            yield section_finding(
                section,
                f"The section {quote_heading(section.heading)} is empty.",
                "Write one sentence about what you learned this week, or remove the heading.",
            )


@rule("WN303", "learning-not-last", "off off info")
def learning_not_last(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Themes or highlights come after the learning section.

    What: A section other than next week, links or media follows the learning section.
    Why: Where notes tell what happened first and what you learned last, readers in a hurry know where to look.
    Fix: Move the learning section after the themes and highlights.
    """
    learning = note.learning
    if learning is None:
        return
    i = next(i for i, section in enumerate(note.sections) if section is learning)
    later = [s for s in note.sections[i + 1 :] if s.depth <= learning.depth]
    found = next((s for s in later if s.role in (Role.THEME, Role.HIGHLIGHTS, Role.CHALLENGES)), None)
    if found is not None:
        yield section_finding(
            learning,
            f"{quote_heading(found.heading)} comes after {quote_heading(learning.heading)}.",
            "Move what you learned after it.",
        )
