"""What front matter says, and where the value of each key is. Nothing here raises on content."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter import json_object, toml, yaml
from weeknote.front_matter.detection import EOL, KEY, LINE, Kind, inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TITLE_KEYS = ("title", "headline")
"""The keys that name a note, in any case; the first that has a value counts."""

DATE_KEYS = (
    *("date", "publishdate", "pubdate", "published", "publishedon", "publishedat", "datepublished", "publisheddate"),
    *("publicationdate", "pubdatetime", "posted", "postedon", "postdate", "created", "createdat", "datecreated"),
)
"""The keys that say when a note was published, without case, blanks, `-` and `_`; the first that has a value counts."""

WEEK_KEYS = {
    "weekcommencing": "w/c",
    "weekbeginning": "w/b",
    "weekstarting": "w/b",
    "weekstart": "w/b",
    "startofweek": "w/b",
    "weekending": "w/e",
    "weekof": "week of",
    "w/c": "w/c",
    "w/b": "w/b",
    "w/e": "w/e",
    "week": "date",
    "isoweek": "date",
    "weekdate": "date",
}
"""The keys that say which week a note is about, in any case and without blanks, `-` and `_`; and what each says."""

MAX_LENGTH = 100_000
"""The length in characters past which a block is not read, but for the simple lines of so much of it: PyYAML
needs seconds for more, and tomllib quadratic time for some of it."""

_TOO_LONG = f"it is longer than {MAX_LENGTH:,} characters"


@attrs.frozen
class Reading:
    """What a block of front matter says.

    Attributes:
        values: the top-level keys and their values, in order: strings, numbers, booleans, None, dates, lists
            and mappings. A key is always a string.
        problem: what could not be read, with its `(line, column)` in the block, or None. `values` then holds
            what could be read all the same.
    """

    values: Mapping[str, object]
    problem: WeeknoteError | None = attrs.field(default=None, eq=str)


def read(raw: str, kind: Kind) -> Reading:
    r"""Return what a block of front matter says. Never raises on content.

    YAML is read by the 1.2 core schema, where only `true` and `false` are booleans and `010` is ten, with
    dates and times besides. Tags are ignored, and merge keys are not applied. A title that looks like a number or
    a date keeps its spelling. Of a key that is given twice the last value counts. Of a block that is
    broken, the lines that are plain beyond doubt are read.

    Args:
        raw: the whole block with its fences, as `find` delimits it.
        kind: how it is written, as `find` says.

    >>> read("---\ntitle: 2024.10\ndraft: true\n---\n", "yaml").values
    {'title': '2024.10', 'draft': True}
    >>> reading = read("---\ntitle: Rain: a week\n---\n", "yaml")
    >>> reading.values, reading.problem.place
    ({'title': 'Rain: a week'}, (2, 12))
    """
    if kind == "yaml":
        return _read_yaml(raw)
    if kind == "json":
        return _read_json(raw)
    if kind in ("toml", "toml-fence"):
        return _read_toml(raw, kind)
    values: dict[str, object] = {}
    problem = _problem(raw, 0, _TOO_LONG) if len(raw) > MAX_LENGTH else None
    for line in key_lines(raw, kind):
        if line.key in values:
            problem = problem or _problem(raw, line.start, f"the key {line.key!r} is given twice")
        words = raw[line.start : line.end]
        if kind == "ini" and len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
            words = words[1:-1]
        values[line.key] = " ".join([words, *line.more]).strip(" \t")
    return Reading(values, problem)


def key_span(raw: str, kind: Kind, key: str) -> tuple[int, int] | None:
    r"""Return the offsets in a block of the value of a top-level key, or None where they are in doubt.

    Writing another value over that range changes that key and nothing else. Where the value is empty or
    begins on the next line, the range begins after the colon and the blanks that end its line: where
    `raw[start - 1]` is the colon, write a blank first. The result is None for a key that is missing or given twice,
    for an anchor or an alias, for a value that a comment separates from its key, and, except in YAML and JSON, for a
    value of several lines.

    >>> raw = "---\ntitle: 'Rain' # again\n---\n"
    >>> start, end = key_span(raw, "yaml", "title")
    >>> raw[start:end]
    "'Rain'"
    """
    start, end = inside(raw, kind)
    if kind == "json":
        pairs = [pair for pair in json_pairs(raw) if pair.key == key]
        return (pairs[0].start, pairs[0].end) if len(pairs) == 1 else None
    if kind == "yaml":
        spans = yaml.spans(raw[start:end], key) if len(raw) <= MAX_LENGTH else None
        if spans is not None:
            span = spans[0] if len(spans) == 1 else None
            return None if span is None else (start + span[0], start + span[1])
    lines = [line for line in key_lines(raw, kind) if line.key == key]
    if len(lines) != 1 or lines[0].more or len(raw) > MAX_LENGTH:
        return None
    line = lines[0]
    if kind in ("pelican", "ini"):
        return line.start, line.end
    value = _simple_yaml(raw, line) if kind == "yaml" else _simple_toml(raw, line)
    if value is None or (kind != "yaml" and _read_toml(raw, kind).values.get(key) != value[0]):
        return None
    return value[1]


def json_pairs(raw: str) -> list[json_object.Pair]:
    """Return the top-level keys and values of a block of JSON, with their offsets in the block."""
    start, end = inside(raw, "json")
    pairs, _ = json_object.read(raw[start:end]) if len(raw) <= MAX_LENGTH else ([], None)
    return [pair._replace(at=pair.at + start, start=pair.start + start, end=pair.end + start) for pair in pairs]


def key_of(values: Mapping[str, object], names: Sequence[str]) -> str | None:
    """Return the key of the first name, as `fold_key` returns it, that has a value: not empty and no boolean.

    >>> key_of({"published": True, "pubDate": "2024-05-06"}, DATE_KEYS)
    'pubDate'
    """
    found: dict[str, str] = {}
    for key, value in values.items():
        if value is not None and value != "" and not isinstance(value, bool):
            found.setdefault(fold_key(key), key)
    return next((found[name] for name in names if name in found), None)


def title_of(values: Mapping[str, object]) -> object:
    """Return the title, None if there is none."""
    key = key_of(values, TITLE_KEYS)
    return None if key is None else values[key]


def date_of(values: Mapping[str, object]) -> object:
    """Return the publication date as it was read, a date or a string; None if there is none.

    A key such as `week_ending` is no publication date: see `week_keys`. Material for MkDocs has the date of creation
    in a mapping under `date`.
    """
    key = key_of(values, DATE_KEYS)
    value = None if key is None else values[key]
    return value.get("created") if isinstance(value, dict) else value


_SEPARATORS = str.maketrans("", "", "-_ ")


def fold_key(key: str) -> str:
    """Return a key without what people write in different ways: case, hyphens, underscores and spaces.

    >>> fold_key("Week_Ending"), fold_key("weekEnding")
    ('weekending', 'weekending')
    """
    return _folded(key[:40])


@lru_cache(maxsize=1024)
def _folded(key: str) -> str:
    return key.translate(_SEPARATORS).casefold()


def week_keys(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the keys that may say which week the note is about, each with the style in which it does.

    >>> week_keys({"date": "2024-03-09", "week_ending": "2024-03-08"})
    [('week_ending', 'w/e')]
    """
    keys = keys_by_name(values)
    return [(keys[name], style) for name, style in WEEK_KEYS.items() if name in keys]


