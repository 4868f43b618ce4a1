"""Starting: ``dingdian --help`` against ``python -c pass``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.claims import Line
from bench.timing import child, in_turn

COMMANDS = {
    "dingdian --help": (["-m", "dingdian", "--help"], 14),
    "dingdian plan --help": (["-m", "dingdian", "plan", "--help"], None),
    "dingdian explain --help": (["-m", "dingdian", "explain", "--help"], None),
}


def starting(below: Path, times: int = 31) -> Iterator[Line]:
    """Medians of many runs, in turn."""
    del below
    things = {name: lambda words=words: child(words) for name, (words, _) in COMMANDS.items()}
    runs = in_turn({**things, "pass": lambda: child(["-c", "pass"])}, times)
    bare = runs["pass"].seconds
    for name, (_, limit) in COMMANDS.items():
        took = runs[name].seconds
        yield Line(
            name,
            f"{took * 1000:.0f} ms",
            f"python -c pass: {bare * 1000:.0f} ms",
            took / bare,
            limit,
        )
