"""Every rule has its examples, its page and its place in each profile, and its repairs touch only their own lines."""

from __future__ import annotations

import difflib
from importlib.resources import files
from pathlib import Path

import pytest

from weeknote import Archive, Weeknote, dump, parse, parse_archive
from weeknote.lint import (
    PROFILES,
    RULES,
    LintSettings,
    Rule,
    Severity,
    UnknownRuleError,
    check,
    explain_rule,
    fix,
    get_rule,
    select_rules,
)
from weeknote.lint.base import PROFILE_NAMES
from weeknote.lint.registry import active_rules
from weeknote.lint.rule_page import FAMILIES, Example, example, reference_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"

every_rule = pytest.mark.parametrize("one", RULES.values(), ids=lambda one: f"{one.code} {one.name}")


def read(one: Rule, given: Example) -> Weeknote | Archive:
    """Return an example as a rule looks at it: as an archive, if it is about a series."""
    reader = parse_archive if one.scope == "series" else parse
    return reader(given.text, dialect=given.dialect)


@every_rule
def test_a_failing_example_has_its_finding_and_no_other(one: Rule) -> None:
    """What a rule's page shows as wrong is found, with a place, and nothing else is."""
    given = example(one, "fails")
    found = check(read(one, given), given.settings_for(one), path=given.name)
    assert {d.code for d in found} == {one.code}
    for d in found:
        assert d.position is not None
        assert d.message[-1] in ".?!"
        assert d.hint is not None
        assert d.hint.endswith(".")
        assert str(d).startswith(f"{given.name}:{d.line}:{d.column}: {one.code} ")


@every_rule
def test_a_failing_example_is_wrong_in_no_other_way(one: Rule) -> None:
    """An example shows one thing: under the default profile no other rule speaks."""
    given = example(one, "fails")
    assert {d.code for d in check(read(one, given))} <= {one.code}


@every_rule
def test_a_passing_example_has_no_finding(one: Rule) -> None:
    """What a rule's page shows as right is right, by that rule and by the default profile."""
    given = example(one, "passes")
    assert check(read(one, given), given.settings_for(one)) == ()
    assert check(read(one, given)) == ()


@every_rule
def test_a_repair_changes_only_the_lines_of_its_findings(one: Rule) -> None:
    """What can be repaired is gone after it, and every line without a finding is as it was (law 2)."""
    given = example(one, "fails")
    settings = given.settings_for(one)
    note = read(one, given)
    found = check(note, settings)
    repaired = fix(note, settings)
    if not any(d.fix for d in found):
        assert repaired is note
        return
    assert not [d for d in check(repaired, settings) if d.fix]
    before, after = given.text.split("\n"), dump(repaired).split("\n")
    changed = set()
    for tag, a, b, _, _ in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed |= set(range(a + 1, b + 1)) if tag != "equal" else set()
    allowed: set[int] = set()
    for d in found:
        last = len(before) if one.name in ("trailing-furniture", "mixed-markers", "bullets-not-a-list") else d.end_line
        allowed |= set(range(d.line, last + 1))
    assert changed, "a repair repairs"
    assert changed <= allowed


@every_rule
def test_a_repair_works_alone(one: Rule) -> None:
    """Each finding's own repair can be applied to the note that was checked, without the others."""
    given = example(one, "fails")
    settings = given.settings_for(one)
    note = read(one, given)
    found = check(note, settings)
    for d in found:
        if d.fix is not None:
            assert d.fix.title
            repaired = d.fix.apply(note)
            assert len(check(repaired, settings)) < len(found)


@every_rule
def test_a_rule_has_a_page(one: Rule) -> None:
    """The page says what, why and how to mend it, and shows both examples."""
    assert one.summary
    assert one.what
    assert one.why
    assert one.fix
    assert "\n" not in one.summary
    text = explain_rule(one)
    for part in ("## What it reports", "## Why it matters", "## Fails", "## Passes", "## How to fix it"):
        assert f"\n{part}\n" in text


def test_no_example_is_left_over() -> None:
    """A file in the folder of examples belongs to a rule."""
    names = {path.name for path in (files("weeknote.lint") / "rule_examples").iterdir()} - {".gitattributes"}
    kinds = ("fails.md", "fails.txt", "passes.md", "passes.txt", "toml")
    assert sorted(name for name in names if name.partition(".")[0] not in RULES) == []
    assert sorted(name for name in names if name.partition(".")[2] not in kinds) == []


def test_codes_and_names_are_well_formed() -> None:
    """A code is WN and three digits of a known family, a name is kebab-case, and no two are alike."""
    assert len(RULES) >= 25
    assert list(RULES) == sorted(RULES)
    assert len({one.name for one in RULES.values()}) == len(RULES)
    for code, one in RULES.items():
        assert code == one.code
        assert code[:3] in FAMILIES
        assert code[2:].isdecimal()
        assert len(code) == 5
        assert one.name.replace("-", "").isalpha()
        assert one.name.islower()


