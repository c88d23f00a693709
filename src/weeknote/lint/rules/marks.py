"""Rules about what stands inside a line (WN51): spaces, addresses, links and pictures."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from weeknote.lint.diagnostics import Edit
from weeknote.lint.places import at, narrow, shortened
from weeknote.lint.repairs import respelling
from weeknote.lint.rule import Finding, LintSettings
from weeknote.lint.view import View, text_rule
from weeknote.nodes.block import Html, Image, Link, Text
from weeknote.nodes.traversal import walk
from weeknote.plaintext.block_parser import trim_url
from weeknote.source import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.block import Node

NO_BREAK = "\u00a0"
GAP = re.compile("(?<![ \t])[ \t]*+\u00a0[ \t\u00a0]*+")
# A space that must not break has its place before these (French), after these, and beside figures and signs.
FRENCH_BEFORE = ":;!?»%€$£°–—-…/·|”›"
FRENCH_AFTER = "«–—-·|“‹§№#(/"

ADDRESS = re.compile(r"https?://[^\s<>\"“”\x00]+", re.IGNORECASE)
# What stands in straight quotes is an attribute or a string of some program, and leads nobody anywhere.
QUOTES = ('"', "'", "=", "`")
LOCAL = re.compile(r"https?://(?:localhost|[0-9.]+|[^./:]+)(?=[:/]|\Z)", re.IGNORECASE)
SPACED = re.compile(r"\[[^\[\]\n]{1,300}\]([ \t]+)\((?:https?://|/|mailto:)[^()\s]{1,2000}\)")
# A mail program or an editor cut the address in two.
CUT = re.compile(r"\]\((https?://[^()\s<>]{1,1000}(?:\r\n|\r|\n)[ \t>]{0,40}[^()\s<>\"']{1,1000})\)")
TURNED = re.compile(r"\(([^()\[\]\n]{1,300})\)\[(https?://[^\[\]\s]{1,2000})\]")
LINKLIKE = re.compile(r"\][ \t]+\(|\)\[|\]\(https?:")
REFERENCE = re.compile(r"(?<![\w\]\\!])\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{0,100})\](?!\()")
FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,100})\](?![(:])")
NOWHERE = frozenset({"", "#", "url", "link", "todo", "tbc", "tbd", "xxx", "http://", "https://", "insert-link", "..."})
HTML_IMAGE = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
ALT = re.compile(r"\balt\s*=|\balt[\s/>]|aria-hidden|role=.presentation", re.IGNORECASE)


@text_rule("WN511", "no-break-gap", "off warning warning")
def no_break_gap(view: View, _: LintSettings) -> Iterator[Finding]:
    """A no-break space makes a gap in a line.

    What: A no-break space stands beside another space between two words, as word processors and mail programs leave
        them behind. One that holds two words together, one that indents a line, and one before or after a mark that
        French and others set apart, is left alone.
    Why: The page shows a gap in the line, for two spaces of which one does not break are never joined.
    Fix: `--fix` makes one plain space of them.
    """
    for leaf, m, start in no_break_spaces(view):
        if len(m.group()) > 1:
            end = start + len(m.group())
            yield Finding(
                "A no-break space doubles the space here, so that the page shows a gap.",
                leaf,
                at(leaf.slice, start, end),
                "Leave one plain space.",
                respelling("Leave one space", Edit(start, end, " ")),
            )


def no_break_spaces(view: View) -> Iterator[tuple[Any, re.Match[str], int]]:
    """Yield each place between two words with a no-break space, and the spaces around it: node, match and offset."""
    for leaf in view.leaves:
        if NO_BREAK not in leaf.raw:
            continue
        text, offset = leaf.spelling
        for m in GAP.finditer(text):
            before, after = text[m.start() - 1 : m.start()] if m.start() else "", text[m.end() : m.end() + 1]
            if before and after and before not in "\r\n" + FRENCH_AFTER and after not in "\r\n" + FRENCH_BEFORE:
                yield leaf.node, m, offset + m.start()


@text_rule("WN517", "no-break-space", "off off info")
def no_break_space(view: View, _: LintSettings) -> Iterator[Finding]:
    """A no-break space stands between two words.

    What: A no-break space where a plain one would do. Beside a figure, beside a single letter, and before or after a
        mark that French and others set apart, it is meant and left alone. Off by default, because many blogs put one
        before the last word of each title on purpose.
    Why: A search for the two words does not find them, and neither does a program that looks for a heading.
    Fix: `--fix` makes a plain space of it.
    """
    for leaf, m, start in no_break_spaces(view):
        text, at_gap = m.string, m.start()
        word = re.search(r"\w*\Z", text[max(at_gap - 40, 0) : at_gap])
        beside = (text[at_gap - 1], text[m.end()])
        if len(m.group()) > 1 or any(c.isdigit() for c in beside) or (word is not None and len(word.group()) == 1):
            continue
        yield Finding(
            "A no-break space stands between two words here.",
            leaf,
            at(leaf.slice, start, start + 1),
            "Write a plain space.",
            respelling("Write a plain space", Edit(start, start + 1, " ")),
        )


@text_rule("WN512", "bare-url", "off warning warning")
def bare_url(view: View, _: LintSettings) -> Iterator[Finding]:
    """An address stands in a sentence and is no link.

    What: A Markdown paragraph has `https://…` among its words, without `<>` around it and not as a link. An address
        on a line of its own is left alone, because many sites show a preview there; so are one in straight quotes,
        one that only the writer’s own machine knows (`localhost`), and plain text, where that is how addresses are
        written.
    Why: Markdown makes no link of it, although some sites do; and read aloud it is forty letters and strokes.
    Fix: Link some words instead: `[the survey](https://…)`. `--fix` puts `<` and `>` around it, which makes it a link
        everywhere.
    """
    for leaf in view.leaves:
        where = leaf.where
        if where is None or not leaf.markdown or "://" not in leaf.raw:
            continue
        bare = sorted(m.group() for text in loose_words(leaf.node) for m in ADDRESS.finditer(text))
        if not bare:
            continue
        text, offset = leaf.spelling
        lines = [line.span() for line in LINE.finditer(text)]
        for line, m in [(row, m) for row in lines for m in ADDRESS.finditer(text, *row)]:
            url = trim_url(m.group())
            # Of those that begin with it, if there are any, the first stands where it would be sorted in.
            like = bisect_left(bare, url)
            loose = like < len(bare) and bare[like].startswith(url)
            if not loose or alone(text, *line, m.start(), m.start() + len(url)):
                continue
            before = text[max(m.start() - 3, 0) : m.start()]
            # What is nearly a link is `broken-link`'s.
            if before.endswith((*QUOTES, "](", "] (", ")[")) or LOCAL.match(url):
                continue
            start, end = offset + m.start(), offset + m.start() + len(url)
            safe = not re.search(r"[\\*_`&\[\]<>]", url)
            yield Finding(
                f"The address “{shortened(url)}” is no link in Markdown.",
                leaf.node,
                at(where, start, end),
                "Link some words to it, or put < and > around it.",
                respelling("Put < and > around it", Edit(start, end, f"<{url}>")) if safe else None,
            )


def loose_words(leaf: Node) -> Iterator[str]:
    """Yield the words of a leaf that stand in no link."""
    stack: list[Any] = [leaf]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            yield node.value
        elif not isinstance(node, Link) and "children" in node.parts:
            stack.extend(reversed(node.children))


def alone(text: str, first: int, last: int, start: int, end: int) -> bool:
    """Tell whether nothing but marks stands on a line beside a range, or before it a label with a colon."""
    # No further than the next word is looked at: a line may hold many addresses.
    before = next((text[i] for i in range(start - 1, first - 1, -1) if not text[i].isspace()), "")
    beside = (text[i].isalnum() for row in (range(start - 1, first - 1, -1), range(end, last)) for i in row)
    return before == ":" or not any(beside)


@text_rule("WN513", "image-without-alt", "off off info")
def image_without_alt(view: View, _: LintSettings) -> Iterator[Finding]:
    """A picture has no description.

    What: A Markdown image with nothing between its brackets, or an HTML `<img>` without `alt`. Off by default, because
        an empty description is right for a picture that only decorates.
    Why: Who cannot see the picture learns nothing of it.
    Fix: Say in a few words what the picture shows: `![Six people around a map](map.jpg)`.
    """
    for leaf in view.leaves:
        if leaf.where is not None and "![" not in leaf.raw:
            continue
        for node in walk(leaf.node):
            if isinstance(node, Image) and not node.alt.strip():
                yield Finding(
                    f"The picture “{shortened(node.url.rpartition('/')[2]) or node.url}” has no description.",
                    leaf.node,
                    narrow(leaf.node, f"![]({node.url}"),
                    "Say in the square brackets what it shows.",
                )
    for block in view.blocks:
        if isinstance(block, Html):
            for m in HTML_IMAGE.finditer(block.value):
                if not ALT.search(m.group()):
                    yield Finding(
                        "The picture has no description.", block, narrow(block, m.group()), 'Add alt="what it shows".'
                    )


@text_rule("WN514", "link-to-nowhere", "off warning warning")
def link_to_nowhere(view: View, _: LintSettings) -> Iterator[Finding]:
    """A link leads nowhere.

    What: The destination of a link is empty or a word that stood for it while the note was written: `()`, `(url)`,
        `(TODO)`, `(#)`, `(https://)`.
    Why: Whoever follows it lands on the same page, or on none.
    Fix: Put the address in, or take the link away and leave its words.
    """
    for leaf in view.leaves:
        if leaf.markdown and "[" not in leaf.raw and "<" not in leaf.raw:
            continue  # without these there is no link
        for node in walk(leaf.node):
            if isinstance(node, Link) and node.url.strip().lower() in NOWHERE:
                yield Finding(
                    f"The link “{shortened(node.text)}” leads nowhere.",
                    leaf.node,
                    narrow(leaf.node, f"[{node.text}]({node.url})"),
                    "Put its address into the round brackets, or leave only the words.",
                )


@text_rule("WN515", "broken-link", "off warning warning")
def broken_link(view: View, _: LintSettings) -> Iterator[Finding]:
    """A link is spelled so that Markdown does not read it.

    What: A space stands between `[words]` and `(address)`, the brackets are the wrong way round
        (`(words)[https://…]`), or a line ends in the middle of the address.
    Why: The page shows the brackets and the address instead of a link.
    Fix: `[words](address)` on one line and without a space. `--fix` takes the space out and turns the brackets round.
    """
    for leaf in view.leaves:
        where = leaf.where
        if where is None or not leaf.markdown or not LINKLIKE.search(leaf.raw):
            continue
        loose = "\n".join(loose_words(leaf.node))
        # What is nearly a link in the text is one in the words too, unless it stands in code or HTML.
        nearly = {" ".join(m[0].split()) for form in (SPACED, TURNED, CUT) for m in form.finditer(loose)}
        for m in SPACED.finditer(leaf.raw):
            if " ".join(m[0].split()) in nearly:
                start, end = where.start + m.start(1), where.start + m.end(1)
                yield Finding(
                    "A space between the brackets keeps this from being a link.",
                    leaf.node,
                    at(where, where.start + m.start(), where.start + m.end()),
                    "Take the space out: [words](address).",
                    respelling("Take the space out", Edit(start, end, "")),
                )
        for m in TURNED.finditer(leaf.raw):
            if " ".join(m[0].split()) in nearly:
                start, end = where.start + m.start(), where.start + m.end()
                yield Finding(
                    "The brackets of this link are the wrong way round.",
                    leaf.node,
                    at(where, start, end),
                    f"Write [{shortened(m[1])}]({shortened(m[2])}).",
                    respelling("Turn the brackets round", Edit(start, end, f"[{m[1]}]({m[2]})")),
                )
        for m in CUT.finditer(leaf.raw):
            if " ".join(m[0].split()) in nearly:
                yield Finding(
                    "The line ends in the middle of this link’s address, which keeps it from being a link.",
                    leaf.node,
                    at(where, where.start + m.start(1), where.start + m.end(1)),
                    "Put the whole address on one line.",
                )


@text_rule("WN516", "missing-definition", "off warning warning")
def missing_definition(view: View, _: LintSettings) -> Iterator[Finding]:
    """A link or footnote refers to a definition that is not there.

    What: `[words][label]` without a line `[label]: https://…`, or `[^1]` without a footnote `[^1]: …`.
    Why: The page shows the brackets, and the link or the footnote is lost.
    Fix: Add the line that is missing, anywhere in the note.
    """
    for leaf in view.leaves:
        if not leaf.markdown or not ("][" in leaf.raw or "[^" in leaf.raw):
            continue
        for text in loose_words(leaf.node):
            for m in FOOTNOTE.finditer(text):
                yield Finding(
                    f"There is no footnote “{m.group()}”.",
                    leaf.node,
                    narrow(leaf.node, m.group()),
                    f"Add a line “{m.group()}: …” at the end of the note.",
                )
            for m in REFERENCE.finditer(text):
                label = m[2] or m[1]
                yield Finding(
                    f"“{shortened(m.group())}” refers to “[{shortened(label)}]”, which is defined nowhere.",
                    leaf.node,
                    narrow(leaf.node, m.group()),
                    f"Add a line “[{shortened(label)}]: https://…”.",
                )
