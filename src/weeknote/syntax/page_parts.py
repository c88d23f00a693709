"""Where a note begins and ends on a page: the masthead above its heading, the byline below it, the trailer after it."""

from __future__ import annotations

from bisect import bisect
from functools import partial
from itertools import pairwise
from operator import eq
from typing import TYPE_CHECKING

from weeknote.headings.bylines import (
    is_button,
    is_byline,
    is_counter,
    is_date_line,
    is_name,
    is_navigation,
    is_weeknote_label,
)
from weeknote.headings.dates import LEAP_YEAR, make_date
from weeknote.headings.title import Title, read_title
from weeknote.lazy import lazy_pattern
from weeknote.syntax.boilerplate import Lines, is_furniture

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping


MARKED_STYLES = frozenset({"w/c", "w/b", "w/e"})
"""The styles of weeks that only a weeknote's heading states."""

MAX_MASTHEAD = 12
"""Lines in a masthead. A page with more above its title was copied with its whole navigation."""

MAX_BYLINE = 16
"""Lines in a byline. Sites that print each element on a line of its own reach ten."""

MAX_SITE_NAME_LENGTH = 60
"""Characters in a site's name or tagline above a title; longer lines are sentences."""

MAX_DAYS_APART = 4
"""Days from one day of a note to the next, over a weekend."""

MIN_BODY_LENGTH = 100
"""Characters from which a line is body text, however it ends."""

MARKUP = lazy_pattern(r"https?://|!\[|\]\(|\{\{|\{%|<[/A-Za-z!]|[`|{}]")

SENTENCE_ENDS = tuple(".!?…:;,")
CLOSING_MARKS = "\"”’')]"


def ends_sentence(line: str) -> bool:
    """Return whether a line ends like a sentence or a part of one, marks that close a quotation not counted."""
    return line.rstrip(CLOSING_MARKS).endswith(SENTENCE_ENDS)


def is_body(line: str | None) -> bool:
    """Return whether a block is the author's text, and not a title, subtitle, byline or furniture.

    It is given as the line that `single_line` returns; None is body.
    """
    if line is None or len(line) >= MIN_BODY_LENGTH:
        return True
    return ends_sentence(line) and not (is_furniture(line) or is_byline(line))


def is_only_body(line: str | None) -> bool:
    """Return whether a line is body text and nothing else, so that another such line in its place moves no part."""
    if line is None:
        return True
    if len(line) < MIN_BODY_LENGTH and not ends_sentence(line):
        return False
    return not (is_furniture(line) or is_byline(line) or is_date_line(line) or is_name(line))


def is_masthead_line(line: str | None) -> bool:
    """Return whether a line above a heading is certainly the site's."""
    return line is not None and (is_byline(line) or is_navigation(line))


def could_be_masthead(line: str | None) -> bool:
    """Return whether a line above a heading could be the site's, such as its name; the heading has to decide."""
    if line is None:
        return False
    if MARKUP.search(line):
        return "|" in line and is_navigation(line)
    return (len(line) <= MAX_SITE_NAME_LENGTH and not ends_sentence(line)) or is_masthead_line(line)


def states_issue(title: Title) -> bool:
    """Return whether a title says which note of a series it names."""
    return bool(title.weeks or title.numbers or title.episode)


def is_marked(title: Title) -> bool:
    """Return whether a title states a week with "w/c" or the like."""
    style = title.weeks[0].style if title.weeks else None
    return style in MARKED_STYLES or (style == "range" and title.is_marked)


def names_further_note(title: Title, first: Title | None, *, is_repeated: bool) -> bool:
    """Return whether a title that reads like a weeknote's names a note of its own, in a text titled `first`.

    "Week 1: packing" and "6 May" do not, where the first is "Weeknotes #5": they name parts of it. Nor does the bare
    word, which is as often a category, nor a title that the text has already; but a week given twice is a mistake that
    should be seen.
    """
    if is_marked(title):
        return True
    if is_repeated:
        return False
    if title.label is not None:
        return states_issue(title) or title.title is not None
    return first is not None and form(title) == form(first)


def form(title: Title) -> str:
    """Return in which way a title names a note."""
    if title.label is not None:
        return "label"
    if title.weeks:
        return title.weeks[0].style
    return "episode" if title.episode else "number"


def days_among(titles: Mapping[int, Title]) -> set[int]:
    """Return the indices of the titles that are the days of one note rather than notes, each of them a bare date.

    Most days are followed by another one within four days, and notes about weeks are not.
    """
    dated = {
        i: title.weeks[0]
        for i, title in titles.items()
        if len(title.weeks) == 1
        and title.weeks[0].style == "date"
        and not (title.label or title.numbers or title.title)
    }
    known = all(week.stated for week in dated.values())
    days = [week.stated if known else make_date(week.day, week.month, LEAP_YEAR) for week in dated.values()]
    gaps = [abs((b - a).days) for a, b in pairwise(days) if a and b]
    return set(dated) if 2 * sum(gap <= MAX_DAYS_APART for gap in gaps) > len(gaps) else set()


