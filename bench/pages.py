"""The web system of a city with 9,000 institutions and 100,000 entries: pages, map, uploads.

Each page is asked of the running system beside a bare Django page that renders the same number of
rows to somebody signed in, in turn; a row is one of a table or of a list. Then fifty people use it
at once, thinking five to ten seconds between clicks. The same on SQLite and on a PostgreSQL server
of this machine's own programs.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.claims import Line
from tools.postgres import server

HERE = Path(__file__).parent
USERS, SECONDS, THINK = 50, 60.0, (5.0, 10.0)
TIMES = 15
PAGE_LIMIT, LOAD_LIMIT_MS, MAP_LIMIT_S, UPLOAD_LIMIT_S = 5, 150, 2, 10


@dataclass(frozen=True)
class Office:
    """A running system: its address, a session of each of its users, and its pages by name."""

    address: str
    sessions: tuple[str, ...]
    pages: dict[str, str]
    folder: Path


def pages(below: Path) -> Iterator[Line]:
    """All claims of the web system."""
    with _served(below / "sqlite", "") as office:
        yield from _beside_bare(office, below)
        yield _under_load(office, "SQLite")
        yield from _map(office)
        yield from _upload(office)
    try:
        with server() as url, _served(below / "postgresql", url) as office:
            yield _under_load(office, "PostgreSQL")
    except FileNotFoundError as error:
        yield Line("pages on PostgreSQL", str(error))


# -- a running system -----------------------------------------------------------------


@contextmanager
def _served(folder: Path, url: str) -> Iterator[Office]:
    """A system with the city in it, running until the end."""
    folder.mkdir(parents=True)
    port = _free_port()
    words = [sys.executable, str(HERE / "pages_office.py"), str(folder), str(port), url]
    environment = {**os.environ, "DINGDIAN_CONFIG": str(folder / "dingdian.toml")}
    made = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=environment)
    told = json.loads(made.stdout.splitlines()[-1])
    serve = [sys.executable, "-m", "dingdian", "serve", "--config", str(folder / "dingdian.toml")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(serve, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        office = Office(address, tuple(told["sessions"]), told["pages"], folder)
        _warm(office)
        yield office
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            if _get(address, "/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the system does not come up")


def _warm(office: Office) -> None:
    """Every page a few times, by each process: what is made once after the start is there then."""
    for _ in range(TIMES):
        for path in office.pages.values():
            status, _, _ = _get(office.address, path, office.sessions[0])
            if status != 200:
                raise RuntimeError(f"{path}: {status}")


def _get(
    address: str, path: str, session: str = "", cookie: str = "dingdian-bureau"
) -> tuple[int, bytes, float]:
    """Status, body and seconds of one request."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Cookie": f"{cookie}={session}"} if session else {}
    started = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - started
    connection.close()
    return answer.status, body, took


# -- one page at a time ---------------------------------------------------------------


def _beside_bare(office: Office, below: Path) -> Iterator[Line]:
    port = _free_port()
    words = [sys.executable, str(HERE / "pages_peer.py"), str(below / "peer"), str(port)]
    (below / "peer").mkdir()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peer = f"http://127.0.0.1:{port}"
    try:
        _wait(peer)
        signed_in = json.loads((below / "peer" / "session.json").read_text("utf-8"))
        for name, path in office.pages.items():
            body = _get(office.address, path, office.sessions[0])[1]
            rows = body.count(b"<tr") + body.count(b"<li")
            ours, theirs = [], []
            for _ in range(TIMES):
                ours.append(_get(office.address, path, office.sessions[0])[2])
                theirs.append(_get(peer, f"/rows?n={rows}", signed_in, "sessionid")[2])
            mine, bare = statistics.median(ours), statistics.median(theirs)
            yield Line(
                f"page {name}, {rows} rows",
                f"{mine * 1000:.1f} ms",
                f"bare Django {bare * 1000:.1f} ms",
                mine / bare,
                PAGE_LIMIT,
            )
    finally:
        process.terminate()
        process.wait(10)


# -- fifty people ---------------------------------------------------------------------


def _under_load(office: Office, database: str) -> Line:
    paths = list(office.pages.values())
    until = time.monotonic() + SECONDS

    def person(number: int) -> list[float]:
        chance, took = random.Random(number), []
        session = office.sessions[number % len(office.sessions)]
        time.sleep(chance.uniform(0, THINK[1]))
        while time.monotonic() < until:
            status, _, seconds = _get(office.address, chance.choice(paths), session)
            if status != 200:
                raise RuntimeError(f"status {status} under load")
            took.append(seconds)
            time.sleep(chance.uniform(*THINK))
        return took

    with ThreadPoolExecutor(USERS) as pool:
        every = sorted(t for its in pool.map(person, range(USERS)) for t in its)
    late = every[int(len(every) * 0.95)] * 1000
    middle = statistics.median(every) * 1000
    what = f"{USERS} people on {database}, {len(every)} clicks in {SECONDS:.0f} s: p95"
    said = f"{late:.0f} ms (median {middle:.0f}, worst {every[-1] * 1000:.0f})"
    return Line(what, said, "", late, LOAD_LIMIT_MS, "ms")


# -- the map and an upload ------------------------------------------------------------


def _map(office: Office) -> Iterator[Line]:
    """From the click until the map answers, in Chromium without a GPU."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    from playwright.sync_api import sync_playwright

    took = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(4):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            cookie = {"name": "dingdian-bureau", "value": office.sessions[0]}
            context.add_cookies([{**cookie, "url": office.address}])
            page = context.new_page()
            started = time.perf_counter()
            page.goto(f"{office.address}{office.pages['map']}")
            page.wait_for_selector("[data-ready]")
            took.append(time.perf_counter() - started)
            context.close()
        browser.close()
    middle = statistics.median(took[1:])
    yield Line(
        "the map with every institution, usable", f"{middle:.2f} s", "", middle, MAP_LIMIT_S, "s"
    )


def _upload(office: Office) -> Iterator[Line]:
    """From the press of the button until the quality report stands."""
    words = [sys.executable, str(HERE / "pages_upload.py"), office.address, office.sessions[0]]
    workbook = office.folder / "ledger" / "census.xlsx"
    done = subprocess.run([*words, str(workbook)], check=True, stdout=subprocess.PIPE)
    took = float(done.stdout)
    yield Line(
        "upload and check of the city's workbook", f"{took:.1f} s", "", took, UPLOAD_LIMIT_S, "s"
    )
