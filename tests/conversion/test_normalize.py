"""The fourth law: normalising changes no meaning, and what it gives it gives again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from note_strategies import notes
from strategies import texts
from weeknote import (
    Archive,
    CannotExpressError,
    FrontMatter,
    Heading,
    List,
    Post,
    Role,
    Section,
    Transformer,
    Weeknote,
    dump,
    from_dict,
    parse,
    parse_archive,
    to_dict,
)
from weeknote.conversion.normalize import normalize
from weeknote.headings import VOCABULARY

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


@given(text=texts, dialect=st.sampled_from(DIALECTS), archive=st.booleans())
def test_equal_notes_that_were_not_read_become_equal_texts(text: str, dialect: str, archive: bool) -> None:
    """Words keep the spelling they were read with; those of built notes have one spelling, and so has the note."""
    note = (parse_archive if archive else parse)(text, dialect=dialect)
    one, other = (from_dict(to_dict(n)) for n in (note, normalize(note)))
    assert isinstance(one, (Weeknote, Archive))
    assert isinstance(other, (Weeknote, Archive))
    assert one == other
    assert written(one) == written(other)


def test_a_definition_of_several_lines_is_moved_with_its_containers() -> None:
    """Its later lines have the marks of its containers before them, which are not part of it."""
    note = parse('* > [n]: /u "one\n  > two"\n', dialect="markdown")
    assert dump(normalize(note)) == '- > [n]: /u "one\n  > two"\n'


@given(note=notes(), bullet=st.sampled_from("-*+"), newline=st.sampled_from(["\n", "\r\n", "\r"]))
def test_equal_notes_with_words_spelled_alike_become_equal_texts(note: Weeknote, bullet: str, newline: str) -> None:
    """Other bullets and line ends are gone after normalising."""
    found = written(note)
    assume(found is not None)
    other = attrs.evolve(with_bullets(note, bullet), newline=newline)
    assert other == note
    assert written(parse(dump(note), dialect="markdown")) == found
    assert written(parse(dump(other), dialect="markdown")) == found


def written(note: Weeknote | Archive) -> str | None:
    """Return a note's normalised text; None if it cannot be written."""
    try:
        return dump(normalize(note))
    except CannotExpressError:
        return None


def with_bullets(note: Weeknote, bullet: str) -> Weeknote:
    """Return a built note whose bullet lists, but for those in others, have a marker."""

    class Bullets(Transformer):
        def visit_list(self, node: List) -> List:
            return node if node.ordered else attrs.evolve(node, marker=bullet)

    return Bullets().apply(note)


