"""Notes as a feed: Atom (RFC 4287) or JSON Feed 1.1, as the W3C's validator and feed readers want them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urljoin, urlsplit

import attrs

from weeknote.errors import UndatedNoteError
from weeknote.headings.dates import as_date
from weeknote.nodes.document import Weeknote
from weeknote.web.addresses import is_web_address
from weeknote.web.html_writer import HtmlWriter
from weeknote.web.to_html import content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element


FeedKind = Literal["atom", "json"]

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"

ADDRESS_KEYS = ("canonical_url", "canonicalURL", "canonical", "permalink", "url", "link")
"""Keys of front matter that hold a note's own address, or its path on the site."""

UPDATED_KEYS = ("lastmod", "updated", "modified", "last_modified_at", "date_modified")

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""

SLUG = re.compile(r"[\W_]+")


@attrs.frozen
class FeedItem:
    """One note as an entry of a feed; its address is also its id."""

    url: str
    title: str
    published: datetime
    updated: datetime
    html: str
    tags: tuple[str, ...]


def to_feed(
    notes: Iterable[Weeknote],
    kind: FeedKind = "atom",
    *,
    title: str,
    url: str,
    author: str | None = None,
    feed_url: str | None = None,
) -> str:
    r"""Return notes as a feed, the newest first.

    A note's address is also its id. It comes from the front matter, or else from the site's address and the name of the
    note's file or its title. Links and pictures are made absolute, and no date is in the future.

    Args:
        notes: the notes; each needs a publication date or a week whose year is known.
        kind: `"atom"` or `"json"`.
        title: the feed's title.
        url: the address of the site that the notes are on.
        author: the author of the notes; the feed's title if None, because Atom requires an author.
        feed_url: the address the feed itself will have.

    Raises:
        TypeError: `notes` holds something other than weeknotes.
        ValueError: there is no such `kind`, or `url` or `feed_url` is not an absolute web address.
        UndatedNoteError: a note has neither a publication date nor a week; `node` is that note.

    >>> import weeknote
    >>> note = weeknote.parse("---\ndate: 2024-03-22\n---\n# Week 12: maps\n\nAll good.\n")
    >>> feed = json.loads(to_feed([note], "json", title="Notes", url="https://example.org/"))
    >>> feed["items"][0]["id"], feed["items"][0]["date_published"]
    ('https://example.org/week-12-maps/', '2024-03-22T00:00:00+00:00')
    """
    if kind not in ("atom", "json"):
        raise ValueError(f"a feed's kind is 'atom' or 'json', not {kind!r}")
    for address in (url, feed_url or url):
        if not is_web_address(address):
            raise ValueError(f"a feed's URLs must be absolute, such as 'https://example.org/', not {address!r}")
    notes = tuple(notes)
    for note in notes:
        if not isinstance(note, Weeknote):
            raise TypeError(
                f"to_feed takes weeknotes, not {type(note).__name__}; for an archive, pass its `.weeknotes`"
            )
    items = feed_items(notes, url, datetime.now(UTC))
    if kind == "json":
        return _json_feed(items, title, url, author, feed_url)
    return _atom_feed(items, title, url, author or title, feed_url)


def feed_items(notes: Iterable[Weeknote], url: str, now: datetime) -> list[FeedItem]:
    """Return notes as entries, the newest first; of those with one address the oldest has it as it is."""
    dated = sorted(((published_on(note), note) for note in notes), key=lambda pair: pair[0])
    taken: set[str] = set()
    items = []
    for day, note in dated:
        address = address_of(note, url, day)
        own, number = address, 2
        while own in taken:
            own, number = f"{address}#{number}", number + 1
        taken.add(own)
        values = {} if note.front_matter is None else note.front_matter.values
        changed = next((found for key in UPDATED_KEYS if (found := as_date(values.get(key))) is not None), day)
        published = min(_moment(day), now)
        writer = HtmlWriter(note, 0, address, raw=False)
        items.append(
            FeedItem(
                url=own,
                title=_clean(_title(note, day)),
                published=published,
                updated=min(max(_moment(changed), published), now),
                html=_clean(content_of(note, writer)),
                tags=_tags(values),
            )
        )
    return items[::-1]


