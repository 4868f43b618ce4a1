"""Experts of the sample system, and a panel drawn for a case in evaluation. The names are invented.

Everything is taken in and recorded by the users whose office it is, through what pages use.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dingdian.core.admission.application import Person
from dingdian.web import clock

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User
    from dingdian.web.panels.keeping import Row
    from dingdian.web.panels.models import Panel

#: Field -> the experts of it.
EXPERTS = {
    "health_insurance": ("示例甲", "示例乙", "示例丙"),
    "medicine": ("示例丁", "示例戊", "示例己"),
    "finance": ("示例庚", "示例辛"),
    "information_technology": ("赵宁",),
}
#: The only one of a field is always drawn: the evaluator of the sample has something to do.
_EVALUATOR = "赵宁"
_SINCE = dt.date(2025, 1, 1)


def make_panel(district: str) -> Panel:
    """Experts of four fields, an application that was accepted, and the panel drawn for it."""
    from dingdian.web.cases.finding import find
    from dingdian.web.ledger import refreshing
    from dingdian.web.panels import advancing, keeping
    from dingdian.web.panels.applicants import subject_of

    clerk, today = _user("clerk"), clock.today()
    keeping.keep(clerk, list(_rows(district)), keeping.TAKE_IN)
    found = find(_applied(district))
    assert found is not None  # noqa: S101 -- it was recorded a moment ago
    refreshing.refresh()
    return advancing.draw(
        clerk,
        subject_of(found),
        (Person("legal_person", "示例法人", ""),),
        seed="02-08-13-21-27-31+05",
        source="示例：双色球 2026006期（虚构）",
        published_on=today,
        witness="示例：机关纪委",
    )


def _rows(district: str) -> list[Row]:
    from dingdian.web.panels.keeping import Row

    numbered = enumerate((f, name) for f, names in EXPERTS.items() for name in names)
    return [
        Row(
            code=f"ZJ-{n:03}",
            name=name,
            field=field,
            employer=f"示例单位{n}",
            since=_SINCE,
            username="evaluator" if name == _EVALUATOR else "",
            districts=(district,),
        )
        for n, (field, name) in numbered
    ]


def _applied(district: str) -> str:
    """A pharmacy that applied a week ago and was accepted; the number of its case."""
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web.cases.recording import apply, record

    clerk, day = _user("clerk"), clock.today() - dt.timedelta(7)
    said = {"held_on": day, "by": clerk.username, "role": "agency"}
    facts = {
        "name": "示例便民大药房",
        "kind": "retail_pharmacy",
        "region": district,
        "uscc": "91230000MA0SHILI0X",
        "services": "personal_account",
    }
    asked = Asked(case="", move="apply", known_at=clock.now(), facts=facts, **said)
    case = apply(clerk, asked, district).entries[0].case
    record(clerk, Asked(case=case, move="accept", known_at=clock.now(), **said))
    return case


def _user(username: str) -> User:
    from dingdian.web.accounts.models import User

    found: User = User.objects.get(username=username)
    return found
