"""Headings say which weeks a note covers; these tables say what is read from them, and how a year is found."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys
from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weeknote.errors import WeeknoteError
from weeknote.headings import (
    dates,
    file_names,
    front_matter_keys,
    numbers,
    title,
    week_parser,
    week_writer,
    weeks,
)
from weeknote.headings.dates import as_date
from weeknote.headings.file_names import date_in_name, week_in_name, year_in_name
from weeknote.headings.numbers import Episode
from weeknote.headings.title import read_title
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import Week, monday_of, resolve, resolve_neighbours


def years(*entries: tuple[Week, ...]) -> list[str]:
    """Return the Mondays of the first week of each entry, as text."""
    return [str(entry[0].start) for entry in entries]


# --- what is read as a week ---


@pytest.mark.parametrize(
    ("heading", "canonical"),
    [
        ("w/c 6 May", "w/c 6 May"),
        ("WC 13th May", "w/c 13 May"),
        ("W/C 6/5/2019", "w/c 6 May 2019"),
        ("w/c 6/5", "w/c 6 May"),
        ("wc 06.05.19", "w/c 6 May 2019"),
        ("w/c May 6, 13 & 20", "w/c 6, 13 & 20 May"),
        ("w/c 6th of May ’19", "w/c 6 May 2019"),
        ("week commencing Monday 6 May 2019", "w/c Monday 6 May 2019"),
        ("week commencing the 6th May", "w/c 6 May"),
        ("w/b 6 May", "w/b 6 May"),
        ("Week beginning 6 May", "w/b 6 May"),
        ("w/c 6 & 13 January", "w/c 6 & 13 January"),
        ("w/c 6 and 13 January", "w/c 6 & 13 January"),
        ("w/c 6, 13 & 20 January", "w/c 6, 13 & 20 January"),
        ("w/c 6 May, w/c 13 May", "w/c 6 & 13 May"),
        ("Week 3/1/2024", "3 January 2024"),
        ("w/c 23 - 29 February", "23 - 29 February"),
        ("w/c Thur 9 May 2024", "w/c Thursday 9 May 2024"),
        ("2024 weeks 19 & 20", "2024-W19 & 2024-W20"),
        ("w/c 6 - 10 May & 13 - 17 May", "6 - 10 May; 13 - 17 May"),
        ("w/c 22, 29 April & 6 May", "w/c 22, 29 April & 6 May"),
        ("w/c 6 May 2024, 13 May & 20 May", "w/c 6, 13 & 20 May 2024"),
        ("w/c 30 December & 6 January", "w/c 30 December & 6 January"),
        ("w/e 8 March 2024", "w/e 8 March 2024"),
        ("week ending: 05/02/2021", "w/e 5 February 2021"),
        ("Week of Apr 23, 2025", "week of 23 April 2025"),
        ("9 - 13 March 2020", "9 - 13 March 2020"),
        ("9–13 March 2020", "9 - 13 March 2020"),
        ("9 to 13 March 2020", "9 - 13 March 2020"),
        ("w/c 6 - 10 May", "6 - 10 May"),
        ("30 December 2024 - 5 January 2025", "30 December 2024 - 5 January 2025"),
        ("30 December - 5 January 2025", "30 December 2024 - 5 January 2025"),
        ("October 12th - October 18th", "12 - 18 October"),
        ("July 7 - 13", "7 - 13 July"),
        ("August 9-15, 2020", "9 - 15 August 2020"),
        ("2024 W19", "2024-W19"),
        ("2024-W30", "2024-W30"),
        ("2025 Week 33", "2025-W33"),
        ("2023, Semaine 42", "2023-W42"),
        ("Week 3, 2026", "2026-W03"),
        ("Week #14 (2026)", "2026-W14"),
        ("Weeks 12 & 13, 2021", "2021-W12 & 2021-W13"),
        ("14th May 2017", "14 May 2017"),
        ("Week 12 May 2024", "12 May 2024"),
        ("2020 10 02", "2 October 2020"),
        ("2020-10-02", "2 October 2020"),
        ("20201002", "2 October 2020"),
        ("May 17,2019", "17 May 2019"),
        ("w/e 8/31/2024", "w/e 31 August 2024"),
        ("06.05. – 12.05.2024", "6 - 12 May 2024"),
        ("2024-05-06 – 2024-05-12", "6 - 12 May 2024"),
        ("29 April–3 May 2024", "29 April - 3 May 2024"),
        ("from 6 to 10 May", "6 - 10 May"),
        ("Week 19/2024", "2024-W19"),
        ("Week 2024-19", "2024-W19"),
        ("Week 48 of 2024", "2024-W48"),
        ("W19 2024", "2024-W19"),
        ("CW19/2024", "2024-W19"),
        ("KW 12/2024", "2024-W12"),
        ("KW 03 / 2026", "2026-W03"),
        ("KW 12/24", "2024-W12"),
        ("WE 10 May 2024", "w/e 10 May 2024"),
        ("29/04/24-03/05/24", "29 April - 3 May 2024"),
        ("29/4 - 3/5", "29 April - 3 May"),
        ("2024-W19/W20", "2024-W19 & 2024-W20"),
        ("2024-W19-W21", "2024-W19 & 2024-W20 & 2024-W21"),
        ("2024-W19-1", "2024-W19"),
        ("2024年5月6日〜12日", "6 - 12 May 2024"),
    ],
    ids=str,
)
def test_reads_weeks(heading: str, canonical: str) -> None:
    """A heading that is nothing but weeks gives these weeks, written back in one canonical way."""
    title = read_title(heading)
    assert format_weeks(title.weeks) == canonical
    assert (title.title, title.is_weeknote) == (None, True)
    assert read_title(canonical).weeks == title.weeks


@pytest.mark.parametrize(
    "heading",
    [
        "2026-06",
        "10/2021",
        "2021.12",
        "Marching on",
        "May I suggest",
        "10 June was busy",
        "In 6 May weeks",
        "13 - 9 March",
        "2025 Week 53",
        "6 May 0000",
        "w/c ٦ May",
        "21-10-15",
    ],
)
def test_leaves_other_words_alone(heading: str) -> None:
    """What is no week, or may be one of two, is not read as a week, and the title is the whole heading."""
    title = read_title(heading)
    assert (title.weeks, title.numbers, title.title) == ((), (), heading)
    assert not title.is_weeknote


@pytest.mark.parametrize("day", ["32 May", "30 February", "0 May", "29 February 2019", "31/04/2020", "99999 May"])
def test_days_that_do_not_exist_are_no_weeks(day: str) -> None:
    """A day that no calendar has stays among the words of the title."""
    title = read_title(f"Weeknote w/c {day}: snow")
    assert (title.weeks, title.title, title.is_weeknote) == ((), f"w/c {day}: snow", True)


@pytest.mark.parametrize(
    ("heading", "canonical"),
    [
        pytest.param("6.–12. Mai 2024", "6 - 12 May 2024", id="German range"),
        pytest.param("Woche vom 6. Mai", "week of 6 May", id="German week"),
        pytest.param("vom 6. bis 12. März 2024", "6 - 12 March 2024", id="German from and to"),
        pytest.param("Semaine du 14 au 20 novembre 2022", "14 - 20 November 2022", id="French range"),
        pytest.param("2023, Semaine 42", "2023-W42", id="French number"),
        pytest.param("1er août 2024", "1 August 2024", id="French ordinal"),
        pytest.param("1er aout 2024", "1 August 2024", id="French without accents"),
        pytest.param("6 t/m 12 mei 2024", "6 - 12 May 2024", id="Dutch range"),
        pytest.param("week van 6 mei", "week of 6 May", id="Dutch week"),
        pytest.param("Semana del 6 al 12 de mayo de 2024", "6 - 12 May 2024", id="Spanish range"),
        pytest.param("6 de maio de 2024", "6 May 2024", id="Portuguese"),
        pytest.param("dal 6 al 12 maggio 2024", "6 - 12 May 2024", id="Italian range"),
        pytest.param("Settimana 19/2024", "2024-W19", id="Italian number"),
        pytest.param("6.–12. května 2024", "6 - 12 May 2024", id="Czech range"),
        pytest.param("19. týden 2024", "2024-W19", id="Czech number"),
        pytest.param("6–12 maja 2024", "6 - 12 May 2024", id="Polish"),
        pytest.param("wythnos yn dechrau 6 Mai", "w/c 6 May", id="Welsh week"),
        pytest.param("6 Ebrill 2024", "6 April 2024", id="Welsh"),
        pytest.param("6.-12. maj 2024", "6 - 12 May 2024", id="Danish"),
        pytest.param("Uge 19, 2024", "2024-W19", id="Danish number"),
        pytest.param("Uke 19/2024", "2024-W19", id="Norwegian number"),
        pytest.param("Vecka 19 2024", "2024-W19", id="Swedish number"),
        pytest.param("Viikko 19/2024", "2024-W19", id="Finnish number"),
        pytest.param("6. toukokuuta 2024", "6 May 2024", id="Finnish"),
        pytest.param("2024年第19週", "2024-W19", id="Japanese number"),
        pytest.param("2024年5月6日", "6 May 2024", id="Japanese"),
    ],
)
def test_reads_weeks_in_other_languages(heading: str, canonical: str) -> None:
    """Months, weekdays and the word for week may be in any of the languages of `calendar_names`."""
    title = read_title(heading)
    assert (format_weeks(title.weeks), title.title) == (canonical, None)


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("6 out", id="Portuguese October"),
        pytest.param("12 leden", id="Dutch members, Czech January"),
        pytest.param("3 days ago", id="Spanish August"),
        pytest.param("6 Mars missions", id="French March"),
        pytest.param("3. May I", id="a numbered heading"),
        pytest.param("From 6 May", id="no range"),
        pytest.param("So 6 May", id="German Sunday"),
        pytest.param("6 a 12", id="two numbers"),
        pytest.param("Week 3 of January 2024", id="week of a month"),
        pytest.param("Week 3 May", id="the third week of May, or its third day"),
        pytest.param("8x10 prints", id="a size"),
        pytest.param("2019-20 budget", id="a financial year"),
        pytest.param("2024-19", id="no word for week"),
        pytest.param("3/4", id="a fraction"),
        pytest.param("1/4 - 3/4", id="two fractions"),
        pytest.param("This week: 6 May", id="a day of this week"),
        pytest.param("May 2024", id="a month"),
    ],
)
def test_false_friends_of_weeks(heading: str) -> None:
    """What only looks like a week in one of the languages is left alone."""
    assert read_title(heading) == title.Title(title=heading, title_start=0)


@pytest.mark.parametrize(
    ("heading", "monday"),
    [
        ("Week Notes 2025-39", "2025-09-22"),
        ("weeknotes 40-2024", "2024-09-30"),
        ("Weeknotes 24–2021", "2021-06-14"),
        ("Week Notes 21#05", "2021-02-01"),
        ("Wochenrückblick 04/26 – Schnee", "2026-01-19"),
        ("#weeknotes 15-21 January 2024", "2024-01-15"),
        ("Map Weekly 17 November 2025", "2025-11-17"),
        ("My week – KW 03 / 2026", "2026-01-12"),
        ("Rückblick KW 12/24", "2024-03-18"),
        ("Week 2024.18", "2024-04-29"),
        ("Weeknotes-August 5th-August 9th 2024", "2024-08-05"),
        ("Weeknotes 01/2023", None),
        ("Weeknotes 2026-06", None),
        ("Weeknotes 2021.12", None),
        ("Weeknotes 12/24", None),
        ("Weeknotes 8/31: one", None),
        ("Weeknotes 20 of 2025", "2025-05-12"),
        ("Weeknotes 20, 2025", "2025-05-12"),
        ("25W20: bees", "2025-05-12"),
        ("Weeknotes #20 of 2025", None),
        ("Week in review: bees — 12–18 May 2025", "2025-05-12"),
        ("Weeknotitie 12 t/m 16 mei 2025", "2025-05-12"),
        ("Veckobrev v. 20, 2025", "2025-05-12"),
        ("Weeknotes: 2025-05-12 → 2025-05-18", "2025-05-12"),
        ("Weeknotes for the fortnight ending 16 May 2025", "2025-05-12"),
        ("Weeknotes, fortnight commencing 12 May 2025", "2025-05-12"),
        ("Weeknotes: two weeks ending 16 May 2025", "2025-05-12"),
        ("Week no. 20, 2025", "2025-05-12"),
        ("Weeknotes 10 05 2025", None),
        ("2025 年第 20 周周报", "2025-05-12"),
        ("【週報】2025年5月16日", "2025-05-12"),
    ],
)
def test_a_label_distinguishes_a_week_from_other_numbers(heading: str, monday: str | None) -> None:
    """Behind a label, year and number are a week unless the number may be a month."""
    title = read_title(heading)
    assert [str(week.start) for week in title.weeks] == ([] if monday is None else [monday])
    assert title.is_weeknote


@pytest.mark.parametrize(
    ("heading", "published", "monday"),
    [
        ("Weeknotes 8/31: one", date(2024, 8, 31), "2024-08-26"),
        ("Weeknotes 31/8: one", date(2024, 8, 31), "2024-08-26"),
        ("Weeknotes 8/31: one", date(2024, 3, 1), None),
        ("10/04/2024", date(2024, 10, 5), "2024-09-30"),
        ("10/04/2024", date(2024, 4, 12), "2024-04-08"),
        ("10/04/2024", None, "2024-04-08"),
        ("Weeknotes 2026-06", date(2026, 2, 9), "2026-02-02"),
        ("Weeknotes 2026-06", date(2026, 2, 22), "2026-02-02"),
        ("Weeknotes 2026-06", date(2026, 2, 28), None),
        ("Weeknotes 2026-06", date(2026, 6, 30), None),
        ("Weeknotes 01/2023", date(2023, 9, 9), None),
        ("Weeknotes 40-2024", date(2022, 1, 1), None),
        ("2026-06", date(2026, 2, 9), "2026-02-02"),
        ("2026-06: a budget", date(2026, 2, 9), None),
        ("Weeknotes 6, 2026", date(2026, 2, 9), "2026-02-02"),
        ("Weeknotes 24-18", date(2024, 5, 5), "2024-04-29"),
        ("Weeknotes 24.18", date(2024, 5, 5), "2024-04-29"),
        ("Weeknotes 202418", date(2024, 5, 5), "2024-04-29"),
        ("2024.18 Weeknotes", date(2024, 5, 5), "2024-04-29"),
        ("Weeknotes 24-25", date(2024, 6, 20), None),
        ("Weeknotes 24/18", None, None),
        ("Weeknotes 202405", date(2024, 5, 31), None),
    ],
)
def test_the_publication_date_settles_doubts(heading: str, published: date | None, monday: str | None) -> None:
    """Which figure is the month, and whether a number is a week, follows from the publication date."""
    found = read_title(heading, published=published).weeks
    near = published or date(2024, 1, 1)
    assert [str(week.start) for week in resolve(found, near)] == ([] if monday is None else [monday])


# --- what else a heading says ---

W6 = (Week(6, 5),)


@pytest.mark.parametrize(
    ("heading", "label", "covered", "numbers", "title"),
    [
        ("Weeknote w/c 6 May: maps and bees", "Weeknote", W6, (), "maps and bees"),
        ("Weeknote, w/c 6 May", "Weeknote", W6, (), None),
        ("Weeknotes: week commencing 6th May", "Weeknotes", W6, (), None),
        ("Weeknote w/c 6 May – a title", "Weeknote", W6, (), "a title"),
        ("Weeknote w/c 6 May | a title", "Weeknote", W6, (), "a title"),
        ("Weeknote (w/c 6 May): a title", "Weeknote", W6, (), "a title"),
        ("Weeknote: a title (w/c 6 May)", "Weeknote", W6, (), "a title"),
        ("Weeknote: a title, w/c 6 May", "Weeknote", W6, (), "a title"),
        ("Weeknotes for the week commencing 6 May", "Weeknotes", W6, (), None),
        ("WEEK NOTES W/C 6 MAY: LOUD", "WEEK NOTES", W6, (), "LOUD"),
        ("Weeknote w/c 6 May: bees: the sequel", "Weeknote", W6, (), "bees: the sequel"),
        ("Weeknote w/c 6 May: done :)", "Weeknote", W6, (), "done :)"),
        ("Weeknote w/c 6 May :) done", "Weeknote", W6, (), ":) done"),
        ("Weeknote w/c 6 May: 3 trees", "Weeknote", W6, (), "3 trees"),
        ("Weeknote w/c 6 May, 3 trees", "Weeknote", W6, (), "3 trees"),
        ("Weeknote w/c 6 May and 3 trees", "Weeknote", W6, (), "and 3 trees"),
        ("Weeknote w/c 6 May: ready for 1 June", "Weeknote", W6, (), "ready for 1 June"),
        ("Weeknote w/c 6 May: rain, week 12", "Weeknote", W6, (), "rain, week 12"),
        ("Weeknote w/c 6 May: snow\u00a0🎉", "Weeknote", W6, (), "snow\u00a0🎉"),
        ("  Weeknote w/c 6 May:  a title \n", "Weeknote", W6, (), "a title"),
        ("Weeknote w/c 6 May:", "Weeknote", W6, (), None),
        ("#12", None, (), (12,), None),
        ("Weeknote 16", "Weeknote", (), (16,), None),
        ("Weeknote zero", "Weeknote", (), (0,), None),
        ("Weeknotes 007: licence", "Weeknotes", (), (7,), "licence"),
        ("Weeknote #7: a title", "Weeknote", (), (7,), "a title"),
        ("Weeknote No. 4", "Weeknote", (), (4,), None),
        ("Weeknote 2019 #4", "Weeknote", (), (4,), None),
        ("Weeknotes - 24", "Weeknotes", (), (24,), None),
        ("Week 241", None, (), (241,), None),
        ("Week 6, Planting bulbs", None, (), (6,), "Planting bulbs"),
        ("Weeks 541 & 542", None, (), (541, 542), None),
        ("#30-31-32", None, (), (30, 31, 32), None),
        ("Weeknotes #20 #21", "Weeknotes", (), (20, 21), None),
        ("Weeknotes 12-14", "Weeknotes", (), (12, 13, 14), None),
        ("Weeknote 12, 3 trees", "Weeknote", (), (12,), "3 trees"),
        ("Weeknote 3 – 5 trees", "Weeknote", (), (3,), "5 trees"),
        ("Weeknotes 26-04", "Weeknotes", (), (), None),
        ("Weeknotes 2021.12", "Weeknotes", (), (), None),
        ("Weeknote 2024: a year", "Weeknote", (), (), "2024: a year"),
        ("Week 12: 13-10-2017", None, (Week(13, 10, 2017, "date"),), (12,), None),
        ("Week 9 - 8th March 2021", None, (Week(8, 3, 2021, "date"),), (9,), None),
        ("Notes hebdo #18", "Notes hebdo", (), (18,), None),
        ("Maps and bees - weeknotes #18", "weeknotes", (), (18,), "Maps and bees"),
        ("Map Team Weeknotes #5: hello", "Map Team Weeknotes", (), (5,), "hello"),
        ("Sam’s weeknotes", "Sam’s weeknotes", (), (), None),
        ("Week in review #1", "Week in review", (), (1,), None),
        ("Weeks 3 through 6", None, (), (3, 4, 5, 6), None),
        ("Weeks 19/20: two", None, (), (19, 20), "two"),
        ("#weeknotes 12", "#weeknotes", (), (12,), None),
        ("Weekly 12", "Weekly", (), (12,), None),
        ("Weeknotes Nº 17/2025: bees", "Weeknotes", (), (17,), "bees"),
        ("Weeknotes #17/2025", "Weeknotes", (), (17,), None),
        ("Bridge Engineering (BEN) Weeknote 3", "Bridge Engineering (BEN) Weeknote", (), (3,), None),
        ("W48: rain", None, (), (48,), "rain"),
        ("周报 第12期", "周报", (), (12,), None),
        ("第12回 週報：地図", "週報", (), (12,), "地図"),
        ("Weeknotes 12 // maps", "Weeknotes", (), (12,), "maps"),
        ("Weeknotes Week 12 maps", "Weeknotes", (), (12,), "maps"),
        ("Week 1/52", None, (), (1,), None),
        ("Weeknotes 12/52: maps", "Weeknotes", (), (12,), "maps"),
        ("Week 12 of 52", None, (), (12,), None),
        ("Week Twenty-One", None, (), (21,), None),
        ("Weeknotes forty: maps", "Weeknotes", (), (40,), "maps"),
        ("📝 Weeknotes #12: maps", "Weeknotes", (), (12,), "maps"),
        ("🗓️ Week 12", None, (), (12,), None),
        ("Weeknotes ✏️ #12", "Weeknotes", (), (12,), None),
        ("Weeknotes #12: 🐝 bees", "Weeknotes", (), (12,), "🐝 bees"),
        ("週報（2024年5月6日）", "週報", (Week(6, 5, 2024, "date"),), (), None),
        ("Weeknotes: Episode 4", "Weeknotes", (), (4,), None),
        ("12", None, (), (12,), None),
        ("Maps | Weeknotes", "Weeknotes", (), (), "Maps"),
        ("6 May weeknotes, maps and bees", "weeknotes", (Week(6, 5, style="date"),), (), "maps and bees"),
        ("6 - 10 May 2024: bees", None, (Week(6, 5, 2024, "range", until=(10, 5, 2024)),), (), "bees"),
        ("Weeknotes - Ep 4: bees", "Weeknotes", (), (4,), "bees"),
        ("Weeknotes ending 10 May", "Weeknotes", (Week(10, 5, style="w/e"),), (), None),
        ("Weeknotes wk beg 6 May", "Weeknotes", (Week(6, 5, style="w/b"),), (), None),
        ("Fortnightnotes 6 May", "Fortnightnotes", (Week(6, 5, style="date"),), (), None),
        ("Die Woche vom 6. Mai 2024", None, (Week(6, 5, 2024, "week of"),), (), None),
    ],
)
def test_reads_headings_of_weeknotes(
    heading: str, label: str | None, covered: tuple[Week, ...], numbers: tuple[int, ...], title: str | None
) -> None:
    """A weeknote's heading falls into label, weeks, numbers and the words that are its title."""
    found = read_title(heading)
    assert (found.label, found.weeks, found.numbers, found.title) == (label, covered, numbers, title)
    assert found.is_weeknote


