"""Pages of the web as notes: what each element becomes, and what is the site's."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import weeknote
from weeknote import from_html
from weeknote.errors import MissingExtraError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable


def markdown_of(html: str, **how: Any) -> str:
    """Return the Markdown of a page without front matter, and hold it against the note."""
    how = {"front_matter": None, **how}
    note = from_html(html, **how).note
    text = weeknote.dump(note)
    assert weeknote.parse(text, dialect="markdown") == note
    return text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("<p>One\n  and   two</p>", "One and two\n", id="white space is one space"),
        pytest.param("<p>One<br>two</p>", "One\\\ntwo\n", id="line break"),
        pytest.param("<p>One<br><br>two</p>", "One\n\ntwo\n", id="two line breaks part paragraphs"),
        pytest.param("<p>One<p><p>&nbsp; <p>two", "One\n\ntwo\n", id="empty paragraphs"),
        pytest.param("<h2>Plan</h2><h3>Now</h3>", "## Plan\n\n### Now\n", id="headings keep their depth"),
        pytest.param("<h2>Plan <a href='#plan'>#</a></h2>", "## Plan\n", id="permalink in a heading"),
        pytest.param("<p><b>Big </b>news", "**Big** news\n", id="space leaves the emphasis"),
        pytest.param("<p><b>a</b><b>b</b>", "**ab**\n", id="neighbours of one kind are one"),
        pytest.param("<p><b></b>x<i> </i>y", "x y\n", id="empty emphasis"),
        pytest.param("<p><em><strong>a</em></strong>", "*__a__*\n", id="misnested"),
        pytest.param("<p><del>old</del> <s>older</s>", "~~old~~ ~~older~~\n", id="deleted"),
        pytest.param("<p>H<sub>2</sub>O", "H<sub>2</sub>O\n", id="no mark of Markdown's"),
        pytest.param("<p><q>So</q> she said", "“So” she said\n", id="quotation in a line"),
        pytest.param("<p><code>a  b</code>", "`a b`\n", id="code in a line"),
        pytest.param('<p><span style="font-weight:700">a</span>', "**a**\n", id="bold by style"),
        pytest.param('<b style="font-weight:normal"><p>a</p></b>', "a\n", id="not bold by style"),
        pytest.param('<p><a href="/x" title="t">a</a>', '[a](/x "t")\n', id="link"),
        pytest.param('<a href="/x"><h2>a</h2><p>b</p></a>', "## [a](/x)\n\n[b](/x)\n", id="blocks in a link"),
        pytest.param("<h2 id=a><a href='#a'>b</a></h2>", "## b\n", id="heading that links to itself"),
        pytest.param("<h2 id=a>b <a href='#a'>Anchor</a></h2>", "## b\n", id="permalink in words"),
        pytest.param("<p>On <time>3 May</time> we moved.", "On 3 May we moved.\n", id="date in a sentence"),
        pytest.param("<p>a <img src=b role=presentation>", "a\n", id="picture that says nothing"),
        pytest.param("<pre>a&#13;b</pre>", "```\na\nb\n```\n", id="old line ending in code"),
        pytest.param(
            '<blockquote class="twitter-tweet"><p>Hi <a href="https://t.example/x" onclick="y()">x</a></p>&mdash; Ann'
            "</blockquote><script src=z></script>",
            '<blockquote class="twitter-tweet">\n\nHi <a href="https://t.example/x">x</a>\n\n— Ann\n\n</blockquote>\n',
            id="post of a service",
        ),
        pytest.param(
            '<a data-pin-embed href="https://p.example/1">A pin</a>',
            '<a href="https://p.example/1" data-pin-embed="">A pin</a>\n',
            id="link of a service",
        ),
        pytest.param('<p>x<a href="/x"></a>', "x\n", id="empty link"),
        pytest.param(
            '<p>x</p><a href="/x"><div><b>a</b></div><div>b</div><div><img src="i" alt=""></div></a>y',
            "x\n\n[**a**\\\nb](/x)\n\ny\n",
            id="card",
        ),
        pytest.param('<p><a href="/x"><img src="i.png" alt=""> a</a>', "[a](/x)\n", id="picture that only decorates"),
        pytest.param('<p><a href="/x" title="/x">a</a>', "[a](/x)\n", id="address as title"),
        pytest.param('<p><a href="//a.example/x">a</a>', "[a](https://a.example/x)\n", id="address without a scheme"),
        pytest.param(
            '<p><a href="https://www.google.com/url?q=https://a.example/%3Fb&amp;sa=D">a</a>',
            "[a](https://a.example/?b)\n",
            id="redirect",
        ),
        pytest.param("<h2>a</h2><h3 class=subtitle>b</h3>", "## a\n\nb\n", id="subtitle"),
        pytest.param("<h2><button>a</button></h2>", "## a\n", id="heading that is a button"),
        pytest.param("<h2>a <button>Copy</button></h2>", "## a\n", id="heading with a button"),
        pytest.param("<p>&nbsp; a&nbsp;b &nbsp;", "a\u00a0b\n", id="spaces at the edges"),
        pytest.param("<p>a<br>&nbsp;<br>b", "a\n\nb\n", id="blank line of spaces"),
        pytest.param('<pre data-code-block-lang="py">a</pre>', "```py\na\n```\n", id="language of Medium"),
        pytest.param(
            '<div class="highlight-py notranslate"><pre>a</pre></div>', "```py\na\n```\n", id="language of Sphinx"
        ),
        pytest.param('<pre><code class="language-plaintext">a</code></pre>', "```\na\n```\n", id="no language"),
        pytest.param(
            '<div class="wp-caption"><img src="a.png"><p class="wp-caption-text">b</p></div>',
            "![](a.png)\\\nb\n",
            id="caption before figures",
        ),
        pytest.param('<a href="/bees"><img src="/p/hive.jpg"></a>', "[![](/p/hive.jpg)](/bees)\n", id="linked picture"),
        pytest.param(
            '<a href="https://p.example/of/bees24/"><img src="/p/bees24_b.jpg"></a>',
            "![](/p/bees24_b.jpg)\n",
            id="picture linked to its page",
        ),
        pytest.param('<p><img src="a.png" alt="A  cat" title="t">', '![A cat](a.png "t")\n', id="picture"),
        pytest.param('<p><img src="data:x" data-src="a.png">', "![](a.png)\n", id="picture that loads late"),
        pytest.param('<p><img srcset="a.png 1x, b.png 2x" alt="A">', "![A](a.png)\n", id="picture in several sizes"),
        pytest.param("<p>x<svg role=presentation aria-label=Up></svg>", "x\n", id="drawing that says nothing"),
        pytest.param('<p>x<img src="p.gif" width="1" height="1">', "x\n", id="tracking pixel"),
        pytest.param('<p>Yes <img class="emoji" alt="🎉" src="e.svg">', "Yes 🎉\n", id="emoji picture"),
        pytest.param(
            '<figure><img src="a.png"><figcaption>A cat</figcaption></figure>', "![](a.png)\\\nA cat\n", id="caption"
        ),
        pytest.param("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c\n", id="nested list"),
        pytest.param("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b\n", id="list right in a list"),
        pytest.param(
            "<ul class=x><li>a</ul> <ul class=x><li>b</ul><ul class=y><li>c</ul>",
            "- a\n- b\n\n* c\n",
            id="a list of each item",
        ),
        pytest.param("<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n", id="numbered list"),
        pytest.param("<ul><li><p>a</p><p>b</p></ul>", "- a\n\n  b\n", id="paragraphs in an item"),
        pytest.param("<ul><li><input type=checkbox checked>a</ul>", "- [x] a\n", id="task"),
        pytest.param("<blockquote>a<p>b</blockquote>", "> a\n>\n> b\n", id="quotation"),
        pytest.param('<pre><code class="language-py">a\n b\n</code></pre>', "```py\na\n b\n```\n", id="code"),
        pytest.param('<div class="highlight-source-sh"><pre>a</pre></div>', "```sh\na\n```\n", id="code in a box"),
        pytest.param("<p>a<hr><p>b", "a\n\n***\n\nb\n", id="line"),
        pytest.param("<hr><p>a<hr>", "a\n", id="lines around the note are the site's"),
        pytest.param(
            "<table><tr><th>a<th align=right>b<tr><td>1<td>2</table>",
            "| a | b |\n| --- | --: |\n| 1 | 2 |\n",
            id="table",
        ),
        pytest.param("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb\n", id="table for its looks"),
        pytest.param("<table><tr><td><h2>a</h2><td>b</table>", "## a\n\nb\n", id="table with headings"),
        pytest.param(
            "<table><caption>Bins</caption><tr><th>a<th>b<tr><td>1<td>2</table>",
            "Bins\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
            id="caption of a table",
        ),
        pytest.param("<dl><dt>a<dd>b</dl>", "**a**\n\nb\n", id="terms"),
        pytest.param(
            "<details><summary>a</summary><p>b</details>",
            "<details>\n<summary>a</summary>\n\nb\n\n</details>\n",
            id="details",
        ),
        pytest.param(
            '<iframe src="https://v.example/1" onload="x()"></iframe>',
            '<iframe src="https://v.example/1"></iframe>\n',
            id="embed",
        ),
        pytest.param("<p>1. May *so*", "1\\. May \\*so\\*\n", id="marks that are words"),
        pytest.param(
            '<p>a<sup id="r1"><a href="#n1">1</a></sup></p><hr><ol><li id="n1">Note <a href="#r1">↩</a></ol>',
            "a[^1]\n\n[^1]: Note\n",
            id="footnote",
        ),
        pytest.param(
            '<p>a<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
            '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a><div><p>Note</p></div></div>',
            "a[^1]\n\n[^1]: Note\n",
            id="footnote as Substack writes it",
        ),
        pytest.param(
            "<p>a<sup id=r1><a href='#n1'>*</a></sup> b<sup id=r2><a href='#n2'>*</a></sup></p>"
            "<ol><li id=n1>One <a href='#r1'>↩</a><li id=n2>Two <a href='#r2'>↩</a></ol>",
            "a[^*] b[^2]\n\n[^*]: One\n[^2]: Two\n",
            id="footnotes with one mark",
        ),
        pytest.param(
            "<ul class='lst-kix_a-0'><li>a</ul><ol class='lst-kix_a-0'><li>b</ol>",
            "- a\n\n1. b\n",
            id="bullets and numbers of Google Docs",
        ),
        pytest.param("<p class=MsoListParagraph>a</p><p>b</p>", "a\n\nb\n", id="no marker in an item of Word"),
        pytest.param("<blockquote><header><p>a</p></header><p>b", "> a\n>\n> b\n", id="header of a quotation"),
        pytest.param(
            "<blockquote class=twitter-tweet><p>Hi <a href='javascript:x()'>x</a>",
            '<blockquote class="twitter-tweet">\n\nHi <a>x</a>\n\n</blockquote>\n',
            id="script in a post of a service",
        ),
    ],
)
def test_an_element_becomes(html: str, markdown: str) -> None:
    """Each element becomes what Markdown has for it."""
    assert markdown_of(html) == markdown


BODY = "<p>We moved the map to a new host and told everyone who uses it.</p><h2>Learning</h2><ul><li>Ask first.</ul>"

PLAIN = f"<h1>Week 12</h1>{BODY}"

MARKDOWN = """We moved the map to a new host and told everyone who uses it.

