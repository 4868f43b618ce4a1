"""Measure every speed claim and print one table; exit code 1 when a limit is broken.

``python -m bench`` measures all of them; names (``python -m bench starting``) choose some.
``--full`` takes the largest sizes as well, which needs several minutes.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ["OPENPYXL_LXML"] = "False"  # a peer as it is installed alone; lxml comes with the papers

from bench.admission import admission
from bench.catchments import catchments
from bench.circles import FULL, circles
from bench.claims import Line, table
from bench.converting import converting
from bench.documents import documents
from bench.information import information
from bench.ledger import ledger
from bench.mapping import mapping
from bench.moves import moves
from bench.pages import pages
from bench.papers import written
from bench.planning import planning
from bench.projection import projection
from bench.retention import retention
from bench.rounds import rounds
from bench.siting import siting
from bench.siting_orlib import siting_orlib
from bench.siting_terms import siting_terms
from bench.spacing import spacing
from bench.starting import starting
from bench.streets import streets

BENCHES = {
    "starting": starting,
    "planning": planning,
    "converting": converting,
    "documents": documents,
    "mapping": mapping,
    "pages": pages,
    "papers": written,
    "spacing": spacing,
    "admission": admission,
    "rounds": rounds,
    "ledger": ledger,
    "moves": moves,
    "information": information,
    "circles": circles,
    "access": catchments,
    "siting": siting,
    "siting_orlib": siting_orlib,
    "siting_terms": siting_terms,
    "retention": retention,
    "streets": streets,
    "projection": projection,
}
LARGEST = {"circles": partial(circles, sizes=FULL), "ledger": partial(ledger, largest=True)}


def main(words: list[str]) -> int:
    """Run the benches named, or all of them."""
    benches = BENCHES | LARGEST if "--full" in words else BENCHES
    words = [word for word in words if word != "--full"]
    unknown = sorted(set(words) - set(BENCHES))
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="dingdian-bench-") as below:
        for name in words or BENCHES:
            print(f"{name} …", file=sys.stderr, flush=True)
            lines += benches[name](Path(below))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of runs in turn.")
    print()
    print(table(lines))
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
