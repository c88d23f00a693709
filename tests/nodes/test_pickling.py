"""Nodes pickled and copied: equal afterwards, still as read, and with no text but their own."""

from __future__ import annotations

import copy
import functools
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given

from strategies import dialects, texts
from weeknote import (
    Archive,
    FrontMatter,
    Post,
    Section,
    Text,
    Weeknote,
    append,
    dump,
    find_all,
    parse,
    parse_archive,
    remove,
    replace,
    set_front_matter,
    walk,
)
from weeknote.nodes import Node
from weeknote.nodes.block import BLOCKS, INLINES, Blockquote, Heading, List, ListItem, Paragraph, TableCell, TableRow

ALL = """\
---
title: Rain
---

# Weeknote w/c 6 May: *rain* and **maps**

~~Old~~ `code` [link][x] ![picture](/p.png) <b>html</b>[^1]\\
and more.

> - quoted [link][x]
>   | a | b |
>   |---|---|
>   | 1 | 2 |

## Maps

```py
code
```

<div>
html
</div>

***

| a | b |
|:--|---|
| 1 | *2* |

[x]: /url "title"

[^1]: A note.

# Notice

Not a weeknote.

# Weeknote w/c 29 April: snow

Cold.
"""

KINDS = list(
    dict.fromkeys([*BLOCKS, *INLINES, ListItem, TableRow, TableCell, Section, Weeknote, FrontMatter, Post, Archive])
)


def carried(protocol: int, node: Any) -> Any:
    """Return a node that was pickled and unpickled."""
    return pickle.loads(pickle.dumps(node, protocol))


WAYS: dict[str, Callable[[Any], Any]] = {
    "copied": copy.copy,
    "deep-copied": copy.deepcopy,
    **{f"pickled with protocol {n}": functools.partial(carried, n) for n in range(2, 6)},
}

way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def found(kind: type[Node]) -> Any:
    """Return the first node of a kind."""
    return next(n for read in (parse, parse_archive) for n in walk(read(ALL, dialect="markdown")) if type(n) is kind)


def text_of(node: Node) -> str | None:
    """Return the text a node was read from."""
    return None if node.slice is None else node.slice.text


@way
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
class TestEveryKindOfNode:
    """What holds for every kind of node, however it is carried over."""

    def test_comes_back_equal(self, kind: type[Node], way: Callable[[Any], Any]) -> None:
        """Equal, of the same class, with the same hash, representation and slice text."""
        node = found(kind)
        again = way(node)
        assert type(again) is kind
        assert again == node
        assert hash(again) == hash(node)
        assert repr(again) == repr(node)
        assert text_of(again) == text_of(node)

    def test_comes_back_before_anything_in_it_was_read(self, kind: type[Node], way: Callable[[Any], Any]) -> None:
        """What is read on first use is read afterwards as it would have been before."""
        assert list(map(type, walk(way(found(kind))))) == list(map(type, walk(found(kind))))

    def test_comes_back_after_all_in_it_was_read(self, kind: type[Node], way: Callable[[Any], Any]) -> None:
        """And again from the copy of a copy."""
        node = found(kind)
        nodes = list(walk(node))
        assert list(walk(way(way(node)))) == nodes


@way
def test_built_nodes_come_back_too(way: Callable[[Any], Any]) -> None:
    """Without a slice before, without a slice after."""
    note = Weeknote(heading=Heading(1, "Week 12"), intro=[List(["a", ListItem([Paragraph("b"), List(["c"])])])])
    again = way(note)
    assert again == note
    assert again.slice is None


@way
def test_an_edited_note_comes_back_with_its_old_and_new_nodes(way: Callable[[Any], Any]) -> None:
    """New nodes among those that were read are still new, and the others still have their text."""
    note = parse("# Week 12\n\n*One*,\n\n> and\n> two.\n")
    edited = attrs.evolve(note, intro=[*note.intro, Paragraph("New.")])
    again = way(edited)
    assert again == edited
    assert [text_of(block) for block in again.intro] == ["*One*,\n\n", "> and\n> two.\n", None]
    assert text_of(again.heading) == "# Week 12\n\n"
    assert [block.position for block in again.intro] == [block.position for block in edited.intro]


