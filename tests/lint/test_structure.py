"""Structures: as plain data, compared with notes, and inferred from notes."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from note_strategies import notes
from weeknote import Weeknote, parse
from weeknote.errors import WeeknoteError
from weeknote.headings.roles import Role
from weeknote.lint import InvalidStructureError, LintSettings, SectionSpec, Structure, check, infer_structure

WILD = SectionSpec(wildcard=True)


def note(*headings: str, under: str = "Words.\n\n- item") -> Weeknote:
    """Return a note with sections of these headings."""
    return parse("# Weeknote w/c 6 May\n\n" + "".join(f"## {h}\n\n{under}\n\n" for h in headings), dialect="markdown")


def names(found: Weeknote, *sections: SectionSpec | str, **more: Any) -> list[str]:
    """Return the names of the rules that a note violates with a structure."""
    required = LintSettings(profile="loose", structure=Structure(sections, **more))
    return [one.name for one in check(found, required)]


# --- plain data


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("*", WILD),
        ("learning", SectionSpec(role=Role.LEARNING)),
        ("theme", SectionSpec(role=Role.THEME)),
        ("Something I’m learning", SectionSpec(role=Role.LEARNING, heading="Something I’m learning")),
        ("Bees", SectionSpec(heading="Bees")),
        ({"role": "highlights", "items": 2}, SectionSpec(role=Role.HIGHLIGHTS, items=2)),
        (
            {"heading": "Bees", "optional": True, "paragraphs": 1},
            SectionSpec(heading="Bees", optional=True, paragraphs=1),
        ),
        ({"role": "learning", "heading": "Field notes"}, SectionSpec(role=Role.LEARNING, heading="Field notes")),
        ({"heading": "learning"}, SectionSpec(role=Role.LEARNING, heading="learning")),
        ({"heading": "lerning"}, SectionSpec(heading="lerning")),
    ],
)
def test_sections_are_read_and_written(given: Any, part: SectionSpec) -> None:
    """The mapping round-trips."""
    structure = Structure.from_mapping({"sections": [given]})
    assert structure.sections == (part,)
    assert structure.to_mapping() == {"sections": [given]}


def test_a_whole_structure_is_read_and_written() -> None:
    """What is not required is left out."""
    mapping = {"week": True, "front-matter": ["title", "date"], "sections": ["*", "learning"]}
    assert Structure.from_mapping(mapping).to_mapping() == mapping
    assert Structure.from_mapping({}) == Structure()
    assert Structure().to_mapping() == {}


@pytest.mark.parametrize(
    ("mapping", "key", "message"),
    [
        ([], "structure", "structure: found []; expected a table with `sections`, `week` or `front-matter`"),
        ({"section": []}, "section", "section: unknown key 'section'; did you mean 'sections'?"),
        ({"week": "yes"}, "week", "week: found 'yes'; expected true or false"),
        ({"front-matter": "title"}, "front-matter", "expected a list of keys"),
        ({"sections": "learning"}, "sections", "sections: found 'learning'; expected a list"),
        ({"sections": ["*", 3]}, "sections[1]", r"sections\[1\]: found 3; expected"),
        ({"sections": [""]}, "sections[0]", "found ''"),
        ({"sections": [{}]}, "sections[0]", "a table with a `role`, a `heading` or both"),
        ({"sections": [{"role": "lerning"}]}, "sections[0].role", "did you mean 'learning'?"),
        ({"sections": [{"role": 3}]}, "sections[0].role", "unknown role 3; the roles are theme"),
        ({"sections": [{"heading": " "}]}, "sections[0].heading", "the words of a heading"),
        ({"sections": [{"role": "next", "items": -1}]}, "sections[0].items", "a whole number, 0 or more"),
        ({"sections": [{"role": "next", "items": True}]}, "sections[0].items", "a whole number, 0 or more"),
        ({"sections": [{"role": "next", "optional": 1}]}, "sections[0].optional", "true or false"),
        ({"sections": [{"role": "next", "item": 1}]}, "sections[0].item", "unknown key 'item'; did you mean 'items'?"),
    ],
)
def test_an_invalid_structure_is_reported_with_its_key(mapping: Any, key: str, message: str) -> None:
    """The message has the key, the value and what was expected."""
    with pytest.raises(InvalidStructureError, match=message.replace("[]", r"\[\]")) as caught:
        Structure.from_mapping(mapping)
    assert caught.value.key == key
    assert isinstance(caught.value, WeeknoteError)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (SectionSpec(heading="Bees"), "“Bees”"),
        (SectionSpec(role=Role.LEARNING), "of role learning, such as “Something I’m learning”"),
        (SectionSpec(role=Role.THEME), "on a theme"),
        (SectionSpec(), "of any kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_missing_section_is_described(spec: SectionSpec, words: str) -> None:
    """By its heading, else by its role."""
    found = check(parse("# Week 1\n\nx\n"), LintSettings(select=["WN2", "WN3"], structure=Structure([spec, "*"])))
    described = [one for one in found if words in one.message or "what you learned" in one.message]
    assert described
    assert spec.description == words


def test_a_structure_is_a_value() -> None:
    """It can be compared, hashed and pickled."""
    structure = Structure(["*", "learning"], week=True)
    assert {structure: 1}[Structure([WILD, SectionSpec(role=Role.LEARNING)], week=True)] == 1
    assert pickle.loads(pickle.dumps(structure)) == structure


# --- comparing


@pytest.mark.parametrize(
    ("headings", "sections", "expected"),
    [
        (["Bees", "Highlights"], ["*", "highlights"], []),
        (["Bees", "Highlights"], [], []),
        (["Bees"], ["*", "highlights"], ["missing-section"]),
        (["Bees"], ["*", "learning"], ["missing-learning"]),
        (["Bees"], ["*", "highlights", "learning"], ["missing-section", "missing-learning"]),
        (["Bees"], ["*", SectionSpec(role=Role.LEARNING, optional=True)], []),
        (["Bees", "Highlights"], ["highlights", "*"], ["unexpected-section"]),
        (["Highlights", "Bees"], ["highlights"], ["unexpected-section"]),
        (["Highlights", "Bees"], ["highlights", "*"], []),
        (["Next week", "Highlights"], ["*", "highlights", "*", "next", "*"], ["section-out-of-order"]),
        (["Bees", "Honey"], ["Bees", "Honey"], []),
        (["Honey", "Bees"], ["Bees", "Honey"], ["section-out-of-order"]),
        (["bees", "Honey"], ["Bees", "Honey"], ["other-spelling"]),
        (["Bees", "Honey"], ["theme", "theme"], []),
        (["Bees", "Honey"], ["theme"], ["unexpected-section"]),
        (["What we learnt"], ["Something I’m learning"], ["other-spelling"]),
        (["Something I'm learning"], ["Something I’m learning"], ["other-spelling"]),
        (["Something I’m\u00a0learning"], ["Something I’m learning"], []),
        (["What we learnt", "Something I’m learning"], ["*", "Something I’m learning"], []),
        (["Highlights"], [SectionSpec(role=Role.HIGHLIGHTS, items=2)], ["too-little"]),
        (["Highlights"], [SectionSpec(role=Role.HIGHLIGHTS, items=2, paragraphs=2)], ["too-little", "too-little"]),
        (["Highlights"], [SectionSpec(role=Role.HIGHLIGHTS, items=1, paragraphs=1)], []),
    ],
)
def test_a_note_is_compared_with_a_structure(headings: list[str], sections: list[Any], expected: list[str]) -> None:
    """Sections can be missing, misplaced, unexpected, differently spelled or too short."""
    assert names(note(*headings), *sections) == expected


def test_a_structure_is_an_error_in_every_profile() -> None:
    """Unless the settings ignore the rule or change its severity."""
    structure = Structure(["*", "learning"])
    for profile in ("loose", "standard", "strict"):
        (found,) = [
            d for d in check(note("Bees"), LintSettings(profile=profile, structure=structure)) if d.code == "WN301"
        ]
        assert found.severity == "error"
    assert check(note("Bees"), LintSettings(structure=structure, ignore=["WN301"])) == ()
    (found,) = check(note("Bees"), LintSettings(structure=structure, severities={"WN301": "info"}))
    assert found.severity == "info"


def test_subsections_belong_to_their_section() -> None:
    """They are not unexpected, and their content counts."""
    text = "# w/c 6 May\n\n## Highlights\n\n### Honey\n\n- one\n\n## Next week\n\n### Monday\n\nLabels.\n"
    required = [SectionSpec(role=Role.HIGHLIGHTS, items=1), SectionSpec(role=Role.NEXT, paragraphs=1)]
    assert names(parse(text), *required) == []


def test_week_and_front_matter_can_be_required() -> None:
    """A number is not a week, and a key without a value does not count."""
    assert names(parse("# Weeknote 12\n\nBees.\n"), week=True) == ["no-week"]
    assert names(parse("# w/c 6 May\n\nBees.\n"), week=True) == []
    text = "---\ntitle: Weeknote 12\nauthor:\n---\n\nBees.\n"
    assert names(parse(text), front_matter=["title", "author", "date"]) == ["missing-front-matter"] * 2
    assert names(parse("Weeknote w/c 6 May\n\nBees.\n", dialect="text"), front_matter=["title"]) == []


# --- inferring


def test_a_structure_is_inferred_from_notes() -> None:
    """It requires what all notes have, in an order they all follow."""
    matter = "---\ntitle: a\ndate: 2019-05-10\n{}---\n\n"
    one = parse(matter.format("") + "# a\n\n## Bees\n\nx\n\n## Highlights\n\n- y\n\n## Something I learnt\n\nz\n")
    two = parse(matter.format("tags: [c]\n") + "## Highlights\n\n- y\n\n## Something I’m learning\n\nz\n\n- w\n")
    assert infer_structure([one, two]).to_mapping() == {
        "front-matter": ["title", "date"],
        "sections": ["*", {"heading": "Highlights", "items": 1}, {"role": "learning", "paragraphs": 1}],
    }


def test_notes_with_nothing_in_common_have_no_structure() -> None:
    """Neither have no notes."""
    assert infer_structure([]) == Structure()
    assert infer_structure([parse("Bees.\n"), parse("## Honey\n\nx\n")]) == Structure()


def test_an_order_that_varies_is_not_required() -> None:
    """Of two sections that swap places, only one is required."""
    found = infer_structure([note("Highlights", "Next week"), note("Next week", "Highlights")])
    assert len([part for part in found.sections if not part.wildcard]) == 1


def passes(found: Weeknote, structure: Structure) -> bool:
    """Return whether a note satisfies a structure."""
    required = check(found, LintSettings(profile="loose", structure=structure))
    return not [one for one in required if one.severity == "error" and one.name != "merge-conflict"]


headings = st.lists(
    st.sampled_from(
        ("Bees", "bees", "Honey", "Highlights", "Other highlights:", "Something I learnt", "Something I’m learning", "")
    ),
    max_size=6,
)


@given(st.lists(headings, min_size=1, max_size=4), st.sampled_from(["", "Words.", "- item", "Words.\n\n- a\n- b"]))
def test_notes_satisfy_the_structure_inferred_from_them(several: list[list[str]], under: str) -> None:
    """Whatever their sections, and in whatever order."""
    good = [note(*each, under=under) for each in several]
    structure = infer_structure(good)
    assert all(passes(each, structure) for each in good)
    assert Structure.from_mapping(structure.to_mapping()) == structure


@given(st.lists(notes(), min_size=1, max_size=3))
@settings(max_examples=60)
def test_built_notes_satisfy_the_structure_inferred_from_them(good: list[Weeknote]) -> None:
    """Whatever can be built."""
    structure = infer_structure(good)
    assert all(passes(each, structure) for each in good)
