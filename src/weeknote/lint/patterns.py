"""File patterns as in `.gitignore`: matched one folder at a time, in time linear in the path for any pattern."""

from __future__ import annotations

import fnmatch
import functools
import os
import re

from weeknote.errors import WeeknoteError

CLASS = re.compile(r"\[!?(\]?[^\]/]*)\]")
RANGE = re.compile(r"(.)-(.)", re.DOTALL)


class InvalidPatternError(WeeknoteError):
    """A file pattern can match nothing because it is misspelt; `found` is the pattern."""


def relative_name(path: str | os.PathLike[str], folder: str) -> str:
    """Return a path relative to a folder, with forward slashes."""
    # Not Path.resolve: what counts are the names that people see, not where links lead.
    return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")  # noqa: PTH100 # see above


def matches(path: str, pattern: str) -> bool:
    """Return whether a path matches a pattern, by the rules of `.gitignore`.

    A pattern without a slash, or with one only at its end, matches a name at any depth; any other matches the whole
    path. Whatever is in a folder that matches, matches too. `*` and `?` stop at slashes; `**` between slashes matches
    any number of folders.

    Args:
        path: a path with forward slashes.
        pattern: the pattern.

    Raises:
        InvalidPatternError: the pattern has a range such as `[z-a]`.

    >>> [matches("2019/may/w1.md", p) for p in ("w1.md", "2019/", "2019/*.md", "2019/**/*.md", "ma[xy]/")]
    [True, True, False, True, True]
    """
    steps = compile_pattern(pattern)
    last = len(steps) - 1
    reached = {0}  # the steps that the folders so far can have led to
    for name in path.split("/"):
        following = set()
        for i, step in enumerate(steps):
            if i not in reached:
                continue
            if step is None and i < last:
                following.add(i)
                reached.add(i + 1)  # `**` can match no folder at all
            elif step is None or step.fullmatch(name):
                following.add(i + 1)
        if len(steps) in following:
            return True
        reached = following
    return False


@functools.lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """Return a pattern as one regular expression for each folder, with None for `**`.

    Raises:
        InvalidPatternError: the pattern has a range such as `[z-a]`.
    """
    for found in CLASS.finditer(pattern):
        for first, last in RANGE.findall(found[1]):
            if first > last:
                raise InvalidPatternError(
                    f"bad range {first}-{last} in the pattern {pattern!r}; write {last}-{first}", found=pattern
                )
    body = pattern.removesuffix("/").removeprefix("./")
    names = body.removeprefix("/").split("/")
    steps: list[re.Pattern[str] | None] = [None] if "/" not in body else []
    for name in names:
        if name != "**":
            steps.append(re.compile(fnmatch.translate(name)))
        elif not steps or steps[-1] is not None:
            steps.append(None)
    return tuple(steps)
