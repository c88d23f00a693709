"""Parse the text of one line or paragraph into inline nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.codec.dump import collect_definitions, reader_for
from weeknote.codec.verify import ExpectedDocument
from weeknote.errors import TextTypeError
from weeknote.markdown.leaves import Markdown
from weeknote.source import Source

if TYPE_CHECKING:
    from weeknote.nodes.document import Archive, Post, Weeknote
    from weeknote.nodes.inline import Inline


def parse_inline(text: str, note: Weeknote | Archive | Post | None = None) -> tuple[Inline, ...]:
    r"""Parse the text inside a paragraph or heading: links, emphasis, code and so on. Nothing in it begins a block.

    Args:
        text: the text, as `str`.
        note: the note that the nodes are for. They are read in its dialect, and its link definitions and footnotes
            count. Without a note, the text is Markdown.

    Raises:
        TextTypeError: `text` is not a `str`.

    >>> import weeknote
    >>> note = weeknote.parse("## Wins\n\n- We [won][m].\n\n[m]: /map\n")
    >>> print(weeknote.dump(weeknote.append(note, "Wins", weeknote.ListItem([weeknote.Paragraph(
    ...     parse_inline("See the [map][m]", note))]))), end="")
    ## Wins
    <BLANKLINE>
    - We [won][m].
    - See the [map][m]
    <BLANKLINE>
    [m]: /map
    """
    if not isinstance(text, str):
        raise TextTypeError(
            f"inline nodes are parsed from str, not {type(text).__name__}; decode bytes first",
            found=type(text),
            expected=str,
        )
    if note is None:
        return Markdown().inlines(Source(text, Markdown()))
    expected = ExpectedDocument(note)
    reader = reader_for(expected)
    source = Source(text, reader)
    if note.dialect == "markdown":
        source.definitions, source.footnotes = collect_definitions(expected.blocks)
    return reader.inlines(source)
