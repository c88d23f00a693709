"""Tables of a page as tables of Markdown, which has one line for each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.nodes.block import Html, Table, TableCell, TableRow

if TYPE_CHECKING:
    from weeknote.web.blocks import BlockReader
    from weeknote.web.html_parser import Element

BIG = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table", "article", "section", "blockquote"})
"""What no cell of figures or words holds: a table of such things is there for its looks."""

MAX_COLUMNS = 100

MAX_CELLS = 20_000
"""Cells of a table, those that wide ones reach over included; a larger table is read as paragraphs."""

ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)


def read_table(table: Element, reader: BlockReader) -> Table | None:
    """Return a table; None if it only arranges other things on the page."""
    rows = [row for row in table.descendants() if row.tag == "tr" and _table_of(row) is table]
    cells = [found for row in rows if (found := [cell for cell in row.elements if cell.tag in ("td", "th")])]
    widest = max(map(len, cells), default=0)
    if table.get("role") in ("presentation", "none") or widest < 2:
        return None
    if any(e.tag in BIG for row in cells for cell in row for e in cell.descendants()):
        return None
    grid = _grid(cells)
    columns = max(len(row) for row in grid)
    if columns * len(grid) > MAX_CELLS:
        reader.lose("a table with this many cells becomes paragraphs")
        return None
    if not any(cell.tag == "th" for cell in cells[0]):
        reader.lose("the first row of a table without a header becomes its header")
    if any(_span(cell, name) > 1 for row in cells for cell in row for name in ("colspan", "rowspan")):
        reader.lose("a cell that spans rows or columns becomes one cell with empty cells beside it")
    if any(e.tag in ("ul", "ol", "pre") for row in cells for cell in row for e in cell.descendants()):
        reader.lose("lists and code in a table cell become lines of text")
    caption = next((e for e in table.elements if e.tag == "caption"), None)
    if caption is not None and caption.words:
        reader.lose("a table's caption becomes a paragraph above it")
        reader.inside(caption, ())
        reader.flush()
    grid = [[*row, *[None] * (columns - len(row))] for row in grid]
    lines = [[() if cell is None else reader.line(cell, Html("<br>")) for cell in row] for row in grid]
    align = [None if cell is None else _align(cell) for cell in grid[0]]
    return Table([TableRow(map(TableCell, row)) for row in lines], align)


def _grid(cells: list[list[Element]]) -> list[list[Element | None]]:
    """Return rows of cells with an empty place wherever one reaches over from the left or from above."""
    below: dict[int, int] = {}
    grid: list[list[Element | None]] = []
    for row in cells:
        here: list[Element | None] = []
        for cell in row:
            _fill(here, below)
            rows = _span(cell, "rowspan")
            for n in range(min(_span(cell, "colspan"), max(MAX_COLUMNS - len(here), 1))):
                below[len(here)] = min(rows, len(cells)) - 1
                here.append(cell if n == 0 else None)
        _fill(here, below)
        grid.append(here)
    return grid


def _fill(row: list[Element | None], below: dict[int, int]) -> None:
    """Add an empty place for each cell that reaches down into the next columns of a row."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append(None)


def _table_of(row: Element) -> Element | None:
    return next((e for e in row.ancestors() if e.tag == "table"), None)


def _span(cell: Element, name: str) -> int:
    value = cell.get(name).strip()
    return max(int(value), 1) if re.fullmatch(r"[0-9]{1,3}", value) else 1


def _align(cell: Element) -> str | None:
    found = ALIGN.search(cell.get("style"))
    value = found[1].casefold() if found is not None else cell.get("align").casefold()
    return value if value in ("left", "center", "right") else None
