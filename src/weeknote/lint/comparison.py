"""What a project asks of each of its notes: a note held against it, and what good notes share, derived from them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.headings.roles import Role
from weeknote.lint.structure import ANY, InvalidStructureError, SectionSpec, Structure, collapse_spaces
from weeknote.nodes.block import List, Paragraph

if TYPE_CHECKING:
    from weeknote.nodes.document import Section, Weeknote

__all__ = [
    "ANY",
    "Comparison",
    "InvalidStructureError",
    "SectionSpec",
    "Structure",
    "blocks_under",
    "collapse_spaces",
    "compare",
    "count_items",
    "count_paragraphs",
    "infer_structure",
    "satisfies",
]

# --- a note held against a structure


@attrs.frozen
class Comparison:
    """What of a structure's sections a note has.

    Attributes:
        found: the parts it has, each with its section.
        missing: the parts it lacks and must have, each with the section after which it would stand, or None.
        misplaced: the parts that stand too early or too late, each with its section and the part it must follow
            (or None where it must come first).
        unexpected: the sections that stand where no other may.
    """

    found: tuple[tuple[SectionSpec, Section], ...]
    missing: tuple[tuple[SectionSpec, Section | None], ...]
    misplaced: tuple[tuple[SectionSpec, Section, SectionSpec | None], ...]
    unexpected: tuple[Section, ...]


def compare(note: Weeknote, structure: Structure) -> Comparison:
    """Hold a note's sections against a structure."""
    sections = note.sections
    parts = [part for part in structure.sections if not part.anything]
    taken: dict[int, int] = {}
    # The very heading first, so that a note's second learning section cannot take the place of the first.
    for wanted in (2, 1):
        for p, part in enumerate(parts):
            if p not in taken.values():
                free = (i for i, s in enumerate(sections) if i not in taken and part.fits(s) >= wanted)
                i = next(free, None)
                if i is not None:
                    taken[i] = p
    where = {p: i for i, p in taken.items()}
    in_order = set(_longest_rise([taken[i] for i in sorted(taken)]))
    found, missing, misplaced = [], [], []
    before: SectionSpec | None = None
    last: Section | None = None
    for p, part in enumerate(parts):
        if p not in where:
            if not part.optional:
                missing.append((part, last))
            continue
        found.append((part, sections[where[p]]))
        if p in in_order:
            last = sections[where[p]]
        else:
            misplaced.append((part, sections[where[p]], before))
        before = part
    return Comparison(tuple(found), tuple(missing), tuple(misplaced), _unexpected(sections, structure, taken, in_order))


def _unexpected(
    sections: Sequence[Section], structure: Structure, taken: Mapping[int, int], in_order: set[int]
) -> tuple[Section, ...]:
    """Return the sections that stand between two parts with no wildcard between them."""
    if not structure.sections:
        return ()
    # open[p]: whether a wildcard stands right before part p; the last entry is for the end.
    gaps, wild = [], False
    for part in structure.sections:
        if part.anything:
            wild = True
        else:
            gaps.append(wild)
            wild = False
    gaps.append(wild)
    top = min((s.depth for s in sections), default=0)
    places = [(i, taken[i]) for i in sorted(taken) if taken[i] in in_order]
    found, previous = [], -1
    for start, end, after in zip(
        [-1, *(i for i, _ in places)],
        [*(i for i, _ in places), len(sections)],
        [*(p for _, p in places), len(gaps) - 1],
        strict=True,
    ):
        if not any(gaps[previous + 1 : after + 1]):
            found += [
                s for i, s in enumerate(sections[start + 1 : end], start + 1) if i not in taken and s.depth <= top
            ]
        previous = after
    return tuple(found)


def _longest_rise(row: Sequence[int]) -> list[int]:
    """Return the longest rising run of a row of different numbers, what stands between left out."""
    tips: list[int] = []
    runs: list[list[int]] = []
    for number in row:
        at = bisect_left(tips, number)
        run = [*(runs[at - 1] if at else ()), number]
        tips[at : at + 1], runs[at : at + 1] = [number], [run]
    return runs[-1] if runs else []


def blocks_under(note: Weeknote, section: Section) -> list[Any]:
    """Return the blocks of a section and of the deeper sections that follow it."""
    found: list[Any] = []
    inside = False
    for other in note.sections:
        if other is section:
            inside = True
        elif inside and other.depth <= section.depth:
            break
        if inside:
            found += other.blocks
    return found


