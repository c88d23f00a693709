"""Which week each note of a series is about, and what that was learned from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import TIMES, calls, grows_too_fast
from weeknote import Post, WeeknoteError, parse, parse_archive, timeline
from weeknote.series import Confidence, Evidence
from weeknote.series.clues import Clues, clues_of
from weeknote.series.placement import Placement, place

MONDAY = date(2024, 5, 6)
WEEK = timedelta(days=7)
SAID = (Evidence.STATED, Evidence.KEY, Evidence.FILE_NAME)


def week(n: int) -> date:
    """Return the Monday n weeks after 6 May 2024."""
    return MONDAY + n * WEEK


def day(n: int, weekday: int) -> date:
    """Return a day n weeks after 6 May 2024; Monday is 0."""
    return week(n) + timedelta(days=weekday)


def starts(found: tuple[Placement, ...]) -> list[date | None]:
    """Return the first Monday of each placement."""
    return [one.weeks[0] if one.weeks else None for one in found]


# --- what one note says


@pytest.mark.parametrize(
    ("text", "name", "monday", "evidence"),
    [
        pytest.param("# Weeknote w/c 6 May 2024", None, week(0), "stated", id="heading"),
        pytest.param("---\ntitle: Week ending 12 May 2024\n---\n\nBees.", None, week(0), "stated", id="title"),
        pytest.param("---\nweek_ending: 2024-05-12\n---\n\nBees.", None, week(0), "key", id="key"),
        pytest.param("# Bees", "notes/2024-W19.md", week(0), "file name", id="file-name"),
        pytest.param("# Bees", "notes/2024-05-12-bees.md", week(0), "published", id="date-in-name-is-publication"),
        pytest.param("---\ndate: 2024-05-13\n---\n\nBees.", None, week(0), "published", id="monday-is-the-week-before"),
        pytest.param("---\ndate: 2024-05-15\n---\n\nBees.", None, week(0), "published", id="wednesday-too"),
        pytest.param("---\ndate: 2024-05-16\n---\n\nBees.", None, week(1), "published", id="thursday-is-its-own-week"),
        pytest.param("# Weeknote 12", None, None, None, id="a-number-alone"),
        pytest.param("Bees.", None, None, None, id="nothing"),
        pytest.param("# w/c 6 May", None, None, None, id="no-year"),
    ],
)
def test_a_note_by_itself(text: str, name: str | None, monday: date | None, evidence: str | None) -> None:
    """What a note says counts first, then its day of publication."""
    (placed,) = timeline([parse(text, dialect="markdown", name=name)])
    assert (placed.week and placed.week.start, placed.evidence) == (monday, evidence)
    assert (placed.week is None) == (placed.confidence is None) == (placed.reason is not None)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        pytest.param(
            "---\nweek_ending: 2024-05-19\n---\n\n# w/c 6 May 2024",
            None,
            "the heading or title says the week of 2024-05-06, and the front matter's key that of 2024-05-13",
            id="heading-and-key",
        ),
        pytest.param(
            "# w/c 6 May 2024",
            "2024-W30.md",
            "the heading or title says the week of 2024-05-06, and the file name that of 2024-07-22",
            id="heading-and-file-name",
        ),
    ],
)
def test_evidence_that_conflicts(text: str, name: str | None, words: str) -> None:
    """Nothing is placed, and both weeks are named."""
    (placed,) = timeline([parse(text, name=name)])
    assert (placed.week, placed.reason) == (None, words)


def test_evidence_left_aside_has_no_say() -> None:
    """Without what it states, the same note is placed by its key, and then by its date."""
    note = parse("---\nweek_ending: 2024-05-19\ndate: 2024-05-23\n---\n\n# w/c 6 May 2024")
    found = [timeline([note], without=kinds)[0].week for kinds in ([], ["stated"], ["stated", "key"])]
    assert [one and one.start for one in found] == [None, week(1), week(2)]


def test_a_stated_week_is_kept_as_the_note_states_it() -> None:
    """`weeks` are the note's own if it states them, and new ones if the series places it."""
    said, learned = timeline([parse("# w/c 6 & 13 May 2024"), parse("Bees.", name="2024-05-24.md")])
    assert said.weeks == said.note.weeks
    assert [(one.start, one.evidence) for one in learned.weeks] == [(week(2), "published")]


