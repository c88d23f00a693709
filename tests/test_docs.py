"""The documentation is tested: every example in it runs, and uses nothing that is not public."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import os
import re
import shlex
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from weeknote.nodes import Archive, FrontMatter, ListItem, Node, Post, Section, TableCell, TableRow, Weeknote
from weeknote.nodes.block import BLOCKS, INLINES

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
NOTES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".md", ".txt"})
PACKAGE = ROOT / "src" / "weeknote"
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__main__"
)

FENCE = re.compile(r"^```(?P<language>\S*)[^\n]*\n(?P<code>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
PYTHON = {"python", "pycon", "py"}

# These pages are useless without their examples, so a lost one should fail a test.
MUST_SHOW = {
    "README.md",
    "docs/tutorial/first-note.md",
    "docs/how-to/build.md",
    "docs/how-to/convert.md",
    "docs/how-to/edit.md",
    "docs/how-to/find-the-year.md",
    "docs/how-to/read-an-archive.md",
    "docs/how-to/use-your-own-role-phrases.md",
    "docs/reference/dialects.md",
    "docs/reference/json.md",
    "docs/reference/model.md",
    "docs/reference/normalizing.md",
    "docs/reference/roles.md",
    "docs/reference/weeks.md",
}


def relative(path: Path) -> str:
    """Return a path as it is written in the project: from its root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def fences(path: Path) -> list[tuple[int, str]]:
    """Return the Python code of a page, each block with the number of lines before it."""
    text = path.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, found.start("code")), found["code"])
        for found in FENCE.finditer(text)
        if found["language"] in PYTHON
    ]


def page_examples(path: Path) -> doctest.DocTest:
    """Return the `>>>` examples of a page as one test: a later block knows the names of an earlier one."""
    lines: list[str] = []
    for before, code in fences(path):
        if ">>>" in code:
            lines += [""] * (before - len(lines))
            lines += code.splitlines()
    return doctest.DocTestParser().get_doctest("\n".join(lines) + "\n", {}, relative(path), str(path), 0)


def module_examples(module: ModuleType) -> list[doctest.DocTest]:
    """Return the `>>>` examples in the docstrings of a module."""
    return [test for test in doctest.DocTestFinder().find(module, module.__name__) if test.examples]


def imported(name: str) -> ModuleType:
    """Return a module of the package by its file's name."""
    return importlib.import_module(f"weeknote.{name}".removesuffix(".__init__"))


def run(test: doctest.DocTest) -> None:
    """Run one doctest; a difference, an exception or a warning fails it."""
    report: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=report.append)
    assert result.attempted > 0, f"{test.name} has no example that runs"
    assert result.failed == 0, "".join(report)


