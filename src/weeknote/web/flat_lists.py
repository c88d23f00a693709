"""Lists as word processors write them, one level beside the other, made into lists inside lists.

Word writes an item as a paragraph that begins with its own marker; Google Docs begins a new list at each level.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.web.html_parser import Element, set_children

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD_ITEM = re.compile(r"msolist(?:paragraph|bullet|number)")
WORD_LEVEL = re.compile(r"mso-list\s*:\s*\S+\s+level([1-9])")
WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
MARGIN = re.compile(r"margin-left\s*:\s*([0-9]{1,4})(?:\.[0-9]*)?pt")
INDENT = 36
"""Points by which each level is indented in Word, unless somebody changed it."""

MARKER = re.compile(r"[\s\xa0]*([·•§▪o–-]|\(?[0-9A-Za-z]{1,4}[.)])[\s\xa0]*\xa0[\s\xa0]*")
NUMBER = re.compile(r"\(?(?:[0-9]{1,4}|[A-Za-z]{1,4})[.)]")
DIGITS = re.compile(r"[0-9]{1,4}")

GOOGLE_LEVEL = re.compile(r"(?:\A|\s)lst-kix_\w+-([0-9])(?=\s|\Z)")


class Item(NamedTuple):
    """An item of a flat list: how deep it is, from 0, the number it starts with, and what is in it."""

    level: int
    ordered: bool
    start: str
    children: Sequence[Element | str]


def nest_lists(root: Element) -> None:
    """Replace the flat lists on a page with nested lists."""
    holders = {id(e.parent): e.parent for e in root.descendants() if e.parent is not None and _is_part(e)}
    for holder in holders.values():
        found: list[Element | str] = []
        items: list[Item] = []
        for child in holder.children:
            here = _items_of(child) if isinstance(child, Element) and _is_part(child) else []
            if items and not here and not (isinstance(child, str) and not child.strip()):
                found += _nested(items)
                items = []
            items += here
            if not here:
                found.append(child)
        set_children(holder, [*found, *_nested(items)])


def _is_part(element: Element) -> bool:
    """Return whether an element looks like a part of a flat list."""
    if element.tag == "p":
        return any(map(WORD_ITEM.match, element.classes))
    return element.tag in ("ul", "ol") and GOOGLE_LEVEL.search(element.get("class")) is not None


def _items_of(element: Element) -> list[Item]:
    """Return the items that a part of a flat list holds; none if it is an ordinary paragraph."""
    level = GOOGLE_LEVEL.search(element.get("class"))
    if element.tag == "p" or level is None:
        item = _word_item(element)
        return [] if item is None else [item]
    rows = [e for e in element.elements if e.tag == "li"]
    return [Item(int(level[1]), element.tag == "ol", element.get("start"), row.children) for row in rows]


def _word_item(element: Element) -> Item | None:
    """Return a paragraph of Word as an item; None if it has no marker."""
    style = element.get("style")
    marked = next((e for e in element.descendants() if WORD_MARKER.search(e.get("style"))), None)
    if marked is not None:
        marker = marked.words.strip("\xa0 ")
        set_children(marked, ())
        children: Sequence[Element | str] = element.children
    else:
        found = MARKER.match(element.text)
        if found is None:
            return None
        marker, children = found[1], _without_start(element, found.end())
    level, margin = WORD_LEVEL.search(style), MARGIN.search(style)
    depth = int(level[1]) - 1 if level is not None else int(margin[1]) // INDENT - 1 if margin is not None else 0
    number = DIGITS.search(marker)
    return Item(max(depth, 0), NUMBER.match(marker) is not None, number[0] if number else "", children)


def _without_start(element: Element, characters: int) -> list[Element | str]:
    """Return what is in an element without its first characters of text."""
    copy: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            copy.append(child[characters:])
            characters = max(characters - len(child), 0)
            continue
        length = len(child.text) if characters else 0
        if characters:
            set_children(child, _without_start(child, characters))
        characters = max(characters - length, 0)
        copy.append(child)
    return copy


def _nested(items: Sequence[Item]) -> list[Element]:
    """Return flat items as lists."""
    tops: list[Element] = []
    open_lists: list[tuple[int, Element]] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == item.level and open_lists[-1][1].tag != tag:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < item.level:
            made = Element(tag, {"start": item.start} if item.ordered and item.start else {}, None)
            if open_lists:
                last = next(row for row in reversed(open_lists[-1][1].children) if isinstance(row, Element))
                set_children(last, [*last.children, made])
            else:
                tops.append(made)
            open_lists.append((item.level, made))
        row = Element("li", {}, None)
        set_children(row, item.children)
        here = open_lists[-1][1]
        row.parent = here
        here.children.append(row)
    return tops
