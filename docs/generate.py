"""Write docs/reference/command.md from the table of commands: `python docs/generate.py`."""

from __future__ import annotations

import contextlib
import io
import textwrap
from pathlib import Path

from weeknote.cli.main import COMMANDS, STATUS, Argument, Command, main

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "command.md"
REGENERATE = "python docs/generate.py"

START = """\
<!-- Made by `{regenerate}` from src/weeknote/cli/ and docs/generate.py: change those, not this page. -->

# The command

```text
weeknote [--help] [--version] COMMAND …
```

`python -m weeknote` is the same command.

{commands}

Results go to standard output, messages to standard error. Each command lists its options with `--help`.
"""

EXAMPLES = {"show": ["examples/front-matter.md"]}

NOTES = {
    "show": """\
`line` is where a part begins. `paragraphs` are those directly in it, `items` are list items at any depth, and `other`
counts everything else: quotations, code, HTML, tables and so on. Of a trailer the beginning of each block is shown.

At a terminal, long titles are cut to its width, headings are bold and places are dim; `NO_COLOR` turns both off. In a
pipe or a file nothing is cut. Characters that would steer a terminal are printed as escapes such as `\\x1b`.

### JSON

With `--json`, each file is one JSON object on one line ([JSON Lines](https://jsonlines.org)), printed as soon as the
file is read. A file that cannot be read has no line. Text stands as it is, in UTF-8; control characters, and halves
of surrogate pairs in a file’s name, are `\\u` escapes, and so is everything but ASCII where standard output is not
UTF-8. A value that the note does not give is `null`, or `[]` where there can be several. Dates are ISO 8601, lines
count from 1.

| Field          | Is                                                                                                 |
| -------------- | -------------------------------------------------------------------------------------------------- |
| `file`         | the file as it was named, `-` for standard input                                                   |
| `kind`         | `weeknote`, or `archive`; in an archive’s `entries`, `weeknote` or `post`                          |
| `line`         | where it begins                                                                                    |
| `heading`      | the heading that names it: `text`, `depth`, `line`                                                 |
| `headline`     | the line that names it, whole: the heading’s text, else the front matter’s title                   |
| `title`        | its words without label, number and week                                                           |
| `weeks`        | for each: `start`, `end`, `stated` (as a heading would say it), `style`, `evidence` for the year   |
| `numbers`      | its issue numbers                                                                                  |
| `episode`      | `season` and `number`                                                                              |
| `published`    | the day of publication                                                                             |
| `dialect`      | `markdown` or `text`                                                                               |
| `newline`      | the line end that is used most                                                                     |
| `front_matter` | `kind`, `keys`, and its `problem`: `message`, `line`, `column`                                     |
| `intro`        | what stands before the first section: `line`, `paragraphs`, `items`, `other`                       |
| `sections`     | for each the same four, and `role`, `depth`, `title`                                               |
| `trailer`      | the same four, and `blocks`: for each its `line` and `text`                                        |
| `links`        | for each: `url`, `title`, `text`, and the `line` on which its paragraph or heading begins          |

`other` has a number for each kind of [block](model.md#blocks). An archive has `file`, `kind`, `dialect`, `newline`,
`front_matter` and `entries`. An entry is a weeknote with the fields above but `file`, or a post with `kind`, `line`,
`heading`, `title`, `paragraphs`, `items`, `other` and `links`.
""",
}

END = """\
## Exit status

{status}

## Files

Files are read as UTF-8. An empty file is a note without parts and not an error. A file that cannot be read, such as
one in another encoding, is one line on standard error that names it and says what to do. The other files are done all
the same.

`show` and `check` take folders, too. [The configuration](configuration.md#which-files-are-notes) says which of the
files in them are notes, and where there is none, a line on standard error says so. The other commands take files.

`show` and `check` read one file after the other, print what there is to say of it and forget it, so that ten thousand
files take hardly more memory than ten. Of each note in a folder `check` keeps a few words and dates until the last one
was read, for the rules about a series. At a terminal a bar shows how far they are once two seconds have passed.

With `--jobs N` the files are read and judged by N processes. What is printed, its order and the status are those of one
process. Each process takes about as much memory and time to start as the command itself, so it is worth it from some
hundred files on. `--fix` writes files from these processes, too. Standard input is read by the first process, and
`--derive` always reads with one. A file over which a process dies, for example because the memory is full, is named
like one that cannot be read, and the others are done. In a program that calls `weeknote.cli.main` with `--jobs`, the
call stands under `if __name__ == "__main__":`, as Python’s `multiprocessing` asks.
"""


def table(*rows: tuple[str, str]) -> str:
    """Return rows as a Markdown table, the first being its header."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [f"| {left:<{widths[0]}} | {right:<{widths[1]}} |" for left, right in rows]
    return "\n".join([lines[0], f"| {'-' * widths[0]} | {'-' * widths[1]} |", *lines[1:]])


def spelled(argument: Argument) -> str:
    """Return an argument as it is typed."""
    more = argument.more
    value = more.get("metavar") or "|".join(more.get("choices", ()))
    if not argument.names[0].startswith("-"):
        return f"{value} …" if more.get("nargs") == "+" else f"{value}"
    return " ".join([", ".join(argument.names), value]).rstrip(" ")


def usage(command: Command) -> str:
    """Return how a command is called, on one line."""
    words = [(spelled(argument), argument.names[0].startswith("-")) for argument in command.arguments]
    options = [f"[{word}]" for word, is_option in words if is_option]
    return " ".join(["weeknote", command.name, *options, *(word for word, is_option in words if not is_option)])


def printed(*argv: str) -> str:
    """Return what the command line prints, run from the project’s root."""
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(io.StringIO()) as output:
        status = main(argv)
    if status:
        raise SystemExit(status)
    return output.getvalue()


def section(command: Command) -> str:
    """Return the section about one command."""
    arguments = [(f"`{spelled(argument)}`".replace("|", "\\|"), argument.help) for argument in command.arguments]
    parts = [
        f"## weeknote {command.name}",
        f"```text\n{usage(command)}\n```",
        textwrap.fill(command.description, 116),
        table(("Argument", "What it is or does"), *arguments),
    ]
    for file in EXAMPLES.get(command.name, []):
        call = f"{command.name} {file}"
        parts.append(f"```console\n$ weeknote {call}\n{printed(*call.split())}```")
    return "\n\n".join([*parts, NOTES.get(command.name, "").rstrip("\n")]).rstrip("\n") + "\n"


def command_page() -> str:
    """Return the page about the command line."""
    commands = [(f"[`{command.name}`](#weeknote-{command.name})", command.help) for command in COMMANDS]
    start = START.format(regenerate=REGENERATE, commands=table(("Command", "What it does"), *commands))
    status = [(str(number), meaning) for number, meaning in STATUS.items()]
    end = END.format(status=table(("Status", "When"), *status))
    return "\n".join([start, *map(section, COMMANDS), end])


if __name__ == "__main__":
    PAGE.write_text(command_page(), encoding="utf-8", newline="\n")
