"""What a note costs in memory: as Python counts it (`tracemalloc`), and as the system does (resident size).

Run as a module it is the child whose resident size is taken: texts come in on standard input as JSON.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import weeknote

from .documents import ROOT
from .jobs import read_all

MEGABYTE = 1e6


def counted(texts: list[str], dialect: str, *, read: bool) -> dict[str, float]:
    """Return the memory of parsed notes as multiples of their texts' size, and the peak while parsing.

    What is imported and compiled on first use is there before. The texts themselves are not in `held` or `peak`.
    """
    for text in texts[:3]:
        read_all(weeknote.parse(text, dialect=dialect))
    characters = sum(map(len, texts))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    own = sum(map(sys.getsizeof, texts))
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    notes = []
    for text in texts:
        note = weeknote.parse(text, dialect=dialect)
        if read:
            read_all(note)
        notes.append(note)
    peak = tracemalloc.get_traced_memory()[1] - before
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return {
        "notes": len(notes),
        "characters": characters,
        "utf8": size,
        "getsizeof": own,
        "held": held,
        "held_over_utf8": held / size,
        "held_over_getsizeof": held / own,
        "held_and_text_over_utf8": (held + own) / size,
        "held_and_text_over_getsizeof": (held + own) / own,
        "peak_megabytes_per_megabyte": peak / size,
    }


def resident(texts: list[str], dialect: str, *, read: bool) -> dict[str, float] | None:
    """Return what the system gives a fresh process for parsed notes, per megabyte of text; None where it cannot say."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-m", f"{__package__}.memory", dialect, "read" if read else "unread"]
    done = subprocess.run(command, input=json.dumps(texts), check=True, cwd=ROOT, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def in_use(what: str = "VmRSS") -> int:
    """Return the bytes of this process that are in memory, or with `VmHWM` the most that ever were (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(what + ":"))


def child() -> dict[str, Any]:
    """Parse what comes in and say what it cost."""
    texts = json.load(sys.stdin)
    dialect, mode = sys.argv[1:]
    for text in texts[:3]:
        read_all(weeknote.parse(text, dialect=dialect))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    gc.collect()
    before = in_use()
    notes = []
    for text in texts:
        note = weeknote.parse(text, dialect=dialect)
        if mode == "read":
            read_all(note)
        notes.append(note)
    return {"held_over_utf8": (in_use() - before) / size, "peak_over_utf8": (in_use("VmHWM") - before) / size}


if __name__ == "__main__":
    print(json.dumps(child()))
