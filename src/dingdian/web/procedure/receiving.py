"""Comments from the public site, taken in once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.signs import fit
from dingdian.web import bureau, clock
from dingdian.web.procedure.models import (
    Comment,
    CommentKind,
    Consultation,
    ConsultationState,
    Source,
)


def receive(consultation: str | int, comments: Iterable[Mapping[str, Any]]) -> int:
    """Take comments in; those that are there already are passed over. Returns how many are new.

    ``consultation`` is its public id, or the number of its plan. A comment that comes after the
    consultation was closed is taken in too: it was made in its window, and waits for an answer. Of
    a consultation that was begun anew it goes to the one that counts now.

    Args:
        consultation: its public id, or the key of the plan whose consultation it is.
        comments: each with ``public_id``, ``text``, ``kind``, ``name``, ``contact`` and
            ``received_at`` (a moment, or its ISO text).

    Raises:
        RequestError: there is no such consultation.
    """
    found = _consultation(consultation)
    rows = {str(each["public_id"]): each for each in comments}
    with transaction.atomic():
        known = set(
            Comment.objects.filter(public_id__in=list(rows)).values_list("public_id", flat=True)
        )
        fresh = [_comment(found, key, each) for key, each in rows.items() if key not in known]
        Comment.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            bureau.note(None, found.plan.subject, "comments.receive", n=len(fresh))
    return len(fresh)


def _consultation(name: str | int) -> Consultation:
    if isinstance(name, int):
        found = _live(name)
    else:
        rows = Consultation.objects.select_related("plan")
        found = rows.filter(public_id=name.replace("-", "")).first()
        if found is not None and found.state == ConsultationState.DROPPED:  # it came late
            found = _live(found.plan_id) or found
    if found is None:
        raise RequestError((fault("consultation_unknown", id=name),))
    return found


def _live(plan: int) -> Consultation | None:
    """The consultation of a plan that counts, if there is one."""
    rows = Consultation.objects.select_related("plan").filter(plan=plan)
    return rows.exclude(state=ConsultationState.DROPPED).first()


def _comment(consultation: Consultation, public_id: str, given: Mapping[str, Any]) -> Comment:
    kind = str(given.get("kind") or CommentKind.OTHER)
    return Comment(
        consultation=consultation,
        public_id=public_id[:36],
        name=fit(str(given.get("name") or ""))[:100],
        contact=fit(str(given.get("contact") or ""))[:120],
        kind=kind if kind in CommentKind.values else CommentKind.OTHER,
        text=fit(str(given["text"])),
        received_at=_moment(given.get("received_at")),
        source=Source.SITE,
    )


def _moment(given: Any) -> dt.datetime:
    if isinstance(given, str) and given:
        given = dt.datetime.fromisoformat(given)
    if not isinstance(given, dt.datetime):
        return clock.now()
    return given if given.tzinfo else given.replace(tzinfo=SHANGHAI)
