"""A page's bytes as text, decoded as browsers do (WHATWG Encoding and HTML 13.2.3)."""

from __future__ import annotations

import codecs
import re

PRESCAN = 1024
"""Bytes at the start of a page in which its encoding can be declared."""

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
XML = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)

# The labels that mean something else on the web than in Python.
WEB = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-7": "cp1252",
}


def decode(content: bytes) -> str:
    r"""Return a page's or feed's text: a byte order mark decides, else what it declares, else UTF-8, else Windows-1252.

    >>> decode(b'<meta charset="latin1"><p>Caf\xe9 \x96 open')
    '<meta charset="latin1"><p>Café – open'
    >>> decode("Tŷ".encode())
    'Tŷ'
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    declared = META.search(content, 0, PRESCAN) or XML.search(content, 0, PRESCAN)
    encoding = None if declared is None else python_codec(declared[1].decode("ascii", "replace"))
    if encoding is not None:
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 has a character for every byte on the web; Python's leaves five out.
        return content.decode("cp1252", "replace")


def python_codec(label: str) -> str | None:
    """Return the codec for an encoding's name on the web; None if it is not the name of an encoding of text."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return None
    name = WEB.get(found.name, found.name)
    # Python also has codecs that are no encodings of text, such as `hex` and `zip`. No bytes are read by any of them.
    try:
        b" ".decode(name, "replace")
    except (LookupError, UnicodeError):
        return None
    return name if name not in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined") else None
