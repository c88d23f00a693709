"""What each element inside a line becomes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from weeknote.nodes.block import Break, FootnoteReference, Image, InlineCode
from weeknote.web.addresses import absolute, is_safe, without_redirect
from weeknote.web.boilerplate import is_permalink
from weeknote.web.html_parser import SPACES
from weeknote.web.inlines import Mark, with_mark
from weeknote.web.raw_html import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.web.blocks import BlockReader
    from weeknote.web.html_parser import Element
    from weeknote.web.inlines import Path

MARKS = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("del", "s", "strike"), "delete"),
}

STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "strong"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), "emphasis"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), "delete"),
)
"""Styles that word processors use instead of tags."""

NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)

RAW = frozenset("sup sub ins mark kbd abbr u small ruby rt rp bdo".split())
"""Inline elements that Markdown writes as HTML."""

MAX_ICON = 64
"""Pixels across a drawing that only decorates."""

NOT_IN_CARDS = frozenset("h1 h2 h3 h4 h5 h6 ul ol pre table blockquote iframe video audio figure".split())

EMOJI = frozenset("emoji wp-smiley smiley".split())
LATE = ("data-src", "data-lazy-src", "data-original")
"""Attributes for the address of a picture that a script loads when it comes into view."""


def read_inline(reader: BlockReader, element: Element, path: Path) -> None:
    """Read an element inside a line that no other function is for."""
    style = element.get("style")
    kind = MARKS.get(element.tag)
    if kind is not None and not (kind == "strong" and NOT_BOLD.search(style)):
        path = with_mark(path, Mark(kind, key=id(element)))
    elif element.tag in RAW:
        path = (*path, Mark("raw", _opening(element), key=id(element)))
    if style:
        for pattern, kind in STYLES:
            path = with_mark(path, Mark(kind, key=id(element))) if pattern.search(style) else path
    reader.inside(element, path)


PICTURE_FILE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
MIN_NAME = 6
"""How long a step of an address is at least that names one picture, and not a kind of page."""


def _quoted(reader: BlockReader, element: Element, path: Path) -> None:
    reader.run.add_words("“", path)
    reader.inside(element, path)
    reader.run.add_words("”", path)


def _link(reader: BlockReader, element: Element, path: Path) -> None:
    if (label := reader.footnotes.references.get(id(element))) is not None:
        reader.referred.append(label)
        reader.run.add(FootnoteReference(label), tuple(m for m in path if m.kind != "raw"))
        return
    href = element.get("href")
    heading = next((e for e in element.ancestors() if re.fullmatch("h[1-6]", e.tag)), None)
    if heading is not None and is_permalink(element):
        return
    if heading is not None and href[1:] and href == f"#{heading.get('id')}":
        # What is all of a heading is its words, and else a sign for the link.
        if element.words == heading.words:
            reader.inside(element, path)
        return
    if "href" not in element.attributes or any(mark.kind == "link" for mark in path):
        reader.inside(element, path)
        return
    url = without_redirect(absolute(href, reader.base))
    if not is_safe(url):
        reader.lose(f"the address of the link {element.words[:60]!r} is left out: following it would run a script")
        reader.inside(element, path)
        return
    pictures = [e.get("src") for e in element.descendants() if e.tag == "img"]
    if pictures and not element.words and all(leads_to_picture(url, src) for src in pictures):
        reader.lose("a picture's link to its own file is left out")
        reader.inside(element, path)
        return
    title = element.get("title") if element.get("title") not in (href, url) else ""
    mark = Mark("link", url, title or None, id(element))
    if _is_card(element):
        reader.flush()
        for node in reader.line(element, Break()):
            reader.run.add(node, (*path, mark))
        reader.flush()
    else:
        reader.inside(element, (*path, mark))


def _is_card(link: Element) -> bool:
    """Return whether a link is around several lines that show what it leads to, and not around parts of the note."""
    tags = {e.tag for e in link.descendants()}
    return "div" in tags and bool(link.words) and not tags & NOT_IN_CARDS


def leads_to_picture(url: str, src: str) -> bool:
    """Return whether a link leads to a picture, or to a page about it that has its name: a site's way to enlarge it.

    >>> leads_to_picture("https://example.org/2024/05/bee-hives/", "/uploads/bee-hives-300x200.jpg")
    True
    >>> leads_to_picture("https://example.org/honey", "/uploads/bee-hives-300x200.jpg")
    False
    """
    path = url.partition("#")[0].partition("?")[0]
    if PICTURE_FILE.search(path):
        return True
    name = src.partition("?")[0].rpartition("/")[2]
    return any(len(step) >= MIN_NAME and step in name for step in path.split("/")[3:])


def _picture(reader: BlockReader, element: Element, path: Path) -> None:
    alt = " ".join(element.get("alt").split())
    if element.get("width") == element.get("height") == "1" or (not alt and _only_decorates(element)):
        return
    if element.classes & EMOJI and alt:
        reader.run.add_words(alt, path)
        return
    url = element.get("src")
    if not url or url.startswith("data:"):
        url = next((late for name in LATE if (late := element.get(name))), url)
    if not url and element.get("srcset").strip():
        url = element.get("srcset").split()[0].rstrip(",")
    url = absolute(url, reader.base)
    if len(url) > MAX_URL or not is_safe(url):
        reader.lose("a picture without an address is left out" + (", its description is kept" if alt else ""))
        reader.run.add_words(alt, path)
    elif url:
        reader.run.add(Image(url, element.get("title") or None, alt), path)


def _only_decorates(picture: Element) -> bool:
    """Return whether a picture without a description says that it adds nothing (HTML 4.8.4.4.2 and WAI-ARIA 5.4)."""
    if picture.get("role") in ("presentation", "none"):
        return True
    return "alt" in picture.attributes and any(e.tag == "a" and bool(e.words) for e in picture.ancestors())


def _break(reader: BlockReader, element: Element, path: Path) -> None:  # noqa: ARG001 # every reader has an element
    reader.run.add(Break(), path)


def _code(reader: BlockReader, element: Element, path: Path) -> None:
    if any(e.tag == "pre" for e in element.descendants()):
        reader.inside(element, path)
    elif words := SPACES.sub(" ", element.text).strip(" "):
        reader.run.add(InlineCode(words), path)


def _checkbox(reader: BlockReader, element: Element, path: Path) -> None:
    if element.get("type") == "checkbox":
        reader.run.add_words("[x] " if "checked" in element.attributes else "[ ] ", path)


def _drawing(reader: BlockReader, element: Element, path: Path) -> None:
    """Read what shows something that is not words."""
    if element.get("role") == "presentation":
        return
    words = element.get("aria-label") or element.words
    if not words and _is_small(element):
        return
    reader.lose(f"<{element.tag}> is left out" + (", its words are kept" if words else ""))
    reader.run.add_words(words, path)


def _is_small(element: Element) -> bool:
    """Return whether a drawing is an icon, as most without words are."""
    size = re.match(r"\s*([0-9]{1,6})", element.get("width"))
    return size is None or int(size[1]) <= MAX_ICON


def _nothing(reader: BlockReader, element: Element, path: Path) -> None:
    """Leave out what asks the reader of a page for something."""


def _button(reader: BlockReader, element: Element, path: Path) -> None:
    """Leave out a button, unless it is all of a heading that opens what is below it."""
    heading = next((e for e in element.ancestors() if re.fullmatch("h[1-6]", e.tag)), None)
    if heading is not None and not heading.words:
        reader.inside(element, path)


INLINE_READERS: dict[str, Callable[[BlockReader, Element, Path], None]] = {
    **dict.fromkeys(("code", "tt", "samp"), _code),
    **dict.fromkeys(("svg", "math", "canvas", "object", "applet"), _drawing),
    "button": _button,
    **dict.fromkeys(("select", "textarea", "map"), _nothing),
    "input": _checkbox,
    "a": _link,
    "img": _picture,
    "br": _break,
    "q": _quoted,
}


def _opening(element: Element) -> str:
    """Return the opening tag of raw HTML; of its attributes only a title says anything."""
    title = element.get("title")
    return f'<{element.tag} title="{html.escape(" ".join(title.split()))}">' if title else f"<{element.tag}>"