def test_profiles_grow_louder() -> None:
    """What a quieter profile says, a louder one says at least as loudly."""
    rank = {None: 0, Severity.INFO: 1, Severity.WARNING: 2, Severity.ERROR: 3}
    assert tuple(PROFILES) == PROFILE_NAMES
    for code in RULES:
        levels = [rank[PROFILES[name][code]] for name in PROFILE_NAMES]
        assert levels == sorted(levels)


def test_nothing_about_structure_is_an_error_unless_a_project_asks() -> None:
    """Forced templates kill the habit: without a structure, sections, weeks and lists are no error in any profile."""
    loud = {code for name in PROFILE_NAMES for code, level in PROFILES[name].items() if level is Severity.ERROR}
    assert {get_rule(code).name for code in loud} == {"merge-conflict"}


@pytest.mark.parametrize("name", ["WN301", "wn301", "missing-learning", "Missing-Learning"])
def test_a_rule_has_two_names(name: str) -> None:
    """Code and name mean the same rule, in any case."""
    assert get_rule(name).code == "WN301"


def test_an_unknown_rule_names_its_neighbours() -> None:
    """Who mistypes a rule is told what looks like it."""
    with pytest.raises(UnknownRuleError, match="unknown rule 'missing-lerning'; did you mean WN301 missing-learning,"):
        get_rule("missing-lerning")
    with pytest.raises(UnknownRuleError, match="did you mean") as caught:
        get_rule("WN30")
    assert caught.value.found == "WN30"
    with pytest.raises(UnknownRuleError, match="weeknote rule"):
        get_rule("☃")


def test_a_selector_means_rules() -> None:
    """The beginning of a code means all rules that begin so."""
    assert {one.code[:3] for one in select_rules("WN3")} == {"WN3"}
    assert len(select_rules("WN")) == len(RULES)
    assert [one.code for one in select_rules("bare-url")] == ["WN512"]
    for wrong in ("", "WN9", "XX", "W"):
        with pytest.raises(UnknownRuleError):
            select_rules(wrong)


def levels(settings: LintSettings) -> dict[str, Severity]:
    """Return the severities of the rules that speak under some settings."""
    return {one.code: severity for one, severity in active_rules(settings)}


def test_settings_decide_which_rules_speak() -> None:
    """The profile, then select, then severities, and ignore over all."""
    assert "WN301" not in levels(LintSettings())
    assert levels(LintSettings(select=["WN301"])) == {"WN301": Severity.WARNING}
    assert levels(LintSettings(select="missing-learning")) == {"WN301": Severity.WARNING}
    assert "WN512" not in levels(LintSettings(ignore=["WN5"]))
    assert levels(LintSettings(severities={"WN301": "error"}))["WN301"] is Severity.ERROR
    assert levels(LintSettings(severities={"WN3": "off", "WN302": "info"})).get("WN302") is Severity.INFO
    assert "WN302" not in levels(LintSettings(severities={"WN3": "info", "empty-learning": "off"}))
    assert "WN301" not in levels(LintSettings(severities={"WN301": "error"}, ignore=["missing-learning"]))
    assert (
        set(levels(LintSettings(profile="loose")))
        < set(levels(LintSettings()))
        < set(levels(LintSettings(profile="strict")))
    )


def test_settings_are_hashable() -> None:
    """The same settings are worked out once."""
    assert active_rules(LintSettings(severities={"WN1": "info"})) is active_rules(
        LintSettings(severities={"WN1": "info"})
    )


def test_a_page_about_a_rule_shows_what_cannot_be_seen() -> None:
    """A no-break space in an example is named, since nobody could see it."""
    assert "‹U+00A0›" in explain_rule(get_rule("no-break-gap"))
    assert "␍␊" in explain_rule(get_rule("mixed-newlines"))


def test_the_reference_page_is_up_to_date() -> None:
    """docs/reference/rules.md is what `python -m weeknote.lint.registry` writes."""
    assert PAGE.read_text(encoding="utf-8") == reference_page(RULES.values())


def test_a_rule_about_words_takes_a_note_too() -> None:
    """One that asks a rule alone, without `check`, gives it what it looks at."""
    note = parse("# Week 12\n\nLorem ipsum.\n")
    assert [found.message for found in get_rule("leftover-prompt").find(note, LintSettings())] == [
        found.message for found in check(note, ["WN501"])
    ]


@pytest.mark.parametrize(
    "words",
    [
        "LOREM IPSUM dolor",
        "[Add a picture]",
        "[Your big win here]",
        "(Write two lines here)",
        "Your Notes Here",
        "In\u017fert text here",
        "Numbers to come, TKTK.",
        "Numbers to come, t\u212a tk.",
    ],
)
def test_a_prompt_is_found_in_any_case(words: str) -> None:
    """Capitals do not hide it, nor do letters that only look like others."""
    assert [found.code for found in check(parse(f"# Week 12\n\n{words}\n"), ["WN501"])] == ["WN501"]
