"""What is inside a line of Markdown where readers have gone wrong: flanking, references, nested links, limits."""

from __future__ import annotations

from threading import Thread

import pytest

from weeknote import (
    Delete,
    Emphasis,
    FootnoteReference,
    Image,
    InlineCode,
    Link,
    Strong,
    Text,
    find_all,
    parse,
    parse_inline,
    walk,
)
from weeknote.markdown.emphasis import MAX_NESTING
from weeknote.nodes import Node
from weeknote.syntax.tree_builder import MAX_DEPTH

B = Text("b")

CASES: dict[str, tuple[str, list[Node]]] = {
    "tildes after a space close nothing": ("~~a (~~b)", [Text("~~a (~~b)")]),
    "tildes between a full stop and a letter close nothing": ("~~a.~~b", [Text("~~a.~~b")]),
    "two tildes strike through": ("~~a~~b", [Delete("a"), B]),
    "three tildes and one are words": ("~~~a~~~ ~b~", [Text("~~~a~~~ ~b~")]),
    "struck through across emphasis": ("*~~a*~~", [Emphasis("~~a"), Text("~~")]),
    "a reference is a whole word": ("&region; &reg; &notit;", [Text("&region; ® &notit;")]),
    "in a URL, too": ("[a](/b?c&copyd;e)", [Link("/b?c&copyd;e", None, "a")]),
    "in a title, too": ("[a](/b '&section;')", [Link("/b", "&section;", "a")]),
    "a numeric reference is the character itself": ("&#133;&#0;&#xd800;", [Text("\x85\ufffd\ufffd")]),
    "an autolink is no reference": (
        "<https://e.org/?a&amp;b>",
        [Link("https://e.org/?a&amp;b", None, "https://e.org/?a&amp;b")],
    ),
    "an autolink in a link": ("[a <bc:d>](/e)", [Link("/e", None, [Text("a "), Link("bc:d", None, "bc:d")])]),
    "a link in a link is words around a link": ("[a [b](/c)](/d)", [Text("[a "), Link("/c", None, "b"), Text("](/d)")]),
    "a link in an image": ("![a [b](/c)](/d)", [Image("/d", None, "a b")]),
    "the rule of three": (
        "*a **b* c**a*b",
        [Emphasis([Text("a "), Emphasis([Emphasis("b"), Text(" c")]), Text("*a")]), B],
    ),
    "a combining mark is a letter": ("e\u0301*a*e\u0301", [Text("e\u0301"), Emphasis("a"), Text("e\u0301")]),
    "a symbol is punctuation": ("a*€b*", [Text("a*€b*")]),
    "no-break space is white space": ("*\xa0a*", [Text("*\xa0a*")]),
    "code binds tighter than emphasis": ("*a `b*`", [Text("*a "), InlineCode("b*")]),
    "code binds tighter than links": ("[a `](/b)`", [Text("[a "), InlineCode("](/b)")]),
    "parentheses in a destination are balanced": (
        "[a](/b(c)) [a](/b(c)",
        [Link("/b(c)", None, "a"), Text(" [a](/b(c)")],
    ),
    "half a surrogate pair in a URL": ("[a](/\ud800) *b*", [Link("/%ED%A0%80", None, "a"), Text(" "), Emphasis("b")]),
    "a mark between a letter and punctuation opens nothing": ("a*'b'*", [Text("a*'b'*")]),
    "nor does one between two letters, if it is an underscore": ("a_b_", [Text("a_b_")]),
    "runs that only open and only close pair whatever their lengths": ("*a**", [Emphasis("a"), Text("*")]),
    "a longer run on the left": ("**a*", [Text("*"), Emphasis("a")]),
    "the indentation of a line below is no words": ("*a\n\tb*", [Emphasis("a\nb")]),
    "strong in emphasis": ("***a** b*", [Emphasis([Strong("a"), Text(" b")])]),
}


@pytest.mark.parametrize(("text", "nodes"), CASES.values(), ids=CASES)
def test_a_line_has_these_nodes(text: str, nodes: list[Node]) -> None:
    """The nodes are the row's."""
    assert parse_inline(text) == tuple(nodes)


def test_a_footnote_that_is_also_a_link_is_the_link() -> None:
    """As in cmark-gfm, a footnote is the last thing that brackets can be."""
    note = parse("[^a](/b) [^a] [c[^a]](/d)\n\n[^a]: e\n", dialect="markdown")
    assert [link.url for link in note.links] == ["/b", "/d"]
    assert [one.label for one in find_all(note, FootnoteReference)] == ["a", "a"]


def test_words_below_a_definition_have_no_marks_of_the_quotation() -> None:
    """What is left of a paragraph when its definitions are taken is read like any other."""
    note = parse("> [a]: /x\n> words\n> more\n", dialect="markdown")
    assert [text.value for text in find_all(note, Text)] == ["words\nmore"]


def test_the_limits_are_those_of_the_documentation() -> None:
    """`docs/explanation/limits.md` gives these numbers."""
    assert (MAX_DEPTH, MAX_NESTING) == (100, 20)


def test_emphasis_nests_to_a_limit() -> None:
    """Marks further inside are words, and no word is lost."""
    depth = MAX_NESTING + 5
    (outer,) = parse_inline("*a " * depth + "b" + "*" * depth)
    found = list(find_all(outer, Emphasis))
    assert len(found) == MAX_NESTING
    assert "".join(text.value for text in find_all(outer, Text)).count("a") == depth


def test_threads_get_the_same_nodes() -> None:
    """What is read on first use is set once, whoever asks first."""
    for _ in range(10):
        note = parse("# Week 1\n\n" + "One *two* [three](/four).\n\n## Five\n\n" * 50, dialect="markdown")
        seen: list[list[int]] = []

        def read(seen: list[list[int]] = seen, note: Node = note) -> None:
            seen.append([id(node) for node in walk(note)])

        threads = [Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 6
        assert all(one == seen[0] for one in seen)
