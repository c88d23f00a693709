"""The hooks for pre-commit, run by pre-commit itself against a clone of this project where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from weeknote.cli.main import argument_parser

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PROGRAM = shutil.which("pre-commit")

WITH_PROBLEMS = "# Weeknote w/c 6 May 2019: maps\n\n- We drew one.\n-\n- We lost one.\n"
FIXED = "# Weeknote w/c 6 May 2019: maps\n\n- We drew one.\n- We lost one.\n"


def run(*command: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a program that leaves nothing outside the test's own folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "VIRTUAL"))}
    env |= {"PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_NAME": "A Tester", f"GIT_{who}_EMAIL": "tester@example.org"}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False, timeout=300)


def committed(folder: Path, home: Path) -> str:
    """Make a repository of a folder and return its commit."""
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-verify", "-m", "All"]):
        done = run("git", *command, cwd=folder, home=home)
        assert done.returncode == 0, done.stderr
    return run("git", "rev-parse", "HEAD", cwd=folder, home=home).stdout.strip()


def test_there_is_a_hook_that_checks_and_one_that_fixes() -> None:
    """Their names are what people write into their configuration, so they stay."""
    assert [hook["id"] for hook in HOOKS] == ["weeknote-check", "weeknote-fix"]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_calls_a_command_that_exists(hook: dict[str, Any]) -> None:
    """The command line accepts the entry with files after it."""
    program, *words = hook["entry"].split()
    assert program == "weeknote"
    given = argument_parser().parse_args([*words, "may.md", "june.txt"])
    assert given.paths == ["may.md", "june.txt"]
    assert given.fix is (hook["id"] == "weeknote-fix")


@pytest.mark.skipif(PROGRAM is None, reason="pre-commit is not installed: `pip install pre-commit` runs this test")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.skipif(os.name == "nt", reason="runs where paths are URLs")
def test_the_hooks_run(tmp_path: Path) -> None:
    """A problem fails, is fixed, and passes; a file of another type is left alone."""
    assert PROGRAM is not None
    home = tmp_path / "home"
    project = tmp_path / "project"
    project.mkdir()
    # Uncommitted changes are tested too, so the clone is made of the files on disk.
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__"))
    commit = committed(project, home)
    notes = tmp_path / "notes"
    notes.mkdir()
    config = {"repos": [{"repo": str(project), "rev": commit, "hooks": [{"id": hook["id"]} for hook in HOOKS]}]}
    (notes / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (notes / "may.md").write_text(WITH_PROBLEMS, encoding="utf-8")
    (notes / "not_a_note.py").write_text("# w/c 7 May 2019\n", encoding="utf-8")
    committed(notes, home)

    installed = run(PROGRAM, "install-hooks", cwd=notes, home=home)
    if installed.returncode and "pip" in installed.stdout + installed.stderr:
        pytest.skip(f"pre-commit could not install the hook, as without a network: {installed.stdout[-300:]}")
    assert installed.returncode == 0, installed.stdout + installed.stderr

    checked = run(PROGRAM, "run", "weeknote-check", "--all-files", cwd=notes, home=home)
    assert checked.returncode == 1, checked.stdout
    assert "may.md:4:1: warning WN403" in checked.stdout
    assert "not_a_note" not in checked.stdout

    fixed = run(PROGRAM, "run", "weeknote-fix", "--all-files", cwd=notes, home=home)
    assert fixed.returncode == 1, fixed.stdout
    assert "files were modified by this hook" in fixed.stdout
    assert (notes / "may.md").read_text(encoding="utf-8") == FIXED

    for hook in HOOKS:
        passed = run(PROGRAM, "run", hook["id"], "--all-files", cwd=notes, home=home)
        assert passed.returncode == 0, passed.stdout
