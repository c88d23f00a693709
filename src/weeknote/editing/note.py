"""Common edits: a new title, a section in its usual place, a key of the front matter."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.codec.sections import naming_heading, parts_of
from weeknote.editing.rebuild import edited
from weeknote.editing.tree import find_section, replace
from weeknote.errors import CannotExpressError, NotFoundError
from weeknote.front_matter import reader
from weeknote.front_matter.detection import find_unclosed
from weeknote.front_matter.writer import new_block, with_value, without_key
from weeknote.headings.roles import Role
from weeknote.headings.title import is_title_placeholder, read_title
from weeknote.nodes.block import (
    Delete,
    Emphasis,
    Heading,
    Inline,
    InlineCode,
    Link,
    Paragraph,
    Strong,
    Text,
)
from weeknote.nodes.document import RootT, Weeknote, blocks_of, vocabulary_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section
from weeknote.source import after_bom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.nodes.block import Block

_PIECES = re.compile(r"\w+|\W")

WITHOUT_FENCES = ("pelican", "ini")
"""The kinds of front matter that have no fences."""

ORDER = {Role.THEME: 0, Role.HIGHLIGHTS: 1, Role.CHALLENGES: 2, Role.LEARNING: 3, Role.NEXT: 4, Role.MEDIA: 5}
"""The usual order of a note's sections; links come last."""


def rename_section(note: RootT, where: Section | Role | str, title: str) -> RootT:
    """Return the note with a section renamed. Errors are those of `find_section`."""
    section = where if isinstance(where, Section) else find_section(note, where)
    heading = section.heading
    return replace(note, heading, attrs.evolve(heading, children=title))


def add_section(note: Weeknote, title: Role | str, content: Iterable[Block] | str = ()) -> Weeknote:
    r"""Return the note with a new section in its place: themes, highlights, challenges, learning, what is next.

    Args:
        note: the note.
        title: its title. A role, or its name such as `"highlights"`, gives the vocabulary's own title, with
            the note's kind of apostrophes.
        content: its blocks; a string is a paragraph.

    >>> import weeknote
    >>> note = weeknote.parse("# w/c 6 May\n\n## Maps\n\nDrawn.\n\n## Next week\n\nBees.\n")
    >>> [s.title for s in add_section(note, weeknote.Role.LEARNING, "To wait.").sections]
    ['Maps', 'Something I’m learning', 'Next week']
    """
    vocabulary = vocabulary_of(note)
    role = next((role for role in Role if role == title), None)
    if role is not None:
        words = vocabulary.canonical(role) or str(role).capitalize()
        title = words.replace("’", "'") if _straight(note) else words
    depths = Counter(s.depth for s in note.sections)
    depth = depths.most_common(1)[0][0] if depths else 2
    section = Section(Heading(depth, title), content, vocabulary=vocabulary)
    rank = ORDER.get(section.role, len(ORDER))
    before = [i for i, s in enumerate(note.sections) if ORDER.get(s.role, len(ORDER)) <= rank]
    at = before[-1] + 1 if before else 0
    return attrs.evolve(note, sections=(*note.sections[:at], section, *note.sections[at:]))


def set_title(note: Weeknote, words: str) -> Weeknote:
    r"""Return the note with a new title; its label, number and week stay.

    The title is changed in the line that names the note: the heading, or else the front matter's title. If both say the
    same, both are changed.

    >>> import weeknote
    >>> weeknote.dump(set_title(weeknote.parse("# Weeknote w/c 6 May: a start\n"), "agreeing priorities"))
    '# Weeknote w/c 6 May: agreeing priorities\n'
    """
    line = note.headline
    if line is None:
        return with_headline(note, words)
    published = note.published or note.context.near
    read = read_title(line, published=published)
    if read.title is None or read.title_start is None:
        return with_line(note, len(line), len(line), f": {words}")
    start, end = read.title_start, read.title_start + len(read.title)
    before = len(line[:start].rstrip())
    if before and read_title(line[:start] + words + line[end:], published=published).title != words:
        return with_line(note, before, end, f": {words}")  # "Week 25 (the return)"
    return with_line(note, start, end, words)


