"""Keys removed from front matter, and front matter that is never closed."""

from __future__ import annotations

import pytest

import weeknote
from weeknote import (
    CannotExpressError,
    NotFoundError,
    dump,
    parse,
    remove_front_matter,
    rename_section,
    set_front_matter,
)
from weeknote.front_matter.detection import Kind, find_unclosed
from weeknote.front_matter.writer import without_key

# `key` is removed: the block before, and after.
REMOVED: dict[str, tuple[Kind, str, str]] = {
    "a line": ("yaml", "---\na: b\nkey: c # d\n# e\nf: g\n---", "---\na: b\n# e\nf: g\n---"),
    "in another case": ("yaml", "---\na: b\nKEY: c\n---\n", "---\na: b\n---\n"),
    "a list of lines": ("yaml", "---\nkey:\n- b\n- c: d\n  e: f # g\nh: i\n---", "---\nh: i\n---"),
    "a mapping of lines": ("yaml", "---\na: b\nkey:\n  c:\n    - d\n\ne: f\n---", "---\na: b\n\ne: f\n---"),
    "a block of words": ("yaml", "---\nkey: |\n  b\n\n  c\na: d\n---", "---\na: d\n---"),
    "nothing": ("yaml", "---\nkey:\na: b\n---", "---\na: b\n---"),
    "in lines of CR LF": ("yaml", "---\r\na: b\r\nkey: c\r\n---", "---\r\na: b\r\n---"),
    "the only key": ("yaml", "---\nkey: b\n---", "---\n\n---"),
    "the only key above a comment": ("yaml", "---\nkey: b\n# c: d\n---", "---\n\n# c: d\n---"),
    "an alias": ("yaml", "---\na: &x [b]\nkey: *x\n---", "---\na: &x [b]\n---"),
    "toml": ("toml", "+++\na = 1\nkey = 2 # b\n[c]\nkey = 3\n+++", "+++\na = 1\n[c]\nkey = 3\n+++"),
    "toml of lines": ("toml", '+++\nkey = [\n  "#]",\n]\na = 1\n+++', "+++\na = 1\n+++"),
    "toml in a code fence": ("toml-fence", "```\ndate = 1\nkey = 2\n```", "```\ndate = 1\n```"),
    "json, the first": ("json", '{"key": [1], "a": 2}', '{"a": 2}'),
    "json, the last": ("json", '{\n  "a": 2,\n  "key": {}\n}', '{\n  "a": 2\n}'),
    "json, between": ("json", '{\n  "a": 2,\n  "key": 1,\n  "b": 3\n}', '{\n  "a": 2,\n  "b": 3\n}'),
    "json, the only one": ("json", '---json\n{"key": 1}\n---', "---json\n{}\n---"),
    "header": ("pelican", "Title: x\nKey: y\n  z\nTags: w", "Title: x\nTags: w"),
    "header, the last": ("pelican", "Title: x\nKey: y", "Title: x"),
    "lines above an underline": ("ini", "title = x\nkey = y\ndate = z\n===", "title = x\ndate = z\n==="),
}


@pytest.mark.parametrize(("kind", "before", "after"), REMOVED.values(), ids=REMOVED)
def test_a_key_is_removed(kind: Kind, before: str, after: str) -> None:
    """The lines of the key go, and every other character stays."""
    assert without_key(before, kind, "key") == after


KEPT: dict[str, tuple[Kind, str]] = {
    "an anchor that another value needs": ("yaml", "---\nkey: &x [b]\na: *x\n---"),
    "a flow mapping": ("yaml", "---\ntitle: x\n---".replace("title: x", "{a: b, key: c}")),
    "a table": ("toml", "+++\na = 1\n[key]\nb = 2\n+++"),
    "a dotted key": ("toml", "+++\na = 1\nkey.b = 2\n+++"),
    "a block that is broken": ("yaml", "---\nkey: a\nb: c: d\n---"),
}


@pytest.mark.parametrize(("kind", "raw"), KEPT.values(), ids=KEPT)
def test_what_cannot_go_alone_is_refused(kind: Kind, raw: str) -> None:
    """A removal that might change another value raises, and says what to do."""
    with pytest.raises(CannotExpressError, match="by hand"):
        without_key(raw, kind, "key")


def test_a_key_that_is_missing_is_named_with_those_that_are_there() -> None:
    """The error holds what was asked for and what there is."""
    note = parse("---\ntitle: Rain\ntags: [wet]\n---\n\nHello.\n")
    with pytest.raises(NotFoundError, match="'title', 'tags'") as caught:
        remove_front_matter(note, "date")
    assert (caught.value.found, caught.value.expected) == ("date", ("title", "tags"))
    with pytest.raises(NotFoundError, match="no front matter"):
        remove_front_matter(parse("Hello.\n"), "date")


