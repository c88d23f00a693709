"""The plain-text dialect: unmarked lines are recognised by their shape, their role and their surroundings.

The cases are in `fixtures/text`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlines import FIXTURES, Case, cases, note_outline, rest
from weeknote import Link, dump, find_all, parse, walk
from weeknote.nodes.block import Heading, List, ListItem, Paragraph

FILES = sorted((FIXTURES / "text").glob("*.txt"))
CASES = cases(FILES)


def drawn(text: str) -> str:
    """Return the outline of a text."""
    return note_outline(parse(text, dialect="text"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_text_has_the_parts_of_its_outline(case: Case) -> None:
    """The outline of the parsed text is the one in the fixture, and the text comes back."""
    assert drawn(case.text) == case.outline
    assert dump(parse(case.text, dialect="text")) == case.text


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_line_ends_and_the_final_newline_change_no_outline(case: Case) -> None:
    """With CR LF, with CR, without its last line end and after blank lines the text has the same outline."""
    for text in (case.text.replace("\n", "\r\n"), case.text.replace("\n", "\r"), "\n \n" + case.text):
        assert drawn(text) == case.outline
        assert dump(parse(text, dialect="text")) == text
    assert drawn(case.text.removesuffix("\n")) == case.outline


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_fixture_file_is_nothing_but_cases(path: Path) -> None:
    """What is no case, or a case that is not closed, would be passed over in silence."""
    assert rest(path) == ""


def test_no_two_cases_have_one_name() -> None:
    """A name says which case failed."""
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_kind_of_node_and_part_of_a_note_is_in_a_case() -> None:
    """Plain text has headings, paragraphs, lists, items, links, an intro, sections and a trailer."""
    notes = [parse(case.text, dialect="text") for case in CASES]
    for kind in (Heading, Paragraph, List, ListItem, Link):
        assert any(True for note in notes for _ in find_all(note, kind))
    for part in ("heading", "intro", "sections", "trailer"):
        assert any(getattr(note, part) for note in notes)


LINE_BETWEEN = "The word before.\n\n{}\n\nWords that follow it and end as they should.\n"

HEADINGS = [
    "A map of every pothole",
    "Wellbeing",
    "Who answers the phone?",
    "The map launches!",
    "Great news!",
    "Housing and planning: what we heard",
    "“Can you hear me” and other questions",
    "Data, data, data",
    "5 things about forms",
    "A title with a last\N{NO-BREAK SPACE}word",
    "Something I’m learning",
    "Other highlights from last week were:",
    "Other highlights from last week were:.",
    "I also…",
    "Next week",
]

NOT_HEADINGS = [
    "We opened the doors.",
    "These are the things we found:",
    "First we asked, then we listened,",
    "— Ada",
    "-- Ada",
    "– Ada and Grace",
    "* This is a footnote and no item.",
    "Please drop in with any questions!",
    "Thanks for reading",
    "See you next week!",
    "What a week that turned out to be!",
    "https://example.org/map",
    "ada@example.org",
    "(more on that soon)",
    "…and then it rained",
    "Photo: Ada",
    "It rained. Then it stopped",
    "A line that goes on and on about the forms, the queues, the phones and the people behind all of these",
    "***",
    "!!!",
]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_line_with_the_shape_or_role_of_a_heading_is_one(line: str) -> None:
    """Between two paragraphs the line opens a section."""
    note = parse(LINE_BETWEEN.format(line), dialect="text")
    assert [section.title for section in note.sections] == [line]
    assert [block.text for block in note.intro] == ["The word before."]


@pytest.mark.parametrize("line", NOT_HEADINGS)
def test_a_line_with_another_shape_is_a_paragraph(line: str) -> None:
    """Between two paragraphs the line is a third, with its words unchanged."""
    note = parse(LINE_BETWEEN.format(line), dialect="text")
    assert note.sections == ()
    assert [type(block) for block in note.intro] == [Paragraph] * 3
    assert note.intro[1].text == line


@pytest.mark.parametrize("line", [*HEADINGS, *NOT_HEADINGS])
def test_only_a_line_of_its_own_can_be_a_heading(line: str) -> None:
    """Lines of one paragraph stay together, whatever one of them looks like."""
    text = f"Some words of the paragraph\n{line}\nand the others of it.\n"
    if not line.startswith(("- ", "* ", "– ")):
        assert [type(block) for block in parse(text, dialect="text").intro] == [Paragraph]
    assert dump(parse(text, dialect="text")) == text


FURNITURE = [
    "Comments are closed.",
    "Comments closed",
    "2 thoughts on “Maps”",
    "One thought on “Maps”",
    '12 thoughts on "Maps"',
    "3 comments",
    "No comments yet",
    "1 Comment",
    "Leave a comment",
    "Leave a Reply",
    "Leave a reply Cancel reply",
    "Share this:",
    "Like this:",
    "Like Loading...",
    "Loading…",
    "Related",
    "Posted in Maps",
    "Published by Ada",
    "Tagged maps, forms",
    "Post navigation",
    "Previous post: Maps",
    "Click to share on Example",
]

NOT_FURNITURE = [
    "Comments are closed in the new form.",
    "3 comments were about maps.",
    "Related services are next.",
    "Share this with your team.",
    "Two thoughts on maps",
    "Leave a comment in the shared document.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_the_site_s_own_lines_go_to_the_trailer(line: str) -> None:
    """The blog's furniture and all that follows it is not the note's."""
    text = f"Weeknote w/c 6 May: maps\n\nWe drew maps.\n\n{line}\n\nAda says hello\n"
    note = parse(text, dialect="text")
    assert [block.text for block in note.intro] == ["We drew maps."]
    assert note.sections == ()
    assert [block.text for block in note.trailer] == [line, "Ada says hello"]


@pytest.mark.parametrize("line", NOT_FURNITURE)
def test_a_sentence_that_begins_like_furniture_is_the_note_s(line: str) -> None:
    """Text that only begins like the site's lines, or is in the middle of a sentence, stays in the note."""
    note = parse(f"Weeknote w/c 6 May: maps\n\n{line}\n\nMore words.\n", dialect="text")
    assert note.trailer == ()


