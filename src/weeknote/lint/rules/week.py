"""Rules about the week of a note (WN1): is there one, does it exist, and is it the right one?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from weeknote.headings.dates import LEAP_YEAR, MONTH_NAMES, WEEKDAY_NAMES, as_date, format_date, make_date
from weeknote.headings.file_names import week_in_name
from weeknote.headings.title import read_title
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import monday_of, resolve
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.positions import abbreviate, title_position, week_position, words_position
from weeknote.series.clues import title_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weeknote.headings.weeks import Week
    from weeknote.nodes.document import Weeknote

COMMENCING = frozenset({"w/c", "w/b"})
"""The styles that give the day on which a week starts."""

STATED_DAY = re.compile(
    r"\b(?:w/[cbe]|w[cb]|week (?:commencing|beginning|starting|ending))[\s:]{0,3}"
    r"((?:[a-z]{3,9},?\s)?(?:the\s)?[0-9]{1,2}(?:st|nd|rd|th)?[\s-](?:of\s)?[a-z]{3,9}\b(?:,?\s[0-9]{4})?"
    r"|[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})?)",
    re.IGNORECASE,
)
MONTH_WORD = re.compile("|".join(month[:3] for month in MONTH_NAMES), re.IGNORECASE)

YEAR = timedelta(days=365)
MAX_DISTANCE = timedelta(days=45)
"""The distance between a note's week and its publication date beyond which a wrong year is the better explanation."""
MAX_EARLY = timedelta(days=8)
"""The longest time that a note is published before its week: many people write before a holiday."""
MAX_INFERENCE = timedelta(days=150)
"""The distance between a week and the date its year was inferred from beyond which the year is a guess."""


def _week_finding(note: Weeknote, message: str, hint: str) -> Finding:
    return Finding(message, note.heading or note.front_matter, week_position(note), hint)


def stated_weeks(note: Weeknote) -> tuple[Week, ...]:
    """Return the weeks of a note, or the days in its headline that only lack a year to be one."""
    return note.weeks or read_title(note.headline or "").weeks


