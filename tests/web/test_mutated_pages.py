"""Pages that were cut, doubled and misnested: none raises, and each note is read back as it is."""

from __future__ import annotations

import random

import pytest

import weeknote

PAGE = """<!DOCTYPE html><html><head><title>Week 12 - Site</title>
<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2024-03-22"}</script></head>
<body><nav><a href="/">Home</a></nav><article class="h-entry"><h1 class="p-name">Week 12</h1>
<div class="e-content"><p>One <b>two <i>three</i></b> <a href="/four" title="t">four</a><br>five<sup id="r1"><a
href="#n1">1</a></sup></p><h2 id="learning">Learning</h2><ul><li>six<ul><li>seven</ul><li><p>eight</p><p>nine</p></ul>
<blockquote><p>ten</p><ol start="3"><li>eleven</ol></blockquote><pre><code class="language-py">x = "&lt;"
</code></pre><table><tr><th>a<th>b<tr><td colspan=2>c</table><figure><img src="d.png" alt="[d]"><figcaption>e
</figcaption></figure><dl><dt>f<dd>g</dl><details><summary>h</summary><p>i</details><hr><del>j</del> <code>k`</code>
<iframe src="https://v.example/"></iframe><section class="footnotes"><ol><li id="n1">Note <a href="#r1">&#8617;</a>
</ol></section></div></article><aside class="related"><p>Other</p></aside></body></html>"""

PIECES = (
    "<p>", "</p>", "<b>", "</i>", "<li>", "</ul>", "<ol>", "<blockquote>", "</blockquote>", "<table>", "<td>", "</tr>",
    "<h2>", "</h2>", "<pre>", "<code>", "</code>", '<a href="x">', "</a>", "<del>", "<sup>", "<details>", "<figure>",
    "<br>", "<hr>", "<dl>", "<dt>", "</div>", "<div hidden>", "<svg>", "<template>", "<select>", "<!--", "-->",
    "<script>", "</script>", "<textarea>", "<title>", "<math>", "\\", "*", "_", "`", "[", "](", "&lt;", "&amp;",
    "# ", "1. ", "- ", "> ", "|", "~~", "---\n", "+++\n", "title: x\n", "\u00a0", "\u2028", "\x00", "\ufeff", "&#13;",
)  # fmt: skip


def mutated(page: str, chance: random.Random) -> str:
    """Return a page of which pieces were cut, doubled, moved or added."""
    for _ in range(chance.choice((1, 2, 5, 20))):
        start = chance.randrange(len(page) + 1)
        end = min(len(page), start + chance.randrange(1, 200))
        match chance.randrange(4):
            case 0:
                page = page[:start] + page[end:]
            case 1:
                page = page[:start] + page[start:end] * 2 + page[end:]
            case 2:
                at = chance.randrange(len(page) + 1)
                page = page[:at] + page[start:end] + page[at:]
            case _:
                page = page[:start] + "".join(chance.choices(PIECES, k=chance.randrange(1, 6))) + page[start:]
    return page


@pytest.mark.parametrize("seed", range(10))
def test_a_mutated_page_becomes_a_note(seed: int) -> None:
    """Whatever is wrong with a page, there is a note on it, and its text means that note."""
    chance = random.Random(seed)
    for _ in range(25):
        page = mutated(PAGE, chance)
        for front_matter in ("hugo", None):
            note = weeknote.from_html(page, front_matter=front_matter).note
            assert weeknote.parse(weeknote.dump(note), dialect="markdown") == note


def test_the_page_itself_keeps_all_its_words() -> None:
    """The page that is mutated above has every kind of element and is imported whole."""
    note = weeknote.from_html(PAGE, url="https://site.example/").note
    text = weeknote.dump(note)
    for word in "One two three four five six seven eight nine ten eleven [d] Note".split():
        assert word.replace("[", "\\[").replace("]", "\\]") in text
    assert "Other" not in text
    assert note.published is not None
