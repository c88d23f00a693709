"""Front matter: found exactly, read without guessing, and one value of it replaced."""

from __future__ import annotations

import contextlib
import json
import pickle
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as time_of_day
from enum import IntEnum, StrEnum

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counting import calls
from weeknote.errors import CannotExpressError
from weeknote.front_matter.detection import Kind, find
from weeknote.front_matter.reader import DATE_KEYS, date_of, key_of, key_span, read, title_of
from weeknote.front_matter.writer import new_block, with_value
from weeknote.front_matter.yaml import MAX_NESTING, MAX_NODES

KINDS: tuple[Kind, ...] = ("yaml", "toml", "toml-fence", "json", "pelican", "ini")

# `|` marks where the block ends.
FOUND: dict[str, tuple[Kind, str]] = {
    "yaml": ("yaml", "---\ntitle: Rain\n---\n|\nIt rained.\n"),
    "yaml closed by dots": ("yaml", "---\ntitle: Rain\n...\n|It rained.\n"),
    "yaml with blanks after its fences": ("yaml", "---  \ntitle: Rain\n---\t\n|Wet.\n"),
    "yaml at the end of the text": ("yaml", "---\ntitle: Rain\n---|"),
    "yaml in lines of CR LF": ("yaml", "---\r\ntitle: Rain\r\n---\r\n|Wet.\r\n"),
    "yaml in lines of CR": ("yaml", "---\rtitle: Rain\r---\r|Wet.\r"),
    "yaml after blank lines": ("yaml", "\n \n---\ntitle: Rain\n---\n|Wet.\n"),
    "yaml with blank lines inside": ("yaml", "---\n\ntitle: Rain\n\ndate: 2024-05-06\n\n---\n|"),
    "yaml of a blank line": ("yaml", "---\n\n---\n|Wet.\n"),
    "yaml of comments": ("yaml", "---\n# draft: true\n---\n|"),
    "yaml with lists, comments and blocks": (
        "yaml",
        "---\ntags:\n- wet\n- cold\ntext: |\n  Words: of\n  prose\n# done\nlist: [\na\n]\n---\n|",
    ),
    "yaml with a scalar that goes on unindented": ("yaml", '---\na: b\nlead: "First\nsecond"\n---\n|'),
    "yaml that is broken": ("yaml", "---\ntitle: Week: 5\n\tdate: {{ .Date }}\n---\n|"),
    "yaml with a conflict in it": (
        "yaml",
        "---\ntitle: a\n<<<<<<< mine\nb: c\n=======\nb: d\n>>>>>>>\n---\n|",
    ),
    "yaml with keys of several words": ("yaml", "---\nWeek number: 5\ntitle: Rain\n---\n|"),
    "yaml without blanks after colons": ("yaml", '---\ntitle:"Rain"\n---\n|'),
    "toml": ("toml", '+++\ntitle = "Rain"\n+++\n|\nWet.\n'),
    "toml after a blank line": ("toml", '\n+++\ntitle = "Rain"\n+++\n|'),
    "toml that begins with a table": ("toml", "+++\n[extra]\na = 1\n+++\n|"),
    "toml with nothing in it": ("toml", "+++\n+++\n|"),
    "toml that is broken": ("toml", "+++\ntitle = Rain\nall = of(it)\n+++\n|"),
    "toml in a code fence": ("toml-fence", '```\ntitle = "Rain"\n```\n|\nWet.\n'),
    "toml in a named code fence": ("toml-fence", "```toml\n# x\ndate = 2024-05-06\n[a]\nb = 1\n```\n|"),
    "header": ("pelican", "Title: Rain\nSlug: rain\n|\nWet.\n"),
    "header of one line": ("pelican", "title: Rain\n|\nWet.\n"),
    "header with an empty value": (
        "pelican",
        "title: Rain\ndescription:\nlink: https://a.example/\n|\nWet.\n",
    ),
    "header that goes on": ("pelican", "Title: Rain\nSummary: wet\n    and cold\n|\nWet.\n"),
    "header at the end of the text": ("pelican", "Title: Rain\nSlug: rain|"),
    "yaml named behind its fence": ("yaml", "---yaml\ntitle: Rain\n---\n|Wet.\n"),
    "yaml named by its suffix, empty": ("yaml", "--- yml\n---\n|"),
    "yaml without a line, before a note": ("yaml", "---\n---\n|\nIt rained.\n"),
    "toml named behind its fence": ("toml", '---toml\ntitle = "Rain"\n---\n|Wet.\n'),
    "json named behind its fence": ("json", '---json\n{\n  "title": "Rain"\n}\n---\n|Wet.\n'),
    "json in lines of CR LF": ("json", '---json\r\n{"title": "Rain"}\r\n---\r\n|Wet.\r\n'),
    "json": ("json", '{\n  "title": "Rain",\n  "menu": {"at": "}"}\n}\n|\nIt rained.\n'),
    "json on one line": ("json", '{"title": "Rain \\"}\\""}\n|Wet.\n'),
    "json that is broken": ("json", '{\n  "title": Rain,\n}\n|Wet.\n'),
    "json with nothing in it, before a note": ("json", "{}\n|Wet.\n"),
    "lines above an underline": ("ini", "title = Rain\ndate = 2024-05-06\n===\n|Wet.\n"),
}

NOT_FOUND = {
    "nothing": "",
    "prose": "It rained.\n",
    "a fence that is never closed": "---\ntitle: Rain\n",
    "a paragraph between thematic breaks": "---\nIt rained.\n---\n",
    "a heading between thematic breaks": "---\n# Rain\n---\n",
    "two thematic breaks": "---\n---\n",
    "two thematic breaks and blank lines": "---\n---\n\n \n",
    "braces in prose": '{"so": it said} and left\n',
    "braces that are never closed": '{\n  "title": "Rain"\n\nWet.\n',
    "a template": "{{< note >}}\n",
    "braces around words": "{rain}\n",
    "nothing but braces": "{}\n",
    "a language behind three dashes": "---ruby\ntitle: Rain\n---\n",
    "a list between thematic breaks": "---\n- title: Rain\n---\n",
    "prose with a colon between thematic breaks": "---\nThis week in short: it rained.\n---\n",
    "paragraphs that begin with a key": "---\nNote: it rained.\n\nThen it stopped.\n\n---\n",
    "mostly prose": "---\nNote: it rained\nand rained\nand rained\n---\n",
    "a link between thematic breaks": "---\nhttps://a.example/\n---\n",
    "four dashes": "----\ntitle: Rain\n----\n",
    "an indented fence": " ---\ntitle: Rain\n ---\n",
    "a line separator is no line end": "---\u2028title: Rain\u2028---\u2028",
    "prose between pluses": "+++\nIt rained.\n+++\n",
    "a code block": "```\nx = 1\n```\n",
    "somebody's configuration": '```toml\n[tool]\ntitle = "x"\n```\n',
    "a heading with a colon": "Weeknote: hello\n\nIt rained.\n",
    "a heading of the house": "Weeknote w/c 6 May: rain\n\nIt rained.\n",
    "a note": "Note: this is\n\nIt rained.\n",
    "two lines of status": "Status: green\nMood: wet\n\nIt rained.\n",
    "a header with prose right below": "Title: Rain\nIt rained.\n\nStill.\n",
    "a line at the end of the text": "Title: Rain\n",
    "a setext heading with colons": "Title: Rain\nDate: today\n===\n\nIt rained.\n",
    "a setext heading": "title = x\n===\n",
    "a setext heading of unknown keys": "x = 1\ny = 2\n===\n",
}


