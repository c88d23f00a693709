"""What `<` opens inside a line: an autolink (CommonMark 6.5) or raw HTML (CommonMark 6.6)."""

from __future__ import annotations

import re

AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*+)>")
EMAIL_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = re.compile(rf"<([A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]++@{EMAIL_LABEL}(?:\.{EMAIL_LABEL})*)>")
TAG = re.compile(
    r"</[A-Za-z][A-Za-z0-9-]*+[ \t\n]*+>"
    r"|<[A-Za-z][A-Za-z0-9-]*+"
    r"(?:[ \t\n]++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:[ \t\n]*+=[ \t\n]*+(?:[^ \t\n\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"[ \t\n]*+/?>"
)
PAIRS = (("<!-->", ""), ("<!--->", ""), ("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
DECLARATION = re.compile(r"<![A-Za-z]")


def html_end(text: str, start: int, missing: set[str]) -> int | None:
    """Return where the raw HTML at an offset ends; None if there is none.

    Closing marks that the rest of the leaf does not have are added to `missing`, so that the time for a whole leaf is
    linear.
    """
    tag = TAG.match(text, start)
    if tag is not None:
        return tag.end()
    for opening, closing in PAIRS:
        if text.startswith(opening, start):
            return find_end(text, start + len(opening), closing, missing)
    return find_end(text, start, ">", missing) if DECLARATION.match(text, start) else None


def find_end(text: str, start: int, closing: str, missing: set[str]) -> int | None:
    """Return the offset after the next closing mark, or None."""
    if closing in missing:
        return None
    at = text.find(closing, start)
    if at < 0:
        missing.add(closing)
        return None
    return at + len(closing)
