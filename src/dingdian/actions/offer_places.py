"""What an issued plan gives in its year, as the plain numbers that entries are weighed by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dingdian.actions.compare_outcomes import counted_as
from dingdian.core.errors import Text
from dingdian.core.lifecycle.places import Given, YearPlan
from dingdian.core.record import QuotaRecord, Record

_WHOLE = "whole"


def offer_places(record: Record, name: str, district_of: Mapping[str, str]) -> YearPlan:
    """The places of a plan by resource and scope.

    ``name`` is how a refusal calls it; ``district_of`` gives the county-level region of a region.
    A resource for which the text gives no number is left out: no number limits it. One that the
    plan could not work out has no amount; parts of a place are none.
    """
    given = (_given(record, each) for each in record.quotas if each.key is not None)
    return YearPlan(record.year, name, tuple(given), district_of)


def _given(record: Record, quota: QuotaRecord) -> Given:
    resource, classes = counted_as(record, quota.resource)
    scope, words = record.scopes[quota.scope], record.resources.get(quota.resource)
    figure = record.figures.get(quota.key or "")
    number = figure.number if figure else None
    rules = [record.rules[each] for each in quota.binding if each in record.rules]
    return Given(
        resource=resource,
        bed_classes=classes,
        scope="" if scope.level == _WHOLE else quota.scope,
        amount=number // 1 if isinstance(number, Fraction) else None,
        name=Text(words.zh, words.en) if words else Text(quota.resource, quota.resource),
        scope_name=Text(scope.zh, scope.en),
        rules=quota.binding,
        clauses=tuple(dict.fromkeys(_clauses(record, quota))),
        principle=bool(rules) and all(each.principle for each in rules),
    )


def _clauses(record: Record, quota: QuotaRecord) -> Iterator[str]:
    """The clauses of the limits that bind it; of all where none is known to."""
    for limit in quota.limits:
        if limit.rule in quota.binding or not quota.binding:
            yield from record.figures[limit.key].clauses
