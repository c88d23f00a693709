"""Converting a note to the other dialect, and what is lost on the way."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from weeknote.codec.dump import dump
from weeknote.codec.parse import DIALECTS, parse, parse_archive
from weeknote.conversion.flatten_blocks import FlattenedNote, Piece, places
from weeknote.conversion.normalize import read_like
from weeknote.errors import CannotExpressError, UnknownDialectError
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.nodes.base import of_kind
from weeknote.nodes.block import Heading, Link, List, Node, NodeT, Paragraph, Parent, slice_of
from weeknote.nodes.document import Archive, Context, Post, Weeknote, blocks_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.traversal import find_all
from weeknote.plaintext.block_parser import PlainText
from weeknote.plaintext.block_writer import TextWriter
from weeknote.syntax.lines import joined
from weeknote.syntax.style import Style
from weeknote.syntax.tree_builder import MAX_DEPTH
from weeknote.syntax.write_context import WriteContext

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from datetime import date

    from weeknote.source import Position, Slice

EntryT = TypeVar("EntryT", bound=Weeknote | Archive | Post)

KINDS: dict[type[Node], str] = {Heading: "a heading", Paragraph: "a paragraph", List: "a list"}
"""The kinds of block that plain text has."""

CONTAINED = ("entries", "intro", "sections", "blocks", "items")
"""The fields that hold blocks and what holds blocks."""

PLAIN = Style("•", "  ", " ")
"""The house style's lists: two spaces, `•`, a space."""


@attrs.frozen
class Loss:
    """Something that the new text doesn't say; the words are kept all the same.

    Attributes:
        node: the node, in the note that was converted.
        position: where the node is in its source, or the block around it if it has no place of its own; None for
            a node that was built.
        reason: what changed, in one sentence.
    """

    node: Node
    position: Position | None
    reason: str


@attrs.frozen
class Conversion:
    """A note in the dialect that was asked for.

    Attributes:
        note: the converted note; `dump` of it is `text`.
        text: its text.
        losses: what the new text doesn't say, in the order of the note.
    """

    note: Weeknote | Archive
    text: str
    losses: tuple[Loss, ...] = ()


def convert(note: Weeknote | Archive, to: str) -> Conversion:
    r"""Return a note in another dialect, with what that dialect cannot say.

    From plain text to Markdown every block stays, and nothing is lost but what Markdown tells by other signs. In a text
    of several notes it finds them by the depths of their headings, so a heading may need another depth, or be part of
    another note; and a line above the title that could be front matter, such as `Tags:`, becomes part of the note.

    From Markdown to plain text every word and every address is kept, and whatever is more than words (emphasis, a
    table, a heading that plain text would not recognise) is a loss. The text is read back, so whatever plain text reads
    as something else is a loss too. A note already in the dialect is returned unchanged.

    Args:
        note: a note or an archive.
        to: `"markdown"` or `"text"`.

    Raises:
        UnknownDialectError: there is no such dialect.
        CannotExpressError: the note was built, and it cannot be written in the dialect asked for.

    >>> import weeknote
    >>> done = convert(weeknote.parse("# Week 12\n\n- See [the plan](https://example.org/) *now*.\n"), "text")
    >>> print(done.text, end="")
    Week 12
    <BLANKLINE>
      • See the plan (https://example.org/) now.
    >>> [type(loss.node).__name__ for loss in done.losses]
    ['Link', 'Emphasis']
    """
    if to not in DIALECTS:
        raise UnknownDialectError(
            f"unknown dialect {to!r}; expected one of {', '.join(map(repr, DIALECTS))}", found=to, expected=DIALECTS
        )
    if of_kind(note, (Weeknote, Archive)).dialect == to:
        return Conversion(note, dump(note))
    check_depth(note)
    return _in_text(note) if to == "text" else _in_markdown(note)


