"""What a page says about its note: title, publication date, address, author."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.headings.dates import as_date
from weeknote.headings.file_names import date_in_name
from weeknote.headings.title import read_title
from weeknote.web.addresses import absolute, is_web_address
from weeknote.web.boilerplate import heading_words, is_byline, is_subtitle, leads_away, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weeknote.web.article import Article
    from weeknote.web.html_parser import Element

TITLE_NAMES = frozenset("p-name entry-title post-title article-title headline blog-post-title".split())
DATE_META = tuple(
    "article:published_time og:published_time datepublished govuk:first-published-at govuk:public-updated-at "
    "dc.date.issued dcterms.issued dcterms.created dc.date publish-date pubdate parsely-pub-date date".split()
)
PUBLISHED = frozenset("dt-published published entry-date post-date datepublished".split())
SITE_NAME = re.compile(r"\s+(?:[|–—·•«»:-]|::|&#8211;)\s+")
HEADINGS = ("h1", "h2", "h3")

MAX_WORDS_ABOVE = 40
"""Words that can be above a title: a caption, a date, where the page is on the site."""

MAX_WORDS_ABOVE_FIRST = 12
"""Words that can be above a title that nothing says is one, but that it is the first heading."""

WRITTEN_TITLES = frozenset({"title", "msotitle"})
"""Classes that Google Docs and Word have for the paragraph with the title."""

HOLDERS = frozenset("div section header main article center font table tbody tr td".split())
"""Elements that may be around the first or last thing in a note."""

LAID_OUT = frozenset("h1 h2 h3 h4 h5 h6 ul ol hr table section article blockquote".split())
"""Elements that tables of figures or words seldom hold."""

MAX_BYLINES = 5

DATELINE = re.compile(r"(?:\A|-)(?:posted|published|date|dateline|byline|meta|metadata)(?:\Z|-)")

MAX_DATELINE = 200
"""Characters of the line that says when a note was published, and by whom."""

MAX_HEADINGS = 3
"""Headings at the start of a page of which one that reads like a weeknote's is taken for the title."""

MAX_TITLE = 500
"""Characters of a page's title in which a site's name is looked for."""


@attrs.frozen
class Metadata:
    """What a page says about its note: title, day of publication and own address; None where it says nothing."""

    title: str | None
    published: date | None
    url: str | None


def read_metadata(root: Element, article: Article, url: str | None) -> Metadata:
    """Return what a page says about its note, and remove the elements that say it from the article's body."""
    structured = list(_structured(root))
    heading = _title_heading(root, article)
    title = heading_words(heading) if heading is not None else _page_title(root, structured)
    published = _published(root, article, structured)
    above = _cut_title(article, heading, title)
    cut_end(article.body, article.skip)
    canonical = _canonical(root, article, url)
    if published is None:
        words = [*above, *([] if canonical is None else [canonical]), *_title_tags(root), *_datelines(root)]
        published = next((day for w in words if (day := date_in_name(w)) is not None), None)
    return Metadata(title or None, published, canonical)


def _metas(root: Element, *names: str) -> Iterator[str]:
    """Yield what `meta` elements say under some names, in the order of the names."""
    given: dict[str, str] = {}
    for e in root.descendants():
        if e.tag == "meta":
            key = e.get("property") or e.get("name") or e.get("itemprop")
            given.setdefault(key.casefold(), e.get("content").strip())
    yield from (given[name] for name in names if given.get(name))


def _title_tags(root: Element) -> Iterator[str]:
    yield from (e.words for e in root.descendants() if e.tag == "title" and e.parent is not None)


