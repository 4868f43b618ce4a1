"""A file of comments brought to the bureau: verified, taken in once, handed to its areas."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from dingdian.core.errors import DingdianError, RequestError, fault
from dingdian.storage.exchange_keys import trusted_key
from dingdian.storage.signed_files import Signed, digest_of, open_signed
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.config import BUREAU
from dingdian.web.public import handing, speaking, where
from dingdian.web.public.models import Comment, Received, TakenComment, TakenSaid
from dingdian.web.public.sending import KIND, PART
from dingdian.web.public.speaking import Told

#: The most letters of each field of a comment.
_LIMITS = {"consultation": 60, "kind": 20, "name": 60, "contact": 100, "text": 4000}
_SHOWN = 200


def take_in(path: Path, *, name: str, by: User | None) -> Received:
    """Take a file in, or refuse it: either is kept and stands in the journal.

    Raises:
        OSError: the file cannot be read.
    """
    where.only_at(BUREAU)
    try:
        signed = open_signed(path, KIND, trusted_key(where.exchange()))
        comments, said = _comments(signed), _said(signed)
        return _taken(signed, comments, said, name=name, by=by)
    except DingdianError as error:
        return _refused(path, error, name=name, by=by)


def _comments(signed: Signed) -> list[dict[str, str]]:
    """The comments of a file, each field of the kind and length it must be.

    Raises:
        RequestError: one is not.
    """
    if signed.header.place != bureau.desk().terms.place:
        found, wanted = signed.header.place, bureau.desk().terms.place
        raise RequestError((fault("exchange_of_another", found=found, wanted=wanted),))
    try:
        return [_comment(each) for each in json.loads(signed.read(PART))]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"[:_SHOWN]
        raise RequestError((fault("exchange_contents", why=why),)) from error


def _said(signed: Signed) -> list[Told]:
    """What people say besides comments; a site of the release before sends none.

    Raises:
        RequestError: a field is not what it must be.
    """
    if speaking.PART not in signed.parts:
        return []
    try:
        return [speaking.told_of(each) for each in json.loads(signed.read(speaking.PART))]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"[:_SHOWN]
        raise RequestError((fault("exchange_contents", why=why),)) from error


def _comment(told: Any) -> dict[str, str]:
    found = {name: str(told[name]) for name in _LIMITS}
    for name, limit in _LIMITS.items():
        if len(found[name]) > limit:
            raise ValueError(f"{name} is longer than {limit}")
    if found["kind"] not in Comment.Kind.values:
        raise ValueError("kind")
    received_at = dt.datetime.fromisoformat(told["received_at"])
    public_id = str(uuid.UUID(told["public_id"]))
    return {**found, "public_id": public_id, "received_at": received_at.isoformat()}


def _taken(
    signed: Signed,
    comments: Sequence[dict[str, str]],
    said: Sequence[Told],
    *,
    name: str,
    by: User | None,
) -> Received:
    """The file as taken in: its row, its note and its fresh comments in one transaction."""
    number = signed.header.number
    try:
        with transaction.atomic():
            _in_order(number)
            received = Received.objects.create(
                name=name[:_SHOWN],
                number=number,
                sha256=signed.sha256,
                state=Received.State.TAKEN,
                at=clock.now(),
                by=by.username if by else "",
                comments=len(comments),
                said=len(said),
                installed=int(signed.header.facts.get("installed", 0)),
            )
            received.fresh = _add(received, comments)
            received.said_fresh = _add_said(received, said)
            received.save(update_fields=["fresh", "said_fresh"])
            handing.hand_over()
            facts = {"sha256": signed.sha256, "comments": len(comments), "fresh": received.fresh}
            facts |= {"said": len(said), "said_fresh": received.said_fresh} if said else {}
            bureau.note(by, f"comments:{number}", "comments.take", **facts)
    except IntegrityError as error:
        raise RequestError((fault("exchange_older", number=number, known=number),)) from error
    return received


def _in_order(number: int) -> None:
    last = Received.objects.filter(state=Received.State.TAKEN).aggregate(most=Max("number"))
    if number <= (known := last["most"] or 0):
        raise RequestError((fault("exchange_older", number=number, known=known),))


def _add(received: Received, comments: Sequence[dict[str, str]]) -> int:
    """Keep the comments that have not come before; how many those were."""
    ids = [each["public_id"] for each in comments]
    known = {
        str(found)
        for at in range(0, len(ids), 500)
        for found in TakenComment.objects.filter(public_id__in=ids[at : at + 500]).values_list(
            "public_id", flat=True
        )
    }
    fresh = {each["public_id"]: each for each in comments if each["public_id"] not in known}
    TakenComment.objects.bulk_create(
        (
            TakenComment(
                public_id=public_id,
                consultation=each["consultation"],
                received=received,
                held=each,
            )
            for public_id, each in fresh.items()
        ),
        batch_size=500,
    )
    return len(fresh)


def _add_said(received: Received, said: Sequence[Told]) -> int:
    """Hand what has not come before to its area; how many those were."""
    fresh = 0
    for each in said:
        row = {"kind": each.kind, "received": received}
        _, made = TakenSaid.objects.get_or_create(public_id=each.public_id, defaults=row)
        if made:
            handing.receiver_of(each.kind)(each)
            fresh += 1
    return fresh


def _refused(path: Path, error: DingdianError, *, name: str, by: User | None) -> Received:
    """The file as refused, with why."""
    with transaction.atomic():
        received = Received.objects.create(
            name=name[:_SHOWN],
            sha256=digest_of(path),
            state=Received.State.REFUSED,
            at=clock.now(),
            by=by.username if by else "",
            faults=[[e.kind, {n: str(v) for n, v in e.fields.items()}] for e in error.faults],
        )
        kinds = ",".join(each.kind for each in error.faults)
        bureau.note(
            by, f"received:{received.pk}", "comments.refuse", sha256=received.sha256, why=kinds
        )
    return received
