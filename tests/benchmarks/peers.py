"""The other libraries, each as one function of a text; those that are not installed are left out."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

UNIT = "mistune (AST)"
"""The peer whose time is 1.00."""


@attrs.frozen
class Peer:
    """Another library.

    Attributes:
        name: what the report calls it.
        version: its version.
        read: what it does with a text.
    """

    name: str
    version: str
    read: Callable[[str], object]


def mistune_ast(module: Any) -> Callable[[str], object]:
    """CommonMark to a list of tokens, inline content read."""
    return module.create_markdown(renderer=None)  # type: ignore[no-any-return] # its own parse method


def mistune_plugins(module: Any) -> Callable[[str], object]:
    """The same with what weeknote's Markdown has too."""
    plugins = ["table", "strikethrough", "footnotes"]
    return module.create_markdown(renderer=None, plugins=plugins)  # type: ignore[no-any-return] # its own parse method


def markdown_it(module: Any) -> Callable[[str], object]:
    """CommonMark to tokens with line numbers."""
    return module.MarkdownIt("commonmark").parse  # type: ignore[no-any-return] # its own parse method


def marko(module: Any) -> Callable[[str], object]:
    """CommonMark to a tree."""
    return module.Markdown().parse  # type: ignore[no-any-return] # its own parse method


def mistletoe(module: Any) -> Callable[[str], object]:
    """CommonMark to a tree."""
    return module.Document  # type: ignore[no-any-return] # a class that reads


def commonmark(module: Any) -> Callable[[str], object]:
    """CommonMark to a tree."""
    return lambda text: module.Parser().parse(text)


def mdformat(module: Any) -> Callable[[str], object]:
    """Markdown to formatted Markdown: reading and writing."""
    return module.text  # type: ignore[no-any-return] # a function of a text


def pyromark(module: Any) -> Callable[[str], object]:
    """CommonMark to events (Rust)."""
    markdown = module.Markdown()
    return lambda text: list(markdown.events(text))


def cmarkgfm(module: Any) -> Callable[[str], object]:
    """GitHub's Markdown to HTML (C), the one form that its public interface has."""
    return module.github_flavored_markdown_to_html  # type: ignore[no-any-return] # a function of a text


def frontmatter(module: Any) -> Callable[[str], object]:
    """Front matter to a dict; the body is left as it is."""
    return module.loads  # type: ignore[no-any-return] # a function of a text


PEERS = (
    (UNIT, "mistune", "mistune", mistune_ast),
    ("mistune (AST, 3 plugins)", "mistune", "mistune", mistune_plugins),
    ("markdown-it-py", "markdown-it-py", "markdown_it", markdown_it),
    ("marko", "marko", "marko", marko),
    ("mistletoe", "mistletoe", "mistletoe", mistletoe),
    ("commonmark", "commonmark", "commonmark", commonmark),
    ("mdformat (read + write)", "mdformat", "mdformat", mdformat),
    ("pyromark (Rust)", "pyromark", "pyromark", pyromark),
    ("cmarkgfm (C, to HTML)", "cmarkgfm", "cmarkgfm", cmarkgfm),
    ("python-frontmatter", "python-frontmatter", "frontmatter", frontmatter),
)


def installed() -> list[Peer]:
    """Return the peers that can be imported, mistune first."""
    found = []
    for name, distribution, module, make in PEERS:
        try:
            found.append(Peer(name, version(distribution), make(import_module(module))))
        except ImportError:
            continue
    return found


def readable(peers: list[Peer], texts: list[str]) -> list[str]:
    """Return the texts that every peer reads without an error: a peer that gives up early is not quick."""
    return [text for text in texts if all(reads(peer, text) for peer in peers)]


def reads(peer: Peer, text: str) -> bool:
    """Return whether a library parses a text without an error."""
    try:
        peer.read(text)
    except Exception:
        return False
    return True
