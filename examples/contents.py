"""Print what is in some weeknotes: the week, the title, and each section with its role and its size.

    python examples/contents.py                          the notes beside this script
    python examples/contents.py --near 2024-10-14 my-notes.txt

Exit status: 0 if every file was read, 2 if one was not (the others are still printed).
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import weeknote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes import Block

HERE = Path(__file__).parent


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: `1 item`, `2 items`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def size(blocks: tuple[Block, ...]) -> str:
    """Return how many paragraphs there are among some blocks, and how many list items at any depth."""
    paragraphs = sum(isinstance(block, weeknote.Paragraph) for block in blocks)
    items = sum(1 for block in blocks for _ in weeknote.find_all(block, weeknote.ListItem))
    return f"{counted(paragraphs, 'paragraph')}, {counted(items, 'item')}"


def when(note: weeknote.Weeknote) -> str:
    """Return the note's weeks, else its numbers, else its publication date."""
    if note.weeks:
        return " and ".join(str(week.start or f"{week.day}/{week.month}, year unknown") for week in note.weeks)
    if note.numbers:
        return " ".join(f"#{number}" for number in note.numbers)
    return str(note.published or "undated")


def describe(entry: weeknote.Weeknote | weeknote.Post) -> Iterator[str]:
    """Yield the lines that describe one note, or one post between notes."""
    if isinstance(entry, weeknote.Post):
        yield f"  (a post) {entry.title or 'untitled'}"
        yield f"    {size(entry.blocks)}"
        return
    yield f"  {when(entry)}: {entry.title or entry.headline or 'untitled'}"
    if entry.intro:
        yield f"    {'intro':<11} {size(entry.intro)}"
    for section in entry.sections:
        yield f"    {section.role:<11} {section.title}: {size(section.blocks)}"
    if entry.trailer:
        yield f"    {'trailer':<11} {size(entry.trailer)}"


def main() -> int:
    """Print the contents of every file named on the command line."""
    parser = argparse.ArgumentParser(description="Print what is in some weeknotes.")
    parser.add_argument("files", nargs="*", type=Path, help="weeknotes or archives (default: the examples)")
    parser.add_argument(
        "--near", type=date.fromisoformat, metavar="DATE", help="a date close to the notes, which gives the year"
    )
    given = parser.parse_args()
    files = given.files or sorted(path for path in HERE.iterdir() if path.suffix in {".md", ".txt"})
    status = 0
    for path in files:
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            print(f"{path}: cannot be read: {error}", file=sys.stderr)
            status = 2
            continue
        print(path.name)
        for entry in weeknote.parse_archive(text, near=given.near).entries:
            print("\n".join(describe(entry)))
    return status


if __name__ == "__main__":
    sys.exit(main())
