"""The texts to measure with: the project's own examples, scaled up, and notes from beside the repository."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
EXAMPLES = ROOT / "examples"

MONTHS = "January February March April May June July August September October November December".split()


def text_of(path: Path) -> str:
    """Return the text of a file, its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def examples(suffix: str, copies: int) -> list[str]:
    """Return the examples of one dialect, each with its body several times over."""
    found = []
    for path in sorted(EXAMPLES.glob(f"*{suffix}")):
        text = text_of(path)
        matter, body = split(text)
        found.append(matter + "\n\n".join([body] * copies))
    return found


def split(text: str) -> tuple[str, str]:
    """Return the front matter of an example, and its body."""
    if not text.startswith("---\n"):
        return "", text
    end = text.index("\n---\n", 3) + len("\n---\n")
    return text[:end], text[end:]


def corpus(shared: Path, every: int) -> list[str]:
    """Return each so many-th Markdown note of the corpus; none where there is no corpus."""
    return [text_of(path) for path in sorted((shared / "corpus" / "notes").rglob("*.md"))[::every]]


def seeds(shared: Path) -> list[str]:
    """Return the plain-text seeds; none where there are none."""
    return [text_of(path) for path in sorted((shared / "seeds").glob("*.txt"))]


def one_note(dialect: str, size: int) -> str:
    """Return one note of about a size in characters: the sections of the house style's example, again and again."""
    text = text_of(EXAMPLES / ("house-style.md" if dialect == "markdown" else "house-style.txt"))
    title, body = text.split("\n", 1)
    copies = max(1, round(size / len(body)))
    return title + "\n" + "\n".join([body] * copies)


def archive(dialect: str, notes: int) -> str:
    """Return an archive of so many notes of one section each, newest first, the weeks written without a year."""
    mark = "# " if dialect == "markdown" else ""
    under = "## " if dialect == "markdown" else ""
    bullet = "- " if dialect == "markdown" else "  • "
    monday = date(2024, 9, 9)
    found = []
    for n in range(notes):
        day = monday - timedelta(weeks=n)
        found.append(
            f"{mark}Weeknote w/c {day.day} {MONTHS[day.month - 1]}: the {n}th note and what it is about\n\n"
            "The schools went back this week, and everybody’s phone rang at once. It was busy, in a good way.\n\n"
            f"{under}A form that fits on page {n}\n\n"
            "Our form asked 61 questions. These are the ones that stopped people:\n\n"
            f"{bullet}Words that mean something only to us\n{bullet}Questions we know the answer to\n"
            f"{bullet}Proof that has to be found first: see https://forms.example.org/{n}\n\n"
            f"{under}Something I’m learning\n\n"
            "A long queue is not always a question about how many people we have.\n"
        )
    return "\n".join(found)


def twenty_blocks(dialect: str) -> str:
    """Return a note of 20 blocks: a heading, four sections, paragraphs and lists."""
    mark = "# " if dialect == "markdown" else ""
    under = "## " if dialect == "markdown" else ""
    bullet = "- " if dialect == "markdown" else "  • "
    link = "[one line](https://maps.example.org/q)" if dialect == "markdown" else "one line"
    parts = [f"{mark}Weeknote w/c 9 September: shorter forms, longer queues"]
    parts += ["The schools went back this week, and everybody’s phone rang at once.", f"The query behind it is {link}."]
    for title in (
        "A form that fits on one page",
        "Answering the phone",
        "Other highlights from last week were:",
        "Something I’m learning",
    ):
        parts += [
            f"{under}{title}",
            "Our form asked 61 questions. On Tuesday four residents filled it in, and these are what stopped people:",
            f"{bullet}Words that mean something only to us\n{bullet}Questions we know the answer to\n"
            f"{bullet}A progress bar that went backwards",
            "I tend to treat a long queue as a question about how many people we have, and that is not always so.",
        ]
    parts.append("So the cheapest thing we can do is one sentence at the end of every letter.")
    return "\n\n".join(parts) + "\n"
