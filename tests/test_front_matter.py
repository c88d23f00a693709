"""Front matter: found exactly, read without guessing, and one value of it replaced."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weeknote._front_matter import DATE_KEYS, Kind, date_of, find, key_of, key_span, read, title_of

KINDS: tuple[Kind, ...] = ("yaml", "toml", "toml-fence", "pelican", "ini")

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
    "lines above an underline": ("ini", "title = Rain\ndate = 2024-05-06\n===\n|Wet.\n"),
}

NOT_FOUND = {
    "nothing": "",
    "prose": "It rained.\n",
    "a fence that is never closed": "---\ntitle: Rain\n",
    "a paragraph between thematic breaks": "---\nIt rained.\n---\n",
    "a heading between thematic breaks": "---\n# Rain\n---\n",
    "two thematic breaks": "---\n---\n",
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
        pytest.param("title: a\ntitle: b", {"title": "b"}, (3, 1), "second time", id="duplicate"),
        pytest.param("a: *nowhere\ntitle: b", {"title": "b"}, (2, 4), "undefined alias", id="alias"),
        pytest.param("title: Ra\0in", {"title": "Ra\0in"}, (2, 10), "U\\+0000", id="NUL"),
        pytest.param("title: Rain\nx: \ud800", {"title": "Rain", "x": "\ud800"}, (3, 4), "U\\+D800", id="surrogate"),
        pytest.param('title: Rain\nx: "\\UFFFFFFFF"', {"title": "Rain"}, (2, 1), "range|too large", id="escape"),
        pytest.param("title: Rain\n? [a]\n: b", {"title": "Rain"}, (3, 3), "list or a mapping", id="list as key"),
        pytest.param('title:"Rain"', {"title": "Rain"}, (2, 1), "key: value", id="no mapping"),
        pytest.param("a: &a [*a]\ntitle: Rain", {"title": "Rain"}, (2, 1), "too deep", id="in itself"),
        pytest.param("title: Rain\nx: " + "[" * 9999, {"title": "Rain"}, (2, 1), "too deep", id="deep"),
        pytest.param("x: " + "[" * 90 + "]" * 90 + "\ny: 1", {"y": 1}, (2, 1), "too deep", id="nested"),
        pytest.param("title: Rain\n" + "x: y\n" * 30_000, {"title": "Rain", "x": "y"}, (2, 1), "longer", id="long"),
        pytest.param("\ttitle: Rain\na: b", {"a": "b"}, (2, 1), "token", id="tab"),
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
        pytest.param('title = "Rain"\n' + "x." * 5000 + "y = 1", {"title": "Rain"}, 2, id="dots"),
        pytest.param('title = "Rain"\nx = "\0"', {"title": "Rain"}, 3, id="NUL"),
        pytest.param('title = "Rain"\nx = """', {"title": "Rain"}, 4, id="unclosed"),
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
    ("kind", "raw", "values"),
    [
        ("pelican", "Title: Rain: a week\r\nTags: a, b\r\n", {"Title": "Rain: a week", "Tags": "a, b"}),
        (
            "pelican",
            "Title: Rain\nSummary: wet\n    and cold\nSlug:\n",
            {"Title": "Rain", "Summary": "wet and cold", "Slug": ""},
        ),
        ("ini", "title = Rain = wet\nname = 'x'\n===\n", {"title": "Rain = wet", "name": "x"}),
    ],
)
def test_headers_without_fences(kind: Kind, raw: str, values: dict[str, object]) -> None:
    """A header's values are its words."""
    reading = read(raw, kind)
    assert reading.values == values
    assert reading.problem is None


def test_a_header_that_says_a_thing_twice() -> None:
    """A key that stands there twice is reported."""
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
    "pelican": ("pelican", "Title: x\nkey:  «a: b»  \n"),
    "ini": ("ini", "title = x\nkey = «a = b»\n===\n"),
}


@pytest.mark.parametrize(("kind", "marked"), SPANS.values(), ids=SPANS)
def test_where_a_value_stands(kind: Kind, marked: str) -> None:
    """The range of a value is its spelling and nothing else."""
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
def test_where_a_value_cannot_be_told(kind: Kind, raw: str) -> None:
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
        ({}, None, None),
    ],
)
def test_title_and_date(values: dict[str, object], title: object, published: object) -> None:
    """The title and the date of publication are found under their names if they have a value."""
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
        pytest.param("---\n" + "a: b\n" * 1_000_000, id="never closed"),
        pytest.param("---\n" + "a: b\n" * 1_000_000 + "---\n", id="yaml"),
        pytest.param("\n" * 5_000_000, id="blank lines"),
        pytest.param(" " * 5_000_000, id="spaces"),
        pytest.param("`" * 5_000_000, id="ticks"),
        pytest.param("title: x\n" + "a: b\n" * 1_000_000 + "\n", id="header"),
        pytest.param("title = x\n" + "a = b\n" * 1_000_000, id="no underline"),
        pytest.param("+++\n" + "a." * 2_500_000 + "a = 1\n+++\n", id="dotted key"),
    ],
)
def test_time_is_linear(text: str) -> None:
    """Five million characters take seconds at most."""
    start = time.perf_counter()
    found = find(text)
    if found is not None:
        read(text[: found.end], found.kind)
        key_span(text[: found.end], found.kind, "a")
    assert time.perf_counter() - start < 10


def test_yaml_is_imported_when_it_is_needed() -> None:
    """Finding front matter costs no import of a YAML or TOML reader."""
    code = "import sys; from weeknote._front_matter import find; find('---\\na: b\\n---\\n'); "
    code += "sys.exit(bool({'yaml', 'tomllib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
