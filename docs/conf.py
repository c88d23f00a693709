"""How Sphinx builds the documentation: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

from importlib.metadata import version as installed_version

project = "weeknote"
author = "The weeknote maintainers"
project_copyright = "The weeknote maintainers"
release = version = installed_version("weeknote")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"weeknote {release}"

# Links such as model.md#blocks work on a code host and here.
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_inline"]

# Python sessions carry prompts; files do not.
highlight_language = "python"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_use_ivar = True
