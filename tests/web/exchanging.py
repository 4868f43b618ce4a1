"""What the two sides of the exchange publish and say in tests."""

import datetime as dt

from dingdian.web import clock
from dingdian.web.public.models import (
    Comment,
)
from dingdian.web.public.published import Consultation, IssuedPlan, Paper

PLAN = IssuedPlan(
    "plan-1",
    "大兴安岭地区规划",
    2026,
    dt.date(2026, 3, 1),
    "f" * 64,
    number="示例〔2026〕1号",
    papers=(
        Paper("规划文本", "规划文本.pdf", b"%PDF-1.4 text"),
        Paper("网页", "plan.html", b"<p>"),
    ),
)


def consultation(id="c-1", since=-3, until=10, **more):
    today = clock.today()
    span = today + dt.timedelta(since), today + dt.timedelta(until)
    draft = Paper("征求意见稿", "征求意见稿.pdf", b"%PDF-1.4 draft")
    return Consultation(id, "规划征求意见", *span, text="请提意见。", papers=(draft,), **more)


def said(text="很好的规划。", **more):
    given = {"consultation": "c-1", "kind": "insured", "received_at": clock.now()}
    return Comment.objects.create(text=text, **(given | more))


def kind_of(error):
    return error.value.faults[0].kind