@pytest.mark.parametrize(("kind", "marked"), FOUND.values(), ids=FOUND)
def test_front_matter_is_found(kind: Kind, marked: str) -> None:
    """A block is found with its kind, up to just past its last line."""
    block, _, rest = marked.rpartition("|")
    found = find(block + rest)
    assert found is not None
    assert found.kind == kind
    assert found.end == len(block)


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND)
def test_other_text_is_no_front_matter(text: str) -> None:
    """Text that could be a note is left to the note."""
    assert find(text) is None


def test_front_matter_begins_where_the_caller_says() -> None:
    """A byte order mark before the block is the caller's."""
    text = "\ufeff---\ntitle: Rain\n---\nWet.\n"
    assert find(text) is None
    found = find(text, 1)
    assert found is not None
    assert text[found.end :] == "Wet.\n"


def yaml(lines: str) -> dict[str, object]:
    """Return the values of YAML lines that have no problem."""
    reading = read(f"---\n{lines}\n---\n", "yaml")
    assert reading.problem is None
    return dict(reading.values)


OPENINGS = (
    *("title: Rain", "a b: c", "# words", "- item", "  sub: x", "", " ", "Words.", "a: {", "}", "'k': v", "x://y"),
    *("---", "--- ", "----", "---: x", "--", "...", "...: x"),
)
"""Lines of front matter, around it, and of texts that begin like it."""


@given(st.lists(st.sampled_from(OPENINGS), max_size=8))
def test_front_matter_that_is_plain_at_a_glance_is_found_as_line_by_line(lines: list[str]) -> None:
    """Texts without carriage returns have a quick way, those with them have not: both find the same."""
    text = "".join(f"{line}\n" for line in ["---", *lines])
    quick, slow = find(text), find(text.replace("\n", "\r\n"))
    assert (quick is None) == (slow is None)
    if quick is not None and slow is not None:
        assert quick.kind == slow.kind
        assert text[quick.end :] == text.replace("\n", "\r\n")[slow.end :].replace("\r", "")


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("Rain", "Rain"),
        ("'It''s wet'", "It's wet"),
        ('"caf\\u00e9"', "café"),
        ('"\\ud83c\\udf89"', "🎉"),
        ("“Rain”", "“Rain”"),
        ("Rain # a comment", "Rain"),
        ("", None),
        ("~", None),
        ("null", None),
        ("''", ""),
        ("true", True),
        ("yes", "yes"),
        ("No", "No"),
        ("12", 12),
        ("-12", -12),
        ("010", 10),
        ("08", 8),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("1.5", 1.5),
        ("1.2.3", "1.2.3"),
        (".", "."),
        ("9" * 5000, "9" * 5000),
        ("2024-05-06", date(2024, 5, 6)),
        ("'2024-05-06'", "2024-05-06"),
        ("2021-13-45", "2021-13-45"),
        ("0000-01-01", "0000-01-01"),
        ("20th May, 2024", "20th May, 2024"),
        ("2024-05-06T07:08:09Z", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("2024-05-06 07:08:09.25", datetime(2024, 5, 6, 7, 8, 9, 250_000)),
        ("2024-05-06 07:08 +0100", datetime(2024, 5, 6, 7, 8, tzinfo=timezone(timedelta(hours=1)))),
        ("2024-05-06 07:08:09 -05:30", datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(-timedelta(hours=5.5)))),
        ("2024-05-06 25:00", "2024-05-06 25:00"),
        ("2024-05-06 07:08:09 +99:00", "2024-05-06 07:08:09 +99:00"),
        ("[a, 1, [b]]", ["a", 1, ["b"]]),
        ("{a: 1, 2: b}", {"a": 1, "2": "b"}),
        ("\n- a\n- b", ["a", "b"]),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">-\n  one\n  two", "one two"),
        ("!!python/object/apply:os.system ['false']", ["false"]),
        ("!thing x", "x"),
        ("\tRain", "Rain"),
        ("Rain\t", "Rain"),
        ("Rain\t# a comment", "Rain"),
        ("wet\tand cold", "wet\tand cold"),
        ("wet \t and cold", "wet \t and cold"),
        ("wet\t\n  and cold", "wet and cold"),
        ("'Rain'\t", "Rain"),
        ("[a,\tb\t]", ["a", "b"]),
        ("{a:\tb}", {"a": "b"}),
        ("\t\n-\ta\n-\tb", ["a", "b"]),
    ],
)
def test_yaml_values(spelled: str, value: object) -> None:
    """YAML is read by the 1.2 core schema, and dates; what is not exactly a value stays as its words."""
    values = yaml(f"key: {spelled}")
    assert values == {"key": value}
    assert type(values["key"]) is type(value)


@pytest.mark.parametrize("spelled", ["2024.10", "12", "2024-05-06", "true", "No", "007"])
def test_a_title_is_words(spelled: str) -> None:
    """A title that looks like another kind of value keeps its spelling."""
    assert yaml(f"Title: {spelled}") == {"Title": spelled}


def test_keys_are_words_in_their_order() -> None:
    """Keys are strings whatever they look like, and keep their order."""
    assert list(yaml("b: [x]\n2024: y\ntrue: z\na: w")) == ["b", "2024", "true", "a"]


@pytest.mark.parametrize("lines", ["", "\n", "# only a comment"])
def test_empty_yaml(lines: str) -> None:
    """A block with nothing in it has no values and no problem."""
    assert yaml(lines) == {}


