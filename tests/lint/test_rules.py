"""Every rule has examples, documentation and a severity in each profile, and its fixes change only their own lines."""

from __future__ import annotations

import difflib
from importlib.resources import files
from pathlib import Path

import attrs
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
from weeknote.lint.configuration import read_configuration
from weeknote.lint.registry import active_rules
from weeknote.lint.rule_page import FAMILIES, Example, code_fence, example, reference_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"

every_rule = pytest.mark.parametrize("one", RULES.values(), ids=lambda one: f"{one.code} {one.name}")


def read(one: Rule, given: Example) -> Weeknote | Archive:
    """Parse an example as what the rule checks: an archive if it is about a series."""
    reader = parse_archive if one.scope == "series" else parse
    return reader(given.text, dialect=given.dialect)


def settings_for(one: Rule, given: Example, folder: Path) -> LintSettings:
    """Return settings that run only one rule, configured as its example needs."""
    file = folder / "weeknote.toml"
    file.write_text(given.settings, encoding="utf-8")
    return attrs.evolve(read_configuration(file).settings, select=(one.code,))


@every_rule
def test_a_failing_example_fails_its_rule(one: Rule, tmp_path: Path) -> None:
    """With a position and a hint."""
    given = example(one, "fails")
    found = check(read(one, given), settings_for(one, given, tmp_path), path=given.name)
    assert {d.code for d in found} == {one.code}
    for d in found:
        assert d.position is not None
        assert d.message[-1] in ".?!"
        assert d.hint is not None
        assert d.hint.endswith(".")
        assert str(d).startswith(f"{given.name}:{d.line}:{d.column}: {one.code} ")


@every_rule
def test_a_failing_example_fails_no_other_rule(one: Rule) -> None:
    """In the default profile."""
    given = example(one, "fails")
    assert {d.code for d in check(read(one, given))} <= {one.code}


@every_rule
def test_a_passing_example_has_no_problems(one: Rule, tmp_path: Path) -> None:
    """Neither with its rule nor with the default profile."""
    given = example(one, "passes")
    assert check(read(one, given), settings_for(one, given, tmp_path)) == ()
    assert check(read(one, given)) == ()


@every_rule
def test_a_fix_changes_only_the_lines_of_its_problems(one: Rule, tmp_path: Path) -> None:
    """Nothing is left to fix, and every line without a problem stays (law 2)."""
    given = example(one, "fails")
    settings = settings_for(one, given, tmp_path)
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
    assert changed, "a fix changes something"
    assert changed <= allowed


@every_rule
def test_a_fix_works_alone(one: Rule, tmp_path: Path) -> None:
    """Each diagnostic's fix can be applied without the others."""
    given = example(one, "fails")
    settings = settings_for(one, given, tmp_path)
    note = read(one, given)
    found = check(note, settings)
    for d in found:
        if d.fix is not None:
            assert d.fix.title
            repaired = d.fix.apply(note)
            assert len(check(repaired, settings)) < len(found)


@every_rule
def test_a_rule_is_documented(one: Rule) -> None:
    """What it reports, why, how to fix it, and both examples."""
    assert one.summary
    assert one.what
    assert one.why
    assert one.fix
    assert "\n" not in one.summary
    text = explain_rule(one)
    for part in ("## What it reports", "## Why it matters", "## Fails", "## Passes", "## How to fix it"):
        assert f"\n{part}\n" in text


def test_no_example_is_left_over() -> None:
    """Every file with examples belongs to a rule."""
    names = {path.name for path in (files("weeknote.lint") / "rule_examples").iterdir()} - {".gitattributes"}
    kinds = ("fails.md", "fails.txt", "passes.md", "passes.txt", "toml")
    assert sorted(name for name in names if name.partition(".")[0] not in RULES) == []
    assert sorted(name for name in names if name.partition(".")[2] not in kinds) == []


def test_codes_and_names_are_well_formed() -> None:
    """A code is WN and three digits of a known family; a name is kebab-case; both are unique."""
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


def test_profiles_grow_stricter() -> None:
    """No rule is less severe in a stricter profile."""
    rank = {None: 0, Severity.INFO: 1, Severity.WARNING: 2, Severity.ERROR: 3}
    assert tuple(PROFILES) == PROFILE_NAMES
    for code in RULES:
        levels = [rank[PROFILES[name][code]] for name in PROFILE_NAMES]
        assert levels == sorted(levels)


