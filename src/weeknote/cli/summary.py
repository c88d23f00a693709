"""The output of `weeknote show`: facts as JSON for programs, and lines made of them for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from weeknote.lint.printable import counted, shorten, visible, wrapped
from weeknote.nodes.base import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weeknote import Archive, FrontMatter, Heading, Post, Section, Weeknote
    from weeknote.lint.printable import Style
    from weeknote.nodes import Block

Facts = dict[str, Any]
"""Facts about a part of a note, as JSON values."""

LABEL = 14
"""The width of the column of labels."""
PLACE = 5
"""The width of the column of line numbers."""
SNIPPET = 80
"""The number of columns shown of a block in the trailer; nobody wants to read the comments here."""

EVIDENCE = {
    "stated": "year stated",
    "near": "year from --near",
    "neighbour": "year from the notes beside it",
    "front matter": "year from the front matter",
    "byline": "year from the byline",
    "file name": "year from the file name",
}


# --- facts


def facts(note: Weeknote | Archive) -> Facts:
    """Return the facts about a text, as JSON values."""
    import weeknote

    if isinstance(note, weeknote.Weeknote):
        return _entry(note)
    return {
        "kind": "archive",
        "dialect": note.dialect,
        "newline": note.newline,
        "front_matter": _front_matter(note.front_matter),
        "entries": [_entry(entry) for entry in note.entries],
    }


def _entry(entry: Weeknote | Post) -> Facts:
    import weeknote
    from weeknote.conversion.json import derived_values

    links: list[Facts] = []
    if isinstance(entry, weeknote.Post):
        heading = _heading(entry.heading, links)
        size = _size(entry.blocks, links)
        return {
            "kind": "post",
            "line": line_of(entry),
            "heading": heading,
            "title": entry.title,
            **size,
            "links": links,
        }
    return {
        "kind": "weeknote",
        "line": line_of(entry),
        "masthead": _site_lines(entry.masthead, links),
        "heading": _heading(entry.heading, links),
        "byline": _site_lines(entry.byline, links),
        **derived_values(entry),
        "dialect": entry.dialect,
        "newline": entry.newline,
        "front_matter": _front_matter(entry.front_matter),
        "intro": _part(entry.intro, links),
        "sections": [_section(section, links) for section in entry.sections],
        "trailer": _site_lines(entry.trailer, links),
        "links": links,
    }


def _heading(heading: Heading | None, links: list[Facts]) -> Facts | None:
    if heading is None:
        return None
    _size([heading], links)
    return {"text": heading.text, "depth": heading.depth, "line": line_of(heading)}


def _front_matter(block: FrontMatter | None) -> Facts | None:
    if block is None:
        return None
    problem = None
    if block.problem is not None:
        line, column = block.problem.place or (1, 1)
        problem = {"message": block.problem.message, "line": line + (line_of(block) or 1) - 1, "column": column}
    return {"kind": block.kind, "keys": list(block.values), "problem": problem}


def _section(section: Section, links: list[Facts]) -> Facts:
    _size([section.heading], links)
    return {
        "line": line_of(section),
        "role": str(section.role),
        "depth": section.depth,
        "title": section.title,
        **_size(section.blocks, links),
    }


def _part(blocks: tuple[Block, ...], links: list[Facts]) -> Facts | None:
    return {"line": line_of(blocks[0]), **_size(blocks, links)} if blocks else None


def _site_lines(blocks: tuple[Block, ...], links: list[Facts]) -> Facts | None:
    part = _part(blocks, links)
    return part and {**part, "blocks": [{"line": line_of(block), "text": block.text} for block in blocks]}


def _size(blocks: Iterable[Block], links: list[Facts]) -> Facts:
    """Count the paragraphs, the list items at any depth, and the other blocks; gather the links in passing."""
    import weeknote

    paragraphs = items = 0
    other: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, weeknote.Paragraph):
            paragraphs += 1
        elif not isinstance(block, weeknote.List):
            other[type(block).__name__] += 1
        for node in weeknote.walk(block):
            if isinstance(node, weeknote.ListItem):
                items += 1
            elif isinstance(node, weeknote.Link):
                links.append({"line": line_of(node), "url": node.url, "title": node.title, "text": node.text})
    return {"paragraphs": paragraphs, "items": items, "other": dict(other)}


# --- lines


def lines(name: str, found: Facts, style: Style) -> Iterator[str]:
    """Yield the lines that show a file's facts to people."""
    yield style.bold(visible(name))
    if found["kind"] != "archive":
        yield from _entry_lines(found, style, "  ")
        return
    kinds = [entry["kind"] for entry in found["entries"]]
    held = " and ".join(counted(kinds.count(kind), kind) for kind in ("weeknote", "post") if kind in kinds)
    yield from _row("archive", held, style, "  ")
    yield from _row("dialect", _dialect(found), style, "  ")
    yield from _front_matter_lines(found["front_matter"], style, "  ")
    for number, entry in enumerate(found["entries"], 1):
        yield ""
        yield "  " + style.bold(f"{number}. {entry['kind']}") + style.dim(f"  line {entry['line']}")
        yield from _entry_lines(entry, style, "     ")


def _dialect(found: Facts) -> str:
    ends = {"\r\n": ", CRLF line ends", "\r": ", CR line ends"}
    return f"{found['dialect']}{ends.get(found['newline'], '')}"


