"""Rules about the file as a whole (WN0): whether there is a note, and whether its characters are what was meant."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from weeknote.headings.title import read_title
from weeknote.lint.diagnostics import Edit
from weeknote.lint.fixes import text_fix
from weeknote.lint.positions import (
    abbreviate,
    first_line_position,
    front_matter_position,
    heading_position,
    position_at,
    title_position,
)
from weeknote.lint.rule import Finding, LintSettings, rule
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.document import Archive, Weeknote
from weeknote.source import BOM, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Post

LINE_END = re.compile(r"\r\n|\r|\n")
LINE_END_NAMES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}

# C0 and C1 controls but tab, line feed and carriage return; form feeds are left to old printers.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

# UTF-8 that was read as Windows-1252 somewhere on its way: curly quotes, dashes, an ellipsis, a no-break space, and
# the Latin letters that nobody writes in this order ("Ã©").
MOJIBAKE = re.compile("â€[™˜œ\x9d“”\x9c\x9d\x98\x99\x93\x94¦¢]|Ã[\xa0-\xbf©¨¤¶¼ª«®´»±§¡­³º]|Â[\xa0£©®°·»«]")
# Franklin.jl has Julia between two `+++`, where others have TOML.
JULIA = re.compile(r"^(?:@def\b|var\"|using\b)|= nothing[ \t]*$", re.MULTILINE)
INVISIBLES = "\u200b\u2060\ufeff"
INVISIBLE = re.compile(f"[{INVISIBLES}]+")
REPLACEMENT = "\ufffd"


@rule("WN001", "empty-note", "off warning warning")
def empty_note(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """There is nothing in the note.

    What: The body has no block at all: no heading, no paragraph, no list. Front matter alone is no note, unless it says
        `draft: true`.
    Why: An empty page is published as readily as a full one, and is usually a file that was saved too early.
    Fix: Write the note, or delete the file until there is one.
    """
    matter = note.front_matter
    if matter is not None and matter.values.get("draft") is True:
        return
    if note.heading is None and not (note.intro or note.sections or note.trailer):
        yield Finding("There is nothing in this note yet.", note, title_position(note), "Write it, or delete the file.")


@rule("WN002", "no-title", "off off info")
def no_title(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Nothing names the note.

    What: There is no heading at the top of the body that names the note, and no title in the front matter.
    Why: Lists of posts, feeds and search results show a title, and make one up where there is none.
    Fix: Begin with a heading such as `# Weeknote w/c 6 May: what it was about`, or put a `title` in the front matter.
    """
    matter = note.front_matter
    if note.heading is None and (matter is None or matter.title is None):
        if not (note.intro or note.sections):
            return
        yield Finding(
            "Nothing names this note: it has neither a heading at the top nor a title in front matter.",
            note,
            title_position(note),
            "Begin with a heading, such as “# Weeknote w/c 6 May: what it was about”.",
        )


