"""Hold a file of licences against the ledger, and settle what it found."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from dingdian.core.census.faults import stops
from dingdian.core.errors import CensusError, RequestError
from dingdian.core.licences.matching import Found, Matched, Problem, Subject, licences_of, match
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.stages import OPEN
from dingdian.core.spacing.stock import PHARMACY_KIND
from dingdian.web import bureau, clock
from dingdian.web.imports import receiving
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Case, Institution
from dingdian.web.licences.models import Check, Finding
from dingdian.web.rights import Right
from dingdian.wiring import licences

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_BATCH = 500


def subjects() -> Iterator[Subject]:
    """Designated institutions and open applicants, as the picture of the ledger has them."""
    for each in Institution.objects.filter(designated=True):
        pharmacy = each.kind == PHARMACY_KIND
        yield Subject(
            each.case, each.code, each.name, each.address, each.uscc, pharmacy, each.district
        )
    for each in Case.objects.filter(stage__in=[str(stage) for stage in OPEN]):
        pharmacy = each.kind == PHARMACY_KIND
        yield Subject(
            each.case, each.institution, each.name, "", each.uscc, pharmacy, each.district
        )


def check(user: User, upload: Any) -> Check:
    """Read a file, hold it against the ledger and keep what it says.

    Raises:
        RequestError: it is no workbook or csv.
        CensusError: it has blocking faults, all of them told; nothing is then kept.
    """
    folder, received = receiving.receive([upload])
    place = Path(settings.MEDIA_ROOT) / folder
    try:
        read = licences.read(place / "files")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    table = read.tables.get("licences")
    if stops(read.faults):
        raise CensusError(read.faults)
    if table is None or not len(table):
        raise CensusError((*read.faults, told("licences_none")))
    rows = list(licences_of(table))
    matched = match(rows, subjects(), clock.today())
    return _keep(user, received[0], len(rows), matched)


def _keep(user: User, file: receiving.Received, rows: int, matched: Matched) -> Check:
    with transaction.atomic():
        made = Check.objects.create(
            name=file.name,
            sha256=file.sha256,
            by=user.username,
            at=clock.now(),
            day=clock.today(),
            rows=rows,
            subjects=matched.subjects,
            strangers=len(matched.strangers),
        )
        found = [_finding(made, each) for each in matched.found]
        Finding.objects.bulk_create(found, batch_size=_BATCH)
        said = {"file": file.name, "sha256": file.sha256}
        subject = f"licences:{made.pk}"
        bureau.note(user, subject, "licences.check", rows=rows, n=len(found), **said)
    return made


def _finding(made: Check, found: Found) -> Finding:
    subject, licence = found.subject, found.licence
    ours = theirs = ""
    if licence is not None:
        ours, theirs = {
            Problem.NAME: (subject.name, licence.name),
            Problem.ADDRESS: (subject.address, licence.address),
            Problem.EXPIRED: ("", licence.through.isoformat() if licence.through else ""),
            Problem.INVALID: ("", licence.status),
        }[found.problem]
    return Finding(
        of=made,
        problem=str(found.problem),
        group=str(found.group or ""),
        case=subject.case,
        institution=subject.code,
        name=subject.name,
        district=subject.district,
        number=licence.number if licence else "",
        row=licence.row if licence else "",
        ours=ours,
        theirs=theirs,
    )


def settle(user: User, made: Check, keys: Collection[int], remark: str) -> int:
    """Settle findings with a remark; returns how many. Nothing in the ledger is changed.

    Raises:
        RequestError: none was chosen, or one is settled already or of another district.
    """
    if not keys:
        raise RequestError((told("licences_none_chosen"),))
    with transaction.atomic(), bureau.journal().writing():
        rows = made.findings.filter(pk__in=keys, settled_by="")
        found = list(listing.within(rows, user.districts(Right.MOVE_CASES)))
        if len(found) != len(set(keys)):
            raise RequestError((told("licences_moved_on"),))
        at = clock.now()
        for each in found:
            each.settled_by, each.settled_at, each.remark = user.username, at, remark
        Finding.objects.bulk_update(found, ["settled_by", "settled_at", "remark"])
        _note(user, made, found, remark)
    return len(found)


def _note(user: User, made: Check, found: Sequence[Finding], remark: str) -> None:
    """One note a district: what is of a district is noted there."""
    for district in sorted({each.district for each in found}):
        bureau.note(
            user,
            f"licences:{made.pk}",
            "licences.settle",
            region=district,
            items=";".join(
                f"{each.case}={each.problem}" for each in found if each.district == district
            ),
            reason=remark,
        )
