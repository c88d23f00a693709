"""The Markdown dialect: what stands inside a leaf, read on first use. The package's one door to mistune.

mistune reads only inline content: its tokens carry no places, and the blocks need exact ones (`block_parser`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from weeknote.markdown.link_definitions import unescape
from weeknote.nodes.block import (
    Break,
    Delete,
    Emphasis,
    FootnoteReference,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    Strong,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weeknote.source import Source

# What mistune could read as more than words; a leaf with none of it needs no parser. `<` opens nothing before a blank,
# `&` nothing before what is neither `#` nor a letter, `_` nothing inside a word (6.2), and one `~` nothing at all. Each
# branch begins with the character itself, for which `re` then looks three times as fast.
MARKED = re.compile(r"\\|`|\*|_(?!(?<=\w_)\w)|\[|\]|<(?!\s|\Z)|&(?=[#A-Za-z])|~~|\n(?<=  \n)")
# A link, a picture (CommonMark 6.3, 6.4) or words in emphasis (6.2) that can be nothing else where no other mark stands
# in their leaf: no footnote, nothing in a URL that would be resolved or percent-encoded; marks that can only open, and
# only close, with nothing between them that marks anything.
URL = r"[A-Za-z0-9_.~:/?#@!$&*+,=%-]+"
OPENING = "|".join(
    rf"{mark}(?<![^ \t\n]{mark}){mark}?(?=\S)|{mark}(?<=[(\"'“‘]{mark}){mark}?(?=[^\W_])" for mark in (r"\*", "_")
)
PLAIN = re.compile(
    rf"\[(?<!!\[)(?!\^)([^\[\]]+)\]\((?P<link>{URL})\)|!\[(?!\^)([^\[\]]+)\]\((?P<image>{URL})\)"
    rf"|({OPENING})(?P<emphasis>[^*_\[\]]++)(?:(?<=\S)\5(?![^ \t\n])|(?<=[^\W_])\5(?=[).,;:!?\"'”’]))"
)

EMPHASIS_MARKS = re.compile(r"[*_]+")
MOST_EMPHASIS_MARKS = 500
"""Past this many runs of `*` and `_` in one leaf, they are words: pairing them takes quadratic time."""

HTML_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*\s*/?>"
    r"|<[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
)
HTML_PAIRS = (("<!-->", ""), ("<!--->", ""), ("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
DECLARATION = re.compile(r"<![A-Za-z]")


def read_inlines(text: str, source: Source) -> tuple[Inline, ...]:
    """Return the inline nodes of a leaf's raw text (CommonMark 6)."""
    if not MARKED.search(text):
        return (words(text),) if text else ()
    dense = text.count("*") + text.count("_") > MOST_EMPHASIS_MARKS
    dense = dense and len(EMPHASIS_MARKS.findall(text)) > MOST_EMPHASIS_MARKS
    if not dense and (found := plain_inlines(text)):
        return found
    if source.prepared is None:
        source.prepared = source.reader.prepare(source)
    env = {**source.prepared, "missing": set()}
    try:
        tokens = parser(emphasis=not dense)(text, env)
    except UnicodeEncodeError:
        # Half a surrogate pair inside a URL cannot be percent-encoded; the leaf stays words.
        return (Text(text),)
    return tuple(nodes(tokens))


def words(text: str) -> Text:
    """Return words without marks as a node; one space before a line's end is no part of them (CommonMark 6.8)."""
    return Text(text.replace(" \n", "\n"))


def plain_inlines(text: str) -> tuple[Inline, ...]:
    """Return the nodes of a leaf with no marks but those of `PLAIN`; () if it has others, which are mistune's."""
    found: list[Inline] = []
    end = 0
    for m in PLAIN.finditer(text):
        kind: Any = m.lastgroup
        before, inside = text[end : m.start()], m[kind] if kind == "emphasis" else m[1] or m[3]
        if MARKED.search(before) or MARKED.search(inside):
            return ()
        if before:
            found.append(words(before))
        shown = words(inside)
        if kind == "emphasis":
            found.append(Emphasis((shown,)) if len(m[5]) == 1 else Strong((shown,)))
        else:
            found.append(Link(m[kind], None, (shown,)) if kind == "link" else Image(m[kind], None, plain((shown,))))
        end = m.end()
    after = text[end:]
    if MARKED.search(after):
        return ()
    if after:
        found.append(words(after))
    return tuple(found)


