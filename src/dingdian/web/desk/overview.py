"""Counts of the overview: institutions by kind, standing and district, and what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import pgettext

from dingdian.core.census.vocabulary import KINDS, STANDINGS
from dingdian.core.lifecycle.due import Urgency
from dingdian.core.lifecycle.moves import ROLES
from dingdian.core.lifecycle.moves import Role as Who
from dingdian.reports.lives.words import URGENCIES
from dingdian.web.bureau import lang
from dingdian.web.ledger import listing, words
from dingdian.web.ledger.models import DueTally, Region, Tally
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

PHARMACY = "retail_pharmacy"


@dataclass(frozen=True, slots=True)
class Standings:
    """Institutions by kind and standing: ``heads`` are the standings that occur."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int


def tallies(user: User) -> list[Any]:
    """The tallies of the districts that somebody may see, read once for all of a page."""
    rows: QuerySet[Tally] = listing.within(Tally.objects.all(), user.districts(Right.SEE_LEDGER))
    names = ("district", "kind", "standing", "designated", "n", "contracted", "unknown")
    return list(rows.values_list(*names, named=True))


def by_standing(tallied: Sequence[Any]) -> Standings:
    """How many institutions of each kind stand where."""
    counted: Counter[tuple[str, str]] = Counter()
    for each in tallied:
        counted[each.kind, each.standing] += each.n
    heads = [id for id in (*STANDINGS, "") if any(standing == id for _, standing in counted)]
    kinds = [id for id in (*KINDS, "") if any(kind == id for kind, _ in counted)]
    rows = tuple(
        (kind, words.term("kind", kind), numbers, sum(numbers))
        for kind in kinds
        if (numbers := tuple(counted.get((kind, each), 0) for each in heads))
    )
    totals = tuple(map(sum, zip(*(row[2] for row in rows), strict=True)))
    named = tuple((id, words.term("standing", id)) for id in heads)
    return Standings(named, rows, totals, sum(totals))


@dataclass(frozen=True, slots=True)
class District:
    """A district with its designated institutions and their contracted beds.

    ``unknown``: of how many institutions the beds are not known; these are in no sum.
    """

    code: str
    name: str
    medical: int
    pharmacies: int
    beds: int
    unknown: int


def by_district(user: User, tallied: Sequence[Any]) -> list[District]:
    """The designated institutions of each district, in the order of the ledger."""
    medical: Counter[str] = Counter()
    pharmacies: Counter[str] = Counter()
    beds: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for each in filter(attrgetter("designated"), tallied):
        side = pharmacies if each.kind == PHARMACY else medical
        side[each.district] += each.n
        beds[each.district] += each.contracted
        unknown[each.district] += each.unknown
    counted = (medical, pharmacies, beds, unknown)
    named = [(each.code, each.name) for each in listing.districts_of(user)]
    if medical[""] or pharmacies[""]:
        named.append(("", pgettext("ledger", "district unknown")))
    return [District(code, name, *(each[code] for each in counted)) for code, name in named]


def district_chart(found: Sequence[District]) -> dict[str, Any]:
    """The chart of the designated institutions by district."""
    return {
        "categories": [each.name for each in found],
        "series": [
            {
                "name": pgettext("ledger", "Medical institutions"),
                "values": [each.medical for each in found],
            },
            {
                "name": pgettext("ledger", "Pharmacies"),
                "values": [each.pharmacies for each in found],
            },
        ],
        "stacked": True,
        "unit": pgettext("ledger", "institutions"),
        "lines": [],
    }


def standing_chart(found: Standings) -> dict[str, Any]:
    """The chart of institutions by standing, pharmacies apart."""
    sides = (
        (pgettext("ledger", "Medical institutions"), False),
        (pgettext("ledger", "Pharmacies"), True),
    )
    return {
        "categories": [name for _id, name in found.heads],
        "series": [
            {
                "name": name,
                "values": [
                    sum(row[2][at] for row in found.rows if (row[0] == PHARMACY) is pharmacy)
                    for at in range(len(found.heads))
                ],
            }
            for name, pharmacy in sides
        ],
        "stacked": True,
        "unit": pgettext("ledger", "institutions"),
        "lines": [],
    }


def due_by_urgency(user: User) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """Who must act and the urgencies that occur, and for each urgency how many limits there are."""
    counted: Counter[tuple[str, str]] = Counter()
    for each in listing.within(DueTally.objects.all(), user.districts(Right.SEE_LEDGER)):
        counted[each.urgency, each.who] += each.n
    acting = [each for each in Who if any(found == each for _, found in counted)]
    who = [(str(each), ROLES[each].say(lang())) for each in acting]
    lines = []
    for urgency in Urgency:
        numbers = [counted[urgency, each] for each, _ in who]
        if sum(numbers):
            lines.append(
                {
                    "id": str(urgency),
                    "name": URGENCIES[urgency].say(lang()),
                    "numbers": list(zip([each for each, _ in who], numbers, strict=True)),
                    "total": sum(numbers),
                }
            )
    return who, lines


def names_of_districts() -> dict[str, str]:
    """District -> its name."""
    return dict(Region.objects.filter(level="county").values_list("code", "name"))
