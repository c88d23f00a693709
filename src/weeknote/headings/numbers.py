"""Read issue numbers ("#12", "30-31-32") and episodes ("S02E04"), and find where an expression may end."""

from __future__ import annotations

import re
from itertools import pairwise

import attrs

from weeknote.headings.dates import YEARS
from weeknote.lazy import lazy_pattern

WEEK_WORD = (
    r"(?:weeks?|weken|wks?|cw|kw|kalenderwochen?|wochen?|semaines?|semanas?|settiman[ae]|týdn[yůe]|týden|wythnos(?:au)?"
    r"|veck(?:an|or|a)|uke[rn]?|uge[rn]?|viikko(?:a)?|tydzień|tygodni[ea]?|第(?=\s?[0-9]{1,3}\s?[週周]))"
)
"""The words before a numbered week, in the languages of `calendar_names`, and 第 before 週."""

NUMBER_SIGN = r"(?:no|nr|number|num|numéro|numero|número|nummer|№|n[°º])"
"""The words between a word for week and a number: "Week no. 12"."""

SEPARATOR = lazy_pattern(
    # A colon or semicolon that opens an emoticon is part of the words.
    r"\s{0,9}(?:[|·•»：｜]|(?<=\s)(?:/{1,2}|~)(?=\s)|[:;](?!-?[)(\[\]])(?!-?[DP](?:\s|\Z)):?|[,.](?=\s|\Z)|[–—]{1,2}"
    r"|-{1,3}(?=\s|\Z)|(?<=\s)-{1,3}"
    r"|-(?=[0-9#]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,2}[0-9])|!{1,3}\Z)\s{0,9}",
    re.IGNORECASE,
)
"""The separators between label, week, number and title."""

_NUMBER = lazy_pattern(
    r"#?(?!(?:19|20|21)[0-9]{2}-[0-9])(?P<number>[0-9]{1,4})(?:\s?[週周号號期回])?"
    r"(?!(?![週周][报報記记])\w|[.,:/][0-9]|-[0-9]{1,2}-[0-9]{4}|\s[0-9]{1,2}\s[0-9]{4})"
)
_NUMBER_BEFORE_YEAR = lazy_pattern(
    r"#?(?P<number>[0-9]{1,2})(?=\s?[/.]\s?(?:(?:19|20|21)[0-9]{2}|[1-4][0-9])(?![0-9]))"
)
_JOIN = lazy_pattern(
    r"\s{0,3}(?:(?P<range>-|[‐-―−]|(?<=\s)(?:to|through|thru|bis|t/m|til|till)(?=\s))"
    r"|&|\+|(?<=\s)(?:and|und|et|y|e|en|och|og|ja)(?=\s)|,|(?<=\s)(?=#))\s{0,3}",
    re.IGNORECASE,
)
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORD = lazy_pattern(
    rf"(?P<week>weeks?\s{{1,2}})?(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<unit>{'|'.join(_WORDS[1:10])}))?"
    rf"|(?P<word>{'|'.join(_WORDS)}))(?![\w-])",
    re.IGNORECASE,
)
_ROMAN = lazy_pattern(
    r"(?P<week>[Ww]eeks?\s{1,2})?(?P<roman>(?=[LXVI]{2}|[VI])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w-])"
)
_CHINESE = lazy_pattern(r"第(?P<tens>[一二三四五六七八九]?十)?(?P<unit>[一二三四五六七八九])?(?P<what>[週周号號期回])")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_PAIR = lazy_pattern(r"(?P<first>[0-9]{1,3})\s?/\s?(?P<second>[0-9]{1,3})(?!\w|[-./][0-9])")
_ENDS = lazy_pattern(
    r"\s{0,9}(?:\Z|[)\]】]|[週周][报報記记])|\s{1,9}(?:[^\w\s]|week[ -]?notes?(?!\w)|weekly|[週周]|week\s?#?[0-9])",
    re.IGNORECASE,
)
MAX_SPAN = 12
"""The maximum number of numbers in a range with a dash."""


def ends_expression(text: str, at: int, end: int) -> bool:
    """Return whether an expression may end at an offset: nothing, a separator or at least no other word follows."""
    return bool(SEPARATOR.match(text, at, end) or _ENDS.match(text, at, end))


def read_numbers(text: str, at: int, end: int, *, before_year: bool = False) -> tuple[tuple[int, ...], int] | None:
    """Read issue or week numbers ("12", "17 & 18", "30-31-32", "#20 #21") and the offset after them.

    A dash stands for all numbers from one to the other. What may be a year with a month or week ("26-04", "24–2021",
    "2021.12") is not read, unless the caller goes on to read the year itself: `before_year`, as in "Week 12/2021".

    >>> read_numbers("#30-31-32", 0, 9)
    ((30, 31, 32), 9)
    """
    if before_year and (single := _NUMBER_BEFORE_YEAR.match(text, at, end)):
        return (int(single["number"]),), single.end()
    m = _NUMBER.match(text, at, end)
    if m is None or (int(m["number"]) in YEARS and m[0][0] != "#"):
        return None
    numbers, pos = [int(m["number"])], m.end()
    good = len(numbers), pos
    while joiner := _JOIN.match(text, pos, end):
        m = _NUMBER.match(text, joiner.end(), end)
        if m is None:
            break
        value = int(m["number"])
        ends = ends_expression(text, m.end(), end)
        if joiner["range"]:
            if not numbers[-1] < value <= numbers[-1] + MAX_SPAN:
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
        if ends or before_year:
            good = len(numbers), pos
    return tuple(numbers[: good[0]]), good[1]


