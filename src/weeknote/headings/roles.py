"""What a section is for, by its heading: highlights, learning, next and the like, or a theme."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import attrs

from weeknote.headings.role_phrases import PHRASES
from weeknote.lazy import lazy_pattern

MAX_LENGTH = 100
"""Characters in a heading that can say a role; a longer one is a theme."""


class Role(StrEnum):
    """The purpose of a section.

    Section titles differ from author to author; only these purposes recur. A member equals its name in lower case.

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
_NUMBER = lazy_pattern(r"\d{1,3}[.)\u20e3](?=\D)")
_ATTRIBUTES = lazy_pattern(r"\{[^{}]*\}[\W_]*+$")


def fold(title: str) -> str:
    """Return a heading's words without what may differ between two spellings of it.

    Case, curly quotes, kinds of dash and of space, emphasis marks, a number in front (`2.`), an attribute
    list after (`{#id}`), and whatever is neither letter nor digit at either end (emoji, a colon, an
    ellipsis) make no difference. Folding twice changes nothing more. A title longer than 1,000 characters
    has only its case and white space folded, so that the time taken is linear in the length.

    >>> fold("**Other highlights** from last\N{NO-BREAK SPACE}week were:.")
    'other highlights from last week were'
    >>> fold("\N{BOOKS} Something I\N{RIGHT SINGLE QUOTATION MARK}M learning\N{HORIZONTAL ELLIPSIS}")
    "something i'm learning"
    """
    words = " ".join(title.casefold().split())
    if len(words) > 10 * MAX_LENGTH or (words.isascii() and words.replace(" ", "").isalpha()):
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


_ALTERNATIVES = lazy_pattern(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]")


def _spellings(phrase: str) -> Iterable[str]:
    """Yield what a phrase in the notation of `Vocabulary` stands for."""
    pieces: list[list[str]] = []
    at = 0
    for match in _ALTERNATIVES.finditer(phrase):
        one, at_most_one = match.groups()
        pieces.append([phrase[at : match.start()]])
        pieces.append(one.split("|") if one is not None else ["", *at_most_one.split("|")])
        at = match.end()
    pieces.append([phrase[at:]])
    return (" ".join("".join(words).split()) for words in itertools.product(*pieces))


def _key(title: str) -> str:
    return fold(title).replace("'", "")


def _without_week(key: str) -> Iterator[str]:
    """Yield a folded heading, then without a word that leads in, then without the words for which week is meant."""
    yield key
    lead_in = _LEAD_IN.match(key)
    if lead_in is not None:
        key = key[lead_in.end() :]
        yield key
    undated = _DATED.sub("", key)
    if undated != key:
        key = undated
        yield key
    if last := _WHEN_LAST.search(key):
        yield key[: last.start()]
        if last["of"]:  # "What I am proud of this week"
            yield f"{key[: last.start()]} {last['of']}"
    elif first := _WHEN_FIRST.match(key):
        yield key[first.end() :]
    elif within := _WHEN_WITHIN.search(key):
        yield f"{key[: within.start()]} {key[within.end() :]}"


_PERIOD = r"(?:week|fortnight|month|sprint)"
_THIS = r"(?:this|last|past|(?:the|this) (?:past|last)|the)"
_BE = r"(?:was|were|is|are|includes?|included)"
_LEAD_IN = lazy_pattern(r"(?:so|and|but|finally|lastly),? (?=.)")
_WHEN_FIRST = lazy_pattern(
    rf"(?:(?:{_THIS} {_PERIOD}s?|weekly)(?: in)? |(?:diese woche|cette semaine|deze week|esta semana|questa settimana"
    r"|tento týden|yr wythnos hon|denne uke[nr]?|denne uge|den här veckan|veckans|ukens|ugens|viikon)[:,]? "
    r"|今週の|今週|先週の|本周的?|这周的?|这周|上周)(?=.)"
)
_DATED = lazy_pattern(r"[ ,:(-]{1,3}(?:w/[cbe]|wc|week (?:commencing|beginning|ending)) [^()]{1,24}$")
_WHEN_WITHIN = lazy_pattern(r" (?:this week|diese woche|deze week|tento týden|denna vecka|denne uken|denne uge) (?=.)")
_WHEN_LAST = lazy_pattern(
    rf" (?:\(?(?:(?P<of>from|of|for|in|over) )?(?:{_THIS} {_PERIOD}|today)(?: {_BE})?|{_BE}"
    r"|\(?(?:(?:in |aus )?(?:der|dieser|diese|die|letzte|vergangene)(?: (?:letzten|vergangenen))?) woche"
    r"|\(?(?:de la|cette|la) semaine(?: dernière| passée)?"
    r"|\(?(?:van )?(?:de|deze|afgelopen)(?: afgelopen)? week"
    r"|\(?(?:de )?(?:la|esta) semana(?: pasada)?|\(?d[ae] semana(?: passada)?"
    r"|\(?(?:della|questa) (?:scorsa )?settimana"
    r"|\(?(?:tento |tohoto |minulého )?(?:týden|týdne)|\(?(?:yr|y) wythnos(?: hon)?"
    r"|\(?(?:tego tygodnia|w tym tygodniu)|\(?(?:i |den(?:ne|na) |den här )?(?:veckan|uken|uge|ugen))$"
)
_AND = lazy_pattern(r" ?[/,&+|、・，] ?| (?:and|et|und|y|e|en|og|och|oraz) ")
_NEUTRAL_PARTS = frozenset({"etc", "quotes", "more", "so on"})
"""Parts of a joined heading that leave its role to the others: "Links and quotes"."""
MAX_PARTS = 6
MAX_GAP = 6
"""Words for which a `*` in a phrase can stand."""