EDITS: dict[str, tuple[str, Callable[[Weeknote], Weeknote]]] = {
    "without its first paragraph": (
        "# Week 12\n\n\nOne.\n\n\n\nTwo.\n* * *\nThree.",
        lambda note: remove(note, note.intro[0]),
    ),
    "with new front matter and no blank line after it": (
        "---\ntitle: Rain\ndraft: yes\n---\nIt rained.\n",
        lambda note: set_front_matter(note, "title", "Sun"),
    ),
    "with new front matter and three blank lines after it": (
        "---\ntitle: Rain\n---\n\n\n\nIt rained.\n",
        lambda note: set_front_matter(note, "title", "Sun"),
    ),
    "with a new item in a quoted list": (
        "> * a\n>   * b\n>\n>     c\n> * d\n\n[a]: /u\n",
        lambda note: append(note, next(find_all(note, List)), "e"),
    ),
    "with new words over a list behind tabs": (
        "1.\ta\n\n\t- b\n\t- c\n",
        lambda note: replace(note, next(find_all(note, Paragraph)), Paragraph("z")),
    ),
    "with other words in a quotation": (
        ">One\n",
        lambda note: replace(note, next(find_all(note, Paragraph)), Paragraph("z")),
    ),
    "with other words behind a number and a wide gap": (
        "3)   One\n9)   Two\n",
        lambda note: replace(note, [*find_all(note, Paragraph)][1], Paragraph("z")),
    ),
    "without a line end at its end": ("# Week 12\n\nOne.", lambda note: append(note, note, Paragraph("Two."))),
    "in plain text": (
        "Weeknote w/c 6 May: rain\n\nMaps\n\n  • a\n      • b\n  • c\n",
        lambda note: append(note, "Maps", "d"),
    ),
}


@way
@pytest.mark.parametrize(("text", "edit"), EDITS.values(), ids=EDITS)
def test_an_edited_note_is_written_as_it_would_have_been(
    text: str, edit: Callable[[Weeknote], Weeknote], way: Callable[[Any], Any]
) -> None:
    """Law 2 holds for what was carried over: what was not edited is given back as it was read."""
    edited = edit(parse(text, name="note.md"))
    assert dump(way(edited)) == dump(edited)
    assert dump(way(way(edited))) == dump(edited)


@way
def test_an_edit_is_undone_afterwards_too(way: Callable[[Any], Any]) -> None:
    """The containers that an edited one replaced are known well enough to tell that nothing differs any more."""
    text = "2) *One*\n3) Two\n\n[^1]: Three\n"
    note = parse(text, name="note.md")
    for old in find_all(note, Paragraph):
        edited = way(replace(note, old, attrs.evolve(old, children=[Text("New")])))
        new = next(p for p in find_all(edited, Paragraph) if p.text == "New")
        assert new.origin is None
        edited = way(replace(note, old.children[0], Text("New")))
        new = next(p for p in find_all(edited, Paragraph) if p.text == "New")
        assert new.origin is not None
        undone = replace(edited, new, new.origin)
        assert undone == note
        assert dump(undone) == text


@way
def test_what_was_removed_is_not_carried(way: Callable[[Any], Any]) -> None:
    """Of words that are no longer in a note only the shape is left, such as where lines end."""
    note = parse("---\ntitle: SECRET1\n---\n\nOne.\n\nSECRET two, ‘SECRET’.\n\n- three\n- SECRET\n")
    edited = remove(remove(note, note.intro[1]), next(find_all(note, List)).items[1])
    text = way(attrs.evolve(edited, front_matter=None)).intro[0].slice.source.text
    assert "SECRET" not in text
    assert text == "---\ntitle: xxxxxxx\n---\n\nOne.\n\nxxxxxx xxx, ‘xxxxxx’.\n\n- three\n- xxxxxx\n"


@way
def test_a_node_used_twice_is_one_node_afterwards(way: Callable[[Any], Any]) -> None:
    """And is carried once, so that what doubles ten times is not a thousand times as large."""
    block: Any = Paragraph("a")
    for _ in range(10):
        block = Blockquote([block, block])
    again = way(Weeknote(intro=[block]))
    assert again.intro[0].blocks[0] is again.intro[0].blocks[1]
    assert dump(again) == dump(Weeknote(intro=[block]))
    assert len(pickle.dumps(block)) < 2_000


