"""A note in another form: the other dialect, its normal form, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import lazy_names

if TYPE_CHECKING:
    from weeknote.conversion.convert import Conversion as Conversion
    from weeknote.conversion.convert import Loss as Loss

__getattr__, __dir__, __all__ = lazy_names(__name__, {"convert": ("Conversion", "Loss")})
