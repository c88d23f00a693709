"""Rules about the file as a whole (WN0): is it a note, and are its characters intact?"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from weeknote.front_matter.detection import find_unclosed
from weeknote.headings.title import read_title
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.fixes import Edit, Fix, can_remove, is_beside_emphasis, is_in_destination
from weeknote.lint.positions import (
    abbreviate,
    first_line_position,
    front_matter_position,
    heading_position,
    position_at,
    title_position,
)
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.document import Archive, Weeknote
from weeknote.source import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Post

LINE_END = re.compile(r"\r\n|\r|\n")
LINE_END_NAMES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}

# C0 and C1 controls except tab, line feed, form feed, carriage return and NEL; and lone surrogates.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

# UTF-8 that was decoded as Windows-1252 or Latin-1. Any two- or three-byte sequence with a C1 control in it, any emoji,
# and of the rest what nobody writes: curly quotes and dashes ("â€™"), accented letters ("Ã©"), signs ("Â£").
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MOJIBAKE = re.compile(
    "â€[™˜œ“”¦¢]|Ã[\xa0-\xbf]|Â[\xa0£©®°·»«]|[\xc2-\xdf][\x80-\x9f]"
    f"|[\xe0-\xef](?:[\x80-\x9f][{_TAIL}]|[{_TAIL}][\x80-\x9f])|ð[Ÿ\x9f][{_TAIL}]{{2}}"
)
# Franklin.jl puts Julia between `+++` lines, where others put TOML.
JULIA = re.compile(r"^(?:@def\b|var\"|using\b)|= nothing[ \t]*$", re.MULTILINE)
INVISIBLES = "\u200b\u2060\ufeff"
INVISIBLE = re.compile(f"[{INVISIBLES}]+")
REPLACEMENT = "\ufffd"
QUOTES = frozenset("\"'“”‘’«»‹›„‚「」『』")
# The first word of their characters' Unicode names.
UNSPACED = frozenset(
    [
        "THAI",
        "LAO",
        "KHMER",
        "MYANMAR",
        "TIBETAN",
        "TAI",
        "NEW",
        "BALINESE",
        "JAVANESE",
        "CJK",
        "HIRAGANA",
        "KATAKANA",
        "BOPOMOFO",
        "IDEOGRAPHIC",
        "FULLWIDTH",
    ]
)


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
    if note.heading is None and (matter is None or matter.title is None):
        if not (note.intro or note.sections):
            return
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
            yield Finding(
                f"A second weeknote starts here: “{abbreviate(section.title)}”.",
                section,
                heading_position(section.heading),
                "Parse the text as an archive (weeknote.parse_archive), or put each note in its own file.",
            )
            return


@text_rule("WN004", "mixed-newlines", "off warning warning")
def mixed_newlines(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Line endings are mixed.

    What: Some lines end in LF and others in CR LF or CR. The first odd one is reported.
    Why: Editors and version control show changes in lines that nobody touched.
    Fix: Use the same line ending throughout. `--fix` uses the most common one.
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
    usual = LINE_END_NAMES[root.newline]
    lines = "1 line ends" if len(odd) == 1 else f"{len(odd)} lines end"
    # A line end has no width; the character before it can be underlined.
    stop = odd[0].start()
    start = stop - 1 if stop and where.source.text[stop - 1] not in "\r\n" else stop
    others = " or ".join(sorted({LINE_END_NAMES[m.group()] for m in odd}))
    yield Finding(
        f"Mixed line endings: {lines} in {others}, the others in {usual}.",
        root,
        position_at(where, start, stop),
        "Save the file with one kind of line ending.",
        Fix(f"Use {usual} throughout", [Edit(m.start(), m.end(), root.newline) for m in odd]),
    )


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
    unclosed = find_unclosed(where.source.text, len(BOM) if where.source.text.startswith(BOM) else 0)
    if unclosed is not None:
        yield Finding(
            "The front matter is never closed, so its keys are shown as text.",
            view.root,
            position_at(where, unclosed.start, unclosed.start + len(unclosed.closing)),
            f"Add a line {unclosed.closing} after its last key.",
        )


@text_rule("WN006", "broken-characters", "off warning warning")
def broken_characters(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """Characters were damaged by a wrong encoding.

    What: A replacement character (U+FFFD) marks a lost character, or there is text such as `â€™` for `’`: UTF-8 that
        some program decoded as Windows-1252. Code, link destinations, and examples in quotes are left alone.
    Why: Readers see gibberish in the middle of words.
    Fix: `--fix` restores `â€™` and the like. What became U+FFFD is lost and must be typed again.
    """
    root = view.root
    if root.slice is None:
        return
    text, start = view.masked
    source = root.slice.source.text
    if (found := text.find(REPLACEMENT)) >= 0:
        more = text.count(REPLACEMENT) - 1
        yield Finding(
            "A character was lost here (U+FFFD)" + (f", and {more} more elsewhere." if more else "."),
            root,
            position_at(root.slice, start + found, start + found + 1),
            "Type the missing character again.",
        )
    for m in mojibake(text):
        meant = undo_mojibake(m.group())
        yield Finding(
            f"“{m.group()}” should be “{meant}”: the text was decoded with the wrong encoding.",
            root,
            position_at(root.slice, start + m.start(), start + m.end()),
            f"Write “{meant}”.",
            Fix(f"Write “{meant}”", [Edit(start + m.start(), start + m.end(), str(meant))])
            if str(meant).isalnum() or not is_beside_emphasis(source, start + m.start(), start + m.end())
            else None,
        )


def mojibake(text: str) -> Iterator[re.Match[str]]:
    """Yield what can be restored, except examples: mojibake on its own in quotes."""
    for m in MOJIBAKE.finditer(text):
        quoted = text[m.start() - 1 : m.start()] in QUOTES and text[m.end() : m.end() + 1] in QUOTES
        is_example = quoted and m.start() > 0 and m.end() < len(text)
        if not is_example and undo_mojibake(m.group()) is not None and not is_in_destination(text, m.start()):
            yield m


def undo_mojibake(words: str) -> str | None:
    """Return what some characters were before UTF-8 was decoded as Windows-1252 or Latin-1, or None."""
    try:
        raw = b"".join(c.encode("cp1252") if ord(c) > 0x9F or ord(c) < 0x80 else bytes([ord(c)]) for c in words)
        meant = raw.decode("utf-8")
    except UnicodeError:
        return None
    return None if CONTROL.search(meant) else meant


@text_rule("WN007", "control-character", "off warning warning")
def control_character(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The text contains a control character.

    What: A control character such as NUL or vertical tab (slides and databases leave them behind), or a lone
        surrogate, which cannot be saved as UTF-8. Those that are part of a damaged letter belong to
        `broken-characters`.
    Why: It is invisible, and it breaks feeds, searches and sometimes the whole file.
    Fix: `--fix` removes it, or replaces it by a space between two words. It leaves alone what would become markup.
    """
    root = view.root
    if root.slice is None:
        return
    text = root.slice.source.text
    # Damaged letters can contain control characters: removing these would make the damage permanent.
    damaged: frozenset[int] | None = None
    for m in CONTROL.finditer(text, root.slice.start, root.slice.end):
        start, end = m.span()
        if damaged is None:
            damaged = frozenset(
                i for found in MOJIBAKE.finditer(text) if undo_mojibake(found[0]) for i in range(*found.span())
            )
        if start in damaged:
            continue
        surrogate = m.group() >= "\ud800"
        between_words = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        replacement = " " if between_words and not surrogate and not is_in_destination(text, start) else ""
        name = f"U+{ord(m.group()):04X}"
        yield Finding(
            f"Lone surrogate ({name}), which cannot be saved as UTF-8."
            if surrogate
            else f"Control character ({name}).",
            root,
            position_at(root.slice, start, end),
            "Remove it.",
            Fix("Replace it by a space" if replacement else "Remove it", [Edit(start, end, replacement)])
            if can_remove(text, start, end) or surrogate
            else None,
        )


