"""Rules about the week of one note (WN1): whether it is said, whether it exists, whether it is the one meant."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from weeknote.front_matter.reader import TITLE_KEYS, key_of
from weeknote.headings.dates import LEAP_YEAR, MONTH_NAMES, WEEKDAY_NAMES, as_date, make_date
from weeknote.headings.file_names import week_in_name
from weeknote.headings.title import read_title
from weeknote.headings.week_keys import weeks_under_key
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import monday_of, resolve
from weeknote.lint.places import narrow, opening, shortened, value_of
from weeknote.lint.rule import Finding, LintSettings, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weeknote.headings.title import Title
    from weeknote.headings.weeks import Week
    from weeknote.nodes.document import Weeknote
    from weeknote.source import Position

COMMENCING = frozenset({"w/c", "w/b"})
"""The styles that name the day on which a week begins."""

STATED_DAY = re.compile(
    r"\b(?:w/[cbe]|w[cb]|week (?:commencing|beginning|starting|ending))[\s:]{0,3}"
    r"((?:[a-z]{3,9},?\s)?(?:the\s)?[0-9]{1,2}(?:st|nd|rd|th)?[\s-](?:of\s)?[a-z]{3,9}\b(?:,?\s[0-9]{4})?"
    r"|[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})?)",
    re.IGNORECASE,
)
MONTH_WORD = re.compile("|".join(month[:3] for month in MONTH_NAMES), re.IGNORECASE)

YEAR = timedelta(days=365)
NEARBY = timedelta(days=45)
"""How far a note's week and its publication may lie apart before a year that is off by one explains it better."""
EARLY = timedelta(days=8)
"""How long before its week a note may be published: many write ahead of a holiday."""
DOUBTFUL = timedelta(days=150)
"""How far from the date that decided it a year is a guess."""


def spoken(day: date) -> str:
    """Return a date as people write it."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def titles_of(note: Weeknote) -> Iterator[Title]:
    """Yield what a note's heading and its front matter's title say, in this order."""
    if note.heading is not None:
        yield read_title(note.heading.text)
    if note.front_matter is not None and note.front_matter.title is not None:
        yield read_title(note.front_matter.title)


def where_said(note: Weeknote) -> Position | None:
    """Return where a note says its weeks: its heading, else its front matter's title or week, else its beginning."""
    heading, matter = note.heading, note.front_matter
    if heading is not None and (span := read_title(heading.text).weeks_span) is not None:
        return narrow(heading, heading.text[slice(*span)].rstrip())
    if matter is not None and matter.title is not None and read_title(matter.title).weeks:
        key = key_of(matter.values, TITLE_KEYS)
        return (value_of(matter, key) if key is not None else None) or opening(note)
    if matter is not None and (under := weeks_under_key(matter.values)) is not None:
        return value_of(matter, under[0]) or opening(note)
    return opening(note)


@rule("WN101", "no-week", "off off info", asked=lambda structure: structure.week)
def no_week(note: Weeknote, settings: LintSettings) -> Iterator[Finding]:
    """The note says nowhere which week it is about.

    What: Neither the heading nor the front matter (its title, or a key such as `week ending`) nor the file’s name gives
        a week, and no number such as `#12` or `Week 12` stands for it. Where a structure asks for a week, a number is
        not enough.
    Why: Years later the note is found by a search, and the reader wants to know when this was.
    Fix: Put the week into the heading: `Weeknote w/c 6 May: …`, `Week 19, 2024`, `6-10 May 2024`.
    """
    asked = settings.structure is not None and settings.structure.week
    if note.weeks or (not asked and (note.numbers or note.episode or note.published)):
        return
    if any(no_such_days(note)):
        return
    if asked:
        message = "This note does not say which week it is about, and this project’s structure asks for it."
    else:
        message = "This note does not say which week it is about."
    yield Finding(message, note, opening(note), "Put it into the heading, such as “Weeknote w/c 6 May: …”.")