# --- when a series publishes


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param([(0, 6), (1, 6), (2, 6)], [0, 1, 2], id="sundays"),
        pytest.param([(1, 0), (2, 1), (3, 0)], [0, 1, 2], id="mondays-and-a-late-tuesday"),
        pytest.param([(1, 0), (2, 0), (3, 0)], [0, 1, 2], id="only-mondays"),
        pytest.param([(0, 4), (1, 4), (2, 4), (4, 2)], [0, 1, 2, None], id="a-wednesday-among-fridays"),
        pytest.param([(0, 6), (1, 1), (1, 6)], [0, None, 1], id="the-week-before-has-a-note-already"),
        pytest.param([(0, 4), (1, 3), (1, 6), (2, 6)], [0, 1, 1, 2], id="two-in-one-week"),
        pytest.param([(0, 4), (2, 3), (2, 6)], [0, None, 2], id="a-late-one-and-the-next"),
        pytest.param([(0, 4), (0, 4)], [None, None], id="a-day-that-two-notes-share"),
    ],
)
def test_days_of_publication(published: list[tuple[int, int]], expected: list[int | None]) -> None:
    """Without anything else, the general rule is applied where the series leaves no doubt."""
    found = place([Clues(published=day(*each)) for each in published])
    assert starts(found) == [None if n is None else week(n) for n in expected]
    assert {one.confidence for one in found} <= {Confidence.LOW, None}


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("lag", [0, 1])
def test_a_habit_that_the_series_shows(weekday: int, lag: int) -> None:
    """Notes that state their week teach what the others mean by their day of publication."""
    series = [Clues(stated=(week(n - lag),), published=day(n, weekday)) for n in range(4)]
    *_, last = place([*series, Clues(published=day(4, weekday))])
    assert last == Placement((week(4 - lag),), Evidence.PUBLISHED, Confidence.MEDIUM)


def test_dates_of_an_import_are_ignored() -> None:
    """Where notes state weeks long before their dates, a date says nothing of the others."""
    series = [Clues(stated=(week(-50 * n),), published=day(n, 4)) for n in range(1, 5)]
    assert place([*series, Clues(published=day(9, 4))])[-1].weeks == ()


def test_a_wrong_year() -> None:
    """A stated week that is a year off contradicts the series, so the note is not placed."""
    series = [Clues(stated=(week(n),), published=day(n, 4)) for n in range(5)]
    *_, last = place([*series, Clues(stated=(week(-47),), published=day(5, 4))])
    assert last.reason == "the heading or title says the week of 2023-06-12, and it was published on 2024-06-14"


def test_a_title_that_names_the_day_of_publication() -> None:
    """It is taken at its word with little confidence; numbers that leave another week contradict it."""
    monday = Clues(stated=(week(1),), named_day=week(1), published=week(1), numbers=(2,))
    around = [Clues(published=day(0, 6) - WEEK, numbers=(1,)), Clues(published=day(1, 6), numbers=(3,))]
    assert place([monday])[0] == Placement((week(1),), Evidence.STATED, Confidence.LOW)
    assert "the notes numbered before and after leave the week of 2024-05-06" in str(place([monday, *around])[0].reason)
    assert place([monday], without=SAID)[0].weeks == ()


