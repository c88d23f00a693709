"""What WordPress keeps of a post, as the HTML that it makes of it: paragraphs by blank lines, and shortcodes."""

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
)


def paragraphs_of(content: str) -> str:
    r"""Return a post's content as it is kept in the database as the HTML that WordPress shows.

    Blank lines part paragraphs and line ends are breaks, unless the block editor wrote the post.

    >>> paragraphs_of("Hello\n\nfrom <b>here</b>\nand there")
    '<p>Hello</p>\n<p>from <b>here</b><br />and there</p>'
    """
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = CAPTION.sub(r"\n\n<figure>\1<figcaption>\2</figcaption></figure>\n\n", content)
    content = EMBED.sub(_link, content)
    if "<!-- wp:" in content:
        return content
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    parts = re.split(r"\n[ \t]*\n+", PRE.sub(keep, content.replace("\x00", "")))
    shown = "\n".join(_paragraph(part.strip()) for part in parts if part.strip())
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], shown)


def _paragraph(part: str) -> str:
    if part.startswith("\x00") or BLOCK.match(part):
        return part
    # Words and a block in one part: the words before it are a paragraph.
    at = BLOCK.search(part)
    before, rest = (part, "") if at is None else (part[: at.start()].strip(), part[at.start() :])
    return f"<p>{before.replace(chr(10), '<br />')}</p>{rest}"


def _link(found: re.Match[str]) -> str:
    url = html.escape(html.unescape(found[1] or found[2]))
    return f'\n\n<a href="{url}">{url}</a>\n\n'
