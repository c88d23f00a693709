"""The blocks of Markdown with their exact ranges: CommonMark 0.31, tables and footnotes, one pass, no recursion."""

from __future__ import annotations

from weeknote.markdown.block_starts import STARTS, Started
from weeknote.markdown.grammar import (
    HTML_END,
    Line,
    RunPatterns,
    closes_fence,
    content_start,
    lines_of,
    run_patterns,
    skip,
)
from weeknote.markdown.jsx import read_line
from weeknote.markdown.links import definition, fold_label
from weeknote.nodes.block import (
    Block,
    Code,
    Definition,
    Heading,
    Html,
    ListItem,
    Node,
    Paragraph,
    Table,
)
from weeknote.source import EOL, Source
from weeknote.syntax.tree_builder import Builder, Container


class Scanner:
    """One pass over a text; `blocks()` returns the top-level blocks, and fills the source's definitions and cuts.

    Attributes:
        leaf: the leaf that further lines can join, or None.
        lines: where the content of its lines is, if its containers' marks are among them.
        quotes: how many quotations are open.
        fence: the mark and length of the fence of open code; `("", 0)` if it is indented.
        html_end: what ends open HTML, a key of `HTML_END`; `""` if a blank line does.
        jsx_marks: the marks of MDX that are open in open HTML, so that a blank line does not end it.
        line, eol: where the line that is read begins, and where its line end does.
        first, column: its first character that is not white space, beyond the marks read so far, and its column.
        at, base, pad: where the content of the innermost container begins in it, the column of that, and how many
            columns of a tab that reaches over it are part of the content.
        matched, whole: how many open containers the line continues, the document among them; whether all of them.
    """

    end: int
    run_start: int
    last_line: int
    leaf_line: int
    line: int
    eol: int
    first: int
    at: int
    column: int
    base: int
    pad: int
    matched: int
    whole: bool

    def __init__(self, source: Source, start: int) -> None:
        self.source: Source = source
        self.text: str = source.text
        self.start: int = start
        self.has_return: bool = "\r" in self.text
        self.patterns: RunPatterns = run_patterns(returns=self.has_return)
        self.build: Builder = Builder(source)
        self.definitions: dict[str, tuple[str, str | None]] = {}
        self.leaf: Block | None = None
        self.lines: list[Line] | None = None
        self.code_indent: int = source.reader.code_indent
        self.mdx: bool = source.reader.mdx
        self.jsx_marks: list[str] = []
        self.quotes: int = 0
        self.html_end: str = ""
        self.fence: tuple[str, int] = ("", 0)
        self.end = self.run_start = self.last_line = self.leaf_line = start
        self.line = self.eol = self.first = self.at = start
        self.column = self.base = self.pad = 0
        self.matched, self.whole = 1, True

    # --- leaves

    def close_leaf(self) -> None:
        """End the open leaf; a paragraph that begins with `[` may turn out to be definitions."""
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return
        if type(leaf) is Paragraph:
            where = leaf.slice
            assert where is not None
            start = where.start
            if self.text[start] in "[ \t" and self.text.find("]:", start, self.end) > 0:
                self.define(leaf)
        self.lines = None

    def define(self, leaf: Paragraph) -> Paragraph | None:
        """Turn the definitions a paragraph begins with into nodes; return what remains of the paragraph."""
        where = leaf.slice
        assert where is not None
        lines = self.lines or lines_of(self.text, where.start, self.end)
        content = "\n".join(self.text[a:b].strip(" \t") for a, b, _ in lines)
        found = definition(content, 0)
        if found is None:
            return leaf
        self.build.drop()
        self.source.cuts.pop(where.start, None)
        done = at = 0
        line = self.leaf_line
        while found is not None:
            label, (url, title, end) = found
            self.definitions.setdefault(fold_label(label), (url, title))
            first = done
            self.build.leaf(Definition, lines[first][0], line, {"label": label, "url": url, "title": title})
            done += content.count("\n", at, end) + (end == len(content))
            if self.lines and done - first > 1:
                self.source.cuts[lines[first][0]] = lines[first:done]
            m = EOL.match(self.text, lines[done - 1][1])
            assert m is not None
            line = m.end()
            at = end
            found = definition(content, at)
        if done >= len(lines):
            return None
        start = lines[done][0]
        if self.lines:
            self.source.cuts[start] = self.lines = lines[done:]
        return self.build.leaf(Paragraph, start, line)

    # --- the pass over the lines

    def blocks(self) -> list[Block]:
        """Read the text to its end and return the top-level blocks."""
        size, pos = len(self.text), self.start
        while pos < size:
            pos = self.read_runs(pos)
            if pos < size:
                pos = self.read_line(pos)
        self.close_leaf()
        self.source.definitions = self.definitions
        return self.build.finish(size)

    def read_runs(self, pos: int) -> int:
        """Read lines that begin at the margin with words, bullets or `#`, by far the commonest, many in one step.

        Returns:
            Where the line after them begins: `pos` if there are none.
        """
        text, build = self.text, self.build
        stack = build.stack
        starts, opens, continues, _ = self.patterns
        while True:
            leaf = self.leaf
            if leaf is None:
                m = starts(text, pos) if self.quotes or self.lines is not None else opens(text, pos)
            elif type(leaf) is Paragraph:
                m = starts(text, pos) if self.quotes or self.lines is not None else continues(text, pos)
            else:
                m = starts(text, pos) if len(stack) > 1 else None
            if m is None:
                return pos
            bullet, marks = m.group(1, 2)
            end, after = m.span(3)
            if marks is not None:
                self.close_all()
                build.leaf(Heading, pos, pos, {"depth": len(marks)})
            elif bullet is not None:
                self.close_all()
                self.read_items(pos, end, bullet, ended=after > end)
            elif end > pos:
                if leaf is None:
                    if len(stack) > 1:
                        self.leave(1)
                    leaf = build.leaf(Paragraph, pos, pos)
                    # A paragraph that ends at once need not be opened, unless its end must show whether it is one.
                    if after == end or text[pos] == "[":
                        self.leaf, self.leaf_line = leaf, pos
                self.run_start, self.last_line = pos, -1
            if end > pos:
                self.end = end
            if after > end and (len(stack) == 1 or build.tip.blocks):
                if self.leaf is not None:
                    self.close_leaf()
                end = after
            if end == pos:
                return pos
            pos = end

    def read_items(self, start: int, end: int, bullet: str, *, ended: bool) -> None:
        """Read items of one line each at the margin; the last is open for further lines, unless it is ended."""
        lines = [start, *[at for m in self.patterns.ends(self.text, start, end) if (at := m.end()) < end]]
        if len(lines) > 1:
            self.build.short_items(lines, bullet, 2)
        last = lines[-1]
        self.build.item(last, last, 2, bullet, bullet)
        leaf = self.build.leaf(Paragraph, last + 2, last)
        if not ended:
            self.leaf, self.leaf_line, self.last_line = leaf, last, last

    def read_line(self, pos: int) -> int:
        """Read one line of any kind and return where the next one begins."""
        text = self.text
        if self.has_return:
            m = EOL.search(text, pos)
            assert m is not None
            eol, after = m.span()
        else:
            eol = text.find("\n", pos)
            eol, after = (eol, eol + 1) if eol >= 0 else (len(text), len(text))
        self.line = self.at = self.first = pos
        self.eol = eol
        self.pad = self.base = self.column = 0
        if pos < eol and text[pos] in " \t":
            self.first, self.column = skip(text, pos, eol, 0)
        if len(self.build.stack) > 1:
            self.continue_containers()
        else:
            self.matched, self.whole = 1, True
        if not (self.whole and self.leaf is not None and self.continue_leaf()) and not self.start_blocks():
            self.read_words()
        self.end, self.last_line = after, pos
        return after

    def continue_containers(self) -> None:
        """Find out how many open containers the line continues (CommonMark, appendix, phase 1)."""
        stack = self.build.stack
        self.matched = 1
        while self.matched < len(stack) and self.continues(stack[self.matched]):
            self.matched += 1
        self.whole = self.matched == len(stack)

    def continues(self, container: Container) -> bool:
        """Return whether the line continues a container, and step over what marks it as doing so."""
        is_blank = self.first == self.eol
        if container.width < 0:
            if is_blank or self.column - self.base >= self.code_indent or self.text[self.first] != ">":
                return False
            self.enter_quotation()
            return True
        if is_blank and not container.blocks and type(container.node) is ListItem:
            return False
        base = self.base + container.width
        if self.column >= base:
            self.at, self.pad = content_start(self.text, self.line, self.first, self.column, base)
        elif is_blank:
            self.at, self.pad = self.first, 0
        else:
            return False
        self.base = base
        return True

    def enter_quotation(self) -> None:
        """Step over `>` and the one column of white space that belongs to it (CommonMark 5.1)."""
        text, at, base = self.text, self.first + 1, self.column + 1
        self.first, self.column = skip(text, at, self.eol, base)
        self.pad = 0
        if at < self.eol and text[at] in " \t":
            self.pad = (4 - base % 4 if text[at] == "\t" else 1) - 1
            at += 1
            base += 1
        self.at, self.base = at, base

    def continue_leaf(self) -> bool:
        """Add the line to open code or HTML, and return whether it belongs there."""
        kind = type(self.leaf)
        if kind is Code:
            is_inside = bool(self.fence[0]) or self.first == self.eol or self.column - self.base >= self.code_indent
        elif kind is Html:
            is_inside = bool(self.html_end or self.jsx_marks) or self.first < self.eol
            if self.mdx and is_inside and not self.html_end:
                read_line(self.text, self.at, self.eol, self.jsx_marks)
        else:
            return False
        if is_inside:
            self.keep(self.at, self.eol, self.pad)
        if not is_inside or self.closes_leaf(kind):
            self.leaf = self.lines = None
        return is_inside

    def closes_leaf(self, kind: type[Node]) -> bool:
        """Return whether the line is the last of open code or HTML."""
        if kind is Code:
            is_at_margin = self.column - self.base < self.code_indent
            return bool(self.fence[0]) and is_at_margin and closes_fence(self.text[self.first : self.eol], *self.fence)
        return bool(self.html_end) and HTML_END[self.html_end].search(self.text, self.at, self.eol) is not None

    def start_blocks(self) -> bool:
        """Open the containers and the leaf that the line starts; return whether a leaf took the rest of the line."""
        text = self.text
        while self.first < self.eol:
            if self.column - self.base >= self.code_indent:
                if type(self.leaf) is Paragraph:
                    return False
                self.start_block()
                self.fence = ("", 0)
                leaf = self.build.leaf(Code, self.at, self.line, {"info": None})
                self.open_leaf(leaf, cut=len(self.build.stack) > 1)
                return True
            for start in STARTS.get(text[self.first], ()):
                started = start(self)
                if started is not None:
                    break
            else:
                return False
            if started is Started.LEAF:
                return True
        return False

    def read_words(self) -> None:
        """Read what is left of a line that starts no leaf: words, or nothing."""
        is_blank, leaf = self.first >= self.eol, self.leaf
        if not is_blank and type(leaf) is Paragraph:
            if self.lines is not None:
                self.lines.append((self.at if self.whole else self.first, self.eol, 0))
            return
        if not is_blank and type(leaf) is Table and self.whole:
            self.keep(self.at, self.eol, 0)
            return
        self.start_block()
        if is_blank:
            return
        self.leaf_line = self.line
        cut = self.quotes > 0 or (len(self.build.stack) > 1 and self.text[self.first] == "[")
        self.pad = 0
        self.open_leaf(self.build.leaf(Paragraph, self.at, self.line), cut=cut)

    def open_paragraph(self) -> Paragraph | None:
        """Return the paragraph that is open in the container which the line continues; None if there is none."""
        leaf = self.leaf
        return leaf if self.whole and type(leaf) is Paragraph else None

    def start_block(self) -> None:
        """Close what the line does not continue."""
        self.close_leaf()
        if not self.whole:
            self.leave(self.matched)
            self.whole = True

    def close_all(self) -> None:
        """Close everything that is open."""
        if self.leaf is not None:
            self.close_leaf()
        if len(self.build.stack) > 1:
            self.leave(1)

    def leave(self, matched: int) -> None:
        """Close the containers above those matched."""
        stack = self.build.stack
        if self.quotes:
            self.quotes -= sum(c.width < 0 for c in stack[matched:])
        self.build.close(matched)

    def open_leaf(self, node: Block, *, cut: bool) -> None:
        """Let further lines join a leaf; with `cut`, remember where the content of each line is."""
        self.leaf = node
        self.lines = None
        if cut:
            assert node.slice is not None
            self.lines = self.source.cuts[node.slice.start] = [(self.at, self.eol, self.pad)]

    def keep(self, at: int, eol: int, pad: int) -> None:
        """Add a line to the open leaf."""
        if self.lines is not None:
            self.lines.append((at, eol, pad))
