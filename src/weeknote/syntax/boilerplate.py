"""Site furniture: lines a blog prints after a post, such as comment counts, share buttons and links to other posts."""

from __future__ import annotations

import re
from typing import Any

from weeknote.nodes.block import Paragraph

MAX_LINE_LENGTH = 250
"""Characters in a line that may be a heading or furniture. Only a heading that states its week gets this long."""

MAX_BLOCK_LENGTH = MAX_LINE_LENGTH + 200
"""Characters in the block of such a line, surrounding white space included. Longer blocks are not examined."""

# Lines that WordPress, Medium and Blogger templates print after a post. The lookahead rejects most other lines early.
FURNITURE = re.compile(
    r"[ \t\r\n]*(?=[\docfnlprst])"
    r"(?:(?:\d+|one)\s+(?:thoughts?|comments?|repl(?:y|ies)|responses?)\s+(?:on|to)\s+[“\"‘'«].*"
    r"|(?:\d+|no)\s+comments?(?:\s+yet)?\.?|comments?(?:\s+are)?\s+(?:closed|off|disabled)\.?"
    r"|leave\s+a\s+(?:comment|reply)(?:\s+cancel\s+reply)?|share\s+this(?:\s+post)?:?|like\s+this:?"
    r"|(?:posted|published|filed)\s+(?:in|on|by|under)\b.*|tagged(?:\s+(?:as|with))?:?\s.*|post\s+navigation"
    r"|(?:previous|next)\s+(?:post|article)\b.*|(?:like\s+)?loading\s*(?:\.\.\.|…)|related(?:\s+posts)?:?"
    r"|(?:click\s+to\s+)?share\s+on\s+\w+.*)",
    re.IGNORECASE,
)


def single_line(block: Any) -> str | None:
    """Return the text of a one-line top-level paragraph; None for any other block."""
    if type(block) is not Paragraph or block.slice is None:
        return None
    where = block.slice
    if where.end - where.start > MAX_BLOCK_LENGTH:
        return None
    line: str = where.text.strip(" \t\r\n")
    return None if not line or "\n" in line or "\r" in line or len(line) > MAX_LINE_LENGTH else line


def is_furniture(line: str) -> bool:
    """Return whether a line is site furniture."""
    return FURNITURE.fullmatch(line) is not None


def is_furniture_block(block: Any) -> bool:
    """Return whether a block is one line of site furniture."""
    where = block.slice
    if where is None or type(block) is not Paragraph or where.end - where.start > MAX_BLOCK_LENGTH:
        return False
    if not FURNITURE.match(where.source.text, where.start):
        return False
    line = single_line(block)
    return line is not None and is_furniture(line)
