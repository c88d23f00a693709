"""YAML is read by libyaml where that gives what PyYAML's own scanner gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from weeknote.front_matter import yaml

PIECES = (
    *("a: b\n", "k: ", "title: 12\n", "- x\n", "  - y\n", "  c: d\n", "[a, b]", "{a: b}", "[", "]", "{", "}", ", "),
    *(
        ": ",
        "# c\n",
        " # c\n",
        "\n",
        "|\n",
        ">-\n",
        "  text\n",
        "é",
        "🎉",
        "\t",
        "&a ",
        "*a",
        "!!str ",
        "!t ",
        "? ",
        "?",
    ),
    *(
        "- ",
        "  ",
        "%",
        "@",
        "word",
        "2024-05-06",
        "---",
        "\u2028",
        "\x85",
        "\ufeff",
        "''",
        '"',
        "'",
        "~",
        "<<: ",
        "\r\n",
    ),
    *("\r\n", "'q'", '"\\u00e9"', '"\\ud83c\\udf89"', "date: 2024-05-06\n", "\x7f", "\ufffe", "\ud800"),
)
"""What YAML is made of, and what breaks it."""


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_loaders_agree(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Values and problems are the same, whichever loader is there."""
    found = yaml.read(text, ["title"])
    with monkeypatch.context() as patched:
        patched.setattr(yaml, "_fast_loader", lambda: None)
        assert repr(yaml.read(text, ["title"])) == repr(found)


def test_libyaml_reads_ordinary_front_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow loader is not asked for what has neither tabs nor mistakes."""
    if yaml._fast_loader() is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml, "_loader", lambda: pytest.fail("the slow loader was asked"))
    assert yaml.read("title: What?\ntags:\n  - wet\n", ["title"]) == ({"title": "What?", "tags": ["wet"]}, None)
