"""What a rule's page says, and the page about all rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.front_matter.reader import read_toml
from weeknote.lint.rule import PROFILE_NAMES, LintSettings, Rule
from weeknote.lint.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Iterable

REGENERATE = "python -m weeknote.lint.registry > docs/reference/rules.md"

FAMILIES = {
    "WN0": "The file",
    "WN1": "The week",
    "WN2": "Sections",
    "WN3": "Learning",
    "WN4": "Lists",
    "WN5": "Text",
}
"""What the rules of each family are about, by the beginning of their codes."""

START = """\
<!-- Made by `{regenerate}` from the rules' docstrings and examples: change those. -->

# Rules

{count} rules look at a note for what its writer did not mean. Each has a code and a name, and you can use either.

A rule looks at one of three things. `text` is any words, those of posts in an archive too; `note` is one weeknote;
`series` is the weeknotes of an archive or a folder together.

How loud a rule is depends on the profile. `loose` says only what nobody wants published, `standard` what any reader
would call a slip, and `strict` also what people disagree about. A rule marked with a star asks what a project’s
structure asks: it is off without a structure, and an error with one, whatever the profile.
"""


@attrs.frozen
class Example:
    """One example of a rule.

    Attributes:
        name: the file's name, such as `"WN301.fails.md"`.
        text: the note or archive.
        dialect: `"markdown"` or `"text"`, as the file's suffix says.
        settings: what the example is checked with, as it stands in `weeknote.toml`; `""` if nothing is needed.
    """

    name: str
    text: str
    dialect: str
    settings: str = ""

    def settings_for(self, rule: Rule) -> LintSettings:
        """Return the settings under which only the rule is asked, with what the example needs."""
        values = read_toml(self.settings) or {}
        structure = values.get("structure")
        return LintSettings(
            select=[rule.code],
            structure=None if structure is None else Structure.from_mapping(structure),
            prompts=values.get("prompts", ()),
            **({"deepest_list": values["deepest-list"]} if "deepest-list" in values else {}),
        )


def example(rule: Rule, kind: str) -> Example:
    """Return a rule's example that `"fails"` or that `"passes"`.

    Raises:
        FileNotFoundError: the rule has none.
    """
    from importlib.resources import files

    folder = files("weeknote.lint") / "rule_examples"
    toml = folder / f"{rule.code}.toml"
    settings = toml.read_text(encoding="utf-8") if toml.is_file() else ""
    for suffix, dialect in ((".md", "markdown"), (".txt", "text")):
        name = f"{rule.code}.{kind}{suffix}"
        if (path := folder / name).is_file():
            # Bytes, because line ends are what some examples are about.
            return Example(name, path.read_bytes().decode("utf-8"), dialect, settings)
    raise FileNotFoundError(f"there is no example {rule.code}.{kind}.md or .txt in weeknote/lint/rule_examples")


def code_fence(text: str, language: str) -> str:
    """Return a text as a block of code whose fence is longer than any in it; what cannot be seen is named."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    shown = text.replace("\r\n", "␍␊\n").replace("\r", "␍\n")
    shown = re.sub(
        "[\x00-\x08\x0b-\x1f\x7f]", lambda m: chr(0x2400 + ord(m.group())) if m.group() < "\x7f" else "␡", shown
    )
    shown = re.sub("[\u00a0\u200b\u2060\ufeff]", lambda m: f"‹U+{ord(m.group()):04X}›", shown)
    return f"{fence}{language}\n{shown}{'' if shown.endswith(chr(10)) else chr(10)}{fence}"


def explain_rule(rule: Rule) -> str:
    """Return a rule's page in Markdown: what, why, an example that fails, one that passes, and how to fix it.

    Args:
        rule: the rule.

    >>> from weeknote.lint.registry import RULES
    >>> print(explain_rule(RULES["WN301"]).splitlines()[0])
    # WN301 missing-learning
    """
    return f"# {rule.code} {rule.name}\n\n{_body(rule, '##')}"


def _body(rule: Rule, mark: str) -> str:
    levels = [f"{level or 'off'} in `{name}`" for name, level in zip(PROFILE_NAMES, rule.levels, strict=True)]
    star = "; an error where a structure asks for it" if rule.asked is not None else ""
    fails, passes = example(rule, "fails"), example(rule, "passes")
    parts = [
        f"{rule.summary}.",
        f"Looks at: `{rule.scope}`. Severity: {', '.join(levels)}{star}.",
        f"{mark} What\n\n{rule.what}",
        f"{mark} Why\n\n{rule.why}",
        f"{mark} Fails\n\n{code_fence(fails.text, fails.dialect)}",
        f"{mark} Passes\n\n{code_fence(passes.text, passes.dialect)}",
        f"{mark} Fix\n\n{rule.fix}",
    ]
    if fails.settings:
        parts.insert(4, f"{mark} With these settings\n\n{code_fence(fails.settings, 'toml')}")
    return "\n\n".join(parts) + "\n"


def reference_page(rules: Iterable[Rule]) -> str:
    """Return the page about all rules in Markdown: a table of them, then a part for each."""
    rules = list(rules)
    parts = [START.format(regenerate=REGENERATE, count=len(rules))]
    head = ["Code", "Name", "Finds", *(f"`{name}`" for name in PROFILE_NAMES)]
    for start, title in FAMILIES.items():
        family = [rule for rule in rules if rule.code.startswith(start)]
        rows = [
            [
                f"[{rule.code}](#{rule.code.lower()}-{rule.name})" + ("*" if rule.asked is not None else ""),
                rule.name,
                rule.summary,
                *(str(level or "–") for level in rule.levels),
            ]
            for rule in family
        ]
        parts.append(f"## {title}\n\n{_table([head, *rows])}\n")
        parts += [
            re.sub(
                r"^#### (.+)$", r"**\1**", f"### {rule.code} {rule.name}\n\n{_body(rule, '####')}", flags=re.MULTILINE
            )
            for rule in family
        ]
    return "\n".join(parts)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
