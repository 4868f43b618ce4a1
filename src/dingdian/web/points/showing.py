"""Points of persons as pages show them: how each stands, and how near to what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dingdian.core.assessment.assessing import counting_of
from dingdian.core.assessment.points import PersonState
from dingdian.core.assessment.record import PersonRecord
from dingdian.core.rules.person_points import PersonPoints
from dingdian.reports.words import assessment as own
from dingdian.web import bureau
from dingdian.web.assessments import access
from dingdian.web.ledger import listing
from dingdian.web.points import register
from dingdian.web.points.models import Batch, Line
from dingdian.web.rights import Districts

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_TAGS = {
    PersonState.ENDED: "bad",
    PersonState.PAUSED: "bad",
    PersonState.PAUSE_DUE: "warn",
    PersonState.WATCHED: "warn",
    PersonState.UNDEFINED: "warn",
}
_TITLES: dict[str, Promise] = {
    "event": _("Points given"),
    "pause": _("Pause decided"),
    "repair": _("Points repaired"),
    "withdrawal": _("Points withdrawn"),
    "file": _("Workbook of points"),
}


def titles() -> Iterator[tuple[str, Promise]]:
    """What may be handed in, in words."""
    yield from _TITLES.items()


def batches(user: User) -> QuerySet[Batch]:
    """What was handed in about the districts that somebody sees."""
    return listing.within(Batch.objects.all(), access.seen(user))


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule on points in force on a day: its numbers, its clauses, its readings."""

    title: str
    value: PersonPoints
    repairs: bool
    watches: bool
    clauses: tuple[str, ...]
    readings: tuple[str, ...]


def rule(day: dt.date) -> Rule | None:
    """The rule on points; ``None`` where none is in force."""
    terms = bureau.desk().terms
    policy = terms.book.on(terms.place, day)
    found = counting_of(policy)
    if found is None:
        return None
    in_force: Any = found[0].rule
    title = in_force.title if bureau.lang() == "zh" else in_force.title_en
    counting = found[1]
    return Rule(
        title,
        found[0].value,
        counting.repairs,
        counting.watches,
        tuple(in_force.clauses),
        tuple(in_force.readings),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a day; ``pk`` is a line about it, ``near``: at a threshold, or one act from it.

    One act: the most points that an act of the lowest band brings.
    """

    record: PersonRecord
    pk: int
    district: str
    state: str
    tag: str
    why: str
    to_pause: int | None
    to_end: int | None
    near: bool


def standings(lines: Iterable[Line], day: dt.date) -> Iterator[Person]:
    """How everybody stands by some lines, the most points first; what is not known stands first."""
    lines = list(lines)
    first: dict[str, Line] = {}
    for each in lines:
        first.setdefault(each.person, each)
    numbers = rule(day)
    record = register.counted(lines, day)
    people = (_person(each, first[each.person], numbers) for each in record.persons)
    yield from sorted(
        people,
        key=lambda e: (e.record.points is not None, -(e.record.points or 0), e.record.person),
    )


def persons(seen: Districts, day: dt.date) -> list[Person]:
    """Everybody of whom a line lies in some districts; all their lines count."""
    lines = list(register.confirmed())
    mine = {e.person: e for e in lines if seen is None or e.district in seen}
    found = standings([each for each in lines if each.person in mine], day)
    return [each for each in found if each.record.person in mine]


def _person(each: PersonRecord, line: Line, numbers: Rule | None) -> Person:
    lang, points = bureau.lang(), each.points
    why = ""
    if each.why is not None:
        why = own.SENTENCES[each.why.code].say(lang, **each.why.details)
    to_pause = to_end = None
    if numbers is not None and points is not None:
        to_pause = max(numbers.value.pause_at - points, 0)
        to_end = max(numbers.value.end_at - points, 0)
    one_act = numbers.value.bands[0].most if numbers else 0
    near = each.state is not PersonState.NORMAL
    near = near or (to_pause is not None and to_pause <= one_act)
    return Person(
        record=each,
        pk=line.pk,
        district=line.district,
        state=own.PERSON_STATES[each.state].say(lang),
        tag=_TAGS.get(each.state, ""),
        why=why,
        to_pause=to_pause,
        to_end=to_end,
        near=near,
    )