@pytest.mark.parametrize(
    ("heading", "numbers", "title"),
    [
        ("WN 12", (12,), None),
        ("WN12: bees", (12,), "bees"),
        ("WN #12 – bees", (12,), "bees"),
        ("Weeknotes XIV: bees", (14,), "bees"),
        ("Week IX", (9,), None),
        ("Weeknotes #20 of 2025", (20,), None),
        ("Fortnightly notes 6: rain", (6,), "rain"),
        ("Note settimanali n. 20", (20,), None),
        ("Veckoanteckningar v. 20", (20,), None),
        ("Weekaantekening 20: regen", (20,), "regen"),
        ("第20周周报", (20,), None),
        ("地图周报 #20", (20,), None),
        ("周报第二十一期:地图", (21,), "地图"),
        ("第十二周", (12,), None),
        ("Weekly #20-2025: bees", (20,), "bees"),
        ("Week 20 worklog", (20,), "worklog"),
        ("Meine Woche (KW 20)", (20,), "Meine Woche"),
        ("Week No. 20: bees", (20,), "bees"),
        ("Weeknotes #20 🐝", (20,), None),
        ("Weeknotes #20 🐝: bees", (20,), "bees"),
        ("Weeknotes #20 🐝 bees", (20,), "🐝 bees"),
        ("Semaine n° 20", (20,), None),
        ("Week 20 review", (20,), "review"),
        ("Week 20 recap: bees", (20,), "recap: bees"),
        ("Weeknotes: 2 weeks in one", (), "2 weeks in one"),
        ("Weeknotes - 3 things", (), "3 things"),
        ("Weeknotes Xylophone", (), "Weeknotes Xylophone"),
        ("Weeknotes: maps, #5", (), "maps, #5"),
    ],
)
def test_reads_numbers(heading: str, numbers: tuple[int, ...], title: str | None) -> None:
    """A number after a label or a word for week is the note's, unless it counts things."""
    found = read_title(heading)
    assert (found.numbers, found.title, found.weeks) == (numbers, title, ())
    assert found.is_weeknote == (title != heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Week in review: bees",
        "第三号",
        "Week 12 reviews of films",
        "Week 12 of lockdown",
        "WN 12 trains",
        "WN2 8AB",
        "Week X",
        "Week XL jumpers",
        "IX",
        "WN",
        "Budget review (week 3)",
        "Running: week 3",
    ],
)
def test_letters_and_numbers_of_something_else(heading: str) -> None:
    """A postcode, a placeholder or a week of something else is no number of a note."""
    found = read_title(heading)
    assert (found.numbers, found.title, found.is_weeknote) == ((), heading, False)


