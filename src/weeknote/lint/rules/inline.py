"""Rules about what is inside a line (WN51): spaces, addresses, links and images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.lint.base import Finding, LintSettings
from weeknote.lint.fixes import Edit, Fix, is_beside_emphasis, is_in_destination
from weeknote.lint.positions import abbreviate, position_at, position_of, words_position
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.inline import Html, Image, Link
from weeknote.nodes.traversal import walk
from weeknote.plaintext.block_parser import find_urls
from weeknote.source import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.lint.view import Leaf

NO_BREAK = "\u00a0"
GAP = re.compile("(?<![ \t])[ \t]*+\u00a0[ \t\u00a0]*+")
# Where typographers put no-break spaces: before these, after these, and beside digits.
FRENCH_BEFORE = ":;!?»%€$£°–—-…/·|”›"
FRENCH_AFTER = "«–—-·|“‹§№#(/"

# An address after one of these is an attribute or a string of some program.
QUOTES = ('"', "'", "=", "`")
# `!bookmark(https://…)`, `:::embed https://…`, `[embed]https://…[/embed]`: the site makes something of the URL.
DIRECTIVE = re.compile(r"(?:^|[\r\n])[ \t>]*[!:@%{\\][^\r\n]*\Z|\w[({]\Z|\[[a-z][^\[\]]{0,100}\]\Z", re.IGNORECASE)
LOCAL = re.compile(r"https?://(?:localhost|[0-9.]+|[^./:]+)(?=[:/]|\Z)", re.IGNORECASE)
SPACED = re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]([ \t]+)\((?:https?://|/|mailto:)[^()\s]{1,2000}\)")
# Mail programs and editors wrap long addresses.
WRAPPED = re.compile(r"\]\((https?://[^()\s<>]{1,1000}(?:\r\n|\r|\n)[ \t>]{0,40}[^()\s<>\"']{1,1000})\)")
SWAPPED = re.compile(r"(?<![!\\\]])\(([^()\[\]\n]{1,300})\)\[(https?://[^\[\]\s]{1,2000})\]")
LINKLIKE = re.compile(r"\][ \t]+\(|\)\[|\]\(https?:")
REFERENCE = re.compile(r"(?<![\w\]\\!])\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{0,100})\](?!\()")
FOOTNOTE = re.compile(r"(?<!\\)\[\^([^\[\]\s]{1,100})\](?![(:])")
MAX_DIRECTIVE = 200
"""The number of characters before a URL that are searched for a directive."""
NOWHERE = frozenset({"", "#", "url", "link", "todo", "tbc", "tbd", "xxx", "http://", "https://", "insert-link", "..."})
HTML_IMAGE = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
ALT = re.compile(r"\balt\s*=|\balt[\s/>]|aria-hidden|role=.presentation", re.IGNORECASE)


# What would be a list, a heading or a quotation with a plain space after it.
MARKER = re.compile(r"[\x00 \t>]*(?:[-+*]|[0-9]{1,9}[.)]|#{1,6}|[-*_= \t]+)")


@text_rule("WN511", "no-break-gap", "off warning warning")
def no_break_gap(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A no-break space makes a gap.

    What: There is a no-break space next to another space, as word processors and mail programs leave them behind. A
        single no-break space, and those that indent a line or set off punctuation as in French, are left alone.
    Why: Browsers do not collapse no-break spaces, so the page shows a gap.
    Fix: `--fix` replaces them by one space.
    """
    for leaf, m, start in no_break_spaces(view):
        if len(m.group()) > 1:
            end = start + len(m.group())
            yield Finding(
                "A no-break space next to another space makes a gap.",
                leaf.node,
                None if leaf.slice is None else position_at(leaf.slice, start, end),
                "Use one space.",
                Fix("Use one space", [Edit(start, end, " ")]),
            )


def no_break_spaces(view: TextView) -> Iterator[tuple[Leaf, re.Match[str], int]]:
    """Yield each run of spaces between two words with a no-break space in it: the leaf, the match and its offset."""
    for leaf in view.leaves:
        if NO_BREAK not in leaf.source_text:
            continue
        words, offset = leaf.masked
        text = leaf.source_text
        for m in GAP.finditer(text):
            before, after = text[m.start() - 1 : m.start()] if m.start() else "", text[m.end() : m.end() + 1]
            if not before or not after or before in "\r\n<>" + FRENCH_AFTER or after in "\r\n#" + FRENCH_BEFORE:
                continue
            if NO_BREAK not in words[m.start() : m.end()] or is_in_destination(text, m.start()):
                continue
            line = words[max(words.rfind("\n", 0, m.start()), words.rfind("\r", 0, m.start())) + 1 : m.start()]
            if line.strip("\x00 \t>") and not MARKER.fullmatch(line):
                yield leaf, m, offset + m.start()


