"""The configuration of Sphinx: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

import re
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING

from weeknote.headings import VOCABULARY

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "weeknote"
author = "The weeknote maintainers"
project_copyright = "The weeknote maintainers"
release = version = installed_version("weeknote")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"weeknote {release}"
html_static_path = ["_static"]
html_css_files = ["weeknote.css"]

# Links such as model.md#blocks work on a code host and here.
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_inline"]

# Python sessions carry prompts; files do not.
highlight_language = "python"

# In docstrings, a name in single backquotes is code, and a link where it is a name of the package.
default_role = "py:obj"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_typehints_description_target = "documented_params"
# Every node class has `parts`; the page explains it once, under `Node`.
autodoc_default_options = {"members": True, "exclude-members": "parts"}
python_maximum_signature_line_length = 80
napoleon_numpy_docstring = False
napoleon_use_ivar = True


NAME = re.compile(r"[A-Za-z_][\w.]*")
MODULE = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)+\.(?=[A-Z])")
ATTRIBUTE_TYPE = re.compile(r"^:vartype .*", re.MULTILINE)
CODE = re.compile(r"(?<![:`])`((?:[^`\n]|\n(?! *(?:\n|>>>)))+)`(?!`)")
"""Code in single backquotes, which may go on in the next line of its paragraph."""


def keep_colons(_app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """Stop Napoleon from taking the words before a colon in the docstring of a property for its type."""
    if what in {"attribute", "data", "property"} and lines:
        lines[0] = f": {lines[0]}"


def tidy(_app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """Mark up code that is not a name as a literal, and shorten the types of attributes to their last name."""
    text = CODE.sub(lambda code: code[0] if NAME.fullmatch(code[1]) else f"`{code[0]}`", "\n".join(lines))
    lines[:] = ATTRIBUTE_TYPE.sub(lambda line: MODULE.sub("", line[0]), text).split("\n")


def shorten_defaults(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: object, signature: str | None, returned: str | None
) -> tuple[str, str | None] | None:
    """Show a default value as one writes it: attrs knows only the value of a default, not its name."""
    if signature is None:
        return None
    return signature.replace(repr(VOCABULARY), "VOCABULARY").replace("=NOTHING", "=…"), returned


def setup(app: Sphinx) -> None:
    """Register what Sphinx calls; Napoleon has the default priority of 500."""
    app.connect("autodoc-process-docstring", keep_colons, priority=400)
    app.connect("autodoc-process-docstring", tidy, priority=600)
    app.connect("autodoc-process-signature", shorten_defaults)
