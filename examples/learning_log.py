"""Collect the learning sections of some weeknotes on one Markdown page.

    python examples/learning_log.py --near 2024-10-14 examples/archive.txt > learned.md

The files may be notes or archives, in plain text or Markdown. The page starts with the oldest note; those whose year is
unknown come last.
Exit status: 0 if something was found, 1 if no note has a learning section, 2 if a file could not be read.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import weeknote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes import Block

SPECIAL = re.compile(r"[\\`*<\[\]]|(?<!\w)_|_(?!\w)")
"""Characters that mean something in Markdown and nothing in plain text."""


class Lesson(NamedTuple):
    """One learning section, ready to be printed."""

    day: date
    heading: str
    body: str


def escaped(words: str) -> str:
    """Escape plain text for Markdown."""
    return SPECIAL.sub(r"\\\g<0>", words)


def as_markdown(blocks: tuple[Block, ...], indent: str = "") -> Iterator[str]:
    """Yield plain-text blocks as Markdown: paragraphs, and lists inside lists."""
    for block in blocks:
        if isinstance(block, weeknote.List):
            lines = []
            for item in block.items:
                lines.append(f"{indent}- {escaped(item.text)}")
                lines += as_markdown(item.blocks[1:], indent + "  ")
            yield "\n".join(lines)
        else:
            yield indent + escaped(block.text)


def as_written(text: str, blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield Markdown blocks exactly as they are in their source."""
    for block in blocks:
        if block.position is not None:
            yield text[block.position.start.offset : block.position.end.offset]


def lessons(text: str, near: date | None) -> Iterator[Lesson]:
    """Yield the learning sections of every weeknote in a text."""
    for note in weeknote.parse_archive(text, near=near).weeknotes:
        day = next((week.start for week in note.weeks if week.start), None) or note.published or date.max
        for section in note.sections:
            if section.role == weeknote.Role.LEARNING:
                markdown = note.dialect == "markdown"
                parts = as_written(text, section.blocks) if markdown else as_markdown(section.blocks)
                name = note.title or note.headline or section.title
                yield Lesson(day, name if day == date.max else f"{day}: {name}", "\n\n".join(parts))


def main() -> int:
    """Print the learning log of every file named on the command line."""
    parser = argparse.ArgumentParser(description="Collect every learning section of some weeknotes.")
    parser.add_argument("files", nargs="+", type=Path, help="weeknotes or archives")
    parser.add_argument(
        "--near", type=date.fromisoformat, metavar="DATE", help="a date close to the notes, which gives the year"
    )
    given = parser.parse_args()
    found: list[Lesson] = []
    unread = False
    for path in given.files:
        try:
            found += lessons(path.read_bytes().decode("utf-8"), given.near)
        except (OSError, UnicodeDecodeError) as error:
            print(f"{path}: cannot be read: {error}", file=sys.stderr)
            unread = True
    if found:
        print("# What we learned")
        for lesson in sorted(found, key=lambda lesson: lesson.day):
            print(f"\n## {lesson.heading}\n\n{lesson.body}")
    return 2 if unread else 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
