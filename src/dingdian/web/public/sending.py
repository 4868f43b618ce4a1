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
from dingdian.web.public import speaking, where
from dingdian.web.public.models import Comment, Installed, Said, Sent

KIND, PART = "comments", "comments.json"


def export_comments() -> tuple[Sent, Path]:
    """Write all that has no receipt into the next file, what was in earlier ones as well.

    Comments, objections, complaints and answers of surveys go together. The row comes before the
    file: a number is never used for two files.

    Raises:
        RequestError: there is none.
        OSError: the file cannot be written; its comments go into the next one.
    """
    where.only_at(PUBLIC)
    forget(clock.now() - dt.timedelta(days=settings.CONFIG.personal_days))
    with transaction.atomic():
        found = list(Comment.objects.filter(receipted=False))
        said = list(Said.objects.filter(receipted=False))
        if not found and not said:
            raise RequestError((fault("exchange_nothing"),))
        number = (Sent.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        sent = Sent.objects.create(
            number=number, made_at=clock.now(), comments=len(found), said=len(said)
        )
        for model in (Comment, Said):
            model._default_manager.filter(receipted=False, exported_in=None).update(
                exported_in=number
            )
    shown = Installed.objects.aggregate(most=Max("number"))["most"] or 0
    header = Header(
        kind=KIND,
        number=number,
        made_at=sent.made_at.isoformat(),
        day=clock.today().isoformat(),
        place=Path(settings.CONFIG.policy).name,
        facts={"installed": shown},
    )
    fresh = where.outgoing() / f".comments-{secrets.token_hex(4)}.zip"
    try:
        parts = {PART: _json([_plain(each) for each in found])}
        if said:
            parts[speaking.PART] = _json([_said(each) for each in said])
        sent.sha256 = write_signed(fresh, header, parts, own_key(where.exchange()))
        sent.save(update_fields=["sha256"])
        fresh.replace(file_of(number))
    finally:
        fresh.unlink(missing_ok=True)
    return sent, file_of(number)


def file_of(number: int) -> Path:
    """Where a file of comments lies until its receipt has come."""
    return where.outgoing() / f"comments-{number:06d}.zip"


def _json(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _said(each: Said) -> dict[str, Any]:
    """As ``speaking.told_of`` reads it; what was blanked meanwhile is empty."""
    fields = speaking.FIELDS[each.kind]
    return {
        "public_id": str(each.public_id),
        "kind": each.kind,
        "about": each.about,
        "content": {name: each.content.get(name, "") for name in fields.content},
        "private": {name: each.private.get(name, "") for name in fields.private},
        "received_at": each.received_at.isoformat(),
    }


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

    Of what was said besides nothing stays here but its id: the bureau has it, and answers it.

    A receipt names a file by number and digest: one of another file than was written here says
    nothing.
    """
    if not told:
        return 0
    sent = Sent.objects.filter(number=told["number"], sha256=told["sha256"]).first()
    if sent is None:
        return 0
    said = Said.objects.filter(receipted=False, exported_in__lte=sent.number)
    rows = said.update(receipted=True, content={}, private={})
    has = Comment.objects.filter(receipted=False, exported_in__lte=sent.number)
    return rows + has.update(receipted=True, name="", contact="")


def clear(told: Mapping[str, Any] | None) -> None:
    """Remove the files of comments that the bureau has: they hold names and contacts."""
    if not told or not Sent.objects.filter(number=told["number"], sha256=told["sha256"]).exists():
        return
    for number in Sent.objects.filter(number__lte=told["number"]).values_list("number", flat=True):
        file_of(number).unlink(missing_ok=True)


def forget(before: dt.datetime) -> int:
    """Blank names and contacts of what came before a moment; how many there were."""
    old = Comment.objects.filter(received_at__lt=before)
    rows = old.exclude(name="", contact="").update(name="", contact="")
    said = Said.objects.filter(received_at__lt=before)
    return rows + said.exclude(private={}).update(private={})