@pytest.mark.parametrize(
    ("lines", "values", "place", "reason"),
    [
        pytest.param("title: Week 5: rain", {"title": "Week 5: rain"}, (2, 14), "mapping values", id="colon"),
        pytest.param(
            "title: {{ .Name }}\ndate: 2024-05-06 # x",
            {"date": date(2024, 5, 6)},
            (2, 1),
            "list or a mapping",
            id="template",
        ),
        pytest.param("title: 'It's wet'\na: b", {"title": "It's wet", "a": "b"}, (2, 12), "expected", id="quote"),
        pytest.param('title: "Rain\na: "b" # c', {"a": "b"}, (3, 5), "expected", id="unclosed"),
        pytest.param("title: Rain\nx: [a\ny: |\n  z\nw:\n  - v", {"title": "Rain"}, (4, 2), "expected", id="flow"),
        pytest.param("title: a\ntitle: b", {"title": "b"}, (3, 1), "given twice", id="duplicate"),
        pytest.param("a: b\na: c\nd: e\nd: f", {"a": "c", "d": "f"}, (3, 1), "'a' is given", id="the first of two"),
        pytest.param("a: *nowhere\ntitle: b", {"title": "b"}, (2, 4), "undefined alias", id="alias"),
        pytest.param("title: Ra\0in", {"title": "Ra\0in"}, (2, 10), "U\\+0000", id="NUL"),
        pytest.param("title: Rain\nx: \ud800", {"title": "Rain", "x": "\ud800"}, (3, 4), "U\\+D800", id="surrogate"),
        pytest.param('title: Rain\nx: "\\UFFFFFFFF"', {"title": "Rain"}, (2, 1), "range|too large", id="escape"),
        pytest.param("title: Rain\n? [a]\n: b", {"title": "Rain"}, (3, 3), "list or a mapping", id="list as key"),
        pytest.param("? [a]\n: b\ntitle: Rain\nx: [c]", {"title": "Rain", "x": ["c"]}, (2, 3), "list", id="keys below"),
        pytest.param("a: [b]\na: c\nd: [e]", {"a": "c", "d": ["e"]}, (2, 1), "given twice", id="twice, keys below"),
        pytest.param("x: [\ntitle: 2024-05-06", {"title": "2024-05-06"}, (4, 1), "expected", id="a title is words"),
        pytest.param("x: [\ntags:\n- a\ntitle: Rain", {"title": "Rain"}, (4, 1), "expected", id="a list in rows"),
        pytest.param('title:"Rain"', {"title": "Rain"}, (2, 1), "key: value", id="no mapping"),
        pytest.param("a: &a [*a]\ntitle: Rain", {"title": "Rain"}, (2, 1), "too deep", id="in itself"),
        pytest.param("title: Rain\nx: " + "[" * 9999, {"title": "Rain"}, (3, 56), "too deep", id="deep"),
        pytest.param("x: " + "[" * 90 + "]" * 90 + "\ny: 1", {"y": 1}, (2, 56), "too deep", id="nested"),
        pytest.param("x:\n  " + "- " * 999 + "a\ny: 1", {"y": 1}, (2, 1), "too deep", id="deep rows"),
        pytest.param("title: Rain\n" + "x: y\n" * 30_000, {"title": "Rain", "x": "y"}, (2, 1), "longer", id="long"),
        pytest.param("\ttitle: Rain\na: b", {"a": "b"}, (2, 1), "token", id="tab"),
        pytest.param("title: A: b\n\nx: 1", {"title": "A: b", "x": 1}, (2, 9), "not allowed", id="blank line"),
    ],
)
def test_broken_yaml(lines: str, values: dict[str, object], place: tuple[int, int], reason: str) -> None:
    """What is broken is reported with its place, and the lines that are plain beyond doubt are read."""
    reading = read(f"---\n{lines}\n---\n", "yaml")
    assert reading.values == values
    assert reading.problem is not None
    assert reading.problem.place == place
    with pytest.raises(ValueError, match=reason):
        raise reading.problem


def test_an_alias_bomb_does_not_go_off() -> None:
    """Aliases of aliases are built to a limit; the rest of the block is read."""
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    reading = read(f"---\n{bomb}title: Rain\n---\n", "yaml")
    assert title_of(reading.values) == "Rain"
    assert reading.problem is not None
    assert len(repr(reading.values)) < 100_000


