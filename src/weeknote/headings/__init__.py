"""What a heading says: weeks, dates, numbers, titles and roles. Strings only, no nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.headings.numbers import Episode as Episode
    from weeknote.headings.roles import VOCABULARY as VOCABULARY
    from weeknote.headings.roles import Role as Role
    from weeknote.headings.roles import Vocabulary as Vocabulary
    from weeknote.headings.title import Title as Title
    from weeknote.headings.title import read_title as read_title
    from weeknote.headings.week_writer import format_weeks as format_weeks
    from weeknote.headings.weeks import Week as Week

import_on_first_use(
    __name__,
    {
        "title": ("Title", "read_title"),
        "numbers": ("Episode",),
        "weeks": ("Week",),
        "week_writer": ("format_weeks",),
        "roles": ("Role", "VOCABULARY", "Vocabulary"),
    },
)
