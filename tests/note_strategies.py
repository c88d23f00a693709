"""Notes to try the laws on: any note the model can build, and the notes that plain text has words for.

`inlines`, `blocks`, `notes`, `posts` and `archives` build every kind of node, with words that mean something at the
beginning of a line or inside it. Not all they build can be written: the model holds more than Markdown does.
The `plain_` variants keep to what plain text knows: words, URLs, paragraphs, lists, headings of depth 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import ParamSpec, TypeVar

from hypothesis import strategies as st

from weeknote import (
    Archive,
    Blockquote,
    Break,
    Code,
    Definition,
    Delete,
    Emphasis,
    FootnoteDefinition,
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
    Post,
    Section,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
    Week,
    Weeknote,
)
from weeknote.nodes import Block, Context, Inline

T = TypeVar("T")
P = ParamSpec("P")


def named(function: Callable[P, st.SearchStrategy[T]]) -> Callable[P, st.SearchStrategy[T]]:
    """Let a function's strategies be built once for its arguments, and be printed as its call and no more.

    Hypothesis prints a strategy with all it is made of, which is hundreds of kilobytes for a note.
    """
    built = cache(function)

    def drawn(draw: st.DrawFn, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return draw(built(*args, **kwargs))  # type: ignore[arg-type] # what is given here is hashable

    drawn.__name__, drawn.__doc__ = function.__name__, function.__doc__
    return st.composite(drawn)


HARMLESS = ("words", "two words", "It rained.", "Zuzana’s map", "naïve café", "漢字", "what we did:", "Monday, 6 May")
"""Words that mean nothing but themselves."""

MARKS = (
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~~",
        "[",
        "]",
        "](",
        "!",
        "![",
        "<",
        ">",
        "&",
        "&amp;",
        "\\",
        "|",
        "#",
        "=",
        "(",
        ")",
    ),
    *(
        "{",
        "}",
        ":",
        '"',
        "'",
        "{{",
        "{%",
        "[^",
        "[a]",
        "[^n]",
        "<b>",
        "<!--",
        "https://example.org/a_(b)",
        "<https://a.example>",
    ),
)
"""What means something inside a line of Markdown."""

OPENINGS = (
    *("* not a bullet", "# not a heading", "#fixtheplumbing", "1. May", "6) May", "- dash", "+ plus", "> said she"),
    *(
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "• dot",
        "– dash",
        "    indented",
        "| a | b |",
        "[a]: /url",
        "[^n]: note",
        "+++",
    ),
    *("title: Rain", "<div>", "</p>", "2 thoughts on “Maps”", "Comments are closed.", "-", "+", "1."),
)
"""What means something at the beginning of a line, in one dialect or the other."""

ODD = (
    " ",
    "\xa0",
    "\t",
    "\n",
    "\r",
    "\v",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\x00",
    "\udfff",
    "“",
    "”",
    "’",
    "…",
    "🧭",
    "👩‍💻",
    "e\u0301",
)
"""White space of every kind, a NUL, half a surrogate pair, curly quotes, characters of several code points."""

TITLES = (
    *(
        "Weeknote w/c 6 May: maps",
        "w/c 6 & 13 January: two weeks at once",
        "w/e 8 March 2024",
        "Weeknote #4",
        "Week 12",
    ),
    *("Something I’m learning", "Other highlights from last week were:", "Next week", "Links", "Workforce development"),
)
"""Headings of notes and sections."""

URLS = ("https://example.org/", "/a", "/a_(b)", "mailto:ada@example.org", "https://example.org/t%C5%B7?a=1&b=2#c")
ODD_URLS = ("", "a b", "<a>", "(", "/ŷ", "/\udfff", "&amp;", "\\*", "a\nb")

HTML = ("<div>\nraw\n</div>", "<!-- hidden -->", "<hr>", "<b>")
MATTER = (
    FrontMatter("---\ntitle: Rain\ndate: 2024-05-06\n---"),
    FrontMatter("---\ntitle: 'Week 12: maps' # kept\ntags:\n  - a\n---"),
    FrontMatter('+++\ntitle = "Rain"\n+++', "toml"),
    FrontMatter("Title: Rain\nDate: 2024-05-06", "pelican"),
)
ODD_MATTER = (
    FrontMatter("", "yaml"),
    FrontMatter("no fence", "toml"),
    FrontMatter("---\n: [\n---"),
    FrontMatter('```toml\ntitle = "Rain"\n```', "toml-fence"),
    FrontMatter("title = Rain\n===", "ini"),
)

any_words = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from([c for c in ODD if len(c) == 1])), max_size=12
)
"""Any characters. Of surrogates only a lone low one: two halves side by side become one character in JSON."""

words = st.one_of(
    st.sampled_from(HARMLESS),
    st.sampled_from(HARMLESS),
    st.sampled_from((*OPENINGS, *TITLES)),
    st.lists(st.sampled_from((*HARMLESS, *MARKS)), min_size=1, max_size=4).map("".join),
    st.lists(st.sampled_from((*HARMLESS, *MARKS, *OPENINGS, *ODD)), max_size=5).map("".join),
    any_words,
)
"""Words of every kind, most of them harmless: a note of odd words alone can seldom be written."""


def mostly(good: st.SearchStrategy[T], odd: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Return what is good seven times out of eight: where every part is odd, no note can be written."""
    return st.integers(0, 7).flatmap(lambda n: odd if n == 7 else good)


