"""A scenario: what is assumed of the years ahead, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from dingdian.core.errors import Fault, fault
from dingdian.core.indicators.releases import CAUSES
from dingdian.core.projection.fund import STEADY, Growth
from dingdian.core.projection.people import Vital
from dingdian.core.projection.today import SIDES, Today

#: What a whole institution may leave for; a failed trial, and what goes while it stays, are apart.
TRIAL_FAILURE, CLOSED, REDUCED = "trial_failure", "service_closed", "bed_reduction"
EXITS = tuple(each for each in CAUSES["all_exits"] if each not in {TRIAL_FAILURE, CLOSED})


@dataclass(frozen=True, slots=True)
class Entrant:
    """A kind of new institution: what one brings, and how many ask for it.

    ``side``: the stock whose rates of exit it has. ``amounts``: what one adds to each stock, which
    is also what it takes of the places and beds of that name. ``applications``: expected a year
    by district. ``stated``: how many the scenario says do come, by year and district: where the
    rules leave fewer in every run, the scenario contradicts them. ``trial_years``: after how many
    years a trial ends, 0 for none. ``exempt``: the plan does not limit them, and they take none of
    its places.
    """

    name: str
    side: str
    amounts: Mapping[str, int]
    applications: Mapping[str, Fraction] = field(default_factory=dict)
    stated: Mapping[tuple[int, str], int] = field(default_factory=dict)
    trial_years: int = 0
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed. The one with a name alone changes nothing.

    ``exits``: by side and cause, the probability in a year. ``trial_failure``: of a trial that
    ends. ``leavers``: institutions of today that are known to go, by year, with their cause.
    ``changes``: what an institution of today has less of from a year on, by stock: services and
    beds that it gives up, which are released. Below 0 it has more; no rule is asked about that.
    ``vital`` and ``cohorts`` go together: without them residents stay as they are.
    ``insured_growth``: by scheme and year, beside the growth of residents. ``fund``: the growth
    of every year; ``None`` draws it from the years of the series.
    """

    name: str
    exits: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    trial_failure: Fraction = Fraction(0)
    leavers: Mapping[tuple[int, str], str] = field(default_factory=dict)
    changes: Mapping[tuple[int, str], Mapping[str, int]] = field(default_factory=dict)
    entrants: tuple[Entrant, ...] = ()
    vital: Vital | None = None
    insured_growth: Mapping[str, Fraction] = field(default_factory=dict)
    fund: Growth | None = STEADY


def faults_of(scenario: Scenario, today: Today) -> Iterator[Fault]:
    """What is wrong with a scenario by itself: rates, and names that nobody or two have."""
    name = scenario.name
    rates = {
        f"{side}.{cause}": rate
        for side, causes in scenario.exits.items()
        for cause, rate in causes.items()
    }
    rates[TRIAL_FAILURE] = scenario.trial_failure
    rates |= _vital_rates(scenario)
    for rate, value in rates.items():
        if not 0 <= value <= 1:
            yield fault("projection_rate_wrong", scenario=name, rate=rate, value=value)
    for side, causes in scenario.exits.items():
        if sum(causes.values()) > 1:
            total = sum(causes.values())
            yield fault("projection_exits_over_one", scenario=name, stock=side, value=total)
    for entrant, n in Counter(each.name for each in scenario.entrants).items():
        if n > 1:
            yield fault("projection_entrant_twice", scenario=name, entrant=entrant, n=n)
    for what, given, known in _names(scenario, today):
        yield from (
            fault(
                "projection_name_unknown",
                scenario=name,
                what=what,
                name=each,
                known=", ".join(list(known)[:20]),
            )
            for each in given
            if each not in known
        )


def _vital_rates(scenario: Scenario) -> dict[str, Fraction]:
    """Every probability of births, deaths and moves, by its name and age group."""
    vital = scenario.vital
    if vital is None:
        return {}
    by_name = {
        "survival": vital.survival,
        "births": vital.births,
        "migration": tuple(map(abs, vital.migration)),
    }
    return {f"{name}.{n}": rate for name, its in by_name.items() for n, rate in enumerate(its)}


def _names(scenario: Scenario, today: Today) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    yield "exits", list(scenario.exits), SIDES
    yield "cause", [c for causes in scenario.exits.values() for c in causes], EXITS
    yield "leavers", [code for _, code in scenario.leavers], today.institutions.codes
    yield "leavers.cause", list(scenario.leavers.values()), (*EXITS, TRIAL_FAILURE)
    yield "changes", [code for _, code in scenario.changes], today.institutions.codes
    yield "changes", [each for its in scenario.changes.values() for each in its], today.stocks
    yield "insured_growth", list(scenario.insured_growth), tuple(today.people)
    for each in scenario.entrants:
        yield f"{each.name}.side", [each.side], SIDES
        yield f"{each.name}.amounts", list(each.amounts), today.stocks
        yield f"{each.name}.applications", list(each.applications), today.districts
        yield f"{each.name}.stated", [at for _, at in each.stated], today.districts