URLS = {
    "See https://example.org/a.": "https://example.org/a",
    "See https://example.org/a, and more": "https://example.org/a",
    "See https://example.org/a?b=c&d#e!": "https://example.org/a?b=c&d#e",
    "(see https://example.org/a)": "https://example.org/a",
    "(see https://example.org/a).": "https://example.org/a",
    "See https://example.org/a_(b)": "https://example.org/a_(b)",
    "(https://example.org/a_(b))": "https://example.org/a_(b)",
    "[https://example.org/a]": "https://example.org/a",
    "“https://example.org/a”": "https://example.org/a",
    "<https://example.org/a>": "https://example.org/a",
    "‘https://example.org/a’": "https://example.org/a",
    "see https://example.org/a…": "https://example.org/a",
    "見て https://example.org/a。": "https://example.org/a",
    "https://example.org/a、次": "https://example.org/a",
    "（https://example.org/a）": "https://example.org/a",
    "「https://example.org/a」": "https://example.org/a",
    "HTTP://EXAMPLE.ORG/A": "HTTP://EXAMPLE.ORG/A",
    "a\N{NO-BREAK SPACE}https://example.org/a\N{NO-BREAK SPACE}b": "https://example.org/a",
}


@pytest.mark.parametrize(("line", "url"), URLS.items(), ids=URLS)
def test_a_url_is_a_link_without_the_marks_of_the_sentence(line: str, url: str) -> None:
    """The link ends before punctuation and brackets that are the sentence's, and the words stay as they are."""
    note = parse(line, dialect="text")
    assert [(link.url, link.text) for link in note.links] == [(url, url)]
    assert [b.text for b in find_all(note, Paragraph)] + [h.text for h in find_all(note, Heading)] == [line]


