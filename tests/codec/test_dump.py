"""Law 3: what is built, written and read again is equal; what a dialect has no way to say is refused by name."""

from __future__ import annotations

import os
import re
from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import note_strategies as build
from weeknote import (
    Archive,
    Blockquote,
    Break,
    CannotExpressError,
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
    Post,
    Section,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
    UnknownDialectError,
    Weeknote,
    dump,
    parse,
    parse_archive,
    walk,
)
from weeknote.nodes import Block, Inline, Node
from weeknote.nodes.block import BLOCKS, INLINES

IN_CI = os.environ.get("CI") == "true"


def tries(in_ci: int) -> settings:
    """Return settings for that many examples in CI, and a tenth of them elsewhere."""
    return settings(
        max_examples=in_ci if IN_CI else in_ci // 10, deadline=None, suppress_health_check=list(HealthCheck)
    )


def read_again(node: Weeknote | Archive) -> Weeknote | Archive:
    """Write a note or an archive and read what was written."""
    read = parse_archive if isinstance(node, Archive) else parse
    return read(dump(node), dialect=node.dialect)


def is_in(node: Node, whole: Node) -> bool:
    """Return whether a node is in a note, by identity."""
    return any(found is node for found in walk(whole))


def means_itself(node: Weeknote | Archive) -> bool:
    """Assert law 3; return False where the note is refused."""
    try:
        found = read_again(node)
    except CannotExpressError as error:
        refusal = error
    else:
        assert found == node
        return True
    assert is_in(refusal.node, node)
    assert len(refusal.message) > 20, "a reason is a sentence"
    return False


# --- notes that Markdown has words for

CONTROL = re.compile("[\x00-\x1f\x7f-\xa0\u2028\ud800-\udfff]")
MARKED = (Emphasis, Strong, Delete, InlineCode)
HTML_INLINE = frozenset(("<b>", "</b>", "<br>", "<!-- x -->"))
LABEL = re.compile(r"[a-z0-9-]+")


def clean(words: str) -> str:
    """Return words without control characters."""
    return CONTROL.sub("", words)


def sensible_inlines(given: tuple[Inline, ...], labels: set[str], *, line: bool, nested: bool = False) -> list[Inline]:
    """Return inline nodes as Markdown can say them: no two marks in a row, no empty emphasis, no break at an edge.

    Args:
        given: the nodes.
        labels: the footnotes there are.
        line: whether they are on one line, as in a heading.
        nested: whether they are in another inline node, where no more marks follow.
    """
    found: list[Inline] = []
    for node in given:
        if found and (nested or isinstance(node, MARKED) or isinstance(found[-1], MARKED)):
            found.append(Text(" and "))
        match node:
            case Text():
                found.append(Text(clean(node.value.replace("\n", " "))))
            case Emphasis() | Strong() | Delete():
                inside = sensible_inlines(node.children, labels, line=line, nested=True)
                found += inside if nested else [attrs.evolve(node, children=[Text("so "), *inside, Text(" so")])]
            case Link():
                inside = [Text(clean(node.text) or "words")]
                found.append(
                    attrs.evolve(
                        node, url=clean(node.url), title=(node.title and clean(node.title)) or None, children=inside
                    )
                )
            case Image():
                title = (node.title and clean(node.title)) or None
                found.append(attrs.evolve(node, url=clean(node.url), title=title, alt=clean(node.alt)))
            case InlineCode():
                found.append(InlineCode(clean(node.value) or "code"))
            case FootnoteReference():
                found.append(node if node.label in labels else Text("words"))
            case Html():
                found.append(node if node.value in HTML_INLINE else Html("<i>"))
            case Break():
                found += [Text("a line"), Text(" and ") if line else node, Text("another")]
    return found


def sensible_block(block: Block, labels: set[str]) -> Block:
    """Return a block as Markdown can say it: paragraphs have words, tables are even, HTML is HTML."""
    match block:
        case Paragraph():
            children = sensible_inlines(block.children, labels, line=False)
            return Paragraph(children if Paragraph(children).text.strip() else "words")
        case Heading():
            return attrs.evolve(block, children=sensible_inlines(block.children, labels, line=True))
        case Code():
            return Code(clean(block.value), clean(block.info or "").strip() or None)
        case Html():
            return block if block.value in build.HTML else Html("<div>")
        case Definition():
            label = block.label if LABEL.fullmatch(block.label) else "n"
            return Definition(label, clean(block.url), clean(block.title or "") or None)
        case List():
            items = [ListItem([sensible_block(b, labels) for b in item.blocks]) for item in block.items]
            return attrs.evolve(block, items=items)
        case Blockquote():
            return Blockquote([sensible_block(b, labels) for b in block.blocks])
        case FootnoteDefinition():
            label = block.label if LABEL.fullmatch(block.label) else "n"
            return FootnoteDefinition(label, [sensible_block(b, labels) for b in block.blocks])
        case Table():
            align = block.align or (None,)
            rows = [[*(sensible_inlines(c.children, labels, line=True) for c in row.cells)] for row in block.rows]
            even = [TableRow(TableCell(cell) for cell in [*row, *[[]] * len(align)][: len(align)]) for row in rows]
            return Table(even, align)
    return block


