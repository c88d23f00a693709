"""Nodes to values that JSON has, and back: every node is an object with its class's name, nothing is lost.

One converter for all nodes, driven by their fields; it does not recurse, so no nesting is too deep for it. The schema
of what it writes is `weeknote.schema.json`, beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

import attrs

from weeknote.errors import InvalidDictError
from weeknote.front_matter.detection import Kind
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import STYLES, Week
from weeknote.nodes.block import BLOCKS, INLINES, ListItem, Node, TableCell, TableRow
from weeknote.nodes.document import Archive, Context, Post, Section, Weeknote
from weeknote.nodes.front_matter import FrontMatter

if TYPE_CHECKING:
    from collections.abc import Iterable

    Where = tuple["Where", str] | None
    """A way down from the root, its last step last; joined only when there is something to say about it."""

VERSION = 1
"""The version of the form, which stands under `"weeknote"` at the root."""


# --- what the fields hold

_NODES = tuple(
    dict.fromkeys((Weeknote, Archive, Post, Section, FrontMatter, *BLOCKS, ListItem, TableRow, TableCell, *INLINES))
)
_TYPES: dict[str, type[Any]] = {cls.__name__: cls for cls in (*_NODES, Context, Week)}
# The types as the classes spell them, without `| None` and `tuple[…]` around them.
_HELD: dict[str, tuple[type[Any], ...]] = {
    **{name: (cls,) for name, cls in _TYPES.items()},
    "Inline": INLINES,
    "Block": BLOCKS,
    "Weeknote | Post": (Weeknote, Post),
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "date": (date,),
    "detection.Kind": (str,),
    "str | None": (str, NoneType),
    "int, int, int | None": (int, NoneType),
}
_CHOICES: dict[str, tuple[Any, ...]] = {
    "align": ("left", "center", "right", None),
    "depth": (1, 2, 3, 4, 5, 6),
    "dialect": ("markdown", "text"),
    "kind": get_args(Kind),
    "newline": ("\n", "\r\n", "\r"),
    "style": STYLES,
}
_NAMES: dict[type[Any], str] = {str: "a string", int: "an integer", bool: "true or false", NoneType: "null"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@attrs.frozen
class _Field:
    """What one field of a class holds: a value or a row of values of some kinds, or null."""

    name: str
    kinds: tuple[type[Any], ...]
    many: bool
    optional: bool
    required: bool
    choices: tuple[Any, ...]


def _field(field: attrs.Attribute[Any]) -> _Field:
    spelt = str(field.type)
    one = spelt.removesuffix(" | None")
    held = one.removeprefix("tuple[").removesuffix("]").removesuffix(", ...")
    required = field.default is attrs.NOTHING
    return _Field(field.name, _HELD[held], held != one, one != spelt, required, _CHOICES.get(field.name, ()))


_FIELDS: dict[type[Any], tuple[_Field, ...]] = {
    cls: tuple(_field(f) for f in attrs.fields(cls) if f.init and f.name != "vocabulary") for cls in _TYPES.values()
}
_SAYING = (Weeknote, Section, Post)


# --- nodes to dicts


def to_dict(node: Node) -> dict[str, Any]:
    """Return a node and all in it as dicts, lists, strings, numbers, booleans and None, ready for `json.dumps`.

    `from_dict(to_dict(node)) == node`, and more than equality asks comes back too: markers, line ends, and what decides
    the years of weeks. Places do not, nor how Markdown was spelt. What a note or section says of itself (title, weeks,
    role …) stands under `"says"`.

    Args:
        node: any node: a note, an archive, a section, a paragraph …

    Raises:
        TypeError: `node` is not a node.

    >>> import weeknote
    >>> to_dict(weeknote.Paragraph("All good."))
    {'weeknote': 1, 'type': 'Paragraph', 'children': [{'type': 'Text', 'value': 'All good.'}]}
    >>> to_dict(weeknote.parse("# w/c 6 May 2019: a start"))["says"]["weeks"][0]["start"]
    '2019-05-06'
    """
    root: dict[str, Any] = {"weeknote": VERSION}
    stack: list[tuple[Any, dict[str, Any]]] = [(node, root)]
    while stack:
        each, into = stack.pop()
        if type(each) not in _FIELDS:
            raise TypeError(f"a {type(each).__name__} is not a node; give a note, or a part of one")
        into["type"] = type(each).__name__
        if isinstance(each, _SAYING):
            into["says"] = _says(each)
        for field in _FIELDS[type(each)]:
            held = getattr(each, field.name)
            if field.name == "context" and held == Context():
                continue
            row: list[Any] = []
            for value in held if isinstance(held, tuple) else (held,):
                if _kinds_are_nodes(field.kinds):
                    row.append(None if value is None else {})
                    stack += [] if value is None else [(value, row[-1])]
                else:
                    row.append(value.isoformat()[:10] if isinstance(value, date) else value)
            into[field.name] = row if isinstance(held, tuple) else row[0]
    return root


def _kinds_are_nodes(kinds: tuple[type[Any], ...]) -> bool:
    return kinds[0] in _FIELDS


def _says(node: Weeknote | Section | Post) -> dict[str, Any]:
    if isinstance(node, Section):
        return {"title": node.title, "role": str(node.role)}
    if isinstance(node, Post):
        return {"title": node.title}
    episode, published = node.episode, node.published
    return {
        "headline": node.headline,
        "title": node.title,
        "weeks": [
            {
                "start": None if week.start is None else week.start.isoformat(),
                "end": None if week.end is None else week.end.isoformat(),
                "stated": format_weeks([week]),
                "style": week.style,
                "evidence": week.evidence,
            }
            for week in node.weeks
        ],
        "numbers": list(node.numbers),
        "episode": None if episode is None else {"season": episode.season, "number": episode.number},
        "published": None if published is None else published.isoformat(),
    }


# --- dicts to nodes


def from_dict(value: Mapping[str, Any], *, vocabulary: Vocabulary = VOCABULARY) -> Node:
    """Return the node that `to_dict` made a dict of, or that somebody wrote by hand.

    Keys that have a default in the class may be left out; `"says"` is not looked at.

    Args:
        value: the dict, as `to_dict` or `json.loads` returns it.
        vocabulary: which section headings say which role; a dict does not hold that.

    Raises:
        InvalidDictError: it is not the dict of a node; the error's `where` says in which part of it.

    >>> from_dict({"weeknote": 1, "type": "Heading", "depth": 2, "children": [{"type": "Text", "value": "Next week"}]})
    Heading(depth=2, children=(Text(value='Next week'),))
    >>> from_dict({"weeknote": 1, "type": "List", "items": [{"type": "Break"}]})
    Traceback (most recent call last):
        ...
    weeknote.errors.InvalidDictError: in 'items[0]': a Break cannot stand here; give one of: ListItem
    """
    root: list[Any] = [None]
    stack: list[tuple[Any, _Field, Where, Any, Any]] = [
        (value, _Field("", _NODES, False, False, True, ()), None, root, 0)
    ]
    plans: list[tuple[type[Any], dict[str, Any], Where, Any, Any]] = []
    while stack:
        given, field, where, holder, key = stack.pop()
        if not _kinds_are_nodes(field.kinds):
            holder[key] = _plain(given, field, where)
            continue
        cls = _class_of(given, field.kinds, where)
        arguments: dict[str, Any] = {"vocabulary": vocabulary} if cls is Section else {}
        plans.append((cls, arguments, where, holder, key))
        inside: list[tuple[Any, _Field, Where, Any, Any]] = []
        for part in _FIELDS[cls]:
            if part.name not in given:
                continue
            held, at = given[part.name], (where, f".{part.name}")
            if held is None and part.optional:
                arguments[part.name] = None
            elif not part.many:
                inside.append((held, part, at, arguments, part.name))
            elif isinstance(held, list | tuple):
                row = arguments[part.name] = [None] * len(held)
                inside += [(each, part, (at, f"[{i}]"), row, i) for i, each in enumerate(held)]
            else:
                raise _wrong(held, "an array" + " or null" * part.optional, at)
        stack += reversed(inside)
    # What stands inside was found after what it stands in, and is built before it.
    for cls, arguments, where, holder, key in reversed(plans):
        try:
            holder[key] = cls(**{name: tuple(v) if type(v) is list else v for name, v in arguments.items()})
        except (ArithmeticError, TypeError, ValueError) as error:
            message = f"these values make no {cls.__name__}: {error}"
            raise InvalidDictError(message, where=_path(where), found=arguments, expected=cls) from error
    node: Node = root[0]
    return node


def _class_of(given: Any, kinds: tuple[type[Any], ...], where: Where) -> type[Any]:
    """Return the class an object names, when its keys are those of the class and it can stand where it does."""
    if not isinstance(given, Mapping):
        raise _wrong(given, f"an object whose type is {_listed(kinds)}", where)
    version = given.get("weeknote")
    if "weeknote" not in given:
        if where is None:
            message = f"the key 'weeknote' is missing, which says the version; add it with {VERSION}"
            raise InvalidDictError(message, expected=VERSION)
    elif type(version) not in (int, float) or version != VERSION:
        message = f"version {_seen(version)} is not known, only {VERSION}; write version {VERSION}, or update weeknote"
        raise InvalidDictError(message, where=_path(where), found=version, expected=VERSION)
    if "type" not in given:
        message = f"the key 'type' is missing; add it with one of: {_listed(kinds)}"
        raise InvalidDictError(message, where=_path(where), expected=kinds)
    tag = given["type"]
    cls = _TYPES.get(tag) if isinstance(tag, str) else None
    if cls is None:
        message = f"there is no type {_seen(tag)}; the types are: {_listed(_NODES)}"
        raise InvalidDictError(message, where=_path(where), found=tag, expected=tuple(_TYPES))
    if cls not in kinds:
        message = f"{_a(tag)} cannot stand here; give one of: {_listed(kinds)}"
        raise InvalidDictError(message, where=_path(where), found=tag, expected=kinds)
    keys = [field.name for field in _FIELDS[cls]]
    known = {"type", "weeknote", *keys, *(["says"] if cls in _SAYING else [])}
    if unknown := [key for key in given if key not in known]:
        message = (
            f"{_a(tag)} has no key {', '.join(map(_seen, unknown))}; take it away; the keys are: {', '.join(keys)}"
        )
        raise InvalidDictError(message, where=_path(where), found=unknown, expected=keys)
    if missing := [field.name for field in _FIELDS[cls] if field.required and field.name not in given]:
        message = f"{_a(tag)} needs the key {', '.join(map(_seen, missing))}; add it"
        raise InvalidDictError(message, where=_path(where), found=list(given), expected=missing)
    return cls


def _plain(given: Any, field: _Field, where: Where) -> Any:
    """Return a value that is no node, when it is one that the field can hold."""
    if field.kinds == (date,):
        try:
            return date.fromisoformat(given if _DATE.fullmatch(given) else "")
        except (TypeError, ValueError):
            raise _wrong(given, "a date such as '2024-05-06'", where) from None
    if type(given) is float and int in field.kinds and given.is_integer():
        given = int(given)  # JSON has one kind of number
    fits = isinstance(given, field.kinds) and (not isinstance(given, bool) or bool in field.kinds)
    if not fits or (field.choices and given not in field.choices):
        kinds = (*field.kinds, NoneType) if field.optional else field.kinds
        names = [_NAMES[kind] for kind in dict.fromkeys(kinds)]
        raise _wrong(given, " or ".join(map(_seen, field.choices) if field.choices else names), where)
    return given


# --- saying what is wrong


def _wrong(found: Any, expected: str, where: Where) -> InvalidDictError:
    message = f"expected {expected}, found {_seen(found)}; change it"
    return InvalidDictError(message, where=_path(where), found=found, expected=expected)


def _path(where: Where) -> str:
    steps = []
    while where is not None:
        where, step = where
        steps.append(step)
    return "".join(reversed(steps)).removeprefix(".")


def _listed(kinds: Iterable[type[Any]]) -> str:
    return ", ".join(kind.__name__ for kind in kinds)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _seen(value: Any) -> str:
    """Return a value as JSON names it, and in a few words however large it is."""
    match value:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case int() if abs(value) > 10**18:
            return "a very large number"
        case int() | float():
            return repr(value)
        case Mapping():
            return "an object"
        case list() | tuple():
            return f"an array of {len(value)}"
    return f"a {type(value).__name__}, which JSON does not have"
