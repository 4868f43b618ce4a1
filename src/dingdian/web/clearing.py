"""What is thrown away at night because nobody needs it any more: it would only grow."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.management import call_command

#: Tries and successes of sign-in are kept so long; the journal keeps them for ever.
_SIGN_INS = dt.timedelta(days=30)
#: So many files of editions stay, the newest.
_EDITIONS = 10


def clear(now: dt.datetime) -> None:
    """Sessions that are over, old rows of django-axes, all files of editions but the newest."""
    call_command("clearsessions")
    if settings.IS_BUREAU:
        _clear_sign_ins(now - _SIGN_INS)
        _clear_editions()


def _clear_sign_ins(before: dt.datetime) -> None:
    from axes.models import AccessAttempt, AccessLog

    for model in (AccessAttempt, AccessLog):
        model.objects.filter(attempt_time__lt=before).delete()


def _clear_editions() -> None:
    from dingdian.web.public.making import file_of
    from dingdian.web.public.models import Edition

    for each in Edition.objects.order_by("-number")[_EDITIONS:]:
        file_of(each).unlink(missing_ok=True)
