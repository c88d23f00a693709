"""Find the lines of a plain text that name notes, and the lines around them that belong to the site."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING

from weeknote.headings.bylines import is_byline, is_date_line, is_name, is_weeknote_label
from weeknote.headings.labels import may_state_issue
from weeknote.headings.roles import Role, Vocabulary
from weeknote.headings.title import Title, read_title
from weeknote.plaintext.shapes import is_heading_shaped
from weeknote.syntax.boilerplate import ARROWS
from weeknote.syntax.page_parts import (
    MAX_BYLINE,
    MAX_MASTHEAD,
    MIN_BODY_LENGTH,
    byline_end,
    could_be_masthead,
    days_among,
    has_days,
    is_body,
    is_marked,
    is_masthead_line,
    names_further_note,
    note_start,
    site_names,
    states_issue,
    trailer_start,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


LINE = re.compile(r"([^\r\n]+)(?:\r\n?|\n|\Z)")
WEEKNOTE_WORD = re.compile(r"week[ -]?notes?", re.IGNORECASE)

COMMENTS_END = re.compile(r"comments?(?:\s+are)?\s+(?:closed|off|disabled)|leave\s+a|post\s+navigation", re.IGNORECASE)
"""Furniture that ends a post's comments, so that another post of an archive may follow."""


def find_names(lines: list[str | None]) -> dict[int, Title]:
    """Return what those lines say that could name a note, by index."""
    return {i: name for i, line in enumerate(lines) if line is not None and (name := read_name(line)) is not None}


def find_titles(
    lines: list[str | None], furniture: Mapping[int, bool], names: Mapping[int, Title], vocabulary: Vocabulary
) -> list[int]:
    """Return the indices of the lines that name the text's notes, in order.

    A line that repeats an earlier one names no further note. Neither does "Week 1: packing" where the first is
    "Weeknotes #5", nor a related post's title, which has no text below it, nor a section's heading with a role.
    """
    first = first_title(lines, names, vocabulary)
    found = [] if first is None else [first]
    title = names.get(first) if first is not None else None
    seen = set() if first is None else {lines[first]}
    inside = 0 if first is None else byline_end(lines, first, len(lines))
    closings = [i for i, is_closing in furniture.items() if is_closing]
    candidates = [i for i in names if i >= inside]
    last_text = last_body(lines) if candidates else -1
    for i, following in zip(candidates, ends_of_notes(candidates, lines), strict=True):
        if i > last_text:
            continue
        if first is not None and not names_further_note(names[i], title, is_repeated=lines[i] in seen):
            continue
        is_after_closing = bisect(closings, i) > bisect(closings, found[-1]) if found else False
        if is_after_closing and is_teaser(lines, furniture, i + 1, following):
            continue
        seen.add(lines[i])
        found.append(i)
    days = days_among({i: names[i] for i in found if i in names}) if len(found) > 1 else ()
    return [i for i in found if i not in days]


def last_body(lines: list[str | None]) -> int:
    """Return the index of the last line of body text, or -1."""
    return next((i for i in range(len(lines) - 1, -1, -1) if is_body(lines[i])), -1)


def ends_of_notes(candidates: list[int], lines: list[str | None]) -> list[int]:
    """Return for each candidate the index of the next; a date below a title with words belongs to that title."""
    ends = []
    next_line = next_title = len(lines)
    for i in reversed(candidates):
        is_date = is_date_line(lines[i] or "")
        ends.append(next_line if is_date else next_title)
        next_line, next_title = i, next_title if is_date else i
    return ends[::-1]


def is_teaser(lines: list[str | None], furniture: Mapping[int, bool], start: int, end: int) -> bool:
    """Return whether the lines below a title are what a site prints of a related post.

    That is no text, or one sentence with the site's lines above it, or a date or reading time below it.
    """
    end = next((i for i in range(start, end) if furniture.get(i)), end)
    body = [i for i in range(start, end) if is_body(lines[i])]
    if len(body) != 1 or lines[body[0]] is None:
        return not body
    below = lines[body[0] + 1 : end]
    return any(i in furniture for i in range(start, body[0])) or any(is_byline(line or "") for line in below)


def read_name(line: str) -> Title | None:
    """Return what a line says if it names a weeknote, with a label or a week at its start; such a line may be long."""
    # Most lines are sentences, which need not be read. "Weeknotes 13 →" leads to another note.
    if not may_state_issue(line, is_heading=is_heading_shaped) or line.endswith(ARROWS) or "\n" in line:
        return None
    title = read_title(line)
    if not title.is_weeknote or (title.title is not None and is_byline(line)):
        # "Ada Lovelace, 1 March - Weeknotes" is a byline.
        return None
    if title.label is not None and states_issue(title):
        return title
    if is_marked(title) and not line.endswith("."):
        return title
    return title if is_heading_shaped(line) else None


def strength(line: str | None, title: Title) -> int:
    """Return how much a line reads like a weeknote's heading, to choose among several at the top of a page."""
    if line is None or is_date_line(line):
        return 0
    # "Weeknotes 2024-06" may be an issue or a week; it certainly is no category.
    has_more = title.title is not None or (title.label is not None and title.label != line.strip(" :"))
    return (title.label is not None) + 2 * states_issue(title) + has_more


