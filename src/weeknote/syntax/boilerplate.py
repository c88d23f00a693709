"""Site furniture: lines a blog prints after a post, such as comment counts, share buttons and links to other posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from weeknote.headings.bylines import MAX_BYLINE_LENGTH, is_byline, is_navigation
from weeknote.lazy import lazy_pattern
from weeknote.nodes.block import Node, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence


MAX_LINE_LENGTH = 250
"""Characters in a line that may be a heading or furniture. Only a heading that states its week gets this long."""

MAX_BLOCK_LENGTH = MAX_LINE_LENGTH + 200
"""Characters in the block of such a line, surrounding white space included. Longer blocks are not examined."""

# Lines that the templates of WordPress, Medium, Substack, Ghost, Blogger and others print only after a post.
_CLOSING = (
    r"(?:\d+|one)\s+(?:thoughts?|comments?|repl(?:y|ies)|responses?|kommentare?|gedanken?)\s+(?:on|to|zu)\s+[“„\"‘'«].*"
    r"|comments?(?:\s+are)?\s+(?:closed|off|disabled)\.?|leave\s+a\s+reply(?:\s+cancel\s+reply)?"
    r"|(?:post|write)\s+a\s+comment(?:\.\.\.|…)?|no\s+responses\s+yet|reply\s+(?:via|by)\s+e-?mail|toast\s+this\s+post"
    r"|schreibe?\s+einen\s+kommentar(?:\s+antwort\s+abbrechen)?|kommentar\s+verfassen"
    r"|l(?:ämna|egg\s+(?:igjen|inn))\s+en\s+kommentar(?:\s+avbryt.*)?|skriv\s+en\s+kommentar(?:\s+annull?er.*)?"
    r"|jätä\s+kommentti(?:\s+peruuta.*)?|(?:napsat|vložit)\s+komentář(?:\s+zrušit.*)?|dodaj\s+komentarz(?:\s+anuluj.*)?"
    r"|コメントを残す.*|コメントする|関連記事|関連エントリー|[前次]の記事(?:へ|[:：].*)?|この記事をシェア(?:する)?"
    r"|发表(?:回复|评论)(?:\s.*)?|[上下]一篇(?:文章)?(?:[:：].*)?|相关(?:文章|阅读|推荐)"
    r"|leave\s+a\s+comment\s+cancel\s+reply|post\s+comment|δ|(?:older|newer)\s+entries|recent\s+comments"
    r"|about\s+the\s+authors?|see\s+all\s+from\s.{1,40}|read\s+more\s+posts\s+by\s+this\s+author"
    r"|ready\s+for\s+more\?|substack\s+is\s+the\s+home\s+for\s.{1,40}"
    r"|theme:\s.{1,60}\sby\s.{1,40}"
    r"|create\s+a\s+(?:free\s+)?website\s+or\s+blog\s+at\s.*|design\s+a\s+site\s+like\s+this\s+with\s.*"
    r"|report\s+this\s+content|close\s+and\s+accept|subscribe\s+subscribed"
    r"|privacy\s+&\s+cookies:\s.*|subscribe\s+for\s+free\s+to\s+receive\s.*"
    r"|comment\s+on\s+(?:mastodon|bluesky|twitter|github|the\s+fediverse)|(?:\d+\s+)?webmentions?:?"
    r"|unsubscribe(?:\s+(?:here|from\s+this\s+list|\|.*))?\.?|edit\s+(?:this\s+(?:page|post)\s+)?on\s+git(?:hub|lab)|suggest\s+an?\s+edit"
    r"|laisser\s+un\s+commentaire(?:\s+annuler\s+la\s+réponse)?"
    r"|geef\s+een\s+reactie(?:\s+reactie\s+annuleren)?|deja\s+un(?:a\s+respuesta|\s+comentario)(?:\s+cancelar.*)?"
    r"|lascia\s+un\s+commento(?:\s+annulla.*)?|deixe\s+um\s+comentário(?:\s+cancelar.*)?"
    r"|post\s+navigation|beitragsnavigation|berichtnavigatie|navigation\s+de(?:s|\s+l[’'])\s?articles?"
    r"|(?:newer|older)\s+posts?|recent\s+posts|read\s+next|blog\s+archive|related(?:\s+(?:posts|pages|articles|stories))?:?|ähnliche\s+beiträge"
    r"|gerelateerd|articles\s+similaires|(?:entradas\s+)?relacionad[oa]s?|correlati|you\s+(?:may|might)\s+also\s+(?:like|enjoy)"
    r"|discussion\s+about\s+this\s+post|recommended\s+from\s+medium|sign\s+up\s+for\s+more\s+like\s+this\.?"
    r"|sign\s+up\s+to\s+discover\s+human\s+stories\s.*|subscribe\s+to\s+(?:our|my|this)\s+(?:blog|newsletter)(?!\w).*"
    r"|subscribe\s+to:?\s+post\s+comments.*|(?:enter|type)\s+your\s+e-?mail(?:\s+address)?(?:…|\.\.\.)?"
    r"|(?:your\s+e-?mail\s+address|deine\s+e-mail-adresse|votre\s+adresse\s+e-?mail|je\s+e-mailadres)\s.{1,30}\s"
    r"(?:published|veröffentlicht|publiée|gepubliceerd)\..*"
    r"|copyright\s+(?:©|\(c\)|[12]).*|don[’']t\s+miss\s+what[’']s\s+next\..*|(?:is|was)\s+this\s+(?:page|post|article)\s+(?:useful|helpful)\?"
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
    r"|comp[ae]rt[ei]lh?[ae]r?\s?:|condividi:|dela\s+(?:detta|det\s+här):|gilla(?:\s+detta)?:|del\s+dette:"
    r"|lik\s+dette:|deel\s+dit:|j[’']aime\s+ça\s?:|sdílet:|udostępnij:"
    r"|(?:previous|next)\s+(?:post|article)\b.*|(?:previous|next|prev)\s?:\s.*week.*|previous"
    r"|(?:vorheriger|nächster)\s+beitrag.*|article\s+(?:précédent|suivant).*|(?:vorig|volgend)\s+bericht.*"
    r"|[←«‹]\s[^→»›\r\n]{1,80}|\d+\s+(?:notes|likes|claps|shares)"
    r"|thanks\s+for\s+reading\s.{1,80}!\s+subscribe\b.*|subscribe(?:\s+now)?|email\s+this\s*blogthis!.*"
    r"|view\s+all\s+posts\s+by\s.*|(?:written|more)\s+(?:by|from)\s+[^.!?]{1,40}"
    r"|(?:tags|labels|categories|schlagwörter|kategorien?)\s?:\s.{1,100}"
)
# In lower case, as a pattern that ignores case tries each phrase in full. "The" begins many lines, and no phrase.
FURNITURE = lazy_pattern(rf"(?!the\s)(?:(?P<closing>{_CLOSING})|{_METADATA})[ \t]*")
_STARTS = frozenset(
    "abo art bac bei ber blo bui cat cli clo com con cop cor cre dee dei dej del des dis dit dod don edi ema"
    " ent fil fol gee gef gep ger gil is j'a je jät j’a kat kom lab lai las lea leg lik loa läm me mi mor nac"
    " nap nav new nex no näc old one par pos pow pre pri pro pub rea rec rel rep ret sav sch sdí see sha sig"
    " skr sub sug tag tei tha the to typ udo uns ver vie vin vlo vol vor vot wan was web wri you ähn δ この記"
    " コメン 上一篇 下一篇 前の記 发表回 发表评 次の記 相关推 相关文 相关阅 関連エ 関連記".split()
)
"""The first three letters of all phrases above, or two if they are a word: a new one may need its own here."""
_SIGNS = frozenset("←«‹©")
# A link to the next post, which is recognised by its end.
ARROWS = ("→", "»", "›")
_NEXT_LINK = lazy_pattern(r"[^←«‹\r\n]{1,80}\s[→»›]")

ESCAPE = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
"""A backslash escape (CommonMark 2.4)."""


class Lines(Protocol):
    """The lines of blocks, each as `single_line` returns it."""

    def __getitem__(self, index: int, /) -> str | None:
        """Return the line of the block at an index."""


class LinesOf:
    """The lines of blocks, each read when it is asked for."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[Node]) -> None:
        self._blocks = blocks

    def __getitem__(self, index: int) -> str | None:
        return single_line(self._blocks[index])


