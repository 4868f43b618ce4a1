"""What a year set free, and what of it the plan of the next year starts from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.urls import reverse

from dingdian.actions.compare_outcomes import Part, counted_as
from dingdian.core.indicators.releases import CAUSES, KINDS_READING, TRIAL_READING
from dingdian.core.lifecycle.releases import BEDS
from dingdian.core.record import QuotaRecord
from dingdian.web.ledger.words import term
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import Shown, shown
from dingdian.web.procedure.outcomes import Found, Number

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Resource, bed class, district and cause -> how many were set free.
Freed = Mapping[tuple[str, str, str, str], int]
_WHOLE = "whole"


@dataclass(frozen=True)
class Flow:
    """What the year of a count set free, beside the newest version of the next year's plan.

    ``freed`` is of the days of ``year`` that the span has. ``following`` is ``None`` where no plan
    of the next year was run yet.
    """

    found: Found
    year: int
    freed: Freed
    following: Version | None

    @classmethod
    def of(cls, found: Found, user: User) -> Flow:
        """Of a count, as far as somebody sees the plans of the next year."""
        counted, year = found.counted, found.counted.through.year
        names = ("resource", "bed_class", "district", "cause")
        rows = counted.rows.filter(part=Part.RELEASED, day__year=year).order_by()
        summed = rows.values_list(*names).annotate(n=Sum("amount"))
        seen = Version.objects.visible_to(user).filter(what_if=False, plan__year=year + 1)
        return cls(
            found=found,
            year=year,
            freed={(resource, bed, where, cause): n for resource, bed, where, cause, n in summed},
            following=seen.select_related("plan").order_by("-made_at").first(),
        )

    @property
    def whole_year(self) -> bool:
        """Whether the span has every day of the year."""
        counted = self.found.counted
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        return counted.since <= first and counted.through >= last

    @property
    def reading(self) -> str:
        """The reading that says which causes count."""
        return KINDS_READING

    @property
    def told(self) -> Shown:
        """The plan by whose resources and readings it is told: the next one, else the issued."""
        return shown(self.following) if self.following else self.found.issued

    @property
    def chosen(self) -> str | None:
        """The option of that reading in the plan; ``None``: it is open, and no cause counts yet."""
        return self._choice(KINDS_READING)

    def _choice(self, reading: str) -> str | None:
        found = self.told.record.readings.get(reading)
        return found.chosen if found else None

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every resource and scope of the plan of which something was set free, or is planned."""
        told = self.told
        for quota in told.record.quotas:
            by_cause = self._by_cause(told, quota)
            planned = self._planned(told, quota)
            if not by_cause and not planned:
                continue
            counting = self._counting(quota.resource, by_cause)
            whole = told.record.scopes[quota.scope].level == _WHOLE
            of = Number(Part.RELEASED, quota.resource, "" if whole else quota.scope)
            yield {
                "scope": told.words.scope(quota.scope),
                "resource": told.words.handed_out(quota.resource),
                "unit": self.found.unit(quota.resource),
                "freed": sum(by_cause.values()),
                "of_freed": self.found.address(of),
                "causes": [
                    (term("release_cause", each), n) for each, n in sorted(by_cause.items())
                ],
                "counting": counting,
                "planned": planned,
                "of_planned": self._address(told, quota),
                "differs": planned is not None and counting is not None and planned != counting,
            }

    def _by_cause(self, told: Shown, quota: QuotaRecord) -> Counter[str]:
        resource, classes = counted_as(told.record, quota.resource)
        whole = told.record.scopes[quota.scope].level == _WHOLE
        found = Counter[str]()
        for (name, bed_class, district, cause), n in self.freed.items():
            if name == resource and bed_class in classes and (whole or district == quota.scope):
                found[cause] += n
        return found

    def _counting(self, resource: str, by_cause: Mapping[str, int]) -> int | None:
        """How many of them are of a cause that counts; ``None`` while the reading is open."""
        chosen = self.chosen
        if chosen is None or chosen not in CAUSES:
            return None
        causes = set(CAUSES[chosen])
        if resource.startswith(BEDS) and self._choice(TRIAL_READING) not in (None, "yes"):
            causes.discard("trial_failure")
        return sum(n for cause, n in by_cause.items() if cause in causes)

    def _planned(self, told: Shown, quota: QuotaRecord) -> Fraction | None:
        """What the plan of the next year says was released; ``None``: no plan, or not known."""
        figure = told.record.figures.get(quota.released or "") if self.following else None
        number = figure.number if figure else None
        return number if isinstance(number, Fraction) else None

    def _address(self, told: Shown, quota: QuotaRecord) -> str:
        if self.following is None or quota.released not in told.record.figures:
            return ""
        return reverse("plans:figure", args=[self.following.pk, quota.released])
