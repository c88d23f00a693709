"""A note in another form: the other dialect, its normal form, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_name

if TYPE_CHECKING:
    from weeknote.conversion.convert import Conversion as Conversion
    from weeknote.conversion.convert import Loss as Loss

_MODULES = {
    "convert": ("Conversion", "Loss"),
}

__all__ = sorted(name for names in _MODULES.values() for name in names)


def __getattr__(name: str) -> object:
    return import_name(__name__, _MODULES, name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
