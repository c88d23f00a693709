"""Blocks, a title and a date as a note in Markdown that is read back as it was meant."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal

import attrs

from weeknote.codec.dump import dump
from weeknote.codec.parse import parse
from weeknote.conversion.convert import Loss
from weeknote.errors import CannotExpressError
from weeknote.front_matter.writer import new_block
from weeknote.front_matter.yaml import UNPRINTABLE
from weeknote.headings.title import read_title
from weeknote.nodes.block import (
    Block,
    Blockquote,
    Code,
    FootnoteDefinition,
    Heading,
    Html,
    Inline,
    List,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
)
from weeknote.nodes.document import Post, Weeknote, blocks_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.traversal import walk
from weeknote.web.inlines import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from weeknote.headings.roles import Vocabulary

FrontMatterStyle = Literal["hugo", "jekyll", "eleventy"]

CANONICAL = {"hugo": "canonicalURL", "jekyll": "canonical_url", "eleventy": "canonical"}
"""The key for a page's own address: Hugo's and Eleventy's themes have it so, Jekyll's is that of `jekyll-seo-tag`."""

UNPRINTABLE_RUN = re.compile(f"[{UNPRINTABLE}]+")

MAX_TRIES = 20
"""The number of attempts in which one more block is simplified, before all blocks are."""


@attrs.frozen
class Imported:
    """A note that was made from a page or from an entry of a feed.

    Attributes:
        note: the note, in Markdown.
        losses: what was lost from the original; each with its position in `dump(note)`.
        url: the address of the page; None if it is not known.
        published: the day it was published; None if it is not known.
        tags: its tags and categories, in the order given.
        draft: whether it is an unpublished draft.
    """

    note: Weeknote
    losses: tuple[Loss, ...] = ()
    url: str | None = None
    published: date | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False


def assemble(
    blocks: Sequence[Block],
    losses: Iterable[tuple[int, str]],
    *,
    title: str | None,
    published: date | None,
    url: str | None,
    front_matter: FrontMatterStyle | None,
    near: date | None,
    vocabulary: Vocabulary,
) -> Imported:
    """Return blocks as a note, with a title, a date and an address; the last arguments are those of `from_html`.

    Headings are among the blocks, and each loss has the index of its block.
    """
    if front_matter is not None and front_matter not in CANONICAL:
        raise ValueError(f"front_matter is one of {', '.join(map(repr, CANONICAL))} or None, not {front_matter!r}")
    title = None if title is None else _on_one_line(title) or None
    # A thematic break at either end separates nothing.
    found = list(itertools.dropwhile(lambda block: isinstance(block, ThematicBreak), blocks))
    lost = [(max(at - (len(blocks) - len(found)), 0), reason) for at, reason in losses]
    while found and isinstance(found[-1], ThematicBreak):
        found.pop()
    before = ""
    if front_matter is not None:
        block = front_matter_for(front_matter, title, published, url)
        before = f"{block}\n\n" if block else ""
    elif title is not None:
        if not read_title(title).is_weeknote and any(isinstance(b, Heading) and b.depth == 1 for b in found):
            found = [attrs.evolve(b, depth=min(b.depth + 1, 6)) if isinstance(b, Heading) else b for b in found]
        found = [Heading(1, title), *found]
        lost = [(at + 1, reason) for at, reason in lost]
    settled, text = _written(found, before, lost)
    note = parse(text, dialect="markdown", near=near or (None if before else published), vocabulary=vocabulary)
    return Imported(note, _placed(note, settled, lost), url, published)


def front_matter_for(style: FrontMatterStyle, title: str | None, published: date | None, url: str | None) -> str:
    """Return front matter in the form of a site generator; `""` if there is nothing to say.

    >>> print(front_matter_for("jekyll", "Week 12", None, None))
    ---
    layout: post
    title: Week 12
    ---
    """
    values = {"title": title, "date": published, CANONICAL[style]: url}
    given = {key: value for key, value in values.items() if value is not None}
    if not given:
        return ""
    return new_block({"layout": "post", **given} if style == "jekyll" else given)


def with_front_matter(note: Weeknote, style: FrontMatterStyle) -> Weeknote:
    r"""Return a Markdown note with its title and date in front matter instead of a heading, unless it has some already.

    >>> import weeknote
    >>> note = weeknote.parse("# Week 12\n\nAll good.\n", name="2024-03-22-week.md")
    >>> print(weeknote.dump(with_front_matter(note, "hugo")), end="")
    ---
    title: Week 12
    date: 2024-03-22
    ---
    <BLANKLINE>
    All good.
    """
    if note.front_matter is not None:
        return note
    title = None if note.headline is None else _on_one_line(note.headline)
    block = front_matter_for(style, title, note.published, None)
    return note if not block else attrs.evolve(note, front_matter=FrontMatter(block), heading=None)


def _on_one_line(words: str) -> str:
    return " ".join(UNPRINTABLE_RUN.sub(" ", words).split())


def _written(blocks: list[Block], before: str, lost: list[tuple[int, str]]) -> tuple[list[Block], str]:
    """Return blocks as Markdown, those that it cannot write in plainer words, and the blocks as they are then."""
    for attempt in range(MAX_TRIES):
        try:
            text = before + dump(Post(blocks=blocks))
            parsed = blocks_of(parse(text, dialect="markdown"))
            if parsed == blocks:
                return blocks, text
            wrong = [next((n for n, (a, b) in enumerate(zip(parsed, blocks, strict=False)) if a != b), len(parsed))]
        except CannotExpressError as error:
            wrong = _unwritable(blocks) if attempt == 0 else []
            wrong = wrong or [n for n, b in enumerate(blocks) if any(node is error.node for node in walk(b))]
        blocks = _plainer(blocks, wrong or range(len(blocks)), lost)
    for _ in range(2):
        blocks = _plainer(blocks, range(len(blocks)), lost)
    return blocks, before + dump(Post(blocks=blocks))


def _unwritable(blocks: Sequence[Block]) -> list[int]:
    """Return the blocks that cannot be written even by themselves."""
    found = []
    for n, block in enumerate(blocks):
        try:
            dump(Post(blocks=[block]))
        except CannotExpressError:
            found.append(n)
    return found


def _plainer(blocks: Sequence[Block], wrong: Iterable[int], lost: list[tuple[int, str]]) -> list[Block]:
    """Return blocks, some of them in plainer words: first without marks inside a line, then as a paragraph."""
    found = list(blocks)
    for n in sorted(set(wrong), reverse=True):
        if n >= len(found):
            continue
        plain = _without_marks(found[n])
        words = " ".join(found[n].text.split())
        if plain == found[n] and not words:
            del found[n]
            lost[:] = [(at - (at > n), reason) for at, reason in lost]
            reason = "Markdown cannot write what was here, and it had no words"
        else:
            found[n] = plain if plain != found[n] else Paragraph(words)
            reason = "Markdown cannot write this as it was; its words are kept"
        lost.append((n, reason))
    return found


def _without_marks(block: Block) -> Block:
    """Return a block with nothing but words in its lines."""
    match block:
        case Paragraph(children=children) | Heading(children=children):
            return attrs.evolve(block, children=_words(children))
        case Table(rows=rows):
            plain = [TableRow([TableCell(_words(cell.children)) for cell in row.cells]) for row in rows]
            return attrs.evolve(block, rows=plain)
        case List(items=items):
            return attrs.evolve(
                block, items=[attrs.evolve(item, blocks=map(_without_marks, item.blocks)) for item in items]
            )
        case Blockquote(blocks=inside) | FootnoteDefinition(blocks=inside):
            return attrs.evolve(block, blocks=map(_without_marks, inside))
        case Html(value=value):
            return Code(value, "html")
        case _:
            return block


def _words(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    words = words_of(children)
    return (Text(words),) if words else ()


def _placed(note: Weeknote, blocks: Sequence[Block], lost: Sequence[tuple[int, str]]) -> tuple[Loss, ...]:
    """Return what was lost with its place in the note that was made."""
    written = blocks_of(note)
    places = written if len(written) == len(blocks) else []
    return tuple(Loss(places[min(at, len(places) - 1)] if places else note, reason) for at, reason in sorted(set(lost)))
