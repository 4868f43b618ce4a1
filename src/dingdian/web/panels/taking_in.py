"""Take in a file of experts: a workbook or csv, all of it or none."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from dingdian.core.census.faults import stops
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Table
from dingdian.core.errors import CensusError, Fault, RequestError, fault
from dingdian.core.panel.contract import NO_EMPLOYER
from dingdian.web.imports import receiving
from dingdian.web.panels.keeping import TAKE_IN, Related, Row, districts_of, keep
from dingdian.web.panels.models import Expert
from dingdian.wiring import experts

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def take_in(user: User, upload: Any) -> tuple[int, int]:
    """Read a file of experts and keep what it says: how many are new, how many were changed.

    Raises:
        RequestError: it is no workbook or csv, or what it says cannot be kept: all is told.
        CensusError: it has blocking faults of reading, all of them told; nothing is then kept.
    """
    folder, received = receiving.receive([upload])
    place = Path(settings.MEDIA_ROOT) / folder
    try:
        read = experts.read(place / "files")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if stops(read.faults):
        raise CensusError(read.faults)
    table, relations = read.tables.get("experts"), read.tables.get("relations")
    if table is None or not len(table):
        raise RequestError((fault("panel_no_experts"),))
    related = _related(relations) if relations is not None else None
    rows = list(_rows(table, related))
    if faults := tuple(_strangers(related or {}, {each.code for each in rows})):
        raise RequestError(faults)
    file = received[0]
    return keep(user, rows, TAKE_IN, file=file.name, sha256=file.sha256)


def _rows(table: Table, related: dict[str, list[Related]] | None) -> Iterator[Row]:
    for at, cells in enumerate(_cells(table)):
        since = cells["since"]
        assert isinstance(since, dt.date)  # noqa: S101 -- a column that must be filled
        code, employer = _text(cells["code"]), cells["employer"]
        yield Row(
            code=code,
            name=_text(cells["name"]),
            field=_text(cells["field"]),
            employer=_employer(employer),
            since=since,
            through=_day(cells["through"]),
            id_number=_text(cells["id_number"]),
            username=_text(cells["user"]),
            districts=districts_of(_text(cells["districts"])),
            relations=None if related is None else tuple(related.get(code, ())),
            place=place_of(table, at),
        )


def _related(table: Table) -> dict[str, list[Related]]:
    found: dict[str, list[Related]] = {}
    for at, cells in enumerate(_cells(table)):
        said = _text(cells["ground"]), _text(cells["institution"]), _day(cells["ended"])
        found.setdefault(_text(cells["expert"]), []).append(Related(*said, place_of(table, at)))
    return found


def _strangers(related: dict[str, list[Related]], rows: set[str]) -> Iterator[Fault]:
    """Relations of an expert whom the file does not have: they would be left out silently."""
    known = set(Expert.objects.values_list("code", flat=True))
    for code, its in related.items():
        if code not in rows:
            kind = "panel_relation_alone" if code in known else "panel_expert_missing"
            yield fault(kind, its[0].place, expert=code)


def _cells(table: Table) -> Iterator[dict[str, object]]:
    names = [each.name for each in table.schema]
    for cells in zip(*(table[name].cells() for name in names), strict=True):
        yield dict(zip(names, cells, strict=True))


def _employer(cell: object) -> str | None:
    """Nothing in the cell is not known; the word for none is none."""
    if cell in (None, ""):
        return None
    text = str(cell).strip()
    return "" if text.casefold() in (NO_EMPLOYER, "none") else text


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _day(cell: object) -> dt.date | None:
    return cell if isinstance(cell, dt.date) else None
