"""Imports point downward only, each dependency has one door, and no module grows past a sitting's reading."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = "weeknote"
SOURCE = Path(__file__).parents[1] / "src" / PACKAGE

# The layers, lowest first: a package, or a module at the top. Each imports from the layers below its own.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"source", "errors", "lazy", "version"}),
    frozenset({"front_matter"}),
    frozenset({"headings"}),
    frozenset({"nodes"}),
    frozenset({"syntax"}),
    frozenset({"markdown", "plaintext"}),
    frozenset({"codec"}),
    frozenset({"editing"}),
    frozenset({"conversion"}),
    frozenset({"series"}),
    frozenset({"web"}),
    frozenset({"lint"}),
    frozenset({"__init__"}),
    frozenset({"testing", "pytest_plugin", "cli"}),
    frozenset({"__main__"}),
)

# One door for each dependency that is not needed everywhere.
DOORS = {
    "dateutil": "headings.weeks",
    "yaml": "front_matter.yaml",
    "feedparser": "web.feed_entries",
    "selectolax": "web.html_parser",
    "mistune": "web.html_renderer",
    "pytest": "pytest_plugin",
}

# The dependencies that are not loaded before they are needed.
LATE = ("mistune", "dateutil", "yaml", "selectolax", "feedparser")

MAX_LINES = 400

LAYER = {name: layer for layer, names in enumerate(LAYERS) for name in names}


def module_name(path: Path) -> str:
    """Return a module's name inside the package: `model`, `__init__`, or `folder.module`."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


class Import(NamedTuple):
    """One import: the full name of a module, or of a name in one, and its line."""

    name: str
    line: int


