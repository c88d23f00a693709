"""JSON: nodes survive the round trip, the schema matches the converter, and errors say what is wrong and where."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import note_strategies as any_of
import weeknote
from strategies import dialects, texts
from weeknote import Archive, Emphasis, Heading, List, Paragraph, Post, Section, Table, Text, Weeknote
from weeknote.conversion.json import VERSION, from_dict, to_dict
from weeknote.errors import InvalidDictError
from weeknote.front_matter.detection import Kind
from weeknote.headings import Vocabulary
from weeknote.nodes import Context, Node

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".md", ".txt"})
CORPUS = ROOT.parent / "shared" / "corpus"

SCHEMA: dict[str, Any] = json.loads((files("weeknote.conversion") / "weeknote.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

CLASSES: dict[str, type[Any]] = {
    name: value
    for name in dir(weeknote)
    if isinstance(value := getattr(weeknote, name), type) and issubclass(value, Node)
}
OUTSIDE: dict[str, type[Any]] = {"Context": Context, "Week": weeknote.Week}
"""What the JSON of a note holds beside nodes."""

any_node = st.one_of(
    any_of.notes(misplaced=True),
    any_of.archives(misplaced=True),
    any_of.posts(),
    any_of.sections(misplaced=True),
    any_of.front_matters(),
    any_of.blocks(),
    any_of.inlines(),
)

NOTE = weeknote.parse(
    "---\ndate: 2019-05-12\n---\n\n# Weeknote w/c 6 May 2019: maps\n\nAll *good*, says [Ada](/a 'b').\n\n"
    "## Next week\n\n- one\n- two\n\n| a |\n|:-:|\n| b |\n\n> said\n\n[^n]: Note.\n\n2 thoughts on “Maps”\n"
)


def valid(value: Any) -> bool:
    """Return whether a value is valid by the schema."""
    return VALIDATOR.is_valid(value)


def accepted(value: Any) -> bool:
    """Return whether `from_dict` accepts a value; any error but its own fails the test."""
    refused: InvalidDictError | None = None
    try:
        from_dict(value)
    except InvalidDictError as error:
        refused = error
    if refused is not None:
        assert str(refused).endswith(refused.message)
        assert len(refused.message) < 1000
    return refused is None


def without_says(value: Any) -> Any:
    """Return a value without what follows from the rest of it."""
    if isinstance(value, dict):
        return {key: without_says(held) for key, held in value.items() if key != "says"}
    return [without_says(each) for each in value] if isinstance(value, list) else value


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container in a value with each of its keys or indices."""
    if isinstance(value, dict | list):
        for key in list(value if isinstance(value, dict) else range(len(value))):
            yield value, key
            yield from places(value[key])