@pytest.mark.parametrize(
    ("heading", "episode", "title"),
    [
        ("S02E04", Episode(2, 4), None),
        ("S2 E4", Episode(2, 4), None),
        ("S02 | E04 | a title", Episode(2, 4), "a title"),
        ("Season 1: Episode 1", Episode(1, 1), None),
        ("Weeknotes: series 2 episode 3", Episode(2, 3), None),
        ("Weeknote S02E04: a title", Episode(2, 4), "a title"),
        ("[S05 E02] a title", Episode(5, 2), "a title"),
        ("Weeknotes 08×01: a title", Episode(8, 1), "a title"),
        ("Weeknotes – series 7 episode 18 and 19", Episode(7, 18), None),
        ("Staffel 2, Folge 3: a title", Episode(2, 3), "a title"),
        ("Weeknotes s02e04 & s02e05", Episode(2, 4), None),
        ("Weeknotes vol. 2 no. 5: a title", Episode(2, 5), "a title"),
        ("Weeknotes, Series 4 #7 – a title", Episode(4, 7), "a title"),
        ("Weeknotes Season 3, week 2", Episode(3, 2), None),
    ],
)
def test_reads_episodes(heading: str, episode: Episode, title: str | None) -> None:
    """Notes that count like television have a season and an episode."""
    found = read_title(heading)
    assert (found.episode, found.title, found.numbers, found.is_weeknote) == (episode, title, (), True)