def sensible(note: Weeknote, *, week: str | None = None) -> Weeknote:
    """Return a note as Markdown can say it.

    Args:
        note: a note that was drawn.
        week: what names the note, in an archive; None leaves that to the note.
    """
    labels = {n.label for n in walk(note) if isinstance(n, FootnoteDefinition) and LABEL.fullmatch(n.label)}
    intro = [sensible_block(b, labels) for b in note.intro]
    sections = []
    for section in note.sections:
        children = sensible_inlines(section.heading.children, labels, line=True)
        heading = Heading(max(section.depth, 2), [Text("About "), *children])
        sections.append(Section(heading, [sensible_block(b, labels) for b in section.blocks]))
    heading_of_note = note.heading
    matter = note.front_matter
    if week is not None:
        heading_of_note, matter = Heading(1, [Text(week)]), None
    elif heading_of_note is not None:
        heading_of_note = Heading(1, sensible_inlines(heading_of_note.children, labels, line=True))
        # What names a note is its first heading, unless the front matter gives another title.
        matter = None
    return attrs.evolve(note, heading=heading_of_note, front_matter=matter, intro=intro, sections=sections)


likely_notes = build.notes().map(sensible)
"""Notes that Markdown has words for, nearly all of them."""

likely_archives = st.lists(build.notes(with_front_matter=False), min_size=2, max_size=3).map(
    lambda notes: Archive([sensible(note, week=f"Weeknote w/c {6 + 7 * n} May 2024") for n, note in enumerate(notes)])
)
"""Archives that Markdown has words for, nearly all of them."""


class TestForEveryNote:
    """What is built is read back as itself, or refused with a node of its own and a reason."""

    @tries(1000)
    @given(note=st.one_of(likely_notes, likely_notes, build.notes(), build.notes(misplaced=True)))
    def test_in_markdown(self, note: Weeknote) -> None:
        """`parse(dump(note)) == note` for notes of every kind of node."""
        means_itself(note)

    @tries(1000)
    @given(note=st.one_of(build.plain_notes(odd=False), build.plain_notes(), build.notes("text")))
    def test_in_plain_text(self, note: Weeknote) -> None:
        """`parse(dump(note)) == note` for what plain text knows and what it does not."""
        means_itself(note)

    @tries(250)
    @given(archive=st.one_of(likely_archives, build.archives(misplaced=True)))
    def test_in_archives_of_markdown(self, archive: Archive) -> None:
        """`parse_archive(dump(archive)) == archive`: every entry begins and ends where it was meant to."""
        means_itself(archive)

    @tries(250)
    @given(archive=st.one_of(build.plain_archives(odd=False), build.archives("text")))
    def test_in_archives_of_plain_text(self, archive: Archive) -> None:
        """`parse_archive(dump(archive)) == archive` in plain text too."""
        means_itself(archive)


def written(strategy: st.SearchStrategy[Weeknote], number: int) -> tuple[list[Weeknote], list[Weeknote]]:
    """Return the notes of a fixed sample that are written, and those that are refused."""
    found: dict[bool, list[Weeknote]] = {True: [], False: []}

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(note=strategy)
    def sort(note: Weeknote) -> None:
        found[means_itself(note)].append(note)

    sort()
    return found[True], found[False]


def test_few_notes_are_refused_in_markdown() -> None:
    """Of notes that Markdown has words for, at most four in a hundred are refused, and every kind of node is tried."""
    good, refused = written(likely_notes, 300)
    assert len(refused) <= 0.04 * (len(good) + len(refused))
    kinds = Counter(type(node) for note in good for node in walk(note))
    assert [kind.__name__ for kind in (*BLOCKS, *INLINES, Section, FrontMatter) if not kinds[kind]] == []


def test_most_plain_notes_are_written() -> None:
    """Of notes of words, lists and URLs, four in five or more are written in plain text; it has no escapes."""
    good, refused = written(build.plain_notes(odd=False), 200)
    assert len(refused) <= 0.2 * (len(good) + len(refused))
    kinds = Counter(type(node) for note in good for node in walk(note))
    assert [
        kind.__name__ for kind in (Paragraph, List, ListItem, Heading, Link, Text, Section) if kinds[kind] < 20
    ] == []


# --- one way to write each kind of node

