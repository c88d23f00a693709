"""YAML as front matter needs it: what it says and where, and which words need no quotes.

The only importer of `yaml`, which is loaded when the first text is read. Nothing here raises on content. Offsets
count from the start of the text that was given.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Collection

    from yaml import CSafeLoader, SafeLoader
    from yaml.error import Mark
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
    from yaml.tokens import Token

    YamlNode = ScalarNode | SequenceNode | MappingNode

MAX_NODES = 10_000
"""The maximum number of values built from one text. A few aliases of aliases can mean billions."""

MAX_NESTING = 50
"""The maximum nesting of lists and mappings."""

_TOO_DEEP = "it is nested too deeply"

Problem = tuple[int, str]
"""What cannot be read: its offset, and the reason."""

Span = tuple[int, int]


def read(text: str, as_words: Collection[str] = ()) -> tuple[dict[str, object] | None, Problem | None]:
    """Return the values of a mapping in their order, and the first thing that could not be read.

    Args:
        text: the lines of the mapping.
        as_words: the keys, in lower case, whose scalars keep their spelling whatever they look like.

    Returns:
        The values, None if the text cannot be read at all; and the problem, None if everything was read.
    """
    root = _compose_fast(text)
    if root is not None:
        values, problem = _values(root, as_words)
        if problem is None:
            return values, None
    root, problem = _compose(text)
    return (None, problem) if problem is not None else _values(root, as_words)


def _values(root: YamlNode | None, as_words: Collection[str]) -> tuple[dict[str, object], Problem | None]:
    """Return the values of a mapping's node, or of None, and the first thing that could not be read."""
    problem: Problem | None = None
    values: dict[str, object] = {}
    left = [MAX_NODES]
    # What is cheap comes first, so that a value that takes everything there is takes no title with it.
    pairs = list(enumerate(root.value if root else ()))
    order: dict[str, int] = {}
    for place, (name, node) in sorted(pairs, key=lambda pair: pair[1][1].id != "scalar"):
        at = name.start_mark.index
        if name.id != "scalar":
            problem = problem or (at, "a key is a list or a mapping")
            continue
        key = name.value
        if key in order:
            problem = problem or (at, f"the key {key!r} is given twice")
            if order[key] > place:
                continue
        try:
            value = _build(node, left, 0)
            is_words = key.casefold() in as_words and node.id == "scalar" and value is not None
            values[key] = node.value if is_words else value
        except _TooMuchError as error:
            problem = problem or (at, f"the value of {key!r} {error}")
        order[key] = place
    return {key: values[key] for key in sorted(values, key=order.__getitem__)}, problem


def spans(text: str, key: str) -> list[Span | None] | None:
    """Return where the values of a top-level key are, one for each time it is given.

    A value that cannot be changed alone is None in the list: one with an anchor, an alias, one that a comment
    separates from its key. Instead of a list, None is returned for a text that is empty or cannot be read.
    """
    root, problem = _compose(text)
    if problem is not None or root is None:
        return None
    return [_span(text, name, node) for name, node in root.value if name.id == "scalar" and name.value == key]


def pair_span(text: str, key: str) -> Span | None:
    """Return where the lines of a top-level key begin and end; None for one that does not have them to itself."""
    root, problem = _compose(text)
    if problem is not None or root is None or text.startswith("{", root.start_mark.index):
        return None
    pairs = [(name, node) for name, node in root.value if name.id == "scalar" and name.value == key]
    if len(pairs) != 1:
        return None
    name, node = pairs[0]
    # The node of an alias is elsewhere.
    last = max(name.end_mark.index, _end(node) if node.start_mark.index > name.start_mark.index else 0)
    last = name.end_mark.index + len(text[name.end_mark.index : last].rstrip(" \t\r\n"))
    return name.start_mark.index, last


