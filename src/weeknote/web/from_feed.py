"""The entries of a feed, or the posts of a site's export, as notes."""

from __future__ import annotations

import re

import attrs

from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.headings.title import read_title
from weeknote.web.addresses import is_web_address
from weeknote.web.article import whole_page
from weeknote.web.assembly import FrontMatterStyle, Imported, assemble
from weeknote.web.blocks import BlockReader
from weeknote.web.feed_entries import Entry, read_entries
from weeknote.web.html_parser import parse_html
from weeknote.web.metadata import cut_end

WEEKNOTES = re.compile(r"(?:\w+ )?(?:team )?week(?:ly)?[-_ ]?notes?", re.IGNORECASE)


def from_feed(
    data: str | bytes,
    *,
    url: str | None = None,
    drafts: bool = False,
    front_matter: FrontMatterStyle | None = "hugo",
    vocabulary: Vocabulary = VOCABULARY,
) -> tuple[Imported, ...]:
    r"""Return the notes in a feed, in its order.

    All entries of an RSS, Atom or JSON feed are returned, but from the export of a WordPress or Ghost site, only posts
    whose title, category or tag says that they are weeknotes. Nothing is fetched. The publication date settles the year
    of a note's week.

    Args:
        data: the feed; bytes are decoded as the feed declares.
        url: the address of the feed, for relative links in entries without an address; for a Ghost export, the site's.
        drafts: whether to include unpublished posts.
        front_matter: the site generator for whose front matter title, date and address are written; None makes the
            title a heading.
        vocabulary: which section headings have which role.

    Raises:
        TypeError: `data` is neither `str` nor `bytes`.
        InvalidFeedError: it is not a feed. TooLargeError: the feed or an entry is too large.
        MissingExtraError: the extra `feeds` is not installed.

    >>> item = '{"id": "12", "title": "Week 12", "date_published": "2024-03-22", "content_text": "All good."}'
    >>> feed = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "items": [{item}]}}'
    >>> [(one.note.headline, one.published.isoformat()) for one in from_feed(feed)]
    [('Week 12', '2024-03-22')]
    """
    if not isinstance(data, (str, bytes)):
        raise TypeError(f"a feed is str or bytes, not {type(data).__name__}")
    entries = [e for e in read_entries(data, url) if e.is_post and (drafts or not e.draft)]
    wanted = [e for e in entries if not e.exported or is_weeknote(e)]
    return tuple([_imported(entry, front_matter, vocabulary) for entry in wanted])


def is_weeknote(entry: Entry) -> bool:
    """Return whether an entry is a weeknote by its title or what it is filed under."""
    if entry.title is not None and read_title(entry.title).is_weeknote:
        return True
    return any(WEEKNOTES.fullmatch(tag) for tag in entry.tags)


def _imported(entry: Entry, front_matter: FrontMatterStyle | None, vocabulary: Vocabulary) -> Imported:
    root = parse_html(entry.html)
    article = whole_page(root)
    cut_end(article.body, article.skip)
    reader = BlockReader(root, entry.base, article.skip)
    reader.read(article.body)
    address = entry.url if is_web_address(entry.url) else None
    imported = assemble(
        reader.blocks,
        [*((0, reason) for reason in entry.losses), *reader.losses],
        title=entry.title,
        published=entry.published,
        url=address,
        front_matter=front_matter,
        near=None,
        vocabulary=vocabulary,
    )
    return attrs.evolve(imported, tags=entry.tags, draft=entry.draft)
