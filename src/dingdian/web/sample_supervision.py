"""The supervision of the sample system: a notice with an objection, complaints, a survey.

What the public would have sent is taken in as the exchange hands it over.
"""

from __future__ import annotations

import datetime as dt
import uuid

from dingdian.actions.change_stage import change_stage
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.complaints import handling
from dingdian.web.complaints import receiving as complaints
from dingdian.web.ledger import refreshing
from dingdian.web.ledger.models import Institution
from dingdian.web.objections import receiving as objections
from dingdian.web.public.speaking import Told
from dingdian.web.public.spoken import Kind
from dingdian.web.surveys import making
from dingdian.web.surveys import receiving as answers

_CASE = "示例-公示-1"
_PERSON = {"name": "示例某", "contact": "00000000000"}
#: Answers about the first institution of the survey: enough for a result; about the second, too
#: few.
_MANY, _FEW = 36, 7
_MARKS = (5, 4, 4, 5, 3, 5, 2)


def make_supervision(district: str) -> None:
    """Examples in one district, as of the day of the sample."""
    today = clock.today()
    _notice(district, today)
    _complaints(district, today)
    _survey(district, today)
    refreshing.refresh()


def _notice(district: str, today: dt.date) -> None:
    """A pharmacy under public notice since yesterday, with an objection that waits."""
    about = {"name": "示例待公示药店", "kind": "retail_pharmacy", "region": district}
    days = [today - dt.timedelta(each) for each in (9, 7, 4, 1)]
    moves = ("apply", "accept", "pass_evaluation", "publish")
    desk = bureau.desk()
    for move, day in zip(moves, days, strict=True):
        facts = about | {"address": "示例路9号"} if move == "apply" else {}
        asked = Asked(_CASE, move, day, clock.now(), "clerk", "agency", "示例数据", facts=facts)
        seq = change_stage(desk.ledger, asked, desk.terms).entries[0].seq
    content = {"reason": "示例：该店营业面积与公示不符。"}
    objections.receive(_told(Kind.OBJECTION, f"notice-{seq}", content, _PERSON))


def _complaints(district: str, today: dt.date) -> None:
    """One from the public site that waits, and one by telephone that was given to somebody."""
    found = Institution.objects.filter(district=district, designated=True)[0]
    content = {"institution": found.name, "district": district, "happened": "上周三"}
    content |= {"text": "示例：结算时未出具费用清单。"}
    complaints.receive(_told(Kind.COMPLAINT, found.code, content, _PERSON))
    user = User.objects.get(username="supervisor")
    given = {"source": "telephone", "told": found.name, "institution": found.code}
    given |= {"district": district, "text": "示例：反映药品价格标示不清。"}
    made = handling.enter(user, given | {"received_on": today - dt.timedelta(6)}, ())
    handling.assign(user, made, user.username)


def _survey(district: str, today: dt.date) -> None:
    """A survey that runs, with a result of one institution and too few answers of another."""
    user = User.objects.get(username="supervisor")
    days = {"since": today - dt.timedelta(10), "through": today + dt.timedelta(20)}
    title = f"示例：{today.year}年参保人满意度调查"
    made = making.make(user, title, year=today.year, district=district, **days)
    codes = list(made.codes.all()[:2])
    for code, n in zip(codes, (_MANY, _FEW), strict=False):
        for at in range(n):
            marks = " ".join(
                f"{each['item']}:{_MARKS[(at + nth) % len(_MARKS)]}"
                for nth, each in enumerate(made.items)
            )
            text = "示例：药师讲解很清楚。" if at == 0 else ""
            said = {"code": code.code, "marks": marks, "text": text}
            answers.receive(_told(Kind.ANSWER, str(made.public_id), said, {}))


def _told(kind: str, about: str, content: dict[str, str], private: dict[str, str]) -> Told:
    return Told(uuid.uuid4(), kind, about, content, private, clock.now())