class TestThereAndBack:
    """`from_dict(to_dict(node)) == node`, and what equality does not ask comes back as well."""

    @given(node=any_node)
    def test_every_node_comes_back(self, node: Node) -> None:
        """The node is equal, and so is its dict: markers, line ends, leads and contexts are kept.

        The dict is what the schema says, `says` included. `json` writes it and reads the same, in ASCII and, but for
        lone surrogates, in UTF-8. Without `says`, or with nonsense for it, it is the same node.
        """
        # One test, for to invent a node takes much longer than to send it there and back.
        there = to_dict(node)
        VALIDATOR.validate(there)
        assert json.loads(json.dumps(there, allow_nan=False)) == there
        assert json.loads(json.dumps(there, ensure_ascii=False)) == there
        assert from_dict(without_says(there)) == node
        if "says" in there:
            assert from_dict({**there, "says": "nonsense"}) == node
        back = from_dict(there)
        assert back == node
        assert type(back) is type(node)
        assert to_dict(back) == there

    @given(text=texts, dialect=dialects)
    def test_what_was_read_comes_back(self, text: str, dialect: str | None) -> None:
        """Every text's note and archive are equal to what comes back, which holds no slice."""
        for read in (weeknote.parse, weeknote.parse_archive):
            node: Node = read(text, dialect=dialect)
            back = from_dict(to_dict(node))
            assert back == node
            assert back.slice is None

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
    def test_the_examples_come_back(self, path: Path) -> None:
        """The notes of the project come back, and the schema knows all that is in them."""
        for node in (weeknote.read(path), weeknote.read_archive(path)):
            there = to_dict(node)
            assert valid(there)
            back = from_dict(json.loads(json.dumps(there)))
            assert back == node
            assert to_dict(back) == there

    @pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's notes is not here")
    def test_the_corpus_comes_back(self) -> None:
        """So do other people's notes."""
        paths = [path for path in sorted(CORPUS.rglob("*")) if path.suffix in {".md", ".txt"}]
        assert paths
        for n, path in enumerate(paths):
            note = weeknote.read(path)
            there = to_dict(note)
            assert from_dict(there) == note
            # The validator takes twenty times as long as all else.
            assert n % 10 or valid(there)

    def test_years_that_neighbours_decided_come_back(self) -> None:
        """A week's year can hang on the archive around the note, and is kept with the note."""
        archive = weeknote.parse_archive("# w/c 13 May\n\nLater.\n\n# w/c 6 May 2019\n\nEarlier.\n", name="a/2019.md")
        back = from_dict(to_dict(archive))
        assert isinstance(back, Archive)
        for before, after in zip(archive.weeknotes, back.weeknotes, strict=True):
            assert after.context == before.context
            assert [(w.start, w.evidence) for w in after.weeks] == [(w.start, w.evidence) for w in before.weeks]
        assert [w.year for note in back.weeknotes for w in note.weeks] == [2019, 2019]

    def test_the_vocabulary_is_given_again(self) -> None:
        """A dict says the role a section had, and the caller's vocabulary decides it afresh."""
        words = Vocabulary({"learning": ["Field notes"]})
        note = weeknote.parse("## Field notes\n\nTo wait.\n", vocabulary=words)
        there = to_dict(note)
        assert there["sections"][0]["says"] == {"title": "Field notes", "role": "learning"}
        back, plain = from_dict(there, vocabulary=words), from_dict(there)
        assert isinstance(back, Weeknote)
        assert isinstance(plain, Weeknote)
        assert back.learning == note.learning
        assert plain.learning is None

    def test_surrogates_come_back(self) -> None:
        """A lone half of a pair survives in the dict and in JSON that is ASCII."""
        node = Text("\ud800 and \udfff")
        assert from_dict(json.loads(json.dumps(to_dict(node)))) == node
        with pytest.raises(UnicodeEncodeError):
            json.dumps(to_dict(node), ensure_ascii=False).encode()

    def test_nesting_may_be_deep(self) -> None:
        """Neither way recurses: what Python itself could not compare goes there and back."""
        node: Any = Text("words")
        for _ in range(20_000):
            node = Emphasis([node])
        back: Any = from_dict(to_dict(node))
        depth = 0
        while isinstance(back, Emphasis):
            back, depth = back.children[0], depth + 1
        assert (back, depth) == (Text("words"), 20_000)

    def test_only_nodes_have_dicts(self) -> None:
        """What is no node is a mistake in the caller's program."""
        with pytest.raises(TypeError, match="a str is not a node"):
            to_dict("words")  # type: ignore[arg-type] # that is the mistake


class TestWhatANoteSays:
    """`says` has the facts that follow from a node, for programs that read the JSON."""

    def test_a_note_says_title_weeks_and_numbers(self) -> None:
        """The facts are those of the properties, dates as ISO 8601 has them."""
        note = weeknote.parse("---\ndate: 2019-05-12\n---\n# Weeknote #4, w/c 6 May: maps\n")
        assert to_dict(note)["says"] == {
            "headline": "Weeknote #4, w/c 6 May: maps",
            "title": "maps",
            "weeks": [
                {
                    "start": "2019-05-06",
                    "end": "2019-05-12",
                    "stated": "w/c 6 May",
                    "style": "w/c",
                    "evidence": "front matter",
                }
            ],
            "numbers": [4],
            "episode": None,
            "published": "2019-05-12",
        }

    def test_sections_and_posts_say_their_titles(self) -> None:
        """A section says its role too."""
        there = to_dict(Archive([Post(Heading(2, "Bins")), Weeknote(sections=[Section(Heading(2, "Next week"))])]))
        assert there["entries"][0]["says"] == {"title": "Bins"}
        assert there["entries"][1]["sections"][0]["says"] == {"title": "Next week", "role": "next"}