def references(source: Source) -> dict[str, dict[str, str | None]]:
    """Return a source's definitions as mistune expects them."""
    from mistune import escape_url

    found: dict[str, dict[str, str | None]] = {}
    for label, (url, title) in source.definitions.items():
        with suppress(UnicodeEncodeError):
            found[label] = {"url": escape_url(url), "title": title}
    return found


def nodes(tokens: Iterable[dict[str, Any]]) -> list[Inline]:
    """Return mistune's inline tokens as nodes; neighbouring words become one node."""
    found: list[Inline] = []
    raw: list[str] = []
    for token in tokens:
        kind = token["type"]
        if kind == "text":
            raw.append(unescape_references(token["raw"]))
            continue
        if kind == "softbreak":
            raw.append("\n")
            continue
        if raw:
            found.append(words("".join(raw)))
            raw = []
        found.append(INLINES[kind](token))
    if raw:
        found.append(words("".join(raw)))
    return found


def unescape_references(text: str) -> str:
    """Resolve character references (CommonMark 2.5); backslashes are mistune's to resolve."""
    if "&" not in text:
        return text
    return re.sub(
        r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});",
        lambda m: unescape(m.group()),
        text,
    )


def title_of(token: dict[str, Any]) -> str | None:
    """Return the title of a link or picture; mistune leaves references in it, and a definition's are resolved."""
    title: str | None = token["attrs"].get("title")
    return title if title is None or "ref" in token else unescape_references(title)


INLINES: dict[str, Callable[[dict[str, Any]], Inline]] = {
    "emphasis": lambda t: Emphasis(nodes(t["children"])),
    "strong": lambda t: Strong(nodes(t["children"])),
    "strikethrough": lambda t: Delete(nodes(t["children"])),
    "link": lambda t: Link(t["attrs"]["url"], title_of(t), nodes(t["children"])),
    "image": lambda t: Image(t["attrs"]["url"], title_of(t), plain(nodes(t["children"]))),
    "codespan": lambda t: InlineCode(t["raw"]),
    "linebreak": lambda _: Break(),
    "inline_html": lambda t: Html(t["raw"]),
    "footnote_reference": lambda t: FootnoteReference(t["raw"]),
}


def html_rule(_: Any, m: re.Match[str], state: Any) -> int | None:
    """Read inline HTML in time linear in the leaf: what has no end is looked for once (CommonMark 6.6)."""
    text, start = state.src, m.start()
    end = None
    for opening, closing in HTML_PAIRS:
        if text.startswith(opening, start):
            if closing not in state.env["missing"]:
                at = text.find(closing, start + len(opening))
                end = at + len(closing) if at >= 0 else None
                if at < 0:
                    state.env["missing"].add(closing)
            break
    else:
        if DECLARATION.match(text, start):
            if ">" not in state.env["missing"]:
                end = text.find(">", start) + 1 or None
                if end is None:
                    state.env["missing"].add(">")
        elif (tag := HTML_TAG.match(text, start)) is not None:
            end = tag.end()
    if end is None:
        return None
    state.append_token({"type": "inline_html", "raw": text[start:end]})
    return int(end)


def footnote_rule(_: Any, m: re.Match[str], state: Any) -> int | None:
    """Read `[^label]` where the text defines that footnote."""
    label = m.group()[2:-1]
    if label not in state.env["footnotes"]:
        return None
    state.append_token({"type": "footnote_reference", "raw": label})
    return m.end()


@cache
def parser(*, emphasis: bool) -> Callable[[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return mistune's inline parser with this dialect's rules; made once, on first use."""
    from mistune import InlineParser, Markdown
    from mistune.plugins.formatting import strikethrough

    inline = InlineParser()
    # The lines come without indentation; other white space at their start is words.
    inline.specification["linebreak"] = r"(?:\\| {2,})\n"
    inline.specification["softbreak"] = r" *\n"
    inline.rules.remove("inline_html")
    if not emphasis:
        inline.rules.remove("emphasis")
    inline.register("inline_html", r"<(?:/?[A-Za-z]|!|\?)", html_rule, start_chars="<")
    inline.register("footnote_reference", r"\[\^[^\]\[\s]{1,200}\]", footnote_rule, before="link", start_chars="[")
    Markdown(renderer=None, inline=inline, plugins=[strikethrough])
    return inline
