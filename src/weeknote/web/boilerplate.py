"""Which elements of a page belong to the site rather than the note, by their names and roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weeknote.web.html_parser import Element

UNSEEN = frozenset("script style template noscript dialog nav menuitem".split())
"""Elements that are never part of what a note says."""

ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog toolbar".split())
"""What WAI-ARIA calls the parts of a page that are not its content."""

INLINE = frozenset("a abbr b cite code del em i ins kbd mark q s small span strong sub sup time u".split())

# Parts of the names that themes of WordPress, Ghost, Substack, Medium, Hugo, Jekyll, Eleventy and GOV.UK give them.
PARTS = re.compile(
    r"(?:\A|-)(?:shar(?:e|ing|er|edaddy)|addtoany|socials?|related(?:posts)?|recommend(?:ed|ations)|comments"
    r"|commentlist"
    r"|respond|disqus|breadcrumbs?|pagination|paginator|pager|navbar|navigation|nav|sidebar|cookies?|consent|gdpr"
    r"|newsletter|subscribe|subscription|sign-?up|promo|advert(?:s|isement)?|adsbygoogle"
    r"|skip-?(?:link|nav|to-content)|screen-reader|visually-hidden|sr-only|webmentions?|reactions|read-?more|more-link"
    r"|prev-?next|next-?prev|back-to-top|author-(?:bio|box|info|card)|about-author|byline"
    r"|(?:post|entry|article|page|blog)-?(?:meta(?:data)?|tags?|date|info|categor(?:y|ies)|author)"
    r"|tag-?list|tags-links|cat-links|edit-(?:link|page|this-page|post)|table-of-contents|tableofcontents"
    r"|phase-banner|site-(?:header|footer|title|description|branding|info)|colophon|no-?print|reading-time)(?:\Z|-)"
)
NAMES = frozenset(
    "widget widget-area widgets tags categories toc banner menu meta likes share footer masthead posted-on "
    "comment-form comments-area post-footer entry-footer article-footer subscription-widget button-wrapper like- "
    "button".split()
)
# An id is often a heading's words, so it has to be such a name and not only to hold one.
IDS = re.compile(
    r"(?:global-)?(?:cookie|consent|gdpr)[\w-]*|comments?|respond|disqus-thread|breadcrumbs?|sidebar|nav|navbar"
    r"|navigation"
    r"|site-(?:header|footer|navigation|nav)|footer|banners|publish-banner|jp-post-flair|jp-relatedposts"
    r"|related-posts|share-buttons|toc(?:-\w+)?|colophon"
    r"|secondary|mc-embed-signup|template-(?:pre)?header|template-footer"
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
DISPLAY_NONE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
FOOTNOTES = re.compile(r"foot-?notes?|endnotes?", re.IGNORECASE)

# Who wrote a note, when, and how long it is. None of it is a sentence.
_DAY = (
    r"(?:\w{3,9},? )?(?:\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? \d{4}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4})(?:,? (?:at )?\d\d?:\d\d[\w:+ ]{0,12})?"
)
BYLINE = re.compile(
    rf"\W*(?:(?:date )?(?:posted|published|written|updated|filed|tagged)(?: (?:on|by|in|at|under|with|as)| date)?:?"
    rf" .{{0,60}}[^.!?]"
    rf"|(?:(?:on|date|last updated)\W{{1,3}})?{_DAY}\W*|(?i:tags?|categor(?:y|ies)|author): .{{0,60}}"
    rf"|(?:{_DAY}\W+)?.{{0,12}}\d+ ?min(?:ute)?s?(?: read)?.{{0,20}}"
    rf"|.{{0,60}}\d+ ?min(?:ute)?s? read.{{0,40}}"
    rf"|(?-i:[Bb]y(?: [A-Z][\w’'-]*){{1,4}})(?:\W+{_DAY})?\W*)",
    re.IGNORECASE,
)
# Where else there is something to read, or how to answer.
AWAY = re.compile(
    r"\W*(?:reply (?:by|via) e-?mail|(?:leave a )?comments? (?:on|by|via)\b.*|share (?:on|this)\b.*|permalink"
    r"|back to\b.*|(?:previous|next|older|newer)(?: (?:post|note|week|weeknote|entry|article)s?)?\W{0,3}(?::.*)?"
    r"|edit (?:this|on)\b.*|view (?:source|on github)|subscribe\b.*|(?:enjoyed|liked) (?:this|reading)\b.*"
    r"|(?:all|more|other) (?:posts|weeknotes|week notes|notes|articles)\b.{0,40})\W*",
    re.IGNORECASE,
)
# What sites put below a note: in a feed, WordPress says where it appeared.
CLOSING = re.compile(
    r"the post .{0,300} (?:first )?appeared (?:first )?on .{0,100}|last (?:updated|modified|edited)\b.{0,60}"
    r"|this (?:post|page|article|work|content) is licensed under .{0,100}|(?:copyright|©)(?: ©)?:? ?\d{4}\b.{0,100}",
    re.IGNORECASE,
)
# What is above the part of a page that follows a note; nothing that could as well be a section's.
NEXT_HEADING = re.compile(
    r"\W*(?:(?:\d+ )?comments?|leave a (?:comment|reply)|related (?:posts|articles|content|stories)"
    r"|you (?:may|might) also (?:like|enjoy)|(?:more|other|recent|further) (?:posts|articles|weeknotes|stories)"
    r"|more from .{0,40}|read next|keep reading|share (?:this|on)\b.{0,20}|subscribe|webmentions|attachments:"
    r"|(?:join|subscribe to|sign up (?:for|to)) (?:our|my|the) .{0,40})\W*",
    re.IGNORECASE,
)

MAX_AWAY = 200
"""Characters of what only leads to something else."""

MAX_BYLINE_WORDS = 15
SUBTITLE = re.compile(r"(?:\A|-)(?:sub-?title|standfirst|tagline)(?:\Z|-)")
PERMALINK = re.compile(
    r"[\W_]*|permalink|(?:direct )?link to (?:this )?(?:heading|section).*", re.IGNORECASE | re.DOTALL
)
AUTHOR_OR_DATE = frozenset("p-author h-card vcard author dt-published date published posted-on byline dateline".split())


def names_of(element: Element, attribute: str = "class") -> list[str]:
    """Return an element's classes, or its id, in lower case and their parts with hyphens between.

    >>> from weeknote.web.html_parser import Element
    >>> names_of(Element("div", {"class": "shareButtons post__meta"}, None))
    ['share-buttons', 'post-meta']
    """
    given = element.get(attribute).split()
    return [re.sub(r"[_-]+", "-", CAMEL.sub("-", name)).strip("-").casefold() for name in given]


def is_hidden(element: Element) -> bool:
    """Return whether a browser does not show an element, as far as the element itself says so."""
    if element.tag in UNSEEN or "hidden" in element.attributes:
        return True
    if element.get("aria-hidden") == "true" and not any(e.tag == "img" for e in (element, *element.descendants())):
        return True
    return DISPLAY_NONE.search(element.get("style")) is not None


def is_site(element: Element) -> bool:
    """Return whether an element's role or name says that it is the site's."""
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.get("role").casefold() in ROLES:
        return True
    names = names_of(element)
    if any(FOOTNOTES.search(name) for name in (*names, element.get("role"))):
        return False
    if re.fullmatch("h[1-6]", element.tag) and "site-title" in names:
        return True
    if element.tag in INLINE or re.fullmatch("h[1-6]", element.tag):
        return any("screen-reader" in n or "visually-hidden" in n or n == "sr-only" or "skip-link" in n for n in names)
    if any(name in NAMES or PARTS.search(name) for name in names):
        return True
    return element.tag != "section" and any(map(IDS.fullmatch, names_of(element, "id")))


def is_around(element: Element, *, content: bool) -> bool:
    """Return whether an element is one in which sites put what is not the note: a header, footer, aside or form.

    Inside `content`, which is marked as the note's words, only a form is.
    """
    if element.tag == "form":
        return any(e.tag in ("input", "textarea", "select", "button") for e in element.descendants())
    if content or element.tag not in ("header", "footer", "aside"):
        return False
    if any(e.tag == "blockquote" for e in element.ancestors()):
        return False
    return not any(FOOTNOTES.search(n) for n in (*names_of(element), element.get("role")))


def is_subtitle(element: Element) -> bool:
    """Return whether an element is named as the line below a title, which is no heading whatever its tag is."""
    return any(map(SUBTITLE.search, names_of(element)))


def is_permalink(link: Element) -> bool:
    """Return whether a link in a heading only leads to the heading itself."""
    pictured = any(e.tag == "img" for e in link.descendants())
    return "#" in link.get("href") and not pictured and PERMALINK.fullmatch(link.words) is not None


def heading_words(heading: Element) -> str:
    """Return the words of a heading without the sign that links to it."""
    words = heading.words
    for link in heading.descendants():
        if link.tag == "a" and link.words and is_permalink(link):
            words = words.removesuffix(link.words).removeprefix(link.words).strip()
    return words


def is_byline(element: Element) -> bool:
    """Return whether an element right under a title says only who wrote the note, when, or how long it is."""
    words = element.words
    inside = [element, *element.descendants()]
    if not words:
        return not any(re.fullmatch("img|iframe|video|hr|h[1-6]", e.tag) for e in inside)
    if element.tag == "dl" and any(e.tag == "time" for e in inside):
        return True
    if len(words.split()) > MAX_BYLINE_WORDS or re.fullmatch(r"h[1-6]|table|pre|blockquote", element.tag):
        return False
    if any(e.tag in ("h1", "h2", "h3") for e in inside):
        return False
    counts = re.fullmatch(r"[\d\s]+", words) is not None and any(e.tag == "button" for e in inside)
    if counts or BYLINE.fullmatch(words) is not None:
        return True
    # A sentence with a date or a name in it is the note's.
    is_sentence = element.tag == "p" and words.endswith((".", "!", "?", "…", ":"))
    return not is_sentence and any(
        e.tag == "time" or e.classes & AUTHOR_OR_DATE or e.get("rel") == "author" for e in inside
    )


def leads_away(element: Element) -> bool:
    """Return whether an element at the end of a note is only a link to something else to read, or to answer."""
    words = element.words
    if CLOSING.fullmatch(words):
        return True
    heading = next((e for e in (element, *element.descendants()) if re.fullmatch("h[1-6]", e.tag)), None)
    if heading is not None and words.startswith(heading.words) and NEXT_HEADING.fullmatch(heading.words):
        return True
    linked = sum(len(e.words) for e in (element, *element.descendants()) if e.tag == "a")
    return len(words) < MAX_AWAY and linked >= len(words) / 2 and AWAY.fullmatch(words) is not None
