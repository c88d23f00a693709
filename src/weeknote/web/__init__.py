"""Notes from the web and back: pages and feeds in, HTML and feeds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import lazy_names

if TYPE_CHECKING:
    from weeknote.web.assembly import Imported as Imported

_MODULES = {
    "assembly": ("Imported",),
}

__all__ = sorted(name for names in _MODULES.values() for name in names)

__getattr__, __dir__ = lazy_names(__name__, _MODULES)
