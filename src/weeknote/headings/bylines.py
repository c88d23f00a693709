"""The lines that a site prints around a post's title: date, author, reading time, categories, buttons, navigation.

Strings only; `weeknote.syntax.page_parts` decides which blocks of a note are its masthead and byline. The forms are
those of WordPress, Medium, Substack, Ghost, Blogger, GOV.UK blogs and the common Hugo and Jekyll themes, as they read
when the page is copied as text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from weeknote.headings.calendar_names import MONTH_NUMBERS, WEEKDAY_NUMBERS, without_accents
from weeknote.headings.dates import DATES, DIGIT, make_date, read_day
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from datetime import date

MAX_BYLINE_LENGTH = 120
"""Characters in a line of a masthead or byline; longer lines belong to the author."""

MAX_DATE_LENGTH = 60
"""Characters in a line that is only a date, its weekday and year included, in any language."""

# Every repetition in these patterns is bounded, and they are matched at a place, never searched.

# "Ada Lovelace March 1": a word before a number is a month.
_NAME_WORD = r"(?:(?!Leave\s)[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}(?!\w|\.?[ \u00a0][0-9])|@[\w.]{1,30})"
_PARTICLE = r"(?:and|&|de|da|del|der|den|di|du|la|le|ten|ter|van|von|und|et|y|e|en|och|og)"
_NAME = rf"{_NAME_WORD}(?:[ \u00a0]{_NAME_WORD}|[ \u00a0]{_PARTICLE}(?=[ \u00a0])){{0,5}}"

_SEPARATOR = lazy_pattern(
    r"(?:\s|[·•∙⋅|/,;~–—:：()\[\]*_»›>\u2600-\u27bf\u23e0-\u23ff\U0001f300-\U0001faff\ufe0f-]){0,12}"
)
_LABEL = lazy_pattern(
    # "Posted on", "Published:", "Last updated on"
    r"(?:(?:first |originally |last |post |date |zuletzt )?"
    r"(?P<label>posted|published|written|sent|created|updated|modified|edited|added|date|公開日|投稿日|发布于|发表于"
    r"|publication date|veröffentlicht|geschrieben|gepostet|erstellt|aktualisiert|publié|rédigé|geplaatst|gepubliceerd"
    r"|geschreven|publicado|escrito|pubblicato|scritto|publicerad|postat|skrevet|publisert|udgivet|julkaistu"
    r"|publikováno|opublikowano|cyhoeddwyd)(?:(?!\w)|(?<=[日于]))(?:\stime)?\s?[:：]?\s?"
    r"(?:(?:on|at|am|le|op|el|il|em|den|ar)(?!\w):?)?)"
    r"(?=\s{0,3}(?:\Z|[·•|:：/]|[0-9]|\w+\.?\s{1,2}[0-9]|(?i:by|von|par|door|por|di|av|af|in|dans|week)\s"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?!\w)))",
    re.IGNORECASE,
)
_AUTHOR = lazy_pattern(
    r"(?i:(?:(?:posted|published|written|created)\s{1,2})?(?:by|von|par|door|por|di|av|af|gan)|(?:post\s)?authors?"
    rf"|autor(?:in)?|auteurs?|auteur|autore|verfasst von|posted by|words by)(?!\w)\s?:?\s{{1,3}}(?:{_NAME})(?!\w)"
)
_LINE_OF_AUTHOR = lazy_pattern(r"(?:(?:posted|published|written)\s)?by\s?:?\Z|authors?\s?:?\Z", re.IGNORECASE)
_CATEGORY = lazy_pattern(
    r"(?:(?:(?:posted|published|filed|archived|abgelegt|veröffentlicht|publié|geplaatst|publicado|pubblicato)\s"
    r"(?:in|under|unter|dans|en)|tagged(?: (?:as|with))?|verschlagwortet mit|getagd)\s?:?"
    r"|(?:(?:post\s)?categor(?:y|ies)|tags?|labels?|topics?|series|organisations?|kategorien?|schlagw[oö]rter"
    r"|schlagwort|rubrik"
    r"|catégories?|étiquettes?|mots-clés|categorie[ën]*|categorías?|etiquetas?|štítky|rubriky)\s?:)"
    r"(?:\s{1,3}[^.!?\n]{1,90})?\Z",
    re.IGNORECASE,
)
_IN_CATEGORY = lazy_pattern(rf"in\s(?:{_NAME}|[Ww]eek\s?notes?)(?:,\s(?:{_NAME})){{0,4}}(?=\Z|\son\s)")
_HASHTAGS = lazy_pattern(r"(?:#[^\W\d][\w-]{0,40}(?:[\s,]{1,3}|\Z)){1,12}\Z")
_DATE_FOLLOWS = lazy_pattern(r"\s(?:on|am|le|op|el|den)\s(?=[^\s])")
_READING_TIME = lazy_pattern(
    r"(?:(?:est(?:imated|\.)? )?(?:reading|read) time|time to read|lesezeit|lesedauer|temps de lecture|leestijd"
    r"|tiempo de lectura|tempo di lettura|lästid|lesetid|word count)\s?:?\s?"
    r"(?:(?:~|about|approx\.?|ca\.?|circa|env\.?)\s?)?"
    r"[0-9<]{1,6}(?:[.,–-][0-9]{1,4})?\s?(?:min(?:ut\w{0,3})?s?\b\.?|words?)?"
    r"|(?:~|<|about|approx\.?|ca\.?)?\s?[0-9]{1,3}(?:[–-][0-9]{1,3})?[\s-]?min(?:ut\w{0,3})?s?\.?[\s-]{0,2}"
    r"(?:to\s)?(?:read(?:ing)?(?:\stime)?|lesezeit|de lecture|leestijd|lezen|lectura|di lettura|läsning)"
    r"|(?:about\s)?[0-9]{1,3}(?:[,.][0-9]{3})?\s(?:words|wörter|woorden|mots|palabras|parole)\b",
    re.IGNORECASE,
)
_COUNT = lazy_pattern(
    r"(?:post\scomments:\s)?(?:[0-9]{1,6}(?:\.[0-9])?k?|no|one|keine?|aucun|geen|leave\sa|add\sa|be\sthe\sfirst\sto)\s"
    r"(?:comments?|repl(?:y|ies)|responses?|likes?|claps?|views?|shares?|reactions?|restacks?|followers|kommentare?"
    r"|commentaires?|reacties?|comentarios?|commenti|kommentarer)(?:\s?:)?(?!\s?\w)",
    re.IGNORECASE,
)
_ACTION = lazy_pattern(
    r"(?:(?:click\sto\s)?(?:share|tweet|post|email|print|save|pin)\s(?:this(?:\s(?:post|article|page|story))?"
    r"|(?:on|to|via|by|with)\s\w{1,20}(?:\s\(opens\sin\snew\swindow\))?|link)"
    r"|share|tweet|teilen|twittern|partager|delen|compartir|condividi|follow(?:ing)?|listen|save|print|e-?mail"
    r"|subscribe(?:d)?|like|reply|permalink|permanent\slink|restack|bookmark|copy\slink|sign\s(?:in|up)|open\sin\sapp"
    r"|upgrade(?:\sto\spaid)?|member-only\sstory|press\senter\sor\sclick\sto\sview\simage\sin\sfull\ssize"
    r"|facebook|twitter|linkedin|whatsapp|mastodon|bluesky|reddit|pocket|telegram|x|rss|paid|edit(?:\sthis)?"
    r"(?:\s(?:page|post))?|listen\sto\sthis\s(?:article|post)|play|more|see\sall\supdates|comments?|featured|pinned"
    r"|(?:table\sof\s)?contents|on\sthis\spage"
    r"|in\sthis\s(?:post|article)|inhaltsverzeichnis)\s?:?(?!\s?[\w’'])",
    re.IGNORECASE,
)
_AGO = lazy_pattern(
    r"(?:[0-9]{1,2}|an?)\s(?:minutes?|hours?|days?|weeks?|months?|years?)\sago(?!\w)|yesterday(?!\w)", re.IGNORECASE
)
_WEEK = lazy_pattern(r"week\s?#?[0-9]{1,4}(?:,?\s(?:19|20|21)[0-9]{2})?(?!\w)", re.IGNORECASE)
_TIME = lazy_pattern(
    r"t[0-9]{2}:[0-9]{2}(?::[0-9.]{2,6})?(?:z|[+-][0-9]{2}:?[0-9]{2})?(?!\w)"
    r"|(?:at|um|à|om|a las|alle|kl\.?|@)?\s?[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?\s?(?:[ap]\.?m\.?|uhr|h)?(?!\w)"
    r"|(?:at\s)?[0-9]{1,2}\s?[ap]m(?!\w)|(?:UTC|GMT|BST|CET|CEST)(?!\w)",
    re.IGNORECASE,
)
_AVATAR = lazy_pattern(r"[^.!?]{1,40}(?:['’]s (?:avatar|photo|profile picture)|avatar)\Z", re.IGNORECASE)
_LINK_WORD = lazy_pattern(r"(?:by|on|in|at|von|par|am|le|op|and|updated|-)(?=\s)", re.IGNORECASE)
_NUMBER = lazy_pattern(r"[0-9]{1,5}\Z|[-–—·•|*]{1,3}\Z")
_LATER_PART = lazy_pattern(
    # After a certain part: "· 3 min", "by ada", and a name at the end
    rf"[0-9]{{1,3}}\s?min(?:ute)?s?\.?(?!\w)|#?week[ -]?notes?\Z|by\s[\w.@-]{{1,30}}\Z|(?:{_NAME})(?:\s(?:of|for"
    rf"|at)\s(?:the\s)?(?:{_NAME}))?\Z"
)
_FIRST_NAME = lazy_pattern(rf"(?:{_NAME})(?=\s?[,·•∙|–—-]\s|[·•∙|\n])")
_RUN_TOGETHER = lazy_pattern(r"(?<=[0-9a-z])(?=[A-Z][a-z]{2,8}\.?\s[0-9])")
"""Where a page printed two elements without a space: "3 min readAug 9, 2021"."""
_NAME_LINE = lazy_pattern(
    rf"(?:{_NAME})(?:\s(?:of|for|at)\s(?:the\s)?(?:{_NAME})){{0,2}}"
    rf"(?:\s?[,·•|]\s?(?:{_NAME})(?:\s(?:of|for|at)\s(?:the\s)?(?:{_NAME}))?){{0,2}},?\Z"
)

_NAVIGATION = lazy_pattern(
    r"(?:skip\sto\s(?:main\s)?(?:content|navigation)|zum\sinhalt(?:\sspringen)?|aller\sau\scontenu(?:\sprincipal)?"
    r"|(?:open|close|toggle|main|primary|site)?\s?(?:menu|navigation|menü)|search(?:\s(?:for|this\s(?:blog|site)))?:?"
    r"|suche[n]?|home(?:page)?|startseite|accueil|(?:all\s)?(?:posts?|articles?|writing|notes?|blog|journal|archives?)"
    r"|about(?:\s(?:me|us|this\s(?:blog|site)))?|contact(?:\s(?:me|us))?|now|projects|rss|feed|uncategori[sz]ed"
    r"|allgemein"
    r"|(?:go\s)?back(?:\sto\s[^.!?]{1,40})?|[←‹«→›»]\s?[^.!?→›»]{0,60}|[^.!?←‹«]{1,60}\s?[→›»]"
    r"|(?:previous|next|older|newer)(?:\s(?:post|article|entry))?|gov\.uk(?:\sblogs?)?|beta|blogs?"
    r"|view\s(?:this\s(?:email|post)\s)?(?:in|on)\s(?:your\s|the\s)?(?:browser|web))\Z",
    re.IGNORECASE,
)
_MENU_GAP = lazy_pattern(r"\s?[|·•]\s?")
MAX_MENU = 12
"""Words of navigation in a line."""
_BREADCRUMBS = lazy_pattern(r"[^.!?>»›/]{1,40}(?:\s?[>»›]\s?|\s/\s)[^.!?]{1,80}\Z")
_WEEKNOTES = lazy_pattern(r"(?:[#@]?week[ -]?notes?|weekly[ -]notes?|wochennotizen|wochenrückblick)\Z", re.IGNORECASE)
MAX_WEEKNOTES_LENGTH = len("Wochenrückblick")
_FIRST_WORD = lazy_pattern(r"[^\W\d_]+")
_FIRST_WORDS_OF_DATES = {"dydd", *(name.split("-")[0] for name in (*WEEKDAY_NUMBERS, *MONTH_NUMBERS))}
"""The first letters of dates that begin with a letter; other lines are not matched against every spelling of a date."""
_EMPHASIS = "*_ \t\r\n"
_AROUND = _EMPHASIS + ",;|·•∙∞+–—\u200b"
_UPDATED = frozenset({"updated", "modified", "edited", "aktualisiert"})


def is_byline(line: str) -> bool:
    """Return whether a line is nothing but what a site prints next to a title: date, author, reading time and the like.

    >>> [is_byline(line) for line in ("By Ada Lovelace · 1 March 2021 · 3 min read", "By March we had a map.")]
    [True, False]
    """
    return _read(line) is not None


def is_button(line: str) -> bool:
    """Return whether a line is one word that sites print on a button, and that an author can write as well.

    >>> [is_button(line) for line in ("Share", "x", "Share this post", "Rain")]
    [True, True, False, False]
    """
    line = line.strip(_AROUND)
    return " " not in line and _ACTION.fullmatch(line) is not None


def is_date_line(line: str) -> bool:
    """Return whether a line is one date, with or without its weekday and a year.

    >>> [is_date_line(line) for line in ("Friday, 5 March 2021", "5 March: maps")]
    [True, False]
    """
    line = line.strip(_EMPHASIS)
    if len(line) > MAX_DATE_LENGTH or not DIGIT.search(line):
        return False
    first = _FIRST_WORD.match(line)
    if first is not None and without_accents(first[0]) not in _FIRST_WORDS_OF_DATES:
        return False
    day = read_day(line, 0, len(line), DATES)
    return day is not None and day.end == len(line)


def published_in(line: str) -> date | None:
    """Return the publication date in a line of a masthead or byline, or None.

    >>> published_in("Posted on 1 March 2021 by Ada"), published_in("Last updated: 2 March 2021")
    (datetime.date(2021, 3, 1), None)
    """
    read = _read(line)
    return None if read is None else read[0]


def is_navigation(line: str) -> bool:
    """Return whether a line is a site's navigation: a menu word, breadcrumbs, or the bare category "Weeknotes"."""
    if len(line) > MAX_BYLINE_LENGTH:
        return False
    if "\n" in line:
        return all(is_navigation(each) or is_byline(each) for each in line.split("\n"))
    menu = _MENU_GAP.split(line, maxsplit=MAX_MENU)
    if len(menu) > 1 and all(map(_NAVIGATION.match, menu)):
        return True
    return bool(_NAVIGATION.match(line) or _BREADCRUMBS.match(line) or _WEEKNOTES.match(line))