CANONICAL: dict[str, tuple[Block, str]] = {
    "Paragraph": (Paragraph("Rain."), "Rain."),
    "Paragraph of two lines": (Paragraph("Rain,\nall week."), "Rain,\nall week."),
    "Heading in a quotation": (Blockquote([Heading(3, "Rain")]), "> ### Rain"),
    "Heading without words": (Blockquote([Heading(3)]), "> ###"),
    "Heading that ends in a mark": (Blockquote([Heading(2, "C #")]), "> ## C \\#"),
    "Quotation without words above another, in a quotation": (
        Blockquote([Blockquote([]), Blockquote([Paragraph("Rain.")])]),
        "> >\n>\n> > Rain.",
    ),
    "Heading that ends in two marks": (Blockquote([Heading(2, "C ##")]), "> ## C #\\#"),
    "Heading of two lines": (
        Blockquote([Heading(2, [Text("Rain"), Break(), Text("and sun")])]),
        "> Rain\\\n> and sun\n> ---",
    ),
    "Heading with a line end in its words": (Blockquote([Heading(3, "Rain\nand sun")]), "> ### Rain&#10;and sun"),
    "List": (List(["One", "Two"]), "- One\n- Two"),
    "List with its own marker": (List(["One", "Two"], marker="*"), "* One\n* Two"),
    "List with a marker of plain text": (List(["One"], marker="•"), "- One"),
    "List, nested": (List([ListItem([Paragraph("One"), List(["in"])]), "Two"]), "- One\n  - in\n- Two"),
    "List right inside an item": (List([ListItem([List(["in"])])]), "- - in"),
    "List of items without words": (List([ListItem(), "Two"]), "-\n- Two"),
    "List, numbered": (List(["One", "Two"], ordered=True, start=9), "9. One\n10. Two"),
    "List, numbered with brackets": (List(["One"], ordered=True, marker="1)"), "1) One"),
    "List with the greatest number": (
        List(["One", "Two"], ordered=True, start=999_999_999),
        "999999999. One\n999999999. Two",
    ),
    "List, numbered, in a list": (
        List([ListItem([Paragraph("One"), List(["in"], ordered=True)])], ordered=True, start=10),
        "10. One\n    1. in",
    ),
    "List that begins with an empty item, in a list": (
        List([ListItem([Paragraph("One"), List([ListItem([]), "in"])])]),
        "- One\n\n  -\n  - in",
    ),
    "List of several paragraphs": (
        List([ListItem([Paragraph("One"), Paragraph("more")]), "Two"]),
        "- One\n\n  more\n\n- Two",
    ),
    "List of code": (List([ListItem([Code("a\n\nb")])]), "- ```\n  a\n\n  b\n  ```"),
    "Blockquote": (Blockquote([Paragraph("One"), List(["Two"])]), "> One\n>\n> - Two"),
    "Blockquote without words": (Blockquote([]), ">"),
    "Blockquote in a blockquote": (Blockquote([Blockquote("One")]), "> > One"),
    "Code": (Code("x = 1", "py"), "```py\nx = 1\n```"),
    "Code without words": (Code(""), "```\n```"),
    "Code with a fence in it": (Code("```\na\n```"), "````\n```\na\n```\n````"),
    "Code whose language holds a backtick": (Code("a", "b`c"), "~~~b`c\na\n~~~"),
    "Html": (Html("<div>\nrain\n</div>"), "<div>\nrain\n</div>"),
    "ThematicBreak": (ThematicBreak(), "***"),
    "ThematicBreak in a list": (List([ListItem([ThematicBreak()])]), "- ___"),
    "Table": (
        Table([TableRow(["a", "b"]), TableRow(["1", ""])], ["left", None]),
        "| a | b |\n| :-- | --- |\n| 1 |  |",
    ),
    "Table with a bar in a cell": (Table([TableRow(["b|c"])]), "| b\\|c |\n| --- |"),
    "Table with a bar in code": (Table([TableRow([TableCell([InlineCode("b|c")])])]), "| `b\\|c` |\n| --- |"),
    "Definition": (Definition("rain", "/r", "Rain"), '[rain]: /r "Rain"'),
    "Definition without a URL": (Definition("rain", ""), "[rain]: <>"),
    "FootnoteDefinition": (FootnoteDefinition("1", "Rain."), "[^1]: Rain."),
    "FootnoteDefinition of two paragraphs": (
        FootnoteDefinition("1", [Paragraph("Rain."), Paragraph("More.")]),
        "[^1]: Rain.\n\n    More.",
    ),
    "FootnoteDefinition of a list": (
        FootnoteDefinition("1", [List([ListItem([Paragraph("One"), Paragraph("more")])])]),
        "[^1]:\n    - One\n\n      more",
    ),
    "FootnoteDefinition without words": (FootnoteDefinition("1", []), "[^1]:"),
    "Text": (Paragraph([Text("Rain "), Text("and sun.")]), "Rain and sun."),
    "Emphasis": (Paragraph([Emphasis("rain")]), "*rain*"),
    "Emphasis in a word": (Paragraph([Text("un"), Emphasis("frigging"), Text("believable")]), "un*frigging*believable"),
    "Emphasis around spaces": (Paragraph([Emphasis(" a ")]), "*&#32;a&#32;*"),
    "Emphasis beside emphasis": (Paragraph([Emphasis("a"), Emphasis("b")]), "*a*_b_"),
    "Emphasis beside strong": (Paragraph([Emphasis("a"), Strong("b"), Emphasis("c")]), "*a*__b__*c*"),
    "Emphasis in emphasis": (Paragraph([Emphasis([Emphasis("a")])]), "*_a_*"),
    "Strong": (Paragraph([Strong("rain")]), "**rain**"),
    "Strong in strong": (Paragraph([Strong([Strong("rain")])]), "**__rain__**"),
    "Strong in emphasis": (Paragraph([Emphasis([Text("so "), Strong("wet")])]), "*so __wet__*"),
    "Delete": (Paragraph([Delete("rain")]), "~~rain~~"),
    "InlineCode": (Paragraph([InlineCode("x = 1")]), "`x = 1`"),
    "InlineCode with a backtick": (Paragraph([InlineCode("a`b")]), "``a`b``"),
    "InlineCode of a backtick": (Paragraph([InlineCode("`")]), "`` ` ``"),
    "InlineCode that begins with a backtick": (Paragraph([InlineCode("`a")]), "`` `a ``"),
    "InlineCode that ends in a backtick": (Paragraph([InlineCode("a`")]), "`` a` ``"),
    "InlineCode around spaces": (Paragraph([InlineCode(" a ")]), "`  a  `"),
    "Link": (Paragraph([Link("/r", "Rain", "rain")]), '[rain](/r "Rain")'),
    "Link with a quotation mark in its title": (Paragraph([Link("/r", 'a "b"', "c")]), '[c](/r "a \\"b\\"")'),
    "Link with brackets in its words": (Paragraph([Link("/r", None, "a]b[c")]), "[a\\]b\\[c](/r)"),
    "Link with balanced brackets in its words": (Paragraph([Link("/r", None, "a [b]")]), "[a [b]](/r)"),
    "Link with parentheses in its URL": (Paragraph([Link("/r_(a)", None, "a")]), "[a](/r_(a))"),
    "Link with half of them": (Paragraph([Link("/r_(a", None, "a")]), "[a](</r_(a>)"),
    "Link with a space in its URL": (Paragraph([Link("/r a", None, "a")]), "[a](/r%20a)"),
    "Link with a reference in its URL": (Paragraph([Link("/?a&copy;", None, "a")]), "[a](/?a&amp;copy;)"),
    "Link without a URL": (Paragraph([Link("", None, "a")]), "[a](<>)"),
    "Link that shows its URL": (
        Paragraph([Link("https://a.example/", None, "https://a.example/")]),
        "<https://a.example/>",
    ),
    "Link after an exclamation": (Paragraph([Text("Ha!"), Link("/r", None, "a")]), "Ha\\![a](/r)"),
    "Image": (Paragraph([Image("/r.png", None, "rain")]), "![rain](/r.png)"),
    "Image with a title": (Paragraph([Image("/r.png", "Wet", "a *b*")]), '![a \\*b\\*](/r.png "Wet")'),
    "Break": (Paragraph([Text("a"), Break(), Text("b")]), "a\\\nb"),
    "FootnoteReference": (Paragraph([Text("a"), FootnoteReference("1")]), "a[^1]"),
    "Html in a line": (Paragraph([Text("a "), Html("<br>")]), "a <br>"),
}
"""What each kind of node is written as; people read it, so it is the plainest that means the same."""