def _structured(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the posts that JSON-LD describes (schema.org)."""
    for script in root.descendants():
        if script.tag != "script" or script.get("type") != "application/ld+json":
            continue
        try:
            found = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        top = found if isinstance(found, list) else [found]
        graph = [x for one in top if isinstance(one, dict) for x in (one, *_list(one.get("@graph")))]
        yield from (x for x in graph if isinstance(x, dict) and re.search("Article|Post", str(x.get("@type"))))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- title


def _title_heading(root: Element, article: Article) -> Element | None:
    """Return the heading that is the note's title: one that is marked so or reads so, else the first."""
    inside = [e for e in (article.entry, *article.entry.descendants()) if e.tag in HEADINGS and not _names_site(e)]
    if article.body is not article.entry:
        # What is marked as a post's words has sections in it: its title is above.
        words = {id(e) for e in article.body.descendants()}
        above = [e for e in inside if id(e) not in words]
        inside = above or ([] if article.entry.classes & {"h-entry"} else inside)
    marked = [e for e in inside if e.classes & TITLE_NAMES or e.get("itemprop") in ("headline", "name")]
    if marked:
        return marked[0]
    given = _given_titles(root)
    body = next((e for e in root.elements if e.tag == "body"), root)
    known = {*map(id, inside), *article.skip}
    outside = [e for e in body.descendants() if e.tag == "h1" and e.words and id(e) not in known]
    outside = [e for e in outside if not _names_site(e)]
    exact = [e for e in (*outside, *inside) if e.tag == "h1" and e.words and _folded(e.words) in given]
    if exact:
        # The site's name, if it is among them, is above.
        return next(e for e in exact if _folded(e.words) == _folded(exact[-1].words))
    for heading in inside[:MAX_HEADINGS]:
        if heading.tag != "h3" and read_title(heading_words(heading)).is_weeknote:
            return heading
    if (written := _written_title(article, given)) is not None:
        return written
    named = sorted((e for e in inside if _folded(e.words) in given and e.words), key=lambda e: given[_folded(e.words)])
    first = inside[:1] if inside and inside[0].tag == "h1" and not _is_section(article, inside[0]) else []
    shown = [e for e in outside if _folded(e.words) in given]
    before = outside if article.entry is not body else []
    for found in (named, first, shown, before):
        if found and found[0].words:
            return found[0]
    return None


def _given_titles(root: Element) -> dict[str, int]:
    """Return the titles that a page gives, folded, those with less of the site's name in them later."""
    whole = [*_title_tags(root), *_metas(root, "og:title", "twitter:title")]
    given = dict.fromkeys(map(_folded, whole), 0)
    for tag in _title_tags(root):
        for n, part in enumerate(_without_site(tag), 1):
            given.setdefault(_folded(part), n)
    return given


def _names_site(heading: Element) -> bool:
    """Return whether a heading is the site's name, which leads to where the site begins."""
    links = [e for e in (*heading.ancestors(), *heading.descendants()) if e.tag == "a"]
    return any(
        link.get("href") in ("/", ".", "./", "/index.html") or "home" in link.get("rel").split() for link in links
    )


def _written_title(article: Article, given: dict[str, int]) -> Element | None:
    """Return the paragraph that is the title where a word processor wrote the page, which has no headings for it."""
    paragraphs = (e for e in article.body.descendants() if e.tag == "p" and e.words)
    first = next(paragraphs, None)
    if first is None or not first.classes & WRITTEN_TITLES:
        return None
    return first if _folded(first.words) in given or "msotitle" in first.classes else None


def _is_section(article: Article, heading: Element) -> bool:
    """Return whether a heading has so many words above it that it is one inside a note."""
    inside = any(e is article.body for e in heading.ancestors())
    return inside and len(_words_before(article.body, heading, article.skip).split()) > MAX_WORDS_ABOVE_FIRST


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _without_site(words: str) -> Iterator[str]:
    """Yield a page's title without what the site adds to it, the longest first."""
    parts = list(SITE_NAME.finditer(words[:MAX_TITLE]))
    for part in reversed(parts):
        yield words[: part.start()]
    for part in parts:
        yield words[part.end() :]


def _page_title(root: Element, structured: list[dict[str, Any]]) -> str | None:
    """Return the title that a page gives where no heading does."""
    for one in structured:
        if isinstance(name := one.get("headline") or one.get("name"), str) and name.strip():
            return " ".join(name.split())
    for name in _metas(root, "og:title", "twitter:title", "dc.title", "title"):
        return " ".join(name.split())
    name = next(_title_tags(root), "")
    site = next(_metas(root, "og:site_name"), None)
    if site and (cut := re.search(rf"\s*[|–—·•«»:-]+\s*{re.escape(site)}\s*\Z", name)):
        return name[: cut.start()]
    parts = list(_without_site(name))
    return next((part for part in parts if read_title(part).is_weeknote), parts[0] if parts else name) or None


def _cut_title(article: Article, heading: Element | None, title: str | None) -> list[str]:
    """Take a note's title, and what is above it or says who wrote it when, out of its body; return their words."""
    body = article.body
    if heading is not None and any(e is body for e in heading.ancestors()):
        above = _words_before(body, heading, article.skip)
        if len(above.split()) <= MAX_WORDS_ABOVE:
            _cut_before(body, heading)
            return [above, *_cut_bylines(body, article.skip)]
        article.skip.add(id(heading))
        return []
    first = next((e for e in body.descendants() if e.tag in (*HEADINGS, "h4") and id(e) not in article.skip), None)
    repeats = first is not None and (first.tag == "h1" or any("title" in name for name in first.classes))
    if first is not None and repeats and title and _folded(first.words) == _folded(title):
        above = _words_before(body, first, article.skip)
        if not above:
            article.skip.add(id(first))
    return _cut_bylines(body, article.skip)


def _words_before(body: Element, heading: Element, skip: set[int]) -> str:
    """Return the words in an element before a heading in it."""
    around = {id(e) for e in heading.ancestors()}
    found: list[str] = []
    stack: list[Element | str] = [body]
    while stack:
        node = stack.pop()
        if node is heading:
            break
        if isinstance(node, str):
            found.append(node)
        elif id(node) not in skip or id(node) in around:
            stack.extend(reversed(node.children))
    return " ".join(" ".join(found).split())


def _cut_before(body: Element, heading: Element) -> None:
    """Cut a heading and all that is before it out of an element."""
    node = heading
    while node is not body and node.parent is not None:
        at = next(n for n, child in enumerate(node.parent.children) if child is node)
        del node.parent.children[: at + (node is heading)]
        node = node.parent


def _cut_bylines(body: Element, skip: set[int]) -> list[str]:
    """Leave out the elements at the start of an element that only say who wrote the note, when, or how long it is.

    A subtitle may be above them. Their words are returned.
    """
    found: list[str] = []
    passed: set[int] = set()
    for _ in range(MAX_BYLINES):
        first: Element | None = body
        is_all = True
        while first is not None:
            gone = skip | passed
            inside = [c for c in first.children if (id(c) not in gone if not isinstance(c, str) else c.strip())]
            if not inside or isinstance(inside[0], str):
                return found
            first = inside[0]
            if is_subtitle(first) or (len(first.elements) == 1 and is_subtitle(first.elements[0])):
                passed.add(id(first))
                break
            is_all = is_all and not any((c if isinstance(c, str) else c.words).strip() for c in inside[1:])
            if not (is_all and first.tag in HOLDERS) and is_byline(first):
                skip.add(id(first))
                found.append(first.words)
                break
            if not _may_hold(first):
                return found
    return found


def _may_hold(element: Element) -> bool:
    """Return whether an element can be around the first or last thing in a note; a table only if it is a layout."""
    if element.tag == "table":
        return any(e.tag in LAID_OUT for e in element.descendants())
    return element.tag in HOLDERS or "-" in element.tag


def cut_end(body: Element, skip: set[int]) -> None:
    """Leave out the elements at the end of an element that only lead away from it."""
    for _ in range(MAX_BYLINES):
        last: Element | None = body
        while last is not None:
            inside = [c for c in last.children if (id(c) not in skip if not isinstance(c, str) else c.strip())]
            if not inside or isinstance(inside[-1], str):
                return
            last = inside[-1]
            if leads_away(last) or (not last.words and last.tag in ("div", "section") and not last.elements):
                skip.add(id(last))
                break
            if not _may_hold(last):
                return


# --- date and address


def _published(root: Element, article: Article, structured: list[dict[str, Any]]) -> date | None:
    """Return the day a note was published."""
    entry = [article.entry, *article.entry.descendants()]
    times = [e for e in entry if e.tag == "time" or e.classes & PUBLISHED]
    candidates = [
        e for e in times if e.classes & PUBLISHED or e.get("itemprop") == "datePublished" or "pubdate" in e.attributes
    ]
    values = [e.get("datetime") or e.get("title") or e.words for e in candidates]
    values += [
        e.get("content") or e.get("datetime") for e in root.descendants() if e.get("itemprop") == "datePublished"
    ]
    values += _metas(root, *DATE_META)
    values += [str(one["datePublished"]) for one in structured if one.get("datePublished")]
    body = {id(e) for e in article.body.descendants()} if article.body is not article.entry else set()
    values += [e.get("datetime") or e.words for e in times if id(e) not in body]
    others = {e.get("datetime") or e.words for e in root.descendants() if e.tag == "time" and id(e) not in body}
    values += others if len(others) == 1 else ()
    return next((day for v in values if (day := as_date(v.strip()[:40])) is not None), None)


def _datelines(root: Element) -> Iterator[str]:
    """Yield the words of the elements whose names say that they hold a date or what is known of a post."""
    for e in root.descendants():
        if any(DATELINE.search(name) for name in (*names_of(e), *names_of(e, "id"))):
            words = e.words
            if len(words) <= MAX_DATELINE:
                yield words


def _canonical(root: Element, article: Article, url: str | None) -> str | None:
    """Return the address that a page gives as its own."""
    links = [e for e in root.descendants() if e.tag in ("link", "a")]
    given = [e.get("href") for e in links if e.tag == "link" and "canonical" in e.get("rel").casefold().split()]
    given += [e.get("href") for e in article.entry.descendants() if e.classes & {"u-url", "p-canonical"}]
    given += _metas(root, "og:url")
    found = (absolute(href, url) for href in given)
    return next((address for address in found if is_web_address(address)), None)