def test_keys_with_simple_values_are_not_counted() -> None:
    """Only what is in lists and mappings could be more than the text has room for."""
    lines = "".join(f"k{n}: {n}\n" for n in range(MAX_NODES // 2)) + "tags: [" + "x, " * (MAX_NODES - 1) + "]\n"
    reading = read(f"---\n{lines}---\n", "yaml")
    assert reading.problem is None
    assert len(reading.values) == MAX_NODES // 2 + 1


@pytest.mark.parametrize("lines", ["x: {}", "{{x: {}}}"], ids=["lines", "braces"])
@pytest.mark.parametrize(("opening", "closing"), ["[]", ("{a: ", "}")], ids=["lists", "mappings"])
def test_brackets_nest_up_to_the_limit(lines: str, opening: str, closing: str) -> None:
    """The last collection that may be there is read, whatever brackets the block itself has."""
    value = opening * MAX_NESTING + "[]" + closing * MAX_NESTING
    reading = read(f"---\n{lines.format(value)}\n---\n", "yaml")
    assert reading.problem is None
    assert str(reading.values["x"]) == value.replace("a", "'a'")


@pytest.mark.parametrize("unit", ["[", "{a: ", "[a, ", "{[a]: ", "&a [", "? ["])
def test_brackets_beyond_the_limit_take_no_time(unit: str) -> None:
    """Where brackets are nested too deep, reading ends, however many more there are."""

    def reading(times: int) -> int:
        return calls(lambda: read("---\nx: " + unit * times + "\n---\n", "yaml").problem)

    reading(1)
    few = reading(MAX_NESTING * 2)
    assert reading(MAX_NESTING * 200) < few * 1.2


@pytest.mark.parametrize("kind", ["toml", "toml-fence"])
def test_toml(kind: Kind) -> None:
    """TOML is read by the standard library, in both its fences and any line end."""
    fence = "+++" if kind == "toml" else "```"
    lines = [
        fence,
        'title = "Rain"',
        "date = 2024-05-06",
        "tags = [",
        '"wet"]',
        "[extra]",
        "a = 1",
        fence,
        "",
    ]
    values = {"title": "Rain", "date": date(2024, 5, 6), "tags": ["wet"], "extra": {"a": 1}}
    for newline in ("\n", "\r\n", "\r"):
        reading = read(newline.join(lines), kind)
        assert reading.problem is None
        assert reading.values == values


@pytest.mark.parametrize(
    ("lines", "values", "line"),
    [
        pytest.param('title = "Rain"\nx = of(it)\ny = [1] # z', {"title": "Rain", "y": [1]}, 3, id="code"),
        pytest.param('title = "Rain"\nx = 2021-13-45', {"title": "Rain"}, 3, id="date"),
        pytest.param('title = "Rain"\nx = ' + "9" * 5000, {"title": "Rain"}, 2, id="digits"),
        pytest.param('title = "Rain"\nx = ' + "[" * 5000, {"title": "Rain"}, 2, id="deep"),
        pytest.param('title = "Rain"\n' + "x." * 5000 + "y = 1", {"title": "Rain"}, 3, id="dots"),
        pytest.param('title = "Rain"\nx = "\0"', {"title": "Rain"}, 3, id="NUL"),
        pytest.param('title = "Rain"\nx = """', {"title": "Rain"}, 3, id="unclosed"),
        pytest.param('title = "Rain"\n' + "x = 1\n" * 30_000, {"title": "Rain", "x": 1}, 2, id="long"),
    ],
)
def test_broken_toml(lines: str, values: dict[str, object], line: int) -> None:
    """What is broken is reported with its line, and the lines that are TOML by themselves are read."""
    reading = read(f"+++\n{lines}\n+++\n", "toml")
    assert reading.values == values
    assert reading.problem is not None
    assert reading.problem.place is not None
    assert reading.problem.place[0] == line


@pytest.mark.parametrize(
    ("raw", "values", "column", "words"),
    [
        pytest.param('{"a": 1, b: 2}', {"a": 1}, 10, "a key in double quotes is expected", id="key without quotes"),
        pytest.param('{"a": 1,}', {"a": 1}, 9, "a key in double quotes is expected", id="comma at the end"),
        pytest.param('{"a": 1 "b": 2}', {"a": 1}, 9, "',' is expected", id="no comma"),
        pytest.param('{"a" 1}', {}, 6, "':' is expected", id="no colon"),
        pytest.param('{"a": NaN}', {}, 7, "JSON has no NaN", id="constant of JavaScript"),
        pytest.param('{"a": "\\ud800"}', {}, 7, "a lone surrogate", id="half a character"),
        pytest.param('{"a": 1, "a": 2}', {"a": 2}, 10, "the key 'a' is given twice", id="key given twice"),
        pytest.param('{"a": 1} x', {"a": 1}, 10, "there is more after the object", id="words after it"),
        pytest.param('{"a": ' + "9" * 5000 + "}", {}, 7, "Exceeds the limit", id="digits"),
        pytest.param('{"a": ' + "[" * 50_000 + "}", {}, 7, "nested too deep", id="deep"),
        pytest.param('{"a": "' + "x" * 100_000 + '"}', {}, 1, "longer than 100,000 characters", id="long"),
    ],
)
def test_broken_json(raw: str, values: dict[str, object], column: int, words: str) -> None:
    """What is broken is reported with its place, and the pairs before it are read."""
    reading = read(f"{raw}\n", "json")
    assert reading.values == values
    assert reading.problem is not None
    assert reading.problem.place == (1, column)
    assert words in reading.problem.message


@pytest.mark.parametrize(
    ("kind", "raw", "values"),
    [
        ("pelican", "Title: Rain: a week\r\nTags: a, b\r\n", {"Title": "Rain: a week", "Tags": "a, b"}),
        (
            "pelican",
            "Title: Rain\nSummary: wet\n    and cold\nSlug:\n",
            {"Title": "Rain", "Summary": "wet and cold", "Slug": ""},
        ),
        ("ini", "title = Rain = wet\nname = 'x'\n===\n", {"title": "Rain = wet", "name": "x"}),
        ("ini", "title = \"\nname = 'x\n===\n", {"title": '"', "name": "'x"}),
        ("pelican", "Title: 'Rain'\n", {"Title": "'Rain'"}),
        ("ini", "title = Rain\nsummary = wet\n  and cold\n===\n", {"title": "Rain", "summary": "wet and cold"}),
    ],
)
def test_headers_without_fences(kind: Kind, raw: str, values: dict[str, object]) -> None:
    """A header's values are its words."""
    reading = read(raw, kind)
    assert reading.values == values
    assert reading.problem is None


def test_a_header_that_says_a_thing_twice() -> None:
    """A duplicate key is reported."""
    reading = read("Title: a\nTitle: b\n", "pelican")
    assert reading.values == {"Title": "b"}
    assert reading.problem is not None
    assert reading.problem.place == (2, 8)


# `«` and `»` mark the value of `key`.
SPANS: dict[str, tuple[Kind, str]] = {
    "plain": ("yaml", "---\na: b\nkey: «Rain and “wind”»\nc: d\n---\n"),
    "comment": ("yaml", "---\nkey: «Rain»  # key: x\n---\n"),
    "quoted": ("yaml", "---\nkey:   «'It''s # wet'» # so\n---\n"),
    "double quoted": ("yaml", '---\nkey: «"a\\"b"»\n---\n'),
    "quoted key": ("yaml", "---\n'key': «x»\n---\n"),
    "CR LF": ("yaml", "---\r\n# “é”\r\nkey: «Rain»\r\nc: d\r\n---\r\n"),
    "after blank lines": ("yaml", "\n\n---\nkey: «Rain»\n---\n"),
    "block": ("yaml", "---\nkey: «|\n  one\n\n  two»\n\nc: d\n---\n"),
    "folded": ("yaml", "---\nkey: «one\n  two»\nc: d\n---\n"),
    "flow list": ("yaml", "---\nkey: «[a,\n  b]» # x\n---\n"),
    "list": ("yaml", "---\nkey:«\n- a\n- b»\n# about c\nc: d\n---\n"),
    "indented list": ("yaml", "---\nkey: «\n  - a\n  - b: c\n    d: [e]» # f\nc: d\n---\n"),
    "empty": ("yaml", "---\nkey:«»\nc: d\n---\n"),
    "empty with a blank": ("yaml", "---\nkey: «»\n---\n"),
    "empty with a comment": ("yaml", "---\nkey:«» # none\n---\n"),
    "in a flow mapping": ("yaml", "---\n{a: b, key: «c», d: e}\n---\n"),
    "a key of the same name inside": ("yaml", "---\na:\n  key: x\nkey: «y»\n---\n"),
    "in broken yaml": ("yaml", "---\ntitle: a: b\nkey: «Rain» # x\n---\n"),
    "the broken value": ("yaml", "---\nkey: «a: b»\n---\n"),
    "toml": ("toml", '+++\nkey = «"a # b"» # key = 1\n[t]\nkey = 2\n+++\n'),
    "toml list": ("toml", "+++\nkey = «['#', 1]»\n+++\n"),
    "toml quoted key": ("toml-fence", '```\n"key"=«1»\n```\n'),
    "in broken toml": ("toml", "+++\nx = y\nkey = «1» # z\n+++\n"),
    "json": ("json", '{"a": {"key": 1}, "key" : «["b", {}]» }'),
    "json between fences": ("json", '---json\n{\n  "key":\n    «"é \\" }"»\n}\n---\n'),
    "in broken json": ("json", '{"key": «1», "a": b}'),
    "pelican": ("pelican", "Title: x\nkey:  «a: b»  \n"),
    "ini": ("ini", "title = x\nkey = «a = b»\n===\n"),
}


@pytest.mark.parametrize(("kind", "marked"), SPANS.values(), ids=SPANS)
def test_position_of_a_value(kind: Kind, marked: str) -> None:
    """The range of a value covers exactly its spelling."""
    raw = marked.replace("«", "").replace("»", "")
    assert key_span(raw, kind, "key") == (marked.index("«"), marked.index("»") - 1)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        pytest.param("yaml", "---\na: b\n---\n", id="missing"),
        pytest.param("yaml", "---\nkey: a\nkey: b\n---\n", id="twice"),
        pytest.param("yaml", "---\nkey: &x a\nb: *x\n---\n", id="anchor"),
        pytest.param("yaml", "---\na: &x b\nkey: *x\n---\n", id="alias"),
        pytest.param("yaml", "---\nkey: # list\n- a\n---\n", id="comment between"),
        pytest.param("yaml", "---\nkey: {{ x }\na: b: c\n---\n", id="broken value"),
        pytest.param("yaml", "---\nnothing\n---\n", id="no mapping"),
        pytest.param("yaml", "", id="no block"),
        pytest.param("toml", '+++\nkey = """\na"""\n+++\n', id="several lines"),
        pytest.param("toml", '+++\na = """\nkey = 1\n"""\n+++\n', id="inside a text"),
        pytest.param("toml", '+++\na = """\nkey = 1\n"""\nkey = 1\n+++\n', id="inside a text and outside"),
        pytest.param("pelican", "Title: x\nkey: a\n  b\n", id="header that goes on"),
    ],
)
def test_a_value_without_a_position(kind: Kind, raw: str) -> None:
    """Where a change might be wrong there is no range."""
    assert key_span(raw, kind, "key") is None


@given(st.dictionaries(st.sampled_from(["a", "b", "key", "title"]), st.text(max_size=20), min_size=1), st.data())
def test_one_value_changes_and_the_rest_stays(values: dict[str, str], data: st.DataObject) -> None:
    """A value written over its range is read back, and so are all the others."""
    key = data.draw(st.sampled_from(sorted(values)))
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    lines = ["---", *(f"{k}: {json.dumps(v)} # {k}" for k, v in values.items()), "---", ""]
    raw = newline.join(lines)
    if read(raw, "yaml").problem is None:
        span = key_span(raw, "yaml", key)
        assert span is not None
        assert read(raw[: span[0]] + "new" + raw[span[1] :], "yaml").values == {**values, key: "new"}