labels = mostly(st.sampled_from(("n", "1", "a-b", "note")), words)
urls = mostly(st.sampled_from(URLS), st.one_of(st.sampled_from(ODD_URLS), any_words))
maybe_words = st.one_of(st.none(), words)


def row(of: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[list[T]]:
    """Return lists that are mostly short and sometimes empty."""
    return st.lists(of, max_size=most)


# --- any node


def _leaf_inlines() -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Text, words),
        st.builds(Text, words),
        st.builds(InlineCode, words),
        st.builds(Image, urls, maybe_words, words),
        st.builds(Break),
        st.builds(FootnoteReference, labels),
        st.builds(Html, mostly(st.sampled_from(("<b>", "</b>", "<br>", "<!-- x -->")), words)),
    )


def _with_children(inside: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = row(inside)
    return st.one_of(
        st.builds(Emphasis, children),
        st.builds(Strong, children),
        st.builds(Delete, children),
        st.builds(Link, urls, maybe_words, children),
    )


_inlines = st.recursive(_leaf_inlines(), _with_children, max_leaves=6)


@named
def inlines() -> st.SearchStrategy[Inline]:
    """Return inline nodes of every kind, nested."""
    return _inlines


_lines = st.one_of(words.map(lambda value: [Text(value)]), row(inlines(), 4))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return tables, most of them rectangular."""
    columns = draw(st.integers(1, 3))
    cells = st.builds(TableCell, _lines)
    even = draw(st.integers(0, 7)) < 7
    widths = st.just(columns) if even else st.integers(0, 4)
    rows = [
        TableRow(draw(st.lists(cells, min_size=n, max_size=n))) for n in draw(st.lists(widths, min_size=1, max_size=3))
    ]
    align = st.lists(st.sampled_from(("left", "center", "right", None)), min_size=columns, max_size=columns)
    return Table(rows, draw(align)) if draw(st.booleans()) else Table(rows)


def headings(depths: st.SearchStrategy[int] | None = None) -> st.SearchStrategy[Heading]:
    """Return headings of the depths given, or of every depth."""
    titles = st.one_of(st.sampled_from(TITLES).map(lambda title: [Text(title)]), _lines)
    return st.builds(Heading, st.integers(1, 6) if depths is None else depths, titles)


def _leaf_blocks(*, with_headings: bool) -> st.SearchStrategy[Block]:
    leaves: list[st.SearchStrategy[Block]] = [
        st.builds(Paragraph, _lines),
        st.builds(Paragraph, _lines),
        st.builds(Code, words, maybe_words),
        st.builds(Html, mostly(st.sampled_from(HTML), words)),
        st.builds(ThematicBreak),
        tables(),
        st.builds(Definition, labels, urls, maybe_words),
    ]
    return st.one_of(*leaves, *([headings()] if with_headings else []))


@st.composite
def lists(draw: st.DrawFn, blocks: st.SearchStrategy[Block]) -> List:
    """Return bulleted and numbered lists of items that hold blocks; an item's blocks may be none."""
    items = draw(st.lists(st.builds(ListItem, row(blocks)), min_size=1, max_size=4))
    if draw(st.booleans()):
        start = draw(st.one_of(st.just(1), st.integers(0, 999_999_999)))
        return List(items, ordered=True, start=start, marker=draw(st.sampled_from((None, f"{start}.", f"{start})"))))
    return List(items, marker=draw(st.sampled_from((None, None, "-", "*", "+", "•", "?"))))


def _containers(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.one_of(
        lists(inside),
        lists(inside),
        st.builds(Blockquote, row(inside)),
        st.builds(FootnoteDefinition, labels, row(inside)),
    )


_nested = st.recursive(_leaf_blocks(with_headings=True), _containers, max_leaves=6)
_flow = st.one_of(_leaf_blocks(with_headings=False), _containers(_nested))


@named
def blocks(*, with_headings: bool = True) -> st.SearchStrategy[Block]:
    """Return blocks of every kind, nested.

    Args:
        with_headings: False leaves out headings at the top; in quotations and items they stay.
    """
    return _nested if with_headings else _flow


# --- any note

weeks = st.one_of(
    st.builds(
        Week,
        day=st.integers(1, 28),
        month=st.integers(1, 12),
        year=st.one_of(st.none(), st.integers(1990, 2090)),
        style=st.sampled_from(("w/c", "w/b", "w/e", "week of", "date")),
        weekday=st.one_of(st.none(), st.integers(0, 6)),
        evidence=st.sampled_from((None, "stated", "near", "neighbour", "front matter", "file name")),
    ),
    st.builds(
        lambda day, year: Week(day, 5, year, "range", until=(day + 4, 5, year)),
        st.integers(1, 20),
        st.one_of(st.none(), st.integers(1990, 2090)),
    ),
    st.builds(
        lambda year, number: Week(year=year, style="iso", number=number), st.integers(1990, 2090), st.integers(1, 52)
    ),
)
"""Weeks of every style, their years stated, worked out or not known."""

contexts = st.builds(
    Context,
    near=st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 1, 1))),
    name=st.sampled_from((None, "2026-W10/index.md", "2024-05-06-maps.md", "notes.txt")),
    neighbours=st.one_of(st.none(), st.lists(weeks, max_size=2).map(tuple)),
)
newlines = st.sampled_from(("\n", "\n", "\r\n", "\r"))
leads = st.sampled_from(("", "", "", "\n", "\ufeff", "\ufeff\n\n", "  \n"))


