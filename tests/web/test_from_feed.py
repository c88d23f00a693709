"""Feeds and exports as notes: RSS, Atom, JSON Feed and WordPress."""

from __future__ import annotations

import json
import re
import sys
from datetime import date

import pytest

import weeknote
from weeknote import from_feed
from weeknote.errors import InvalidFeedError, MissingExtraError, TooLargeError

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Notes</title>
<link>https://site.example/</link>
<item><title>Week 12 &amp;#8211; maps</title><link>https://site.example/12/</link>
<pubDate>Fri, 22 Mar 2024 23:30:00 -0500</pubDate><category>Weeknotes</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>We moved <a href="/map">the map</a>.</p>
<p>The post <a href="/12/">Week 12</a> appeared first on <a href="/">Notes</a>.</p>]]></content:encoded>
</item></channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><id>urn:x</id><updated>2024-03-22T23:30:00-05:00</updated>
<entry><title type="html">Week 12 – &lt;em&gt;maps&lt;/em&gt;</title><id>urn:12</id><link href="https://site.example/12/"/>
<published>2024-03-22T23:30:00-05:00</published><updated>2024-04-01T00:00:00Z</updated><category term="Weeknotes"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>We moved <a href="/map">the map</a>.</p></div></content>
</entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes",
        "items": [
            {
                "id": "12",
                "url": "https://site.example/12/",
                "title": "Week 12 – maps",
                "content_html": '<p>We moved <a href="/map">the map</a>.</p>',
                "date_published": "2024-03-22T23:30:00-05:00",
                "tags": ["Weeknotes"],
            }
        ],
    }
)

FEEDS = {"RSS": RSS, "Atom": ATOM, "JSON Feed": JSON_FEED}


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "text"])
def test_an_entry_is_a_note(feed: str, as_bytes: bool) -> None:
    """Title, address, date and tags are imported; the text is the entry's, with absolute links."""
    (entry,) = from_feed(feed.encode() if as_bytes else feed)
    assert (entry.url, entry.published, entry.tags) == ("https://site.example/12/", date(2024, 3, 22), ("Weeknotes",))
    assert entry.note.title is not None
    assert entry.note.title.endswith("maps")
    text = weeknote.dump(entry.note)
    assert text.endswith("---\n\nWe moved [the map](https://site.example/map).\n")
    assert weeknote.parse(text) == entry.note


def test_a_feed_keeps_its_encoding() -> None:
    """What the declaration says decides, as long as no byte order mark says otherwise."""
    feed = RSS.replace("UTF-8", "windows-1252").replace("the map", "the café").encode("cp1252")
    assert "the café" in weeknote.dump(from_feed(feed)[0].note)


def test_a_count_of_seconds_is_no_date() -> None:
    """It was read as a day of the year 1711, by its first digits."""
    (found,) = from_feed(re.sub("<pubDate>[^<]*<", "<pubDate>1711101600<", RSS))
    assert (found.published, "1711" in weeknote.dump(found.note)) == (None, False)


def item(title: str, content: str, status: str = "publish", kind: str = "post", category: str = "News") -> str:
    """Return an item of a WordPress export."""
    return (
        f"<item><title>{title}</title><link>https://site.example/?p=1</link>"
        "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_date>2024-03-22 23:30:00</wp:post_date><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>"
        f'<category domain="category" nicename="x"><![CDATA[{category}]]></category></item>'
    )


