"""The document nodes: front matter, sections, a weeknote, a post, an archive; and what they say.

What a note says (title, weeks, numbers, roles) is worked out from its words each time, never stored beside them, so
an edited note cannot contradict itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from weeknote.front_matter import reader
from weeknote.headings import file_names
from weeknote.headings.dates import as_date
from weeknote.headings.roles import VOCABULARY, Role, Vocabulary
from weeknote.headings.title import is_title_placeholder, read_title
from weeknote.headings.week_keys import weeks_under_key
from weeknote.headings.weeks import resolve
from weeknote.nodes.base import of_kind, of_kinds
from weeknote.nodes.block import Block, Heading, Link, Node, as_blocks
from weeknote.nodes.traversal import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from weeknote.errors import WeeknoteError
    from weeknote.headings.numbers import Episode
    from weeknote.headings.title import Title
    from weeknote.headings.weeks import Week


def _heading(given: Heading) -> Heading:
    return of_kind(given, (Heading,))


def _heading_if_any(given: Heading | None) -> Heading | None:
    return None if given is None else of_kind(given, (Heading,))


def _front_matter_if_any(given: FrontMatter | None) -> FrontMatter | None:
    return None if given is None else of_kind(given, (FrontMatter,))


def _sections(given: Iterable[Section]) -> tuple[Section, ...]:
    return of_kinds(given, (Section,))


def _entries(given: Iterable[Weeknote | Post]) -> tuple[Weeknote | Post, ...]:
    return of_kinds(given, (Weeknote, Post))


def _newline(given: str) -> str:
    if given not in ("\n", "\r\n", "\r"):
        raise ValueError(f"a line end is '\\n', '\\r\\n' or '\\r', not {given!r}")
    return given


@attrs.frozen
class FrontMatter(Node):
    r"""The block of metadata before a note's body, kept as written and read only when asked.

    Attributes:
        raw: the block with its fences, without the last line's end; lines end in `"\n"`.
        kind: how it is written: `"yaml"`, `"toml"`, `"toml-fence"`, `"pelican"` or `"ini"`.

    >>> FrontMatter("---\ntitle: Week 12\ndate: 2024-03-22\n---", "yaml").title
    'Week 12'
    """

    raw: str
    kind: reader.Kind = "yaml"
    _reading: Any = attrs.field(init=False, default=None, eq=False, repr=False)

    def _read(self) -> reader.Reading:
        reading: reader.Reading | None = self._reading
        if reading is None:
            reading = reader.read(self.raw, self.kind)
            object.__setattr__(self, "_reading", reading)
        return reading

    @property
    def values(self) -> Mapping[str, object]:
        """The top-level keys and their values, in order; what could not be read is left out."""
        return self._read().values

    @property
    def problem(self) -> WeeknoteError | None:
        """What could not be read, with its `place` in the block; None if all was."""
        return self._read().problem

    @property
    def title(self) -> str | None:
        """The note's title; None if it gives none."""
        value = reader.title_of(self.values)
        return None if value is None else str(value).rstrip()

    @property
    def published(self) -> date | None:
        """The date of publication; None if it gives none that can be read."""
        return as_date(reader.date_of(self.values))

    @property
    def weeks(self) -> tuple[Week, ...]:
        r"""The weeks under a key such as `week ending` or `week`; `()` if it has none that holds a week.

        >>> FrontMatter("---\nweek_ending: 2024-03-08\n---").weeks[0].start
        datetime.date(2024, 3, 4)
        """
        found = weeks_under_key(self.values)
        return () if found is None else found[1]


@attrs.frozen
class Section(Node):
    """A heading and the blocks under it, up to the next heading.

    Attributes:
        heading: the heading.
        blocks: what stands under it.

    >>> from weeknote import Heading, Paragraph, Section, Text
    >>> str(Section(Heading(2, [Text("Something I’m learning")]), [Paragraph([Text("To wait.")])]).role)
    'learning'
    """

    parts: ClassVar[tuple[str, ...]] = ("heading", "blocks")

    heading: Heading = attrs.field(converter=_heading)
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    vocabulary: Vocabulary = attrs.field(default=VOCABULARY, eq=False, repr=False, kw_only=True)

    @property
    def title(self) -> str:
        """The heading's words as plain text."""
        return self.heading.text

    @property
    def depth(self) -> int:
        """The heading's depth, 1 to 6."""
        return self.heading.depth

    @property
    def role(self) -> Role:
        """What the section is for, told from its heading."""
        return self.vocabulary.role(self.title)


