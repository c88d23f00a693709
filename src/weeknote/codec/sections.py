"""How blocks are divided into notes and sections: which heading names a note, and where entries and trailers start.

The parser divides blocks by these rules; the writer uses them to check that its output will be divided as intended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.headings.roles import Role
from weeknote.headings.title import read_title
from weeknote.nodes.block import Heading
from weeknote.syntax.boilerplate import is_furniture_block

if TYPE_CHECKING:
    from weeknote.headings.roles import Vocabulary
    from weeknote.nodes.document import FrontMatter

FRONT_MATTER_TITLE = re.compile(
    r"^[ \t]*(?:\{[ \t]*)?[\"']?title[\"']?[ \t]*[:=][ \t]*([^\r\n]*)", re.MULTILINE | re.IGNORECASE
)
NON_WORD = re.compile(r"[\W_]+")


def naming_heading(blocks: list[Any], dialect: str, front_matter: FrontMatter | None) -> Heading | None:
    """Return the heading that names a note, which has to be its first block, or None.

    In Markdown a depth-1 heading names the note, unless the front matter has a different title, or there are more
    depth-1 headings and this one does not read like a weeknote's. A depth-2 heading always has to read like one.
    """
    first = blocks[0] if blocks else None
    if type(first) is not Heading:
        return None
    if dialect == "text":
        return first if first.depth == 1 else None
    if first.depth > 2:
        return None
    given = FRONT_MATTER_TITLE.search(front_matter.raw) if front_matter is not None else None
    if given is not None and NON_WORD.sub("", given[1]):
        alike = NON_WORD.sub("", given[1]).casefold() == NON_WORD.sub("", first.text).casefold()
        return first if alike else None
    alone = first.depth == 1 and len([b for b in blocks if type(b) is Heading and b.depth == 1]) == 1
    return first if alone or read_title(first.text).is_weeknote else None


def trailer_start(blocks: list[Any], start: int) -> int:
    """Return the index of the first block of site furniture, searching from an index on."""
    for i in range(start, len(blocks)):
        if is_furniture_block(blocks[i]):
            return i
    return len(blocks)


def entry_starts(
    blocks: list[Any], dialect: str, vocabulary: Vocabulary, front_matter: FrontMatter | None
) -> dict[int, bool]:
    """Return the indices of the headings that start an archive's entries, each with whether it starts a weeknote.

    The result is empty for a single note: one whose front matter states a week or issue, or in which no heading but the
    first could start an entry.
    """
    titles = {i: b for i, b in enumerate(blocks) if type(b) is Heading}
    if front_matter is not None and titles:
        named = read_title(front_matter.title or "")
        if named.weeks or named.numbers or named.episode or front_matter.weeks:
            return {}
    starts = text_starts(blocks, titles, vocabulary) if dialect == "text" else markdown_starts(titles)
    return {} if list(starts) == [0] else starts


def markdown_starts(titles: dict[int, Any]) -> dict[int, bool]:
    """Return the entry starts of a Markdown text: headings of the depth most notes are named at, and higher ones."""
    named = {i: read for i, b in titles.items() if (read := read_title(b.text)).is_weeknote}
    dated = [titles[i].depth for i, t in named.items() if t.weeks or t.numbers or t.episode]
    depths = dated or [titles[i].depth for i in named]
    if not depths:
        return {}
    depth = min(set(depths), key=lambda d: (-depths.count(d), d))
    return {i: i in named and b.depth == depth for i, b in titles.items() if b.depth <= depth}


def text_starts(blocks: list[Any], titles: dict[int, Any], vocabulary: Vocabulary) -> dict[int, bool]:
    """Return the entry starts of a plain text: depth-1 headings, and themes after a learning section."""
    starts = {i: read_title(b.text).is_weeknote for i, b in titles.items() if b.depth == 1}
    posts: dict[int, bool] = {}
    notes = 0
    inside = learned = done = False
    for i, b in titles.items():
        if i in starts:
            inside, learned, done = starts[i], False, False
            notes += starts[i]
        elif inside and not done:
            role = vocabulary.role(b.text)
            if role is Role.LEARNING:
                learned = True
            elif learned and role is Role.THEME and type(blocks[i - 1]) is not Heading:
                posts[i] = False
                done = True
    # If most notes continue after the learning section, it does not mark the end of a note here.
    if notes >= 3 and 2 * len(posts) > notes:
        posts = {}
    return dict(sorted((starts | posts).items()))