def keys_by_name(values: Mapping[str, object]) -> dict[str, str]:
    """Return the keys by their names, as `fold_key` returns them."""
    return {fold_key(key): key for key in values}


def _problem(raw: str, offset: int, message: str) -> WeeknoteError:
    before = raw[:offset]
    ends = [m.end() for m in re.finditer(EOL, before)]
    place = len(ends) + 1, offset - (ends[-1] if ends else 0) + 1
    return WeeknoteError(f"the front matter cannot be fully read: {message}", place=place)


@attrs.frozen
class _Line:
    """A line `key: value`: the value's range without blanks around it, and the lines that continue it."""

    key: str
    start: int
    end: int
    more: list[str]


def key_lines(raw: str, kind: Kind) -> Iterator[_Line]:
    """Yield the lines that seem to hold a top-level key, in TOML those above the first table."""
    start, end = inside(raw, kind)
    goes_on = (" ", "\t", "- ", "-\t") if kind == "yaml" else (" ", "\t")
    line = None
    for match in LINE.finditer(raw, start, end):
        if match.end() > start + MAX_LENGTH:
            return
        words = match[1]
        if not words.strip(" \t"):
            continue
        key = KEY[kind].match(words)
        if line is not None and words.startswith(goes_on) and (key is None or kind in ("yaml", "pelican")):
            line.more.append(words.strip(" \t"))
            continue
        if line is not None:
            yield line
        line = None
        if kind in ("toml", "toml-fence") and words.lstrip(" \t").startswith("["):
            return
        if key is not None:
            blank = len(words) - len(words[key.end() :].lstrip(" \t"))
            at = match.start()
            line = _Line(key[key.lastindex or 0], at + blank, at + max(blank, len(words.rstrip(" \t"))), [])
    if line is not None:
        yield line


