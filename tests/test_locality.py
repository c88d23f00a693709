"""Law 2: an edit changes nothing but what it is about, and where it adds, it adds lines."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import weeknote
from fuzz import journey
from strategies import texts
from weeknote import CannotExpressError, Heading, List, ListItem, NotFoundError, Paragraph, Weeknote
from weeknote.nodes import Node

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
EXAMPLES = sorted((ROOT / "examples").glob("*.md")) + sorted((ROOT / "examples").glob("*.txt"))
SHARED = sorted(CORPUS.glob("notes/**/*.md"))[::3] + sorted(CORPUS.glob("pairs/*.txt"))[::3]
NOTES = {path: path.read_bytes().decode() for path in EXAMPLES + SHARED}
KINDS = (Paragraph, ListItem, List, weeknote.Code, weeknote.Blockquote, weeknote.Table)


def note_of(path: Path) -> Weeknote:
    """Return an example as a note."""
    return weeknote.parse(NOTES[path], dialect="markdown" if path.suffix == ".md" else "text")


def targets(note: Weeknote, kinds: tuple[type[Node], ...] = KINDS) -> list[Node]:
    """Return the nodes of a note that an edit can be about."""
    return [node for node in weeknote.walk(note) if isinstance(node, kinds) and node.slice is not None]


def lines(text: str) -> list[str]:
    """Return the lines of a text that are not blank, stripped."""
    return [bare for line in text.splitlines() if (bare := line.rstrip())]


def bare(text: str) -> str:
    """Return a text without its line ends."""
    return text.replace("\r", "").replace("\n", "").rstrip()


@given(st.data())
def test_text_around_a_replaced_node_stays(data: st.DataObject) -> None:
    """Before its start and after its end only newlines are added."""
    path = data.draw(st.sampled_from(list(NOTES)))
    note = note_of(path)
    found = targets(note)
    if not found:
        return
    old = data.draw(st.sampled_from(found))
    new = ListItem("New words.") if isinstance(old, ListItem) else Paragraph("New words, and then some.")
    edited = weeknote.replace(note, old, new)
    try:
        text = weeknote.dump(edited)
    except CannotExpressError:
        return
    assert old.slice is not None
    before, after = NOTES[path][: old.slice.start], NOTES[path][old.slice.end :]
    assert bare(text).startswith(bare(before))
    assert bare(text).endswith(bare(after))
    assert weeknote.parse(text, dialect=note.dialect) == edited


@given(st.data())
def test_what_is_added_adds_lines_and_takes_none(data: st.DataObject) -> None:
    """Every line that showed anything is still there, in its order; so is the meaning."""
    path = data.draw(st.sampled_from(list(NOTES)))
    note = note_of(path)
    found = targets(note, (Paragraph, List, weeknote.Code))
    found = [node for node in found if node in (*note.intro, *(b for s in note.sections for b in s.blocks))]
    if not found:
        return
    beside = data.draw(st.sampled_from(found))
    insert = data.draw(st.sampled_from([weeknote.insert_before, weeknote.insert_after]))
    edited = insert(note, beside, "Something new is said here, in a sentence.")
    try:
        text = weeknote.dump(edited)
    except CannotExpressError:
        return
    there = iter(lines(text))
    assert all(line in there for line in lines(NOTES[path]))
    assert weeknote.parse(text, dialect=note.dialect) == edited


def tight_list(note: Weeknote) -> List | None:
    """Return the longest list of bullets with a line end and without blank lines; None if there is none."""
    found = [
        node
        for node in targets(note, (List,))
        if isinstance(node, List)
        and len(node.items) > 2
        and not node.ordered
        and node.slice is not None
        and node.slice.text.endswith("\n")
        and "\n\n" not in node.slice.text.rstrip()
    ]
    return max(found, key=lambda node: len(node.items), default=None)


def test_a_bullet_is_one_added_line_to_git(tmp_path: Path) -> None:
    """In each example, and in a hundred and more of other people's notes where they are, in both dialects."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    seen = {".md": 0, ".txt": 0}
    every = {*EXAMPLES, *CORPUS.glob("notes/**/*.md"), *CORPUS.glob("pairs/*.txt")}
    for n, path in enumerate(sorted(every)):
        text = path.read_bytes().decode()
        note = weeknote.parse(text, dialect="markdown" if path.suffix == ".md" else "text")
        node = tight_list(note)
        if node is not None:
            name = f"{n}{path.suffix}"
            (old / name).write_bytes(text.encode())
            (new / name).write_bytes(weeknote.dump(weeknote.append(note, node, "A new bullet.")).encode())
            seen[path.suffix] += 1
    command = ["git", "diff", "--no-index", "--numstat", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [line.split("\t")[:2] for line in done.stdout.splitlines()]
    assert rows == [["1", "0"]] * sum(seen.values())
    assert min(seen.values()) >= (30 if SHARED else 1)
    assert sum(seen.values()) >= (100 if SHARED else 3)


def test_git_sees_one_added_line_in_a_list_of_twenty(tmp_path: Path) -> None:
    """The same, as the person who reviews the change sees it."""
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    text = "# Week 1\n\n## Highlights\n\n" + "".join(f"* Item {n}\n" for n in range(20)) + "\nThat is all.\n"
    old.write_text(text)
    note = weeknote.read(old)
    weeknote.write(weeknote.append(note, "highlights", "Spoke at the council."), new)
    command = ["git", "diff", "--no-index", "--numstat", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split()[:2] == ["1", "0"]
    assert "* Spoke at the council.\n\nThat is all.\n" in new.read_text()


EDITS = {
    "a bullet in house style": (
        "Weeknote w/c 6 May: a start\n\nHighlights\n\n  • One\n  • Two\n",
        lambda n: weeknote.append(n, "highlights", "Three"),
        "Weeknote w/c 6 May: a start\n\nHighlights\n\n  • One\n  • Two\n  • Three\n",
    ),
    "a bullet in a loose list": (
        "- One\n\n- Two\n\nEnd.\n",
        lambda n: weeknote.append(n, n.intro[0], "Three"),
        "- One\n\n- Two\n\n- Three\n\nEnd.\n",
    ),
    "an item of two paragraphs in a tight list": (
        "* One\n",
        lambda n: weeknote.append(n, n.intro[0], ListItem([Paragraph("Two"), Paragraph("more")])),
        "* One\n* Two\n\n  more\n",
    ),
    "a bullet below code behind a wide tab": (
        "## Rain\n\n  - \tcode\n",
        lambda n: weeknote.append(n, n.sections[0].blocks[0], "Two"),
        "## Rain\n\n  - \tcode\n  - Two\n",
    ),
    "a bullet behind the widest gap": (
        "## Rain\n\n-    One\n",
        lambda n: weeknote.append(n, n.sections[0].blocks[0], "Two"),
        "## Rain\n\n-    One\n-    Two\n",
    ),
    "words in a quotation whose first line is empty, in a quotation": (
        "> >\n> > One.\n",
        lambda n: weeknote.replace(n, n.intro[0].blocks[0].blocks[0], Paragraph("New.")),
        "> >\n> > New.\n",
    ),
    "words in a quotation whose first line is empty, in an item": (
        "- >\n  > One.\n",
        lambda n: weeknote.replace(n, n.intro[0].items[0].blocks[0].blocks[0], Paragraph("New.")),
        "- >\n  > New.\n",
    ),
    "words right below a heading": (
        "## Rain\nIt did.\n",
        lambda n: weeknote.insert_before(n, n.sections[0].blocks[0], Paragraph("New.")),
        "## Rain\nNew.\n\nIt did.\n",
    ),
    "a bullet below code, and the blank lines below stay": (
        "- One\n\n  ```\n  code\n  ```\n\n\nEnd.\n",
        lambda n: weeknote.append(n, n.intro[0], "Two"),
        "- One\n\n  ```\n  code\n  ```\n- Two\n\n\nEnd.\n",
    ),
    "a bullet below code in a quotation with a blank line below": (
        "> - One\n>\n>   ```\n>   code\n>   ```\n\nEnd.\n",
        lambda n: weeknote.append(n, n.intro[0].blocks[0], "Two"),
        "> - One\n>\n>   ```\n>   code\n>   ```\n> - Two\n\nEnd.\n",
    ),
    "a bullet below code without an end": (
        "- One\n\n  ````\n  code\n  ```\n\n\nEnd.\n",
        lambda n: weeknote.append(n, n.intro[0], "Two"),
        "- One\n\n  ````\n  code\n  ```\n\n\n- Two\n\nEnd.\n",
    ),
    "a bullet in a loose list, with Windows line ends": (
        "- One\r\n\r\n- Two\r\n",
        lambda n: weeknote.append(n, n.intro[0], "Three"),
        "- One\r\n\r\n- Two\r\n\r\n- Three\r\n",
    ),
    "words below a blank line with a space, with old Macintosh line ends": (
        "One.\r \r",
        lambda n: weeknote.insert_after(n, n.intro[0], Paragraph("Two.")),
        "One.\r \rTwo.\r",
    ),
    "a bullet above a blank line, with old Macintosh line ends": (
        "- One\r- Two\r\rEnd.\r",
        lambda n: weeknote.append(n, n.intro[0], "Three"),
        "- One\r- Two\r- Three\r\rEnd.\r",
    ),
    "words below a carriage return": (
        "One.\n\nTwo.\r",
        lambda n: weeknote.insert_after(n, n.intro[1], Paragraph("Three.")),
        "One.\n\nTwo.\r\rThree.\n",
    ),
    "words below a quotation without a line end": (
        "> One.",
        lambda n: weeknote.insert_after(n, n.intro[0], Paragraph("Two.")),
        "> One.\n\nTwo.",
    ),
    "words for a list right below a heading, in plain text": (
        "Weeknote w/c 6 May: a start\n\nMaps\n  • One\n\nThis is the end of it.\n",
        lambda n: weeknote.replace(n, n.sections[0].blocks[0], Paragraph("We drew two of them.")),
        "Weeknote w/c 6 May: a start\n\nMaps\n\nWe drew two of them.\n\nThis is the end of it.\n",
    ),
    "indented words in a quotation whose marks have no space": (
        ">One.\n",
        lambda n: weeknote.replace(n, n.intro[0], weeknote.Blockquote([weeknote.Code("  code")])),
        "> ```\n>   code\n> ```\n",
    ),
    "a bullet below an empty one, with Windows line ends": (
        "-\r\n- Two\r\n",
        lambda n: weeknote.append(n, n.intro[0], "Three"),
        "-\r\n- Two\r\n- Three\r\n",
    ),
    "words in a quotation, of which an item was edited before": (
        "> - One\n> - Two\n> - Three\n> - Four\n\nEnd.\n",
        lambda n: weeknote.insert_after(
            edited := weeknote.replace(n, n.intro[0].blocks[0].items[0].blocks[0], Paragraph("New")),
            edited.intro[0].blocks[0],
            Paragraph("Five."),
        ),
        "> - New\n> - Two\n> - Three\n> - Four\n>\n> Five.\n\nEnd.\n",
    ),
    "a lazy line taken out of a quotation": (
        "## Rain\n\n> [a]: /a\nOne\n- \n",
        lambda n: weeknote.replace(n, n.sections[0].blocks[0], n.sections[0].blocks[0].blocks[1]),
        "## Rain\n\nOne\n\n- \n",
    ),
    "a bullet behind tabs": (
        "* One\n\t* in\n* Two\n",
        lambda n: weeknote.append(n, n.intro[0].items[0].blocks[1], "new"),
        "* One\n\t* in\n\t* new\n* Two\n",
    ),
    "a bullet on the note's only list, in plain text": (
        "Weeknote w/c 6 May: a start\n\nHighlights\n\n+ One\n+ Two\n",
        lambda n: weeknote.append(n, "highlights", "Three"),
        "Weeknote w/c 6 May: a start\n\nHighlights\n\n+ One\n+ Two\n+ Three\n",
    ),
    "words behind a wide gap": (
        "*   One,\n    and more\n\n        code\n",
        lambda n: weeknote.replace(n, n.intro[0].items[0].blocks[0], Paragraph("New.")),
        "*   New.\n\n        code\n",
    ),
    "words behind tabs": (
        "1.\tOne\n\n\tMore.\n\n\t-\tin\n",
        lambda n: weeknote.replace(n, n.intro[0].items[0].blocks[1], Paragraph("New.")),
        "1.\tOne\n\n    New.\n\n\t-\tin\n",
    ),
    "an item's number": (
        "3) One\n9) Two\n",
        lambda n: weeknote.replace(n, n.intro[0].items[1].blocks[0], Paragraph("New.")),
        "3) One\n9) New.\n",
    ),
    "a quotation without blanks behind its marks": (
        ">One\n>\n>Two\n>\n>- Three\n",
        lambda n: weeknote.replace(n, n.intro[0].blocks[1], Paragraph("New.")),
        ">One\n>\n>New.\n>\n>- Three\n",
    ),
    "words in a list in a quotation": (
        ">> - One\n>>   - Two\n>>\n>> # Three\n",
        lambda n: weeknote.replace(n, n.intro[0].blocks[0].blocks[0].items[0].blocks[0], Paragraph("New.")),
        ">> - New.\n>>   - Two\n>>\n>> # Three\n",
    ),
    "words below their marker": (
        "-\n  One\n- Two\n",
        lambda n: weeknote.replace(n, n.intro[0].items[0].blocks[0], Paragraph("New.")),
        "-\n  New.\n- Two\n",
    ),
    "words over lists in lists, in plain text": (
        "Weeknote w/c 6 May: a start\n\n- One\n   - Two\n        - Three\n",
        lambda n: weeknote.replace(n, n.intro[0].items[0].blocks[0], Paragraph("New.")),
        "Weeknote w/c 6 May: a start\n\n- New.\n   - Two\n        - Three\n",
    ),
    "a list before a list": (
        "Maps:\n\n- One\n",
        lambda n: weeknote.insert_before(n, n.intro[1], List(["New."])),
        "Maps:\n\n* New.\n\n- One\n",
    ),
    "old line ends": (
        "One\r\nTwo\n\nThree\rFour\r\n\r## Five\n",
        lambda n: weeknote.insert_after(n, n.intro[-1], Paragraph("New.")),
        "One\r\nTwo\n\nThree\rFour\r\n\rNew.\n\n## Five\n",
    ),
    "a definition beside words in brackets": (
        "The [map] and [the rest].\n\n- [map] *one*\n",
        lambda n: weeknote.insert_after(n, n.intro[0], weeknote.Definition("rest", "/r")),
        "The [map] and [the rest].\n\n[rest]: /r\n\n- [map] *one*\n",
    ),
    "windows line ends": (
        "- One\r\n- Two\r\n",
        lambda n: weeknote.append(n, n.intro[0], "Three"),
        "- One\r\n- Two\r\n- Three\r\n",
    ),
    # The item's carriage return and the blank line's line feed became one line end, and the words an item's.
    "a blank line's line feed after an item's carriage return": (
        "One\r\rTwo\r\rThree\r\r- Four\n\nFive\n",
        lambda n: weeknote.append(n, n.intro[3], "New."),
        "One\r\rTwo\r\rThree\r\r- Four\n- New.\n\nFive\n",
    ),
    "no final line end": ("- One", lambda n: weeknote.append(n, n.intro[0], "Two"), "- One\n- Two"),
    "a numbered list loses its first item": (
        "1. One\n2. Two\n3. Three\n",
        lambda n: weeknote.remove(n, n.intro[0].items[0]),
        "2. Two\n3. Three\n",
    ),
    "what parted two lists goes": (
        "- One\n\nWords.\n\n- Two\n",
        lambda n: weeknote.remove(n, n.intro[1]),
        "- One\n\n- Two\n",
    ),
    "a section with underlined headings": (
        "Rain\n----\n\nIt did.\n",
        lambda n: weeknote.add_section(n, "Sun", "It will."),
        "Rain\n----\n\nIt did.\n\nSun\n---\n\nIt will.\n",
    ),
    "straight apostrophes": (
        "## What I've done\n\nThis.\n",
        lambda n: weeknote.add_section(n, weeknote.Role.LEARNING, "That."),
        "## What I've done\n\nThis.\n\n## Something I'm learning\n\nThat.\n",
    ),
    "a key of the front matter": (
        "---\ntitle: A # b\ndraft: true\n---\nWords.\n",
        lambda n: weeknote.set_front_matter(n, "draft", False),
        "---\ntitle: A # b\ndraft: false\n---\nWords.\n",
    ),
    "words right below front matter": (
        "---\ntitle: Rain\n---\nWords.\n",
        lambda n: weeknote.append(n, n, Paragraph("More.")),
        "---\ntitle: Rain\n---\nWords.\n\nMore.\n",
    ),
    "what is two lines below front matter": (
        "---\ntitle: Rain\n---\n\n\nOne.\n\nTwo.\n",
        lambda n: weeknote.remove(n, n.intro[0]),
        "---\ntitle: Rain\n---\n\n\nTwo.\n",
    ),
    "blanks on the lines below a list": (
        "- One\n  \n\n \nWords.\n",
        lambda n: weeknote.append(n, n.intro[0], "Two"),
        "- One\n- Two\n  \n\n \nWords.\n",
    ),
    "a row of a table with a cell too many": (
        "|a|b|\n|-|-|\n|1|2|\n",
        lambda n: weeknote.replace(n, n.intro[0].rows[1], weeknote.TableRow(["1", "2", "3"])),
        "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n",
    ),
    "a line more in a paragraph": (
        "Words.\r\n\r\nOne\r\n_two_\r\nthree\r\n",
        lambda n: weeknote.replace(n, n.intro[1].children[0], weeknote.Text("One\nand\n")),
        "Words.\r\n\r\nOne\r\nand\r\n_two_\r\nthree\r\n",
    ),
    "a line more in a quotation": (
        "> One\n> *two*\n> three\n",
        lambda n: weeknote.replace(n, n.intro[0].blocks[0].children[0], weeknote.Text("One\nand\n")),
        "> One\n> and\n> *two*\n> three\n",
    ),
    "a line less in a quotation": (
        "> One\n> *two*\n> three\n",
        lambda n: weeknote.replace(n, n.intro[0].blocks[0].children[0], weeknote.Text("One ")),
        "> One *two*\n> three\n",
    ),
    "a list becomes numbered": (
        "- One\n- Two\n",
        lambda n: weeknote.replace(n, n.intro[0], List(n.intro[0].items, ordered=True)),
        "1. One\n2. Two\n",
    ),
    "a list below one without words": (
        "-\n\nWords.\n",
        lambda n: weeknote.append(n, n, List(["New."])),
        "-\n\nWords.\n\n- New.\n",
    ),
    "an empty cell of a table": (
        "|a|b|\n|-|-|\n|1||\n",
        lambda n: weeknote.replace(n, n.intro[0].rows[1].cells[1], weeknote.TableCell("2")),
        "|a|b|\n|-|-|\n|1|2|\n",
    ),
    "words that look like emphasis": (
        "- One\n",
        lambda n: weeknote.append(n, n.intro[0], "*Two*"),
        "- One\n- \\*Two*\n",
    ),
    "a list beside one with the same marker": (
        "- One\n\nWords.\n\n- Two\n",
        lambda n: weeknote.insert_after(n, n.intro[0], List(n.intro[2].items)),
        "- One\n\n* Two\n\nWords.\n\n- Two\n",
    ),
    "a definition that a link needs": (
        "See [a].\n\n[a]: /x\n\nWords.\n",
        lambda n: weeknote.remove(n, n.intro[1]),
        "See [a](/x).\n\nWords.\n",
    ),
    "a key of two words in TOML": (
        "+++\ntitle = 'Rain'\n+++\n\nWords.\n",
        lambda n: weeknote.set_front_matter(n, "so wet", "very"),
        '+++\ntitle = \'Rain\'\n"so wet" = "very"\n+++\n\nWords.\n',
    ),
    "a title that the front matter gives too": (
        "---\ntitle: Rain\n---\n\n# Rain\n\nWords.\n",
        lambda n: weeknote.set_title(n, "Sun"),
        "---\ntitle: Sun\n---\n\n# Sun\n\nWords.\n",
    ),
    "other weeks": (
        "# Weeknote w/c 6 May: rain\n",
        lambda n: weeknote.set_weeks(n, weeknote.Week(13, 5), weeknote.Week(20, 5)),
        "# Weeknote w/c 13 & 20 May: rain\n",
    ),
    "a definition right above another one": (
        "See [a].\n\n[a]: /old\n[b]: /b\n",
        lambda n: weeknote.replace(n, n.intro[1], weeknote.Definition("a", "/new")),
        "See [a].\n\n[a]: /new\n[b]: /b\n",
    ),
    "a definition above all others": (
        "[a]: /a\n[b]: /b\n\nSee [a].\n",
        lambda n: weeknote.insert_before(n, n.intro[0], weeknote.Definition("c", "/c")),
        "[c]: /c\n[a]: /a\n[b]: /b\n\nSee [a].\n",
    ),
    "a footnote right above another one": (
        "So[^1] and so.[^2]\n\n[^1]: One.\n[^2]: Two.\n",
        lambda n: weeknote.replace(n, n.intro[1], weeknote.FootnoteDefinition("1", [Paragraph("New.")])),
        "So[^1] and so.[^2]\n\n[^1]: New.\n[^2]: Two.\n",
    ),
    "the first block of a quotation with uneven marks": (
        ">One.\n>\n>   ---\n> > Two.\n",
        lambda n: weeknote.remove(n, n.intro[0].blocks[0]),
        ">   ---\n> > Two.\n",
    ),
    "what is above code without an end": (
        "- - One\n  ```\n  code\n",
        lambda n: weeknote.remove(n, n.intro[0].items[0].blocks[0]),
        "- ```\n  code\n",
    ),
    "code without an end moves up": (
        "One.\n\nTwo.\n\n~~~ py\ncode\n",
        lambda n: weeknote.insert_before(weeknote.remove(n, n.intro[2]), n.intro[1], n.intro[2]),
        "One.\n\n```py\ncode\n```\n\nTwo.\n",
    ),
    "indented code moves below a list": (
        "- One\n\nTwo.\n\n    code\n",
        lambda n: weeknote.insert_after(weeknote.remove(n, n.intro[2]), n.intro[0], n.intro[2]),
        "- One\n\n```\ncode\n```\n\nTwo.\n",
    ),
    "what is right below front matter": (
        "---\ntitle: Maps\n---\nRain.\n\nSun.\n",
        lambda n: weeknote.remove(n, n.intro[0]),
        "---\ntitle: Maps\n---\n\nSun.\n",
    ),
    "a new block below front matter": (
        "---\ntitle: Maps\n---\nRain.\n",
        lambda n: weeknote.replace(n, n.intro[0], Paragraph("Sun.")),
        "---\ntitle: Maps\n---\n\nSun.\n",
    ),
    "the title in front matter below a byte order mark": (
        "\ufeff---\ntitle: Maps\n---\nRain.\n",
        lambda n: weeknote.set_title(n, "Bees"),
        "\ufeff---\ntitle: Bees\n---\nRain.\n",
    ),
    "numbered lists that meet": (
        "## Rain\n\n1. One\n\nTwo.\n\n5. Three\n",
        lambda n: weeknote.remove(n, n.sections[0].blocks[1]),
        "## Rain\n\n1. One\n\n5. Three\n",
    ),
    "a section renamed": (
        "## Rain\n\nIt did.\n",
        lambda n: weeknote.rename_section(n, "rain", "Sun"),
        "## Sun\n\nIt did.\n",
    ),
}


@pytest.mark.parametrize(("old", "edit", "new"), EDITS.values(), ids=EDITS)
def test_an_edit_writes_what_a_person_would(old: str, edit: object, new: str) -> None:
    """New text takes the note's own style."""
    assert callable(edit)
    assert weeknote.dump(edit(weeknote.parse(old))) == new


REFUSED = {
    "code without an end": (
        "Words.\n\n```\ncode",
        lambda n: weeknote.append(n, n, "New."),
        weeknote.Code,
    ),
    "a comment without an end": (
        "<!-- Words.\n\nMore.\n",
        lambda n: weeknote.append(n, n, "New."),
        weeknote.Html,
    ),
    "code that would be an item's": (
        "Words.\n\n    code\n",
        lambda n: weeknote.insert_before(n, n.intro[1], List(["New."])),
        List,
    ),
    "a numbered list between two that have both markers": (
        "## Rain\n\n1. One\n\n2) Two\n",
        lambda n: weeknote.insert_after(n, n.sections[0].blocks[0], List(["New."], ordered=True)),
        List,
    ),
    "words that were a definition's": (
        "[a]: /a\n<b>\n",
        lambda n: weeknote.remove(n, n.intro[0]),
        Paragraph,
    ),
    "an indented quotation that would be the item's above": (
        "* One\n\n> - Two\n>\n   > Three\n",
        lambda n: weeknote.remove(n, n.intro[1].blocks[0]),
        List,
    ),
    "front matter that was none": (
        "Words.\n\n---\ntitle: Rain\n---\n",
        lambda n: weeknote.remove(n, n.intro[0]),
        weeknote.ThematicBreak,
    ),
    "a heading that would be a caption": (
        "Weeknote w/c 6 May: a start\n\nMaps\n\nWe drew two of them this week.\n\nBees\n\nWe kept them warm, mostly.\n",
        lambda n: weeknote.remove(n, n.sections[0].blocks[0]),
        Heading,
    ),
}
"""Edits after which what was read would be something else, whatever is written: the node to blame."""


@pytest.mark.parametrize(("text", "edit", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_was_read_is_never_respelled_to_make_room(text: str, edit: object, kind: type[Node]) -> None:
    """Where no newline helps, the edit is refused, and the note that was read is as it was."""
    assert callable(edit)
    note = weeknote.parse(text)
    with pytest.raises(CannotExpressError) as caught:
        weeknote.dump(edit(note))
    assert type(caught.value.node) is kind
    assert weeknote.dump(note) == text


@pytest.mark.parametrize("text", ["* One\n* Two\n", "1. One\n2. Two\n"])
def test_plain_text_refuses_a_list_that_one_line_does_not_make(text: str) -> None:
    """Where the list was the whole note, its last line was written all the same, and read as words."""
    note = weeknote.parse(text, dialect="text")
    assert isinstance(note.intro[0], List)
    with pytest.raises(weeknote.CannotExpressError) as caught:
        weeknote.dump(weeknote.remove(note, note.intro[0].items[1]))
    assert isinstance(caught.value.node, List)


@given(text=texts, choice=st.integers(0, 2**32 - 1), dialect=st.sampled_from(["markdown", "text"]))
def test_an_edit_of_any_text_leaves_the_rest(text: str, choice: int, dialect: str) -> None:
    """A node replaced, removed or added beside: before it and after it every character stays, or it is refused."""
    journey.editing(weeknote.parse(text, dialect=dialect), choice)


def test_an_edit_is_addressed_to_the_node_itself() -> None:
    """A node that equals one in the note is not in the note, and the old note is as it was."""
    text = "Rain.\n\nRain.\n"
    note = weeknote.parse(text, dialect="markdown")
    with pytest.raises(NotFoundError, match="is not in the note"):
        weeknote.remove(note, Paragraph("Rain."))
    assert weeknote.dump(weeknote.remove(note, note.intro[1])) == "Rain.\n\n"
    assert weeknote.dump(note) == text


def test_a_section_that_is_not_there_is_named_with_those_that_are() -> None:
    """A mistyped title lists all titles; an ambiguous one lists its candidates."""
    note = weeknote.parse("## Rain\n\nIt did.\n\n## Sun\n\nIt will.\n\n## Rain\n\nAgain.\n")
    with pytest.raises(NotFoundError, match=r"'Rain', 'Sun', 'Rain'"):
        weeknote.append(note, "snow", "No.")
    with pytest.raises(weeknote.AmbiguousError, match="2 sections"):
        weeknote.append(note, "Rain", "No.")


def test_a_role_names_no_section_of_several_notes() -> None:
    """In a note it is the first section of that role; in an archive that would be a guess."""
    archive = weeknote.parse_archive("# w/c 13 May\n\n## Highlights\n\nA.\n\n# w/c 6 May\n\n## Highlights\n\nB.\n")
    with pytest.raises(weeknote.AmbiguousError, match="2 sections"):
        weeknote.append(archive, "highlights", "No.")


def test_a_heading_cannot_be_taken_from_its_section() -> None:
    """Only the section as a whole can be removed."""
    note = weeknote.parse("## Rain\n\nIt did.\n")
    with pytest.raises(CannotExpressError, match="has one heading"):
        weeknote.remove(note, note.sections[0].heading)
    assert weeknote.dump(weeknote.replace(note, note.sections[0].heading, Heading(2, "Sun"))) == "## Sun\n\nIt did.\n"