def single_line(block: Node) -> str | None:
    """Return the text of a top-level paragraph of one line; None for any other block.

    A menu or byline counts as one line, though each part of it may be on a line of its own.
    """
    if type(block) is not Paragraph or block.slice is None:
        return None
    where = block.slice
    return None if where.end - where.start > MAX_BLOCK_LENGTH else line_of(where.text, where.source.reader.name)


def line_of(text: str, dialect: str) -> str | None:
    """Return the one line that the text of a paragraph has; None if there are more, or it is too long."""
    line = text.strip(" \t\r\n")
    if "\\" in line and dialect == "markdown":
        line = ESCAPE.sub(r"\1", line)
    if "\n" in line or "\r" in line:
        if len(line) > MAX_BYLINE_LENGTH:
            return None
        lines = "\n".join(each.strip(" \t") for each in line.replace("\r", "\n").split("\n") if each)
        return lines if is_byline(lines) or is_navigation(lines) else None
    return line if 0 < len(line) <= MAX_LINE_LENGTH else None


def is_furniture(line: str) -> bool:
    """Return whether a line is site furniture."""
    return _reads_as_closing(line) is not None


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
    start = line[:3].lower()
    if start in _STARTS or start[:2] in _STARTS or start[:1].isdecimal() or start[:1] in _SIGNS:
        found = FURNITURE.fullmatch(line.lower())
        if found is not None:
            return found["closing"] is not None
    return False if line.endswith(ARROWS) and _NEXT_LINK.fullmatch(line) else None