@named
def front_matters(*, odd: bool = True) -> st.SearchStrategy[FrontMatter]:
    """Return front matter of every kind; with `odd` also such as no reader would take for it."""
    good = st.sampled_from(MATTER)
    kinds = st.sampled_from(("yaml", "toml", "toml-fence", "pelican", "ini"))
    return st.one_of(good, good, st.sampled_from(ODD_MATTER), st.builds(FrontMatter, words, kinds)) if odd else good


@named
def sections(*, misplaced: bool = False) -> st.SearchStrategy[Section]:
    """Return sections of every depth; with `misplaced`, there may be headings among their blocks."""
    depths = st.one_of(st.just(2), st.just(2), st.integers(1, 6))
    return st.builds(Section, headings(depths), row(blocks(with_headings=misplaced)))


FURNITURE = (
    Paragraph("2 thoughts on “Maps”"),
    Paragraph("Leave a comment"),
    Paragraph("Comments are closed."),
)


@named
def notes(
    dialect: str = "markdown", *, misplaced: bool = False, with_front_matter: bool = True
) -> st.SearchStrategy[Weeknote]:
    """Return any notes, of every kind of node, with a dialect's name on them.

    Args:
        dialect: the dialect they say they are in; see `plain_notes` for what plain text can say.
        misplaced: whether there may be headings among the blocks, front matter that is none, and trailers that are no
            boilerplate: such notes can be built, and never written.
        with_front_matter: False leaves it out, as for the notes in an archive.
    """
    flow = row(blocks(with_headings=misplaced))
    trailers = st.lists(st.sampled_from(FURNITURE), max_size=2)
    return st.builds(
        Weeknote,
        front_matter=st.one_of(st.none(), front_matters(odd=misplaced)) if with_front_matter else st.none(),
        heading=st.one_of(st.none(), headings(st.integers(1, 6) if misplaced else st.just(1))),
        intro=flow,
        sections=row(sections(misplaced=misplaced)),
        trailer=st.one_of(st.just([]), flow if misplaced else trailers),
        dialect=st.just(dialect),
        newline=newlines,
        lead=leads,
        context=st.one_of(st.just(Context()), contexts),
    )


@named
def posts(dialect: str = "markdown") -> st.SearchStrategy[Post]:
    """Return any posts, headings among their blocks too."""
    heading = st.one_of(st.none(), headings())
    return st.builds(Post, heading, row(blocks()), dialect=st.just(dialect), newline=newlines)


