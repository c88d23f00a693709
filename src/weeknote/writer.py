"""Notes to text."""

from __future__ import annotations

from weeknote.note import Archive, Post, Weeknote


def dump(node: Weeknote | Archive | Post) -> str:
    if node.slice is not None:
        return node.slice.text
    raise NotImplementedError
