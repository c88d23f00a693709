"""Conversion: nothing is lost on the way to Markdown, and no word and no loss goes unsaid on the way to plain text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from note_strategies import plain_notes
from strategies import texts
from weeknote import (
    Archive,
    FootnoteReference,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Post,
    Section,
    Text,
    UnknownDialectError,
    Weeknote,
    dump,
    find_all,
    parse,
    parse_archive,
    walk,
)
from weeknote.conversion.convert import Conversion, Loss, convert, without_slice
from weeknote.headings import read_title
from weeknote.nodes import Node

SHARED = Path(__file__).parents[3] / "shared"
NOTES = [path for path in sorted((SHARED / "corpus" / "notes").rglob("*")) if path.is_file()]
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))

WORD = re.compile(r"\w+")
SPACE = re.compile(r"\s+")
HEADER = re.compile(r"\s*[A-Za-z][\w-]*[ \t]*:")


def decoded(path: Path) -> str:
    """Return the text of a file, whatever its encoding."""
    return path.read_bytes().decode("utf-8", "replace")


def said(note: Weeknote | Archive) -> str:
    """Return the plain text of all blocks of a note."""
    found: list[str] = []
    for entry in note.entries if isinstance(note, Archive) else (note,):
        rows: list[tuple[Node, ...]] = [(entry.heading,)] if entry.heading is not None else []
        if isinstance(entry, Post):
            rows.append(entry.blocks)
        else:
            rows.append(entry.intro)
            rows += [(section.heading, *section.blocks) for section in entry.sections]
            rows.append(entry.trailer)
        found += [str(getattr(block, "text", "")) for row in rows for block in row]
    return "\n".join(found)


def in_dialect(note: Weeknote | Archive, dialect: str) -> Weeknote | Archive:
    """Return a note that says it is in another dialect."""
    if isinstance(note, Archive):
        entries = [attrs.evolve(entry, dialect=dialect) for entry in note.entries]
        return attrs.evolve(note, entries=entries, dialect=dialect)
    return attrs.evolve(note, dialect=dialect)


# --- plain text to Markdown


def check_markdown(text: str, *, archive: bool) -> Conversion:
    """Assert that a plain-text note means the same in Markdown, apart from the reported losses."""
    read = parse_archive if archive else parse
    note = read(text, dialect="text")
    done = convert(note, "markdown")
    assert read(done.text, dialect="markdown") == done.note
    assert dump(done.note) == done.text
    if done.losses:
        # Markdown finds the notes and posts of a text by the depths of its headings, and reads "Tags:" as front matter.
        titles = [node for node in find_all(note, Heading) if node.depth == 1]
        sections = [node for node in find_all(note, Heading) if node.depth == 2 and read_title(node.text).is_weeknote]
        assert len(titles) > 1 or sections or HEADER.match(text)
        assert {type(loss.node) for loss in done.losses} <= ({Heading} if len(titles) > 1 else {Heading, Paragraph})
        assert done.note != in_dialect(note, "markdown")
    else:
        assert done.note == in_dialect(note, "markdown")
    return done


@given(text=texts, archive=st.booleans())
@example(text="\n\n\ufeff\n```", archive=True)
@example(text="See https://a.example/?x&amp;t=5 there.\n", archive=False)
@example(text="Tags:\n\n12 May\n\nMaps.\n", archive=False)
@example(text="\n- 0\nWeeknote w/b 10 May: 0a00\n\nWeeknote w/b 10 May: 0a00\n\n-", archive=True)
def test_plain_text_means_the_same_in_markdown(text: str, archive: bool) -> None:
    """`parse(convert(n, "markdown").text)` is n but for its dialect."""
    check_markdown(text, archive=archive)


@pytest.mark.parametrize("path", [*EXAMPLES, *SEEDS], ids=lambda path: path.name)
def test_house_style_notes_lose_nothing(path: Path) -> None:
    """The notes the format grew from."""
    assert check_markdown(decoded(path), archive=False).losses == ()
    check_markdown(decoded(path), archive=True)


@pytest.mark.skipif(not NOTES, reason="other people's notes are not part of the project")
@pytest.mark.parametrize("archive", [False, True], ids=["notes", "archives"])
def test_the_corpus_read_as_plain_text_loses_nothing(archive: bool) -> None:
    """Markup read as words is hard to write as words."""
    for path in NOTES:
        assert check_markdown(decoded(path), archive=archive).losses == (), path


def test_headings_lists_and_addresses_in_markdown() -> None:
    """A heading has depth 1, a section 2, and an address is an autolink."""
    note = parse("Weeknote w/c 6 May: rain\n\nNext week\n\n  • See https://a.example/b.\n    • deep\n", dialect="text")
    done = convert(note, "markdown")
    assert done.text == "# Weeknote w/c 6 May: rain\n\n## Next week\n\n- See <https://a.example/b>.\n  - deep\n"
    assert done.losses == ()


IN_ITEMS = {
    "a break in a list below words": ("- One\n\n  - --\n  - two\n", "- One\n  - \\--\n  - two\n"),
    "beside words with a mark": ("- --\n- &1; _two_\n", "- \\--\n- \\&1; \\_two\\_\n"),
    "beside an address": (
        "- --\n- https://example.org is up\n",
        "- \\--\n- <https://example.org> is up\n",
    ),
}


@pytest.mark.parametrize(("text", "markdown"), IN_ITEMS.values(), ids=IN_ITEMS)
def test_dashes_in_an_item_are_words_in_markdown(text: str, markdown: str) -> None:
    """Two dashes behind a dash are a thematic break: they are escaped, and nothing beside them prevents that."""
    assert convert(parse(text, dialect="text"), "markdown").text == markdown


@pytest.mark.parametrize(
    ("last", "moved"),
    [("Comments are closed.", False), ("**Comments are closed.**", True)],
    ids=["in the trailer already", "only without its marks"],
)
def test_a_paragraph_that_becomes_site_furniture_is_reported(last: str, moved: bool) -> None:
    """If a block is part of the note in one dialect and of the trailer in the other, that is a loss."""
    note = parse(f"# Week 12\n\n## Wins\n\n- One\n\n{last}\n", dialect="markdown")
    assert bool(note.trailer) is not moved
    done = convert(note, "text")
    assert isinstance(done.note, Weeknote)
    assert done.note.trailer == (Paragraph("Comments are closed."),)
    reasons = [loss.reason for loss in done.losses if type(loss.node) is Paragraph]
    assert reasons == ["plain text reads it as site furniture, not as part of the note"] * moved


def test_a_post_in_an_archive_gets_the_depth_that_opens_an_entry() -> None:
    """In Markdown the depth of a heading makes it a post, so a changed depth is a loss."""
    text = (
        "Weeknote w/c 13 May: sun\n\nFine.\n\nSomething I’m learning\n\nTo wait.\n\n"
        "Why we publish our maps\n\nSince.\n\n"
        "Weeknote w/c 6 May: rain\n\nFine.\n"
    )
    note = parse_archive(text, dialect="text")
    assert [type(entry) for entry in note.entries] == [Weeknote, Post, Weeknote]
    done = check_markdown(text, archive=True)
    assert "\n# Why we publish our maps\n" in done.text
    assert [loss.node for loss in done.losses] == [Heading(2, "Why we publish our maps")]
    assert [loss.position and loss.position.start.line for loss in done.losses] == [9]


def test_a_text_of_several_notes_keeps_its_naming_heading() -> None:
    """In Markdown only one heading of depth 1 can name a note that no label names."""
    note = parse("Great maps\n\nFine.\n\nWeeknote w/c 6 May: rain\n\nFine.\n", dialect="text")
    assert note.heading is not None
    assert note.sections[0].depth == 1
    done = check_markdown(dump(note), archive=False)
    assert done.text == "# Great maps\n\nFine.\n\n## Weeknote w/c 6 May: rain\n\nFine.\n"
    assert len(done.losses) == 1


def test_line_ends_stay() -> None:
    """What the file had, the converted file has."""
    assert convert(parse("A map.\r\n\r\n  • a\r\n", dialect="text"), "markdown").text == "A map.\r\n\r\n- a\r\n"


# --- Markdown to plain text


def check_text(text: str, *, archive: bool) -> Conversion:
    """Assert that plain text has every word and address of a note, and that the rest is reported as lost."""
    read = parse_archive if archive else parse
    note = read(text, dialect="markdown")
    done = convert(note, "text")
    assert dump(done.note) == done.text
    assert read(done.text, dialect="text") == done.note

    left = iter(SPACE.sub("", done.text))
    assert all(char in left for char in SPACE.sub("", said(note))), "words are gone or in another order"
    for link in find_all(note, Link):
        assert link.url in done.text or link.text in done.text

    lost = {id(loss.node) for loss in done.losses}
    assert len(lost) == len(done.losses), "one loss for each node"
    inside = {id(node) for node in walk(note)}
    assert lost <= inside
    # The label of a footnote and the description of a picture become words of the heading.
    gains = {id(h) for h in find_all(note, Heading) if any(isinstance(n, FootnoteReference | Image) for n in walk(h))}
    same = (h for h in find_all(note, Heading) if id(h) not in lost | gains)
    headings = Counter(SPACE.sub("", heading.text) for heading in same)
    assert headings <= Counter(SPACE.sub("", node.text) for node in find_all(done.note, Heading))
    for loss in done.losses:
        assert loss.reason
        assert loss.position is not None or isinstance(loss.node, Archive)
    if not done.losses:
        assert outline(done.note) == outline(note)
    return done


def outline(note: Weeknote | Archive) -> list[object]:
    """Return what a note of words says, blank space and bare addresses in words aside."""
    found: list[object] = []
    for node in walk(note):
        match node:
            case Paragraph() | Heading():
                found.append((type(node), SPACE.sub(" ", node.text).strip(), getattr(node, "depth", 0)))
            case List():
                found.append((List, node.ordered, node.start, len(node.items)))
            case ListItem() | Archive() | Post() | Weeknote() | Section():
                found.append(type(node))
            case Text() | Link():
                pass
            case _:
                found.append(node)
    return found


@given(text=texts, archive=st.booleans())
@example(text="- <https://a.example>Other highlights:.é\n\nwords", archive=False)
@example(text="- - -\n\ufeff\n", archive=True)
@example(text="<a href='x'>b", archive=False)
@example(text="[^a]:\n## b[^a]\n:", archive=False)
@example(text="0\n\n![0](0)<\n-", archive=False)
@example(text="[a](/b)c[d](/e)[^1]f <https://a.example>.\n\n[^1]: - > 3. g\n", archive=False)
def test_every_text_keeps_its_words_and_reports_its_losses(text: str, archive: bool) -> None:
    """Words, addresses and headings are in the text, or in the losses where they mean something else."""
    check_text(text, archive=archive)


@pytest.mark.skipif(not NOTES, reason="other people's notes are not part of the project")
@pytest.mark.parametrize("archive", [False, True], ids=["notes", "archives"])
def test_the_corpus_keeps_every_word(archive: bool) -> None:
    """As many of each word as before."""
    for path in NOTES:
        done = check_text(decoded(path), archive=archive)
        read = parse_archive if archive else parse
        words = Counter(WORD.findall(said(read(decoded(path), dialect="markdown"))))
        assert words <= Counter(WORD.findall(done.text)), path


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*a* **b** ~~c~~ `d`", "a b c d"),
        ("[a](/b).", "a (/b)."),
        ("[a](/b)’s c", "a’s (/b) c"),
        ("([a](/b)), c", "(a (/b)), c"),
        ("[a](/b)-[c](/d)", "a-c (/b) (/d)"),
        ("[](/b)", "(/b)"),
        ('[a](/b "c d")', "a (/b) (c d)"),
        ("[https://a.example/b](https://a.example/b)", "https://a.example/b"),
        ("<https://a.example>, b", "https://a.example, b"),
        ("(<https://a.example>)", "(https://a.example)"),
        ("<https://a.example>b", "https://a.example b"),
        ("[*https://a.example*](https://a.example)", "https://a.example"),
        ("![a](/b.png)", "a (/b.png)"),
        ("[![a](/b.png)](/c)", "a (/b.png) (/c)"),
        ("a\\\nb", "a\nb"),
        ("a<br>b <b>c</b>", "a\nb c"),
        ('<a href="/b">c</a> d', "c (/b) d"),
        ("a[^1]\n\n[^1]: b", "a[1]\n\n[1] b"),
        ("[^1]\n\n[^1]: > - b", "[1]\n\n[1]\n\n  • b"),
        ("> a\n> > b", "a\n\nb"),
        ("```py\n  a\n\n  b\n```", "a\n\nb"),
        ("|a|b|\n|-|-|\n|[c](/d)|e|", "a | b\nc (/d) | e"),
        ("<div>\n<p>a &amp; <i>b</i></p><img src='/c' alt='d'><!-- e -->\n</div>", "a & b\n\nd (/c)"),
        ("<script>a()</script>\n\nb", "b"),
        ("a\n\n***\n\nb", "a\n\nb"),
        ("[a]\n\n[a]: /b", "a (/b)"),
        ("- - a\n  - b\n- c", "  • a\n  • b\n  • c"),
        ("-\n- a", "  • a"),
        ("1. a\n   b\n2. c", "  1. a\n    b\n  2. c"),
        ("1. a", "  1. a"),
        ("9999. a\n9999. b", "  • 9999. a\n  • 10000. b"),
        ("9999. - a", "  • 9999.\n    • a"),
        ("1. a\n\n   b\n\n2. c", "  1. a\n\n    b\n\n  2. c"),
        ("- # a\n- b", "  • a\n  • b"),
        ("# Week 12: [a](/b)\n\nc", "Week 12: a\n\n(/b)\n\nc"),
        ("---\ntitle: Week 12\n---\n\na", "Week 12\n\na"),
        ("---\ntitle: Week 12\n---\n", "Week 12"),
        ("---\ndate: 2024-05-06\n---\n\na", "a"),
        ("#\n\na", "a"),
        ("#### Next week\n\na", "Next week\n\na"),
    ],
)
def test_its_form_in_plain_text(markdown: str, text: str) -> None:
    """Each kind of node has its words."""
    done = check_text(markdown, archive=False)
    assert done.text == text + "\n"


def losses(markdown: str) -> list[tuple[str, int, str]]:
    """Return the losses of a note in Markdown: the kind of node, its line and the reason."""
    return [
        (type(loss.node).__name__, loss.position.start.line if loss.position else 0, loss.reason)
        for loss in convert(parse(markdown, dialect="markdown"), "text").losses
    ]


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("A.\n\nB *c*.", [("Emphasis", 3, "plain text has no emphasis; the words are kept")]),
        ("# Week 12\n\n## What we did:\n\na", [("Heading", 3, "plain text reads it as a paragraph")]),
        ("# Week 12\n\na\n\nGreat maps\n\nb", [("Paragraph", 5, "plain text reads it as a heading")]),
        ("# Week 12\n\n### Next week\n\na", [("Heading", 3, "in plain text its depth is 2, not 3")]),
        ("\\- a\n\\- b", [("Paragraph", 1, "plain text reads it as a list")]),
        ("<https://a.example/b.>", [("Link", 1, "plain text does not read its address as a link")]),
        ("---\ndate: 2024-05-06\n---\n\na", [("FrontMatter", 1, "plain text has no front matter; it is left out")]),
        ("a <https://a.example/b>, https://a.example/c\n\n- d\n  - e", []),
    ],
)
def test_each_loss_says_what_changed(markdown: str, told: list[tuple[str, int, str]]) -> None:
    """The node, its line, and one sentence; nothing where nothing is lost."""
    assert losses(markdown) == told


def test_a_note_without_its_front_matter_still_knows_its_year() -> None:
    """The date in the front matter is known from outside the text now."""
    note = parse("---\ndate: 2024-05-10\n---\n\n# Weeknote w/c 6 May: rain\n\na\n")
    found = convert(note, "text").note
    assert isinstance(found, Weeknote)
    assert found.weeks[0].start == date(2024, 5, 6)


def test_the_notes_of_an_archive_still_know_their_years() -> None:
    """What an archive decided for its notes stays decided."""
    archive = parse_archive("# w/c 13 May\n\nSun.\n\n# w/c 6 May\n\nRain.\n", near=date(2024, 5, 20))
    done = convert(archive, "text")
    assert isinstance(done.note, Archive)
    assert [note.weeks[0].start for note in done.note.weeknotes] == [date(2024, 5, 13), date(2024, 5, 6)]
    assert done.text == "w/c 13 May\n\nSun.\n\nw/c 6 May\n\nRain.\n"
    assert done.losses == ()


def test_an_archive_whose_entries_cannot_be_separated_says_so() -> None:
    """Without its heading's depth a post is part of the note before it."""
    done = convert(parse_archive("# w/c 13 May\n\na\n\n# News\n\nb\n\n# w/c 6 May\n\nc\n"), "text")
    told = {type(loss.node).__name__: loss.reason for loss in done.losses}
    assert told["Post"] == "plain text does not separate it from what is above it"


