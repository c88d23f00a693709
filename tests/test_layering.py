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

# The ranks, lowest first. A module imports from ranks below its own.
RANKS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "_dates",
            "_definitions",
            "_grammar",
            "_source",
            "_toml",
            "_yaml",
            "diagnostics",
            "errors",
            "roles",
            "terminal",
        }
    ),
    frozenset({"_front_matter", "_pickle", "_rules_structure", "weeks", "workers"}),
    frozenset({"_front_matter_edit", "_node", "_rules_terms", "_stated"}),
    frozenset({"_rules_page", "_title", "inlines"}),
    frozenset({"model"}),
    frozenset({"_build", "_furniture", "_style", "_wording", "_write_inline", "structure", "traverse"}),
    frozenset({"_shape"}),
    frozenset({"_blocks", "_lines", "_structure", "_surroundings", "_text", "note"}),
    frozenset({"_markdown", "_rules_places", "_swaps", "_write", "dicts"}),
    frozenset({"_proof", "_write_markdown", "_write_text", "edit"}),
    frozenset({"_rules_week", "parser", "revise", "writer"}),
    frozenset({"_rewording", "_rules_respell", "_rules_series", "_rules_view", "canonical", "files"}),
    frozenset(
        {"_rules_file", "_rules_lists", "_rules_marks", "_rules_sections", "_rules_text", "baseline", "conversion"}
    ),
    frozenset({"_rules_learning"}),
    frozenset({"rules"}),
    frozenset({"configuration", "judging", "suppression"}),
    frozenset({"__init__"}),
    frozenset({"show"}),
    frozenset({"reports"}),
    frozenset({"inspection"}),
    frozenset({"fmt_command", "pytest_plugin", "selection", "testing"}),
    frozenset({"add_command", "checking", "convert_command", "show_command"}),
    frozenset({"check_command"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)

# Imports inside one rank, each with a reason to be there: (who imports, what is imported).
SAME_RANK: frozenset[tuple[str, str]] = frozenset()

# One door for each dependency that is not needed everywhere.
DOORS = {"dateutil": "weeks", "mistune": "_markdown", "yaml": "_yaml", "pytest": "pytest_plugin"}

# The dependencies that are not loaded before they are needed.
LATE = ("mistune", "dateutil", "yaml")

MOST_LINES = 420

RANK = {name: rank for rank, names in enumerate(RANKS) for name in names}


def module_name(path: Path) -> str:
    """Return a module's name inside the package: `model`, `__init__`, or `folder.module`."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


class Import(NamedTuple):
    """One import: the full name of a module, or of a name in one, and the line it stands on."""

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
    """Return which module of the package a full name belongs to; None if it is somebody else's."""
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


def complaint(module: str, target: str) -> str | None:
    """Return what is wrong with one module importing another; None if nothing is."""
    if target == module or target not in RANK or RANK[target] < RANK[module]:
        return None
    if RANK[target] == RANK[module]:
        return None if (module, target) in SAME_RANK else f"imports {target} from its own rank: list it in SAME_RANK"
    return f"imports {target} from a rank above its own"


# --- the rules themselves


def test_every_module_has_a_rank() -> None:
    """A new module is given its place on purpose."""
    missing = sorted(set(MODULES) - set(RANK))
    assert missing == [], f"add {', '.join(missing)} to RANKS in tests/test_layering.py, at the lowest rank that works"


def test_every_rank_names_modules_that_exist() -> None:
    """A list that names what is gone is not read any more."""
    assert sorted(set(RANK) - set(MODULES)) == []
    assert sum(len(names) for names in RANKS) == len(RANK), "a module stands in two ranks"


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downward(module: str) -> None:
    """A module imports from below; from its own rank only what is listed."""
    if module not in RANK:
        pytest.fail(f"add {module} to RANKS in tests/test_layering.py, at the lowest rank that works")
    wrong = []
    for name, line in imports_of(module):
        target = own_module(name)
        if target is not None and (what := complaint(module, target)):
            wrong.append(f"{module}:{line} {what}")
    assert wrong == []


def test_same_rank_imports_that_are_listed_are_used() -> None:
    """A permission that nobody needs is taken back, and none of them closes a circle."""
    used = {(module, own_module(name)) for module in MODULES for name, _ in imports_of(module)}
    assert sorted(SAME_RANK - used) == []
    assert {pair for pair in SAME_RANK if pair[::-1] in SAME_RANK} == set()


@pytest.mark.parametrize(("dependency", "door"), DOORS.items())
def test_a_dependency_has_one_door(dependency: str, door: str) -> None:
    """What would have to change with a dependency stands in one module."""
    users = {module for module in MODULES for name, _ in imports_of(module) if name.partition(".")[0] == dependency}
    assert users == {door}


def test_nothing_else_is_imported() -> None:
    """Every dependency is attrs, one that has a door, or the standard library."""
    outside = {name.partition(".")[0] for module in MODULES for name, _ in imports_of(module)}
    assert outside - sys.stdlib_module_names - set(DOORS) == {PACKAGE, "attrs"}


def test_the_command_uses_only_the_public_package() -> None:
    """What the command can do, a caller can do."""
    above = [name for name, rank in RANK.items() if rank > RANK["__init__"]]
    assert "cli" in above
    private = {
        (module, target)
        for module in above
        for name, _ in imports_of(module)
        if (target := own_module(name)) is not None and target.startswith("_") and target != "__init__"
    }
    assert private == set()


def test_importing_the_package_loads_no_dependency_early() -> None:
    """Whoever only wants a type or a version does not wait for parsers and calendars."""
    code = f"import json, sys, {PACKAGE}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    loaded = set(json.loads(done.stdout))
    assert PACKAGE in loaded
    assert loaded & set(LATE) == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_enough_to_read(module: str) -> None:
    """A module that outgrows this has two subjects."""
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


# --- the reader of imports, which the rules above trust


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import attrs", ["attrs"]),
        ("import weeknote.model", ["weeknote.model"]),
        ("from weeknote.model import Text, List", ["weeknote.model.Text", "weeknote.model.List"]),
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
def test_imports_are_found_wherever_they_stand(code: str, names: list[str]) -> None:
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
        ("model", "_source", True),
        ("_source", "model", False),
        ("writer", "parser", False),
        ("parser", "writer", False),
        ("cli", "__init__", True),
        ("parser", "__init__", False),
        ("__main__", "cli", True),
    ],
)
def test_a_wrong_import_would_be_seen(module: str, target: str, right: bool) -> None:
    """The ranks say what they are meant to say; above all, the writer never imports the parser."""
    assert (complaint(module, target) is None) is right
