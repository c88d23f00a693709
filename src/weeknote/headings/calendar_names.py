"""Names of months and weekdays in fourteen languages.

They are the Unicode CLDR's, in the form used inside a date, as babel 2.19.0 has them; a test compares them with babel
where it is installed.
"""

from __future__ import annotations

import unicodedata

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
"""The months by language, in the genitive where a date takes it."""

ABBREVIATED_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "da": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "nb": "jan feb mars apr mai juni juli aug sep okt nov des",
    "sv": "jan feb mars apr maj juni juli aug sep okt nov dec",
}
"""The same, abbreviated, without a full stop; not for languages that rarely abbreviate them."""

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "cs": "pondělí úterý středa čtvrtek pátek sobota neděle",
    "cy": "Llun Mawrth Mercher Iau Gwener Sadwrn Sul",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "fi": "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
}
"""The weekdays by language, from Monday on; Welsh ones without “Dydd”."""

ORDINARY_WORDS = frozenset({"ago", "des", "gen", "lug", "mag", "out", "set"})
"""Abbreviated months that are words of English or another of these languages: "6 out" is not a date."""


def without_accents(word: str) -> str:
    """Return a word in lower case and without accents, which people often leave out."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def _numbers(*tables: dict[str, str], first: int) -> dict[str, int]:
    names = (pair for table in tables for row in table.values() for pair in enumerate(row.split(), first))
    return {without_accents(word): number for number, word in names if word not in ORDINARY_WORDS}


MONTH_NUMBERS = _numbers(MONTHS, ABBREVIATED_MONTHS, first=1) | {"janner": 1}
"""Months by name, in lower case and without accents, 1 to 12; "janner" is Austrian."""

SHORT_WEEKDAYS = {"en": "Mon Tue Wed Thu Fri Sat Sun"}
"""Abbreviated weekdays; in other languages many are ordinary words."""

WEEKDAY_NUMBERS = _numbers(WEEKDAYS, SHORT_WEEKDAYS, first=0) | {
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
    "sonnabend": 5,
}
"""Weekdays by name, in lower case and without accents, Monday being 0."""
