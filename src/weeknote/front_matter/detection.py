"""Finding front matter: where the block before a note's body ends, and one that is opened and never closed."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal

import attrs

from weeknote.front_matter import json_object
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["yaml", "toml", "toml-fence", "json", "pelican", "ini"]
"""How a block is written: YAML, TOML or JSON between `---`, the latter two named after the first (`---json`); TOML
between `+++`; TOML in a code fence; a JSON object by itself; `Key: value` lines up to a blank line; or `key = value`
lines up to a line of `===`."""

HEADER_KEYS = frozenset(["title", "date", "slug", "category", "categories", "tag", "tags", "author", "authors"])
"""Keys, in lower case, that prose does not begin a line with, as it does with `Note:` and `Update:`."""

EOL = r"(?:\r\n|\r|\n)"
LINE = lazy_pattern(rf"([^\r\n]*+)(?:{EOL}|\Z)")
_BLANK_LINES = lazy_pattern(rf"(?:[ \t]*+{EOL})*+")
# The language after the dashes is Eleventy's and gray-matter's.
_OPENING = lazy_pattern(
    rf"{_BLANK_LINES.pattern}(?:(?P<dashes>---)(?:[ \t]*+(?P<language>ya?ml|toml|json))?+|(?P<pluses>\+\+\+)"
    rf"|(?P<ticks>`{{3,9}})[ \t]*+(?:toml)?)[ \t]*+{EOL}"
)
# Without a fence, the first line has to be a key.
_FIRST_KEY = lazy_pattern(r"[A-Za-z][\w-]*+[ \t]*+([:=])")
_CLOSING = {
    mark: lazy_pattern(rf"(?:{pattern})[ \t]*+(?:{EOL}|\Z)")
    # The look-behind comes last: `re` searches for a character faster than for a place.
    for mark, pattern in [("---", r"---(?<=[\r\n]---)|\.\.\.(?<=[\r\n]\.\.\.)"), ("+++", r"\+\+\+(?<=[\r\n]\+\+\+)")]
    + [("`" * n, f"(?<=[\\r\\n])`{{{n},}}+") for n in range(3, 10)]
}
_YAML_KEY = lazy_pattern(r"""(?:([\w$@.-]++)|"([^"\\\r\n]*+)"|'([^'\r\n]*+)')[ \t]*+:(?!//)""")
# Lines up to a fence that look like those of a mapping at first glance, as most do: a key first, and no words at the
# margin. For texts without carriage returns.
_NAME = r"""(?:[\w$@.-]++|"[^"\\\r\n]*+"|'[^'\r\n]*+')[ \t]*+:(?!//)"""
_PLAIN_YAML = lazy_pattern(rf"{_NAME}[^\n]*+\n(?:(?:{_NAME}|[ \t#\[\]{{}}<=>]|-(?!--)|(?=\n))[^\n]*+\n)*+")
_SEVERAL_WORDS = lazy_pattern(r"[^:\r\n]{1,60}:(?:[ \t]|$)")
KEY: dict[Kind, re.Pattern[str]] = {
    "yaml": _YAML_KEY,
    "toml": lazy_pattern(r"""[ \t]*+(?:([A-Za-z0-9_-]++)|"([^"\\\r\n]*+)"|'([^'\r\n]*+)')[ \t]*+=(?!=)"""),
    "json": lazy_pattern(r'[ \t]*+(?:\{[ \t]*+)?"([^"\\\r\n]*+)"[ \t]*+:'),
    "pelican": lazy_pattern(r"([A-Za-z][\w-]*+)[ \t]*+:(?!//)"),
    "ini": lazy_pattern(r"([A-Za-z][\w-]*+)[ \t]*+=(?!=)"),
}
KEY["toml-fence"] = KEY["toml"]
"""A line's key, by kind, in one of the groups."""

_UNDERLINE = lazy_pattern(r"={3,}+[ \t]*+$")
_WORDS = lazy_pattern(r"[^ \t\r\n]")
_REST_IS_BLANK = lazy_pattern(rf"[ \t]*+(?:{EOL}|\Z)")


@attrs.frozen
class FoundBlock:
    """Front matter that was found. It ends just past its last line's end; blank lines after it are not part of it."""

    kind: Kind
    end: int


@attrs.frozen
class UnclosedBlock:
    """Front matter that is opened and never closed, so that its keys are read as the note's words.

    It starts with its fence and ends just past the last line that looks like part of it; `closing` is missing there.
    """

    start: int
    end: int
    closing: str


def find(text: str, start: int = 0) -> FoundBlock | None:
    r"""Return the front matter that begins at an offset, or None.

    Blank lines before the opening fence belong to the block. The lines between two `---` must look like those of a
    mapping, broken or not, so that prose between two thematic breaks is no front matter; without a line between them,
    text has to follow (Jekyll), or they are thematic breaks (CommonMark 4.1). A block that is not closed is none: see
    `find_unclosed`. The time taken is linear in the block, or in the text if nothing closes it.

    >>> find("---\ntitle: Rain\n---\n\nIt rained.\n")
    FoundBlock(kind='yaml', end=20)
    >>> find("---\nIt rained.\n---\n") is None
    True
    """
    fence = _OPENING.match(text, start)
    if fence is None:
        key = _FIRST_KEY.match(text, start)
        if key is None:
            return _json(text, start)
        return _without_fence(text, start, "pelican" if key[1] == ":" else "ini")
    dashes, language, pluses, ticks = fence.groups()
    closing = _CLOSING[dashes or pluses or ticks]
    if dashes and not language and "\r" not in text:
        plain = _PLAIN_YAML.match(text, fence.end())
        close = closing.match(text, plain.end()) if plain is not None else None
        if close is not None:
            return FoundBlock("yaml", close.end())
    close = closing.search(text, fence.end())
    if close is None:
        return None
    kind = _kind(fence)
    if language:
        return FoundBlock(kind, close.end())
    if dashes and close.start() == fence.end():
        return FoundBlock(kind, close.end()) if _WORDS.search(text, close.end()) else None
    lines = [m[1] for m in LINE.finditer(text, fence.end(), close.start())]
    looks = _looks_like_yaml(lines) if dashes else _looks_like_toml(lines, must_name_note=bool(ticks))
    return FoundBlock(kind, close.end()) if looks else None


