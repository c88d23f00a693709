"""The shapes of lines in plain text: which could be a heading, going by length, punctuation and words."""

from __future__ import annotations

import re

MAX_HEADING_LENGTH = 80
"""Characters in a heading that states no week or role; longer lines are sentences."""

KISSES = (" x", " xx", " xxx")
"""The end of a signature."""

# These two patterns are searched for in most lines: they begin with the rarest character, and look back from it.
# URLs and addresses, code and template syntax: signs that a line is not a heading.
NOT_WORDS = re.compile(r"https?://|www\.|!\[|<[/A-Za-z!]|@(?<=\S@)\S+\.|=|;(?!DR\b)|\{|\}|\\|\.(?:com|org|net|io|uk)/")
SENTENCE_ENDED = re.compile(r"[.…!?](?:(?<=[a-z’'”\")\]][.…])[.…]*|(?<=[^\W\d_][!?])[!?]*)['’”\")]*\s+\S")
ANCHOR = re.compile(r"\s*\{#[\w-]*\}\Z")
OPENING = re.compile(r"[-–—―*+•(\[\"“„«‘'…<>|/~^&.,:;!?@✺🔗👉🔹🔸✔☑▶➡–]|--|#[^\W\d]|\$\s")
# The next three are for lines in lower case: ignoring case would take twice the time.
SIGN_OFF = re.compile(
    r"(?:please|thanks|thank\s+you|see\s+(?:you|y)|until|bye|cheers|tune\s+in|stay\s+(?:safe|tuned)|have\s+an?"
    r"|onwards?\b"
    r"|that[’']s\s+(?:it|all)|excited\s+to"
    r"|view\s+(?:this\s+post\s+)?on|read\s+more(?=\s+(?:here|about|at|in|on)\b|\W*\Z)|click\s+here|continue\s+reading"
    r"|sent\s+from\s+my|(?:love|regards|yours|warmly),\s+\w+(?=\Z)"
    r"|(?:speak|talk)\s+soon|take\s+care(?=\W*\Z)|let\s+me\s+know|(?:find|follow)\s+(?:me|us)|see\s+(?:below|above)"
    r"|back\s+(?:soon|next\s+week)|(?:comments|feedback)\s+welcome"
    r"|bis\s+(?:bald|dann|nächste|zur\s+nächsten)|(?:viele|liebe|beste)\s+grüße|schönes\s+wochenende"
    r"|à\s+(?:bientôt|la\s+semaine\s+prochaine)|bon(?:ne)?\s+(?:week-?end|semaine|fin\s+de\s+semaine)"
    r"|tot\s+(?:volgende|snel|de\s+volgende)|fijn\s+weekend|hasta\s+(?:la|pronto|luego)|alla\s+prossima|a\s+presto"
    r"|até\s+(?:[àa]\s+próxima|breve|já)|vi\s+ses|ha\s+det|trevlig\s+helg|god\s+helg|mějte\s+se|do\s+zobaczenia"
    r"|best\s+wishes|all\s+the\s+best|enjoy|subscribe|sign\s+up|more\s+(?:soon|next)|last\s+updated)\b"
    r"|(?:photo(?:graph)?|illustration|(?:cover\s+|featured\s+)?image|picture|caption|source|credit|alt\s+text|edit"
    r"|pictured|above|below|left\s+to\s+right)(?:\s+credit)?s?\s*(?::|by\b)"
    r"|(?:figure|fig\.|table)\s*[0-9]{1,3}\s*[:.]",
)
EXCLAMATION = re.compile(
    r"(?:so|wow|phew|whew|right|anyway|anyways|well|ok|okay|yes|no|hello|hi|hey|hooray|yay|oh|ah|ugh|oof|hmm|yep"
    r"|nope|sorry"
    r"|bye|fin|that[’']s\s+all|またね|それでは|以上|おわり|下周见|再见|advertisements?|sponsored|embedded\s+\w+|play\s+video"
    r"|accept\s+all)[!.…?。！]*\Z",
)
"""One or two words that are a line of their own, for effect."""
FIRST_NUMBER = re.compile(r"1[.)]\s")
NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]\s")
QUOTED = re.compile(r"[‘'“\"][^’'”\"]+[’'”\"]\s\S")
ABBREVIATED = frozenset({"misc.", "etc."})
CLAUSE = re.compile(
    r"(?:i['’](?:m|ve|d|ll)|we['’](?:re|ve)|(?:it|that|there)['’]s"
    r"|(?:it|that|there|this|this one|this \w+ \w+) (?:is|was|are|were))\s",
)
MIN_CLAUSE_WORDS = 8
"""Words from which a line that begins like a clause is a sentence without its full stop."""
FIGURE = re.compile(r":\s{0,3}(?!(?:19|20)[0-9]{2}\Z)[0-9][0-9.,]*\s{0,2}[%a-z]{0,8}\Z")
"""The end of a line of statistics, such as "Steps: 10,000"."""
PRONOUNS = frozenset({"i", "we", "it", "you", "they", "he", "she"})
LINKING = frozenset({"and", "or", "but", "then", "also", "plus", "so", "such", "what", "wow"})


def is_heading_shaped(line: str) -> bool:
    """Return whether a line on its own has the shape of a heading."""
    line = ANCHOR.sub("", line) if "{#" in line else line
    if "\n" in line:
        return False
    if len(line) > MAX_HEADING_LENGTH or NOT_WORDS.search(line) or SENTENCE_ENDED.search(line):
        return False
    if OPENING.match(line) and not QUOTED.match(line):
        return False
    low = line.lower()
    if SIGN_OFF.match(low) or line.endswith(KISSES) or FIGURE.search(line):
        return False
    if not (line[0].isalnum() or any(c.isalnum() for c in line)):
        return False
    words = line.split()
    if len(words) <= 2 and EXCLAMATION.match(low):
        return False
    if len(words) >= MIN_CLAUSE_WORDS and CLAUSE.match(low):
        return False
    bare = line.rstrip("”’\"')")
    if bare.endswith(("...", "…")):
        return len(words) <= 3
    if bare.endswith((".", ",", ":", ";")):
        return low in ABBREVIATED
    if bare.endswith("!"):
        return len(words) <= 3 and words[0].lower() not in LINKING | PRONOUNS
    if bare.endswith("?") and len(words) > 10:
        return False
    if words[0].lower() in LINKING and len(words) == 1:
        return False
    return not line[0].islower() or (len(words) <= 4 and words[0] not in LINKING)
