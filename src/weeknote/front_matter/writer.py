"""Writing front matter: one key of a block set or removed while every other character stays, or a new block.

Whatever is returned was read back first: the value as given, every other value as before.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from weeknote.errors import CannotExpressError, NotFoundError
from weeknote.front_matter import yaml
from weeknote.front_matter.detection import EOL, LINE, find, inside
from weeknote.front_matter.reader import MAX_LENGTH, TITLE_KEYS, json_pairs, key_lines, key_span, read, read_toml
from weeknote.front_matter.spelling import TOML_KINDS, as_kind, check, line, refusal, spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from weeknote.front_matter.detection import Kind

MAX_TRIES = 200
"""How many places in TOML are tried for where a value ends or the tables begin: each costs a reading."""

_TOML_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")


def with_value(raw: str, kind: Kind, key: str, value: object) -> str:
    r"""Return a block of front matter with one top-level key set and every other character as it was.

    An existing key is matched as it is spelled, else in any case. A value in quotes keeps its kind of
    quotes if they can hold the new one; a list is replaced whole and written in brackets. A new key
    becomes the last line of the block, in TOML the last above the tables. JSON gets dates as strings. In the kinds that
    know only words (`"pelican"`, `"ini"`) a value is written as by `str`, a list with commas, None as nothing.
    Setting the value that is there already changes nothing, not even its spelling.

    Args:
        raw: the whole block with its fences, as `detection.find` delimits it; the last line's end may be missing.
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
    check(key, value)
    before = _values(raw, kind, key)
    wanted = as_kind(key, value, kind)
    own = _own_key(before, key)
    if own is None:
        own, results = key, _with_new_line(raw, kind, key, wanted)
    elif _is_same(before[own], wanted):
        return raw
    else:
        results = _with_new_words(raw, kind, own, wanted)
    expected = {**before, own: wanted}
    for result in results:
        if _reads_as(result, kind, expected, {own}):
            return result
    raise refusal(own, value, _refusal_reason(own, value, kind))


def without_key(raw: str, kind: Kind, key: str) -> str:
    r"""Return a block of front matter without one top-level key, and with every other character as it was.

    The lines of the key go, and a comment at the end of its last line; comments between keys stay.

    Args:
        raw: the whole block with its fences, as `detection.find` delimits it; the last line's end may be missing.
        kind: how it is written.
        key: the key, as it is spelled there, else in any case.

    Raises:
        NotFoundError: the block does not have the key.
        CannotExpressError: the block is such that a change might do harm.

    >>> print(without_key("---\ntitle: Rain\ntags:\n- wet # so far\n# the rest\ndraft: true\n---", "yaml", "tags"))
    ---
    title: Rain
    # the rest
    draft: true
    ---
    """
    before = _values(raw, kind, key)
    own = _own_key(before, key)
    if own is None:
        raise NotFoundError(
            f"the front matter has no key {key!r}; its keys are: {', '.join(map(repr, before)) or 'none'}",
            found=key,
            expected=tuple(before),
        )
    span = _pair_span(raw, kind, own)
    result = "" if span is None else raw[: span[0]] + raw[span[1] :]
    if kind == "yaml" and len(before) == 1 and span is not None and not raw[span[1] :].startswith(("\n", "\r")):
        # Without a line between its fences, a block is one only before a note.
        eol = re.search(EOL, raw)
        result = raw[: span[0]] + (eol[0] if eol else "\n") + raw[span[1] :]
    if kind == "pelican" and not raw.endswith(("\n", "\r")):
        result = result.removesuffix("\n").removesuffix("\r")
    if not _reads_as(result, kind, {k: v for k, v in before.items() if k != own}, set()):
        message = f"the front matter's {own!r} cannot be removed alone; edit the {kind} block by hand"
        raise CannotExpressError(message, found=own, expected="a key that has its lines to itself")
    return result