def test_the_rest_of_the_note_stays() -> None:
    """Removing a key changes no character below the block."""
    note = parse("---\ntitle: Rain\ndraft: true\n---\n\n\n* wet\n")
    assert dump(remove_front_matter(note, "draft")) == "---\ntitle: Rain\n---\n\n\n* wet\n"


@pytest.mark.parametrize("key", ["Title", "title"])
def test_a_header_goes_with_its_only_key(key: str) -> None:
    """A header has no fences that could be left."""
    note = parse("Title: Rain\n\n\n* wet\n", dialect="markdown")
    edited = remove_front_matter(note, key)
    assert dump(edited) == "* wet\n"
    assert parse(dump(edited), dialect="markdown") == edited


@pytest.mark.parametrize(
    ("text", "key", "value", "result"),
    [
        ("---\n---\n\n# Rain\n\nWet.\n", "title", "Sun", "---\ntitle: Sun\n---\n\n# Rain\n\nWet.\n"),
        ('{"title": "Sun"}\n\n# Rain\n\nWet.\n', "title", "Rain", '{"title": "Rain"}\n\n# Rain\n\nWet.\n'),
        ("# Rain\n\nWet.\n\n## So\n", "title", "Sun", "---\ntitle: Sun\n---\n\n# Rain\n\nWet.\n\n## So\n"),
    ],
    ids=["it no longer does", "it does again", "it no longer does, above a section"],
)
def test_a_title_decides_whether_a_heading_names_the_note(text: str, key: str, value: str, result: str) -> None:
    """An edited note has the parts that its text has."""
    edited = set_front_matter(parse(text, dialect="markdown"), key, value)
    assert dump(edited) == result
    assert parse(result, dialect="markdown") == edited


def test_a_title_that_is_removed_leaves_the_heading() -> None:
    """Without another title, the first heading names the note."""
    note = parse("---\ntitle: Sun\ndraft: true\n---\n\n# Rain\n\nWet.\n")
    edited = remove_front_matter(note, "title")
    assert (note.heading, edited.heading) == (None, note.sections[0].heading)
    assert parse(dump(edited)) == edited


# `|` marks where the lines end that look like part of the block.
UNCLOSED = {
    "yaml": "---\ntitle: Rain\n|\n# Weeknote 12\n",
    "two keys that prose may begin with": "---\nNote: it\nMood: wet\n|\nRain.\n",
    "a thematic break far below": "---\ntitle: Rain\n|\nRain.\n\n---\n\nSnow.\n",
    "too many dashes": "---\ntitle: Rain\n|----\nRain.\n",
    "a list of lines": "---\ntags:\n  - wet\n- cold\n# so\n|Rain.\n",
    "at the end of the text": "---\ndate: 2024-05-06|",
    "toml": '+++\ntitle = "Rain"\n|\nRain.\n',
    "json": '---json\n{\n  "title": "Rain"\n}\n|\nRain.\n',
}


def test_a_renamed_heading_names_the_note_once_no_title_does() -> None:
    """The heading was built by the edit and has no place in the source; the line below it was read."""
    note = parse("---\ntitle: Other\n---\n\n# Week 12\n\nTeam maps\n")
    renamed = rename_section(note, "Week 12", "Week 13")
    edited = remove_front_matter(renamed, "title")
    assert edited.headline == "Week 13"
    assert dump(edited) == "---\n\n---\n\n# Week 13\n\nTeam maps\n"


@pytest.mark.parametrize("marked", UNCLOSED.values(), ids=UNCLOSED)
def test_front_matter_that_is_never_closed_is_known(marked: str) -> None:
    """It is read as text, a rule says so, and no key is set or removed above it or in it."""
    end, text = marked.index("|"), marked.replace("|", "")
    found = find_unclosed(text)
    assert found is not None
    assert (found.start, found.end) == (0, end)
    note = parse("\ufeff" + text, dialect="markdown")
    assert note.front_matter is None
    assert [d.code for d in weeknote.check(note) if d.code == "WN005"] == ["WN005"]
    with pytest.raises(CannotExpressError, match="line 1 is never closed") as caught:
        set_front_matter(note, "a", 1)
    assert caught.value.place == (1, 1)
    with pytest.raises(CannotExpressError, match="line 1 is never closed"):
        remove_front_matter(note, "title")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Rain\n---\n",
        "---\n\nRain.\n",
        "---\nNote: it rained.\n\nThen not.\n",
        "---\n- a: b\n",
        "```toml\ntitle = 1\ndate = 2\n",
        "Rain.\n",
        "",
    ],
    ids=["closed", "a thematic break", "prose", "a list", "code", "words", "nothing"],
)
def test_other_texts_have_none(text: str) -> None:
    """A thematic break above prose opens no front matter."""
    assert find_unclosed(text) is None
