"""Family ``release_quota``: new places as a share of the released ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.census import ZONE
from dingdian.core.findings import Finding, Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.compare import Comparison, all_hold, any_holds, holds
from dingdian.core.rules.facts import Facts, ScopeKind, shared_out
from dingdian.core.workings import Because, Compared, Figure, reason


class Condition(Shape):
    """One comparison of a measure with a benchmark, or with zero when ``benchmark`` is absent."""

    measure: Identifier
    comparison: Comparison
    benchmark: Identifier | None = None


class ReleaseShares(Shape):
    """The share of what was released when a condition is met, and otherwise.

    ``None`` (null) means that the text gives no number: the rule then sets no limit.
    ``clauses_met`` and ``clauses_otherwise`` are the clauses of each branch; without them a
    branch cites all clauses of the rule.
    """

    met: Number | None
    otherwise: Number | None
    clauses_met: tuple[str, ...] = ()
    clauses_otherwise: tuple[str, ...] = ()


class ReleaseQuotaRule(Rule):
    """Next year's new places are a share of this year's released ones.

    ``any_of``: the share ``met`` holds as soon as one condition is met. The areas at which
    the conditions are weighed come from the rule of family ``scope``. ``mix``: measures that
    the text wants weighed where no condition is met and it gives no number: shown where they are
    not 0, and not judged.
    """

    family: Literal["release_quota"]
    resource: Identifier
    any_of: Annotated[tuple[Condition, ...], Field(min_length=1)]
    mix: tuple[Identifier, ...] = ()
    values: tuple[Dated[ReleaseShares], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the conditions say for a district: ``met`` (None: unknown) and the numbers used.

    ``compared`` are the comparisons at every area; ``combined``: there was more than one.
    """

    met: bool | None
    numbers: Mapping[str, Figure]
    compared: tuple[Compared, ...] = ()
    combined: bool = False

    @property
    def because(self) -> Because:
        """The verdict in words and the numbers it rests on."""
        says = {True: reason("over"), False: reason("not_over"), None: reason("over_unknown")}
        return Because((says[self.met],), self.compared)


#: Reading ``scope_combination`` -> how the zone's and the district's verdicts combine.
COMBINE: Mapping[str, Callable[[Mapping[ScopeKind, bool | None]], bool | None]] = MappingProxyType(
    {
        "stricter": lambda by: any_holds(by.values()),
        "both": lambda by: all_hold(by.values()),
        "zone_only": lambda by: by.get(ScopeKind.ZONE, by[ScopeKind.DISTRICT]),
        "district_only": lambda by: by[ScopeKind.DISTRICT],
    }
)


def areas(facts: Facts, district: str) -> dict[ScopeKind, str] | None:
    """The areas at which a district is weighed; ``None`` when its zone is needed and unknown."""
    rules = facts.in_family("scope")
    if not rules:
        return {ScopeKind.DISTRICT: district}
    table: Mapping[str, Sequence[ScopeKind]] = rules[0].value
    zone = facts.tree.zones.get(district)
    if zone is None or zone not in table:
        return None
    together = facts.workings.choice("whole_scope") == "zones_together"
    present = [z.removeprefix(ZONE) for z in facts.tree.zone_scopes]
    joined = [z for z in present if ScopeKind.ZONE in table.get(z, ())]
    scopes = {
        ScopeKind.ZONE: ZONE + ("+".join(joined) if together else zone),
        ScopeKind.DISTRICT: district,
        ScopeKind.WHOLE: facts.root,
    }
    return {kind: scopes[kind] for kind in table[zone]}


def weigh(rule: ReleaseQuotaRule, facts: Facts, district: str) -> Weighed:
    """Weigh the conditions of ``rule`` for a district at all its areas."""
    scopes = areas(facts, district)
    if scopes is None:
        return Weighed(None, {})
    numbers: dict[str, Figure] = {}
    verdicts: dict[ScopeKind, bool | None] = {}
    compared: list[Compared] = []
    for kind, scope in scopes.items():
        met = []
        for condition in rule.any_of:
            measured = facts.figure(condition.measure, scope)
            limit = _limit_of(facts, condition, scope)
            numbers[f"{kind}:{condition.measure}"] = measured
            numbers[f"{kind}:{condition.benchmark or 'zero'}"] = limit
            met.append(holds(condition.comparison, measured, limit))
            compared.append(Compared(measured.key, condition.comparison, limit.key, met[-1]))
        verdicts[kind] = any_holds(met)
    combine = COMBINE[facts.workings.choice("scope_combination") or "stricter"]
    return Weighed(combine(verdicts), numbers, tuple(compared), len(scopes) > 1)


def _limit_of(facts: Facts, condition: Condition, scope: str) -> Figure:
    if condition.benchmark:
        return facts.benchmark(condition.benchmark, scope)
    return facts.workings.given("zero", "", Fraction(0), unit="index")