def export(*items: str) -> str:
    """Return a WordPress export."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<title>Site</title><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"
    )


def test_an_export_holds_more_than_notes() -> None:
    """Weeknotes by title, category or tag are taken; other posts and pages are not, and drafts if asked for."""
    given = export(
        item("Week 12: maps", "a"),
        item("Maps", "b", category="Weeknotes"),
        item("A recipe", "c"),
        item("Week 13", "d", status="draft"),
        item("Weeknotes", "e", kind="page"),
    )
    assert [weeknote.dump(x.note).splitlines()[-1] for x in from_feed(given)] == ["a", "b"]
    assert [x.draft for x in from_feed(given, drafts=True)] == [False, False, True]
    assert from_feed(given)[0].published == date(2024, 3, 22)


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        pytest.param("One\n\nTwo\nthree", "One\n\nTwo\\\nthree\n", id="blank lines"),
        pytest.param("One\n<ul>\n<li>a</li>\n</ul>\nTwo", "One\n\n- a\n\nTwo\n", id="a list among lines"),
        pytest.param("<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->", "One\n", id="block editor"),
        pytest.param("<pre>a\n\nb</pre>", "```\na\n\nb\n```\n", id="blank lines in code"),
        pytest.param(
            '[caption id="x"]<img src="https://a.example/b.png" alt="c"> A map[/caption]',
            "![c](https://a.example/b.png)\\\nA map\n",
            id="caption",
        ),
        pytest.param("[embed]https://v.example/1[/embed]", "<https://v.example/1>\n", id="embed"),
        pytest.param("One\n\nhttps://v.example/1\n\nTwo", "One\n\n<https://v.example/1>\n\nTwo\n", id="address"),
        pytest.param(
            '[audio src="https://a.example/b.mp3"]',
            '<figure><audio src="https://a.example/b.mp3" controls></audio></figure>\n',
            id="audio",
        ),
        pytest.param(
            '[code language="python"]\nx = 1 &lt; 2\n\ny = "<b>"\n[/code]',
            '```python\nx = 1 < 2\n\ny = "<b>"\n```\n',
            id="code",
        ),
        pytest.param("One\n&nbsp;\nTwo\n&nbsp;", "One\n\nTwo\n", id="spaces as blank lines"),
        pytest.param('[gallery ids="1"]', '[gallery ids="1"]\n', id="a shortcode that is not known"),
    ],
)
def test_a_post_is_read_as_wordpress_shows_it(content: str, markdown: str) -> None:
    """An export has the text as typed: blank lines separate paragraphs, and shortcodes become HTML."""
    (entry,) = from_feed(export(item("Week 12", content)), front_matter=None)
    assert weeknote.dump(entry.note) == f"# Week 12\n\n{markdown}"


def test_footnotes_outside_the_post_are_a_loss() -> None:
    """The block editor keeps them in a field of their own, which feed readers do not pass on."""
    content = '<!-- wp:paragraph --><p>a<sup><a href="#x">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
    (entry,) = from_feed(export(item("Week 12", content)))
    assert [loss.reason for loss in entry.losses] == ["the footnotes are not in the text of the post"]


def test_an_export_of_ghost_holds_a_whole_site() -> None:
    """Its posts have their tags in another table, and addresses without the site's."""
    posts = [
        {
            "id": "a",
            "title": "Week 12",
            "slug": "week-12",
            "html": '<p><a href="__GHOST_URL__/map/">a</a> <a href="b">b</a>',
        },
        {"id": "b", "title": "Fog", "slug": "fog", "html": "<p>b"},
        {"id": "c", "title": "Week 13", "slug": "week-13", "html": "<p>c", "status": "draft"},
        {"id": "d", "title": "Weeknotes", "slug": "weeknotes", "html": "<p>d", "type": "page"},
        {"id": "e", "title": "A recipe", "slug": "recipe", "html": "<p>e"},
    ]
    posts = [{"status": "published", "type": "post", "published_at": "2024-03-22T17:04:11.000Z", **p} for p in posts]
    tables = {
        "posts": posts,
        "tags": [{"id": "t", "name": "Weeknotes"}],
        "posts_tags": [{"post_id": "b", "tag_id": "t"}],
    }
    export = json.dumps({"db": [{"meta": {"version": "5.80.0"}, "data": tables}]})
    found = from_feed(export, url="https://site.example")
    assert [(one.note.headline, one.tags) for one in found] == [("Week 12", ()), ("Fog", ("Weeknotes",))]
    assert found[0].published == date(2024, 3, 22)
    assert found[0].url == "https://site.example/week-12/"
    assert weeknote.dump(found[0].note).endswith(
        "\n\n[a](https://site.example/map/) [b](https://site.example/week-12/b)\n"
    )
    assert [one.draft for one in from_feed(export, drafts=True)] == [False, False, True]
    assert from_feed(export)[0].url is None


@pytest.mark.parametrize("export", ['{"db": [1]}', '{"db": [{}]}', '{"db": [{"data": {"posts": [2]}}]}'])
def test_an_export_without_posts_has_no_notes(export: str) -> None:
    """Whatever else it holds."""
    assert from_feed(export) == ()


