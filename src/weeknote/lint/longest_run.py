"""The longest non-decreasing subsequence: what is in order when some items are not."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def longest_run(keys: Sequence[int]) -> list[int]:
    """Return the indices of a longest subsequence of keys that never decreases, in O(n log n).

    >>> longest_run([3, 1, 2, 2, 0, 5])
    [1, 2, 3, 5]
    """
    tails: list[int] = []  # for each length, the smallest key that a run of that length can end with …
    ends: list[int] = []  # … and its index
    previous: list[int] = []
    for i, key in enumerate(keys):
        length = bisect_right(tails, key)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1], ends[length : length + 1] = [key], [i]
    run = []
    i = ends[-1] if ends else -1
    while i >= 0:
        run.append(i)
        i = previous[i]
    return run[::-1]
