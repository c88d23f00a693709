"""An edit within a line is written into the text as it was; what may go beyond the line is left to the writer."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import texts
from weeknote import (
    CannotExpressError,
    Emphasis,
    FrontMatter,
    Link,
    List,
    ListItem,
    Paragraph,
    Strong,
    Text,
    Weeknote,
    append,
    dump,
    find_all,
    insert_after,
    parse,
    remove,
    replace,
)
from weeknote.codec.in_place import text_in_place

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = "https://new.example/"


def link_to(url: str = NEW) -> Callable[[Weeknote], Weeknote]:
    """Return an edit that gives the first link another URL."""
    return lambda note: replace(note, note.links[0], Link(url, None, note.links[0].children))


def words(old: str, new: str) -> Callable[[Weeknote], Weeknote]:
    """Return an edit that replaces the first words that are, or begin with, a text."""
    return lambda note: replace(note, next(t for t in find_all(note, Text) if t.value.startswith(old)), Text(new))


def paragraph(old: str, new: str) -> Callable[[Weeknote], Weeknote]:
    """Return an edit that replaces the first paragraph that begins with a text."""
    return lambda note: replace(
        note, next(p for p in find_all(note, Paragraph) if p.text.startswith(old)), Paragraph(new)
    )


def bullet(*items: str | ListItem) -> Callable[[Weeknote], Weeknote]:
    """Return an edit that adds items to the list at the end of the first section."""
    return lambda note: append(note, note.sections[0].blocks[-1], *items)


IN_PLACE = {
    "a link, beside other spellings": (
        "# Week 12\n\n## Work\n\nRead _the_ [plan](/a \"t\") and  [so](/b 't') on.\n",
        link_to(),
        "# Week 12\n\n## Work\n\nRead _the_ [plan](https://new.example/) and  [so](/b 't') on.\n",
    ),
    "a link in an item of a quotation, with the marks of both": (
        "# Week 12\n\n> * one\n>   two [plan](/a)\n",
        link_to(),
        "# Week 12\n\n> * one\n>   two [plan](https://new.example/)\n",
    ),
    "a line that begins with emphasis": (
        "# Week 12\n\n## Work\n\n- **Maps**: see [plan](/a)\n",
        link_to(),
        "# Week 12\n\n## Work\n\n- **Maps**: see [plan](https://new.example/)\n",
    ),
    "a footnote": (
        "# Week 12\n\n## Work\n\nSo[^1].\n\n[^1]: See [plan](/a).\n",
        link_to(),
        "# Week 12\n\n## Work\n\nSo[^1].\n\n[^1]: See [plan](https://new.example/).\n",
    ),
    "words in the intro, with Windows line ends": (
        "---\r\ntitle: Week 12\r\n---\r\n\r\n# Week 12\r\n\r\nA *quiet* week.\r\nTruly.\r\n",
        words("A ", "One very "),
        "---\r\ntitle: Week 12\r\n---\r\n\r\n# Week 12\r\n\r\nOne very *quiet* week.\r\nTruly.\r\n",
    ),
    "a whole line, and the blank lines below stay": (
        "# Week 12\n\n## Work\n\nOne line.\n\n\n\nAnother line.\n",
        paragraph("One", "Something else."),
        "# Week 12\n\n## Work\n\nSomething else.\n\n\n\nAnother line.\n",
    ),
    "a whole line below a title with an underline": (
        "Week 12\n===\n\n## Work\n\nOne line.\n",
        paragraph("One", "Something else."),
        "Week 12\n===\n\n## Work\n\nSomething else.\n",
    ),
    "an item at the end of a list, and the blank lines below stay": (
        "# Week 12\n\n## Work\n\n+  one\n+  two\n\n\n## Next\n",
        bullet("three"),
        "# Week 12\n\n## Work\n\n+  one\n+  two\n+  three\n\n\n## Next\n",
    ),
    "items with marks at the end of the text": (
        "# Week 12\n\n## Work\n\n1. one\n2. two\n",
        bullet("*three*", "[four]"),
        "# Week 12\n\n## Work\n\n1. one\n2. two\n3. \\*three*\n4. [four]\n",
    ),
}


@pytest.mark.parametrize(("text", "edit", "expected"), IN_PLACE.values(), ids=IN_PLACE)
def test_only_the_edited_characters_change(text: str, edit: Callable[[Weeknote], Weeknote], expected: str) -> None:
    """The text is written in place, is what the user would have typed, and means what was meant."""
    note = edit(parse(text, dialect="markdown"))
    assert text_in_place(note) == expected
    assert dump(note) == expected
    assert parse(expected, dialect="markdown") == note


LEFT_TO_THE_WRITER = {
    "a block was added": (
        "# Week 12\n\n## Work\n\nOne.\n",
        lambda note: insert_after(note, note.sections[0].blocks[0], "Two."),
    ),
    "the masthead": ("By Ada\n\n# Week 12\n\n1 May 2021\n\nA.\n", paragraph("By", "By Bob")),
    "the byline": ("# Week 12\n\n1 May 2021\n\nA.\n", paragraph("1 May", "2 May 2021")),
    "the trailer": ("# Week 12\n\nA.\n\nComments are closed.\n", paragraph("Comments", "Share this:")),
    "front matter": (
        "---\ntitle: Maps\n---\n\n# Maps\n\nRain.\n",
        lambda note: replace(note, note.front_matter, FrontMatter("---\ntitle: Maps\ntags: a\n---")),
    ),
    "a heading": ("# Week 12\n\n## Work\n\nOne.\n", words("Work", "Play")),
    "the title right below itself": ("# Maps and more.\n\nIntro.\n", words("Intro", "Maps and more.")),
    "a line in a masthead": ("Weeknotes\n\n# Week 12: maps\n\n1 May 2021\n\nA.\n", words("A.", "B.")),
    "words above the first heading": ("Words.\n\n## Work\n\nOne.\n", words("Words", "Other words.")),
    "a byline": ("# Week 12\n\nIntro words.\n", words("Intro", "Posted on 3 May 2021.")),
    "furniture": ("# Week 12\n\n## Work\n\nOne.\n\nTwo.\n", words("Two", "Comments are closed.")),
    "a line that would begin like a list": ("# Week 12\n\n## Work\n\nOne.\n", words("One", "1. One")),
    "a line that would be a definition": (
        "# Week 12\n\n## Work\n\n[a] so\n",
        words("[a] so", "[a]: so"),
    ),
    "a line that would be the title of a definition": (
        "# Week 12\n\n- [a]: /b\n  One two.\n",
        words("One", "(One)"),
    ),
    "a bar, which could make a table": ("# Week 12\n\n## Work\n\nOne.\n--|--\n", words("One", "a|b")),
    "a line break in words": ("# Week 12\n\n## Work\n\nOne.\n", words("One", "a\nb")),
    "blanks at the end": ("# Week 12\n\n## Work\n\nOne.\n", words("One", "a ")),
    "words that are a mark": ("# Week 12\n\n## Work\n\nOne *two* three.\n", words(" three", " *three*")),
    "emphasis beside emphasis": (
        "# Week 12\n\n## Work\n\nOne *two*\n",
        lambda note: insert_after(note, next(find_all(note, Emphasis)), Strong("three")),
    ),
    "a paragraph of several lines replaced whole": ("# Week 12\n\n## Work\n\nOne\ntwo.\n", paragraph("One", "Three.")),
    "a list with another right below": (
        "# Week 12\n\n## Work\n\n- one\n\n* two\n",
        lambda note: append(note, note.sections[0].blocks[0], "three"),
    ),
    "a list with a heading right below": ("# Week 12\n\n## Work\n\n- one\n## Next\n", bullet("two")),
    "a list in the place of a quotation": (
        "# Week 12\n\n## Work\n\n> one\n",
        lambda note: replace(note, note.sections[0].blocks[0], List(["two", "three"])),
    ),
    "a list without a line end": ("# Week 12\n\n## Work\n\n- one", bullet("two")),
    "an item of several blocks": (
        "# Week 12\n\n## Work\n\n- one\n",
        bullet(ListItem([Paragraph("two"), Paragraph("three")])),
    ),
    "the end of front matter where there was none": (
        "---\ntitle: Maps\n\n## Work\n\nOne.\n",
        paragraph("One", "..."),
    ),
    "front matter where there was none": ("Note: [a](/b)\n\n# Week 12\n", link_to()),
}


@pytest.mark.parametrize(("text", "edit"), LEFT_TO_THE_WRITER.values(), ids=LEFT_TO_THE_WRITER)
def test_the_writer_sees_to_what_may_go_further(text: str, edit: Callable[[Weeknote], Weeknote]) -> None:
    """An edit that may change what is around it is not written in place; it is written all the same, or refused."""
    note = edit(parse(text, dialect="markdown"))
    assert text_in_place(note) is None
    try:
        written = dump(note)
    except CannotExpressError:
        return
    assert parse(written, dialect="markdown") == note


@given(st.data(), texts)
def test_what_is_written_in_place_means_what_was_meant(data: st.DataObject, text: str) -> None:
    """Whatever the text, words replaced in place are read back as the edited note, and nothing around them changes."""
    note = parse(text, dialect="markdown")
    # Other words in an autolink leave no autolink: its angle brackets go as well.
    found = [
        node
        for node in find_all(note, Text)
        if node.slice is not None and not text.startswith("<", node.slice.start - 1)
    ]
    if not found:
        return
    old = data.draw(st.sampled_from(found))
    new = data.draw(st.text(alphabet="ab .,:-+*_[](){}<>&#|`~!\\1\n", min_size=1, max_size=8))
    edited = replace(note, old, Text(new))
    written = text_in_place(edited)
    if written is None:
        return
    assert parse(written, dialect="markdown") == edited
    assert old.slice is not None
    assert written.startswith(text[: old.slice.start])
    assert written.endswith(text[old.slice.end :])


def test_a_pickled_note_does_not_carry_what_was_removed() -> None:
    """The note that an edited one remembers stays behind."""
    note = parse("# Week 12\n\n## Work\n\nA secret.\n\nOther words.\n", dialect="markdown")
    edited = remove(note, note.sections[0].blocks[0])
    carried = pickle.dumps(edited)
    assert b"secret" not in carried
    assert dump(pickle.loads(carried)) == dump(edited)