@pytest.mark.parametrize(("block", "text"), CANONICAL.values(), ids=CANONICAL)
def test_each_kind_of_node_is_written_in_one_way(block: Block, text: str) -> None:
    """What is new has one spelling, and is read back as itself."""
    footnote = [] if isinstance(block, FootnoteDefinition) else [FootnoteDefinition("1", "Note.")]
    note = Weeknote(intro=[Paragraph("Before."), block, *footnote])
    after = "\n[^1]: Note.\n" if footnote else ""
    assert dump(note) == f"Before.\n\n{text}\n{after}"
    assert read_again(note) == note


def test_every_kind_of_node_has_a_row() -> None:
    """A new kind of node cannot be forgotten, neither by its name nor in the blocks."""
    names = {re.split("[ ,]", name)[0] for name in CANONICAL}
    built = {type(node) for block, _ in CANONICAL.values() for node in walk(block)}
    assert {kind.__name__ for kind in (*BLOCKS, *INLINES)} <= names
    assert {*BLOCKS, *INLINES} <= built


NOTES: dict[str, tuple[Weeknote, str]] = {
    "nothing": (Weeknote(), ""),
    "a heading": (Weeknote(heading=Heading(1, "Weeknote w/c 6 May: rain")), "# Weeknote w/c 6 May: rain\n"),
    "a paragraph": (Weeknote(intro="Rain."), "Rain.\n"),
    "front matter alone": (Weeknote(front_matter=FrontMatter("---\ntitle: a\n---")), "---\ntitle: a\n---\n"),
    "every part": (
        Weeknote(
            front_matter=FrontMatter("---\ndraft: true\n---"),
            heading=Heading(1, "Weeknote w/c 6 May: rain"),
            intro="Wet.",
            sections=[Section(Heading(2, "Maps"), [Paragraph("We drew:"), List(["one"])]), Section(Heading(3, "More"))],
            trailer="Comments are closed.",
        ),
        "---\ndraft: true\n---\n\n# Weeknote w/c 6 May: rain\n\nWet.\n\n## Maps\n\nWe drew:\n\n- one\n\n### More\n\n"
        "Comments are closed.\n",
    ),
    "every part of plain text": (
        Weeknote(
            heading=Heading(1, "Weeknote w/c 6 May: rain"),
            intro="It was wet.",
            sections=[
                Section(
                    Heading(2, "Maps"),
                    [Paragraph("This is what we drew:"), List([ListItem([Paragraph("one"), List(["in"])])])],
                )
            ],
            trailer="Comments are closed.",
            dialect="text",
        ),
        "Weeknote w/c 6 May: rain\n\nIt was wet.\n\nMaps\n\nThis is what we drew:\n\n  • one\n    • in\n\n"
        "Comments are closed.\n",
    ),
    "CR LF": (
        Weeknote(heading=Heading(1, "Week 1"), intro=[List(["a", "b"]), Code("c\nd")], newline="\r\n"),
        "# Week 1\r\n\r\n- a\r\n- b\r\n\r\n```\r\nc\r\nd\r\n```\r\n",
    ),
    "CR LF in plain text": (Weeknote(intro=[List(["a", "b"])], dialect="text", newline="\r\n"), "  • a\r\n  • b\r\n"),
    "a line break in a heading": (
        Weeknote(heading=Heading(1, [Text("Week 1"), Break(), Text("Rain")])),
        "Week 1\\\nRain\n===\n",
    ),
    "a byte order mark": (Weeknote(intro="Rain.", lead="\ufeff"), "\ufeffRain.\n"),
    "blanks on the line above": (Weeknote(intro="Rain.", lead="  "), "  \nRain.\n"),
    "lists in a row": (
        Weeknote(intro=[List(["a"]), List(["b"]), List(["c"])]),
        "- a\n\n* b\n\n- c\n",
    ),
    "numbered lists in a row": (
        Weeknote(intro=[List(["a"], ordered=True), List(["b"], ordered=True)]),
        "1. a\n\n1) b\n",
    ),
    "lists in a row in plain text": (
        Weeknote(intro=[List(["a"]), List(["b"])], dialect="text"),
        "  • a\n\n  - b\n",
    ),
    "a list and a paragraph": (Weeknote(intro=[List(["a"]), Paragraph("b")]), "- a\n\nb\n"),
    "a list and code": (Weeknote(intro=[List(["a"]), Code("b")]), "- a\n\n```\nb\n```\n"),
    "quotations in a row": (Weeknote(intro=[Blockquote("a"), Blockquote("b")]), "> a\n\n> b\n"),
    "a quotation and a paragraph": (Weeknote(intro=[Blockquote("a"), Paragraph("b")]), "> a\n\nb\n"),
}
"""Whole notes and how they are written."""