def set_front_matter(note: Weeknote, key: str, value: object) -> Weeknote:
    r"""Return the note with one key of its front matter set; comments, order and every other line stay.

    Args:
        note: a Markdown note; without front matter it gets a YAML block.
        key: the key.
        value: a string, number, boolean, date, None, or a list of these.

    Raises:
        CannotExpressError: the dialect has no front matter, the block cannot be changed safely, or it is never closed.

    >>> import weeknote
    >>> note = weeknote.parse("---\ntitle: Week 12 # to be better\ndraft: true\n---\n\nHello.\n")
    >>> print(weeknote.dump(set_front_matter(note, "draft", False)), end="")
    ---
    title: Week 12 # to be better
    draft: false
    ---
    <BLANKLINE>
    Hello.
    """
    if note.dialect == "text":
        raise CannotExpressError(
            "plain text has no front matter; convert the note to Markdown first", node=note, found=key
        )
    matter = note.front_matter
    if matter is None:
        _check_closed(note, key)
        return _with_matter(note, FrontMatter(new_block({key: value}), "yaml"))
    return _with_matter(note, FrontMatter(with_value(matter.raw, matter.kind, key, value), matter.kind))


def remove_front_matter(note: Weeknote, key: str) -> Weeknote:
    r"""Return the note without one key of its front matter; comments, order and every other line stay.

    A fenced block without keys stays; a header without fences is removed with its last key.

    Args:
        note: the note.
        key: the key, as it is spelled there or in any case.

    Raises:
        NotFoundError: the front matter does not have the key, or there is none.
        CannotExpressError: the block cannot be changed safely, or it is never closed.

    >>> import weeknote
    >>> note = weeknote.parse("---\ntitle: Week 12\ntags:\n  - rain\n---\n\nHello.\n")
    >>> print(weeknote.dump(remove_front_matter(note, "tags")), end="")
    ---
    title: Week 12
    ---
    <BLANKLINE>
    Hello.
    """
    matter = note.front_matter
    if matter is None:
        _check_closed(note, key)
        raise NotFoundError(f"the note has no front matter, and so no key {key!r}", node=note, found=key, expected=())
    if matter.kind in WITHOUT_FENCES and [name.casefold() for name in matter.values] == [key.casefold()]:
        return _with_matter(note, None)
    return _with_matter(note, FrontMatter(without_key(matter.raw, matter.kind, key), matter.kind))


def _with_matter(note: Weeknote, matter: FrontMatter | None) -> Weeknote:
    """Return a note with other front matter or none, whose title decides whether the first heading names the note."""
    blocks = blocks_of(note)
    before, at = (naming_heading(blocks, note.dialect, one) for one in (note.front_matter, matter))
    if at == before:
        return attrs.evolve(note, front_matter=matter)
    parts: dict[str, Any] = parts_of(blocks, at, partial(Section, vocabulary=vocabulary_of(note)))
    return attrs.evolve(note, front_matter=matter, **parts)


def _check_closed(note: Weeknote, key: str) -> None:
    """Raise an error if the note's source has front matter that is never closed."""
    first = next(iter(blocks_of(note)), None)
    where = None if first is None or note.dialect == "text" else first.slice
    if where is None:
        return
    source = where.source
    unclosed = find_unclosed(source.text, after_bom(source.text))
    if unclosed is None or unclosed.start < where.start:
        return
    line = source.point(unclosed.start).line
    raise CannotExpressError(
        f"the front matter on line {line} is never closed: add a line {unclosed.closing} after its last key before "
        f"{key!r} is set or removed",
        node=first,
        place=(line, 1),
        found=key,
        expected=unclosed.closing,
    )


def with_headline(note: Weeknote, words: str) -> Weeknote:
    """Return a note without a headline with one: the title of its front matter, else a heading."""
    return attrs.evolve(note, heading=Heading(1, words)) if note.front_matter is None else with_title(note, words)


