"""Censuses in the database: versions of rows, so that any day can be had as it was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from dingdian.core import census as core
from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.storage.census_rows import KeptRow, census_of, rows_of
from dingdian.storage.db.models import Census, CensusRow

#: How many rows go into one statement.
BATCH = 2000
_Key = tuple[str, str]


class _Version(NamedTuple):
    """What is known of a row: ``content`` is ``None`` for one that is gone."""

    content: str | None
    origin: str
    position: int


_GONE = _Version(None, "", 0)
_Versions = dict[_Key, _Version]


def save(alias: str, census: core.Census, known_at: dt.datetime) -> int:
    """Keep a census; returns how many rows have another content than was known for its day.

    Only versions that differ are written. The next census after it keeps what it had: where it
    rested on a version that is now corrected for the earlier day, it gets that version as its own.

    Raises:
        RequestError: it does not say which day it describes, or was known earlier than what is
            there already.
    """
    day = census.taken_on
    if day is None:
        raise RequestError((fault("census_without_day"),))
    kept = Census.objects.using(alias)
    last = last_kept_at(alias)
    if last is not None and known_at < last:
        raise RequestError((fault("census_known_before", known=f"{known_at}", last=f"{last}"),))
    was = _versions(alias, day)
    now = {row[:2]: _Version(*row[2:]) for row in rows_of(census)}
    new = {key: version for key, version in now.items() if was.get(key) != version}
    new |= dict.fromkeys((key for key in was if key not in now), _GONE)
    if not new:
        return 0
    later = kept.filter(taken_on__gt=day).order_by("taken_on").first()
    if later is not None:
        pinned = _pinned(alias, later.taken_on, new)
        _add(alias, pinned, later.taken_on, known_at)
    _add(alias, new, day, known_at)
    kept.create(taken_on=day, known_at=known_at, fingerprint=fingerprint(census))
    return sum(version.content != was.get(key, _GONE).content for key, version in new.items())


def last_kept_at(alias: str) -> dt.datetime | None:
    """The moment from which the census kept last is known; ``None`` where none is kept."""
    moments = Census.objects.using(alias).order_by("known_at").values_list("known_at", flat=True)
    last = moments.last()
    return last.astimezone(SHANGHAI) if last else None


def _pinned(alias: str, day: dt.date, corrected: _Versions) -> _Versions:
    """The versions on which the census of ``day`` rests and that are now corrected before it."""
    its = _versions(alias, day)
    own = set(CensusRow.objects.using(alias).filter(valid_from=day).values_list("table", "key"))
    return {key: its.get(key, _GONE) for key in corrected if key not in own}


def _add(alias: str, versions: _Versions, day: dt.date, known_at: dt.datetime) -> None:
    CensusRow.objects.using(alias).bulk_create(
        (
            CensusRow(
                table=table,
                key=key,
                valid_from=day,
                known_at=known_at,
                content=version.content,
                origin=version.origin,
                position=version.position,
            )
            for (table, key), version in versions.items()
        ),
        batch_size=BATCH,
    )


def read(alias: str, day: dt.date, known_at: dt.datetime | None) -> core.Census | None:
    """The last census taken by ``day``, as known at a moment; ``None`` where there is none.

    Raises:
        RequestError: a row is of a table or column that this program does not know.
    """
    if known_at_of(alias, day, known_at) is None:
        return None
    return census_of(_rows(_versions(alias, day, known_at)))


def known_at_of(alias: str, day: dt.date, known_at: dt.datetime | None) -> dt.datetime | None:
    """The moment at which the last census taken by ``day`` was last kept; ``None``: none."""
    kept = Census.objects.using(alias).filter(taken_on__lte=day)
    if known_at is not None:
        kept = kept.filter(known_at__lte=known_at)
    last = kept.order_by("taken_on", "known_at").values_list("known_at", flat=True).last()
    return last.astimezone(SHANGHAI) if last else None


def _rows(versions: _Versions) -> Iterator[KeptRow]:
    for (table, key), version in versions.items():
        if version.content is not None:
            yield KeptRow(table, key, version.content, version.origin, version.position)


def _versions(alias: str, day: dt.date, known_at: dt.datetime | None = None) -> _Versions:
    """The version of each row that holds on a day, as known at a moment, without those gone."""
    rows = CensusRow.objects.using(alias).filter(valid_from__lte=day)
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    latest = rows.annotate(
        rank=Window(
            RowNumber(),
            partition_by=(F("table"), F("key")),
            order_by=(F("valid_from").desc(), F("known_at").desc(), F("id").desc()),
        )
    ).filter(rank=1)
    found: Iterable[tuple[str, str, str | None, str, int]] = latest.values_list(
        "table", "key", "content", "origin", "position"
    ).iterator(BATCH)
    return {
        (table, key): _Version(content, origin, position)
        for table, key, content, origin, position in found
        if content is not None
    }


def differing(alias: str) -> list[tuple[dt.date, dt.datetime]]:
    """Day and moment of every census that can no longer be had as it was kept."""
    moments: dict[tuple[dt.date, dt.datetime], str] = {}
    for kept in Census.objects.using(alias).order_by("id"):
        moments[kept.taken_on, kept.known_at] = kept.fingerprint
    return [
        (day, known_at)
        for (day, known_at), wanted in moments.items()
        if (census := read(alias, day, known_at)) is None or fingerprint(census) != wanted
    ]
