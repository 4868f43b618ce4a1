"""Recording an objection in the ledger, and answering it: each by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.web import bureau, clock
from dingdian.web.cases.finding import Found, find
from dingdian.web.cases.offering import offered, roles_of
from dingdian.web.cases.recording import record as record_move
from dingdian.web.objections.models import Objection, Outcome

if TYPE_CHECKING:
    from dingdian.actions.change_stage import Changed
    from dingdian.web.accounts.models import User

#: Outcome -> the move that has to stand in the ledger before it may be told.
SETTLES = {Outcome.UPHELD: "uphold_objection", Outcome.DISMISSED: "dismiss_objection"}


def record(user: User, objection: Objection, said: str) -> None:
    """Record the move ``object`` for an objection; while another is reviewed it joins that one.

    Args:
        user: in whose name; it is held against what they may record.
        objection: one that is not recorded yet.
        said: what is objected, without names.

    Raises:
        RequestError: it is recorded or answered already, the case is elsewhere by now, or the
            move is refused; nothing is then kept.
    """
    _open(objection)
    found = _case(objection)
    if found.state.stage is Stage.OBJECTION:
        with transaction.atomic():
            _recorded(user, objection, _last(found, "object").seq)
        return
    offer = offered(roles_of(user, found.district), "object", found.state.stage)
    if offer is None:
        stage = STAGES[found.state.stage].name
        raise RequestError((fault("objection_stage", stage_zh=stage.zh, stage_en=stage.en),))

    def keep(changed: Changed) -> None:
        _recorded(user, objection, changed.entries[0].seq)

    asked = Asked(
        case=objection.case,
        move="object",
        held_on=clock.today(),
        known_at=clock.now(),
        by=user.username,
        role=offer.role,
        facts={"outcome": said},
        documents=(objection.receipt,),
        seen=found.state.last_seq,
    )
    record_move(user, asked, also=keep)


def answer(user: User, objection: Objection, outcome: str, said: str) -> None:
    """Answer an objection: what is told of it must stand in the ledger.

    Raises:
        RequestError: it is answered already, or the ledger says otherwise.
    """
    move = SETTLES.get(Outcome(outcome))
    if move is not None:
        since = objection.entry
        entries = _case(objection).entries if since is not None else ()
        annulled = {each.facts.get("entry") for each in entries if each.move == "annul"}
        settled = (
            each
            for each in entries
            if each.move == move and each.seq > (since or 0) and str(each.seq) not in annulled
        )
        if next(settled, None) is None:
            raise RequestError((fault("objection_unsettled"),))
    elif objection.entry is not None:
        raise RequestError((fault("objection_recorded"),))
    with transaction.atomic():
        waiting = Objection.objects.filter(pk=objection.pk, outcome="")
        done = {"answered_at": clock.now(), "answered_by": user.username}
        if not waiting.update(outcome=outcome, answer=said, **done):
            raise RequestError((fault("objection_answered"),))
        _note(user, objection, "objection.answer", outcome=outcome)


def _open(objection: Objection) -> None:
    if objection.outcome:
        raise RequestError((fault("objection_answered"),))
    if objection.entry is not None:
        raise RequestError((fault("objection_recorded"),))


def _case(objection: Objection) -> Found:
    found = find(objection.case) if objection.case else None
    if found is None:
        raise RequestError((fault("objection_of_nothing", notice=objection.notice),))
    return found


def _last(found: Found, move: str) -> Entry:
    return next(each for each in reversed(found.entries) if each.move == move)


def _recorded(user: User, objection: Objection, seq: int) -> None:
    """Write down by which entry it stands, once."""
    waiting = Objection.objects.filter(pk=objection.pk, entry=None, outcome="")
    if not waiting.update(entry=seq):
        raise RequestError((fault("objection_recorded"),))
    _note(user, objection, "objection.record", entry=seq)


def _note(user: User, objection: Objection, act: str, **facts: object) -> None:
    region, subject = objection.district, f"objection:{objection.pk}"
    bureau.note(user, subject, act, region=region, case=objection.case, **facts)