class TestSchema:
    """The schema accepts exactly what `to_dict` writes and `from_dict` accepts."""

    def test_it_is_a_schema(self) -> None:
        """It keeps the rules of draft 2020-12, and nothing in it is never reached."""
        Draft202012Validator.check_schema(SCHEMA)
        text = json.dumps(SCHEMA)
        assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []

    def test_it_names_every_kind_of_front_matter(self) -> None:
        """A new kind needs a place in the schema."""
        assert SCHEMA["$defs"]["FrontMatter"]["properties"]["kind"]["enum"] == list(get_args(Kind))

    def test_it_names_every_node_class(self) -> None:
        """A new class of node needs a place in the schema."""
        definitions = SCHEMA["$defs"]
        assert sorted(definitions["Node"]["properties"]["type"]["enum"]) == sorted(CLASSES)
        branches = {
            branch["if"]["properties"]["type"]["const"]: branch["then"] for branch in definitions["Node"]["allOf"]
        }
        assert branches == {name: {"$ref": f"#/$defs/{name}"} for name in CLASSES}

    @pytest.mark.parametrize("name", [*CLASSES, *OUTSIDE])
    def test_it_has_the_fields_of_a_class(self, name: str) -> None:
        """A new field needs a place in the schema; a field without a default is required."""
        definition = SCHEMA["$defs"][name]
        fields = [f for f in attrs.fields((CLASSES | OUTSIDE)[name]) if f.init and f.name != "vocabulary"]
        keys = set(definition["properties"]) - {"type", "weeknote", "says"}
        assert keys == {field.name for field in fields}
        assert set(definition["required"]) == {"type", *(f.name for f in fields if f.default is attrs.NOTHING)}
        assert definition["properties"]["type"] == {"const": name}
        assert definition["additionalProperties"] is False

    @given(node=any_node, choice=st.randoms(use_true_random=False), junk=st.deferred(lambda: json_values))
    def test_what_is_broken_is_neither_valid_nor_accepted(self, node: Node, choice: Any, junk: Any) -> None:
        """Whatever is changed in a dict, `from_dict` takes it if and only if the schema does."""
        there = without_says(to_dict(node))
        there.pop("context", None)  # whether a week exists is more than a schema can say
        for _ in range(2):
            holder, key = choice.choice(list(places(there)))
            other, elsewhere = choice.choice(list(places(there)))
            new = copy.deepcopy(junk)
            match choice.randrange(5):
                case 0:
                    del holder[key]
                case 1:
                    holder[key] = new
                case 2:
                    holder[key] = copy.deepcopy(other[elsewhere])
                case 3 if isinstance(holder, dict):
                    holder["titel"] = new
                case _:
                    holder[key] = [holder[key]]
            if not any(places(there)):
                break
        if not has_rootless_table(there):
            assert accepted(there) == valid(there)

    @pytest.mark.parametrize(
        "broken",
        [
            {},
            {"type": "Break"},
            {"weeknote": 2, "type": "Break"},
            {"weeknote": True, "type": "Break"},
            {"weeknote": 1, "type": "Brake"},
            {"weeknote": 1, "type": "Context"},
            {"weeknote": 1, "type": "Text"},
            {"weeknote": 1, "type": "Text", "value": None},
            {"weeknote": 1, "type": "Break", "says": {}},
            {"weeknote": 1, "type": "Heading", "depth": 7},
            {"weeknote": 1, "type": "Heading", "depth": True},
            {"weeknote": 1, "type": "Paragraph", "children": "words"},
            {"weeknote": 1, "type": "Paragraph", "children": [{"type": "Paragraph", "children": []}]},
            {"weeknote": 1, "type": "List", "items": [{"type": "Text", "value": "a"}]},
            {"weeknote": 1, "type": "Weeknote", "sections": [{"type": "Paragraph", "children": []}]},
            {"weeknote": 1, "type": "Weeknote", "heading": {"type": "Paragraph", "children": []}},
            {"weeknote": 1, "type": "Weeknote", "context": {"type": "Context", "near": "6 May"}},
            {"weeknote": 1, "type": "Archive", "entries": [{"type": "Archive"}]},
        ],
        ids=json.dumps,
    )
    def test_neither_takes_what_is_broken(self, broken: dict[str, Any]) -> None:
        """Nodes out of place, wrong versions, missing and unknown keys, values of other kinds."""
        assert not valid(broken)
        assert not accepted(broken)

    def test_whole_numbers_may_be_floats_and_parts_may_carry_the_version(self) -> None:
        """JSON has one kind of number; and a part's dict can be put into a note's as it is."""
        there = {
            "weeknote": 1.0,
            "type": "Section",
            "heading": to_dict(Heading(2, "Next week")) | {"depth": 2.0},
            "blocks": [to_dict(Paragraph("To wait."))],
        }
        assert valid(there)
        assert from_dict(there) == Section(Heading(2, "Next week"), [Paragraph("To wait.")])