@pytest.mark.parametrize(("note", "text"), NOTES.values(), ids=NOTES)
def test_a_note_is_written_in_canonical_form(note: Weeknote, text: str) -> None:
    """A note that was built has blank lines between its blocks, one line end at its end, and its own line ends."""
    assert dump(note) == text
    assert read_again(note) == note


def test_an_archive_is_written_in_canonical_form() -> None:
    """Entries follow each other with a blank line between."""
    archive = Archive(
        [
            Weeknote(heading=Heading(1, "Weeknote w/c 13 May"), intro="Later."),
            Post(Heading(1, "What we pay"), "Money."),
            Weeknote(heading=Heading(1, "Weeknote w/c 6 May"), intro="Earlier."),
        ]
    )
    assert (
        dump(archive)
        == "# Weeknote w/c 13 May\n\nLater.\n\n# What we pay\n\nMoney.\n\n# Weeknote w/c 6 May\n\nEarlier.\n"
    )
    assert read_again(archive) == archive


# --- words that would mean something

ESCAPES = {
    "words": ("All good.", "All good."),
    "a bullet": ("* not a bullet", "\\* not a bullet"),
    "a dash": ("- not a bullet", "\\- not a bullet"),
    "a plus": ("+ not a bullet", "\\+ not a bullet"),
    "a bullet alone": ("+", "\\+"),
    "a bullet on the second line": ("This:\n- that", "This:\n\\- that"),
    "a bullet of plain text": ("• dot", "• dot"),
    "a number": ("1. map was warm", "1\\. map was warm"),
    "a number with a bracket": ("1) May", "1\\) May"),
    "a number alone": ("2024.", "2024\\."),
    "a number in the middle": ("In 1. map", "In 1. map"),
    "a year that ends a line": ("We began in\n2019. Since then", "We began in\n2019. Since then"),
    "a heading": ("# x", "\\# x"),
    "a hashtag": ("#fixtheplumbing", "#fixtheplumbing"),
    "a quotation": ("> said she", "\\> said she"),
    "an underline of equals signs": ("words\n===", "words\n\\==="),
    "an underline of dashes": ("words\n---", "words\n\\---"),
    "a line of dashes": ("---", "\\---"),
    "a line of stars": ("***", "\\***"),
    "a line of spaced stars": ("* * *", "\\* * *"),
    "a fence": ("```", "\\```"),
    "a fence of tildes": ("~~~", "\\~~~"),
    "a tag": ("a <b> c", "a \\<b> c"),
    "a tag that opens a block": ("<div>", "\\<div>"),
    "a comment": ("a <!-- b --> c", "a \\<!-- b --> c"),
    "an autolink": ("<https://a.example>", "\\<https://a.example>"),
    "less than": ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    "a heart": ("I <3 maps", "I <3 maps"),
    "a named reference": ("&amp;", "\\&amp;"),
    "a numbered reference": ("it&#39;s", "it\\&#39;s"),
    "an ampersand": ("R&D; AT&T", "R&D; AT&T"),
    "a backslash": ("C:\\maps", "C:\\maps"),
    "a backslash before a mark": ("\\*", "\\\\\\*"),
    "a backslash at the end of a line": ("a\\\nb", "a\\\\\nb"),
    "underscores in a word": ("snake_case_name", "snake_case_name"),
    "underscores around a word": ("a _very_ wet week", "a \\_very\\_ wet week"),
    "stars between spaces": ("2 * 3 * 4", "2 * 3 * 4"),
    "stars around a word": ("so *very* wet", "so \\*very\\* wet"),
    "a star at the end": ("terms apply*", "terms apply*"),
    "tildes": ("about ~~ten~~ ~5", "about \\~~ten\\~~ ~5"),
    "backticks": ("a `b` c", "a \\`b\\` c"),
    "a backtick": ("a ` b", "a ` b"),
    "brackets": ("[sic]", "[sic]"),
    "a link": ("see [a](b)", "see \\[a\\](b)"),
    "a definition": ("[a]: b", "\\[a]: b"),
    "a table": ("a | b\n- | -", "a | b\n\\- | -"),
    "a table with bars": ("| a |\n| - |", "\\| a |\n\\| - |"),
    "bars": ("a | b", "a | b"),
    "spaces before": ("    code", "&#32;&#32;&#32;&#32;code"),
    "a tab before": ("\tcode", "&#9;code"),
    "spaces behind": ("a  ", "a&#32;&#32;"),
    "spaces before the second line": ("a\n  b", "a\n&#32;&#32;b"),
    "a no-break space before": ("\xa0a", "\xa0a"),
    "an empty line": ("a\n\nb", "a\n&#10;b"),
    "a carriage return": ("a\rb", "a&#13;b"),
    "what only Python calls a line end": ("a\u2028b\x85c", "a\u2028b\x85c"),
    "an address": ("https://a.example/b_(c)", "https://a.example/b_(c)"),
    "an address with underscores": ("https://a.example/_b_/*c*", "https://a.example/\\_b\\_/\\*c\\*"),
    "a template": ("{{< tweet >}} and {% raw %}", "{{< tweet >}} and {% raw %}"),
    "furniture": ("Comments are closed.", "&#67;omments are closed."),
    "furniture with a number": ("2 thoughts on “Maps”", "&#50; thoughts on “Maps”"),
    "front matter": ("title: Rain", "title: Rain"),
}
"""Words, and how they are written as a paragraph after another one: no more is escaped than must be."""