@named
def archives(dialect: str = "markdown", *, misplaced: bool = False) -> st.SearchStrategy[Archive]:
    """Return archives of notes and posts."""
    entries = notes(dialect, misplaced=misplaced, with_front_matter=misplaced)
    return st.builds(
        Archive,
        row(st.one_of(entries, entries, posts(dialect))),
        st.one_of(st.none(), front_matters(odd=misplaced)),
        dialect=st.just(dialect),
        newline=newlines,
        lead=leads,
    )


# --- what plain text has words for

PLAIN_URLS = ("https://example.org/", "https://example.org/a_(b)", "http://a.example/?q=1")
SENTENCES = (
    *("It rained, and the new form went live all the same.", "We met the library team. They liked the map."),
    *(
        "What we did about it was this:",
        "See the notes from Monday, which are longer than these ones are.",
        "So it goes.",
    ),
)
PLAIN_TITLES = ("Workforce development", "Something I’m learning", "Other highlights from last week were:", "Next week")
PLAIN_NAMES = ("Weeknote w/c 6 May: maps", "Weeknote w/c 6 & 13 January 2020: two weeks", "Weeknotes w/e 8 March 2024")


@named
def plain_inlines(*, odd: bool = True) -> st.SearchStrategy[list[Inline]]:
    """Return lines of words and URLs that show themselves.

    Args:
        odd: True lets one line in eight mean something at its beginning, or hold odd characters or nothing.
    """
    sentences = st.sampled_from(SENTENCES)
    values = mostly(sentences, words) if odd else sentences
    line: st.SearchStrategy[list[Inline]] = values.map(lambda value: [Text(value)])
    links = st.sampled_from(PLAIN_URLS).map(lambda url: Link(url, None, [Text(url)]))
    linked: st.SearchStrategy[list[Inline]] = st.builds(
        lambda before, link, after: [Text(f"{before} "), link, Text(f" {after}")], values, links, values
    )
    return st.one_of(line, line, linked)


@named
def plain_blocks(*, odd: bool = True) -> st.SearchStrategy[Block]:
    """Return paragraphs and lists, nested, of words and URLs."""
    paragraphs: st.SearchStrategy[Block] = st.builds(Paragraph, plain_inlines(odd=odd))
    inside = st.recursive(paragraphs, lambda deeper: _plain_lists(paragraphs, deeper), max_leaves=5)
    return st.one_of(paragraphs, paragraphs, _plain_lists(paragraphs, inside))


@st.composite
def _plain_lists(draw: st.DrawFn, paragraphs: st.SearchStrategy[Block], inside: st.SearchStrategy[Block]) -> List:
    ordered = draw(st.integers(0, 3)) == 0
    items = st.builds(lambda first, more: ListItem([first, *more]), paragraphs, row(inside, 2))
    # A numbered line alone is words in plain text: "1. May was wet."
    given = draw(st.lists(items, min_size=1 + ordered, max_size=4))
    if ordered:
        return List(given, ordered=True, start=draw(st.sampled_from((1, 1, 2, 9))))
    return List(given, marker=draw(st.sampled_from((None, None, "•", "-"))))


@named
def plain_notes(*, odd: bool = True) -> st.SearchStrategy[Weeknote]:
    """Return notes of the "text" dialect, of headings, paragraphs, lists, words and URLs only.

    Args:
        odd: True lets one line in eight hold words that may read as something else.
    """
    flow = row(plain_blocks(odd=odd))
    titles = st.sampled_from(PLAIN_TITLES).map(lambda title: [Text(title)])
    section_titles = mostly(titles, plain_inlines()) if odd else titles
    names = st.sampled_from(PLAIN_NAMES).map(lambda name: Heading(1, [Text(name)]))
    return st.builds(
        Weeknote,
        heading=st.one_of(st.none(), names),
        intro=flow,
        sections=row(st.builds(Section, st.builds(Heading, st.just(2), section_titles), flow)),
        trailer=st.lists(st.sampled_from(FURNITURE), max_size=2),
        dialect=st.just("text"),
        newline=newlines,
        lead=leads,
    )


@named
def plain_archives(*, odd: bool = True) -> st.SearchStrategy[Archive]:
    """Return archives of the "text" dialect, their notes as `plain_notes` builds them."""
    return st.builds(Archive, row(plain_notes(odd=odd)), dialect=st.just("text"), newline=newlines, lead=leads)
