"""Search by name or code: institutions, cases and plans that somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from dingdian.web.ledger import listing, words
from dingdian.web.ledger.models import Case
from dingdian.web.plans.models import Plan
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: So many of a kind are listed; the list of institutions has them all.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the first of each kind, and how many there are."""

    institutions: list[Any]
    institutions_all: int
    cases: list[Any]
    cases_all: int
    plans: list[Plan]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.institutions or self.cases or self.plans)


def exact(user: User, text: str) -> str:
    """Where the one thing stands that has exactly this code; empty where there is none."""
    if not user.may(Right.SEE_LEDGER):
        return ""
    visible = listing.visible(user)
    codes = list(visible.filter(Q(code=text) | Q(uscc=text)).values_list("code", flat=True)[:2])
    if len(codes) == 1:
        return reverse("ledger:one", args=codes)
    cases = listing.within(Case.objects.all(), user.districts(Right.SEE_LEDGER))
    case = cases.filter(case=text).values_list("case", flat=True).first()
    return reverse("cases:one", args=[case]) if case else ""


def find(user: User, text: str) -> Found:
    """Everything with the text in its name, or at the beginning of its code."""
    visible = listing.visible(user)
    institutions = visible.filter(
        Q(name__icontains=text) | Q(code__istartswith=text) | Q(uscc__istartswith=text)
    )
    cases = listing.within(Case.objects.all(), user.districts(Right.SEE_LEDGER))
    cases = cases.filter(Q(case__istartswith=text) | Q(name__icontains=text, institution=""))
    plans = Plan.objects.visible_to(user) if user.may(Right.SEE_PLANS) else Plan.objects.none()
    plans = plans.filter(title__icontains=text)
    shown = list(institutions[:SHOWN])
    for each in shown:
        each.kind_said, each.standing_said = (
            words.term("kind", each.kind),
            words.term("standing", each.standing),
        )
        each.tone = words.tone(each.standing)
    some = list(cases[:SHOWN])
    for each in some:
        each.stage_said = words.stage(each.stage)
    return Found(shown, institutions.count(), some, cases.count(), list(plans[:SHOWN]))
