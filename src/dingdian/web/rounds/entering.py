"""Entering a decided round in the ledger: asked for, confirmed by another, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.accounts.models import User
from dingdian.web.accounts.second import check_second, may_second
from dingdian.web.inbox.sending import send
from dingdian.web.jobs.running import Running, ask
from dingdian.web.ledger import refreshing
from dingdian.web.panels.closing import follow
from dingdian.web.procedure import places
from dingdian.web.rights import FOUR_EYES, Right
from dingdian.web.rounds import working
from dingdian.web.rounds.models import Round, State, held
from dingdian.wiring import lives

if TYPE_CHECKING:
    from dingdian.actions.change_stage import Changed
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web.jobs.models import Job

#: The kind of work.
WORK = "round_enter"
HOLDING = gettext_noop("holding the decision against the ledger")
ENTERING = gettext_noop("entering the decisions in the ledger")


def moves(row: Round) -> tuple[Asked, ...]:
    """The moves that would be recorded now, in their order.

    Raises:
        RequestError: the evidence of the decision cannot be read.
    """
    return lives.round_moves(bureau.desk(), row.decision, by=row.by)


def counted(asked: Iterable[Asked]) -> list[tuple[str, int]]:
    """How many there are of each move, in the order in which each comes first."""
    return list(Counter(each.move for each in asked).items())


def is_confirmed_first(asked: Iterable[Asked]) -> bool:
    """Whether a second person confirms them: one of them gives or takes rights."""
    return settings.CONFIG.four_eyes and any(each.move in FOUR_EYES for each in asked)


def check(row: Round) -> tuple[Asked, ...]:
    """The moves, where the decision may be entered as it stands.

    Raises:
        RequestError: its files were changed, the ledger of its day is another by now, another plan
            is in force, or the ledger has all of it already.
    """
    assert row.version is not None  # noqa: S101 -- it was decided
    if changed := row.changed_files():
        raise RequestError((fault("version_changed", name=changed[0]),))
    if working.issued_version(row.version.plan.year).pk != row.version_id:
        raise RequestError((fault("round_plan_superseded", plan=row.version.plan.title),))
    if working.ledger_changed(row):
        raise RequestError((fault("round_ledger_changed", day=row.day),))
    asked = moves(row)
    if not asked:
        raise RequestError((fault("round_nothing_to_enter"),))
    return asked


def propose(user: User, row: Round) -> Job | None:
    """Ask for a round to be entered: by the worker at once, or once a second person confirms.

    ``None``: it waits to be confirmed.

    Raises:
        RequestError: it is in another state, or may not be entered as it stands.
    """
    row.in_state(State.DECIDED)
    asked = check(row)
    if not is_confirmed_first(asked):
        return _ask(row, user.username, "")
    with transaction.atomic():
        found = held(row.pk, State.DECIDED)
        _same(found, row)
        found.state, found.asked_by, found.asked_at = State.ASKED, user.username, clock.now()
        found.why = ""
        found.save()
        _note(user, found, "round.propose", entries=len(asked))
        tell = holders(Right.CONFIRM_CASES, found.districts[0]).exclude(pk=user.pk)
        _tell([each for each in tell if may_confirm(each, found)], found, "round_proposal")
    return None


def may_confirm(user: User, row: Round) -> bool:
    """Whether a round waits, and this person may confirm it: as ``confirm`` would find."""
    if row.state != State.ASKED or not row.within(user, Right.CONFIRM_CASES):
        return False
    return may_second(user, row.asked_by, Right.CONFIRM_CASES, row.districts)


def confirm(user: User, row: Round) -> Job:
    """Confirm what somebody else asked for: the worker enters it in the names of both.

    Raises:
        RequestError: it is one's own, or waits no longer.
    """
    row.in_state(State.ASKED)
    check_second(user, row.asked_by, Right.CONFIRM_CASES, row.districts)
    return _ask(row, row.asked_by, user.username)


def send_back(user: User, row: Round, why: str) -> None:
    """Send it back to whoever asked for it, with the reason.

    Raises:
        RequestError: it is one's own, or waits no longer.
    """
    check_second(user, row.asked_by, Right.CONFIRM_CASES, row.districts)
    with transaction.atomic():
        found = held(row.pk, State.ASKED)
        found.state, found.why = State.DECIDED, why
        found.save()
        _note(user, found, "round.send_back", why=why)
        _tell(User.objects.filter(username=found.asked_by), found, "round_returned", why=why)


def withdraw(user: User, row: Round) -> None:
    """Take back what one asked for before it is confirmed.

    Raises:
        RequestError: it is somebody else's, or waits no longer.
    """
    if row.asked_by != user.username:
        raise RequestError((fault("proposal_of_another"),))
    with transaction.atomic():
        found = held(row.pk, State.ASKED)
        found.state, found.why = State.DECIDED, ""
        found.save()
        _note(user, found, "round.withdraw")


def _ask(row: Round, by: str, confirmed_by: str) -> Job:
    given = {"pk": row.pk, "number": row.number, "asked": by, "confirmed": confirmed_by}
    return ask(WORK, row.subject, by=confirmed_by or by, **given)


def enter(running: Running) -> None:
    """Enter a round: entries, state, note and the end of the work in one transaction.

    Raises:
        RequestError: it waits no longer, who asked for it or confirmed it may not any more, it may
            not be entered as it stands, or a move is refused: every reason is told.
    """
    given = running.given
    row = Round.objects.select_related("version__plan").get(pk=given["pk"])
    waits: Any = State.ASKED if given["confirmed"] else State.DECIDED
    row.in_state(waits)
    author = working.clerk(given["asked"], row)
    second = _second(row, given)
    running.tell(HOLDING, 0, 2)
    asked = check(row)
    if second is None and is_confirmed_first(asked):
        raise RequestError((fault("round_state", state=str(row.get_state_display())),))
    running.tell(ENTERING, 1, 2)
    by = f"{author.username}+{second.username}" if second else author.username

    def within(changed: Changed) -> None:
        found = held(row.pk, waits)
        _same(found, row)
        _entered(found, changed.entries, by)
        user = second or author
        follow(user, changed.entries)
        _note(user, found, "round.enter", entries=found.entries, result=found.result)
        if second is not None:
            _tell([author], found, "round_confirmed", n=found.entries)
        refreshing.ask(user.username)
        running.finish(entries=found.entries)

    try:
        lives.enter(bureau.desk(), row.decision, by=by, plans=places.of_years(), within=within)
    except RequestError:
        Round.objects.get(pk=row.pk).in_state(waits)  # entered meanwhile: that is told
        raise


def _second(row: Round, given: dict[str, str]) -> User | None:
    """Who confirmed it, if they may still; ``None`` where nobody is needed.

    Raises:
        RequestError: they may not, or asked for it themselves.
    """
    name = given["confirmed"]
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or not may_confirm(user, row):
        raise RequestError((fault("job_not_entitled", name=name),))
    return user


def _entered(found: Round, entries: Sequence[object], by: str) -> None:
    numbers = [each.seq for each in entries]  # type: ignore[attr-defined]
    found.state, found.entered_by, found.entered_at = State.ENTERED, by, clock.now()
    found.first, found.last, found.entries = min(numbers), max(numbers), len(numbers)
    found.save()


def _same(found: Round, row: Round) -> None:
    """That it was not decided anew since it was looked at.

    Raises:
        RequestError: it was.
    """
    if found.number != row.number:
        raise RequestError((fault("round_state", state=str(found.get_state_display())),))


def _tell(users: Iterable[User], row: Round, kind: str, **facts: object) -> None:
    send(users, kind, reverse("rounds:one", args=[row.pk]), name=str(row), **facts)


def _note(user: User, row: Round, act: str, **facts: object) -> None:
    region = row.districts[0] if len(row.districts) == 1 else ""
    bureau.note(user, row.subject, act, region=region, number=row.number, **facts)
