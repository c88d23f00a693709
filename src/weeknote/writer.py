"""Notes to text: what was read stays as it was, what is new is written and held against what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weeknote import _front_matter
from weeknote._definitions import fold_label
from weeknote._markdown import Markdown
from weeknote._source import BOM
from weeknote._structure import entry_starts, naming_heading, trailer_start
from weeknote._style import style_of
from weeknote._text import PlainText
from weeknote._write import Line, Surroundings, Written
from weeknote._write_markdown import MarkdownWriter
from weeknote._write_text import TextWriter
from weeknote.errors import CannotExpress, UnknownDialect
from weeknote.model import Definition, FootnoteDefinition, Heading, Paragraph
from weeknote.note import Archive, FrontMatter, Post, Weeknote
from weeknote.roles import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote._source import Reader
    from weeknote.roles import Vocabulary

WRITERS = {"markdown": MarkdownWriter, "text": TextWriter}


def dump(node: Weeknote | Archive | Post) -> str:
    r"""Return a note, an archive or a post as text.

    What was read and not changed comes back character for character. New nodes are written in the note's own style,
    and read back before they are believed: `parse(dump(n)) == n` for every note that can be written at all.

    Args:
        node: what to write.

    Raises:
        CannotExpress: the dialect has no way to write a node; the error's `node` is that node.
        UnknownDialect: the note's dialect does not exist.

    >>> from weeknote import Heading, List, Section, Weeknote
    >>> print(dump(Weeknote(sections=[Section(Heading(2, "Highlights"), [List(["Spoke at the council."])])])), end="")
    ## Highlights
    <BLANKLINE>
    - Spoke at the council.
    """
    if node.slice is not None:
        return node.slice.text
    return _Dump(node).text()


class _Dump:
    """One writing of a note that is not given back whole."""

    def __init__(self, node: Weeknote | Archive | Post) -> None:
        if node.dialect not in WRITERS:
            raise UnknownDialect(
                f"there is no dialect {node.dialect!r}; give one of {', '.join(map(repr, WRITERS))}",
                node=node,
                found=node.dialect,
                expected=tuple(WRITERS),
            )
        self.node = node
        self.entries: tuple[Weeknote | Post, ...] = node.entries if isinstance(node, Archive) else (node,)
        self.front_matter: FrontMatter | None = None if isinstance(node, Post) else node.front_matter
        if self.front_matter is None and len(self.entries) == 1 and isinstance(self.entries[0], Weeknote):
            self.front_matter = self.entries[0].front_matter
        self.blocks = [block for entry in self.entries for block in blocks_of(entry)]
        sections = (s for e in self.entries if isinstance(e, Weeknote) for s in e.sections)
        self.vocabulary: Vocabulary = next((s.vocabulary for s in sections), VOCABULARY)
        reader: Reader = Markdown() if node.dialect == "markdown" else PlainText(self.vocabulary)
        self.into = Surroundings(reader, style_of(self.blocks, node.dialect, node.newline))
        if node.dialect == "markdown":
            self.into.definitions, self.into.footnotes = in_force(self.blocks)

    def text(self) -> str:
        """Return the text, written a second time where the first was not read as it was meant."""
        if self.node.dialect == "text" and self.front_matter is not None:
            raise CannotExpress(
                "plain text has no front matter; leave it out, or write Markdown", node=self.front_matter
            )
        self.check_places()
        for last in (False, True):
            rows = WRITERS[self.node.dialect](self.into).row(self.blocks, "")
            before = self.opening(rows)
            found = ["".join(line.text for line in row.lines) for row in rows]
            wrong = self.misread(rows, found, before)
            if not wrong:
                return self.ended(before, rows, found)
            if last:
                raise CannotExpress(self.why(wrong[0]), node=wrong[0])
            self.into.anew.update(map(id, wrong))
            self.into.guarded.update(id(block) for block in wrong if type(block) is Paragraph)
        raise AssertionError("the second writing returns or raises")

    def opening(self, rows: list[Written]) -> str:
        """Return what stands before the first block: byte order mark, blank lines, front matter."""
        lead = self.lead()
        matter = self.front_matter
        if lead.removeprefix(BOM).strip(" \t\r\n"):
            raise CannotExpress("only blank lines can stand before a note; make a block of these words", node=self.node)
        if matter is None:
            return lead
        lead = BOM if lead.startswith(BOM) else ""
        newline = self.node.newline
        first = rows[0].lines[0] if rows else None
        where = matter.slice
        if where is not None and where.source.reader.name == self.node.dialect:
            text = where.text
            if first is not None and first.source is where.source and first.start == where.end:
                return lead + text
        else:
            text = matter.raw.replace("\n", newline) + newline
            if first is not None and (between := after_front_matter(first)) is not None:
                return lead + text + between
        if self.blocks:
            text = text if text.endswith(("\n", "\r")) else text + newline
            bare = text.removesuffix("\n").removesuffix("\r")
            text = text if bare.endswith(("\n", "\r")) else text + newline
        return lead + text

    def lead(self) -> str:
        """Return what stands before everything; an archive of one note may leave it to the note."""
        if isinstance(self.node, Post):
            return ""
        alone = self.entries[0] if len(self.entries) == 1 else None
        return self.node.lead or (alone.lead if isinstance(alone, Weeknote) else "")

    def ended(self, before: str, rows: list[Written], found: list[str]) -> str:
        """Return the whole text; where what was read ended without a line end, so does what is new."""
        text = before + "".join(found)
        sources = (line.source for row in rows for line in row.lines)
        whole = next((source.text for source in sources if source is not None), "\n")
        if rows and rows[-1].fresh and not whole.endswith(("\n", "\r")):
            text = text.removesuffix(self.node.newline)
        return text

    # --- held against what was meant

    def check_places(self) -> None:
        """See to it that no heading stands where only other blocks can."""
        for entry in self.entries:
            rows = [entry.blocks] if isinstance(entry, Post) else [entry.intro, entry.trailer]
            if isinstance(entry, Weeknote):
                rows += [section.blocks for section in entry.sections]
                for heading in [block for row in rows for block in row if type(block) is Heading]:
                    raise CannotExpress("a heading opens a section; make a Section of it", node=heading)

    def misread(self, rows: list[Written], found: list[str], before: str) -> list[Any]:
        """Return the nodes that would be read as something else: none, if the text means what was meant."""
        read: list[Any] = list(self.blocks)
        for start, end in self.regions(rows):
            blocks = self.into.scan("".join(found[start:end]))
            meant = self.blocks[start:end]
            wrong = [m for m, b in zip(meant, blocks, strict=False) if not same(m, b)]
            if wrong or len(meant) != len(blocks):
                return wrong or list(meant)
            read[start:end] = blocks
        return self.misnamed(read) or self.mistaken_front(before, found)

    def regions(self, rows: list[Written]) -> list[tuple[int, int]]:
        """Return the runs of blocks to read back: what is fresh with one block on either side; all of plain text."""
        if self.node.dialect == "text":
            return [(0, len(rows))]
        found: list[tuple[int, int]] = []
        for i, row in enumerate(rows):
            if row.fresh:
                start, end = max(i - 1, 0), min(i + 2, len(rows))
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((start, end))
        return found

    def misnamed(self, read: list[Any]) -> list[Any]:
        """Return the node that would be taken for a heading, a section, furniture or an entry that it is not."""
        dialect = self.node.dialect
        if isinstance(self.node, Post):
            return []
        if isinstance(self.node, Archive):
            starts = entry_starts(read, dialect, self.vocabulary, self.front_matter)
            if not starts and not (len(self.entries) == 1 and isinstance(self.entries[0], Weeknote)):
                # Without a heading that opens an entry, any text is one note.
                return [self.node]
            if not starts and self.node.front_matter is not None:
                return [self.node.front_matter]
            meant: dict[int, bool] = {}
            at = 0
            for n, entry in enumerate(self.entries):
                if starts and isinstance(entry, Weeknote) and entry.heading is None:
                    return [entry]
                if isinstance(entry, Weeknote) or entry.heading is not None:
                    meant[at] = isinstance(entry, Weeknote)
                elif n:
                    return [entry]
                at += len(blocks_of(entry))
            if starts or len(self.entries) != 1:
                if any(isinstance(e, Weeknote) and e.front_matter is not None for e in self.entries):
                    return [e for e in self.entries if isinstance(e, Weeknote) and e.front_matter is not None]
                odd = [i for i in {**starts, **meant} if starts.get(i) != meant.get(i)]
                if odd:
                    return [self.blocks[min(odd)]] if min(odd) < len(self.blocks) else list(self.entries[:1])
        at = 0
        for entry in self.entries:
            size = len(blocks_of(entry))
            if isinstance(entry, Weeknote):
                wrong = self.misread_note(entry, read[at : at + size], self.blocks[at : at + size])
                if wrong:
                    return wrong
            at += size
        return []

    def misread_note(self, note: Weeknote, read: list[Any], meant: list[Any]) -> list[Any]:
        """Return the node of one note that would be taken for something else."""
        if not isinstance(self.node, Archive) or len(self.entries) == 1:
            naming = naming_heading(read, note.dialect, self.front_matter)
            if (naming is None) != (note.heading is None):
                return [meant[0]]
        last = max((i for i, b in enumerate(read) if type(b) is Heading), default=-1)
        start = trailer_start(read, last + 1)
        expected = len(read) - len(note.trailer)
        return [] if start == expected else [meant[min(start, expected)]]

    def mistaken_front(self, before: str, found: list[str]) -> list[Any]:
        """Return the node that would be read as front matter, or the front matter that would not be."""
        if isinstance(self.node, Post):
            return []
        text = before + "".join(found[:40])
        start = len(BOM) if text.startswith(BOM) else 0
        if start and not before:
            return self.blocks[:1]
        read = _front_matter.find(text, start) if self.node.dialect == "markdown" else None
        matter = self.front_matter
        if matter is None:
            return [] if read is None else self.blocks[:1] or [self.node]
        raw = None if read is None else text[start : read.end].removesuffix("\n").removesuffix("\r")
        good = raw is not None and raw.replace("\r\n", "\n").replace("\r", "\n") == matter.raw
        return [] if good and read is not None and read.kind == matter.kind else [matter]

    def why(self, node: Any) -> str:
        """Return what is wrong with a node that would be read as something else."""
        kind = type(node).__name__
        return f"in {self.node.dialect} this {kind} would be read as something else here; change its words or its place"


def after_front_matter(line: Line) -> str | None:
    """Return the blank lines between front matter and a line that follows it in its source, else None."""
    if line.source is None:
        return None
    text = line.source.text
    found = _front_matter.find(text, len(BOM) if text.startswith(BOM) else 0)
    if found is None or found.end > line.start or text[found.end : line.start].strip(" \t\r\n"):
        return None
    return text[found.end : line.start]


def blocks_of(entry: Weeknote | Post) -> list[Any]:
    """Return the blocks of a note or post in the order of the text, headings among them."""
    heading = [] if entry.heading is None else [entry.heading]
    if isinstance(entry, Post):
        return [*heading, *entry.blocks]
    sections = [block for s in entry.sections for block in (s.heading, *s.blocks)]
    return [*heading, *entry.intro, *sections, *entry.trailer]


def in_force(blocks: Iterable[Any]) -> tuple[dict[str, tuple[str, str | None]], set[str]]:
    """Return the link definitions and footnote labels that blocks bring with them.

    Where they are just those of the source the blocks were read from, that source's own are returned, so that they
    are known to be the same without a look at them.
    """
    definitions: dict[str, tuple[str, str | None]] = {}
    footnotes: set[str] = set()
    sources = {}
    stack = list(blocks)[::-1]
    while stack:
        node = stack.pop()
        if node.slice is not None:
            source = node.slice.source
            sources[id(source)] = source
            if not source.definitions and not source.footnotes:
                continue
        if type(node) is Definition:
            definitions.setdefault(fold_label(node.label), (node.url, node.title))
        elif type(node) is FootnoteDefinition:
            footnotes.add(node.label)
        for part in node.parts:
            if part in ("blocks", "items"):
                stack.extend(reversed(getattr(node, part)))
    for source in sources.values():
        if source.definitions == definitions and source.footnotes == footnotes:
            return source.definitions, source.footnotes
    return definitions, footnotes


def same(meant: Any, read: Any) -> bool:
    """Tell whether two nodes mean the same; what stands there letter for letter is not looked into."""
    if type(meant) is not type(read):
        return False
    if meant.slice is not None and read.slice is not None and meant.slice.text == read.slice.text:
        a, b = meant.slice.source, read.slice.source
        if a.reader.name == b.reader.name and a.definitions == b.definitions and a.footnotes == b.footnotes:
            return True
    for part in ("blocks", "items"):
        if part in meant.parts:
            x, y = getattr(meant, part), getattr(read, part)
            others = [n for n in ("ordered", "start", "label") if hasattr(meant, n)]
            return (
                len(x) == len(y)
                and all(getattr(meant, n) == getattr(read, n) for n in others)
                and all(same(a, b) for a, b in zip(x, y, strict=True))
            )
    return bool(meant == read)