def test_names_of_categories_have_no_references() -> None:
    """WordPress escapes them twice."""
    (entry,) = from_feed(export(item("Week 12", "a", category="Maps &amp; more")))
    assert entry.tags[0] == "Maps & more"


def test_a_feed_that_is_cut_off_is_a_loss() -> None:
    """What is there is read; the last entry says that there may be more."""
    entries = from_feed(RSS[: RSS.index("</item>") - 30])
    assert [loss.reason.partition(" (")[0] for loss in entries[-1].losses] == ["the feed is broken or cut off"]


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ({"url": "https://a.example/12/", "id": "x"}, "https://a.example/12/"),
        ({"url": "/12/", "id": "x"}, "https://site.example/12/"),
        ({"id": "https://a.example/12/", "external_url": "https://other.example/"}, "https://a.example/12/"),
        ({"id": "12", "external_url": "https://other.example/"}, None),
    ],
    ids=["url", "path", "id", "somebody else's page"],
)
def test_the_address_of_an_item_of_json_feed(item: dict[str, str], address: str | None) -> None:
    """It is the item's own; a link to what the item is about is not."""
    (entry,) = from_feed(json.dumps({"items": [{**item, "content_text": "a"}]}), url="https://site.example/feed.json")
    assert entry.url == address


def test_plain_text_keeps_its_lines() -> None:
    """Blank lines part paragraphs, and nothing in it is a tag."""
    (entry,) = from_feed(json.dumps({"items": [{"id": "1", "content_text": "a\nb\n\n<b>c"}]}), front_matter=None)
    assert weeknote.dump(entry.note) == "a\\\nb\n\n\\<b>c\n"


@pytest.mark.parametrize(("kind", "title"), [("text", "Week <12> &amp;"), ("html", "Week &"), ("xhtml", "Week <12> &")])
def test_a_title_in_atom_is_read_by_its_type(kind: str, title: str) -> None:
    """Text is literal (RFC 4287, section 3.1.1.1)."""
    inside = "Week &lt;12&gt; &amp;amp;"
    if kind == "xhtml":
        inside = '<div xmlns="http://www.w3.org/1999/xhtml">Week &lt;12&gt; &amp;</div>'
    entry = f'<entry><title type="{kind}">{inside}</title><id>a:b</id></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    assert from_feed(feed)[0].note.headline == title


@pytest.mark.parametrize(
    "data", ["", "x", "https://example.org/feed", "<html><p>x", "{", '{"items": 1}', "/etc/hostname"]
)
def test_what_is_no_feed_is_refused(data: str) -> None:
    """An address is not fetched, nor a path opened: they are no feeds."""
    with pytest.raises(InvalidFeedError, match="JSON Feed"):
        from_feed(data)


def test_a_feed_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the size and the limit."""
    monkeypatch.setattr("weeknote.web.feed_entries.MAX_FEED", 100)
    with pytest.raises(TooLargeError, match="larger than 100 bytes; split it") as caught:
        from_feed(RSS)
    assert (caught.value.found, caught.value.expected) == (len(RSS), 100)


def test_content_that_is_no_html_is_words() -> None:
    """An entry of Atom says what its content is."""
    content = '<content type="text/plain">1 &lt; 2\n\nSo &lt;b&gt;.</content>'
    (entry,) = from_feed(re.sub("<content.*</content>", content, ATOM, flags=re.DOTALL))
    assert weeknote.dump(entry.note).endswith("---\n\n1 < 2\n\nSo \\<b>.\n")


def test_entities_do_not_grow() -> None:
    """A feed that multiplies its entities ends as a feed without them."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x">{lines}]>' + RSS.partition("?>")[2].replace(
        "Short", "&a11;"
    )
    assert all(len(weeknote.dump(entry.note)) < 1_000 for entry in from_feed(bomb))


def test_only_text_and_bytes_are_feeds() -> None:
    """A path is no feed."""
    with pytest.raises(TypeError, match="str or bytes"):
        from_feed(None)  # type: ignore[arg-type] # that is the point


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading RSS and Atom needs a library that the core does not."""
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'weeknote\[feeds\]'"):
        from_feed(RSS)
