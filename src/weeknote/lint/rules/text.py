"""Rules about words that were not meant for readers (WN50): prompts, drafts, conflicts, furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.headings.roles import fold
from weeknote.lint.fixes import node_fix
from weeknote.lint.positions import (
    abbreviate,
    first_line_position,
    position_at,
    position_of,
    title_position,
    words_position,
)
from weeknote.lint.rule import Finding, LintSettings, rule
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.block import Code, Heading, Html
from weeknote.nodes.document import Archive, Weeknote
from weeknote.syntax.boilerplate import is_furniture, single_line

if TYPE_CHECKING:
    from collections.abc import Iterator


# What template makers write for somebody else to replace: nobody says it to a reader.
PROMPT = re.compile(
    r"lorem ipsum"
    r"|[\[<](?:insert|add|enter|fill in|describe)\b[^\[\]<>()\n]{1,80}[\]>](?![(\[\x00:])"
    r"|\[your (?:\w+ ){0,2}\w+(?: here)?\](?![(\[\x00:])"
    r"|\((?:insert|your|add|write|enter)\b[^()\[\]\n]{1,60} here\)"
    r"|\b(?:your|insert|add|write|enter) (?:text|title|words|content|something|summary|name|notes?|update) here\b"
    r"|\bTKTK\b|\bTK TK\b",
    re.IGNORECASE,
)
PROMPT_WORDS = ("lorem", " here", "tk")
PROMPT_OPENING = re.compile(r"[\[<(](?:insert|add|enter|fill in|describe|your|write)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\W{0,3}(?:TODO|TO DO|TBC|TBD|TBA|FIXME|XXX+|TK|WIP|PLACEHOLDER)\b[\W_]*\Z")
DRAFT = re.compile(
    r"[\W_]*DRAFT(?:\s+(?:ONLY|VERSION|[0-9.]{1,4}|DO NOT (?:PUBLISH|SHARE)))?\b(?=[\W_]*\Z|\s*[\])}:|–—-])"
)
DRAFT_LAST = re.compile(r"(?:[\[({]\s?draft\s?[\])}]|[-–—:|]\s{0,3}DRAFT)\s*\Z", re.IGNORECASE)
# The marks as Git writes them, and as a formatter of Markdown leaves them: a heading, and a quotation seven deep.
CONFLICT = re.compile(
    r"^(?:(?:#{1,6} )?<{7} \S[^\r\n]*|>{7} \S[^\r\n]*|[ \t]*(?:> ){6}> [0-9a-f]{7,40}(?![^\r\n])[^\r\n]*)", re.MULTILINE
)


@text_rule("WN501", "leftover-prompt", "warning warning warning")
def leftover_prompt(view: TextView, settings: LintSettings) -> Iterator[Finding]:
    """A line of the template was left in.

    What: A prompt that asks for words (`[insert highlights here]`, `Lorem ipsum`, `Your text here`), a paragraph, item
        or heading that is nothing but `TODO`, `TBC` or the like in capitals, or one of the project’s own `prompts`.
    Why: It was written for the author, and now readers see it.
    Fix: Write what it asks for, or take it out.
    """
    own = {fold(prompt): prompt for prompt in settings.prompts if fold(prompt)}
    for leaf in view.leaves:
        if own and len(leaf.words) < 1000 and (prompt := own.get(fold(leaf.words))) is not None:
            yield Finding(
                f"This line is the template’s own: “{abbreviate(prompt)}”.",
                leaf.node,
                position_of(leaf.node),
                "Write what it asks for, or take it out.",
            )
            continue
        text, start = leaf.masked_text
        m = PROMPT.search(text) if might_contain_prompt(text) else None
        if m is None and len(text) < 200 and PLACEHOLDER.match(leaf.words.strip()):
            yield Finding(
                f"“{abbreviate(leaf.words)}” stands where words were to come.",
                leaf.node,
                position_of(leaf.node),
                "Write them, or take the line out.",
            )
        elif m is not None:
            yield Finding(
                f"“{abbreviate(m.group())}” is a prompt for the author, not words for readers.",
                leaf.node,
                None if leaf.where is None else position_at(leaf.where, start + m.start(), start + m.end()),
                "Write what it asks for, or take it out.",
            )


def might_contain_prompt(text: str) -> bool:
    """Tell whether a text has what every match of `PROMPT` has, at a fraction of the time its own search takes."""
    folded = text.casefold()
    return any(piece in folded for piece in PROMPT_WORDS) or PROMPT_OPENING.search(text) is not None


@text_rule("WN502", "draft-marker", "off warning warning")
def draft_marker(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The note still says that it is a draft.

    What: A heading begins or ends with the word DRAFT set apart, or a line says nothing else. `draft: true` in front
        matter keeps a note from being published and is left alone.
    Why: A published draft looks like a mistake, whatever is in it.
    Fix: Take the word out, or hold the note back.
    """
    root = view.root
    matter = root.front_matter if isinstance(root, (Weeknote, Archive)) else None
    if matter is not None and matter.values.get("draft") is True:
        return
    title = matter.title if matter is not None else None
    if title is not None and (DRAFT.match(title) or DRAFT_LAST.search(title[-40:])):
        yield Finding("The title says that this is a draft.", matter, title_position(root), "Take the word out of it.")
    for leaf in view.leaves:
        words = leaf.words.strip()
        if not words or len(words) > 300 or "draft" not in words.lower():
            continue
        if isinstance(leaf.node, Heading):
            m = DRAFT.match(words) or DRAFT_LAST.search(words)
        else:
            m = re.fullmatch(r"[\W_]*(?:DRAFT|Draft:?|\[draft\])[\W_]*", words)
        if m is not None:
            yield Finding(
                f"“{abbreviate(words)}” says that this is a draft.",
                leaf.node,
                words_position(leaf.node, m.group().strip()) if m.group().strip() else position_of(leaf.node),
                "Take the word out, or hold the note back.",
            )


