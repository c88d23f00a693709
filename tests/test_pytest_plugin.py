"""The pytest plugin and `assert_valid`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import weeknote
from weeknote.lint import LintSettings, Structure, UnknownRuleError
from weeknote.testing import assert_valid

pytest_plugins = ["pytester"]

GOOD = "# Weeknote w/c 6 May 2019: maps\n\nWe drew maps.\n"
TUESDAY = "# Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n\n- One\n-\n- Two\n"
PLUGIN = ("-p", "no:cacheprovider")


def saved(pytester: pytest.Pytester, files: dict[str, str]) -> None:
    """Write files and their folders."""
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest with the plugin and warnings as errors, in this process because that is faster."""
    return pytester.runpytest_inprocess("-W", "error", *PLUGIN, *arguments)


# --- the plugin


def test_importing_the_plugin_imports_only_the_front_door() -> None:
    """Otherwise coverage of other packages would start too late."""
    code = "import sys, weeknote.pytest_plugin; print(*sorted(m for m in sys.modules if m.startswith('weeknote')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert done.stdout.split() == ["weeknote", "weeknote.lazy", "weeknote.pytest_plugin"]


def test_without_the_option_nothing_is_collected(pytester: pytest.Pytester) -> None:
    """Projects that merely have the package installed notice nothing."""
    saved(pytester, {"may.md": TUESDAY, "test_one.py": "def test_one(): pass\n"})
    result = run(pytester)
    result.assert_outcomes(passed=1)


def test_each_problem_is_a_failure_with_its_position(pytester: pytest.Pytester) -> None:
    """With file, line and caret, and no traceback; a note without problems passes."""
    saved(pytester, {"notes/may.md": TUESDAY, "notes/june.md": GOOD})
    # In a process of its own, as people start it.
    result = pytester.runpytest_subprocess("-W", "error", *PLUGIN, "--weeknote")
    result.assert_outcomes(failed=2, passed=1)
    result.stdout.fnmatch_lines(
        [
            "*weeknote WN102 not-a-monday*",
            "notes/may.md:1:12: warning WN102 *Tuesday.",
            "  1 | # Weeknote w/c 7 May 2019: maps",
            "    |            ^^^^^^^^^^^^^^",
            "notes/may.md:6:1: warning WN403 *",
            "FAILED notes/may.md::WN102:1:12 - notes/may.md:1:12: *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.parametrize(
    ("files", "arguments", "collected"),
    [
        ({"may.md": GOOD, "may.txt": "Weeknote w/c 6 May 2019\n\nMaps.\n"}, [], ["may.md", "may.txt"]),
        ({"README.md": GOOD, "may.rst": GOOD}, [], []),
        ({"README.md": GOOD}, ["README.md"], ["README.md"]),
        ({"a/may.md": GOOD, "b/june.md": GOOD}, ["a"], ["a/may.md"]),
        ({"weeknote.toml": 'files = ["n/*.md"]\n', "n/may.md": GOOD, "may.md": GOOD}, [], ["n/may.md"]),
        (
            {"pyproject.toml": '[tool.weeknote]\nexclude = ["old/"]\n', "old/may.md": GOOD, "may.md": GOOD},
            [],
            ["may.md"],
        ),
    ],
)
def test_the_configuration_says_what_is_a_note(
    files: dict[str, str], arguments: list[str], collected: list[str], pytester: pytest.Pytester
) -> None:
    """By file patterns; a file named on the command line always is."""
    saved(pytester, files)
    result = run(pytester, "--weeknote", "--collect-only", "-q", *arguments)
    found = [line.partition("::")[0] for line in result.outlines if line.endswith("::weeknote")]
    assert sorted(found) == collected


@pytest.mark.parametrize(
    ("toml", "arguments", "failed"),
    [
        ('ignore = ["WN102"]\n', [], 1),
        ('[per-file-ignores]\n"may.md" = ["WN1", "WN4"]\n', [], 0),
        ('profile = "loose"\n', [], 0),
        ('profile = "loose"\n', ["--weeknote-profile", "standard"], 2),
        ('[structure]\nsections = ["*", "learning"]\n', [], 3),
    ],
)
def test_the_configuration_says_what_is_checked(
    toml: str, arguments: list[str], failed: int, pytester: pytest.Pytester
) -> None:
    """As for the command."""
    saved(pytester, {"weeknote.toml": toml, "may.md": TUESDAY})
    result = run(pytester, "--weeknote", *arguments)
    result.assert_outcomes(failed=failed, passed=int(not failed))


def test_a_comment_in_the_note_applies(pytester: pytest.Pytester) -> None:
    """As for the command."""
    saved(pytester, {"may.md": TUESDAY + "\n<!-- weeknote: ignore WN102 WN403 it is an example -->\n"})
    run(pytester, "--weeknote").assert_outcomes(passed=1)


def test_a_file_that_cannot_be_read_fails(pytester: pytest.Pytester) -> None:
    """With its name and the position of the bad byte; other files are checked."""
    saved(pytester, {"june.md": GOOD})
    (pytester.path / "may.md").write_bytes(b"# Weeknote\n\nCaf\xe9\n")
    result = run(pytester, "--weeknote")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*may.md:3:4: not UTF-8: byte 0xe9*"])


@pytest.mark.parametrize(
    ("toml", "arguments", "words"),
    [
        ("\nprofil = 1\n", [], "weeknote.toml:2:1: unknown key 'profil'; did you mean 'profile'?"),
        ("", ["--weeknote-profile", "strct"], "unknown profile 'strct'; did you mean 'strict'?"),
    ],
)
def test_an_invalid_configuration_is_reported(
    toml: str, arguments: list[str], words: str, pytester: pytest.Pytester
) -> None:
    """As an error, not as a crash of the plugin."""
    saved(pytester, {"weeknote.toml": toml, "may.md": GOOD})
    result = run(pytester, "--weeknote", *arguments)
    said = result.stdout.str() + result.stderr.str()
    assert result.ret in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERRUPTED)
    assert words in said
    assert "pytest_plugin.py" not in said


