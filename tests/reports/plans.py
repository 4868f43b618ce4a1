"""Records for the tests of reports: a small one kept as plan.json, and those of the samples.

``tests/golden/small_plan.json``: a city of two districts with pharmacies under a cap, unknown
beds, one red line that acts, an open reading and a rule of a later step.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.record_plan import record_plan
from dingdian.core.census import TABLES, Census, make_census, table_from_rows
from dingdian.core.plan import Plan
from dingdian.core.record import Record
from dingdian.reports.plan_json import read_record
from dingdian.samples import SAMPLES
from dingdian.storage.policy_yaml import shelf_for

GOLDEN = Path(__file__).parents[1] / "golden"
CITIES = ("daxinganling", "shenyang")
WHOLE, EAST, WEST = "100", "101", "102"


def small(east: str = "东区", west: str = "西区") -> Record:
    """The small city, its districts under other names where given."""
    plain = json.loads((GOLDEN / "small_plan.json").read_text(encoding="utf-8"))
    for code, name in ((EAST, east), (WEST, west)):
        plain["scopes"][code] |= {"zh": name, "en": name}
    return read_record(json.dumps(plain).encode())


@functools.cache
def sample_census(city: str) -> Census:
    made = SAMPLES[city]()
    return make_census({n: table_from_rows(TABLES[n], r) for n, r in made.tables.items()})


@functools.cache
def sample_plan(city: str) -> tuple[Plan, Record]:
    book, place = shelf_for(city)
    plan = evaluate_plan(sample_census(city), book, place=place, year=2026)
    return plan, record_plan(plan, engine="test")


def sample_record(city: str) -> Record:
    return sample_plan(city)[1]


def as_if_record(census: Census, policy: str = "shenyang") -> Record:
    """The record of a what-if: the policy of a place of the shelf on any census."""
    book, place = shelf_for(policy)
    plan = evaluate_plan(census, book, place=place, year=2026, as_if=True)
    return record_plan(plan, engine="test")


@functools.cache
def sample_papers(city: str) -> Mapping[str, bytes]:
    """The papers of a sample, without maps."""
    from dingdian.reports.figures.atlas import Atlas
    from dingdian.reports.papers.write import papers, shipped

    return papers(sample_record(city), Atlas(), shipped()).files
