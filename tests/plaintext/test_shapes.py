"""Where a line stops having the shape of a heading: the limits on its length and its words."""

from __future__ import annotations

import pytest

from weeknote.plaintext.shapes import is_heading_shaped


@pytest.mark.parametrize(
    ("longest", "too_long"),
    [
        pytest.param("M" + "ap" * 39 + "s", "M" + "ap" * 40, id="80 characters"),
        pytest.param("Maps and bees…", "Maps and more bees…", id="3 words before an ellipsis"),
        pytest.param("Maps and bees...", "Maps and more bees...", id="3 words before three dots"),
        pytest.param("Maps at last!", "The maps at last!", id="3 words before an exclamation mark"),
        pytest.param("maps of the town", "maps of the old town", id="4 words from a lower-case letter"),
        pytest.param("It is all maps and bees today", "It is all maps and bees again today", id="7 words of a clause"),
        pytest.param(
            "Who draws the maps when all of us are out?",
            "Who draws the maps when all of us are out again?",
            id="10 words before a question mark",
        ),
    ],
)
def test_a_heading_has_a_limit(longest: str, too_long: str) -> None:
    """One more character or word makes a sentence of it."""
    assert is_heading_shaped(longest)
    assert not is_heading_shaped(too_long)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Misc.", True),
        ("Maps.", False),
        ("So close!", False),
        ("We did it!", False),
        ("Great maps!", True),
        ("and so we left", False),
        ("so many maps", False),
        ("maps and bees", True),
        ("TL;DR", True),
        ("maps; bees", False),
        ("pic.example.com/maps", False),
        ("Maps 2.0", True),
        ("@ada", False),
        ("$ make maps", False),
        ("$5 maps", True),
        ("Steps: 10,000", False),
        ("Hours slept: 7.5 h", False),
        ("Plans: 2025", True),
        ("Season 1: Episode 1", True),
        ("Figure 1: a map", False),
        ("Table tennis", True),
        ("Credit: Ada", False),
        ("Credit unions", True),
        ("Edit: a typo", False),
        ("Read more here", False),
        ("Read more", False),
        ("Read more books", True),
        ("Continue reading", False),
        ("View on the harbour", False),
        ("Love, Ada", False),
        ("Ada xx", False),
        ("Project X", True),
        ("Take care", False),
        ("Take care of maps", True),
        ("Bis bald", False),
        ("À bientôt !", False),
        ("Hasta la próxima", False),
        ("Tot volgende week", False),
        ("またね", False),
        ("Above: the town", False),
        ("Above the town", True),
        ("Feedback welcome", False),
        ("Feedback on maps", True),
        ("Advertisement", False),
        ("Advertising", True),
        ("Wins!", True),
        ("And", False),
        ("Also bees", True),
        ("👉 Draw the map", False),
        ("💡 Random notes", True),
        ("Wow!", False),
        ("Phew…", False),
        ("Right turns", True),
        ("Hello from the map room", True),
        ("“Maps” and bees", True),
        ("“Maps and bees”", False),
        ("Maps {#maps}", True),
        ("Is it?", True),
        ("Who walks the streets of the ward when it rains?", True),
        ("Who walks the streets of the ward when it rains again?", False),
    ],
)
def test_punctuation_and_linking_words(line: str, expected: bool) -> None:
    """A line that ends or begins like part of a sentence is no heading, an abbreviation or a quoted name is."""
    assert is_heading_shaped(line) is expected
