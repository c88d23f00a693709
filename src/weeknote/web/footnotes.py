"""Footnotes of a page: links that point to a place in it which points back."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import unquote

import attrs

if TYPE_CHECKING:
    from weeknote.web.html_parser import Element

WRAPPERS = frozenset({"sup", "span", "small"})
"""Elements that may be around a reference and have the id that its note points back to."""

HOLDERS = frozenset({"li", "p", "div", "dd", "aside", "section", "footer", "td"})
"""Elements that can hold a whole note."""

MAX_AROUND = 4
"""Elements and pieces of text that are closely around a link: two brackets, each in an element or not."""

LABEL = re.compile(r"[\[(]?([\w*†‡-]+)[\])]?")


@attrs.define
class Footnotes:
    """Where a page's footnotes are; elements by their `id()`.

    Attributes:
        references: the links that point to a note, each with its label.
        definitions: the elements that hold a note, each with its label.
        holders: the elements that hold a note, by its label.
        back_links: the links in a note that lead back, and what is closely around them.
    """

    references: dict[int, str] = attrs.field(factory=dict)
    definitions: dict[int, str] = attrs.field(factory=dict)
    holders: dict[str, Element] = attrs.field(factory=dict)
    back_links: set[int] = attrs.field(factory=set)


def find_footnotes(root: Element) -> Footnotes:
    """Return the footnotes of a page: pairs of a link and a place later on that link to each other."""
    found = Footnotes()
    places: dict[str, Element] = {}
    links_in: dict[int, dict[str, set[int]]] = {}
    labels: set[str] = set()
    elements = list(root.descendants())
    for element in elements:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
            if name:
                places.setdefault(name, element)
    for link in elements:
        target = places.get(_fragment(link))
        if target is None or id(link) in found.back_links:
            continue
        holder = next((e for e in (target, *target.ancestors()) if e.tag in HOLDERS), None)
        if holder is None or holder in link.ancestors():
            continue
        if id(holder) not in links_in:
            links_in[id(holder)] = _links_in(holder)
        back = {place for own in _own_ids(link) for place in links_in[id(holder)].get(own, ())}
        if not back:
            continue
        label = found.definitions.get(id(holder)) or _label(link, labels)
        labels.add(label)
        found.references[id(link)] = label
        found.definitions[id(holder)] = label
        found.holders[label] = holder
        found.back_links |= back
    for link in elements:
        if id(link) in found.back_links:
            found.back_links.add(id(_with_brackets(link, found.definitions)))
    return found


def _with_brackets(link: Element, definitions: dict[int, str]) -> Element:
    """Return a link with the elements around it that hold nothing else than signs."""
    around = link
    while (
        (parent := around.parent) is not None
        and id(parent) not in definitions
        and len(parent.children) <= MAX_AROUND
        and not re.sub(r"[\W_]", "", parent.words.replace(link.words, "", 1))
    ):
        around = parent
    return around


def _fragment(link: Element) -> str:
    href = link.get("href")
    return unquote(href[1:]) if link.tag == "a" and href.startswith("#") else ""


def _own_ids(link: Element) -> set[str]:
    """Return the ids that lead back to a link: its own, and those of what is closely around it."""
    ids = {link.get("id"), link.get("name")}
    for around in link.ancestors():
        if around.tag not in WRAPPERS:
            break
        ids.add(around.get("id"))
    return ids - {""}


def _links_in(holder: Element) -> dict[str, set[int]]:
    """Return the links in an element to places on the page, by what they point to."""
    found: dict[str, set[int]] = {}
    for element in holder.descendants():
        if fragment := _fragment(element):
            found.setdefault(fragment, set()).add(id(element))
    return found


def _label(link: Element, taken: set[str]) -> str:
    """Return a label for a new note: what is shown for it, if no other has it, else its number."""
    shown = LABEL.fullmatch(link.words)
    if shown is not None and shown[1] not in taken:
        return shown[1]
    return next(label for label in map(str, count(len(taken) + 1)) if label not in taken)
