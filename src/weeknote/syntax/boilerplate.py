"""Site furniture: lines a blog prints after a post, such as comment counts, share buttons and links to other posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from weeknote.lazy import lazy_pattern
from weeknote.nodes.block import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.nodes.block import Node

MAX_LINE_LENGTH = 250
"""Characters in a line that may be a heading or furniture. Only a heading that states its week gets this long."""

MAX_BLOCK_LENGTH = MAX_LINE_LENGTH + 200
"""Characters in the block of such a line, surrounding white space included. Longer blocks are not examined."""

# Lines that the templates of WordPress, Medium, Substack, Ghost, Blogger and others print only after a post.
_CLOSING = (
    r"(?:\d+|one)\s+(?:thoughts?|comments?|repl(?:y|ies)|responses?|kommentare?|gedanken?)\s+(?:on|to|zu)\s+[“„\"‘'«].*"
    r"|comments?(?:\s+are)?\s+(?:closed|off|disabled)\.?|leave\s+a\s+reply(?:\s+cancel\s+reply)?"
    r"|(?:post|write)\s+a\s+comment(?:\.\.\.|…)?|no\s+responses\s+yet|reply\s+via\s+e-?mail|toast\s+this\s+post"
    r"|schreibe?\s+einen\s+kommentar(?:\s+antwort\s+abbrechen)?"
    r"|laisser\s+un\s+commentaire(?:\s+annuler\s+la\s+réponse)?"
    r"|geef\s+een\s+reactie(?:\s+reactie\s+annuleren)?|deja\s+un(?:a\s+respuesta|\s+comentario)(?:\s+cancelar.*)?"
    r"|lascia\s+un\s+commento(?:\s+annulla.*)?|deixe\s+um\s+comentário(?:\s+cancelar.*)?"
    r"|post\s+navigation|beitragsnavigation|berichtnavigatie|navigation\s+de(?:s|\s+l[’'])\s?articles?"
    r"|(?:newer|older)\s+posts?|recent\s+posts|read\s+next|blog\s+archive|related(?:\s+posts)?:?|ähnliche\s+beiträge"
    r"|gerelateerd|articles\s+similaires|(?:entradas\s+)?relacionad[oa]s?|correlati|you\s+may\s+also\s+(?:like|enjoy)"
    r"|discussion\s+about\s+this\s+post|recommended\s+from\s+medium|sign\s+up\s+for\s+more\s+like\s+this\.?"
    r"|sign\s+up\s+to\s+discover\s+human\s+stories\s.*|subscribe\s+to\s+(?:our|my|this)\s+(?:blog|newsletter)(?!\w).*"
    r"|subscribe\s+to:?\s+post\s+comments.*|(?:enter|type)\s+your\s+e-?mail(?:\s+address)?(?:…|\.\.\.)?"
    r"|(?:your\s+e-?mail\s+address|deine\s+e-mail-adresse|votre\s+adresse\s+e-?mail|je\s+e-mailadres)\s.{1,30}\s"
    r"(?:published|veröffentlicht|publiée|gepubliceerd)\..*"
    r"|copyright\s+(?:©|\(c\)|[12]).*|don[’']t\s+miss\s+what[’']s\s+next\..*|is\s+this\s+page\s+useful\?"
    r"|back\s+to\s+top|nach\s+oben|retour\s+en\s+haut"
    r"|(?:save\s+my\s+name|notify\s+me\s+of\s+new)\s.*|want\s+to\s+change\s+how\s+you\s+receive\s+these\s+emails\?"
    r"|to\s+view\s+or\s+add\s+a\s+comment,\s+sign\s+in|top\s+comments\s+\(\d+\)|follow\s+@\w+\s+on\s.{1,40}"
    r"|©.*|(?:powered\s+by|built\s+with|theme\s+by|blog\s+at)\s.{1,80}|proudly\s+(?:powered|published|created)\s.*"
    r"|sharing\s+and\s+comments|related\s+content(?:\s+and\s+links)?|reader\s+interactions"
)
# Lines that they also print above a post.
_METADATA = (
    r"(?:\d+|no)\s+comments?(?:\s+yet)?[.:]?|leave\s+a\s+comment|comments|(?:click\s+to\s+)?share\s+on\s+\w+.*"
    r"|(?:posted|published|filed)\s+(?:in|on|by|under)\b.*|tagged(?:\s+(?:as|with))?:?\s.*"
    r"|(?:veröffentlicht|geplaatst)\s+in\s.{1,80}|publié\s+dans\s.{1,80}|publicado\s+en\s.{1,80}"
    r"|verschlagwortet\s+mit\s.*"
    r"|share\s+this(?:\s+post)?:?|like\s+this:?|teilen\s+mit:?|gefällt\s+mir:?|(?:like\s+)?loading\s*(?:\.\.\.|…)"
    r"|comparte\s+esto:|me\s+gusta\s+esto:|mi\s+piace:|partager\s?:|dit\s+delen:?|vind\s+ik\s+leuk:?"
    r"|comp[ae]rt[ei]lh?[ae]r?\s?:|condividi:"
    r"|(?:previous|next)\s+(?:post|article)\b.*|(?:previous|next|prev)\s?:\s.*week.*|previous"
    r"|(?:vorheriger|nächster)\s+beitrag.*|article\s+(?:précédent|suivant).*|(?:vorig|volgend)\s+bericht.*"
    r"|[←«‹]\s[^→»›\r\n]{1,80}|\d+\s+(?:notes|likes|claps|shares)"
    r"|thanks\s+for\s+reading\s.{1,80}!\s+subscribe\b.*|subscribe(?:\s+now)?|email\s+this\s*blogthis!.*"
    r"|view\s+all\s+posts\s+by\s.*|(?:written|more)\s+(?:by|from)\s+[^.!?]{1,40}"
    r"|(?:tags|labels|categories|schlagwörter|kategorien?)\s?:\s.{1,100}"
)
# "The" is how most lines begin that are not dismissed by their first letters, and no phrase does.
FURNITURE = lazy_pattern(rf"(?!the\s)(?:(?P<closing>{_CLOSING})|{_METADATA})[ \t]*", re.IGNORECASE)
_STARTS = frozenset(
    "ar äh ba be bl bu ca cl co de di do em en fi fo ge is je ka la le li lo me mi mo na nä ne no ol on pa po pr pu re"
    " sa sc sh si su ta te th to ty vi ve vo wa wr yo".split()
)
"""The first two letters of all phrases above: a new one may need its own here."""
_SIGNS = frozenset("←«‹©")
# A link to the next post, which is recognised by its end.
_ARROWS = ("→", "»", "›")
_NEXT_LINK = lazy_pattern(r"[^←«‹\r\n]{1,80}\s[→»›]")

ESCAPE = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
"""A backslash escape (CommonMark 2.4)."""


class Lines(Protocol):
    """The lines of blocks, each as `single_line` returns it."""

    def __getitem__(self, index: int, /) -> str | None:
        """Return the line of the block at an index."""

    def __len__(self) -> int:
        """Return the number of blocks."""


class LinesOf:
    """The lines of blocks, each read when it is asked for."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[Node]) -> None:
        self._blocks = blocks

    def __getitem__(self, index: int) -> str | None:
        return single_line(self._blocks[index])

    def __len__(self) -> int:
        return len(self._blocks)


