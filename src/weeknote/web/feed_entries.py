"""What a feed or an export holds, read into entries. The only module that knows feedparser."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import date
from typing import Any
from xml.sax import SAXParseException

import attrs

from weeknote.errors import InvalidFeedError, MissingExtraError, TooLargeError
from weeknote.headings.dates import as_date
from weeknote.web.addresses import absolute, is_web_address
from weeknote.web.encodings import decode
from weeknote.web.wordpress import paragraphs_of, shown_post

MAX_FEED = 100_000_000
"""Bytes of a feed or an export."""

FIRST_YEAR = 1990
"""Earlier publication dates were not meant: the Web is younger."""

NO_FEED = "not a feed: expected RSS, Atom, JSON Feed, or a WordPress or Ghost export"
GHOST_SITE = "__GHOST_URL__"
"""The placeholder for the site's address in a Ghost export."""

UNPUBLISHED = frozenset("draft pending auto-draft future private trash".split())


@attrs.frozen
class Entry:
    """One entry of a feed.

    Attributes:
        title: its title as plain text; None if it has none.
        html: what it says.
        url: its address; None if it has none.
        base: the address that relative ones in it start from; None if it is not known.
        published: the day it was published; None if it does not say.
        tags: what it is filed under.
        draft: whether it is not published.
        is_post: False for a page, a picture or a menu of an export.
        exported: whether it comes from an export of a whole site, in which there is more than notes.
        losses: what is not in the HTML of what it says.
    """

    title: str | None
    html: str
    url: str | None
    base: str | None
    published: date | None
    tags: tuple[str, ...] = ()
    draft: bool = False
    is_post: bool = True
    exported: bool = False
    losses: tuple[str, ...] = ()


def read_entries(data: str | bytes, url: str | None) -> list[Entry]:
    """Return a feed's entries, in its order.

    Raises:
        InvalidFeedError: it is no feed.
        TooLargeError: it is larger than `MAX_FEED`.
        MissingExtraError: it is XML, and feedparser is not installed.
    """
    if len(data) > MAX_FEED:
        message = f"the feed is larger than {MAX_FEED:,} bytes; split it"
        raise TooLargeError(message, found=len(data), expected=MAX_FEED)
    text = data if isinstance(data, str) else decode(data)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _read_json(text, url)
    return _read_xml(text, url)


# --- JSON


def _read_json(text: str, url: str | None) -> list[Entry]:
    """Return the entries of a JSON Feed (jsonfeed.org, versions 1 and 1.1) or an export of Ghost."""
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InvalidFeedError(f"{NO_FEED} ({error})") from error
    if isinstance(databases := feed.get("db"), list) and databases:
        return _ghost_entries(databases[0], url)
    if not isinstance(feed.get("items"), list):
        raise InvalidFeedError(NO_FEED)
    return [_json_entry(item, url) for item in _rows(feed, "items")]


