"""A post as WordPress stores it, as the HTML that it shows: paragraphs from blank lines, and shortcodes."""

from __future__ import annotations

import html
import re

BLOCK = re.compile(
    r"</?(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote"
    r"|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption"
    r"|details|menu|summary|iframe|script|video|audio)\b",
    re.IGNORECASE,
)
PRE = re.compile(r"<(pre|script|style|textarea)\b.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
# No part of a shortcode is looked for further than it can be long.
CAPTION = re.compile(
    r"\[caption[^\[\]]{0,300}\]\s*((?:<a\b[^<>]{0,2000}>\s{0,9})?<img\b[^<>]{0,2000}>(?:\s{0,9}</a>)?)"
    r"\s*(.{0,1000}?)\s{0,9}\[/caption\]",
    re.DOTALL,
)
EMBED = re.compile(
    r"\[(?:embed|youtube|vimeo)[^\[\]]{0,200}\](\S{1,500}?)\[/(?:embed|youtube|vimeo)\]"
    r"|\[(?:youtube|vimeo)\s{1,9}([^\s\[\]]{1,500})\s{0,9}\]"
    # WordPress embeds an address that is alone on its line.
    r"|^[ \t]*(https?://[^\s<>\"\[\]]{1,2000})[ \t]*$",
    re.MULTILINE,
)
MEDIA = re.compile(
    r"\[(audio|video)\b[^\[\]]{0,300}?\s(?:src|mp3|mp4|ogg|webm)=\"([^\"<>\[\]]{1,2000})\"[^\[\]]{0,300}\]"
)
CODE = re.compile(
    r"\[(code|sourcecode)(?:\s[^\[\]]{0,200}?(?:lang|language)=[\"']?([\w+#.-]{1,40})[^\[\]]{0,200}|[^\[\]]{0,200})\]"
    r"((?:(?!\[/?(?:source)?code\b).)*+)\[/\1\]",
    re.DOTALL,
)
FOOTNOTES = re.compile(r"<!-- wp:footnotes\b")


def shown_post(content: str) -> tuple[str, tuple[str, ...]]:
    r"""Return a post's content, as it is kept in the database, as the HTML that WordPress shows, and what that lacks.

    Blank lines part paragraphs and line ends are breaks, unless the block editor wrote the post.

    >>> shown_post("Hello\n\nfrom <b>here</b>\nand there")
    ('<p>Hello</p>\n<p>from <b>here</b><br />and there</p>', ())
    """
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    losses = ("the footnotes are not in the text of the post",) if FOOTNOTES.search(content) else ()
    content = _code(content)
    content = CAPTION.sub(r"\n\n<figure>\1<figcaption>\2</figcaption></figure>\n\n", content)
    content = EMBED.sub(_link, content)
    content = MEDIA.sub(r'\n\n<\1 src="\2"></\1>\n\n', content)
    return (content if "<!-- wp:" in content else paragraphs_of(content)), losses


def paragraphs_of(content: str) -> str:
    r"""Return HTML in which blank lines part paragraphs and line ends are breaks.

    >>> paragraphs_of("Hello\n<ul><li>a</li></ul>")
    '<p>Hello</p><ul><li>a</li></ul>'
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    content = content.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    parts = re.split(r"\n[ \t]*\n+", PRE.sub(keep, content))
    shown = "\n".join(_paragraph(part.strip()) for part in parts if part.strip())
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], shown)


def _paragraph(part: str) -> str:
    if part.startswith("\x00") or BLOCK.match(part):
        return part
    # Words and a block in one part: the words before it are a paragraph.
    at = BLOCK.search(part)
    before, rest = (part, "") if at is None else (part[: at.start()].strip(), part[at.start() :])
    return f"<p>{before.replace(chr(10), '<br />')}</p>{rest}"


def _code(content: str) -> str:
    """Return a post with its `[code]` as HTML; an export has what is in it escaped or not."""
    if "code]" not in content:
        return content

    def block(found: re.Match[str]) -> str:
        language = f' class="language-{found[2]}"' if found[2] else ""
        code = html.escape(html.unescape(found[3].strip("\n")), quote=False)
        return f"\n\n<pre><code{language}>{code}</code></pre>\n\n"

    return CODE.sub(block, content)


def _link(found: re.Match[str]) -> str:
    url = html.escape(html.unescape(found[1] or found[2] or found[3]))
    return f'\n\n<a href="{url}">{url}</a>\n\n'