def test_notes_can_be_selected_by_marker(pytester: pytest.Pytester) -> None:
    """`-m weeknote` runs only the notes, and the marker is registered."""
    saved(pytester, {"may.md": GOOD, "test_one.py": "def test_one(): pass\n"})
    result = run(pytester, "--weeknote", "--strict-markers", "-m", "weeknote")
    result.assert_outcomes(passed=1, deselected=1)


# --- the assertion


def message(*arguments: object, **more: object) -> str:
    """Return what the assertion says."""
    with pytest.raises(AssertionError) as caught:
        assert_valid(*arguments, **more)  # type: ignore[arg-type] # a table of all it takes
    return str(caught.value)


def test_a_valid_note_is_valid() -> None:
    """The assertion returns nothing."""
    assert_valid(weeknote.parse(GOOD))
    assert_valid(weeknote.parse_archive(GOOD + "\n" + GOOD.replace("6 May", "13 May")))


def test_the_message_shows_line_and_caret() -> None:
    """For every problem, with the given path."""
    said = message(weeknote.parse(TUESDAY), path="may.md").splitlines()
    assert said[0] == "2 problems"
    assert said[1].startswith("may.md:1:12: warning WN102 ")
    assert said[2:4] == ["  1 | # Weeknote w/c 7 May 2019: maps", "    |            ^^^^^^^^^^^^^^"]
    assert said[6].startswith("may.md:6:1: warning WN403 ")


def test_a_file_can_be_named(tmp_path: Path) -> None:
    """As a string or a `Path`."""
    file = tmp_path / "may.md"
    file.write_text(TUESDAY, encoding="utf-8")
    assert f"{file}:1:12: warning WN102" in message(file)
    assert message(str(file)) == message(file)


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        (GOOD, {"rules": ["WN301"]}, "WN301"),
        (GOOD, {"profile": "strict"}, "WN301"),
        (GOOD, {"structure": Structure(["*", "learning"])}, "WN301"),
        (TUESDAY, {"rules": LintSettings(ignore=["WN403"])}, "WN102"),
        (TUESDAY, {"rules": LintSettings(ignore=["WN403"], profile="loose"), "profile": "standard"}, "WN102"),
    ],
)
def test_the_assertion_takes_settings(text: str, more: dict[str, object], code: str) -> None:
    """Rules, a profile, a structure."""
    assert f" {code} " in message(weeknote.parse(text), **more)


def test_suppressed_problems_do_not_count() -> None:
    """With the same comments as for the command."""
    assert_valid(weeknote.parse(TUESDAY + "\n<!-- weeknote: ignore WN102 WN403 an example -->\n"))


def test_info_does_not_count() -> None:
    """As in `validate`."""
    assert_valid(weeknote.parse(GOOD), LintSettings(select=["WN301"], severities={"WN301": "info"}))


def test_an_unknown_rule_is_not_an_assertion_error() -> None:
    """A mistake in the test is not one in the note."""
    with pytest.raises(UnknownRuleError):
        assert_valid(weeknote.parse(GOOD), ["WN999"])
