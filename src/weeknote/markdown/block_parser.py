"""The blocks of Markdown with their exact ranges: CommonMark 0.31, tables and footnotes, one pass, no recursion."""

from __future__ import annotations

from typing import Any

from weeknote.markdown.grammar import (
    ATX,
    BREAK,
    DELIMITER,
    EOL,
    FENCE,
    FOOTNOTE,
    HTML_END,
    MARKER,
    MARKS,
    SETEXT,
    Line,
    cells,
    closes_fence,
    content_start,
    html_start,
    lines_of,
    past_quote,
    skip,
    steps,
)
from weeknote.markdown.link_definitions import definition, fold_label
from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    Paragraph,
    Table,
    ThematicBreak,
)
from weeknote.source import Source
from weeknote.syntax.tree_builder import MAX_DEPTH, Builder


class Scanner:
    """One reading of a text; `blocks()` gives the top-level blocks."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.text = source.text
        self.start = start
        self.has_return = "\r" in self.text
        self.steps = steps(returns=self.has_return)
        self.build = Builder(source)
        self.definitions: dict[str, tuple[str, str | None]] = {}
        self.leaf: Any = None
        self.lines: list[Line] | None = None
        self.quotes = 0
        self.ends = ""
        self.fence = ("", 0)
        self.end = self.run_start = self.last_line = self.leaf_line = start

    # --- leaves

    def close_leaf(self) -> None:
        """End the open leaf; a paragraph that begins with `[` may turn out to be definitions."""
        leaf, self.leaf = self.leaf, None
        if type(leaf) is Paragraph:
            where: Any = leaf.slice
            start = where.start
            if self.text[start] in "[ " and self.text.find("]:", start, self.end) > 0:
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
            label, url, title, end = found
            self.definitions.setdefault(fold_label(label), (url, title))
            self.build.leaf(Definition, lines[done][0], line, {"label": label, "url": url, "title": title})
            done += content.count("\n", at, end) + (end == len(content))
            line = EOL.match(self.text, lines[done - 1][1]).end()  # type: ignore[union-attr] # a line ends there
            at = end
            found = definition(content, at)
        if done >= len(lines):
            return None
        first = lines[done][0]
        if self.lines:
            self.source.cuts[first] = self.lines = lines[done:]
        return self.build.leaf(Paragraph, first, line)

    def table_header(self, at: int) -> tuple[int, int] | None:
        """Return where the open paragraph's last line and its content begin, if a delimiter row stands at an offset."""
        text = self.text
        m = DELIMITER.match(text, at)
        if m is None:
            return None
        line = self.last_line if self.last_line >= 0 else lines_of(text, self.run_start, self.end)[-1][0]
        start = self.lines[-1][0] if self.lines else max(line, self.leaf.slice.start)
        header = text[start : self.end].strip(" \t\r\n")
        if "|" not in header and "|" not in m.group():
            return None
        return (line, start) if len(cells(header)) == len(cells(m.group())) else None

    # --- the pass over the lines

    def blocks(self) -> list[Any]:
        """Read the text to its end and return the top-level blocks."""
        text, build = self.text, self.build
        size, pos = len(text), self.start
        stack, has_return = build.stack, self.has_return
        starts, opens, goes_on, _ = self.steps
        while pos < size:
            leaf = self.leaf
            # Words, bullets and headings at the margin, the commonest lines by far, need none of what follows.
            in_paragraph = type(leaf) is Paragraph
            if not in_paragraph and leaf is not None:
                m = starts(text, pos) if len(stack) > 1 else None
            elif self.quotes or self.lines is not None:
                m = starts(text, pos)
            else:
                m = goes_on(text, pos) if in_paragraph else opens(text, pos)
            if m is not None:
                bullet, marks = m.group(1, 2)
                end, after = m.span(3)
                if bullet is not None or marks is not None:
                    if leaf is not None:
                        self.close_leaf()
                    if len(stack) > 1:
                        self.leave(1)
                    if marks is not None:
                        build.leaf(Heading, pos, pos, {"depth": len(marks)})
                    else:
                        self.items(pos, end, bullet, after > end)
                elif end > pos:
                    if leaf is None:
                        if len(stack) > 1:
                            self.leave(1)
                        leaf = build.leaf(Paragraph, pos, pos)
                        # What ends at once is not opened, unless its end must show what it is.
                        if after == end or text[pos] == "[":
                            self.leaf, self.leaf_line = leaf, pos
                    self.run_start, self.last_line = pos, -1
                if end > pos:
                    self.end = end
                if after > end and (build.tip.blocks or len(stack) == 1):
                    if self.leaf is not None:
                        self.close_leaf()
                    end = after
                if end > pos:
                    pos = end
                    continue
            line = pos
            if has_return:
                m = EOL.search(text, pos)
                eol, pos = m.span()  # type: ignore[union-attr] # \\Z matches at the end
            else:
                eol = text.find("\n", pos)
                if eol < 0:
                    eol = pos = size
                else:
                    pos = eol + 1
            self.one_line(line, eol)
            self.end, self.last_line = pos, line
        self.close_leaf()
        self.source.definitions = self.definitions
        return build.finish(size)

    def items(self, start: int, end: int, bullet: str, ended: bool) -> None:
        """Read items of one line each at the margin; the last is open for further lines, unless it is ended."""
        lines = [start, *[at for m in self.steps.ends(self.text, start, end) if (at := m.end()) < end]]
        if len(lines) > 1:
            self.build.short_items(lines, bullet)
        last = lines[-1]
        self.build.item(last, last, 2, bullet, bullet)
        leaf = self.build.leaf(Paragraph, last + 2, last)
        if not ended:
            self.leaf, self.leaf_line, self.last_line = leaf, last, last

    def one_line(self, line: int, eol: int) -> None:
        """Read one line."""
        text, build = self.text, self.build
        stack = build.stack
        ns = at = line
        column = base = pad = 0
        if line < eol and text[line] in " \t":
            ns, column = skip(text, line, eol, 0)
        blank = ns == eol
        matched = 1
        # Which open containers does the line continue? (CommonMark, appendix, phase 1)
        while matched < len(stack):
            container = stack[matched]
            if container.column >= 0:
                if blank and not container.blocks:
                    break
                if column >= container.column:
                    base = container.column
                    at, pad = content_start(text, line, ns, column, base)
                elif blank:
                    at, pad = ns, 0
                else:
                    break
            else:
                if blank or column - base > 3 or text[ns] != ">":
                    break
                at, pad, base, ns, column = past_quote(text, ns, eol, column)
                blank = ns == eol
            matched += 1
        whole = matched == len(stack)
        leaf = self.leaf
        kind = type(leaf)
        if leaf is not None and whole:
            if kind is Code:
                if self.fence[0]:
                    self.keep(at, eol, pad)
                    if column - base < 4 and closes_fence(text[ns:eol], *self.fence):
                        self.leaf = self.lines = None
                    return
                if blank or column - base >= 4:
                    self.keep(at, eol, pad)
                    return
                self.leaf = self.lines = None
            elif kind is Html:
                if self.ends or not blank:
                    self.keep(at, eol, pad)
                    if self.ends and HTML_END[self.ends].search(text, at, eol):
                        self.leaf = self.lines = None
                    return
                self.leaf = self.lines = None
            leaf = self.leaf
        in_paragraph = type(leaf) is Paragraph
        fresh = False
        while not blank:
            indent = column - base
            if indent >= 4:
                if in_paragraph and not fresh:
                    break
                self.start_block(matched, whole, fresh)
                self.fence = ("", 0)
                self.open_leaf(build.leaf(Code, at, line, {"info": None}), at, eol, pad, len(stack) > 1)
                return
            c = text[ns]
            if c not in MARKS:
                break
            here = in_paragraph and whole and not fresh
            if c == ">":
                if len(stack) > MAX_DEPTH:
                    break
                self.start_block(matched, whole, fresh)
                build.container(Blockquote, at, line, -1)
                at, pad, base, ns, column = past_quote(text, ns, eol, column)
                self.quotes += 1
            elif c == "#":
                m = ATX.match(text, ns)
                if m is None:
                    break
                self.start_block(matched, whole, fresh)
                build.leaf(Heading, at, line, {"depth": m.end() - ns})
                return
            elif here and c in "=-" and SETEXT.match(text, ns):
                if self.underline(c):
                    return
                # Nothing but definitions stood above: the line begins anew.
                leaf, in_paragraph = None, False
                continue
            elif here and c in "|:-" and (header := self.table_header(ns)) is not None:
                self.start_table(*header)
                self.keep(ns, eol, 0)
                return
            elif c in "*-_" and BREAK.match(text, ns):
                self.start_block(matched, whole, fresh)
                build.leaf(ThematicBreak, at, line)
                return
            elif c in "`~":
                m = FENCE.match(text, ns)
                if m is None:
                    break
                self.start_block(matched, whole, fresh)
                self.fence = (c, m.end() - ns)
                self.open_leaf(build.leaf(Code, at, line), at, eol, pad, len(stack) > 1)
                return
            elif c == "<":
                kind_of = html_start(text, ns, in_paragraph=in_paragraph and not fresh)
                if kind_of is None:
                    break
                self.start_block(matched, whole, fresh)
                self.ends = kind_of if kind_of in HTML_END else ""
                self.open_leaf(build.leaf(Html, at, line), at, eol, pad, len(stack) > 1)
                if self.ends and HTML_END[self.ends].search(text, ns + 2, eol):
                    self.leaf = self.lines = None
                return
            elif c == "[":
                m = FOOTNOTE.match(text, ns)
                if m is None or len(stack) > MAX_DEPTH:
                    break
                self.start_block(matched, whole, fresh)
                self.source.footnotes.add(m.group(1))
                build.container(FootnoteDefinition, at, line, base + 4, label=m.group(1))
                at = m.end()
                ns, column = skip(text, at, eol, column + m.end() - ns)
                base = column
                if ns < eol:
                    at = ns
            else:
                m = MARKER.match(text, ns)
                if m is None or len(stack) > MAX_DEPTH:
                    break
                end = m.end()
                if here and (not text[end:eol].strip(" \t") or (m.group(2) and int(m.group(2)) != 1)):
                    break
                reached = column + end - ns
                next_ns, next_column = skip(text, end, eol, reached)
                content = next_column if next_ns < eol and next_column - reached <= 4 else reached + 1
                self.start_block(matched, whole, fresh)
                number = int(m.group(2)) if m.group(2) else None
                build.item(at, line, content, m.group(3) or c, m.group(1), number)
                base = content
                if next_ns < eol:
                    at, pad = content_start(text, line, next_ns, next_column, base)
                else:
                    at, pad = eol, 0
                ns, column = next_ns, next_column
            fresh = True
            blank = ns >= eol
        # What is left of the line is blank or words.
        if blank and fresh:
            return
        if in_paragraph and not fresh and not blank:
            if self.lines is not None:
                self.lines.append((at if whole else ns, eol, 0))
            return
        if type(leaf) is Table and whole and not fresh and not blank:
            self.keep(at, eol, 0)
            return
        if leaf is not None:
            self.close_leaf()
        if blank:
            if not whole:
                self.leave(matched)
            return
        self.start_block(matched, whole, fresh)
        self.leaf_line = line
        cut = self.quotes > 0 or (len(stack) > 1 and text[ns] == "[")
        self.open_leaf(build.leaf(Paragraph, at, line), at, eol, 0, cut)

    def start_block(self, matched: int, whole: bool, fresh: bool) -> None:
        """Close what the line that opens a block does not continue."""
        if not fresh:
            if self.leaf is not None:
                self.close_leaf()
            if not whole:
                self.leave(matched)

    def leave(self, matched: int) -> None:
        """Close the containers above those matched."""
        stack = self.build.stack
        if self.quotes:
            self.quotes -= sum(c.column < 0 for c in stack[matched:])
        self.build.close(matched)

    def open_leaf(self, node: Any, at: int, eol: int, pad: int, cut: bool) -> None:
        """Let further lines join a leaf; with `cut`, remember where each line's content stands."""
        self.leaf = node
        self.lines = None
        if cut:
            self.lines = self.source.cuts[node.slice.start] = [(at, eol, pad)]

    def keep(self, at: int, eol: int, pad: int) -> None:
        """Add a line to the open leaf."""
        if self.lines is not None:
            self.lines.append((at, eol, pad))

    def underline(self, mark: str) -> bool:
        """Make the open paragraph a setext heading (CommonMark 4.3), unless nothing but definitions is in it."""
        leaf = self.leaf
        if self.text[leaf.slice.start : self.end].lstrip(" \t").startswith("["):
            leaf = self.define(leaf)
            if leaf is None:
                self.leaf = self.lines = None
                return False
        start = leaf.slice.start
        lines = self.lines or lines_of(self.text, start, self.end)
        self.build.drop()
        self.build.leaf(Heading, start, start, {"depth": 1 if mark == "=" else 2})
        self.source.cuts[start] = lines
        self.leaf = self.lines = None
        return True

    def start_table(self, line: int, start: int) -> None:
        """Open a table whose header is the last line of the open paragraph."""
        leaf, lines = self.leaf, self.lines
        header = lines.pop() if lines else None
        if leaf.slice.start == start:
            self.build.drop()
        else:
            self.end = line
            self.close_leaf()
        self.leaf = self.build.leaf(Table, start, line)
        self.lines = None if header is None else [header]
        if self.lines:
            self.source.cuts[start] = self.lines


def scan(source: Source, start: int) -> list[Any]:
    """Return the top-level blocks of a Markdown text from an offset on; fills the source's definitions and cuts."""
    return Scanner(source, start).blocks()