## Learning

- Ask first.
"""

PAGES = {
    "WordPress": (
        "<title>Week 12 – A Site</title><header class='site-header'><h1 class='site-title'>A Site</h1></header>"
        "<article class='post hentry'><h1 class='entry-title'>Week 12</h1>"
        "<div class='entry-meta'>Posted on <time>1 May</time>"
        f"</div><div class='entry-content'>{BODY}<div class='sharedaddy'><h3>Share this:</h3></div></div>"
        "<footer class='entry-footer'>Posted in notes</footer></article><div id='comments'>"
        "<h2>1 thought</h2><p>Nice.</div>"
        "<aside class='widget-area'><h2>Recent</h2><ul><li>Other</ul></aside>"
    ),
    "Ghost": (
        "<nav><a href='/'>Home</a></nav><main class='gh-main'><article class='gh-article post'>"
        "<header class='gh-article-header'>"
        f"<h1 class='gh-article-title'>Week 12</h1></header>"
        f"<section class='gh-content gh-canvas'>{BODY}</section></article>"
        "<section class='gh-comments'><p>Sign in to comment</section></main><footer class='gh-footer'>© 2024</footer>"
    ),
    "Substack": (
        "<title>Week 12 - by Ann</title><div class='main-menu'><a>Subscribe</a></div>"
        "<article class='newsletter-post post'>"
        "<div class='post-header'><h1 class='post-title'>Week 12</h1><div class='byline-wrapper'>Ann, May 1</div></div>"
        f"<div class='available-content'><div class='body markup'>{BODY}"
        "<div class='subscription-widget-wrap'><p>Thanks for "
        "reading!</p></div></div></div><div class='post-footer'>3 Likes</div></article>"
    ),
    "Medium": (
        "<title>Week 12</title><article class='h-entry'><header><h1 class='p-name'>Week 12</h1></header>"
        "<section data-field='body' class='e-content'><section><div class='section-divider'><hr></div>"
        f"<h3 class='graf--title'>Week 12</h3>{BODY}</section></section><footer>"
        "<p>Exported from Medium</footer></article>"
    ),
    "GOV.UK": (
        "<title>Week 12 – Team</title><div id='global-cookie-message'><h2>Cookies</h2></div><main id='main-content'>"
        "<span class='govuk-caption-xl'>Weeknote – 2024-05-01</span><h1 class='govuk-heading-xl'>Week 12</h1>"
        f"<div class='govuk-grid-row'><div>{BODY}</div></div></main><footer role='contentinfo'>"
        "<h2>Support links</h2></footer>"
    ),
    "Jekyll": (
        "<title>Week 12 | A Site</title><main class='page-content'><article class='post h-entry'>"
        "<header class='post-header'>"
        "<h1 class='post-title p-name'>Week 12</h1><p class='post-meta'>"
        "<time class='dt-published'>May 1, 2024</time></p></header>"
        f"<div class='post-content e-content'>{BODY}</div><a class='u-url' href='/12/' hidden></a></article></main>"
    ),
    "nothing but a fragment": PLAIN,
    "nothing that is marked": (
        "<title>Week 12</title><div><a href='/a'>About</a> <a href='/b'>Blog</a></div><div><div><h1>Week 12</h1>"
        f"{BODY}<p>{'And more was said about it. ' * 20}</p></div></div><div><p>© A Site</p></div>"
    ),
    "the site's name in its only h1": (
        f"<title>A Site - Week 12</title><div id='top'><b>A Site</b></div><main>{BODY}</main>"
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_note_is_found_on_a_page(page: str) -> None:
    """Whatever generated the page, the note is imported without the site around it."""
    more = f"{'And more was said about it. ' * 20}".strip()
    assert markdown_of(page).replace(f"\n{more}\n", "") == f"# Week 12\n\n{MARKDOWN}"


@pytest.mark.parametrize(
    "says",
    [
        pytest.param("<meta property='article:published_time' content='2024-05-01T23:30:00-05:00'>", id="meta"),
        pytest.param(
            '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2024-05-01"}</script>',
            id="JSON-LD",
        ),
        pytest.param(
            "<article class='h-entry'><time class='dt-published' datetime='2024-05-01'>1 May</time>", id="h-entry"
        ),
        pytest.param("<article><header><time datetime='2024-05-01'>1 May</time></header>", id="time"),
        pytest.param("<link rel='canonical' href='https://site.example/2024/05/01/week/'>", id="address"),
    ],
)
def test_a_page_says_when_it_was_published(says: str) -> None:
    """The day of publication is found in all the places where sites put it, and decides the year of a week."""
    imported = from_html(f"{says}<h1>w/c 29 April</h1>{BODY}")
    assert imported.published == imported.note.published == date(2024, 5, 1)
    assert imported.note.weeks[0].start == date(2024, 4, 29)


def test_front_matter_is_as_a_site_generator_has_it() -> None:
    """Title, date and address go where Hugo, Jekyll and Eleventy look for them."""
    page = f"<link rel='canonical' href='https://site.example/12/'><time datetime='2024-05-01'></time>{PLAIN}"
    jekyll = from_html(page, front_matter="jekyll").note.front_matter
    assert jekyll is not None
    assert dict(jekyll.values) == {
        "layout": "post",
        "title": "Week 12",
        "date": date(2024, 5, 1),
        "canonical_url": "https://site.example/12/",
    }
    assert from_html(page, front_matter=None).note.front_matter is None
    with pytest.raises(ValueError, match="hugo"):
        from_html(page, front_matter="drupal")  # type: ignore[arg-type] # that is the point


def test_addresses_are_made_absolute() -> None:
    """Relative ones start from the page's own address, or from the base that the page names."""
    page = "<p><a href='../plan'>a</a> <a href='#x'>b</a> <img src='c.png'></p>"
    assert markdown_of(page, url="https://site.example/notes/12/") == (
        "[a](https://site.example/notes/plan) [b](#x) ![](https://site.example/notes/12/c.png)\n"
    )
    assert "https://other.example/plan" in markdown_of(
        "<base href='https://other.example/x/'>" + page, url="https://a.example/"
    )


