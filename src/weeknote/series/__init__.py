"""Notes that belong together: the week each is about, and what the series shows of its habits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.series.items import Item as Item
    from weeknote.series.timeline import Confidence as Confidence
    from weeknote.series.timeline import Evidence as Evidence
    from weeknote.series.timeline import Placed as Placed

import_on_first_use(__name__, {"timeline": ("Confidence", "Evidence", "Placed"), "items": ("Item",)})
