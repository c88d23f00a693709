"""The configuration: where it is found, what it can say, and how mistakes in it are reported."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from counting import TIMES, calls, grows_too_fast
from weeknote.front_matter.toml import line_of
from weeknote.headings.roles import Role
from weeknote.lint import Severity
from weeknote.lint.configuration import (
    DEFAULT_EXCLUDE,
    DEFAULT_FILES,
    Configuration,
    ConfigurationError,
    configuration_for,
    find_configuration,
    read_configuration,
)
from weeknote.lint.patterns import matches

WHOLE = """\
profile = "strict"
select = ["WN1", "bare-url"]
ignore = ["WN105"]
prompts = ["What went well?"]
deepest-list = 2
files = ["notes/**/*.md"]
exclude = ["drafts/"]
baseline = "known.json"

[severities]
WN102 = "error"
WN5 = "off"

[per-file-ignores]
"2019/" = ["WN3"]
"*.txt" = ["WN4"]

[structure]
week = true
sections = ["*", {role = "learning", paragraphs = 1}]
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


def saved(name: str, text: str | bytes) -> Path:
    """Write a file and its folders."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def broken(text: str | bytes, name: str = "weeknote.toml") -> ConfigurationError:
    """Return the error that an invalid configuration raises."""
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(saved(name, text))
    return caught.value


# --- reading


def test_every_key_is_read() -> None:
    """One file with every key."""
    found = read_configuration(saved("weeknote.toml", WHOLE))
    settings = found.settings
    assert (settings.profile, settings.select, settings.ignore) == ("strict", ("WN1", "bare-url"), ("WN105",))
    assert (settings.prompts, settings.deepest_list) == (("What went well?",), 2)
    assert settings.severities == (("WN102", Severity.ERROR), ("WN5", None))
    assert settings.structure is not None
    assert settings.structure.sections[1].role is Role.LEARNING
    assert (found.files, found.exclude) == (("notes/**/*.md",), ("drafts/",))
    assert found.per_file_ignores == {"2019/": ("WN3",), "*.txt": ("WN4",)}
    assert found.baseline == "known.json"


def test_an_empty_configuration_is_the_default() -> None:
    """Every key is optional."""
    found = read_configuration(saved("weeknote.toml", ""))
    assert (found.settings, found.files, found.exclude) == (Configuration().settings, DEFAULT_FILES, DEFAULT_EXCLUDE)


def test_pyproject_has_a_table() -> None:
    """The same keys under `[tool.weeknote]`."""
    text = "[project]\nname = 'x'\n\n[tool.weeknote]\nprofile = 'loose'\n\n[tool.weeknote.structure]\nweek = true\n"
    found = read_configuration(saved("pyproject.toml", text))
    assert found.settings.profile == "loose"
    assert found.settings.structure is not None


# --- finding


@pytest.mark.parametrize(
    ("files", "start", "found"),
    [
        ({"weeknote.toml": ""}, "notes/may.md", "weeknote.toml"),
        ({"weeknote.toml": "", "notes/weeknote.toml": ""}, "notes/may.md", "notes/weeknote.toml"),
        ({"weeknote.toml": "", "pyproject.toml": "[tool.weeknote]\n"}, "notes/may.md", "weeknote.toml"),
        ({"pyproject.toml": "[tool.weeknote]\n"}, "notes/2024/05/may.md", "pyproject.toml"),
        ({"weeknote.toml": "", "notes/pyproject.toml": "[tool.other]\n"}, "notes/may.md", "weeknote.toml"),
        ({"weeknote.toml": "", "notes/pyproject.toml": "nothing of ours, and [broken\n"}, "notes", "weeknote.toml"),
        ({"weeknote.toml": ""}, ".", "weeknote.toml"),
        ({}, "notes/may.md", None),
    ],
)
def test_the_nearest_configuration_applies(
    files: dict[str, str], start: str, found: str | None, tmp_path: Path
) -> None:
    """Upwards from the file, `weeknote.toml` before `pyproject.toml`; those of other tools are skipped."""
    Path("notes").mkdir()
    for name, text in files.items():
        saved(name, text)
    assert find_configuration(start) == (None if found is None else tmp_path / found)
    assert configuration_for(start).path == (None if found is None else str(tmp_path / found))


# --- patterns


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("*.md", "may.md", True),
        ("*.md", "notes/2024/may.md", True),
        ("*.md", "may.mdx", False),
        ("notes/*.md", "notes/may.md", True),
        ("notes/*.md", "old/notes/may.md", False),
        ("notes/*.md", "notes/2024/may.md", False),
        ("notes/**/*.md", "notes/2024/05/may.md", True),
        ("notes/**/*.md", "notes/may.md", True),
        ("notes/**", "notes/2024/may.md", True),
        ("/may.md", "may.md", True),
        ("/may.md", "notes/may.md", False),
        ("./notes/*.md", "notes/may.md", True),
        ("drafts/", "drafts/may.md", True),
        ("drafts/", "notes/drafts/may.md", True),
        ("drafts/", "drafts.md", False),
        ("w?.md", "w1.md", True),
        ("w?.md", "w12.md", False),
        ("w[1-3].md", "w2.md", True),
        ("w[!1-3].md", "w2.md", False),
        ("w[!1-3].md", "w4.md", True),
        ("w[.md", "w[.md", True),
        ("w[]].md", "w].md", True),
        ("w[1-1].md", "w1.md", True),
        ("**", "notes/may.md", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**/b/**/c", "a/b/x/b/c", True),
        ("a/**/b", "a/x/y/c", False),
        ("a/**", "a", False),
        ("**/a/*", "x/a/b/c.md", True),
        ("*", "notes/may.md", True),
        ("a", "b/aa", False),
        ("a+b(c).md", "a+b(c).md", True),
        ("*.md", "../elsewhere/may.md", True),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, name: str, fits: bool) -> None:
    """Except `!`."""
    assert matches(name, pattern) is fits


def test_patterns_start_from_the_folder_of_the_configuration() -> None:
    """Wherever the command is run."""
    text = 'files = ["notes/*.md"]\n[per-file-ignores]\n"notes/may.md" = ["WN1"]\n'
    found = read_configuration(saved("project/weeknote.toml", text))
    assert found.is_note("project/notes/may.md")
    assert not found.is_note("notes/may.md")
    assert found.ignored_rules("project/notes/may.md") == ("WN1",)
    assert found.ignored_rules("project/notes/june.md") == ()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE.txt", "requirements-dev.txt", "_index.md"])
def test_readmes_and_the_like_are_not_notes(name: str) -> None:
    """Unless the configuration says otherwise."""
    assert not Configuration().is_note(name)
    assert Configuration(exclude=[]).is_note(name)


@pytest.mark.parametrize("pattern", ["**/" * 10 + "x.md", "**/a*/" * 10 + "x.md", "*a" * 10 + "/x.md", "**" * 10])
def test_patterns_cost_little_on_deep_paths(pattern: str) -> None:
    """Four times as deep a path takes four times the steps, however many stars a pattern has."""
    few, many = (calls(partial(matches, "aa/" * depth + "y.md", pattern)) for depth in (50, 50 * TIMES))
    assert not grows_too_fast(few, many)


@pytest.mark.parametrize(
    "key", ["a." * 5000 + "a = 1\n", "[" + "a . " * 5000 + "a]\n", "x = {" + "'a'." * 5000 + "a = 1}\n"]
)
def test_a_very_long_key_is_refused(key: str) -> None:
    """`tomllib` would take a hundred megabytes for it."""
    assert "a key has more than 100 parts" in broken(f"prompts = []\n{key}").message


# --- mistakes


@pytest.mark.parametrize(
    ("text", "key", "line", "words"),
    [
        ('profil = "strict"\n', "profil", 1, "unknown key 'profil'; did you mean 'profile'?"),
        ("\n\nbananas = 1\n", "bananas", 3, "the keys are profile, select"),
        ('profile = "strcit"\n', "profile", 1, "unknown profile 'strcit'; did you mean 'strict'?"),
        ("profile = 3\n", "profile", 1, "found 3; expected a string in quotes"),
        ('# a\nselect = "WN1"\n', "select", 2, "found 'WN1'; expected a list"),
        ('select = [\n  "WN1",\n  "WN999",\n]\n', "select[1]", 3, "unknown rule 'WN999'"),
        ('ignore = ["missing-lerning"]\n', "ignore[0]", 1, "did you mean WN301 missing-learning"),
        ("deepest-list = 0\n", "deepest-list", 1, "expected a whole number, 1 or more"),
        ("deepest-list = true\n", "deepest-list", 1, "expected a whole number"),
        ('[severities]\nWN102 = "loud"\n', "severities.WN102", 2, "unknown severity 'loud'"),
        ('severities = ["x"]\n', "severities", 1, "expected a table"),
        ('[per-file-ignores]\n"*.md" = "WN1"\n', "per-file-ignores.*.md", 2, "expected a list"),
        ("[structure]\nweek = 1\n", "structure.week", 2, "found 1; expected true or false"),
        ('[structure]\nsections = [\n{role = "learn"}]\n', "structure.sections[0].role", 3, "did you mean 'learning'?"),
        ('[structure]\nsectoins = ["*"]\n', "structure.sectoins", 2, "did you mean 'sections'?"),
        ("structure = 1\n", "structure", 1, "expected a table"),
        ("[structure]\nweeek = true\n", "structure.weeek", 2, "unknown key 'weeek'; did you mean 'week'?"),
        ('[structure]\nsections = ["lerning"]\n', "structure.sections[0]", 2, "did you mean 'learning'? For a heading"),
        ('[structure]\nsections = [{rol = "next"}]\n', "structure.sections[0].rol", 2, "did you mean 'role'?"),
        ('[severities]\nWN1 = "eror"\n', "severities.WN1", 2, "unknown severity 'eror'; did you mean 'error'?"),
        ('files = ["a.md", "[z-a].md"]\n', "files[1]", 1, "bad range z-a in the pattern '[z-a].md'; write a-z"),
        ('exclude = ["[9-0]/"]\n', "exclude[0]", 1, "bad range 9-0"),
        ('[per-file-ignores]\n"[z-a]" = []\n', "per-file-ignores.[z-a]", 2, "bad range z-a"),
        (f"x = {{y = {list(range(900))}}}\n", "x", 1, "unknown key 'x'"),
        (f'profile = "{"x" * 900}"\n', "profile", 1, "choose one of 'loose', 'standard', 'strict'"),
        ('[[structure.sections]]\nrole="next"\n[[structure.sections]]\nitems=1\n', "structure.sections[1]", 3, "role"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_key_and_line(text: str, key: str, line: int, words: str) -> None:
    """The message has the file, the line and what to do; the error has the key."""
    error = broken(text)
    assert error.path == "weeknote.toml"
    assert error.key == key
    assert error.place == (line, 1)
    assert words in error.message
    assert str(error).startswith(f"weeknote.toml:{line}:1: ")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (b"a = 1\nb = \n", (2, 5), "not valid TOML: Invalid value"),
        (b"a = 'x\n", (1, 1), "not valid TOML"),
        (b"a = [\n\n", (1, 1), "not valid TOML"),
        (b"a = 1\na = 2\n", (2, 6), "not valid TOML: Cannot overwrite a value"),
        (b"ok = 1\na = '\xff'\n", (2, 1), "not UTF-8"),
        (b"a = " + b"9" * 5000, (1, 1), "not valid TOML: Exceeds the limit"),
        (b"a = " + b"[" * 5000, (1, 1), "not valid TOML: it is nested too deeply"),
    ],
    ids=["no value", "open string", "open array", "twice", "not UTF-8", "digits", "deep"],
)
def test_invalid_toml_is_reported_with_its_line(text: bytes, place: tuple[int, int], words: str) -> None:
    """With the parser's reason and its position."""
    error = broken(text)
    assert error.place == place
    assert words in error.message


