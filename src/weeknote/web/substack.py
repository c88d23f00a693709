"""Exports of Substack: pages without titles, and a table of the titles and dates beside them."""

from __future__ import annotations

import csv
import html
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExportedPost(NamedTuple):
    """What the table of an export says about a post; the date is `""` if it was not published."""

    title: str
    date: str
    is_published: bool


def read_table(lines: Iterable[str]) -> dict[str, ExportedPost]:
    """Return what `posts.csv` says about each post, by the name of its page without the suffix.

    >>> read_table(["post_id,post_date,is_published,title", "7.fog,2024-03-22T17:04:11.000Z,true,Week 12"])
    {'7.fog': ExportedPost(title='Week 12', date='2024-03-22T17:04:11.000Z', is_published=True)}
    """
    return {
        row["post_id"]: ExportedPost(
            row.get("title") or "", row.get("post_date") or "", (row.get("is_published") or "").casefold() == "true"
        )
        for row in csv.DictReader(lines)
        if row.get("post_id")
    }


def whole_page(content: str, post: ExportedPost) -> str:
    """Return a page of an export with its title and date on it, as on the site."""
    title, date = html.escape(post.title), html.escape(post.date)
    return (
        f'<article class="h-entry"><h1 class="p-name">{title}</h1><time class="dt-published" datetime="{date}"></time>'
        f'<div class="e-content">{content}</div></article>'
    )
