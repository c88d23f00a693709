"""What all tests share: the way to `strategies.py`, how hard hypothesis tries, runs of the command, and Control-C."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from command_runs import Run

# pytest's importlib mode puts no folder on the path, and `strategies` is shared by several files here.
sys.path.insert(0, str(Path(__file__).parent))

# No deadline: a slow machine is not a bug. `HYPOTHESIS_PROFILE=long` looks ten times as long as CI does; law 3 sets its
# own number (tests/codec/test_dump.py).
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", deadline=None, max_examples=100, suppress_health_check=SLOW)
# In CI the same commit gives the same result; `long` and `tests.fuzz` search for what is new.
settings.register_profile(
    "ci", deadline=None, max_examples=300, suppress_health_check=SLOW, print_blob=True, derandomize=True
)
settings.register_profile("long", deadline=None, max_examples=3000, suppress_health_check=SLOW, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "quick"))


@pytest.fixture
def children_hear_control_c() -> Iterator[None]:
    """A program that the test starts is interrupted by SIGINT, wherever the tests themselves were started."""
    # A shell without job control starts what comes before `&` with SIGINT ignored, and children inherit that. A signal
    # with a handler is back at its default in a program that starts, so a handler here is all it takes.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def run_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a function that runs a command in an empty folder."""
    # The path to `command_runs` is only set above, and not every test needs the command line.
    from command_runs import Done
    from weeknote.cli.main import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, given: str | bytes = b"") -> Done:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        status = main(arguments)
        out, err = capfdbinary.readouterr()
        return Done(status, out.decode(), err.decode())

    return run
