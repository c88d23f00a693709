"""Where on a page the note is: by microformats and the markup of site generators, else where the words are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.web.boilerplate import is_around, is_hidden, is_site, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.web.html_parser import Element

CONTENT = frozenset(
    "e-content entry-content post-content post-body postbody article-content article-body article-text post-text "
    "blog-content blog-post-content blog-post-body content-body entry-body post-entry page-content single-content "
    "gh-content kg-canvas available-content body-markup govspeak gem-c-govspeak govuk-govspeak markdown-body "
    "post-single-content td-content note-content story-body story-content wp-block-post-content".split()
)
"""Classes of the element that holds a post's words and nothing else."""

ENTRY = frozenset("h-entry hentry post blog-post post-full single-post entry".split())
MAIN = frozenset("main main-content content page primary maincontent".split())

ENOUGH = 0.5
"""Share of an entry's words that an element marked as its content must have to be believed."""

MOST = 0.8
"""Share of a page's prose that the element has where nothing is marked."""

TEASER = 0.2
"""Share of the note's words that another note on the page has at least."""

FEW = 30
"""Words of prose below which nothing can be said about where most of them are."""

LARGE = 0.5
"""Share of a page's words beyond which no name makes an element the site's."""

PROSE_BLOCKS = frozenset("p pre li td dd blockquote h1 h2 h3 h4 h5 h6 div section article".split())
HOLDERS = frozenset("body main article section div td center form".split())
WORD = re.compile(r"\w+")


@attrs.frozen
class Article:
    """The note on a page.

    Attributes:
        body: the element that holds its words.
        entry: the element around its words, title and date; the body itself where there is none.
        others: how many other notes are on the page.
        skip: the `id()` of each element that is not part of the note.
    """

    body: Element
    entry: Element
    others: int
    skip: set[int]


def find_article(root: Element) -> Article:
    """Return where the note is on a page."""
    page = _Page(root)
    # WordPress has such a class on the body of each page.
    entries = page.ranked([e for e in page.seen[1:] if e.tag == "article" or e.classes & ENTRY])
    # On the page of one post, other posts are only mentioned.
    titled = [e for e in entries if any(inside.tag == "h1" for inside in e.descendants())]
    entry = titled[0] if len(titled) == 1 else entries[0] if entries else None
    mains = [
        e
        for e in page.seen
        if e.tag == "main" or e.get("role") == "main" or MAIN.intersection((*names_of(e), *names_of(e, "id")))
    ]
    main = next(iter(page.ranked(mains)), page.body)
    if entry is None or (page.words(entry) < ENOUGH * page.words(main) and len(entries) < 2):
        entry = None
    around = entry or main
    inside = {id(e) for e in (around, *around.descendants())}
    marked = [e for e in page.seen if id(e) in inside and _is_content(e)]
    body = next(iter(page.ranked(marked)), None)
    if body is None or page.words(body) < ENOUGH * page.words(around):
        body = entry or (main if main is not page.body else page.densest())
    apart = [] if entry is None else [e for e in entries if e is not entry and not _related(e, entry)]
    # A few words are a teaser, unless the note itself has few.
    apart = [e for e in apart if page.words(e) >= min(FEW, TEASER * page.words(around))]
    return Article(body, entry or main, len(apart), page.skip)


def whole_page(root: Element) -> Article:
    """Return all of a page as the note, but for what is the site's by its name: an entry of a feed has nothing else."""
    page = _Page(root)
    return Article(page.body, page.body, 0, page.skip)


def _is_content(element: Element) -> bool:
    if element.get("itemprop") == "articleBody" or element.get("data-field") == "body":
        return True
    return bool(CONTENT.intersection(names_of(element)))


def _related(a: Element, b: Element) -> bool:
    """Return whether one of two elements is in the other."""
    return any(e is b for e in a.ancestors()) or any(e is a for e in b.ancestors())


class _Page:
    """A page with its words counted.

    Attributes:
        body: its `body`.
        seen: the elements that are not the site's, in the order of the page.
        skip: the `id()` of each that is, or that is not shown; what is in it is not listed.
    """

    def __init__(self, root: Element) -> None:
        self.body = next((e for e in root.elements if e.tag == "body"), root)
        everything = [self.body, *self.body.descendants()]
        self._counts: dict[int, int] = {}
        self.skip: set[int] = set()
        self._count(everything)
        total = self._counts[id(self.body)]
        self.seen: list[Element] = [self.body]
        stack = [(e, False) for e in reversed(self.body.elements)]
        while stack:
            element, content = stack.pop()
            content = content or _is_content(element)
            large = self._counts[id(element)] > LARGE * total
            if not large and (is_hidden(element) or is_site(element) or is_around(element, content=content)):
                self.skip.add(id(element))
                continue
            self.seen.append(element)
            stack += [(e, content) for e in reversed(element.elements)]
        self._count(everything)

    def _count(self, everything: Sequence[Element]) -> None:
        """Count the words in each element, without those of the site where they are known."""
        for element in reversed(everything):
            if id(element) in self.skip or element.tag in ("script", "style", "template", "noscript"):
                self._counts[id(element)] = 0
                continue
            own = sum(len(WORD.findall(c)) for c in element.children if isinstance(c, str))
            self._counts[id(element)] = own + sum(self._counts[id(e)] for e in element.elements)

    def words(self, element: Element) -> int:
        """Return how many words are in an element, without the site's."""
        return self._counts[id(element)]

    def ranked(self, elements: Sequence[Element]) -> list[Element]:
        """Return elements, those with most words first; of those with equally many, the inner ones."""
        order = {id(e): n for n, e in enumerate(elements)}
        return sorted(elements, key=lambda e: (-self.words(e), -order[id(e)]))

    def densest(self) -> Element:
        """Return the innermost element that has most of the page's prose."""
        scores = dict.fromkeys(self._counts, 0.0)
        for element in reversed(self.seen):
            own = 0.0
            if element.tag in PROSE_BLOCKS:
                direct = [c for c in element.children if isinstance(c, str)]
                inline = [e for e in element.elements if e.tag not in PROSE_BLOCKS and e.tag not in HOLDERS]
                linked = sum(self.words(e) for e in inline if e.tag == "a")
                count = sum(len(WORD.findall(c)) for c in direct) + sum(map(self.words, inline))
                own = float(max(count - 2 * linked, 0))
            scores[id(element)] += own
            if element.parent is not None and id(element.parent) in scores:
                scores[id(element.parent)] += scores[id(element)]
        best = self.body
        if scores[id(best)] < FEW:
            return best
        while True:
            inner = [e for e in best.elements if e.tag in HOLDERS and id(e) not in self.skip]
            closer = next((e for e in inner if scores[id(e)] >= MOST * scores[id(self.body)] > 0), None)
            if closer is None:
                return best
            best = closer
