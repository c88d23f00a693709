"""Pages copied as text: what is the site's, which line names the note, and whether there is one note or several."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from weeknote import (
    Archive,
    CannotExpressError,
    Paragraph,
    Weeknote,
    convert,
    dump,
    insert_after,
    normalize,
    parse,
    parse_any,
    parse_archive,
    remove,
    replace,
)
from weeknote.series.clues import clues_of
from weeknote.syntax.page_parts import MAX_MASTHEAD

LONG = (
    "We walked every street of the ward and wrote down what we saw there, which took the better part of the week, two "
    "pairs of shoes and a great many cups of tea."
)
LATER = "Then we put it all on a map, with a pin for each broken lamp and each missing kerb, and asked who mends them."

PAGES: dict[str, tuple[list[str], list[str], str, list[str], list[str], int, date | None]] = {
    "a blog with a masthead": (
        ["Skip to content", "Ada’s streets", "Notes on foot"],
        [],
        "Weeknotes #12: lamps",
        ["Posted on March 1, 2021 by Ada Lovelace"],
        ["The map"],
        3,
        date(2021, 3, 1),
    ),
    "a category above": (["in Weeknotes"], [], "Weeknotes #12: lamps", [], ["The map"], 0, None),
    "the word alone above": (["Weeknotes"], [], "Weeknotes #12: lamps", [], [], 0, None),
    "a date above": (["27.01.2014"], [], "Weeknotes #12: lamps", [], [], 0, date(2014, 1, 27)),
    "a date below": ([], [], "Weeknotes #12", ["1 March 2021"], ["The map"], 0, date(2021, 3, 1)),
    "a category above a title without a week": (
        *(["Weeknotes"], [], "A week on foot", ["1 March 2021 | 3 minute read"], ["The map"], 0, date(2021, 3, 1)),
    ),
    "a date above a title without a week": (
        *(["1 March 2021"], [], "A week on foot", ["By Ada"], ["The map"], 0, date(2021, 3, 1)),
    ),
    "a date above a title with the word in it": (
        *(["1 March 2021"], [], "My weeknote from the hill", [], ["The map"], 0, date(2021, 3, 1)),
    ),
    "a date below a title that is one": ([], [], "6 May 2024", ["7 May 2024"], ["The map"], 0, date(2024, 5, 7)),
    "each part of the byline on a line": (
        *([], [], "Weeknotes #12", ["Ada Lovelace", "Follow", "3 min read", "·", "Mar 1, 2021", "--", "2", "Share"]),
        *(["The map"], 0, date(2021, 3, 1)),
    ),
    "the name of the site and a category above a title without a week": (
        *(["Ada’s streets", "Weeknotes"], [], "A week on foot", ["1 March 2021 | 3 minute read"], ["The map"], 1),
        date(2021, 3, 1),
    ),
    "the title again below a box of buttons": (
        *([], [], "Weeknotes #12", ["Copy link", "Facebook", "Email", "Notes", "More", "Weeknotes #12", "Mar 1, 2021"]),
        *(["The map"], 1, date(2021, 3, 1)),
    ),
    "a section named like a word of the menu": (
        *(["Ada’s streets", "Work", "About"], [], "Weeknotes #12", ["1 March 2021"], ["Work"], 1, date(2021, 3, 1)),
    ),
    "an author with a role, and several tags": (
        *(["Ada’s streets"], [], "Weeknotes #12"),
        *(["Ada Lovelace, Head of Lamps, Lamp Office", "1 March 2021", "Weeknotes, Lamps"], ["The map"], 1),
        date(2021, 3, 1),
    ),
    "a tag below the date": (
        *(["Ada’s streets"], [], "Weeknotes #12", ["1 March 2021", "weeknotes"], ["The map"], 1, date(2021, 3, 1)),
    ),
    "a table of contents": (
        *(["Home » Posts"], [], "Weeknotes #12", ["March 1, 2021 · 3 min", "Table of Contents"], ["The map"], 1),
        date(2021, 3, 1),
    ),
    "a title whose number may be a month": (
        *(["Ada’s streets", "Posts"], [], "Weeknotes 2021-06", ["June 30, 2021"], ["The map"], 1, date(2021, 6, 30)),
    ),
    "a title without a week": (
        *([], [], "A week on foot", ["By Ada Lovelace", "March 1, 2021"], ["The map"], 2, date(2021, 3, 1)),
    ),
    "a menu in one block": (["Home\nPosts\nAbout"], [], "Weeknotes #12", [], ["The map"], 1, None),
    "a menu in one line": (["Home | Posts | About"], [], "Weeknotes #12", [], ["The map"], 1, None),
    "links to the notes before and after": (
        *(["← Weeknotes 11", "Weeknotes 13 →"], [], "Weeknotes 12", ["1 March 2021"], ["The map"], 1),
        date(2021, 3, 1),
    ),
    "a byline in one block": (
        *(["Ada’s streets"], [], "Weeknotes #12", ["Ada Lovelace\n1 March 2021\n3 min read"], ["The map"], 1),
        date(2021, 3, 1),
    ),
    "an author with a post": (
        *([], [], "Weeknotes #12", ["Ada Lovelace", "Head of Lamps at the Lamp Office", "Published March 1, 2021"]),
        *(["The map"], 1, date(2021, 3, 1)),
    ),
    "a subtitle": (
        [],
        ["Lamps and a walk in the rain", "Ada Lovelace", "Mar 1, 2021"],
        "Weeknotes #12",
        [],
        [],
        0,
        date(2021, 3, 1),
    ),
}

ENDS = ["Share this:", "Like this:", "Related"]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_one_note_with_its_parts(
    page: tuple[list[str], list[str], str, list[str], list[str], int, date | None],
) -> None:
    """Masthead, heading, byline, text, sections and trailer are where the page has them, and the date is read."""
    masthead, intro, heading, byline, sections, ends, published = page
    body = [LONG, *(line for section in sections for line in (section, LATER))]
    text = "\n\n".join([*masthead, heading, *byline, *intro, *body, *ENDS[:ends]]) + "\n"
    note = parse_any(text, dialect="text")
    assert isinstance(note, Weeknote)
    assert note.headline == heading
    assert [block.text for block in note.masthead] == masthead
    assert [block.text for block in note.byline] == byline
    assert [block.text for block in note.intro] == [*intro, LONG]
    assert [section.title for section in note.sections] == sections
    assert [block.text for block in note.trailer] == ENDS[:ends]
    assert note.published == published
    assert dump(note) == text
    assert dump(normalize(note)) == text


RELATED = {
    "links to the posts before and after": ["Post navigation", "Previous Weeknotes #11", "Next Weeknotes #13"],
    "the titles of other posts": ["Recent Posts", "See All", "Weeknotes #11", "Weeknotes #10", "Write a comment..."],
    "a teaser": [
        *("Sign up for more like this.", "Weeknotes #11: kerbs", "We counted the kerbs of the ward."),
        *("Feb 22, 2021", "2 min read", "Powered by Ghost"),
    ],
    "a teaser with a category": [
        *("Related", "Weeknotes #11: kerbs", "February 22, 2021", "Posted in Maps", "I count what there is."),
    ],
    "in German": ["Ähnliche Beiträge", "Weeknotes #11", "Beitragsnavigation", "Vorheriger Beitrag", "Weeknotes #10"],
    "in French": ["Articles similaires", "Navigation de l’article", "Article précédent", "Weeknotes #11 : trottoirs"],
    "the name of the site": ["Ada’s streets", "ada@example.org", "I walk the streets and count lamps."],
}


@pytest.mark.parametrize("end", RELATED.values(), ids=RELATED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["no blank lines", "blank lines"])
def test_what_a_site_prints_of_other_posts_is_the_trailer(end: list[str], gap: str) -> None:
    """Their titles name no notes and no sections, with or without blank lines between the paragraphs."""
    lines = ["Ada’s streets", "Weeknotes #12: lamps", "1 March 2021", LONG, "The map", LATER]
    note = parse_any(gap.join([*lines, *end]) + "\n", dialect="text")
    assert isinstance(note, Weeknote)
    assert [section.title for section in note.sections] == ["The map"]
    assert [block.text for block in note.trailer] == end


def test_the_tags_above_a_counter_are_in_the_trailer() -> None:
    """Medium prints them without a word that says what they are."""
    tags = ["Weeknotes", "Local Government", "--", "2", "Written by Ada Lovelace"]
    note = parse("\n\n".join(["Weeknotes #12: lamps", LONG, "The map", LATER, *tags]) + "\n", dialect="text")
    assert [block.text for block in note.trailer] == tags


def test_a_byline_gives_the_year_of_a_week() -> None:
    """Where the heading has none; the date is never the week itself."""
    note = parse("Weeknotes w/c 1 March: lamps\n\nPosted on 9 March 2021\n\nRain.\n", dialect="text")
    assert note.week is not None
    assert (note.week.start, note.week.evidence) == (date(2021, 3, 1), "byline")
    assert parse("Weeknotes: lamps\n\n9 March 2021\n\nRain.\n", dialect="text").weeks == ()


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        pytest.param(["x"], [], id="a-letter"),
        pytest.param(["Listen"], [], id="a-word"),
        pytest.param(["Share", "Tweet"], ["Share", "Tweet"], id="two-buttons"),
        pytest.param(["Listen", "3 min read"], ["Listen", "3 min read"], id="above-a-certain-line"),
        pytest.param(["1 March 2021", "Share"], ["1 March 2021", "Share"], id="below-a-certain-line"),
        pytest.param(["1 March 2021", "Maps"], ["1 March 2021"], id="an-author-s-word-below-a-certain-line"),
        pytest.param(["1 March 2021", "Weeknotes"], ["1 March 2021", "Weeknotes"], id="a-tag-below-a-certain-line"),
        pytest.param(["Weeknotes"], [], id="a-tag-alone"),
        pytest.param(["1 March 2021", "Weeknotes, and more of that."], ["1 March 2021"], id="a-sentence-below-it"),
        pytest.param(["Weeknotes 12"], ["Weeknotes 12"], id="the-title-again"),
        pytest.param(["Share", "Weeknotes 12"], [], id="the-title-below-one-button"),
        pytest.param(
            ["Share", "Tweet", *["Weeknotes 12"] * 2], ["Share", "Tweet", "Weeknotes 12"], id="the-title-twice"
        ),
    ],
)
def test_a_word_alone_is_no_byline(lines: list[str], byline: list[str]) -> None:
    """A short first paragraph can be a word that sites print on a button, so it takes two lines to tell."""
    note = parse("\n\n".join(["# Weeknotes 12", *lines, "It rained.\n"]), dialect="markdown")
    assert [block.text for block in note.byline] == byline


def test_dates_with_words_are_no_days() -> None:
    """Only bare dates are the days of one note, so the first of these names the note."""
    note = parse("# 6 May 2024\n\nA.\n\n# 7 May 2024: rain\n\nB.\n\n# 8 May 2024: sun\n\nC.\n", dialect="markdown")
    assert note.headline == "6 May 2024"


def test_a_long_byline_can_be_above_a_title() -> None:
    """Its parts make it certain, where a site's name would be too long."""
    line = "By Ada Lovelace, 1 March 2021, last updated on 3 March 2021, 3 min read"
    note = parse(f"{line}\n\n# Weeknotes 12\n\nRain.\n", dialect="markdown")
    assert [block.text for block in note.masthead] == [line]
    tagline = "A tagline so long that it has more characters than the sixty that such lines have"
    assert parse(f"{tagline}\n\n# Weeknotes 12\n\nRain.\n", dialect="markdown").masthead == ()


