"""Rules about what was learned (WN3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.headings.roles import VOCABULARY, Role
from weeknote.lint.comparison import Structure
from weeknote.lint.positions import heading_position, quote_heading, title_position
from weeknote.lint.rule import Finding, LintSettings, rule
from weeknote.lint.rules.sections import compare_with_settings, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Weeknote

USUAL = VOCABULARY.canonical(Role.LEARNING)


def requires_learning(structure: Structure) -> bool:
    """Tell whether a structure asks for a learning section."""
    return structure.asks_for_role(Role.LEARNING)


@rule("WN301", "missing-learning", "off off warning", asked=requires_learning)
def missing_learning(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """The note has no section about what was learned.

    What: No heading of the note is one of the many ways of saying “Something I’m learning”. Where a structure asks
        for it under a heading of its own, that heading counts.
    Why: What somebody learned is what a reader elsewhere can use. It is also the easiest section to leave out, which
        is why some projects ask for it, and why nobody else is asked.
    Fix: Add a section with that heading and a paragraph of your own under it, at the end of the note.
    """
    missing = [
        (part, before) for part, before in compare_with_settings(note, settings).missing if part.role is Role.LEARNING
    ]
    for part, before in missing:
        where = f" after {quote_heading(before.heading)}" if before is not None else " at the end of the note"
        yield Finding(
            "This note has no section about what you learned, and this project’s structure asks for one.",
            note,
            title_position(note),
            f"Add the heading “{part.title}”{where}, and write under it what this week taught you.",
        )
    if missing or note.learning is not None or not (note.intro or note.sections):
        return
    if settings.structure is not None and requires_learning(settings.structure):
        return
    yield Finding(
        "This note has no section about what you learned.",
        note,
        title_position(note),
        f"Add the heading “{USUAL}” at the end of the note, and write under it what this week taught you.",
    )


def requires_learning_content(structure: Structure) -> bool:
    """Tell whether a structure asks for something in the learning section."""
    return any(part.role is Role.LEARNING and (part.items or part.paragraphs) for part in structure.sections)


@rule("WN302", "empty-learning", "off warning warning", asked=requires_learning_content)
def empty_learning(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The section about what was learned is empty.

    What: There is a learning heading, and nothing under it.
    Why: It is the part that others can use, and here it promises and does not keep.
    Fix: Write one sentence. Something that did not work is something learned too. Or take the heading out.
    """
    for section in note.sections:
        if section.role is Role.LEARNING and is_empty(note, section):
            yield Finding(
                f"Nothing stands under {quote_heading(section.heading)}.",
                section,
                heading_position(section.heading),
                "Write one sentence about what this week taught you, or take the heading out.",
            )


@rule("WN303", "learning-not-last", "off off info")
def learning_not_last(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """A theme or the highlights follow what was learned.

    What: After the learning section comes another section that is neither about what is next nor links nor media.
    Why: In a note that tells the week first and what it taught last, a reader in a hurry knows where to look.
    Fix: Move the learning section behind the themes and highlights.
    """
    learning = note.learning
    if learning is None:
        return
    i = next(i for i, section in enumerate(note.sections) if section is learning)
    later = [s for s in note.sections[i + 1 :] if s.depth <= learning.depth]
    found = next((s for s in later if s.role in (Role.THEME, Role.HIGHLIGHTS, Role.CHALLENGES)), None)
    if found is not None:
        yield Finding(
            f"After {quote_heading(learning.heading)} comes {quote_heading(found.heading)}.",
            learning,
            heading_position(learning.heading),
            "Move what you learned behind it.",
        )
