"""The names of months and weekdays are those of the Unicode CLDR."""

from __future__ import annotations

import pytest

from weeknote.headings.calendar_names import (
    ABBREVIATED_MONTHS,
    MONTH_NUMBERS,
    MONTHS,
    WEEKDAY_NUMBERS,
    WEEKDAYS,
    without_accents,
)


@pytest.mark.parametrize("language", MONTHS)
def test_names_are_those_of_the_cldr(language: str) -> None:
    """The names have not drifted from the CLDR, as far as babel is installed."""
    locale = pytest.importorskip("babel").Locale.parse(language)
    weekdays = locale.days["format"]["wide"]
    assert MONTHS[language].split() == list(locale.months["format"]["wide"].values())
    assert WEEKDAYS[language].split() == [weekdays[i].removeprefix("Dydd ") for i in range(7)]
    if language in ABBREVIATED_MONTHS:
        abbreviated = locale.months["format"]["abbreviated"].values()
        assert ABBREVIATED_MONTHS[language].split() == [month.rstrip(".") for month in abbreviated]


def test_no_name_is_two_months() -> None:
    """A name that is a month in several languages is the same month in all of them."""
    tables = (*MONTHS.values(), *ABBREVIATED_MONTHS.values())
    for row in tables:
        for number, name in enumerate(row.split(), 1):
            assert MONTH_NUMBERS.get(without_accents(name), number) == number
    for row in WEEKDAYS.values():
        for number, name in enumerate(row.split()):
            assert WEEKDAY_NUMBERS[without_accents(name)] == number
