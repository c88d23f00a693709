"""What a heading says: label, weeks, numbers, episode, and the words that are left, which are the title."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.dates import YEAR
from weeknote.headings.week_parser import SEPARATOR, WEEK_WORD, closes, read_numbers, read_weeks

if TYPE_CHECKING:
    from weeknote.headings.weeks import Week

# As in `_stated`, repetitions are bounded. Searching goes no further than this many characters: no heading has more.
_FAR = 400


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
        weeks_span: the offsets in the heading between which the weeks stand; None if it states none.
        is_weeknote: whether it reads like the heading of a weeknote, and not of a section of one.
    """

    label: str | None = None
    weeks: tuple[Week, ...] = ()
    numbers: tuple[int, ...] = ()
    episode: Episode | None = None
    title: str | None = None
    title_start: int | None = None
    weeks_span: tuple[int, int] | None = None
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
# Without a digit or a part of a label near the front, a heading says nothing but its words. `re` finds one of some
# characters much sooner than one of some words: so their first letters are looked for, and then what follows.
_PARTS = ("week", "not[aei]", "anteckning", "aantekening", "muistiin", "poznám", "zápisk", "nodiadau")
_HINT = re.compile(
    f"[0-9週{''.join(part[0] + part[0].upper() for part in _PARTS)}]"
    f"(?:(?<=[0-9週])|(?i:{'|'.join(f'(?<={part[0]}){part[1:]}' for part in _PARTS)}))"
)
_DIGIT = re.compile(r"[0-9]")
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
    weeks_span: tuple[int, int] | None = None
    marked: bool = False
    numbers: tuple[int, ...] = ()
    numbered_week: bool = False
    episode: Episode | None = None
    in_tail: bool = False

    @property
    def any(self) -> bool:
        return bool(self.weeks or self.numbers or self.episode)

    def copy(self) -> _Found:
        return _Found(*_values(self))

    def take(self, other: _Found) -> None:
        for name, value in zip(_FIELDS, _values(other), strict=True):
            setattr(self, name, value)


_FIELDS = tuple(field.name for field in attrs.fields(_Found))
_values = attrgetter(*_FIELDS)


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
    if not _HINT.search(text, start, start + _FAR):
        return Title(title=text[start:end] or None, title_start=start if start < end else None)
    found = _Found()
    title_start, title_end = _read_parts(text, start, end, found), end
    head = found.copy()
    # Nothing is said behind the front without a label or a digit.
    more = end - title_start <= _FAR and (
        found.label or _DIGIT.search(text, start, end) or _LABEL.search(text, start, end)
    )
    if more and not (found.label or found.any) and end - start <= _FAR:
        title_start = _named_label(text, start, end, found)
    if more and not found.weeks:
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
        weeks_span=found.weeks_span,
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
        inner = found.copy()
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
    if not found.weeks and (reading := read_weeks(text, at, min(end, at + _FAR))):
        found.weeks, found.marked, found.weeks_span = reading.weeks, reading.marked, (at, reading.end)
        return "weeks", reading.end
    return None if found.numbers else _read_issue(text, at, end, found, after)


def _read_issue(text: str, at: int, end: int, found: _Found, after: str) -> tuple[str, int] | None:
    if after == "label" and (m := _YEAR_BEFORE.match(text, at, end)):
        at = m.end()
    word = _ISSUE.match(text, at, end)
    first = word.end() if word else at
    numbers = read_numbers(text, first, min(end, first + _FAR))
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
        # "13 - 9 March": without a letter the words before are none.
        if not any(c.isalpha() for c in text[start : m.start()]):
            continue
        trial = found.copy()
        trial.in_tail = True
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
            found.weeks, found.marked, found.weeks_span = reading.weeks, True, (m.end(), reading.end)
            dangling = _DANGLING.search(text, start, m.start())
            return dangling.start() if dangling else m.start()
    return end