@pytest.mark.parametrize(
    ("values", "title", "published"),
    [
        ({"title": "a", "date": "b"}, "a", "b"),
        ({"Title": "a", "Date": "b"}, "a", "b"),
        ({"headline": "a", "pubDate": "b"}, "a", "b"),
        ({"title": "", "headline": "a", "date": "", "created": "b"}, "a", "b"),
        ({"published": True, "week_ending": "x", "lastmod": "y"}, None, None),
        ({"published": "b", "date": "c"}, None, "c"),
        ({"publishedAt": "b"}, None, "b"),
        ({"date_published": "b"}, None, "b"),
        ({"date": {"created": "b", "updated": "c"}}, None, "b"),
        ({"date": {"updated": "c"}}, None, None),
        ({}, None, None),
    ],
)
def test_title_and_date(values: dict[str, object], title: object, published: object) -> None:
    """The title and the publication date are found under their names if they have a value."""
    assert title_of(values) == title
    assert date_of(values) == published


def test_the_key_is_given_as_it_is_spelled() -> None:
    """A caller that changes the date learns the date's own key."""
    assert key_of({"title": "x", "Date": "2024-05-06"}, DATE_KEYS) == "Date"


MARKS = [
    "---",
    "+++",
    "```",
    "===",
    "title:",
    "a:",
    "a",
    "=",
    "-",
    "[",
    "]",
    "{",
    "}",
    "&a",
    "*a",
    "!!int",
    "|",
    ">",
    "#",
    "'",
    '"',
    "\\",
    "?",
    "%YAML",
    ".",
    "1",
]
BREAKS = ["\n", "\n", "\r\n", "\r", " ", "\t", "\0", "\ud800", "\u2028", "\x85"]
PIECES = st.lists(st.sampled_from(MARKS) | st.sampled_from(BREAKS) | st.text(max_size=3), max_size=30).map("".join)


@given(
    PIECES,
    st.sampled_from([("", ""), ("---\na: b\n", "\n---\n"), ("+++\n", "\n+++\n"), ("Title: a\n", "\n\n")]),
)
def test_any_text_is_read(middle: str, ends: tuple[str, str]) -> None:
    """Whatever the text, nothing raises, and the ranges lie in the block."""
    text = middle.join(ends)
    found = find(text)
    assert found is None or 0 < found.end <= len(text)
    for kind in [found.kind] if found else KINDS:
        raw = text[: found.end] if found else text
        reading = read(raw, kind)
        assert pickle.loads(pickle.dumps(reading)).values.keys() == reading.values.keys()
        for key in reading.values:
            span = key_span(raw, kind, key)
            assert span is None or 0 <= span[0] <= span[1] <= len(raw)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n" + "a: b\n" * 250_000, id="never closed"),
        pytest.param("---\n" + "a: b\n" * 250_000 + "---\n", id="yaml"),
        pytest.param("\n" * 1_000_000, id="blank lines"),
        pytest.param(" " * 1_000_000, id="spaces"),
        pytest.param("`" * 1_000_000, id="ticks"),
        pytest.param("title: x\n" + "a: b\n" * 250_000 + "\n", id="header"),
        pytest.param("title = x\n" + "a = b\n" * 250_000, id="no underline"),
        pytest.param("+++\n" + "a." * 500_000 + "a = 1\n+++\n", id="dotted key"),
    ],
)
def test_long_front_matter_is_read_or_refused(text: str) -> None:
    """A million characters and more; quadratic work would take hours over them."""
    found = find(text)
    if found is not None:
        read(text[: found.end], found.kind)
        key_span(text[: found.end], found.kind, "a")


def test_yaml_is_imported_when_it_is_needed() -> None:
    """Finding front matter costs no import of a YAML or TOML reader."""
    code = "import sys; from weeknote.front_matter.detection import find; find('---\\na: b\\n---\\n'); "
    code += "sys.exit(bool({'yaml', 'tomllib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- one value set

