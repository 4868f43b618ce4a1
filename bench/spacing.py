"""Questions about sites: one check against 1,070,000 institutions, a round of 500 applicants."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.claims import Line
from dingdian.core.census import TABLES, Census, Column, Table, make_census, table_from_rows
from dingdian.core.census.table import unknown_column
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.spacing.check import check
from dingdian.core.spacing.conflicts import decide_round
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Terms, everywhere

INSTITUTIONS, CLUSTERS, QUESTIONS, APPLICANTS = 1_070_000, 3_000, 2_000, 500
DAY = dt.date(2026, 1, 1)
TERMS = Terms("spacing", everywhere(800_000), error_mm=10_000)


def spacing(below: Path, times: int = 3) -> Iterator[Line]:
    """A warm index; each question is asked where institutions stand."""
    del below
    census = country()
    started = time.perf_counter()
    stock = stock_on(census, DAY)
    sites = list(questions(census, QUESTIONS))
    check(sites[0], stock, TERMS)
    warm = time.perf_counter() - started
    took, near = [], []
    for site in sites:
        started = time.perf_counter()
        answer = check(site, stock, TERMS)
        took.append(time.perf_counter() - started)
        near.append(len(answer.near))
    yield Line(f"making {INSTITUTIONS:,} institutions ready", f"{warm:.1f} s")
    for name, value in (
        ("median", statistics.median(took)),
        ("mean", statistics.fmean(took)),
        ("95 in 100 below", statistics.quantiles(took, n=20)[-1]),
    ):
        limit = 1 if name == "median" else None
        shown = f"{value * 1000:.2f} ms"
        yield Line(f"  one site-check, {name}", shown, "", value * 1000, limit, "ms")
    yield Line("  institutions named by an answer, mean", f"{statistics.fmean(near):.0f}")
    yield _round(census, times)


def _round(census: Census, times: int) -> Line:
    stock = stock_on(census, DAY)
    sites = list(questions(census, APPLICANTS, spread=4_000))
    runs = []
    for _ in range(times):
        started = time.perf_counter()
        decide_round(sites, stock, TERMS, nodes=2_000)
        runs.append(time.perf_counter() - started)
    took = statistics.median(runs)
    return Line(f"a round of {APPLICANTS} applicants", f"{took:.2f} s", "", took, 2, "s")


def country() -> Census:
    """Institutions in clusters over China, all open for one service and each for one more."""
    chance = np.random.default_rng(1)
    lon, lat = _clustered(chance, INSTITUTIONS)
    n, fields = INSTITUTIONS, TABLES["institutions"]
    columns = {field.name: unknown_column(field, n) for field in fields}
    known = np.ones(n, np.bool_)

    def put(name: str, values: np.ndarray, labels: tuple[str, ...] = ()) -> None:
        dtype = columns[name].values.dtype
        columns[name] = Column(fields[name], values.astype(dtype), known, labels)

    put("lon", lon)
    put("lat", lat)
    put("crs", np.zeros(n), ("cgcs2000",))
    put("code", np.arange(n), tuple(f"H{each:011d}" for each in range(n)))
    put("name", np.arange(n) % 977, tuple(f"第{each}号机构" for each in range(977)))
    put("kind", chance.integers(0, 2, n), ("clinic", "retail_pharmacy"))
    put("standing", np.zeros(n), ("in_force",))
    put("region", np.zeros(n), ("district",))
    for at, service in enumerate(SERVICES):
        put(service, (np.arange(n) % 9 == at) | (service == "outpatient_chronic"))
    regions = table_from_rows(
        TABLES["regions"],
        [
            {"code": "city", "name": "city", "level": "prefecture"},
            {"code": "district", "name": "district", "parent": "city", "level": "county"},
        ],
    )
    table = Table(fields, columns, ("",) * n)
    return make_census({"regions": regions, "institutions": table})


def _clustered(chance: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Points in clusters that are as dense as the middle of a town."""
    east, north = chance.uniform(85, 130, CLUSTERS), chance.uniform(20, 48, CLUSTERS)
    own = chance.integers(0, CLUSTERS, n)
    return (
        east[own] + chance.normal(0, 0.012, n),
        north[own] + chance.normal(0, 0.01, n),
    )


def questions(census: Census, n: int, spread: int = INSTITUTIONS) -> Iterator[Site]:
    """Sites beside some of the first ``spread`` institutions."""
    chance = np.random.default_rng(2)
    found = census.positions("institutions")
    for number, row in enumerate(chance.integers(0, spread, n).tolist()):
        yield Site(
            id=f"a{number}",
            lon=float(found.lon[row]) + 0.001,
            lat=float(found.lat[row]),
            services=("inpatient", "outpatient_chronic"),
            kind="clinic",
            district="district",
            rank=number + 1,
        )
