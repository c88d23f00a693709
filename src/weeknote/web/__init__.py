"""Notes from the web and back: pages and feeds in, HTML and feeds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.web.assembly import Imported as Imported

import_on_first_use(__name__, {"assembly": ("Imported",)})