def test_two_days_alone_are_no_week_in_plain_text() -> None:
    """They may be those of a journey. A year, a label or a publication date makes them one, and so does Markdown."""
    text = "July 8 - 12\n\nWe walked.\n"
    assert parse(text, dialect="text").weeks == ()
    assert clues_of(parse(text, dialect="text")).is_yearless
    near = parse(text, dialect="text", near=date(2024, 7, 14)).weeks
    assert [week.start for week in near] == [date(2024, 7, 8)]
    for stated in ("July 8 - 12, 2024", "Weeknotes: July 8 - 12", "w/c 8 - 12 July"):
        assert len(parse(f"{stated}\n\nWe walked.\n", dialect="text").weeks) == 1
    assert len(parse(f"# {text}", dialect="markdown").weeks) == 1
    archive = parse_archive(f"July 15 - 19, 2024\n\nWe ran.\n\n{text}", dialect="text")
    assert [note.weeks[0].start for note in archive.weeknotes] == [date(2024, 7, 15), date(2024, 7, 8)]


def test_dates_with_text_below_them_are_days() -> None:
    """The first of them is no byline."""
    text = f"Weeknotes 12\n\nMonday 1 March\n\n{LONG}\n\nTuesday 2 March\n\n{LATER}\n"
    note = parse(text, dialect="text")
    assert note.byline == ()
    assert [section.title for section in note.sections] == ["Monday 1 March", "Tuesday 2 March"]
    signed = parse("# " + text.replace("Monday", "By Ada\n\nMonday"), dialect="markdown")
    assert [block.text for block in signed.byline] == ["By Ada"]


