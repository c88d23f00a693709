"""Law 3: a note that was built is read back as itself, or refused with the node that is to blame."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

import note_strategies as any_of
import weeknote
from weeknote import (
    Archive,
    Blockquote,
    Break,
    CannotExpress,
    Code,
    Definition,
    Delete,
    Emphasis,
    FootnoteDefinition,
    FootnoteReference,
    FrontMatter,
    Heading,
    Html,
    Image,
    InlineCode,
    Link,
    List,
    ListItem,
    Paragraph,
    Section,
    Strong,
    Table,
    TableRow,
    Text,
    ThematicBreak,
    Weeknote,
)
from weeknote.model import BLOCKS, INLINES

IN_CI = os.environ.get("CI") == "true"
# Two dialects: two thousand examples in a run of CI.
EXAMPLES = settings(
    max_examples=1000 if IN_CI else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def means_itself(note: Weeknote | Archive) -> bool:
    """Write a note and read it back; return False where the dialect refuses it by name."""
    try:
        text = weeknote.dump(note)
    except CannotExpress as error:
        if error.node is None:
            raise AssertionError("a refusal names its node") from error
        return False
    read = weeknote.parse_archive if isinstance(note, Archive) else weeknote.parse
    assert read(text, dialect=note.dialect) == note
    return True


@EXAMPLES
@given(any_of.notes())
def test_any_note_in_markdown_is_itself_or_refused(note: Weeknote) -> None:
    """Nothing that can be built is written as something else."""
    means_itself(note)


@EXAMPLES
@given(any_of.plain_notes())
def test_any_note_in_plain_text_is_itself_or_refused(note: Weeknote) -> None:
    """Plain text says less than Markdown, and says so."""
    means_itself(note)


@given(any_of.archives())
def test_any_archive_in_markdown_is_itself_or_refused(archive: Archive) -> None:
    """Entries are told apart as they were meant, or not written."""
    means_itself(archive)


@given(any_of.plain_archives(odd=False))
def test_any_archive_in_plain_text_is_itself_or_refused(archive: Archive) -> None:
    """The same, where headings have no marks."""
    means_itself(archive)


@given(any_of.plain_notes(odd=False))
def test_what_plain_text_can_say_markdown_can_say_too(note: Weeknote) -> None:
    """Paragraphs, lists, headings and addresses are never refused in Markdown."""
    same = Weeknote(
        heading=note.heading, intro=note.intro, sections=note.sections, trailer=note.trailer, dialect="markdown"
    )
    named = weeknote.parse(weeknote.dump(same), dialect="markdown") if not same.trailer else same
    assert named == same


ESCAPES = {
    "a bullet": ("* not a bullet", "\\* not a bullet"),
    "a dash": ("- not a bullet", "\\- not a bullet"),
    "a plus": ("+ not a bullet", "\\+ not a bullet"),
    "a number": ("1. May was warm", "1\\. May was warm"),
    "a tag that is no heading": ("#fixtheplumbing", "#fixtheplumbing"),
    "a heading": ("# no heading", "\\# no heading"),
    "a quotation": ("> said he", "\\> said he"),
    "an underline": ("words\n===", "words\n\\==="),
    "a line across": ("---", "\\---"),
    "a fence": ("```", "\\```"),
    "markup": ("a <b> c", "a \\<b> c"),
    "less than": ("1 < 2 & 3", "1 < 2 & 3"),
    "a reference": ("&amp;", "\\&amp;"),
    "inside a word": ("snake_case_name", "snake_case_name"),
    "stars between spaces": ("2 * 3 * 4", "2 * 3 * 4"),
    "emphasis": ("*very*", "\\*very*"),
    "a link": ("[a](b)", "\\[a](b)"),
    "a definition": ("[a]: b", "\\[a]: b"),
    "a table": ("a | b\n- | -", "a | b\n\\- | -"),
    "leading spaces": ("    code", "&#32;&#32;&#32;&#32;code"),
    "furniture": ("Comments are closed.", "&#67;omments are closed."),
}


@pytest.mark.parametrize(("words", "written"), ESCAPES.values(), ids=ESCAPES)
def test_words_that_would_mean_something_are_escaped(words: str, written: str) -> None:
    """No more is escaped than must be, and the words come back."""
    note = Weeknote(heading=Heading(1, "Week 1"), intro=[Paragraph("Before."), Paragraph(words), Paragraph("After.")])
    text = weeknote.dump(note)
    assert text == f"# Week 1\n\nBefore.\n\n{written}\n\nAfter.\n"
    assert weeknote.parse(text, dialect="markdown") == note


CANONICAL = {
    "Paragraph": (Paragraph("Rain."), "Rain."),
    "Heading": (Blockquote([Heading(3, "Rain")]), "> ### Rain"),
    "List": (List(["One", "Two"]), "- One\n- Two"),
    "List, nested": (List([ListItem([Paragraph("One"), List(["in"])])]), "- One\n  - in"),
    "List, numbered": (List(["One", "Two"], ordered=True, start=3), "3. One\n4. Two"),
    "List, several paragraphs": (List([ListItem([Paragraph("One"), Paragraph("more")])]), "- One\n\n  more"),
    "Blockquote": (Blockquote([Paragraph("One"), List(["Two"])]), "> One\n>\n> - Two"),
    "Code": (Code("x = 1", "py"), "```py\nx = 1\n```"),
    "Code with a fence in it": (Code("```"), "````\n```\n````"),
    "Html": (Html("<div>\nrain\n</div>"), "<div>\nrain\n</div>"),
    "ThematicBreak": (ThematicBreak(), "***"),
    "Table": (Table([TableRow(["a", "b|c"]), TableRow(["1", "2"])]), "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"),
    "Definition": (Definition("rain", "/r", "Rain"), '[rain]: /r "Rain"'),
    "FootnoteDefinition": (FootnoteDefinition("1", "Rain."), "[^1]: Rain."),
    "Text": (Paragraph([Text("Rain.")]), "Rain."),
    "Emphasis": (Paragraph([Emphasis("rain")]), "*rain*"),
    "Strong": (Paragraph([Strong("rain")]), "**rain**"),
    "Strong in Emphasis": (Paragraph([Emphasis([Text("so "), Strong("wet")])]), "*so __wet__*"),
    "Delete": (Paragraph([Delete("rain")]), "~~rain~~"),
    "InlineCode": (Paragraph([InlineCode("a`b")]), "``a`b``"),
    "Link": (Paragraph([Link("/r", "Rain", "rain")]), '[rain](/r "Rain")'),
    "Link to itself": (Paragraph([Link("https://a.example/", None, "https://a.example/")]), "<https://a.example/>"),
    "Image": (Paragraph([Image("/r.png", None, "rain")]), "![rain](/r.png)"),
    "Break": (Paragraph([Text("a"), Break(), Text("b")]), "a\\\nb"),
    "FootnoteReference": (Paragraph([Text("a"), FootnoteReference("1")]), "a[^1]"),
    "Html in a line": (Paragraph([Text("a "), Html("<br>")]), "a <br>"),
}


@pytest.mark.parametrize(("block", "written"), CANONICAL.values(), ids=CANONICAL)
def test_each_kind_of_node_has_one_canonical_form(block: weeknote.Block, written: str) -> None:
    """What is new is written the one way, and read back as itself."""
    footnote = [] if isinstance(block, FootnoteDefinition) else [FootnoteDefinition("1", "Note.")]
    note = Weeknote(intro=[Paragraph("Before."), block, *footnote])
    text = weeknote.dump(note)
    assert text.startswith(f"Before.\n\n{written}\n")
    assert weeknote.parse(text, dialect="markdown") == note


def test_each_kind_of_node_has_a_row() -> None:
    """A new kind of node is not forgotten."""
    rows = {name.partition(",")[0].partition(" ")[0] for name in CANONICAL}
    assert {kind.__name__ for kind in (*BLOCKS, *INLINES)} <= rows


REFUSED = {
    "emphasis": (Weeknote(intro=[Paragraph([Emphasis("rain")])], dialect="text"), Emphasis),
    "a link with words": (Weeknote(intro=[Paragraph([Link("/r", None, "rain")])], dialect="text"), Link),
    "code": (Weeknote(intro=[Code("x")], dialect="text"), Code),
    "front matter": (Weeknote(front_matter=FrontMatter("---\ntitle: a\n---"), dialect="text"), FrontMatter),
    "a deep heading": (Weeknote(sections=[Section(Heading(4, "Rain"), "It did.")], dialect="text"), Heading),
    "a heading as an intro": (Weeknote(intro=[Heading(2, "Rain")]), Heading),
    "an empty paragraph": (Weeknote(intro=[Paragraph(())]), Paragraph),
    "an empty list": (Weeknote(intro=[List(())]), List),
    "html that is none": (Weeknote(intro=[Html("rain")]), Html),
    "a reference to no footnote": (Weeknote(intro=[Paragraph([FootnoteReference("1")])]), Paragraph),
}


@pytest.mark.parametrize(("note", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_a_dialect_cannot_say_is_refused_by_name(note: Weeknote, kind: type[weeknote.Node]) -> None:
    """The error holds the node, and its message says what to do."""
    with pytest.raises(CannotExpress) as caught:
        weeknote.dump(note)
    assert type(caught.value.node) is kind
    assert ";" in str(caught.value), "what is wrong; what to do"
