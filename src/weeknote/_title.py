"""What a heading says: label, weeks, numbers, episode, and the words that are left, which are the title."""

from __future__ import annotations

import copy
import re
from typing import NamedTuple

import attrs

from weeknote.errors import WeeknoteError
from weeknote.weeks import BARE, DATES, SHORT, YEAR, YEARS, Day, Week, day_of, nearest_year, read_day

# Every repetition in these patterns is bounded and they are matched at a place: the time they take does not
# depend on the text behind them. Searching goes no further than this many characters: no heading has more.
_FAR = 400

_JOIN = re.compile(
    r"\s{0,4}(?:(?P<range>-{1,2}|[‐-―−]|(?<=\s)(?:to|until|till|through|thru)(?=\s))"
    r"|,?\s{0,2}&|\+|,?\s{0,2}(?<=\s)and(?=\s)|,)\s{0,4}",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?:the\s{1,2})?(?:(?P<c>w\s?[/\\.]\s?c(?!\w)\.?|w-?c(?!\w)|(?:week|wk)\s{1,2}commenc(?:ing|es)(?!\w))"
    r"|(?P<b>w\s?[/\\.]\s?b(?!\w)\.?|w-?b(?!\w)|(?:week|wk)\s{1,2}(?:beginning|starting)(?!\w))"
    r"|(?P<e>w\s?[/\\.]\s?e(?!\w)\.?|(?:week|wk)\s{1,2}end(?:ing|ed|s)(?!\w))"
    r"|(?P<of>week\s{1,2}(?:of|from)(?!\w))|(?P<week>week(?!\w)))\s{0,3}(?:[:–-]\s{0,3})?(?:the\s{1,2})?",
    re.IGNORECASE,
)
_MARKER_STYLES = {"c": "w/c", "b": "w/b", "e": "w/e", "of": "week of", "week": "date"}
WEEK_WORD = r"(?:weeks?|wks?|semaines?|semanas?|wochen?|kw|týden|wythnos|vecka|uke|uge|settimana)"
"""How a numbered week is announced; more words than English where weeknotes were seen."""
_ISO = re.compile(YEAR + r"\s{0,2}-?\s{0,2}w\s?(?P<number>[0-9]{1,2})(?!\w|-[0-9])", re.IGNORECASE)
_YEAR_WEEK = re.compile(YEAR + r"\s{0,2}[,:–—-]?\s{0,2}" + WEEK_WORD + r"\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_WEEK_YEAR = re.compile(r"(?:w|" + WEEK_WORD + r")\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"(?:\s{0,2}[,/–—-]\s{0,2}|\s{1,3}(?:of\s{1,3})?|(?P<open>\s?\())"
    + YEAR
    + r"(?(open)\)|(?!\w|[-./][0-9]|\s[0-9]{1,2}\s[0-9]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"#?(?!(?:19|20|21)[0-9]{2}-[0-9])([0-9]{1,4})(?!\w|[.,:/][0-9]|-[0-9]{1,2}-[0-9]{4})")
_NUMBER_JOIN = re.compile(
    r"\s{0,3}(?:(?P<range>-|[‐-―−]|(?<=\s)to(?=\s))|&|\+|(?<=\s)and(?=\s)|,|(?<=\s)(?=#))\s{0,3}",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    # A colon or semicolon that opens a smiley is part of the words.
    r"\s{0,9}(?:[|·•»]|[:;](?!-?[)(\[\]])(?!-?[DP](?:\s|\Z)):?|[,.](?=\s|\Z)|[–—]{1,2}|-{1,3}(?=\s|\Z)|(?<=\s)-{1,3}"
    r"|-(?=[0-9#])|!{1,3}\Z)\s{0,9}"
)
"""What stands between label, week, number and title."""
_CLOSED = re.compile(
    r"\s{0,9}(?:\Z|[)\]])|\s{1,9}(?:[^\w\s]|week[ -]?notes?(?!\w)|weekly|week\s?#?[0-9])", re.IGNORECASE
)


class Reading(NamedTuple):
    """Weeks found at a place, the offset behind them, and whether words like "w/c" announced them."""

    weeks: tuple[Week, ...]
    end: int
    marked: bool


def closes(text: str, at: int, end: int) -> bool:
    """Tell whether what ends at an offset is followed by the end, a separator or at least no word."""
    return bool(SEPARATOR.match(text, at, end) or _CLOSED.match(text, at, end))


def read_weeks(text: str, at: int, end: int) -> Reading | None:
    """Read the weeks stated at an offset of a text, or None if none are.

    Semicolons part groups that share neither year nor style: `format_weeks` needs them for mixed weeks.

    Args:
        text: a heading.
        at: where the expression begins.
        end: where the text ends for this purpose.

    Example:
        >>> found = read_weeks("w/c 6 & 13 January 2020: a title", 0, 32)
        >>> [str(week.start) for week in found.weeks], found.end
        (['2020-01-06', '2020-01-13'], 23)
    """
    first = _read_group(text, at, end)
    if first is None:
        return None
    weeks, stop = list(first.weeks), first.end
    while text.startswith("; ", stop):
        more = _read_group(text, stop + 2, end)
        if more is None or not (text.startswith(";", more.end) or closes(text, more.end, end)):
            break
        weeks += more.weeks
        stop = more.end
    return Reading(tuple(weeks), stop, first.marked)


def _read_group(text: str, at: int, end: int) -> Reading | None:
    return _read_iso(text, at, end) or _read_dates(text, at, end)


def _read_iso(text: str, at: int, end: int) -> Reading | None:
    numbers: list[tuple[int, int]] = []
    stop, m = at, _ISO.match(text, at, end)
    while m:
        numbers.append((int(m["year"]), int(m["number"])))
        stop = m.end()
        joiner = _JOIN.match(text, stop, end)
        m = _ISO.match(text, joiner.end(), end) if joiner and not joiner["range"] else None
    if not numbers and (m := _YEAR_WEEK.match(text, at, end)):
        if found := read_numbers(text, m.end(), end):
            numbers, stop = [(int(m["year"]), n) for n in found[0]], found[1]
    elif not numbers and (m := _WEEK_YEAR.match(text, at, end)):
        found = read_numbers(text, m.end(), end, before_year=True)
        if found and (y := _OF_YEAR.match(text, found[1], end)):
            numbers, stop = [(int(y["year"]), n) for n in found[0]], y.end()
    if not numbers or not closes(text, stop, end):
        return None
    try:
        return Reading(tuple(Week(year=y, style="iso", number=n) for y, n in numbers), stop, True)
    except WeeknoteError:
        return None


def read_numbers(text: str, at: int, end: int, *, before_year: bool = False) -> tuple[tuple[int, ...], int] | None:
    """Read issue or week numbers ("12", "17 & 18", "30-31-32", "#20 #21") and the offset behind them.

    A dash means all numbers from one to the other. What could as well be a year with a month or week in it
    ("26-04", "24–2021", "2021.12") is not read.

    Args:
        text: a heading.
        at: where the numbers begin.
        end: where the text ends for this purpose.
        before_year: whether a year may follow ("Week 12, 2021") for the caller to read.

    Example:
        >>> read_numbers("#30-31-32", 0, 9)
        ((30, 31, 32), 9)
    """
    m = _NUMBER.match(text, at, end)
    if m is None or (int(m[1]) in YEARS and m[0][0] != "#"):
        return None
    numbers, pos = [int(m[1])], m.end()
    good = len(numbers), pos
    while joiner := _NUMBER_JOIN.match(text, pos, end):
        m = _NUMBER.match(text, joiner.end(), end)
        if m is None:
            break
        value = int(m[1])
        ends = closes(text, m.end(), end)
        if joiner["range"]:
            if not numbers[-1] < value <= numbers[-1] + 12:
                is_year = value in YEARS and ends
                if (joiner[0] == joiner["range"] or is_year) and not (before_year and is_year):
                    return None
                break
            numbers += range(numbers[-1] + 1, value + 1)
        elif value in YEARS and m[0][0] != "#":
            break
        else:
            numbers.append(value)
        pos = m.end()
        if ends or (before_year and _OF_YEAR.match(text, pos, end)):
            good = len(numbers), pos
    return tuple(numbers[: good[0]]), good[1]


def _read_dates(text: str, at: int, end: int) -> Reading | None:
    marker = _MARKER.match(text, at, end)
    style = _MARKER_STYLES[marker.lastgroup or ""] if marker else "date"
    patterns = DATES + (SHORT if marker else ()) + BARE
    days: list[Day] = []
    ranges: list[bool] = []
    good, pos = 0, marker.end() if marker else at
    while day := read_day(text, pos, end, patterns):
        if marker and marker["week"] and day.month is None and not days:
            return None  # "Week 9 - 13 March" is a numbered week with a date.
        if day.month is None and days and days[-1].month_first:
            day = day._replace(month=days[-1].month, month_first=True)
        elif day.month is None and day.year is not None:
            break
        days.append(day)
        pos = day.end
        # "6 May and 3 things": what follows a day that can stand alone must itself end like an expression.
        if day.month is not None and (not good or closes(text, pos, end)):
            good = len(days)
        joiner = _JOIN.match(text, pos, end)
        if joiner is None:
            break
        ranges.append(joiner["range"] is not None)
        pos = joiner.end()
        again = _MARKER.match(text, pos, end)
        if again and marker:
            if again.lastgroup != marker.lastgroup:
                break
            pos = again.end()
    marked = marker is not None
    if not good or not (marked or closes(text, days[good - 1].end, end)):
        return None
    weeks = _weeks_of(days[:good], ranges[: good - 1], style)
    return Reading(weeks, days[good - 1].end, marked) if weeks else None


def _weeks_of(days: list[Day], ranges: list[bool], style: str) -> tuple[Week, ...]:
    """Return the weeks of days in a row, each with the month and year its neighbours state, or () if bad."""
    month = None
    for i in range(len(days) - 1, -1, -1):
        month = days[i].month or month
        days[i] = days[i]._replace(month=month)
    if any(day.year for day in days):
        forward = [(i, i - 1) for i in range(1, len(days))]
        backward = [(i, i + 1) for i in range(len(days) - 2, -1, -1)]
        # Backward first: a year after the last day holds for those before it.
        for i, known in backward + forward:
            if days[i].year is None and days[known].year:
                near = day_of(days[known].day, days[known].month, days[known].year or 0)
                year = None if near is None else nearest_year(days[i].day, days[i].month, near)
                if year is None:
                    return ()
                days[i] = days[i]._replace(year=year)
    weeks = []
    i = 0
    try:
        while i < len(days):
            first = days[i]
            if i < len(ranges) and ranges[i]:
                if i + 1 < len(ranges) and ranges[i + 1]:
                    return ()
                last = days[i + 1]
                until = (last.day, last.month or 0, last.year)
                weeks.append(Week(first.day, first.month, first.year, "range", None, until, first.weekday))
                i += 1
            else:
                weeks.append(Week(first.day, first.month, first.year, style, weekday=first.weekday))
            i += 1
    except WeeknoteError:
        return ()
    return tuple(weeks)


# --- the heading ---


@attrs.frozen
class Episode:
    """A season and the number of an episode in it: "S02E04".

    Attributes:
        season: the season or series.
        number: the episode in that season.
    """

    season: int
    number: int


@attrs.frozen
class Title:
    """What a heading says.

    Attributes:
        label: the word for weeknote as written, with the name before it ("Data Team Weeknotes"), or None.
        weeks: the weeks it covers; () if it states none.
        numbers: issue or week-in-series numbers.
        episode: season and episode, or None.
        title: the words left when these and the separators are taken away, verbatim; None if none are left.
        title_start: the offset of the title in the heading; None without a title.
        is_weeknote: whether it reads like the heading of a weeknote, and not of a section of one.
    """

    label: str | None = None
    weeks: tuple[Week, ...] = ()
    numbers: tuple[int, ...] = ()
    episode: Episode | None = None
    title: str | None = None
    title_start: int | None = None
    is_weeknote: bool = False


_LABEL = re.compile(
    r"(?<!\w)(?:(?P<strong>week(?:s|['’]s)?[ \u00a0-]?notes?|weekly[ \u00a0-]notes?"
    r"|notes? (?:de (?:la )?semaine|hebdo(?:madaires?)?)|notas? (?:semana(?:l|les|is)|(?:de )?[dl]a semana)"
    r"|note settimanali|wochennoti(?:z|zen)|weeknotities|weekaantekeningen|veckoanteckningar|ukenotat(?:er)?"
    r"|ugenoter|viikkomuistiinpanot|t[ýy]denní (?:poznámky|zápisky)|notatki tygodniowe"
    r"|nodiadau['’]?r? wythnos(?:ol)?|週報)"
    r"|(?P<weak>(?:week in|weekly) (?:review|recap|update|report|round-?up|digest|summary|log|journal)))"
    r"(?![^\W\d]|['’]\w)",
    re.IGNORECASE,
)
_EPISODE = re.compile(
    r"s(?:eason|eries)?\.?\s{0,2}([0-9]{1,3})\s{0,2}[:,.–-]?\s{0,2}e(?:p(?:isode)?)?\.?\s{0,2}([0-9]{1,4})(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:for|of|from|covering)\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_ISSUE = re.compile(
    r"(?:(?P<week>" + WEEK_WORD + r")|no|nr|number|issue|edition|№|nº|n°)\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE
)
_IN_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_IN_WORD = re.compile(r"(?P<week>weeks?\s{1,2})?(?P<word>" + "|".join(_IN_WORDS) + r")(?!\w)", re.IGNORECASE)
_YEAR_BEFORE = re.compile(YEAR + r"\s{1,3}(?=#[0-9])")
_CIPHERS = re.compile(r"[-0-9‐-―.:/ ]+\Z")
_SPACES = re.compile(r"\s{0,9}")
_BROKEN = re.compile(
    r"(?:w/[cbe]|w[cb]|week (?:commencing|beginning|starting|ending))\s{0,3}:?\s{0,3}[0-9]", re.IGNORECASE
)
_TAIL = re.compile(r"\s{1,3}[-·](?=\s)\s{1,3}|\s{0,3}(?P<weak>:|,(?=\s))\s{0,3}|\s{0,3}[|–—]\s{0,3}|\s{1,3}(?=[(\[])")
_ANNOUNCED = re.compile(r"(?<=[\s(])(?=the week\s|w|(?:19|20|21)[0-9]{2}\s?[-w])", re.IGNORECASE)
_DANGLING = re.compile(r"(?:\s{1,3}(?:for|from|of|in|the))*\s*\Z", re.IGNORECASE)
_TEAMS = frozenset({"team", "group", "unit", "project", "programme", "department", "service", "network"})
_SMALL = frozenset({"of", "and", "&", "the", "for", "my", "our", *_TEAMS})
_NOT_NAMES = frozenset({"this", "next", "last", "why", "how"})


@attrs.define
class _Found:
    label: str | None = None
    strong: bool = False
    weeks: tuple[Week, ...] = ()
    marked: bool = False
    numbers: tuple[int, ...] = ()
    numbered_week: bool = False
    episode: Episode | None = None
    in_tail: bool = False

    @property
    def any(self) -> bool:
        return bool(self.weeks or self.numbers or self.episode)

    def take(self, other: _Found) -> None:
        for field in attrs.fields(_Found):
            setattr(self, field.name, getattr(other, field.name))


def read_title(text: str) -> Title:
    """Read a heading, or a title of front matter.

    Any text is read; what is not understood is part of the title.

    Args:
        text: the heading without its markup, one line.

    Example:
        >>> title = read_title("Weeknote w/c 6 May: maps, bees and a budget")
        >>> title.label, title.weeks[0].day, title.title
        ('Weeknote', 6, 'maps, bees and a budget')
    """
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    found = _Found()
    title_start, title_end = _read_parts(text, start, end, found), end
    head = copy.copy(found)
    if not (found.label or found.any) and end - start <= _FAR:
        title_start = _named_label(text, start, end, found)
    if end - title_start <= _FAR and not found.weeks:
        title_end = _read_tail(text, title_start, end, found)
        if not (found.label or found.any):
            title_end = _announced_tail(text, title_start, end, found)
    words = text[title_start:title_end]
    title_start += len(words) - len(words.lstrip())
    title = words.strip() or None
    if title and found.label and not found.any and len(title) < 20 and _CIPHERS.match(title):
        title = None  # "Weeknotes 2026-06": a year with a month or week of it, who knows; no words at any rate
    return Title(
        label=found.label,
        weeks=found.weeks,
        numbers=found.numbers,
        episode=found.episode,
        title=title,
        title_start=None if title is None else title_start,
        is_weeknote=bool(
            found.label or _heads_a_note(head, title) or (start < end and not found.any and _BROKEN.match(text, start))
        ),
    )


def _heads_a_note(head: _Found, title: str | None) -> bool:
    if head.marked or head.numbered_week:
        return True
    if title is None:
        # "Monday 6 May" heads a day's part of a note.
        return head.any and all(week.weekday is None for week in head.weeks)
    return any(week.style == "range" and week.evidence for week in head.weeks)


def _read_parts(text: str, at: int, end: int, found: _Found) -> int:
    """Read label, weeks, numbers and episode in any order into `found`; return where other words begin."""
    pos, last, gap, label_at = at, "", "", None
    while pos < end:
        part = _read_part(text, pos, end, found, after="" if gap.strip() else last)
        if part is None:
            break
        if part[0] == "label":
            label_at = pos
        last, stop = part
        between = SEPARATOR.match(text, stop, end) or _SPACES.match(text, stop, end)
        gap = between[0] if between else ""
        pos = stop + len(gap)
    if label_at is not None and not found.any and not found.strong:
        # "Weekly review" is as often a section's heading.
        bare = True
    elif last == "label" and pos < end and not gap.strip():
        # "Weeknotes are back": the word is one of the title's.
        bare = not gap or (text[pos].isalpha() and not _BROKEN.match(text, pos, end))
        bare = bare and not text[pos].isdigit()
    else:
        # "Weeknotes, newsletters and blogs"
        bare = last == "label" and gap.strip() == "," and not found.any
    if bare and label_at is not None:
        found.label = None
        return label_at
    return pos


def _read_part(text: str, at: int, end: int, found: _Found, after: str) -> tuple[str, int] | None:
    if text[at] in "([":
        close = text.find(")" if text[at] == "(" else "]", at, min(end, at + 80))
        inner = copy.copy(found)
        if close > 0 and _read_parts(text, at + 1, close, inner) == close and inner != found:
            found.take(inner)
            return "brackets", close + 1
        return None
    if found.label is None and (m := _LABEL.match(text, at, end)):
        found.label, found.strong = m[0], m["strong"] is not None
        return "label", m.end()
    if found.episode is None and (m := _EPISODE.match(text, at, end)):
        found.episode = Episode(int(m[1]), int(m[2]))
        return "episode", m.end()
    if after == "label" and (m := _LINK.match(text, at, end)):
        at = m.end()
    if not found.weeks and (reading := read_weeks(text, at, end)):
        found.weeks, found.marked = reading.weeks, reading.marked
        return "weeks", reading.end
    return None if found.numbers else _read_issue(text, at, end, found, after)


def _read_issue(text: str, at: int, end: int, found: _Found, after: str) -> tuple[str, int] | None:
    if after == "label" and (m := _YEAR_BEFORE.match(text, at, end)):
        at = m.end()
    word = _ISSUE.match(text, at, end)
    numbers = read_numbers(text, word.end() if word else at, end)
    is_week = word is not None and word["week"] is not None
    if numbers is None and (m := _IN_WORD.match(text, at, end)):
        if not (m["week"] or after == "label") or not closes(text, m.end(), end):
            return None
        numbers, is_week = ((_IN_WORDS.index(m["word"].lower()),), m.end()), m["week"] is not None
    elif numbers is None:
        return None
    elif word or text[at] == "#":
        if not closes(text, numbers[1], end) and (word or after != "label"):
            return None
    elif after != "label":
        # A number without a word or sign is an issue only if nothing follows: "Weeknotes: 12", "12".
        lonely = found.label or not found.any
        if numbers[1] != end or found.in_tail or found.weeks or not lonely:
            return None
    found.numbers, found.numbered_week = numbers[0], is_week
    return "numbers", numbers[1]


def _named_label(text: str, start: int, end: int, found: _Found) -> int:
    """Read "Data Team Weeknotes #5: the words" into `found`; return where the words begin."""
    m = _LABEL.search(text, start, end)
    if m is None:
        return start
    name = text[start : m.start()].split()
    if not 0 < len(name) <= 6 or name[0].lower() in _NOT_NAMES:
        return start
    if not all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in name) or name[-1][-1] in ":|,;.!?–—-":
        return start
    trial = _Found()
    title_start = _read_parts(text, m.start(), end, trial)
    owner = name[-1].endswith(("'s", "’s")) or name[-1].lower() in _TEAMS or name[0].lower() in {"my", "our"}
    if not trial.label or not (trial.any or owner):
        return start
    trial.label = text[start : m.end()]
    found.take(trial)
    return title_start