def has_comment(text: str, span: Span) -> bool:
    """Return whether there is a comment inside a value, in a text that can be read."""
    import yaml

    at, last = span
    for token in yaml.scan(text, Loader=_loader()):
        first = token.start_mark.index
        if not isinstance(token, yaml.ScalarToken) or not at <= first < last:
            continue
        if token.style in ("|", ">"):
            # The rest of the line with the mark of a block scalar is no part of its words.
            first += len(re.split(r"[\r\n]", text[first:], maxsplit=1)[0])
        if "#" in text[at:first]:
            return True
        at = token.end_mark.index
    return "#" in text[at:last]


_QUOTED = re.compile(r"""("[^"\\]*+"|'[^']*+')(?:[ \t]+#.*)?$""")
_COMMENT = re.compile(r"(?<![ \t])[ \t]++#|$")


def of_line(words: str, *, as_words: bool) -> tuple[object, int] | None:
    """Return the value that is alone on a line, from its words after the colon, and the length of its spelling.

    None if there is any doubt. With `as_words`, words without quotes keep their spelling whatever they look like.
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


# What neither prints nor is a blank, and what some readers take for a line end.
UNPRINTABLE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
# Nothing that opens anything in some reader, that looks like a comment or a key, or that is a blank at the end.
_SAFE_WORDS = re.compile(
    rf"(?:[0-9A-Za-z]|[^\x00-\x7f{UNPRINTABLE}])(?:[^ #:{UNPRINTABLE}]|(?<! )#|:(?=[^ ])|[ ](?!\Z))*+\Z"
)
_FLOW_MARKS = re.compile(r"[,\[\]{}?]")
_LETTER_BOOLEANS = frozenset("yYnN")
# Some readers see a number in `E0`, in `1_1e3` and in `012:30`.
_LIKE_A_NUMBER = re.compile(
    r"(?:[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9_]+)?|0[box][0-9a-fA-F_]+|[0-9_]+(?::[0-9]+)+(?:\.[0-9_]*)?)\Z"
)


def is_plain(words: str, *, in_list: bool = False) -> bool:
    """Return whether readers of YAML 1.1 and 1.2 read words without quotes as these words, and not as `yes` or `0o7`.

    In a list, the words go between its brackets.
    """
    import yaml

    if not _SAFE_WORDS.match(words) or _LIKE_A_NUMBER.match(words):
        return False
    if words in _LETTER_BOOLEANS or (in_list and _FLOW_MARKS.search(words)):
        return False
    # PyYAML reads YAML 1.1, and does not know the octal numbers of 1.2.
    other_types = yaml.SafeLoader.yaml_implicit_resolvers.get(words[:1], [])
    is_other = words.startswith("0o") or any(pattern.match(words) for _, pattern in other_types)
    return not is_other and isinstance(plain(words), str)


_TABS = re.compile(r"\t[ \t]*")
_BLANK_REST = re.compile(r"[ \t]*(?=[\r\n\0#]|\Z)")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


_ALL_PLAIN = {None: [("plain", re.compile(""))]}
"""The tag of every scalar without quotes: what it means is left to `plain`, and not to YAML 1.1."""


@cache
def _fast_loader() -> type[CSafeLoader] | None:
    """Return the loader that uses libyaml; None where PyYAML was built without it."""
    import yaml

    if not yaml.__with_libyaml__:
        return None

    class FastLoader(yaml.CSafeLoader):
        yaml_implicit_resolvers = _ALL_PLAIN

    return FastLoader


def _compose_fast(text: str) -> YamlNode | None:
    """Return the node of the mapping, read by libyaml; None if it has an error or might be read differently.

    libyaml reads some texts with tabs, a byte order mark, or `?` in brackets that PyYAML's own scanner does not.
    """
    import yaml

    loader = _fast_loader()
    brackets = text.count("[") + text.count("{")
    if loader is None or "\t" in text or "\ufeff" in text or ("?" in text and brackets) or brackets > 2 * MAX_NESTING:
        return None
    try:
        root = cast("YamlNode | None", loader(text).get_single_node())
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return root if root is not None and root.id == "mapping" else None


@cache
def _loader() -> type[SafeLoader]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads tabs as white space, as YAML 1.2 does."""

        yaml_implicit_resolvers = _ALL_PLAIN

        def compose_scalar_node(self, anchor: dict[str, Node]) -> ScalarNode:
            node: ScalarNode = super().compose_scalar_node(anchor)
            # Writers of JSON escape one emoji as two halves.
            node.value = _HALVES.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), node.value)
            return node

        def fetch_flow_collection_start(self, token: type[Token]) -> None:
            # Before each token PyYAML looks at all brackets that are open. The root and an empty collection, which
            # may be the deepest of all, are two more than `_build` counts.
            if self.flow_level >= MAX_NESTING + 2:
                raise yaml.scanner.ScannerError(None, None, _TOO_DEEP, self.get_mark())
            super().fetch_flow_collection_start(token)

        def scan_to_next_token(self) -> None:
            super().scan_to_next_token()
            while self.peek() == "\t" and self._is_separation():
                self.forward()
                super().scan_to_next_token()

        def _is_separation(self) -> bool:
            """Return whether a tab separates tokens, rather than indenting a block (YAML 1.2, 6.1 and 6.2)."""
            before = self.buffer[self.pointer - self.column : self.pointer]
            return bool(self.flow_level or before.strip(" \t") or _BLANK_REST.match(self.buffer, self.pointer))

        def scan_plain_spaces(self, indent: int, start_mark: Mark) -> list[str] | None:
            line = self.line
            found: list[str] | None = super().scan_plain_spaces(indent, start_mark)
            tabs = _TABS.match(self.buffer, self.pointer)
            if tabs is None or self.line != line or found is None:
                return found
            blanks = tabs[0]
            self.forward(len(blanks))
            if self.peek() in "\r\n\x85\u2028\u2029":
                return super().scan_plain_spaces(indent, start_mark)
            return [*found, blanks]

    return Loader


