"""Elements of a page as the blocks of a note, and what Markdown has no way to say of them."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from weeknote.nodes.block import (
    Block,
    Blockquote,
    Break,
    Code,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    Html,
    Image,
    Inline,
    InlineCode,
    List,
    ListItem,
    Paragraph,
    Text,
    ThematicBreak,
)
from weeknote.web.addresses import absolute, is_safe
from weeknote.web.footnotes import Footnotes, find_footnotes
from weeknote.web.inlines import DELETE, EMPHASIS, STRONG, InlineRun, Mark, Path
from weeknote.web.raw_html import is_embed_code, raw_html
from weeknote.web.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weeknote.web.html_parser import Element

MAX_URL = 4_000
"""Characters in the address of a picture; a longer one is the picture itself."""

BLOCKS = frozenset(
    "address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form header "
    "hgroup html legend li main menu nav section summary tbody td tfoot th thead tr".split()
)
"""Elements that begin on a line of their own and have no node of their own."""

RAW = frozenset({"sup", "sub", "ins", "mark", "kbd", "abbr", "u", "small", "ruby", "rt", "rp", "bdo"})
"""Inline elements that Markdown writes as HTML."""

NOTHING = frozenset("script style template head link meta title base param source track colgroup col datalist".split())

CONTROLS = frozenset({"button", "input", "select", "textarea", "canvas", "svg", "math", "object", "applet", "map"})
"""What shows something that has no words for it."""

PERMALINK = re.compile(r"[#¶§🔗∞⚓\s]*|permalink|(?:direct )?link to (?:this )?(?:heading|section).*", re.IGNORECASE)
LANGUAGE = re.compile(r"(?:\A|\s)(?:language|lang|highlight-source|brush:\s?)-?([\w+#.-]+)", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
GUTTER = frozenset({"gutter", "lineno", "linenos", "lnt", "ln", "rouge-gutter", "line-numbers"})

MARKS = {
    "strong": STRONG,
    "b": STRONG,
    "em": EMPHASIS,
    "i": EMPHASIS,
    "cite": EMPHASIS,
    "dfn": EMPHASIS,
    "var": EMPHASIS,
    "del": DELETE,
    "s": DELETE,
    "strike": DELETE,
}


class BlockReader:
    """Reads elements into blocks.

    Attributes:
        blocks: the blocks so far.
        losses: what could not be said, each with the index of the block it is about.
    """

    def __init__(self, root: Element, base: str | None, skip: set[int]) -> None:
        self.blocks: list[Block] = []
        self.losses: list[tuple[int, str]] = []
        self._here = self.blocks
        self._run = InlineRun()
        self._base = base
        self._skip = skip
        self._notes: list[Block] = []
        self._footnotes: Footnotes = find_footnotes(root)

    def read(self, root: Element) -> None:
        """Add the blocks of an element, footnotes last."""
        self.inside(root, ())
        self.flush()
        self.blocks += self._notes

    def lose(self, reason: str) -> None:
        """Note what Markdown does not say of the block that is being read."""
        loss = (len(self.blocks), reason)
        if loss not in self.losses[-20:]:
            self.losses.append(loss)

    def flush(self) -> None:
        """End the paragraph that is being read."""
        self._here += map(Paragraph, self._run.paragraphs())

    def inside(self, element: Element, path: Path) -> None:
        """Read what is in an element."""
        for child in element.children:
            if isinstance(child, str):
                self._run.add_words(child, path)
            elif id(child) not in self._skip:
                self._one(child, path)

    def within(self, element: Element, path: Path = ()) -> list[Block]:
        """Return the blocks in an element, as those of a container."""
        self.flush()
        outside, self._here = self._here, []
        self.inside(element, path)
        self.flush()
        found, self._here = self._here, outside
        return found

    def line(self, element: Element, between: Inline = Text(" "), path: Path = ()) -> tuple[Inline, ...]:  # noqa: B008
        """Return what is in an element as one line, with a node in the place of each line break or new block."""
        with self._own_run():
            outside, self._here = self._here, []
            self.inside(element, path)
            rest = self._run.line(between)
            found = self._here
            self._here = outside
        nodes: list[Inline] = []
        for piece in [*map(_inline_of, found), rest]:
            if piece:
                nodes += [between, *piece] if nodes else piece
        return tuple(between if isinstance(n, Break) else n for n in nodes)

    @contextmanager
    def _own_run(self) -> Iterator[None]:
        outside, self._run = self._run, InlineRun()
        yield
        self._run = outside

    def _one(self, element: Element, path: Path) -> None:
        """Read one element."""
        tag = element.tag
        if tag in NOTHING or id(element) in self._footnotes.back_links:
            return
        if (label := self._footnotes.definitions.get(id(element))) is not None:
            self._footnote(element, label)
        elif is_embed_code(element):
            self._embed_code(element)
        elif (reader := self.READERS.get(tag)) is not None:
            reader(self, element, path)
        elif tag in BLOCKS:
            self.flush()
            self.inside(element, path)
            self.flush()
        elif tag in CONTROLS:
            self._control(element)
        else:
            self._inline(element, path)

    # --- blocks

    def _paragraph(self, element: Element, path: Path) -> None:
        self.flush()
        self.inside(element, path)
        self.flush()

    def _heading(self, element: Element, path: Path) -> None:
        self.flush()
        words = self.line(element, path=path)
        if any(not isinstance(node, Text) or node.value.strip() for node in words):
            self._here.append(Heading(int(element.tag[1]), words))

    def _rule(self, element: Element, path: Path) -> None:
        self.flush()
        after = _next_element(element)
        # The line above footnotes is theirs.
        if after is None or not any(id(e) in self._footnotes.definitions for e in (after, *after.descendants())):
            self._here.append(ThematicBreak())

    def _quote(self, element: Element, path: Path) -> None:
        if blocks := self.within(element, path):
            self._here.append(Blockquote(blocks))

    def _list(self, element: Element, path: Path) -> None:
        self.flush()
        items: list[list[Block]] = []
        for child in element.children:
            if isinstance(child, str):
                blocks: list[Block] = [Paragraph(" ".join(child.split()))] if child.strip() else []
                own = False
            elif id(child) in self._skip:
                continue
            elif (label := self._footnotes.definitions.get(id(child))) is not None:
                self._footnote(child, label)
                continue
            else:
                own = child.tag == "li"
                blocks = self.within(child, path) if own or child.tag in BLOCKS else self._alone(child, path)
            if own or (blocks and not items):
                items.append(blocks)
            elif blocks:
                # What is in a list and in none of its items is shown with the item before it.
                items[-1] += blocks
        if not items:
            return
        ordered = element.tag == "ol"
        start = element.get("start")
        if "reversed" in element.attributes:
            self.lose("the numbers of a list that counts down go up")
        first = int(start) if ordered and re.fullmatch(r"[0-9]{1,9}", start) else 1
        self._here.append(List([ListItem(i) for i in items], ordered, first if ordered else None))

    def _alone(self, element: Element, path: Path) -> list[Block]:
        """Return the blocks that an element becomes by itself."""
        self.flush()
        outside, self._here = self._here, []
        self._one(element, path)
        self.flush()
        found, self._here = self._here, outside
        return found

    def _terms(self, element: Element, path: Path) -> None:
        """Read a list of terms and what they mean."""
        self.flush()
        self.lose("a list of terms is paragraphs: the terms are bold, what they mean follows")
        self.inside(element, path)
        self.flush()

    def _term(self, element: Element, path: Path) -> None:
        self.flush()
        self.inside(element, _with(path, STRONG))
        self.flush()

    def _code(self, element: Element, path: Path) -> None:
        self.flush()
        around = [element, *element.descendants()][:3] + [e for e, _ in zip(element.ancestors(), "123", strict=False)]
        found = next((m for e in around if (m := LANGUAGE.search(e.get("class"))) is not None), None)
        language = found[1] if found else next((lang for e in around if (lang := e.get("data-lang"))), None)
        value = _code_text(element)
        if value.strip():
            self._here.append(Code(value, language))

    def _table(self, element: Element, path: Path) -> None:
        self.flush()
        if any(e.classes & GUTTER for e in element.descendants()):
            # Code with its line numbers beside it.
            self.inside(element, path)
            self.flush()
            return
        table = read_table(element, self)
        if table is None:
            self.inside(element, path)
            self.flush()
        else:
            self._here.append(table)

    def _figure(self, element: Element, path: Path) -> None:
        self.flush()
        before = len(self._here)
        self.inside(element, path)
        self.flush()
        shown = self._here[before:]
        if len(shown) == 2 and all(isinstance(b, Paragraph) for b in shown) and _has(element, "figcaption"):
            picture, caption = shown
            # A line break keeps a caption with its picture.
            self._here[before:] = [Paragraph((*picture.children, Break(), *caption.children))]  # type: ignore[union-attr] # both are paragraphs
            self.lose("a caption is words below its picture")

    def _details(self, element: Element, path: Path) -> None:
        self.flush()
        summary = next((e for e in element.elements if e.tag == "summary"), None)
        shown = "" if summary is None else f"\n<summary>{html.escape(summary.words, quote=False)}</summary>"
        opening = "<details open>" if "open" in element.attributes else "<details>"
        self._here.append(Html(opening + shown))
        if summary is not None:
            self._skip.add(id(summary))
        self.inside(element, path)
        self.flush()
        self._here.append(Html("</details>"))

    def _embed(self, element: Element, path: Path) -> None:
        self.flush()
        sources = [element, *(e for e in element.descendants() if e.tag == "source")]
        url = next((u for e in sources if (u := e.get("src") or e.get("data-src"))), "")
        if not url or not is_safe(url) or len(url) > MAX_URL:
            self.lose(f"what is embedded here with <{element.tag}> has no address that can be kept")
            return
        element.attributes.setdefault("src", url)
        code = raw_html(element, self._base)
        self._here.append(Html(code if element.tag == "iframe" else f"<figure>{code}</figure>"))

    def _embed_code(self, element: Element) -> None:
        """Keep the code of an embedded post or picture: its tags as they are, its words as words."""
        tag, *pieces = re.split("(<[^>]*>)", raw_html(element, self._base))[1:-1]
        if element.tag == "a":
            self._add_pieces([tag, *pieces])
            return
        self.flush()
        self._here.append(Html(tag))
        self._add_pieces(pieces[:-1])
        self.flush()
        self._here.append(Html(pieces[-1]))

    def _add_pieces(self, pieces: list[str]) -> None:
        for piece in pieces:
            if piece in ("<p>", "</p>"):
                self.flush()
            elif piece.startswith("<"):
                self._run.add(Html(piece), ())
            else:
                self._run.add_words(html.unescape(piece), ())

    def _footnote(self, element: Element, label: str) -> None:
        outside, self._here = self._here, []
        with self._own_run():
            self.inside(element, ())
            self.flush()
        blocks, self._here = self._here, outside
        self._notes.append(FootnoteDefinition(label, blocks))

    def _control(self, element: Element) -> None:
        if element.tag == "input" and element.get("type") == "checkbox":
            self._run.add_words("[x] " if "checked" in element.attributes else "[ ] ", ())
        elif element.tag in ("svg", "math", "canvas", "object") and element.get("role") != "presentation":
            words = element.get("aria-label") or (element.words if element.tag in ("math", "object") else "")
            self._run.add_words(words, ())
            self.lose(f"<{element.tag}> is left out" + (", its words are kept" if words else ""))

    # --- inside a line

    def _inline(self, element: Element, path: Path) -> None:
        style = element.get("style")
        if (mark := MARKS.get(element.tag)) is not None and not (mark is STRONG and NOT_BOLD.search(style)):
            path = _with(path, mark)
        elif element.tag in RAW:
            path = (*path, Mark("raw", _opening(element), key=id(element)))
        if style:
            for pattern, mark in ((BOLD, STRONG), (ITALIC, EMPHASIS), (STRUCK, DELETE)):
                path = _with(path, mark) if pattern.search(style) else path
        quoted = element.tag == "q"
        self._run.add_words("“" if quoted else "", path)
        self.inside(element, path)
        self._run.add_words("”" if quoted else "", path)

    def _link(self, element: Element, path: Path) -> None:
        if (label := self._footnotes.references.get(id(element))) is not None:
            self._run.add(FootnoteReference(label), tuple(m for m in path if m.kind != "raw"))
            return
        if "href" not in element.attributes:
            self.inside(element, path)
            return
        shown = element.words
        heading = any(e.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for e in element.ancestors())
        if heading and "#" in element.get("href") and PERMALINK.fullmatch(shown) and not _has(element, "img"):
            return
        url = absolute(element.get("href"), self._base)
        if not is_safe(url):
            self.lose(f"the address of the link {shown[:60]!r} is left out: following it would run it")
            self.inside(element, path)
            return
        if any(mark.kind == "link" for mark in path):
            self.inside(element, path)
            return
        self.inside(element, (*path, Mark("link", url, element.get("title") or None, id(element))))

    def _picture(self, element: Element, path: Path) -> None:
        alt = " ".join(element.get("alt").split())
        if element.get("width") == "1" and element.get("height") == "1":
            return
        if element.classes & {"emoji", "wp-smiley", "smiley"} and alt:
            self._run.add_words(alt, path)
            return
        url = element.get("src")
        if not url or url.startswith("data:"):
            url = element.get("data-src") or element.get("data-lazy-src") or element.get("data-original") or url
        if not url and element.get("srcset"):
            url = element.get("srcset").split()[0].rstrip(",")
        url = absolute(url, self._base)
        if url.startswith("data:") or len(url) > MAX_URL or not is_safe(url):
            self.lose("a picture without an address is left out" + (", its description is kept" if alt else ""))
            self._run.add_words(alt, path)
        elif url:
            self._run.add(Image(url, element.get("title") or None, alt), path)

    def _break(self, element: Element, path: Path) -> None:
        self._run.add(Break(), path)

    def _inline_code(self, element: Element, path: Path) -> None:
        if any(e.tag == "pre" for e in element.descendants()):
            self.inside(element, path)
            return
        words = " ".join(element.text.split(" ")) if element.text.strip() else ""
        words = re.sub(r"[\t\n\r\f ]+", " ", words)
        if words.strip():
            self._run.add(InlineCode(words.strip(" ")), path)

    def _noscript(self, element: Element, path: Path) -> None:
        """Leave out what stands in for a script: a page is read as a browser shows it."""

    READERS: ClassVar[dict[str, Callable[[BlockReader, Element, Path], None]]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
        **dict.fromkeys(("pre", "listing", "xmp"), _code),
        **dict.fromkeys(("iframe", "video", "audio", "embed"), _embed),
        **dict.fromkeys(("code", "tt", "samp"), _inline_code),
        "p": _paragraph,
        "hr": _rule,
        "blockquote": _quote,
        "dl": _terms,
        "dt": _term,
        "table": _table,
        "figure": _figure,
        "details": _details,
        "a": _link,
        "img": _picture,
        "br": _break,
        "noscript": _noscript,
    }


def _with(path: Path, mark: Mark) -> Path:
    """Return a path with one more mark, unless it has it already."""
    return path if mark in path else (*path, mark)


def _has(element: Element, tag: str) -> bool:
    return any(e.tag == tag for e in element.descendants())


def _opening(element: Element) -> str:
    """Return the opening tag of raw HTML; of its attributes only a title says anything."""
    title = element.get("title")
    return f'<{element.tag} title="{html.escape(" ".join(title.split()))}">' if title else f"<{element.tag}>"


def _next_element(element: Element) -> Element | None:
    siblings = element.parent.elements if element.parent is not None else []
    at = next((n for n, e in enumerate(siblings) if e is element), len(siblings))
    return siblings[at + 1] if at + 1 < len(siblings) else None


def _code_text(element: Element) -> str:
    """Return the text of a block of code, without the numbers of its lines."""
    found: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.append(node)
        elif node.tag == "br":
            found.append("\n")
        elif not node.classes & GUTTER:
            stack.extend(reversed(node.children))
    return "".join(found).replace("\r\n", "\n").removesuffix("\n")


def _inline_of(block: Block) -> tuple[Inline, ...]:
    """Return what a block shows, for a place where only one line can be."""
    match block:
        case Paragraph(children=children) | Heading(children=children):
            return children
        case Html() | ThematicBreak():
            return ()
        case Code(value=value):
            return (InlineCode(" ".join(value.split())),)
        case _:
            words = " ".join(block.text.split())
            return (Text(words),) if words else ()