@rule("WN102", "not-a-monday", "off warning warning")
def not_a_monday(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The week is said to commence on a day that is not a Monday.

    What: The heading says `w/c`, `w/b`, `week commencing` or `week beginning` with a day whose weekday is known (by
        the year in the heading, the date of publication or `near`), and it is not a Monday. The day stays as it was
        written; `Week.start` is the Monday that is meant. It says nothing about `week of`, ranges and mere dates.
    Why: Either the day is a slip or the week is: a reader cannot tell, and two notes may claim the same week.
    Fix: Look at a calendar and write the Monday on which the week began.
    """
    for week in note.weeks:
        if week.style not in COMMENCING or in_doubt(note, week):
            continue
        day = week.stated
        if day is not None and day.weekday() != 0 and week.start is not None and _agrees(week):
            before, after = monday_of(day), monday_of(day) + timedelta(days=7)
            others = f"{spoken(before)} and {spoken(after)}" if week.start == after else spoken(before)
            noun = "the nearest Mondays are" if week.start == after else "the Monday of that week is"
            yield Finding(
                f"“{said(note, week)}” says that the week begins on {spoken(day)}, which is a "
                f"{WEEKDAY_NAMES[day.weekday()]}.",
                note.heading or note.front_matter,
                where_said(note),
                f"If a Monday was meant, {noun} {others}."
                + ("" if week.evidence == "stated" else f" (The year comes from the {evidence(week)}.)"),
            )
        elif day is None and week.weekday not in (None, 0):
            yield Finding(
                f"“{said(note, week)}” says that the week begins on a {WEEKDAY_NAMES[week.weekday or 0]}.",
                note.heading or note.front_matter,
                where_said(note),
                "If a Monday was meant, write its date.",
            )


def said(note: Weeknote, week: Week) -> str:
    """Return a week in the note’s own words, where it names no other."""
    texts = [note.heading.text] if note.heading is not None else []
    if note.front_matter is not None and note.front_matter.title is not None:
        texts.append(note.front_matter.title)
    for text in texts if len(note.weeks) == 1 else ():
        span = read_title(text).weeks_span
        if span is not None:
            return " ".join(text[slice(*span)].split())
    return format_weeks([week])


def evidence(week: Week) -> str:
    """Return in words where a week's year came from."""
    known = {"near": "date given for the note", "neighbour": "notes around it", "file name": "file’s name"}
    return known.get(week.evidence or "", week.evidence or "")


def _agrees(week: Week) -> bool:
    """Tell whether the weekday that is written, if one is, is the date's: else another rule speaks."""
    return week.weekday is None or (week.stated is not None and week.stated.weekday() == week.weekday)


@rule("WN103", "wrong-weekday", "off warning warning")
def wrong_weekday(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The weekday written and the date disagree.

    What: A heading such as `Monday 7 May 2019`, and 7 May 2019 was a Tuesday. It speaks only where the year is known.
    Why: One of the two is wrong, and a reader cannot tell which.
    Fix: Look at a calendar and correct the weekday or the date. Sometimes it is the year.
    """
    for week in note.weeks:
        day = week.stated
        if day is None or week.weekday is None or week.weekday == day.weekday():
            continue
        yield Finding(
            f"“{said(note, week)}” says {WEEKDAY_NAMES[week.weekday]}, "
            f"but {spoken(day)} is a {WEEKDAY_NAMES[day.weekday()]}.",
            note.heading or note.front_matter,
            where_said(note),
            "Correct the weekday or the date"
            + ("." if week.evidence == "stated" else f"; the year comes from the {evidence(week)}."),
        )


@rule("WN104", "no-such-date", "off warning warning")
def no_such_date(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The day that the heading gives for its week does not exist.

    What: `w/c 31 June`, `week ending 30 February`: the heading says that a week follows, and there is no such day.
    Why: The note then has no week, for a reader as for a program.
    Fix: Correct the day or the month.
    """
    yield from no_such_days(note)


def no_such_days(note: Weeknote) -> Iterator[Finding]:
    """Yield a finding for a stated day that no calendar has."""
    heading = note.heading
    text = heading.text if heading is not None else (note.front_matter and note.front_matter.title) or ""
    if note.weeks or read_title(text).weeks:
        return
    m = STATED_DAY.search(text[:400])
    if m is not None and (MONTH_WORD.search(m[1]) or not any(c.isalpha() for c in m[1])):
        yield Finding(
            f"There is no day “{m[1].strip()}” in the calendar.",
            heading or note.front_matter,
            narrow(heading, m[1].strip()) if heading is not None else opening(note),
            "Correct the day or the month.",
        )


@rule("WN105", "year-unknown", "off off info")
def year_unknown(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Nothing tells the year of the week.

    What: The heading gives a day and a month, and neither it nor the front matter, the file’s name or a date given
        as `near` says the year.
    Why: Most weeknotes leave the year out, and while the note stands in its blog that does no harm. A file on its own
        is harder to place ten years later.
    Fix: Give the file a name with a date, or the front matter a `date`; or write the year into the heading.
    """
    if note.weeks and any(week.start is None for week in note.weeks):
        yield Finding(
            f"Nothing tells the year of “{format_weeks(note.weeks)}”.",
            note.heading or note.front_matter,
            where_said(note),
            "Put a date into the front matter or the file’s name, or the year into the heading.",
        )


@rule("WN106", "year-in-doubt", "off warning warning")
def year_in_doubt(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The year of the week is little more than a guess.

    What: The heading gives no year, and the date that decided it lies more than five months from the week, so that the
        year before or after fits almost as well.
    Why: Half a year is too long for a weeknote to lie in a drawer; either date may be wrong.
    Fix: Write the year into the heading, or correct the date in the front matter or the file’s name.
    """
    day = note.context.near or note.published
    for week in note.weeks:
        if day is not None and week.start is not None and in_doubt(note, week):
            yield Finding(
                f"Is “{said(note, week)}” in {week.start.year}? The {evidence(week)} says {spoken(day)}, which is more "
                "than five months away.",
                note.heading or note.front_matter,
                where_said(note),
                "Write the year into the heading, or correct that date.",
            )
            return


def in_doubt(note: Weeknote, week: Week) -> bool:
    """Tell whether the date that decided a week's year lies so far from it that another year fits almost as well."""
    day = note.context.near or note.published
    # Neighbours in an archive follow each other; only a date from outside can lie this far away. Where no title states
    # the week, the front matter or the file's name states it with its year.
    guessed = week.evidence in ("near", "front matter", "file name") and any(read.weeks for read in titles_of(note))
    return guessed and week.start is not None and day is not None and abs(week.start - day) > DOUBTFUL


@rule("WN107", "week-and-date-disagree", "off warning warning")
def week_and_date_disagree(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The week and the date of publication cannot both be right.

    What: The note was published more than a week before its week began; or almost exactly a year after or before it,
        as happens each January. The date of publication is the front matter’s, else the one in the file’s name.
    Why: The note is sorted under the wrong year.
    Fix: Correct the year in the heading, or the date in the front matter or the file’s name.
    """
    day = note.published
    weeks = [w for w in note.weeks if w.start is not None and w.evidence == "stated"]
    if day is None or not weeks:
        return
    first, last = weeks[0].start, weeks[-1].start
    if first is None or last is None:
        return
    message = None
    if abs(abs(day - last) - YEAR) <= NEARBY and not _near_year_end_fits(weeks, day):
        message = f"“{said(note, weeks[-1])}” and the date of publication, {spoken(day)}, are a year apart."
    elif first - day > EARLY:
        message = f"“{said(note, weeks[0])}” begins on {spoken(first)}, after the note was published on {spoken(day)}."
    if message is not None:
        yield Finding(
            message,
            note.heading or note.front_matter,
            where_said(note),
            "Correct the year of one of the two." if "year" in message else "Correct the week or the date.",
        )


def _near_year_end_fits(weeks: list[Week], day: date) -> bool:
    """Tell whether a range that ends near the day explains it: a note about a whole year is not a year late."""
    return any(week.last is not None and abs(week.last - day) <= NEARBY for week in weeks)


@rule("WN108", "two-weeks-named", "off warning warning")
def two_weeks_named(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The heading names one week and the front matter or the file’s name another.

    What: Two of front matter’s title, its key for the week (`week_ending: 2024-05-10`), heading and file’s name
        (`2024-W19.md`) each give a week, and not the same. Where one of them gives no year, only weeks that no year can
        bring together count. A week under a key is another one where it has no day in common with what the other place
        gives; it is not held against a mere date in a title, which may be the day of publication.
    Why: Often a note was made by copying last week’s file, and one of the places was forgotten.
    Fix: Make them agree.
    """
    places = _places(note)
    for other in places[1:]:
        first = places[0]
        if not _may_agree(first, other):
            yield Finding(
                f"The {first.name} says “{first.words}”, and the {other.name} says “{other.words}”.",
                note.heading or note.front_matter,
                where_said(note),
                "Make the two agree.",
            )


class _Place(NamedTuple):
    """A place that gives weeks: its name, the weeks, and the words that give them; whether it is a key’s value."""

    name: str
    weeks: tuple[Week, ...]
    words: str
    is_key: bool = False


def _places(note: Weeknote) -> list[_Place]:
    """Return the places of a note that give its weeks; the others are held against the first."""
    names = ["front matter’s title"] if note.heading is None else ["heading", "front matter’s title"]
    titles = list(zip(names, titles_of(note), strict=False))
    under = None if note.front_matter is None else weeks_under_key(note.front_matter.values)
    stated = under is not None or any(read.weeks for _, read in titles)
    if note.heading is None and not note.intro and note.sections and stated:
        # A heading that says something else than the front matter does not name the note: it is a section's.
        read = read_title(note.sections[0].title)
        if read.is_weeknote:
            titles.append(("heading", read))
    found = [_Place(name, read.weeks, format_weeks(read.weeks)) for name, read in titles if read.weeks]
    if note.front_matter is not None and under is not None:
        key, weeks = under
        value = note.front_matter.values[key]
        found.append(_Place("front matter", weeks, shortened(f"{key}: {as_date(value) or value}"), is_key=True))
    name = note.context.name
    if found and name is not None and (named := week_in_name(name)) is not None:
        found.append(_Place("file’s name", (named,), format_weeks((named,))))
    return found


def _may_agree(one: _Place, other: _Place) -> bool:
    """Tell whether two places may name the same week, in whatever years nobody wrote."""
    anchor = next((week.start for week in (*one.weeks, *other.weeks) if week.start is not None), None)
    is_key = one.is_key or other.is_key
    if anchor is None and not is_key:
        return {(w.day, w.month) for w in one.weeks} == {(w.day, w.month) for w in other.weeks}
    if is_key and any(week.style == "date" for place in (one, other) if not place.is_key for week in place.weeks):
        return True
    # Without a year nobody knows on which weekday a day falls, nor how many days before or after it are of its week.
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
    """Return the first and the last day that weeks can have, however people count a week; None if a year is unknown."""
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
            # A week that ends on a Friday began on the Monday before; one that ends on a Tuesday began on a Wednesday.
            first.append(monday if day.weekday() >= 4 else day - timedelta(days=6))
            last.append(sunday)
    return min(first), max(last)
