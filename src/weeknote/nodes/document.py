"""The document nodes: weeknote, post, archive.

Titles, weeks, numbers and roles are read from the words each time and never stored, so an edited note cannot contradict
itself.
"""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs

from weeknote.headings.bylines import MAX_BYLINE_LENGTH, published_in
from weeknote.headings.file_names import date_in_name, week_in_name, year_in_name
from weeknote.headings.front_matter_keys import episode_under_keys, number_under_key, year_under_key
from weeknote.headings.roles import VOCABULARY, Role, Vocabulary
from weeknote.headings.title import is_title_placeholder, read_title
from weeknote.headings.weeks import resolve, resolve_in_year
from weeknote.nodes.base import STR, BlockNode, Node, of_kind, of_kinds
from weeknote.nodes.block import Block, Heading, Link, Paragraph, as_blocks
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section, SectionTree
from weeknote.nodes.traversal import find_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weeknote.headings.numbers import Episode
    from weeknote.headings.title import Title
    from weeknote.headings.weeks import Week


def _heading_if_any(given: Heading | None) -> Heading | None:
    return None if given is None else of_kind(given, (Heading,))


def _front_matter_if_any(given: FrontMatter | None) -> FrontMatter | None:
    return None if given is None else of_kind(given, (FrontMatter,))


def _sections(given: Iterable[Section]) -> tuple[Section, ...]:
    return of_kinds(given, (Section,))


def _entries(given: Iterable[Weeknote | Post]) -> tuple[Weeknote | Post, ...]:
    return of_kinds(given, (Weeknote, Post))


def _is_short(block: Block) -> bool:
    return len(block.text) <= MAX_BYLINE_LENGTH


def _newline(given: str) -> str:
    if given not in ("\n", "\r\n", "\r"):
        raise ValueError(f"a line end is '\\n', '\\r\\n' or '\\r', not {given!r}")
    return given


@attrs.frozen
class Context:
    """Evidence from outside a note's text, for a year that it doesn't state.

    Attributes:
        near: a date close to the note's weeks, usually its publication date.
        name: the file's name or path.
        neighbours: the note's weeks with the years its archive suggests; None outside an archive.
    """

    near: date | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.instance_of(date))
    )
    name: str | None = None
    neighbours: tuple[Week, ...] | None = None


