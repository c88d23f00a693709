"""Rules about text that was not meant for readers (WN50): prompts, drafts, conflicts, site boilerplate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.headings.roles import fold
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.fixes import Fix
from weeknote.lint.positions import (
    abbreviate,
    first_line_position,
    position_at,
    position_of,
    title_position,
    words_position,
)
from weeknote.lint.view import TextView, text_rule
from weeknote.nodes.block import Code, Heading
from weeknote.nodes.document import Archive, Weeknote
from weeknote.nodes.inline import Html
from weeknote.syntax.boilerplate import is_furniture, single_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.base import Node

# What templates ask their users to replace.
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
# The markers as Git writes them, and as Markdown formatters turn them into a heading or a quotation seven deep.
CONFLICT = re.compile(
    r"^(?:(?:#{1,6} )?<{7} \S[^\r\n]*|>{7} \S[^\r\n]*|[ \t]*(?:> ){6}> [0-9a-f]{7,40}(?![^\r\n])[^\r\n]*)", re.MULTILINE
)


@text_rule("WN501", "leftover-prompt", "warning warning warning")
def leftover_prompt(view: TextView, settings: LintSettings) -> Iterator[Finding]:
    """Template text was left in.

    What: A prompt (`[insert highlights here]`, `Lorem ipsum`, `Your text here`), a paragraph, item or heading that is
        just `TODO`, `TBC` or the like in capitals, or one of the project’s own `prompts`.
    Why: It was meant for the author, and now readers see it.
    Fix: Replace it, or remove it.
    """
    own = {fold(prompt): prompt for prompt in settings.prompts if fold(prompt)}
    for leaf in view.leaves:
        m = None
        if own and len(leaf.plain_text) < 1000 and (prompt := own.get(fold(leaf.plain_text))) is not None:
            message = f"Template text: “{abbreviate(prompt)}”."
        elif might_contain_prompt(leaf.source_text) and (m := PROMPT.search(leaf.masked[0])) is not None:
            message = f"Template text: “{abbreviate(m.group())}”."
        elif len(leaf.source_text) < 200 and PLACEHOLDER.match(leaf.plain_text.strip()):
            message = f"Placeholder “{abbreviate(leaf.plain_text)}”."
        else:
            continue
        if m is None or leaf.slice is None:
            position = position_of(leaf.node)
        else:
            position = position_at(leaf.slice, leaf.masked[1] + m.start(), leaf.masked[1] + m.end())
        yield Finding(message, leaf.node, position, "Replace it, or remove it.")


def might_contain_prompt(text: str) -> bool:
    """Return False if `PROMPT` cannot match, in a fraction of the time that its search takes."""
    folded = text.casefold()
    return any(piece in folded for piece in PROMPT_WORDS) or PROMPT_OPENING.search(text) is not None


@text_rule("WN502", "draft-marker", "off warning warning")
def draft_marker(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """The note is still marked as a draft.

    What: A heading starts or ends with DRAFT, set apart, or a line says nothing else. Notes with `draft: true` in the
        front matter, which are not published, are left alone.
    Why: A published draft looks like a mistake, whatever it says.
    Fix: Remove the word, or do not publish the note yet.
    """
    root = view.root
    matter = root.front_matter if isinstance(root, (Weeknote, Archive)) else None
    if matter is not None and matter.values.get("draft") is True:
        return
    title = matter.title if matter is not None else None
    if title is not None and (DRAFT.match(title) or DRAFT_LAST.search(title[-40:])):
        yield Finding("The title is marked as a draft.", matter, title_position(root), "Remove the word.")
    for leaf in view.leaves:
        words = leaf.plain_text.strip()
        if not words or len(words) > 300 or "draft" not in words.lower():
            continue
        if isinstance(leaf.node, Heading):
            m = DRAFT.match(words) or DRAFT_LAST.search(words)
        else:
            m = re.fullmatch(r"[\W_]*(?:DRAFT|Draft:?|\[draft\])[\W_]*", words)
        if m is not None:
            yield Finding(
                f"“{abbreviate(words)}” marks this as a draft.",
                leaf.node,
                words_position(leaf.node, m.group().strip()) if m.group().strip() else position_of(leaf.node),
                "Remove the word, or do not publish the note yet.",
            )


@text_rule("WN503", "merge-conflict", "error error error")
def merge_conflict(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """There is an unresolved merge conflict.

    What: A line starts with seven `<` or `>` and a space, as Git writes them into files that it cannot merge, or is
        what a formatter made of such a line (`## <<<<<<< HEAD`). Code blocks are left alone.
    Why: Part of the text is there twice.
    Fix: Keep one of the two versions, and delete the marker lines.
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
                f"Unresolved merge conflict: “{abbreviate(m.group())}”.",
                root,
                position_at(root.slice, start, root.slice.start + m.end()),
                "Keep one of the two versions, and delete the marker lines.",
            )


@rule("WN504", "trailing-furniture", "off warning warning")
def trailing_furniture(note: Weeknote, _: LintSettings) -> Iterator[Finding]:
    """Site boilerplate was copied with the note.

    What: The note is followed by lines such as `Comments are closed.`, `2 thoughts on “…”` or `Leave a comment`.
    Why: They belong to the web page, not to the note.
    Fix: `--fix` removes them if there is nothing else among them, such as other people’s comments.
    """
    if not note.trailer:
        return
    lines = [single_line(block) for block in note.trailer]
    sure = all(line is not None and is_furniture(line) for line in lines)
    first = note.trailer[0]
    yield Finding(
        f"“{abbreviate(first.text)}” belongs to the web page, not to the note.",
        first,
        first_line_position(first),
        "Remove it, and what follows it.",
        Fix("Remove the site’s lines", replacements=[(block, None) for block in note.trailer]) if sure else None,
    )


@text_rule("WN505", "unclosed-block", "off warning warning")
def unclosed_block(view: TextView, _: LintSettings) -> Iterator[Finding]:
    """A code block or a comment is not closed.

    What: A code fence (three backticks or tildes) or a `<!--` at the start of a line has no end, so everything after it
        belongs to it.
    Why: The rest of the note is shown as code, or not at all.
    Fix: Close it with another fence, or with `-->`.
    """
    for block in view.blocks:
        if block.slice is None or block.slice.source.reader.name == "text":
            continue
        what, closing = "code block", _missing_fence(block)
        if closing is None and isinstance(block, Html):
            text = block.slice.text.strip()
            what, closing = "comment", "-->" if text.startswith("<!--") and "-->" not in text else None
        if closing is not None:
            yield Finding(
                f"This {what} is not closed, so everything after it belongs to it.",
                block,
                first_line_position(block),
                f"Add a line with {closing} after it.",
            )


def _missing_fence(block: Node) -> str | None:
    """Return the fence that would close a fenced code block that is not closed."""
    where = block.slice
    if not isinstance(block, Code) or where is None:
        return None
    text = where.text.strip()
    opening = re.match(r"`{3,}|~{3,}", text)
    if opening is None:
        return None
    # In list items and quotations, the container's markers come before the closing fence.
    last = text.splitlines()[-1].lstrip("> \t").rstrip()
    is_closed = last != text and set(last) == {opening[0][0]} and len(last) >= len(opening[0])
    # The end of a container closes a code block, too.
    ends_with_container = where.end < len(where.source.text.rstrip()) and where.start in where.source.cuts
    return None if is_closed or ends_with_container else opening[0]
