"""What is imported or compiled on first use, so that importing a package costs next to nothing (PEP 562)."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


def import_on_first_use(
    package: str, modules: Mapping[str, tuple[str, ...]], shared: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> None:
    """Make names public in a package, each imported from its module when it is first asked for.

    Args:
        package: the package's name.
        modules: the names that each module defines; a module is written without the package's name before it.
        shared: names of packages that list them themselves: they can be imported from here too, but are not listed.
    """
    namespace = vars(sys.modules[package])
    homes = {name: module for group in (shared, modules) for module, names in group.items() for name in names}

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        # From then on it is an ordinary attribute.
        namespace[name] = value = getattr(import_module(f"{package}.{homes[name]}"), name)
        return value

    public = sorted(name for names in modules.values() for name in names if not name.startswith("_"))
    namespace |= {"__getattr__": get, "__dir__": lambda: [*namespace, *public], "__all__": public}


class _LazyPattern:
    """A regular expression that is compiled when one of its methods is first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        value: object = getattr(re.compile(self._pattern, self._flags), name)
        # From now on it is an ordinary attribute.
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled on first use: most programs never need those of every language.

    >>> lazy_pattern("a+").match("aab").end()
    2
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
