"""The work on an upload: check it, and decide it under the issued plan of its year."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.storage.manifest import manifest
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.imports import lines
from dingdian.web.jobs.running import Running
from dingdian.web.ledger.models import Region
from dingdian.web.persons import masked_name, masked_number
from dingdian.web.procedure import places
from dingdian.web.rights import Right
from dingdian.web.rounds.models import BEFORE, Round, State, held
from dingdian.wiring import issued_rounds
from dingdian.wiring.places import taken

if TYPE_CHECKING:
    from dingdian.core.admission.record import DecisionsRecord
    from dingdian.core.census import Census
    from dingdian.web.plans.models import Version

#: The kind of work.
WORK = "round"
# What it says that it does, in its order.
READING = gettext_noop("reading the applications")
LEDGER = gettext_noop("rebuilding the census of the day")
CHECKING = gettext_noop("checking the applications")
PLAN = gettext_noop("making the issued plan ready")
DECIDING = gettext_noop("deciding every application")
WRITING = gettext_noop("writing the decision with its evidence")
_STEPS = (READING, LEDGER, CHECKING, PLAN, DECIDING, WRITING)
#: What ``issued_rounds.decide`` tells -> what a page says.
_TOLD = {"deciding": DECIDING, "documents": WRITING}
#: So many applications are named in a refusal.
_NAMED = 10


def clerk(username: str, row: Round) -> User:
    """Who asked for the work, if they may have it done still.

    Raises:
        RequestError: they may not any more.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.may(Right.MOVE_CASES):
        raise RequestError((fault("job_not_entitled", name=username),))
    if row.districts and not row.within(user, Right.MOVE_CASES):
        raise RequestError((fault("job_not_entitled", name=username),))
    return user


def work_on(running: Running) -> None:
    """Check an upload that was not checked yet, then decide it; each is kept when it is done.

    Raises:
        DingdianError: what stops it; a round that was checked stays so.
    """
    row = Round.objects.get(pk=running.given["pk"])
    row.in_state(*BEFORE)
    if not row.files_place.is_dir():
        raise RequestError((fault("round_files_gone"),))
    user = clerk(running.job.by, row)
    running.tell(READING, 0, len(_STEPS))
    read = issued_rounds.read(row.files_place, lambda name, n: running.tell(READING, 0, 6))
    day = row.stated or issued_rounds.day_said(read)
    desk, today = bureau.desk(), clock.today()
    running.tell(LEDGER, 1, len(_STEPS))
    census = census_of(min(day or today, today))
    running.tell(CHECKING, 2, len(_STEPS))
    checked = issued_rounds.check(read, census, desk.terms, day or today)
    checked = _of_one_s_own(checked, day, user)
    if not _keep_check(running, row, checked, day):
        return
    decide(running, row, checked, census)


def _of_one_s_own(
    checked: issued_rounds.Checked, day: dt.date | None, user: User
) -> issued_rounds.Checked:
    """The check with what stops it here: no day, a coming day, another place, other districts."""
    found, more = checked.found, []
    if day is None:
        more.append(fault("round_without_day"))
    elif day > clock.today():
        more.append(fault("round_day_ahead", day=day, today=clock.today()))
    if found is not None:
        every = found.applications
        if not any(each.district for each in every):
            more.append(fault("round_of_another_place", n=len(every)))
        elif (mine := user.districts(Right.MOVE_CASES)) is not None:
            others = [each.id for each in every if each.district not in mine]
            if others:
                named = "、".join(others[:_NAMED]) + ("…" if len(others) > _NAMED else "")
                more.append(fault("round_other_districts", n=len(others), cases=named))
    if not more:
        return checked
    return replace(checked, found=None, faults=(*more, *checked.faults))


def census_of(day: dt.date) -> Census:
    """The ledger's census of a day, as known now.

    Raises:
        RequestError: no census was kept up to that day.
    """
    desk = bureau.desk()
    return rebuild_census(desk.ledger, desk.terms, day)


def _keep_check(
    running: Running, row: Round, checked: issued_rounds.Checked, day: dt.date | None
) -> bool:
    """Keep what the check found; whether the round may be decided."""
    stopped = checked.found is None
    checked = replace(checked, faults=tuple(_masked(checked)))
    row.lines_place.unlink(missing_ok=True)
    told = sorted(checked.faults, key=lambda each: KINDS[each.kind].severity is not _STOPS)
    lines.write(row.lines_place, (plain(each) for each in told))
    if checked.faults:
        issued_rounds.write_marked(row.marked, checked, running.given["language"])
    with transaction.atomic():
        found = held(row.pk, *BEFORE)
        found.day, found.faults = day, len(checked.faults)
        found.blocking = sum(KINDS[each.kind].severity is _STOPS for each in told) * stopped
        if checked.found is not None:
            every = checked.found.applications
            found.code, found.applicants = checked.found.id[:200], len(every)
            found.districts = sorted({each.district for each in every})
        if found.state != State.DECIDED or stopped:
            found.state = State.BLOCKED if stopped else State.CHECKED
        found.save()
        if stopped:
            running.finish(faults=len(checked.faults))
    row.refresh_from_db()
    return not stopped