def read_number_word(text: str, at: int, end: int) -> tuple[int, int, bool] | None:
    """Read a number in words, Roman or Chinese numerals, the offset after it and whether "week" is before it.

    >>> read_number_word("Week Twenty-One", 0, 15), read_number_word("XIV", 0, 3)
    ((21, 15, True), (14, 3, False))
    """
    m = _ROMAN.match(text, at, end)
    if m is not None:
        digits = [_ROMAN_DIGITS[c] for c in m["roman"]]
        value = sum(-a if a < b else a for a, b in pairwise([*digits, 0]))
        return value, m.end(), m["week"] is not None
    m = _CHINESE.match(text, at, end)
    if m is not None:
        value = 10 * _CHINESE_DIGITS.index(m["tens"][:-1] or "一") if m["tens"] else 0
        value += _CHINESE_DIGITS.index(m["unit"] or "〇")
        return (value, m.end(), m["what"] in "週周") if value else None
    m = _NUMBER_WORD.match(text, at, end)
    if m is None:
        return None
    tens, unit, below = ((m[name] or "").lower() for name in ("tens", "unit", "word"))
    value = _WORDS.index(below) if below else 20 + 10 * _TENS.index(tens) + (_WORDS.index(unit) if unit else 0)
    return value, m.end(), m["week"] is not None


def read_pair(text: str, at: int, end: int) -> tuple[tuple[int, ...], int] | None:
    """Read two numbers in a row with a slash between them ("Weeks 19/20") and the offset after them."""
    m = _PAIR.match(text, at, end)
    if m is None or int(m["second"]) != int(m["first"]) + 1:
        return None
    return (int(m["first"]), int(m["second"])), m.end()


@attrs.frozen
class Episode:
    """A season and the number of an episode in it: "S02E04".

    Attributes:
        season: the season or series.
        number: the episode in that season; the first, if several are named.
    """

    season: int
    number: int


_EPISODE_WORD = r"(?:e(?:p(?:isodes?|is[oó]dios?)?)?|épisodes?|folgen?|aflevering(?:en)?|avsnitt|afsnit|x|×)"
_EPISODE = lazy_pattern(
    r"(?:s(?:eason|eries|aison|eizoen|äsong|esong|æson)?|t(?:emporada)?|staffel|stagione|serie)\.?\s{0,2}"
    r"(?P<season>[0-9]{1,3})\s{0,2}[:,.|–-]?\s{0,2}" + _EPISODE_WORD + r"\.?\s{0,2}#?(?P<number>[0-9]{1,4})(?!\w)",
    re.IGNORECASE,
)
_VOLUME = lazy_pattern(
    r"(?:vol(?:ume)?|series|season|staffel|saison|band|jaargang)\.?\s{0,2}(?P<season>[0-9]{1,3})\s{0,2}[:,–-]?\s{0,2}"
    r"(?:#|(?:no|nr|number|issue|nummer|ausgabe|numéro|week)(?!\w)\.?\s{0,2}#?)(?P<number>[0-9]{1,4})(?!\w|[/.][0-9])",
    re.IGNORECASE,
)
_CROSS = lazy_pattern(r"(?P<season>[0-9]{1,2})\s?[x×]\s?(?P<number>[0-9]{2,3})(?!\w)", re.IGNORECASE)
_MORE_EPISODES = lazy_pattern(
    r"(?:\s{0,2}(?:[-–&+,/]|(?<=\s)(?:and|to|und|bis|et|y|e|en|och|og)(?=\s))\s{0,2}(?:s[0-9]{1,3}\s?)?(?:"
    + _EPISODE_WORD
    + r"\.?\s?)?[0-9]{1,4}(?!\w)){1,9}",
    re.IGNORECASE,
)


def read_episode(text: str, at: int, end: int, *, is_labelled: bool, after_label: bool) -> tuple[Episode, int] | None:
    """Read season and episode ("S02E04", "series 7 episode 18 and 19", "vol. 2 no. 5") and the offset after them.

    In a heading without a word for weeknote "vol. 2 no. 5" is a journal's, and except right after it "08×01" is a size.
    """
    m = _EPISODE.match(text, at, end)
    if m is None and is_labelled:
        m = _VOLUME.match(text, at, end) or (_CROSS.match(text, at, end) if after_label else None)
    if m is None:
        return None
    stop = m.end()
    more = _MORE_EPISODES.match(text, stop, end)
    if more and ends_expression(text, more.end(), end):
        stop = more.end()
    return Episode(int(m["season"]), int(m["number"])), stop