def test_built_notes_are_converted_too() -> None:
    """The losses of built nodes have no position."""
    note = Weeknote(sections=[Section(Heading(2, "Next week"), [Paragraph([Link("/a", None, "b")])])])
    done = convert(note, "text")
    assert done.text == "Next week\n\nb (/a)\n"
    assert [loss.position for loss in done.losses] == [None] * len(done.losses)


# --- both ways


@pytest.mark.parametrize("dialect", ["markdown", "text"])
@given(text=texts)
def test_a_note_in_its_own_dialect_comes_back_as_it_is(dialect: str, text: str) -> None:
    """The same note, the exact text, no losses."""
    note = parse(text, dialect=dialect)
    assert convert(note, dialect) == Conversion(note, text, ())
    assert convert(note, dialect).note is note


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_house_style_there_and_back_is_the_same_note(path: Path) -> None:
    """To Markdown and back to plain text."""
    note = parse(decoded(path), dialect="text")
    there = convert(note, "markdown").note
    assert convert(there, "text") == Conversion(note, dump(convert(there, "text").note), ())


@given(built=plain_notes(odd=False))
def test_words_are_laid_out_as_dump_lays_out_new_blocks(built: Weeknote) -> None:
    """Lists and blank lines look the same, whichever of the two wrote them."""
    note = attrs.evolve(without_slice(built), newline="\n", lead="")
    done = convert(convert(note, "markdown").note, "text")
    assume(done.note == note)
    assert done.text == dump(note)


