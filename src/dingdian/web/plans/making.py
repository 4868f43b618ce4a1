"""Making a version: asked for on a page, done by a worker, kept with the fingerprints of its files.

The folder is written whole or not at all; its row, the note of the journal and the end of the work
stand or fall together. A folder that no version names was left by work that died: it is swept.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from dingdian.actions.prepare_census import prepare_census
from dingdian.core.census import Census
from dingdian.core.census.overlay import Asked, Change
from dingdian.core.errors import RequestError, fault
from dingdian.core.period import last_day
from dingdian.reports.frame import marks_of
from dingdian.reports.wording import Words
from dingdian.storage.manifest import file_digest, manifest
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.models import Job, State
from dingdian.web.jobs.running import Running, ask
from dingdian.web.plans.models import Advice, Overlay, Plan, Submission, SubmissionState, Version
from dingdian.web.rights import Right
from dingdian.web.streets.network import file_of
from dingdian.wiring.plans import PlanRequest, Written, write_plan

#: The kind of work.
WORK = "plan"
#: What ``write_plan`` tells -> what a page says, in the order of the work.
STEPS = {
    "ledger": gettext_noop("rebuilding the census"),
    "shelf": gettext_noop("reading the policy shelf"),
    "check": gettext_noop("checking the census"),
    "streets": gettext_noop("reading the streets"),
    "measures": gettext_noop("computing the measures"),
    "rules": gettext_noop("deciding by the rules"),
    "quotas": gettext_noop("working out the places"),
    "fingerprints": gettext_noop("taking fingerprints"),
    "documents": gettext_noop("writing the documents"),
    "papers": gettext_noop("writing Word and PDF"),
    "version": gettext_noop("keeping the version"),
}
#: Name of a folder: the year, the work and how often it was begun; hidden while it is written.
_NAME = re.compile(r"\.?\d{4}-j(\d+)-(\d+)(-[0-9a-f]{8})?")


def plans_folder() -> Path:
    """Where the folders of versions lie."""
    return Path(settings.CONFIG.data) / "plans"


def templates_folder() -> Path:
    """Where a bureau puts templates of its own: one folder a set."""
    return Path(settings.CONFIG.data) / "templates"


def ask_for(plan: Plan, by: User, given: dict[str, Any]) -> Job:
    """Ask for a version; two people who ask at once get one each."""
    said = {"plan": plan.pk, "asked_by": by.username, **given}
    with transaction.atomic():
        if given.get("overlay"):  # it stays as it is from here on
            Overlay.objects.select_for_update().get(pk=given["overlay"])
        if given.get("advice"):  # it is not taken off from here on
            Plan.objects.select_for_update().get(pk=plan.pk)
            gone = set(given["advice"]) - set(plan.advice.values_list("pk", flat=True))
            if gone:
                raise RequestError((fault("advice_gone", n=str(len(gone))),))
        return ask(WORK, plan.subject, by=by.username, **said)


def asked_with(overlay: Overlay) -> bool:
    """Whether a version with this overlay is asked for and not made yet."""
    if overlay.plan is None:
        return False
    return any(each.get("overlay") == overlay.pk for each in _waiting(overlay.plan))


def advice_asked_for(plan: Plan) -> set[int]:
    """The advice that versions take along that are asked for and not made yet."""
    return {key for each in _waiting(plan) for key in each.get("advice", ())}


def _waiting(plan: Plan) -> Iterable[dict[str, Any]]:
    """What versions are asked for with that are not made yet."""
    waiting = Job.objects.filter(
        kind=WORK, about=plan.subject, state__in=(State.WAITING, State.RUNNING)
    )
    return waiting.values_list("given", flat=True)


def census_day(year: int) -> dt.date:
    """The day of the ledger that a plan of a year starts from.

    The last day of the year before, or today where that is still to come or where the ledger knows
    no census so early.
    """
    day = min(last_day(year - 1), clock.today())
    known = bureau.desk().ledger.census_known_at(day, None)
    return day if known is not None else clock.today()


def accepted(year: int) -> list[Asked]:
    """The accepted submissions of the county branches for a year."""
    found = Submission.objects.filter(year=year, state=SubmissionState.ACCEPTED)
    return [
        Asked(
            each.region,
            each.year,
            each.resource,
            each.asked,
            reason=each.reason,
            document=each.document,
            origin=each.subject,
        )
        for each in found
    ]


def changes_of(overlay: Overlay) -> list[Change]:
    """The changes of an overlay."""
    return [
        Change(each["table"], tuple(each["row"]), each["column"], each["old"], each["new"])
        for each in overlay.changes
    ]


def census_for(given: dict[str, Any], overlay: Overlay | None) -> Census:
    """The census that a version is made from.

    Raises:
        RequestError: no census was kept up to that day, or a change does not fit it.
    """
    desk = bureau.desk()
    return prepare_census(
        desk.ledger,
        desk.terms,
        dt.date.fromisoformat(given["as_of"]),
        asked=accepted(given["year"]) if given["submissions"] else (),
        changes=changes_of(overlay) if overlay else (),
        name=overlay.name if overlay else "",
    )


def make_version(running: Running) -> None:
    """Make a version and close its work.

    Raises:
        DingdianError: anything that stops the plan; nothing then stays.
        CancelledError: it is to end, or another worker has it.
    """
    given = running.given
    plan = Plan.objects.get(pk=given["plan"])
    entitled(given["asked_by"], Right.RUN_PLAN)
    sweep()
    folder = plans_folder() / f"{given['year']}-j{running.job.pk}-{running.job.attempts}"
    tell = partial(_tell, running)
    try:
        tell("ledger")
        overlay = Overlay.objects.get(pk=given["overlay"]) if given["overlay"] else None
        census = census_for(given, overlay)
        written = write_plan(_request(given, census), folder, force=True, progress=tell)
        tell("version")
        _keep(running, plan, overlay, (folder, written))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def sweep() -> list[str]:
    """Remove folders that neither a version nor work under way names; returns their names."""
    running = set(Job.objects.filter(state=State.RUNNING).values_list("pk", "attempts"))
    swept = []
    for each in sorted(plans_folder().iterdir()):
        made = _NAME.fullmatch(each.name)
        if made is None or (int(made[1]), int(made[2])) in running:
            continue
        if not Version.objects.filter(folder=each.name).exists():
            shutil.rmtree(each, ignore_errors=True)
            swept.append(each.name)
    return swept


def _tell(running: Running, step: str) -> None:
    at = list(STEPS).index(step) if step in STEPS else 0
    running.tell(STEPS.get(step, step), at, len(STEPS))


def _request(given: dict[str, Any], census: Census) -> PlanRequest:
    last = Version.objects.get(pk=given["last_year"]) if given["last_year"] else None
    if last is not None and (changed := last.changed_files()):
        raise RequestError((fault("version_as_last_year", name=changed[0]),))
    return PlanRequest(
        census=census,
        policy=settings.CONFIG.policy,
        year=given["year"],
        day=dt.date.fromisoformat(given["day"]) if given["day"] else None,
        papers=given["papers"],
        templates=templates_folder() / given["templates"] if given["templates"] else None,
        last_year=last.path if last else None,
        advice=advice_paths(given.get("advice", ())),
        streets=file_of(given.get("streets")),
        map_approval=settings.CONFIG.map_approval,
        lang=given["lang"],
    )


def advice_paths(keys: Iterable[int]) -> tuple[Path, ...]:
    """Where the bytes of some advice lie, for a run.

    Raises:
        RequestError: they are gone, or are not those that were added.
    """
    found = Advice.objects.in_bulk(keys)
    for each in found.values():
        if file_digest(each.path) != each.sha256:
            raise RequestError((fault("paper_changed", name=each.name),))
    return tuple(found[key].path for key in sorted(found))


def _keep(
    running: Running, plan: Plan, overlay: Overlay | None, made: tuple[Path, Written]
) -> None:
    """The row of the version, its note and the end of its work, all or none."""
    folder, written = made
    given, record = running.given, written.record
    files = manifest(folder)
    by = User.objects.filter(username=given["asked_by"]).first()
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        last = plan.versions.aggregate(last=Max("number"))["last"] or 0
        version = Version.objects.create(
            plan=plan,
            number=last + 1,
            folder=folder.name,
            asked={**given, "changes": overlay.changes if overlay else []},
            what_if=overlay is not None,
            overlay=overlay,
            result=record.fingerprints.result,
            census=record.fingerprints.census,
            shelf=record.fingerprints.shelf,
            engine=record.engine,
            marks=list(marks_of(Words(record))),
            manifest=files,
            made_at=clock.now(),
            by=given["asked_by"],
            remark=given["remark"],
        )
        bureau.note(
            by,
            plan.subject,
            "plan.version",
            number=version.number,
            result=version.result,
            what_if="yes" if version.what_if else "",
        )
        running.finish(version=version.pk, number=version.number)
