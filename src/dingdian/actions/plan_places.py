"""Plan places: what the plan of a year says of new institutions of a stock, by district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dingdian.actions.record_plan import resources_of
from dingdian.core.admission.places import Ledger, Left
from dingdian.core.errors import Text
from dingdian.core.indicators.circles import SERVED
from dingdian.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Beyond:
    """More sites chosen in an area than the plan hands out there, of one stock."""

    resource: str
    scope: str
    chosen: int
    most: int


@dataclass(frozen=True, slots=True)
class PlanPlaces:
    """What the plan of ``year`` says of new institutions; ``result`` is its fingerprint.

    ``by_stock``: stock -> area -> places, of which the number is ``None`` where no rule gives one
    (only preconditions hold) or where it is unknown (``why`` says so). First the stock itself, then
    all institutions of its kind, because a new one needs a place of both; one that the policy does
    not hand out is not there. ``root``: the whole area. ``figures``: key that a ``why`` names ->
    measure and area. ``names``: of measures, and of what places are handed out of.
    """

    year: int
    result: str
    root: str
    by_stock: Mapping[str, Mapping[str, Left]]
    figures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def quotas(self) -> Mapping[str, int]:
        """District -> the smallest number of places that a stock has there."""
        found: dict[str, int] = {}
        for stock in self.by_stock.values():
            for scope, left in stock.items():
                if scope != self.root and left.amount is not None:
                    found[scope] = min(int(left.amount), found.get(scope, int(left.amount)))
        return found

    @property
    def most(self) -> int | None:
        """The smallest number of places in all; ``None`` where no rule gives one."""
        whole = (stock.get(self.root) for stock in self.by_stock.values())
        return min((int(w.amount) for w in whole if w and w.amount is not None), default=None)

    def rules(self, resource: str) -> tuple[str, ...]:
        """The rules that set the numbers of a stock, those of the whole area first."""
        areas = sorted(self.by_stock[resource].items(), key=lambda each: each[0] != self.root)
        return tuple(dict.fromkeys(rule for _, left in areas for rule in left.binding))

    def beyond(self, districts: Sequence[str]) -> tuple[Beyond, ...]:
        """Where sites chosen in ``districts`` (one entry a site) are more than the places.

        Where the whole area has none, its districts are not named.
        """
        found = []
        for resource, stock in self.by_stock.items():
            whole = stock.get(self.root)
            for scope, left in stock.items():
                chosen = len(districts) if scope == self.root else districts.count(scope)
                apart = scope == self.root or not whole or whole.amount != 0
                if apart and left.amount is not None and chosen > left.amount:
                    found.append(Beyond(resource, scope, chosen, int(left.amount)))
        return tuple(found)


def plan_places(plan: Plan, of: str) -> PlanPlaces:
    """What a plan says of new institutions of the stock ``of``, a key of ``SERVED``."""
    root, kind = plan.census.tree.root, SERVED[of].kind
    left = Ledger.of(plan.quotas, plan.figures, root=root).left
    bearing = (of, *(id for id, each in SERVED.items() if each.kind == kind and not each.service))
    handed_out = {resource for resource, _ in left}
    by_stock = {
        stock: {scope: each for (resource, scope), each in left.items() if resource == stock}
        for stock in dict.fromkeys(bearing)
        if stock in handed_out
    }
    return PlanPlaces(
        year=plan.year,
        result=plan.fingerprints.result,
        root=root,
        by_stock=by_stock,
        figures=dict(_figures(plan, by_stock)),
        names={name: Text(each.zh, each.en) for name, each in plan.measures.items()}
        | {name: Text(each["zh"], each["en"]) for name, each in resources_of(plan).items()},
    )


def _figures(
    plan: Plan, by_stock: Mapping[str, Mapping[str, Left]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The figures that the reasons of unknown places name."""
    for left in (each for areas in by_stock.values() for each in areas.values()):
        for key in dict(left.why.details).get("keys", "").split(", ") if left.why else ():
            if key in plan.figures:
                yield key, (plan.figures[key].measure, plan.figures[key].scope)