json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(("yaml", "text", "\n", "left", "2024-05-06", 1, 2.0, *sorted(CLASSES), *sorted(OUTSIDE))),
    ),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("weeknote", "type", "children", "blocks", "items", "value", "url", "context", "", "titel")
            ),
            inside,
            max_size=4,
        ),
        st.builds(
            lambda tag, rest: {**rest, "weeknote": 1, "type": tag}, st.sampled_from(sorted(CLASSES)), st.just({})
        ),
    ),
    max_leaves=8,
)
"""Values that JSON has, with keys and words that mean something here."""


def has_rootless_table(value: Any) -> bool:
    """Return whether a table has neither rows nor `align`, so that its number of columns is unknown."""
    tables = [value] if isinstance(value, dict) else []
    tables += [holder[key] for holder, key in places(value) if isinstance(holder[key], dict)]
    return any(t.get("type") == "Table" and t.get("rows") == [] and "align" not in t for t in tables)


class TestErrors:
    """An `InvalidDictError` says where, what was found, what was expected, and what to do."""

    @given(value=json_values)
    def test_no_value_of_json_raises_anything_else(self, value: Any) -> None:
        """Whatever JSON holds, it is a node or an `InvalidDictError`."""
        accepted(value)

    @given(there=st.sampled_from((NOTE, Archive([NOTE]))).map(to_dict), data=st.data(), junk=json_values)
    def test_no_value_anywhere_raises_anything_else(
        self, there: dict[str, Any], data: st.DataObject, junk: Any
    ) -> None:
        """Any value in place of any part of a note, contexts and weeks included."""
        week = {"type": "Week", "day": 6, "month": 5, "year": 2019, "style": "range", "until": [10, 5, 2019]}
        there["context"] = {"type": "Context", "near": "2024-05-06", "name": "a", "neighbours": [week]}
        if there["type"] == "Archive":
            there["entries"][0]["context"] = there.pop("context")
        holder, key = data.draw(st.sampled_from(list(places(there))))
        holder[key] = junk
        accepted(there)

    @pytest.mark.parametrize(
        "number", [10**5000, -(10**5000), 10**19, float("inf"), float("nan"), 1e300, 0, -1], ids=range(8)
    )
    def test_numbers_may_be_of_any_size(self, number: float) -> None:
        """No number is too large to be refused."""
        week = {"type": "Week", "day": number, "month": number, "year": number, "until": [number] * 3, "style": "range"}
        iso = {"type": "Week", "year": number, "number": number, "style": "iso"}
        for each in (week, iso):
            assert not accepted(
                {"weeknote": 1, "type": "Weeknote", "context": {"type": "Context", "neighbours": [each]}}
            )
        assert not accepted({"weeknote": number, "type": "Break"})
        assert not accepted({"weeknote": 1, "type": "Text", "value": number})

    def test_nesting_without_end_is_no_recursion(self) -> None:
        """A value too deep to compare or print is read or refused like any other."""
        deep: Any = {"type": "Paragraph"}
        for _ in range(20_000):
            deep = {"type": "Blockquote", "blocks": [deep]}
        with pytest.raises(InvalidDictError, match="a Paragraph needs the key 'children'") as caught:
            from_dict({"weeknote": 1, **deep})
        assert caught.value.where == ".".join(["blocks[0]"] * 20_000)
        row: Any = []
        for _ in range(20_000):
            row = [row]
        assert not accepted(row)
        assert not accepted({"weeknote": 1, "type": "Weeknote", "intro": row})

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (None, "expected an object whose type is Weeknote, Archive, Post, "),
            ({"type": "Break"}, "the key 'weeknote', the version, is missing; add it with the value 1"),
            (
                {"weeknote": 3, "type": "Break"},
                "version 3 is unknown; write version 1, or update weeknote",
            ),
            ({"weeknote": 1}, "the key 'type' is missing; add it with one of: Weeknote, Archive, "),
            ({"weeknote": 1, "type": "Paragraf"}, "there is no type 'Paragraf'; the types are: Weeknote, Archive, "),
            (
                {"weeknote": 1, "type": "Weeknote", "titel": "x"},
                "a Weeknote has no key 'titel'; remove it; the keys are: front_matter, masthead, heading, ",
            ),
            ({"weeknote": 1, "type": "Image"}, "an Image needs the key 'url'; add it"),
            (
                {"weeknote": 1, "type": "Paragraph", "children": [{"type": "Link"}]},
                "in 'children[0]': a Link needs the key 'url'; add it",
            ),
            (
                {"weeknote": 1, "type": "Weeknote", "heading": {"type": "Heading", "depth": 7}},
                "in 'heading.depth': expected 1 or 2 or 3 or 4 or 5 or 6, found 7",
            ),
            (
                {"weeknote": 1, "type": "FrontMatter", "raw": "", "kind": "xml"},
                "in 'kind': expected 'yaml' or 'toml' or 'toml-fence' or 'json' or 'pelican' or 'ini', found 'xml'",
            ),
            (
                {"weeknote": 1, "type": "List", "items": [], "start": "1"},
                "in 'start': expected an integer or null, found '1'",
            ),
            (
                {"weeknote": 1, "type": "Weeknote", "context": {"type": "Context", "neighbours": 1}},
                "in 'context.neighbours': expected an array or null, found 1",
            ),
            (
                {"weeknote": 1, "type": "Weeknote", "context": {"type": "Context", "near": "20240506"}},
                "in 'context.near': expected a date such as '2024-05-06', found '20240506'",
            ),
            (
                {
                    "weeknote": 1,
                    "type": "Weeknote",
                    "context": {"type": "Context", "neighbours": [{"type": "Week", "day": 31, "month": 2}]},
                },
                "in 'context.neighbours[0]': these values are not valid for a Week: there is no such week",
            ),
        ],
    )
    def test_a_mistake_is_named(self, value: Any, said: str) -> None:
        """The message begins with the place and ends with what to do."""
        with pytest.raises(InvalidDictError) as caught:
            from_dict(value)
        assert str(caught.value).startswith(said)

    def test_the_place_is_the_way_from_the_root(self) -> None:
        """The location of an error is the Python expression that leads to it, after the file if there is one."""
        there = to_dict(NOTE)
        there["sections"][0]["blocks"][0]["items"][1]["blocks"][0] = {"type": "ListItem"}
        with pytest.raises(InvalidDictError) as caught:
            from_dict(there)
        error = caught.value
        assert error.where == "sections[0].blocks[0].items[1].blocks[0]"
        assert isinstance(eval("NOTE." + error.where, {"NOTE": NOTE}), Paragraph)
        assert str(error).startswith(
            f"in '{error.where}': a ListItem is not allowed here; expected one of: Paragraph, Heading"
        )
        assert error.found == "ListItem"
        assert isinstance(error, weeknote.WeeknoteError)
        error.path = "note.json"
        assert str(error).startswith("note.json: in 'sections[0]")

    def test_the_first_mistake_in_the_text_is_named(self) -> None:
        """Of two mistakes on one level, the first is reported."""
        there = {"weeknote": 1, "type": "TableRow", "cells": [{"type": "Text", "value": ""}, 1]}
        with pytest.raises(InvalidDictError, match=r"cells\[0\]"):
            from_dict(there)

    def test_what_json_does_not_have_is_refused(self) -> None:
        """Bytes, sets and keys that are no strings are named by their kind."""
        values: list[Any] = [
            b"",
            {1},
            {"weeknote": 1, "type": "Text", "value": b"a"},
            {"weeknote": 1, "type": "Break", 5: 5},
        ]
        for value in values:
            assert not accepted(value)
        with pytest.raises(InvalidDictError, match="found a bytes, which isn't JSON"):
            from_dict(values[2])


def test_any_mapping_and_tuple_will_do() -> None:
    """A caller need not copy what it holds into dicts and lists."""

    class Only(Mapping[str, Any]):
        def __init__(self, held: dict[str, Any]) -> None:
            self.held = held

        def __getitem__(self, key: str) -> Any:
            return self.held[key]

        def __iter__(self) -> Iterator[str]:
            return iter(self.held)

        def __len__(self) -> int:
            return len(self.held)

    item = Only({"type": "ListItem", "blocks": (to_dict(Paragraph("one")),)})
    assert from_dict(Only({"weeknote": VERSION, "type": "List", "items": (item,)})) == List(["one"])


@pytest.mark.parametrize("depth", range(1, 7))
def test_headings_of_every_depth_come_back(depth: int) -> None:
    """A heading has one of six depths."""
    assert from_dict(to_dict(weeknote.Heading(depth, "a"))) == weeknote.Heading(depth, "a")


def test_a_table_of_nothing_comes_back() -> None:
    """A table that says its columns needs no rows."""
    assert from_dict(to_dict(Table([], [None]))) == Table([], [None])
