"""Comments handed to the consultation that they are about, in the procedure of its plan."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from django.db import transaction

from dingdian.core.errors import RequestError
from dingdian.web.public.models import TakenComment

_log = logging.getLogger("dingdian.web")
Receive = Callable[[str, Sequence[dict[str, Any]]], int]


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