@way
def test_what_is_known_beside_the_text_comes_back(way: Callable[[Any], Any]) -> None:
    """Evidence, dialect, line end and lead are kept though they do not count in comparisons."""
    note = parse("\ufeffWeeknote w/c 6 May: rain\r\n", name="2019-05-12.txt")
    again = way(note)
    assert (again.context, again.dialect, again.newline, again.lead) == (note.context, "text", "\r\n", "\ufeff")
    assert (again.weeks, again.weeks[0].start, again.published) == (note.weeks, note.weeks[0].start, note.published)
    assert dump(again) == "\ufeffWeeknote w/c 6 May: rain\r\n"


def test_a_pickled_section_carries_no_text_but_its_own() -> None:
    """A section of a long note is as small as a section of a short one."""
    long = "# Week 12\n\n## Maps\n\nWe drew.\n\n## Forms\n\n" + "SECRET words. " * 50_000
    pickled = pickle.dumps(parse(long).sections[0])
    assert b"SECRET" not in pickled
    assert pickled == pickle.dumps(parse("# Week 12\n\n## Maps\n\nWe drew.\n\n## Forms\n").sections[0])
    assert len(pickle.dumps(parse(long))) > len(long)


def test_an_edited_section_carries_whole_lines() -> None:
    """Its text begins where the line of its first node does."""
    note = parse("# Rain\n\n## Sun\n\nOne.\n\n> - Two.\n", dialect="markdown")
    edited = append(note, note.sections[0], "Three.")
    kept = pickle.loads(pickle.dumps(edited.sections[0]))
    assert kept == edited.sections[0]
    assert kept.heading.slice.source.text == "## Sun\n\nOne.\n\n> - Two.\n"


def test_a_pickled_note_carries_its_text_once() -> None:
    """Slices share the text: a note of many blocks is not many times its text."""
    text = "# Week 12\n\n" + "- some words of an item\n" * 2_000
    assert pickle.dumps(parse(text)).count(b"some words of an item\n- some words") <= 2_000
    assert len(pickle.dumps(parse(text))) < 8 * len(text)


def test_a_copied_section_still_knows_its_definitions() -> None:
    """A reference that is defined elsewhere in the note is a link afterwards too."""
    section = parse("## Maps\n\n[a][x] and b[^1]\n\n## Links\n\n[x]: /u\n\n[^1]: c\n").sections[0]
    again = pickle.loads(pickle.dumps(section))
    assert again == section
    assert [type(child).__name__ for child in again.blocks[0].children] == ["Link", "Text", "FootnoteReference"]


def test_pickling_reads_nothing() -> None:
    """What was not read before is not read by pickling, and is not in the pickle."""
    note = parse("# Week 12\n\n*never asked for*\n")
    pickled = pickle.dumps(note)
    assert b"Emphasis" not in pickled
    with pytest.raises(AttributeError):
        object.__getattribute__(note.intro[0], "children")
    again = pickle.loads(pickled)
    with pytest.raises(AttributeError):
        object.__getattribute__(again.intro[0], "children")
    assert [type(child).__name__ for child in again.intro[0].children] == ["Emphasis"]


@given(text=texts, dialect=dialects)
def test_every_note_comes_back_equal_and_exact(text: str, dialect: str | None) -> None:
    """Law 1 holds for what was pickled, whatever the text."""
    for read in (parse, parse_archive):
        note = read(text, dialect=dialect)
        again = pickle.loads(pickle.dumps(note))
        assert dump(again) == text
        assert again == note
        assert copy.deepcopy(again) == note


@pytest.mark.parametrize("read", [parse, parse_archive])
def test_a_note_nobody_has_looked_into_keeps_its_parts(read: Callable[[str], Node]) -> None:
    """The parts of a note are found on first use, and pickling it is one."""
    text = "# w/c 13 May: two\n\n13 May 2024\n\nHi.\n\n## Maps\n\nOne.\n\n# w/c 6 May: one\n\nHo.\n\nShare this\n"
    assert pickle.loads(pickle.dumps(read(text))) == read(text)
