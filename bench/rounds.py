"""A round of 500 applicants on screen: from the upload of its workbook until its result stands.

The system runs as it is delivered, web server and worker, on the large sample with an issued plan.
Each upload is a round of its own: read, checked, decided under the plan with the ledger of the day,
written with its evidence, and shown. The first one is not measured: the worker then makes the plan
ready, which it keeps.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.claims import Line
from bench.pages import _free_port, _get, _wait

HERE = Path(__file__).parent
TIMES, LIMIT_S = 5, 5


def rounds(below: Path) -> Iterator[Line]:
    """Upload the same round several times."""
    folder = below / "rounds"
    folder.mkdir()
    port = _free_port()
    config = folder / "dingdian.toml"
    words = [sys.executable, str(HERE / "rounds_office.py"), str(folder), str(port)]
    environment = {**os.environ, "DINGDIAN_CONFIG": str(config)}
    made = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=environment)
    told = json.loads(made.stdout.splitlines()[-1])
    serve = [sys.executable, "-m", "dingdian", "serve", "--config", str(config)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(serve, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        took = [_upload(address, told["session"], folder) for _ in range(TIMES + 1)][1:]
        body = _get(address, f"/rounds/{TIMES + 1}", told["session"])[1].decode()
    finally:
        process.terminate()
        process.wait(30)
    n = told["applicants"]
    if f"/rounds/{TIMES + 1}/of/" not in body:
        raise RuntimeError("the round was not decided")
    whole = statistics.median(took)
    said = f"{whole:.2f} s (worst {max(took):.2f}; load {os.getloadavg()[0]:.1f})"
    yield Line(f"a round of {n} on screen, upload to result", said, "", whole, LIMIT_S, "s")


def _upload(address: str, session: str, folder: Path) -> float:
    """Seconds of one upload, from a process of its own."""
    script = [sys.executable, str(HERE / "pages_upload.py")]
    words = [*script, address, session, str(folder / "round.xlsx"), "/rounds/new"]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE)
    return float(done.stdout)
