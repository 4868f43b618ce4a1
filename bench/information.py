"""For information: reading the shelf, making a sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.claims import Line
from bench.timing import here, in_turn
from dingdian.samples import SAMPLES
from dingdian.storage.policy_yaml import read_shelf, shelf_for, shipped


def information(below: Path, times: int = 5) -> Iterator[Line]:
    """No limits; to see when something grows."""
    del below
    things = {
        "reading one city's policy": lambda: shelf_for("shenyang"),
        "reading the whole shelf": lambda: read_shelf(shipped()),
        "making the sample of Shenyang": lambda: SAMPLES["shenyang"](seed=1),
    }
    runs = in_turn({name: lambda call=call: here(call) for name, call in things.items()}, times)
    for name in things:
        yield Line(name, f"{runs[name].seconds * 1000:.0f} ms")