@text_rule("WN517", "no-break-space", "off off info")
def no_break_space(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """There is a no-break space between two words.

    What: There is a no-break space where a plain one would do. Those beside digits and single letters, and those that
        set off punctuation as in French, are left alone. Off by default, because many sites put one before the last
        word of every title.
    Why: A search for the two words does not find them, and neither does a program that looks for a heading.
    Fix: `--fix` replaces it with a plain space.
    """
    for leaf, m, start in no_break_spaces(view):
        text, at_gap = m.string, m.start()
        word = re.search(r"\w*\Z", text[max(at_gap - 40, 0) : at_gap])
        beside = (text[at_gap - 1], text[m.end()])
        if len(m.group()) > 1 or any(c.isdigit() for c in beside) or (word is not None and len(word.group()) == 1):
            continue
        yield Finding(
            "There is a no-break space between two words.",
            leaf.node,
            None if leaf.slice is None else position_at(leaf.slice, start, start + 1),
            "Use a plain space.",
            Fix("Use a plain space", [Edit(start, start + 1, " ")]),
        )


@text_rule("WN512", "bare-url", "off warning warning")
def bare_url(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A URL in a sentence is not a link.

    What: A Markdown paragraph contains `https://…` among its words, without `<>` around it and not in a link. URLs on
        a line of their own, where many sites show a preview, are left alone; so are those in straight quotes, in HTML
        links and in directives such as `!bookmark(…)`, local ones (`localhost`), and all of plain text.
    Why: Standard Markdown does not make it a link. And read aloud, a URL is forty letters and slashes.
    Fix: Link some words instead: `[the survey](https://…)`. `--fix` puts `<` and `>` around the URL.
    """
    for leaf in view.leaves:
        where = leaf.slice
        if where is None or not leaf.is_markdown or "://" not in leaf.source_text:
            continue
        text, offset = leaf.unlinked
        lines = [(line, find_urls(line[0].replace("\x00", " "))) for line in LINE.finditer(text)]
        for line, at, url in [(line, line.start() + at, url) for line, urls in lines for at, url in urls]:
            if is_alone_on_line(text, *line.span(), at, at + len(url)):
                continue
            before = text[max(line.start(), at - MAX_DIRECTIVE) : at]
            if before[-1:].isascii() and before[-1:].isalnum():
                continue  # not the start of a URL
            # What is almost a link belongs to `broken-link`.
            if before.endswith((*QUOTES, "](", "] (", ")[")) or LOCAL.match(url) or DIRECTIVE.search(before):
                continue
            start, end = offset + at, offset + at + len(url)
            marked = before.endswith("\\") or is_beside_emphasis(leaf.source_text, at, at + len(url))
            is_safe = not marked and not re.search(r"[\\*_`&\[\]<>]", url)
            yield Finding(
                f"The URL “{abbreviate(url)}” is not a link in Markdown.",
                leaf.node,
                position_at(where, start, end),
                "Link some words to it, or put < and > around it.",
                Fix("Put < and > around it", [Edit(start, end, f"<{url}>")]) if is_safe else None,
            )


def is_alone_on_line(text: str, first: int, last: int, start: int, end: int) -> bool:
    """Return whether a line has no words besides a range, or only a label that ends in a colon before it."""
    # Only looks as far as the nearest word: a line may have many URLs.
    before = next((text[i] for i in range(start - 1, first - 1, -1) if not text[i].isspace()), "")
    beside = (text[i].isalnum() for row in (range(start - 1, first - 1, -1), range(end, last)) for i in row)
    return before == ":" or not any(beside)


@text_rule("WN513", "image-without-alt", "off off info")
def image_without_alt(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """An image has no alternative text.

    What: A Markdown image has nothing between its square brackets, or an HTML `<img>` has no `alt`. Off by default,
        because an empty text is right for decorative images.
    Why: People who cannot see the image learn nothing from it.
    Fix: Describe in a few words what the image shows: `![Six people around a map](map.jpg)`.
    """
    for leaf in view.leaves:
        if leaf.slice is not None and "![" not in leaf.source_text:
            continue
        for node in walk(leaf.node):
            if isinstance(node, Image) and not node.alt.strip():
                yield Finding(
                    f"The image “{abbreviate(node.url.rpartition('/')[2]) or node.url}” has no alternative text.",
                    node,
                    position_of(node),
                    "Describe it between the square brackets.",
                )
    for block in view.blocks:
        if isinstance(block, Html):
            for m in HTML_IMAGE.finditer(block.value):
                if not ALT.search(m.group()):
                    yield Finding(
                        "This image has no alternative text.",
                        block,
                        words_position(block, m.group()),
                        'Add alt="what it shows".',
                    )


@text_rule("WN514", "link-to-nowhere", "off warning warning")
def link_to_nowhere(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A link has no destination.

    What: The destination of a link is empty or a placeholder: `()`, `(url)`, `(TODO)`, `(#)`, `(https://)`.
    Why: It takes readers to the same page, or to none.
    Fix: Add the URL, or remove the link and keep its words.
    """
    for leaf in view.leaves:
        if leaf.is_markdown and "[" not in leaf.source_text and "<" not in leaf.source_text:
            continue  # there are no links
        for node in walk(leaf.node):
            if isinstance(node, Link) and node.url.strip().lower() in NOWHERE:
                yield Finding(
                    f"The link “{abbreviate(node.text)}” has no destination.",
                    node,
                    position_of(node),
                    "Add its URL, or keep only the words.",
                )


@text_rule("WN515", "broken-link", "off warning warning")
def broken_link(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The syntax of a link is wrong.

    What: There is a space between `[words]` and `(URL)`, the brackets are swapped (`(words)[https://…]`), or the URL is
        broken across lines.
    Why: The page shows the brackets and the URL instead of a link.
    Fix: Write `[words](URL)` without spaces or line breaks. `--fix` removes the space and swaps the brackets.
    """
    for leaf in view.leaves:
        if leaf.slice is None or not leaf.is_markdown or not LINKLIKE.search(leaf.source_text):
            continue
        text, offset = leaf.unlinked
        for form, message, hint in (
            (SPACED, "The space between the brackets breaks this link.", "Remove the space: [words](URL)."),
            (SWAPPED, "The brackets of this link are swapped.", "Write [words](URL)."),
            (WRAPPED, "The line break in its URL breaks this link.", "Put the whole URL on one line."),
        ):
            for m in form.finditer(text):
                if is_in_destination(text, m.start()):
                    continue
                start, end = offset + m.start(), offset + m.end()
                fix = None
                if form is SPACED:
                    fix = Fix("Remove the space", [Edit(offset + m.start(1), offset + m.end(1), "")])
                elif form is SWAPPED:
                    words = leaf.source_text[m.start(1) : m.end(1)]
                    fix = Fix("Swap the brackets", [Edit(start, end, f"[{words}]({m[2]})")])
                yield Finding(message, leaf.node, position_at(leaf.slice, start, end), hint, fix)


@text_rule("WN516", "missing-definition", "off warning warning")
def missing_definition(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A link or footnote has no definition.

    What: There is `[words][label]` without `[label]: https://…`, or `[^1]` without `[^1]: …`.
    Why: The page shows the brackets, and the link or footnote is lost.
    Fix: Add the missing definition anywhere in the note.
    """
    for leaf in view.leaves:
        if leaf.slice is None or not leaf.is_markdown or not ("][" in leaf.source_text or "[^" in leaf.source_text):
            continue
        text, offset = leaf.unlinked
        for m in FOOTNOTE.finditer(text):
            yield Finding(
                f"The footnote “{m.group()}” is not defined.",
                leaf.node,
                position_at(leaf.slice, offset + m.start(), offset + m.end()),
                f"Add a line “{m.group()}: …” at the end of the note.",
            )
        for m in REFERENCE.finditer(text):
            written = leaf.source_text[m.start() : m.end()]
            label = abbreviate(leaf.source_text[slice(*(m.span(2) if m[2] else m.span(1)))])
            yield Finding(
                f"The link “{abbreviate(written)}” refers to “[{label}]”, which is not defined.",
                leaf.node,
                position_at(leaf.slice, offset + m.start(), offset + m.end()),
                f"Add a line “[{label}]: https://…”.",
            )
