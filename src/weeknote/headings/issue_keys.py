"""Find the number and the episode that keys of front matter state: "issue: 12", "season: 2" beside "episode: 4"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.front_matter.reader import fold_key
from weeknote.headings.numbers import Episode
from weeknote.headings.week_keys import NUMBER_KEYS as WEEK_NUMBER_KEYS
from weeknote.headings.week_keys import weeks_under_key

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER_KEYS = (
    *("issue", "issuenumber", "issueno", "weeknote", "weeknotenumber", "weeknotesnumber", "edition", "number"),
    *WEEK_NUMBER_KEYS,
)
SEASON_KEYS = ("season", "series", "volume")
EPISODE_KEYS = ("episode", "episodenumber")


def number_under_key(values: Mapping[str, object]) -> int | None:
    """Return the number under the first key of front matter that holds one, or None.

    A key such as `week` holds the number of a week in the series, unless with a year beside it it states a week.

    >>> number_under_key({"week": 173}), number_under_key({"week": 12, "year": 2024})
    (173, None)
    """
    stated = weeks_under_key(values)
    return _number({key: value for key, value in values.items() if stated is None or key != stated[0]}, NUMBER_KEYS)


def episode_under_keys(values: Mapping[str, object]) -> Episode | None:
    """Return the season and episode under keys of front matter, or None if either is missing.

    >>> episode_under_keys({"season": "05", "episode": 9})
    Episode(season=5, number=9)
    """
    season, number = _number(values, SEASON_KEYS), _number(values, EPISODE_KEYS)
    return None if season is None or number is None else Episode(season, number)


def _number(values: Mapping[str, object], names: tuple[str, ...]) -> int | None:
    by_name = {fold_key(key): value for key, value in values.items()}
    return next((number for name in names if (number := _as_number(by_name.get(name))) is not None), None)


def _as_number(value: object) -> int | None:
    if isinstance(value, str) and len(value) <= 4 and value.isascii() and value.isdecimal():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999 else None
