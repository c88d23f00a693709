"""Comparing notes with a structure, and inferring the structure that good notes share."""

from __future__ import annotations

from itertools import dropwhile, pairwise, takewhile
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.roles import Role
from weeknote.lint.longest_run import longest_run
from weeknote.lint.structure import SectionSpec, Structure, collapse_spaces
from weeknote.nodes.block import List, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weeknote.nodes.block import Block
    from weeknote.nodes.document import Weeknote
    from weeknote.nodes.section import Section

# --- comparing a note with a structure


@attrs.frozen
class Comparison:
    """The result of comparing a note's sections with a structure.

    Attributes:
        found: each spec that the note satisfies, with its section.
        missing: each required spec that it lacks, with the section to add it after, or None.
        misplaced: each spec whose section is out of order, with that section and the spec it must follow (None if it
            must come first).
        unexpected: the sections where the structure allows no others.
    """

    found: tuple[tuple[SectionSpec, Section], ...]
    missing: tuple[tuple[SectionSpec, Section | None], ...]
    misplaced: tuple[tuple[SectionSpec, Section, SectionSpec | None], ...]
    unexpected: tuple[Section, ...]


def compare(note: Weeknote, structure: Structure) -> Comparison:
    """Compare a note's sections with a structure."""
    sections = note.sections
    specs = [spec for spec in structure.sections if not spec.wildcard]
    section_of = _assign(specs, sections)
    spec_of = {i: p for p, i in section_of.items()}
    in_text_order = [spec_of[i] for i in sorted(spec_of)]
    in_order = {in_text_order[i] for i in longest_run(in_text_order)}
    found, missing, misplaced = [], [], []
    before: SectionSpec | None = None
    last: Section | None = None
    for p, spec in enumerate(specs):
        if p not in section_of:
            if not spec.optional:
                missing.append((spec, last))
            continue
        section = sections[section_of[p]]
        found.append((spec, section))
        if p in in_order:
            last = section
        else:
            misplaced.append((spec, section, before))
        before = spec
    unexpected = _unexpected(sections, structure, spec_of, in_order)
    return Comparison(tuple(found), tuple(missing), tuple(misplaced), unexpected)


def _assign(specs: Sequence[SectionSpec], sections: Sequence[Section]) -> dict[int, int]:
    """Return for each spec that has a section the index of that section."""
    section_of: dict[int, int] = {}
    # Exact headings first, so that a note's second learning section cannot take the place of the first.
    for wanted in (2, 1):
        for p, spec in enumerate(specs):
            if p not in section_of:
                taken = set(section_of.values())
                free = (i for i, s in enumerate(sections) if i not in taken and spec.match_quality(s) >= wanted)
                if (i := next(free, None)) is not None:
                    section_of[p] = i
    return section_of


def _unexpected(
    sections: Sequence[Section], structure: Structure, spec_of: Mapping[int, int], in_order: set[int]
) -> tuple[Section, ...]:
    """Return the sections between two specs that have no wildcard between them."""
    if not structure.sections:
        return ()
    # wild[p] is whether there is a wildcard right before spec p; the last entry is for the end.
    wild = [False]
    for spec in structure.sections:
        if spec.wildcard:
            wild[-1] = True
        else:
            wild.append(False)
    top = min((s.depth for s in sections), default=0)
    places = [(-1, -1), *((i, p) for i, p in sorted(spec_of.items()) if p in in_order), (len(sections), len(wild) - 1)]
    found: list[Section] = []
    for (start, previous), (end, following) in pairwise(places):
        if not any(wild[previous + 1 : following + 1]):
            between = range(start + 1, end)
            found += [sections[i] for i in between if i not in spec_of and sections[i].depth <= top]
    return tuple(found)


def blocks_under(note: Weeknote, section: Section) -> list[Block]:
    """Return the blocks of a section and of its subsections."""
    rest = dropwhile(lambda other: other is not section, note.sections)
    inside = takewhile(lambda other: other is section or other.depth > section.depth, rest)
    return [block for other in inside for block in other.blocks]


def count_items(blocks: Iterable[Block]) -> int:
    """Return the number of list items in blocks, without those of nested lists."""
    return sum(len(block.items) for block in blocks if isinstance(block, List))


def count_paragraphs(blocks: Iterable[Block]) -> int:
    """Return the number of paragraphs that have words."""
    return sum(isinstance(block, Paragraph) and bool(block.text.strip()) for block in blocks)


# --- inferring a structure from notes


def infer_structure(notes: Iterable[Weeknote]) -> Structure:
    r"""Return what some notes have in common, as a structure that each of them satisfies.

    It requires a role or heading that all notes have, in an order they all follow; the exact heading if all spell it
    alike; an item or a paragraph if all have one; a week and the front matter keys that all have.

    Args:
        notes: the notes; without any, nothing is required.

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
    sections = _with_wildcards(_shared_specs(notes))
    found = Structure(sections, week=all(n.weeks for n in notes), front_matter=keys)
    # Wildcards that no note needs are removed.
    for i in range(len(found.sections) - 1, -1, -1):
        fewer = attrs.evolve(found, sections=(*found.sections[:i], *found.sections[i + 1 :]))
        if found.sections[i].wildcard and all(satisfies(n, fewer) for n in notes):
            found = fewer
    return found


def _with_wildcards(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """Return specs with a wildcard before, between and after them; nothing for none."""
    wild = SectionSpec(wildcard=True)
    return [*(each for spec in specs for each in (wild, spec)), wild] if specs else []


def satisfies(note: Weeknote, structure: Structure) -> bool:
    """Return whether a note has everything that a structure requires of its sections."""
    seen = compare(note, structure)
    if seen.missing or seen.misplaced or seen.unexpected:
        return False
    for spec, section in seen.found:
        blocks = blocks_under(note, section)
        if spec.heading is not None and spec.match_quality(section) < 2:
            return False
        if count_items(blocks) < spec.items or count_paragraphs(blocks) < spec.paragraphs:
            return False
    return True


def _shared_specs(notes: Sequence[Weeknote]) -> list[SectionSpec]:
    """Return a spec for each role or heading that all notes have, in an order they all follow."""
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
        shared = [shared[i] for i in longest_run([order[key] for key in shared])]
    specs: list[SectionSpec] = []
    for key in shared:
        sections = [first[key] for first in firsts]
        titles = {collapse_spaces(s.title) for s in sections}
        blocks = [blocks_under(note, s) for note, s in zip(notes, sections, strict=True)]
        spec = SectionSpec(
            role=None if key.startswith("=") else sections[0].role,
            heading=titles.pop() if len(titles) == 1 else None,
            items=int(all(count_items(b) for b in blocks)),
            paragraphs=int(all(count_paragraphs(b) for b in blocks)),
        )
        # Two specs may compete for one section, such as a theme's heading that also expresses a role.
        trial = Structure(_with_wildcards([*specs, spec]))
        if all(satisfies(note, trial) for note in notes):
            specs.append(spec)
    return specs