@pytest.mark.parametrize(
    "heading",
    [
        "Planning next week",
        "Next week",
        "This week",
        "Week in numbers",
        "The week ahead",
        "Week 2 went well",
        "Weekly review",
        "6 bridges I crossed",
        "Why I’m happy about #BRIDGES",
        "#1 priority",
        "Weeknotes are back",
        "Weeknotes, zines and blogs",
        "Writing weeknotes",
        "A history of weeknotes",
        "2021",
        "Team: May 6",
        "Launch, 6 May",
        "What we did: #4",
        "What we did: S02E04",
        "Weekly 3 miles",
        "Series 2, part 3",
        "🐝 Bees are back",
        "Episode 4: bees",
        "Week to remember",
        "Issue 12 report",
        "31/4 - 5/5",
        "Happy ending",
        "📝 Weeknotes are back",
    ],
)
def test_ordinary_headings_are_no_weeknotes(heading: str) -> None:
    """The heading of a section or another post is all title."""
    assert read_title(heading) == title.Title(title=heading, title_start=0)


def test_days_behind_a_title_are_read_from_the_first() -> None:
    """The dash between them is none between title and week."""
    found = read_title("Bees 29 April – 3 May 2024")
    assert (found.title, [str(week.start) for week in found.weeks]) == ("Bees", ["2024-04-29"])
    assert read_title("Bees 29 – 3 things").title == "Bees 29 – 3 things"