@attrs.frozen
class Context:
    """What is known of a note from outside its text, as evidence for a year nobody wrote.

    Attributes:
        near: a date near the note's weeks, usually its publication.
        name: the file's name or path.
        neighbours: the note's weeks as the archive around it decides them; None outside an archive.
    """

    near: date | None = None
    name: str | None = None
    neighbours: tuple[Week, ...] | None = None


@attrs.frozen
class Weeknote(Node):
    """One weeknote. Every part of it is optional.

    Attributes:
        front_matter: the metadata before the body, or None.
        heading: the line in the body that names the note, or None.
        intro: the blocks before the first section; all blocks, in a note without sections.
        sections: the sections, flat and in order.
        trailer: the site's furniture after the note.
        dialect: `"markdown"` or `"text"`.
        newline: the line end that new lines get.
        lead: what stands before the first node: a byte order mark, blank lines.
        context: what is known of the note from outside its text.
    """

    parts: ClassVar[tuple[str, ...]] = ("front_matter", "heading", "intro", "sections", "trailer")

    front_matter: FrontMatter | None = attrs.field(default=None, converter=_front_matter_if_any)
    heading: Heading | None = attrs.field(default=None, converter=_heading_if_any)
    intro: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    sections: tuple[Section, ...] = attrs.field(default=(), converter=_sections)
    trailer: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    dialect: str = attrs.field(default="markdown", kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)
    lead: str = attrs.field(default="", eq=False, repr=False, kw_only=True)
    context: Context = attrs.field(factory=Context, eq=False, repr=False, kw_only=True)

    def _titles(self) -> list[Title]:
        published = self.published or self.context.near
        found = []
        if self.heading is not None and not is_title_placeholder(self.heading.text):
            found.append(read_title(self.heading.text, published=published))
        if self.front_matter is not None and self.front_matter.title is not None:
            found.append(read_title(self.front_matter.title, published=published))
        return found

    @property
    def title(self) -> str | None:
        """The words of the heading without label, number and week; else the front matter's title; else None.

        >>> import weeknote
        >>> weeknote.parse("# Weeknote w/c 6 May: agreeing the first priorities").title
        'agreeing the first priorities'
        """
        if self.heading is not None and not is_title_placeholder(self.heading.text):
            title = read_title(self.heading.text, published=self.published or self.context.near).title
            if title is not None:
                return title
        return self.front_matter.title if self.front_matter is not None else None

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks the note says it covers, in the order written; `()` if it says none.

        They come from the heading, else from the front matter's title, else from one of its keys such as `week ending`,
        else from the file name. The first of these settles it. If the year is missing, it comes from `near`, else from
        a key or file name that states the week, else from the front matter's date, the date in the file name, or the
        neighbours in an archive; each week's `evidence` says which.

        >>> import weeknote
        >>> from datetime import date
        >>> weeknote.parse("# w/c 6 & 13 January", near=date(2020, 1, 20)).weeks[0].start
        datetime.date(2020, 1, 6)
        """
        context = self.context
        under_key = () if self.front_matter is None else self.front_matter.weeks
        stated = next((t.weeks for t in self._titles() if t.weeks), under_key)
        named = None if context.name is None else file_names.week_in_name(context.name, self.published or context.near)
        if not stated:
            return () if named is None else (named,)
        if context.neighbours is not None and context.neighbours == stated:
            return context.neighbours
        if all(week.start is not None for week in stated):
            return stated
        near, evidence = self._date_near(under_key, named)
        return stated if near is None else resolve(stated, near, evidence)

    def _date_near(self, under_key: tuple[Week, ...], named: Week | None) -> tuple[date | None, str]:
        """Return a date near the note's weeks, from which their year follows, and where it comes from."""
        matter, name = self.front_matter, self.context.name
        key_start = under_key[-1].start if under_key else None
        if self.context.near is not None:
            return self.context.near, "near"
        if key_start is not None:
            return key_start, "front matter"
        if named is not None:
            return named.start, "file name"
        if matter is not None and matter.published is not None:
            return matter.published, "front matter"
        return None if name is None else file_names.date_in_name(name), "file name"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The issue numbers or numbers of weeks in a series, `()` if it gives none."""
        return next((t.numbers for t in self._titles() if t.numbers), ())

    @property
    def episode(self) -> Episode | None:
        """The series and episode ("S02E04"), or None."""
        return next((t.episode for t in self._titles() if t.episode), None)

    @property
    def published(self) -> date | None:
        """The date of publication: the front matter's, else the one in the file name; never taken for the week."""
        if self.front_matter is not None and (day := self.front_matter.published) is not None:
            return day
        return file_names.date_in_name(self.context.name) if self.context.name is not None else None

    @property
    def highlights(self) -> Section | None:
        """The first section of highlights, or None."""
        return self._first(Role.HIGHLIGHTS)

    @property
    def learning(self) -> Section | None:
        """The first section about learning, or None."""
        return self._first(Role.LEARNING)

    def _first(self, role: Role) -> Section | None:
        return next((s for s in self.sections if s.role is role), None)

    @property
    def themes(self) -> tuple[Section, ...]:
        """The sections with no role but their own theme."""
        return tuple(s for s in self.sections if s.role is Role.THEME)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link in the note, in the order of the text."""
        return tuple(find_all(self, Link))


@attrs.frozen
class Post(Node):
    """A piece in an archive that is not a weeknote.

    Attributes:
        heading: the line that names it, or None.
        blocks: what stands under it; the headings inside it too.
        dialect: `"markdown"` or `"text"`.
        newline: the line end that new lines get.
    """

    parts: ClassVar[tuple[str, ...]] = ("heading", "blocks")

    heading: Heading | None = attrs.field(default=None, converter=_heading_if_any)
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    dialect: str = attrs.field(default="markdown", kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)

    @property
    def title(self) -> str | None:
        """The words of its heading, or None."""
        return None if self.heading is None else self.heading.text

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link in the post, in the order of the text."""
        return tuple(find_all(self, Link))