def _read_tail(text: str, start: int, end: int, found: _Found) -> int:
    """Read what follows the title ("Maps - weeknotes #18") into `found`; return where the title ends."""
    for m in _TAIL.finditer(text, start, end):
        trial = copy.copy(found)
        trial.in_tail = True
        # "13 - 9 March": without a letter the words before are none.
        if not any(c.isalpha() for c in text[start : m.start()]):
            continue
        if _read_parts(text, m.end(), end, trial) == end and _may_trail(found, trial, m):
            found.take(trial)
            return m.start()
    return end


def _may_trail(before: _Found, after: _Found, separator: re.Match[str]) -> bool:
    weak = separator["weak"] is not None
    if after.label != before.label:
        return after.any or not weak
    if after.weeks:
        sure = after.weeks[0].evidence is not None or after.weeks[0].style == "range"
        return after.marked or (sure if weak or before.label or before.any else True)
    if after.numbers != before.numbers:
        return before.label is not None and not weak
    return after.episode != before.episode and before.label is not None


def _announced_tail(text: str, start: int, end: int, found: _Found) -> int:
    """Read "Notes from the team for w/c 6 May" into `found`; return where the title ends."""
    for m in _ANNOUNCED.finditer(text, start, end):
        reading = read_weeks(text, m.end(), end)
        if reading and reading.marked and reading.end == end:
            found.weeks, found.marked = reading.weeks, True
            dangling = _DANGLING.search(text, start, m.start())
            return dangling.start() if dangling else m.start()
    return end
