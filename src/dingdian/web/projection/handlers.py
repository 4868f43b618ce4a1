"""Long work of this area."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.storage.manifest import manifest
from dingdian.web import bureau, clock
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, handler
from dingdian.web.plans.making import census_for
from dingdian.web.projection.models import Projected
from dingdian.web.rights import Right
from dingdian.wiring import projection

#: The kind of work.
WORK = "projection"
#: What ``wiring.projection`` tells -> what a page says, in the order of the work.
STEPS = {
    "ledger": gettext_noop("rebuilding the census"),
    "shelf": gettext_noop("reading the policy shelf"),
    "census": gettext_noop("reading the census"),
    "check": gettext_noop("checking the census"),
    "measures": gettext_noop("computing measures"),
    "rules": gettext_noop("deciding the rules"),
    "quotas": gettext_noop("setting the quotas"),
    "fingerprints": gettext_noop("taking fingerprints"),
    "projecting": gettext_noop("living through the years"),
    "documents": gettext_noop("writing the documents"),
}


@handler(WORK)
def project(running: Running) -> None:
    """Project and keep the folder, whole or not at all."""
    given = running.given
    by = entitled(running.job.by, Right.RUN_PLAN)
    Projected.sweep()
    folder = Projected.root() / f"j{running.job.pk}-{running.job.attempts}"
    tell = partial(_tell, running)
    try:
        tell("ledger")
        with tempfile.TemporaryDirectory() as below:
            asked = projection.ProjectionRequest(
                census=census_for(given, None),
                policy=settings.CONFIG.policy,
                year=given["year"],
                through=given["through"],
                scenarios=_file(below, projection.SCENARIOS_COPY, given["scenarios"]),
                cohorts=_file(below, f"{projection.COHORTS_COPY}.csv", given["cohorts"]),
                runs=given["runs"],
                seed=given["seed"],
                lang=given["lang"],
            )
            told = projection.write_projection(
                asked,
                folder,
                force=True,
                as_json=False,
                progress=tell,
                year_of=lambda _scenario, _year: _tell(running, "projecting"),
            )
        with transaction.atomic():
            made = Projected.objects.create(
                plan_id=given["plan"],
                through=given["through"],
                folder=folder.name,
                asked=given,
                manifest=manifest(folder),
                result=told.result,
                made_at=clock.now(),
                by=by.username,
            )
            bureau.note(by, made.subject, "projection.make", result=told.result)
            running.finish(projected=made.pk)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _file(below: str, name: str, text: str) -> Path | None:
    """A file of what was handed in; none where nothing was."""
    if not text:
        return None
    path = Path(below) / name
    path.write_text(text, "utf-8")
    return path


def _tell(running: Running, step: str) -> None:
    running.tell(STEPS[step], list(STEPS).index(step), len(STEPS))
