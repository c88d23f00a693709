"""A note as HTML: sections with their roles, microformats, and a whole page where one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from weeknote.conversion.convert import Loss
from weeknote.headings.dates import format_date
from weeknote.nodes.block import Heading
from weeknote.nodes.document import Archive, Post, Weeknote, entries_of
from weeknote.web.addresses import is_web_address
from weeknote.web.html_page import page_of
from weeknote.web.html_renderer import escape
from weeknote.web.html_writer import HtmlWriter

if TYPE_CHECKING:
    from weeknote.nodes.block import Block


@attrs.frozen
class Rendering:
    """A note as HTML, and what that does not express, in the order of the note."""

    html: str
    losses: tuple[Loss, ...] = ()


def to_html(
    note: Weeknote | Archive | Post,
    *,
    page: bool = False,
    heading_offset: int = 0,
    url: str | None = None,
    raw: bool = False,
) -> str:
    r"""Return a note as HTML.

    It is an `article` with the microformats of a post (`h-entry`, `p-name`, `dt-published`, `e-content`), in which
    each section is a `section` with its role as class. Addresses that a browser would run are left out. An archive is
    one article for each entry, in the order of the text.

    Args:
        note: the note, or an archive or a post from one.
        page: whether to return a complete page, which needs no other files, rather than only the article.
        heading_offset: how many levels to add to each heading, for an article on a page with headings of its own.
        url: the address of the note or archive; relative links and pictures are made absolute with it.
        raw: whether to pass on raw HTML in the note; otherwise it is shown as text.

    Raises:
        TypeError: `note` is not a note, archive or post.
        ValueError: `heading_offset` is not 0 to 5, or `url` is not an absolute web address.

    >>> import weeknote
    >>> print(to_html(weeknote.parse("# Week 12\n\n## Learning\n\nTo *wait*.\n")), end="")
    <article class="h-entry">
    <header>
    <h1 class="p-name">Week 12</h1>
    </header>
    <div class="e-content">
    <section class="learning">
    <h2>Learning</h2>
    <p>To <em>wait</em>.</p>
    </section>
    </div>
    </article>
    """
    return render(note, page=page, heading_offset=heading_offset, url=url, raw=raw).html


def render(
    note: Weeknote | Archive | Post,
    *,
    page: bool = False,
    heading_offset: int = 0,
    url: str | None = None,
    raw: bool = False,
) -> Rendering:
    """Return a note as HTML, with its losses; the arguments are those of `to_html`."""
    if not isinstance(note, (Weeknote, Archive, Post)):
        raise TypeError(f"to_html takes a Weeknote, Archive or Post, not {type(note).__name__}")
    if heading_offset not in range(6):
        raise ValueError(f"heading_offset is 0 to 5, not {heading_offset!r}")
    if url is not None and not is_web_address(url):
        raise ValueError(f"url is the note's absolute address, such as 'https://example.org/12/', not {url!r}")
    is_archive = isinstance(note, Archive)
    articles: list[str] = []
    losses: list[Loss] = []
    for n, entry in enumerate(entries_of(note), 1):
        # Ids are unique on the page.
        writer = HtmlWriter(entry, heading_offset, url, raw=raw, id_prefix=f"{n}-" if is_archive else "")
        articles.append(_article(entry, writer, None if is_archive else url))
        losses += writer.losses
    html = "".join(articles)
    return Rendering(page_of(note, html) if page else html, tuple(losses))


def _article(entry: Weeknote | Post, writer: HtmlWriter, url: str | None) -> str:
    header = _header(entry, writer, url)
    if isinstance(entry, Weeknote):
        content, trailer = content_of(entry, writer), writer.write(entry.trailer)
    else:
        content, trailer = writer.write(entry.blocks) + writer.footnotes(), ""
    parts = ['<article class="h-entry">\n', header, f'<div class="e-content">\n{content}</div>\n']
    parts += [f"<footer>\n{trailer}</footer>\n"] if trailer else []
    return "".join([*parts, "</article>\n"])


def content_of(note: Weeknote, writer: HtmlWriter) -> str:
    """Return the HTML of a note's words: its intro, its sections inside each other as they are deep, its footnotes."""
    parts = [writer.write(note.intro)]
    depths: list[int] = []
    for section in note.sections:
        while depths and depths[-1] >= section.depth:
            parts.append("</section>\n")
            depths.pop()
        depths.append(section.depth)
        words = writer.write((section.heading, *section.blocks))
        parts.append(f'<section class="{section.role}">\n{words}')
    parts += ["</section>\n"] * len(depths)
    parts.append(writer.footnotes())
    return "".join(parts)


def _header(entry: Weeknote | Post, writer: HtmlWriter, url: str | None) -> str:
    """Return what is above a note's words: its title with the lines around it, and when it was published."""
    above: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    published, heading = None, entry.heading
    if isinstance(entry, Weeknote):
        above, below, published = entry.masthead, entry.byline, entry.published
        if heading is None and entry.headline:
            heading = Heading(1, " ".join(entry.headline.split()))
    parts = [writer.write(above)]
    parts += [] if heading is None else [writer.write((attrs.evolve(heading, depth=1),), name=True)]
    parts.append(writer.write(below))
    when = ""
    if published is not None:
        when = f'<time class="dt-published" datetime="{published.isoformat()}">{format_date(published)}</time>'
    if url is not None:
        when = f'<a class="u-url" href="{escape(url)}">{when or escape(url)}</a>'
    parts += [f"<p>{when}</p>\n"] if when else []
    return f"<header>\n{''.join(parts)}</header>\n" if any(parts) else ""
