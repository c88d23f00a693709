"""HTML to a tree of elements, as a browser reads it. The only module that knows selectolax."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from weeknote.errors import MissingExtraError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

MAX_CHARACTERS = 20_000_000
"""Characters in a page."""

MAX_TAGS = 50_000
"""Start tags in a page."""

MAX_OPEN = 5_000
"""Elements that are open at once: for some tags an HTML parser looks through all of them."""

MAX_REPEATED = 1_000_000
"""Elements an HTML parser would make by itself: it opens unclosed `<b>` and `<font>` again in each paragraph."""

MAX_ATTRIBUTES = 500
"""Attributes of one tag: an HTML parser compares each with those before it."""

MAX_DEPTH = 100
"""Levels of elements that are kept; what is deeper moves up to the last level, as in browsers, whose limit is 512."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
OPTIONAL_END = frozenset("p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp html head body".split())
REOPENED = frozenset("a b big code em font i nobr s small strike strong tt u".split())
RAW_TEXT = frozenset("script style textarea title xmp iframe noembed noframes".split())

UNREAD = frozenset("script style template noscript button".split())
"""Elements whose text is not read as part of the text around them."""

TAG = re.compile(
    r"<!--(?s:.*?)(?:--!?>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)*+)(?:>|\Z)"
)
ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
SPACES = re.compile(r"[ \t\n\r\f]+")
"""White space as browsers show it: one space."""


class Element:
    """An element and what is in it.

    Attributes:
        tag: its name in lower case.
        attributes: its attributes by name; one without a value has `""`.
        children: elements and text, in the order of the page.
        parent: the element it is in; None for the root.
        before: the element right before it, with nothing but white space between; None if there is none.
        after: the element right after it, likewise.
    """

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []
        self.parent = parent
        self.before: Element | None = None
        self.after: Element | None = None

    def get(self, name: str) -> str:
        """Return an attribute's value, `""` if it has none."""
        return self.attributes.get(name, "")

    @cached_property
    def classes(self) -> frozenset[str]:
        """Its classes in lower case."""
        return frozenset(self.get("class").casefold().split())

    @property
    def elements(self) -> list[Element]:
        """The elements right inside it."""
        return [child for child in self.children if isinstance(child, Element)]

    def descendants(self) -> Iterator[Element]:
        """Yield the elements in it, in the order of the page."""
        stack = self.elements[::-1]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(element.elements[::-1])

    def ancestors(self) -> Iterator[Element]:
        """Yield the elements it is in, the closest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def strings(self, unread: Container[str] = ()) -> Iterator[str]:
        """Yield the pieces of text in it, but those in elements inside it with some tags."""
        stack = self.children[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
            elif node.tag not in unread:
                stack.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """All text in it, as it is in the page."""
        return "".join(self.strings())

    @property
    def words(self) -> str:
        """The text that a reader sees in it on one line, without that of buttons."""
        return SPACES.sub(" ", "".join(self.strings(UNREAD))).strip()


def parse_html(html: str) -> Element:
    """Return a page's root element.

    Raises:
        TooLargeError: the page is too large, or made to keep a parser busy.
        MissingExtraError: selectolax is not installed.
    """
    check_size(html)
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtraError("reading HTML needs selectolax", extra="html") from error
    # A lone surrogate has no UTF-8; a browser shows U+FFFD for it.
    document = LexborHTMLParser(html.encode("utf-8", "replace"))
    return _copy(document.root)


def check_size(html: str) -> None:
    """Refuse a page that an HTML parser could not read in linear time.

    Raises:
        TooLargeError: the page is beyond one of the limits of this module.
    """
    if len(html) > MAX_CHARACTERS:
        raise _too_large("more characters", len(html), MAX_CHARACTERS)
    tags = opened = reopened = repeated = 0
    at = 0
    while (found := TAG.search(html, at)) is not None:
        at = found.end()
        if found["name"] is None:
            continue
        name = found["name"].casefold()
        if found["end"]:
            opened -= name not in OPTIONAL_END and opened > 0
            reopened -= name in REOPENED and reopened > 0
            continue
        tags += 1
        opened += name not in VOID and name not in OPTIONAL_END
        reopened += name in REOPENED
        repeated += reopened
        _check_counts(tags, opened, repeated, found["attributes"])
        if name in RAW_TEXT and (end := re.compile(f"</{name}", re.IGNORECASE).search(html, at)) is not None:
            at = end.start()


def _check_counts(tags: int, opened: int, repeated: int, attributes: str) -> None:
    if tags > MAX_TAGS:
        raise _too_large("more tags", tags, MAX_TAGS)
    if opened > MAX_OPEN:
        raise _too_large("more elements inside each other", opened, MAX_OPEN)
    if repeated > MAX_REPEATED:
        raise _too_large("unclosed tags that repeat more often", repeated, MAX_REPEATED)
    if len(attributes) > 2 * MAX_ATTRIBUTES and len(ATTRIBUTE.findall(attributes)) > MAX_ATTRIBUTES:
        raise _too_large("more attributes on one tag", None, MAX_ATTRIBUTES)


def _too_large(what: str, found: int | None, expected: int) -> TooLargeError:
    message = f"the page has {what} than this library reads ({expected:,}); cut out the part that holds the note"
    return TooLargeError(message, found=found, expected=expected)


def _copy(root: Any) -> Element:
    """Return a parsed document as elements, no deeper than `MAX_DEPTH`."""
    top = Element("html", dict(root.attributes), None)
    stack: list[tuple[Any, Element, int]] = [(root.first_child, top, 1)]
    while stack:
        node, parent, depth = stack.pop()
        if node is None:
            continue
        stack.append((node.next, parent, depth))
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            element = Element(node.tag or "", attributes, parent)
            _join(parent, element)
            below = element if depth < MAX_DEPTH else parent
            stack.append((node.first_child, below, depth + (below is element)))
    return top


def set_children(parent: Element, children: Sequence[Element | str]) -> None:
    """Replace what is in an element."""
    parent.children = []
    for child in children:
        if isinstance(child, str):
            parent.children.append(child)
        else:
            child.parent, child.before, child.after = parent, None, None
            _join(parent, child)


def _join(parent: Element, element: Element) -> None:
    """Add an element to its parent, after the last."""
    last = parent.children[-1] if parent.children else None
    if isinstance(last, str) and len(parent.children) > 1 and not last.strip():
        last = parent.children[-2]
    if isinstance(last, Element):
        element.before, last.after = last, element
    parent.children.append(element)