@pytest.mark.parametrize(("words", "text"), ESCAPES.values(), ids=ESCAPES)
def test_words_that_would_mean_something_are_escaped(words: str, text: str) -> None:
    """What is words stays words, whatever it looks like."""
    note = Weeknote(heading=Heading(1, "Week 1"), intro=[Paragraph("Before."), Paragraph(words), Paragraph("After.")])
    assert dump(note) == f"# Week 1\n\nBefore.\n\n{text}\n\nAfter.\n"
    assert read_again(note) == note


@pytest.mark.parametrize("words", [words for words, _ in ESCAPES.values()], ids=ESCAPES)
@pytest.mark.parametrize(
    "around",
    [
        lambda words: Weeknote(intro=[Paragraph(words)]),
        lambda words: Weeknote(intro=[List([words, words])]),
        lambda words: Weeknote(intro=[List(["a", ListItem([Paragraph("b"), Paragraph(words)])], ordered=True)]),
        lambda words: Weeknote(intro=[Blockquote(words)]),
        lambda words: Weeknote(intro=[FootnoteDefinition("1", words)]),
        lambda words: Weeknote(heading=Heading(1, words)),
        lambda words: Weeknote(intro="a", sections=[Section(Heading(2, words), words)]),
        lambda words: Weeknote(intro=[Paragraph([Text("a"), Break(), Text(words)])]),
        lambda words: Weeknote(intro=[Paragraph([Text("a "), Link("/b", None, words), Text(f" {words}")])]),
        lambda words: Weeknote(intro=[Paragraph([Text("a "), Strong(words), Text(" c")])]),
        lambda words: Weeknote(intro=[Paragraph([Text("a "), Image("/b", None, words)])]),
        lambda words: Weeknote(intro=[Table([TableRow([words.strip(), "b"]), TableRow(["c", words.strip()])])]),
        lambda words: Weeknote(intro="a", trailer=[Paragraph("Comments are closed."), Paragraph(words)]),
    ],
    ids=[
        *("alone", "items", "behind an item's words", "quotation", "footnote", "title", "section", "after a break"),
        *("link", "strong", "image", "table", "trailer"),
    ],
)
def test_such_words_are_words_everywhere(words: str, around: object) -> None:
    """Each of those words is read back as itself wherever text can be."""
    assert callable(around)
    note = around(words)
    assert read_again(note) == note


# --- what cannot be said

PLAIN_REFUSED: dict[str, tuple[Weeknote, type[Node], str]] = {
    "emphasis": (Weeknote(intro=[Paragraph([Emphasis("rain")])]), Emphasis, "no way to write Emphasis"),
    "strong": (Weeknote(intro=[List([ListItem([Paragraph([Strong("rain")])])])]), Strong, "no way to write Strong"),
    "a strike": (Weeknote(intro=[Paragraph([Delete("rain")])]), Delete, "no way to write Delete"),
    "code in a line": (Weeknote(intro=[Paragraph([InlineCode("x")])]), InlineCode, "no way to write InlineCode"),
    "a link with words": (Weeknote(intro=[Paragraph([Link("/r", None, "a")])]), Link, "no way to write Link"),
    "a picture": (Weeknote(intro=[Paragraph([Image("/r", None, "a")])]), Image, "no way to write Image"),
    "a break": (Weeknote(intro=[Paragraph([Text("a"), Break(), Text("b")])]), Break, "no way to write Break"),
    "HTML in a line": (Weeknote(intro=[Paragraph([Text("a"), Html("<br>")])]), Html, "no way to write Html"),
    "a footnote's mark": (
        Weeknote(intro=[Paragraph([FootnoteReference("1")])]),
        FootnoteReference,
        "FootnoteReference",
    ),
    "a footnote": (Weeknote(intro=[FootnoteDefinition("1", "a")]), FootnoteDefinition, "FootnoteDefinition"),
    "a definition": (Weeknote(intro=[Definition("a", "/b")]), Definition, "no way to write Definition"),
    "code": (Weeknote(intro=[Code("x")]), Code, "no way to write Code"),
    "HTML": (Weeknote(intro=[Html("<hr>")]), Html, "no way to write Html"),
    "a quotation": (Weeknote(intro=[Blockquote("a")]), Blockquote, "no way to write Blockquote"),
    "a line across": (Weeknote(intro=[ThematicBreak()]), ThematicBreak, "no way to write ThematicBreak"),
    "a table": (Weeknote(intro=[Table([TableRow(["a"])])]), Table, "no way to write Table"),
    "front matter": (Weeknote(front_matter=FrontMatter("---\na: b\n---")), FrontMatter, "cannot hold the front matter"),
    "a deep heading": (Weeknote(sections=[Section(Heading(3, "Rain"), "It did.")]), Heading, "depth 1 and 2 only"),
    "a heading that is a sentence": (
        Weeknote(intro="It was wet.", sections=[Section(Heading(2, "It rained all week."), "It did.")]),
        Heading,
        "would be read as something else",
    ),
    "a section of nothing at the end": (
        Weeknote(intro="It rained.", sections=[Section(Heading(2, "Maps"))]),
        Heading,
        "would be read as something else",
    ),
    "words that begin like an item": (Weeknote(intro="• dot"), Paragraph, "would be read as something else"),
    "words that look like a heading": (
        Weeknote(intro=[Paragraph("It rained all week."), Paragraph("Maps"), Paragraph("We drew them.")]),
        Paragraph,
        "would be read as something else",
    ),
    "words that look like furniture": (
        Weeknote(intro=[Paragraph("It rained all week."), Paragraph("Comments are closed.")]),
        Paragraph,
        "would be read as something else",
    ),
    "an address in words": (
        Weeknote(intro="See https://a.example/ now."),
        Paragraph,
        "would be read as something else",
    ),
    "an empty line in words": (Weeknote(intro="It rained.\n\nIt did."), Paragraph, "would be read as something else"),
    "no words": (Weeknote(intro=[Paragraph(" ")]), Paragraph, "has no words"),
    "an empty list": (Weeknote(intro=[List([])]), List, "at least one item"),
}
"""What plain text cannot say, the node that is to blame, and the reason."""