def test_after_a_missed_week_without_what_is_stated() -> None:
    """A note may then be about two weeks, unless its number counts the one missed.

    After a longer pause it is about one, if the others come out week after week.
    """
    friday = [Clues(published=day(n, 4)) for n in (0, 1, 2, 4, 5)]
    assert starts(place(friday)) == [week(n) for n in (0, 1, 2, 4, 5)]
    assert starts(place(friday, without=SAID)) == [week(0), week(1), week(2), None, week(5)]
    counted = [Clues(published=day(n, 4), numbers=(n + 1,)) for n in (0, 1, 2, 4, 5)]
    assert starts(place(counted, without=SAID)) == [week(n) for n in (0, 1, 2, 4, 5)]
    longer = [Clues(published=day(n, 4)) for n in (0, 1, 2, 5, 6)]
    assert starts(place(longer, without=SAID)) == [week(n) for n in (0, 1, 2, 5, 6)]
    seldom = [Clues(published=day(n, 4)) for n in (0, 3, 6, 7, 10)]
    assert starts(place(seldom, without=SAID)) == [week(0), None, None, week(7), None]


def test_days_all_over_the_week_without_what_is_stated() -> None:
    """A Monday among them could be late or early."""
    clues = [Clues(published=day(3 * n, weekday)) for n, weekday in enumerate((2, 3, 4, 6, 0, 3))]
    assert starts(place(clues))[4] == week(11)
    assert starts(place(clues, without=SAID))[4] is None


def test_only_mondays_without_what_is_stated() -> None:
    """Mondays can be days of publication or the weeks themselves, and the evidence for either is left aside."""
    assert starts(place([Clues(published=week(n)) for n in range(5)], without=SAID)) == [None] * 5


# --- numbers


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        pytest.param([(1, (0, 4)), (2, None), (3, (2, 4))], [0, 1, 2], id="between-two"),
        pytest.param([(1, (0, 4)), (2, None), (3, (3, 4))], [0, None, 3], id="one-week-too-many"),
        pytest.param([(1, (0, 4)), (2, None)], [0, None], id="nothing-behind"),
        pytest.param([(1, (0, 4)), (2, None), (2, None), (3, (2, 4))], [0, 1, 1, 2], id="in-two-languages"),
        pytest.param([(1, (0, 4)), (2, (2, 3)), (3, (2, 4))], [0, 1, 2], id="published-late"),
        pytest.param([(1, (0, 4)), (2, (9, 4)), (3, (2, 4))], [0, None, 2], id="published-much-later"),
        pytest.param([(8, (0, 4)), (9, (1, 4)), (1, (2, 4)), (2, None), (3, (4, 4))], [0, 1, 2, 3, 4], id="anew"),
        pytest.param(
            [(1, (0, 4)), (2, None), (3, (2, 4)), (4, (3, 4)), (1, (9, 4)), (2, None), (3, (11, 4))],
            [0, None, 2, 3, 9, None, 11],
            id="a-number-that-two-runs-have-a-place-for",
        ),
        pytest.param(
            [(1, (0, 4)), (4, (3, 4)), (5, None), (1, (9, 4)), (4, (12, 4)), (6, (14, 4))],
            [0, 3, None, 9, 12, 14],
            id="a-number-that-another-run-may-go-on-with",
        ),
    ],
)
def test_a_number_between_others(notes: list[tuple[int, tuple[int, int] | None]], expected: list[int | None]) -> None:
    """A note lies between those numbered before and after it, where no other week is left for it."""
    found = place([Clues(numbers=(n,), published=None if at is None else day(*at)) for n, at in notes])
    assert starts(found) == [None if n is None else week(n) for n in expected]


def test_a_number_alone_says_no_week() -> None:
    """The reason says what is missing."""
    (alone,) = place([Clues(numbers=(12,))])
    assert alone.reason == "its number alone does not say which week; a publication date would"


def test_several_numbers_are_several_weeks() -> None:
    """The last of them is the one that the day of publication speaks of."""
    found = place([Clues(numbers=(1,), published=day(0, 4)), Clues(numbers=(2, 3), published=day(2, 4))])
    assert found[1].weeks == (week(1), week(2))


