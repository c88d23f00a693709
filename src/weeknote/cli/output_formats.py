"""Findings and facts as programs read them: JSON, JSON Lines, GitHub workflow commands, SARIF; and plain lines."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from weeknote.lint.printable import UNSAFE, Style, safe, visible
from weeknote.lint.report import ReportEntry, render_entry, summary_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    # For each code and name, how many findings there are and how many of them `--fix` fixes.
    Counts = Mapping[tuple[str, str], tuple[int, int]]


def as_json(found: dict[str, Any], *, utf8: bool) -> str:
    r"""Return facts as JSON on one line, with `\u` for what a stream or a terminal may stumble over."""
    text = json.dumps(found, ensure_ascii=not utf8)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Text:
    """For people: each finding with its line and a caret, a blank line between two."""

    def __init__(self, style: Style, *, utf8: bool = True) -> None:
        self.style = style
        self.utf8 = utf8
        self.count: int = 0

    def begin(self) -> Iterable[str]:
        """Return the lines before the first problem."""
        return ()

    def next_number(self) -> int:
        """Count a problem and return its number, from 1."""
        self.count += 1
        return self.count

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        lines = [""] if self.count else []
        self.count += 1
        return [*lines, *render_entry(found, self.style)]

    def end(self, failures: Sequence[str]) -> Iterable[str]:  # noqa: ARG002 # SARIF says what could not be checked
        """Return the lines after the last problem."""
        return ()


class Concise(Text):
    """For editors and `grep`: a line for each finding."""

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        return [summary_line(found, self.style)]


class JsonLines(Text):
    """For programs: a JSON object on a line for each finding."""

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        return [as_json(facts(found), utf8=self.utf8)]


class Json(Text):
    """For programs: one JSON array of all findings."""

    held: str = "["

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        # One object is held back, because only what follows tells whether there is a comma after it.
        line, self.held = self.held, as_json(facts(found), utf8=self.utf8)
        return [line + "," if self.next_number() > 1 else line]

    def end(self, failures: Sequence[str]) -> Iterable[str]:  # noqa: ARG002 # as above
        """Return the lines after the last problem."""
        return [self.held, "]"]


class Github(Text):
    """For GitHub Actions: a workflow command for each finding, which GitHub shows beside the line."""

    LEVELS: ClassVar[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "notice"}

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        facts = {
            "file": found.path,
            "line": found.line,
            "endLine": found.end_line,
            "title": f"{found.code} {found.name}",
        }
        # GitHub takes columns only where a finding ends on the line it begins on.
        if found.line == found.end_line:
            facts |= {"col": found.column, "endColumn": found.end_column}
        properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in facts.items())
        return [f"::{self.LEVELS[found.severity]} {properties}::{_escaped(_words(found))}"]


class Sarif(Text):
    """For code scanning: one SARIF 2.1.0 log."""

    LEVELS: ClassVar[Mapping[str, str]] = {"error": "error", "warning": "warning", "info": "note"}

    def begin(self) -> Iterable[str]:
        """Return the lines before the first problem."""
        from importlib.metadata import version

        from weeknote.lint.registry import RULES

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

    def show(self, found: ReportEntry) -> Iterable[str]:
        """Return the lines for a finding."""
        import hashlib

        known = "\0".join([found.path, found.code, " ".join(found.source.split())])
        result = {
            "ruleId": found.code,
            "level": self.LEVELS[found.severity],
            "message": {"text": _message(_words(found))},
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
        return [("," if self.next_number() > 1 else " ") + as_json(result, utf8=self.utf8)]

    def end(self, failures: Sequence[str]) -> Iterable[str]:
        """Return the lines after the last problem."""
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


def facts(found: ReportEntry) -> dict[str, Any]:
    """Return a finding as values that JSON has too."""
    return attrs.asdict(found, filter=lambda attribute, _: attribute.name != "source")


def _words(found: ReportEntry) -> str:
    return found.message if found.hint is None else f"{found.message} {found.hint}"


def _commonest_first(counts: Counts) -> list[tuple[tuple[str, str], tuple[int, int]]]:
    return sorted(counts.items(), key=lambda row: (-row[1][0], row[0]))


def statistics_as_json(counts: Counts, *, lines: bool) -> Iterator[str]:
    """Yield how often each rule was broken, as JSON: one array, or one object per line."""
    found = [
        json.dumps({"code": code, "name": name, "count": number, "fixable": fixable})
        for (code, name), (number, fixable) in _commonest_first(counts)
    ]
    if lines:
        yield from found
    else:
        yield "[\n" + ",\n".join(found) + "\n]" if found else "[]"


def statistics(counts: Counts) -> Iterator[str]:
    """Yield a table of how often each rule was broken."""
    rows = _commonest_first(counts)
    wide = max((len(str(found)) for _, (found, _) in rows), default=1)
    long = max((len(name) for (_, name), _ in rows), default=1)
    for (code, name), (found, fixable) in rows:
        yield f"{found:>{wide}}  {code}  {name:<{long}}  {f'{fixable} with --fix' if fixable else ''}".rstrip()


def _escaped(text: str, more: str = "") -> str:
    """Return text as a workflow command takes it, with special characters percent-encoded."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else safe(c) for c in text)


def _message(text: str) -> str:
    """Return text as SARIF takes it, where braces are placeholders and brackets may be links (3.11.5, 3.11.6)."""
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _artifact(path: str) -> dict[str, str]:
    """Return a file's location for SARIF, relative to the root of the sources if it is below it."""
    from urllib.parse import quote

    name = os.path.relpath(path) if path != "-" else path
    if name.startswith(os.pardir):
        return {"uri": "file://" + quote(os.path.abspath(path).replace(os.sep, "/"), errors="surrogateescape")}  # noqa: PTH100 # links are not followed
    return {"uri": quote(name.replace(os.sep, "/"), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