def first_title(lines: list[str | None], names: Mapping[int, Title], vocabulary: Vocabulary) -> int | None:
    """Return the index of the line that names the text's first note; None if it begins without one.

    Above it may be a masthead. Without a line that reads like a weeknote's heading, it is the first line that has a
    heading's shape and is not certainly the site's.
    """
    top = 0
    while top < min(len(lines), MAX_MASTHEAD + 1) and (top in names or could_be_masthead(lines[top])):
        top += 1
    named = [i for i in names if i < top]
    best = max(named, key=lambda i: strength(lines[i], names[i]), default=None)
    if best is not None and strength(lines[best], names[best]) > 1:
        return best
    if named:
        # A category or date above a title that says nothing of a week, which the byline below it gives away
        at = named[0]
        is_category = strength(lines[at], names[at]) == 0 or is_weeknote_label(lines[at] or "")
        is_above = is_category and top > at + 1 and could_be_title(lines[at + 1], vocabulary)
        has_byline = is_above and byline_end(lines, at + 1, len(lines)) > at + 2
        if has_byline or (is_above and at == 0 and WEEKNOTE_WORD.search(lines[1] or "")):
            return at + 1
        if at == 0:
            return 0
    first = 0
    while first < top and is_masthead_line(lines[first]):
        first += 1
    return next((i for i in (first, 0) if i + 1 < len(lines) and could_be_title(lines[i], vocabulary)), None)


def could_be_title(line: str | None, vocabulary: Vocabulary) -> bool:
    """Return whether a block is a line with the shape of a heading, and not the heading of a section with a role."""
    if line is None or vocabulary.role(line) is not Role.THEME:
        return False
    # "[S05 E00] Teaser time" has the shape of a caption.
    return is_heading_shaped(line) or (line.startswith("[") and read_title(line).episode is not None)


def heading_end(run: str) -> int:
    """Return the offset after a note's heading, and the site's lines around it, at the top of a run of lines.

    It is 0 without a heading that reads like a weeknote's, and where the heading goes on in the next line.
    """
    end, is_named = 0, False
    for found in LINE.finditer(run):
        line = found[1].strip()
        if not is_named and opens_page(line):
            is_named = True
        elif not (is_byline(line) if is_named else could_be_masthead(line)):
            return end if is_named and not line[:1].islower() else 0
        end = found.end()
    return end if is_named else 0


def opens_page(line: str) -> bool:
    """Return whether a line names a note so clearly that no blank line need follow."""
    title = read_name(line)
    if title is None or not states_issue(title):
        return False
    return title.label is not None or (title.title is None and not is_date_line(line))


def find_site_lines(
    lines: list[str | None], furniture: Mapping[int, bool], names: Mapping[int, Title], titles: list[int]
) -> list[bool]:
    """Return for each block whether it is the site's: of a masthead, a byline or a trailer."""
    found = [line is not None and is_weeknote_label(line) for line in lines]
    starts = {title: note_start(lines, title, lines[title] or "") for title in titles}
    for title, start in starts.items():
        found[start:title] = [True] * (title - start)
    notes = [*([-1] if not titles or titles[0] else []), *titles, len(lines)]
    for title, end in pairwise(notes):
        body = byline_end(lines, title, end) if title >= 0 else 0
        found[title + 1 : body] = [True] * (body - title - 1)
        mark_metadata(lines, furniture, found, body, end)
        site = site_names(lines[starts[title] : title]) if title > 0 else ()
        mark_trailer(lines, furniture, found, trailer_start(lines, furniture, body, body, end, site), end)
    if len(names) > len(titles):
        last_text = last_body(lines)
        for i, name in names.items():
            # The titles of other notes below the last of the text.
            found[i] = found[i] or (i > last_text and i not in titles and name.label is not None and states_issue(name))
    return found


def mark_metadata(
    lines: list[str | None], furniture: Mapping[int, bool], found: list[bool], start: int, end: int
) -> None:
    """Mark the site's lines between a subtitle and the first long body text, and the names directly above them."""
    stop = min(end, start + MAX_BYLINE)
    text = next((i for i in range(start, stop) if len(lines[i] or " " * MIN_BODY_LENGTH) >= MIN_BODY_LENGTH), stop)
    below = False
    for i in range(text - 1, start - 1, -1):
        line = lines[i] or ""
        is_metadata = i in furniture or (is_byline(line) and not (is_date_line(line) and has_days(lines, start, end)))
        below = is_metadata or (below and is_name(line))
        found[i] = found[i] or below


def mark_trailer(
    lines: list[str | None], furniture: Mapping[int, bool], found: list[bool], start: int, end: int
) -> None:
    """Mark a trailer, up to a heading with a long paragraph under it once a line has said that comments have ended."""
    is_inside, is_over = True, False
    for i in range(start, end):
        line = lines[i]
        if line is not None and i in furniture:
            is_inside, is_over = True, is_over or COMMENTS_END.match(line) is not None
        elif is_over and line is not None and i + 1 < end and lines[i + 1] is None and is_heading_shaped(line):
            is_inside = is_over = False
        found[i] = is_inside or is_weeknote_label(line or "")
