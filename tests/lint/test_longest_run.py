"""The longest run of keys that never decreases."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from weeknote.lint.longest_run import longest_run


def longest_length(keys: list[int]) -> int:
    """Return the length of a longest run, the slow way."""
    lengths: list[int] = []
    for i, key in enumerate(keys):
        lengths.append(1 + max((lengths[j] for j in range(i) if keys[j] <= key), default=0))
    return max(lengths, default=0)


@given(st.lists(st.integers(0, 8), max_size=14))
def test_a_longest_run_is_in_order_and_as_long_as_any(keys: list[int]) -> None:
    """Its indices rise, its keys never fall, and no other run is longer."""
    run = longest_run(keys)
    assert all(a < b and keys[a] <= keys[b] for a, b in pairwise(run))
    assert len(run) == longest_length(keys)
