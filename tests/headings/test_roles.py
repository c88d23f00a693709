"""Headings and the roles they say."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weeknote.headings.roles import VOCABULARY, Role, Vocabulary, fold

SAID = {
    Role.HIGHLIGHTS: [
        "What worked",
        "Stuff I enjoyed this week",
        "Three things that went well",
        "Good things that happened",
        "The highlights of my week",
        "Our biggest wins",
        "Team highlights",
        "Das lief gut",
        "Povedlo se",
        "Det som gick bra",
        "Other highlights from last week were:",
        "Other highlights from last week were:.",
        "Other highlights from last week were",
        "Other highlights this week",
        "Other highlights include…",
        "Highlights",
        "Highlights of the week",
        "This week’s highlights",
        "**Highlights**",
        "✨ Highlights ✨",
        "1. Highlights",
        "One highlight",
        "I also…",
        "I also:",
        "I’ve also",
        "We also...",
        "This week I also…",
        "Also this week",
        "Other things",
        "Wins",
        "Wins & achievements",
        "What went well?",
        "Three wins",
        "Five good things",
        "What did I enjoy this week?",
        "The good",
        "Best bits",
        "Misc",
        "Etc",
        "Everything else",
        "Highlights der Woche",
        "Was gut lief",
        "Wat ging er goed?",
        "Lo mejor de la semana",
        "Momenti salienti",
        "今週の成果",
        "本周亮点",
        "Points marquants",
        "Uchafbwyntiau",
        "Co se povedlo",
        "What I am proud of this week",
        "Things that made me smile",
        "Best thing this week",
        "What’s going well",
        "Odds & ends",
        "Bits & bobs",
        "Top 3 highlights",
        "Und sonst?",
        "その他",
        "今週楽しかったこと",
    ],
    Role.LEARNING: [
        "My key takeaways",
        "A few things I learned",
        "Det har jag lärt mig",
        "Yr hyn ddysgais i",
        "学到的东西",
        "Something I’m learning",
        "Something I'm learning",
        "Something Im learning",
        "SOMETHING I\N{RIGHT SINGLE QUOTATION MARK}M\N{NO-BREAK SPACE}LEARNING:",
        "Something I learned",
        "Something I learnt this week",
        "Something I’ve been learning",
        "Something new I learned",
        "One thing I learnt",
        "What I learned",
        "What I learned last week",
        "What I’ve learnt…",
        "What I have learned",
        "What I’m learning",
        "What I've been learning {#learning}",
        "What we learned",
        "What we’re learning",
        "What did we learn?",
        "What have I learned?",
        "Things I learned",
        "Things I've learned (this week)",
        "Stuff I learned today",
        "Learned things",
        "Learned",
        "Learning",
        "Learnings",
        "My learning",
        "Key learnings",
        "Lessons learned",
        "Lessons",
        "Lesson of the week",
        "TIL",
        "TIL 💡",
        "Today I learned",
        "This week I learned",
        "I learned",
        "We learnt…",
        "This week I have learned:",
        "So, what have I learned this week?",
        "Three things I learned",
        "Key insights",
        "Takeaways",
        "Was ich gelernt habe",
        "Wat heb ik geleerd?",
        "Lo que aprendí esta semana",
        "Cosa ho imparato",
        "今週学んだこと",
        "本周学习",
        "Ce que j’ai appris",
        "Beth ddysgais i",
        "Rhywbeth rwy’n ei ddysgu",
        "Co jsem se naučila",
        unicodedata.normalize("NFD", "Co jsem se naučil"),
        "Currently learning",
        "Was ich diese Woche gelernt habe",
        "Wat ik deze week leerde",
        "Esta semana aprendí",
        "わかったこと",
    ],
    Role.NEXT: [
        "In the pipeline",
        "Next week, I’ll be…",
        "Things to look forward to",
        "Coming up in the next two weeks",
        "On for next week",
        "Next week",
        "📅 Next Week",
        "Next week I will",
        "Next week we’ll…",
        "This week we will:",
        "Coming up",
        "Coming up next week",
        "What’s next?",
        "Whats next",
        "Next",
        "Next steps",
        "Looking ahead",
        "Looking ahead to next week",
        "Plans for next week",
        "Doing next",
        "Up next",
        "On the horizon",
        "What’s in store for the spring?",
        "Targets for next week",
        "Next week’s goals",
        "My goals for the coming week",
        "What do I want to achieve next week?",
        "What I’m planning for next week",
        "What do I need to do?",
        "Next fortnight",
        "Nächste Woche",
        "Ausblick",
        "Volgende week",
        "La próxima semana",
        "Nästa vecka",
        "来週の予定",
        "下周重点",
        "The week ahead",
        "To-do",
        "La semaine prochaine",
        "Wythnos nesaf",
        "Příští týden",
        "Next week, I want to…",
        "Next week I’m hoping to",
        "Next week (w/c 13 May)",
        "Next week: w/c 13 May",
        "What next?",
        "What I’m looking forward to",
        "In the week ahead",
        "Agenda",
        "Was steht nächste Woche an?",
        "来週やりたいこと",
        "下周的计划",
        "Geplant",
    ],
    Role.CHALLENGES: [
        "What could I have done better?",
        "My worries",
        "Something I struggled with",
        "Ce qui a été difficile",
        "Nepovedlo se",
        "Challenges",
        "This week's challenges",
        "Lowlights",
        "Difficulties",
        "Blockers and frustrations",
        "What was hard",
        "What did I struggle with?",
        "Things I struggled with",
        "What could have gone better?",
        "The meh",
        "Lows",
        "Herausforderungen",
        "Uitdagingen",
        "Retos",
        "課題",
        "What I found difficult",
        "What didn’t go well",
        "What did not go so well",
        "Hard things",
        "Difficultés",
        "Heriau",
        "Výzvy",
        "What’s been hard",
        "What frustrated me",
        "What’s blocking us?",
        "Was lief schlecht?",
        "Even better if",
        "Geärgert",
        "できなかったこと",
    ],
    Role.LINKS: [
        "Links and things",
        "Things worth reading",
        "Good things I read",
        "I’ve been reading",
        "读了什么",
        "Links",
        "Some links",
        "The week in links",
        "Interesting links from this week",
        "Reading",
        "Reading list",
        "📚 Reading",
        "What I’ve been reading",
        "Things I read",
        "Bookmarks",
        "Cool links",
        "What caught my interest?",
        "Currently reading",
        "Links and quotes",
        "Articles I enjoyed",
        "Things I found on the internet",
        "Gelesen",
        "Lectures de la semaine",
        "Lecturas",
        "Zaujalo mě",
        "読書",
        "推荐阅读",
        "Around the web",
        "References / links",
        "Liens",
        "Dolenni",
        "Odkazy",
        "Linkdump",
        "Things I found interesting",
        "Weekend reads",
        "Fundstücke der Woche",
        "6. Web-Fundstück",
        "有趣的文章",
    ],
    Role.MEDIA: [
        "Media",
        "Watching",
        "Listening",
        "Watching / Listening",
        "Reading, watching, listening",
        "Read / watched / listened to",
        "📚 Reading & 🎧 Listening",
        "Things I’ve read and watched",
        "Books",
        "What I’m playing",
        "Stuff I watched",
        "Music",
        "Songs of the week",
        "LISTENINGS",
        "Gaming",
        "Cool videos",
        "Books I read",
        "Now playing",
        "Gelesen & gesehen",
        "映画",
        "Games!",
        "Vu, lu, entendu",
        "Knihy",
        "Books I’m reading",
        "Was ich geschaut habe",
        "Films en series",
        "3. Flimmerkiste",
        "本周书影音",
    ],
    Role.THEME: [
        "What worked for the library",
        "Things that happened in 1924",
        "Thorns in the hedge",
        "In the pipeline works",
        "Pipeline",
        "Team",
        "Worries about the roof",
        "Could do better schools",
        "What we do differently",
        "Some good bridges",
        "Reading things into it",
        "Machine learning",
        "Learning more about support for rough sleepers",
        "Learning from the neighbourhood wardens",
        "Learning and development",
        "Tech & learning",
        "Something I’m learning about trams",
        "Did the robots learn anything?",
        "Highlights of the budget",
        "Highlights and lowlights",
        "I also went to the shop",
        "Next steps for the boiler",
        "Next week we’ll know whether it floats",
        "Links with schools",
        "Reading Borough Council",
        "Reading week",
        "Media training",
        "Challenges in the kitchen",
        "Three wins for the team in the cup",
        "The good life",
        "The good, the bad and the ugly",
        "Misc throwdown with no context",
        "Best practice",
        "What I like about boats",
        "Learning from what went well",
        "Key insights team",
        "Takeaway lunch",
        "Deutsch lernen",
        "Doing next to nothing",
        "What’s in the store",
        "Targets for net zero",
        "Looking ahead of the curve",
        "Coming up short",
        "Next weekend",
        "Next of kin",
        "Upcoming elections",
        "What do I want to achieve?",
        "What next for the library",
        "Goals for this week",
        "Obstacle course",
        "Hard things about hard things",
        "Cool links between teams",
        "Currently reading group",
        "What I read into it",
        "What we found in the archive",
        "読書会",
        "Gaming commission",
        "The book",
        "Music lessons",
        "Playing fields",
        "Listening exercise",
        "This week",
        "Last week",
        "The week",
        "Notes",
        "Work",
        "Goals",
        "C++",
        "🎉",
        "…",
        "",
        "and",
        "/",
        "Agenda for change",
        "Best thing since sliced bread",
        "What’s good for the goose",
        "Top 3 highlights of the budget",
        "Quick wins programme",
        "Next week we plan to open the office",
        "Next week will be the last one",
        "What’s hard about maps",
        "Team, w/c 13 May",
        "What I did this week",
        "Things that made me wonder",
        "What worried me about the bridge",
        "I read the plan",
        "Geplante Obsoleszenz",
        "计划经济",
        "音楽教育",
    ],
}


@pytest.mark.parametrize(
    ("title", "role"),
    [pytest.param(title, role, id=f"{role}: {title}") for role, titles in SAID.items() for title in titles],
)
def test_headings_say_roles(title: str, role: Role) -> None:
    """A heading has the role its whole wording says, and is a theme otherwise."""
    assert VOCABULARY.role(title) is role


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        pytest.param("Next Week", "next week", id="case"),
        pytest.param("What‘s “next”", "what's \"next", id="quotes"),
        pytest.param(" Next \t\N{NO-BREAK SPACE}\N{THIN SPACE}week ", "next week", id="space"),
        pytest.param("Next – week", "next - week", id="dash"),
        pytest.param("**Next** *week*", "next week", id="emphasis"),
        pytest.param("🧑‍🤝‍🧑 Next week ☁️", "next week", id="emoji"),
        pytest.param("Next week:.", "next week", id="stray full stop"),
        pytest.param("Next week...", "next week", id="three dots"),
        pytest.param("3) Next week", "next week", id="number"),
        pytest.param("3.5 million", "3.5 million", id="decimal"),
        pytest.param("2024. A review", "2024. a review", id="year"),
        pytest.param("Next week {#next .big}", "next week", id="attribute list"),
        pytest.param("Ne\N{ZERO WIDTH SPACE}xt", "next", id="invisible"),
        pytest.param("He\N{COMBINING CIRCUMFLEX ACCENT}", "hê", id="composed"),
        pytest.param("x\N{COMBINING CARON}!", "x\N{COMBINING CARON}", id="mark at the end"),
    ],
)
def test_folding(title: str, folded: str) -> None:
    """Two spellings of one heading fold to the same words."""
    assert fold(title) == folded


@given(st.text())
def test_folding_twice_is_folding_once(title: str) -> None:
    """Folded words are their own folding."""
    assert fold(fold(title)) == fold(title)


@given(st.text())
def test_every_heading_has_a_role(title: str) -> None:
    """Any text at all has a role."""
    assert VOCABULARY.role(title) in Role


@given(
    st.sampled_from([title for role, titles in SAID.items() if role is not Role.THEME for title in titles]),
    st.text("*_: .!…🎉\N{NO-BREAK SPACE}", max_size=9),
)
def test_decoration_changes_no_role(title: str, decoration: str) -> None:
    """Emoji, punctuation and space around a heading leave its role."""
    assert VOCABULARY.role(decoration + title + decoration) is VOCABULARY.role(title)


@pytest.mark.parametrize("unit", ["links ", "a", "1. ", "!", "\u0301\u0323", "and ", "{", "{}", "\ud800"])
def test_a_huge_heading_is_a_theme(unit: str) -> None:
    """A million characters of heading say nothing; to fold them in quadratic time would take hours."""
    title = unit * (1_000_000 // len(unit))
    assert VOCABULARY.role(title) is Role.THEME
    fold(title)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.THEME], ids=str)
def test_each_role_has_a_spelling_of_its_own(role: Role) -> None:
    """The canonical phrase of a role has that role."""
    canonical = VOCABULARY.canonical(role)
    assert canonical is not None
    assert VOCABULARY.role(canonical) is role


@pytest.mark.parametrize(
    ("role", "spelling"),
    [
        (Role.LEARNING, "Something I’m learning"),
        (Role.HIGHLIGHTS, "Other highlights from last week were:"),
        (Role.NEXT, "Next week"),
        (Role.THEME, None),
    ],
)
def test_canonical_spellings(role: Role, spelling: str | None) -> None:
    """The canonical phrases are those of the house style; a theme has none."""
    assert VOCABULARY.canonical(role) == spelling


@pytest.mark.parametrize(
    ("phrase", "spellings"),
    [
        pytest.param("Plot", ["Plot"], id="plain"),
        pytest.param("{A|The} plot", ["A plot", "The plot"], id="one of"),
        pytest.param("[My|Our] plot", ["Plot", "My plot", "Our plot"], id="at most one of"),
        pytest.param("Plot [so far] {2|3}", ["Plot 2", "Plot 3", "Plot so far 2", "Plot so far 3"], id="both"),
        pytest.param("Plot {", ["Plot"], id="unpaired"),
        pytest.param("Plot * end", ["Plot to the end", "Plot of an open end"], id="words between"),
        pytest.param("Plot of *", ["Plot of a", "Plot of one two three four five six"], id="words behind"),
    ],
)
def test_the_notation_of_phrases(phrase: str, spellings: list[str]) -> None:
    """Braces match one of their choices, brackets at most one."""
    words = Vocabulary({Role.NEXT: [phrase]})
    assert [words.role(each) for each in spellings] == [Role.NEXT] * len(spellings)
    assert words.role("Plot twist") is Role.THEME
    assert words.role("Plot of one two three four five six seven") is Role.THEME


def test_extending_adds_phrases_and_leaves_the_original() -> None:
    """An extended vocabulary knows more; the one it came from is as it was."""
    more = VOCABULARY.extended({"learning": ["Machine learning"], Role.THEME: "Books"})
    assert more.role("Machine learning") is Role.LEARNING
    assert more.role("Books") is Role.THEME
    assert more.role("Next week") is Role.NEXT
    assert VOCABULARY.role("Machine learning") is Role.THEME
    assert VOCABULARY.role("Books") is Role.MEDIA
    assert more.canonical(Role.LEARNING) == "Something I’m learning"


def test_a_word_that_is_no_role_is_refused() -> None:
    """Phrases for an unknown role raise, and the error names it."""
    with pytest.raises(ValueError, match="weather"):
        VOCABULARY.extended({"weather": ["Rain"]})


def test_a_vocabulary_is_a_value() -> None:
    """Vocabularies of the same phrases are equal, hash alike and survive pickling."""
    one, two = Vocabulary({Role.NEXT: ["Soon"]}), Vocabulary({"next": ("Soon",)})
    assert one == two
    assert hash(one) == hash(two)
    assert one != VOCABULARY
    assert pickle.loads(pickle.dumps(VOCABULARY)) == VOCABULARY
