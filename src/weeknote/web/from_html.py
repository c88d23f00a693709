"""A web page as a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.web.addresses import absolute, is_web_address
from weeknote.web.article import find_article
from weeknote.web.assembly import FrontMatterStyle, Imported, assemble
from weeknote.web.blocks import BlockReader
from weeknote.web.encodings import decode
from weeknote.web.flat_lists import nest_lists
from weeknote.web.html_parser import parse_html
from weeknote.web.metadata import read_metadata

if TYPE_CHECKING:
    from datetime import date

    from weeknote.web.html_parser import Element


def from_html(
    html: str | bytes,
    *,
    url: str | None = None,
    near: date | None = None,
    front_matter: FrontMatterStyle | None = "hugo",
    vocabulary: Vocabulary = VOCABULARY,
) -> Imported:
    r"""Return the note on a web page.

    The note is found by microformats and the markup of site generators, or else by where most of the words are. The
    site's navigation, banners, share buttons, comments and footers are left out. Nothing on the page is run or fetched.
    The note is Markdown, and `parse(dump(note)) == note`.

    Args:
        html: the page, or the part with the note; bytes are decoded as browsers decode a file. If an HTTP header names
            the encoding, decode them first.
        url: the page's address, against which relative links and pictures are resolved.
        near: a date near the note's weeks, to decide the year of "w/c 6 May"; the publication date if None.
        front_matter: the site generator for whose front matter title, date and address are written; None makes the
            title a heading, and leaves the date and the address out.
        vocabulary: which section headings have which role.

    Raises:
        TypeError: `html` is neither `str` nor `bytes`.
        TooLargeError: the page is too large. MissingExtraError: the extra `html` is not installed.

    >>> page = "<title>Week 12 - Ann</title><main><h1>Week 12</h1><h2>Learning</h2><p>To <em>wait</em>.</main>"
    >>> imported = from_html(page)
    >>> str(imported.note.sections[0].role)
    'learning'
    >>> import weeknote
    >>> weeknote.dump(imported.note)
    '---\ntitle: Week 12\n---\n\n## Learning\n\nTo *wait*.\n'
    """
    if not isinstance(html, (str, bytes)):
        raise TypeError(f"a page is str or bytes, not {type(html).__name__}")
    root = parse_html(decode(html) if isinstance(html, bytes) else html)
    nest_lists(root)
    article = find_article(root)
    metadata = read_metadata(root, article, url)
    reader = BlockReader(root, _base(root, url), article.skip)
    reader.read(article.body)
    losses = list(reader.losses)
    if article.others:
        others = "one more note or post" if article.others == 1 else f"{article.others} more notes or posts"
        losses.insert(0, (0, f"the page has {others}; this is the longest"))
    return assemble(
        reader.blocks,
        losses,
        title=metadata.title,
        published=metadata.published,
        url=url if is_web_address(url) else metadata.url,
        front_matter=front_matter,
        near=near,
        vocabulary=vocabulary,
    )


def _base(root: Element, url: str | None) -> str | None:
    """Return the address that a page's relative ones start from (HTML 4.2.3)."""
    base = next((e.get("href") for e in root.descendants() if e.tag == "base" and e.get("href")), None)
    if base is None:
        return url
    found = absolute(base, url)
    return found if is_web_address(found) else url
