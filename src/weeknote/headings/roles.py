"""What a section is for, told from its heading: highlights, learning, next and the like, or a theme."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

import attrs

LONGEST = 100
"""The length in characters past which a heading is a theme: the phrases that say a role are short."""


class Role(StrEnum):
    """What a section of a weeknote is for.

    Titles of sections differ from author to author; only these purposes recur. A member is its own lower-case
    word.

    >>> str(Role.LEARNING)
    'learning'
    >>> Role("next") is Role.NEXT
    True
    """

    THEME = "theme"
    """Whatever the section's title says: every section without one of the roles below."""
    HIGHLIGHTS = "highlights"
    """What went well, and the other things worth a line."""
    LEARNING = "learning"
    """What the author learned."""
    NEXT = "next"
    """What is planned."""
    CHALLENGES = "challenges"
    """What was hard."""
    LINKS = "links"
    """Pages to read, and what was read."""
    MEDIA = "media"
    """What was watched, listened to and played, and books."""


_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′`´＇", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("*\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff", None),
    }
)
_NUMBER = re.compile(r"\d{1,3}[.)\u20e3](?=\D)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}[\W_]*+$")


def fold(title: str) -> str:
    """Return a heading's words without what may differ between two spellings of it.

    Case, curly quotes, kinds of dash and of space, emphasis marks, a number in front (`2.`), an attribute
    list behind (`{#id}`), and whatever is neither letter nor digit at either end (emoji, a colon, an
    ellipsis) make no difference. Folding twice changes nothing more. A title longer than 1,000 characters
    has only its case and white space folded, so that the time taken is linear in the length.

    >>> fold("**Other highlights** from last\N{NO-BREAK SPACE}week were:.")
    'other highlights from last week were'
    >>> fold("\N{BOOKS} Something I\N{RIGHT SINGLE QUOTATION MARK}M learning\N{HORIZONTAL ELLIPSIS}")
    "something i'm learning"
    """
    words = " ".join(title.casefold().split())
    if len(words) > 10 * LONGEST or (words.isascii() and words.replace(" ", "").isalpha()):
        return words
    alike = words.replace("*", "") if words.isascii() else unicodedata.normalize("NFC", words).translate(_ALIKE)
    words = _bare(_ATTRIBUTES.sub("", alike))
    while number := _NUMBER.match(words):
        words = _bare(words[number.end() :])
    return " ".join(words.split())


def _bare(words: str) -> str:
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    # A mark on the last letter (a vowel sign, an accent without a composed form) is part of the word.
    while start < end and not (words[end - 1].isalnum() or unicodedata.category(words[end - 1])[0] == "M"):
        end -= 1
    return words[start:end]


_CHOICE = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]")


def _spellings(phrase: str) -> Iterable[str]:
    """Yield what a phrase in the notation of `Vocabulary` stands for."""
    pieces: list[list[str]] = []
    at = 0
    for choice in _CHOICE.finditer(phrase):
        one, at_most_one = choice.groups()
        pieces.append([phrase[at : choice.start()]])
        pieces.append(one.split("|") if one is not None else ["", *at_most_one.split("|")])
        at = choice.end()
    pieces.append([phrase[at:]])
    return (" ".join("".join(words).split()) for words in itertools.product(*pieces))


def _key(title: str) -> str:
    return fold(title).replace("'", "")


_PERIOD = r"(?:week|fortnight|month|sprint)"
_THIS = r"(?:this|last|past|(?:the|this) (?:past|last)|the)"
_BE = r"(?:was|were|is|are|includes?|included)"
_WHEN_FIRST = re.compile(rf"(?:{_THIS} {_PERIOD}s?|weekly) (?:in )?(?=.)")
_WHEN_LAST = re.compile(rf" (?:\(?(?:(?:from|of|for|in|over) )?(?:{_THIS} {_PERIOD}|today)(?: {_BE})?|{_BE})$")
_AND = re.compile(r" ?[/,&+|] ?| and | et ")
_MOST_PARTS = 6

Phrases = Mapping[Role, Iterable[str]] | Mapping[str, Iterable[str]]
"""Phrases by role; a role may be given as its word."""


def _pairs(
    phrases: Phrases | Iterable[tuple[Role, Iterable[str]]],
) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
    return tuple((Role(role), (each,) if isinstance(each, str) else tuple(each)) for role, each in pairs)


# The built-in vocabulary has more than a thousand spellings: importing this module makes none of them.
@lru_cache(maxsize=16)
def _table(phrases: tuple[tuple[Role, tuple[str, ...]], ...]) -> dict[str, Role]:
    return {_key(spelling): role for role, each in phrases for phrase in each for spelling in _spellings(phrase)}


@attrs.frozen
class Vocabulary:
    """Which headings say which role. Immutable, hashable, and safe to pickle.

    A phrase is compared with a whole heading, after `fold` and without apostrophes. In a phrase, `{a|b}`
    stands for one of the two and `[a|b]` for at most one of them; neither is nested. A heading also has a
    phrase's role when it adds which week is meant (`… this week`, `… from last week were`, `This week's …`),
    and when it joins headings of one role (`Wins and highlights`); links joined with media are media. Of two
    roles for one phrase the later one counts.

    Args:
        phrases: the phrases of each role.

    Raises:
        ValueError: a key is not a role.

    Attributes:
        phrases: the same, as pairs in the order given.

    >>> words = Vocabulary({Role.NEXT: ["{Plan|Plans} [for next week]"]})
    >>> words.role("PLANS:"), words.role("Plans for the new office")
    (<Role.NEXT: 'next'>, <Role.THEME: 'theme'>)
    """

    phrases: tuple[tuple[Role, tuple[str, ...]], ...] = attrs.field(converter=_pairs)

    def role(self, title: str) -> Role:
        """Return the role a heading says, `Role.THEME` when it says none.

        >>> VOCABULARY.role("What we learnt this week")
        <Role.LEARNING: 'learning'>
        >>> VOCABULARY.role("Machine learning")
        <Role.THEME: 'theme'>
        """
        if len(title) > LONGEST:
            return Role.THEME
        key = _key(title)
        found = self._find(key)
        if found is not None:
            return found
        parts = _AND.split(key, maxsplit=_MOST_PARTS)
        if not 1 < len(parts) <= _MOST_PARTS:
            return Role.THEME
        roles = {self._find(_key(part)) for part in parts if part != "etc"}
        if roles == {Role.LINKS, Role.MEDIA}:
            return Role.MEDIA
        return (roles.pop() if len(roles) == 1 else None) or Role.THEME

    def _find(self, key: str) -> Role | None:
        roles = _table(self.phrases)
        if key in roles:
            return roles[key]
        short = _WHEN_LAST.sub("", key)
        if short == key:
            first = _WHEN_FIRST.match(key)
            short = key[first.end() :] if first else key
        return roles.get(short)

    def canonical(self, role: Role) -> str | None:
        """Return the spelling to write for a role: its first phrase; None for a role that has none.

        >>> VOCABULARY.canonical(Role.HIGHLIGHTS)
        'Other highlights from last week were:'
        """
        return next((next(iter(_spellings(p))) for r, phrases in self.phrases if r == role for p in phrases), None)

    def extended(self, phrases: Phrases) -> Vocabulary:
        """Return this vocabulary with more phrases, which count before those it has.

        A phrase given to `Role.THEME` is taken away from the other roles.

        Args:
            phrases: more phrases for each role, in the notation of the class.

        Raises:
            ValueError: a key is not a role.

        >>> VOCABULARY.extended({Role.LEARNING: ["Field notes"]}).role("Field notes")
        <Role.LEARNING: 'learning'>
        """
        return Vocabulary((*self.phrases, *_pairs(phrases)))


_WE = "{i|we}"
_WE_ARE = "{i'm|i am|we're|we are}"
_WE_HAVE = "{i've|i have|we've|we have}"
_A_THING = "{something|some things|one thing|thing|things|stuff|what}"

VOCABULARY = Vocabulary(
    {
        Role.HIGHLIGHTS: [
            "Other highlights from last week were:",
            "[my|our|the|key|main|one|some|other|more|a few|few] {highlight|highlights}",
            f"{{{_WE[1:-1]}|{_WE_HAVE[1:-1]}}} also",
            "other {things|bits|bobs|stuff|news}",
            "other bits and {bobs|pieces}",
            "bits and {bobs|pieces}",
            "{also|in other news}",
            "[my|our] {win|wins|successes|achievements|good things}",
            "{what|things that} went well",
            f"what {_WE_ARE} {{proud of|pleased with|pleased about|celebrating}}",
            "[autres|les] {points|temps|faits} {forts|marquants}",
            "[les] trucs marquants",
            "[mes|des|les] joies",
            "uchafbwyntiau [eraill]",
            "{další události|úspěchy|co se povedlo|co se podařilo}",
        ],
        Role.LEARNING: [
            "Something I’m learning",
            f"{_A_THING} {_WE_ARE} learning",
            f"{_A_THING} {_WE} {{learned|learnt}}",
            f"{_A_THING} {_WE_HAVE} {{learned|learnt|been learning}}",
            "[something|some|things] new [things] {i|we|i've|we've} {learned|learnt}",
            f"what {{did|have}} {_WE} {{learn|learned|learnt}}",
            f"[today] {_WE} {{learned|learnt}}",
            f"[what] {_WE_HAVE} been learning",
            f"[still|what] {_WE_ARE} [still] learning",
            "[my|our|the|some|key|other] {learning|learnings|lessons}",
            "[my|our|the|some|key|other] {lesson|lessons} {learned|learnt}",
            "[things] {learned|learnt} [things]",
            "{til|lesson}",
            "[aujourd'hui] {j'ai|on a|nous avons} appris",
            "ce {que j'ai|qu'on a|que nous avons} appris",
            "{ce que j'apprends|apprentissages|mes apprentissages}",
            "{beth|rhywbeth} {ddysgais i|ddysgon ni|dw i'n ei ddysgu|rwy'n ei ddysgu|rydw i'n ei ddysgu}",
            "{dysgu|dysgais i|dw i wedi dysgu}",
            "[co] jsem se {naučil|naučila}",
            "[co] jsme se {naučili|naučily}",
            "{naučil|naučila} jsem se",
            "{co se učím|čemu se učím}",
        ],
        Role.NEXT: [
            "Next week",
            f"next week {{{_WE[1:-1]}|{_WE_ARE[1:-1]}|i will|we will|i'll|we'll}}",
            f"{{this|next}} week {_WE} will",
            "[what's|what is|whats coming|what's coming|coming] {next|up next}",
            "[what's|what is] coming up [next] [next week]",
            "{coming up|up|what's|plans|priorities|focus|goals|to do|what's coming up} {for|in} next week",
            "{up|what's|what is|what's happening|what's on|my plans|our plans|plans} next week",
            "{looking|thinking} {ahead|forward} [to next week]",
            "[the] {week|weeks} ahead",
            "[my|our|the|some] next {step|steps|things}",
            "[my|our] plans",
            f"what {_WE_ARE} doing next [week]",
            "{to do|todo|to-do|to do list|upcoming}",
            "[la] semaine prochaine",
            "{à venir|et après|la suite|prochaines étapes|les prochaines étapes|à faire}",
            "[yr] wythnos nesaf",
            "{beth nesaf|beth sydd nesaf|camau nesaf|y camau nesaf|edrych ymlaen}",
            "{příští týden|co dál|co bude dál|co mě čeká|co nás čeká|další kroky|plány}",
        ],
        Role.CHALLENGES: [
            "Challenges",
            "[my|our|the|some|key|other] {challenge|challenges|lowlight|lowlights|difficulties|struggles}",
            "[my|our|the|some] {blockers|frustrations|setbacks}",
            "what {was|is|has been|i found|we found} {hard|harder|difficult|challenging|tricky|tough}",
            "[the] {hard|difficult|tricky|tough} {thing|things|bits|parts|stuff}",
            "{what|things that} {didn't|did not|hasn't|has not} {go|gone} {well|so well}",
            "{what went wrong|what went badly|what didn't work|what has not worked|not so good}",
            f"what {_WE_ARE} {{struggling with|finding hard|finding difficult}}",
            "[les|des|mes] {difficultés|défis|peines}",
            "[yr] heriau",
            "{výzvy|co se nepovedlo|co bylo těžké|potíže}",
        ],
        Role.LINKS: [
            "Links",
            "[my|our|the|some|other|more|a few|random] {link|links|reads|reading}",
            "{interesting|useful|good|assorted} {links|reads|reading}",
            "[around|round|from|on] the {web|internet}",
            "{link|links} {roundup|round-up|round up|dump}",
            "[my|our|the] reading list",
            "{bookmarks|bookmarked|further reading|worth reading|worth a read|read|references|papers read}",
            f"{_A_THING} {_WE} read",
            f"{_A_THING} {_WE_ARE} reading",
            f"{_A_THING} {_WE_HAVE} {{read|been reading}}",
            "things that caught {my|our} eye",
            "[des|les|mes|quelques] {liens|lectures|lu}",
            "[rhai] dolenni",
            "{darllen|odkazy|zajímavé odkazy|čtení|co čtu|co jsem četl|co jsem četla}",
        ],
        Role.MEDIA: [
            "Media",
            "media {diet|log}",
            "[currently] {watching|listening|listening to|playing|consuming}",
            "[things] {watched|listened|listened to|heard|seen|played|consumed}",
            f"{_A_THING} {_WE} {{watched|listened to|heard|saw|played|consumed}}",
            f"{_A_THING} {_WE_ARE} {{watching|listening to|playing|consuming}}",
            f"{_A_THING} {_WE_HAVE} {{watched|listened to|heard|seen|played|consumed}}",
            f"{_A_THING} {_WE_HAVE} been {{watching|listening to|playing|consuming}}",
            "{book|books|film|films|movies|tv|television|podcast|podcasts}",
            "[new] {music|song|songs|album|albums|books|films|games}",
            "{game|games|video games}",
            "{vu|entendu|écouté|joué|livres|musique|films|médias}",
            "{gwylio|gwrando|llyfrau|cerddoriaeth}",
            "{knihy|hudba|filmy|co poslouchám|co sleduji}",
        ],
    }
)
"""The built-in vocabulary: English, with the commonest headings in French, Welsh and Czech.

The false friends of these words are many, and all of them are themes: a subject (`Machine learning`), an
object (`Learning from the housing team`), a town (`Reading Council`). So no phrase matches a part of a
heading. Words that head sections of any kind (`Notes`, `This week`, `Reflections`, `Goals`) make a theme
too.
"""
