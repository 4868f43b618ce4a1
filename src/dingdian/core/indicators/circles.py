"""Service circles of the policy in force: which institutions, within what distance, how many.

A rule of family ``coverage`` draws a circle around the stocks that it is about and may set
how many institutions are enough. Both may hang on a reading; an open one leaves the circle
undrawn, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.census import Circle
from dingdian.core.census.near import MEDICAL, PHARMACY, RIM
from dingdian.core.census.vocabulary import DESIGNATED
from dingdian.core.indicators.ledger import SUSPENDED_COUNTS, SUSPENDED_READING
from dingdian.core.policy import InForce
from dingdian.core.workings import Reason, Workings, reason


@dataclass(frozen=True, slots=True)
class Served:
    """A stock whose circles are drawn: its measure, kind and service, and its names."""

    id: str
    kind: str
    service: str
    zh: str
    en: str
    clauses: tuple[str, ...]


_PHARMACIES, _INSTITUTIONS = ("DX-22", "SY-09"), ("DX-18", "SY-09")

#: Measure of the stock -> who serves within the circle.
SERVED: Mapping[str, Served] = MappingProxyType(
    {
        each.id: each
        for each in (
            Served(
                "pharmacies", PHARMACY, "", "定点零售药店", "designated pharmacies", _PHARMACIES
            ),
            Served(
                "dual_channel_pharmacies",
                PHARMACY,
                "dual_channel",
                "双通道药店",
                "dual-channel pharmacies",
                _PHARMACIES,
            ),
            Served(
                "medical_institutions",
                MEDICAL,
                "",
                "定点医疗机构",
                "designated medical institutions",
                _INSTITUTIONS,
            ),
            Served(
                "outpatient_pooling_institutions",
                MEDICAL,
                "outpatient_pooling",
                "门诊统筹医疗机构",
                "outpatient-pooling institutions",
                _INSTITUTIONS,
            ),
            Served(
                "inpatient_institutions",
                MEDICAL,
                "inpatient",
                "住院医疗机构",
                "inpatient institutions",
                _INSTITUTIONS,
            ),
        )
    }
)


#: Options of readings that ask for a way along a road graph, which comes in step 9.
BY_ROAD = frozenset({("circle_distance", "minutes"), ("spacing_distance_mode", "path")})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A circle as the policy draws it: by which rule, along what, and the readings it rests on.

    ``along`` is ``straight``, or ``path`` where the text means a way: it is measured along the
    streets of the census (``circle.by``), and straight where none are loaded.
    """

    circle: Circle
    rule: InForce[Any]
    along: str
    readings: tuple[str, ...]

    @property
    def measured(self) -> str:
        """``straight``, or how one goes along the streets: ``walking``, ``driving``."""
        return self.circle.by or "straight"

    @property
    def aside(self) -> str:
        """What is to be said beside the radius: how one goes, ``path`` where that is not known.

        Empty where the text means the straight line.
        """
        return self.circle.by or (self.along if self.along == "path" else "")


def rules_about(workings: Workings, of: str) -> Iterator[InForce[Any]]:
    """The coverage rules in force about a stock, in the order of the shelf."""
    for rule in workings.policy.rules.values():
        if rule.rule.family == "coverage" and rule.value is not None and of in rule.rule.about:
            aside = rule.rule.unless.items()
            if not any(workings.choice(name) == option for name, option in aside):
                yield rule


def drawn(workings: Workings, of: str) -> Drawn | Reason:
    """The circle around the institutions of a stock, or why there is none.

    Raises:
        KeyError: no circles are drawn around that stock.
    """
    served = SERVED[of]
    rule = next((each for each in rules_about(workings, of) if each.value.radius), None)
    if rule is None:
        return reason("no_circle", measure=of)
    radius = by_option(workings, rule.value.radius, rule.rule.radius_by)
    if isinstance(radius, Reason):
        return radius
    suspended = SUSPENDED_COUNTS.get(workings.choice(SUSPENDED_READING) or "")
    if suspended is None:
        return reason("reading_open", reading=SUSPENDED_READING)
    network = workings.census.network
    circle = Circle(
        served.kind,
        served.service,
        radius_mm=int(radius.metres * 1000),
        rim=RIM[rule.rule.comparison],
        day=workings.stock_day.isoformat(),
        standings=(*DESIGNATED, "suspended") if suspended else DESIGNATED,
        by=network.by if radius.along == "path" and network else "",
    )
    chosen = (rule.rule.radius_by,) if rule.rule.radius_by else ()
    return Drawn(circle, rule, radius.along, (*chosen, SUSPENDED_READING))


def by_option(workings: Workings, table: Mapping[str, Any], reading: str | None) -> Any | Reason:
    """The entry that a reading chooses; the only one where none does."""
    if not reading:
        return next(iter(table.values()))
    chosen = workings.choice(reading)
    if chosen is None:
        return reason("reading_open", reading=reading)
    return table[chosen] if chosen in table else no_engine(reading, chosen)


def no_engine(reading: str, option: str) -> Reason:
    """Why nothing computes an option: it needs a road graph, or nobody knows it.

    >>> no_engine("circle_distance", "minutes").code
    'road_graph_needed'
    """
    if (reading, option) in BY_ROAD:
        return reason("road_graph_needed", reading=reading)
    return reason("option_unknown", reading=reading, option=option)


@dataclass(frozen=True, slots=True)
class Standard:
    """How many institutions within the circle are enough, and beyond how many it is saturated.

    Both by density class; a class without ``most`` is never saturated.
    """

    enough: Mapping[str, int]
    most: Mapping[str, int]
    readings: tuple[str, ...]

    @property
    def beyond(self) -> Mapping[str, int]:
        """The first number that is more than enough, by density class."""
        return {density: most + 1 for density, most in self.most.items()}


def standard(workings: Workings, of: str) -> Standard | Reason:
    """The standard for a stock, or why there is none."""
    rule = next((each for each in rules_about(workings, of) if each.value.standards), None)
    if rule is None:
        return reason("no_standard", measure=of)
    found = by_option(workings, rule.value.standards, rule.rule.standards_by)
    if isinstance(found, Reason):
        return found
    ranges: Mapping[str, tuple[Fraction, ...]] = found
    return Standard(
        enough={density: int(span[0]) for density, span in ranges.items()},
        most={density: int(span[1]) for density, span in ranges.items() if len(span) > 1},
        readings=tuple(each for each in (rule.rule.standards_by, *rule.rule.readings) if each),
    )
