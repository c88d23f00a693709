"""Work counted in calls of functions: a measure that no clock and no busy machine disturbs."""

from __future__ import annotations

import cProfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 4
"""How many times as large the text is that it is compared with."""

MOST_CALLS = 4.8
"""How many times the calls that larger text may take; quadratic work takes sixteen times as many."""

FEW_CALLS = 2_500
"""Calls that are no growth: what the first use of something takes."""


def calls(work: Callable[[], object]) -> int:
    """Return how many functions some work calls, those written in C too."""
    profiler = cProfile.Profile(builtins=True)
    profiler.runcall(work)
    return sum(entry.callcount for entry in profiler.getstats())


def grows_too_fast(few: int, many: int) -> bool:
    """Return whether `TIMES` times the text took more than its share of calls."""
    return many > MOST_CALLS * few + FEW_CALLS
