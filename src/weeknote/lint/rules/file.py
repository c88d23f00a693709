"""Rules about the file as a whole (WN0): is it a note, and is its front matter valid?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.front_matter.detection import find_unclosed
from weeknote.headings.title import read_title
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.positions import (
    abbreviate,
    first_line_position,
    front_matter_position,
    position_at,
    title_position,
)
from weeknote.lint.rules.sections import section_finding
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.document import Archive, Weeknote
from weeknote.source import BOM, after_bom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Post

# Franklin.jl puts Julia between `+++` lines, where others put TOML.
JULIA = re.compile(r"^(?:@def\b|var\"|using\b)|= nothing[ \t]*$", re.MULTILINE)


@rule("WN001", "empty-note", "off warning warning")
def empty_note(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The note is empty.

    What: The file has no content, or nothing but front matter. Front matter with `draft: true` is fine.
    Why: Site generators publish an empty page as readily as a full one. Usually the file was saved too early.
    Fix: Write the note, or delete the file.
    """
    matter = note.front_matter
    if matter is not None and matter.values.get("draft") is True:
        return
    if note.heading is None and not (note.intro or note.sections or note.trailer):
        yield Finding("This note is empty.", note, title_position(note), "Write it, or delete the file.")


@rule("WN002", "no-title", "off off info")
def no_title(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The note has no title.

    What: The note has neither a heading at the top nor a title in the front matter.
    Why: Lists of posts, feeds and search results show titles, and make one up if there is none.
    Fix: Start with a heading such as `# Weeknote w/c 6 May: what it was about`, or add a `title` to the front matter.
    """
    matter = note.front_matter
    has_title = note.heading is not None or (matter is not None and matter.title is not None)
    if not has_title and (note.intro or note.sections):
        yield Finding(
            "This note has no title: no heading at the top, and none in the front matter.",
            note,
            title_position(note),
            "Start with a heading, such as “# Weeknote w/c 6 May: what it was about”.",
        )


@rule("WN003", "several-notes", "off warning warning")
def several_notes(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The text contains several weeknotes.

    What: A later heading, at the same level as the note's own, is the title of a weeknote for another week or number.
        The text was parsed as one note, so that heading became a section.
    Why: Title, weeks and sections now mix several notes, and other checks are meaningless.
    Fix: Parse the text with `weeknote.parse_archive`, or put each note in its own file.
    """
    own = note.heading
    if own is None or note.context.neighbours is not None:
        return
    first = read_title(own.text)
    if not (first.is_weeknote and (first.weeks or first.numbers)):
        return
    for section in note.sections:
        if section.depth != own.depth:
            continue
        read = read_title(section.title)
        other = (read.weeks, read.numbers) != (first.weeks, first.numbers)
        if read.is_weeknote and (read.weeks or read.numbers) and other:
            yield section_finding(
                section,
                f"A second weeknote starts here: “{abbreviate(section.title)}”.",
                "Parse the text as an archive (weeknote.parse_archive), or put each note in its own file.",
            )
            return


@text_rule("WN005", "broken-front-matter", "off warning warning")
def broken_front_matter(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The front matter is invalid.

    What: The YAML, TOML or JSON at the top of the file has a syntax error, or is never closed. Julia between `+++`
        lines, which some sites use, is left alone.
    Why: Site generators stop at it, or publish the note without its title and date.
    Fix: Correct the line shown. Most often, a value that contains a colon needs quotes: `title: "Week 12: rain"`.
    """
    yield from unclosed_front_matter(view)
    root = view.root
    matter = root.front_matter if isinstance(root, (Weeknote, Archive)) else None
    if matter is None or matter.problem is None or JULIA.search(matter.raw):
        return
    line, column = matter.problem.place or (1, 1)
    lines = matter.raw.split("\n")
    words = lines[line - 1] if line <= len(lines) else ""
    start = sum(len(one) + 1 for one in lines[: line - 1]) + min(column - 1, len(words))
    stop = start + max(len(words.rstrip()) - column + 1, 0)
    reason = matter.problem.message
    yield Finding(
        f"{reason[:1].upper()}{reason[1:]}.",
        matter,
        front_matter_position(matter, start, stop),
        'Correct this line. A value that contains a colon or starts with punctuation needs quotes: "Week 12: rain".',
    )


def unclosed_front_matter(view: TextView) -> Iterator[Finding]:
    """Yield a finding if keys at the top of a Markdown file are text, because nothing closes them."""
    where = view.root.slice
    if where is None or where.source.reader.name == "text" or where.start > len(BOM):
        return
    unclosed = find_unclosed(where.source.text, after_bom(where.source.text))
    if unclosed is not None:
        yield Finding(
            "The front matter is never closed, so its keys are shown as text.",
            view.root,
            position_at(where, unclosed.start, unclosed.start + len(unclosed.closing)),
            f"Add a line {unclosed.closing} after its last key.",
        )


@rule("WN009", "missing-front-matter", "off off off", required_by=lambda structure: bool(structure.front_matter))
def missing_front_matter(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """A required front matter key is missing.

    What: The project's structure lists keys in `front-matter`, and the note lacks one of them or gives it no value.
        Plain text, which has no front matter, is left alone.
    Why: The project's site or tools need the key.
    Fix: Add the key to the front matter.
    """
    structure = settings.structure
    if structure is None or note.dialect == "text" or note.context.neighbours is not None:
        return
    values = {} if note.front_matter is None else note.front_matter.values
    for key in structure.front_matter:
        if values.get(key) in (None, ""):
            yield Finding(
                f"The front matter has no “{key}”, which this project requires.",
                note,
                first_line_position(note.front_matter or note),
                f"Add “{key}” with a value to the front matter.",
            )


WEB_PAGE = re.compile(r"\ufeff?\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def is_web_page(root: Weeknote | Archive | Post) -> bool:
    """Return whether a text is a whole HTML page, for which the other rules make no sense."""
    return root.slice is not None and WEB_PAGE.match(root.slice.source.text) is not None


@text_rule("WN010", "web-page", "off info info")
def web_page(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The file is a web page, which is not checked.

    What: The text starts with `<!doctype html>` or `<html>`. No other rule runs, because it would report the page’s
        scripts and menus. HTML inside a note is fine.
    Why: Without this message, the result would look clean. Usually the page’s Markdown source was meant.
    Fix: Check the Markdown that the page was made from, or import the page first (`weeknote import`).
    """
    root = view.root
    if is_web_page(root):
        yield Finding(
            "This is a web page, so it was not checked; a note is Markdown or plain text.",
            root,
            first_line_position(root),
            "Check the Markdown file it was made from, or import the page with `weeknote import`.",
        )
