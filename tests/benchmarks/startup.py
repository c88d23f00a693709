"""What an import costs: module by module, and as whole processes beside a Python that imports nothing.

The time of a process is wall-clock time, which is what its user waits for. Processor time is given as well, because a
busy machine adds to the first and hardly to the second.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from .clock import Spread
from .documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = "nothing"
ATTRS = "import attrs"
WEEKNOTE = "import weeknote"
PARSED = "parse one note"
PROGRAMS = {
    BARE: "pass",
    ATTRS: "import attrs",
    WEEKNOTE: "import weeknote",
    "from weeknote import parse, dump": "from weeknote import parse, dump",
    PARSED: "import weeknote; weeknote.parse('# w/c 6 May: a start')",
    "parse and read one note": "import weeknote; weeknote.parse('# w/c 6 May: a *start*').title",
    "import mistune": "import mistune",
}
LATE = ("mistune", "dateutil", "yaml")


def whole(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return the seconds of whole processes, in turns, after one of each that is not counted.

    Returns:
        By program, the seconds on the wall clock (`wall`) and on the processor (`processor`) in each round.
    """
    found: dict[str, dict[str, list[float]]] = {name: {"wall": [], "processor": []} for name in PROGRAMS}
    with compiled() as environment:
        for n in range(rounds + 1):
            for name, program in PROGRAMS.items():
                used, start = of_children(), perf_counter()
                subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env=environment)
                if n:
                    found[name]["wall"].append(perf_counter() - start)
                    found[name]["processor"].append(of_children() - used)
    return found


@contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """Return an environment that keeps compiled modules, as an installed library has them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as folder:
        yield {**environment, "PYTHONPYCACHEPREFIX": folder}


def of_children() -> float:
    """Return the seconds that ended child processes have spent on the processor."""
    if sys.platform == "win32":
        return 0.0
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)  # `os.times` counts in hundredths of a second
    return spent.ru_utime + spent.ru_stime


def modules(program: str, environment: dict[str, str]) -> dict[str, float]:
    """Return the milliseconds of each module that a program imports, without what that imports in turn."""
    command = [sys.executable, "-X", "importtime", "-c", program]
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
    lines = done.stderr.splitlines()
    found = {}
    for line in lines:
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            found[name.strip()] = int(own) / 1000
    return found


def imported(rounds: int) -> dict[str, object]:
    """Return what `-X importtime` says of the package: milliseconds for all of it, the slowest, and what is late."""
    report: dict[str, object] = {}
    with compiled() as environment:
        bare = modules(PROGRAMS[BARE], environment)
        for name in (WEEKNOTE, PARSED):
            runs = [modules(PROGRAMS[name], environment) for _ in range(rounds + 1)][1:]
            added = {module: Spread.of(run[module] for run in runs).median for module in runs[0] if module not in bare}
            slowest = sorted(added.items(), key=lambda item: -item[1])[:12]
            report[name] = {
                "milliseconds": sum(added.values()),
                "slowest": dict(slowest),
                "late": {module: module in added for module in LATE},
            }
    return report
