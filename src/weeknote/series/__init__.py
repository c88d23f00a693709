"""Notes that belong together: the week each is about, and what the series shows of its habits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_name

if TYPE_CHECKING:
    from weeknote.series.items import Item as Item
    from weeknote.series.timeline import Confidence as Confidence
    from weeknote.series.timeline import Evidence as Evidence
    from weeknote.series.timeline import Placed as Placed

_MODULES = {
    "timeline": ("Confidence", "Evidence", "Placed"),
    "items": ("Item",),
}

__all__ = sorted(name for names in _MODULES.values() for name in names)


def __getattr__(name: str) -> object:
    return import_name(__name__, _MODULES, name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