@pytest.mark.parametrize(
    "heading",
    [
        *["Monday 6 May", "Next week (w/c 13 May)", "Plans for w/c 13 May"],
        *["6 May: rain", "6 May 2024: rain", "6 - 10 May: rain"],
    ],
)
def test_dated_sections_are_no_weeknotes(heading: str) -> None:
    """A section may be about a day or a week without naming a note."""
    found = read_title(heading)
    assert len(found.weeks) == 1
    assert not found.is_weeknote


@given(st.one_of(st.text(), st.text(alphabet="weknotsWC/0129#&,-–:;() MayJunS٣\ud800")))
def test_any_text_is_read(text: str) -> None:
    """Reading a heading never fails, and the title is where `title_start` says."""
    found = read_title(text)
    if found.title is None:
        assert found.title_start is None
    else:
        assert found.title_start is not None
        assert text[found.title_start : found.title_start + len(found.title)] == found.title
    if not (found.label or found.weeks or found.numbers or found.episode):
        assert (found.title or "") == text.strip()
    assert read_title(format_weeks(found.weeks)).weeks == found.weeks


@pytest.mark.parametrize(
    "piece",
    ["a", "1 & ", "-1", "6 & ", "; w/c 6 May", " ", "(", "Weeknote: ", "2024-W19 & ", "6 May - ", "week ", ": ", "#1 "],
)
@pytest.mark.parametrize("start", ["", "w/c ", "Weeks ", "#1", "Weeknote w/c 6 May"])
def test_long_headings_are_read(start: str, piece: str) -> None:
    """A heading of any length and repetition is read; quadratic work would take minutes over it."""
    heading = start + piece * 20_000
    assert (read_title(heading).title or "") in heading


# --- the week that is meant ---


@pytest.mark.parametrize(
    ("heading", "monday"),
    [
        ("w/c 6 May 2019", date(2019, 5, 6)),
        ("w/c 8 May 2019", date(2019, 5, 6)),
        ("w/c 5 May 2019", date(2019, 5, 6)),
        ("w/c 4 May 2019", date(2019, 5, 6)),
        ("w/b 4 May 2019", date(2019, 5, 6)),
        ("week of 4 May 2019", date(2019, 5, 6)),
        ("4 - 10 May 2019", date(2019, 5, 6)),
        ("w/e 10 May 2019", date(2019, 5, 6)),
        ("w/e 12 May 2019", date(2019, 5, 6)),
        ("12 May 2019", date(2019, 5, 6)),
        ("2019-W19", date(2019, 5, 6)),
        ("2026-W53", date(2026, 12, 28)),
        ("1 January 2021", date(2020, 12, 28)),
    ],
)
def test_a_week_starts_on_its_monday(heading: str, monday: date) -> None:
    """Whatever day is stated, the week runs from a Monday to a Sunday and the day stays as stated."""
    (week,) = read_title(heading).weeks
    assert (week.start, week.end, week.evidence) == (monday, monday + timedelta(days=6), "stated")


@pytest.mark.parametrize(
    ("heading", "sunday"),
    [
        ("6 - 17 May 2024", date(2024, 5, 19)),
        ("27 March - 9 April 2023", date(2023, 4, 9)),
        ("30 December 2024 - 10 January 2025", date(2025, 1, 12)),
        ("4 - 12 May 2019", date(2019, 5, 12)),
    ],
)
def test_a_range_of_two_weeks_ends_with_the_second(heading: str, sunday: date) -> None:
    """It is one expression, and so one `Week`, but its end is the Sunday after the last day."""
    (week,) = read_title(heading).weeks
    assert week.end == sunday


