"""Write docs/reference/command.md from the table of commands: `python docs/generate.py`."""

from __future__ import annotations

import argparse
import contextlib
import io
import textwrap
from pathlib import Path

from weeknote.cli.command import STATUS
from weeknote.cli.main import argument_parser, main

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "command.md"
REGENERATE = "python docs/generate.py"

START = """\
<!-- Made by `{regenerate}` from src/weeknote/cli/ and docs/generate.py: change those, not this page. -->

# Command line

```text
weeknote [--help] [--version] COMMAND …
```

`python -m weeknote` is the same command.

{commands}

Results go to standard output, messages to standard error. Each command lists its options with `--help`.
"""

EXAMPLES = {"show": ["examples/front-matter.md"], "list": ["examples/archive.txt"]}

NOTES = {
    "list": """\
[How to place a series in its weeks](../how-to/place-a-series.md) explains the evidence. `+1` after a week means that
the note is about one more. `--json` and `--csv` have the same fields:

| Field        | Meaning                                                                  |
| ------------ | ------------------------------------------------------------------------ |
| `file`       | the file as it was named, `-` for standard input                         |
| `line`       | where the note begins                                                    |
| `weeks`      | the Mondays of its weeks                                                 |
| `evidence`   | `stated`, `key`, `file name`, `published` or `number`                    |
| `confidence` | `high`, `medium` or `low`                                                |
| `reason`     | why it was not placed                                                    |
| `numbers`    | its numbers as text; an episode is `S2E4`                                |
| `published`  | the publication date                                                     |
| `title`      | the words that name it, without label, number and week                   |
| `sections`   | the titles of its sections                                               |

In JSON, what is missing is `null` or `[]`. In CSV, it is empty, weeks and numbers are separated by a space, and
sections by `; `.
""",
    "show": """\
`line` is where a part begins. `paragraphs` counts those directly in it, `items` counts list items at any depth, and
`other` counts everything else: quotations, code, HTML, tables and so on. Of a trailer, the beginning of each block is
shown.

At a terminal, long titles are cut to its width, headings are bold and line numbers dim; `NO_COLOR` turns both off. In a
pipe or a file nothing is cut. Control characters are printed as escapes such as `\\x1b`.

### JSON

With `--json`, each file is one JSON object on one line ([JSON Lines](https://jsonlines.org)), printed as soon as the
file is read. A file that cannot be read has no line. Text is UTF-8; control characters and lone surrogates are `\\u`
escapes, and so is everything but ASCII where standard output is not UTF-8. Values that the note doesn’t have are
`null`, or `[]` where there can be several. Dates are ISO 8601, lines count from 1.

| Field          | Meaning                                                                                            |
| -------------- | -------------------------------------------------------------------------------------------------- |
| `file`         | the file as it was named, `-` for standard input                                                   |
| `kind`         | `weeknote`, or `archive`; in an archive’s `entries`, `weeknote` or `post`                          |
| `line`         | where it begins                                                                                    |
| `heading`      | the heading that names it: `text`, `depth`, `line`                                                 |
| `headline`     | the line that names it, whole: the heading’s text, or else the front matter’s title                |
| `title`        | the words of `headline` without label, number and week                                             |
| `weeks`        | for each: `start`, `end`, `stated` (as a heading would state it), `style`, `evidence` for the year |
| `numbers`      | its issue numbers                                                                                  |
| `episode`      | `season` and `number`                                                                              |
| `published`    | the publication date                                                                               |
| `dialect`      | `markdown` or `text`                                                                               |
| `newline`      | its commonest line end                                                                             |
| `front_matter` | `kind`, `keys`, and its `problem`: `message`, `line`, `column`                                     |
| `intro`        | what comes before the first section: `line`, `paragraphs`, `items`, `other`                        |
| `sections`     | for each the same four, and `role`, `depth`, `title`                                               |
| `trailer`      | the same four, and `blocks`: for each its `line` and `text`                                        |
| `masthead`     | the site’s lines above the heading, with the fields of `trailer`                                   |
| `byline`       | the site’s lines below it, with the same fields                                                    |
| `links`        | for each: `url`, `title`, `text`, and the `line` on which it begins                                |

`other` has a number for each kind of [block](model.md#blocks). An archive has `file`, `kind`, `dialect`, `newline`,
`front_matter` and `entries`. An entry is a weeknote with the fields above except `file`, or a post with `kind`, `line`,
`heading`, `title`, `paragraphs`, `items`, `other` and `links`.
""",
}