def note_start(lines: Lines, heading: int, title: str) -> int:
    """Return the index of the first block of the note that a heading names: its masthead, or the heading itself.

    Above the first heading of a text the masthead is everything, if all of it is the site's. A line that only could be,
    such as the site's name, counts if the heading reads like a weeknote's or the category above it is that. Above a
    later heading it is the dates.
    """
    if 0 < heading <= MAX_MASTHEAD:
        above = [lines[i] for i in range(heading)]
        if all(map(could_be_masthead, above)):
            is_site = all(map(is_masthead_line, above)) or is_weeknote_label(above[-1] or "")
            return 0 if is_site or read_title(title).is_weeknote else heading
    start = heading
    while start and (line := lines[start - 1]) is not None and is_date_line(line):
        start -= 1
    return start


def byline_end(lines: Lines, heading: int, end: int, is_title: Callable[[str], bool] | None = None) -> int:
    """Return the index after the byline below a heading: the index after the heading if there is none.

    A name is part of the byline only if a line follows that certainly is; a word such as "Share", only beside another
    such word or a certain line. A date is not, if it is the first of several with text below: then each is the heading
    of a day. The title again is, right below itself or below buttons, and so is the word "weeknotes" as a tag.

    The note ends before `end`. Unless its heading is one of the lines, `is_title` tells which have the heading's words.
    """
    is_title = is_title or partial(eq, lines[heading])
    found = heading + 1
    buttons = 0
    is_named = False
    for i in range(heading + 1, min(end, heading + 1 + MAX_BYLINE)):
        line = lines[i]
        if line is None:
            break
        if is_byline(line):
            if is_date_line(line) and has_days(lines, i, end):
                break
            button = is_button(line)
            buttons += button
            if not button or buttons > 1 or found > heading + 1:
                found = i + 1
        elif not is_named and (found == i == heading + 1 or buttons > 1) and is_title(line):
            found, is_named = i + 1, True  # A box of buttons names the post that it shares.
        elif found == i > heading + 1 and is_name(line) and is_weeknote_label(line.partition(",")[0]):
            found = i + 1
        elif not is_name(line):
            break
    return found


def has_days(lines: Lines, start: int, end: int) -> bool:
    """Return whether several blocks are dates with body text right below: then each is the heading of a day."""
    days = 0
    for i in range(start, end - 1):
        line = lines[i]
        days += line is not None and is_date_line(line) and is_body(lines[i + 1])
    return days > 1


def trailer_start(
    lines: Lines, furniture: Mapping[int, bool], body: int, start: int, end: int, names: Collection[str] = ()
) -> int:
    """Return the index of the first block of a note's trailer; `end` if there is none.

    A line that sites print only after a post starts the trailer. One that they also print above a post, such as its
    categories, starts it if body text precedes it, and no more of it follows than precedes. The site's name starts it
    if only short lines follow.

    `furniture` is what `find_furniture` returns, and `names` what `site_names` does. The note's byline ends before
    `body`, its last heading is above `start`, and the note itself ends before `end`.
    """
    if names:
        end = _footer_start(lines, max(start, body), end, names)
    found = [i for i in range(max(start, body), end) if i in furniture] if furniture else []
    if not found:
        return end
    texts = [i for i in range(body, end) if is_body(lines[i])]
    for at in found:
        before = bisect(texts, at)
        if furniture[at] or ((before or not texts) and 2 * before >= len(texts)):
            return _first_of_run(lines, max(start, body), at)
    return end


def site_names(masthead: Iterable[str | None]) -> set[str]:
    """Return the lines of a masthead that are neither dates nor navigation: the site's name and tagline."""
    return {line for line in masthead if line is not None and not is_masthead_line(line)}


def _footer_start(lines: Lines, start: int, end: int, names: Collection[str]) -> int:
    """Return the index of the first of the site's names among the short lines at the end of a page; `end` without."""
    found = end
    for i in range(end - 1, max(start, end - MAX_MASTHEAD) - 1, -1):
        line = lines[i]
        if line is None or len(line) >= MIN_BODY_LENGTH:
            break
        if line in names:
            found = i
    return found


def _first_of_run(lines: Lines, start: int, trailer: int) -> int:
    """Return the index of the first of the site's lines directly above a line of the trailer."""
    found = trailer
    for i in range(trailer - 1, start - 1, -1):
        line = lines[i]
        is_certain = line is not None and (is_byline(line) or is_furniture(line))
        if line is None or not (is_certain or is_name(line)):
            break
        # Names belong to the run if there is a counter or a certain line above or below them.
        if is_certain or is_counter(line) or is_counter(lines[i + 1] or ""):
            found = i
        elif found != i + 1:
            break
    # Medium prints the tags, a name each, above a counter.
    if any(is_counter(lines[i] or "") for i in range(found, trailer)):
        while found > max(start, trailer - MAX_MASTHEAD) and is_name(lines[found - 1] or "."):
            found -= 1
    return found