@pytest.mark.parametrize(
    ("html", "line", "reason"),
    [
        pytest.param(
            "<p>a</p><p><a href=' java\nscript:x()'>b</a></p>", 3, "would run a script", id="script in an address"
        ),
        pytest.param("<p>a</p><dl><dt>b<dd>c</dl>", 3, "description list", id="terms"),
        pytest.param("<table><tr><th colspan=2>a<tr><td>b<td>c</table>", 1, "spans rows or columns", id="wide cell"),
        pytest.param("<table><tr><td>a<td>b</table>", 1, "first row", id="table without a header"),
        pytest.param("<table><caption>c</caption><tr><th>a<th>b</table>", 1, "a table's caption", id="caption"),
        pytest.param("<p>a</p><iframe src='javascript:x()'></iframe>", 1, "<iframe>", id="script that is embedded"),
        pytest.param("<table><tr><th>a<th><ul><li>b<li>c</table>", 1, "lists and code", id="list in a cell"),
        pytest.param("<ol reversed><li>a<li>b</ol>", 1, "counts down", id="numbers that count down"),
        pytest.param("<p>a</p><svg aria-label='Up'></svg>", 3, "<svg>", id="drawing with a name"),
        pytest.param("<p>a</p><svg width=300></svg>", 1, "<svg>", id="large drawing"),
        pytest.param(
            "<p>a</p><p><img src='data:image/png;base64,x' alt='b'></p>", 3, "picture", id="picture in the page"
        ),
        pytest.param("<article><p>a</article><article><p>a b</article>", 1, "one more", id="other notes"),
        pytest.param("<p>a</p><a href='/p/big.jpg'><img src='/p/s.jpg'></a>", 3, "its own file", id="lightbox"),
    ],
)
def test_what_cannot_be_said_is_a_loss(html: str, line: int, reason: str) -> None:
    """A loss names what is missing, and the line of the Markdown where it is."""
    (loss,) = from_html(html, front_matter=None).losses
    assert reason in loss.reason
    assert loss.position is not None
    assert loss.position.start.line == line


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<p>Tŷ</p>".encode(), id="UTF-8"),
        pytest.param("<p>Tŷ</p>".encode("utf-16"), id="byte order mark"),
        pytest.param('<meta charset="iso-8859-14"><p>T\xfe</p>'.encode("latin-1"), id="meta"),
        pytest.param(
            b"<meta http-equiv=content-type content='text/html; charset=windows-1250'><p>T\xfd</p>".replace(
                b"\xfd", b"&#375;"
            ),
            id="meta as a header",
        ),
    ],
)
def test_bytes_are_decoded_as_browsers_do(content: bytes) -> None:
    """A mark at the start decides, then what the page declares."""
    assert weeknote.dump(from_html(content, front_matter=None).note) == "Tŷ\n"


