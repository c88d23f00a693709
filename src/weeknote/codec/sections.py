"""How blocks are divided into notes and sections: which heading names a note, and where entries and trailers start.

The parser divides blocks by these rules; the writer uses them to check that its output will be divided as intended.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from weeknote.headings.bylines import is_date_line
from weeknote.headings.roles import Role
from weeknote.headings.title import is_title_placeholder, read_title
from weeknote.nodes.block import Heading, Html
from weeknote.syntax.boilerplate import LinesOf, find_furniture, single_line
from weeknote.syntax.page_parts import (
    MAX_MASTHEAD,
    byline_end,
    days_among,
    names_further_note,
    note_start,
    site_names,
    states_issue,
    trailer_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.headings.roles import Vocabulary
    from weeknote.headings.title import Title
    from weeknote.nodes.block import Block
    from weeknote.nodes.front_matter import FrontMatter
    from weeknote.nodes.section import Section

FRONT_MATTER_TITLE = re.compile(
    r"^[ \t]*(?:\{[ \t]*)?[\"']?title[\"']?[ \t]*[:=][ \t]*([^\r\n]*)", re.MULTILINE | re.IGNORECASE
)
PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,200}\)(?:\{[^{}]{0,100}\})?")
NON_WORD = re.compile(r"[\W_]+")


class NoteLayout(NamedTuple):
    """Where the parts of a note are among its blocks.

    Attributes:
        heading: the index of the heading that names the note, which is the length of the masthead; None without one.
        body: the index after the byline.
        trailer: the index of the first block of the trailer; the number of blocks if there is none.
    """

    heading: int | None
    body: int
    trailer: int


def note_layout(blocks: list[Block], heading: int | None) -> NoteLayout:
    """Return where the parts of a note are, given the index of the heading that names it."""
    end = len(blocks)
    lines = LinesOf(blocks)
    body = 0 if heading is None else byline_end(lines, heading, end, partial(has_words, blocks[heading]))
    after = next((i for i in range(end, body, -1) if type(blocks[i - 1]) is Heading), body)
    names = site_names(lines[i] for i in range(heading or 0))
    return NoteLayout(heading, body, trailer_start(lines, find_furniture(lines, after, end), body, after, end, names))


def has_words(heading: Block, line: str) -> bool:
    """Return whether a heading has the words of a line; inline nodes are only read if it could."""
    where = heading.slice
    # Text is never longer than its source.
    return (where is None or len(line) <= where.end - where.start) and line == heading.text


def parts_of(
    blocks: list[Block], heading: int | None, section: Callable[[Heading, list[Block]], Section]
) -> dict[str, object]:
    """Return the parts of a note by field, given the index of the heading that names it and how to make a section."""
    _, body, trailer = note_layout(blocks, heading)
    titles = [(i, b) for i, b in enumerate(blocks) if type(b) is Heading and i >= body]
    bounds = [*[i for i, _ in titles], trailer]
    return {
        "masthead": () if heading is None else tuple(blocks[:heading]),
        "heading": None if heading is None else blocks[heading],
        "byline": () if heading is None else tuple(blocks[heading + 1 : body]),
        "intro": tuple(blocks[body : bounds[0]]),
        "sections": tuple([section(b, blocks[i + 1 : end]) for (i, b), end in zip(titles, bounds[1:], strict=True)]),
        "trailer": tuple(blocks[trailer:]),
    }


def naming_heading(blocks: list[Block], dialect: str, front_matter: FrontMatter | None) -> int | None:
    """Return the index of the heading that names a note, or None. Only a masthead can be above it.

    In Markdown a depth-1 heading names the note, unless the front matter has a different title, or there are more
    depth-1 headings and this one does not read like a weeknote's. A depth-2 heading always has to read like one.
    """
    first = next(((i, b) for i, b in enumerate(blocks[: MAX_MASTHEAD + 1]) if type(b) is Heading), None)
    if first is None:
        return None
    at, heading = first
    above = blocks[:at] if dialect == "text" else [block for block in blocks[:at] if not is_ornament(block)]
    if above and note_start(LinesOf([*above, heading]), len(above), heading.text) > 0:
        return None
    if dialect == "text":
        return at if heading.depth == 1 else None
    if heading.depth > 2:
        return None
    given = FRONT_MATTER_TITLE.search(front_matter.raw) if front_matter is not None else None
    title = "" if given is None else given[1].strip(" \t\"'")
    # A title that is only a date says when the note was published, and leaves its name to the heading.
    if NON_WORD.sub("", title) and not is_date_line(title):
        alike = NON_WORD.sub("", title).casefold() == NON_WORD.sub("", heading.text).casefold()
        return at if alike or is_title_placeholder(heading.text) else None
    alike_headings = {i: b for i, b in enumerate(blocks) if type(b) is Heading and b.depth == heading.depth}
    if heading.depth == 1 and len(alike_headings) == 1:
        return at
    stated = read_title(heading.text)
    if not stated.is_weeknote:
        return None
    is_date = stated.title is None and any(week.style == "date" for week in stated.weeks)
    if is_date and at in days_among({i: read_title(b.text) for i, b in alike_headings.items()}):
        return None
    return at


def is_ornament(block: Block) -> bool:
    """Return whether a block of Markdown above a title says nothing: a comment, or a picture alone."""
    if type(block) is Html:
        return block.value.startswith("<!--")
    line = single_line(block)
    return line is not None and PICTURE.fullmatch(line) is not None


def entry_starts(
    blocks: list[Block], dialect: str, vocabulary: Vocabulary, front_matter: FrontMatter | None
) -> dict[int, bool]:
    """Return the indices of the headings that start an archive's entries, each with whether it starts a weeknote.

    The result is empty for a single note: one whose front matter states a week or issue, or in which fewer than two
    headings read like a weeknote's.
    """
    titles = {i: b for i, b in enumerate(blocks) if type(b) is Heading}
    if front_matter is not None and titles:
        named = read_title(front_matter.title or "")
        if named.weeks or named.numbers or named.episode or front_matter.weeks:
            return {}
    starts = text_starts(blocks, titles, vocabulary) if dialect == "text" else markdown_starts(titles)
    return starts if sum(starts.values()) > 1 else {}


def markdown_starts(titles: dict[int, Heading]) -> dict[int, bool]:
    """Return the entry starts of a Markdown text: headings of the depth most notes are named at, and higher ones."""
    named: dict[int, Title] = {}
    lines: dict[str, Title] = {}
    for i, b in titles.items():
        title = read_title(b.text)
        # "Weeknotes" alone is the name of the series.
        first = next((t for t in lines.values() if states_issue(t) or t.title), None)
        if title.is_weeknote and (first is None or names_further_note(title, first, is_repeated=b.text in lines)):
            named[i] = lines[b.text] = title
    for i in days_among(named):
        del named[i]
    dated = [titles[i].depth for i, t in named.items() if t.weeks or t.numbers or t.episode]
    depths = dated or [titles[i].depth for i in named]
    if not depths:
        return {}
    depth = min(set(depths), key=lambda d: (-depths.count(d), d))
    return {i: i in named and b.depth == depth for i, b in titles.items() if b.depth <= depth}


def text_starts(blocks: list[Block], titles: dict[int, Heading], vocabulary: Vocabulary) -> dict[int, bool]:
    """Return the entry starts of a plain text: depth-1 headings, and themes after a learning section."""
    starts = {i: read_title(words_of(b)).is_weeknote for i, b in titles.items() if b.depth == 1}
    posts: dict[int, bool] = {}
    notes = 0
    inside = learned = done = False
    for i, b in titles.items():
        if i in starts:
            inside, learned, done = starts[i], False, False
            notes += starts[i]
        elif inside and not done:
            role = vocabulary.role(words_of(b))
            if role is Role.LEARNING:
                learned = True
            elif learned and role is Role.THEME and type(blocks[i - 1]) is not Heading:
                posts[i] = False
                done = True
    # If most notes continue after the learning section, it does not mark the end of a note here.
    return starts if 2 * len(posts) > notes else dict(sorted((starts | posts).items()))


def words_of(heading: Block) -> str:
    """Return the text of a heading; in plain text, without reading its inline nodes."""
    where = heading.slice
    if where is None or where.source.reader.name != "text":
        return heading.text
    return where.text.strip(" \t\r\n")
