"""Notes from the web and back: pages and feeds in, HTML and feeds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_name

if TYPE_CHECKING:
    from weeknote.web.assembly import Imported as Imported

_MODULES = {
    "assembly": ("Imported",),
}

__all__ = sorted(name for names in _MODULES.values() for name in names)


def __getattr__(name: str) -> object:
    return import_name(__name__, _MODULES, name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