def test_keys_in_pyproject_are_relative_to_the_table() -> None:
    """Lines are those of the file."""
    error = broken("[project]\nname = 'x'\n[tool.weeknote]\nselekt = []\n", "pyproject.toml")
    assert (error.key, error.place) == ("selekt", (4, 1))


def test_the_table_must_be_a_table() -> None:
    """`tool.weeknote = 1` is a mistake, not an empty configuration."""
    error = broken("[tool]\nweeknote = 1\n", "pyproject.toml")
    assert error.place == (2, 1)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_a_configuration_that_never_ends_is_refused() -> None:
    """The path of a device is an error."""
    with pytest.raises(ConfigurationError, match="larger than 10 MB"):
        read_configuration("/dev/zero")


def test_a_missing_configuration_is_reported() -> None:
    """`--config` can name one."""
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml: no such file; check the name"):
        read_configuration("nowhere.toml")


# --- the lines of keys


@pytest.mark.parametrize(
    ("text", "way", "line"),
    [
        ("a = 1\nb = 2\n", ("b",), 2),
        ("[t]\n# [u]\nx = '''\n[u]\ny = 1\n'''\ny = 2\n", ("t", "y"), 7),
        ('x = """\ny = 1 \\""" """\ny = 2\n', ("y",), 3),
        ("a.b.c = 1\n", ("a", "b", "c"), 1),
        ('[a."b.c"]\n\n"d e" = 1\n', ("a", "b.c", "d e"), 3),
        ("x = [1, # ]\n 2,\n {y = 3, z = [4,\n 5]}]\n", ("x", 2, "z", 1), 4),
        ("[[t]]\nx = 1\n[[t]]\nx = 2\n[t.u]\ny = 3\n", ("t", 1, "u", "y"), 6),
        ("[[t]]\n[[t.u]]\n[[t.u]]\n[[t]]\n[[t.u]]\nx = 1\n", ("t", 1, "u", 0, "x"), 6),
        ("a = 1\n", ("nowhere", "at", "all"), 1),
        ("\n[a]\nb = 1\n", ("a", "nowhere"), 2),
        ("d = 2024-05-06T07:00:00Z\ne = inf\nf = 1_000\n", ("f",), 3),
    ],
)
def test_the_line_of_a_key_is_found(text: str, way: tuple[str | int, ...], line: int) -> None:
    """In every way that TOML spells tables; a missing key has the line of its table."""
    assert line_of(text, way) == line