def test_without_a_year_there_is_no_monday() -> None:
    """A week without a year is known by day and month only."""
    (week,) = read_title("w/c 6 May").weeks
    assert (week.day, week.month, week.year, week.start, week.end, week.evidence) == (6, 5, None, None, None, None)


@pytest.mark.parametrize(
    ("heading", "mondays"),
    [
        ("w/c 30 December & 6 January 2020", ["2019-12-30", "2020-01-06"]),
        ("w/c 30 December 2019 & 6 January", ["2019-12-30", "2020-01-06"]),
        ("w/c 6 January 2020 & 30 December", ["2020-01-06", "2019-12-30"]),
        ("w/c 6 & 13 January 2020", ["2020-01-06", "2020-01-13"]),
    ],
)
def test_one_year_holds_for_all_days(heading: str, mondays: list[str]) -> None:
    """A year written once in a list holds for every day of it, across the turn of the year too."""
    assert [str(week.start) for week in read_title(heading).weeks] == mondays


def test_a_range_knows_its_last_day() -> None:
    """The last day of a range is kept, and is a date as soon as the year is known."""
    (week,) = read_title("30 December - 5 January").weeks
    assert (week.until, week.last) == ((5, 1, None), None)
    (found,) = resolve((week,), date(2025, 1, 8))
    assert (found.stated, found.last, found.until) == (date(2024, 12, 30), date(2025, 1, 5), (5, 1, None))


def test_equality_is_by_what_was_stated() -> None:
    """A year that was only worked out changes neither equality nor hash; a stated one does."""
    week = Week(6, 5)
    (found,) = resolve((week,), date(2019, 5, 12))
    assert week == found
    assert len({week, found, Week(6, 5, 2019)}) == 2
    assert pickle.loads(pickle.dumps(found)).start == date(2019, 5, 6)


@pytest.mark.parametrize(
    "arguments",
    [
        {"day": 32, "month": 5},
        {"day": 6},
        {"day": 6, "month": 5, "year": 0},
        {"day": 6, "month": 5, "year": 10**30},
        {"day": 29, "month": 2, "year": 2019},
        {"day": 6, "month": 5, "style": "fortnight"},
        {"day": 6, "month": 5, "weekday": 7},
        {"day": 6, "month": 5, "style": "range"},
        {"day": 6, "month": 5, "until": (10, 5, None)},
        {"day": 13, "month": 3, "style": "range", "until": (9, 3, None)},
        {"year": 2025, "number": 53, "style": "iso"},
        {"number": 12, "style": "iso"},
    ],
    ids=str,
)
def test_a_week_that_is_none_cannot_be_built(arguments: dict[str, object]) -> None:
    """A day or week that does not exist is refused when it is built, not when it is written."""
    with pytest.raises(WeeknoteError, match="no such week"):
        Week(**arguments)  # type: ignore[arg-type]


# --- writing ---


@st.composite
def buildable(draw: st.DrawFn) -> Week:
    """Draw any week that can be built."""
    day = draw(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
    style = draw(st.sampled_from(weeks.STYLES))
    stated = draw(st.booleans())
    if style == "iso":
        year, number, _ = day.isocalendar()
        return Week(year=year, number=number, style=style)
    until = None
    if style == "range":
        last = day + timedelta(days=draw(st.integers(0, 182)))
        if not stated and (day.month, day.day) == (2, 29):
            last = min(last, date(day.year, 12, 31))
        until = (last.day, last.month, last.year if stated else None)
    return Week(
        day.day, day.month, day.year if stated else None, style, None, until, draw(st.sampled_from([None, 0, 6]))
    )


@given(st.lists(buildable(), max_size=6))
def test_weeks_are_read_as_they_were_written(stated: list[Week]) -> None:
    """Whatever weeks can be built can be written, and reading the text gives equal weeks."""
    text = format_weeks(stated)
    assert read_title(text).weeks == tuple(stated)
    found = read_title(f"Weeknote {text}: a title" if text else "Weeknote: a title")
    assert (found.weeks, found.title) == (tuple(stated), "a title")


def test_a_resolved_year_is_not_written() -> None:
    """A year that was not written is not added to the text."""
    assert format_weeks(resolve((Week(30, 12), Week(6, 1)), date(2020, 1, 10))) == "w/c 30 December & 6 January"
    across_the_new_year = Week(30, 12, style="range", until=(5, 1, None))
    assert format_weeks(resolve((across_the_new_year,), date(2020, 1, 10))) == "30 December - 5 January"


# --- the year nobody wrote ---


@pytest.mark.parametrize(
    ("heading", "near", "mondays"),
    [
        ("w/c 6 May", date(2019, 5, 12), ["2019-05-06"]),
        ("w/c 30 December", date(2020, 1, 10), ["2019-12-30"]),
        ("w/c 6 January", date(2019, 12, 30), ["2020-01-06"]),
        ("w/c 30 December & 6 January", date(2020, 1, 10), ["2019-12-30", "2020-01-06"]),
        ("w/c 6 & 13 January", date(2020, 1, 19), ["2020-01-06", "2020-01-13"]),
        ("w/e 3 January", date(2020, 1, 3), ["2019-12-30"]),
        ("w/e 29 February", date(2019, 3, 3), ["2020-02-24"]),
        ("w/c 6 May 2018", date(2020, 5, 6), ["2018-05-07"]),
        ("w/c 30 December; w/c 6 January 2020", date(2010, 1, 1), ["2019-12-30", "2020-01-06"]),
        ("w/c 15 July", date(2020, 2, 9), ["2019-07-15"]),
        ("w/c 6 May", date(2020, 5, 20), ["2019-05-06"]),
        ("Monday 15 July", date(2020, 2, 9), ["2019-07-15"]),
        ("15 July", date(2020, 2, 9), ["2020-07-13"]),
        ("w/c 15 July", date(2021, 2, 9), ["2021-07-12"]),
        ("15 - 19 July", date(2020, 2, 9), ["2019-07-15"]),
        ("9 - 15 August", date(2020, 8, 15), ["2020-08-10"]),
        ("w/c 7 January", date(2018, 1, 14), ["2018-01-08"]),
    ],
)
def test_the_nearest_year_is_taken(heading: str, near: date, mondays: list[str]) -> None:
    """A stated year decides for all weeks; else the year in which they begin on a Monday, else the nearest one."""
    found = resolve(read_title(heading).weeks, near, "near")
    assert [str(week.start) for week in found] == mondays


def test_the_evidence_says_where_a_year_came_from() -> None:
    """Each week keeps where its year was found."""
    assert resolve(W6, date(2019, 5, 12), "file name")[0].evidence == "file name"
    assert resolve(W6, datetime(2019, 5, 12, 10), "front matter")[0].evidence == "front matter"
    assert resolve((Week(6, 5), Week(13, 5, 2019)), date(2000, 1, 1))[0].evidence == "neighbour"


@given(st.lists(buildable(), max_size=5), st.dates())
def test_a_stated_year_is_never_changed(stated: list[Week], near: date) -> None:
    """Resolving keeps every stated year and leaves the weeks equal to what they were."""
    found = resolve(tuple(stated), near, "near")
    assert found == tuple(stated)
    assert [w.year for w in found if w.evidence == "stated"] == [w.year for w in stated if w.year is not None]
    archive = resolve_neighbours([(week,) for week in stated])
    assert archive == [(week,) for week in stated]


NEWEST_FIRST = [W6, (Week(22, 4),), (), (Week(6, 1),), (Week(30, 12),), (Week(2, 12),)]
MONDAYS = ["2019-05-06", "2019-04-22", "2019-01-07", "2018-12-31", "2018-12-03"]


@pytest.mark.parametrize("known", [0, 1, 3, 4, 5])
@pytest.mark.parametrize("turned", [False, True], ids=["newest first", "oldest first"])
def test_neighbours_give_the_year(known: int, *, turned: bool) -> None:
    """One known year anywhere is enough for a whole archive, newest or oldest first."""
    entries = list(NEWEST_FIRST)
    year = 2019 if known < 4 else 2018
    entries[known] = tuple(attrs.evolve(week, year=year) for week in entries[known])
    found = resolve_neighbours(entries[::-1] if turned else entries)
    mondays = years(*(entry for entry in found if entry))
    assert (mondays[::-1] if turned else mondays) == MONDAYS
    assert {week.evidence for entry in found for week in entry} == {"stated", "neighbour"}


def test_a_long_gap_does_not_turn_an_archive_round() -> None:
    """Where most steps go back in time, a gap of seven months goes back too."""
    days = [(24, 2), (17, 2), (10, 2), (3, 2), (8, 7), (1, 7)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries))[3:] == ["2020-02-03", "2019-07-08", "2019-07-01"]


