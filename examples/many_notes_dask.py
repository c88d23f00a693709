"""Count the roles of sections in many weeknotes with Dask, which can also use several machines.

    pip install "dask[bag]"
    python examples/many_notes_dask.py notes/*.md

This uses Dask’s own processes; for several machines, use a scheduler of `dask.distributed`. Workers return only counts.
They could return the notes, too, because every node can be pickled.
Exit status: 0 if every file was read, 2 if not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import weeknote


def roles_in(path: str) -> tuple[Counter[str], tuple[str, ...]]:
    """Return the number of sections of each role in a file, and error messages."""
    try:
        note = weeknote.read(path)
    except (OSError, weeknote.NotTextError) as error:
        return Counter(), (f"{path}: cannot be read: {error}",)
    return Counter(str(section.role) for section in note.sections), ()


def both(
    one: tuple[Counter[str], tuple[str, ...]], other: tuple[Counter[str], tuple[str, ...]]
) -> tuple[Counter[str], tuple[str, ...]]:
    """Combine two results; their order doesn't matter."""
    return one[0] + other[0], one[1] + other[1]


def main() -> int:
    """Print how many sections of each role the files named on the command line have."""
    parser = argparse.ArgumentParser(description="Count the roles of sections in many weeknotes with Dask.")
    parser.add_argument("files", nargs="+", help="weeknotes in UTF-8")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="number of processes (default: 2)")
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
