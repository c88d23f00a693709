"""Fixes change what a reader sees only as their rule says: pages before and after a fix, rendered by cmark-gfm."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weeknote import dump, fix, parse
from weeknote.lint import RULES, LintSettings, SectionSpec, Structure

SHARED = Path(__file__).parents[3] / "shared"

cmarkgfm: Any = pytest.importorskip("cmarkgfm")


def page(text: str) -> str:
    """Return a note as HTML, without its front matter and invisible white space."""
    note = parse(text, dialect="markdown")
    matter = note.front_matter
    body = text if matter is None or matter.slice is None else text[matter.slice.end :]
    body = body.removeprefix("\ufeff").encode("utf-8", "replace").decode()
    options = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE | cmarkgfm.cmark.Options.CMARK_OPT_FOOTNOTES
    html: str = cmarkgfm.markdown_to_html_with_extensions(body, options=options, extensions=["table", "strikethrough"])
    return html


def without(pattern: str, replacement: str = "") -> Callable[[str], str]:
    """Return a function that replaces a pattern in a page."""
    compiled = re.compile(pattern)
    return lambda html: compiled.sub(replacement, html)


def restored(html: str) -> str:
    """Return a page with damaged letters as they were."""
    from weeknote.lint.rules.characters import MOJIBAKE, undo_mojibake

    # Two damaged letters in a row may be one that was damaged twice.
    return MOJIBAKE.sub(
        lambda m: undo_mojibake(m[0]) or m[0], MOJIBAKE.sub(lambda m: undo_mojibake(m[0]) or m[0], html)
    )


def as_one_list(html: str) -> str:
    """Return a page with neighbouring lists joined, whether tight or loose."""
    return without(r"</ul>\s*<ul>|</?p>|\s+")(html)


def words(html: str) -> str:
    """Return the letters and digits of a page."""
    return without(r"<[^<>]*>|[\W_]")(html)


def without_autolinks(html: str) -> str:
    """Return a page in which a link that shows its own URL is only words."""

    def words_of(m: re.Match[str]) -> str:
        return m[2] if unquote(unescape(m[1])) == unescape(m[2]) else m[0]

    return re.sub(r'<a href="([^"]*)">([^<]*)</a>', words_of, html)


def as_links(html: str) -> str:
    """Return a page with links as Markdown writes them, and those that are misspelt as they should be."""
    html = without(r'<img src="([^"]*)" alt="([^"]*)" />', r"![\2](\1)")(html)
    html = without(r'<a href="([^"]*)">((?:(?!</a>).)*)</a>', r"[\2](\1)")(html)
    return without(r"\] +\(", "](")(without(r"\(([^()\[\]\n]*)\)\[(https?://[^\[\]\s]*)\]", r"[\1](\2)")(html))


ALLOWED: dict[str, Callable[[str], str]] = {
    "WN004": lambda html: html,
    "WN006": restored,
    "WN007": without("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd?\\s]|<p></p>|%[01][0-9A-F]"),
    "WN008": without("[\u200b\u2060\ufeff]|%E2%80%8B|%E2%81%A0|%EF%BB%BF|<p></p>|\n"),
    "WN205": without(r"[\s:;,.]+(?=</h[1-6]>)"),
    "WN213": without(r"(?s)<h[1-6]>.*?</h[1-6]>"),
    "WN401": as_one_list,
    "WN403": without(r"<li></li>|</?p>|\s+"),
    "WN405": words,
    "WN511": without("[ \t\u00a0]+", " "),
    "WN512": without_autolinks,
    "WN515": as_links,
    "WN517": without("\u00a0", " "),
}
"""For each rule whose fixes a page shows: the page without what the rule is about."""

REQUIRED = Structure(["*", SectionSpec(heading="Something I’m learning", role="learning"), "*"])


def fixed(text: str, code: str) -> str:
    """Return a text with the fixes of one rule."""
    return dump(fix(parse(text, dialect="markdown"), LintSettings(select=[code], structure=REQUIRED)))


def unexplained(text: str, code: str) -> tuple[str, str] | None:
    """Return the pages before and after a rule's fixes, where they differ in more than the rule is about."""
    after = fixed(text, code)
    if after == text:
        return None
    allowed = ALLOWED[code]
    pages = allowed(page(text)), allowed(page(after))
    return None if pages[0] == pages[1] else pages


def test_every_rule_with_a_fix_is_listed() -> None:
    """A new rule with a fix says what its fixes change; removing a site's lines changes a page by intent."""
    with_fix = {code for code, one in RULES.items() if "--fix" in one.fix}
    assert with_fix == {*ALLOWED, "WN504"}


