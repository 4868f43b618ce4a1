"""What is thrown away at night."""

import datetime as dt

import pytest
from axes.models import AccessLog
from django.contrib.sessions.models import Session

from dingdian.web import clock
from dingdian.web.clearing import clear
from dingdian.web.public import making, where
from dingdian.web.public.models import Edition


@pytest.mark.django_db
def test_what_is_over_goes_and_the_rest_stays():
    now = clock.now()
    for days in (-1, 1):
        Session.objects.create(session_key=f"k{days}", expire_date=now + dt.timedelta(days=days))
    for days in (29, 31):
        made = AccessLog.objects.create(username=f"u{days}", user_agent="x")
        AccessLog.objects.filter(pk=made.pk).update(attempt_time=now - dt.timedelta(days=days))
    where.outgoing().mkdir(parents=True, exist_ok=True)
    for n in range(101, 113):
        row = {"day": now.date(), "made_at": now, "sha256": f"{n:064}", "size": 1, "counts": {}}
        making.file_of(Edition.objects.create(number=n, **row)).write_bytes(b"x")
    clear(now)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"k1"}
    assert set(AccessLog.objects.values_list("username", flat=True)) == {"u29"}
    left = [e.number for e in Edition.objects.order_by("number") if making.file_of(e).is_file()]
    assert left == list(range(103, 113))
    for each in Edition.objects.all():
        making.file_of(each).unlink(missing_ok=True)
