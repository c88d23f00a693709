"""`weeknote check` and `weeknote rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.cli.command import CLEAN, FAILED, add_paths
from weeknote.cli.workers import add_jobs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from weeknote.cli.command import Subcommands
    from weeknote.lint.base import Rule
    from weeknote.lint.printable import Style


def add_parser(commands: Subcommands) -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "check",
        help="find what is missing or wrong in weeknotes",
        description="Checks each note against the rules of a profile and the project's configuration, and prints "
        "what it finds. A file with several notes is checked as an archive, and the notes in a folder as a "
        "series. Folders are searched at any depth; the configuration says which files are notes.",
        epilog="example:\n  weeknote check notes/",
    )
    add_paths(parser)
    parser.add_argument(
        "--output-format",
        choices=("text", "concise", "json", "jsonl", "github", "sarif"),
        default="text",
        help="how to print problems; by default `text`, with the line and a caret",
    )
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help="`loose`, `standard` or `strict`: the default severity of each rule",
    )
    parser.add_argument(
        "--select",
        metavar="RULES",
        action="append",
        help="run only these rules: codes, prefixes of codes, or names, separated by commas",
    )
    parser.add_argument("--ignore", metavar="RULES", action="append", help="skip these rules, written as for --select")
    parser.add_argument("--fix", action="store_true", help="apply safe fixes and report the remaining problems")
    parser.add_argument(
        "--diff", action="store_true", help="print the changes that --fix would make as a patch, and change nothing"
    )
    parser.add_argument("--statistics", action="store_true", help="print a count for each rule instead of each problem")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are problems")
    parser.add_argument("--baseline", metavar="FILE", help="ignore the problems listed in this file")
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="write all current problems to this file and report none"
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="use this configuration for every file; by default, the nearest `weeknote.toml`, or `pyproject.toml` with "
        "`[tool.weeknote]`, in the folders above a file",
    )
    parser.add_argument(
        "--derive",
        action="store_true",
        help="check nothing; print the structure that the notes share as TOML for the configuration",
    )
    add_jobs(parser)
    parser.set_defaults(run=check)

    parser = commands.add_parser(
        "rule",
        help="explain rules, or list them",
        description="Explains a rule: what it finds, why it matters and how to fix it, with examples. With "
        "a prefix of codes, such as WN1, lists the rules of that family; without arguments, lists all rules.",
        epilog="example:\n  weeknote rule WN102",
    )
    parser.add_argument(
        "rules", metavar="RULE", nargs="*", help="a code such as WN301, a prefix of codes such as WN3, or a name"
    )
    parser.set_defaults(run=rule)


def check(given: argparse.Namespace) -> int:
    """Check files and return the exit status."""
    from weeknote.cli.check_run import run

    return run(given)


def rule(given: argparse.Namespace) -> int:
    """Explain rules or list them, and return the exit status."""
    from weeknote.cli.terminal import put, say, style_of_output
    from weeknote.errors import WeeknoteError
    from weeknote.lint.registry import RULES, select_rules

    style = style_of_output()
    if not given.rules:
        put(listed(list(RULES.values())))
        return CLEAN
    status = CLEAN
    pages: list[list[str]] = []
    for name in given.rules:
        try:
            found = select_rules(name)
        except WeeknoteError as error:
            say(error)
            status = FAILED
        else:
            pages.append(listed(list(found)) if len(found) > 1 else list(explained(found[0], style)))
    put(line for n, page in enumerate(pages) for line in ([""] if n else []) + page)
    return status


def listed(rules: list[Rule]) -> list[str]:
    """Return one line per rule: code, name, severity and summary."""
    from weeknote.lint.printable import visible

    width = max(len(one.name) for one in rules)
    return [f"{one.code}  {one.name:<{width}}  {one.severity:<7}  {visible(one.summary)}" for one in rules]


def explained(one: Rule, style: Style) -> Iterator[str]:
    """Yield a rule's page, its paragraphs wrapped at a terminal and its examples as they are."""
    from weeknote.lint.printable import safe, wrapped
    from weeknote.lint.rule_page import explain_rule

    width = None if style.width is None else min(style.width, 100)
    fence = ""
    for line in explain_rule(one).rstrip("\n").split("\n"):
        # An example may have the very characters that its rule is about.
        text = safe(line)
        if text.startswith("```"):
            fence = "" if fence and text == fence else fence or text[: len(text) - len(text.lstrip("`"))]
            yield style.dim(text)
        elif fence:
            yield text
        elif text.startswith("#"):
            yield style.bold(text)
        else:
            yield from wrapped(text, width)