def check_depth(note: Weeknote | Archive) -> None:
    """Check that no container is nested deeper than any that is read.

    Raises:
        CannotExpressError: one is.
    """
    stack: list[tuple[Node, int]] = [] if note.slice is not None else [(note, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise CannotExpressError(
                f"this {type(node).__name__} is nested more than {MAX_DEPTH} deep; move it further out", node=node
            )
        deeper = depth + (isinstance(node, Parent) and not isinstance(node, List))
        stack += [(part, deeper) for name in node.parts if name in CONTAINED for part in getattr(node, name)]


# --- plain text to Markdown


def without_slice(node: NodeT) -> NodeT:
    r"""Return an equal block without a slice.

    >>> import weeknote
    >>> without_slice(weeknote.parse("Fine.\n").intro[0]).position is None
    True
    """
    parts: dict[str, Any] = {name: tuple(map(without_slice, getattr(node, name))) for name in node.parts}
    if isinstance(node, List):
        parts["marker"] = None
    return attrs.evolve(node, **parts)


def with_changed_blocks(note: EntryT, change: Callable[[Any], Any], **fields: str) -> EntryT:
    """Return a note with each block and heading of its top level replaced, and nothing before its first line.

    Args:
        note: a note, an archive or a post.
        change: returns the replacement for a block; called in the order of the text.
        fields: values for other fields, such as `dialect`.
    """
    given: dict[str, Any] = dict(fields)
    if isinstance(note, Archive):
        given |= {"entries": [with_changed_blocks(entry, change, **fields) for entry in note.entries]}
    else:
        if isinstance(note, Weeknote):
            given |= {"masthead": tuple(map(change, note.masthead))}
        given |= {"heading": None if note.heading is None else change(note.heading)}
    if not isinstance(note, Post):
        matter = note.front_matter
        given |= {"lead": "", "front_matter": None if matter is None else attrs.evolve(matter)}
    if isinstance(note, Post):
        given |= {"blocks": tuple(map(change, note.blocks))}
    elif isinstance(note, Weeknote):
        given |= {
            "byline": tuple(map(change, note.byline)),
            "intro": tuple(map(change, note.intro)),
            "sections": [
                attrs.evolve(section, heading=change(section.heading), blocks=tuple(map(change, section.blocks)))
                for section in note.sections
            ],
            "trailer": tuple(map(change, note.trailer)),
        }
    return attrs.evolve(note, **given)


def _in_markdown(note: Weeknote | Archive) -> Conversion:
    """Convert plain text to Markdown."""
    found = with_changed_blocks(note, without_slice, dialect="markdown")
    try:
        return Conversion(found, dump(found))
    except CannotExpressError:
        # What names a note or post in Markdown is the heading's depth; in plain text, its words and place.
        depths = _depths(note)
    losses = []

    def change(block: Any) -> Any:
        new = without_slice(block)
        depth = depths.get(id(block), 0)
        if not depth:
            return new
        why = f"at depth {block.depth} Markdown would read this heading as another part of the note"
        reason = f"{why}; its depth is now {depth}"
        losses.append(Loss(block, block.position, reason))
        return attrs.evolve(new, depth=depth)

    found = with_changed_blocks(note, change, dialect="markdown")
    try:
        return Conversion(found, dump(found), tuple(losses))
    except CannotExpressError:
        return _as_markdown_reads_it(note)


def _as_markdown_reads_it(note: Weeknote | Archive) -> Conversion:
    """Return a note whose blocks Markdown has, and whose parts are those that Markdown finds in them."""
    blocks = [block for entry in entries_of(note) for block in blocks_of(entry)]
    text = dump(Post(blocks=[without_slice(block) for block in blocks], newline=note.newline))
    found = read_like(attrs.evolve(note, dialect="markdown"), text)
    meant, read = ({n: place for e in entries_of(x) for n, place in places(e).items()} for x in (note, found))
    losses = [
        Loss(a, a.position, f"Markdown reads it as {read[id(b)]} and not as {meant[id(a)]}")
        for a, b in zip(blocks, (b for e in entries_of(found) for b in blocks_of(e)), strict=True)
        if read[id(b)] != meant[id(a)]
    ]
    return Conversion(found, text, tuple(losses))


def entries_of(note: Weeknote | Archive) -> tuple[Weeknote | Post, ...]:
    """Return the notes and posts of an archive, or the note itself."""
    return note.entries if isinstance(note, Archive) else (note,)


def _depths(note: Weeknote | Archive) -> dict[int, int]:
    """Return the depths that headings need in Markdown, by the id of each that changes."""
    if isinstance(note, Archive) and len(note.entries) == 1 and isinstance(note.entries[0], Weeknote):
        return _depths(note.entries[0])
    if isinstance(note, Archive):
        opening = [e.heading for e in note.entries if isinstance(e, Post) and e.heading is not None]
        return {id(heading): 1 for heading in opening if heading.depth != 1}
    if note.heading is not None:
        return {id(s.heading): 2 for s in note.sections if s.depth == 1}
    return {id(s.heading): 3 for s in note.sections[:1] if s.depth < 3}


# --- Markdown to plain text


def _in_text(note: Weeknote | Archive) -> Conversion:
    """Convert Markdown to plain text."""
    words = FlattenedNote(note)
    reading = _ReadBack(words, note)
    again = {id(piece.root) for piece in reading.misread_numbers()}
    if again:
        # Plain text doesn't read every number as a list marker, but every bullet.
        words = FlattenedNote(note, again)
        reading = _ReadBack(words, note)
    for node, reason in reading.differences():
        words.lose(node, reason)
    losses = [
        Loss(node, None if where is None else where.position, "; ".join(words.lost[id(node)][1]))
        for node, where in _with_places(note, words.lost)
    ]
    return Conversion(reading.note, reading.text, tuple({id(loss.node): loss for loss in losses}.values()))


def _with_places(note: Node, wanted: Container[int]) -> Iterator[tuple[Node, Slice | None]]:
    """Yield the wanted ones of a note and the nodes in it, given by `id`, each with its slice or that around it."""
    stack: list[tuple[Node, Slice | None]] = [(note, None)]
    while stack:
        node, where = stack.pop()
        where = node.slice or where
        if id(node) in wanted:
            yield node, where
        for name in node.parts[::-1]:
            part = getattr(node, name)
            inside = part if isinstance(part, tuple) else () if part is None else (part,)
            # Most nodes are words, which lose nothing and hold nothing.
            stack += [(child, where) for child in inside[::-1] if child.parts or id(child) in wanted]


class _ReadBack:
    """The words of a note written as plain text and read again: what it is read as, and what was meant.

    Attributes:
        text: the text.
        note: what it is read as.
    """

    def __init__(self, words: FlattenedNote, meant: Weeknote | Archive) -> None:
        self._words = words
        self._meant = meant
        entries = meant.entries if isinstance(meant, Archive) else (meant,)
        sections = (section for entry in entries if isinstance(entry, Weeknote) for section in entry.sections)
        vocabulary = next((section.vocabulary for section in sections), VOCABULARY)
        # Not `dump`: it refuses what would be read as something else, and that is what is to be found out.
        writer = TextWriter(WriteContext(PlainText(vocabulary), "\n", lambda: PLAIN))
        rows = [joined(row.lines) for row in writer.write([p.block for p in words.pieces], "")]
        self.text = "".join(rows)
        starts = list(accumulate((len(row) for row in rows), initial=0))
        opened = {starts[at]: entry for entry, at in words.opens}
        self.note = _read(self.text, meant, opened, vocabulary)
        self._found: list[list[Any]] = [[] for _ in rows]
        self._places: dict[int, str] = {}
        self._opens: dict[int, type[Node]] = {}
        for entry in self.note.entries if isinstance(self.note, Archive) else (self.note,):
            self._places |= places(entry)
            for n, block in enumerate(blocks_of(entry)):
                at = bisect_right(starts, slice_of(block).start, hi=len(rows)) - 1
                self._found[at].append(block)
                if n == 0:
                    self._opens[at] = type(entry)

    def misread_numbers(self) -> Iterator[Piece]:
        """Yield the pieces with numbered lists that are read as something else."""
        for piece, found in zip(self._words.pieces, self._found, strict=True):
            if type(piece.block) is not List or not any(x.ordered for x in find_all(piece.block, List)):
                continue
            if len(found) != 1 or next(self._unlike(piece.block, found[0]), None) is not None:
                yield piece

    def differences(self) -> Iterator[tuple[Node, str]]:
        """Yield each node that is read as something else, and as what."""
        for piece, found in zip(self._words.pieces, self._found, strict=True):
            origin = self._words.origins[id(piece.block)]
            if len(found) != 1:
                yield origin, read_as(found)
                continue
            yield from self._unlike(piece.block, found[0])
            place = self._places[id(found[0])]
            if place != piece.place and type(found[0]) is type(piece.block):
                yield origin, f"plain text reads it as {place} and not as {piece.place}"
        if isinstance(self._meant, Archive):
            yield from self._misplaced()

    def _unlike(self, meant: Any, found: Any) -> Iterator[tuple[Node, str]]:
        """Yield the nodes of a block that are read as something else, and as what."""
        origins = self._words.origins
        origin = origins[id(meant)]
        if type(meant) is not type(found):
            yield origin, read_as([found])
        elif isinstance(meant, List):
            if (meant.ordered, meant.start, len(meant.items)) != (found.ordered, found.start, len(found.items)):
                yield origin, "plain text reads it as a list of other items or numbers"
                return
            for item, other in zip(meant.items, found.items, strict=True):
                if len(item.blocks) != len(other.blocks):
                    yield origins[id(item)], read_as(other.blocks)
                    continue
                for a, b in zip(item.blocks, other.blocks, strict=True):
                    yield from self._unlike(a, b)
        elif meant.text != slice_of(found).source.reader.leaf_text(found).text:
            yield origin, "plain text separates it from its neighbours in another place"
        elif isinstance(meant, Heading):
            if isinstance(origin, Heading) and origin.depth != found.depth:
                yield origin, f"in plain text its depth is {found.depth} and not {origin.depth}"
        elif addresses := self._words.addresses[id(meant)]:
            urls = {link.url for link in find_all(found, Link)}
            for url, node, _ in addresses:
                if url not in urls:
                    yield node, "plain text does not read its address as a link"

    def _misplaced(self) -> Iterator[tuple[Node, str]]:
        """Yield the entries of an archive that no longer begin where they did, and what now begins an entry."""
        opens = dict(self._opens)
        for entry, at in self._words.opens:
            found = opens.pop(at, None)
            if found is None:
                yield entry, "plain text does not separate it from what is above it"
            elif found is not type(entry):
                yield entry, f"plain text reads it as a {found.__name__}"
        for at in opens:
            yield self._words.origins[id(self._words.pieces[at].block)], "plain text begins a new entry with it"


def read_as(found: Sequence[Node]) -> str:
    """Return the reason why something changed: the kinds of node it is now read as.

    >>> from weeknote import Heading
    >>> read_as([Heading(2, "Maps")])
    'plain text reads it as a heading'
    """
    if not found:
        return "plain text reads it as part of what is above it"
    kinds = dict.fromkeys(KINDS[type(node)] for node in found)
    return "plain text reads it as " + (" and ".join(kinds) if len(kinds) == len(found) else "several blocks")


def _read(
    text: str, meant: Weeknote | Archive, opened: dict[int, Weeknote | Post], vocabulary: Vocabulary
) -> Weeknote | Archive:
    """Return what a text is read as, with what is known from outside it of the notes meant by it."""
    if isinstance(meant, Weeknote):
        return _placed(parse(text, dialect="text", vocabulary=vocabulary), meant, meant.front_matter)
    archive = parse_archive(text, dialect="text", vocabulary=vocabulary)
    entries: list[Weeknote | Post] = []
    for entry in archive.entries:
        old = None if entry.slice is None else opened.get(entry.slice.start)
        if isinstance(entry, Weeknote) and isinstance(old, Weeknote):
            entries.append(_placed(entry, old, meant.front_matter))
        else:
            entries.append(entry)
    unchanged = all(new is entry for new, entry in zip(entries, archive.entries, strict=True))
    return archive if unchanged else attrs.evolve(archive, entries=entries)


def _placed(note: Weeknote, meant: Weeknote, front_matter: FrontMatter | None) -> Weeknote:
    """Return a note with what is known of the meant one from outside its text; its front matter is outside now."""
    context = meant.context
    if context.near is None and front_matter is not None and front_matter.published is not None:
        context = attrs.evolve(context, near=front_matter.published)
    # Weeks are equal whatever year was found for them, and the year is what matters here.
    alike = context == note.context and _starts(context) == _starts(note.context)
    return note if alike else attrs.evolve(note, context=context)


def _starts(context: Context) -> list[date | None]:
    return [week.start for week in context.neighbours or ()]
