"""What a check finds: diagnostics with a place, a message, a hint, and where it is safe a fix."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.source import Position


class Severity(StrEnum):
    """How much a finding matters. A member is its own lower-case word."""

    ERROR = "error"
    """What the project asked for is not there."""
    WARNING = "warning"
    """Most readers would call it a slip."""
    INFO = "info"
    """Worth knowing; many good notes have it."""


@attrs.frozen
class Edit:
    """Other characters for a range of the text that was checked.

    Attributes:
        start: 0-based offset of the first character that goes.
        end: 0-based offset just past the last one.
        text: what stands there instead.
    """

    start: int
    end: int
    text: str


@attrs.frozen
class Fix:
    """A safe repair of a finding: an edit of the model, so that it changes no line but its own (law 2).

    Attributes:
        title: what it does, as an order ("Remove the trailing dot").
        apply: takes the note or archive that was checked and returns the repaired one.
        edits: the same as changes of characters, where that is all it is: a paragraph whose no-break space goes
            must keep the rest of its spelling, which a new node would not. `()` for an edit of nodes.
        swaps: the same as changes of nodes, where that is what it is: pairs of a node in what was checked and the
            one to stand there, None where it goes.
    """

    title: str
    apply: Callable[[Any], Any] = attrs.field(eq=False, repr=False)
    edits: tuple[Edit, ...] = ()
    swaps: tuple[tuple[Any, Any], ...] = attrs.field(default=(), eq=False, repr=False)


@attrs.frozen
class Diagnostic:
    """One finding.

    Attributes:
        code: the rule's stable code, such as `"WN301"`.
        name: the rule's name, such as `"missing-learning"`.
        severity: how much it matters under the profile it was checked with.
        message: what is there, in one sentence a person who has never seen the tool can act on.
        hint: what to do next; None where the message says it.
        position: where it stands; None for a note that was built and has no text.
        path: the file it stands in; None for text without a file.
        fix: a safe repair, or None.
        node: the node it is about; not part of equality.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str | None = None
    position: Position | None = None
    path: str | None = None
    fix: Fix | None = attrs.field(default=None, eq=False, repr=False)
    node: Any = attrs.field(default=None, eq=False, repr=False)

    @property
    def line(self) -> int:
        """The 1-based line it stands on; 1 where no place is known."""
        return 1 if self.position is None else self.position.start.line

    @property
    def column(self) -> int:
        """The 1-based column it stands in, in characters; 1 where no place is known."""
        return 1 if self.position is None else self.position.start.column

    @property
    def end_line(self) -> int:
        """The 1-based line on which it ends; that of its start where no place is known."""
        return self.line if self.position is None else self.position.end.line

    @property
    def end_column(self) -> int:
        """The 1-based column just past its last character; that of its start where no place is known."""
        return self.column if self.position is None else self.position.end.column

    def __str__(self) -> str:
        where = f"{self.path or '-'}:{self.line}:{self.column}"
        return f"{where}: {self.code} {self.message}"
