"""`weeknote list`: one line for each note of a series, in the order of its weeks."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from weeknote.cli.main import main

FOLDER = {
    "n/2024-05-24.md": "---\ntitle: 'Weeknotes #3: first honey'\n---\n\n## Bees\n\nA jar.\n\n## Roof\n\nDry.\n",
    "n/second.md": "# Weeknotes #2\n\nRain.\n",
    "n/2024-05-10.md": "# Weeknotes #1\n\nSun.\n",
    "n/zero.txt": "Weeknote w/c 29 April 2024: the roof\n\nIt was built.\n",
    "n/undated.md": "# Weeknotes: nothing new\n\nFog.\n",
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A series in a folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    Path("n").mkdir()
    for name, text in FOLDER.items():
        Path(name).write_text(text, encoding="utf-8")


def lines(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    """Run `weeknote list` and return the lines on standard output."""
    assert main(["list", *argv]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_a_line_for_each_note(capsys: pytest.CaptureFixture[str]) -> None:
    """Week, evidence, number, title, sections, file; what was not placed comes last and says why."""
    assert lines(capsys, "n") == [
        "2024-04-29     stated        the roof  n/zero.txt:1",
        "2024-05-06     published  1  Weeknotes #1  n/2024-05-10.md:1",
        "2024-05-13     number     2  Weeknotes #2  n/second.md:1",
        "2024-05-20     published  3  first honey  [Bees, Roof]  n/2024-05-24.md:1",
        "-              -             nothing new  n/undated.md:1  (it has no week, date or number)",
    ]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object for each note, on one line."""
    *_, third, undated = map(json.loads, lines(capsys, "--json", "n"))
    assert third == {
        "file": "n/2024-05-24.md",
        "line": 1,
        "weeks": ["2024-05-20"],
        "evidence": "published",
        "confidence": "low",
        "reason": None,
        "numbers": ["3"],
        "published": "2024-05-24",
        "title": "first honey",
        "sections": ["Bees", "Roof"],
    }
    assert (undated["weeks"], undated["evidence"], undated["confidence"]) == ([], None, None)


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """A table with a header, read back by any reader of CSV."""
    rows = list(csv.DictReader(lines(capsys, "--csv", "n")))
    assert [row["file"] for row in rows] == [
        "n/zero.txt",
        "n/2024-05-10.md",
        "n/second.md",
        "n/2024-05-24.md",
        "n/undated.md",
    ]
    assert (rows[3]["weeks"], rows[3]["numbers"], rows[3]["sections"]) == ("2024-05-20", "3", "Bees; Roof")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# w/c 6 & 13 May 2024: two", "2024-05-06 +1  stated     two  a.md:1", id="several-weeks"),
        pytest.param("# Weeknotes S02E04: four", "-              -          S2E4  four  a.md:1", id="an-episode"),
        pytest.param(
            "# w/c 6 May: one", "-              -          one  a.md:1  (the year of its week is unknown", id="no-year"
        ),
        pytest.param("# w/c 6 May 2024: \x1b[31mred", r"2024-05-06     stated     \x1b[31mred  a.md:1", id="escapes"),
    ],
)
def test_what_a_line_shows(capsys: pytest.CaptureFixture[str], text: str, expected: str) -> None:
    """Several weeks, seasons and hostile titles fit on one line."""
    Path("a.md").write_text(text + "\n", encoding="utf-8")
    (line,) = lines(capsys, "a.md")
    assert line.startswith(expected)


def test_several_processes_list_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The order and the weeks don't depend on who read the files."""
    assert lines(capsys, "--jobs", "2", "n") == lines(capsys, "n")


def test_an_archive_is_listed_note_by_note(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line says where its note begins."""
    Path("all.md").write_text("# w/c 13 May 2024\n\nB.\n\n# w/c 6 May 2024\n\nA.\n", encoding="utf-8")
    assert [line.rpartition(" ")[2] for line in lines(capsys, "all.md")] == ["all.md:5", "all.md:1"]


def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """It is one message and status 2; the others are listed."""
    assert main(["list", "n/zero.txt", "gone.md"]) == 2
    out, err = capsys.readouterr()
    assert out == "2024-04-29     stated     the roof  n/zero.txt:1\n"
    assert err.startswith("weeknote: gone.md: ")
