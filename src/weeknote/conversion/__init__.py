"""A note in another form: the other dialect, its normal form, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.conversion.convert import Conversion as Conversion
    from weeknote.conversion.convert import Loss as Loss

import_on_first_use(__name__, {"convert": ("Conversion", "Loss")})
