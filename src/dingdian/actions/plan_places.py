"""Plan places: what the plan of a year says of new institutions of a stock, by district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dingdian.core.admission.places import Ledger, Left
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
    not hand out is not there. ``root``: the whole area.
    """

    year: int
    result: str
    root: str
    by_stock: Mapping[str, Mapping[str, Left]]

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
    return PlanPlaces(
        year=plan.year,
        result=plan.fingerprints.result,
        root=root,
        by_stock={
            stock: {scope: each for (resource, scope), each in left.items() if resource == stock}
            for stock in dict.fromkeys(bearing)
            if stock in handed_out
        },
    )