OPENINGS = ("", "", "", "", "- ", "* ", "+ ", "-", "1. ", "2) ", "> ", "# ", "## ", "  ", "    ", "•", "• ", "- - ")
PIECES = (
    *("word", "Two words", "a", "I", "5", "-5", "-v", "1.", "2024", "x,", "y;", "z:.", "end.", "(see", ")", "*", "**"),
    *(
        "_",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "[a]",
        "(b)",
        "![",
        "<b>x</b>",
        "<a href='/x'>at https://example.org/h</a>",
        "\\",
        "&amp",
        ";",
    ),
    *("|", "#", "=", "===", "---", "!", "<", ">", "\u00a0", "\u00a0 ", " \u00a0", "\u200b", "\u2060", "\ufeff"),
    *("\x00", "\x0b", "\x01", "\x9d", "â€™", "â€", "Ã©", "Â£", "ðŸ˜€", "â\x80\x99", "“", "”", "ก", "漢"),
    *("https://example.org/a", "https://example.org/a_b", "www.example.org", "http", "://", "!bookmark(", "@[v]("),
    *("[words] (https://example.org/c)", "(words)[https://example.org/d]", "[x](https://example.org/e", " ", " ", "  "),
)
lines = st.builds(
    lambda opening, pieces: (opening + "".join(pieces)).rstrip(" "),
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(PIECES), max_size=6),
)
texts = st.builds(
    lambda many: "".join(line + end for line, end in many),
    st.lists(st.tuples(lines, st.sampled_from(("\n", "\n", "\n", "\n\n", "\r\n", "  \n"))), max_size=8),
)


@pytest.mark.parametrize("code", ALLOWED)
@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_a_fix_changes_only_what_its_rule_is_about(code: str, text: str) -> None:
    """In any text, next to any markup."""
    assert unexplained(text, code) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")
@pytest.mark.parametrize("code", ALLOWED)
def test_a_fix_changes_only_what_its_rule_is_about_in_other_peoples_notes(code: str) -> None:
    """In notes as people write them."""
    paths = [path for path in sorted((SHARED / "corpus").rglob("*")) if path.suffix in (".md", ".txt")]
    found = [path.name for path in paths if unexplained(path.read_bytes().decode("utf-8"), code) is not None]
    assert paths
    assert found == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("WN006", "The bug shows `â€™` for an apostrophe.\n"),
        ("WN006", "```\nitâ€™s\n```\n"),
        ("WN006", "It prints “â€™” here.\n"),
        ("WN006", "It prints <code>â€™</code> here.\n"),
        ("WN006", "[x](https://example.org/Ã©)\n"),
        ("WN007", "Itâ\x80\x99s late.\n"),
        ("WN007", "-\x0b one\n"),
        ("WN008", "ไทย\u200bไทย\n"),
        ("WN008", "漢字\u200b漢字\n"),
        ("WN008", "\u200b- no list\n"),
        ("WN008", "www\u200b.example.org\n"),
        ("WN213", "## [Something I learnt](/why)\n\nWords.\n"),
        ("WN401", "- a\n* - -\n"),
        ("WN403", "1. a\n2.\n3. c\n"),
        ("WN405", "-5 degrees on Monday\n-6 degrees on Tuesday\n"),
        ("WN405", "-v is for verbose\n-q is for quiet\n"),
        ("WN405", "-rf removes all\n-la lists all\n"),
        ("WN511", "-\u00a0 no list\n"),
        ("WN511", "1.\u00a0 no list\n"),
        ("WN517", "#\u00a0no heading\n"),
        ("WN512", '<a href="https://example.org/x">https://example.org/x</a> is new\n'),
        ("WN512", "!bookmark(https://example.org/x) is new\n"),
        ("WN512", "[embed]https://example.org/x[/embed] is new\n"),
        ("WN512", "Read \\url{https://example.org/x} now\n"),
        ("WN512", "<kbd>https://example.org/x</kbd> is a key\n"),
        ("WN008", "4\ufeff1. no list\n"),
        ("WN008", "ー\u200bア\n"),
        ("WN512", ":::embed https://example.org/x wide\n"),
        ("WN512", "{{ embed(url='https://example.org/x') }} is new\n"),
    ],
)  # fmt: skip
def test_what_is_meant_stays(code: str, text: str) -> None:
    """What only looks like the rule's mistake is left alone."""
    assert fixed(text, code) == text


@pytest.mark.parametrize(
    ("code", "text", "after"),
    [
        ("WN006", "Itâ€™s â€œfineâ€\x9d, cafÃ© â‚¬.\n", "It’s “fine”, café â‚¬.\n"),
        ("WN006", "Itâ\x80\x99s \xf0\x9f\x98\x80.\n", "It’s 😀.\n"),
        ("WN006", "Great ðŸ˜€!\n", "Great 😀!\n"),
        ("WN007", "one\x0btwo \x00three\n", "one two three\n"),
        ("WN008", "zero\u200bwidth. \u200bNext\u2060\n", "zerowidth. Next\n"),
        ("WN403", "1. a\n2.\n", "1. a\n"),
        ("WN405", "-We did this\n-We did that\n", "- We did this\n- We did that\n"),
        ("WN405", "• one\n• two\n", "- one\n- two\n"),
        ("WN511", "one\u00a0 two\n", "one two\n"),
        ("WN512", "See https://example.org/x now.\n", "See <https://example.org/x> now.\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_fixed(code: str, text: str, after: str) -> None:
    """Every other character stays."""
    assert fixed(text, code) == after