def released(facts: Facts, resource: str) -> dict[str, Figure]:
    """What each district may draw on: its own releases, or its share of the city's pool."""
    own = {at: facts.figure(f"released_{resource}", at) for at in facts.tree.districts}
    if facts.workings.choice("release_area") != "city_pool":
        return own
    return shared_out(
        facts,
        f"released_pool_{resource}",
        total=facts.figure(f"released_{resource}", facts.root),
        weights={at: facts.figure("resident", at) for at in facts.tree.districts},
        readings=("release_area",),
    )


def decide(in_force: InForce[ReleaseQuotaRule], facts: Facts) -> Outcome:
    """For each district the verdict of its conditions and the limit that follows from it."""
    rule = in_force.rule
    findings: list[Finding] = []
    limits: list[Limit] = []
    for district, pool in released(facts, rule.resource).items():
        weighed = weigh(rule, facts, district)
        numbers = dict(weighed.numbers)
        share = None if weighed.met is None else _share(in_force, met=weighed.met)
        if weighed.met is None:
            limit = _unknown(in_force, facts, district, pool)
            facts.workings.explained(limit, weighed.because)
        elif share is None:
            mix = {f"mix:{each}": facts.figure(each, district) for each in rule.mix}
            numbers |= {role: figure for role, figure in mix.items() if figure.value != 0}
            findings.append(_finding(in_force, facts, district, weighed=weighed, numbers=numbers))
            continue
        else:
            limit, extra = limit_of_share(
                in_force, facts, district, pool=pool, share=share, weighed=weighed
            )
            numbers |= extra
        limits.append(Limit(rule.resource, district, rule.rule, limit.key))
        findings.append(_finding(in_force, facts, district, weighed=weighed, numbers=numbers))
    return Outcome(tuple(findings), tuple(limits))


def _share(in_force: InForce[ReleaseQuotaRule], *, met: bool) -> Fraction | None:
    value: ReleaseShares = in_force.value
    return value.met if met else value.otherwise


def clauses_of(in_force: InForce[ReleaseQuotaRule], *, met: bool | None) -> tuple[str, ...]:
    """The clauses that applied: those of the branch, all of the rule while it is undecided."""
    value: ReleaseShares = in_force.value
    branch = {True: value.clauses_met, False: value.clauses_otherwise, None: ()}[met]
    return branch or in_force.rule.clauses


def factor_of(
    in_force: InForce[ReleaseQuotaRule], facts: Facts, weighed: Weighed, share: Fraction
) -> Figure:
    """The share of a branch as a figure that cites the branch's clauses."""
    return facts.workings.clause_value(
        in_force,
        "met" if weighed.met else "otherwise",
        share,
        unit="share",
        clauses=clauses_of(in_force, met=weighed.met),
    )


def _unknown(
    in_force: InForce[ReleaseQuotaRule], facts: Facts, district: str, pool: Figure
) -> Figure:
    why = reason("condition_unknown", rule=in_force.rule.rule)
    return facts.workings.undefined(f"limit.{in_force.rule.rule}", district, why, unit=pool.unit)


def limit_of_share(
    in_force: InForce[ReleaseQuotaRule],
    facts: Facts,
    district: str,
    *,
    pool: Figure,
    share: Fraction,
    weighed: Weighed,
) -> tuple[Figure, dict[str, Figure]]:
    """The whole places in a share of the released ones, and the numbers that show it."""
    name, works = in_force.rule.rule, facts.workings
    factor = factor_of(in_force, facts, weighed, share)
    combining = [each for each in ("scope_combination",) if each in facts.policy.readings]
    limit = works.compute(
        f"limit.{name}",
        district,
        facts.rounded_share(),
        {"a": pool, "s": factor},
        unit=pool.unit,
        clauses=clauses_of(in_force, met=weighed.met),
        readings=("rounding", *(combining if weighed.combined else ())),
    )
    works.explained(limit, weighed.because)
    left = works.compute(
        f"remainder.{name}",
        district,
        "remainder",
        {"a": pool, "s": factor, "q": limit},
        unit=pool.unit,
        readings=("rounding",),
    )
    return limit, {"released": pool, "share": factor, "limit": limit, "remainder": left}


def _finding(
    in_force: InForce[ReleaseQuotaRule],
    facts: Facts,
    district: str,
    *,
    weighed: Weighed,
    numbers: Mapping[str, Figure],
) -> Finding:
    if weighed.met is None:
        why = None if weighed.numbers else reason("zone_unknown")
        return facts.finding(in_force, district, State.UNDEFINED, numbers, why=why)
    state, code = (State.BROKEN, "over") if weighed.met else (State.KEPT, "not_over")
    made = facts.finding(in_force, district, state, numbers, note=reason(code))
    return replace(made, clauses=clauses_of(in_force, met=weighed.met))
