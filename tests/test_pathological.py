"""Hostile texts: each is read whole, judged and converted, exactly, in work that grows with its size and no faster."""

from __future__ import annotations

import cProfile
import gc
import time
from typing import TYPE_CHECKING

import pytest

from fuzz import journey
from pathological import ANY, GENERATORS, MARKDOWN, TEXT
from weeknote import dump, parse, parse_archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote import Weeknote

SMALL, TIMES = 1_000, 4
"""The size of a text, and how many times that size the text is that it is compared with."""

LARGE = 16_000
"""The size at which time is compared: what calls do not show takes long here, if it grows faster than the text."""

MOST_CALLS = 4.8
"""How many times the calls that a text four times the size may take; with quadratic work it is sixteen."""

FEW_CALLS = 4_000
"""Calls that cost nothing worth counting."""

MOST_TIME = 9.0
"""How many times the time; generous, because clocks are not exact and memory has its own ways."""

SHORT = 0.02
"""Seconds that are too short to compare."""


def whole(text: str, dialect: str) -> Weeknote:
    """Read a text and all in it, and assert law 1."""
    note = parse(text, dialect=dialect)
    assert dump(note) == text
    journey.reading(note)
    return note


def calls(work: Callable[[], object]) -> int:
    """Return how many functions some work calls, those written in C too: a count that no clock disturbs."""
    profiler = cProfile.Profile(builtins=True)
    profiler.runcall(work)
    return sum(entry.callcount for entry in profiler.getstats())


def seconds(work: Callable[[], object]) -> float:
    """Return the processor’s time that some work takes."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


STEPS: dict[str, Callable[[str, str], object]] = {
    "read": whole,
    "check": lambda text, dialect: journey.checking(parse(text, dialect=dialect)),
    "convert": lambda text, dialect: journey.converting(parse(text, dialect=dialect)),
}
"""What is measured, by name."""


@pytest.mark.parametrize("dialect", journey.DIALECTS)
@pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_four_times_the_text_takes_four_times_the_calls(
    step: Callable[[str, str], object], make: Callable[[int], str], dialect: str
) -> None:
    """Reading, judging and converting raise nothing, and what they do grows with the text."""
    few = calls(lambda: step(make(SMALL), dialect))
    many = calls(lambda: step(make(SMALL * TIMES), dialect))
    assert many <= MOST_CALLS * few + FEW_CALLS


@pytest.mark.parametrize(
    ("make", "dialect"),
    [
        pytest.param(make, dialect, id=f"{name}-{dialect}")
        for dialect, makers in (("markdown", {**MARKDOWN, **ANY}), ("text", {**TEXT, **ANY}))
        for name, make in makers.items()
    ],
)
def test_four_times_the_text_takes_no_more_than_its_share_of_time(make: Callable[[int], str], dialect: str) -> None:
    """Where one call does much, as a pattern that is tried again and again does, time tells."""
    short, long = make(LARGE), make(LARGE * TIMES)
    ratios = []
    for _ in range(4):
        much = seconds(lambda: whole(long, dialect))
        if much < SHORT:
            return
        ratios.append(much / max(seconds(lambda: whole(short, dialect)), SHORT / TIMES))
        if ratios[-1] <= MOST_TIME:
            return
    pytest.fail(f"{TIMES} times the text took {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the time")


@pytest.mark.parametrize("dialect", journey.DIALECTS)
@pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)
def test_everything_can_be_done_with_hostile_texts(make: Callable[[int], str], dialect: str) -> None:
    """A short text of every pattern goes the whole journey, as a note and as an archive."""
    for read in journey.READERS:
        text = make(160)
        note = read(text, dialect=dialect)
        assert dump(note) == text
        for step in journey.STEPS.values():
            step(note)
        journey.editing(note, len(text))


def test_there_are_enough_patterns_and_each_makes_what_it_is_asked_for() -> None:
    """No pattern is empty or stays small, or its growth would say nothing; none has two names."""
    assert len(GENERATORS) == len(MARKDOWN) + len(TEXT) + len(ANY) >= 50
    for name, make in GENERATORS.items():
        assert SMALL / 2 <= len(make(SMALL)) <= SMALL * 3, name
        assert 3 <= len(make(SMALL * TIMES)) / len(make(SMALL)) <= 5, name
    assert len({make(SMALL) for make in GENERATORS.values()}) == len(GENERATORS)


def test_the_count_of_calls_sees_quadratic_work() -> None:
    """A measure that everything passes measures nothing."""

    def quadratic(size: int) -> None:
        for n in range(size):
            for m in range(n):
                abs(m)

    few, many = calls(lambda: quadratic(100)), calls(lambda: quadratic(400))
    assert many > MOST_CALLS * few + FEW_CALLS