@rule("WN101", "no-week", "off off info", required_by=lambda structure: structure.week)
def no_week(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """The note does not say which week it covers.

    What: Neither the heading, nor the front matter (its title, or a key such as `week ending`), nor the file name gives
        a week or a number such as `#12`. If the project’s structure requires a week, a number is not enough.
    Why: Years later, somebody finds the note in a search and wants to know when this was.
    Fix: Put the week in the heading: `Weeknote w/c 6 May: …`, `Week 19, 2024`, `6-10 May 2024`.
    """
    required = settings.structure is not None and settings.structure.week
    if stated_weeks(note) or (not required and (note.numbers or note.episode or note.published)):
        return
    if any(invalid_dates(note)):
        return
    yield Finding(
        "This note does not say which week it covers" + ("; this project requires it." if required else "."),
        note,
        title_position(note),
        "Put the week in the heading, as in “Weeknote w/c 6 May: …”.",
    )


@rule("WN102", "not-a-monday", "off warning warning")
def not_a_monday(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The week does not start on a Monday.

    What: The note says `w/c`, `w/b`, `week commencing` or `week beginning` with a date that is not a Monday. The year
        must be known, from the heading, the publication date or `near`. `week of`, ranges and plain dates are left
        alone.
    Why: Readers cannot tell whether the day or the week is wrong, and two notes may claim the same week.
    Fix: Write the Monday on which the week started.
    """
    for week in note.weeks:
        if week.style not in COMMENCING or is_year_doubtful(note, week):
            continue
        day = week.stated
        # A written weekday that is wrong is reported by `wrong-weekday`.
        agrees = day is None or week.weekday in (None, day.weekday())
        if day is not None and day.weekday() != 0 and week.start is not None and agrees:
            before, after = monday_of(day), monday_of(day) + timedelta(days=7)
            mondays = (
                f"The nearest Mondays are {format_date(before)} and {format_date(after)}."
                if week.start == after
                else f"The Monday of that week is {format_date(before)}."
            )
            yield _week_finding(
                note,
                f"“{week_text(note, week)}” starts the week on {format_date(day)}, a {WEEKDAY_NAMES[day.weekday()]}.",
                mondays + _year_source(week),
            )
        elif day is None and week.weekday not in (None, 0):
            yield _week_finding(
                note,
                f"“{week_text(note, week)}” starts the week on a {WEEKDAY_NAMES[week.weekday or 0]}.",
                "Write the Monday on which the week started.",
            )


def week_text(note: Weeknote, week: Week) -> str:
    """Return a week as the note spells it, if it has only one; else as the library would."""
    for text in title_lines(note) if len(note.weeks) == 1 else ():
        span = read_title(text).weeks_span
        if span is not None:
            return " ".join(text[slice(*span)].split())
    return format_weeks([week])


def evidence_text(week: Week) -> str:
    """Return where a week's year came from, for a message."""
    known = {"near": "date given for the note", "neighbour": "neighbouring notes"}
    return known.get(week.evidence or "", week.evidence or "")


def _year_source(week: Week) -> str:
    return "" if week.evidence == "stated" else f" (The year comes from the {evidence_text(week)}.)"


@rule("WN103", "wrong-weekday", "off warning warning")
def wrong_weekday(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The weekday does not match the date.

    What: The note says, for example, `Monday 7 May 2019`, which was a Tuesday. The year must be known.
    Why: One of the two is wrong, and readers cannot tell which.
    Fix: Correct the weekday or the date. Sometimes it is the year that is wrong.
    """
    for week in note.weeks:
        day = week.stated
        if day is None or week.weekday is None or week.weekday == day.weekday():
            continue
        yield _week_finding(
            note,
            f"“{week_text(note, week)}” says {WEEKDAY_NAMES[week.weekday]}, but {format_date(day)} is a "
            f"{WEEKDAY_NAMES[day.weekday()]}.",
            "Correct the weekday or the date." + _year_source(week),
        )


@rule("WN104", "no-such-date", "off warning warning")
def no_such_date(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The date of the week does not exist.

    What: The note says, for example, `w/c 31 June` or `week ending 30 February`.
    Why: Neither readers nor programs can tell which week it covers.
    Fix: Correct the day or the month.
    """
    yield from invalid_dates(note)


def invalid_dates(note: Weeknote) -> Iterator[Finding]:
    """Yield a finding for a date that does not exist."""
    heading = note.heading
    text = heading.text if heading is not None else (note.front_matter and note.front_matter.title) or ""
    if note.weeks or read_title(text).weeks:
        return
    m = STATED_DAY.search(text[:400])
    if m is not None and (MONTH_WORD.search(m[1]) or not any(c.isalpha() for c in m[1])):
        yield Finding(
            f"“{m[1].strip()}” is not a date that exists.",
            heading or note.front_matter,
            words_position(heading, m[1].strip()) if heading is not None else title_position(note),
            "Correct the day or the month.",
        )


@rule("WN105", "year-unknown", "off off info")
def year_unknown(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The year of the week is unknown.

    What: The heading gives a day and a month, and the year cannot be inferred from the front matter, the file name or
        `near`.
    Why: Most weeknotes leave the year out, which does no harm on a blog. A file on its own is hard to date ten years
        later.
    Fix: Put a date in the file name or a `date` in the front matter, or the year in the heading.
    """
    weeks = stated_weeks(note)
    if any(week.start is None for week in weeks):
        yield _week_finding(
            note,
            f"The year of “{format_weeks(weeks)}” is unknown.",
            "Put a date in the front matter or the file name, or the year in the heading.",
        )


@rule("WN106", "year-in-doubt", "off warning warning")
def year_in_doubt(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The year of the week is a guess.

    What: The heading gives no year, and the date it was inferred from is more than five months from the week, so
        another year fits almost as well.
    Why: Nobody publishes a weeknote half a year late: one of the dates is probably wrong.
    Fix: Put the year in the heading, or correct the date in the front matter or the file name.
    """
    day = note.context.near or note.published
    for week in note.weeks:
        if day is not None and week.start is not None and is_year_doubtful(note, week):
            yield _week_finding(
                note,
                f"“{week_text(note, week)}” may not be in {week.start.year}: the {evidence_text(week)} says "
                f"{format_date(day)}, more than five months away.",
                "Put the year in the heading, or correct that date.",
            )
            return


def is_year_doubtful(note: Weeknote, week: Week) -> bool:
    """Return whether a week's year was inferred from a date so far away that another year fits almost as well."""
    day = note.context.near or note.published
    # Only a date from outside can be this far away: neighbours in an archive follow each other. And if no title states
    # the week, the front matter or the file name states it, with its year.
    if week.evidence not in ("near", "front matter", "file name") or week.start is None or day is None:
        return False
    return abs(week.start - day) > MAX_INFERENCE and any(read_title(line).weeks for line in title_lines(note))


@rule("WN107", "week-and-date-disagree", "off warning warning")
def week_and_date_disagree(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The week and the publication date contradict each other.

    What: The note was published more than a week before its week, or almost exactly a year before or after it, as
        happens every January. The publication date is the one in the front matter, else the one in the file name.
    Why: The note is filed under the wrong date.
    Fix: Correct the year in the heading, or the date in the front matter or the file name.
    """
    day = note.published
    dated = [(week, week.start) for week in note.weeks if week.start is not None and week.evidence == "stated"]
    if day is None or not dated:
        return
    (week, first), (last_week, last) = dated[0], dated[-1]
    # A note about a whole year is not a year late.
    ends_near = any(each.last is not None and abs(each.last - day) <= MAX_DISTANCE for each, _ in dated)
    message = None
    if abs(abs(day - last) - YEAR) <= MAX_DISTANCE and not ends_near:
        message = f"“{week_text(note, last_week)}” and the publication date, {format_date(day)}, are a year apart."
    elif first - day > MAX_EARLY:
        message = (
            f"“{week_text(note, week)}” starts on {format_date(first)}, but the note was published on "
            f"{format_date(day)}."
        )
    if message is not None:
        yield _week_finding(
            note,
            message,
            "Correct the year of one of the two." if "year" in message else "Correct the week or the date.",
        )


@rule("WN108", "two-weeks-named", "off warning warning")
def two_weeks_named(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The note names two different weeks.

    What: Two of the heading, the title in the front matter, a key such as `week_ending: 2024-05-10` and the file name
        (`2024-W19.md`) give weeks that cannot be the same in any year. A key is compared with days rather than weeks,
        and not with a plain date in a title, which may be the publication date.
    Why: Often last week’s file was copied, and one of the places was forgotten.
    Fix: Correct one of them.
    """
    places = _places(note)
    for other in places[1:]:
        first = places[0]
        if not _may_agree(first, other):
            yield _week_finding(
                note,
                f"The {first.name} says “{first.words}”, and the {other.name} says “{other.words}”.",
                "Correct one of them.",
            )


class _Location(NamedTuple):
    """A place that gives weeks: its name, the weeks, how it spells them, and whether it is a front matter key."""

    name: str
    weeks: tuple[Week, ...]
    words: str
    is_key: bool = False


def _places(note: Weeknote) -> list[_Location]:
    """Return the places of a note that give its weeks; the others are compared with the first."""
    names = ["front matter title"] if note.heading is None else ["heading", "front matter title"]
    titles = list(zip(names, map(read_title, title_lines(note)), strict=False))
    matter = note.front_matter
    key = None if matter is None else matter.week_key
    stated = key is not None or any(read.weeks for _, read in titles)
    if note.heading is None and not note.intro and note.sections and stated:
        # A heading that contradicts the front matter was parsed as a section.
        read = read_title(note.sections[0].title)
        if read.is_weeknote:
            titles.append(("heading", read))
    found = [_Location(name, read.weeks, format_weeks(read.weeks)) for name, read in titles if read.weeks]
    if matter is not None and key is not None:
        value = matter.values[key]
        found.append(
            _Location("front matter", matter.weeks, abbreviate(f"{key}: {as_date(value) or value}"), is_key=True)
        )
    name = note.context.name
    if found and name is not None and (named := week_in_name(name)) is not None:
        found.append(_Location("file name", (named,), format_weeks((named,))))
    return found


def _may_agree(one: _Location, other: _Location) -> bool:
    """Return whether two places can mean the same week, in some year if none is given."""
    anchor = next((week.start for week in (*one.weeks, *other.weeks) if week.start is not None), None)
    is_key = one.is_key or other.is_key
    if anchor is None and not is_key:
        return {(w.day, w.month) for w in one.weeks} == {(w.day, w.month) for w in other.weeks}
    if is_key and any(week.style == "date" for place in (one, other) if not place.is_key for week in place.weeks):
        return True
    # Without a year the weekday is unknown, and so is which days around it are in its week.
    margin = timedelta(days=6 if anchor is None else 0)
    anchor = anchor or make_date(one.weeks[0].day, one.weeks[0].month, LEAP_YEAR)
    if anchor is None:
        return True
    mine, theirs = resolve(one.weeks, anchor), resolve(other.weeks, anchor)
    if not is_key:
        return bool({w.start for w in mine} & {w.start for w in theirs})
    a, b = _days(mine), _days(theirs)
    return a is None or b is None or (a[0] - margin <= b[1] and b[0] <= a[1] + margin)


def _days(weeks: tuple[Week, ...]) -> tuple[date, date] | None:
    """Return the first and last day that weeks can have, however people count; None if a year is unknown."""
    first, last = [], []
    for week in weeks:
        monday, sunday = week.start, week.end
        if monday is None or sunday is None:
            return None
        day = week.stated or monday
        if week.style != "w/e":
            first.append(min(monday, day))
            last.append(max(sunday, week.last or day + timedelta(days=6)))
        else:
            # A week that ends on a Friday started on Monday; one that ends on a Tuesday started on a Wednesday.
            first.append(monday if day.weekday() >= 4 else day - timedelta(days=6))
            last.append(sunday)
    return min(first), max(last)
