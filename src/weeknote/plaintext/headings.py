"""Find the headings in plain text by their shape, their role and what surrounds them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from weeknote.headings.roles import Role
from weeknote.headings.title import read_title
from weeknote.nodes.block import Heading, node_from_source
from weeknote.syntax.boilerplate import is_furniture, single_line

if TYPE_CHECKING:
    from weeknote.headings.roles import Vocabulary

MAX_HEADING_LENGTH = 80
"""Characters in a heading that states no week or role; longer lines are sentences."""

# URLs and addresses, code and template syntax: signs that a line is not a heading.
NOT_WORDS = re.compile(r"https?://|www\.|\{\{|\{%|!\[|<[/A-Za-z!]|\S@\S+\.|[=;{}\\]")
ANCHOR = re.compile(r"\s*\{#[\w-]*\}\Z")
SENTENCE_ENDED = re.compile(r"(?:[a-z’'”\")\]][.…]+|[^\W\d_][!?]+)['’”\")]*\s+\S")
OPENING = re.compile(r"[-–—―*+•(\[\"“„«‘'…<>|/~^&.,:;!?✺🔗–]|--")
SIGN_OFF = re.compile(
    r"(?:please|thanks|thank\s+you|see\s+(?:you|y)|until|bye|cheers|tune\s+in|stay\s+(?:safe|tuned)|have\s+an?|onwards?\b"
    r"|that[’']s\s+(?:it|all)|excited\s+to"
    r"|best\s+wishes|all\s+the\s+best|enjoy|subscribe|sign\s+up|more\s+(?:soon|next)|last\s+updated)\b"
    r"|(?:photo|picture|image|caption|source)(?:\s+credit)?s?\s*(?::|by\b)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]\s")
QUOTED = re.compile(r"[‘'“\"][^’'”\"]+[’'”\"]\s\S")
ABBREVIATED = frozenset({"misc.", "etc."})
LINKING = frozenset({"and", "or", "but", "then", "also", "plus", "so", "such", "what", "wow"})

CLOSING = re.compile(r"comments?(?:\s+are)?\s+(?:closed|off|disabled)|leave\s+a|post\s+navigation", re.IGNORECASE)


def is_heading_shaped(line: str) -> bool:
    """Return whether a line on its own has the shape of a heading."""
    line = ANCHOR.sub("", line) if "{#" in line else line
    if len(line) > MAX_HEADING_LENGTH or NOT_WORDS.search(line) or SENTENCE_ENDED.search(line):
        return False
    if OPENING.match(line) and not QUOTED.match(line):
        return False
    if SIGN_OFF.match(line) or not any(c.isalnum() for c in line):
        return False
    words = line.split()
    bare = line.rstrip("”’\"')")
    if bare.endswith(("...", "…")):
        return len(words) <= 3
    if bare.endswith((".", ",", ":", ";")):
        return line.lower() in ABBREVIATED
    if bare.endswith("!"):
        return len(words) <= 3 and words[0].lower() not in LINKING
    if bare.endswith("?") and len(words) > 10:
        return False
    if words[0].lower() in LINKING and len(words) == 1:
        return False
    return not line[0].islower() or len(words) <= 4


def names_note(line: str) -> bool:
    """Return whether a line names a weeknote, with a label or a week at its start; such a line may be long."""
    title = read_title(line)
    if not title.is_weeknote:
        return False
    if title.label is not None and (title.weeks or title.numbers or title.episode):
        return True
    if title.weeks and title.weeks[0].style in {"w/c", "w/b", "w/e"} and not line.endswith("."):
        return True
    return is_heading_shaped(line)


def mark_headings(blocks: list[Any], vocabulary: Vocabulary) -> list[Any]:
    """Return the blocks with heading paragraphs turned into headings.

    Depth 1 names a note (the first line, or one that states a week), depth 2 a section. Blocks are read backwards,
    because a short line directly above a heading is the caption of a picture that was not copied.
    """
    lines = [single_line(b) for b in blocks]
    names = [line is not None and names_note(line) for line in lines]
    site = find_furniture(lines, names)
    often = Counter(line for line in lines if line is not None)
    found = list(blocks)
    follows = ""  # what comes after the line: nothing, a heading, or words
    for i in range(len(blocks) - 1, -1, -1):
        line = lines[i]
        depth = 0
        if line is not None and not site[i]:
            if names[i] and (follows or i == 0 or furniture_follows(site, i)):
                depth = 1
            elif vocabulary.role(line) is not Role.THEME:
                depth = 2
            elif i == 0 and follows and is_heading_shaped(line):
                depth = 1
            elif is_heading_shaped(line) and (
                follows == "words" or (follows == "heading" and (NUMBERED.match(line) or often[line] > 1))
            ):
                # A picture caption is not numbered, and occurs once.
                depth = 2
        if depth:
            found[i] = node_from_source(Heading, blocks[i].slice, depth=depth)
        follows = "" if site[i] else "heading" if depth else "words"
    return found


def furniture_follows(site: list[bool], i: int) -> bool:
    """Return whether site furniture starts directly after a block."""
    return i + 1 < len(site) and site[i + 1]


def find_furniture(lines: list[str | None], names: list[bool]) -> list[bool]:
    """Return for each block whether it is site furniture: from the first such line up to the next note or post.

    A post is recognised by a heading with a long paragraph under it, once a line has said that comments are closed.
    """
    found = []
    inside = closed = False
    for i, (line, name) in enumerate(zip(lines, names, strict=True)):
        if name:
            inside = closed = False
        elif line is not None and is_furniture(line):
            inside, closed = True, closed or CLOSING.match(line) is not None
        elif closed and line is not None and i + 1 < len(lines) and lines[i + 1] is None and is_heading_shaped(line):
            inside = closed = False
        found.append(inside)
    return found
