"""What speed was promised, and whether it was kept."""

from __future__ import annotations

from typing import Any

import attrs

from . import hostile, jobs, startup
from .clock import Spread, ratios
from .peers import UNIT


@attrs.frozen
class Target:
    """One promise.

    Attributes:
        what: what is measured, and against what.
        most: the most it may be.
        measured: what it is; None where the texts for it are not there.
    """

    what: str
    most: float
    measured: Spread | float | None

    @property
    def verdict(self) -> str:
        """Whether it was kept, by the median."""
        if self.measured is None:
            return "not measured"
        value = self.measured.median if isinstance(self.measured, Spread) else self.measured
        return "met" if value <= self.most else "missed"


def targets(times: dict[str, dict[str, list[float]]], report: dict[str, Any]) -> list[Target]:
    """Return all promises with what was measured.

    Args:
        times: seconds by document set and task, round by round.
        report: the other measurements, by section.
    """
    notes = "corpus" if "corpus" in times else "examples, Markdown"
    plain = "seeds" if "seeds" in times else "examples, plain text"
    start = report["startup_seconds"]
    extra = {
        clock: [
            (a - b) * 1000 for a, b in zip(start[startup.WEEKNOTE][clock], start[startup.ATTRS][clock], strict=True)
        ]
        for clock in ("wall", "processor")
    }
    memory = report["memory"]
    held = memory.get(f"{notes}, unread", {})
    held_text = memory.get(f"{plain}, unread", {})
    late = report["importtime"][startup.WEEKNOTE]["late"]

    def ratio(group: str, name: str, unit: str = UNIT) -> Spread | None:
        found = times[group]
        return ratios(found[name], found[unit]) if name in found and unit in found else None

    found = [
        Target(f"parse, Markdown ({notes}; mistune AST = 1)", 0.12, ratio(notes, jobs.PARSE)),
        Target(f"parse and read every inline ({notes}; mistune AST = 1)", 0.55, ratio(notes, jobs.READ)),
        Target(f"dump, unchanged ({notes}; mistune AST = 1)", 0.005, ratio(notes, jobs.DUMP)),
        Target(f"check ({notes}; mistune AST = 1)", 1.5, ratio(notes, jobs.CHECK)),
        Target(f"convert to plain text ({notes}; mistune AST = 1)", 1.5, ratio(notes, jobs.CONVERT)),
    ]
    edits = {
        jobs.LINK_DUMP: 0.10,
        jobs.APPEND_DUMP: 0.20,
        jobs.APPEND_BOTH: 0.05,
        jobs.REPLACE_DUMP: 0.05,
        jobs.REPLACE_BOTH: 0.05,
    }
    for name, most in edits.items():
        what = f"{name}, 20 blocks of Markdown (mistune AST of the note = 1)"
        found.append(Target(what, most, ratio("20 blocks, markdown", name)))
    found += [
        Target(f"{name}, plain text ({plain}; floor = 1)", 4, ratio(plain, name, jobs.FLOOR))
        for name in (jobs.PARSE, jobs.ARCHIVE)
    ]
    for name, slope in report["growth"].items():
        found.append(Target(f"growth, {name} (exponent)", 1.05, slope["exponent"]))
    found += [
        Target("growth, pathological, worst exponent", 1.35, hostile.worst(report["hostile"])),
        Target("import weeknote over import attrs (ms, whole process)", 15, Spread.of(extra["wall"])),
        Target("the same (ms on the processor)", 15, Spread.of(extra["processor"])),
        Target("mistune, dateutil, yaml imported with it (of 3)", 0, float(sum(late.values()))),
        Target(f"memory of parsed notes, inlines unread ({notes}; UTF-8 size = 1)", 4, held.get("held_over_utf8")),
        Target(f"the same ({plain})", 4, held_text.get("held_over_utf8")),
    ]
    return found