@pytest.mark.parametrize("line", ["Home | About | Contact", "By Ada", "1 March 2021"])
def test_what_is_certainly_the_site_s_is_above_any_heading(line: str) -> None:
    """A menu, an author or a date; any other line needs a heading that reads like a weeknote's."""
    for above, masthead in ((line, [line]), ("Ada’s streets", [])):
        note = parse(f"{above}\n\n# Maps and bees\n\nRain.\n", dialect="markdown")
        assert [block.text for block in note.masthead] == masthead


def test_markdown_has_mastheads_and_bylines_too() -> None:
    """A page converted by another tool keeps its site's lines."""
    note = parse("Ada’s streets\n\n# Weeknotes 12\n\n*1 March 2021*\n\nRain.\n", dialect="markdown")
    assert [block.text for block in (*note.masthead, *note.byline)] == ["Ada’s streets", "1 March 2021"]
    assert note.published == date(2021, 3, 1)


def test_a_masthead_has_a_limit() -> None:
    """With more lines than a masthead has, the page was copied with its whole navigation."""
    for lines, named in ((MAX_MASTHEAD, True), (MAX_MASTHEAD + 1, False)):
        text = "Home | About\n\n" * lines + "# Weeknotes 12\n\nRain.\n"
        note = parse(text, dialect="markdown")
        assert (note.heading is not None, len(note.masthead)) == (named, lines if named else 0)
        first = parse_archive(text + "\n# Weeknotes 13\n\nSun.\n", dialect="markdown").entries[0]
        assert isinstance(first, Weeknote) is named


