"""YAML as front matter needs it: what looks like it, what it says and where, and which words need no quotes.

The only importer of `yaml`, which is loaded when the first text is read. Nothing here raises on content. Every
offset is one in the text that was given.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_NODES = 10_000
"""How many values are built from one text. A few aliases of aliases can stand for billions."""

DEEPEST = 50
"""How deep lists and mappings may stand in each other."""

_TOO_DEEP = "it is nested too deep"

Trouble = tuple[int, str]
"""What cannot be read: where it stands, and why."""

Span = tuple[int, int]

KEY = re.compile(r"""(?:([\w$@.-]++)|"([^"\\\r\n]*+)"|'([^'\r\n]*+)')[ \t]*+:(?!//)""")
"""A line's key, in one of three groups, up to its colon."""

_NAME = r"""(?:[\w$@.-]++|"[^"\\\r\n]*+"|'[^'\r\n]*+')[ \t]*+:(?!//)"""
PLAIN = re.compile(rf"{_NAME}[^\n]*+\n(?:(?:{_NAME}|[ \t#\[\]{{}}<=>]|-(?!--)|(?=\n))[^\n]*+\n)*+")
"""Lines at a glance like those of a mapping, as most are, up to a fence: a key first, and no words at the margin. For
texts without carriage returns."""

_SEVERAL_WORDS = re.compile(r"[^:\r\n]{1,60}:(?:[ \t]|$)")


def looks_like(lines: Sequence[str], telling_keys: Collection[str]) -> bool:
    """Return whether lines look like those of a mapping, broken or not, rather than like prose.

    Args:
        lines: the lines without their ends.
        telling_keys: keys, in lower case, that prose does not have; one of them makes up for a first key of
            several words.
    """
    keys = strange = comments = keys_in_comments = 0
    several_words_first = telling = after_blank = False
    for line in lines:
        words = line.strip(" \t")
        key = KEY.match(words)
        if not words:
            after_blank = True
            continue
        if words[0] == "#":
            comments += 1
            keys_in_comments += KEY.match(words.lstrip("# \t")) is not None
        elif key is not None and (line[0] not in " \t" or not keys):
            keys += 1
            telling = telling or key[key.lastindex or 0].casefold() in telling_keys
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
    return strange <= keys and (telling or not several_words_first)


def read(text: str, as_words: Collection[str] = ()) -> tuple[dict[str, object] | None, Trouble | None]:
    """Return the values of a mapping in their order, and the first thing that could not be read.

    Args:
        text: the lines of the mapping.
        as_words: the keys, in lower case, whose scalars are kept as they are spelled whatever they look like.

    Returns:
        The values, None if the text cannot be read at all; and the trouble, None if everything was read.
    """
    root, trouble = _compose(text)
    if trouble is not None:
        return None, trouble
    values: dict[str, object] = {}
    left = [MOST_NODES]
    # What is cheap comes first, so that a value that takes everything there is takes no title with it.
    pairs = list(enumerate(root.value if root else ()))
    order: dict[str, int] = {}
    for place, (name, node) in sorted(pairs, key=lambda pair: pair[1][1].id != "scalar"):
        at = name.start_mark.index
        if name.id != "scalar":
            trouble = trouble or (at, "a key is a list or a mapping")
            continue
        key = name.value
        if key in order:
            trouble = trouble or (at, f"the key {key!r} stands here a second time")
            if order[key] > place:
                continue
        try:
            value = _build(node, left, 0)
            is_words = key.casefold() in as_words and node.id == "scalar" and value is not None
            values[key] = node.value if is_words else value
        except _TooMuchError as error:
            trouble = trouble or (at, f"the value of {key!r} {error}")
        order[key] = place
    return {key: values[key] for key in sorted(values, key=order.__getitem__)}, trouble


