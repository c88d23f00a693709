"""Hostile texts: each is read whole, judged and converted, exactly, in work that grows with its size and no faster."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from counting import TIMES, calls, grows_too_fast
from fuzz import journey
from pathological import ANY, GENERATORS, MARKDOWN, TEXT
from weeknote import dump, parse, walk
from weeknote.headings import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = 300
"""The characters of a text whose reading is counted."""

LARGE = 50_000
"""The characters of a text that is only read: quadratic work takes minutes over it."""


def read_whole(text: str, dialect: str) -> journey.Note:
    """Read a text and every inline node in it, and assert law 1."""
    note = parse(text, dialect=dialect)
    assert dump(note) == text
    assert [node.position for node in walk(note)]
    return note


@pytest.fixture(scope="module", autouse=True)
def _tables_are_built() -> None:
    """What is built once, on first use, is no growth."""
    for dialect in journey.DIALECTS:
        note = parse("# Week 12\n\nLearning\n\n* a\n", dialect=dialect)
        journey.checking(note)
        journey.converting(note)


STEPS: dict[str, Callable[[str, str], Callable[[], object]]] = {
    "read": lambda text, dialect: partial(read_whole, text, dialect),
    "check": lambda text, dialect: partial(journey.checking, read_whole(text, dialect)),
    "convert": lambda text, dialect: partial(journey.converting, read_whole(text, dialect)),
}
"""What is counted, by name; what comes before it is done and not counted."""


@pytest.fixture(autouse=True, scope="module")
def vocabulary() -> None:
    """Have the spellings of the vocabulary made, which happens once and would be counted."""
    VOCABULARY.role("Rain")


@pytest.mark.parametrize("dialect", journey.DIALECTS)
@pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)
def test_four_times_the_text_takes_four_times_the_calls(make: Callable[[int], str], dialect: str) -> None:
    """Reading, judging and converting raise nothing, and what they do grows with the text."""
    growth = {}
    for name, step in STEPS.items():
        few = calls(step(make(SMALL), dialect))
        many = calls(step(make(SMALL * TIMES), dialect))
        if grows_too_fast(few, many):
            growth[name] = (few, many)
    assert growth == {}


@pytest.mark.parametrize(
    ("make", "dialect"),
    [
        pytest.param(make, dialect, id=f"{name}-{dialect}")
        for dialect, makers in (("markdown", {**MARKDOWN, **ANY}), ("text", {**TEXT, **ANY}))
        for name, make in makers.items()
    ],
)
def test_long_texts_are_read_whole(make: Callable[[int], str], dialect: str) -> None:
    """Where one call does much, as a pattern that is tried again and again does, this would not end for minutes."""
    read_whole(make(LARGE), dialect)


@pytest.mark.parametrize("dialect", journey.DIALECTS)
@pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)
def test_everything_can_be_done_with_hostile_texts(make: Callable[[int], str], dialect: str) -> None:
    """A short text of every pattern goes the whole journey: checked, fixed, normalised, sent, shown and edited."""
    text = make(80)
    note = parse(text, dialect=dialect)
    assert dump(note) == text
    for step in journey.STEPS.values():
        step(note)
    journey.editing(note, len(text))


def test_there_are_enough_patterns_and_each_makes_what_it_is_asked_for() -> None:
    """No pattern is empty or stays small, or its growth would say nothing; none has two names."""
    assert len(GENERATORS) == len(MARKDOWN) + len(TEXT) + len(ANY)
    assert len(GENERATORS) >= 50
    for name, make in GENERATORS.items():
        for size in (SMALL, LARGE):
            assert size / 2 <= len(make(size)) <= size * 3, name
            assert TIMES * 0.7 <= len(make(size * TIMES)) / len(make(size)) <= TIMES * 1.3, name
    assert len({make(LARGE) for make in GENERATORS.values()}) == len(GENERATORS)


def test_the_count_of_calls_sees_quadratic_work() -> None:
    """A measure that everything passes measures nothing."""

    def quadratic(size: int) -> None:
        for n in range(size):
            for m in range(n):
                abs(m)

    few, many = calls(lambda: quadratic(100)), calls(lambda: quadratic(100 * TIMES))
    assert grows_too_fast(few, many)