def new_block(values: Mapping[str, object]) -> str:
    r"""Return a new block of YAML front matter with its fences, without a line end after the last.

    Raises:
        CannotExpressError: a value, or a key, has no spelling.

    >>> from datetime import date
    >>> print(new_block({"title": "Rain: a week", "date": date(2024, 5, 6), "tags": ["wet", "12"]}))
    ---
    title: "Rain: a week"
    date: 2024-05-06
    tags: [wet, "12"]
    ---
    """
    lines = {}
    for key, value in values.items():
        check(key, value)
        lines[key] = line("yaml", key, next(spellings(key, value, "yaml")))
    # Two fences without a line between them and with no text below are two thematic breaks.
    block = "\n".join(["---", *(lines.values() or [""]), "---"])
    if _reads_as(block, "yaml", values, set(values)):
        return block
    for key, value in values.items():
        if not _reads_as(f"---\n{lines[key]}\n---", "yaml", {key: value}, {key}):
            raise refusal(key, value, _refusal_reason(key, value, "yaml"))
    message = "the front matter is too long to be read back; pass fewer or shorter values"
    raise CannotExpressError(message, found=values, expected=f"at most {MAX_LENGTH:,} characters")


def _values(raw: str, kind: Kind, key: str) -> Mapping[str, object]:
    """Return the values of a block that is to be changed; what cannot be read cannot be changed safely."""
    reading = read(raw, kind)
    if (problem := reading.problem) is None:
        return reading.values
    message = f"{problem.message}; fix it by hand before setting or removing {key!r}"
    raise CannotExpressError(message, place=problem.place, found=problem.message, expected="a block that can be read")


def _refusal_reason(key: str, value: object, kind: Kind) -> str:
    if kind == "yaml" and key.casefold() in TITLE_KEYS and not isinstance(value, str | list):
        return f"a title is text; pass {str(value)!r} instead"
    return f"it would not be read back as the same value, or another value would change; edit the {kind} block by hand"


def _own_key(values: Mapping[str, object], key: str) -> str | None:
    """Return the key as it is spelled in the block, None if it is not there."""
    if key in values:
        return key
    alike = [one for one in values if one.casefold() == key.casefold()]
    if len(alike) > 1:
        raise refusal(key, alike, f"it could mean any of {', '.join(map(repr, alike))}; pass one of them", "one key")
    return alike[0] if alike else None


def _is_same(found: object, wanted: object) -> bool:
    """Return whether two values are equal and of one type: 1 is neither True nor 1.0."""
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_is_same, found, wanted))
    return found == wanted and all(isinstance(found, one) == isinstance(wanted, one) for one in (bool, float))


def _reads_as(block: str, kind: Kind, expected: Mapping[str, object], new: Collection[str]) -> bool:
    """Return whether a block before a note is found whole, and says what is expected of it.

    The values under the keys that are new may be of other types than those that are read, and in another order.
    """
    # An empty block is one only before a note.
    found = find(block + "\n\nWords.\n")
    if found is None or found.kind != kind or found.end not in (len(block), len(block) + 1):
        return False
    reading = read(block, kind)
    if reading.problem is not None or reading.values.keys() != expected.keys():
        return False
    # The others as text, because a NaN is not equal to itself, and 1 is to True.
    old = [repr([(k, v) for k, v in values.items() if k not in new]) for values in (reading.values, expected)]
    return old[0] == old[1] and all(_is_same(reading.values[key], expected[key]) for key in new)


def _with_new_line(raw: str, kind: Kind, key: str, value: object) -> Iterator[str]:
    newline = re.search(EOL, raw)
    eol = newline[0] if newline else "\n"
    start, end = inside(raw, kind)
    if kind == "json":
        yield _with_new_pair(raw, key, value, eol)
        return
    at = end
    if kind == "pelican":
        at = len(raw.rstrip("\r\n"))
    elif kind in TOML_KINDS:
        at = _above_tables(raw, start, end)
    # The keys of a YAML mapping begin in one column, which need not be the first.
    first = re.search(r"(?:\A|[\r\n])([ \t]*+)[^ \t\r\n#]", raw[start:end]) if kind == "yaml" else None
    indent = first[1] if first else ""
    for words in spellings(key, value, kind):
        new = indent + line(kind, key, words)
        yield raw[:at] + (eol + new if kind == "pelican" else new + eol) + raw[at:]


def _with_new_pair(raw: str, key: str, value: object, eol: str) -> str:
    """Return a block of JSON with a new pair as the last of its object, indented as the one before it."""
    pairs = json_pairs(raw)
    pair = line("json", key, next(spellings(key, value, "json")))
    if not pairs:
        at = raw.index("{") + 1
        return raw[:at] + pair + raw[at:]
    last = pairs[-1]
    before = re.search(rf"(?:{EOL})[ \t]*\Z", raw[: last.at])
    return raw[: last.end] + "," + (eol + before[0].lstrip("\r\n") if before else " ") + pair + raw[last.end :]


