"""A transformer changes the nodes its methods are for, and nothing else."""

from __future__ import annotations

import sys

import attrs
import pytest

from weeknote import Emphasis, Heading, Link, ListItem, Text, Transformer, Weeknote, dump, parse
from weeknote.editing.transformer import METHODS
from weeknote.nodes import Node

NOTE = "# Week 12\n\n* See [the map](http://example.org/map).\n* TODO\n\n## Maps\n\nBy [Ian](http://ian.example).\n"


class Https(Transformer):
    """Rewrite every link to https."""

    def visit_link(self, node: Link) -> Link:
        """Return the link with a safe address."""
        return attrs.evolve(node, url=node.url.replace("http://", "https://"))


class Tidy(Https):
    """As above, without the items that are still to do."""

    def visit_list_item(self, node: ListItem) -> ListItem | None:
        """Take out what is to do."""
        return None if node.text == "TODO" else node


def test_a_method_changes_its_kind_of_node_wherever_it_is() -> None:
    """Links in an item and in a section are changed; no other character is."""
    assert dump(Https().apply(parse(NOTE))) == NOTE.replace("http://", "https://")


def test_methods_are_inherited_and_none_removes() -> None:
    """A subclass adds to what its base does; None takes a node out."""
    assert dump(Tidy().apply(parse(NOTE))) == NOTE.replace("http://", "https://").replace("* TODO\n", "")


def test_a_replaced_node_is_not_entered() -> None:
    """The words inside a node that was replaced are not visited."""
    seen: list[str] = []

    class Plain(Transformer):
        def visit_emphasis(self, node: Emphasis) -> Text:
            del node
            return Text("plain")

        def visit_text(self, node: Text) -> Text:
            seen.append(node.value)
            return node

    assert dump(Plain().apply(parse("*a* b\n"))) == "plain b\n"
    assert seen == [" b"]


def test_methods_that_keep_every_node_leave_the_note_alone() -> None:
    """Looking at a node does not change it."""

    class Look(Transformer):
        def visit_heading(self, node: Heading) -> Heading:
            return node

    assert dump(Look().apply(parse(NOTE))) == NOTE


def test_the_note_itself_can_be_replaced_but_not_removed() -> None:
    """A transformer returns a note for a note."""

    class Empty(Transformer):
        def visit_weeknote(self, node: Weeknote) -> Weeknote | None:
            return Weeknote() if node.sections else None

    assert Empty().apply(parse(NOTE)) == Weeknote()
    with pytest.raises(TypeError, match="NoneType is not allowed here; expected one of: Weeknote"):
        Empty().apply(parse("a\n"))


def test_a_method_for_no_kind_of_node_is_refused() -> None:
    """A misspelt method would otherwise silently do nothing."""
    with pytest.raises(TypeError, match=r"Typo\.visit_lnk matches no kind of node; the methods are: visit_archive"):

        class Typo(Transformer):
            def visit_lnk(self, node: Link) -> Link:
                return node


def test_every_kind_of_node_has_a_method() -> None:
    """The methods' names follow from the classes: `visit_list_item` is for `ListItem`; none is left out."""
    assert {name.replace("_", "") for name in METHODS} == {f"visit{kind.__name__}".lower() for kind in METHODS.values()}
    bases = {"BlockNode", "Parent"}
    assert {kind.__name__ for kind in METHODS.values()} == {kind.__name__ for kind in subclasses(Node)} - bases


def subclasses(cls: type[Node]) -> set[type[Node]]:
    """Return the classes of nodes in use: attrs makes each a second time, with slots."""
    found = {each for direct in cls.__subclasses__() for each in (direct, *subclasses(direct))}
    return {each for each in found if getattr(sys.modules[each.__module__], each.__name__, None) is each}
