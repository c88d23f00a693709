"""Parse text into notes: detect the dialect, scan the blocks, and build a note or an archive from them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from weeknote.codec.sections import entry_starts, naming_heading, parts_of, words_of
from weeknote.errors import TextTypeError, UnknownDialectError
from weeknote.front_matter import detection
from weeknote.headings.file_names import date_in_name
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.headings.title import read_title
from weeknote.headings.weeks import resolve, resolve_neighbours
from weeknote.markdown.leaves import Markdown
from weeknote.nodes.block import node_from_source, slice_of
from weeknote.nodes.document import Archive, Context, Post, Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section
from weeknote.plaintext.block_parser import PlainText
from weeknote.source import Slice, Source, after_bom, newline_of
from weeknote.syntax.boilerplate import LinesOf
from weeknote.syntax.page_parts import note_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from weeknote.headings.weeks import Week
    from weeknote.nodes.block import Block, Heading
    from weeknote.source import Reader

DIALECTS = ("markdown", "text")
"""The names of the dialects."""

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mdx": "markdown",
    ".mkd": "markdown",
    ".qmd": "markdown",
    ".txt": "text",
    ".text": "text",
}
"""The dialect implied by a file's suffix."""

MARKDOWN_MARK = re.compile(
    r"^(?:#{1,6}[ \t]+\S|(?:```|~~~)|>[ \t]|\[[^\]\r\n]{1,99}\]:[ \t]|[^\r\n|]*\|[ \t]*:?--|</?[A-Za-z!])"
    r"|\]\(|\*\*\S|!\[|\A[^\r\n]{1,200}(?:\r\n?|\n)(?:===|---)",
    re.MULTILINE,
)
BULLET = re.compile(r"^[ \t]*•[ \t]", re.MULTILINE)
FIRST_LINE = re.compile(r"\s*([^\r\n]*)")
LEAD = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*(?:[ \t]*\Z)?")


def dialect_of(text: str) -> str:
    r"""Detect a text's dialect.

    Front matter, or syntax that only Markdown has (`#` headings, fences, links, bold, blockquotes, tables, an
    underlined first line), makes it Markdown. Otherwise a `•` list, or a first line that reads like a weeknote's
    heading, makes it plain text. Anything else is Markdown.

    >>> dialect_of("Weeknote w/c 6 May: a start\n\nAll good.\n")
    'text'
    """
    start = after_bom(text)
    if "\r" in text:
        # In a pattern, `^` matches only after a line feed.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if detection.find(text, start) is not None or MARKDOWN_MARK.search(text):
        return "markdown"
    if BULLET.search(text):
        return "text"
    first = FIRST_LINE.match(text, start)
    assert first is not None
    return "text" if read_title(first[1][:300]).is_weeknote else "markdown"


def parse(
    text: str,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
    name: str | None = None,
) -> Weeknote:
    r"""Parse a text as a single weeknote.

    Every text can be parsed: `dump(parse(text)) == text` whatever it contains, in time linear in its length. In a text
    of several notes, the later headings become sections of the first; use `parse_archive` to split it.

    Args:
        text: the note, as `str`.
        dialect: `"markdown"` or `"text"`; None detects it from the text.
        near: a date close to the note's weeks, usually its publication date; it settles the year of "w/c 6 May".
        vocabulary: which section headings have which role.
        name: the name of the note's file; a date in it can settle the year. If it ends in `.mdx`, indentation is not
            code, and a tag may span lines.

    Raises:
        TextTypeError: `text` is not a `str`.
        UnknownDialectError: there is no such dialect.

    >>> note = parse("Weeknote w/c 6 May: a start\n\nSomething I’m learning\n\nTo wait.\n")
    >>> note.title, note.learning.blocks[0].text
    ('a start', 'To wait.')
    """
    scanned = _ScannedText(text, dialect, vocabulary, Context(near, name))
    return scanned.build_only_note()


