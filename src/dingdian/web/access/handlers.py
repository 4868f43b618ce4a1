"""Long work of this area."""

from __future__ import annotations

import shutil
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.core.period import first_day
from dingdian.storage.manifest import manifest
from dingdian.web import bureau, clock
from dingdian.web.access.models import Measured
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, handler
from dingdian.web.plans.making import census_for
from dingdian.web.rights import Right
from dingdian.web.streets.network import file_of
from dingdian.wiring import access

#: The kind of work.
WORK = "access"
#: What ``wiring.access`` tells -> what a page says, in the order of the work.
STEPS = {
    "ledger": gettext_noop("rebuilding the census"),
    "streets": gettext_noop("reading the streets"),
    "shelf": gettext_noop("reading the policy shelf"),
    "census": gettext_noop("reading the census"),
    "check": gettext_noop("checking the census"),
    "pairs": gettext_noop("measuring distances"),
    "access": gettext_noop("computing access"),
    "documents": gettext_noop("writing the documents"),
}


@handler(WORK)
def measure(running: Running) -> None:
    """Measure access and keep its folder, whole or not at all."""
    given = running.given
    by = entitled(running.job.by, Right.RUN_PLAN)
    Measured.sweep()
    folder = Measured.root() / f"j{running.job.pk}-{running.job.attempts}"
    tell = partial(_tell, running)
    try:
        tell("ledger")
        asked = access.AccessRequest(
            census=census_for(given, None),
            policy=settings.CONFIG.policy,
            day=first_day(given["year"]),
            service=given["stock"],
            year=given["year"],
            reach_mm=given["reach_mm"],
            decay=given["decay"],
            capacity=given["capacity"],
            streets=file_of(given["streets"]),
            lang=given["lang"],
        )
        told = access.measure(asked, folder, force=True, as_json=False, progress=tell)
        with transaction.atomic():
            made = Measured.objects.create(
                plan_id=given["plan"],
                stock=given["stock"],
                folder=folder.name,
                asked=given,
                manifest=manifest(folder),
                result=told.result,
                made_at=clock.now(),
                by=by.username,
            )
            along = (given["streets"] or {}).get("graph")
            bureau.note(by, made.subject, "access.measure", result=told.result, streets=along)
            running.finish(measured=made.pk)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _tell(running: Running, step: str) -> None:
    running.tell(STEPS[step], list(STEPS).index(step), len(STEPS))
