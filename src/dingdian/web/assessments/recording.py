"""What is recorded of an institution after its scores are known: hearing, appeal, answer, measure.

Each is a note of the journal, and counts from the next version of the scores on.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from dingdian.core.digits import rounded
from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders, of_institution
from dingdian.web.accounts.second import check_second
from dingdian.web.assessments.models import (
    Appeal,
    Campaign,
    Hearing,
    Kind,
    Measure,
    Result,
    Stand,
    Version,
)
from dingdian.web.inbox.sending import send
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: How many decimals the points of an item keep, as the workbook does.
_SCALE = 1000


def show(user: User, campaign: Campaign) -> None:
    """Let the institutions see their scores, and those of them that are users know.

    Raises:
        RequestError: there are no scores yet.
    """
    current = campaign.current
    if current is None:
        raise RequestError((fault("assessed_none_yet", year=campaign.year),))
    if campaign.shown_at is not None:
        return
    with transaction.atomic():
        campaign.shown_at = clock.now()
        campaign.save(update_fields=("shown_at",))
        bureau.note(user, campaign.subject, "assessment.show", number=current.number)
        codes = list(current.results.values_list("code", flat=True))
        _tell(campaign, codes)


def _tell(campaign: Campaign, codes: list[str]) -> None:
    from dingdian.web.accounts.models import Grant

    held = set(Grant.objects.filter(holder__in=codes).values_list("holder", flat=True))
    for code in sorted(held):
        address = reverse("portal:scores", args=[campaign.year, code])
        through = campaign.appeals_through or ""
        send(of_institution(code), "scores", address, year=campaign.year, through=through)


def hear(user: User, result: Result, said: dict[str, Any]) -> Hearing:
    """Record that an institution was told, and when it was heard or waived it.

    Raises:
        RequestError: that hearing is recorded as held already.
    """
    campaign = result.version.campaign
    with transaction.atomic():
        found = Hearing.objects.select_for_update().filter(
            campaign=campaign, code=result.code, notified_on=said["notified_on"]
        )
        made = found.first()
        if made is None:
            made = Hearing(campaign=campaign, code=result.code)
        elif made.heard_on is not None:
            raise RequestError((fault("hearing_held", day=made.heard_on.isoformat()),))
        for name, value in said.items():
            setattr(made, name, value)
        made.district, made.by, made.at = result.district, user.username, clock.now()
        made.save()
        _note(user, result, "assessment.hear", day=made.heard_on or "", received=made.notified_on)
        _tell_of_hearing(made)
    return made


def _tell_of_hearing(made: Hearing) -> None:
    """Tell the institution; its scores show the hearing where it may see them."""
    held = "hearing_waived" if made.waived else "hearing_held"
    kind, year = held if made.heard_on else "hearing_told", made.campaign.year
    shown = made.campaign.shown_at is not None
    address = reverse("portal:scores", args=[year, made.code]) if shown else reverse("portal:home")
    send(of_institution(made.code), kind, address, year=year, day=made.heard_on or made.notified_on)


def appeal(user: User, result: Result, item: str, reason: str) -> Appeal:
    """An institution appeals against the points of an item.

    Raises:
        RequestError: the term is over, the item has no points, or an appeal against it is open.
    """
    campaign, today = result.version.campaign, clock.today()
    through = campaign.appeals_through
    if campaign.shown_at is None or through is None or today > through:
        said = through.isoformat() if through else "—"
        raise RequestError((fault("appeal_too_late", through=said),))
    if line_of(result, item) is None:
        raise RequestError((fault("appeal_without_points", value=item),))
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                campaign=campaign,
                version=result.version,
                code=result.code,
                district=result.district,
                item=item,
                reason=reason,
                filed_on=today,
                by=user.username,
                at=clock.now(),
            )
            _note(user, result, "assessment.appeal", items=item)
            told = holders(Right.RUN_ASSESSMENT, result.district)
            address = reverse("assessments:institution", args=[result.version_id, result.code])
            send(told, "appealed", address, year=campaign.year, name=result.name)
    except IntegrityError as error:
        raise RequestError((fault("appeal_open_already"),)) from error
    return made


def line_of(result: Result, item: str) -> dict[str, Any] | None:
    """The line of an item that has points; ``None`` where it has none."""
    lines: list[dict[str, Any]] = (result.record["score"] or {}).get("lines", [])
    found = (each for each in lines if each["item"] == item and each["given"] is not None)
    return next(found, None)


def answer(user: User, made: Appeal, new_points: Fraction | None, said: str) -> None:
    """Decide an appeal: with new points it is upheld, without them the points stay.

    Raises:
        RequestError: it is decided already, or the points are over the full ones of the item.
    """
    result = Result.objects.get(version=made.version, code=made.code)
    line = line_of(result, made.item)
    if new_points is not None:
        full = Fraction(line["full"]) if line else Fraction(0)
        if not 0 <= new_points <= full or (new_points * _SCALE).denominator != 1:
            raise RequestError((fault("appeal_points_wrong", full=rounded(full, 2)),))
    with transaction.atomic():
        open_now = Appeal.objects.filter(pk=made.pk, decided_on=None)
        if not open_now.update(
            decided_on=clock.today(),
            decided_at=clock.now(),
            decided_by=user.username,
            new_points="" if new_points is None else str(new_points),
            answer=said,
        ):
            raise RequestError((fault("proposal_decided"),))
        outcome = "" if new_points is None else str(new_points)
        _note(user, result, "assessment.answer", items=made.item, new=outcome, reason=said)
        address = reverse("portal:scores", args=[made.campaign.year, made.code])
        send(of_institution(made.code), "score_answered", address, year=made.campaign.year)


# -- four eyes ----------------------------------------------------------------------------------


def ask_step(user: User, result: Result, step: str, minute: str) -> Measure:
    """Ask for a step of the ladder to be confirmed.

    Raises:
        RequestError: something has to come first, or it waits already.
    """
    _check_step(result, step)
    return _ask(user, result.version, Kind.STEP, result=result, step=step, facts={"minute": minute})


def _check_step(result: Result, step: str) -> None:
    """That everything is there which has to come before a person may confirm a step."""
    states = {each["step"]: each["state"] for each in result.record["steps"]}
    if states.get(step) != "proposed":
        raise RequestError((fault("step_not_ready"),))


def ask_deposit(
    user: User, result: Result, held: Fraction, *, settled_on: dt.date, reference: str
) -> Measure:
    """Ask for the settlement of a deposit: what was held, in yuan, times the share of the grade.

    What is returned is rounded to the fen, half up.

    Raises:
        RequestError: the grade, and so the share, is not known, or it waits or is settled already.
    """
    share = result.record["deposit"]
    if share is None:
        raise RequestError((fault("deposit_without_grade"),))
    campaign = result.version.campaign
    settled = campaign.measures.filter(kind=Kind.DEPOSIT, code=result.code, state=Stand.CONFIRMED)
    if settled.exists():
        raise RequestError((fault("deposit_settled"),))
    facts = {
        "held": rounded(held, 2),
        "share": share,
        "returned": rounded(held * Fraction(share), 2),
        "settled_on": settled_on.isoformat(),
        "reference": reference,
    }
    return _ask(user, result.version, Kind.DEPOSIT, result=result, facts=facts)


def ask_entry(user: User, version: Version) -> Measure:
    """Ask for the entry of the version that holds in the ledger.

    Raises:
        RequestError: another version holds, this one is entered, or its entry waits already.
    """
    current = version.campaign.current
    if current is None or current.pk != version.pk:
        raise RequestError((fault("version_superseded"),))
    if version.entered:
        raise RequestError((fault("version_entered"),))
    return _ask(user, version, Kind.ENTRY, facts={"result": version.result})


def _ask(
    user: User,
    version: Version,
    kind: Any,
    *,
    result: Result | None = None,
    step: str = "",
    facts: dict[str, str],
) -> Measure:
    about = (
        {"code": result.code, "name": result.name, "district": result.district} if result else {}
    )
    try:
        with transaction.atomic():
            made = Measure.objects.create(
                campaign=version.campaign,
                version=version,
                kind=kind,
                step=step,
                facts=facts,
                by=user.username,
                at=clock.now(),
                **about,
            )
            _note_measure(user, made, "assessment.ask")
            others = holders(Right.CONFIRM_ASSESSMENT, made.district).exclude(pk=user.pk)
            address = reverse("assessments:measures", args=[version.campaign.year])
            send(others, "measure", address, year=version.campaign.year, name=made.name)
    except IntegrityError as error:
        raise RequestError((fault("measure_waits"),)) from error
    return made


def confirm(user: User, measure: Measure) -> None:
    """Confirm what somebody else asked for.

    An entry in the ledger is then made by a worker.

    Raises:
        RequestError: it is one's own, is decided already, or does not stand any more.
    """
    if settings.CONFIG.four_eyes:
        _by_another(user, measure)
    current = measure.campaign.current
    if measure.kind == Kind.STEP:
        now = Result.objects.filter(version=current, code=measure.code).first()
        if now is None:
            raise RequestError((fault("step_not_ready"),))
        _check_step(now, measure.step)
    elif current is None or (measure.kind == Kind.ENTRY and current.pk != measure.version_id):
        raise RequestError((fault("version_superseded"),))
    with transaction.atomic():
        _decide(user, measure, Stand.CONFIRMED, decided_on=clock.today())
        _note_measure(user, measure, "assessment.confirm")
        if measure.kind == Kind.ENTRY:
            from dingdian.web.assessments.entering import ask_for

            ask_for(user, measure)


def send_back(user: User, measure: Measure, why: str) -> None:
    """Send it back with the reason.

    Raises:
        RequestError: it is one's own, or is decided already.
    """
    _by_another(user, measure)
    with transaction.atomic():
        _decide(user, measure, Stand.RETURNED, why=why)
        _note_measure(user, measure, "assessment.send_back", why=why)


def _by_another(user: User, measure: Measure) -> None:
    check_second(user, measure.by, Right.CONFIRM_ASSESSMENT, [measure.district])


def withdraw(user: User, measure: Measure) -> None:
    """Take one's own asking back before it is confirmed.

    Raises:
        RequestError: it is somebody else's, or is decided already.
    """
    if measure.by != user.username:
        raise RequestError((fault("proposal_of_another"),))
    with transaction.atomic():
        _decide(user, measure, Stand.WITHDRAWN)
        _note_measure(user, measure, "assessment.withdraw")


def _decide(user: User, measure: Measure, state: Any, **more: Any) -> None:
    waiting = Measure.objects.filter(pk=measure.pk, state=Stand.WAITING)
    said = {"state": state, "decided_by": user.username, "decided_at": clock.now()}
    if not waiting.update(**said, **more):
        raise RequestError((fault("proposal_decided"),))


def _note_measure(user: User, measure: Measure, act: str, **more: Any) -> None:
    bureau.note(
        user,
        measure.campaign.subject,
        act,
        region=measure.district,
        kind=measure.kind,
        institutions=measure.code,
        step=measure.step,
        number=measure.version.number,
        **{name: measure.facts.get(name) for name in ("minute", "held", "returned")},
        **more,
    )


def _note(user: User, result: Result, act: str, **facts: Any) -> None:
    subject = result.version.campaign.subject
    bureau.note(user, subject, act, region=result.district, institutions=result.code, **facts)