@pytest.mark.parametrize(
    ("above", "is_masthead"),
    [
        ("<!-- draft -->", True),
        ("![a lamp](lamp.jpg)", True),
        ("<!-- draft -->\n\n![a lamp](lamp.jpg)", True),
        ("<div>A lamp</div>", False),
        ("![a lamp](lamp.jpg) and a kerb, seen from the street.", False),
        ("<!-- draft -->\n\nIt rained all week.", False),
    ],
)
def test_comments_and_pictures_above_a_title_are_the_masthead(above: str, *, is_masthead: bool) -> None:
    """They say nothing, so the heading below them still names the note."""
    note = parse(f"{above}\n\n# Weeknotes 12\n\nRain.\n", dialect="markdown")
    assert (note.heading is not None) == is_masthead
    assert bool(note.masthead) == is_masthead


# --- furniture


def test_furniture_above_the_text_starts_no_trailer() -> None:
    """A standfirst, what belongs below a title, and then the note."""
    text = f"Weeknotes 12\n\nA week with lamps.\n\nPosted in Weeknotes\n\n2 comments\n\n{LONG}\n\n{LATER}\n\n{LONG}\n"
    note = parse(text, dialect="text")
    assert (len(note.intro), note.sections, note.trailer) == (6, (), ())


def test_counters_and_tags_above_the_trailer_are_part_of_it() -> None:
    """Icons are not copied, their numbers are."""
    tail = ["Lamps", "--", "1", "Written by Ada Lovelace", "12 Followers"]
    text = "\n\n".join(["Weeknotes 12", LONG, LATER, *tail]) + "\n"
    assert [block.text for block in parse(text, dialect="text").trailer] == tail