def with_line(note: Weeknote, start: int, end: int, words: str) -> Weeknote:
    """Return the note with the text between two offsets of its headline replaced.

    If the front matter's title has the same words as the heading, it is changed as well.

    Raises:
        CannotExpressError: the words are in the middle of a link or emphasis, or the front matter cannot be changed.
    """
    heading, matter = note.heading, note.front_matter
    if heading is None or is_title_placeholder(heading.text):
        title = matter.title if matter is not None and matter.title is not None else ""
        return with_title(note, title[:start] + words + title[end:])
    start, end, words = _changed_part(heading.text, start, end, words)
    changed = edited(heading, children=_spliced(heading.children, start, end, words))
    renamed = attrs.evolve(note, heading=changed)
    if matter is not None and matter.title is not None and letters_of(matter.title) == letters_of(heading.text):
        return with_title(renamed, changed.text)
    return renamed


def _changed_part(line: str, start: int, end: int, words: str) -> tuple[int, int, str]:
    """Return the part of a replacement that changes something: without the words both have at their ends.

    >>> _changed_part("w/c 6 May 2024: rain", 0, 14, "w/c 13 May 2024")
    (4, 5, '13')
    """
    old, new = _PIECES.findall(line[start:end]), _PIECES.findall(words)
    above = _length_of_same(old, new)
    below = _length_of_same(old[above:][::-1], new[above:][::-1])
    before, after = "".join(old[:above]), "".join(old[len(old) - below :])
    return start + len(before), end - len(after), words[len(before) : len(words) - len(after)]


def _length_of_same(a: list[str], b: list[str]) -> int:
    """Return how many strings two lists have in common at their beginnings."""
    ends = (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    return next(ends, min(len(a), len(b)))


def with_title(note: Weeknote, title: str) -> Weeknote:
    """Return the note with a new title in its front matter."""
    values = {} if note.front_matter is None else note.front_matter.values
    return set_front_matter(note, reader.key_of(values, reader.TITLE_KEYS) or "title", title)


def letters_of(text: str) -> str:
    """Return the letters and digits of a title, by which a heading and a title say the same."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _spliced(children: tuple[Inline, ...], start: int, end: int, words: str) -> list[Inline]:
    """Return inline nodes with the plain text from one offset to another replaced by words."""
    found: list[Inline] = []
    at = 0
    put = False
    for child in children:
        value = child.value if isinstance(child, Text) else Paragraph([child]).text
        last = at + len(value)
        new = "" if put else words
        is_touched = at < end and start < last
        if start == end:
            is_touched = not put and (at <= start < last or (start == last and isinstance(child, Text)))
        if not is_touched:
            found.append(child)
        elif isinstance(child, Text):
            found += [Text(value[: max(start - at, 0)]), Text(new), Text(value[max(end - at, 0) :])]
        elif start == end == at:
            found += [Text(new), child]
        elif at <= start <= end <= last and isinstance(child, Emphasis | Strong | Delete | Link | InlineCode):
            found.append(_spliced_inside(child, start - at, end - at, new))
        elif start <= at and last <= end:
            found.append(Text(new))
        else:
            raise CannotExpressError(
                "the words to replace begin or end inside a link or emphasis; use replace()", node=child
            )
        put = put or is_touched
        at = last
    return found if put else [*found, Text(words)]


def _spliced_inside(
    node: Emphasis | Strong | Delete | Link | InlineCode, start: int, end: int, words: str
) -> Emphasis | Strong | Delete | Link | InlineCode:
    """Return a link, emphasis or code with some of its own words replaced."""
    if isinstance(node, InlineCode):
        return edited(node, value=node.value[:start] + words + node.value[end:])
    return edited(node, children=_spliced(node.children, start, end, words))


def _straight(note: Weeknote) -> bool:
    """Return whether a note is written with straight apostrophes."""
    text = next((s.slice.source.text for s in (note.heading, *note.sections) if s is not None and s.slice), "")
    return text.count("'") > text.count("’")
