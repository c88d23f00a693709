"""Rules about characters (WN0): line endings, damaged letters, and what nobody can see."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from weeknote.lint.base import Finding, LintSettings
from weeknote.lint.fixes import Edit, Fix, can_remove, is_beside_emphasis, is_in_destination
from weeknote.lint.positions import position_at
from weeknote.lint.view import TextView, text_rule
from weeknote.source import BOM, LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_END_NAMES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}

# C0 and C1 controls except tab, line feed, form feed, carriage return and NEL; and lone surrogates.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

# UTF-8 that was decoded as Windows-1252 or Latin-1. Any two- or three-byte sequence with a C1 control in it, any emoji,
# and of the rest what nobody writes: curly quotes and dashes ("â€™"), accented letters ("Ã©"), signs ("Â£").
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MOJIBAKE = re.compile(
    # The first characters of all of them come first: a search for a set of characters is quick.
    "[\xc2-\xf0](?:(?<=â)€[™˜œ“”¦¢]|(?<=Ã)[\xa0-\xbf]|(?<=Â)[\xa0£©®°·»«]|(?<=[\xc2-\xdf])[\x80-\x9f]"
    f"|(?<=[\xe0-\xef])(?:[\x80-\x9f][{_TAIL}]|[{_TAIL}][\x80-\x9f])|(?<=ð)[Ÿ\x9f][{_TAIL}]{{2}})"
)
INVISIBLES = "\u200b\u2060\ufeff"
INVISIBLE = re.compile(f"[{INVISIBLES}]+")
REPLACEMENT = "\ufffd"
QUOTES = frozenset("\"'“”‘’«»‹›„‚「」『』")
# The first word of their characters' Unicode names.
UNSPACED = frozenset(
    {
        *("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "TAI", "NEW", "BALINESE", "JAVANESE"),
        *("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"),
    }
)


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
    written = root.slice.text
    if REPLACEMENT not in written and not MOJIBAKE.search(written):
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
        restored = undo_mojibake(m.group())
        yield Finding(
            f"“{m.group()}” should be “{restored}”: the text was decoded with the wrong encoding.",
            root,
            position_at(root.slice, start + m.start(), start + m.end()),
            f"Write “{restored}”.",
            Fix(f"Write “{restored}”", [Edit(start + m.start(), start + m.end(), str(restored))])
            if str(restored).isalnum() or not is_beside_emphasis(source, start + m.start(), start + m.end())
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
        restored = raw.decode("utf-8")
    except UnicodeError:
        return None
    return None if CONTROL.search(restored) else restored


@text_rule("WN007", "control-character", "off warning warning")
def control_character(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The text contains a control character.

    What: A control character such as NUL or vertical tab (slides and databases leave them behind), or a lone
        surrogate, which cannot be saved as UTF-8. Those that are part of a damaged letter belong to
        `broken-characters`.
    Why: It is invisible, and it breaks feeds, searches and sometimes the whole file.
    Fix: `--fix` removes it, or replaces it with a space between two words. It leaves alone what would become markup.
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
        title = "Replace it with a space" if replacement else "Remove it"
        name = f"U+{ord(m.group()):04X}"
        yield Finding(
            f"Lone surrogate ({name}), which cannot be saved as UTF-8."
            if surrogate
            else f"Control character ({name}).",
            root,
            position_at(root.slice, start, end),
            f"{title}.",
            Fix(title, [Edit(start, end, replacement)]) if can_remove(text, start, end) or surrogate else None,
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