_STOPS = Severity.BLOCKING
#: Tables of a round that tell of persons.
_OF_PERSONS = frozenset({"people", "records"})


def _masked(checked: issued_rounds.Checked) -> Iterator[Fault]:
    """The faults, with what they cite of persons masked."""
    headings = checked.tables.headings
    of_persons = {(each.file, each.sheet) for each in headings if each.table in _OF_PERSONS}
    for each in checked.faults:
        if (each.place.file, each.place.sheet) not in of_persons:
            yield each
            continue
        cited: dict[str, Any] = dict(each.fields)
        for name in {"value", "read", "other"} & cited.keys():
            text = str(cited[name])
            numbered = any(sign.isdigit() for sign in text)
            cited[name] = masked_number(text) if numbered else masked_name(text)
        yield replace(each, details=tuple(cited.items()))


def plain(each: Fault) -> list[object]:
    """A fault as plain data: its kind, its place and its details."""
    place = each.place
    details = {name: str(value) for name, value in each.fields.items()}
    return [each.kind, [place.file, place.sheet, place.row, place.column], details]


def issued_version(year: int) -> Version:
    """The version under which the work plan in force of a year was issued.

    Raises:
        RequestError: there is none.
    """
    plan = next((each for each in places.in_force() if each.year == year), None)
    if plan is None or plan.issued_version is None:
        raise RequestError((fault("round_no_plan", year=year),))
    return plan.issued_version


def decide(running: Running, row: Round, checked: issued_rounds.Checked, census: Census) -> None:
    """Decide a checked round, and keep the decision with its note and the end of the work.

    Raises:
        DingdianError: anything that stops it; the decision before stays.
    """
    assert checked.found is not None and row.day is not None  # noqa: S101, PT018 -- it was checked
    desk, day = bureau.desk(), row.day
    year = checked.found.year or day.year
    running.tell(PLAN, 3, len(_STEPS))
    version = issued_version(year)
    issued = issued_rounds.issued(version.path, version.result, version.record().policy_day)
    plan = places.of_years()[year]
    gone = tuple(issued_rounds.taken_rows(version.record(), plan, taken(desk), desk.terms))
    head = desk.ledger.head().entries
    basis = issued_rounds.Basis(issued, census, day, gone)
    folder = row.place / f"decision-j{running.job.pk}-{running.job.attempts}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        record = issued_rounds.decide(
            checked.tables,
            basis,
            folder,
            lang=running.given["language"],
            progress=lambda step: running.tell(_TOLD[step], 4 + (step == "documents"), len(_STEPS)),
        )
        own = "taken" in checked.tables.tables
        made = {"version": version, "head": head, "own_taken": own, "decided_in": folder.name}
        _keep_decision(running, row, record, made)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _keep_decision(
    running: Running, row: Round, record: DecisionsRecord, made: dict[str, Any]
) -> None:
    user = clerk(running.job.by, row)
    counts: dict[str, int] = {}
    for each in record.decisions:
        counts[str(each.final)] = counts.get(str(each.final), 0) + 1
    with transaction.atomic():
        found = held(row.pk, State.CHECKED, State.DECIDED)
        found.number += 1
        for name, value in made.items():
            setattr(found, name, value)
        found.state, found.decided_by, found.decided_at = State.DECIDED, user.username, clock.now()
        found.result, found.stock = record.fingerprints.result, record.fingerprints.stock
        found.engine, found.counts, found.why = record.engine, counts, ""
        found.manifest = manifest(found.decision)
        found.save()
        bureau.note(
            user,
            found.subject,
            "round.decide",
            region=_one_region(found),
            number=found.number,
            day=found.day,
            n=len(record.decisions),
            plan=found.version.plan.title,
            version=found.version.number,
            result=found.result,
        )
        running.finish(number=found.number)


def _one_region(row: Round) -> str:
    """The district of a round that is about one only; empty for several."""
    return row.districts[0] if len(row.districts) == 1 else ""


def ledger_changed(row: Round) -> bool:
    """Whether the ledger of the day of decision is another than that of the decision.

    Where nothing was recorded since it is not looked at again.
    """
    assert row.day is not None  # noqa: S101 -- it was decided
    return fingerprint(census_of(row.day)) != row.stock


def entries_since(row: Round) -> int:
    """How many entries the ledger got since the decision."""
    return bureau.desk().ledger.head().entries - row.head


def names_of_districts(row: Round) -> list[str]:
    """The districts of a round by name, in their order."""
    names = dict(Region.objects.filter(code__in=row.districts).values_list("code", "name"))
    return [names.get(each, each) for each in row.districts]


__all__ = ["WORK", "work_on"]