_Simple = tuple[object, tuple[int, int]]
"""A value that is told from its line alone, and its range."""


def _simple_yaml(raw: str, line: _Line) -> _Simple | None:
    as_words = line.key.casefold() in TITLE_KEYS
    value = None if line.more else yaml.of_line(raw[line.start : line.end], as_words=as_words)
    return None if value is None else (value[0], (line.start, line.start + value[1]))


_TOML_VALUE = re.compile(r"""((?:"(?:[^"\\]|\\.)*+"|'[^']*+'|[^#"'])*+)(?:#.*)?""")


def _simple_toml(raw: str, line: _Line) -> _Simple | None:
    value = _TOML_VALUE.fullmatch(raw, line.start, line.end)
    words = value[1].rstrip(" \t") if value else ""
    values = None if line.more else read_toml(f"x = {words}")
    if values is None or list(values) != ["x"]:
        return None
    return values["x"], (line.start, line.start + len(words))


def read_toml(text: str) -> dict[str, Any] | None:
    """Return the values of a piece of TOML; None if it is broken or too slow to read."""
    try:
        return toml.read(text)
    except toml.TomlError:
        return None


def _read_yaml(raw: str) -> Reading:
    start, end = inside(raw, "yaml")
    values, found = yaml.read(raw[start:end], TITLE_KEYS) if len(raw) <= MAX_LENGTH else (None, (0, _TOO_LONG))
    if values is None:
        simple = [(line.key, _simple_yaml(raw, line)) for line in key_lines(raw, "yaml")]
        values = {key: value[0] for key, value in simple if value}
    return Reading(values, None if found is None else _problem(raw, start + found[0], found[1]))


def _read_json(raw: str) -> Reading:
    if len(raw) > MAX_LENGTH:
        return Reading({}, _problem(raw, 0, _TOO_LONG))
    start, end = inside(raw, "json")
    pairs, found = json_object.read(raw[start:end])
    problem = None if found is None else _problem(raw, start + found.offset, found.reason)
    values: dict[str, object] = {}
    for pair in pairs:
        if pair.key in values:
            problem = problem or _problem(raw, start + pair.at, f"the key {pair.key!r} is given twice")
        values[pair.key] = pair.value
    return Reading(values, problem)


def _read_toml(raw: str, kind: Kind) -> Reading:
    start, end = inside(raw, kind)
    at, reason = start, _TOO_LONG
    if len(raw) <= MAX_LENGTH:
        try:
            return Reading(toml.read(re.sub(EOL, "\n", raw[start:end])))
        except toml.TomlError as error:
            reason, line, column = error.args
            rows = [m.start() for m in LINE.finditer(raw, start, end)]
            at = rows[min(line, len(rows)) - 1] + column - 1
    simple = [(line.key, _simple_toml(raw, line)) for line in key_lines(raw, kind)]
    return Reading({key: value[0] for key, value in simple if value}, _problem(raw, at, reason))
