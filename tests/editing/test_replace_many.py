"""Many nodes swapped in one walk: it gives what removing and replacing one by one gives, in less work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import TIMES, calls, grows_too_fast
from strategies import dialects
from weeknote import (
    Archive,
    Heading,
    ListItem,
    Paragraph,
    Section,
    Text,
    Weeknote,
    dump,
    fix,
    parse,
    parse_archive,
    remove,
    replace,
    replace_many,
    walk,
)
from weeknote.errors import CannotExpressError, NotFoundError, WeeknoteError
from weeknote.lint import LintSettings, Structure

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.nodes.block import Node

LINES = (
    *(
        "-\n",
        "*\n",
        "+\n",
        "1.\n",
        "3.\n",
        "3)\n",
        "•\n",
        "  -\n",
        "  •\n",
        "- a\n",
        "* b\n",
        "3. c\n",
        "    ◦\n",
        "   *\n",
        "   * b\n",
    ),
    *("- -\n  -\n", "1. 1.\n   2.\n", "> -\n", "> -\n> -\n", "> - a\n", "  > -\n", "[^a]: -\n    -\n", "    -\n"),
    *("\n", "Words.\n", "# Weeknote 12\n", "# Weeknote 13\n", "## Rain\n", "# A post\n", "\nComments are closed.\n"),
)
"""Lines of lists that may lose all their content, and what may be around them."""

lines = st.lists(st.sampled_from(LINES), min_size=2, max_size=14).map("".join)


def empty_items(note: Weeknote | Archive) -> list[Node]:
    """Return the items of a note that hold nothing."""
    return [node for node in walk(note) if isinstance(node, ListItem) and not node.blocks]


def written(note: Weeknote | Archive) -> str:
    """Return a note's text, or the kind of error there is instead: its words depend on which nodes are as read."""
    try:
        return dump(note)
    except WeeknoteError as error:
        return type(error).__name__


# Each text is written without its empty items.
WITHOUT = {
    "items among others": ("- a\n-\n- b\n-\n", "- a\n- b\n"),
    "first items": ("3.\n4.\n5. a\n6. b\n", "5. a\n6. b\n"),
    "first items before one that changes": ("3.\n4.\n5. a\n   * b\n   *\n", "5. a\n   * b\n"),
    "a whole list": ("Rain.\n\n-\n-\n\nSun.\n", "Rain.\n\nSun.\n"),
    "a list in an item, and the item": ("- a\n- -\n  -\n- b\n", "- a\n- b\n"),
    "a list in a quotation, and the quotation": ("Rain.\n\n> -\n> -\n\nSun.\n", "Rain.\n\nSun.\n"),
    "a list between two that are alike": ("- a\n*\n*\n- b\n", "- a\n- b\n"),
    "lists between several that are alike": ("- a\n*\n- b\n*\n- c\n", "- a\n- b\n- c\n"),
    "two lists between two that are alike": ("- a\n*\n+\n- b\n", "- a\n- b\n"),
    "a list and the one like it": ("- a\n*\n-\n* b\n", "- a\n\n* b\n"),
    "a list in a section": ("## Rain\n\n-\n\n## Sun\n\n- a\n-\n", "## Rain\n\n## Sun\n\n- a\n"),
}


@pytest.mark.parametrize(("text", "expected"), WITHOUT.values(), ids=WITHOUT)
def test_items_go_together_as_they_go_one_by_one(text: str, expected: str) -> None:
    """What was around them goes or becomes one, and every other line stays."""
    note = parse(text, dialect="markdown")
    assert dump(replace_many(note, [(item, None) for item in empty_items(note)])) == expected


@given(lines, dialects)
def test_swapping_is_removing_one_by_one(text: str, dialect: str | None) -> None:
    """In any text, whatever an emptied list, item, quotation or entry takes with it."""
    for read in (parse, parse_archive):
        note: Weeknote | Archive = read(text, dialect=dialect)
        items = empty_items(note)
        singly = note
        for item in items:
            singly = remove(singly, item)
        together = replace_many(note, [(item, None) for item in items])
        assert together == singly
        assert written(together) == written(singly)


def test_some_go_and_others_are_replaced() -> None:
    """A heading, a block and an item in one walk; what is not swapped is the same object."""
    note = parse("# Week 12\n\n## Rain\n\nIt did.\n\n- a\n- b\n\n## Sun\n\nNo.\n", dialect="markdown")
    rain, sun = note.sections
    items = rain.blocks[1].items  # type: ignore[union-attr] # it is a list
    changed = replace_many(
        note, [(rain.heading, Heading(2, "Hail")), (items[0], None), (rain.blocks[0], Paragraph("It will."))]
    )
    assert dump(changed) == "# Week 12\n\n## Hail\n\nIt will.\n\n- b\n\n## Sun\n\nNo.\n"
    assert changed.sections[1] is sun


