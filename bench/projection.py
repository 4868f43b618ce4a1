"""Projection: six years of the Shenyang sample 256 times, with the rules asked in each of them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from bench.cities import ledger
from bench.claims import Line
from dingdian.core.indicators import measures_of
from dingdian.core.period import first_day
from dingdian.core.projection import Cohorts, Entrant, FundYears, Group, Scenario, Vital, project
from dingdian.core.projection.today import RESIDENT, SIDES, Today, today_of
from dingdian.core.workings import Workings
from dingdian.storage.census_files import read_census
from dingdian.storage.policy_yaml import shelf_for

RUNS, FIRST, LAST, LIMIT = 256, 2026, 2031, 60.0
FUND = ("employee_pool", "resident_pool")
AGES = (*range(0, 85, 5), 85)


def projection(below: Path) -> Iterator[Line]:
    """Everything moves: exits, trials, applications, age groups, insured, and a fund near its line.

    The plan of the sample ends in 2027; its last rules are held for the years after.
    """
    census = read_census(ledger("shenyang", below)).census
    book, place = shelf_for("shenyang")
    policy = book.on(place, first_day(FIRST))
    workings = Workings(
        census=census,
        policy=policy,
        measures=measures_of(census),
        stock_day=dt.date(FIRST - 1, 12, 31),
    )
    today = today_of(workings)
    last = book.on(place, first_day(FIRST + 1))
    policies = {y: replace(last, day=first_day(y)) for y in range(FIRST + 1, LAST + 1)}
    started, work = time.perf_counter(), time.process_time()
    found = project(
        today,
        _scenario(today),
        policies,
        through=LAST,
        runs=RUNS,
        draws=np.random.Generator(np.random.PCG64(1)),
        cohorts=_cohorts(today),
        funds=_funds(),
    )
    wall, work = time.perf_counter() - started, time.process_time() - work
    met = sum(line.met for line in found.lines if not line.trigger)
    yield Line(
        f"{RUNS} runs × {LAST - FIRST + 1} years × {len(today.districts)} districts × "
        f"{len(today.institutions.codes):,} institutions",
        f"{wall:.1f} s by the clock, {work:.1f} s of work; red line in {met:,} years of runs",
        "",
        wall,
        LIMIT,
        "s",
    )


def _scenario(today: Today) -> Scenario:
    exits = {"termination": Fraction(1, 100), "closure": Fraction(3, 100)}
    each = dict.fromkeys(today.districts, Fraction(3))
    clinic = {"medical_institutions": 1, "outpatient_pooling_institutions": 1}
    ward = {"medical_institutions": 1, "inpatient_institutions": 1}
    ward |= {"contracted_beds": 20, "contracted_beds_general_pool": 20}
    groups = len(AGES)
    return Scenario(
        "moves",
        exits=dict.fromkeys(SIDES, exits),
        trial_failure=Fraction(1, 5),
        entrants=(
            Entrant("ward", SIDES[0], ward, each, trial_years=1),
            Entrant("clinic", SIDES[0], clinic, each, trial_years=1),
            Entrant("pharmacy", SIDES[1], {"pharmacies": 1}, each),
        ),
        vital=Vital(
            (*(Fraction(999, 1000),) * (groups - 1), Fraction(9, 10)),
            tuple(Fraction(4 if 20 <= age < 40 else 0, 100) for age in AGES),
            (Fraction(-1, 500),) * groups,
        ),
        fund=None,
    )


def _cohorts(today: Today) -> Cohorts:
    """The sample's residents in age groups of five years, as even as they divide."""
    rows = [
        Group(
            at,
            first,
            None if first == AGES[-1] else first + 4,
            residents // len(AGES) + (n < residents % len(AGES)),
        )
        for at, residents in zip(today.districts, today.people[RESIDENT].tolist(), strict=True)
        for n, first in enumerate(AGES)
    ]
    return Cohorts.of(rows, today.districts)


def _funds() -> dict[str, FundYears]:
    """A fund that earns about what it spends: some runs meet the red line in some years."""
    billion = 100 * 1_000_000_000
    income = tuple(billion * each // 10 for each in (200, 212, 219, 231, 240))
    spending = tuple(billion * each // 10 for each in (198, 209, 220, 229, 238))
    years = tuple(range(FIRST - len(income), FIRST))
    return dict.fromkeys(FUND, FundYears(years, income, spending, 15 * billion))
