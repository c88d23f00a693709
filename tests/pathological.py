"""Texts that make readers slow, deep or wrong, by name: each is made to a size, so that growth can be measured.

Many of the patterns are known from the test suites of CommonMark implementations; the others aim at what only this
package reads: titles and weeks, roles, front matter, definitions, lines cut out of quotations, and the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def several(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return the maker of texts that repeat one piece."""
    return lambda size: before + unit * (size // len(unit)) + after


def mirrored(opening: str, inside: str, closing: str) -> Callable[[int], str]:
    """Return the maker of texts that open many times and then close as many times."""

    def make(size: int) -> str:
        times = size // len(opening + closing)
        return opening * times + inside + closing * times

    return make


def counted(line: str) -> Callable[[int], str]:
    """Return the maker of texts whose lines hold their own number."""
    return lambda size: "".join(line.format(n=n) for n in range(size // (len(line) + 1)))


def staircase(step: str, words: str) -> Callable[[int], str]:
    """Return the maker of texts whose lines are indented ever deeper, to the depth that their size allows."""

    def make(size: int) -> str:
        steps = int((2 * size / len(step)) ** 0.5)
        return "".join(step * n + words + "\n" for n in range(steps))

    return make


def ladder(mark: str) -> Callable[[int], str]:
    """Return the maker of runs of one mark, each longer than the last."""

    def make(size: int) -> str:
        return "".join("a" + mark * n for n in range(int((2 * size) ** 0.5)))

    return make


def wide_table(size: int) -> str:
    """Return a table of many columns and as many rows that have one cell."""
    columns = size // 8
    return "|aaa" * columns + "|\n" + "|-" * columns + "|\n" + "|b|\n" * (size // 8)


def definitions_used(size: int) -> str:
    """Return many definitions, and then links to all of them."""
    times = size // 22
    return "".join(f"[{n}]: /{n}\n" for n in range(times)) + "\n" + "".join(f"[{n}] " for n in range(times))


def aliases(size: int) -> str:
    """Return front matter whose every key holds the one before it nine times: YAML calls it, others call it a bomb."""
    rows = max(size // 50, 2)
    names = [f"&a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, rows)]
    return "---\nk0: &a0 [b]\n" + "".join(f"k{n}: {name}\n" for n, name in enumerate(names, 1)) + "---\n\nWords.\n"


def deep_list_of_notes(size: int) -> str:
    """Return an archive whose notes state no year but the first."""
    return "# w/c 6 May 2019\n\nWords.\n\n" + "".join(
        f"# w/c {n % 28 + 1} May\n\nWords.\n\n" for n in range(size // 22)
    )


FRONT = "---\ntitle: Week 12\n"

MARKDOWN: dict[str, Callable[[int], str]] = {
    # brackets, links, pictures
    "opening brackets": several("["),
    "brackets in brackets": mirrored("[", "a", "]"),
    "brackets that close and never opened": several("]"),
    "link openers": several("[a]("),
    "link openers with pointed brackets": several("[a](<b"),
    "link titles never closed": several('[a](/b "c'),
    "links in links": mirrored("[", "a", "](b)"),
    "pictures in pictures": mirrored("![", "a", "](b)"),
    "pictures of nothing": several("![[]()"),
    "addresses with open parentheses": mirrored("[a](" + "(", "b", ")"),
    "one address full of parentheses": lambda size: "[a](" + "(" * size + ")" * size,
    "references to nothing": several("[a][b] "),
    "references that look back": mirrored("[a", "", "][b]"),
    "labels that are long and never closed": several("[" + "a" * 60 + "\\]"),
    "escaped brackets": several("\\["),
    "autolinks never closed": several("<https://a"),
    "autolinks of one colon": several("<a:"),
    "addresses with at signs": several("<a@b."),
    # emphasis
    "emphasis openers": several("*a "),
    "emphasis closers": several("a* "),
    "emphasis openers and closers of two kinds": several("*a _b "),
    "emphasis in emphasis": mirrored("*a **a ", "b", "** a*"),
    "strong openers that end as emphasis": several("**a *b "),
    "underscores inside words": several("a_"),
    "runs of one star and two": several("a**b" + "c* "),
    "stars between line ends": several("*\n"),
    "strikethrough never closed": several("~~a "),
    "strikethrough of three tildes": several("~~~a ~~"),
    "marks of all kinds": several("*_~`[!<&\\"),
    # code, HTML, entities, escapes
    "ladders of backticks": ladder("`"),
    "code never closed": several("`a``"),
    "backslashes": several("\\"),
    "backslashes before line ends": several("\\\n"),
    "ampersands": several("&a"),
    "entities": several("&amp;&#0;&#xfffff;"),
    "comments never closed in words": several("a <!-- "),
    "comments that end at once": several("a <!--> <!---> "),
    "instructions never closed in words": several("a <? "),
    "CDATA never closed in words": several("a <![CDATA[ "),
    "declarations never closed in words": several("a <!a "),
    "tags never closed": several("a <b c"),
    "attributes without values": lambda size: "a <b " + "c " * (size // 2),
    "attributes with blanks": lambda size: "a <b" + " c  =  d" * (size // 8),
    "attributes with quotes of two kinds": several("a <b c='d\" "),
    "blanks inside a tag": lambda size: "a <b" + " " * size + "=",
    "a block of HTML for each line": several("<div\n\n"),
    "comments in blocks": several("<!--\n\n"),
    "instructions in blocks": several("<?\n-->\n"),
    "tags of one line in blocks": several("<a b='c' d=\"e\" f\n\n"),
    "a tag with many attributes": several(' a="b"', "<div", ">c</div>\n\nWords.\n"),
    "a tag with many addresses": several(' href="', "<div", ">c</div>\n\nWords.\n"),
    "tags with quotes never closed in a block": several('<b "', "<div>", "</div>\n\nWords.\n"),
    "pictures in a block of HTML": several("<img src=a alt=.>", "<div>", "</div>\n\nWords.\n"),
    "paragraphs of HTML with links in them": counted("<p>[a](/{n})\n"),
    "scripts in a block": several("</script ", "<script>", "\n\nWords.\n"),
    "a character’s number of many digits in HTML": several("1", "<div>&#", ";</div>\n\nWords.\n"),
    "references to characters, each longer": lambda size: "".join(
        "&" + "a" * n + ";" for n in range(int((2 * size) ** 0.5))
    ),
    "markers for rules never closed in a block": several("<!-- weeknote: ignore ", "<div>\n", "\n\nWords.\n"),
    "markers for rules in one block": several("<!-- weeknote: ignore WN101 -->\n", "<div>\n", "</div>\n\nWords.\n"),
    "markers that silence the next block": several("<!-- weeknote: ignore-next WN512 -->\n\nhttps://a.b is\n\n"),
    "links of one mark": several("[.](b)"),
    "links with a blank between the brackets": several("[a] (https://b) "),
    "links cut by a line’s end": several("[a](https://a\nb) "),
    "links the wrong way round": several("(a)[https://b] "),
    "bare addresses": counted("see https://a.example/{n} and "),
    # containers
    "quotations": several(">"),
    "lists": several("- "),
    "numbered lists": several("1. "),
    "quotations and lists": several("> - "),
    "lists on a staircase": staircase("  ", "- a"),
    "quotations that are left and entered": several(">>>>>>>>>>>>\n\na\n"),
    "items of one letter": several("- a\n"),
    "items of nothing": several("-\n"),
    "items with blank lines": several("- a\n\n\n"),
    "items of three marks": several("- a\n* b\n+ c\n"),
    "items with ever other numbers": counted("{n}. a\n"),
    "items continued by lazy lines": several("> - a\nb\n"),
    "tabs in containers": several(">\t-\t\ta\n"),
    "code behind tabs in containers": several(">\t\t\ta\n", "> -\t\t```\n"),
    "quotations with uneven marks": several("> - a\n  > b\n   >\n"),
    "footnotes whose first line is empty": counted("[^{n}]:\n\n    a\n"),
    "destinations with open parentheses": several("(", "[a]: "),
    "definitions with destinations that are none": several("[a]: (b\n"),
    "underlined headings of many lines": several("#a\n", "", "===\n"),
    "delimiter rows that are items": several("a | b\n- | -\n"),
    "JSON never closed": several('{"a": "b",\n'),
    "JSON strings never closed": several('\\"', '{"a": "b'),
    "JSON in JSON": mirrored('{"a": ', "1", "}"),
    "keys of JSON": counted('"{n}": [{n}],\n'),
    "front matter of tabs": several("a\t:\tb\tc\t# d\n", "---\n", "---\n\nWords.\n"),
    "footnotes in footnotes": several("[^a]: "),
    "footnotes that nobody asks for": counted("[^{n}]: a\n\n"),
    "footnotes asked for": lambda size: "[^a]: b\n\n" + "[^a] " * (size // 5),
    # definitions, setext lines, tables, code
    "definitions": several("[a]: /u\n"),
    "definitions of ever other labels": counted("[{n}]: /u\n"),
    "definitions in quotations": several("> [a]: /u\n"),
    "definitions in and out of quotations": several("[a]: /u\n> [b]: /v\n\n"),
    "definitions with titles never closed": several('[a]: /u "b\n'),
    "definitions whose title is on the next line": several("[a]: /u\n'b'\n"),
    "definitions never finished": several("[a]:\n"),
    "definitions and setext lines": several("[a]: /u\n===\n"),
    "definitions used": definitions_used,
    "definitions in an item, then words": lambda size: "- " + "  [a]: /u\n" * (size // 10) + "  b\n",
    "setext lines": several("a\n=\n"),
    "setext lines under setext lines": several("=\n-\n"),
    "a paragraph that ends as a heading": lambda size: "a\n" * (size // 2) + "===\n",
    "a paragraph of brackets that ends as a heading": lambda size: "[a\n" * (size // 3) + "===\n",
    "tables whose last row is bad": several("|a|b|\n|-|-|\n|`|\n\n"),
    "tables of one row": several("a | b\n-|-|-\n"),
    "a table with more columns than cells": wide_table,
    "a table with more cells than columns": lambda size: "|a|\n|-|\n" + "|" * size,
    "tables in quotations": several("> |a|b|\n> |-|-|\n> |c|d|\n\n"),
    "a table row of escapes": lambda size: "|a|b|\n|-|-|\n|" + "\\|" * (size // 2) + "|\n",
    "delimiter rows that are none": several("-|-:x\n"),
    "fences never closed": several("```\na\n~~~\n"),
    "fences in items": several("- ```\n  a\n"),
    "fences of ever more marks": lambda size: "".join("`" * (n + 3) + "\na\n" for n in range(int((2 * size) ** 0.5))),
    "indented code with tabs": several("\t\ta\n\n"),
    "code in quotations": several(">     a\n>\n"),
    # the shapes that only weeknotes have
    "front matter never closed": several("title: a\n", "---\n"),
    "front matter that holds its own fence": several("---\n"),
    "front matter with deep brackets": lambda size: "---\ntitle: " + "[" * size + "\n---\n\nWords.\n",
    "front matter with deep braces": lambda size: "---\ntitle: " + "{a: " * (size // 4) + "\n---\n\nWords.\n",
    "front matter with deep indentation": lambda size: (
        "---\n" + "".join(" " * n + "a:\n" for n in range(int((2 * size) ** 0.5))) + "---\n\nWords.\n"
    ),
    "front matter with aliases of aliases": aliases,
    "front matter with many keys": lambda size: (
        FRONT + "".join(f"k{n}: v\n" for n in range(size // 8)) + "---\n\nWords.\n"
    ),
    "front matter with one key many times": lambda size: FRONT + "a: b\n" * (size // 5) + "---\n\nWords.\n",
    "front matter with a long title": lambda size: "---\ntitle: " + "a " * (size // 2) + "\n---\n\nWords.\n",
    "front matter with a long quoted title": lambda size: '---\ntitle: "' + "\\n" * (size // 2) + '"\n---\n\nWords.\n',
    "front matter that is broken": lambda size: FRONT + "a: b: c\n" * (size // 8) + "---\n\nWords.\n",
    "front matter with a long key": lambda size: FRONT + "a" * size + ": b\n---\n\nWords.\n",
    "front matter with blanks in a value": lambda size: FRONT + "a: b: c\nd: e" + " " * size + "f\n---\n\nWords.\n",
    "front matter with a quote never closed": several("''", FRONT + "a: '", "\n---\n\nWords.\n"),
    "front matter with backslashes": several("\\", FRONT + 'a: "', "\n---\n\nWords.\n"),
    "front matter with many weeks": several("6 & ", "---\nweek_ending: ", "6 May\n---\n\nWords.\n"),
    "front matter with many keys of weeks": lambda size: (
        "---\n" + "".join(f"week_{n}: a\n" for n in range(size // 12)) + "---\n\nWords.\n"
    ),
    "front matter without fences": several("Tags: b\n", "Title: a\n", "\nWords.\n"),
    "front matter above equals signs": several("a = b\n", "title = a\n", "=====\n\nWords.\n"),
    "TOML with deep arrays": lambda size: "+++\na = " + "[" * size + "]" * size + "\n+++\n\nWords.\n",
    "TOML with dotted keys": lambda size: "+++\n" + "a." * (size // 2) + "b = 1\n+++\n\nWords.\n",
    "TOML with many tables": lambda size: "+++\n" + "".join(f"[t{n}]\n" for n in range(size // 7)) + "+++\n\nWords.\n",
    "headings": several("# a\n"),
    "headings of notes": several("# Week 12\n\n"),
    "headings of notes without a year": deep_list_of_notes,
    "headings of notes and posts": several("# Week 12\n\na\n\n# b\n\nc\n\n"),
    "headings closed by blanks": lambda size: "# a" + " " * size + "#b\n",
    "headings closed by many marks": lambda size: "# a " + "#" * size + "\n",
    "a heading of many weeks": lambda size: "# w/c 6" + " & 6" * (size // 4) + " May\n\nWords.\n",
    "a heading of many numbers": lambda size: "# Week " + "12, " * (size // 4) + "\n\nWords.\n",
    "a heading of digits": lambda size: "# Weeknote " + "1" * size + "\n\nWords.\n",
    "a heading of many months": lambda size: "# w/c " + "6 May " * (size // 6) + "\n\nWords.\n",
    "a heading of ranges": lambda size: "# Weeks " + "1-2-" * (size // 4) + "\n\nWords.\n",
    "a heading of colons": lambda size: "# Weeknote" + ":" * size + "\n\nWords.\n",
    "a heading of blanks": lambda size: "# Weeknote" + " " * size + "x\n\nWords.\n",
    "a heading of words and blanks": lambda size: "# a" + " " * size + "b\n\nWords.\n",
    "a heading of words and no-break spaces": lambda size: "# a" + " \xa0" * (size // 2) + "b\n\nWords.\n",
    "an underlined heading of blanks": lambda size: "a" + "\t" * size + "b\n===\n\nWords.\n",
    "a heading of many weeks with their year": lambda size: "# w/c 7" + " & 7" * (size // 4) + " May 2019\n\nWords.\n",
    "a heading of many weeks, each with its year": several("; w/c 7 May 2019", "# w/c 7 May 2019", "\n\nWords.\n"),
    "a heading of many ISO weeks": several(", 2019-W10", "# 2019-W10", "\n\nWords.\n"),
    "a heading of commas": several(",", "# Week 12", "\n\nWords.\n"),
    "a heading of ampersands": several(" &", "# w/c 6", " May\n\nWords.\n"),
    "a heading of dashes": several("- ", "# Weeknote ", "x\n\nWords.\n"),
    "a heading that says w/c and nothing else": several("w/c ", "# ", "\n\nWords.\n"),
    "a heading of brackets in brackets": lambda size: (
        "# Weeknote " + "(" * (size // 2) + "6 May" + ")" * (size // 2) + "\n\nWords.\n"
    ),
    "a section’s heading of braces": several("{}", "## ", "a\n\nWords.\n"),
    "sections that say one role": several("## Something I’m learning\n\nTo wait.\n\n"),
    "sections whose titles nearly say a role": several("## What I am not yet learning about the things\n\n"),
}
"""Makers of Markdown, each by the name of what it makes."""

TEXT: dict[str, Callable[[int], str]] = {
    "bullets": several("• "),
    "bullets on a staircase": staircase("  ", "• a"),
    "bullets of nothing": several("•\n"),
    "items": several("  • a\n"),
    "stars that may be footnotes": several("* a\n\nb\n\n"),
    "numbers that may be items": counted("{n}) a\n"),
    "numbers that may be headings": several("1. a\n\n\n"),
    "stars before blank lines": lambda size: "* a\n" * (size // 8) + "\n" * (size // 2),
    "lines": several("a\n"),
    "lines that look like headings": several("Maps and plans\n\n"),
    "headings and words": several("Maps and plans\n\nWe drew some maps. They are good.\n\n"),
    "notes": several("Weeknote w/c 6 May: maps\n\nWords and words.\n\n"),
    "weeks without a label": several("w/c 6 May\n\nWords.\n\n"),
    "furniture": several("2 thoughts on “Maps”\n\nWords.\n\n"),
    "sections that are told by role": several("Something I’m learning\n\nTo wait.\n\n"),
    "addresses": several("https://a.example/b "),
    "an address of closing brackets": lambda size: "https://a.example/" + "]" * size,
    "an address of closing parentheses": lambda size: "https://a.example/" + ")" * size,
    "an address of opening parentheses": lambda size: "https://a.example/" + "(" * size,
    "an address of full stops": lambda size: "https://a.example/" + "." * size,
    "addresses in addresses": several("https://"),
    "addresses that open parentheses": several("http://(((((("),
    "addresses that close parentheses": several("https://a)))))"),
    "an address of marks that may close it": lambda size: "https://a.example/" + ")(" * (size // 2),
    "words that look like a tag of blanks": lambda size: "<div href" + " " * size + "x>x</div>",
    "a title of many weeks": several(" & 6", "Weeknote w/c 6", " May 2019: maps\n\nWords.\n"),
    "no-break spaces": several("\xa0"),
    "no-break spaces behind a bullet": lambda size: "•" + "\xa0" * size + "a",
    "a line of one word": lambda size: "a" * size,
    "a line of many words": several("words and "),
    "a line of closing quotes": several("a’ "),
    "a line of sentences": several("A. "),
    "a line of commas": several("A, "),
    "a week with blanks inside": lambda size: "Weeknote w/c 6" + " " * size + "May\n\nWords.\n",
    "a label of blanks": lambda size: "Week" + " " * size + "12\n\nWords.\n",
}
"""Makers of plain text."""

ANY: dict[str, Callable[[int], str]] = {
    "NULs": several("\0"),
    "byte order marks": several("\ufeff"),
    "halves of surrogate pairs": several("\ud800 "),
    "letters with many accents": lambda size: "a" + "\u0301" * size,
    "what only Python calls line ends": several("a\u2028b\x85c\f"),
    "blank lines": several("\n"),
    "blank lines of blanks": several(" \t\n"),
    "blanks at line ends": several("a  \n"),
    "carriage returns": several("\r"),
    "line ends of all kinds": several("a\r\n\nb\r"),
    "blanks": several(" "),
    "tabs": several("\t"),
    "blanks before tabs": several(" \t"),
    "no-break spaces between words": several("a\xa0"),
    "colons": several(":\n"),
    "lead-in lines without lists": several("This is what we did:\n\n"),
    "dashes": several("-"),
    "dashes and blanks": several("- -"),
    "equals signs": several("="),
    "hashes": several("#"),
    "percent signs": several("{% a "),
    "exclamation marks": several("!"),
    "digits": several("1"),
    "dates": several("2024-05-06 "),
    "weeks": several("w/c 6 May "),
    "comments that switch rules off": several("<!-- weeknote-ignore WN101 -->\n"),
    "one line of words": several("we went and "),
    "quotation marks": several("“a” "),
    "straight quotes in a row": several('"'),
    "quotes of two kinds in a row": several("\"'"),
    "blanks inside half a tag": lambda size: "<div href" + " " * size + "x>\n",
    "blanks inside a line": lambda size: "a" + " " * size + "b\n",
    "emoji": several("\U0001f9ed\u200d"),
}
"""Makers of texts that are odd in either dialect."""

GENERATORS: dict[str, Callable[[int], str]] = {**MARKDOWN, **TEXT, **ANY}
"""All makers; each text is read in both dialects, whichever it was made for."""