@pytest.mark.parametrize(
    ("declared", "content", "words"),
    [
        pytest.param("", b"Caf\xe9 \x96 open", "Café – open", id="none: Windows-1252, where it is not UTF-8"),
        pytest.param("latin1", b"Caf\xe9 \x96 open", "Café – open", id="Latin-1 is Windows-1252"),
        pytest.param("nonsense", "Tŷ".encode(), "Tŷ", id="none of that name"),
        pytest.param("hex", "Tŷ".encode(), "Tŷ", id="a codec of Python that is none of text"),
        pytest.param("punycode", "Tŷ".encode(), "Tŷ", id="one for names of hosts"),
        pytest.param("utf-7", b"a +AGI-", "a +AGI-", id="one that could hide markup"),
        pytest.param("utf-16", "Tŷ".encode(), "Tŷ", id="one in which it could not be declared"),
    ],
)
def test_an_encoding_is_declared_by_its_name_on_the_web(declared: str, content: bytes, words: str) -> None:
    """Python's name may mean something else, or nothing (WHATWG Encoding 4.2)."""
    page = f"<meta charset={declared}><p>".encode() + content
    assert weeknote.dump(from_html(page, front_matter=None).note) == f"{words}\n"


HOSTILE: dict[str, Callable[[int], str]] = {
    "open tags": lambda n: "<div>" * n,
    "quotations in quotations": lambda n: "<blockquote>" * n + "x",
    "lists in lists": lambda n: "<ul><li>x" * n,
    "emphasis in emphasis": lambda n: "<em>x<strong>" * n,
    "tables in tables": lambda n: "<table><tr><td>" * n + "x",
    "tags that are opened again": lambda n: "".join(f"<font size={i}>" for i in range(n)) + "<p>x" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}" for i in range(n)) + ">x",
    "wide cells": lambda n: "<table>" + "<tr><td colspan=999 rowspan=999>a<td>b" * n,
    "titles of many parts": lambda n: "<title>" + " - " * n + "</title><p>x",
    "brackets of JSON": lambda n: '<script type="application/ld+json">' + "[" * n + "</script><p>x",
    "open comments": lambda n: "<!--" * n,
    "open quotes": lambda n: '<a "' * n,
    "less-than signs": lambda n: "<" * n,
    "NUL and others": lambda n: "<p>\x00\x0b\ud800&#0;&#xD800;" * n,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_hostile_page_is_read_or_refused(page: Callable[[int], str], size: int) -> None:
    """No page raises anything but that it is too large, however deep or odd it is."""
    with suppress(TooLargeError):
        note = from_html(page(size)).note
        assert weeknote.parse(weeknote.dump(note), dialect="markdown") == note