MARKDOWN_REFUSED: dict[str, tuple[Weeknote, type[Node], str]] = {
    "a heading among blocks": (Weeknote(intro=[Heading(2, "Rain")]), Heading, "put it into a Section"),
    "an empty paragraph": (Weeknote(intro=[Paragraph(())]), Paragraph, "is empty; leave it out"),
    "an empty list": (Weeknote(intro=[List([])]), List, "a list needs at least one item"),
    "HTML that is none": (Weeknote(intro=[Html("rain")]), Html, "not one complete block of HTML"),
    "HTML that does not end": (Weeknote(intro=[Html("<!-- a"), Paragraph("b")]), Html, "something else"),
    "emphasis of nothing": (Weeknote(intro=[Paragraph([Text("a"), Emphasis([])])]), Paragraph, "without emphasis"),
    "code of nothing": (Weeknote(intro=[Paragraph([Text("a"), InlineCode("")])]), Paragraph, "change its words"),
    "a reference to no footnote": (
        Weeknote(intro=[Paragraph([FootnoteReference("1")])]),
        Paragraph,
        "the footnote '1' is not defined",
    ),
    "a footnote with a label of two words": (
        Weeknote(intro=[FootnoteDefinition("a b", "c")]),
        FootnoteDefinition,
        "one word",
    ),
    "a link in a link": (
        Weeknote(intro=[Paragraph([Link("/a", None, [Link("/b", None, "c")])])]),
        Paragraph,
        "change its words",
    ),
    "an uneven table": (Weeknote(intro=[Table([TableRow(["a", "b"]), TableRow(["c"])])]), Table, "every row"),
    "a table without rows": (Weeknote(intro=[Table([], [None])]), Table, "needs a header"),
    "a column in the middle of nowhere": (Weeknote(intro=[Table([TableRow(["a"])], ["middle"])]), Table, "is aligned"),
    "a cell of two lines": (
        Weeknote(intro=[Table([TableRow([TableCell([Text("a"), Break(), Text("b")])])])]),
        TableCell,
        "one line",
    ),
    "code with a carriage return": (Weeknote(intro=[Code("a\rb")]), Code, "carriage return"),
    "a deep heading of two lines": (
        Weeknote(intro="a", sections=[Section(Heading(3, [Text("a"), Break(), Text("b")]))]),
        Heading,
        "change its words",
    ),
    "front matter that is none": (Weeknote(front_matter=FrontMatter("rain")), FrontMatter, "something else"),
    "a heading that names no note": (Weeknote(heading=Heading(3, "Rain")), Heading, "something else"),
    "a section that would name the note": (
        Weeknote(sections=[Section(Heading(1, "Weeknote #4"))]),
        Heading,
        "something else",
    ),
    "a title that the front matter overrules": (
        Weeknote(front_matter=FrontMatter("---\ntitle: Sun\n---"), heading=Heading(1, "Rain")),
        Heading,
        "something else",
    ),
    "a trailer that is no furniture": (Weeknote(intro="a", trailer="Rain."), Paragraph, "something else"),
}
"""What Markdown cannot say, the node that is to blame, and the reason."""


@pytest.mark.parametrize(("note", "kind", "reason"), PLAIN_REFUSED.values(), ids=PLAIN_REFUSED)
def test_plain_text_refuses_what_it_cannot_say(note: Weeknote, kind: type[Node], reason: str) -> None:
    """The error holds the node and says why."""
    refused(attrs.evolve(note, dialect="text"), kind, reason)


@pytest.mark.parametrize(("note", "kind", "reason"), MARKDOWN_REFUSED.values(), ids=MARKDOWN_REFUSED)
def test_markdown_refuses_what_it_cannot_say(note: Weeknote, kind: type[Node], reason: str) -> None:
    """The error holds the node and says why."""
    refused(note, kind, reason)


def refused(note: Weeknote, kind: type[Node], reason: str) -> None:
    """Assert that a note is refused for a node of its own, with a reason."""
    with pytest.raises(CannotExpressError, match=re.escape(reason)) as caught:
        dump(note)
    assert type(caught.value.node) is kind
    assert is_in(caught.value.node, note)


def test_every_kind_that_plain_text_lacks_has_a_row() -> None:
    """Plain text has paragraphs, headings, lists, words and URLs; each other kind is refused by a row above."""
    there = {kind for _, kind, _ in PLAIN_REFUSED.values()}
    assert {*BLOCKS, *INLINES} - there == {Text}


