"""The search itself: atheris makes texts out of the examples, and the whole journey is gone with each.

    python -m tests.fuzz [FOLDER] [-max_total_time=600] [-timeout=20] …

FOLDER keeps the texts that reach something new, from one search to the next. The options are libFuzzer’s own. A text
that breaks something is written to `crash-…`, and `python -m tests.fuzz crash-…` goes the journey with it alone.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any

atheris: Any = import_module("atheris")  # the extra `fuzz`; it has no types

with atheris.instrument_imports(include=["weeknote"]):
    from .journey import stroll, travel

    travel("")  # what is imported on first use is instrumented too

EXAMPLES = Path(__file__).parents[2] / "examples"


def one_input(found: bytes) -> None:
    """Go a part of the journey with some bytes; what is not UTF-8 in them becomes halves of surrogate pairs."""
    stroll(found.decode("utf-8", "surrogateescape"), zlib.crc32(found))


def main(arguments: list[str]) -> None:
    """Search until interrupted, or until a text breaks something."""
    options = [word for word in arguments if word.startswith("-")]
    named = [word for word in arguments if not word.startswith("-")]
    with tempfile.TemporaryDirectory() as seeds:
        if not any(Path(name).is_file() for name in named):
            for example in EXAMPLES.glob("*.[mt][dx]*"):
                (Path(seeds) / example.name).write_bytes(example.read_bytes())
            named.append(seeds)
        atheris.Setup([sys.argv[0], *options, *named], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