def test_a_page_has_a_largest_size() -> None:
    """What no weeknote's page can be is refused before it is parsed."""
    with pytest.raises(TooLargeError, match="more characters"):
        from_html("x" * 20_000_001)


def test_only_text_and_bytes_are_pages() -> None:
    """A path is no page."""
    with pytest.raises(TypeError, match="str or bytes"):
        from_html(None)  # type: ignore[arg-type] # that is the point


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading HTML needs a library that the core does not."""
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'weeknote\[html\]'") as caught:
        from_html("<p>x")
    assert caught.value.extra == "html"


@pytest.mark.parametrize(
    "after",
    [
        "<div><h3>Related posts</h3><p><a href='/11'>Week 11</a></p><p>It was a week with sun.</p></div>",
        "<section><h2>Join our newsletter</h2><p>Every Friday.</p></section>",
        "<h2>Comments</h2>",
        "<p>This work is licensed under <a href='/cc'>CC BY 4.0</a>.</p>",
        "<table><tr><td><font>Last updated 3 May 2024. <a href='mailto:a@site.example'>Mail me</a></font></table>",
        "<p>Enjoyed this? <a href='/feed'>Subscribe by RSS</a>.</p>",
    ],
)
def test_what_follows_a_note_is_not_part_of_it(after: str) -> None:
    """At the end of a page are other notes, comments and the small print."""
    assert markdown_of(f"<main><p>Words.</p><h2>Learned</h2><p>More words.</p>{after}</main>").endswith(
        "## Learned\n\nMore words.\n"
    )


@pytest.mark.parametrize("title", ["Other notes", "Related work", "Responses", "Share", "Newsletter", "Links"])
def test_a_last_section_is_kept(title: str) -> None:
    """What could be an author's heading is one."""
    page = f"<main><p>Words.</p><section><h2>{title}</h2><p>More words.</p></section></main>"
    assert markdown_of(page) == f"Words.\n\n## {title}\n\nMore words.\n"