# --- lines without blank lines between them


def test_a_category_names_the_note_if_nothing_shows_that_the_line_below_does() -> None:
    """Below a title that says nothing of a week there has to be a byline."""
    note = parse(f"Weeknotes\n\nA week on foot\n\n{LONG}\n", dialect="text")
    assert (note.headline, [section.title for section in note.sections]) == ("Weeknotes", ["A week on foot"])


@pytest.mark.parametrize(
    ("lines", "trailer"),
    [
        pytest.param([LONG, "2 comments", LATER], 2, id="as-much-text-below-it-as-above"),
        pytest.param([LONG, "2 comments", LATER, LONG], 0, id="more-text-below-it"),
        pytest.param([LONG, "By Ada", "Comments are closed."], 2, id="a-byline-above-it"),
        pytest.param([LONG, "By Ada Lovelace, 1 March 2021", "Comments are closed."], 2, id="a-longer-byline-above-it"),
        pytest.param([LONG, "Ada’s streets", "More"], 2, id="the-site-s-name"),
        pytest.param([LONG, "Home | Blog", "More"], 0, id="navigation"),
    ],
)
def test_where_a_trailer_begins(lines: list[str], trailer: int) -> None:
    """At a line that sites print, if at least half of the text is above it; at the site's name, but not its menu."""
    text = "\n\n".join(["Ada’s streets", "Home | Blog", "# Weeknotes 12", *lines]) + "\n"
    assert [block.text for block in parse(text, dialect="markdown").trailer] == lines[len(lines) - trailer :]


@pytest.mark.parametrize(
    ("end", "trailer"),
    [
        pytest.param(["2", "Ada", "Bob", "Comments are closed."], 1, id="two-names-below-a-counter"),
        pytest.param(["2", "Ada", "Comments are closed."], 3, id="a-name-below-a-counter"),
        pytest.param(["Ada", "Bob", "2", "Comments are closed."], 4, id="names-above-a-counter"),
    ],
)
def test_a_name_is_a_tag_only_beside_a_counter(end: list[str], trailer: int) -> None:
    """Above furniture a name can be a tag, but two in a row are the author's unless a counter is below them."""
    note = parse("\n\n".join(["# Weeknotes 12", LONG, LATER, *end]) + "\n", dialect="markdown")
    assert [block.text for block in note.trailer] == end[-trailer:]


def test_lines_longer_than_wrapped_text_has_are_paragraphs() -> None:
    """Each line of such a run is a paragraph, and short ones can be headings."""
    text = f"Weeknotes 12: lamps\n1 March 2021\n{LONG}\nThe map\n{LATER}\n{LONG}\n"
    note = parse(text, dialect="text")
    assert note.title == "lamps"
    assert [len(part) for part in (note.byline, note.intro, note.sections)] == [1, 1, 1]
    assert [block.text for block in note.sections[0].blocks] == [LATER, LONG]


def test_a_heading_directly_above_short_text_is_one() -> None:
    """At the top of a text a line that names a weeknote needs no blank line below it."""
    note = parse("Weeknotes 12\nPosted on 1 March 2021\nWe walked far,\nand saw lamps.\n", dialect="text")
    assert note.numbers == (12,)
    assert [block.text for block in note.intro] == ["We walked far,\nand saw lamps."]


@pytest.mark.parametrize(("again", "titles"), [("", ["Done"]), ("Maps\n\nMore.\n", ["Maps", "Done", "Maps"])])
def test_a_line_above_a_heading_is_one_if_the_text_has_it_twice(again: str, titles: list[str]) -> None:
    """Once, it is the caption of a picture that was not copied."""
    text = f"Weeknote w/c 6 May: bees\n\nMaps\n\nDone\n\nWe drew two maps of the town.\n\n{again}"
    assert [section.title for section in parse(text, dialect="text").sections] == titles


def test_a_line_above_a_heading_that_repeats_is_a_chapter() -> None:
    """Above another heading it would be a caption."""
    lines = ["Weeknotes #12", LONG, "The hubs", "Last week", LATER, "Plans", LONG, "The map", "Last week", LONG]
    note = parse("\n\n".join([*lines, "Plans", LATER, "A hive", "Bees", LATER]) + "\n", dialect="text")
    chapters = ["The hubs", "Last week", "Plans", "The map", "Last week", "Plans", "Bees"]
    assert [section.title for section in note.sections] == chapters


