"""The fourth law: normalising changes no meaning, and what it gives it gives again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from strategies import texts
from weeknote import (
    Archive,
    CannotExpressError,
    FrontMatter,
    Heading,
    InlineCode,
    List,
    Node,
    Paragraph,
    Post,
    Section,
    Weeknote,
    dump,
    parse,
    parse_archive,
    walk,
)
from weeknote.conversion.normalize import normalize

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
DIALECTS = ("markdown", "text")


def check(text: str, dialect: str, *, archive: bool) -> str:
    """Assert the law for a text, and return the text that normalising gives."""
    read = parse_archive if archive else parse
    note = read(text, dialect=dialect)
    found = normalize(note)
    assert found == note
    written = dump(found)
    assert read(written, dialect=dialect) == found
    assert dump(normalize(found)) == written
    assert dump(normalize(read(written, dialect=dialect))) == written
    return written


@given(text=texts, dialect=st.sampled_from(DIALECTS), archive=st.booleans())
@example(text="\r\ufeff", dialect="text", archive=True)
@example(text="Slug: rain\n\n", dialect="markdown", archive=False)
@example(text="[^1]: - - 2. a\n        2. a", dialect="markdown", archive=False)
@example(text="***bold***\n| a |\n\n***bold***\n\n2. &amp;\r\n-    - \n", dialect="text", archive=False)
def test_every_text_keeps_its_meaning_and_its_second_normalising_changes_nothing(
    text: str, dialect: str, archive: bool
) -> None:
    """`normalize(n) == n`, `parse(dump(normalize(n))) == normalize(n)`, and both again."""
    check(text, dialect, archive=archive)


@pytest.mark.skipif(not CORPUS.exists(), reason="other people's notes are not part of the project")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_corpus_keeps_its_meaning(dialect: str) -> None:
    """The same for notes that people wrote."""
    paths = [path for path in sorted((CORPUS / "notes").rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        check(path.read_bytes().decode("utf-8", "replace"), dialect, archive=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("# Week 12\n\n- a\n- b\n", "\ufeff\r\nWeek 12\r\n===\r\n\r\n\r\n+  a\r\n\r\n+  b"),
        ("*a* **b** `c`\n", "_a_ __b__ `` c ``  "),
        ("```\nx\n```\n", "    x\n"),
        ("[a](/b)\n\n[c]: /b\n", "[a][c]\n\n[c]: </b>\n"),
    ],
)
def test_equal_notes_become_equal_texts(one: str, other: str) -> None:
    """However a note was spelled, one text comes of it."""
    assert check(one, "markdown", archive=False) == one
    assert check(other, "markdown", archive=False) == one


def test_equal_notes_of_plain_text_become_equal_texts() -> None:
    """Two spaces and a bullet, a blank line between blocks."""
    written = check("\n Weeknote w/c 6 May: rain\r\r\rWe did:\r- one\r  - two", "text", archive=False)
    assert written == "Weeknote w/c 6 May: rain\n\nWe did:\n\n  • one\n    • two\n"


def test_a_normalised_note_has_no_slices() -> None:
    """No node knows a place, so `dump` writes all of them anew."""
    found = normalize(parse("---\ntitle: Rain\n---\n\n# Rain\n\n> - a\n\n## Next\n\n|a|\n|-|\n"))
    assert [node for node in walk(found) if node.slice is not None] == []


def kept(note: Node) -> list[str]:
    """Return the kinds of nodes that stay as they were read."""
    return [type(node).__name__ for node in walk(note) if node.slice is not None]


def test_what_cannot_be_written_anew_stays_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the block that holds it stays; the blocks around it are respelled."""
    from weeknote.markdown.block_writer import MarkdownWriter

    write = MarkdownWriter.new

    def refuse(self: MarkdownWriter, block: Node, prefix: str, avoid: str, *, placed: bool) -> object:
        if isinstance(block, Paragraph) and isinstance(block.children[0], InlineCode):
            raise CannotExpressError("no", node=block.children[0])
        return write(self, block, prefix, avoid, placed=placed)

    monkeypatch.setattr(MarkdownWriter, "new", refuse)
    note = parse("__a__\n\n* `b`\n\n__c__\n")
    found = normalize(note)
    assert found == note
    assert kept(found) == ["List", "ListItem", "Paragraph"]
    assert dump(found) == "**a**\n\n* `b`\n\n**c**\n"


def test_a_note_whose_parts_can_be_read_in_no_other_spelling_stays_whole() -> None:
    """Front matter without a fence needs the blank line that normalising would take away."""
    note = parse("Slug: rain\n\n", dialect="markdown")
    assert normalize(note) is note


def test_a_built_note_that_cannot_be_written_is_an_error_that_names_the_node() -> None:
    """There is nothing it could stay as."""
    heading = Heading(3, "Too deep")
    with pytest.raises(CannotExpressError) as caught:
        normalize(Weeknote(sections=[Section(heading)], dialect="text"))
    assert caught.value.node == heading


def test_archives_and_posts_are_normalised_too() -> None:
    """Each is what it was: an archive, a post."""
    archive = parse_archive("w/c 13 May\n===\n* a\n\nw/c 6 May\n===\n* b\n\nNews\n===\n* c\n")
    found = normalize(archive)
    assert isinstance(found, Archive)
    assert dump(found) == "# w/c 13 May\n\n- a\n\n# w/c 6 May\n\n- b\n\n# News\n\n- c\n"
    post = archive.entries[-1]
    assert isinstance(post, Post)
    assert dump(normalize(post)) == "# News\n\n- c\n"


def test_front_matter_keeps_its_text() -> None:
    """Not a space of it changes; its line ends are the note's."""
    raw = "---\ntitle:   'Rain'  # wet\n\ntags: [ a,b ]\n---"
    found = normalize(parse(raw.replace("\n", "\r\n") + "\r\n\r\n\r\nFine."))
    assert found.front_matter == FrontMatter(raw, "yaml")
    assert dump(found) == f"{raw}\n\nFine.\n"


def test_markers_are_left_to_the_style() -> None:
    """A list does not remember that it had stars."""
    block = normalize(parse("* a\n")).intro[0]
    assert isinstance(block, List)
    assert block.marker is None
