"""What the ledger keeps of one institution: every version of its rows, and its cases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q

from dingdian.core.census import Census
from dingdian.core.census.vocabulary import BED_CLASSES
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.storage.census_rows import KeptRow, census_of
from dingdian.storage.db import models

#: Tables whose rows are about all: what an open application may be reached by.
_OF_ALL = ("red_line_decisions",)
_OF_ONE = ("institutions", "agreements")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Version(NamedTuple):
    """A version of a row: from which day it holds, and from which moment it was known.

    ``content`` are its known cells in their canonical spelling, as JSON; ``None``: the row is gone.
    """

    table: str
    key: str
    since: dt.date
    known_at: dt.datetime
    content: str | None
    origin: str
    position: int


class Kept(NamedTuple):
    """A census as it was kept: the day that it describes, and the moment."""

    taken_on: dt.date
    known_at: dt.datetime


def versions(alias: str, institution: str) -> list[Version]:
    """The versions of all rows of an institution, and of those about all, oldest first."""
    of_beds = [_encode([institution, each, 1]) for each in BED_CLASSES]
    wanted = (
        Q(table__in=_OF_ONE, key=_encode([institution, 1]))
        | Q(table="beds", key__in=of_beds)
        | Q(table__in=_OF_ALL)
    )
    found = models.CensusRow.objects.using(alias).filter(wanted)
    names = ("table", "key", "valid_from", "known_at", "content", "origin", "position")
    ordered = found.order_by("valid_from", "known_at", "id").values_list(*names)
    return [Version(*row)._replace(known_at=row[3].astimezone(SHANGHAI)) for row in ordered]


def kept(alias: str, day: dt.date, known_at: dt.datetime | None) -> Kept | None:
    """The last census taken by a day, as known at a moment; ``None`` where there is none."""
    found = models.Census.objects.using(alias).filter(taken_on__lte=day)
    if known_at is not None:
        found = found.filter(known_at__lte=known_at)
    row = found.order_by("taken_on", "known_at").values_list("taken_on", "known_at").last()
    return Kept(row[0], row[1].astimezone(SHANGHAI)) if row else None


def part_of(found: Iterable[Version], day: dt.date, known_at: dt.datetime | None) -> Census:
    """The census of a day as far as some versions of rows make it up."""
    return census_of(_rows(found, day, known_at))


def _rows(
    found: Iterable[Version], day: dt.date, known_at: dt.datetime | None
) -> Iterator[KeptRow]:
    latest: dict[tuple[str, str], Version] = {}
    for each in found:
        if each.since <= day and (known_at is None or each.known_at <= known_at):
            latest[each.table, each.key] = each
    for each in latest.values():
        if each.content is not None:
            yield KeptRow(each.table, each.key, each.content, each.origin, each.position)


def own(found: Sequence[Version]) -> list[Version]:
    """The versions of rows that are of the institution alone."""
    return [each for each in found if each.table not in _OF_ALL]
