"""Notes as HTML: each node, the article around them, the whole page, and what is never passed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

import weeknote
from weeknote import Weeknote, to_html
from weeknote.nodes.block import Image, Link, Paragraph, Text
from weeknote.web.to_html import render

if TYPE_CHECKING:
    from collections.abc import Callable


def content(markdown: str, *, raw: bool = False) -> str:
    """Return the HTML of a note's words, without the article around them."""
    html = to_html(weeknote.parse(markdown, dialect="markdown"), raw=raw)
    found = re.search(r'<div class="e-content">\n(.*)</div>\n</article>', html, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param('a < b & "c"', "<p>a &lt; b &amp; &quot;c&quot;</p>\n", id="words"),
        pytest.param(
            "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n", id="marks"
        ),
        pytest.param("a\\\nb\nc", "<p>a<br />\nb\nc</p>\n", id="line breaks"),
        pytest.param('[a](/b "c")', '<p><a href="/b" title="c">a</a></p>\n', id="link"),
        pytest.param("![a](b.png)", '<p><img src="b.png" alt="a" /></p>\n', id="picture"),
        pytest.param("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n", id="list"),
        pytest.param("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n", id="paragraphs in an item"),
        pytest.param("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n', id="numbered list"),
        pytest.param("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n", id="quotation"),
        pytest.param("```py x\na<b\n```", '<pre><code class="language-py">a&lt;b\n</code></pre>\n', id="code"),
        pytest.param("a\n\n---", "<p>a</p>\n<hr />\n", id="line"),
        pytest.param(
            "| a |\n| :-: |\n| b |",
            '<table>\n<thead>\n<tr>\n<th style="text-align:center">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            '<td style="text-align:center">b</td>\n</tr>\n</tbody>\n</table>\n',
            id="table",
        ),
        pytest.param("[a]\n\n[a]: /b", '<p><a href="/b">a</a></p>\n', id="definition"),
        pytest.param("a <!-- hidden --> b", "<p>a  b</p>\n", id="comment"),
    ],
)
def test_a_node_is_written_as(markdown: str, html: str) -> None:
    """Each node is the HTML that CommonMark and GitHub have for it."""
    assert content(markdown) == html


def test_footnotes_are_numbered_as_they_are_referred_to() -> None:
    """They come last, each with a link back for every reference; one that nothing refers to is kept."""
    html = content("b[^b] a[^a] b[^b]\n\n[^a]: A\n[^b]: B[^c]\n[^c]: C\n[^d]: D\n")
    assert re.findall(r'href="#(fn-\d+)" id="([\w-]+)"', html) == [
        ("fn-1", "fnref-1"),
        ("fn-2", "fnref-2"),
        ("fn-1", "fnref-1-2"),
        ("fn-3", "fnref-3"),
    ]
    assert re.findall(r"<li[^>]*>\n<p>(\w)", html) == ["B", "A", "C", "D"]
    assert html.count('class="footnote-backref"') == 4


def test_a_note_is_an_entry_with_sections() -> None:
    """The HTML has microformats, roles as classes, and deeper sections inside the one above."""
    note = weeknote.parse(
        "---\ndate: 2024-03-22\n---\n# Week 12\n\nIntro.\n\n## Learning\n\n### Maps\n\nA.\n\n## Next\n"
    )
    assert to_html(note, url="https://site.example/12/") == (
        '<article class="h-entry">\n<header>\n<h1 class="p-name">Week 12</h1>\n'
        '<p><a class="u-url" href="https://site.example/12/">'
        '<time class="dt-published" datetime="2024-03-22">22 March 2024</time></a></p>\n</header>\n'
        '<div class="e-content">\n<p>Intro.</p>\n<section class="learning">\n<h2>Learning</h2>\n'
        '<section class="theme">\n<h3>Maps</h3>\n<p>A.</p>\n</section>\n</section>\n'
        '<section class="next">\n<h2>Next</h2>\n</section>\n</div>\n</article>\n'
    )


def test_an_archive_is_an_article_for_each_entry() -> None:
    """Footnotes of one entry are not mixed up with those of another, and posts are articles too."""
    archive = weeknote.parse_archive(
        "# Weeknote 3\n\nC[^1]\n\n[^1]: c\n\n# A post\n\nB\n\n# Weeknote 1\n\n## Learning\n\nA[^1]\n\n[^1]: a\n"
    )
    page = to_html(archive, page=True, url="https://site.example/")
    assert re.findall(r'<h1 class="p-name">([^<]*)', page) == ["Weeknote 3", "A post", "Weeknote 1"]
    assert page.count('<article class="h-entry">') == page.count("</article>") == 3
    assert re.findall(r'<li id="([^"]*)">\n<p>(.)', page) == [("fn-1-1", "c"), ("fn-3-1", "a")]
    assert "u-url" not in page
    assert "<title>Weeknotes</title>" in page


@pytest.mark.parametrize("given", ["# Week 12\n", None, Paragraph("a")], ids=["text", "nothing", "block"])
def test_html_is_made_of_notes(given: Any) -> None:
    """Anything else is the caller's mistake, and the message says what to pass."""
    with pytest.raises(TypeError, match="a Weeknote, Archive or Post, not"):
        to_html(given)


def test_headings_can_be_made_deeper() -> None:
    """An article inside a page has its headings below the page's, and none is deeper than six."""
    note = weeknote.parse("# Week 12\n\n## Learning\n\n###### Maps\n")
    assert re.findall(r"<h(\d)", to_html(note, heading_offset=2)) == ["3", "4", "6"]
    with pytest.raises(ValueError, match="0 to 5"):
        to_html(note, heading_offset=6)


