"""Bars: which entries of the bureau's records speak of an applicant, and how long they bar it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dingdian.core.admission.application import Application, Recorded
from dingdian.core.admission.case import Case
from dingdian.core.period import years_after
from dingdian.core.rules.checklist import Item
from dingdian.core.workings import Reason, reason


class Tie(StrEnum):
    """How an entry is tied to an applicant."""

    SAME = "same"  # the same code or identity number
    PERHAPS = "perhaps"  # the same name only: nobody can tell


@dataclass(frozen=True, slots=True)
class Bar:
    """An entry that bars an applicant, or may.

    ``ends`` is the first day on which it bars no more, ``None`` where that hangs on what is not
    done yet or not known. ``known``: whether it is sure to bar on the day.
    """

    entry: Recorded
    tie: Tie
    ends: dt.date | None
    known: bool
    why: Reason


def barred(case: Case, item: Item) -> Iterator[Bar]:
    """The entries that bar the applicant under an item on the day of the decision."""
    for entry in case.records or ():
        if entry.item != item.item:
            continue
        tied = tie(case.application, entry, item.tied_by)
        if tied is None:
            continue
        bar = _standing(entry, item, *tied, day=case.decided_on)
        if bar is not None:
            yield bar


def tie(application: Application, entry: Recorded, tied_by: str) -> tuple[Tie, Reason] | None:
    """Whether an entry speaks of the applicant; ``None`` when it does not.

    ``tied_by``: the ``institution`` itself, or any ``person`` who leads it. Codes and identity
    numbers decide, whatever the name. Where only names agree and there is nothing to compare, or
    it is not said who leads the applicant, nobody can tell.
    """
    names = {bare(each) for each in (entry.name, *entry.other_names) if bare(each)}
    return (
        _of_people(application, entry, names)
        if tied_by == "person"
        else _own(application, entry, names)
    )


def _own(application: Application, entry: Recorded, names: set[str]) -> tuple[Tie, Reason] | None:
    """An entry about the institution itself, by its credit code or its code in the census."""
    for mine, theirs in (
        (application.uscc, entry.uscc),
        (application.institution, entry.institution),
    ):
        if _same(mine, theirs):
            return Tie.SAME, reason("tied_by_number", number=theirs)
    comparable = bare(application.uscc) and bare(entry.uscc)
    if bare(application.name) in names and not comparable:
        return Tie.PERHAPS, reason("tied_perhaps", name=application.name)
    return None


def _of_people(
    application: Application, entry: Recorded, names: set[str]
) -> tuple[Tie, Reason] | None:
    """An entry about a person who leads the applicant, by the identity number."""
    for person in application.people:
        if _same(person.id_number, entry.id_number):
            if not names or bare(person.name) in names:
                return Tie.SAME, reason("tied_by_person", role=person.role, name=person.name)
            return Tie.SAME, reason(
                "tied_by_other_name", role=person.role, name=person.name, known_as=entry.name
            )
    for person in application.people:
        comparable = bare(person.id_number) and bare(entry.id_number)
        if bare(person.name) in names and not comparable:
            return Tie.PERHAPS, reason("tied_perhaps", name=person.name)
    return None if application.people else (Tie.PERHAPS, reason("people_unknown"))


def _standing(entry: Recorded, item: Item, tied: Tie, why: Reason, *, day: dt.date) -> Bar | None:
    """The bar of an entry on a day; ``None`` where it bars no more, or not yet."""
    if _lifted(entry, day):
        return None
    if entry.happened_on is not None and entry.happened_on > day:
        return None
    met = entry.met_on is not None and entry.met_on <= day
    if item.at_least is None:  # bars until it is carried out or lifted
        return None if item.until_met and met else Bar(entry, tied, None, True, why)
    if entry.happened_on is None:
        return Bar(entry, tied, None, False, reason("record_without_day", number=entry.number))
    over = years_after(entry.happened_on, int(item.at_least))
    if over > day:
        return Bar(entry, tied, over, True, why)
    if item.until_met and not met:
        return Bar(entry, tied, None, True, reason("liability_open", number=entry.number))
    return None


def _lifted(entry: Recorded, day: dt.date) -> bool:
    return entry.lifted_on is not None and entry.lifted_on <= day


def _same(one: str, other: str) -> bool:
    return bool(bare(one)) and bare(one) == bare(other)


@lru_cache(maxsize=100_000)
def bare(text: str) -> str:
    """A code, number or name without spaces and width, in one case.

    >>> bare("２１０１０2 x")
    '210102X'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def failed_before(case: Case, begins: str) -> Recorded | None:
    """The last failed evaluation of the applicant that the records hold, by the event's name."""
    found = [
        entry
        for entry in case.records or ()
        if entry.item == begins
        and entry.happened_on is not None
        and entry.happened_on <= case.decided_on
        and not _lifted(entry, case.decided_on)
        and (tied := tie(case.application, entry, "institution")) is not None
        and tied[0] is Tie.SAME
    ]
    return max(found, key=lambda each: each.happened_on or dt.date.min, default=None)