def _row(label: str, value: str | None, style: Style, indent: str, *, bold: bool = False) -> Iterator[str]:
    """Yield a label and its value, the value wrapped at a terminal; None is `(none)`."""
    start = f"{indent}{label:<{LABEL}}"
    if value is None:
        yield start + style.dim("(none)")
        return
    for piece in wrapped(visible(value), None if style.width is None else max(style.width - len(start), 16)):
        yield (start + (style.bold(piece) if bold else piece)).rstrip(" ")
        start = " " * len(start)


def _entry_lines(found: Facts, style: Style, indent: str) -> Iterator[str]:
    if found["kind"] == "weeknote":
        yield from _joined_row("masthead", found["masthead"], style, indent)
        yield from _row("headline", found["headline"], style, indent)
        yield from _joined_row("byline", found["byline"], style, indent)
    yield from _row("title", found["title"], style, indent, bold=True)
    if found["kind"] == "weeknote":
        yield from _weeknote_lines(found, style, indent)
    yield from _table(found, style, indent)
    if found.get("trailer"):
        yield from _trailer_lines(found["trailer"]["blocks"], style, indent)
    yield from _link_lines(found["links"], style, indent)


def _joined_row(label: str, part: Facts | None, style: Style, indent: str) -> Iterator[str]:
    """Yield a masthead or byline as one row; nothing without one."""
    if part is not None:
        yield from _row(label, " · ".join(block["text"] for block in part["blocks"]), style, indent)


def _weeknote_lines(found: Facts, style: Style, indent: str) -> Iterator[str]:
    for week in found["weeks"] or [None]:
        yield from _row("week", week and _when(week), style, indent)
    if found["numbers"]:
        yield from _row("number", ", ".join(map(str, found["numbers"])), style, indent)
    if (episode := found["episode"]) is not None:
        yield from _row("episode", f"season {episode['season']}, episode {episode['number']}", style, indent)
    if found["published"] is not None:
        yield from _row("published", found["published"], style, indent)
    yield from _row("dialect", _dialect(found), style, indent)
    yield from _front_matter_lines(found["front_matter"], style, indent)


def _when(week: Facts) -> str:
    if week["start"] is None:
        return f"{week['stated']}, year unknown"
    source = EVIDENCE.get(week["evidence"], week["evidence"])
    return f"{week['start']} to {week['end']} ({week['stated']}, {source})"


def _front_matter_lines(found: Facts | None, style: Style, indent: str) -> Iterator[str]:
    if found is None:
        return
    yield from _row("front matter", f"{found['kind']}: {', '.join(found['keys']) or 'no keys'}", style, indent)
    if (problem := found["problem"]) is not None:
        place = f"line {problem['line']}, column {problem['column']}"
        yield from _row("  problem", f"{place}: {problem['message']}", style, indent)


def _parts(found: Facts) -> list[tuple[str, Facts]]:
    """Return what the table has a row for, each with what it is there for."""
    if found["kind"] == "post":
        return [("body", found)] if any(found[key] for key in ("paragraphs", "items", "other")) else []
    sections = [(section["role"], section) for section in found["sections"]]
    parts = [("intro", found["intro"]), *sections, ("trailer", found["trailer"])]
    return [(name, part) for name, part in parts if part]


def _table(found: Facts, style: Style, indent: str) -> Iterator[str]:
    """Yield a table of the parts of a note or post."""
    parts = _parts(found)
    if not parts:
        return
    rows = [["line", "role", "depth", "paragraphs", "items", "other", "section"]]
    for role, part in parts:
        counts = [str(part["paragraphs"]), str(part["items"]), str(sum(part["other"].values()) or "")]
        title = visible(part["title"]) if "depth" in part else ""
        rows.append([str(part["line"] or ""), role, str(part.get("depth", "")), *counts, title])
    for column in (6, 5, 2):
        if not any(row[column] for row in rows[1:]):
            for row in rows:
                del row[column]
    *widths, _ = (max(map(len, cells)) for cells in zip(*rows, strict=True))
    widths = [max(widths[0], PLACE), *widths[1:]]
    right = {"line", "depth", "paragraphs", "items", "other"}
    titled = rows[0][-1] == "section"
    yield ""
    for row in rows:
        pairs = zip(row, [*widths, len(rows[0][-1])], rows[0], strict=True)
        place, *cells, last = (cell.rjust(width) if name in right else cell.ljust(width) for cell, width, name in pairs)
        if titled:
            last = style.fit(last, len(indent) + sum(widths) + 2 * len(widths))
        if row is rows[0]:
            yield indent + style.dim("  ".join([place, *cells, last]).rstrip(" "))
        else:
            cells.append(style.bold(last.rstrip(" ")) if titled else last)
            yield f"{indent}{style.dim(place)}  {'  '.join(cells)}".rstrip(" ")


def _trailer_lines(blocks: list[Facts], style: Style, indent: str) -> Iterator[str]:
    yield ""
    yield f"{indent}{style.dim('trailer')}"
    for block in blocks:
        words = style.fit(shorten(visible(block["text"]), SNIPPET), len(indent) + PLACE + 2)
        yield f"{indent}{_place(block['line'], style)}  {words}".rstrip(" ")


def _link_lines(links: list[Facts], style: Style, indent: str) -> Iterator[str]:
    from urllib.parse import unquote

    if links:
        yield ""
        yield f"{indent}{style.dim(counted(len(links), 'link'))}"
    for link in links:
        url, words = visible(link["url"]), visible(link["text"])
        yield f"{indent}{_place(link['line'], style)}  {url}".rstrip(" ")
        if words and unquote(words) != unquote(url):
            yield f"{indent}{'':{PLACE}}    {style.fit(words, len(indent) + PLACE + 4)}"


def _place(line: int | None, style: Style) -> str:
    return style.dim(str(line or "").rjust(PLACE))