def test_addresses_are_absolute_where_the_note_has_one() -> None:
    """A reader of feeds shows a note elsewhere than at its own address."""
    note = weeknote.parse("[a](../b) [c](#d) ![e](f.png)", dialect="markdown")
    html = to_html(note, url="https://site.example/12/")
    assert re.findall(r'<p><a href="([^"]*)">.* href="([^"]*)">.* src="([^"]*)"', html) == [
        ("https://site.example/b", "https://site.example/12/#d", "https://site.example/12/f.png")
    ]
    with pytest.raises(ValueError, match="absolute address"):
        to_html(note, url="/12/")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "%20javascript:alert(1)".replace("%20", "&#32;"),
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml,x",
        "view-source:x",
    ],
)
def test_an_address_that_a_browser_would_run_is_left_out(address: str) -> None:
    """However it is spelled; the words of the link and of the picture stay, and each is a loss."""
    rendering = render(weeknote.parse(f"[a](<{address}>) ![b](<{address}>)", dialect="markdown"))
    assert "<p>a b</p>" in rendering.html
    assert [type(loss.node).__name__ for loss in rendering.losses] == ["Link", "Image"]


def test_raw_html_is_shown_as_text_unless_it_is_asked_for() -> None:
    """A note from elsewhere runs nothing on the page."""
    markdown = "a <b onclick=x>b</b>\n\n<script>\nx\n</script>\n"
    html = content(markdown)
    assert "<b" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<script>\nx\n</script>\n" in content(markdown, raw=True)


def test_a_page_needs_no_other_file() -> None:
    """It has a title, a language where one is said, and its style inside; nothing is loaded from anywhere."""
    page = to_html(weeknote.parse("---\ntitle: Week <12>\nlang: cy\n---\nGwell.\n"), page=True)
    assert page.startswith('<!DOCTYPE html>\n<html lang="cy">\n<head>\n<meta charset="utf-8" />\n')
    assert "<title>Week &lt;12&gt;</title>" in page
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"<(?:script|link|img)|url\(|@import", page)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (weeknote.Post(heading=weeknote.Heading(1, "Maps")), "Maps"),
        (weeknote.Post(), "Weeknote"),
        (weeknote.Archive(), "Weeknotes"),
        (weeknote.Archive(front_matter=weeknote.FrontMatter("---\ntitle: All of them\n---")), "All of them"),
    ],
    ids=["post", "post without a heading", "archive", "archive with a title"],
)
def test_a_page_has_a_title(entry: weeknote.Post | weeknote.Archive, title: str) -> None:
    """Its own, or what it is."""
    assert f"<title>{title}</title>" in to_html(entry, page=True)


def test_a_footnote_that_is_not_there_is_words() -> None:
    """Only a note that was built can refer to it."""
    paragraph = Paragraph([weeknote.Text("a"), weeknote.FootnoteReference("1")])
    assert "<p>a[^1]</p>" in to_html(weeknote.Weeknote(intro=[paragraph]))


DEEP: dict[str, Callable[[int], str]] = {
    "quotations": lambda n: ">" * n + "a",
    "lists": lambda n: "".join("  " * i + "- a\n" for i in range(n)),
    "emphasis": lambda n: "*a " * n + "b*" * n,
    "footnotes": lambda n: "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(n)) + "\n[^0]",
}


@pytest.mark.parametrize("markdown", DEEP.values(), ids=DEEP)
def test_depth_is_no_limit(markdown: Callable[[int], str]) -> None:
    """Whatever is inside whatever, no recursion runs out."""
    assert to_html(weeknote.parse(markdown(2_000), dialect="markdown"))


def test_it_agrees_with_cmark() -> None:
    """GitHub's own program writes the same HTML."""
    cmarkgfm = pytest.importorskip("cmarkgfm")
    markdown = (
        "# A\n\na *b* **c** ~~d~~ `e` [f](g 'h') ![i](j)\\\nk\n\n- l\n- m\n  1. n\n\n> o\n>\n> p\n\n```q\nr\n```\n\n"
        "| s | t |\n| - | - |\n| u | v |\n\n***\n\n&amp; < > \" '\n"
    )
    html = cmarkgfm.markdown_to_html_with_extensions(markdown, 0, extensions=["table", "strikethrough"])
    assert '<h1 class="p-name">A</h1>' in to_html(weeknote.parse(markdown))
    assert content(markdown) == html.removeprefix("<h1>A</h1>\n")


@pytest.mark.parametrize(
    ("node", "html"),
    [
        pytest.param(Link("/?a=1&amp;b", children=(Text("c"),)), '<a href="/?a=1&amp;amp;b">c</a>', id="address"),
        pytest.param(
            Image("/a", alt="1 <b> 2 &lt;"), '<img src="/a" alt="1 &lt;b&gt; 2 &amp;lt;" />', id="description"
        ),
        pytest.param(Link("/a", children=(Text("b\0c"),)), '<a href="/a">b\0c</a>', id="null character"),
    ],
)
def test_values_are_literal(node: Link | Image, html: str) -> None:
    """What looks like a tag or a character reference in a value is shown as it is."""
    note = Weeknote(intro=(Paragraph((node,)),))
    assert f"<p>{html}</p>" in to_html(note)