@text_rule("WN008", "invisible-character", "off warning warning")
def invisible_character(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The text contains an invisible character.

    What: A zero width space, a word joiner, or a byte order mark in the middle of the text, as left behind by copy and
        paste. Code is left alone, and so are zero width spaces in scripts that are written without spaces (Thai, Lao,
        Khmer, Burmese, Tibetan, Chinese, Japanese …) and the joiners of emoji and of Indic and Arabic scripts.
    Why: Searches do not find the word, and links that contain one are dead.
    Fix: `--fix` removes it, unless that would turn the text around it into markup.
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
        if is_unspaced(text[start - 1 : start]) or is_unspaced(text[end : end + 1]):
            continue
        name = unicodedata.name(text[start], "").lower() if text[start] != BOM else "byte order mark"
        yield Finding(
            f"Invisible character ({name}).",
            root,
            position_at(root.slice, start, end),
            "Remove it.",
            Fix("Remove it", [Edit(start, end, "")]) if can_remove(text, start, end) else None,
        )


def is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script in which U+200B or U+2060 marks where a line may break or not."""
    return bool(character) and unicodedata.name(character, "").partition(" ")[0] in UNSPACED


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
    """Return whether a text is a whole HTML page, for which most rules make no sense."""
    return root.slice is not None and WEB_PAGE.match(root.slice.source.text) is not None


@text_rule("WN010", "web-page", "off info info")
def web_page(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The file is a web page, which is not checked.

    What: The text starts with `<!doctype html>` or `<html>`. Rules about weeks, sections, lists and text do not run,
        because they would report the page’s scripts and menus. HTML inside a note is fine.
    Why: Without this message, the result would look clean. Usually the page’s Markdown source was meant.
    Fix: Check the Markdown that the page was made from, or convert the page first.
    """
    root = view.root
    if is_web_page(root):
        yield Finding(
            "This is a web page, and was not checked; a note is Markdown or plain text.",
            root,
            first_line_position(root),
            "Check the Markdown file it was made from, or convert the page with weeknote.from_html.",
        )