def _pair_span(raw: str, kind: Kind, key: str) -> tuple[int, int] | None:
    """Return the offsets of what goes with a key: its lines, in JSON the pair and a comma."""
    if kind == "json":
        return _json_pair_span(raw, key)
    start, end = inside(raw, kind)
    span: tuple[int, int] | None = None
    if kind == "yaml":
        found = yaml.pair_span(raw[start:end], key)
        span = None if found is None else (start + found[0], start + found[1])
    else:
        lines = [one for one in key_lines(raw, kind) if one.key == key]
        if len(lines) == 1:
            span = (lines[0].start, lines[0].end)
            if kind in TOML_KINDS:
                span = key_span(raw, kind, key) or _span_of_lines(raw, kind, key)
            elif lines[0].more:
                span = (lines[0].start, raw.index(lines[0].more[-1], lines[0].end) + len(lines[0].more[-1]))
    if span is None:
        return None
    first = max(raw.rfind("\n", 0, span[0]), raw.rfind("\r", 0, span[0])) + 1
    rest = LINE.match(raw, span[1])
    return first, rest.end() if rest else span[1]


def _json_pair_span(raw: str, key: str) -> tuple[int, int] | None:
    pairs = json_pairs(raw)
    n = next(n for n, pair in enumerate(pairs) if pair.key == key)
    if n + 1 < len(pairs):
        return pairs[n].at, pairs[n + 1].at
    return (pairs[n - 1].end if n else pairs[n].at), pairs[n].end


def _above_tables(raw: str, start: int, end: int) -> int:
    """Return the end of TOML's root table: above the first other table and the comments that introduce it."""
    rows = list(LINE.finditer(raw, start, end))
    brackets = [place for place, row in enumerate(rows) if row[1].lstrip(" \t").startswith("[")]
    for place in brackets[:MAX_TRIES]:
        # A line in the middle of a string or a list may begin with a bracket too.
        if read_toml(re.sub(EOL, "\n", raw[start : rows[place].start()])) is not None:
            while place and rows[place - 1][1].lstrip(" \t")[:1] in ("", "#"):
                place -= 1
            return rows[place].start()
    return end


def _with_new_words(raw: str, kind: Kind, key: str, value: object) -> Iterator[str]:
    span = key_span(raw, kind, key)
    if span is None and kind in TOML_KINDS:
        span = _span_of_lines(raw, kind, key)
    if span is None:
        reason = "its value (an alias, an anchor, one of several lines or one with a comment before it)"
        raise refusal(key, value, f"{reason} cannot be replaced alone; edit the {kind} block by hand")
    first, last = span
    old = raw[first:last]
    if "#" in old and _has_comment(raw, kind, span):
        raise refusal(key, value, f"comments in its old value would be lost; edit the {kind} block by hand")
    mark = raw[first - 1 : first]
    needs_blank = mark == ":" if kind == "yaml" else not old and mark in (":", "=")
    for words in spellings(key, value, kind, old):
        yield raw[:first] + " " * needs_blank + words + raw[last:]


def _span_of_lines(raw: str, kind: Kind, key: str) -> tuple[int, int] | None:
    """Return the offsets of a value in TOML that goes on over several lines."""
    found = next((one for one in key_lines(raw, kind) if one.key == key), None)
    if found is None:
        return None
    value = read(raw, kind).values[key]
    closers = re.compile(r"""[]}"']""").finditer(raw, found.start, inside(raw, kind)[1])
    for closer in itertools.islice(closers, MAX_TRIES):
        # The first two of three quotes are an empty string.
        if read_toml("x = " + re.sub(EOL, "\n", raw[found.start : closer.end()])) == {"x": value}:
            return found.start, closer.end()
    return None


def _has_comment(raw: str, kind: Kind, span: tuple[int, int]) -> bool:
    if kind == "yaml":
        start, end = inside(raw, kind)
        return yaml.has_comment(raw[start:end], (span[0] - start, span[1] - start))
    old = raw[span[0] : span[1]]
    return kind in TOML_KINDS and old[:1] in ("[", "{") and "#" in _TOML_STRING.sub("", old)