def test_structure_is_an_error_only_if_a_project_requires_it() -> None:
    """Forms kill the habit: without a structure, only a merge conflict is an error."""
    loud = {code for name in PROFILE_NAMES for code, level in PROFILES[name].items() if level is Severity.ERROR}
    assert {get_rule(code).name for code in loud} == {"merge-conflict"}


@pytest.mark.parametrize("name", ["WN301", "wn301", "missing-learning", "Missing-Learning"])
def test_a_rule_has_a_code_and_a_name(name: str) -> None:
    """Either works, in upper or lower case."""
    assert get_rule(name).code == "WN301"


def test_an_unknown_rule_gets_suggestions() -> None:
    """The message lists the most similar rules."""
    with pytest.raises(UnknownRuleError, match="unknown rule 'missing-lerning'; did you mean WN301 missing-learning,"):
        get_rule("missing-lerning")
    with pytest.raises(UnknownRuleError, match="did you mean") as caught:
        get_rule("WN30")
    assert caught.value.found == "WN30"
    with pytest.raises(UnknownRuleError, match="weeknote rule"):
        get_rule("☃")


def test_a_selector_matches_rules() -> None:
    """The start of a code matches all rules that start with it."""
    assert {one.code[:3] for one in select_rules("WN3")} == {"WN3"}
    assert len(select_rules("WN")) == len(RULES)
    assert [one.code for one in select_rules("bare-url")] == ["WN512"]
    for wrong in ("", "WN9", "XX", "W"):
        with pytest.raises(UnknownRuleError):
            select_rules(wrong)


def levels(settings: LintSettings) -> dict[str, Severity]:
    """Return the rules to run under some settings, with their severities."""
    return {one.code: severity for one, severity in active_rules(settings)}


def test_settings_decide_which_rules_run() -> None:
    """The profile, then `select`, then `severities`; `ignore` takes precedence."""
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
    """The rules for the same settings are computed once."""
    assert active_rules(LintSettings(severities={"WN1": "info"})) is active_rules(
        LintSettings(severities={"WN1": "info"})
    )


def test_documentation_makes_invisible_characters_visible() -> None:
    """Such as no-break spaces and line ends in examples."""
    assert "‹U+00A0›" in explain_rule(get_rule("no-break-gap"))
    assert "␍␊" in explain_rule(get_rule("mixed-newlines"))


def test_the_reference_page_is_up_to_date() -> None:
    """docs/reference/rules.md is the output of `python -m weeknote.lint.registry`."""
    assert PAGE.read_text(encoding="utf-8") == reference_page(RULES.values())


@every_rule
def test_the_reference_page_shows_the_examples_of_a_rule(one: Rule) -> None:
    """A heading in an example is a heading on the page too, whatever its depth."""
    page = reference_page([one])
    for kind in ("fails", "passes"):
        shown = example(one, kind)
        assert code_fence(shown.text, shown.dialect) in page


def test_a_text_rule_accepts_a_note() -> None:
    """A rule can be called without `check`."""
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
    """Nor do letters that fold to others."""
    assert [found.code for found in check(parse(f"# Week 12\n\n{words}\n"), ["WN501"])] == ["WN501"]


PLAIN_TEXTS = {
    "a chapter and its sections": ("Three things", "1. Maps", "We drew.", "2. Bees", "They hum."),
    "subsections of the same names": (
        "Town",
        "Done",
        "Maps.",
        "Next up",
        "Bees.",
        "Port",
        "Done",
        "A.",
        "Next up",
        "B.",
    ),
    "a section repeated": ("Town", "Maps.", "Port", "Boats.", "Town", "Bees.", "WN203"),
    "nothing under the last": ("Town", "Maps.", "Next week", "WN202"),
}


@pytest.mark.parametrize("lines", PLAIN_TEXTS.values(), ids=PLAIN_TEXTS)
def test_sections_of_plain_text_have_no_depth(lines: tuple[str, ...]) -> None:
    """So a heading above another is not empty, and headings that repeat together may have different parents."""
    expected = [line for line in lines if line.startswith("WN")]
    text = "\n\n".join(["Weeknotes #5", "A week.", *lines[: len(lines) - len(expected)]]) + "\n"
    found = check(parse(text, dialect="text"), LintSettings(select=("WN202", "WN203")))
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(("text", "code"), [("July 8 - 12\n\nWe walked.\n", "WN105"), ("Maps\n\nRain.\n", "WN101")])
def test_days_without_a_year_are_not_missing(text: str, code: str) -> None:
    """A note in plain text that states them has no week, but what it lacks is the year."""
    found = check(parse(text, dialect="text"), LintSettings(profile="strict", select=("WN1",)))
    assert [one.code for one in found] == [code]