Phrases = Mapping[Role, Iterable[str]] | Mapping[str, Iterable[str]]
"""Phrases by role; a role may be given as its word."""


def _pairs(
    phrases: Phrases | Iterable[tuple[Role, Iterable[str]]],
) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
    return tuple((Role(role), (each,) if isinstance(each, str) else tuple(each)) for role, each in pairs)


def _count(phrases: tuple[tuple[Role, tuple[str, ...]], ...]) -> str:
    return f"<{sum(len(each) for _, each in phrases)} phrases>"


class _Table(NamedTuple):
    """What phrases stand for: whole headings, and a pattern for phrases with a gap, with a group for each role."""

    headings: dict[str, Role]
    gapped: re.Pattern[str] | None

    def role(self, key: str) -> Role | None:
        """Return the role of a folded heading, None if it has none."""
        for words in _without_week(key):
            if role := self.headings.get(words):
                return role
            if self.gapped and (m := self.gapped.fullmatch(words)):
                return Role((m.lastgroup or "").partition("_")[0])
        return None


# The built-in vocabulary has thousands of spellings; they are made on first use.
@lru_cache(maxsize=16)
def _table(phrases: tuple[tuple[Role, tuple[str, ...]], ...]) -> _Table:
    spellings = [(spelling, role) for role, each in phrases for phrase in each for spelling in _spellings(phrase)]
    gapped = {_pattern(spelling): role for spelling, role in spellings if "*" in spelling}
    groups = [
        f"(?P<{role.value}_{i}>{pattern})"  # later phrases count before earlier ones
        for i, (pattern, role) in enumerate(reversed(gapped.items()))
    ]
    whole = {_key(spelling): role for spelling, role in spellings if "*" not in spelling}
    return _Table(whole, lazy_pattern("|".join(groups)) if groups else None)


def _pattern(spelling: str) -> str:
    gap = rf"\S+(?: \S+){{0,{MAX_GAP - 1}}}"
    return " ".join(gap if word == "*" else re.escape(_key(word)) for word in spelling.split())


@attrs.frozen(cache_hash=True)
class Vocabulary:
    """The phrases that give a heading its role. Immutable, hashable, and safe to pickle.

    A phrase has to match a whole heading, after `fold` and without apostrophes. In a phrase, `{a|b}` stands for one
    of the two, `[a|b]` for at most one of them, and `*` for one to six words; none is nested. A heading also has a
    phrase's role if it adds which week is meant (`… this week`, `… from last week were`, `This week's …`), or if it
    joins headings of one role (`Wins and highlights`); links joined with media are media. If a phrase has two roles,
    the later one counts.

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

    # The default vocabulary has thousands of characters, which `help(parse)` would print as a default value.
    phrases: tuple[tuple[Role, tuple[str, ...]], ...] = attrs.field(converter=_pairs, repr=_count)

    def role(self, title: str) -> Role:
        """Return the role of a heading, `Role.THEME` if no phrase matches.

        >>> VOCABULARY.role("What we learnt this week")
        <Role.LEARNING: 'learning'>
        >>> VOCABULARY.role("Machine learning")
        <Role.THEME: 'theme'>
        """
        return _role(self, title) if len(title) <= MAX_LENGTH else Role.THEME

    def canonical(self, role: Role) -> str | None:
        """Return the spelling to write for a role: its first phrase; None for a role that has none.

        >>> VOCABULARY.canonical(Role.HIGHLIGHTS)
        'Other highlights from last week were:'
        """
        return next((next(iter(_spellings(p))) for r, phrases in self.phrases if r == role for p in phrases), None)

    def extended(self, phrases: Phrases) -> Vocabulary:
        """Return this vocabulary with more phrases, which take precedence over its own.

        A phrase for `Role.THEME` is removed from the other roles.

        Args:
            phrases: more phrases for each role, in the notation of the class.

        Raises:
            ValueError: a key is not a role.

        >>> VOCABULARY.extended({Role.LEARNING: ["Field notes"]}).role("Field notes")
        <Role.LEARNING: 'learning'>
        """
        return Vocabulary((*self.phrases, *_pairs(phrases)))


@lru_cache(maxsize=1024)
def _role(vocabulary: Vocabulary, title: str) -> Role:
    key, table = _key(title), _table(vocabulary.phrases)
    found = table.role(key)
    if found is not None:
        return found
    parts = _AND.split(key, maxsplit=MAX_PARTS)
    if not 1 < len(parts) <= MAX_PARTS:
        return Role.THEME
    roles = {table.role(_key(part)) for part in parts if part not in _NEUTRAL_PARTS}
    if roles == {Role.LINKS, Role.MEDIA}:
        return Role.MEDIA
    return (roles.pop() if len(roles) == 1 else None) or Role.THEME


VOCABULARY = Vocabulary(PHRASES)
"""The built-in vocabulary: the phrases of `weeknote.headings.role_phrases`.

The false friends of these words are many, and all of them are themes: a subject (`Machine learning`), an object
(`Learning from the housing team`), a town (`Reading Council`). So no phrase matches a part of a heading. Words that
head sections of any kind (`Notes`, `This week`, `Reflections`, `Goals`) make a theme too.
"""
