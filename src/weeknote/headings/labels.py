"""The words for weeknote in a dozen languages, which label the headings of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.headings.dates import DIGIT
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

LABEL = lazy_pattern(
    r"#?(?:(?<!\w)(?:(?P<strong>week(?:s|['’]s)?[ \u00a0-]?notes?|fortnight(?:ly)?[ \u00a0-]?notes?"
    r"|weekly[ \u00a0-]notes?"
    r"|notes? (?:de (?:la |ma )?semaine|hebdo(?:madaires?)?)|notas? (?:semana(?:l|les|is)|(?:de )?[dl]a semana)"
    r"|note settimanali|note della settimana|wochennoti(?:z|zen)|weeknotities?|weekaantekening(?:en)?"
    r"|veckoanteckningar(?: v\.?(?=\s?[0-9]))?"
    r"|ukenotat(?:er)?|ugenoter|viikkomuistiinpanot|t[ýy]denní (?:poznámky|zápisky)|notatki (?:tygodniowe|z tygodnia)"
    r"|nodiadau['’]?r? wythnos(?:ol)?|(?-i:WN)(?=[ -]?#?[0-9]{1,4}(?:\s{0,3}[:|–—]|\s{1,3}-\s|\s{0,3}\Z)))"
    r"|(?P<weak>(?:week in|weekly) (?:review|recap|update|report|round-?up|digest|summary|log|journal)"
    r"|wochen(?:rückblick|rueckblick|rückschau|bericht|schau|journal|update)"
    r"|(?:bilan|journal|récap(?:itulatif)?|revue|résumé) (?:de (?:la|ma) semaine|hebdo(?:madaire)?)"
    r"|(?:resumen|diario) (?:semanal|de la semana)|resumo (?:semanal|da semana)"
    r"|(?:riassunto|diario|resoconto|riepilogo) (?:settimanale|della settimana)"
    r"|week(?:overzicht|verslag|bericht|journaal)|vecko(?:rapport|brev)(?: v\.?(?=\s?[0-9]))?"
    r"|uge(?:rapport|brev)|uke(?:rapport|brev)"
    r"|viikko(?:raportti|katsaus)|týdenní (?:přehled|shrnutí)|(?:podsumowanie|przegląd) tygodnia"
    r"|adolygiad (?:wythnosol|yr wythnos))"
    # "Team Weekly 6 May": an adjective, unless a date or number follows.
    r"|(?P<adjective>weekly)(?=:?\s{1,3}(?:#?[0-9]|w/|[a-z]{3,9}\s{1,2}[0-9])))"
    r"(?![^\W\d]|['’]\w)|(?P<cjk>の?[週周](?:报|報|记|記)))",
    re.IGNORECASE,
)
_LABEL_PIECES = (
    *("week", "fortnight", "woche", "semaine", "hebdo", "semana", "settiman", "vecko", "uge", "uke", "viikko"),
    *("týden", "tyden", "tygod", "wythnos", "週", "周"),
)
LABEL_OF_NUMBERED_WEEK = lazy_pattern(r"wochen|weekover|weekver|weekber|vecko|uge|uke|viikko|t[ýy]den", re.IGNORECASE)
"""Labels in whose languages weeks are commonly numbered: "Wochenrückblick 04/26" is week 4."""


def has_label_piece(front: str) -> bool:
    """Return whether the front of a heading, in lower case, has a piece of a label: without one it has no label.

    >>> has_label_piece("ada’s weeknotes"), has_label_piece("maps and bees")
    (True, False)
    """
    # A loop: a generator would make reading a heading half as slow again.
    for piece in _LABEL_PIECES:  # noqa: SIM110
        if piece in front:
            return True
    return False


_WEEK_MARK = lazy_pattern(r"w\s?[/\\.]\s?[cbe]|w-?[cb](?!\w)|wk\s|(?-i:WE(?!\w))", re.IGNORECASE)


def may_state_issue(line: str, *, is_heading: Callable[[str], bool]) -> bool:
    """Return False if a line can name no weeknote, in a fraction of the time that reading it takes.

    A line without a heading's shape, which `is_heading` tells, needs a label, or a word such as "w/c".

    >>> [may_state_issue(line, is_heading=str.istitle) for line in ("Maps, w/c 6 May", "On 6 May we drew maps.")]
    [True, False]
    """
    if has_label_piece(line.lower()):
        return True
    return DIGIT.search(line) is not None and (_WEEK_MARK.search(line) is not None or is_heading(line))