def test_an_unknown_dialect_is_named_with_those_there_are() -> None:
    """A dialect that does not exist is no reason to guess."""
    with pytest.raises(UnknownDialectError, match="'latex'") as caught:
        dump(Weeknote(dialect="latex"))
    assert caught.value.expected == ("markdown", "text")


# --- the note's own style

STYLES = {
    "a bullet": ("* One\n\nEnd.\n", "- New", "* One\n\nEnd.\n\n* New\n"),
    "a plus": ("+ One\n\nEnd.\n", "- New", "+ One\n\nEnd.\n\n+ New\n"),
    "indentation": ("  - One\n\nEnd.\n", "- New", "  - One\n\nEnd.\n\n  - New\n"),
    "a wide gap": ("-   One\n\nEnd.\n", "- New", "-   One\n\nEnd.\n\n-   New\n"),
    "underlined headings": (
        "Week 1\n======\n\nMaps\n----\n\nDrawn.\n",
        "## Rain\n\nWet.",
        "Week 1\n======\n\nMaps\n----\n\nDrawn.\n\nRain\n----\n\nWet.\n",
    ),
    "the first of two lists": (
        "- One\n\nDrawn.\n\n* Two\n\nEnd.\n",
        "+ New",
        "- One\n\nDrawn.\n\n* Two\n\nEnd.\n\n- New\n",
    ),
    "marked headings": ("# Week 1\n\n## Maps\n\nDrawn.\n", "Rain\n---", "# Week 1\n\n## Maps\n\nDrawn.\n\n## Rain\n"),
    "headings close to their text": (
        "# Week 1\n## Maps\nDrawn.\n",
        "## Rain\n\nWet.",
        "# Week 1\n## Maps\nDrawn.\n\n## Rain\n\nWet.\n",
    ),
    "underlined headings beside deeper ones, which cannot be": (
        "Week 1\n======\n\n### Maps\n\n### Bees\n",
        "## Rain\n\nWet.",
        "Week 1\n======\n\n### Maps\n\n### Bees\n\nRain\n----\n\nWet.\n",
    ),
    "CR LF": (
        "# Week 1\r\n\r\nDrawn.\r\n",
        "## Rain\n\n- Wet.",
        "# Week 1\r\n\r\nDrawn.\r\n\r\n## Rain\r\n\r\n- Wet.\r\n",
    ),
    "CR": ("# Week 1\r\rDrawn.\r", "New.", "# Week 1\r\rDrawn.\r\rNew.\r"),
    "no line end at the end": ("# Week 1\n\nDrawn.", "New.", "# Week 1\n\nDrawn.\n\nNew."),
}
"""A note, what is added at its end, and the whole: only the style is the note's."""


@pytest.mark.parametrize(("old", "new", "text"), STYLES.values(), ids=STYLES)
def test_what_is_new_is_written_in_the_style_of_the_note(old: str, new: str, text: str) -> None:
    """What is added is built, so that its own spelling is not known; it takes the note's."""
    note, added = parse(old, dialect="markdown"), parse(f"a\n\n{new}\n", dialect="markdown")
    blocks = tuple(as_new(block) for block in added.intro[1:])
    sections = tuple(
        Section(Heading(s.depth, s.title), tuple(as_new(block) for block in s.blocks)) for s in added.sections
    )
    if note.sections and blocks:
        last = attrs.evolve(note.sections[-1], blocks=(*note.sections[-1].blocks, *blocks))
        note = attrs.evolve(note, sections=(*note.sections[:-1], last))
    else:
        note = attrs.evolve(note, intro=(*note.intro, *blocks), sections=(*note.sections, *sections))
    assert dump(note) == text
    assert read_again(note) == note


def as_new(block: Block) -> Block:
    """Return a block that was read as if it had been built."""
    return List([item.text for item in block.items]) if isinstance(block, List) else Paragraph(as_text(block))


def as_text(block: Block) -> str:
    """Return the words of a paragraph."""
    assert isinstance(block, Paragraph)
    return block.text


HOUSE = {
    "house style": ("  • One\n\nEnd of it.\n", "  • One\n\nEnd of it.\n\n  • New\n"),
    "at the margin": ("• One\n\nEnd of it.\n", "• One\n\nEnd of it.\n\n• New\n"),
    "dashes": ("- One\n\nEnd of it.\n", "- One\n\nEnd of it.\n\n- New\n"),
    "no list yet": ("End of it.\n", "End of it.\n\n  • New\n"),
}
"""The same in plain text."""


@pytest.mark.parametrize(("old", "text"), HOUSE.values(), ids=HOUSE)
def test_a_new_list_in_plain_text_looks_like_the_others(old: str, text: str) -> None:
    """The first list of the note says how; where there is none, the house style does."""
    note = parse(old, dialect="text")
    note = attrs.evolve(note, intro=(*note.intro, List(["New"])))
    assert dump(note) == text
    assert read_again(note) == note


def test_part_of_a_note_is_not_written_alone() -> None:
    """The error says how to make a note of it."""
    section = parse("# Week 12\n\n## Rain\n\nIt did.\n", dialect="markdown").sections[0]
    with pytest.raises(TypeError, match=r"not Section; wrap it: Weeknote\(sections=\[node\]\)"):
        dump(section)  # type: ignore[arg-type] # that is the point
    assert dump(Weeknote(sections=[section])) == "## Rain\n\nIt did.\n"
