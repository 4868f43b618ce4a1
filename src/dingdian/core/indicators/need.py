"""The insurer's needed beds per 1,000 (医保需要的千人床位数): modelled, and as adopted.

No official formula is known; the model is a proposal (research of the field, B2.5):
D = sum of people x admission rate x mean stay; D' = D - (1 - rho) out + in; beds = D' / (365 u);
the fund can pay budget / (cost per bed-day x 365 x u); the smaller of the two binds. The
target use u and the return share rho are readings with a range. A modelled number decides
nothing: only what the bureau adopts (benchmark ``insurer_needed_beds``) is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.census import Selection, Test, Where
from dingdian.core.indicators.benchmarks import benchmark
from dingdian.core.indicators.ledger import Own
from dingdian.core.indicators.recipes import WholeOnly, ratio
from dingdian.core.workings import Figure, Measure, Recipe, Workings, key_of, reason

MODEL, USE, RETURN = "need_model", "need_target_use", "need_return_share"
#: Variant -> which end of each reading's range it takes. More use needs fewer beds.
VARIANTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": MappingProxyType({USE: "number", RETURN: "number"}),
        "_low": MappingProxyType({USE: "high", RETURN: "low"}),
        "_high": MappingProxyType({USE: "low", RETURN: "high"}),
    }
)
CLAUSES = ("SY-04",)


def quantity(workings: Workings, reading: str, end: str) -> Figure:
    """The number of a quantitative reading, or an end of its range (``low``, ``high``)."""
    if end == "number":
        return workings.reading_number(reading, unit="share")
    found = workings.policy.readings.get(reading)
    value: Fraction | None = getattr(found, end, None)
    return workings.given(
        f"reading.{reading}.{end}",
        "",
        value,
        unit="share",
        formula="reading",
        readings=(reading,),
        why=reason("reading_open", reading=reading),
    )


@dataclass(frozen=True, slots=True)
class Modelled:
    """A step of the model: hidden where the reading ``need_model`` shows adopted numbers only."""

    recipe: Recipe

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The inner recipe's figure, resting on the reading ``need_model``."""
        chosen = workings.choice(MODEL)
        if chosen == "proposed":
            made = self.recipe(workings, measure, scope)
        else:
            why = reason("model_not_shown") if chosen else reason("reading_open", reading=MODEL)
            made = workings.undefined(measure.id, scope, why, unit=measure.unit)
        return made._replace(readings=(*made.readings, MODEL))


@dataclass(frozen=True, slots=True)
class BedDays:
    """D, over the rows of the table ``demand``: those of the whole area, else of its districts."""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """Inpatient days a year that the insured need; undefined without demand rows."""
        groups, missing = self._groups(workings, scope)
        if not groups or missing:
            region = ", ".join(missing) or scope
            why = reason("not_given", table="demand", column="persons", region=region)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        inputs = {
            f"{role}:{region}·{group}": self._cell(
                workings, column, unit=unit, region=region, group=group
            )
            for role, column, unit in (
                ("n", "persons", "person"),
                ("h", "admissions_per_1000", "admissions_per_1000"),
                ("l", "mean_stay_days", "day"),
            )
            for region, group in groups
        }
        return workings.compute(measure.id, scope, "bed_days", inputs, unit=measure.unit)

    def _groups(
        self, workings: Workings, scope: str
    ) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
        """The rows (region, age group) of the scope or of its districts, and those without any."""
        table, tree = workings.census.tables["demand"], workings.census.tree
        cells = zip(table["region"].cells(), table["age_group"].cells(), strict=True)
        rows = [(str(region), str(group)) for region, group in cells]
        if own := [row for row in rows if row[0] == scope]:
            return own, ()
        inside = frozenset(tree.descend(scope))
        below = tuple(code for code in tree.districts if code in inside)
        told = {region for region, _ in rows}
        missing = tuple(code for code in below if code not in told)
        return [row for row in rows if row[0] in below], missing

    def _cell(
        self, workings: Workings, column: str, *, unit: str, region: str, group: str
    ) -> Figure:
        where = (Where("region", Test.IS, (region,)), Where("age_group", Test.IS, (group,)))
        selection = Selection("demand", where, column)
        detail = (("age_group", group),)
        return workings.select(
            f"demand.{column}.{group}", region, selection, unit=unit, detail=detail
        )


@dataclass(frozen=True, slots=True)
class NetDays:
    """D' = D - (1 - rho) x days out + days in."""

    variant: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """Net inpatient days a year."""
        roles = {"d": "need_bed_days", "o": "bed_days_out", "i": "bed_days_in"}
        inputs = {role: workings.figure(of, scope) for role, of in roles.items()}
        inputs["ρ"] = quantity(workings, RETURN, VARIANTS[self.variant][RETURN])
        return workings.compute(
            measure.id, scope, "net_days", inputs, unit=measure.unit, readings=(RETURN,)
        )