def test_a_wrapped_heading_is_not_cut() -> None:
    """A line that goes on in lower case is not the whole of it."""
    text = "Weeknotes 12 had so much to say about lamps\nand kerbs that it took two lines.\n"
    assert parse(text, dialect="text").heading is None


def test_a_page_of_lists_without_blank_lines_has_its_sections() -> None:
    """The first line names the note, and the site's last lines are the trailer."""
    note = parse("Week 12\nDone\n- Drew maps\n- Slept\nNext\n- More maps\nComments are closed.\n", dialect="text")
    assert note.numbers == (12,)
    assert [section.title for section in note.sections] == ["Done", "Next"]
    assert [block.text for block in note.trailer] == ["Comments are closed."]


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (["Weeknotes S02E06", "Weeknotes S02E05"], ["The map"]),
        (["Weeknotes S02E06", LONG], ["The map", "Weeknotes S02E06"]),
        (["Week 1", "Week 2"], ["The map", "Week 1"]),
    ],
)
def test_titles_of_other_notes_below_the_text_are_no_sections(lines: list[str], titles: list[str]) -> None:
    """A site lists them there; without the word for weeknote they may be the author's."""
    note = parse("\n\n".join(["Weeknotes S02E07", LONG, "The map", LATER, *lines]), dialect="text")
    assert [section.title for section in note.sections] == titles


@pytest.mark.parametrize("text", ["Home\nMaps and bees", "Subscribe\nto the map", "Ada\nGrace"])
def test_other_lines_of_one_block_are_a_paragraph(text: str) -> None:
    """Only where each of them is the site's, a block of several lines is."""
    note = parse(f"{text}\n\nWeeknotes #12\n\n{LONG}\n", dialect="text")
    assert note.masthead == ()


def test_labels_above_lists_are_sections_where_there_are_several() -> None:
    """One alone leads in to its list."""
    labels = ["The lamps:", "The kerbs:", "The rain:"]
    text = "Weeknotes 12\n\n" + "".join(f"{label}\n\n  • lamps\n\n" for label in labels)
    assert [section.title for section in parse(text, dialect="text").sections] == labels
    assert parse("Weeknotes 12\n\nThe lamps:\n\n  • lamps\n", dialect="text").sections == ()
    assert parse("Weeknotes 12\n\nThe lamps:\n\n  • lamps\n", dialect="text").sections == ()
    assert (
        parse("Weeknotes 12\n\n" + "".join(f"{label}\n\nRain.\n\n" for label in labels), dialect="text").sections == ()
    )


# --- one note or several


ONE_NOTE = {
    "a theme after the learning section": ["Weeknotes: 1", "Learning", LONG, "Gaming", LATER],
    "weeks within the note": ["Weeknotes #5", LONG, "Week 1: packing", LONG, "Week 2: walking", LATER],
    "its days below the title": ["Week notes: 2026-03", "January 12 - January 18", LONG],
    "its title twice": ["Weeknotes 48–2021", "Weeknotes 48–2021", LONG],
    "related posts": ["Weeknotes #12", LONG, "Related", "Weeknotes #11", "February 22, 2021", "Weeknotes #10"],
    "a link to the next note": ["Weeknotes #12", LONG, "Weeknotes #13 →", LATER],
    "the category again below": ["Weeknotes #12", LONG, "Weeknotes", "Ada and others write here every week."],
    "something else beside it": ["Our paint", "It is blue, at last.", "Weeknotes #12", LONG],
}


@pytest.mark.parametrize("lines", ONE_NOTE.values(), ids=ONE_NOTE)
def test_one_note_is_no_archive(lines: list[str]) -> None:
    """An archive needs two headings that read like a weeknote's."""
    text = "\n\n".join(lines) + "\n"
    assert isinstance(parse_any(text, dialect="text"), Weeknote)
    assert parse_archive(text, dialect="text").entries == (parse(text, dialect="text"),)