@attrs.frozen
class Archive(Node):
    """Several notes in one text, and what stands between them.

    Attributes:
        entries: the notes and posts, in the order of the text.
        front_matter: the metadata before the first entry, or None.
        dialect: `"markdown"` or `"text"`.
        newline: the line end that new lines get.
        lead: what stands before the first node: a byte order mark, blank lines.
    """

    parts: ClassVar[tuple[str, ...]] = ("front_matter", "entries")

    entries: tuple[Weeknote | Post, ...] = attrs.field(default=(), converter=_entries)
    front_matter: FrontMatter | None = attrs.field(default=None, converter=_front_matter_if_any)
    dialect: str = attrs.field(default="markdown", kw_only=True)
    newline: str = attrs.field(default="\n", converter=_newline, eq=False, repr=False, kw_only=True)
    lead: str = attrs.field(default="", eq=False, repr=False, kw_only=True)

    @property
    def weeknotes(self) -> tuple[Weeknote, ...]:
        """The entries that are weeknotes, in the order of the text."""
        return tuple(e for e in self.entries if isinstance(e, Weeknote))


def blocks_of(entry: Weeknote | Post) -> list[Any]:
    """Return the blocks of a note or post in the order of the text, headings among them."""
    heading = [] if entry.heading is None else [entry.heading]
    if isinstance(entry, Post):
        return [*heading, *entry.blocks]
    sections = [block for s in entry.sections for block in (s.heading, *s.blocks)]
    return [*heading, *entry.intro, *sections, *entry.trailer]


RootT = TypeVar("RootT", bound=Weeknote | Archive | Post)
"""What holds blocks and stands in nothing but a text: an edit or a repair gives back what it was given."""
