"""Elements that Markdown keeps as HTML, written with nothing in them that a browser would run."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from weeknote.web.addresses import absolute, is_safe
from weeknote.web.html_parser import SPACES

if TYPE_CHECKING:
    from weeknote.web.html_parser import Element

KEPT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("b br code del em figcaption figure i ins kbd mark p small strong sub sup".split(), ()),
    "a": ("href", "title"),
    "abbr": ("title",),
    "audio": ("src", "title"),
    "blockquote": ("class", "cite"),
    "embed": ("src", "title"),
    "iframe": ("src", "title", "width", "height"),
    "img": ("src", "alt", "title", "width", "height"),
    "source": ("src", "type"),
    "track": ("src", "kind", "label", "srclang"),
    "video": ("src", "title", "poster", "width", "height"),
}
"""The elements that are written, and which of their attributes; of others only what is in them."""

ADDRESSES = frozenset({"href", "src", "poster", "cite"})
VOID = frozenset({"br", "embed", "img", "source", "track"})
UNSEEN = frozenset({"script", "style", "template", "noscript"})

MAX_URL = 4_000
"""Characters in an address; a longer one holds what it should point to."""

SERVICE = re.compile(r"(?:\A|-)(?:tweet|embed|embed-pin|media)\Z")
EMBED_ATTRIBUTE = re.compile(r"data-(?:[a-z]+-)?embed\Z|data-instgrm-permalink\Z")


def is_embed_code(element: Element) -> bool:
    """Return whether an element is what a service gives out for a post of its own, which a script replaces.

    >>> from weeknote.web.html_parser import Element
    >>> is_embed_code(Element("blockquote", {"class": "twitter-tweet"}, None))
    True
    """
    if element.tag == "blockquote" and any(SERVICE.search(name) for name in element.classes):
        return True
    return element.tag in ("a", "blockquote") and any(map(EMBED_ATTRIBUTE.match, element.attributes))


def raw_html(element: Element, base: str | None) -> str:
    """Return an element as HTML on one line, with its addresses absolute."""
    found: list[str] = []
    stack: list[Element | str | None] = [element]
    closing: list[str] = []
    while stack:
        node = stack.pop()
        if node is None:
            found.append(closing.pop())
        elif isinstance(node, str):
            found.append(html.escape(SPACES.sub(" ", node), quote=False))
        elif node.tag not in UNSEEN:
            if node.tag in KEPT:
                found.append(_opening(node, base))
            closing.append(f"</{node.tag}>" if node.tag in KEPT and node.tag not in VOID else "")
            stack += [None, *reversed(node.children)]
    return "".join(found).strip()


def _opening(element: Element, base: str | None) -> str:
    """Return an element's opening tag."""
    written = [element.tag]
    for name in KEPT[element.tag]:
        value = " ".join(element.get(name).split())
        if name in ADDRESSES:
            value = absolute(value, base)
            if not is_safe(value) or len(value) > MAX_URL:
                continue
        if value:
            written.append(f'{name}="{html.escape(value)}"')
    written += [
        f'{name}="{html.escape(value)}"' for name, value in element.attributes.items() if EMBED_ATTRIBUTE.match(name)
    ]
    if element.tag in ("audio", "video"):
        written.append("controls")
    return f"<{' '.join(written)}>"


def tags_and_words(code: str) -> list[str]:
    """Return HTML that was written here as a list of its tags and the words between them.

    >>> tags_and_words('<p>Tea &amp; <b>cake</b></p>')
    ['<p>', 'Tea & ', '<b>', 'cake', '</b>', '</p>']
    """
    pieces = [piece for piece in re.split("(<[^>]*>)", code) if piece]
    return [piece if piece.startswith("<") else html.unescape(piece) for piece in pieces]