def is_weeknote_label(line: str) -> bool:
    """Return whether a line is the bare word for weeknote, which is as often a category as a title."""
    return len(line) <= MAX_WEEKNOTES_LENGTH and _WEEKNOTES.match(line) is not None


def is_counter(line: str) -> bool:
    """Return whether a line is only a number or a dash, such as a count of claps whose icon was not copied."""
    return len(line) <= MAX_BYLINE_LENGTH and _NUMBER.match(line) is not None


def is_name(line: str) -> bool:
    """Return whether a line could be the name of a person or category: a few capitalised words, or a bare number.

    Section headings look the same, so the lines around it have to decide.
    """
    if len(line) > MAX_BYLINE_LENGTH // 2 or line.endswith("."):
        return False
    return bool(_NAME_LINE.match(line) or _NUMBER.match(line) or _WEEKNOTES.match(line))


def _read(line: str) -> tuple[date | None] | None:
    """Return the publication date in a byline, as a tuple of one; None if the line is not a byline."""
    return _read_short(line) if len(line) <= MAX_BYLINE_LENGTH else None


# The same few lines are looked at to find a note's title, its parts and its publication date.
@lru_cache(maxsize=256)
def _read_short(line: str) -> tuple[date | None] | None:
    line = _RUN_TOGETHER.sub(" ", line.strip(_AROUND))
    if not line:
        return None
    if _AVATAR.match(line) or _LINE_OF_AUTHOR.match(line) or _HASHTAGS.match(line):
        return (None,)
    published: date | None = None
    gap = _SEPARATOR.match(line)
    at, end, is_certain, is_update = 0 if gap is None else gap.end(), len(line), False, False
    while at < end:
        if _CATEGORY.match(line, at) or _IN_CATEGORY.match(line, at):
            return (published or _date_at_end(line, at),)
        if label := _LABEL.match(line, at):
            at, is_certain, is_update = label.end(), True, label["label"].lower() in _UPDATED
        elif (day := read_day(line, at, end, DATES)) is not None:
            if published is None and day.year is not None and not is_update:
                published = make_date(day.day, day.month, day.year)
            at, is_certain = day.end, True
        elif part := _first_match(_PARTS, line, at):
            at, is_certain = part, True
        elif part := _first_match(_PARTS_AFTER_CERTAIN if is_certain else _UNCERTAIN_PARTS, line, at):
            at = part
        else:
            return None
        gap = _SEPARATOR.match(line, at)
        at = at if gap is None else gap.end()
    return (published,) if is_certain else None


def _date_at_end(line: str, at: int) -> date | None:
    """Return the date after a category, as in "Posted in Maps on 1 March 2021"."""
    word = _DATE_FOLLOWS.search(line, at)
    day = None if word is None else read_day(line, word.end(), len(line), DATES)
    if day is None or day.year is None or day.end != len(line):
        return None
    return make_date(day.day, day.month, day.year)


_PARTS = (_AUTHOR, _READING_TIME, _COUNT, _ACTION, _AGO, _TIME)
_UNCERTAIN_PARTS = (_LINK_WORD, _FIRST_NAME)
_PARTS_AFTER_CERTAIN = (_WEEK, _LATER_PART, *_UNCERTAIN_PARTS)


def _first_match(patterns: tuple[re.Pattern[str], ...], line: str, at: int) -> int | None:
    """Return where the first pattern that matches at an offset ends; None if none does."""
    return next((found.end() for pattern in patterns if (found := pattern.match(line, at))), None)