def find_unclosed(text: str, start: int = 0) -> UnclosedBlock | None:
    r"""Return the front matter that begins at an offset and is never closed, or None.

    The lines right after its fence must be lines of keys: two of them, or one that prose does not begin with.

    >>> find_unclosed("---\ntitle: Rain\n\n# Weeknote 12\n")
    UnclosedBlock(start=0, end=16, closing='---')
    """
    fence = _OPENING.match(text, start)
    if fence is None or fence["ticks"] or find(text, start) is not None:
        return None
    pattern = KEY[_kind(fence)]
    keys, names_note, end = 0, False, fence.end()
    for line in LINE.finditer(text, fence.end()):
        key = pattern.match(line[1])
        if key is not None:
            keys += 1
            names_note = names_note or _names_note(key)
        elif not line[1].strip() or not line[1].startswith((" ", "\t", "- ", "#", "]", "{", "}")):
            break
        end = line.end()
    if keys < 2 and not names_note:
        return None
    return UnclosedBlock(
        fence.start("dashes" if fence["dashes"] else "pluses"), end, fence["dashes"] or fence["pluses"]
    )


def inside(raw: str, kind: Kind) -> tuple[int, int]:
    """Return the offsets of what is between the fences of a block; of the whole block, if it has none."""
    fence = _OPENING.match(raw)
    if kind == "pelican" or (kind == "json" and fence is None):
        return 0, len(raw)
    start = fence.end() if fence is not None and kind != "ini" else 0
    last = raw[:-2] if raw.endswith("\r\n") else raw[:-1]
    return start, max(start, last.rfind("\n") + 1, last.rfind("\r") + 1)


def _names_note(key: re.Match[str]) -> bool:
    return key[key.lastindex or 0].casefold() in HEADER_KEYS


def _kind(fence: re.Match[str]) -> Kind:
    if fence["ticks"]:
        return "toml-fence"
    if fence["pluses"] or fence["language"] == "toml":
        return "toml"
    return "json" if fence["language"] == "json" else "yaml"


def _looks_like_yaml(lines: Sequence[str]) -> bool:
    """Return whether lines look like those of a mapping, broken or not, rather than like prose."""
    keys = strange = comments = keys_in_comments = 0
    several_words_first = names_note = after_blank = False
    for line in lines:
        words = line.strip(" \t")
        key = _YAML_KEY.match(words)
        if not words:
            after_blank = True
            continue
        if words[0] == "#":
            comments += 1
            keys_in_comments += _YAML_KEY.match(words.lstrip("# \t")) is not None
        elif key is not None and (line[0] not in " \t" or not keys):
            keys += 1
            names_note = names_note or _names_note(key)
        elif not keys and not several_words_first:
            several_words_first = _SEVERAL_WORDS.match(words) is not None
            if not several_words_first:
                return False
        elif line[0] not in " \t-[]{}<=>":
            # A blank line between a mapping's lines is common; one before a line of prose ends a paragraph.
            if after_blank and not _SEVERAL_WORDS.match(words):
                return False
            strange += 1
        after_blank = False
    if not keys:
        # `# Words` is as likely a heading between two thematic breaks, and two fences without a line between
        # them are two thematic breaks in CommonMark (example 98).
        return not several_words_first and bool(keys_in_comments or (lines != [""] and not comments))
    return strange <= keys and (names_note or not several_words_first)


def _looks_like_toml(lines: Sequence[str], *, must_name_note: bool) -> bool:
    rows = [line for line in lines if line.strip(" \t") and line.lstrip(" \t")[0] != "#"]
    above = list(itertools.takewhile(lambda row: row.lstrip(" \t")[0] != "[", rows))
    keys = [KEY["toml"].match(row) for row in above]
    if keys and keys[0] is None:
        return False
    # A note may begin with a piece of somebody's configuration in a code block.
    return not must_name_note or any(key and _names_note(key) for key in keys)


def _json(text: str, start: int) -> FoundBlock | None:
    """Return the JSON object that begins at an offset and has its last lines to itself (Hugo)."""
    end = json_object.end_of_object(text, start)
    rest = None if end is None else _REST_IS_BLANK.match(text, end)
    return None if rest is None else FoundBlock("json", rest.end())


def _without_fence(text: str, start: int, kind: Literal["pelican", "ini"]) -> FoundBlock | None:
    keys = 0
    names_note = False
    end = start
    for line in LINE.finditer(text, start):
        words = line[1]
        if kind == "ini" and _UNDERLINE.match(words):
            return FoundBlock(kind, line.end()) if names_note and keys > 1 else None
        if not words.strip(" \t"):
            # At the very end of a text nothing shows that the lines were a header, unless they are several.
            is_header = kind == "pelican" and names_note and (keys > 1 or line.end() > line.start())
            return FoundBlock(kind, end) if is_header else None
        key = KEY[kind].match(words)
        if key is not None:
            keys += 1
            names_note = names_note or _names_note(key)
        elif not keys or words[0] not in " \t":
            return None
        end = line.end()
    return None
