"""A whole page around an article: readable without any other file, in light and dark, on paper and small screens."""

from __future__ import annotations

import html
import re

from weeknote.nodes.document import Archive, Post, Weeknote

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

STYLE = """
:root {
  color-scheme: light dark;
  --text: #1b1b1b; --quiet: #5a5a5a; --back: #fdfdfb; --line: #d6d3cb; --box: #f1efe9; --link: #0b5a8f;
}
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e4df; --quiet: #a9a69e; --back: #17181a; --line: #3d4045; --box: #222428; --link: #8cc4f0; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 42rem; padding: 2rem 1.25rem 4rem; background: var(--back); color: var(--text);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 0.5em; text-wrap: balance; }
h1 { font-size: 2rem; margin-top: 0; }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
article + article { border-top: 1px solid var(--line); margin-top: 4rem; padding-top: 3rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding-bottom: 0.5rem; }
header p, footer, figcaption { color: var(--quiet); font-size: 0.9375rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
p, ul, ol, blockquote, pre, table, figure { margin: 0 0 1em; }
ul, ol { padding-left: 1.5em; }
li { margin: 0.25em 0; }
li > ul, li > ol { margin: 0.25em 0; }
blockquote { border-left: 0.25em solid var(--line); color: var(--quiet); margin-left: 0; padding-left: 1em; }
blockquote > :last-child { margin-bottom: 0; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
code { background: var(--box); border-radius: 0.2em; padding: 0.1em 0.3em; }
pre { background: var(--box); border-radius: 0.4em; overflow-x: auto; padding: 0.9em 1em; }
pre code { background: none; padding: 0; }
img, video, iframe { height: auto; max-width: 100%; }
iframe { aspect-ratio: 16 / 9; border: 0; height: auto; width: 100%; }
figure { margin-left: 0; margin-right: 0; }
table { border-collapse: collapse; display: block; max-width: 100%; overflow-x: auto; overflow-wrap: normal; }
th, td { border-bottom: 1px solid var(--line); padding: 0.4em 0.9em 0.4em 0; text-align: left; vertical-align: top; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
.footnotes { border-top: 1px solid var(--line); font-size: 0.9375rem; margin-top: 3em; padding-top: 1em; }
.footnote-ref { line-height: 0; }
@media print { body { max-width: none; padding: 0; } a { color: inherit; } }
"""


def page_of(note: Weeknote | Archive | Post, articles: str) -> str:
    """Return a page that shows the articles of a note or archive."""
    matter = None if isinstance(note, Post) else note.front_matter
    values = {} if matter is None else matter.values
    declared = next((value for key in ("lang", "language") if isinstance(value := values.get(key), str)), "")
    language = f' lang="{declared}"' if LANGUAGE.fullmatch(declared) else ""
    if isinstance(note, Archive):
        name = (matter and matter.title) or "Weeknotes"
    else:
        name = (note.headline if isinstance(note, Weeknote) else note.title) or "Weeknote"
    title = " ".join(name.split())
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{html.escape(title, quote=False)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{articles}</main>\n</body>\n</html>\n"
    )