@dataclass(frozen=True, slots=True)
class Beds:
    """Beds at the target use, from days (``beds_from_days``) or money (``beds_from_fund``)."""

    formula: str
    roles: tuple[tuple[str, str], ...]
    variant: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The number of beds, with a fraction of a bed."""
        inputs = {role: workings.figure(of, scope) for role, of in self.roles}
        inputs["u"] = quantity(workings, USE, VARIANTS[self.variant][USE])
        return workings.compute(
            measure.id, scope, self.formula, inputs, unit=measure.unit, readings=(USE,)
        )


@dataclass(frozen=True, slots=True)
class Smaller:
    """The smaller of two bounds; the detail ``binds`` names it (both when they are equal)."""

    demand: str
    fund: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The modelled need; undefined while either bound is."""
        bounds = {name: workings.figure(getattr(self, name), scope) for name in ("demand", "fund")}
        made = workings.compute(measure.id, scope, "minimum", bounds, unit=measure.unit)
        if made.value is None:
            return made
        binds = [name for name, bound in bounds.items() if bound.value == made.value]
        return made._replace(detail=(("binds", "+".join(binds)),))


@dataclass(frozen=True, slots=True)
class Adopted:
    """The bureau's adopted number; undefined with ``not_adopted`` while there is none."""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The adopted number, with the modelled one named in the reason where it is missing."""
        own = benchmark(workings, measure.id, scope)
        if own.value is None:
            workings.figure("need_per_1000_modelled", scope)
            modelled = key_of("need_per_1000_modelled", scope)
            why = reason("not_adopted", benchmark=measure.id, modelled=modelled)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        return workings.compute(measure.id, scope, "same", {"a": own}, unit=measure.unit)


def _measure(
    id: str, names: tuple[str, str], unit: str, *, recipe: Recipe, decimals: int = 0
) -> Measure:
    zh, en = names
    return Measure(id, zh, en, unit, WholeOnly(recipe), decimals=decimals, clauses=CLAUSES)


def _inputs() -> Iterator[Measure]:
    for id, zh, en, unit in (
        ("bed_days_out", "流出住院床日", "bed-days of own insured in other areas", "bed_day"),
        ("bed_days_in", "流入住院床日", "bed-days of other areas' insured here", "bed_day"),
        ("inpatient_budget", "住院基金预算", "fund budget for inpatient care", "yuan"),
        ("cost_per_bed_day", "次均床日基金支付", "fund cost per bed-day", "yuan_per_bed_day"),
    ):
        decimals = 0 if unit == "bed_day" else 2
        yield _measure(id, (zh, en), unit, recipe=Own("care_flows", id), decimals=decimals)
    names = ("参保人年住院需求床日", "inpatient bed-days that the insured need in a year")
    yield _measure("need_bed_days", names, "bed_day", recipe=Modelled(BedDays()))


_NAMES = {"": ("", ""), "_low": ("（低）", " (low)"), "_high": ("（高）", " (high)")}
_MONEY = (("b", "inpatient_budget"), ("c", "cost_per_bed_day"))


def _model(variant: str) -> Iterator[Measure]:
    zh, en = _NAMES[variant]
    net, demand, fund, need, per = (
        f"need_{part}{variant}"
        for part in ("net_days", "beds", "beds_fund", "beds_modelled", "per_1000_modelled")
    )
    steps: tuple[tuple[str, str, str, str, Recipe], ...] = (
        (net, "净住院需求床日", "net inpatient bed-days needed", "bed_day", NetDays(variant)),
        (
            demand,
            "按需求测算的床位数",
            "beds needed by demand",
            "bed",
            Beds("beds_from_days", (("d", net),), variant),
        ),
        (
            fund,
            "基金可支付的床位数",
            "beds that the fund can pay",
            "bed",
            Beds("beds_from_fund", _MONEY, variant),
        ),
        (
            need,
            "医保需要床位数测算值（取小）",
            "modelled need of beds (smaller bound)",
            "bed",
            Smaller(demand, fund),
        ),
        (
            per,
            "每千常住人口医保需要床位数测算值",
            "modelled need of beds per 1,000 residents",
            "beds_per_1000_resident",
            ratio(need, "resident", 1000),
        ),
        (
            f"{per}_insured",
            "每千参保人医保需要床位数测算值",
            "modelled need of beds per 1,000 insured",
            "beds_per_1000_insured",
            ratio(need, "insured", 1000),
        ),
    )
    for id, zh_step, en_step, unit, recipe in steps:
        decimals = 2 if unit.startswith("beds_per") else 0
        yield _measure(
            id, (zh_step + zh, en_step + en), unit, recipe=Modelled(recipe), decimals=decimals
        )


MEASURES: tuple[Measure, ...] = (
    *_inputs(),
    *(measure for variant in VARIANTS for measure in _model(variant)),
    _measure(
        "insurer_needed_beds",
        (
            "医保需要的千人床位数（医保局采用数）",
            "beds per 1,000 that the insurance needs (adopted by the bureau)",
        ),
        "beds_per_1000",
        recipe=Adopted(),
        decimals=2,
    ),
)

__all__ = ["MEASURES", "VARIANTS", "quantity"]
