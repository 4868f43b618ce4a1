"""The register of points: hand lines in, confirm them, count what they come to on a day."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from dingdian.core.assessment.contract import OF_PERSONS, TABLES
from dingdian.core.census.table import Cell, Table, table_from_rows
from dingdian.core.errors import CensusError, Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.web import bureau, clock
from dingdian.web.accounts.second import check_second
from dingdian.web.imports import receiving
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Institution
from dingdian.web.points.models import Batch, Kind, Line, Stand
from dingdian.web.rights import Right
from dingdian.wiring import assessments

if TYPE_CHECKING:
    from dingdian.core.assessment.record import PointsRecord
    from dingdian.web.accounts.models import User

SUBJECT = "points"
#: What is done with lines that wait -> how the journal calls it.
_ACTS = {
    "confirm": "points.confirm",
    "send_back": "points.send_back",
    "withdraw": "points.withdraw",
}


def confirmed() -> QuerySet[Line]:
    """The lines that count."""
    return Line.objects.filter(batch__state=Stand.CONFIRMED)


def tables_of(lines: Iterable[Line]) -> dict[str, Table]:
    """Lines as the tables of the contract; a withdrawal stands with the entry that it names."""
    lines = list(lines)
    gone = {each.number: each.day for each in lines if each.kind == Kind.WITHDRAWAL}
    rows: dict[str, list[Mapping[str, Cell]]] = {name: [] for name in OF_PERSONS}
    origin: dict[str, list[str]] = {name: [] for name in OF_PERSONS}
    for each in lines:
        if each.kind in rows:
            rows[each.kind].append(_row(each, gone))
            origin[each.kind].append(f"人员记分登记{each.batch_id}-{each.pk or 0}")
    return {name: table_from_rows(TABLES[name], its, origin[name]) for name, its in rows.items()}


def _row(each: Line, gone: Mapping[str, dt.date]) -> Mapping[str, Cell]:
    if each.kind == Kind.EVENT:
        return {
            "number": each.number,
            "person": each.person,
            "name": each.name or None,
            "institution": each.institution or None,
            "decided_on": each.day,
            "points": None if each.points is None else Fraction(each.points),
            "responsibility": each.responsibility or None,
            "withdrawn_on": gone.get(each.number),
            "document": each.document or None,
        }
    if each.kind == Kind.PAUSE:
        months = None if each.months is None else Fraction(each.months)
        said = {"months": months, "document": each.document or None}
        return {"person": each.person, "decided_on": each.day, **said}
    return {"person": each.person, "repaired_on": each.day, "activity": each.document or None}


def counted(lines: Iterable[Line], day: dt.date) -> PointsRecord:
    """What lines come to on a day.

    Raises:
        RequestError: no rule on points is in force on the day.
    """
    return assessments.points_of(bureau.desk(), tables_of(lines), day)


def read(upload: Any) -> tuple[list[Line], str, str]:
    """The lines of a workbook of points, not kept yet; its name and SHA-256.

    Raises:
        RequestError: it is no workbook or csv.
        CensusError: it cannot be read, or has no line.
    """
    folder, files = receiving.receive([upload])
    place = Path(settings.MEDIA_ROOT) / folder
    try:
        tables, faults = assessments.read_point_tables(place / "files")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    lines = [line for name in OF_PERSONS if name in tables for line in _lines(name, tables[name])]
    wrong = [each for each in faults if KINDS[each.kind].severity is not Severity.NOTE]
    if wrong or not lines:
        raise CensusError((*wrong, *([] if lines else [fault("points_none")])))
    return lines, files[0].name, files[0].sha256


def _lines(name: str, table: Table) -> Iterable[Line]:
    for at in range(len(table)):
        row: dict[str, Any] = table.row(at)
        day = row.get("repaired_on" if name == str(Kind.REPAIR) else "decided_on")
        if day is None or not row.get("person"):
            where = table.origin[at]
            raise CensusError((fault("points_line_open", where=where),))
        said = {name: row.get(name) or "" for name in ("number", "name", "institution")}
        said |= {"responsibility": row.get("responsibility") or ""}
        said |= {"document": row.get("document") or row.get("activity") or ""}
        points, months = row.get("points"), row.get("months")
        yield Line(
            kind=name,
            person=str(row["person"]),
            day=day,
            points=None if points is None else int(points),
            months=None if months is None else int(months),
            **said,
        )
        if row.get("withdrawn_on"):
            yield Line(
                kind=Kind.WITHDRAWAL,
                person=str(row["person"]),
                number=said["number"],
                institution=said["institution"],
                day=row["withdrawn_on"],
            )


def hand_in(user: User, lines: Sequence[Line], *, name: str = "", sha256: str = "") -> Batch:
    """Keep lines until another person confirms them: all of them, or none where one is wrong.

    Raises:
        CensusError: a line cannot stand; every reason is told.
        RequestError: a line is about an institution of a district in which one may not.
    """
    known = _placed(lines)
    if wrong := [*_wrong(lines, known), *_odd(lines)]:
        raise CensusError(tuple(dict.fromkeys(wrong)))
    districts = {each.district for each in lines}
    if not all(user.may(Right.RUN_ASSESSMENT, each) for each in districts):
        raise RequestError((fault("points_elsewhere"),))
    with transaction.atomic():
        made = Batch.objects.create(
            name=name,
            sha256=sha256,
            district=districts.pop() if len(districts) == 1 else "",
            by=user.username,
            at=clock.now(),
        )
        for each in lines:
            each.batch = made
        Line.objects.bulk_create(lines)
        said = {"rows": len(lines), "file": name, "sha256": sha256}
        bureau.note(user, SUBJECT, "points.hand_in", region=made.district, number=made.pk, **said)
    return made


def _placed(lines: Sequence[Line]) -> frozenset[str]:
    """Give lines the district of their institution, else that of the person's entries."""
    codes = {each.institution for each in lines if each.institution}
    rows = Institution.objects.filter(code__in=codes).values_list("code", "district")
    known = dict(rows)
    before = {e.person: e.district for e in confirmed().filter(kind=Kind.EVENT)}
    own = {e.person: known.get(e.institution, "") for e in lines if e.kind == Kind.EVENT}
    for each in lines:
        found = known.get(each.institution) or own.get(each.person) or before.get(each.person)
        each.district = found or ""
    return frozenset(known)