# `key` is set to the value: the block before, and after.
SET: dict[str, tuple[Kind, object, str, str]] = {
    "plain": ("yaml", "Sun", "---\na: b\nkey: Rain  # so\nc: d\n---", "---\na: b\nkey: Sun  # so\nc: d\n---"),
    "single quotes stay": ("yaml", "It's", "---\nkey: 'x'  # y\n---", "---\nkey: 'It''s'  # y\n---"),
    "single quotes cannot stay": ("yaml", "a\nb", "---\nkey: 'x'\n---", '---\nkey: "a\\nb"\n---'),
    "double quotes stay": ("yaml", 'a "b"', '---\nkey: "x"\n---', '---\nkey: "a \\"b\\""\n---'),
    "quotes that would lie": ("yaml", 12, '---\nkey: "11"\n---', "---\nkey: 12\n---"),
    "a date": ("yaml", date(2024, 5, 6), "---\nkey: '2024-05-06'\n---", "---\nkey: 2024-05-06\n---"),
    "words that look like a date": ("yaml", "2024-05-06", "---\nkey: 2024-05-06\n---", '---\nkey: "2024-05-06"\n---'),
    "a list in brackets": ("yaml", ["a", "b, c"], "---\nkey: [x,\n  y] # z\n---", '---\nkey: [a, "b, c"] # z\n---'),
    "a list of lines": (
        "yaml",
        ["a", 1],
        "---\nkey:\n  - x\n  - y\n# c\nd: e\n---",
        "---\nkey: [a, 1]\n# c\nd: e\n---",
    ),
    "a list for words": ("yaml", [], "---\nkey: x\n---", "---\nkey: []\n---"),
    "words for a block": ("yaml", "a", "---\nkey: |\n  x # y\n  z\n\nb: c\n---", "---\nkey: a\n\nb: c\n---"),
    "nothing there": ("yaml", "a", "---\nkey:\nb: c\n---", "---\nkey: a\nb: c\n---"),
    "nothing there but a comment": ("yaml", "a", "---\nkey: # x\n---", "---\nkey: a # x\n---"),
    "nothing": ("yaml", None, "---\nkey: a\n---", "---\nkey: null\n---"),
    "in another case": ("yaml", "a", "---\nKEY: x\n---", "---\nKEY: a\n---"),
    "in both cases": ("yaml", "a", "---\nKey: x\nkey: y\n---", "---\nKey: x\nkey: a\n---"),
    "in lines of CR LF": ("yaml", "a", "---\r\nkey: x\r\n# é\r\n---", "---\r\nkey: a\r\n# é\r\n---"),
    "already": ("yaml", ["a"], "---\nkey:\n- a # x\n---", "---\nkey:\n- a # x\n---"),
    "a number for a truth": ("yaml", 1, "---\nkey: true\n---", "---\nkey: 1\n---"),
    "new": ("yaml", "a", "---\nb: c\n# d\n\n---\n", "---\nb: c\n# d\n\nkey: a\n---\n"),
    "new, indented": ("yaml", "a", "---\n# x\n  b: c\n---", "---\n# x\n  b: c\n  key: a\n---"),
    "new, in lines of CR LF": ("yaml", "a", "---\r\nb: c\r\n---", "---\r\nb: c\r\nkey: a\r\n---"),
    "new, closed by dots": ("yaml", 1.5, "---\nb: c\n...\n", "---\nb: c\nkey: 1.5\n...\n"),
    "new, after a block": ("yaml", True, "---\nb: |\n  c\n---", "---\nb: |\n  c\nkey: true\n---"),
    "new, in an empty block": ("yaml", 1, "---\n# b: c\n---", "---\n# b: c\nkey: 1\n---"),
    "toml": ("toml", "Sun", '+++\nkey = "Rain" # so\n+++', '+++\nkey = "Sun" # so\n+++'),
    "toml, single quotes stay": ("toml", 'a "b"', "+++\nkey = 'x'\n+++", "+++\nkey = 'a \"b\"'\n+++"),
    "toml, single quotes cannot stay": ("toml", "It's", "+++\nkey = 'x'\n+++", '+++\nkey = "It\'s"\n+++'),
    "toml, a list": ("toml", ["a", 1], "+++\nkey=[2]\n+++", '+++\nkey=["a", 1]\n+++'),
    "toml, a list of lines": ("toml", ["a"], '+++\nkey = [\n  "#]",\n] # b\n+++', '+++\nkey = ["a"] # b\n+++'),
    "toml, text of lines": ("toml", "a", "+++\nkey = '''\nb = 1'''\n+++", "+++\nkey = 'a'\n+++"),
    "toml, a date": ("toml", date(2024, 5, 6), "+++\nkey = 2024-05-05\n+++", "+++\nkey = 2024-05-06\n+++"),
    "toml, new": ("toml", "a", "+++\nb = 1\n\n+++", '+++\nb = 1\n\nkey = "a"\n+++'),
    "toml, new above tables": (
        "toml",
        1,
        "+++\nb = [\n[1],\n]\n\n# about t\n[t]\nkey = 2\n+++\n",
        "+++\nb = [\n[1],\n]\nkey = 1\n\n# about t\n[t]\nkey = 2\n+++\n",
    ),
    "toml, new above all": ("toml", 1, "+++\r\n# t\r\n[t]\r\n+++\r\n", "+++\r\nkey = 1\r\n# t\r\n[t]\r\n+++\r\n"),
    "toml in a code fence": ("toml-fence", 1.5, "```\ndate = 1\n```", "```\ndate = 1\nkey = 1.5\n```"),
    "toml behind a language": ("toml", "a", "---toml\nb = 1\n---", '---toml\nb = 1\nkey = "a"\n---'),
    "json": ("json", "Sun", '{"a": [1], "key" : "Rain" }', '{"a": [1], "key" : "Sun" }'),
    "json, a list of lines": ("json", ["a", 1], '{\n  "key": [\n    "b"\n  ]\n}', '{\n  "key": ["a", 1]\n}'),
    "json, a date": ("json", date(2024, 5, 6), '{"key": 1}', '{"key": "2024-05-06"}'),
    "json, nothing": ("json", None, '{"key": 1}', '{"key": null}'),
    "json, in another case": ("json", True, '{"Key": 1}', '{"Key": true}'),
    "json, new": ("json", "é\n", '{\n\t"b": 1\n}', '{\n\t"b": 1,\n\t"key": "é\\n"\n}'),
    "json, new on one line": ("json", 1.5, '{"b": {}}', '{"b": {}, "key": 1.5}'),
    "json, new in lines of CR LF": (
        "json",
        1,
        '---json\r\n{\r\n  "b": 2\r\n}\r\n---',
        '---json\r\n{\r\n  "b": 2,\r\n  "key": 1\r\n}\r\n---',
    ),
    "json, new in nothing": ("json", 1, "{}", '{"key": 1}'),
    "new, without a line": ("yaml", "a", "---\n---", "---\nkey: a\n---"),
    "new, behind a language": ("yaml", "a", "---yaml\n---", "---yaml\nkey: a\n---"),
    "new, in tabs": ("yaml", "a", "---\nb:\tc\n---", "---\nb:\tc\nkey: a\n---"),
    "between tabs": ("yaml", "a", "---\nkey:\tc\t# d\n---", "---\nkey:\ta\t# d\n---"),
    "header": ("pelican", "a: b", "Title: x\nKey:  y  \nTags: z", "Title: x\nKey:  a: b  \nTags: z"),
    "header, nothing there": ("pelican", "a", "Title: x\nKey:\nTags: z", "Title: x\nKey: a\nTags: z"),
    "header, a date": ("pelican", date(2024, 5, 6), "Title: x\nkey: y", "Title: x\nkey: 2024-05-06"),
    "header, a list": ("pelican", ["a", 1], "Title: x\nkey: y\n", "Title: x\nkey: a, 1\n"),
    "header, nothing": ("pelican", None, "Title: x\nkey: y\n", "Title: x\nkey: \n"),
    "header, new": ("pelican", 12, "Title: x\nText: y\n  z", "Title: x\nText: y\n  z\nkey: 12"),
    "header, new, in lines of CR LF": ("pelican", 1, "Title: x\r\n", "Title: x\r\nkey: 1\r\n"),
    "lines above an underline": ("ini", "a", "title = x\nkey = 'b'\n===", "title = x\nkey = 'a'\n==="),
    "lines above an underline, quotes": ("ini", "'a'", "title = x\nkey = b\n===", "title = x\nkey = \"'a'\"\n==="),
    "lines above an underline, new": ("ini", "a", "title = x\nb = c\n===", "title = x\nb = c\nkey = a\n==="),
}


@pytest.mark.parametrize(("kind", "value", "before", "after"), SET.values(), ids=SET)
def test_a_value_is_set(kind: Kind, value: object, before: str, after: str) -> None:
    """Only the value's own characters change, or one line is new."""
    assert with_value(before, kind, "key", value) == after


# How words are written in YAML, on a line and in a list.
QUOTED = (
    *("-", "?", ":", "=", "<<", "|", "%", "`", "-5", "- a", "? a"),
    *("yes", "Off", "y", "N", "NULL", "True", ".inf", "-.INF", ".nan"),
    *("0o7", "0x1F", "0b1", "1_000", "1:30", "01:30", "+1", ".5", "1e3", "1_1e3", "E0"),
)
"""Words that some reader of YAML takes for something else, or for a mistake."""

