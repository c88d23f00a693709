"""The command: measures everything and prints ratios to mistune's AST, and whether the targets are met."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs

from . import documents, growth, hostile, jobs, memory, peers, startup
from .clock import Spread, interleaved, ratios
from .targets import Target, targets

Times = dict[str, dict[str, list[float]]]

KEYS = ("over_utf8", "and_text_over_utf8", "over_getsizeof", "and_text_over_getsizeof")


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return the command's arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds in which all tasks take turns (default 15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement to a file too")
    parser.add_argument("--shared", type=Path, default=documents.SHARED, help="the folder with corpus/ and seeds/")
    parser.add_argument("--every", type=int, default=4, help="take every so many-th note of the corpus (default 4)")
    parser.add_argument("--copies", type=int, default=8, help="how often the body of an example is repeated")
    parser.add_argument("--largest", type=int, default=5_000_000, help="characters of the largest text for growth")
    parser.add_argument("--notes", type=int, default=1000, help="notes in the archive (default 1000)")
    parser.add_argument(
        "--hostile",
        type=int,
        default=3,
        metavar="ROUNDS",
        help="rounds over hostile texts (default 3; 0 leaves them out)",
    )
    parser.add_argument("--hostile-only", default="", metavar="WORDS", help="only hostile texts whose name holds this")
    parser.add_argument("--no-peers", action="store_true", help="measure no peer but mistune: quicker")
    return parser.parse_args(given)


def sets(options: argparse.Namespace) -> dict[str, tuple[str, list[str]]]:
    """Return the documents: by the name of the set its dialect and texts."""
    found = {
        "examples, Markdown": ("markdown", documents.examples(".md", options.copies)),
        "examples, plain text": ("text", documents.examples(".txt", options.copies)),
        "corpus": ("markdown", documents.corpus(options.shared, options.every)),
        "seeds": ("text", documents.seeds(options.shared)),
        f"archive of {options.notes} notes, Markdown": ("markdown", [documents.archive("markdown", options.notes)]),
        f"archive of {options.notes} notes, plain text": ("text", [documents.archive("text", options.notes)]),
    }
    return {name: (dialect, texts) for name, (dialect, texts) in found.items() if texts}


def measure(options: argparse.Namespace) -> tuple[Times, dict[str, Any]]:
    """Return the seconds of every task, and the other measurements."""
    known = peers.installed()
    if options.no_peers:
        known = known[:1]
    times: Times = {}
    sizes: dict[str, object] = {}
    memories: dict[str, object] = {}
    for name, (dialect, given) in sets(options).items():
        compared = known if not name.startswith("archive") else known[:1]
        texts = peers.readable(compared, given) if dialect == "markdown" else given
        sizes[name] = {
            "documents": len(texts),
            "left_out": len(given) - len(texts),
            "bytes": sum(len(text.encode()) for text in texts),
        }
        say(f"{name}: {len(texts)} documents")
        tasks = jobs.tasks(texts, dialect) + jobs.peer_tasks(compared if dialect == "markdown" else known[:1], texts)
        if dialect == "text":
            tasks += jobs.floor_tasks(texts)
        times[name] = interleaved(tasks, options.rounds)
        if not name.startswith("archive"):
            for mode in ("unread", "read"):
                read = mode == "read"
                memories[f"{name}, {mode}"] = {
                    **memory.counted(texts, dialect, read=read),
                    "resident": memory.resident(texts, dialect, read=read),
                }
    for dialect in ("markdown", "text"):
        say(f"20 blocks, {dialect}")
        text = documents.twenty_blocks(dialect)
        edits = jobs.edit_tasks(text, dialect, copies=20)
        unit = jobs.peer_tasks(known[:1], [text] * 20)
        tasks = [*edits, *(attrs.evolve(task, unit=20) for task in unit)]
        times[f"20 blocks, {dialect}"] = interleaved(tasks, options.rounds)
    say("growth")
    slopes = growth.measured(options.largest)
    say("hostile texts")
    grown = hostile.measured(options.hostile, options.hostile_only) if options.hostile else {}
    say("startup")
    report = {
        "versions": {
            "weeknote": version("weeknote"),
            "python": platform.python_version(),
            "machine": platform.platform(),
            "peers": {peer.name: peer.version for peer in known},
        },
        "rounds": options.rounds,
        "documents": sizes,
        "memory": memories,
        "growth": slopes,
        "hostile": grown,
        "startup_seconds": startup.whole(options.rounds),
        "importtime": startup.imported(min(options.rounds, 5)),
    }
    return times, report


def say(words: str) -> None:
    """Say on standard error what is going on."""
    print(f"measuring {words} …", file=sys.stderr, flush=True)


def show_times(times: Times, report: dict[str, Any]) -> None:
    """Print the ratios of each document set."""
    for group, found in times.items():
        size = report["documents"].get(group)
        about = f" ({size['documents']} documents, {size['bytes'] / 1000:,.0f} KB)" if size else ""
        print(f"\n{group}{about}\n")
        print(f"  {'task':<50} {'ratio':>8} {'quartiles':>17} {'ms':>10}")
        for name in found:
            ratio = ratios(found[name], found[peers.UNIT])
            spread = f"{ratio.low:.4f}–{ratio.high:.4f}"
            milliseconds = Spread.of(found[name]).median * 1000
            print(f"  {name:<50} {ratio.median:>8.4f} {spread:>17} {milliseconds:>10.3f}")


def show_rest(report: dict[str, Any]) -> None:
    """Print growth, startup and memory."""
    print(f"\nGrowth of time with size\n\n  {'job':<50} {'exponent':>8} {'largest three':>14}")
    for name, slope in report["growth"].items():
        print(f"  {name:<50} {slope['exponent']:>8.3f} {slope['last_three']:>14.3f}")
    if report["hostile"]:
        hostile.show(report["hostile"])
    print("\nWhole processes (ms)\n")
    print(f"  {'program':<40} {'wall':>7} {'quartiles':>15} {'processor':>10} {'over nothing':>13}")
    start = report["startup_seconds"]
    for name, found in start.items():
        wall, processor = (Spread.of(s * 1000 for s in found[clock]) for clock in ("wall", "processor"))
        pairs = zip(found["wall"], start[startup.BARE]["wall"], strict=True)
        over = Spread.of((a - b) * 1000 for a, b in pairs).median
        spread = f"{wall.low:.1f}–{wall.high:.1f}"
        print(f"  {name:<40} {wall.median:>7.1f} {spread:>15} {processor.median:>10.1f} {over:>13.1f}")
    for name, found in report["importtime"].items():
        late = [module for module, there in found["late"].items() if there]
        print(
            f"\n  -X importtime, {name}: {found['milliseconds']:.1f} ms; loads {', '.join(late) or 'none'} of", end=" "
        )
        print(f"{', '.join(startup.LATE)}; slowest (own ms):")
        print("    " + ", ".join(f"{module} {own:.1f}" for module, own in found["slowest"].items()))
    print("\nMemory of parsed notes, as multiples of the texts' size (without and with the texts themselves)\n")
    heads = ("UTF-8", "+ text", "sizeof", "+ text", "peak", "RSS", "RSS peak")
    print(f"  {'documents':<32} " + " ".join(f"{head:>8}" for head in heads))
    for name, found in report["memory"].items():
        resident = found["resident"] or {}
        columns = [found[f"held_{key}"] for key in KEYS] + [found["peak_megabytes_per_megabyte"]]
        columns += [resident.get("held_over_utf8"), resident.get("peak_over_utf8")]
        print(f"  {name:<32} " + " ".join(f"{'-' if value is None else f'{value:.2f}':>8}" for value in columns))


def show_targets(found: list[Target]) -> None:
    """Print what was promised and what was kept."""
    print(f"\nTargets\n\n  {'what':<78} {'target':>7} {'measured':>9} {'quartiles':>17}  verdict")
    for target in found:
        value = target.measured
        median = value.median if isinstance(value, Spread) else value
        shown = "-" if median is None else f"{median:.4f}"
        spread = f"{value.low:.4f}–{value.high:.4f}" if isinstance(value, Spread) else ""
        print(f"  {target.what:<78} {target.most:>7g} {shown:>9} {spread:>17}  {target.verdict}")


def as_json(times: Times, report: dict[str, Any], found: list[Target]) -> str:
    """Return every measurement as JSON."""
    ratio = {
        group: {name: attrs.asdict(ratios(one, tasks[peers.UNIT])) for name, one in tasks.items()}
        for group, tasks in times.items()
    }
    kept = [{**attrs.asdict(target), "verdict": target.verdict} for target in found]
    return json.dumps({**report, "ratios": ratio, "seconds": times, "targets": kept}, indent=2, ensure_ascii=False)


def main(given: list[str] | None = None) -> None:
    """Measure, print, and write JSON where it is asked for."""
    options = arguments(given)
    times, report = measure(options)
    found = targets(times, report)
    show_times(times, report)
    show_rest(report)
    show_targets(found)
    if options.json is not None:
        options.json.write_text(as_json(times, report, found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
