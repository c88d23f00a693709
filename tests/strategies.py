"""Texts to try the laws on: any characters at all, and lines that are likely to mean something."""

from __future__ import annotations

import functools

from hypothesis import strategies as st

LINE_ENDS = ("\n", "\r\n", "\r")
"""What ends a line."""

NO_LINE_ENDS = ("\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""What `str.splitlines` takes for the end of a line, and Markdown and weeknotes don't."""

ODD = ("\x00", "\ufeff", "\ud800", "\udfff", "\U0001f9ed", "e\u0301", "\xa0", "\u200b", "\t", " ", "")
"""NUL, a byte order mark, halves of surrogate pairs, characters of two code points or none to see."""

MARKS = tuple("#-*+>`~[]()!<>&|:=_\\\"'.,;?/^{}@%$0123456789•◦–—…“”‘’abcXYZé")

WORDS = (
    *("words", "a", "Two words", "Weeknote w/c 6 May: maps", "w/c 6 & 13 January", "Week 12", "#4", "2024-05-06"),
    *("Something I’m learning", "Other highlights from last week were:.", "Next week", "Comments are closed."),
    *("2 thoughts on “Maps”", "Leave a comment", "Great stuff!", "— Ada", "-- Ada", "This is what we did:"),
    *("https://example.org/a_(b)).", "[words](/url)", "[words][a]", "[a]", "![alt](/i.png 'title')", "[^1]"),
    *("*em*", "**strong**", "`code`", "``a ` b``", "~~gone~~", "<b>", "<a href='/x'>", "<https://a.example>"),
    *("&amp;", "&#0;", "&#xd800;", "&nope;", "\\*", "\\", "  ", "{% tag %}", "{{< short >}}", "<Mdx />"),
)
"""What lines are made of."""

OPENINGS = (
    *("", "", "", "# ", "## ", "#", "####### ", "- ", "* ", "+ ", "-", "1. ", "2. ", "7) ", "1.", "> ", ">", "> > "),
    *("  - ", "    - ", "\t- ", "  ", "    ", "\t", " \t", "  • ", "    • ", "• ", "•", "◦ ", "– ", "\xa0• ", "-\t"),
    *(
        "```",
        "~~~",
        "```py",
        "    ```",
        "| ",
        "[a]: ",
        "[^1]: ",
        "[a]:",
        "<div>",
        "<!-- ",
        "<?",
        "<!X ",
        "<pre>",
        "</p>",
    ),
)
"""What lines begin with."""

LINES = (
    *(
        "",
        "",
        "---",
        "===",
        "***",
        "- - -",
        "|---|:-:|",
        "--|--",
        "a | b",
        "| a |",
        "```",
        "~~~~",
        "-->",
        "</pre>",
        "]]>",
    ),
    *(
        "[a]: /url",
        "[a]: </u r l> 'title'",
        "'title'",
        "[a]:",
        "/url",
        "title: Rain",
        "title = 'Rain'",
        "date: 2024-05-06",
    ),
    *("1 March 2021", "By Ada Lovelace · 3 min read", "in Weeknotes", "Posted in Maps", "Comments are closed."),
    *("+++", "Title: Rain", "tags: [a, b", "Slug: rain", "<![CDATA[", "***bold***", "-", "1.", ">", "\ufeff", "\x00"),
)
"""Whole lines."""

any_text = st.text(
    st.one_of(
        st.sampled_from((*MARKS, *NO_LINE_ENDS, *(odd for odd in ODD if len(odd) == 1), "\n", "\n", "\r", " ", " ")),
        st.characters(codec=None),
    ),
    max_size=120,
)
"""Any characters, those more often that mean something somewhere."""

_piece = st.sampled_from((*OPENINGS, *WORDS, *ODD, *NO_LINE_ENDS))
_line = st.one_of(
    st.sampled_from(LINES),
    st.tuples(st.sampled_from(OPENINGS), st.sampled_from(WORDS)).map("".join),
    st.lists(_piece, max_size=5).map("".join),
)


def _lines(end: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts of lines whose ends are drawn; the last line may have none."""
    many = st.lists(st.tuples(_line, end).map("".join), max_size=14).map("".join)
    return st.tuples(many, st.one_of(st.just(""), _line)).map("".join)


lines_of_text = _lines(st.sampled_from((*LINE_ENDS, "\n", "\n", "\n\n")))
"""Lines that look like those of notes, in every order, their ends mixed."""

_CONTAINERS = (("> ", "> "), (">", ">"), ("- ", "  "), ("1. ", "   "), ("[^1]: ", "    "), ("  • ", "    "), ("- ", ""))
"""Prefixes of the first line in a container, and of the others."""


def _inside(mark: tuple[str, str], text: str) -> str:
    """Return a text as the content of a container."""
    return mark[0] + text.replace("\n", f"\n{mark[1]}")


nested_text = st.builds(
    lambda marks, text, after: functools.reduce(lambda t, mark: _inside(mark, t), marks, text) + after,
    st.lists(st.sampled_from(_CONTAINERS), min_size=1, max_size=3),
    _lines(st.just("\n")),
    st.sampled_from(("", "\n", "\nwords", "\n\nwords", "\n---\n")),
)
"""Whole blocks in quotations, items and footnotes."""

front_matter = st.builds(
    lambda fence, lines, body: "\n".join([fence[0], *lines, fence[1], body]),
    st.sampled_from(
        (("---", "---"), ("---", "..."), ("+++", "+++"), ("```toml", "```"), ("", "==="), ("\ufeff---", "---"))
    ),
    st.lists(
        st.sampled_from(
            (
                *("title: Rain", "title: 'Week 3'", "date: 2024-05-06", "title = 'Rain'", "date = 2024-05-06", "# no"),
                *(
                    "tags:",
                    "  - a",
                    "- b",
                    "",
                    "broken: [",
                    "a: &a [*a]",
                    "\t: x",
                    "Title: \x85",
                    "x: !!python/object:a",
                ),
            )
        ),
        max_size=6,
    ),
    _lines(st.just("\n")),
)
"""Texts that open with what may be front matter."""

_names = ("# w/c 6 May: rain", "# Week 12", "# A notice", "Weeknote w/c 13 May: maps", "Weeknotes #7", "5 May 2024")

archive_text = st.lists(st.tuples(st.sampled_from(_names), lines_of_text), min_size=2, max_size=4).map(
    lambda entries: "\n\n".join(f"{name}\n\n{body}" for name, body in entries)
)
"""Texts of several notes, of which some may be none."""

texts = st.one_of(any_text, lines_of_text, nested_text, front_matter, archive_text)
"""Texts for every law."""

texts_without_returns = texts.map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))
"""Texts whose lines end in a line feed, if they end."""

dialects = st.sampled_from(("markdown", "text", None))
"""The dialects, and none named."""
