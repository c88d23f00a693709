"""`weeknote check` and `weeknote rule`: what they are called, what they take, and what runs them.

What they need is imported when they run, so that `weeknote --help` does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weeknote.cli.workers import JOBS

if TYPE_CHECKING:
    import argparse

CLEAN, FAILED = 0, 2

Row = tuple[tuple[str, ...], str, dict[str, Any]]
"""An argument: its names, what it is, and the rest for `argparse`."""

CHECK: tuple[str, str, str, tuple[Row, ...]] = (
    "check",
    "find what is missing or slipped in weeknotes",
    "Holds each note against the rules of a profile and against what the project asks for in its configuration, and "
    "prints what it finds. A file of several notes is checked as an archive, and the notes in a folder as a series. "
    "Of a folder, the files that are notes by their names are checked, at any depth.",
    (
        (("paths",), "weeknotes, archives or folders; `-` is standard input", {"metavar": "PATH", "nargs": "+"}),
        (
            ("--output-format",),
            "how findings are printed; without it `text`, with the line and a caret",
            {"choices": ("text", "concise", "json", "jsonl", "github", "sarif"), "default": "text"},
        ),
        (
            ("--profile",),
            "`loose`, `standard` or `strict`: which rules speak where nothing else says it",
            {"metavar": "NAME"},
        ),
        (
            ("--select",),
            "only these rules: codes, beginnings of codes or names, with commas between them",
            {"metavar": "RULES", "action": "append"},
        ),
        (("--ignore",), "not these rules, spelled as for `--select`", {"metavar": "RULES", "action": "append"}),
        (("--fix",), "mend what is safe to mend, and print what is left", {"action": "store_true"}),
        (("--diff",), "print what `--fix` would change as a patch, and nothing else", {"action": "store_true"}),
        (("--statistics",), "print how often each rule spoke, not each finding", {"action": "store_true"}),
        (("--exit-zero",), "leave with status 0 also when something was found", {"action": "store_true"}),
        (("--baseline",), "leave out the findings that this file lists", {"metavar": "FILE"}),
        (("--write-baseline",), "list all findings in this file, and report none", {"metavar": "FILE"}),
        (
            ("--config",),
            "the configuration of every file; without it the nearest `weeknote.toml`, or `pyproject.toml` with "
            "`[tool.weeknote]`, in the folders above a file",
            {"metavar": "FILE"},
        ),
        (
            ("--derive",),
            "print the structure that these notes share, as TOML for the configuration, and check nothing",
            {"action": "store_true"},
        ),
        JOBS,
    ),
)
"""The name, the short and the long help, and the arguments of `weeknote check`."""

RULE: tuple[str, str, str, tuple[Row, ...]] = (
    "rule",
    "explain a rule, or list all rules",
    "Prints what a rule finds, why that matters and how to mend it, with an example. Without a rule it lists them all.",
    ((("rules",), "a code such as WN301, or a name", {"metavar": "RULE", "nargs": "*"}),),
)
"""The same of `weeknote rule`."""


def check(given: argparse.Namespace) -> int:
    """Check files and return the exit status."""
    from weeknote.cli.check_run import run

    return run(given)


def rule(given: argparse.Namespace) -> int:
    """Print the pages of rules, or a list of all rules, and return the exit status."""
    from weeknote.cli.terminal import put, say
    from weeknote.errors import WeeknoteError
    from weeknote.lint.printable import safe, visible
    from weeknote.lint.registry import RULES, get_rule
    from weeknote.lint.rule_page import explain_rule

    if not given.rules:
        width = max(len(one.name) for one in RULES.values())
        put(f"{one.code}  {one.name:<{width}}  {one.severity:<7}  {visible(one.summary)}" for one in RULES.values())
        return CLEAN
    status = CLEAN
    pages = []
    for name in given.rules:
        try:
            pages.append(explain_rule(get_rule(name)).rstrip("\n"))
        except WeeknoteError as error:
            say(error)
            status = FAILED
    # An example may hold the very characters that its rule is about.
    put(safe(line) for line in "\n\n".join(pages).split("\n") if pages)
    return status


COMMANDS = ((CHECK, check), (RULE, rule))
"""The commands of this module, for the table of all commands."""