END = """\
## Exit status

{status}

## Files

Files are read as UTF-8. An empty file is a note without parts, not an error. A file that cannot be read, such as one in
another encoding, is one line on standard error that names it and says what to do; the other files are still processed,
and the status is 2.

In a folder, [the configuration](configuration.md#which-files-are-notes) says which files are notes. A folder without
any is an error.

`show` and `check` print the result for a file and forget it, so ten thousand files take hardly more memory than ten.
Of each note in a folder, `check` keeps a few words and dates for the rules about a series. At a terminal, a line
counts the files once a run has taken two seconds.

With `--jobs N`, N processes read the files; output, order and status are those of one process. Each process takes about
as much memory and time to start as the command itself, so it pays off from a few hundred files. Standard input is read
by the first process, and `--derive` always uses one. A file whose process dies, for example because memory is full, is
reported like one that cannot be read. A program that calls `weeknote.cli.main.main` with `--jobs` does so under
`if __name__ == "__main__":`, as Python’s `multiprocessing` asks.
"""


def table(*rows: tuple[str, str]) -> str:
    """Return rows as a Markdown table, the first being its header."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [f"| {left:<{widths[0]}} | {right:<{widths[1]}} |" for left, right in rows]
    return "\n".join([lines[0], f"| {'-' * widths[0]} | {'-' * widths[1]} |", *lines[1:]])


def subcommands() -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """Return the commands as argparse has them: argparse has no public way to list what it was given."""
    actions = argument_parser()._actions
    return next(action for action in actions if isinstance(action, argparse._SubParsersAction))


def spelled(argument: argparse.Action) -> str:
    """Return an argument as it is typed."""
    value = argument.metavar or "|".join(argument.choices or ())
    if not argument.option_strings:
        return f"{value} …" if argument.nargs in ("+", "*") else f"{value}"
    return " ".join([", ".join(argument.option_strings), str(value)]).rstrip(" ")


def usage(name: str, arguments: list[argparse.Action]) -> str:
    """Return how a command is called, on one line."""
    words = [spelled(each) if each.required else f"[{spelled(each)}]" for each in arguments if each.option_strings]
    words += [spelled(each) if each.required else f"[{spelled(each)}]" for each in arguments if not each.option_strings]
    return " ".join(["weeknote", name, *words])


def printed(*argv: str) -> str:
    """Return what the command line prints, run from the project’s root."""
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(io.StringIO()) as output:
        status = main(argv)
    if status:
        raise SystemExit(status)
    return output.getvalue()


def section(name: str, parser: argparse.ArgumentParser) -> str:
    """Return the section about one command."""
    arguments = [each for each in parser._actions if each.dest != "help"]
    rows = [(f"`{spelled(each)}`".replace("|", "\\|"), str(each.help)) for each in arguments]
    parts = [
        f"## weeknote {name}",
        f"```text\n{usage(name, arguments)}\n```",
        textwrap.fill(str(parser.description), 116),
        table(("Argument", "Meaning"), *rows),
    ]
    for file in EXAMPLES.get(name, []):
        call = f"{name} {file}"
        parts.append(f"```console\n$ weeknote {call}\n{printed(*call.split())}```")
    return "\n\n".join([*parts, NOTES.get(name, "").rstrip("\n")]).rstrip("\n") + "\n"


def command_page() -> str:
    """Return the page about the command line."""
    commands = subcommands()
    rows = [(f"[`{each.dest}`](#weeknote-{each.dest})", str(each.help)) for each in commands._get_subactions()]
    start = START.format(regenerate=REGENERATE, commands=table(("Command", "What it does"), *rows))
    status = [(str(number), meaning) for number, meaning in STATUS.items()]
    end = END.format(status=table(("Status", "Meaning"), *status))
    return "\n".join([start, *(section(name, parser) for name, parser in commands.choices.items()), end])


if __name__ == "__main__":
    PAGE.write_text(command_page(), encoding="utf-8", newline="\n")
