"""The front matter of a note as a node."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, get_args

import attrs

from weeknote.front_matter import detection, reader
from weeknote.headings.dates import as_date
from weeknote.headings.front_matter_keys import weeks_under_key
from weeknote.nodes.base import STR, BlockNode, set_field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from weeknote.errors import WeeknoteError
    from weeknote.headings.weeks import Week


class _Contents:
    """What front matter says, each part found on first use and kept: a check asks for all of them many times."""

    def __init__(self, reading: reader.Reading) -> None:
        self.reading = reading

    @cached_property
    def title(self) -> str | None:
        value = reader.title_of(self.reading.values)
        return None if value is None else str(value).rstrip()

    @cached_property
    def published(self) -> date | None:
        return as_date(reader.date_of(self.reading.values))

    @cached_property
    def weeks(self) -> tuple[str | None, tuple[Week, ...]]:
        return weeks_under_key(self.reading.values) or (None, ())


@attrs.frozen
class FrontMatter(BlockNode):
    r"""The metadata block before a note's body, kept as written and read on demand.

    Attributes:
        raw: the block with its fences, without the last line end; lines end in `"\n"`.
        kind: its syntax: `"yaml"`, `"toml"`, `"toml-fence"`, `"json"`, `"pelican"` or `"ini"`.

    >>> FrontMatter("---\ntitle: Week 12\ndate: 2024-03-22\n---", "yaml").title
    'Week 12'
    """

    raw: str = attrs.field(validator=STR)
    kind: detection.Kind = attrs.field(default="yaml", validator=attrs.validators.in_(get_args(detection.Kind)))
    _contents: _Contents | None = attrs.field(init=False, default=None, eq=False, repr=False)

    def _read(self) -> _Contents:
        contents = self._contents
        if contents is None:
            contents = _Contents(reader.read(self.raw, self.kind))
            set_field(self, "_contents", contents)
        return contents

    @property
    def values(self) -> Mapping[str, object]:
        """The top-level keys and values, in order; unreadable ones are left out."""
        return self._read().reading.values

    @property
    def problem(self) -> WeeknoteError | None:
        """The error that ended parsing, with its `place` in the block; None if there was none."""
        return self._read().reading.problem

    @property
    def title(self) -> str | None:
        """The whole title, or None."""
        return self._read().title

    @property
    def published(self) -> date | None:
        """The publication date, or None."""
        return self._read().published

    @property
    def weeks(self) -> tuple[Week, ...]:
        r"""The weeks under a key such as `week_ending` or `week`, or `()`.

        >>> FrontMatter("---\nweek_ending: 2024-03-08\n---").weeks[0].start
        datetime.date(2024, 3, 4)
        """
        return self._read().weeks[1]

    @property
    def week_key(self) -> str | None:
        r"""The key that states `weeks`, or None.

        >>> FrontMatter("---\ntitle: Maps\nweek_ending: 2024-03-08\n---").week_key
        'week_ending'
        """
        return self._read().weeks[0]