def test_code_keeps_its_lines_beside_their_numbers() -> None:
    """Only the numbers are left out, whatever the class of the code is."""
    assert markdown_of('<pre class="line-numbers language-css"><code>a{}</code></pre>') == "```css\na{}\n```\n"
    table = '<table><tr><td class="linenos"><pre>1</pre><td><pre>a{}</pre></table>'
    assert markdown_of(table) == "```\na{}\n```\n"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        pytest.param(
            "<title>Fog | Site</title><header><a href='/'><h1>Site</h1></a></header><main><h1>Fog</h1>{}</main>",
            "Fog",
            id="the site's name leads home",
        ),
        pytest.param(
            "<title>Fog</title><h1>Fog</h1><article><h2>Last week we:</h2>{}</article>", "Fog", id="as the page's title"
        ),
        pytest.param(
            "<article><h1>Fog</h1><p>It came.</article><article><h2>Sun</h2>{}</article>",
            "Fog",
            id="the only main heading",
        ),
        pytest.param(
            "<title>Fog - Forum</title><h1><a href='/t/12'>Fog</a></h1><div class=post><h1>Sun</h1>{}</div>",
            "Fog",
            id="above the post",
        ),
        pytest.param("<h1 class=page-title>Fog<a href='#fog'>¶</a></h1>{}", "Fog", id="without the sign of a link"),
        pytest.param("<title>Fog</title><p>{}</p><h1>Plan</h1>", "Fog", id="not a heading below many words"),
    ],
)
def test_the_title_is_told_from_other_headings(page: str, title: str) -> None:
    """From the site's name, from sections, and from the titles of other posts."""
    words = "<p>It came in on Monday and stayed until Thursday, so most of the work was indoors.</p>"
    assert from_html(page.format(words)).note.headline == title