@attrs.frozen
class Weeknote(BlockNode):
    """One weeknote. Every part of it is optional.

    Attributes:
        front_matter: the metadata before the body, or None.
        heading: the line in the body that names the note, or None.
        masthead: the site's lines above the heading, such as its name or a category.
        byline: the site's lines right below the heading, such as date and author.
        intro: the blocks before the first section; all blocks, in a note without sections.
        sections: the sections, flat and in order.
        trailer: what the site shows after the note: comments, share links.
        dialect: `"markdown"` or `"text"`.
        newline: the line end for new lines.
        lead: a byte order mark or blank lines before the first node.
        context: what is known about the note from outside its text.
    """

    parts: ClassVar[tuple[str, ...]] = (
        *("front_matter", "masthead", "heading", "byline"),
        *("intro", "sections", "trailer"),
    )

    front_matter: FrontMatter | None = attrs.field(default=None, converter=_front_matter_if_any)
    masthead: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks, kw_only=True)
    heading: Heading | None = attrs.field(default=None, converter=_heading_if_any)
    byline: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks, kw_only=True)
    intro: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    sections: tuple[Section, ...] = attrs.field(default=(), converter=_sections)
    trailer: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    dialect: str = attrs.field(default="markdown", validator=STR, kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)
    lead: str = attrs.field(default="", validator=STR, eq=False, repr=False, kw_only=True)
    context: Context = attrs.field(factory=Context, eq=False, repr=False, kw_only=True)
    _find_parts: Callable[[], Mapping[str, object]] | None = attrs.field(init=False, default=None, eq=False, repr=False)

    def _read_fields(self, name: str) -> Mapping[str, object]:  # noqa: ARG002 # all parts are found together
        # Only the parser leaves parts unread, and it says how to find them.
        assert self._find_parts is not None
        return self._find_parts()

    def _titles(self) -> list[Title]:
        lines = dict.fromkeys((self.headline, None if self.front_matter is None else self.front_matter.title))
        return [self._read(line) for line in lines if line is not None]

    def _read(self, line: str) -> Title:
        return read_title(line, published=self.published or self.context.near)

    @property
    def headline(self) -> str | None:
        """The whole line that names the note: the heading as plain text, else the front matter's title, else None."""
        if self.heading is not None and not is_title_placeholder(self.heading.text):
            return self.heading.text
        return None if self.front_matter is None else self.front_matter.title

    @property
    def title(self) -> str | None:
        """The words of `headline` without label, number and week; None if no words are left.

        >>> import weeknote
        >>> note = weeknote.parse("# Weeknote w/c 6 May: agreeing the first priorities")
        >>> note.headline, note.title
        ('Weeknote w/c 6 May: agreeing the first priorities', 'agreeing the first priorities')
        """
        line = self.headline
        return None if line is None else self._read(line).title

    @property
    def week(self) -> Week | None:
        """The first of `weeks`, or None."""
        return next(iter(self.weeks), None)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks the note says it covers, in the order written; `()` if it says none.

        They come from the heading, else from the front matter's title, else from one of its keys such as `week_ending`,
        else from the file name. A year that isn't stated comes from `near`, a key or file name with a week, the
        publication date, the neighbours in an archive, or a key or folder that names a year, in this order; each week's
        `evidence` says which.

        In plain text, where headings are not marked, a range of days alone is not taken for a week unless it has a
        year, a label, or one of these dates: "July 7 - 13" may just as well be a trip.

        >>> import weeknote
        >>> from datetime import date
        >>> weeknote.parse("# w/c 6 & 13 January", near=date(2020, 1, 20)).weeks[0].start
        datetime.date(2020, 1, 6)
        """
        context = self.context
        under_key = () if self.front_matter is None else self.front_matter.weeks
        named = None if context.name is None else week_in_name(context.name, self.published or context.near)
        title = next((t for t in self._titles() if t.weeks), None)
        stated = under_key if title is None else title.weeks
        if not stated:
            return () if named is None else (named,)
        if context.neighbours is not None and context.neighbours == stated:
            return context.neighbours
        key_start = under_key[-1].start if under_key else None
        named_start = None if named is None else named.start
        near = ((context.near, "near"), (key_start, "front matter"), (named_start, "file name"))
        for day, how in (*near, *self._publication_dates()):
            if day is not None:
                return resolve(stated, day, how)
        for year, how in self._stated_years():
            if year is not None and not any(week.start for week in stated):
                stated = resolve_in_year(stated, year, how)
        is_doubtful = title is not None and title.is_doubtful and not any(week.start for week in stated)
        return () if is_doubtful and self.dialect == "text" else stated

    def _stated_years(self) -> Iterator[tuple[int | None, str]]:
        """Yield the year that a key or folder names, and where it is."""
        if self.front_matter is not None:
            yield year_under_key(self.front_matter.values), "front matter"
        if self.context.name is not None:
            yield year_in_name(self.context.name), "file name"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The issue numbers, or the week's number in a series, else one under a key such as `issue`; `()` without."""
        stated = next((t.numbers for t in self._titles() if t.numbers), ())
        if stated or self.front_matter is None or self.episode is not None:
            return stated
        number = number_under_key(self.front_matter.values)
        return () if number is None else (number,)

    @property
    def episode(self) -> Episode | None:
        """The season and episode ("S02E04", or the keys `season` and `episode`), or None."""
        stated = next((t.episode for t in self._titles() if t.episode), None)
        if stated is not None or self.front_matter is None:
            return stated
        return episode_under_keys(self.front_matter.values)

    @property
    def published(self) -> date | None:
        """The publication date, from front matter, byline or file name; it is never taken for the week."""
        return next((day for day, _ in self._publication_dates()), None)

    def _publication_dates(self) -> Iterator[tuple[date, str]]:
        """Yield the publication dates, the most reliable first, and where each is stated."""
        if self.front_matter is not None and (day := self.front_matter.published) is not None:
            yield day, "front matter"
        # A subtitle leaves the lines of a byline at the top of the intro.
        subtitled = takewhile(_is_short, self.intro if self.heading is not None else ())
        for block in (*self.byline, *self.masthead, *subtitled):
            if isinstance(block, Paragraph) and (day := published_in(block.text)) is not None:
                yield day, "byline"
        if self.context.name is not None and (day := date_in_name(self.context.name)) is not None:
            yield day, "file name"

    @property
    def highlights(self) -> Section | None:
        """The first section of highlights, or None."""
        return self._first(Role.HIGHLIGHTS)

    @property
    def learning(self) -> Section | None:
        """The first section about learning, or None."""
        return self._first(Role.LEARNING)

    @property
    def next(self) -> Section | None:
        """The first section about what comes next, or None."""
        return self._first(Role.NEXT)

    @property
    def challenges(self) -> Section | None:
        """The first section about what was hard, or None."""
        return self._first(Role.CHALLENGES)

    def _first(self, role: Role) -> Section | None:
        return next((s for s in self.sections if s.role is role), None)

    @property
    def themes(self) -> tuple[Section, ...]:
        """The sections whose role is `theme`."""
        return tuple(s for s in self.sections if s.role is Role.THEME)

    @property
    def outline(self) -> tuple[SectionTree, ...]:
        r"""The sections as a tree: each with the deeper sections below it.

        >>> import weeknote
        >>> note = weeknote.parse("# Week 12\n\n## Work\n\n### Maps\n\n### Bees\n\n## Learning\n")
        >>> [(tree.section.title, len(tree.subsections)) for tree in note.outline]
        [('Work', 2), ('Learning', 0)]
        """
        trees: list[SectionTree] = []
        for section in reversed(self.sections):
            below = []
            while trees and trees[-1].section.depth > section.depth:
                below.append(trees.pop())
            trees.append(SectionTree(section, tuple(below)))
        return tuple(reversed(trees))

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link in the note, in the order of the text."""
        return tuple(find_all(self, Link))


@attrs.frozen
class Post(BlockNode):
    """Text in an archive that is not a weeknote.

    Attributes:
        heading: its first heading, or None.
        blocks: its blocks, including other headings.
        dialect: `"markdown"` or `"text"`.
        newline: the line end for new lines.
    """

    parts: ClassVar[tuple[str, ...]] = ("heading", "blocks")

    heading: Heading | None = attrs.field(default=None, converter=_heading_if_any)
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    dialect: str = attrs.field(default="markdown", validator=STR, kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)

    @property
    def title(self) -> str | None:
        """The heading as plain text, or None."""
        return None if self.heading is None else self.heading.text

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link in the post, in the order of the text."""
        return tuple(find_all(self, Link))