def script(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python from the project's root as a reader of the documentation would."""
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT,
        # A reader's pytest has no options of the run that this test is part of.
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


# --- examples in prose


SHOWING = [path for path in PAGES if any(">>>" in code for _, code in fences(path))]


def test_the_pages_that_teach_by_example_have_examples() -> None:
    """A page whose examples vanish would otherwise pass."""
    assert {relative(path) for path in SHOWING} >= MUST_SHOW


@pytest.mark.parametrize("path", SHOWING, ids=relative)
def test_examples_on_a_page_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example on a page does what the page shows."""
    monkeypatch.chdir(ROOT)
    run(page_examples(path))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_prompt_is_only_where_it_is_run(path: Path) -> None:
    """An example outside a Python block would be shown and never run."""
    prompts = path.read_text(encoding="utf-8").count("\n>>> ")
    assert sum(code.count("\n>>> ") + code.startswith(">>> ") for _, code in fences(path)) == prompts


FILES = [(path, code) for path in PAGES for _, code in fences(path) if ">>>" not in code]


def test_a_page_shows_a_test_file() -> None:
    """The how-to about tests shows one."""
    assert FILES


@pytest.mark.parametrize(("path", "code"), FILES, ids=[relative(path) for path, _ in FILES])
def test_a_test_file_on_a_page_passes(path: Path, code: str, tmp_path: Path) -> None:
    """Python on a page that is not a session is a test file, and its tests pass."""
    file = tmp_path / "test_page.py"
    file.write_text(code, encoding="utf-8")
    done = script("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file))
    assert done.returncode == 0, f"{relative(path)}\n{done.stdout}{done.stderr}"
    assert re.search(r"^[1-9]\d* passed", done.stdout, re.MULTILINE)


# --- examples of commands


CONSOLE = re.compile(r"^```console\n\$ weeknote (?P<arguments>[^\n]+)\n(?P<printed>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = [(path, found) for path in PAGES for found in CONSOLE.finditer(path.read_text(encoding="utf-8"))]


def test_pages_show_commands_that_run() -> None:
    """A console on a page is one call of the command, so that the next test runs all of them."""
    consoles = sum(path.read_text(encoding="utf-8").count("\n```console\n") for path in PAGES)
    assert len(COMMANDS) == consoles
    assert {"README.md", "docs/reference/command.md"} <= {relative(path) for path, _ in COMMANDS}


@pytest.mark.parametrize(("path", "found"), COMMANDS, ids=[f"{relative(p)}: {f['arguments']}" for p, f in COMMANDS])
def test_a_command_on_a_page_prints_what_is_shown(path: Path, found: re.Match[str]) -> None:
    """A command prints what the page shows, with messages last."""
    done = script("-m", "weeknote", *shlex.split(found["arguments"]))
    assert done.returncode < 2, relative(path)
    assert done.stdout + done.stderr == found["printed"]


# --- the reference is whole


DOCUMENTS = (Archive, FrontMatter, Post, Section, Weeknote)
PUBLIC_PACKAGES = ("__init__", "conversion", "headings", "lint", "nodes", "series", "web")


def test_the_reference_names_everything_public_once() -> None:
    """The pages of the API list each public name once, where it can be imported from, and no other name."""
    pages = "".join((ROOT / "docs" / "reference" / page).read_text(encoding="utf-8") for page in ("api.md", "lint.md"))
    listed = re.findall(r"^\.\. (?:auto\w+|py:data):: (weeknote(?:\.[a-z_]+)?)\.(\w+)$", pages, re.MULTILINE)
    assert [name for module, name in listed if not hasattr(importlib.import_module(module), name)] == []

    public = {name for package in PUBLIC_PACKAGES for name in imported(package).__all__}
    elsewhere = {
        name for module, name in listed if module in {"weeknote.errors", "weeknote.source", "weeknote.testing"}
    }
    assert sorted(name for _, name in listed) == sorted(public | elsewhere)


def test_every_error_is_in_the_reference() -> None:
    """Whoever catches an error finds it on the page of the API."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    errors = [n for n, value in vars(imported("errors")).items() if isinstance(value, type) and n.endswith("Error")]
    assert len(errors) > 10
    assert [name for name in errors if f".{name}\n" not in page] == []


def test_every_page_is_reached_from_the_index() -> None:
    """Every page is in a table of contents."""
    docs = ROOT / "docs"
    lists = [
        code for code in (docs / "index.md").read_text(encoding="utf-8").split("```") if code.startswith("{toctree}")
    ]
    listed = [line for part in lists for line in part.splitlines()[1:] if line and not line.startswith(":")]
    pages = [path for path in PAGES if docs in path.parents and "_build" not in path.parts]
    assert sorted(["index", *listed]) == sorted(p.relative_to(docs).with_suffix("").as_posix() for p in pages)


# --- examples in docstrings


def test_modules_were_found() -> None:
    """The list of modules is read from the folder; an empty list would test nothing."""
    assert {"__init__", "nodes.block", "codec.parse", "headings.weeks", "lint.rules.text"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example in a docstring does what it shows."""
    monkeypatch.chdir(ROOT)
    for test in module_examples(imported(name)):
        run(test)


def test_docstrings_have_examples() -> None:
    """The functions a reader meets first each show an example."""
    shown = {test.name for name in MODULES for test in module_examples(imported(name))}
    assert len(shown) >= 10
    first = [imported("__init__").parse, imported("__init__").parse_archive, imported("__init__").dump]
    assert [f"{f.__module__}.{f.__qualname__}" for f in first if f"{f.__module__}.{f.__qualname__}" not in shown] == []


def test_public_names_have_docstrings() -> None:
    """`help()` has something to say about everything that is exported."""
    package = imported("__init__")
    assert len(package.__all__) > 20
    callables = [
        name
        for name in package.__all__
        if inspect.isclass(getattr(package, name)) or inspect.isfunction(getattr(package, name))
    ]
    assert callables
    assert [name for name in callables if not inspect.getdoc(getattr(package, name))] == []


def test_the_package_itself_has_functions_documents_and_errors() -> None:
    """Whatever is not needed to read, edit and write a note is in a package; the page on the design has the count."""
    package = imported("__init__")
    public = {name: getattr(package, name) for name in package.__all__}
    documents = {name for name, value in public.items() if inspect.isclass(value) and issubclass(value, Node)}
    functions = {name for name, value in public.items() if inspect.isfunction(value)}
    errors = {name for name in public if name.endswith("Error")}
    assert public.keys() - documents - functions - errors == {"Transformer", "Role", "Week"}
    assert documents == {kind.__name__ for kind in DOCUMENTS}
    design = " ".join((ROOT / "docs" / "explanation" / "design.md").read_text(encoding="utf-8").split())
    counts = f"{len(functions)} functions, {len(documents)} documents (the note and its parts), {len(errors)} errors"
    assert f"`weeknote` itself has {len(public)} names: {counts}" in design


def test_node_classes_can_be_imported_from_the_package_itself() -> None:
    """They are listed in `weeknote.nodes` alone; whoever builds a note need not know that."""
    package, nodes = imported("__init__"), imported("nodes")
    for kind in (*BLOCKS, *INLINES, ListItem, TableRow, TableCell):
        assert getattr(package, kind.__name__) is getattr(nodes, kind.__name__) is kind
        assert kind.__name__ in nodes.__all__
        assert kind.__name__ not in package.__all__


# --- scripts


def test_contents_prints_every_example() -> None:
    """Without arguments the script reads the notes beside it."""
    done = script("examples/contents.py", "--near", "2025-01-13")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [path.name for path in NOTES]
    assert "  2024-12-30 and 2025-01-06: a quiet office, a loud boiler and a plan" in lines
    assert "    highlights  Other highlights from the last fortnight were:: 0 paragraphs, 3 items" in lines
    assert "  (a post) Why we publish what our services cost" in lines
    assert "  #31: Weeknote #31" in lines


def test_contents_without_a_year_says_so() -> None:
    """A week without a year is printed as it is known."""
    done = script("examples/contents.py", "examples/house-style.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  9/9, year unknown: shorter forms, longer queues and a borrowed whiteboard" in done.stdout.splitlines()
    assert "    theme       A blue badge form that fits on one page: 2 paragraphs, 6 items" in done.stdout.splitlines()


def test_learning_log_collects_oldest_first() -> None:
    """Three notes in one archive and one note in Markdown make one page, oldest first."""
    done = script(
        "examples/learning_log.py", "--near", "2024-10-14", "examples/front-matter.md", "examples/archive.txt"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in done.stdout.splitlines() if line.startswith("#")] == [
        "# What we learned",
        "## 2024-09-23: a first weeknote",
        "## 2024-09-30: a map on a wall",
        "## 2024-10-07: two kinds of feedback",
        "## 2024-10-14: bins, birds and a better map",
    ]
    assert "Priya just asks what happened next. I’m practising." in done.stdout
    assert "and keep the table for the people who ask how I know.\n" in done.stdout


@pytest.mark.parametrize("path", [path for path in SCRIPTS if not path.stem.endswith("_dask")], ids=relative)
def test_a_script_names_the_file_it_cannot_read(path: Path, tmp_path: Path) -> None:
    """A missing file is one line on stderr and exit status 2, and the other files are still read."""
    missing = str(tmp_path / "missing.txt")
    done = script(relative(path), missing, "examples/house-style.md")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert missing in done.stderr
    assert done.stdout


def test_learning_log_says_when_there_is_nothing() -> None:
    """Exit status 1 is for a script's caller: nothing was found."""
    done = script("examples/learning_log.py", "examples/list-only.md")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


# --- only what is public


PRIVATE = re.compile(r"\bweeknote\._(?!_)\w+|^\W*from weeknote(?:\.\w+)* import [^\n]*\b_(?!_)\w+", re.MULTILINE)


@pytest.mark.parametrize(
    ("line", "private"),
    [
        ("from weeknote.source import _line", True),
        (">>> from weeknote import _MODULES", True),
        ("import weeknote._scan", True),
        ("weeknote.__version__", False),
        ("from weeknote import Weeknote, parse", False),
    ],
)
def test_private_names_are_recognised(line: str, private: bool) -> None:
    """The rule that the next tests rely on."""
    assert bool(PRIVATE.search(line)) is private


@pytest.mark.parametrize("path", [*PAGES, *SCRIPTS], ids=relative)
def test_pages_and_scripts_use_no_private_module(path: Path) -> None:
    """Readers copy what they are shown."""
    assert PRIVATE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_scripts_import_the_package_and_the_standard_library_only(path: Path) -> None:
    """An example needs nothing but what it is an example of."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    assert "weeknote" in names
    engine = {"dask"} if path.stem.endswith("_dask") else set()
    assert names - sys.stdlib_module_names == {"weeknote"} | engine


# --- commands and links


def test_scripts_and_notes_are_there() -> None:
    """Six notes in different forms and the scripts, as the README says."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"contents.py", "learning_log.py"} <= {path.name for path in SCRIPTS}
    assert [path.name for path in SCRIPTS if path.name not in readme] == []
    assert len(NOTES) >= 6


def test_the_ci_script_runs_the_command_of_the_readme() -> None:
    """CI runs the command that the README gives."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- test command -->\n+```sh\n([^\n]+)\n", readme)
    assert found, "README.md marks its test command with <!-- test command -->"
    assert found[1].endswith(".venv/bin/python -m pytest")
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    printed = subprocess.run(
        ["bash", ROOT / ".ci" / "run", "--print"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=20,
    )
    assert printed.stdout == found[1] + "\n"


LINK = re.compile(r"`[^`\n]+`|\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)\s]*)?\)")


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link names a file of the project."""
    links = [
        (path, found[1])
        for path in PAGES
        for found in LINK.finditer(FENCE.sub("", path.read_text(encoding="utf-8")))
        if found[1]
    ]
    assert len(links) >= 10
    broken = [f"{relative(path)}: {target}" for path, target in links if not (path.parent / target).exists()]
    assert broken == []