def test_numbers_of_iso_weeks() -> None:
    """They confirm the day of publication and show a habit; one that is off is a conflict."""
    mondays = [Clues(numbers=(18 + n,), published=week(n)) for n in range(6)]
    found = place([*mondays, Clues(numbers=(24,), published=week(7))])
    assert starts(found) == [week(n - 1) for n in range(6)] + [None]
    assert {one.confidence for one in found[:6]} == {Confidence.HIGH}
    assert found[6].reason == "its number means the week of 2024-06-10, and it was published on 2024-06-24"


def test_seasons_count_for_themselves() -> None:
    """Episode 2 of the second season lies between its neighbours, not between those of the first."""
    series = [Clues(season=s, numbers=(n,), published=day(20 * s + n, 4)) for s in (1, 2) for n in (1, 3)]
    (*_, last) = place([*series, Clues(season=2, numbers=(2,))])
    assert last == Placement((week(42),), Evidence.NUMBER, Confidence.MEDIUM)


@pytest.mark.parametrize(
    ("founded", "numbers", "expected"),
    [
        pytest.param(day(0, 3), [1, 2, 5], [0, 1, 4], id="numbers-only"),
        pytest.param(None, [1, 2, 5], [None, None, None], id="not-founded"),
    ],
)
def test_a_series_with_nothing_but_numbers(
    founded: date | None, numbers: list[int], expected: list[int | None]
) -> None:
    """The week of number 1 places the others."""
    found = place([Clues(numbers=(n,)) for n in numbers], founded=founded)
    assert starts(found) == [None if n is None else week(n) for n in expected]


def test_a_founding_that_the_dates_contradict() -> None:
    """Where dated notes show that numbers don't count from it, the founding places nothing."""
    dated = [Clues(numbers=(n,), published=day(2 * n, 4)) for n in range(1, 5)]
    assert place([*dated, Clues(numbers=(9,))], founded=week(0))[-1].weeks == ()


# --- names


@pytest.mark.parametrize(
    ("names", "placed"),
    [
        pytest.param(["2024/10.md", "2024/11.md", "2024/13.md"], True, id="beyond-twelve-they-are-weeks"),
        pytest.param(["2024-10.md", "2024-11.md", "2024-12.md"], False, id="these-may-be-months"),
        pytest.param(["2024/10.md", "2024/13.md", "2024/77.md"], False, id="these-are-just-numbers"),
    ],
)
def test_years_with_numbers(names: list[str], placed: bool) -> None:
    """Only the series shows whether a number in a file name is a week or a month."""
    found = timeline([parse("Bees.", name=name) for name in names])
    assert {one.evidence for one in found if one.note.context.name in names[:2]} == (
        {"file name"} if placed else {None}
    )


def test_notes_of_an_archive_are_not_named_by_its_file() -> None:
    """The name of a file with several notes is evidence for none of them."""
    archive = parse_archive("# w/c 13 May 2024\n\nA.\n\n# w/c 6 May 2024\n\nB.\n", name="2024-W19.md")
    found = timeline(archive.weeknotes)
    assert [one.week and one.week.start for one in found] == [week(1), week(0)]


# --- arguments


def test_what_is_no_evidence_is_refused() -> None:
    """The message lists what there is."""
    with pytest.raises(WeeknoteError, match="choose from stated, key, file name, published, number"):
        timeline([], without=["title"])
    with pytest.raises(TypeError, match="write without="):
        timeline([], without="stated")


def test_only_weeknotes_are_placed() -> None:
    """An archive holds posts too."""
    with pytest.raises(TypeError, match="takes weeknotes, not Post"):
        timeline([Post()])  # type: ignore[list-item] # the wrong type is what is tested