def test_a_note_posted_late_keeps_its_year() -> None:
    """A note that is a week out of order does not get another year."""
    days = [(24, 2), (10, 2), (17, 2), (3, 2)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries)) == ["2020-02-24", "2020-02-10", "2020-02-17", "2020-02-03"]


def test_a_note_out_of_order_by_weeks_keeps_its_year() -> None:
    """Where an archive clearly runs backward, a note may be two weeks out of order and still be of the same year."""
    days = [(24, 2), (3, 2), (17, 2), (27, 1), (20, 1), (13, 1), (6, 1)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries))[:3] == ["2020-02-24", "2020-02-03", "2020-02-17"]


def test_a_bare_majority_of_steps_gives_no_direction() -> None:
    """With two steps forward and one back, the order is open, and each note gets the year nearest to its neighbour."""
    days = [(3, 2), (10, 2), (15, 10), (22, 10)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries)) == ["2020-02-03", "2020-02-10", "2019-10-14", "2019-10-21"]
    # The same the other way round: two steps back and one forward.
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days[::-1])]
    assert years(*resolve_neighbours(entries)) == ["2020-10-19", "2020-10-12", "2021-02-08", "2021-02-01"]


def test_three_steps_to_one_give_a_direction() -> None:
    """With three steps forward and one back, a gap of seven months leads forward too, and the other way round."""
    days = [(6, 1), (2, 3), (4, 5), (6, 7), (1, 2)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries))[-2:] == ["2020-07-06", "2021-02-01"]
    days = [(6, 1), (4, 11), (2, 9), (6, 7), (1, 12)]
    entries = [(Week(day, month, 2020 if i == 0 else None),) for i, (day, month) in enumerate(days)]
    assert years(*resolve_neighbours(entries))[-2:] == ["2019-07-08", "2018-12-03"]


def test_nothing_known_stays_unknown() -> None:
    """An archive without any year gets none."""
    assert years(*filter(None, resolve_neighbours(NEWEST_FIRST))) == ["None"] * 5


# --- front matter and file names ---


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2017, 5, 14), date(2017, 5, 14)),
        (datetime(2017, 5, 14, 23, 59), date(2017, 5, 14)),
        ("2017-05-14", date(2017, 5, 14)),
        ("2017-05-14T10:00:00.000Z", date(2017, 5, 14)),
        ("2017-05-14 10:00:00 +0100", date(2017, 5, 14)),
        ("2017/05/14 10:00", date(2017, 5, 14)),
        ("14-05-2017", date(2017, 5, 14)),
        ("14 May 2017", date(2017, 5, 14)),
        ("14th May, 2017", date(2017, 5, 14)),
        ("May 14 2017", date(2017, 5, 14)),
        ("Sun, 14 May 2017 10:00:00 +0000", date(2017, 5, 14)),
        (20170514, date(2017, 5, 14)),
        ("2017-02-30", None),
        ("14 May", None),
        ("soon", None),
        ("2017-05-14 or so", None),
        ("", None),
        (2017, None),
        (True, None),
        (None, None),
        (["2017-05-14"], None),
        (10**5000, None),
    ],
    ids=lambda value: str(value)[:30] if not isinstance(value, int) else hex(value)[:12],
)
def test_front_matter_dates(value: object, day: date | None) -> None:
    """A date in front matter is read however it was written, and anything else is None."""
    assert as_date(value) == day


