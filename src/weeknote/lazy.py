"""Names that a package imports on first use, so that importing it costs next to nothing (PEP 562)."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def import_name(package: str, modules: Mapping[str, tuple[str, ...]], name: str) -> object:
    """Return a public name of a package, for its `__getattr__`; from then on it is an ordinary attribute.

    `modules` has the names that each module defines; a module is written without the package's name before it.

    Raises:
        AttributeError: no module has that name.
    """
    for module, names in modules.items():
        if name in names:
            value: object = getattr(import_module(f"{package}.{module}"), name)
            setattr(sys.modules[package], name, value)
            return value
    raise AttributeError(f"module {package!r} has no attribute {name!r}")
