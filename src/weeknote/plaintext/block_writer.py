"""New blocks in plain text: paragraphs, headings without marks, lists. It has no way to write anything else."""

from __future__ import annotations

from weeknote.errors import CannotExpressError
from weeknote.nodes.block import Block, Heading, Inline, Link, List, Node, Paragraph, Text, encoded, slice_of
from weeknote.syntax.block_writer import BlockWriter
from weeknote.syntax.excerpt import excerpt
from weeknote.syntax.leaf_edits import changed_lines, changes_between
from weeknote.syntax.lines import Line


class TextWriter(BlockWriter):
    """Writes blocks as the house style has them: two spaces, `•`, a space."""

    bullets_known = "•-▪◦"

    def write_new(self, block: Block, prefix: str, avoid: str, *, in_place: bool) -> list[Line]:
        """Return the lines of a block that is not written as it was read."""
        match block:
            case List():
                return self.write_list(block, prefix, avoid, in_place=in_place)
            case Paragraph():
                text = self.words(block, block.children)
            case Heading():
                if block.depth > 2 or prefix:
                    raise CannotExpressError(
                        f"plain text has headings of depth 1 and 2 only, and none inside a list; change the depth of "
                        f"{excerpt(block)}",
                        node=block,
                        found=block.depth,
                        expected=(1, 2),
                    )
                text = self.words(block, block.children)
            case _:
                raise no_plain_text(block)
        origin = block.origin if in_place and id(block) not in self.context.respelled else None
        if origin is not None and type(block) is type(origin):
            where = slice_of(origin)
            changes = changes_between(where.source.reader.leaf_text(origin), text, None if prefix else self.newline)
            if changes is not None:
                self.context.overwritten.add(id(block))
                return changed_lines(where, changes)
        return [Line(line + self.newline) for line in text.split("\n")]

    def content_column(self, head: str) -> int:
        """Return the column of an item's content: in plain text two after its marker, however long a number it is."""
        return len(head) - len(head.lstrip(" ")) + 2

    def words(self, block: Node, children: tuple[Inline, ...]) -> str:
        """Return words and URLs as text."""
        found = []
        for node in children:
            if isinstance(node, Text):
                found.append(node.value)
            elif isinstance(node, Link) and shows_url(node):
                found.append(node.text)
            else:
                raise no_plain_text(node)
        if not "".join(found).strip(" \t\r\n"):
            raise CannotExpressError(f"this {type(block).__name__} has no words; leave it out", node=block)
        return "".join(found)


def no_plain_text(node: Node) -> CannotExpressError:
    """Return the error for a node of a kind that plain text has not."""
    return CannotExpressError(
        f"plain text has no way to write {type(node).__name__} ({excerpt(node)}); convert to text first, or write "
        "Markdown",
        node=node,
    )


def shows_url(node: Link) -> bool:
    """Return whether a link shows its own URL and nothing else, as every link in plain text does."""
    shown = node.children
    return node.title is None and len(shown) == 1 and isinstance(shown[0], Text) and encoded(shown[0].value) == node.url
