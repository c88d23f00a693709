"""MDX, by the file name: no line is indented code, and a tag may span lines."""

from __future__ import annotations

import pytest

from counting import TIMES, calls, grows_too_fast
from outlines import block_outline
from weeknote import Paragraph, Weeknote, append, dump, normalize, parse, replace
from weeknote.nodes import Context

TAGS = {
    "a tag inside another": ("<Row>\n\n    <Map place={here} />\n\n</Row>\n", 3),
    "attributes on lines of their own": ('<Map\n  place="quay"\n  zoom={3}\n/>\n', 1),
    "a blank line in an expression": ("<Map\n  marks={[\n\n    quay,\n  ]}\n/>\n", 1),
    "a blank line in a string": ('<Map title="one\n\ntwo" />\n', 1),
    "marks in an expression": ("<Map\n  onMove={(a) => a > 1 && '}'}\n\n/>\n", 1),
    "a comment with an apostrophe": ("<Map\n\n  {/* it's > here */}\n\n/>\n", 1),
    "a template with an expression in it": ("<Map\n  title={`a ${b ? '`' : `}`}\n\n`}\n/>\n", 1),
    "a fragment": ("<>\n\n</>\n", 2),
    "a tag between words of an element": ("<Note>\nDon't <Map\n\n/>\n</Note>\n", 1),
}


@pytest.mark.parametrize(("text", "blocks"), TAGS.values(), ids=TAGS)
def test_a_tag_is_html_to_its_end(text: str, blocks: int) -> None:
    """Every block is HTML, blank lines inside a tag included, and normalising leaves it as it is."""
    note = parse(text, name="map.mdx")
    assert [type(block).__name__ for block in note.intro] == ["Html"] * blocks
    assert dump(note) == text
    assert dump(normalize(note)) == text


def test_indented_lines_are_what_they_are_at_the_margin() -> None:
    """A paragraph, a list, fenced code and a heading keep their kinds at any indentation."""
    text = "    Rain.\n\n      - wet\n\n    # Snow\n\n        ~~~\n        cold\n        ~~~\n"
    assert block_outline(parse(text, dialect="markdown", name="a.mdx")) == (
        'Paragraph "Rain."\nList -\n  ListItem\n    Paragraph "wet"\nHeading 1 "Snow"\nCode "cold"\n'
    )


@pytest.mark.parametrize("name", [None, "a.md", "mdx"])
def test_other_files_are_markdown(name: str | None) -> None:
    """Without the suffix, indented lines are code and a tag ends at a blank line."""
    note = parse("    Rain.\n\n<div\n\nx\n", dialect="markdown", name=name)
    assert [type(block).__name__ for block in note.intro] == ["Code", "Html", "Paragraph"]


@pytest.mark.parametrize(
    "text",
    ["<3 you\n", "<Map /> words\n", "Words\n<Map\n\n/>\n", "<https://example.org>\n"],
    ids=["no name", "words after the tag", "inside a paragraph", "an autolink"],
)
def test_words_are_no_tag(text: str) -> None:
    """A line of words is a paragraph, and so is what continues it."""
    assert {type(block).__name__ for block in parse(text, name="a.mdx").intro} == {"Paragraph"}


def test_new_words_are_no_tag_of_mdx() -> None:
    """A note without any block that was read is still MDX, if its file's name says so: words like a tag are escaped."""
    note = parse("One\ntwo.\n", dialect="markdown", name="a.mdx")
    edited = replace(note, note.intro[0], Paragraph("<b"))
    assert dump(edited) == "\\<b\n"
    assert parse(dump(edited), dialect="markdown", name="a.mdx") == edited
    assert dump(Weeknote(intro="<b", context=Context(name="a.mdx"))) == "\\<b\n"


def test_a_block_moved_to_another_dialect_of_markdown_is_read_back_there() -> None:
    """What would mean something else in MDX is written anew, and the rest keeps its spelling."""
    note = parse("One.\n", dialect="markdown", name="a.mdx")
    for block, written in zip(
        parse("_Two_\n\n    code\n\n<b\n", dialect="markdown").intro,
        ("_Two_\n\n", "```\ncode\n```\n", "\\<b\n"),
        strict=True,
    ):
        edited = append(note, note, block)
        assert dump(edited) == "One.\n\n" + written
        assert parse(dump(edited), dialect="markdown", name="a.mdx") == edited


@pytest.mark.parametrize(
    "unit",
    ["<a\n", "<a>\n", "<a {\n", "{`${", "<a b='\n", "<a>{/*\n", "<a/>\n\n", "<a\n\n"],
)
def test_work_grows_with_the_text(unit: str) -> None:
    """Tags that are never closed are looked at once."""

    def reading(times: int) -> int:
        return calls(lambda: parse("<a>\n" + unit * times, name="a.mdx"))

    reading(1)
    few = reading(200)
    assert not grows_too_fast(few, reading(200 * TIMES))