@pytest.mark.skipif(not CORPUS.exists(), reason="other people's notes are not part of the project")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_corpus_keeps_its_meaning(dialect: str) -> None:
    """The same for notes that people wrote."""
    paths = [path for path in sorted((CORPUS / "notes").rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        check(path.read_bytes().decode("utf-8", "replace"), dialect, archive=False)


SKELETON = {
    "a heading that is underlined": ("Rain\n====\n", "# Rain\n"),
    "a heading with marks at its end": ("##  Rain ##\n", "## Rain\n"),
    "a heading that ends in a mark": ("Rain #\n---\n", "Rain #\n---\n"),
    "a heading of two lines": ("Rain\nand sun\n===\n", "Rain\nand sun\n===\n"),
    "bullets": ("+   one\n+   two\n", "- one\n- two\n"),
    "nested bullets": ("* one\n    * in\n        * deeper\n", "- one\n  - in\n    - deeper\n"),
    "a list above one that has to stay": ("*   one\n\n- \n   <div>\nx\n", "* one\n\n- \n   <div>\nx\n"),
    "lists in a row": ("* one\n\n+ two\n\n* three\n", "- one\n\n* two\n\n- three\n"),
    "a rule in an item": ("* ---\n", "* ---\n"),
    "a loose list": ("* one\n* two\n\n\n* three\n", "- one\n\n- two\n\n- three\n"),
    "a tight list with two blocks": ("* one\n  > two\n* three\n", "- one\n  > two\n- three\n"),
    "a loose list with a tight one in it": ("* one\n  * in\n  * in\n\n* two\n", "- one\n  - in\n  - in\n\n- two\n"),
    "code in an item": ("*   one\n\n    ```\n    x\n     y\n    ```\n", "- one\n\n  ```\n  x\n   y\n  ```\n"),
    "code that is indented, in an item": ("1)  one\n\n        x\n", "1. one\n\n       x\n"),
    "numbers": ("1) one\n7) two\n", "1. one\n2. two\n"),
    "equal numbers": ("4. one\n4. two\n4. three\n", "4. one\n4. two\n4. three\n"),
    "a quotation": (">one\n>  two\n", "> one\n>  two\n"),
    "a quotation with a lazy line": (">one\ntwo\n", "> one\ntwo\n"),
    "a list in a quotation": (">* one\n>  two\n", "> - one\n>   two\n"),
    "a rule in a quotation in a list": ("* > ___\n  >\n  > words\n", "- > ___\n  >\n  > words\n"),
    "a list in a quotation in a list": ("* > * one\n  >\n  >   more\n", "- > - one\n  >\n  >   more\n"),
    "a lazy line after a list": ("*   one\nand on\n", "- one\nand on\n"),
    "words to the left of an item's": ("*   one\n\n  two\n", "- one\n\ntwo\n"),
    "a footnote": ("[^1]:  one\n\n    two\n", "[^1]: one\n\n    two\n"),
    "definitions": ("[a]: /1\n[b]: /2\n\n\n[c]: /3\n", "[a]: /1\n[b]: /2\n\n[c]: /3\n"),
    "code that never ends": ("x\n```\ny\n\n\n", "x\n\n```\ny\n\n\n"),
    "an empty item": ("*\n* one\n", "-\n- one\n"),
    "an empty quotation": (">  \n", ">\n"),
    "code in a quotation, with words right below": ("> ```\n> x\n> ```\n> words\n", "> ```\n> x\n> ```\n>\n> words\n"),
    "words to the left of an item's, in a quotation": ("> * one\n>\n>  two\n", "> - one\n>\n> two\n"),
    "an item with a gap between its blocks": ("* one\n\n  more\n* two\n", "- one\n\n  more\n\n- two\n"),
    "gaps between tags stay, and those around them do not": (
        "one\n\n\n<div>\n\n\ntwo\n\n\n</div>\n\n\nthree\n",
        "one\n\n<div>\n\n\ntwo\n\n\n</div>\n\nthree\n",
    ),
    "spaces at the end": ("one  \n\n two  \n", "one  \n\n two  \n"),
}
"""A text, and the same with its skeleton set."""


@pytest.mark.parametrize(("text", "expected"), SKELETON.values(), ids=SKELETON)
def test_the_skeleton_is_set(text: str, expected: str) -> None:
    """Marks, indentation and blank lines have one form; a block that needs its own form keeps it."""
    assert check(text, "markdown", archive=False) == expected


UNTOUCHED = {
    "emphasis": "_so_ and __so__ and *so*\n",
    "escapes": "1\\. a \\~ b &amp; &copy; &#35;\n",
    "references": "[words][a], [a][] and [a]\n\n[a]: </url> (title)\n",
    "addresses": "[https://a.example/](https://a.example/) <me@a.example>\n",
    "a table": "| a   |  b |\n|-----|---:|\n| one | 2  |\n",
    "rules": "---\n\n* * *\n\n___\n",
    "fences": "~~~~ py\nx\n~~~~\n\n  ```\n  y\n  ```\n\n    z\n",
    "line breaks": "one  \ntwo\\\nthree\n   four\n",
    "front matter": "---\ntitle:   x  # y\n---\n\nWords.\n",
    "HTML": "<details>\n<summary>More</summary>\n\n* one\n\n\n*   two\n\n</details>\n",
    "Liquid": "{% tabs %}\n* one\n{% endtabs %}\n",
    "nested Liquid": "{% if a %}\n\n+ one\n\n{% if b %}\n\nRain\n----\n{% endif %}\n\n+ two\n\n{% endif %}\n",
    "shortcodes": "{{< tip >}}\n+ one\n{{< /tip >}}\n\n{{% note %}}\n+ two\n{{% /note %}}\n",
    "MDX": "import A from 'a'\n\n<Tabs>\n  <Tab a={{b: 1}}>\n\n+ one\n\n  </Tab>\n</Tabs>\n",
    "a directive": "::: warning\n+ one\n:::\n\n:::note\nRain\n----\n:::\n",
    "an admonition": '!!! note "Rain"\n    It fell.\n\n    All week.\n',
    "maths": "$$\n+ a\n\n+ b\n$$\n\n\\[\n\n* c\n\n\\]\n",
    "attributes": "# Rain\n{: .wide}\n\n- one\n- two\n{: #list}\n",
    "a callout": "> [!NOTE]\n> Rain.\n",
}
"""Texts in which there is nothing to set."""


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_words_and_what_other_languages_enclose_keep_their_spelling(text: str) -> None:
    """The note comes back itself: not a character changes."""
    note = parse(text, dialect="markdown")
    assert normalize(note) is note


PLAIN = {
    "a list": ("- one\n- two\n", "  • one\n  • two\n"),
    "a nested list": ("We did:\n • one\n     ◦ in\n", "We did:\n\n  • one\n    • in\n"),
    "a loose list": ("• one\n\n• two\n", "  • one\n\n  • two\n"),
    "lists in a row": ("• one\n- two\n", "  • one\n\n  - two\n"),
    "an item of two lines": ("• one\n     and on\n", "  • one\n    and on\n"),
    "numbers": ("3) one\n4) two\n", "  3. one\n  4. two\n"),
    "white space": (" One \n\tand on.\r\r\r", "One\nand on.\n"),
    "marks that mean nothing": ("An *aside*, `so` &amp; \\~\n", "An *aside*, `so` &amp; \\~\n"),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_the_skeleton_of_plain_text_is_set(text: str, expected: str) -> None:
    """Two spaces and a bullet, a blank line between blocks, words at the margin."""
    assert check(text, "text", archive=False) == expected


def test_a_block_that_would_mean_something_else_stays_as_it_was_read() -> None:
    """With a smaller indentation the code would be the item's, so that list keeps its form; the others don't."""
    found = check("* one\n\n#  Rain\n\n*    two\n\n    code\n\n* three\n", "markdown", archive=False)
    assert found == "- one\n\n# Rain\n\n*    two\n\n    code\n\n- three\n"


def test_a_normalised_note_has_the_places_of_its_text() -> None:
    """It is read from the text that `dump` gives."""
    found = normalize(parse("Rain\n====\n\n* one\n"))
    assert found.position is not None
    assert found.intro[0].position is not None
    assert found.intro[0].position.start.line == 3


def test_what_is_known_from_outside_the_text_stays_known() -> None:
    """The date nearby still decides the year, and an archive's notes keep theirs."""
    assert normalize(parse("w/c 6 May\n===\n", near=date(2019, 5, 1))).weeks[0].start == date(2019, 5, 6)
    archive = normalize(parse_archive("w/c 13 May\n===\n\nw/c 6 May 2019\n===\n"))
    assert [note.weeks[0].start for note in archive.weeknotes] == [date(2019, 5, 13), date(2019, 5, 6)]
    assert [note.weeks[0].start for note in archive.weeknotes] == [date(2019, 5, 13), date(2019, 5, 6)]
    archive = normalize(parse_archive("w/c 13 May\n===\n\nw/c 6 May\n===\n", near=date(2019, 5, 17)))
    assert [note.weeks[0].start for note in archive.weeknotes] == [date(2019, 5, 13), date(2019, 5, 6)]
    words = VOCABULARY.extended({Role.LEARNING: ["Field notes"]})
    assert normalize(parse("# Week 1\n\nField notes\n---\n\na\n", vocabulary=words)).learning is not None


def test_a_built_note_is_written_and_normalised() -> None:
    """What was never read is read from what `dump` writes."""
    note = Weeknote(heading=Heading(1, "Rain"), intro=[List(["one", "two"], marker="*")])
    assert dump(normalize(note)) == "# Rain\n\n- one\n- two\n"


@pytest.mark.skipif(not CORPUS.exists(), reason="other people's notes are not part of the project")
def test_the_corpus_shows_the_same_page() -> None:
    """Cmark renders every note to the same HTML before and after."""
    cmarkgfm = pytest.importorskip("cmarkgfm")

    def page(note: Weeknote) -> str:
        matter = note.front_matter
        assert note.slice is not None
        start = 0 if matter is None or matter.slice is None else matter.slice.end
        body = note.slice.text[start:].removeprefix("\ufeff")
        html: str = cmarkgfm.github_flavored_markdown_to_html(body)
        return " ".join(html.split())

    for path in sorted((CORPUS / "notes").rglob("*.md")):
        note = parse(path.read_bytes().decode("utf-8", "replace"), dialect="markdown")
        assert page(normalize(note)) == page(note), path


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
    """An archive stays an archive, and a post a post."""
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


def test_the_block_after_the_misread_one_may_be_what_has_to_stay() -> None:
    """The title's underline stays, so that the text isn't read as front matter, and the list is still normalised."""
    text = "+++\n\nTitle\n===\n\n+++\n\n* a\n\n\n  • x\n"
    assert dump(normalize(parse(text, dialect="markdown"))) == "+++\n\nTitle\n===\n\n+++\n\n- a\n\n  • x\n"


class CountedDefinitions(dict[str, tuple[str, str | None]]):
    """Link definitions that count how often they are compared with others."""

    comparisons = 0

    def __ne__(self, other: object) -> bool:
        """Compare, and count it."""
        self.comparisons += 1
        return super().__ne__(other)

    __hash__ = None


def test_definitions_are_not_compared_for_each_block() -> None:
    """Comparing all definitions with each block took quadratic time where a text has many of both."""
    note = parse("".join(f"[a{n}] b\n\n[a{n}]: /u\n\n" for n in range(50)), dialect="markdown")
    assert note.intro[0].slice is not None
    source = note.intro[0].slice.source
    source.definitions = counted = CountedDefinitions(source.definitions)
    assert normalize(note) == note
    assert 0 < counted.comparisons < 5