@attrs.frozen
class Archive(BlockNode):
    """Several notes in one text, with the posts between them.

    Attributes:
        entries: the notes and posts, in the order of the text.
        front_matter: the metadata before the first entry, or None.
        dialect: `"markdown"` or `"text"`.
        newline: the line end for new lines.
        lead: a byte order mark or blank lines before the first node.
    """

    parts: ClassVar[tuple[str, ...]] = ("front_matter", "entries")

    entries: tuple[Weeknote | Post, ...] = attrs.field(default=(), converter=_entries)
    front_matter: FrontMatter | None = attrs.field(default=None, converter=_front_matter_if_any)
    dialect: str = attrs.field(default="markdown", validator=STR, kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)
    lead: str = attrs.field(default="", validator=STR, eq=False, repr=False, kw_only=True)

    @property
    def weeknotes(self) -> tuple[Weeknote, ...]:
        """The entries that are weeknotes, in order."""
        return tuple(e for e in self.entries if isinstance(e, Weeknote))


def notes_in(root: Node) -> tuple[Weeknote, ...]:
    """Return the weeknotes of an archive, or a weeknote alone."""
    if isinstance(root, Archive):
        return root.weeknotes
    return (root,) if isinstance(root, Weeknote) else ()


def entries_of(root: Weeknote | Archive | Post) -> tuple[Weeknote | Post, ...]:
    """Return the notes and posts of an archive, or the one note or post."""
    return root.entries if isinstance(root, Archive) else (root,)


def vocabulary_of(root: Weeknote | Archive | Post) -> Vocabulary:
    """Return the vocabulary that a note was parsed with: that of its first section."""
    return next((s.vocabulary for note in notes_in(root) for s in note.sections), VOCABULARY)


def blocks_of(entry: Weeknote | Post) -> list[Block]:
    """Return the blocks of a note or post in order, headings included."""
    heading = [] if entry.heading is None else [entry.heading]
    if isinstance(entry, Post):
        return [*heading, *entry.blocks]
    sections: list[Block] = [block for s in entry.sections for block in (s.heading, *s.blocks)]
    return [*entry.masthead, *heading, *entry.byline, *entry.intro, *sections, *entry.trailer]


RootT = TypeVar("RootT", bound=Weeknote | Archive | Post)
"""The root of a tree. Edits and fixes return the kind of root they were given."""