def count_items(blocks: Iterable[Any]) -> int:
    """Return how many list items stand in blocks, those of nested lists not counted."""
    return sum(len(block.items) for block in blocks if isinstance(block, List))


def count_paragraphs(blocks: Iterable[Any]) -> int:
    """Return how many paragraphs with words stand in blocks."""
    return sum(isinstance(block, Paragraph) and bool(block.text.strip()) for block in blocks)


# --- what good notes share


def infer_structure(notes: Iterable[Weeknote]) -> Structure:
    r"""Return what some good notes share; every one of them suits it.

    A role or heading is asked for when all notes have it, in an order that all keep; a heading's spelling when all
    spell it alike; an item or a paragraph in it when all have one; a week and keys of front matter when all do.

    Args:
        notes: the notes; for none of them nothing is asked.

    >>> import weeknote
    >>> notes = [weeknote.parse(f"# w/c {day} May\n\n## {theme}\n\nx\n\n## Something I’m learning\n\ny\n")
    ...          for day, theme in [(6, "Maps"), (13, "Bees")]]
    >>> infer_structure(notes).to_mapping()
    {'week': True, 'sections': ['*', {'heading': 'Something I’m learning', 'paragraphs': 1}]}
    """
    notes = list(notes)
    if not notes:
        return Structure()
    matters = [{} if n.front_matter is None else n.front_matter.values for n in notes]
    keys = [key for key in matters[0] if key and all(matter.get(key) not in (None, "") for matter in matters)]
    sections = _with_wildcards(_shared_parts(notes))
    found = Structure(sections, week=all(n.weeks for n in notes), front_matter=keys)
    # A wildcard that no note needs is taken out again; where no section is shared, nothing is asked of them.
    for i in range(len(found.sections) - 1, -1, -1):
        fewer = attrs.evolve(found, sections=(*found.sections[:i], *found.sections[i + 1 :]))
        if found.sections[i].anything and all(satisfies(n, fewer) for n in notes):
            found = fewer
    return found


def _with_wildcards(parts: Sequence[SectionSpec]) -> list[SectionSpec]:
    """Return parts with a wildcard before, between and after them; nothing for none."""
    wild = SectionSpec(anything=True)
    return [*(each for part in parts for each in (wild, part)), wild] if parts else []


def satisfies(note: Weeknote, structure: Structure) -> bool:
    """Tell whether a note has all that a structure asks of its sections."""
    seen = compare(note, structure)
    if seen.missing or seen.misplaced or seen.unexpected:
        return False
    for part, section in seen.found:
        blocks = blocks_under(note, section)
        if part.heading is not None and part.fits(section) < 2:
            return False
        if count_items(blocks) < part.items or count_paragraphs(blocks) < part.paragraphs:
            return False
    return True


def _shared_parts(notes: Sequence[Weeknote]) -> list[SectionSpec]:
    """Return a part for each role or heading that all notes have, in an order that all keep."""
    firsts: list[dict[str, Section]] = []
    for note in notes:
        first: dict[str, Section] = {}
        for section in note.sections:
            title = collapse_spaces(section.title)
            if title:
                first.setdefault(str(section.role) if section.role is not Role.THEME else f"={title}", section)
        firsts.append(first)
    shared = [key for key in firsts[0] if all(key in first for first in firsts[1:])]
    for first in firsts[1:]:
        order = {key: i for i, key in enumerate(first)}
        kept = set(_longest_rise([order[key] for key in shared]))
        shared = [key for key in shared if order[key] in kept]
    parts: list[SectionSpec] = []
    for key in shared:
        sections = [first[key] for first in firsts]
        titles = {collapse_spaces(s.title) for s in sections}
        blocks = [blocks_under(note, s) for note, s in zip(notes, sections, strict=True)]
        part = SectionSpec(
            role=None if key.startswith("=") else sections[0].role,
            heading=titles.pop() if len(titles) == 1 else None,
            items=int(all(count_items(b) for b in blocks)),
            paragraphs=int(all(count_paragraphs(b) for b in blocks)),
        )
        # Two parts may compete for one section, such as a theme's heading that is a role's in other words.
        trial = Structure(_with_wildcards([*parts, part]))
        if all(satisfies(note, trial) for note in notes):
            parts.append(part)
    return parts