def _rows(holder: object, key: str) -> list[dict[str, Any]]:
    """Return the objects in a list in an object."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in row.items() if isinstance(value, str)}


def _json_entry(item: dict[str, Any], url: str | None) -> Entry:
    words = _words(item)
    plain = html.escape(words.get("content_text") or words.get("summary") or "", quote=False)
    content = words.get("content_html") or paragraphs_of(plain)
    # An id is the item's address where it can be; `external_url` is that of somebody else's page.
    address = absolute(words.get("url") or "", url) or words.get("id")
    address = address if is_web_address(address) else None
    tags = item.get("tags")
    return Entry(
        title=words.get("title") or None,
        html=content,
        url=address,
        base=_base(address, url),
        published=as_date(words.get("date_published") or words.get("date_modified") or ""),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _ghost_entries(database: object, url: str | None) -> list[Entry]:
    """Return the posts and pages of an export of Ghost, whose addresses need that of the site."""
    tables = database.get("data") if isinstance(database, dict) else None
    names = {tag.get("id"): str(tag.get("name")) for tag in _rows(tables, "tags")}
    tags: dict[object, list[str]] = {}
    for pair in _rows(tables, "posts_tags"):
        if pair.get("tag_id") in names:
            tags.setdefault(pair.get("post_id"), []).append(names[pair["tag_id"]])
    site = url if url is None or url.endswith("/") else f"{url}/"
    entries = []
    for post in _rows(tables, "posts"):
        words = _words(post)
        address = absolute(words.get("slug", "") + "/", site) if site else ""
        entries.append(
            Entry(
                title=words.get("title") or None,
                html=words.get("html", "").replace(GHOST_SITE, "" if site is None else site.rstrip("/")),
                url=words.get("canonical_url") or address or None,
                base=_base(address, site),
                published=as_date(words.get("published_at", "")),
                tags=tuple(tags.get(post.get("id"), ())),
                draft=words.get("status") != "published",
                is_post=words.get("type", "post") == "post",
                exported=True,
            )
        )
    return entries


# --- XML


def _read_xml(text: str, url: str | None) -> list[Entry]:
    """Return the entries of RSS, Atom or a WordPress export."""
    try:
        import feedparser  # type: ignore[import-untyped] # it has no types
    except ImportError as error:
        raise MissingExtraError("reading RSS and Atom needs feedparser", extra="feeds") from error
    # Bytes in a stream: a string that looks like an address would be fetched, and one like a path opened.
    stream = io.BytesIO(
        re.sub(r"\A\s*(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text).encode("utf-8", "replace")
    )
    feed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.get("entries"):
        raise InvalidFeedError(NO_FEED)
    is_atom = str(feed.get("version")).startswith("atom")
    entries = [_xml_entry(entry, url, is_atom=is_atom) for entry in feed.entries]
    if entries and feed.get("bozo") and isinstance(fault := feed.get("bozo_exception"), SAXParseException):
        where = f"line {fault.getLineNumber()}: {fault.getMessage()}"
        reason = f"the feed is broken or cut off ({where}), and words may be missing"
        entries[-1] = attrs.evolve(entries[-1], losses=(*entries[-1].losses, reason))
    return entries


def _xml_entry(entry: Any, url: str | None, *, is_atom: bool) -> Entry:
    contents = list(entry.get("content") or [])
    if not contents and entry.get("summary_detail"):
        contents = [entry["summary_detail"]]
    content = next((c for c in contents if "html" in c.get("type", "")), contents[0] if contents else {})
    value = content.get("value") or ""
    kind = entry.get("wp_post_type")
    exported = kind is not None
    losses: tuple[str, ...] = ()
    if exported:
        value, losses = shown_post(value)
    elif "html" not in content.get("type", "text/html"):
        value = paragraphs_of(html.escape(value, quote=False))
    elif not is_atom and "<" not in value:
        # RSS does not say whether a description is HTML.
        value = paragraphs_of(value)
    address = entry.get("link") or None
    return Entry(
        title=_title(entry, is_atom=is_atom),
        html=value,
        url=address,
        base=_base(content.get("base"), address, url),
        published=_published(entry),
        tags=tuple(
            dict.fromkeys(
                html.unescape(t) if exported else t
                for tag in entry.get("tags") or []
                for t in (tag.get("label"), tag.get("term"))
                if t
            )
        ),
        draft=entry.get("wp_status") in UNPUBLISHED,
        is_post=kind in (None, "post"),
        exported=exported,
        losses=losses,
    )


def _base(*addresses: str | None) -> str | None:
    """Return the first address of some that relative ones can start from."""
    return next((address for address in addresses if is_web_address(address)), None)


def _title(entry: Any, *, is_atom: bool) -> str | None:
    """Return an entry's title without the HTML in it."""
    title = entry.get("title") or ""
    is_html = "html" in (entry.get("title_detail") or {}).get("type", "")
    if is_html:
        title = re.sub(r"<[^<>]*>", "", title)
    return " ".join((html.unescape(title) if is_html or not is_atom else title).split()) or None


def _published(entry: Any) -> date | None:
    """Return the day on which an entry was published, in its own time zone, not in UTC."""
    # `get` would take the publication date for that of an update.
    written = (entry[key] for key in ("wp_post_date", "published", "updated", "created") if key in entry)
    parsed = (entry[key] for key in ("published_parsed", "updated_parsed") if key in entry)
    # feedparser takes a count of seconds for a day: 1711101600 for one of the year 1711.
    days = (date(*parts[:3]) for parts in parsed if parts is not None and parts.tm_year >= FIRST_YEAR)
    return next((day for value in (*written, *days) if (day := as_date(value)) is not None), None)
