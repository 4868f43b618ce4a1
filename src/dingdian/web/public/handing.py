"""What comes from the public site, handed to its area: comments to the procedure of their plan."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from django.db import transaction

from dingdian.core.errors import RequestError
from dingdian.web.public.models import TakenComment
from dingdian.web.public.speaking import Told
from dingdian.web.public.spoken import Kind

_log = logging.getLogger("dingdian.web")
Receive = Callable[[str, Sequence[dict[str, Any]]], int]
#: Kind of what people say -> the module that receives it, in a function ``receive``.
RECEIVERS: Mapping[str, str] = MappingProxyType(
    {
        Kind.OBJECTION: "dingdian.web.objections.receiving",
        Kind.COMPLAINT: "dingdian.web.complaints.receiving",
        Kind.ANSWER: "dingdian.web.surveys.receiving",
    }
)


def hand_over() -> int:
    """Hand over what is still held; how many comments that were.

    What its consultation cannot take yet stays held and is offered again with the next file.
    """
    receive = _receiver()
    if receive is None:
        return 0
    waiting = TakenComment.objects.filter(held__isnull=False)
    handed = 0
    for consultation in sorted(set(waiting.values_list("consultation", flat=True))):
        rows = waiting.filter(consultation=consultation).order_by("pk")
        try:
            with transaction.atomic():
                receive(consultation, [each.held for each in rows])
        except RequestError as error:
            _log.warning("comments of %s are held: %s", consultation, error)
            continue
        handed += rows.update(held=None)
    return handed


def _receiver() -> Receive | None:
    """What takes the comments of a consultation."""
    if find_spec("dingdian.web.procedure.receiving") is None:
        return None
    from dingdian.web.procedure.receiving import receive

    found: Receive = receive
    return found


def receiver_of(kind: str) -> Callable[[Told], None]:
    """What takes one thing of a kind; it keeps whatever it is, and says what is odd about it."""
    found: Callable[[Told], None] = import_module(RECEIVERS[kind]).receive
    return found
