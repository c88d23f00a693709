"""Lines that are the site's and not the writer's, in either dialect: comments, share buttons, links to other posts."""

from __future__ import annotations

import re
from typing import Any

from weeknote.nodes.block import Paragraph

LONGEST_TITLE = 250
"""Characters in the line that names a note by its week, which is the longest line that is looked at."""

LONGEST_LINE = LONGEST_TITLE + 200
"""Characters in the block of such a line, with white space around it; a longer one is not looked into."""

# The blog's own furniture (WordPress, Medium and Blogger templates print these lines after a post). Most lines that are
# none of it show that by their first letter.
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
    """Return the words of a one-line paragraph at the margin, else None."""
    if type(block) is not Paragraph or block.slice is None:
        return None
    where = block.slice
    if where.end - where.start > LONGEST_LINE:
        return None
    line: str = where.text.strip(" \t\r\n")
    return None if not line or "\n" in line or "\r" in line or len(line) > LONGEST_TITLE else line


def is_furniture(line: str) -> bool:
    """Tell whether a line is the site's and not the writer's."""
    return FURNITURE.fullmatch(line) is not None


def is_furniture_block(block: Any) -> bool:
    """Tell whether a block is such a line; most are told by length or first letters, without a copy of their words."""
    where = block.slice
    if where is None or type(block) is not Paragraph or where.end - where.start > LONGEST_LINE:
        return False
    if not FURNITURE.match(where.source.text, where.start):
        return False
    line = single_line(block)
    return line is not None and is_furniture(line)
