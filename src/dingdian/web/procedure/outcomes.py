"""What was counted for an issued plan, as rows of a page: every number leads to its derivation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.actions.compare_outcomes import (
    Part,
    compare_measures,
    compare_places,
    counted_as,
    unit_of,
)
from dingdian.core.lifecycle.releases import BEDS
from dingdian.web.ledger.words import term
from dingdian.web.plans.models import Plan, Version
from dingdian.web.plans.reading import Shown, shown
from dingdian.web.procedure.counting import Sums, sums_of
from dingdian.web.procedure.models import Counted, CountedRow

#: What stands after is no row of the ledger: it is worked out from the others.
AFTER = "after"
#: The columns of the books, in their order.
COLUMNS: Mapping[str, Promise] = {
    Part.BEFORE: pgettext_lazy("books", "Before"),
    Part.OPENED: pgettext_lazy("books", "Opened with the ledger"),
    Part.TAKEN: pgettext_lazy("books", "Taken up"),
    Part.RELEASED: pgettext_lazy("books", "Set free"),
    AFTER: pgettext_lazy("books", "After"),
}
#: How each of them is made from rows of the ledger.
FORMULAS: Mapping[str, Promise] = {
    Part.BEFORE: _(
        "Sum over the cases with a live agreement at the end of the day before %(since)s."
    ),
    Part.OPENED: _(
        "Sum over what the ledger was opened with, on days from %(since)s to %(through)s."
    ),
    Part.TAKEN: _(
        "Sum over the entries from %(since)s to %(through)s that took places up: "
        "an agreement signed, a service opened, beds added."
    ),
    Part.RELEASED: _(
        "Sum over the entries from %(since)s to %(through)s that set places free, "
        "whatever the cause."
    ),
}


@dataclass(frozen=True, slots=True)
class Number:
    """Which number: a column of the books, a resource, and an area; empty: the whole place."""

    part: str
    resource: str
    scope: str = ""


@dataclass(frozen=True)
class Found:
    """A count of an issued plan, and what its numbers are."""

    plan: Plan
    counted: Counted
    issued: Shown
    sums: Sums

    @classmethod
    def of(cls, plan: Plan, counted: Counted) -> Found:
        """Of a count, in the language of the page."""
        return cls(plan, counted, shown(counted.version), sums_of(counted))

    def value(self, of: Number) -> int:
        """A number of the tables."""
        if of.part == AFTER:
            parts = {each: self.value(replace(of, part=each)) for each in Part}
            return sum(parts.values()) - 2 * parts[Part.RELEASED]
        name, classes = counted_as(self.issued.record, of.resource)
        return sum(
            n
            for (part, resource, bed_class, district), n in self.sums.items()
            if (part, resource) == (of.part, name)
            and bed_class in classes
            and of.scope in ("", district)
        )

    def rows(self, of: Number) -> QuerySet[CountedRow]:
        """The rows of the ledger that a number is the sum of; none of what is worked out."""
        name, classes = counted_as(self.issued.record, of.resource)
        found = self.counted.rows.filter(part=of.part, resource=name, bed_class__in=classes)
        return found.filter(district=of.scope) if of.scope else found

    def address(self, of: Number) -> str:
        """Where the derivation of a number is shown."""
        here = reverse("procedure:outcome", args=[self.plan.pk, self.counted.pk, of.part])
        asked = {"resource": of.resource, "scope": of.scope}
        return f"{here}?{urlencode({name: text for name, text in asked.items() if text})}"

    @property
    def whole(self) -> str:
        """The scope of the whole place."""
        scopes = self.issued.record.scopes
        return next(scope for scope, row in scopes.items() if row.level == "whole")

    def figure(self, key: str | None) -> str:
        """The derivation of a figure of the issued plan; empty where there is none."""
        if key is None or key not in self.issued.record.figures:
            return ""
        return reverse("plans:figure", args=[self.counted.version_id, key])

    def classes(self, resource: str) -> list[str]:
        """The bed classes that count for a resource, in words; none where it is no beds."""
        name, classes = counted_as(self.issued.record, resource)
        return [term("bed_class", each) for each in classes] if name == BEDS else []

    def unit(self, resource: str) -> str:
        """The unit of a resource in words."""
        return self.issued.words.unit(unit_of(resource))

    def places(self) -> Iterator[dict[str, Any]]:
        """Every quota: target, what was taken up, the difference."""
        taken = Counter[tuple[str, str, str]]()
        for (part, resource, bed_class, district), n in self.sums.items():
            if part == Part.TAKEN:
                taken[resource, bed_class, district] += n
        words = self.issued.words
        for each in compare_places(self.issued.record, taken):
            scope = "" if each.scope == self.whole else each.scope
            yield {
                "resource": words.handed_out(each.resource),
                "scope": words.scope(each.scope),
                "unit": self.unit(each.resource),
                "row": each,
                "of_target": self.figure(each.key),
                "of_actual": self.address(Number(Part.TAKEN, each.resource, scope)),
            }

    def books(self) -> Iterator[dict[str, Any]]:
        """Every resource of which something stood or moved, beds by their class."""
        for key in sorted({(resource, bed) for _part, resource, bed, _where in self.sums}):
            resource = "_".join(filter(None, key))
            numbers = [Number(each, resource) for each in COLUMNS]
            cells = [(self.address(each), self.value(each)) for each in numbers]
            yield {"name": term("resource", resource), "unit": self.unit(resource), "cells": cells}


def measures(issued: Version, fresh: Version | None) -> Iterator[dict[str, Any]]:
    """Every benchmark beside the measure at the issue and in a later version."""
    if fresh is None:
        return
    then, now = shown(issued), shown(fresh)
    for each in compare_measures(then.record, now.record):
        of, words = then.record.benchmarks[each.benchmark], then.words
        yield {
            "row": each,
            "name": words.name(of),
            "unit": words.beside(of.unit, of.unit_en),
            "denominator": words.beside(of.denominator, of.denominator_en),
            "source": words.beside(of.source, of.source_en),
            "of_then": _figure(issued, then, each.key),
            "of_now": _figure(fresh, now, each.key),
        }


def _figure(version: Version, found: Shown, key: str) -> str:
    held = key in found.record.figures
    return reverse("plans:figure", args=[version.pk, key]) if held else ""
