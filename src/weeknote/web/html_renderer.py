"""The door to mistune: what HTML each kind of node is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mistune import HTMLRenderer, escape
from mistune.plugins.footnotes import render_footnotes
from mistune.plugins.formatting import render_strikethrough
from mistune.plugins.table import (
    render_table,
    render_table_body,
    render_table_cell,
    render_table_head,
    render_table_row,
)

from weeknote.web.addresses import is_safe

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NoteRenderer", "escape", "split_around"]

# Not a character of any tag, and the last one in what a method returns: closing tags have no attributes.
CONTENT = "\0"


class NoteRenderer(HTMLRenderer):
    """mistune's renderer with its plugins' methods.

    mistune decodes character references in attributes before it escapes them, and takes tags out of the description
    of a picture. It expects both as Markdown has them; a node's values are literal, so pass them through `escape`.
    """

    strikethrough = render_strikethrough
    table = render_table
    table_head = render_table_head
    table_body = render_table_body
    table_row = render_table_row
    footnotes = render_footnotes

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """Return a cell without the indent of mistune's, as cmark-gfm writes it."""
        return render_table_cell(self, text, align, head).lstrip(" ")

    def heading(self, text: str, level: int, **attrs: object) -> str:
        """Return a heading with any attributes; mistune's has only an id."""
        return f"<h{level}{self.render_attrs(attrs)}>{text}</h{level}>\n"

    def sanitize_url(self, url: str) -> str:
        """Return a URL that a browser doesn't run; mistune's rule also refuses `(https://example.org)`."""
        return url if is_safe(url, picture=True) else super().sanitize_url(url)


def split_around(render: Callable[[str], str]) -> tuple[str, str]:
    """Return what a renderer's method writes before and after the content.

    With the two parts, nodes can be written in one pass: text inside 10,000 quotations is not copied 10,000 times.

    >>> split_around(NoteRenderer().emphasis)
    ('<em>', '</em>')
    """
    before, _, after = render(CONTENT).rpartition(CONTENT)
    return before, after