def single_line(block: Node) -> str | None:
    """Return the text of a one-line top-level paragraph; None for any other block."""
    if type(block) is not Paragraph or block.slice is None:
        return None
    where = block.slice
    return None if where.end - where.start > MAX_BLOCK_LENGTH else line_of(where.text, where.source.reader.name)


def line_of(text: str, dialect: str) -> str | None:
    """Return the one line that the text of a paragraph has; None if there are more, or it is too long."""
    line = text.strip(" \t\r\n")
    if "\\" in line and dialect == "markdown":
        line = ESCAPE.sub(r"\1", line)
    return None if not line or "\n" in line or "\r" in line or len(line) > MAX_LINE_LENGTH else line


def is_furniture(line: str) -> bool:
    """Return whether a line is site furniture."""
    return _reads_as_closing(line) is not None


def is_closing(line: str) -> bool:
    """Return whether a line is furniture that sites print only after a post."""
    return _reads_as_closing(line) is True


def find_furniture(lines: Lines, start: int, end: int) -> dict[int, bool]:
    """Return the indices in a range of the lines that are furniture, each with whether it is closing."""
    found: dict[int, bool] = {}
    for i in range(start, end):
        line = lines[i]
        if line is not None and (is_closing := _reads_as_closing(line)) is not None:
            found[i] = is_closing
    return found


def _reads_as_closing(line: str) -> bool | None:
    """Return whether a line of furniture is closing; None if the line is not furniture."""
    # Most lines are dismissed by their first characters.
    if line[:2].lower() in _STARTS or line[:1].isdecimal() or line[:1] in _SIGNS:
        found = FURNITURE.fullmatch(line)
        if found is not None:
            return found["closing"] is not None
    return False if line.endswith(_ARROWS) and _NEXT_LINK.fullmatch(line) else None
