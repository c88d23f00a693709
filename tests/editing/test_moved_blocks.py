"""Blocks that are moved, lists that are edited, neighbours that are removed: the rest keeps its meaning and form."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import weeknote
from strategies import texts
from weeknote import (
    Blockquote,
    CannotExpressError,
    Code,
    Definition,
    Emphasis,
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
    Text,
    Weeknote,
    append,
    dump,
    find_all,
    insert_after,
    insert_before,
    parse,
    remove,
    replace,
    replace_many,
)
from weeknote.nodes import Node
from weeknote.nodes.block import BLOCKS
from weeknote.syntax.tree_builder import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable


def markdown(text: str) -> Weeknote:
    """Return a text read as Markdown."""
    return parse(text, dialect="markdown")


def node(note: Node, kind: type[Any], index: int = 0) -> Any:
    """Return a node of a kind, the first or another one in the order of the text."""
    return list(find_all(note, kind))[index]


MOVED = {
    "code out of nested lists": ("- x\n  - y\n    - ```\n      z\n      ```\n", Code, "```\nz\n```\n"),
    "code out of a quotation": ("> ~~~ py\n> z\n>   z\n> ~~~\n", Code, "~~~ py\nz\n  z\n~~~\n"),
    "indented code out of a list": ("1. x\n\n       z\n\n       z\n", Code, "    z\n\n    z\n"),
    "HTML out of a quotation": ("> <div>\n> z\n> </div>\n", Html, "<div>\nz\n</div>\n"),
    "a table out of a list": ("- | a |\n  |:-:|\n  | _b_ |\n", weeknote.Table, "| a |\n|:-:|\n| _b_ |\n"),
    "words out of nested quotations": ("> > _x_\n> > y\nz\n", Paragraph, "_x_\ny\nz\n"),
    "a heading out of a list": ("- Rain\n  ---\n", Heading, None),
    "a list out of a footnote": ("[^1]:\n    - x\n      y\n", List, "- x\n  y\n"),
    "a quotation out of a quotation": ("> > x\n> >\n", Blockquote, "> x\n"),
}
"""A text, the kind of block to take out of it, and what it is in a note of its own."""


@pytest.mark.parametrize(("text", "kind", "expected"), MOVED.values(), ids=MOVED)
def test_a_block_moved_out_of_its_containers_means_the_same(text: str, kind: type[Any], expected: str | None) -> None:
    """A moved block keeps its spelling and drops the markers and indentation of its old containers."""
    block = list(find_all(markdown(text), kind))[-1]
    if expected is None:
        note = Weeknote(intro=[Blockquote([block])])
        assert parse(dump(note)) == note
        return
    note = Weeknote(intro=[block])
    assert dump(note) == expected
    assert parse(dump(note)) == note


@pytest.mark.parametrize("text", ["> Comments are closed.\n", "> Comments are closed.\n>\n"])
def test_words_moved_to_where_they_would_be_furniture_are_refused(text: str) -> None:
    """In a quotation they are the author's, and at the end of the note the site's."""
    note = markdown(text)
    with pytest.raises(CannotExpressError, match="furniture"):
        dump(weeknote.append(note, note, node(note, Paragraph)))


@pytest.mark.parametrize(("text", "kind", "expected"), MOVED.values(), ids=MOVED)
def test_a_block_moved_into_other_containers_means_the_same(text: str, kind: type[Any], expected: str | None) -> None:
    """So it does behind a quotation's marks in a list's indentation."""
    block = list(find_all(markdown(text), kind))[-1]
    note = Weeknote(intro=[List([ListItem([Paragraph("a"), Blockquote([Paragraph("b"), block])])], ordered=True)])
    read = parse(dump(note))
    assert read == note
    assert expected is None or list(find_all(read, kind))[-1] == block


EDITED: dict[str, tuple[str, Any, str]] = {
    "the last item of a loose list": (
        "* x\n\n* y\n\nend\n",
        lambda n: replace(n, node(n, Paragraph, 1), Paragraph("z")),
        "* x\n\n* z\n\nend\n",
    ),
    "the first item of a loose list": (
        "1. x\n\n2. y\n",
        lambda n: replace(n, node(n, ListItem), ListItem("z")),
        "1. z\n\n2. y\n",
    ),
    "an item added to a loose list": (
        "- x\n\n- y\n\nend\n",
        lambda n: append(n, node(n, List), ListItem("z")),
        "- x\n\n- y\n\n- z\n\nend\n",
    ),
    "an item added to a list of zeros": ("0. x\n0. y\n", lambda n: append(n, node(n, List), "z"), "0. x\n0. y\n0. z\n"),
    "an item added to a list that counts": (
        "8) x\n9) y\n",
        lambda n: append(n, node(n, List), "z"),
        "8) x\n9) y\n10) z\n",
    ),
    "an item of another note put first": (
        "- x\n- y\n",
        lambda n: insert_before(n, node(n, ListItem), node(markdown("+ z\n"), ListItem)),
        "- z\n- x\n- y\n",
    ),
    "an item added below one that begins with a no-break space": (
        "-  \u00a0x\n",
        lambda n: append(n, node(n, List), "y"),
        "-  \u00a0x\n-  y\n",
    ),
    "a block added behind a byte order mark": (
        "\ufeff>x\n",
        lambda n: append(n, node(n, Blockquote), Paragraph("y")),
        "\ufeff>x\n>\n>y\n",
    ),
    "an item added behind a byte order mark": (
        "\ufeff*  x\n",
        lambda n: append(n, node(n, List), "y"),
        "\ufeff*  x\n*  y\n",
    ),
    "a block without a line end put before another": (
        "x\n\ny\n",
        lambda n: insert_before(n, node(n, Paragraph, 1), node(markdown("z"), Paragraph)),
        "x\n\nz\n\ny\n",
    ),
    "a block without a line end put last": (
        "x\n",
        lambda n: insert_after(n, node(n, Paragraph), node(markdown("z"), Paragraph)),
        "x\n\nz\n",
    ),
    "a definition whose next one is indented like code": (
        "[x]: /1\n     [y]: /2\n\nSee [y].\n",
        lambda n: remove(n, node(n, Definition)),
        "[y]: /2\n\nSee [y].\n",
    ),
    "lists beside a removed block, one of them replaced": (
        "- x\n\ny\n\n- z\n",
        lambda n: replace_many(n, [(node(n, Paragraph, 1), None), (node(n, List, 1), Paragraph("w"))]),
        "- x\n\nw\n",
    ),
    "lists of two kinds beside a removed block": (
        "- x\n\ny\n\n- z\n",
        lambda n: replace_many(n, [(node(n, Paragraph, 1), None), (node(n, List, 1), List(["w"], ordered=True))]),
        "- x\n\n1. w\n",
    ),
}
"""A text, an edit, and the text afterwards."""


@pytest.mark.parametrize(("text", "edit", "expected"), EDITED.values(), ids=EDITED)
def test_an_edit_leaves_the_form_of_its_neighbours(text: str, edit: Any, expected: str) -> None:
    """Gaps, numbers, markers, byte order mark and the last line end stay as they were."""
    edited = edit(markdown(text))
    assert dump(edited) == expected
    assert markdown(dump(edited)) == edited


BESIDE: dict[str, tuple[str, Any, str]] = {
    "a list of another note below one with its bullet": (
        "- x\n",
        lambda n: insert_after(n, n.intro[0], markdown("- y\n- z\n").intro[0]),
        "- x\n\n* y\n* z\n",
    ),
    "numbers above numbers": (
        "1. x\n",
        lambda n: insert_before(n, n.intro[0], markdown("1. y\n").intro[0]),
        "1. y\n\n1) x\n",
    ),
    "a list that changes places with words": (
        "- x\n\nwords\n\n- y\n",
        lambda n: replace_many(n, [(n.intro[1], n.intro[2]), (n.intro[2], n.intro[1])]),
        "- x\n\n* y\n\nwords\n",
    ),
    "the same in a quotation": (
        "> - x\n>\n> words\n>\n> - y\n",
        lambda n: replace_many(
            n,
            [
                (n.intro[0].blocks[0], n.intro[0].blocks[1]),
                (n.intro[0].blocks[1], n.intro[0].blocks[0]),
            ],
        ),
        "> words\n>\n> - x\n>\n> * y\n",
    ),
    "a list moved into an item": (
        "- x\n\n1. y\n",
        lambda n: append(remove(n, n.intro[1]), node(n, ListItem), n.intro[1]),
        "- x\n\n  1. y\n",
    ),
    "a list moved into the quotation above it, from above another": (
        ">x\n\n- y\n>z\n",
        lambda n: append(remove(n, n.intro[1]), n.intro[0], n.intro[1]),
        ">x\n>- y\n\n>z\n",
    ),
    "words that began no list below a definition": (
        "x\n\n[a]: /b\n+\n",
        lambda n: insert_before(remove(n, n.intro[2]), n.intro[0], n.intro[2]),
        "\\+\n\nx\n\n[a]: /b\n",
    ),
}
"""A text, an edit that moves a block beside another one, and the text then."""


@pytest.mark.parametrize(("text", "edit", "expected"), BESIDE.values(), ids=BESIDE)
def test_a_block_moved_beside_another_stays_itself(text: str, edit: Any, expected: str) -> None:
    """It gets another marker, or an escape, where it would be taken for a part of its neighbour."""
    edited = edit(markdown(text))
    assert dump(edited) == expected
    assert markdown(expected) == edited


QUOTED = {
    "words": ("> x\n\nend\n", "> x\n>\n> new\n\nend\n"),
    "a list": ("> - x\n\n\nend\n", "> - x\n>\n> new\n\n\nend\n"),
    "a quotation": ("> > x\n\nend\n", "> > x\n>\n> new\n\nend\n"),
    "in an item": ("- > x\n\nend\n", "- > x\n  >\n  > new\n\nend\n"),
    "a marked blank line": ("> x\n>\n\nend\n", "> x\n>\n> new\n\nend\n"),
    "a tab": (">\tx\n\nend\n", ">\tx\n>\n> new\n\nend\n"),
}


@pytest.mark.parametrize(("text", "expected"), QUOTED.values(), ids=QUOTED)
def test_what_is_appended_to_a_quotation_is_quoted(text: str, expected: str) -> None:
    """The blank line that ends the quotation comes after it."""
    note = markdown(text)
    edited = append(note, node(note, Blockquote), Paragraph("new"))
    assert dump(edited) == expected
    assert markdown(expected) == edited


TABS = {
    "code behind a tab": ("\tx\n", Code, "> ```\n> x\n> ```\n"),
    "words whose next line begins with tabs": ("x\n\t- y\n", Paragraph, "> x\n>     - y\n"),
    "HTML behind a tab": (">\t<div>\n", Html, ">   <div>\n"),
    "an item behind a tab": ("-\tx\n", List, "> - x\n"),
    "a rule": ("- - x\n\n---\n", weeknote.ThematicBreak, "> ___\n"),
    "code without an end": ("- ~~~\n  x\n", Code, "> ```\n> x\n> ```\n"),
}


@pytest.mark.parametrize(("text", "kind", "expected"), TABS.values(), ids=TABS)
def test_a_moved_block_has_no_columns_of_its_old_place(text: str, kind: type[Any], expected: str) -> None:
    """The width of a tab depends on its column, and a fence may have been ended by its container."""
    note = Weeknote(intro=[Blockquote([node(markdown(text), kind)])])
    assert dump(note) == expected
    assert markdown(expected) == note


def test_an_edit_that_is_undone_gives_what_was_read() -> None:
    """A list that gains an item and loses it again is the list that was read, with its place."""
    note = markdown("Wins:\n\n1) x\n3) y\n")
    longer = append(note, note.intro[1], "z")
    again = remove(longer, node(longer, ListItem, 2))
    assert again.intro[1] is note.intro[1]


def test_a_loose_list_of_plain_text_keeps_its_gap() -> None:
    """The same in the other dialect."""
    note = parse("We did:\n\n• x\n\n• y\n\nAnd so on.\n", dialect="text")
    edited = replace(note, node(note, ListItem, 1).blocks[0], Paragraph("z"))
    assert dump(edited) == "We did:\n\n• x\n\n• z\n\nAnd so on.\n"


def movable(note: Weeknote) -> list[Any]:
    """Return the blocks and items of a note, other than headings and what can be inside a line too."""
    return [n for n in weeknote.walk(note) if isinstance(n, (*BLOCKS, ListItem)) and not isinstance(n, Heading | Html)]


@pytest.mark.parametrize("dialect", ["markdown", "text"])
@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(here=texts, there=texts, data=st.data())
def test_any_block_can_be_moved_anywhere(dialect: str, here: str, there: str, data: st.DataObject) -> None:
    """The note is written as what it means, or refused; pickled before, it is written the same."""
    note, other = parse(here, dialect=dialect), parse(there, dialect=dialect)
    places, blocks = movable(note), movable(other)
    if not places or not blocks:
        return
    place, block = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(blocks))
    edits: list[Any] = [replace, insert_before, insert_after]
    edit = data.draw(st.sampled_from(edits))
    if isinstance(place, ListItem) and not isinstance(block, ListItem):
        block = ListItem([block])
    if isinstance(block, ListItem) and not isinstance(place, ListItem):
        block = List([block])
    edited = edit(note, place, block)
    try:
        text = dump(edited)
    except CannotExpressError:
        with pytest.raises(CannotExpressError):
            dump(pickle.loads(pickle.dumps(edited)))
        return
    assert parse(text, dialect=dialect) == edited
    assert dump(pickle.loads(pickle.dumps(edited))) == text


PICKLED = {
    "an item of a nested list": ("- x\n    - y\n    - z\n", 2),
    "an item with a no-break space": ("• x\n      ◦\u00a0y\n      ◦\u00a0z\n", 2),
    "an item of a list of ones": ("1. x\n1. y\n", 1),
    "an item that was empty": ("  4. \n  5. x\n", 0),
}


@pytest.mark.parametrize(("text", "index"), PICKLED.values(), ids=PICKLED)
def test_a_pickled_edit_is_written_as_the_edit(text: str, index: int) -> None:
    """Only the marks of what was edited are carried, and they are all that is needed."""
    note = parse(text, dialect="text" if "◦" in text else "markdown")
    edited = append(note, node(note, ListItem, index), Paragraph("new"))
    assert dump(pickle.loads(pickle.dumps(edited))) == dump(edited)


# --- what cannot be written


def nested(depth: int) -> Weeknote:
    """Return a note with quotations in each other."""
    block: Any = Paragraph("x")
    for _ in range(depth):
        block = Blockquote([block])
    return Weeknote(intro=[block])


def test_a_tree_is_written_as_deep_as_it_is_read() -> None:
    """One container more is refused by name, and so are a thousand."""
    note = nested(MAX_DEPTH)
    assert parse(dump(note)) == note
    for depth in (MAX_DEPTH + 1, 1000):
        with pytest.raises(CannotExpressError, match="nested more than 100 deep"):
            dump(nested(depth))
        with pytest.raises(CannotExpressError, match="nested more than 100 deep"):
            weeknote.convert(nested(depth), "text")


def test_words_are_read_from_trees_of_any_depth() -> None:
    """A blank line between the blocks of a quotation, a line for each block of a list."""
    block: Any = Blockquote([Paragraph("x"), Code("y"), weeknote.ThematicBreak()])
    assert block.text == "x\n\ny"
    for _ in range(3000):
        block = List([ListItem([weeknote.FootnoteDefinition("a", [block])]), ListItem()])
    assert List([ListItem([block]), ListItem("z")]).text == "x\n\ny\nz"


def test_words_nested_too_deep_are_refused() -> None:
    """Emphasis in emphasis, without end."""
    words: Any = Text("x")
    for _ in range(1000):
        words = Emphasis([words])
    with pytest.raises(CannotExpressError, match="nested 1001 deep"):
        dump(Weeknote(intro=[Paragraph([words])]))


REASONS: dict[str, tuple[Weeknote, str]] = {
    "a footnote that a moved paragraph needs": (
        Weeknote(intro=[Paragraph([Text("Rain."), FootnoteReference("7")])]),
        "the footnote '7' is not defined in the note",
    ),
    "the part of a paragraph": (
        Weeknote(intro=[Paragraph([Text("a "), Emphasis([Text("b "), InlineCode("")])])]),
        "the InlineCode (without words) cannot be written",
    ),
    "a heading that names nothing": (Weeknote(heading=Heading(3, "Rain")), "'Rain'"),
    "a section that names the note": (Weeknote(sections=[Section(Heading(1, "Weeknote #4"))]), "'Weeknote #4'"),
    "HTML that is none": (Weeknote(intro=[Html("x > y")]), "'x > y'"),
}


@pytest.mark.parametrize(("note", "reason"), REASONS.values(), ids=REASONS)
def test_a_refusal_says_why(note: Weeknote, reason: str) -> None:
    """It quotes the words it is about."""
    with pytest.raises(CannotExpressError) as caught:
        dump(note)
    assert reason in caught.value.message


def test_marks_that_begin_an_item_are_words() -> None:
    """A list of dashes and stars is read back as one."""
    note = Weeknote(intro=[List(["--", "*", "- - -", "> x", "1.", "# y"])])
    assert parse(dump(note)) == note


@pytest.mark.parametrize("text", ["- --\n", "• ---\n", "- * *\n", "- #\n", "1) --\n2) ==\n"])
def test_marks_of_plain_text_can_be_converted(text: str) -> None:
    """Nothing that plain text reads as words is lost in Markdown."""
    note = parse(text, dialect="text")
    done = weeknote.convert(note, "markdown")
    assert [n.value for n in find_all(done.note, Text)] == [n.value for n in find_all(note, Text)]


WRONG: dict[str, Callable[[], object]] = {
    "words": lambda: Text(0),  # type: ignore[arg-type]
    "code": lambda: Code(None),  # type: ignore[arg-type]
    "an address": lambda: Link(5),  # type: ignore[arg-type]
    "a title": lambda: Image("/x", 5),  # type: ignore[arg-type]
    "a label": lambda: Definition(5, "/x"),  # type: ignore[arg-type]
    "children": lambda: Paragraph(5),  # type: ignore[arg-type]
    "bytes": lambda: Paragraph(b"x"),  # type: ignore[arg-type]
    "a depth": lambda: Heading("2"),  # type: ignore[arg-type]
    "a number": lambda: List(["x"], ordered=True, start="1"),  # type: ignore[arg-type]
    "an order": lambda: List(["x"], ordered="no"),  # type: ignore[arg-type]
    "front matter": lambda: FrontMatter(5),  # type: ignore[arg-type]
    "a dialect": lambda: Weeknote(dialect=None),  # type: ignore[arg-type]
    "a node to remove": lambda: remove(markdown("x"), None),  # type: ignore[arg-type]
    "a note to normalise": lambda: weeknote.normalize("x"),  # type: ignore[type-var]
    "a section to dump": lambda: dump(Section(Heading(2, "x"))),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("build", WRONG.values(), ids=WRONG)
def test_a_wrong_type_is_refused_where_it_is_given(build: Callable[[], object]) -> None:
    """The node is not built, so the error comes where the mistake is."""
    with pytest.raises(TypeError):
        build()
