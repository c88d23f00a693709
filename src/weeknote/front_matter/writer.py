"""Front matter written: one value set in a block while every other character stays, or a block made new.

Nothing is returned that was not read back: the value as given, every other value as before.
"""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from typing import TYPE_CHECKING

from weeknote.errors import CannotExpressError
from weeknote.front_matter import yaml
from weeknote.front_matter.reader import (
    EOL,
    LINE,
    LONGEST,
    TITLE_KEYS,
    find,
    inside,
    key_lines,
    key_span,
    read,
    read_toml,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from weeknote.front_matter.reader import Kind

EXPRESSIBLE = "a str, int, float, bool, None, date or datetime, or a list of these"

MOST_TRIES = 200
"""How many places in TOML are tried for where a value ends or the tables begin: each costs a reading."""

_TOML = ("toml", "toml-fence")
_SINGLE = (str, int, float, date, type(None))
_SURROGATE = re.compile("[\ud800-\udfff]")
# What does not print, and what is a line end to some readers and not to others.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TOML_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")


def with_value(raw: str, kind: Kind, key: str, value: object) -> str:
    r"""Return a block of front matter with one top-level key set and every other character as it was.

    The key that is there is found as it is spelled, else in any case. A value in quotes keeps its kind of
    quotes if the new one can stand in them; a list is replaced whole and written in brackets. A key that is
    not there becomes the last line of the block, in TOML the last above the tables. In the kinds that know
    only words (`"pelican"`, `"ini"`) a value is written as `str` has it, a list with commas, None as nothing.
    A value that is there already changes nothing, not even its spelling.

    Args:
        raw: the whole block with its fences, as `weeknote._front_matter.find` delimits it; the last line's
            end may be missing.
        kind: how it is written.
        key: the key.
        value: a str, int, float, bool, None, date or datetime, or a list of these.

    Raises:
        CannotExpressError: the value has no spelling there, or the block is such that a change might do harm.

    >>> print(with_value("---\nTitle: 'Rain' # draft\ntags: [wet]\n---", "yaml", "title", "It's wet"))
    ---
    Title: 'It''s wet' # draft
    tags: [wet]
    ---
    """
    _check(key, value)
    before = read(raw, kind)
    if (problem := before.problem) is not None:
        message = f"{problem.message}; mend it by hand before {key!r} is set"
        raise CannotExpressError(
            message, place=problem.place, found=problem.message, expected="a block that can be read"
        )
    wanted = value if kind in ("yaml", *_TOML) else _as_words(key, value)
    own = _own_key(before.values, key)
    if own is None:
        own, results = key, _with_new_line(raw, kind, key, wanted)
    elif _is_same(before.values[own], wanted):
        return raw
    else:
        results = _with_new_words(raw, kind, own, wanted)
    expected = {**before.values, own: wanted}
    for result in results:
        if _says(result, kind, expected, {own}):
            return result
    raise _refusal(own, value, _why_not(own, value, kind))


def new_block(values: Mapping[str, object]) -> str:
    r"""Return a new block of YAML front matter with its fences, without a line end after the last.

    Raises:
        CannotExpressError: a value, or a key, has no spelling.

    >>> print(new_block({"title": "Rain: a week", "date": date(2024, 5, 6), "tags": ["wet", "12"]}))
    ---
    title: "Rain: a week"
    date: 2024-05-06
    tags: [wet, "12"]
    ---
    """
    lines = {}
    for key, value in values.items():
        _check(key, value)
        lines[key] = _line("yaml", key, next(_spellings(key, value, "yaml")))
    # Two fences with nothing between them, not even a blank line, are two thematic breaks.
    block = "\n".join(["---", *(lines.values() or [""]), "---"])
    if _says(block, "yaml", values, set(values)):
        return block
    for key, value in values.items():
        if not _says(f"---\n{lines[key]}\n---", "yaml", {key: value}, {key}):
            raise _refusal(key, value, _why_not(key, value, "yaml"))
    message = "the front matter cannot be read back whole, as it is too long: give fewer or shorter values"
    raise CannotExpressError(message, found=values, expected=f"at most {LONGEST:,} characters")


def _refusal(key: str, found: object, reason: str, expected: str = EXPRESSIBLE) -> CannotExpressError:
    message = f"the front matter's {key!r} cannot be set: {reason}"
    return CannotExpressError(message, found=found, expected=expected)


def _why_not(key: str, value: object, kind: Kind) -> str:
    if kind == "yaml" and key.casefold() in TITLE_KEYS and not isinstance(value, str | list):
        return f"a title is read as words: give {str(value)!r} instead"
    return f"it would not be read back as the same value, or another value would change; edit the {kind} block by hand"


def _check(key: str, value: object) -> None:
    """Raise for what no kind of block can hold."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, _SINGLE):
            raise _refusal(key, one, f"a value of type {type(one).__name__} has no spelling there; give {EXPRESSIBLE}")
        # Python neither writes nor reads a decimal number of more than 4,300 digits.
        if isinstance(one, int) and one.bit_length() > 14_000:
            raise _refusal(key, one, "the number has too many digits; give it as a string")
    for words in [key, *(value if isinstance(value, list) else [value])]:
        if isinstance(words, str) and _SURROGATE.search(words):
            raise _refusal(
                key, words, "half of a surrogate pair is no character and cannot be saved; take it out", "text"
            )


def _own_key(values: Mapping[str, object], key: str) -> str | None:
    """Return the key as it is spelled in the block, None if it is not there."""
    if key in values:
        return key
    alike = [one for one in values if one.casefold() == key.casefold()]
    if len(alike) > 1:
        raise _refusal(key, alike, f"it could be any of {', '.join(map(repr, alike))}; name one exactly", "one key")
    return alike[0] if alike else None


def _is_same(found: object, wanted: object) -> bool:
    """Return whether two values are equal and of one type: 1 is neither True nor 1.0."""
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_is_same, found, wanted))
    return found == wanted and all(isinstance(found, one) == isinstance(wanted, one) for one in (bool, float))


def _says(block: str, kind: Kind, expected: Mapping[str, object], new: Collection[str]) -> bool:
    """Return whether a block is found again before a note, whole, and says what is expected of it.

    Args:
        block: the block.
        kind: how it is written.
        expected: its values; those that are not new in their order.
        new: the keys of the values that somebody gave, which may be of other types than those that are read.
    """
    found = find(block + "\n\n")
    if found is None or found.kind != kind or found.end not in (len(block), len(block) + 1):
        return False
    reading = read(block, kind)
    if reading.problem is not None or reading.values.keys() != expected.keys():
        return False
    # The others as text, because a NaN is not equal to itself, and 1 is to True.
    old = [repr([(k, v) for k, v in values.items() if k not in new]) for values in (reading.values, expected)]
    return old[0] == old[1] and all(_is_same(reading.values[key], expected[key]) for key in new)


# --- where


def _with_new_line(raw: str, kind: Kind, key: str, value: object) -> Iterator[str]:
    newline = re.search(EOL, raw)
    eol = newline[0] if newline else "\n"
    start, end = inside(raw, kind)
    at = end
    if kind == "pelican":
        at = len(raw.rstrip("\r\n"))
    elif kind in _TOML:
        at = _above_tables(raw, start, end)
    # The keys of a YAML mapping stand in one column, which need not be the first.
    first = re.search(r"(?:\A|[\r\n])([ \t]*+)[^ \t\r\n#]", raw[start:end]) if kind == "yaml" else None
    indent = first[1] if first else ""
    for words in _spellings(key, value, kind):
        line = indent + _line(kind, key, words)
        yield raw[:at] + (eol + line if kind == "pelican" else line + eol) + raw[at:]


def _above_tables(raw: str, start: int, end: int) -> int:
    """Return where a line stands in no table of TOML: above the first one and the comments that lead it in."""
    rows = list(LINE.finditer(raw, start, end))
    brackets = [place for place, row in enumerate(rows) if row[1].lstrip(" \t").startswith("[")]
    for place in brackets[:MOST_TRIES]:
        # A line in the middle of a string or a list may begin with a bracket too.
        if read_toml(re.sub(EOL, "\n", raw[start : rows[place].start()])) is not None:
            while place and rows[place - 1][1].lstrip(" \t")[:1] in ("", "#"):
                place -= 1
            return rows[place].start()
    return end


def _with_new_words(raw: str, kind: Kind, key: str, value: object) -> Iterator[str]:
    span = key_span(raw, kind, key)
    if span is None and kind in _TOML:
        span = _span_of_lines(raw, kind, key)
    if span is None:
        reason = "what stands there (an alias, an anchor, a value of several lines or one with a comment before it)"
        raise _refusal(key, value, f"{reason} cannot be replaced alone; edit the {kind} block by hand")
    first, last = span
    old = raw[first:last]
    if "#" in old and _has_comment(raw, kind, span):
        raise _refusal(key, value, f"comments in its old value would be lost; edit the {kind} block by hand")
    mark = raw[first - 1 : first]
    needs_blank = mark == ":" if kind == "yaml" else not old and mark in (":", "=")
    for words in _spellings(key, value, kind, old):
        yield raw[:first] + " " * needs_blank + words + raw[last:]


def _span_of_lines(raw: str, kind: Kind, key: str) -> tuple[int, int] | None:
    """Return the offsets of a value in TOML that goes on over several lines."""
    line = next((line for line in key_lines(raw, kind) if line.key == key), None)
    if line is None:
        return None
    value = read(raw, kind).values[key]
    closers = re.compile(r"""[]}"']""").finditer(raw, line.start, inside(raw, kind)[1])
    for closer in itertools.islice(closers, MOST_TRIES):
        # The first two of three quotes are an empty string.
        if read_toml("x = " + re.sub(EOL, "\n", raw[line.start : closer.end()])) == {"x": value}:
            return line.start, closer.end()
    return None