def published_on(note: Weeknote) -> date:
    """Return the day a note was published, or else the last day of the last week it is about.

    Raises:
        UndatedNoteError: it says neither.
    """
    if note.published is not None:
        return note.published
    ends = [week.end for week in note.weeks if week.end is not None]
    if not ends:
        message = "this note has no date, which a feed needs; add one to the front matter (`date: 2024-03-22`)"
        raise UndatedNoteError(message, node=note, path=note.context.name)
    return max(ends)


def address_of(note: Weeknote, url: str, day: date) -> str:
    """Return a note's address on a site."""
    site = url if url.endswith("/") else url + "/"
    values = {} if note.front_matter is None else note.front_matter.values
    for key in ADDRESS_KEYS:
        value = values.get(key)
        if isinstance(value, str) and value.strip() and not re.search(r"[\s{}<>]|:[a-z]+/", value.strip()):
            found = urljoin(site, value.strip())
            if is_web_address(found):
                return found
    return urljoin(site, quote(_name(note, day)) + "/")


def _name(note: Weeknote, day: date) -> str:
    """Return a name for a note in an address: that of its file, else its title in lower case."""
    if note.context.name is not None:
        path = PurePosixPath(note.context.name.replace("\\", "/"))
        named = path.parent if path.stem in ("index", "_index", "README") and path.parent.name else path
        return named.stem
    return SLUG.sub("-", _title(note, day).casefold()).strip("-") or day.isoformat()


def _title(note: Weeknote, day: date) -> str:
    return " ".join((note.headline or "").split()) or f"Weeknote {day.isoformat()}"


def _tags(values: Mapping[str, object]) -> tuple[str, ...]:
    given = values.get("tags")
    tags = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return tuple(_clean(str(tag)) for tag in tags if isinstance(tag, (str, int)) and str(tag).strip())


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _clean(words: str) -> str:
    return NOT_XML.sub("\ufffd", words)


def _json_feed(items: Sequence[FeedItem], title: str, url: str, author: str | None, feed_url: str | None) -> str:
    feed: dict[str, object] = {"version": JSON_FEED, "title": _clean(title), "home_page_url": url}
    if feed_url is not None:
        feed["feed_url"] = feed_url
    if author is not None:
        feed["authors"] = [{"name": _clean(author)}]
    feed["items"] = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "date_published": item.published.isoformat(timespec="seconds"),
            "date_modified": item.updated.isoformat(timespec="seconds"),
            **({"tags": list(item.tags)} if item.tags else {}),
        }
        for item in items
    ]
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def _atom_feed(items: Sequence[FeedItem], title: str, url: str, author: str, feed_url: str | None) -> str:
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    def add(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
        element = SubElement(parent, tag, attributes)
        element.text = words or None
        return element

    feed = Element("feed", {"xmlns": ATOM})
    add(feed, "title", _clean(title))
    add(feed, "id", urljoin(url, urlsplit(url).path or "/"))
    newest = max((item.updated for item in items), default=datetime.fromtimestamp(0, UTC))
    add(feed, "updated", newest.isoformat(timespec="seconds"))
    add(feed, "link", rel="alternate", type="text/html", href=url)
    if feed_url is not None:
        add(feed, "link", rel="self", type="application/atom+xml", href=feed_url)
    add(add(feed, "author"), "name", _clean(author))
    for item in items:
        entry = add(feed, "entry")
        add(entry, "title", item.title)
        add(entry, "id", item.url)
        add(entry, "link", rel="alternate", type="text/html", href=item.url)
        add(entry, "published", item.published.isoformat(timespec="seconds"))
        add(entry, "updated", item.updated.isoformat(timespec="seconds"))
        for tag in item.tags:
            add(entry, "category", term=tag)
        add(entry, "content", item.html, type="html")
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"