@pytest.mark.parametrize(
    ("says", "title"),
    [
        pytest.param(
            '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "Fog  again"}</script>',
            "Fog again",
            id="JSON-LD",
        ),
        pytest.param(
            '<script type="application/ld+json">[1, {"@graph": [{"@type": "Article", "name": "Fog"}]}]</script>',
            "Fog",
            id="a graph of JSON-LD",
        ),
        pytest.param("<title>x</title><meta property='og:title' content='Fog'>", "Fog", id="Open Graph"),
        pytest.param(
            "<title>Fog | A - Site</title><meta property='og:site_name' content='A - Site'>", "Fog", id="site's name"
        ),
        pytest.param("<title>Maps — Week 12</title>", "Week 12", id="the part that reads like a weeknote's"),
        pytest.param("<title>Fog — A Site</title>", "Fog", id="the longest part"),
    ],
)
def test_a_page_without_a_heading_says_its_title(says: str, title: str) -> None:
    """In what it says of itself, without the site's name."""
    assert from_html(f"{says}<p>It came in on Monday and stayed until Thursday.").note.headline == title


def test_a_few_words_below_a_date_are_the_note() -> None:
    """However few they are: what holds all that is left is no byline."""
    page = "<body class=post><main><h1>Fog</h1><p><i><time>1 May 2024</time></i></p><ul><li>It came.</ul></main>"
    assert markdown_of(page) == "# Fog\n\n- It came.\n"


def test_a_table_at_an_edge_keeps_its_cells() -> None:
    """A date in its first cell is no byline, and a copyright in its last is no footer."""
    table = "<table><tr><th>22 March 2024</th><th>a</th></tr><tr><td>b</td><td>© 2024 Ann</td></tr></table>"
    assert markdown_of(f"<main><h1>Fog</h1>{table}</main>") == (
        "# Fog\n\n| 22 March 2024 | a |\n| --- | --- |\n| b | © 2024 Ann |\n"
    )