def parse_archive(
    text: str,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
    name: str | None = None,
) -> Archive:
    r"""Parse a text that holds several weeknotes, perhaps with other posts in between.

    A note starts at each heading that reads like the title of a weeknote. Everything else is a post: text before the
    first note; in Markdown, text under another heading of the same depth; in plain text, text under a heading without
    a role after a note's learning section.

    Args:
        text: the notes, newest or oldest first, as `str`.
        dialect: `"markdown"` or `"text"`; None detects it from the text.
        near: a date close to the newest note's weeks. The years of the other notes follow from their neighbours.
        vocabulary: which section headings have which role.
        name: the name of the archive's file; a date in it is used where `near` is not given.

    Raises:
        TextTypeError: `text` is not a `str`.
        UnknownDialectError: there is no such dialect.

    >>> archive = parse_archive("# w/c 13 May\n\nLater.\n\n# w/c 6 May 2019\n\nEarlier.\n")
    >>> [note.weeks[0].start.isoformat() for note in archive.weeknotes]
    ['2019-05-13', '2019-05-06']
    """
    scanned = _ScannedText(text, dialect, vocabulary, Context(near, name))
    starts = entry_starts(scanned.blocks, scanned.source.reader.name, vocabulary, scanned.front_matter)
    if not starts:
        entries: list[Weeknote | Post] = [scanned.build_only_note()]
        front_matter, lead = None, ""
    else:
        entries, front_matter, lead = scanned.build_entries(starts), scanned.front_matter, scanned.lead
    return node_from_source(
        Archive,
        Slice(scanned.source, 0, len(text)),
        entries=tuple(entries),
        front_matter=front_matter,
        dialect=scanned.source.reader.name,
        newline=scanned.newline,
        lead=lead,
    )


def parse_any(
    text: str,
    *,
    dialect: str | None = None,
    near: date | None = None,
    vocabulary: Vocabulary = VOCABULARY,
    name: str | None = None,
) -> Weeknote | Archive:
    r"""Parse a text as an archive if it holds several notes, else as one weeknote.

    It is an archive if at least two of its headings read like the title of a weeknote; otherwise the whole text is one
    note. The command line reads files this way.

    Args:
        text: the note or notes, as `str`.
        dialect: `"markdown"` or `"text"`; None detects it from the text.
        near: a date close to the weeks of the note, or of the newest note.
        vocabulary: which section headings have which role.
        name: the name of the file; a date in it is used where `near` is not given.

    Raises:
        TextTypeError: `text` is not a `str`.
        UnknownDialectError: there is no such dialect.

    >>> type(parse_any("# w/c 6 May 2019\n\nAll good.\n")).__name__
    'Weeknote'
    >>> type(parse_any("# w/c 13 May 2019\n\nLater.\n\n# w/c 6 May 2019\n\nEarlier.\n")).__name__
    'Archive'
    """
    archive = parse_archive(text, dialect=dialect, near=near, vocabulary=vocabulary, name=name)
    first = archive.entries[0]
    return first if len(archive.entries) == 1 and isinstance(first, Weeknote) else archive


def is_mdx(name: str | None) -> bool:
    """Return whether the name of a file says that it is MDX."""
    return name is not None and name.lower().endswith(".mdx")


