"""Addresses in a page or a note: which are safe to follow, and where a relative one leads."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urljoin, urlsplit

# A browser leaves these out before it reads the scheme (WHATWG URL 4.4).
IGNORED = re.compile(r"[\t\n\r]|\A[\x00-\x20]+|[\x00-\x20]+\Z")
ENCODED = re.compile(r"%(?:[01][0-9A-Fa-f]|20)")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")

SAFE = frozenset("http https mailto tel sms ftp ftps gemini gopher irc ircs xmpp matrix magnet news nntp geo".split())
"""Schemes that open a page or a program of the reader's choice; none of them runs what is in the address."""


PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif)[;,]", re.IGNORECASE)
"""Pictures that are written in their own address; SVG is not among them, as it can hold scripts."""


def is_safe(url: str, *, picture: bool = False) -> bool:
    r"""Return whether a browser that follows a URL runs nothing in it; a picture may be written in its own address.

    >>> is_safe("https://example.org/"), is_safe("/notes/"), is_safe("java\tscript:alert(1)")
    (True, True, False)
    """
    bare = IGNORED.sub("", ENCODED.sub("", html.unescape(url)))
    if picture and PICTURE.match(bare):
        return True
    found = SCHEME.match(bare)
    return found is None or found[1].casefold() in SAFE


REDIRECTS = {("www.google.com", "/url"): "q", ("google.com", "/url"): "q", ("medium.com", "/r/"): "url"}
"""Redirect pages, which word processors and blogs put before the addresses in a document."""


def without_redirect(url: str) -> str:
    """Return where a URL leads in the end, if it is that of a redirect page.

    >>> without_redirect("https://www.google.com/url?q=https://example.org/&sa=D&ust=1711127051123")
    'https://example.org/'
    """
    try:
        parts = urlsplit(url)
        key = REDIRECTS.get((parts.netloc, parts.path))
        (found,) = parse_qs(parts.query).get(key, [""]) if key is not None else [""]
    except ValueError:
        return url
    return found if is_web_address(found) else url


def absolute(url: str, base: str | None) -> str:
    """Return where a URL in a page leads, as far as the page's own address is known.

    >>> absolute("../plan", "https://example.org/notes/12/")
    'https://example.org/notes/plan'
    >>> absolute("#plan", "https://example.org/")
    '#plan'
    >>> absolute("//example.org/plan", None)
    'https://example.org/plan'
    """
    url = IGNORED.sub("", url)
    if base is None and url.startswith("//"):
        return f"https:{url}"
    if base is None or not url or url.startswith("#"):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        # An address that cannot be read, such as `http://[`, leads nowhere.
        return url


def is_web_address(url: str | None) -> bool:
    """Return whether a URL is an absolute web address.

    >>> is_web_address("https://example.org/"), is_web_address("/notes/")
    (True, False)
    """
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