SPELLED = [
    ("Rain", "Rain", "Rain"),
    ("It’s wet", "It’s wet", "It’s wet"),
    ("no\xa0break", "no\xa0break", "no\xa0break"),
    ("a, b", "a, b", '"a, b"'),
    ("see [x]", "see [x]", '"see [x]"'),
    ("https://a.example/#b", "https://a.example/#b", "https://a.example/#b"),
    ("- -", '"- -"', '"- -"'),
    ("a: b", '"a: b"', '"a: b"'),
    ("a:", '"a:"', '"a:"'),
    ("a #b", '"a #b"', '"a #b"'),
    ("#a", '"#a"', '"#a"'),
    ("@a", '"@a"', '"@a"'),
    ("'a'", "\"'a'\"", "\"'a'\""),
    ('say "a"', 'say "a"', 'say "a"'),
    ('"a"\\', '"\\"a\\"\\\\"', '"\\"a\\"\\\\"'),
    ("", '""', '""'),
    (" a", '" a"', '" a"'),
    ("a\n", '"a\\n"', '"a\\n"'),
    ("a\tb", '"a\\tb"', '"a\\tb"'),
    ("\0\x85\u2028\ufeff", '"\\u0000\\u0085\\u2028\\uFEFF"', '"\\u0000\\u0085\\u2028\\uFEFF"'),
    ("🎉", "🎉", "🎉"),
    ("12", '"12"', '"12"'),
    ("1e3", '"1e3"', '"1e3"'),
    ("0o17", '"0o17"', '"0o17"'),
    ("12:30", '"12:30"', '"12:30"'),
    ("true", '"true"', '"true"'),
    ("No", '"No"', '"No"'),
    ("~", '"~"', '"~"'),
    ("2024-05-06", '"2024-05-06"', '"2024-05-06"'),
    ("2024.10.1", "2024.10.1", "2024.10.1"),
    *((words, f'"{words}"', f'"{words}"') for words in ("-", "?", ":", "=", "<<", "|", "%", "`", "-5", "- a", "? a")),
    *((words, f'"{words}"', f'"{words}"') for words in QUOTED),
    ("what?", "what?", '"what?"'),
    ("a{b}", "a{b}", '"a{b}"'),
    ("y/n", "y/n", "y/n"),
    ("£5 — off", "£5 — off", "£5 — off"),
]


@pytest.mark.parametrize(("words", "on_a_line", "in_a_list"), SPELLED)
def test_words_are_plain_where_they_can_be(words: str, on_a_line: str, in_a_list: str) -> None:
    """Words are in quotes where some reader of YAML takes them for something else."""
    assert new_block({"a": words, "b": [words]}) == f"---\na: {on_a_line}\nb: [{in_a_list}]\n---"
    assert with_value("---\na: Rain\n---", "yaml", "a", words) == f"---\na: {on_a_line}\n---"


class Count(IntEnum):
    """A number that is written as another thing than it is."""

    ONE = 1


class Word(StrEnum):
    """Words that are of another type than they seem."""

    RAIN = "rain"


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (None, "null"),
        (True, "true"),
        (-12, "-12"),
        (Count.ONE, "1"),
        (Word.RAIN, "rain"),
        (1.0, "1.0"),
        (1e300, "1.0e+300"),
        (date(2024, 5, 6), "2024-05-06"),
        (datetime(2024, 5, 6, 7, 8, 9, 250), "2024-05-06T07:08:09.000250"),
        (datetime(2024, 5, 6, 7, 8, tzinfo=UTC), "2024-05-06T07:08:00+00:00"),
        (datetime(2024, 5, 6, 7, 8, tzinfo=timezone(-timedelta(hours=5.5))), "2024-05-06T07:08:00-05:30"),
        ([1, None, "x", date(2024, 5, 6)], "[1, null, x, 2024-05-06]"),
    ],
)
def test_other_values_are_spelled_as_yaml_has_them(value: object, spelled: str) -> None:
    """A value of each type is read back as this value."""
    assert new_block({"key": value}) == f"---\nkey: {spelled}\n---"


@pytest.mark.parametrize(
    ("key", "spelled"),
    [("a", "a"), ("Ort", "Ort"), ("été", "été"), ("on", '"on"'), ("2024", '"2024"'), ("a b", '"a b"'), ("", '""')],
)
def test_new_keys_are_words(key: str, spelled: str) -> None:
    """A key that is more than a word, or that some parser would read as something else, is quoted."""
    assert with_value("---\ntitle: x\n---", "yaml", key, 1) == f"---\ntitle: x\n{spelled}: 1\n---"
    assert new_block({key: 1}) == f"---\n{spelled}: 1\n---"


def test_an_empty_block_is_found() -> None:
    """A block without values is not taken for two thematic breaks."""
    assert find(new_block({})) is not None


REFUSED: dict[str, tuple[Kind, str, str, object, str]] = {
    "broken": ("yaml", "---\ntitle: a: b\nkey: x\n---", "key", "y", "mapping values.*by hand"),
    "broken toml": ("toml", "+++\na = b\n+++", "key", "y", "by hand"),
    "twice": ("yaml", "---\nkey: a\nkey: b\n---", "key", "c", "given twice"),
    "twice in a header": ("pelican", "Title: x\nkey: a\nkey: b\n", "key", "c", "given twice"),
    "either of two": ("yaml", "---\nKey: a\nKEY: b\n---", "key", "c", "'Key', 'KEY'"),
    "an alias": ("yaml", "---\na: &x b\nkey: *x\n---", "key", "c", "alias"),
    "an anchor": ("yaml", "---\nkey: &x b\na: *x\n---", "key", "c", "anchor"),
    "an anchor inside": ("yaml", "---\nkey: [&x b]\na: *x\n---", "key", "c", "another value would change"),
    "comments inside": ("yaml", "---\nkey:\n- a # '\n- b # '\n---", "key", "c", "comments"),
    "a comment on a block": ("yaml", "---\nkey: | # x\n  a\n---", "key", "c", "comments"),
    "a comment before": ("yaml", "---\nkey: # x\n- a\n---", "key", "c", "comment"),
    "in braces": ("yaml", "---\n{key: x}\n---", "key", "c", "by hand"),
    "new in braces": ("yaml", "---\n{a: b}\n---", "key", "c", "by hand"),
    "not the block it is said to be": ("yaml", "key: x", "key", "y", "by hand"),
    "a title that is a number": ("yaml", "---\ntitle: x\n---", "title", 12, "pass '12'"),
    "no number": ("yaml", "---\nkey: x\n---", "key", float("nan"), "read back"),
    "infinite": ("yaml", "---\nkey: x\n---", "key", float("inf"), "read back"),
    "too many digits": ("yaml", "---\nkey: x\n---", "key", 10**5000, "digits"),
    "half a character": ("yaml", "---\nkey: x\n---", "key", "\ud83c", "surrogate"),
    "half a character in a list": ("toml", "+++\nkey = 1\n+++", "key", ["\ud83c"], "surrogate"),
    "half a character in the key": ("yaml", "---\nkey: x\n---", "\ud83c", "x", "surrogate"),
    "too long": ("yaml", "---\nkey: x\n---", "key", "x" * 100_000, "by hand"),
    "seconds in a zone": (
        "yaml",
        "---\nkey: x\n---",
        "key",
        datetime(2024, 5, 6, tzinfo=timezone(timedelta(seconds=1))),
        "read back",
    ),
    "nothing in toml": ("toml", "+++\nkey = 1\n+++", "key", None, "no null"),
    "a table": ("toml", "+++\n[key]\na = 1\n+++", "key", "c", "by hand"),
    "a dotted key": ("toml", "+++\nkey.a = 1\n+++", "key", "c", "by hand"),
    "comments in toml": ("toml", "+++\nkey = [\n1, # x\n2]\n+++", "key", "c", "comments"),
    "several lines in a header": ("pelican", "Title: x\nkey: a\n  b\n", "key", "c", "several lines"),
    "a line end in a header": ("pelican", "Title: x\nkey: a\n", "key", "a\nb: c", "read back"),
    "blanks around in a header": ("pelican", "Title: x\nkey: a\n", "key", " a", "read back"),
    "a comma in a header's list": ("pelican", "Title: x\nkey: a\n", "key", ["a, b"], "commas"),
    "a key of two words in a header": ("pelican", "Title: x\nkey: a\n", "a key", "b", "read back"),
}


