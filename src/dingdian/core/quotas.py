"""Quotas: next year's new places, as the smallest of all limits that rules set.

Precedence needs no order: every rule that limits a resource gives an upper limit, and the
smallest binds. A limit of 0 binds even beside an unknown one, because no limit is negative.
A limit of the whole area binds the sum: where the districts together exceed it, it is
shared out by their own quotas (largest remainder), and its rule is the one that binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from dingdian.core.findings import Limit, Outcome, Quota
from dingdian.core.indicators.releases import STOCK_OF
from dingdian.core.rules.facts import Facts, shared_out
from dingdian.core.workings import Figure, reason


def quotas(facts: Facts, outcomes: Iterable[Outcome]) -> tuple[Quota, ...]:
    """The quotas of every resource that the policy hands out, whole area first, then districts."""
    limits = [limit for outcome in outcomes for limit in outcome.limits]
    resources = dict.fromkeys(r for rule in facts.in_family("resources") for r in rule.value)
    return tuple(
        quota
        for resource in resources
        for quota in _of_resource(
            facts, resource, [limit for limit in limits if limit.resource == resource]
        )
    )


def _of_resource(facts: Facts, resource: str, limits: Sequence[Limit]) -> list[Quota]:
    districts, root = facts.tree.districts, facts.root
    by_scope = {at: [each for each in limits if each.scope == at] for at in (root, *districts)}
    whole = _smallest(facts, f"quota_limit_{resource}", root, by_scope[root])
    own = {at: _smallest(facts, f"quota_own_{resource}", at, by_scope[at]) for at in districts}
    held, by_whole = _within(facts, resource, own, whole)
    binding = {at: _binding(facts, by_scope[root if by_whole else at]) for at in districts}
    rows = [
        _quota(
            facts,
            resource,
            at,
            figure=held[at],
            limits=[*by_scope[at], *by_scope[root]],
            binding=binding[at],
        )
        for at in districts
    ]
    numbered = {at: figure for at, figure in held.items() if figure is not None}
    total = whole
    if len(numbered) == len(districts):
        unit = _unit(numbered.values())
        total = facts.workings.compute(f"quota_{resource}", root, "sum", numbered, unit=unit)
        binds = tuple(dict.fromkeys(rule for at in districts for rule in binding[at]))
    else:
        binds = _binding(facts, by_scope[root])
    top = _quota(facts, resource, root, figure=total, limits=by_scope[root], binding=binds)
    return [top, *rows]


def _binding(facts: Facts, limits: Sequence[Limit]) -> tuple[str, ...]:
    """The rules whose limit is the smallest of those known."""
    values = [(each.rule, facts.workings.figures[each.key].value) for each in limits]
    known = [(rule, limit) for rule, limit in values if limit is not None]
    least = min((limit for _, limit in known), default=None)
    return tuple(dict.fromkeys(rule for rule, limit in known if limit == least))


def _unit(figures: Iterable[Figure]) -> str:
    return next(iter(figures)).unit


def _smallest(facts: Facts, name: str, scope: str, limits: Sequence[Limit]) -> Figure | None:
    """The smallest of the limits as a figure; ``None`` where there is none."""
    figures = {each.rule: facts.workings.figures[each.key] for each in limits}
    if not figures:
        return None
    zeros = {rule: each for rule, each in figures.items() if each.value == 0}
    return facts.workings.compute(
        name, scope, "minimum", zeros or figures, unit=_unit(figures.values())
    )


def _within(
    facts: Facts, resource: str, own: Mapping[str, Figure | None], whole: Figure | None
) -> tuple[dict[str, Figure | None], bool]:
    """The districts' quotas under the limit of the whole area, and whether that limit binds.

    Where it binds, districts without a number of their own take part in the sharing with
    what was released there: none is told that only preconditions limit it when nothing is left.
    """
    works, name = facts.workings, f"quota_{resource}"
    numbered = {at: each for at, each in own.items() if each is not None}
    if whole is not None and whole.value == 0:
        closed = {at: works.compute(name, at, "same", {"a": whole}, unit=whole.unit) for at in own}
        return dict(closed), True
    unknown = any(each.exact is None for each in numbered.values())
    total = sum((each.exact or Fraction(0) for each in numbered.values()), Fraction(0))
    if whole is None or (whole.exact is not None and not unknown and total <= whole.exact):
        plain = {
            at: works.compute(name, at, "same", {"a": each}, unit=each.unit)
            for at, each in numbered.items()
        }
        return {at: plain.get(at) for at in own}, False
    if unknown or whole.exact is None:
        undecided = {
            at: _undecided(facts, name, at, own=each, whole=whole) for at, each in own.items()
        }
        return undecided, False
    weights = {
        at: each if each is not None else facts.figure(f"released_{resource}", at)
        for at, each in own.items()
    }
    return dict(shared_out(facts, name, total=whole, weights=weights)), True


def _undecided(
    facts: Facts, name: str, at: str, *, own: Figure | None, whole: Figure
) -> Figure | None:
    """A district's quota while it is unknown whether the whole area's limit binds.

    Its own 0 holds whatever the whole may be. A district without a number has none beside a
    known limit of the whole; an unknown one may be 0 and close it, so it is undefined.
    """
    works = facts.workings
    if own is not None and own.value == 0:
        return works.compute(name, at, "same", {"a": own}, unit=own.unit)
    if own is None and whole.exact is not None:
        return None
    return works.undefined(name, at, reason("limit_of_whole_unknown"), unit=whole.unit)


def _quota(
    facts: Facts,
    resource: str,
    scope: str,
    *,
    figure: Figure | None,
    limits: Sequence[Limit],
    binding: tuple[str, ...],
) -> Quota:
    remainders = [
        key
        for each in limits
        if (key := f"remainder.{each.rule}.{scope}") in facts.workings.figures
    ]
    return Quota(
        resource=resource,
        scope=scope,
        key=figure.key if figure else None,
        limits=tuple(limits),
        binding=binding if figure is not None and figure.value is not None else (),
        remainder=remainders[0] if remainders else None,
        asked=facts.figure(f"asked_{resource}", scope).key,
        released=facts.figure(f"released_{resource}", scope).key,
        stock=facts.figure(STOCK_OF.get(resource, resource), scope).key,
    )