def _has_comment(raw: str, kind: Kind, span: tuple[int, int]) -> bool:
    if kind == "yaml":
        start, end = inside(raw, kind)
        return yaml.has_comment(raw[start:end], (span[0] - start, span[1] - start))
    old = raw[span[0] : span[1]]
    return kind in _TOML and old[:1] in ("[", "{") and "#" in _TOML_STRING.sub("", old)


# --- how


def _line(kind: Kind, key: str, words: str) -> str:
    if kind == "yaml" and not (re.fullmatch(r"[\w.-]+", key) and yaml.is_plain(key)):
        key = _quoted(key)
    if kind in _TOML and not re.fullmatch(r"[A-Za-z0-9_-]+", key):
        key = _quoted(key)
    return f"{key} = {words}" if kind in ("ini", *_TOML) else f"{key}: {words}"


def _spellings(key: str, value: object, kind: Kind, old: str = "") -> Iterator[str]:
    """Yield the ways to write a value, the best first; which of them is right is seen by reading it back."""
    if kind in ("pelican", "ini"):
        words = str(value)
        quotes = ['"', "'"] if kind == "ini" else []
        if quotes and old[:1] in quotes and old[-1:] == old[:1]:
            yield old[:1] + words + old[:1]
        yield words
        yield from (mark + words + mark for mark in quotes)
    elif isinstance(value, list):
        yield f"[{', '.join(_in_list(key, one, kind) for one in value)}]"
    elif not isinstance(value, str):
        yield _single(key, value, kind)
    else:
        if old[:1] == "'" and not _UNPRINTABLE.search(value):
            yield "'" + (value.replace("'", "''") if kind == "yaml" else value) + "'"
        if old[:1] not in ('"', "'") and kind == "yaml" and yaml.is_plain(value):
            yield value
        yield _quoted(value)


def _in_list(key: str, value: object, kind: Kind) -> str:
    if not isinstance(value, str):
        return _single(key, value, kind)
    return value if kind == "yaml" and yaml.is_plain(value, in_list=True) else _quoted(value)


def _single(key: str, value: object, kind: Kind) -> str:
    """Return a value that is no words and no list as YAML and TOML write it."""
    if value is None:
        if kind in _TOML:
            raise _refusal(key, value, "TOML has nothing for None; take the line out by hand", "any other value")
        return "null"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    # `1e+16` without a point is a string to readers of YAML 1.1.
    return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))


def _quoted(words: str) -> str:
    """Return words in double quotes, which YAML and TOML read alike."""
    return _UNPRINTABLE.sub(lambda one: f"\\u{ord(one[0]):04X}", json.dumps(words, ensure_ascii=False))


def _as_words(key: str, value: object) -> str:
    """Return a value as a header of mere words has it."""
    if not isinstance(value, list):
        return "" if value is None else str(value)
    items = [_as_words(key, one) for one in value]
    if any("," in one or one != one.strip() or not one for one in items):
        raise _refusal(key, value, "the items of a list are told apart by commas there; give one string", "a str")
    return ", ".join(items)