class _ScannedText:
    """A text split into front matter and blocks, from which notes are built."""

    def __init__(self, text: str, dialect: str | None, vocabulary: Vocabulary, context: Context) -> None:
        if not isinstance(text, str):
            raise TextTypeError(
                f"a weeknote is parsed from str, not {type(text).__name__}; decode bytes first, or read() a file",
                found=type(text),
                expected=str,
            )
        if dialect is None:
            dialect = dialect_of(text)
        elif dialect not in DIALECTS:
            raise UnknownDialectError(
                f"unknown dialect {dialect!r}; expected one of {', '.join(map(repr, DIALECTS))}, or None",
                found=dialect,
                expected=DIALECTS,
            )
        reader: Reader = Markdown(mdx=is_mdx(context.name)) if dialect == "markdown" else PlainText(vocabulary)
        self.vocabulary = vocabulary
        self.context = context
        self.source = source = Source(text, reader)
        self.newline = newline_of(text)
        start = after_bom(text)
        found = detection.find(text, start) if dialect == "markdown" else None
        body = start if found is None else found.end
        lead = LEAD.match(text, body)
        first = lead.end() if lead is not None else body
        self.lead = text[:first] if found is None else text[:start]
        self.blocks: list[Block] = reader.scan(source, first)
        self.front_matter: FrontMatter | None = None
        if found is not None:
            raw = text[start : found.end].removesuffix("\n").removesuffix("\r")
            self.front_matter = node_from_source(
                FrontMatter,
                Slice(source, start, first),
                raw=raw.replace("\r\n", "\n").replace("\r", "\n"),
                kind=found.kind,
                _contents=None,
            )

    def build_only_note(self) -> Weeknote:
        """Return the whole text as one weeknote."""

        def find_parts() -> dict[str, object]:
            heading = naming_heading(self.blocks, self.source.reader.name, self.front_matter)
            return parts_of(self.blocks, heading, self.build_section)

        where = Slice(self.source, 0, len(self.source.text))
        return self.build_note(find_parts, where, self.front_matter, self.lead, self.context)

    def build_note(
        self,
        find_parts: Callable[[], dict[str, object]],
        where: Slice,
        front_matter: FrontMatter | None,
        lead: str,
        context: Context,
    ) -> Weeknote:
        """Return a weeknote whose parts are found among its blocks on first use."""
        return node_from_source(
            Weeknote,
            where,
            front_matter=front_matter,
            dialect=self.source.reader.name,
            newline=self.newline,
            lead=lead,
            context=context,
            _find_parts=find_parts,
        )

    def build_section(self, heading: Heading, blocks: list[Block]) -> Section:
        """Return a section made of a heading and the blocks under it."""
        where = Slice(self.source, slice_of(heading).start, slice_of(blocks[-1] if blocks else heading).end)
        return node_from_source(Section, where, heading=heading, blocks=tuple(blocks), vocabulary=self.vocabulary)

    def build_entries(self, starts: dict[int, bool]) -> list[Weeknote | Post]:
        """Return the archive's notes and posts, in order."""
        blocks, source = self.blocks, self.source
        lines = LinesOf(blocks)
        begins = {note_start(lines, i, words_of(blocks[i])) if is_note else i: i for i, is_note in starts.items()}
        if 0 not in begins:
            begins = {0: -1, **begins}
        ends = [*list(begins)[1:], len(blocks)]
        bounds = [*(slice_of(blocks[i]).start for i in begins), len(source.text)]
        weeks = iter(self.resolve_weeks(starts))
        found: list[Weeknote | Post] = []
        for n, (begin, heading) in enumerate(begins.items()):
            where, row = Slice(source, bounds[n], bounds[n + 1]), blocks[begin : ends[n]]
            if starts.get(heading, False):
                context = Context(name=self.context.name, neighbours=next(weeks))
                found.append(
                    self.build_note(
                        partial(parts_of, row, heading - begin, self.build_section), where, None, "", context
                    )
                )
            else:
                first = 0 if heading < 0 else 1
                found.append(
                    node_from_source(
                        Post,
                        where,
                        heading=row[0] if first else None,
                        blocks=tuple(row[first:]),
                        dialect=source.reader.name,
                        newline=self.newline,
                    )
                )
        return found

    def resolve_weeks(self, starts: dict[int, bool]) -> list[tuple[Week, ...]]:
        """Return the weeks of each note, with years settled by the available evidence and by neighbouring notes."""
        stated = [read_title(words_of(self.blocks[i])).weeks for i, is_note in starts.items() if is_note]
        near, name, evidence = self.context.near, self.context.name, "near"
        if near is None and self.front_matter is not None:
            near, evidence = self.front_matter.published, "front matter"
        if near is None and name is not None:
            near, evidence = date_in_name(name), "file name"
        dated = [i for i, weeks in enumerate(stated) if weeks]
        if near is None or not dated or any(w.start is not None for weeks in stated for w in weeks):
            return resolve_neighbours(stated)
        # The date belongs to the newest note, which is either the first or the last.
        for newest, oldest in ((dated[0], dated[-1]), (dated[-1], dated[0])):
            known = list(stated)
            known[newest] = resolve(stated[newest], near, evidence)
            found = resolve_neighbours(known)
            a, b = found[newest][-1].start, found[oldest][-1].start
            if a is None or b is None or a >= b:
                break
        return found
