"""Comments on their way to the bureau: a signed file, and what its receipt allows to forget."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from dingdian.core.errors import RequestError, fault
from dingdian.storage.exchange_keys import own_key
from dingdian.storage.signed_files import Header, write_signed
from dingdian.web import clock
from dingdian.web.config import PUBLIC
from dingdian.web.public import where
from dingdian.web.public.models import Comment, Installed, Sent

KIND, PART = "comments", "comments.json"


def export_comments() -> tuple[Sent, Path]:
    """Write every comment without a receipt into the next file, those of earlier ones as well.

    The row comes before the file: a number is never used for two files.

    Raises:
        RequestError: there is none.
        OSError: the file cannot be written; its comments go into the next one.
    """
    where.only_at(PUBLIC)
    forget(clock.now() - dt.timedelta(days=settings.CONFIG.personal_days))
    with transaction.atomic():
        found = list(Comment.objects.filter(receipted=False))
        if not found:
            raise RequestError((fault("exchange_nothing"),))
        number = (Sent.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        sent = Sent.objects.create(number=number, made_at=clock.now(), comments=len(found))
        Comment.objects.filter(receipted=False, exported_in=None).update(exported_in=number)
    shown = Installed.objects.aggregate(most=Max("number"))["most"] or 0
    header = Header(
        kind=KIND,
        number=number,
        made_at=sent.made_at.isoformat(),
        day=clock.today().isoformat(),
        place=Path(settings.CONFIG.policy).name,
        facts={"installed": shown},
    )
    content = json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=1)
    fresh = where.outgoing() / f".comments-{secrets.token_hex(4)}.zip"
    try:
        parts = {PART: content.encode()}
        sent.sha256 = write_signed(fresh, header, parts, own_key(where.exchange()))
        sent.save(update_fields=["sha256"])
        fresh.replace(file_of(number))
    finally:
        fresh.unlink(missing_ok=True)
    return sent, file_of(number)


def file_of(number: int) -> Path:
    """Where a file of comments lies until its receipt has come."""
    return where.outgoing() / f"comments-{number:06d}.zip"


def _plain(each: Comment) -> dict[str, str]:
    return {
        "public_id": str(each.public_id),
        "consultation": each.consultation,
        "kind": each.kind,
        "name": each.name,
        "contact": each.contact,
        "text": each.text,
        "received_at": each.received_at.isoformat(),
    }


def receipt(told: Mapping[str, Any] | None) -> int:
    """Blank names and contacts of the comments that the bureau says it has; how many there were.

    A receipt names a file by number and digest: one of another file than was written here says
    nothing.
    """
    if not told:
        return 0
    sent = Sent.objects.filter(number=told["number"], sha256=told["sha256"]).first()
    if sent is None:
        return 0
    has = Comment.objects.filter(receipted=False, exported_in__lte=sent.number)
    return has.update(receipted=True, name="", contact="")


def clear(told: Mapping[str, Any] | None) -> None:
    """Remove the files of comments that the bureau has: they hold names and contacts."""
    if not told or not Sent.objects.filter(number=told["number"], sha256=told["sha256"]).exists():
        return
    for number in Sent.objects.filter(number__lte=told["number"]).values_list("number", flat=True):
        file_of(number).unlink(missing_ok=True)


def forget(before: dt.datetime) -> int:
    """Blank names and contacts of comments that came before a moment; how many there were."""
    old = Comment.objects.filter(received_at__lt=before)
    return old.exclude(name="", contact="").update(name="", contact="")
