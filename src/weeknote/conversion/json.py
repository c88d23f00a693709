"""Nodes to JSON values and back: every node is an object with its class's name, and nothing is lost.

One converter serves all nodes, driven by the types of their fields. It doesn't recurse, so no nesting is too deep for
it. `weeknote.schema.json`, beside this module, is the schema of what it writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from weeknote.errors import InvalidDictError
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import STYLES, Week
from weeknote.nodes.base import Parent
from weeknote.nodes.block import BLOCKS, INLINES, ListItem, Node, TableCell, TableRow
from weeknote.nodes.document import Archive, Context, Post, Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section
from weeknote.source import Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    JsonObject = dict[str, Any]

    Where = tuple["Where", str] | None
    """The path from the root, its last step last; joined only when there is something to report."""

    Step = tuple[Any, "_Field", Where, Any, Any]
    """A value, the field it is for, its path, and what it is put into under which key."""

VERSION = 1
"""The version of the form, under the key `"weeknote"` of the root."""


# --- what the fields hold

_NODES = tuple(
    dict.fromkeys((Weeknote, Archive, Post, Section, FrontMatter, *BLOCKS, ListItem, TableRow, TableCell, *INLINES))
)
_TYPES: dict[str, type] = {cls.__name__: cls for cls in (*_NODES, Context, Week)}
# The choices of a field that its type does not list.
_CHOICES: dict[str, tuple[str | int | None, ...]] = {
    "align": ("left", "center", "right", None),
    "depth": (1, 2, 3, 4, 5, 6),
    "dialect": ("markdown", "text"),
    "newline": ("\n", "\r\n", "\r"),
    "style": STYLES,
}
_NAMES: dict[type, str] = {str: "a string", int: "an integer", bool: "true or false", NoneType: "null"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@attrs.frozen
class _Field:
    """What a field of a class holds: a value or a row of values of some kinds, or null."""

    name: str
    kinds: tuple[type, ...]
    many: bool = False
    optional: bool = False
    required: bool = True
    choices: tuple[str | int | None, ...] = ()


def _members(hint: object) -> Iterator[object]:
    """Yield the types that a type hint allows."""
    if get_origin(hint) in (Union, UnionType):
        for each in get_args(hint):
            yield from _members(each)
    else:
        yield hint


def _fields_of(cls: type) -> Iterator[_Field]:
    """Yield the fields of a class that JSON has, by their type hints."""
    # These names are imported for the type checker alone where the classes are.
    names = {"Callable": Callable, "Mapping": Mapping, "Parent": Parent, "Slice": Slice, "Week": Week, "date": date}
    hints = get_type_hints(cls, localns=names)
    for field in attrs.fields(cls):
        if not field.init or field.name == "vocabulary":
            continue
        allowed = [each for each in _members(hints[field.name]) if each is not NoneType]
        optional = len(allowed) < len(list(_members(hints[field.name])))
        many = get_origin(allowed[0]) is tuple
        held = [each for row in get_args(allowed[0]) for each in _members(row)] if many else allowed
        choices = [choice for each in held if get_origin(each) is Literal for choice in get_args(each)]
        kinds = [str if get_origin(each) is Literal else each for each in held if each is not ...]
        yield _Field(
            field.name,
            tuple(dict.fromkeys(kind for kind in kinds if isinstance(kind, type))),
            many=many,
            optional=optional,
            required=field.default is attrs.NOTHING,
            choices=tuple(choices) or _CHOICES.get(field.name, ()),
        )


_FIELDS: dict[type, tuple[_Field, ...]] = {cls: tuple(_fields_of(cls)) for cls in _TYPES.values()}
_WITH_FACTS = (Weeknote, Section, Post)


# --- nodes to dicts


def to_dict(node: Node) -> JsonObject:
    """Return a node as dicts, lists, strings, numbers, booleans and None, ready for `json.dumps`.

    `from_dict(to_dict(node)) == node`. Markers, line endings and the evidence for years survive too, though equality
    ignores them. Positions and the spelling of Markdown don't. Facts that follow from a note or section, such as
    its title, weeks and role, are under the key `"says"`.

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
    root: JsonObject = {"weeknote": VERSION}
    stack: list[tuple[Any, JsonObject]] = [(node, root)]
    while stack:
        each, into = stack.pop()
        if type(each) not in _FIELDS:
            raise TypeError(f"{_a(type(each).__name__)} is not a node; pass a note, or a part of one")
        into["type"] = type(each).__name__
        if isinstance(each, _WITH_FACTS):
            into["says"] = derived_values(each)
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


def _kinds_are_nodes(kinds: tuple[type, ...]) -> bool:
    return kinds[0] in _FIELDS