@text_rule("WN503", "merge-conflict", "error error error")
def merge_conflict(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The mark of a merge conflict was left in.

    What: A line begins with seven `<` or `>` and a space, as Git writes them into a file whose two versions it could
        not join; or is what a formatter made of such a line (`## <<<<<<< HEAD`). Blocks of code are left alone.
    Why: Half of what follows is there twice.
    Fix: Keep one of the two versions and delete the lines with the marks.
    """
    root = view.root
    if root.slice is None:
        return
    text = root.slice.text
    if not any(mark in text for mark in ("<<<<<<< ", ">>>>>>> ", "> > > > > > > ")):
        return
    for m in CONFLICT.finditer(text):
        start = root.slice.start + m.start()
        if not view.is_code(start):
            yield Finding(
                f"Here stands the mark of a merge conflict: “{abbreviate(m.group())}”.",
                root,
                position_at(root.slice, start, root.slice.start + m.end()),
                "Keep one of the two versions, and delete the lines with the marks.",
            )


@rule("WN504", "trailing-furniture", "off warning warning")
def trailing_furniture(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """The blog’s own lines were copied along.

    What: After the note stand lines such as `Comments are closed.`, `2 thoughts on “…”`, `Leave a comment`, and what
        follows them.
    Why: They are the page’s and not the writer’s, and a reader of the note alone wonders about them.
    Fix: `--fix` takes them out where nothing else stands among them; comments of other people it leaves to you.
    """
    if not note.trailer:
        return
    lines = [single_line(block) for block in note.trailer]
    sure = all(line is not None and is_furniture(line) for line in lines)
    first = note.trailer[0]
    yield Finding(
        f"“{abbreviate(first.text)}” belongs to the blog’s page and not to the note.",
        first,
        first_line_position(first),
        "Take it out, and what follows it.",
        node_fix("Take the page’s lines out", *((block, None) for block in note.trailer)) if sure else None,
    )


@text_rule("WN505", "unclosed-block", "off warning warning")
def unclosed_block(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A block of code or a comment is opened and never closed.

    What: A code fence (three backticks or tildes) or `<!--` at the start of a line has no end, so that everything down
        to the end of the file belongs to it.
    Why: The rest of the note is shown as code, or not at all.
    Fix: Close it with a line of three backticks, or `-->`.
    """
    for block in view.blocks:
        where = block.slice
        if not isinstance(block, (Code, Html)) or where is None or where.source.reader.name == "text":
            continue
        text = where.text.strip()
        if isinstance(block, Code):
            fence = re.match(r"`{3,}|~{3,}", text)
            # The container's marks stand before a fence's last line in an item or a quotation.
            last = text.splitlines()[-1].lstrip("> \t") if text else ""
            if fence is None or (
                last != text and set(last.strip()) == {fence[0][0]} and len(last.strip()) >= len(fence[0])
            ):
                continue
            if where.end < len(where.source.text.rstrip()) and where.start in where.source.cuts:
                continue
            what, closing = "This block of code", fence[0]
        elif text.startswith("<!--") and "-->" not in text:
            what, closing = "This comment", "-->"
        else:
            continue
        yield Finding(
            f"{what} is never closed: all that follows belongs to it.",
            block,
            first_line_position(block),
            f"Close it with {closing} on a line of its own.",
        )