def spans(text: str, key: str) -> list[Span | None] | None:
    """Return where the values of a top-level key stand, one for each time it is there.

    A value that cannot be changed alone is None in the list: one with an anchor, an alias, one that a comment
    parts from its key. None instead of a list stands for a text that is empty or cannot be read.
    """
    root, trouble = _compose(text)
    if trouble is not None or root is None:
        return None
    return [_span(text, name, node) for name, node in root.value if name.id == "scalar" and name.value == key]


def has_comment(text: str, span: Span) -> bool:
    """Return whether a comment stands inside a value, in a text that can be read."""
    import yaml

    at, last = span
    for token in yaml.scan(text):
        first = token.start_mark.index
        if not isinstance(token, yaml.ScalarToken) or not at <= first < last:
            continue
        if token.style in ("|", ">"):
            # What stands behind the mark of a block scalar is no part of its words.
            first += len(re.split(r"[\r\n]", text[first:], maxsplit=1)[0])
        if "#" in text[at:first]:
            return True
        at = token.end_mark.index
    return "#" in text[at:last]


_QUOTED = re.compile(r"""("[^"\\]*+"|'[^']*+')(?:[ \t]+#.*)?$""")
_COMMENT = re.compile(r"(?<![ \t])[ \t]++#|$")


def of_line(words: str, *, as_words: bool) -> tuple[object, int] | None:
    """Return the value that stands alone on a line and the length of its spelling; None if there is any doubt.

    Args:
        words: what stands behind the colon, without blanks around it.
        as_words: whether words without quotes are kept as they are spelled whatever they look like.
    """
    if words[:1] in ("[", "{", "}", "&", "*", "!", "|", ">", "%", "`", "#"):
        return None
    quoted = _QUOTED.match(words)
    if quoted is not None:
        return quoted[1][1:-1], quoted.end(1)
    if words[:1] in ('"', "'"):
        # `'It's wet'` has one meaning only; an escape or a quote that never ends has none.
        if len(words) > 1 and words[-1] == words[0] and "\\" not in words:
            return words[1:-1], len(words)
        return None
    comment = _COMMENT.search(words)
    words = words[: comment.start()] if comment else words
    return words or None if as_words else plain(words), len(words)


def is_plain(words: str, *, in_list: bool = False) -> bool:
    """Return whether words without quotes are read as these words, by readers of YAML 1.1 (`yes`, `0x1F`) too.

    Args:
        words: the words.
        in_list: whether they are to stand between the brackets of a list.
    """
    import yaml

    if words != words.strip():
        return False
    root, trouble = _compose(f"k: [{words}]" if in_list else f"k: {words}")
    if trouble is not None or root is None or len(root.value) != 1:
        return False
    node = root.value[0][1]
    if in_list:
        if node.id != "sequence" or len(node.value) != 1:
            return False
        node = node.value[0]
    if node.id != "scalar" or node.tag != "plain" or node.value != words:
        return False
    other_types = yaml.SafeLoader.yaml_implicit_resolvers.get(words[:1], [])
    # PyYAML does not know the octal numbers of YAML 1.2.
    is_other = words.startswith("0o") or any(pattern.match(words) for _, pattern in other_types)
    return not is_other and isinstance(plain(words), str)