def is_type_checking(test: ast.expr) -> bool:
    """Return whether a condition is `TYPE_CHECKING` or `typing.TYPE_CHECKING`."""
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def imports(code: str, module: str) -> list[Import]:
    """Return what a module imports when it runs, inside functions too; types for the checker are left out."""
    found = []
    package = [PACKAGE, *module.split(".")[:-1]]
    stack: list[ast.AST] = [ast.parse(code)]
    while stack:
        node = stack.pop()
        match node:
            case ast.If() if is_type_checking(node.test):
                stack += node.orelse
                continue
            case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=operand)) if is_type_checking(operand):
                stack += node.body
                continue
            case ast.Import(names=names):
                found += [Import(alias.name, node.lineno) for alias in names]
            case ast.ImportFrom(names=names):
                base = package[: len(package) - node.level + 1] if node.level else []
                start = ".".join([*base, *([node.module] if node.module else [])])
                found += [Import(f"{start}.{alias.name}", node.lineno) for alias in names]
            case ast.Call(func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module")):
                match node.args[:1]:
                    case [ast.Constant(value=str(name))]:
                        found.append(Import(PACKAGE + name if name.startswith(".") else name, node.lineno))
            case _:
                pass
        stack += ast.iter_child_nodes(node)
    return sorted(found, key=lambda one: one.line)


def own_module(name: str) -> str | None:
    """Return the module of the package that a full name belongs to; None if it is not the package's."""
    first, *rest = name.split(".")
    if first != PACKAGE:
        return None
    for length in range(len(rest), 0, -1):
        if ".".join(rest[:length]) in MODULES:
            return ".".join(rest[:length])
    return "__init__"


def imports_of(module: str) -> list[Import]:
    """Return what a module of the package imports."""
    return imports(MODULES[module].read_text(encoding="utf-8"), module)


def room(module: str) -> str:
    """Return the package a module is in, or its own name at the top: what `LAYERS` lists."""
    return module.partition(".")[0]


def complaint(module: str, target: str) -> str | None:
    """Return what is wrong with one module importing another; None if nothing is."""
    here, there = room(module), room(target)
    if here == there or LAYER[there] < LAYER[here]:
        return None
    return f"imports {target} from {'its own layer' if LAYER[there] == LAYER[here] else 'a layer above'}"


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """Return the modules that import each other, directly or through others."""
    left = dict(arrows)
    while free := [module for module, targets in left.items() if not targets & set(left)]:
        for module in free:
            del left[module]
    return sorted(left)


# --- the rules themselves


def test_every_package_has_a_layer() -> None:
    """A new package is placed on purpose, and the list names nothing that is gone."""
    assert {room(module) for module in MODULES} == set(LAYER)
    assert sum(len(names) for names in LAYERS) == len(LAYER), "a name is in two layers"


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downward(module: str) -> None:
    """A module imports from its own package and from the layers below."""
    wrong = []
    for name, line in imports_of(module):
        target = own_module(name)
        if target is not None and (what := complaint(module, target)):
            wrong.append(f"{module}:{line} {what}")
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Inside a package, too, there is an order to read the modules in."""
    arrows = {
        module: {target for name, _ in imports_of(module) if (target := own_module(name)) and target != module}
        for module in MODULES
    }
    # A package's front door re-exports its modules, and they don't import from it.
    assert circles(arrows) == []


@pytest.mark.parametrize(("dependency", "door"), DOORS.items())
def test_a_dependency_has_one_door(dependency: str, door: str) -> None:
    """Only one module would have to change with a dependency."""
    users = {module for module in MODULES for name, _ in imports_of(module) if name.partition(".")[0] == dependency}
    assert users == {door}


def test_nothing_else_is_imported() -> None:
    """Every dependency is attrs, one that has a door, or the standard library."""
    outside = {name.partition(".")[0] for module in MODULES for name, _ in imports_of(module)}
    assert outside - sys.stdlib_module_names - set(DOORS) == {PACKAGE, "attrs"}


def test_importing_the_package_loads_no_dependency_early() -> None:
    """Importing the package for a type or its version loads no parser or calendar."""
    code = f"import json, sys, {PACKAGE}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    loaded = set(json.loads(done.stdout))
    assert PACKAGE in loaded
    assert loaded & set(LATE) == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_enough_to_read(module: str) -> None:
    """A module that outgrows this has two subjects."""
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES


# --- the reader of imports, which the rules above trust


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import attrs", ["attrs"]),
        ("import weeknote.nodes.block", ["weeknote.nodes.block"]),
        ("from weeknote.nodes.block import Text, List", ["weeknote.nodes.block.Text", "weeknote.nodes.block.List"]),
        ("from .model import Text", ["weeknote.model.Text"]),
        ("from . import model", ["weeknote.model"]),
        ("def f():\n    import yaml", ["yaml"]),
        ("class A:\n    def f(self):\n        from weeknote import model", ["weeknote.model"]),
        ("if TYPE_CHECKING:\n    import yaml\nelse:\n    import json", ["json"]),
        ("import typing\nif typing.TYPE_CHECKING:\n    import yaml", ["typing"]),
        ("if not TYPE_CHECKING:\n    import yaml", ["yaml"]),
        ("import_module('mistune')", ["mistune"]),
        ("importlib.import_module('.writer', 'weeknote')", ["weeknote.writer"]),
        ("try:\n    import yaml\nexcept ImportError:\n    yaml = None", ["yaml"]),
    ],
)
def test_imports_are_found_wherever_they_are(code: str, names: list[str]) -> None:
    """At the top, in a function, behind a condition, by name at run time."""
    assert [one.name for one in imports(code, "parser")] == names


def test_relative_imports_in_a_folder_are_resolved() -> None:
    """Each dot goes one folder up."""
    assert [one.name for one in imports("from . import a\nfrom ..model import Text", "folder.module")] == [
        "weeknote.folder.a",
        "weeknote.model.Text",
    ]


@pytest.mark.parametrize(
    ("module", "target", "right"),
    [
        ("nodes.block", "source", True),
        ("source", "nodes.block", False),
        ("markdown.grammar", "plaintext.headings", False),
        ("codec.dump", "codec.parse", True),
        ("cli.main", "__init__", True),
        ("codec.parse", "__init__", False),
        ("lint.report", "cli.terminal", False),
        ("__main__", "cli.main", True),
    ],
)
def test_a_wrong_import_would_be_seen(module: str, target: str, right: bool) -> None:
    """The layers mean what they should; above all, linting never imports the command line."""
    assert (complaint(module, target) is None) is right


def test_a_circle_would_be_seen() -> None:
    """Two modules that import each other are named, and what they use is not."""
    assert circles({"a": {"b", "d"}, "b": {"a"}, "c": {"d"}, "d": set()}) == ["a", "b"]