def test_inline_nodes_of_a_leaf_can_be_replaced() -> None:
    """Links, words and rows of a table were passed over in silence, as no leaf was looked into."""
    note = parse("See [a](/b), *c*.\n\n| a |\n|---|\n| b |\n| c |\n\nRain.\n", dialect="markdown")
    link, row = note.intro[0].children[1], note.intro[1].rows[1]  # type: ignore[union-attr] # a paragraph, a table
    changed = replace_many(note, [(link, Text("d")), (row, None), (note.intro[2], Paragraph("Sun."))])
    assert changed == replace(remove(replace(note, link, Text("d")), row), note.intro[2], Paragraph("Sun."))
    assert dump(changed).startswith("See d, *c*.\n")


def test_the_inside_of_a_replaced_node_goes_with_it() -> None:
    """Two repairs may be about a list and an item in it; the wider one counts."""
    note = parse("- a\n- b\n\nRain.\n", dialect="markdown")
    both = [(note.intro[0], Paragraph("Sun.")), (note.intro[0].items[0], None)]  # type: ignore[union-attr] # a list
    assert dump(replace_many(note, both)) == "Sun.\n\nRain.\n"


def test_an_entry_may_be_swapped() -> None:
    """A note in an archive is a node in it; swapping nothing gives what there was."""
    archive = parse_archive("# Week 12\n\nRain.\n\n# Week 13\n\nSun.\n")
    first, second = archive.weeknotes
    new = Weeknote(heading=Heading(1, "Week 14"))
    assert replace_many(archive, [(first, new)]) == replace(archive, first, new)
    assert replace_many(archive, [(first, None)]).entries == (second,)
    assert replace_many(archive, []) is archive


@pytest.mark.parametrize("put", [None, Paragraph("Sun.")], ids=["removed", "replaced"])
def test_a_node_that_is_not_there_is_named(put: Paragraph | None) -> None:
    """One that equals a node of the note is not that node, and nothing is swapped."""
    note = parse("Rain.\n\nHail.\n", dialect="markdown")
    with pytest.raises(NotFoundError, match=r"'Rain\.'.* is not in the note"):
        replace_many(note, [(note.intro[1], None), (Paragraph("Rain."), put)])


def test_a_node_that_is_not_allowed_there_is_refused() -> None:
    """A replacement is validated like any other edit."""
    note = parse("## Rain\n\nIt did.\n")
    with pytest.raises(TypeError, match="Heading"):
        replace_many(note, [(note.sections[0].heading, Paragraph("Rain"))])
    with pytest.raises(TypeError, match="Section"):
        replace_many(note, [(note.sections[0], Paragraph("Rain"))])
    with pytest.raises(CannotExpressError, match="one heading"):
        replace_many(note, [(note.sections[0].heading, None)])
    assert isinstance(replace_many(note, [(note.sections[0], Section(Heading(2, "Sun")))]), Weeknote)


# --- repairs of nodes

ASKED = LintSettings(select=["WN213", "WN403", "WN504"], structure=Structure(["*", "Something I’m learning"]))
"""All rules whose repairs are swaps."""

REPAIRED: dict[str, tuple[Callable[[str], Weeknote | Archive], str]] = {
    "every other item is empty": (parse, "-\n- a\n"),
    "lists in items": (parse, "- a\n  * b\n  *\n"),
    "lists in quotations": (parse, "> - a\n> -\n\n"),
    "lists in sections": (parse, "## Rain\n\n- a\n-\n\n"),
    "trailers": (parse_archive, "# Week 12\n\nRain.\n\nComments are closed.\n\n"),
    "headings": (parse_archive, "# Week 12\n\nRain.\n\n## What I learnt\n\nTo wait.\n\n"),
}


@pytest.mark.parametrize(("read", "unit"), REPAIRED.values(), ids=REPAIRED)
def test_work_grows_with_the_repairs(read: Callable[[str], Weeknote | Archive], unit: str) -> None:
    """Four times the repairs take four times the calls."""

    def note(times: int) -> Weeknote | Archive:
        return read("# Week 12\n\nRain.\n\n" + unit * times)

    assert dump(fix(note(2), ASKED)) != dump(note(2))
    few, many = (calls(partial(fix, note(times), ASKED)) for times in (60, 60 * TIMES))
    assert not grows_too_fast(few, many)


EMPTY = {
    "a list of empty items": ("-\n", ""),
    "numbered items": ("1.\n2. a\n", "2. a\n"),
    "lists that become one": ("- a\n*\n*\n", "- a\n"),
}
"""What `fix` leaves alone, since numbers would change or the list would go; each without its empty items."""


@pytest.mark.parametrize(("unit", "left"), EMPTY.values(), ids=EMPTY)
def test_work_grows_with_the_items_removed(unit: str, left: str) -> None:
    """Four times the empty items take four times the calls."""

    def removed(times: int) -> str:
        note = parse("Rain.\n\n" + unit * times, dialect="markdown")
        return dump(replace_many(note, [(item, None) for item in empty_items(note)]))

    assert removed(2) == "Rain.\n\n" + left * 2
    few, many = (calls(partial(removed, times)) for times in (60, 60 * TIMES))
    assert not grows_too_fast(few, many)
