"""What waits for somebody: limits of the ledger in groups, steps of plans, submissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dingdian.core.lifecycle.due import Due, Urgency
from dingdian.core.lifecycle.moves import ROLES
from dingdian.core.lifecycle.moves import Role as Who
from dingdian.core.lifecycle.stages import Stage
from dingdian.reports.lives.words import URGENCIES, Speech
from dingdian.web.assessments import waiting as assessments
from dingdian.web.bureau import lang
from dingdian.web.cases import handing_over
from dingdian.web.cases import waiting as confirming
from dingdian.web.complaints import reading as complaints
from dingdian.web.intake import reading as intake
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import DueLine, DueTally
from dingdian.web.letters import reading as letters
from dingdian.web.licences import reading as licences
from dingdian.web.national import reading as national
from dingdian.web.objections import reading as objections
from dingdian.web.panels import waiting as panels
from dingdian.web.plans.models import Call, Submission
from dingdian.web.procedure import waiting
from dingdian.web.rights import Right, Role
from dingdian.web.rounds import waiting as rounds

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.web.accounts.models import User

#: Role of a user -> in whose name limits wait for them.
WHOSE: Mapping[Role, tuple[Who, ...]] = {
    Role.CLERK: (Who.AGENCY, Who.INSTITUTION),
    Role.COUNTY: (Who.AGENCY,),
    Role.SUPERVISOR: (Who.BUREAU,),
    Role.PLANNER: (Who.BUREAU,),
    Role.LEADER: (Who.BUREAU,),
    Role.EVALUATOR: (Who.EVALUATOR,),
}
ALL = "all"
_LONGEST = 100


def whose(user: User) -> tuple[str, ...]:
    """In whose name limits wait for a user."""
    found = (who for held in user.held for who in WHOSE.get(held.role, ()))
    return tuple(dict.fromkeys(str(each) for each in found))


def visible(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """The limits that a user may see: of their districts; an evaluator only their own."""
    if user.may(Right.SEE_LEDGER):
        return listing.within(rows, user.districts(Right.SEE_LEDGER))
    return rows.filter(who__in=[each for each in whose(user) if each == Who.EVALUATOR])


@dataclass(frozen=True)
class Asked:
    """What the address of the tasks says: ``who`` is one of the roles, ``all``, or empty: mine."""

    who: str
    urgency: str
    district: str
    text: str
    rule: str
    does: str
    on: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """The filters of a request."""
        names = ("who", "urgency", "district", "q", "rule", "does", "on")
        return cls(*(request.GET.get(each, "").strip()[:_LONGEST] for each in names))

    def apply(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """The limits, or their tallies where no text is asked for, that meet the filters."""
        if self.who in {*Who}:
            rows = rows.filter(who=self.who)
        elif self.who != ALL:
            rows = rows.filter(who__in=whose(user))
        if self.urgency:
            rows = rows.filter(urgency=self.urgency)
        if self.district:
            rows = rows.filter(district=self.district)
        if self.text:
            found = Q(name__icontains=self.text) | Q(case__istartswith=self.text)
            rows = rows.filter(found | Q(institution__istartswith=self.text))
        return rows

    def group(self, rows: QuerySet[DueLine]) -> QuerySet[DueLine]:
        """The limits of the chosen group, and of one last day where one is chosen."""
        if self.rule:
            rows = rows.filter(rule=self.rule, does=self.does)
        return rows.filter(last=self.day) if self.day else rows

    @property
    def day(self) -> dt.date | None:
        """The last day that is asked for; ``None``: any."""
        try:
            return dt.date.fromisoformat(self.on)
        except ValueError:
            return None

    def said(self) -> str:
        """The filters as one text for the journal."""
        facts = {"who": self.who, "urgency": self.urgency, "district": self.district}
        facts |= {"q": self.text, "rule": self.rule, "on": self.on}
        return "&".join(f"{name}={value}" for name, value in facts.items() if value)


@dataclass
class Group:
    """Limits of one rule that ask for the same: how many of each urgency, and the first day."""

    rule: str
    does: str
    what: str
    who: str
    first: dt.date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    weight: int = 99

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """Urgency -> how many, in the order of the table."""
        return [(str(each), self.counts.get(each, 0)) for each in Urgency]


def counted(asked: Asked, user: User) -> Iterable[Mapping[str, Any]]:
    """The limits that meet the filters, counted; a text is looked for line by line."""
    names = ("rule", "does", "who", "urgency", "weight")
    if not asked.text:
        rows = asked.apply(visible(DueTally.objects.all(), user), user)
        return rows.values(*names, "n", "first")
    lines = asked.apply(visible(DueLine.objects.all(), user), user).order_by()
    return lines.values(*names).annotate(n=Count("pk"), first=Min("last"))


def how_many(user: User) -> int:
    """How many limits a user may see, whoever must act."""
    found = visible(DueTally.objects.all(), user).aggregate(n=Sum("n"))["n"]
    return int(found or 0)


def groups(rows: Iterable[Mapping[str, Any]], speech: Speech) -> list[Group]:
    """The limits in groups, the heaviest and oldest first."""
    made: dict[tuple[str, str, str], Group] = {}
    for each in rows:
        key = each["rule"], each["does"], each["who"]
        group = made.get(key)
        if group is None:
            group = Group(*key[:2], speech.rule(key[0]), speech.role(key[2]))
            made[key] = group
        group.counts[each["urgency"]] = group.counts.get(each["urgency"], 0) + each["n"]
        group.weight = min(group.weight, each["weight"])
        group.first = min((day for day in (group.first, each["first"]) if day), default=None)
    last = dt.date.max
    return sorted(made.values(), key=lambda e: (e.weight, e.first or last, e.what))


def urgencies() -> list[tuple[str, str]]:
    """The urgencies with their words."""
    return [(str(each), URGENCIES[each].say(lang())) for each in Urgency]


def roles() -> list[tuple[str, str]]:
    """Who may have to act, with words."""
    return [(str(each), ROLES[each].say(lang())) for each in Who]


def due_of(line: DueLine) -> Due:
    """A limit as the core knows it."""
    return Due(
        case=line.case,
        stage=Stage(line.stage),
        urgency=Urgency(line.urgency),
        last=line.last,
        who=line.who,
        does=line.does,
        rule=line.rule,
        clause=line.clause,
        began=line.began,
        provisional=line.provisional,
        principle=line.principle,
    )


@dataclass(frozen=True, slots=True)
class Task:
    """Something else that waits: a step of a plan, a submission."""

    title: str
    address: str
    last: dt.date | None
    days: int | None


def others(user: User, today: dt.date) -> list[Task]:
    """What waits for a user besides the limits of the ledger, the earliest first."""
    found = [
        *waiting.tasks(user),
        *confirming.tasks(user),
        *intake.tasks(user),
        *rounds.tasks(user),
        *letters.tasks(user),
        *national.tasks(user),
        *handing_over.tasks(user),
        *licences.tasks(user),
        *objections.tasks(user),
        *complaints.tasks(user),
        *panels.tasks(user),
        *assessments.tasks(user),
        *_submissions(user, today),
    ]
    tasks = [Task(*each, (each[2] - today).days if each[2] else None) for each in found]
    return sorted(tasks, key=lambda e: (e.last is None, e.last or dt.date.max, e.title))


def _submissions(user: User, today: dt.date) -> Iterable[tuple[str, str, dt.date | None]]:
    """Calls to submit that a county branch has not answered, and drafts that it has not sent."""
    districts = user.districts(Right.SUBMIT_DEMAND)
    if districts is not None and not districts:
        return
    address = reverse("plans:submissions")
    mine: QuerySet[Any] = Submission.objects.all()
    if districts is not None:
        mine = mine.filter(region__in=districts)
    years = dict(mine.exclude(state="returned").values_list("year").annotate(n=Count("pk")))
    for call in Call.objects.filter(through__gte=today - dt.timedelta(366)):
        if call.year not in years:
            yield (
                _("Submit what is asked for in %(year)d") % {"year": call.year},
                address,
                call.through,
            )
    for year, n in mine.filter(state="draft").values_list("year").annotate(n=Count("pk")):
        call = Call.objects.filter(year=year).first()
        title = ngettext(
            "Send %(n)d draft of a submission for %(year)d",
            "Send %(n)d drafts of submissions for %(year)d",
            n,
        )
        title %= {"n": n, "year": year}
        yield title, address, call.through if call else None
