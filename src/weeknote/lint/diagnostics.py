"""What a check reports: a `Diagnostic` with a code, a severity, a message, a position and, where it is safe, a fix."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from weeknote.lint.fixes import Fix
    from weeknote.nodes.block import Node
    from weeknote.source import Position


class Severity(StrEnum):
    """How serious a diagnostic is. A member equals its name in lower case."""

    ERROR = "error"
    """The project requires something that is missing, or the note cannot be published like this."""
    WARNING = "warning"
    """Almost certainly a mistake."""
    INFO = "info"
    """Worth knowing; plenty of good notes have it."""


@attrs.frozen
class Diagnostic:
    """One problem in a note.

    Attributes:
        code: the rule's stable code, such as `"WN301"`.
        name: the rule's name, such as `"missing-learning"`.
        severity: how serious it is under the settings in force.
        message: what is wrong, in one sentence that needs no knowledge of this tool.
        hint: what to do about it; None if the message says so.
        position: where it is; None for a node that was built rather than parsed.
        path: the file, if `check` was given one.
        fix: a fix that is safe to apply automatically, or None.
        node: the node concerned; ignored in comparisons.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str | None = None
    position: Position | None = None
    path: str | None = None
    fix: Fix | None = attrs.field(default=None, eq=False, repr=False)
    node: Node | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def line(self) -> int:
        """The 1-based first line; 1 without a position."""
        return 1 if self.position is None else self.position.start.line

    @property
    def column(self) -> int:
        """The 1-based column of the first character, counted in characters; 1 without a position."""
        return 1 if self.position is None else self.position.start.column

    @property
    def end_line(self) -> int:
        """The 1-based last line; the first line without a position."""
        return self.line if self.position is None else self.position.end.line

    @property
    def end_column(self) -> int:
        """The 1-based column just past the last character; `column` without a position."""
        return self.column if self.position is None else self.position.end.column

    def __str__(self) -> str:
        where = f"{self.path or '-'}:{self.line}:{self.column}"
        return f"{where}: {self.code} {self.message}"