@pytest.mark.parametrize(("kind", "raw", "key", "value", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_might_do_harm_is_refused(kind: Kind, raw: str, key: str, value: object, reason: str) -> None:
    """A change that cannot be made safely raises and says why and what to do."""
    with pytest.raises(CannotExpressError, match=reason) as caught:
        with_value(raw, kind, key, value)
    assert caught.value.expected is not None


@pytest.mark.parametrize("value", [{"a": 1}, ("a",), b"a", {"a"}, time_of_day(7, 8), 1j, [["a"]], [{}], object()])
@pytest.mark.parametrize("kind", KINDS)
def test_other_types_are_refused(kind: Kind, value: object) -> None:
    """A value of another type raises, with what was found and what would do."""
    with pytest.raises(CannotExpressError, match="of type") as caught:
        with_value("", kind, "key", value)
    assert caught.value.found == (value[0] if isinstance(value, list) else value)
    assert "date" in str(caught.value.expected)
    with pytest.raises(CannotExpressError, match="of type"):
        new_block({"key": value})


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"a": 1, "title": 12}, "'title'.*pass '12'"),
        ({"a": 1, "b": float("nan")}, "'b'.*read back"),
        ({"a": "x" * 60_000, "b": "x" * 60_000}, "too long"),
    ],
)
def test_a_new_block_that_would_not_be_read_back_is_refused(values: dict[str, object], reason: str) -> None:
    """The error names the value that has no spelling."""
    with pytest.raises(CannotExpressError, match=reason):
        new_block(values)


WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.dates() | st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-3))))
SINGLE = WORDS | st.sampled_from([words for words, _, _ in SPELLED]) | NUMBERS | st.booleans() | MOMENTS
NAMES = st.sampled_from(["title", "date", "tags", "Draft", "week_no", "on", "x"])

# Lines of a block that hold their values in every way there is; `{}` is the key.
YAML_LINES = [
    "{}: Rain and “wind”",
    "{}:   'It''s # wet'  # so",
    '{}: "a\\"b"',
    "{}: 2024-05-06 # a day",
    "{}: [a, 'b, c',\n  1]",
    "{}:\n- a\n- b: c\n# no part of it",
    "{}:\n    - a\n\n    - - b",
    "{}: |\n  one\n\n  two",
    "{}: one\n  two",
    "{}:",
    "{}: # nothing",
    "'{}': x\n",
    "{}: {{a: 1, b: [2]}}",
]
TOML_LINES = [
    '{} = "Rain" # so',
    "{}='it # is'",
    "{} = [1,\n  [2],\n]",
    "{} = [\n[3]]",
    '{} = """\n[x]\n"""',
    "{} = 2024-05-06 # day",
    "\n# {}\n{} = {{a = 1}}",
]
HEADER_LINES = ["{}: Rain: it’s wet", "{}:  x  ", "{}:", "{}: wet\n    and cold"]
LINES: dict[Kind, tuple[str, list[str], list[str]]] = {
    "yaml": ("---", YAML_LINES, ["", "# end\n"]),
    "toml": ("+++", TOML_LINES, ["", "# end\n", "\n# a table\n[table]\ntitle = 1\n"]),
    "pelican": ("", HEADER_LINES, [""]),
}


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, Kind]:
    """Draw a block that can be read."""
    kind = draw(st.sampled_from(list(LINES)))
    fence, lines, ends = LINES[kind]
    keys = draw(st.lists(NAMES, unique_by=str.casefold, max_size=5))
    body = "".join(draw(st.sampled_from(lines)).format(*[key] * 2) + "\n" for key in keys)
    end = draw(st.sampled_from(ends))
    raw = f"{fence}\n{body}{end}{fence}" if fence else f"Slug: rain\n{body}"
    return raw.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"]))), kind


@given(blocks(), NAMES | WORDS, SINGLE | st.lists(SINGLE, max_size=4) | st.none())
@example(("---\r\ntags:\r\n- a\r\n---", "yaml"), "Tags", ["x", "y"])
def test_a_set_value_is_read_back_and_nothing_else_changes(block: tuple[str, Kind], key: str, value: object) -> None:
    """Every other value, and every line but those of the value, is as it was; or the change is refused."""
    raw, kind = block
    before = read(raw, kind)
    assert before.problem is None
    try:
        result = with_value(raw, kind, key, value)
    except CannotExpressError:
        return
    after = read(result, kind)
    assert after.problem is None
    alike = [k for k in before.values if k.casefold() == key.casefold()]
    own = key if key in alike else [*alike, key][0]
    said = after.values[own]
    if kind != "pelican":
        assert said == value
        assert isinstance(said, bool) == isinstance(value, bool)
    elif not isinstance(value, list):
        assert said == ("" if value is None else str(value))
    assert [(k, v) for k, v in after.values.items() if k != own] == [
        (k, v) for k, v in before.values.items() if k != own
    ]
    old, new = (re.split(r"(?<=\n)", text) for text in (raw, result))
    if own in before.values:
        span = key_span(raw, kind, own) or (0, len(raw))
        assert raw[: span[0]] == result[: span[0]]
        assert result.endswith(raw[span[1] :])
    elif kind == "pelican" and not raw.endswith("\n"):
        assert result.startswith(raw)
    else:
        place = next(n for n, line in enumerate(new) if n == len(old) or line != old[n])
        assert [*new[:place], *new[place + 1 :]] == old
    assert with_value(result, kind, own, value) == result


@given(st.dictionaries(NAMES | WORDS, SINGLE | st.lists(SINGLE, max_size=4) | st.none(), max_size=6))
def test_a_new_block_says_what_it_was_given(values: dict[str, object]) -> None:
    """Whatever the values, the block is found whole and read back, or refused for a reason."""
    try:
        raw = new_block(values)
    except CannotExpressError:
        odd = [k for k in values if not k.isprintable() or '"' in k or "\\" in k]
        titles = [v for k, v in values.items() if k == "title" and not isinstance(v, str | list)]
        assert odd or titles
        return
    found = find(raw + "\n\nIt rained.\n")
    assert found is not None
    assert found.end == len(raw) + 1
    reading = read(raw, "yaml")
    assert reading.problem is None
    assert list(reading.values.items()) == list(values.items())


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        pytest.param("yaml", "---\n" + "a: b\n" * 3 + "key: x\n" * 15_000 + "---", id="keys"),
        pytest.param("yaml", "---\nkey: [" + "a, " * 30_000 + "]\n---", id="list"),
        pytest.param("toml", "+++\nkey = [\n" + "[1],\n" * 15_000 + "]\n+++", id="toml list"),
        pytest.param("toml", "+++\na = [\n" + "[1],\n" * 15_000 + "]\n[t]\n+++", id="toml list above a table"),
        pytest.param("toml", "+++\n" + "[t]\n" * 20_000 + "+++", id="toml tables"),
    ],
)
def test_a_value_is_set_in_the_longest_blocks(kind: Kind, raw: str) -> None:
    """They are changed, or refused; quadratic work would take many minutes over them."""
    with contextlib.suppress(CannotExpressError):
        with_value(raw, kind, "key", "new")
