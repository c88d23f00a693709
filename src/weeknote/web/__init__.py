"""Notes from the web and back: pages and feeds in, HTML and feeds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import lazy_names

if TYPE_CHECKING:
    from weeknote.web.assembly import Imported as Imported

__getattr__, __dir__, __all__ = lazy_names(__name__, {"assembly": ("Imported",)})