@given(st.text())
def test_any_name_is_read(name: str) -> None:
    """Looking for dates never fails."""
    assert as_date(name) is None or isinstance(as_date(name), date)
    assert date_in_name(name) is None or isinstance(date_in_name(name), date)
    assert week_in_name(name) is None or isinstance(week_in_name(name), Week)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-05-13-weeknote.md", date(2019, 5, 13)),
        ("20190513.md", date(2019, 5, 13)),
        ("weeknote-2019_05_13.txt", date(2019, 5, 13)),
        ("posts/2019/05/13/note.md", date(2019, 5, 13)),
        ("05-04-2026.md", date(2026, 4, 5)),
        ("5_March_2021/index.md", date(2021, 3, 5)),
        ("week-of-april-30th-2025.md", date(2025, 4, 30)),
        ("2026-W10.md", None),
        ("2026-06.md", None),
        ("05-13-2026.md", None),
        ("05_09_25.md", None),
        ("2019-13-45.md", None),
        ("weeknote-12.md", None),
    ],
)
def test_dates_in_file_names(name: str, day: date | None) -> None:
    """A file name gives a date if it can be read in only one way."""
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("name", "week"),
    [
        ("2026-W10/index.md", "2026-W10"),
        ("2021-week-23.md", "2021-W23"),
        ("2025/w35.md", "2025-W35"),
        ("week-14-2026.md", "2026-W14"),
        ("2026-06.md", None),
        ("2018-11-04-week-9-04-11-2018.md", None),
        ("week-9.md", None),
        ("2025-W53.md", None),
        ("2024-40.md", "2024-W40"),
        ("weeknotes-40-2024.md", "2024-W40"),
        ("week-34-of-2026-rhythms.md", "2026-W34"),
        ("weeknotes-week-ending-may-12-2024.md", "w/e 12 May"),
        ("wc-6-may-2024.md", "w/c 6 May"),
        ("wc-06-05-2024.md", "w/c 6 May"),
        ("week-ending-12-05-2024.md", "w/e 12 May"),
        ("2024-semaine-19.md", "2024-W19"),
        ("vecka-9-2024.md", "2024-W09"),
        ("24w19.md", "2024-W19"),
        ("a24w19b.md", None),
        ("weeknotes-march-17-2025.md", None),
        ("2025-26.md", "2025-W26"),
        ("budget-2025-26.md", None),
        ("weeknotes-50-51-2022.md", None),
        ("2022-50-51.md", None),
        ("weeknotes-06-2024.md", None),
        ("2024/40.md", None),
        ("2024-54.md", None),
        ("13-05-2026.md", None),
        ("2025-09-week1.md", None),
        ("week-of-bees.md", None),
        ("wc-6-may.md", None),
    ],
)
def test_weeks_in_file_names(name: str, week: str | None) -> None:
    """A file name gives a week if it has a year and a number marked as a week."""
    found = week_in_name(name)
    assert (found and format_weeks([found])) == week


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2024/rain.md", 2024),
        ("notes/2023/2024/rain.md", 2024),
        (r"notes\2024\rain.md", 2024),
        ("2024/05/rain.md", 2024),
        ("2024-rain.md", None),
        ("2024.md", None),
        ("20245/rain.md", None),
    ],
)
def test_years_of_folders(name: str, year: int | None) -> None:
    """Only a folder whose whole name is a year gives one."""
    assert year_in_name(name) == year


@pytest.mark.parametrize(
    ("name", "published", "monday"),
    [
        ("2024-06.md", date(2024, 2, 11), "2024-02-05"),
        ("2024-06.md", date(2024, 6, 30), None),
        ("2024-40.md", date(2024, 10, 7), "2024-09-30"),
        ("2024-40.md", date(2024, 11, 5), "2024-09-30"),
        ("2024-40.md", date(2024, 11, 20), None),
        ("2024-40.md", date(2022, 10, 7), None),
    ],
)
def test_the_publication_date_confirms_a_week_in_a_file_name(name: str, published: date, monday: str | None) -> None:
    """Year and number in a file name are a week only if the note was published then."""
    found = week_in_name(name, published)
    assert (found and str(found.start)) == monday


@pytest.mark.parametrize(
    ("values", "week"),
    [
        ({"week_ending": "8 March 2024"}, ("week_ending", "2024-03-04")),
        ({"week_start": date(2024, 3, 4)}, ("week_start", "2024-03-04")),
        ({"week": 11, "year": 2026}, ("week", "2026-03-09")),
        ({"weekNumber": "9", "year": "2026"}, ("weekNumber", "2026-02-23")),
        ({"isoweek": [2021, 16]}, ("isoweek", "2021-04-19")),
        ({"weekdate": "2021W10"}, ("weekdate", "2021-03-08")),
        ({"fromDate": date(2026, 3, 9), "toDate": date(2026, 3, 15)}, ("fromDate", "2026-03-09")),
        ({"startDate": "2026-03-09", "endDate": "2026-03-13"}, ("startDate", "2026-03-09")),
        ({"startDate": "2026-03-09", "endDate": "2026-03-12"}, None),
        ({"startDate": "2026-03-09", "endDate": "2026-03-16"}, None),
        ({"fromDate": date(2026, 3, 8), "toDate": date(2026, 3, 14)}, None),
        ({"startDate": date(2026, 3, 9), "endDate": date(2026, 4, 9)}, None),
        ({"startDate": date(2026, 3, 9)}, None),
        ({"week": 11}, None),
        ({"week": 46, "year": 2026, "date": date(2026, 2, 1)}, None),
        ({"week": 11, "year": 2026, "date": date(2026, 3, 16)}, ("week", "2026-03-09")),
        ({"week": 54, "year": 2026}, None),
        ({"week": True, "year": 2026}, None),
    ],
    ids=str,
)
def test_keys_of_front_matter_state_weeks(values: dict[str, object], week: tuple[str, str] | None) -> None:
    """A key for the week, a number beside a year, or the first and last day of a week state which one it is."""
    found = front_matter_keys.weeks_under_key(values)
    assert (found and (found[0], str(found[1][0].start))) == week


# --- the module ---


def test_mondays() -> None:
    """A Monday is its own; every other day looks back to it."""
    assert {monday_of(date(2019, 5, 6) + timedelta(days=n)) for n in range(7)} == {date(2019, 5, 6)}


def test_the_calendar_is_loaded_late() -> None:
    """Importing the modules does not load dateutil."""
    code = "import sys, weeknote.headings.title; sys.exit('dateutil' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "module",
    [dates, file_names, numbers, title, front_matter_keys, week_parser, week_writer, weeks],
    ids=lambda module: module.__name__,
)
def test_examples_in_docstrings_hold(module: object) -> None:
    """Every example in a docstring runs and prints what it says."""
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)
