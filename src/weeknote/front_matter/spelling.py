"""How values and keys are spelled in the kinds of front matter."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from weeknote.errors import CannotExpressError
from weeknote.front_matter import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.front_matter.detection import Kind

EXPRESSIBLE = "a str, int, float, bool, None, date or datetime, or a list of these"

TOML_KINDS = ("toml", "toml-fence")
_SINGLE = (str, int, float, date, type(None))
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile(f"[{yaml.UNPRINTABLE}]")


def refusal(key: str, found: object, reason: str, expected: str = EXPRESSIBLE) -> CannotExpressError:
    """Return the error that says why a key cannot be set."""
    message = f"the front matter's {key!r} cannot be set: {reason}"
    return CannotExpressError(message, found=found, expected=expected)


def check(key: str, value: object) -> None:
    """Raise for what no kind of block can hold."""
    values = value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, _SINGLE):
            raise refusal(key, one, f"a value of type {type(one).__name__} cannot be written there; pass {EXPRESSIBLE}")
        # Python neither writes nor reads a decimal number of more than 4,300 digits.
        if isinstance(one, int) and one.bit_length() > 14_000:
            raise refusal(key, one, "the number has too many digits; pass it as a string")
    for words in [key, *values]:
        if isinstance(words, str) and _SURROGATE.search(words):
            raise refusal(key, words, "a lone surrogate cannot be encoded as UTF-8; remove the character", "text")


def as_kind(key: str, value: object, kind: Kind) -> object:
    """Return a value as it is read from a block of a kind: some have no dates, some have nothing but words."""
    if kind in ("pelican", "ini"):
        return _as_words(key, value)
    if kind != "json":
        return value
    if isinstance(value, list):
        return [as_kind(key, one, kind) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def line(kind: Kind, key: str, words: str) -> str:
    """Return the line, or the pair, of a key and its spelled value."""
    if kind == "yaml" and not (re.fullmatch(r"[\w.-]+", key) and yaml.is_plain(key)):
        key = quoted(key)
    if kind in TOML_KINDS and not re.fullmatch(r"[A-Za-z0-9_-]+", key):
        key = quoted(key)
    if kind == "json":
        key = quoted(key)
    return f"{key} = {words}" if kind in ("ini", *TOML_KINDS) else f"{key}: {words}"


def spellings(key: str, value: object, kind: Kind, old: str = "") -> Iterator[str]:
    """Yield the ways to write a value, the best first; reading them back shows which is right."""
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
        if old[:1] == "'" and kind != "json" and not _UNPRINTABLE.search(value):
            yield "'" + (value.replace("'", "''") if kind == "yaml" else value) + "'"
        if old[:1] not in ('"', "'") and kind == "yaml" and yaml.is_plain(value):
            yield value
        yield quoted(value)


def _in_list(key: str, value: object, kind: Kind) -> str:
    if not isinstance(value, str):
        return _single(key, value, kind)
    return value if kind == "yaml" and yaml.is_plain(value, in_list=True) else quoted(value)


def _single(key: str, value: object, kind: Kind) -> str:
    """Return a value that is neither a string nor a list as YAML, TOML and JSON write it."""
    if value is None:
        if kind in TOML_KINDS:
            raise refusal(key, value, "TOML has no null; remove the key instead", "any other value")
        return "null"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    # `1e+16` without a point is a string to readers of YAML 1.1.
    return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))


def quoted(words: str) -> str:
    """Return words in double quotes, which YAML, TOML and JSON read alike."""
    return _UNPRINTABLE.sub(lambda one: f"\\u{ord(one[0]):04X}", json.dumps(words, ensure_ascii=False))


def _as_words(key: str, value: object) -> str:
    """Return a value as a header that only knows words has it."""
    if not isinstance(value, list):
        return "" if value is None else str(value)
    items = [_as_words(key, one) for one in value]
    if any("," in one or one != one.strip() or not one for one in items):
        raise refusal(key, value, "commas separate the items there, so none can contain one; pass a string", "a str")
    return ", ".join(items)