def test_a_title_below_furniture_names_a_note_if_text_is_below_it() -> None:
    """A related post's title has none."""
    text = "\n\n".join(["Weeknotes #1", LONG, "Comments are closed.", "Weeknotes #2", LONG]) + "\n"
    assert [note.headline for note in parse_archive(text, dialect="text").weeknotes] == ["Weeknotes #1", "Weeknotes #2"]


@pytest.mark.parametrize("dialect", ["text", "markdown"])
@pytest.mark.parametrize(
    ("titles", "notes"),
    [
        (["Weeknote #6: rain", "Weeknote #5: maps", "Weeknote #5: maps"], 2),
        (["Weeknote w/c 13 May: rain", "Weeknote w/c 6 May: maps", "Weeknote w/c 6 May: maps"], 3),
    ],
    ids=["number", "week"],
)
def test_a_title_that_is_there_again_names_no_other_note(titles: list[str], notes: int, dialect: str) -> None:
    """It is a heading in the first one; but a week given twice is a mistake that should be seen."""
    mark = "# " if dialect == "markdown" else ""
    text = "".join(f"{mark}{title}\n\n{words}\n\n" for title, words in zip(titles, (LONG, LATER, LONG), strict=True))
    assert len(parse_archive(text, dialect=dialect).weeknotes) == notes


def test_notes_of_an_archive_have_their_own_mastheads_and_bylines() -> None:
    """The site's name is the first note's, a date above a heading the note's that follows."""
    text = (
        f"Ada’s streets\n\nWeeknotes #12\n\nMarch 1, 2021 by Ada\n\n{LONG}\n\n"
        f"22 February 2021\n\nWeeknotes #11\n\n{LATER}\n"
    )
    archive = parse_any(text, dialect="text")
    assert isinstance(archive, Archive)
    first, second = archive.weeknotes
    assert [block.text for block in (*first.masthead, *first.byline)] == ["Ada’s streets", "March 1, 2021 by Ada"]
    assert [block.text for block in second.masthead] == ["22 February 2021"]
    assert [note.published for note in (first, second)] == [date(2021, 3, 1), date(2021, 2, 22)]
    assert "".join(map(dump, archive.entries)) == text
    edited = replace(archive, second.intro[0], Paragraph("We drew another map of the streets."))
    assert dump(edited) == text.replace(LATER, "We drew another map of the streets.")


# --- edits


def page() -> Weeknote:
    """Return a note with a masthead and a byline."""
    return parse(f"in Weeknotes\n\nWeeknotes #12\n\n1 March 2021\n\n{LONG}\n", dialect="text")


def test_the_site_s_lines_can_be_replaced_and_removed() -> None:
    """They are blocks like all others."""
    note = page()
    changed = replace(note, note.byline[0], Paragraph("2 March 2021"))
    assert dump(changed) == dump(note).replace("1 March", "2 March")
    assert parse(dump(changed), dialect="text") == changed
    bare = remove(remove(note, note.byline[0]), note.masthead[0])
    assert dump(bare) == f"Weeknotes #12\n\n{LONG}\n"
    longer = insert_after(note, note.byline[0], Paragraph("3 min read"))
    assert [block.text for block in longer.byline] == ["1 March 2021", "3 min read"]
    assert parse(dump(longer), dialect="text") == longer


WORDS = [Paragraph(LONG)]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        pytest.param(attrs.evolve(page(), masthead=WORDS), "text", id="masthead"),
        pytest.param(attrs.evolve(page(), byline=WORDS), "part of the text below the byline", id="byline"),
        pytest.param(Weeknote(byline=WORDS, dialect="text"), "a note that no heading names", id="without a heading"),
    ],
)
def test_other_words_are_refused_there(note: Weeknote, found: str) -> None:
    """They would be read as the author's, so the error comes before anything is written."""
    with pytest.raises(CannotExpressError, match=found):
        dump(note)


def test_a_note_in_the_other_dialect_keeps_them() -> None:
    """The same lines are the site's in both dialects."""
    done = convert(page(), "markdown")
    assert done.losses == ()
    assert isinstance(done.note, Weeknote)
    assert [block.text for block in (*done.note.masthead, *done.note.byline)] == ["in Weeknotes", "1 March 2021"]
