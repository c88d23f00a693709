"""JSON as front matter: where its object ends, and its top-level keys and values with their places.

Nothing here raises on content.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

_OPENING = re.compile(
    r'[ \t\r\n]*+\{[ \t\r\n]*+(?:"(?:[^"\\\r\n]|\\.)*+"[ \t\r\n]*+:|\}[ \t]*+(?:\r\n?|\n)[ \t\r\n]*+(?=\S))'
)
# A string that is never closed reaches to the end of the text, so that it is looked for once.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[{}]', re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]*+")


class Pair(NamedTuple):
    """A key of the object and its value, the offset `at` which the key begins, and where the value starts and ends."""

    key: str
    value: object
    at: int
    start: int
    end: int


class JsonProblem(NamedTuple):
    """Why a text cannot be read, and the offset where that shows."""

    offset: int
    reason: str


def end_of_object(text: str, start: int) -> int | None:
    """Return the offset just past the object that begins at an offset, be it valid or not.

    None if nothing there looks like an object with a key; an empty one only counts with text after it.
    """
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return None


def read(text: str) -> tuple[list[Pair], JsonProblem | None]:
    """Return the top-level pairs of an object in their order, and what stopped the reading, if anything did."""
    import json

    pairs: list[Pair] = []
    decode = json.JSONDecoder(parse_constant=_refuse).raw_decode
    at = _skip(text, 0)
    try:
        at = _expect(text, at, "{")
        while not text.startswith("}", at):
            if pairs:
                at = _expect(text, at, ",")
            first = at
            if not text.startswith('"', at):
                return pairs, JsonProblem(at, "a key in double quotes is expected")
            key, at = decode(text, at)
            at = _expect(text, _skip(text, at), ":")
            value, end = decode(text, at)
            if "\\u" in text[first:end]:
                json.dumps([key, value], ensure_ascii=False).encode()
            pairs.append(Pair(key, value, first, at, end))
            at = _skip(text, end)
        at = _skip(text, at + 1)
    except RecursionError:
        return pairs, JsonProblem(at, "it is nested too deeply")
    except json.JSONDecodeError as error:
        return pairs, JsonProblem(error.pos, error.msg)
    except UnicodeEncodeError:
        return pairs, JsonProblem(at, "a lone surrogate is not a character")
    except ValueError as error:
        # A constant that JSON does not have, or more digits than Python turns into a number.
        return pairs, JsonProblem(at, str(error))
    return pairs, JsonProblem(at, "there is more after the object") if at < len(text) else None


def _skip(text: str, at: int) -> int:
    m = _BLANKS.match(text, at)
    assert m is not None
    return m.end()


def _expect(text: str, at: int, mark: str) -> int:
    """Return where the text goes on after a mark and white space."""
    from json import JSONDecodeError

    if not text.startswith(mark, at):
        raise JSONDecodeError(f"{mark!r} is expected", text, at)
    return _skip(text, at + 1)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}")
