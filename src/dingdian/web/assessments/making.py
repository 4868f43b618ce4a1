"""Open a campaign, take a workbook of scores in, ask for its assessment."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from dingdian.core.errors import RequestError, fault
from dingdian.core.period import last_day
from dingdian.web import bureau, clock
from dingdian.web.assessments.models import Campaign, State, Version
from dingdian.web.imports import receiving
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The kind of the work that assesses.
WORK = "assess"


def open_campaign(user: User, year: int, appeals_through: dt.date | None) -> Campaign:
    """Open the assessment of a year that is over.

    Raises:
        RequestError: the year is not over, or it is open already.
    """
    if last_day(year) >= clock.today():
        raise RequestError((fault("assessed_too_early", year=year),))
    try:
        with transaction.atomic():
            made = Campaign.objects.create(
                year=year,
                appeals_through=appeals_through,
                opened_by=user.username,
                opened_at=clock.now(),
            )
            through = appeals_through or ""
            bureau.note(user, made.subject, "assessment.open", year=year, through=through)
    except IntegrityError as error:
        raise RequestError((fault("assessed_open_already", year=year),)) from error
    return made


def upload(user: User, campaign: Campaign, uploads: Sequence[Any], remark: str) -> Version:
    """Take a workbook in as the next version, and ask for its assessment.

    Raises:
        RequestError: it is no workbook or tables; nothing of it is kept.
    """
    folder, files = receiving.receive(uploads)
    try:
        return _version(user, campaign, folder, remark, files=[each.plain() for each in files])
    except BaseException:
        shutil.rmtree(Path(settings.MEDIA_ROOT) / folder, ignore_errors=True)
        raise


def again(user: User, campaign: Campaign, remark: str) -> Version:
    """Assess the scores of the current version again, against the ledger of today.

    Raises:
        RequestError: there is none yet.
    """
    current = campaign.current
    if current is None:
        raise RequestError((fault("assessed_none_yet", year=campaign.year),))
    folder = secrets.token_hex(16)
    return _version(user, campaign, folder, remark, base=current.base or current)


def _version(
    user: User,
    campaign: Campaign,
    folder: str,
    remark: str,
    *,
    files: Sequence[dict[str, Any]] = (),
    base: Version | None = None,
) -> Version:
    with transaction.atomic():
        held = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if held.versions.filter(state=State.WAITING).exists():
            raise RequestError((fault("assessed_under_way", year=held.year),))
        last = held.versions.aggregate(n=Max("number"))["n"] or 0
        made = Version.objects.create(
            campaign=held,
            number=last + 1,
            folder=folder,
            files=list(files),
            base=base,
            remark=remark,
            by=user.username,
            at=clock.now(),
        )
        bureau.note(
            user,
            held.subject,
            "assessment.upload" if files else "assessment.again",
            number=made.number,
            file=made.names,
            sha256="、".join(each["sha256"] for each in files),
            reason=remark,
        )
        ask(WORK, held.subject, by=user.username, pk=made.pk, language=bureau.lang())
    return made


def drop(user: User, version: Version) -> None:
    """Give up a version whose work ended without saying what it came to, as a cancelled one does.

    Raises:
        RequestError: it is being assessed, or was assessed.
    """
    with transaction.atomic():
        held = Version.objects.select_for_update().get(pk=version.pk)
        job = Job.objects.filter(kind=WORK, given__pk=held.pk).order_by("-pk").first()
        if held.state != State.WAITING or (job is not None and job.open):
            raise RequestError((fault("assessed_under_way", year=version.campaign.year),))
        held.state = State.REFUSED
        held.save(update_fields=("state",))
        bureau.note(user, version.campaign.subject, "assessment.drop", number=version.number)
    shutil.rmtree(held.files_place, ignore_errors=True)
