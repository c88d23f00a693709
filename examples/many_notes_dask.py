"""Read many weeknotes with Dask: the same function, handed to an engine that can also spread it over machines.

    pip install "dask[bag]"
    python examples/many_notes_dask.py notes/*.md

On one machine Dask’s own processes do the reading; with `dask.distributed` the bag stays as it is and the scheduler is
another. Workers send back only the counts, since nobody needs ten thousand notes in one place; they could send the
notes themselves, because every node pickles.
Exit status: 0 if every file was read, 2 if not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import weeknote


def roles_in(path: str) -> tuple[Counter[str], tuple[str, ...]]:
    """Return how many sections of each role a file has, and what went wrong with it."""
    try:
        note = weeknote.read(path)
    except (OSError, weeknote.NotTextError) as error:
        return Counter(), (f"{path}: cannot be read: {error}",)
    return Counter(str(section.role) for section in note.sections), ()


def both(
    one: tuple[Counter[str], tuple[str, ...]], other: tuple[Counter[str], tuple[str, ...]]
) -> tuple[Counter[str], tuple[str, ...]]:
    """Return two results as one; the order in which results come does not matter."""
    return one[0] + other[0], one[1] + other[1]


def main() -> int:
    """Print how many sections of each role the files named on the command line have."""
    parser = argparse.ArgumentParser(description="Count the roles of sections in many weeknotes with Dask.")
    parser.add_argument("files", nargs="+", help="weeknotes in UTF-8")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes; two if nothing is said")
    given = parser.parse_args()
    try:
        from dask import bag
    except ImportError:
        print('Dask is not installed: pip install "dask[bag]"', file=sys.stderr)
        return 2
    files = bag.from_sequence(given.files, npartitions=given.jobs * 4)
    counts = files.map(roles_in).fold(both, initial=(Counter(), ()))
    roles, wrong = counts.compute(scheduler="processes", num_workers=given.jobs)
    for message in sorted(wrong):
        print(message, file=sys.stderr)
    print(", ".join(f"{role}: {count}" for role, count in sorted(roles.items())) or "no sections")
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
