"""Set a window: one person asks for it, another confirms it; a change is a window of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.intake import outside
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.accounts.second import check_second
from dingdian.web.inbox.sending import send
from dingdian.web.intake.models import State, Window
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.core.errors import Fault
    from dingdian.web.accounts.models import User


def against(facts: Mapping[str, str], district: str, day: dt.date) -> tuple[Fault, ...]:
    """Why an application of a day is outside the windows that the bureau set; nothing: it is not.

    ``facts`` are those of the application; without a district, or services, those are not asked.
    """
    windows = [each.core for each in Window.objects.filter(state=State.SET)]
    services = frozenset(facts.get("services", "").split(";")) - {""}
    found = outside(windows, facts["kind"], services, district=district, day=day)
    return (found,) if found else ()


def ask(user: User, given: Mapping[str, Any], replaces: Window | None = None) -> Window:
    """Ask for a window, or for a change of one that holds; alone where four eyes are not asked.

    Raises:
        RequestError: its days cannot be, or somebody changed the same window before.
    """
    _fits(given, replaces)
    try:
        with transaction.atomic():
            made = Window.objects.create(
                **given, replaces=replaces, by=user.username, at=clock.now()
            )
            if not settings.CONFIG.four_eyes:
                _decide(user, made, State.SET)
                _note(user, made, "intake.set")
                return made
            _note(user, made, "intake.ask")
            others = holders(Right.CONFIRM_CASES, made.district).exclude(pk=user.pk)
            may = (each for each in others if each.may(Right.CONFIRM_CASES, made.district))
            _tell(may, made, "intake_asked")
    except IntegrityError as error:
        raise RequestError((fault("intake_changed"),)) from error
    return made


def _fits(given: Mapping[str, Any], replaces: Window | None) -> None:
    """That its days can be: what has run is never made another."""
    today, opens, closes = clock.today(), given["opens"], given["closes"]
    if closes < max(opens, today):
        raise RequestError((fault("intake_days", day=today),))
    if replaces is None:
        if opens < today:
            raise RequestError((fault("intake_days", day=today),))
        return
    if replaces.state != State.SET:
        raise RequestError((fault("intake_changed"),))
    begun = replaces.opens <= today
    if (begun and opens != replaces.opens) or (not begun and opens < today):
        raise RequestError((fault("intake_begun", day=replaces.opens),))


def confirm(user: User, window: Window) -> None:
    """Confirm a window that somebody else asked for: from now on it holds.

    Raises:
        RequestError: it is one's own, is decided already, or its days cannot be any more.
    """
    _by_another(user, window)
    names = ("opens", "closes")
    _fits({name: getattr(window, name) for name in names}, window.replaces)
    with transaction.atomic():
        _decide(user, window, State.SET)
        _note(user, window, "intake.set")
        _tell(_author(window), window, "intake_set")


def send_back(user: User, window: Window, why: str) -> None:
    """Send it back to whoever asked for it, with the reason.

    Raises:
        RequestError: it is one's own, or is decided already.
    """
    _by_another(user, window)
    with transaction.atomic():
        _decide(user, window, State.RETURNED, why=why)
        _note(user, window, "intake.send_back", why=why)
        _tell(_author(window), window, "intake_returned", why=why)


def withdraw(user: User, window: Window) -> None:
    """Take back what one asked for before it is confirmed.

    Raises:
        RequestError: it is somebody else's, or is decided already.
    """
    if window.by != user.username:
        raise RequestError((fault("proposal_of_another"),))
    with transaction.atomic():
        _decide(user, window, State.WITHDRAWN)
        _note(user, window, "intake.withdraw")


def _by_another(user: User, window: Window) -> None:
    check_second(user, window.by, Right.CONFIRM_CASES, [window.district])


def _decide(user: User, window: Window, state: object, **more: str) -> None:
    """Write down the decision, once: who comes second is told."""
    said = {"state": state, "decided_by": user.username, "decided_at": clock.now(), **more}
    if not Window.objects.filter(pk=window.pk, state=State.ASKED).update(**said):
        raise RequestError((fault("proposal_decided"),))
    if state == State.SET and window.replaces_id is not None:
        old = Window.objects.filter(pk=window.replaces_id, state=State.SET)
        if not old.update(state=State.REPLACED):
            raise RequestError((fault("intake_changed"),))
    window.refresh_from_db()


def _author(window: Window) -> Iterable[User]:
    from dingdian.web.accounts.models import User

    return User.objects.filter(username=window.by)


def _tell(users: Iterable[User], window: Window, kind: str, **facts: str) -> None:
    days = {"opens": window.opens.isoformat(), "closes": window.closes.isoformat()}
    send(users, kind, reverse("intake:one", args=[window.pk]), **days, **facts)


def _note(user: User, window: Window, act: str, **facts: str) -> None:
    said: dict[str, Any] = {
        "opens": window.opens,
        "closes": window.closes,
        "kinds": ";".join(window.kinds),
        "services": ";".join(window.services),
        "basis": window.basis,
        "replaces": str(window.replaces_id or ""),
    }
    facts = {name: text for name, text in (said | facts).items() if text}
    bureau.note(user, f"intake:{window.pk}", act, region=window.district, **facts)