def _compose(text: str) -> tuple[YamlNode | None, Problem | None]:
    """Return the node of the mapping, None if the text is empty, and what is wrong with it."""
    import yaml

    try:
        root = cast("YamlNode | None", _loader()(text).get_single_node())
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
    """A value is larger than what is built, or has a key that is not a scalar."""


def _build(node: YamlNode, left: list[int], depth: int) -> object:
    left[0] -= node.id != "scalar" or depth > 0
    if left[0] < 0 or depth > MAX_NESTING:
        raise _TooMuchError("is too large or nested too deeply")
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


def _span(text: str, key: YamlNode, value: YamlNode) -> Span | None:
    after_key = key.end_mark.index
    first, last = value.start_mark.index, _end(value)
    # An alias is composed as the node it refers to, which is elsewhere; other values may refer to an anchor.
    if first < after_key or text[first : first + 1] == "&":
        return None
    if first < last and not re.search(r"[\r\n]", text[after_key:first]):
        return first, first + len(text[first:last].rstrip(" \t\r\n"))
    last = max(after_key, first + len(text[first:last].rstrip(" \t\r\n")))
    colon = re.compile(r"[ \t]*+:(?:[ \t]*+(?=[\r\n]|\Z))?").match(text, after_key)
    if colon is None or text[colon.end() : first].strip(" \t\r\n"):
        return None
    return colon.end(), max(colon.end(), last)


def _end(node: YamlNode) -> int:
    """Return where a node's own last character ends: a block collection's mark is at whatever follows it."""
    while not isinstance(node.value, str) and not getattr(node, "flow_style", False) and node.value:
        last = node.value[-1]
        below = last[1] if node.id == "mapping" else last
        if below.start_mark.index < node.start_mark.index:
            break
        node = below
    return int(node.end_mark.index)
