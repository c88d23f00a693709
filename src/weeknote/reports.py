"""What is printed of findings: for people with the line and a caret, for editors and programs, for GitHub, as SARIF."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from weeknote.show import as_json
from weeknote.terminal import UNSAFE, Style, columns, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weeknote.diagnostics import Diagnostic

WIDTH = 100
"""How many columns of a line are shown where no terminal says how many there are."""

END_OF_LINE = re.compile(r"[\r\n]|\Z")


@attrs.frozen
class Reported:
    """A finding as it is printed: plain values, without the note it was found in.

    Attributes:
        path: the file, `-` for standard input or for text without a file.
        line: the 1-based line.
        column: the 1-based column, in characters.
        end_line: the line on which what it is about ends.
        end_column: the column just past its end.
        code: the rule's code.
        name: the rule's name.
        severity: `"error"`, `"warning"` or `"info"`.
        message: what is there.
        hint: what to do next, or None.
        fix: what `--fix` would do, or None.
        source: the line of the note, without its end.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    severity: str
    message: str
    hint: str | None = None
    fix: str | None = None
    source: str = ""


def reported(found: Diagnostic, text: str = "", path: str | None = None) -> Reported:
    r"""Return a finding as it is printed.

    Args:
        found: the finding.
        text: the whole text it was found in; `""` if it has none.
        path: the file's name; None takes the finding's own.

    >>> import weeknote
    >>> text = "# Weeknote w/c 7 May 2019\n"
    >>> found = weeknote.check(weeknote.parse(text), ["WN102"])
    >>> [(one.line, one.column, one.source) for one in (reported(d, text) for d in found)]
    [(1, 12, '# Weeknote w/c 7 May 2019')]
    """
    source = ""
    if found.position is not None and text:
        start = found.position.start.offset
        stop = END_OF_LINE.search(text, start)
        source = text[start - found.column + 1 : stop.start() if stop else len(text)]
    return Reported(
        path=path or found.path or "-",
        line=found.line,
        column=found.column,
        end_line=found.end_line,
        end_column=found.end_column,
        code=found.code,
        name=found.name,
        severity=str(found.severity),
        message=found.message,
        hint=found.hint,
        fix=None if found.fix is None else found.fix.title,
        source=source,
    )


# --- a line and a caret


def drawn(found: Reported, style: Style | None = None) -> Iterator[str]:
    r"""Yield the lines that show a finding to a person: where and what, the line with carets under it, the hint.

    >>> one = Reported("may.md", 3, 5, 3, 10, "WN000", "an-example", "info", "Not so.", "Do.", None, "All quiet.")
    >>> print("\n".join(drawn(one)))
    may.md:3:5: info WN000 Not so.
      3 | All quiet.
        |     ^^^^^
        = hint: Do.
    """
    style = Style() if style is None else style
    yield headline(found, style)
    number = str(found.line)
    gutter = " " * (len(number) + 3)
    width = style.width or WIDTH
    if found.source.strip():
        last = found.end_column if found.end_line == found.line else len(found.source) + 1
        shown, before, under = excerpt(found.source, found.column - 1, last - 1, width - len(gutter) - 2)
        yield f"  {style.dim(number + ' |')} {shown}".rstrip()
        yield f"{gutter}{style.dim('|')} {' ' * before}{style.bold('^' * under)}"
    notes = [("hint", found.hint), ("fix", found.fix and f"{found.fix} (weeknote check --fix does it)")]
    for label, words in notes:
        lines = wrapped(visible(words), max(width - len(gutter) - 8, 30)) if words else ()
        for i, line in enumerate(lines):
            yield f"{gutter}{style.dim(f'= {label}:') if not i else ' ' * (len(label) + 3)} {line}"


def headline(found: Reported, style: Style) -> str:
    """Return where a finding is and what it says, on one line."""
    where = style.bold(visible(f"{found.path}:{found.line}:{found.column}:"))
    return f"{where} {found.severity} {style.bold(found.code)} {visible(found.message)}"