def test_another_dialect_is_an_error_that_lists_those_there_are() -> None:
    """The message names both."""
    with pytest.raises(UnknownDialectError, match=r"'latex'.*'markdown', 'text'"):
        convert(parse("a"), "latex")


def test_a_loss_is_where_its_node_is() -> None:
    """The blank lines below a block are no part of it."""
    note = parse("> Words.\n\n\nMore.\n", dialect="markdown")
    (loss,) = convert(note, "text").losses
    assert loss.position == note.intro[0].position
    assert loss.position is not None
    assert (loss.position.start.offset, loss.position.end.offset) == (0, len("> Words."))


def test_a_loss_is_a_value() -> None:
    """It can be built, compared and printed."""
    node = Paragraph("a")
    assert Loss(node, "gone") == Loss(Paragraph("a"), "gone")


@pytest.mark.parametrize(
    ("reference", "character"),
    [("1" * 5_000, "\ufffd"), ("0" * 5_000 + "65", "A"), ("x" + "0" * 5_000 + "41", "A"), ("38", "&")],
    ids=["too large", "leading zeros", "leading zeros in hexadecimal", "an ampersand"],
)
def test_a_character_s_number_in_html_may_have_any_length(reference: str, character: str) -> None:
    """Python refuses to convert that many digits; HTML parsers show a replacement character."""
    note = parse(f"<div>a &#{reference}; b</div>\n", dialect="markdown")
    assert convert(note, "text").text == f"a {character} b\n"


def test_each_address_is_looked_for_in_its_own_paragraph() -> None:
    """HTML makes several paragraphs of one; an address that is not read as a link is found in its own."""
    text = (
        "We drew it.<p>We drew [b](/c) and more.<p>We drew [d](https://e.example/) and more.<p>We drew [b](/c) too.\n"
    )
    done = convert(parse(text, dialect="markdown"), "text")
    assert done.text == (
        "We drew it.\n\nWe drew b (/c) and more.\n\nWe drew d (https://e.example/) and more.\n\nWe drew b (/c) too.\n"
    )
    lost = [loss.node for loss in done.losses if "does not read its address" in loss.reason]
    assert [link.url for link in lost if isinstance(link, Link)] == ["/c", "/c"]
