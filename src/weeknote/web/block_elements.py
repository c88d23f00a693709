"""What each element that begins on a line of its own becomes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from weeknote.nodes.block import (
    Block,
    Blockquote,
    Break,
    Code,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Text,
    ThematicBreak,
)
from weeknote.web.addresses import is_safe
from weeknote.web.boilerplate import is_subtitle
from weeknote.web.inlines import Mark, with_mark
from weeknote.web.raw_html import MAX_URL, raw_html
from weeknote.web.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.web.blocks import BlockReader
    from weeknote.web.html_parser import Element
    from weeknote.web.inlines import Path

BLOCKS = frozenset(
    "address article aside body center dd details dialog div fieldset figcaption footer form header hgroup html "
    "legend li main nav p section summary tbody td tfoot th thead tr".split()
)
"""Elements that begin on a line of their own and become the paragraphs that are in them."""

LANGUAGE = re.compile(
    r"(?:\A|\s)(?:language|lang|highlight-source|highlight|brush:\s?|sourcecode\s)-?([\w+#.-]+)", re.IGNORECASE
)
LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "data-code-block-lang")
NO_LANGUAGE = frozenset("none default fallback plaintext".split())
"""The language that site generators give code for which the author gave none."""

GUTTER = frozenset("gutter lineno linenos lnt ln rouge-gutter line-numbers-rows".split())
"""Classes of what holds the numbers of lines of code."""

MAX_AROUND = 3
"""Elements around code whose classes may say its language."""

DIGITS = re.compile(r"[0-9]{1,9}")


def _heading(reader: BlockReader, element: Element, path: Path) -> None:
    if is_subtitle(element):
        reader.alone(element, path)
        return
    words = reader.line(element, path=path)
    if any(not isinstance(node, Text) or node.value.strip() for node in words):
        reader.add(Heading(int(element.tag[1]), words))


def _rule(reader: BlockReader, element: Element, path: Path) -> None:  # noqa: ARG001 # every reader has a path
    reader.flush()
    after = element.after
    # The line above footnotes is theirs.
    if after is None or not any(id(e) in reader.footnotes.definitions for e in (after, *after.descendants())):
        reader.add(ThematicBreak())


def _quote(reader: BlockReader, element: Element, path: Path) -> None:
    if blocks := reader.within(element, path):
        reader.add(Blockquote(blocks))


def _list(reader: BlockReader, element: Element, path: Path) -> None:
    items = _items(reader, element, path)
    after = element.after
    while after is not None and after.before is not None and _goes_on(after, after.before):
        if not reader.is_left_out(after):
            items += _items(reader, after, path)
            reader.leave_out(after)
        after = after.after
    if not items:
        return
    ordered = element.tag == "ol"
    if "reversed" in element.attributes:
        reader.lose("a list that counts down is numbered upwards")
    start = int(element.get("start")) if DIGITS.fullmatch(element.get("start")) else 1
    reader.add(List([ListItem(item) for item in items], ordered, start if ordered else None))


def _goes_on(element: Element, before: Element) -> bool:
    """Return whether a list goes on with the one right before it: some editors make a list of each item."""
    alike = before.tag == element.tag and before.classes == element.classes and bool(element.classes)
    return alike and 1 in (len(before.elements), len(element.elements))


def _items(reader: BlockReader, element: Element, path: Path) -> list[list[Block]]:
    """Return the blocks of each item in a list."""
    items: list[list[Block]] = []
    blocks: list[Block]
    for child in element.children:
        if isinstance(child, str):
            own, blocks = False, [Paragraph(" ".join(child.split()))] if child.strip() else []
        elif reader.is_left_out(child):
            continue
        elif (label := reader.footnotes.definitions.get(id(child))) is not None:
            reader.footnote(child, label)
            continue
        else:
            own = child.tag == "li"
            blocks = _item(reader, child, path)
        if own or (blocks and not items):
            items.append(blocks)
        elif items:
            # What is in a list and in none of its items is shown with the item before it.
            items[-1] += blocks
    return items


def _item(reader: BlockReader, element: Element, path: Path) -> list[Block]:
    with reader.apart() as blocks:
        if element.tag == "li":
            reader.inside(element, path)
        else:
            reader.one(element, path)
    return blocks


def _terms(reader: BlockReader, element: Element, path: Path) -> None:
    reader.flush()
    reader.lose("a description list becomes paragraphs, with its terms in bold")
    reader.alone(element, path)


def _term(reader: BlockReader, element: Element, path: Path) -> None:
    reader.alone(element, with_mark(path, Mark("strong", key=id(element))))


def _code(reader: BlockReader, element: Element, path: Path) -> None:  # noqa: ARG001 # every reader has a path
    # A table beside which the lines are numbered does not count.
    above = [e for e in element.ancestors() if e.tag not in ("td", "tr", "tbody", "table", "code")]
    around = [*[element, *element.descendants()][:3], *above[:MAX_AROUND]]
    declared = (e.get(name) for e in around for name in ("class", "data-syntaxhighlighter-params"))
    found = next((m for words in declared if (m := LANGUAGE.search(words)) is not None), None)
    given = (lang for e in around for name in LANGUAGE_ATTRIBUTES if (lang := e.get(name)))
    language = found[1] if found else next(given, None)
    if language in NO_LANGUAGE:
        language = None
    value = _code_text(element)
    if value.strip():
        reader.add(Code(value, language))


def _table(reader: BlockReader, element: Element, path: Path) -> None:
    reader.flush()
    has_numbers = any(e.classes & GUTTER for e in element.descendants())
    table = None if has_numbers else read_table(element, reader)
    if table is None:
        reader.alone(element, path)
    else:
        reader.add(table)


def read_figure(reader: BlockReader, element: Element, path: Path) -> None:
    """Read a picture, table or quotation with its caption."""
    shown = reader.within(element, path)
    match shown:
        case [Paragraph(children=picture), Paragraph(children=caption)] if _has_caption(element):
            # A line break keeps a caption with its picture.
            reader.lose("a caption becomes text below its picture")
            reader.add(Paragraph((*picture, Break(), *caption)))
        case _:
            for block in shown:
                reader.add(block)


def _details(reader: BlockReader, element: Element, path: Path) -> None:
    summary = next((e for e in element.elements if e.tag == "summary"), None)
    shown = "" if summary is None else f"\n<summary>{html.escape(summary.words, quote=False)}</summary>"
    reader.add(Html(("<details open>" if "open" in element.attributes else "<details>") + shown))
    if summary is not None:
        reader.leave_out(summary)
    reader.inside(element, path)
    reader.add(Html("</details>"))


def _embed(reader: BlockReader, element: Element, path: Path) -> None:  # noqa: ARG001 # every reader has a path
    reader.flush()
    sources = [element, *(e for e in element.descendants() if e.tag == "source")]
    url = next((u for e in sources if (u := e.get("src") or e.get("data-src"))), "")
    if not url or not is_safe(url) or len(url) > MAX_URL:
        reader.lose(f"what <{element.tag}> embeds is left out: it has no usable address")
        return
    element.attributes.setdefault("src", url)
    code = raw_html(element, reader.base)
    reader.add(Html(code if element.tag == "iframe" else f"<figure>{code}</figure>"))


BLOCK_READERS: dict[str, Callable[[BlockReader, Element, Path], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("pre", "listing", "xmp"), _code),
    **dict.fromkeys(("iframe", "video", "audio", "embed"), _embed),
    "hr": _rule,
    "blockquote": _quote,
    "dl": _terms,
    "dt": _term,
    "table": _table,
    "figure": read_figure,
    "details": _details,
}


def is_figure(element: Element) -> bool:
    """Return whether an element is what WordPress had for a picture with a caption before HTML had figures."""
    return element.tag == "div" and "wp-caption" in element.classes


def _has_caption(element: Element) -> bool:
    return any(e.tag == "figcaption" or "wp-caption-text" in e.classes for e in element.descendants())


def _code_text(element: Element) -> str:
    """Return the text of a block of code, without the numbers of its lines."""
    found: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.append(node)
        elif node.tag == "br":
            found.append("\n")
        elif not node.classes & GUTTER:
            stack.extend(reversed(node.children))
    return "".join(found).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
