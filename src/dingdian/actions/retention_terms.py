"""What is asked of retention: its words made identifiers, its years within the plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dingdian.core.census.vocabulary import KINDS, SERVICES, Term
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.naming import meant, unknown
from dingdian.core.plan import Plan
from dingdian.core.retention.choices import ORDER
from dingdian.core.rules.stock_cap import StockCapRule

#: The order where neither rule nor reading gives one.
PLAIN_ORDER = "score_first"
_PHARMACIES = "pharmacies"


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """What is asked: the plan of ``year``, the cap reached by the end of ``by``.

    ``by`` ``None``: the last year of the plan. ``order``: an option of the reading
    ``retention_order``, empty for the one chosen on the shelf. ``keep``: so many of a resource
    stay, whatever the rules say (a what-if). Both are words as people write them: identifiers,
    Chinese or English names. ``hold_districts``: districts hold their caps too. ``compare``:
    whether the other orders are tried for what they would cost. ``seconds``: what a clock outside
    allows, only told.
    """

    year: int
    by: int | None = None
    order: str = ""
    keep: Mapping[str, int] = field(default_factory=dict)
    hold_districts: bool = False
    compare: bool = True
    seconds: str = ""


def settled(
    terms: RetentionTerms, plan: Plan, caps: Sequence[StockCapRule]
) -> tuple[RetentionTerms, int]:
    """The terms in identifiers, and the year by whose end the cap is reached.

    That year is the one asked for, else the last of the plan; the year asked for where the text
    says no end.

    Raises:
        RequestError: a stock without a cap, an order that no rule has, a year before that of the
            plan or after its end; every fault in one list.
    """
    stocks, orders = _stocks(plan, caps), _orders(plan, caps)
    keep = {meant(word, stocks): number for word, number in terms.keep.items()}
    order = meant(terms.order, orders) if terms.order else ""
    faults = [
        *_uncapped(terms.keep, stocks),
        *([unknown(terms.order, orders, option="--order")] if order is None else []),
        *_years(terms, plan),
    ]
    if faults:
        raise RequestError(tuple(faults))
    named = {name: number for name, number in keep.items() if name is not None}
    last = _last(plan)
    by = terms.by or (terms.year if last is None else max(last, terms.year))
    return replace(terms, keep=named, order=order or ""), by


def _uncapped(keep: Collection[str], stocks: Mapping[str, Term]) -> Iterator[Fault]:
    """What to keep of a stock that has no cap; one fault where the policy caps no stock at all."""
    if keep and not stocks:
        yield fault("retention_no_caps", words=", ".join(keep))
        return
    yield from (
        unknown(word, stocks, option="--keep") for word in keep if meant(word, stocks) is None
    )


def _last(plan: Plan) -> int | None:
    """The last year of the plan; ``None`` where its text says no end."""
    text = plan.policy.documents.get(plan.policy.place.plan or "")
    return text.through.year if text is not None and text.through is not None else None


def _years(terms: RetentionTerms, plan: Plan) -> Iterator[Fault]:
    last = _last(plan)
    if terms.by is not None and terms.by < terms.year:
        yield fault("retention_by_early", by=terms.by, year=terms.year)
    if terms.by is not None and last is not None and terms.by > last:
        yield fault("retention_by_late", by=terms.by, year=terms.year, last=last)


def _stocks(plan: Plan, caps: Sequence[StockCapRule]) -> dict[str, Term]:
    """The stocks that have a cap, with every word for them."""
    return {
        each.resource: Term(
            each.resource,
            plan.measures[each.resource].zh.removesuffix("数"),
            plan.measures[each.resource].en,
            tuple(_also(each.resource)),
        )
        for each in caps
    }


def _also(resource: str) -> Iterator[str]:
    """What people call a stock: the words of its kind, or of its service."""
    if resource == _PHARMACIES:
        kind = KINDS["retail_pharmacy"]
        yield from (kind.id, kind.zh, kind.en, *kind.also)
    service = SERVICES.get(resource.removesuffix(f"_{_PHARMACIES}"))
    if service is not None:
        yield from (service.id, service.zh, service.en, f"{service.zh}药店")


def _orders(plan: Plan, caps: Sequence[StockCapRule]) -> dict[str, Term]:
    """The orders of weighing that the rules have; each is called by how its option begins."""
    reading = plan.policy.readings.get(ORDER)
    zh, en = (reading.options, reading.options_en) if reading else ({}, {})
    names = dict.fromkeys(name for each in caps for name in each.orders) | {PLAIN_ORDER: None}
    return {
        name: Term(name, _beginning(zh.get(name, "")), _beginning(en.get(name, "")))
        for name in names
    }


def _beginning(said: str) -> str:
    return re.split("[；，;,]", said, maxsplit=1)[0].strip()