@pytest.mark.parametrize("line", ["example.org", "ftp://example.org", "http://", "https://.", "mailto:ada@example.org"])
def test_other_addresses_are_words(line: str) -> None:
    """Only URLs of the web are links: the rest is as often a word."""
    assert parse(f"See {line}", dialect="text").links == ()


@pytest.mark.parametrize("blanks", [" ", "\t", " \t ", "\t\t"])
def test_blanks_at_line_ends_are_no_words(blanks: str) -> None:
    """In plain text they make no line break."""
    assert parse(f"Rain{blanks}\nand sun{blanks}\n", dialect="text").intro[0].text == "Rain\nand sun"


def test_several_urls_are_in_order() -> None:
    """Each URL of a paragraph is a link of its own."""
    note = parse("https://a.example, https://b.example\nand https://c.example/x.", dialect="text")
    assert [link.url for link in note.links] == ["https://a.example", "https://b.example", "https://c.example/x"]


def test_a_url_alone_is_a_link_and_nothing_else() -> None:
    """There are no empty words before or after it."""
    (block,) = parse("https://a.example\n", dialect="text").intro
    assert [type(node).__name__ for node in walk(block)] == ["Paragraph", "Link", "Text"]


@pytest.mark.parametrize(("end", "named"), [("", True), (".", False)], ids=["a heading", "a sentence"])
def test_a_long_line_that_begins_with_a_week_may_name_the_note(end: str, named: bool) -> None:
    """It is longer than other headings, but a sentence ends in a full stop."""
    line = (
        f"w/c 6 May: maps, bees, forms and all else that we did in a week of four days with much rain and no sun{end}"
    )
    assert (parse(f"{line}\n\nIt was wet.\n", dialect="text").heading is not None) is named


def test_a_label_with_a_week_names_the_note_however_long_the_line() -> None:
    """Nothing else begins so, and text may be right below a short one."""
    line = "Weeknotes 6 May 2024: maps, bees, forms and all else that we did in a week of four days with much rain"
    assert parse(f"{line}\n\nIt was wet.\n", dialect="text").headline == line
    assert parse("Weeknotes 6 May 2024\nIt was wet all week.\n", dialect="text").headline == "Weeknotes 6 May 2024"


@pytest.mark.parametrize("text", ["– a\n– b\n\n* note\n", "* a\n* b\n\n– note\n"])
def test_an_ambiguous_marker_alone_joins_no_other_list(text: str) -> None:
    """Below a list with another marker it begins a footnote or a sign-off."""
    first, second = parse(text, dialect="text").intro
    assert (type(first).__name__, type(second).__name__) == ("List", "Paragraph")


@pytest.mark.parametrize(("line", "is_section"), [("12", False), ("1 2 3", False), ("12 maps", True)])
def test_figures_open_no_section(line: str, *, is_section: bool) -> None:
    """A number alone is a count whose icon was not copied; it may name the note, though."""
    note = parse(f"Weeknotes\n\nWe drew.\n\n{line}\n\nWe slept.\n", dialect="text")
    assert [section.title for section in note.sections] == [line] * is_section


BULLET_LINES = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(["", "  ", "    ", "\t"]),
        st.sampled_from(["• a", "•  a", "•\N{NO-BREAK SPACE}a", "• • a", "- a", "-", "* a", "1. a", "a", "Maps", ""]),
    ),
    max_size=12,
)


@given(BULLET_LINES)
def test_lists_are_the_same_whatever_the_line_ends(lines: list[str]) -> None:
    """Lines of one bullet each are read several at a time, but only if they end in a line feed."""
    text, other = "\n".join(lines), "\r\n".join(lines)
    note, twin = parse(text, dialect="text"), parse(other, dialect="text")
    assert note.intro == twin.intro
    assert note.sections == twin.sections
    places = [node.position and (node.position.start, node.position.end) for node in walk(note)]
    twins = [node.position and (node.position.start, node.position.end) for node in walk(twin)]
    assert [pair and [(p.line, p.column) for p in pair] for pair in places] == [
        pair and [(p.line, p.column) for p in pair] for pair in twins
    ]
