"""The long work of this area: a version of the scores is read, checked and assessed; entered."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.closeness import Limit, limits, total_of
from dingdian.core.errors import DingdianError, Severity
from dingdian.web import bureau, clock
from dingdian.web.assessments import effective, entering, quality
from dingdian.web.assessments.making import WORK
from dingdian.web.assessments.models import Result, State, Version
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, handler
from dingdian.web.rights import Right
from dingdian.wiring import assessments

if TYPE_CHECKING:
    from dingdian.core.assessment.record import AssessedRecord
    from dingdian.core.census.table import Table
    from dingdian.core.errors import Fault

_STEPS = {
    "workbook": gettext_noop("reading the scores"),
    "census": gettext_noop("reading the ledger"),
    "check": gettext_noop("checking the ledger"),
    "assessing": gettext_noop("assessing"),
    "documents": gettext_noop("writing the results"),
}
#: In how many parts a point is sorted by.
PARTS = 10_000
_BATCH = 500


@handler(WORK)
def assess(running: Running) -> dict[str, Any]:
    """Assess a version; one that cannot be assessed is refused with all its reasons."""
    row = Version.objects.select_related("campaign", "base").get(pk=running.given["pk"])
    if row.state != State.WAITING:  # begun again after all was kept
        return {}
    user = entitled(row.by, Right.RUN_ASSESSMENT)
    _tell(running, "workbook")
    shutil.rmtree(row.made_place, ignore_errors=True)
    try:
        made = _made(row, running)
    except DingdianError as error:
        _refuse(row, error.faults, running)
        return {}
    finally:
        shutil.rmtree(row.files_place, ignore_errors=True)
    record = made.record
    found = limits(record.assessed)
    results = [_result(row, each, found.get(each.group)) for each in record.assessed]
    row.groups = quality.groups_of(made.faults)
    _count(row)
    row.head = record.model_dump(mode="json", exclude={"assessed", "persons", "responsibilities"})
    row.limits = {group: _plain(limit) for group, limit in found.items()}
    row.counts = _counts(record.assessed)
    row.day, row.state = record.assessed_on, State.ASSESSED
    row.census, row.result = record.fingerprints.census, record.fingerprints.result
    with transaction.atomic():
        row.save()
        Result.objects.bulk_create(results, batch_size=_BATCH)
        bureau.note(
            user,
            row.campaign.subject,
            "assessment.assess",
            number=row.number,
            day=row.day,
            census=row.census,
            result=row.result,
            n=len(results),
        )
        running.finish(number=row.number, institutions=len(results))
    return {}


def _made(row: Version, running: Running) -> assessments.MadeAssessment:
    """Read what was uploaded, keep it as it was read, and assess it.

    Raises:
        DingdianError: anything that stops it.
    """
    tables, faults = _tables(row)
    today = clock.today()
    tables, day = effective.assessed_by(row.campaign, tables, today)
    given = assessments.Given(
        tables=tables,
        faults=faults,
        policy=settings.CONFIG.policy,
        year=row.campaign.year,
        day=day,
        today=today,
        lang="zh" if running.given["language"] == "zh" else "en",
    )
    desk = bureau.desk()
    return assessments.assess_ledger(
        desk, given, row.made_place, progress=lambda step: _tell(running, step)
    )


def _tables(row: Version) -> tuple[Mapping[str, Table], tuple[Fault, ...]]:
    """The tables of the upload; of a version that rests on another one, those of that."""
    if row.base is not None:
        return assessments.read_tables(row.base.given_place)
    if row.given_place.is_dir():  # begun again after it was kept
        return assessments.read_tables(row.given_place)
    tables, faults = assessments.read_tables(row.files_place)
    tables = effective.without_persons(tables)
    assessments.keep_tables(tables, row.given_place)
    return tables, faults


def _tell(running: Running, step: str) -> None:
    running.tell(_STEPS[step], list(_STEPS).index(step), len(_STEPS))


def _refuse(row: Version, faults: tuple[Fault, ...], running: Running) -> None:
    row.groups = quality.groups_of(faults)
    row.state = State.REFUSED
    _count(row)
    with transaction.atomic():
        row.save()
        running.finish(number=row.number, faults=len(faults))


def _count(row: Version) -> None:
    row.blocking = quality.count(row.groups, Severity.BLOCKING)
    row.warnings = quality.count(row.groups, Severity.WARNING)
    row.notes = quality.count(row.groups, Severity.NOTE)


def _plain(limit: Limit) -> list[str | None]:
    return [None if each is None else str(each) for each in (limit.highest_in, limit.lowest_out)]


def _counts(assessed: tuple[AssessedRecord, ...]) -> dict[str, int]:
    places = [each.place.bottom for each in assessed if each.place]
    return {
        "assessed": len(assessed),
        "scored": sum(total_of(each) is not None for each in assessed),
        "inside": places.count(Bottom.IN),
        "held": places.count(Bottom.HELD) + places.count(Bottom.UNCLEAR),
    }


def _result(row: Version, each: AssessedRecord, limit: Limit | None) -> Result:
    total, place = total_of(each), each.place
    margin = limit.margin(place.bottom, total) if limit and place and total is not None else None
    return Result(
        version=row,
        code=each.code,
        name=each.name,
        district=each.district,
        side=each.side,
        kind=each.kind,
        points=_parts(total),
        grade=each.grade or "",
        group=each.group,
        bottom=str(place.bottom) if place else "",
        rank=place.rank if place else None,
        margin=_parts(margin),
        votes=len(each.score.votes) if each.score else 0,
        renewal=str(each.renewal),
        record=each.model_dump(mode="json"),
    )


def _parts(exact: Fraction | None) -> int | None:
    """A number cut to what it is sorted by."""
    return None if exact is None else int(exact * PARTS)


__all__ = ["assess", "entering"]