@rule("WN003", "several-notes", "off warning warning")
def several_notes(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The text holds more than one weeknote.

    What: A later heading, of the same depth as the note's own, names a weeknote of another week or number. The whole
        text was read as one note, in which that heading is a section.
    Why: Title, weeks and sections are then those of several notes at once, and a check of one note says nothing true
        about any of them.
    Fix: Read the text with `weeknote.parse_archive`, or put each note in a file of its own.
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
            yield Finding(
                f"A second weeknote begins here: “{abbreviate(section.title)}”.",
                section,
                heading_position(section.heading),
                "Read the text as an archive (weeknote.parse_archive), or give each note its own file.",
            )
            return


@text_rule("WN004", "mixed-newlines", "off warning warning")
def mixed_newlines(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Lines end in different ways.

    What: Some lines end in LF and others in CR LF or CR. The first line that ends otherwise than most is shown.
    Why: Editors and version control then show changes in lines that nobody touched.
    Fix: End every line the way most lines end. `--fix` does it; no other character changes.
    """
    root = view.root
    where = root.slice
    if where is None or "\r" not in where.text:
        return
    ends = list(LINE_END.finditer(where.source.text, where.start, where.end))
    kinds = [m.group() for m in ends]
    odd = [m for m in ends if m.group() != root.newline]
    if len(set(kinds)) < 2 or not odd:
        return
    fix = text_fix(
        f"End every line in {LINE_END_NAMES[root.newline]}",
        *(Edit(m.start(), m.end(), root.newline) for m in odd),
    )
    many = "1 line ends" if len(odd) == 1 else f"{len(odd)} lines end"
    yield Finding(
        f"{many} otherwise than the rest: here in {LINE_END_NAMES[odd[0].group()]}, most in "
        f"{LINE_END_NAMES[root.newline]}.",
        root,
        line_end(root, odd[0].start()),
        "Save the file with one kind of line end.",
        fix,
    )


def line_end(root: Weeknote | Archive | Post, offset: int) -> Position | None:
    """Return the last character of the line that ends at an offset, for a line end has no width to point at."""
    if root.slice is None:
        return None
    text = root.slice.source.text
    start = offset - 1 if offset and text[offset - 1] not in "\r\n" else offset
    return position_at(root.slice, start, offset)


@text_rule("WN005", "broken-front-matter", "off warning warning")
def broken_front_matter(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The front matter cannot be read whole.

    What: The YAML or TOML block at the top has an error, so that some of its keys could not be read.
        Between two `+++` some sites have Julia in place of TOML; that is left alone.
    Why: A site generator stops there, or publishes the note without its title and date.
    Fix: Mend the line that is shown. Most often a value with a colon in it needs quotes: `title: "Week 12: rain"`.
    """
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
        'Mend this line; a value that holds a colon or begins with a mark needs quotes: title: "Week 12: rain".',
    )


@text_rule("WN006", "broken-characters", "off warning warning")
def broken_characters(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Letters were damaged on the way.

    What: A replacement character (U+FFFD) stands where a letter was lost, or there is text such as `â€™` for `’`:
        UTF-8 that some program took for Windows-1252.
    Why: Readers see rubbish in the middle of words.
    Fix: `--fix` turns `â€™` and its kin back into what they were. What became U+FFFD is lost: type it again.
    """
    root = view.root
    if root.slice is None:
        return
    text, start, end = root.slice.source.text, root.slice.start, root.slice.end
    found = text.find(REPLACEMENT, start, end)
    if found >= 0:
        many = text.count(REPLACEMENT, start, end)
        yield Finding(
            "A character was lost here and shows as “\ufffd”" + (f"; so were {many - 1} more." if many > 1 else "."),
            root,
            position_at(root.slice, found, found + 1),
            "Type the missing letter again.",
        )
    for m in MOJIBAKE.finditer(text, start, end) if "â" in text or "Ã" in text or "Â" in text else ():
        meant = undo_mojibake(m.group())
        if meant is not None:
            yield Finding(
                f"“{m.group()}” should be “{meant}”: the text was read in a wrong encoding on its way.",
                root,
                position_at(root.slice, m.start(), m.end()),
                "Put the right character back.",
                text_fix(f"Write “{meant}”", Edit(m.start(), m.end(), meant)),
            )


def undo_mojibake(words: str) -> str | None:
    """Return what some characters were before UTF-8 was read as Windows-1252, or None."""
    try:
        raw = b"".join(c.encode("cp1252") if ord(c) > 0x9F or ord(c) < 0x80 else bytes([ord(c)]) for c in words)
        return raw.decode("utf-8")
    except UnicodeError:
        return None


@text_rule("WN007", "control-character", "off warning warning")
def control_character(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """There is a character that no file of text should hold.

    What: A control character such as NUL or a vertical tab (slides and databases leave them behind), or half of a
        surrogate pair, which cannot be saved as UTF-8 at all.
    Why: Nobody can see it, and it breaks feeds, searches and sometimes the file itself.
    Fix: `--fix` takes it out, and leaves a space where it parted two words.
    """
    root = view.root
    if root.slice is None:
        return
    text = root.slice.source.text
    for m in CONTROL.finditer(text, root.slice.start, root.slice.end):
        around = text[max(m.start() - 1, 0) : m.start()] + text[m.end() : m.end() + 1]
        parts = len(around) == 2 and not any(c.isspace() or CONTROL.match(c) for c in around)
        name = unicodedata.name(m.group(), "") or f"U+{ord(m.group()):04X}"
        what = "half of a character that cannot be saved as UTF-8" if m.group() >= "\ud800" else "a control character"
        yield Finding(
            f"Here stands {what}, which nobody can see ({name}).",
            root,
            position_at(root.slice, m.start(), m.end()),
            "Take it out.",
            text_fix("Take it out", Edit(m.start(), m.end(), " " if parts and m.group() < "\ud800" else "")),
        )


@text_rule("WN008", "invisible-character", "off warning warning")
def invisible_character(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """An invisible character stands between the letters.

    What: A zero width space, a word joiner, or a byte order mark in the middle of the text; other programs leave them
        behind when text is copied. Joiners that belong to emoji and to Indic and Arabic scripts are left alone, and so
        are soft hyphens, and code.
    Why: Searching for the word does not find it, and links that hold one are dead.
    Fix: `--fix` takes it out.
    """
    root = view.root
    if root.slice is None:
        return
    text = root.slice.source.text
    if not any(character in text for character in INVISIBLES):
        return
    for m in INVISIBLE.finditer(text, root.slice.start, root.slice.end):
        start, end = m.span()
        if (start == 0 and m.group().startswith(BOM)) or view.is_code(start):
            continue
        name = unicodedata.name(text[start], "").lower() if text[start] != BOM else "byte order mark"
        yield Finding(
            f"Here stands an invisible character ({name}).",
            root,
            position_at(root.slice, start, end),
            "Take it out.",
            text_fix("Take it out", Edit(start, end, "")),
        )


@rule("WN009", "missing-front-matter", "off off off", asked=lambda structure: bool(structure.front_matter))
def missing_front_matter(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """The front matter lacks a key that the structure asks for.

    What: The project's structure lists keys in `front-matter`, and this note does not have one of them, or has it
        without a value. It says nothing where no structure is given, nor in plain text, which has no front matter.
    Why: The project's site or its tools need the key.
    Fix: Add the key to the block at the top of the file.
    """
    structure = settings.structure
    if structure is None or note.dialect == "text" or note.context.neighbours is not None:
        return
    values = {} if note.front_matter is None else note.front_matter.values
    for key in structure.front_matter:
        if values.get(key) in (None, ""):
            yield Finding(
                f"The front matter has no “{key}”, and this project’s structure asks for it.",
                note,
                first_line_position(note.front_matter or note),
                f"Give “{key}” a value in the block at the top of the file.",
            )


WEB_PAGE = re.compile(r"\ufeff?\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def is_web_page(root: Weeknote | Archive | Post) -> bool:
    """Tell whether a text is a whole page of HTML, in which no rule about Markdown says anything true."""
    return root.slice is not None and WEB_PAGE.match(root.slice.source.text) is not None


@text_rule("WN010", "web-page", "off info info")
def web_page(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """This is a page of HTML, which is not looked into.

    What: The text begins with `<!doctype html>` or `<html>`. Rules about weeks, sections, lists and words then say
        nothing, for they would speak of the page’s scripts and menus. HTML inside a note is welcome.
    Why: A clean result would say nothing. Usually the file that the page was made from was meant.
    Fix: Give the Markdown file that the page was made from, or turn the page into Markdown first.
    """
    root = view.root
    if is_web_page(root):
        yield Finding(
            "This is a page of HTML, and nothing in it was looked at; a note is Markdown or plain text.",
            root,
            first_line_position(root),
            "If the page was made from a Markdown file, check that file.",
        )