@pytest.mark.parametrize(
    "numbers",
    [pytest.param(10**6, id="one-run"), pytest.param(3, id="anew-every-third"), pytest.param(1, id="one-number")],
)
def test_the_work_grows_with_the_notes(numbers: int) -> None:
    """Four times the notes take about four times the calls, however their numbers run."""

    def work(count: int) -> int:
        clues = [
            Clues(published=day(n, 4) if n % 2 else None, numbers=(n % numbers,), name_date=day(n, n % 7))
            for n in range(count)
        ]
        return calls(lambda: place(clues))

    assert not grows_too_fast(work(300), work(300 * TIMES))


def test_no_notes() -> None:
    """An empty series has an empty timeline."""
    assert timeline([]) == ()


# --- laws

dates = st.dates(date(2023, 1, 1), date(2024, 12, 31))
mondays = dates.map(lambda one: one - timedelta(days=one.weekday()))
clue_sets = st.builds(
    Clues,
    stated=st.lists(mondays, max_size=2, unique=True).map(lambda found: tuple(sorted(found))),
    key=st.lists(mondays, max_size=1).map(tuple),
    named_day=st.none() | dates,
    published=st.none() | dates,
    name_date=st.none() | dates,
    name_number=st.none() | st.tuples(st.integers(2023, 2024), st.integers(0, 60)),
    numbers=st.lists(st.integers(0, 60), max_size=2).map(tuple),
    season=st.none() | st.integers(0, 3),
)
kinds = st.frozensets(st.sampled_from(Evidence))


@given(
    st.lists(clue_sets, max_size=12).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(range(len(found))))
    ),
    kinds,
)
def test_the_order_has_no_influence(shuffled: tuple[list[Clues], list[int]], without: frozenset[Evidence]) -> None:
    """Each note is placed alike wherever it is given."""
    clues, order = shuffled
    found = place(clues, without=without)
    again = place([clues[i] for i in order], without=without)
    assert again == tuple(found[i] for i in order)


@given(st.lists(clue_sets, max_size=12), kinds, st.none() | dates)
def test_evidence_left_aside_is_never_given(
    clues: list[Clues], without: frozenset[Evidence], founded: date | None
) -> None:
    """A placement has weeks, evidence and confidence, or a reason; all its weeks begin on Mondays."""
    for one in place(clues, founded=founded, without=without):
        assert one.evidence not in without
        assert bool(one.weeks) == (one.evidence is not None) == (one.confidence is not None) == (one.reason is None)
        assert all(monday.weekday() == 0 for monday in one.weeks)


@given(st.lists(clue_sets, max_size=12))
def test_what_a_note_says_is_kept_or_contradicted(clues: list[Clues]) -> None:
    """The series never places a note in other weeks than it states."""
    for clue, one in zip(clues, place(clues), strict=True):
        assert not clue.stated or one.weeks in ((), clue.stated)


@given(
    st.integers(0, 6),
    st.integers(0, 1),
    st.lists(st.booleans(), min_size=8, max_size=30),
    st.integers(1, 500),
)
def test_a_regular_series_is_placed_whole(weekday: int, lag: int, said: list[bool], first: int) -> None:
    """With a number, a fixed day and a few stated weeks, every note is placed, and rightly."""
    said[0] = said[1] = said[-1] = True
    clues = [
        Clues(stated=(week(n),) if is_said else (), published=day(n + lag, weekday), numbers=(first + n,))
        for n, is_said in enumerate(said)
    ]
    assert starts(place(clues)) == [week(n) for n in range(len(said))]


def test_clues_of_a_note() -> None:
    """What is kept of a note are dates and numbers; of an episode, its number counts."""
    note = parse("---\ntitle: Weeknotes S02E04\ndate: 2024-05-14\n---\n\nBees.", name="2024-05-12.md")
    found = Clues(published=date(2024, 5, 14), name_date=date(2024, 5, 12), numbers=(4,), season=2)
    assert clues_of(note) == found
