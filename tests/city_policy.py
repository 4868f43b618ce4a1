"""A policy for the tiny city of ``tests.city``, and the workings of both on the stock day.

The policy has the readings that the measures ask for and the bed classes managed apart;
tests change readings by name, open them (``None``) or take them off the shelf (``absent``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dingdian.core.indicators import MEASURES
from dingdian.core.policy import Benchmark, Dated, InForce, PlaceCard, Policy, Reading
from dingdian.core.rules import SHAPES
from dingdian.core.workings import Workings
from tests.city import ROOT, STOCK_DAY, Rows, census

POLICY_DAY = dt.date(2026, 1, 1)

#: Reading -> the option that the city chooses.
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "stock_suspended": "counts",
        "bed_basis": "open",
        "bed_share_base": "regional",
        "bed_population": "resident",
        "separate_pools_in_ratio": "inside",
        "ungraded_beds": "outside",
        "population_year": "latest_each",
        "pooled_fund_services": "pooling_or_mutual_aid",
        "grade_order": "c_or_better_with_a_best",
        "elderly_age": "aged_60",
        "agglomeration_institutions": "outpatient_pooling_institutions",
        "agglomeration_population": "resident",
        "agglomeration_reference": "city",
        "red_line_fund": "any",
        "reserve_fund": "any",
        "reserve_year": "last_year_end",
        "release_kinds": "all_with_reductions",
        "trial_failure_beds": "yes",
        "need_model": "proposed",
        "need_target_use": "quantity",
        "need_return_share": "quantity",
    }
)
#: Reading -> number, low, high.
NUMBERS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"need_target_use": ("85%", "85%", "93%"), "need_return_share": ("0", "0", "50%")}
)
POOLS = ("dialysis", "rehabilitation", "psychiatric", "tcm", "dental_chair")


def reading(name: str, chosen: str | None) -> Reading:
    """A reading with one option (two when it is open)."""
    number, low, high = NUMBERS.get(name, (None, None, None))
    options = {chosen or "one": "甲", "other": "乙"}
    return Reading(
        reading=name,
        question="？",
        question_en="?",
        options=options,
        options_en=options,
        chosen=chosen,
        number=number,
        low=low,
        high=high,
        why="测试",
        why_en="a test",
        by="测试",
        by_en="a test",
        decided_on=POLICY_DAY,
    )


def rule(name: str, family: str, value: Any, **fields: Any) -> InForce:
    """A rule of a family with one value since the policy's first day."""
    made = SHAPES[family].model_validate(
        {
            "rule": name,
            "family": family,
            "title": name,
            "title_en": name,
            "clauses": ["SY-14"],
            "values": [
                {
                    "since": "2026-01-01",
                    "value": value,
                    "clause": "SY-14",
                    "checked_on": "2026-01-01",
                }
            ],
            **fields,
        }
    )
    dated: Dated[Any] | None = made.on(POLICY_DAY)
    return InForce(made, dated, "test")


def policy(
    *,
    choices: Mapping[str, str | None] | None = None,
    absent: tuple[str, ...] = (),
    rules: tuple[InForce, ...] | None = None,
    benchmarks: tuple[Benchmark, ...] = (),
) -> Policy:
    """A policy with ``CHOICES``, changed by ``choices`` (``None`` opens a reading)."""
    chosen = {**CHOICES, **(choices or {})}
    in_force = (rule("pools", "pool", POOLS),) if rules is None else rules
    return Policy(
        place=PlaceCard(
            place="test", title="测试", title_en="test", region_code=ROOT, layers=("test",)
        ),
        day=POLICY_DAY,
        rules={each.rule.rule: each for each in in_force},
        readings={name: reading(name, its) for name, its in chosen.items() if name not in absent},
        benchmarks={each.benchmark: each for each in benchmarks},
        clauses={},
        documents={},
    )


def workings(its_rows: Rows | None = None, its_policy: Policy | None = None) -> Workings:
    """The workings of the city on the stock day."""
    return Workings(
        census=census(its_rows),
        policy=its_policy or policy(),
        measures=MEASURES,
        stock_day=STOCK_DAY,
    )