_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """Tells a scalar without quotes or tag from the others, and leaves its meaning to `plain`."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is yaml.ScalarNode and implicit[0]:
                return "plain"
            return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]

        def compose_scalar_node(self, anchor: Any) -> Any:
            node: Any = super().compose_scalar_node(anchor)
            # Writers of JSON escape one emoji as two halves.
            node.value = _HALVES.sub(_joined, node.value)
            return node

        def fetch_flow_collection_start(self, token: Any) -> None:
            # Before each token PyYAML looks at all brackets that are open. The root and an empty collection, which
            # may stand deepest of all, are two more than `_build` counts.
            if self.flow_level >= DEEPEST + 2:
                raise yaml.scanner.ScannerError(None, None, _TOO_DEEP, self.get_mark())
            super().fetch_flow_collection_start(token)

    return Loader


def _compose(text: str) -> tuple[Any, Trouble | None]:
    """Return the node of the mapping, None if the text is empty, and what is wrong with it."""
    import yaml

    try:
        root = _loader()(text).get_single_node()
    except yaml.reader.ReaderError as error:
        reason = f"the character U+{ord(text[error.position]):04X} is not allowed in YAML"
        return None, (error.position, reason)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (mark.index if mark else 0, str(error.problem or error.context))
    except RecursionError:
        return None, (0, _TOO_DEEP)
    except (ValueError, ArithmeticError) as error:
        # PyYAML lets the errors of `chr` and `int` through, for escapes and versions out of their range.
        return None, (0, str(error))
    if root is None or (root.id == "scalar" and not root.value):
        return None, None
    if root.id != "mapping":
        return None, (root.start_mark.index, "these are not lines of `key: value`")
    return root, None


class _TooMuchError(Exception):
    """A value stands for more than is built, or has a key that is no word."""


def _build(node: Any, left: list[int], depth: int) -> object:
    left[0] -= node.id != "scalar" or depth > 0
    if left[0] < 0 or depth > DEEPEST:
        raise _TooMuchError("is too large or nested too deep")
    if node.id == "scalar":
        core = node.tag[len("tag:yaml.org,2002:") :] in ("int", "float", "bool", "null", "timestamp")
        return plain(node.value) if core or node.tag == "plain" else node.value
    if node.id == "sequence":
        return [_build(child, left, depth + 1) for child in node.value]
    if any(key.id != "scalar" for key, _ in node.value):
        raise _TooMuchError("has a key that is a list or a mapping")
    return {key.value: _build(child, left, depth + 1) for key, child in node.value}


_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]++$")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?$")
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?"
    r"[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?)?)?$",
    re.ASCII,
)


def plain(words: str) -> object:
    """Return what a scalar without quotes means: the words themselves where they mean nothing else."""
    from datetime import UTC, date, datetime, timedelta, timezone

    if words in _CONSTANTS:
        return _CONSTANTS[words]
    if words[0] not in "0123456789+-.":
        return words
    try:
        if _INTEGER.match(words):
            return int(words)
        if _FLOAT.match(words):
            return float(words)
        match = _TIMESTAMP.match(words)
        if match is None:
            return words
        year, month, day, hour, minute, second, fraction, zone, sign, hours, minutes = match.groups()
        if hour is None:
            return date(int(year), int(month), int(day))
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
        return datetime(
            *(int(year), int(month), int(day), int(hour), int(minute), int(second or 0)),
            microsecond=int((fraction or "0").ljust(6, "0")),
            tzinfo=None if zone is None else timezone(offset) if offset else UTC,
        )
    except ValueError:
        # No such day, or more digits than Python turns into a number.
        return words


def _span(text: str, key: Any, value: Any) -> Span | None:
    after_key = key.end_mark.index
    first, last = value.start_mark.index, _end(value)
    # An alias is the node it stands for, which is elsewhere; other values may lean on an anchor.
    if first < after_key or text[first : first + 1] == "&":
        return None
    if first < last and not re.search(r"[\r\n]", text[after_key:first]):
        return first, first + len(text[first:last].rstrip(" \t\r\n"))
    last = max(after_key, first + len(text[first:last].rstrip(" \t\r\n")))
    colon = re.compile(r"[ \t]*+:(?:[ \t]*+(?=[\r\n]|\Z))?").match(text, after_key)
    if colon is None or text[colon.end() : first].strip(" \t\r\n"):
        return None
    return colon.end(), max(colon.end(), last)


def _end(node: Any) -> int:
    """Return where a node's own last character ends: a block collection's mark is at whatever follows it."""
    while node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        below = last[1] if node.id == "mapping" else last
        if below.start_mark.index < node.start_mark.index:
            break
        node = below
    return int(node.end_mark.index)
