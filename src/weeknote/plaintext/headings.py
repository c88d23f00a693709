"""Find the headings in plain text by their shape, their role and what surrounds them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from weeknote.headings.roles import Role, Vocabulary
from weeknote.nodes.block import Block, Heading, List, node_from_source
from weeknote.plaintext.shapes import FIRST_NUMBER, NUMBERED, is_heading_shaped
from weeknote.plaintext.titles import find_names, find_site_lines, find_titles
from weeknote.syntax.boilerplate import find_furniture, single_line

if TYPE_CHECKING:
    from collections.abc import Mapping


LABEL = re.compile(r"[^\W_a-z][^:.!?]{0,38}:\Z")
"""A line such as "The good:" or "Monday:"."""

MAX_LABEL_WORDS = 4

MIN_LABELS = 3
"""Short lines that end in a colon, such as "Monday:", from which they are the sections of a note."""


def mark_headings(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks with heading paragraphs turned into headings.

    Depth 1 names a note, depth 2 a section.
    """
    lines = [single_line(b) for b in blocks]
    furniture = find_furniture(lines, 0, len(lines))
    names = find_names(lines)
    titles = find_titles(lines, furniture, names, vocabulary)
    site = find_site_lines(lines, furniture, names, titles)
    depths = dict.fromkeys(titles, 1) | dict.fromkeys(find_labels(blocks, lines, site), 2)
    times = Counter(lines)
    found = list(blocks)
    follows: Block | None = None  # the block after the line, unless it is the site's
    below: str | None = None
    # Backwards, because a short line directly above a heading is the caption of a picture that was not copied.
    for i in range(len(blocks) - 1, -1, -1):
        line = lines[i]
        depth = depths.get(i, 0)
        if not depth and line is not None and not site[i]:
            is_section = vocabulary.role(line) is not Role.THEME or opens_section(line, follows, below, times)
            depth = 2 if is_section else 0
        if depth:
            where = blocks[i].slice
            assert where is not None
            found[i] = node_from_source(Heading, where, depth=depth)
        follows, below = (None, None) if site[i] else (found[i], line)
    return found


def opens_section(line: str, follows: Block | None, below: str | None, times: Mapping[str | None, int]) -> bool:
    """Return whether a line opens a section, given the block and line below and how often the text has each line."""
    if follows is None or not is_heading_shaped(line) or not any(map(str.isalpha, line)):
        return False
    if type(follows) is not Heading or below is None:
        return True
    # Directly above a heading it is a caption, unless it is numbered, that heading is numbered 1, or one repeats.
    repeats = times.get(line, 0) > 1 or times.get(below, 0) > 1
    return repeats or NUMBERED.match(line) is not None or FIRST_NUMBER.match(below) is not None


def find_labels(blocks: list[Block], lines: list[str | None], site: list[bool]) -> list[int]:
    """Return the indices of the lines such as "The good:" above lists, where there are enough to structure a note.

    One or two such lines only lead in to their lists.
    """
    above_lists = [i - 1 for i, block in enumerate(blocks) if i and type(block) is List]
    found = [
        i
        for i in above_lists
        if (line := lines[i]) is not None and not site[i] and LABEL.match(line) and len(line.split()) <= MAX_LABEL_WORDS
    ]
    return found if len(found) >= MIN_LABELS else []
