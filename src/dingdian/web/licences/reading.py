"""What files of licences found, as pages show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.errors import Text
from dingdian.core.licences.matching import PROBLEMS, Group, Problem
from dingdian.web.bureau import lang
from dingdian.web.ledger import listing, words
from dingdian.web.licences.models import Check, Finding
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_GROUPS = {
    Group.PRACTICE: Text("执业许可或备案", "licence to practise, or filing"),
    Group.DRUG: Text("药品经营许可", "drug licence"),
    Group.BUSINESS: Text("营业执照", "business licence"),
}
Task = tuple[str, str, "dt.date | None"]


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words."""

    row: Finding
    problem: str
    group: str
    theirs: str


def lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """Findings in words."""
    for each in findings:
        said = PROBLEMS[Problem(each.problem)].say(lang())
        group = _GROUPS[Group(each.group)].say(lang()) if each.group else "—"
        theirs = each.theirs
        if theirs in CHOICES["licence_status"]:
            theirs = words.term("licence_status", theirs)
        yield Line(each, said[:1].upper() + said[1:], group[:1].upper() + group[1:], theirs)


def tasks(user: User) -> Iterator[Task]:
    """Findings of the last file that are open, for who settles them."""
    if not user.may(Right.MOVE_CASES):
        return
    last = Check.objects.first()
    if last is None:
        return
    found = last.findings.filter(settled_by="")
    n = listing.within(found, user.districts(Right.MOVE_CASES)).count()
    if n:
        title = ngettext(
            "%(n)d finding about licences is open", "%(n)d findings about licences are open", n
        )
        yield title % {"n": n}, reverse("licences:one", args=[last.pk]), None