def derived_values(node: Weeknote | Section | Post) -> JsonObject:
    """Return what follows from the words of a note, a section or a post, in values that JSON has."""
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
    """Return the node that a dict describes, whether from `to_dict` or written by hand.

    Keys with a default in the class may be left out; `"says"` is ignored.

    Args:
        value: the dict, as `to_dict` or `json.loads` returns it.
        vocabulary: which section headings have which role; this is not part of the dict.

    Raises:
        InvalidDictError: the dict describes no node; `where` is the path to the problem.

    >>> from_dict({"weeknote": 1, "type": "Heading", "depth": 2, "children": [{"type": "Text", "value": "Next week"}]})
    Heading(depth=2, children=(Text(value='Next week'),))
    >>> from_dict({"weeknote": 1, "type": "List", "items": [{"type": "Break"}]})
    Traceback (most recent call last):
        ...
    weeknote.errors.InvalidDictError: in 'items[0]': a Break is not allowed here; expected one of: ListItem
    """
    root: list[Any] = [None]
    stack: list[Step] = [(value, _Field("", _NODES), None, root, 0)]
    plans: list[tuple[type, JsonObject, Where, Any, Any]] = []
    while stack:
        given, field, where, holder, key = stack.pop()
        if not _kinds_are_nodes(field.kinds):
            holder[key] = _plain(given, field, where)
            continue
        cls = _class_of(given, field.kinds, where)
        arguments: JsonObject = {"vocabulary": vocabulary} if cls is Section else {}
        plans.append((cls, arguments, where, holder, key))
        inside: list[Step] = []
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
    # Children come after their parents, and are built before them.
    for cls, arguments, where, holder, key in reversed(plans):
        try:
            holder[key] = cls(**{name: tuple(v) if type(v) is list else v for name, v in arguments.items()})
        except (ArithmeticError, TypeError, ValueError) as error:
            message = f"these values are not valid for {_a(cls.__name__)}: {error}"
            raise InvalidDictError(message, where=_path(where), found=arguments, expected=cls) from error
    node: Node = root[0]
    return node


def _class_of(given: object, kinds: tuple[type, ...], where: Where) -> type:
    """Return the class that an object names, after checking its keys and that it is allowed there."""
    if not isinstance(given, Mapping):
        raise _wrong(given, f"an object whose type is {_listed(kinds)}", where)
    version = given.get("weeknote")
    if "weeknote" not in given:
        if where is None:
            message = f"the key 'weeknote', the version, is missing; add it with the value {VERSION}"
            raise InvalidDictError(message, expected=VERSION)
    elif type(version) not in (int, float) or version != VERSION:
        message = f"version {_seen(version)} is unknown; write version {VERSION}, or update weeknote"
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
        message = f"{_a(tag)} is not allowed here; expected one of: {_listed(kinds)}"
        raise InvalidDictError(message, where=_path(where), found=tag, expected=kinds)
    keys = [field.name for field in _FIELDS[cls]]
    known = {"type", "weeknote", *keys, *(["says"] if cls in _WITH_FACTS else [])}
    if unknown := [key for key in given if key not in known]:
        message = f"{_a(tag)} has no key {', '.join(map(_seen, unknown))}; remove it; the keys are: {', '.join(keys)}"
        raise InvalidDictError(message, where=_path(where), found=unknown, expected=keys)
    if missing := [field.name for field in _FIELDS[cls] if field.required and field.name not in given]:
        message = f"{_a(tag)} needs the key {', '.join(map(_seen, missing))}; add it"
        raise InvalidDictError(message, where=_path(where), found=list(given), expected=missing)
    return cls


def _plain(given: object, field: _Field, where: Where) -> Any:
    """Return a value that is not a node, after checking that the field can hold it."""
    if field.kinds == (date,):
        try:
            return date.fromisoformat(given if isinstance(given, str) and _DATE.fullmatch(given) else "")
        except ValueError:
            raise _wrong(given, "a date such as '2024-05-06'", where) from None
    if type(given) is float and int in field.kinds and given.is_integer():
        given = int(given)  # JSON has one kind of number
    fits = isinstance(given, field.kinds) and (not isinstance(given, bool) or bool in field.kinds)
    if not fits or (field.choices and given not in field.choices):
        kinds = (*field.kinds, NoneType) if field.optional else field.kinds
        names = [_NAMES[kind] for kind in dict.fromkeys(kinds)]
        raise _wrong(given, " or ".join(map(_seen, field.choices) if field.choices else names), where)
    return given


# --- errors


def _wrong(found: object, expected: str, where: Where) -> InvalidDictError:
    message = f"expected {expected}, found {_seen(found)}"
    return InvalidDictError(message, where=_path(where), found=found, expected=expected)


def _path(where: Where) -> str:
    steps = []
    while where is not None:
        where, step = where
        steps.append(step)
    return "".join(reversed(steps)).removeprefix(".")


def _listed(kinds: Iterable[type]) -> str:
    return ", ".join(kind.__name__ for kind in kinds)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _seen(value: object) -> str:
    """Return a value in JSON's words, in a few of them however large it is."""
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
    return f"a {type(value).__name__}, which isn't JSON"
