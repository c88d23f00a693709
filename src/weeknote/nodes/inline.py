"""The nodes inside a line, with mdast's names. The inside of a leaf is parsed on first use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, get_args

import attrs

from weeknote.nodes.base import STR, STR_OR_NONE, BlockNode, Node, new_node, of_kinds, set_field, set_slice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weeknote.source import Slice

URL_MARKS = ":/?#@!$&()*+,;="
URL_SAFE = re.compile(r"[\w.~:/?#@!$&()*+,;=%-]*", re.ASCII)


def as_inlines(given: Iterable[Inline] | str) -> tuple[Inline, ...]:
    """Return the inline nodes of a leaf; a string is text, and neighbouring texts are one node."""
    if isinstance(given, str):
        return (Text(given),) if given else ()
    found: list[Inline] = []
    for node in of_kinds(given, INLINES):
        if type(node) is Text:
            if found and isinstance(before := found[-1], Text):
                found[-1] = joined_text(before, node)
                continue
            if not node.value:
                continue
        found.append(node)
    return tuple(found)


def joined_text(before: Text, after: Text) -> Text:
    """Return the words of two nodes as one, which remembers both for their spelling."""
    found = Text(before.value + after.value)
    set_field(found, "joined", (*(before.joined or (before,)), *(after.joined or (after,))))
    return found


def encoded(url: str) -> str:
    """Return a URL with invalid characters percent-encoded; what is already encoded stays (RFC 3986).

    >>> encoded("https://example.org/tŷ newydd")
    'https://example.org/t%C5%B7%20newydd'
    """
    if URL_SAFE.fullmatch(url):
        return url
    from urllib.parse import quote

    return quote(url, safe=URL_MARKS + "%", errors="surrogatepass")


@attrs.frozen
class Text(Node):
    r"""Words. A line break inside a paragraph is `"\n"` in the value, whatever the file's line end.

    >>> Text("Show & tell").value
    'Show & tell'
    """

    value: str = attrs.field(validator=STR)
    joined: tuple[Text, ...] | None = attrs.field(init=False, default=None, eq=False, repr=False)


_set_value: Callable[[Text, str], None] = Text.__dict__["value"].__set__


def text_from_source(where: Slice, value: str) -> Text:
    """Return words read from a slice: `node_from_source` for the commonest node, in half the time."""
    node = new_node(Text)
    set_slice(node, where)
    _set_value(node, value)
    return node


@attrs.frozen
class Emphasis(Node):
    """Emphasis (CommonMark 6.2)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=as_inlines)


@attrs.frozen
class Strong(Node):
    """Strong emphasis (CommonMark 6.2)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=as_inlines)


@attrs.frozen
class Delete(Node):
    """Words struck through (GitHub Flavored Markdown 6.5)."""

    parts: ClassVar[tuple[str, ...]] = ("children",)

    children: tuple[Inline, ...] = attrs.field(converter=as_inlines)


@attrs.frozen
class InlineCode(Node):
    """Code inside a line (CommonMark 6.1)."""

    value: str = attrs.field(validator=STR)


@attrs.frozen
class Link(Node):
    """A link (CommonMark 6.3, 6.5); in plain text, a URL in the text.

    Attributes:
        url: its destination, percent-encoded as Markdown requires.
        title: its title, or None.
        children: the inline nodes that are shown.
    """

    parts: ClassVar[tuple[str, ...]] = ("children",)

    url: str = attrs.field(converter=encoded)
    title: str | None = attrs.field(default=None, validator=STR_OR_NONE)
    children: tuple[Inline, ...] = attrs.field(default=(), converter=as_inlines)

    @property
    def text(self) -> str:
        """The words that are shown, as plain text; for a link that is only a picture, the picture's description."""
        return accessible_name(self.children)


@attrs.frozen
class Image(Node):
    """A picture (CommonMark 6.4).

    Attributes:
        url: where the picture is.
        title: its title, or None.
        alt: its description as plain text, or `""`.
    """

    url: str = attrs.field(converter=encoded)
    title: str | None = attrs.field(default=None, validator=STR_OR_NONE)
    alt: str = attrs.field(default="", validator=STR)


@attrs.frozen
class Break(Node):
    """A hard line break (CommonMark 6.7)."""


@attrs.frozen
class FootnoteReference(Node):
    """The mark that points to a footnote, `[^label]`."""

    label: str = attrs.field(validator=STR)


@attrs.frozen
class Html(BlockNode):
    """Raw HTML, as a block or inside a line (CommonMark 4.6, 6.6); passed on as it is, never run."""

    value: str = attrs.field(validator=STR)

    @property
    def text(self) -> str:
        """Always empty: markup is not text."""
        return ""


Inline = Text | Emphasis | Strong | Delete | InlineCode | Link | Image | Break | FootnoteReference | Html

INLINES: tuple[type[Node], ...] = get_args(Inline)


def plain(children: Iterable[Inline], *, pictures: bool = False) -> str:
    r"""Return the words of inline nodes as plain text; a hard line break is `"\n"`, markup is nothing.

    A picture's description is not shown beside the picture, so it counts only where `pictures` asks for it.
    """
    children = tuple(children)
    if len(children) == 1 and type(children[0]) is Text:
        # Most leaves are only words.
        return children[0].value
    words = []
    has_pictures = False
    stack = list(children[::-1])
    while stack:
        node = stack.pop()
        match node:
            case Text() | InlineCode():
                words.append(node.value)
            case Image(alt=alt):
                has_pictures = True
                words.append(alt if pictures else "")
            case Break():
                words.append("\n")
            case Emphasis() | Strong() | Delete() | Link():
                stack.extend(reversed(node.children))
            case _:
                pass
    text = "".join(words)
    return text.strip(" \n") if has_pictures and not pictures else text


def accessible_name(children: Iterable[Inline]) -> str:
    """Return the words of a heading or link as plain text; where it has only pictures, what they show."""
    children = tuple(children)
    return plain(children) or plain(children, pictures=True)