def _wrong(lines: Sequence[Line], known: frozenset[str]) -> Iterable[Fault]:
    """What no line may lack, and no number twice."""
    standing = set(confirmed().filter(kind=Kind.EVENT).values_list("number", flat=True))
    fresh = {each.number for each in lines if each.kind == Kind.EVENT}
    for each in lines:
        if each.kind == Kind.EVENT:
            if each.institution not in known:
                yield fault("assessed_unknown", value=each.institution or "—")
            if each.number in standing:
                yield fault("points_number_taken", value=each.number)
            if each.points is None:
                yield fault("points_line_open", where=each.number)
        elif each.kind == Kind.WITHDRAWAL and each.number not in standing | fresh:
            yield fault("points_number_unknown", value=each.number)
        if each.day > clock.today():
            yield fault("points_day_to_come", day=each.day.isoformat())


def _odd(lines: Sequence[Line]) -> Iterable[Fault]:
    """What counting finds about the lines beside those that stand."""
    before = {(e.kind, tuple(e.details.items())) for e in _told(list(confirmed()))}
    for each in _told([*confirmed(), *lines]):
        if (each.kind, tuple(each.details.items())) not in before:
            yield fault(each.kind, None, **each.details)


def _told(lines: list[Line]) -> Iterable[Any]:
    return counted(lines, clock.today()).faults


# -- four eyes ----------------------------------------------------------------------------------


def decide(user: User, batch: Batch, verb: str, why: str) -> None:
    """Confirm what another handed in, send it back with a reason, or withdraw one's own.

    Raises:
        RequestError: it is one's own, somebody else's, or is decided already.
        CensusError: what was confirmed meanwhile speaks against it.
    """
    own = batch.by == user.username
    if verb == "withdraw":
        if not own:
            raise RequestError((fault("proposal_of_another"),))
        state = Stand.WITHDRAWN
    else:
        if settings.CONFIG.four_eyes or verb != "confirm":
            check_second(user, batch.by, Right.CONFIRM_ASSESSMENT, [batch.district])
        state = Stand.CONFIRMED if verb == "confirm" else Stand.RETURNED
    with transaction.atomic(), bureau.journal().writing():
        waiting = Batch.objects.filter(pk=batch.pk, state=Stand.WAITING)
        said = {"state": state, "decided_by": user.username, "decided_at": clock.now(), "why": why}
        if verb == "confirm" and waiting.exists():
            lines = list(batch.lines.all())
            if wrong := [*_wrong(lines, _placed(lines)), *_odd(lines)]:
                raise CensusError(tuple(dict.fromkeys(wrong)))
        if not waiting.update(**said):
            raise RequestError((fault("proposal_decided"),))
        facts = {"number": batch.pk, "why": why}
        bureau.note(user, SUBJECT, _ACTS[verb], region=batch.district, **facts)


def visible(user: User, right: Right = Right.RUN_ASSESSMENT) -> QuerySet[Batch]:
    """What was handed in about one's districts; what lies in several is of the whole place."""
    return listing.within(Batch.objects.all(), user.districts(right))