def excerpt(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    r"""Return what is shown of a line, how many columns stand before the carets, and how many carets there are.

    Args:
        line: the line.
        start: the index of the first character that is meant.
        end: the index just past the last one.
        room: how many columns there are.

    >>> excerpt("a\tb \x1b[1m is bold", 4, 8, 40)
    ('a b \\x1b[1m is bold', 4, 7)
    >>> excerpt("a long line of which only a piece is shown", 15, 20, 16)
    ('… of which only…', 5, 5)
    """
    room = max(room, 16)
    # A node begins with its indentation, which is not what anybody looks at.
    start = min(start + len(line[start:end]) - len(line[start:end].lstrip()), len(line))
    # A paragraph is often one long line.
    first = 0 if start < room * 2 // 3 else start - room // 4
    shown = "…" if first else ""
    taken = before = len(shown)
    under = 0
    for i in range(first, len(line)):
        character = line[i]
        piece = " " if character == "\t" else safe(character)
        wide = sum(map(columns, piece))
        if taken + wide > room - 1 and i + 1 < len(line):
            shown += "…"
            break
        shown += piece
        taken += wide
        before += wide if i < start else 0
        under += wide if start <= i < end else 0
    return shown, before, max(under, 1)


def safe(text: str) -> str:
    r"""Return text with escapes in place of what would steer a terminal; unlike `visible`, with every blank of it.

    >>> print(safe("  a \x1b[31mred title"))
      a \x1b[31mred title
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


# --- formats


class Text:
    """For people: each finding with its line and a caret, a blank line between two."""

    def __init__(self, style: Style, *, utf8: bool = True) -> None:
        self.style = style
        self.utf8 = utf8
        self.count = 0

    def begin(self) -> Iterable[str]:
        """Return what stands before the first finding."""
        return ()

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        lines = [""] if self.count else []
        self.count += 1
        return [*lines, *drawn(found, self.style)]

    def end(self, failures: Sequence[str]) -> Iterable[str]:
        """Return what stands after the last finding.

        Args:
            failures: what could not be checked, each with its reason.
        """
        del failures
        return ()


class Concise(Text):
    """For editors and `grep`: a line for each finding."""

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        return [headline(found, self.style)]


class JsonLines(Text):
    """For programs: a JSON object on a line for each finding."""

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        return [as_json(facts(found), utf8=self.utf8)]


class Json(Text):
    """For programs: one JSON array of all findings."""

    held = "["

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        # One object is held back, because only what follows tells whether there is a comma after it.
        line, self.held = self.held, as_json(facts(found), utf8=self.utf8)
        self.count += 1
        return [line + "," if self.count > 1 else line]

    def end(self, failures: Sequence[str]) -> Iterable[str]:
        """Return what stands after the last finding."""
        del failures
        return [self.held, "]"]


class Github(Text):
    """For GitHub Actions: a workflow command for each finding, which GitHub shows beside the line."""

    LEVELS: ClassVar[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "notice"}

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        facts = {
            "file": found.path,
            "line": found.line,
            "endLine": found.end_line,
            "title": f"{found.code} {found.name}",
        }
        # GitHub takes columns only where a finding ends on the line it begins on.
        if found.line == found.end_line:
            facts |= {"col": found.column, "endColumn": found.end_column}
        said = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in facts.items())
        words = found.message if found.hint is None else f"{found.message} {found.hint}"
        return [f"::{self.LEVELS[found.severity]} {said}::{_escaped(words)}"]


class Sarif(Text):
    """For code scanning: one SARIF 2.1.0 log."""

    LEVELS: ClassVar[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "note"}

    def begin(self) -> Iterable[str]:
        """Return what stands before the first finding."""
        from importlib.metadata import version

        from weeknote.rules import RULES

        rules = [
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": _message(f"{rule.summary}.")},
                "fullDescription": {"text": _message(rule.what or rule.summary)},
                "help": {"text": _message(rule.fix or rule.summary)},
                "defaultConfiguration": {"level": self.LEVELS[rule.severity]},
            }
            for rule in RULES.values()
        ]
        driver = {"name": "weeknote", "semanticVersion": version("weeknote"), "rules": rules}
        return [
            '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{',
            f'"tool": {as_json({"driver": driver}, utf8=self.utf8)},',
            '"columnKind": "unicodeCodePoints",',
            '"results": [',
        ]

    def show(self, found: Reported) -> Iterable[str]:
        """Return what is printed of a finding."""
        import hashlib

        words = found.message if found.hint is None else f"{found.message} {found.hint}"
        known = "\0".join([found.path, found.code, " ".join(found.source.split())])
        result = {
            "ruleId": found.code,
            "level": self.LEVELS[found.severity],
            "message": {"text": _message(words)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(found.path),
                        "region": {
                            "startLine": found.line,
                            "startColumn": found.column,
                            "endLine": found.end_line,
                            "endColumn": found.end_column,
                        },
                    }
                }
            ],
            "partialFingerprints": {
                "weeknoteFinding/v1": hashlib.sha256(known.encode("utf-8", "backslashreplace")).hexdigest()[:32]
            },
        }
        self.count += 1
        return [("," if self.count > 1 else " ") + as_json(result, utf8=self.utf8)]

    def end(self, failures: Sequence[str]) -> Iterable[str]:
        """Return what stands after the last finding."""
        notes = [{"level": "error", "message": {"text": _message(visible(words))}} for words in failures]
        invocation = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
        return ["],", f'"invocations": [{as_json(invocation, utf8=self.utf8)}]', "}]}"]


FORMATS: Mapping[str, type[Text]] = {
    "text": Text,
    "concise": Concise,
    "json": Json,
    "jsonl": JsonLines,
    "github": Github,
    "sarif": Sarif,
}
"""The output formats by name."""


def facts(found: Reported) -> dict[str, Any]:
    """Return a finding as values that JSON has too."""
    return attrs.asdict(found, filter=lambda attribute, _: attribute.name != "source")


def statistics(counts: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[str]:
    """Yield a table of how often each rule spoke, the commonest first.

    Args:
        counts: for each code and name, how many findings there are and how many of them `--fix` mends.
    """
    rows = sorted(counts.items(), key=lambda row: (-row[1][0], row[0]))
    wide = max((len(str(found)) for _, (found, _) in rows), default=1)
    long = max((len(name) for (_, name), _ in rows), default=1)
    for (code, name), (found, mended) in rows:
        yield f"{found:>{wide}}  {code}  {name:<{long}}  {f'{mended} with --fix' if mended else ''}".rstrip()


def _escaped(text: str, more: str = "") -> str:
    """Return text as a workflow command takes it: its own marks as percent and two digits."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else safe(c) for c in text)


def _message(text: str) -> str:
    """Return text as SARIF takes it, where braces are placeholders and brackets may be links (3.11.5, 3.11.6)."""
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _artifact(path: str) -> dict[str, str]:
    """Return where a file is as SARIF takes it: from the root of the sources if it stands below it."""
    from urllib.parse import quote

    name = os.path.relpath(path) if path != "-" else path
    if name.startswith(os.pardir):
        return {"uri": "file://" + quote(os.path.abspath(path).replace(os.sep, "/"), errors="surrogateescape")}  # noqa: PTH100 # links are not followed
    return {"uri": quote(name.replace(os.sep, "/"), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
