"""The sample city as a running system: ledger, a user of every role, a plan, the public site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.web.config import Config
from dingdian.web.rights import OF_A_DISTRICT, Role
from dingdian.web.setting_up import add_user, new_password

if TYPE_CHECKING:
    from dingdian.wiring.lives import Desk

#: User -> name and role. The names are invented.
USERS = {
    "planner": ("规划员 林静", Role.PLANNER),
    "leader": ("局领导 周明", Role.LEADER),
    "legal": ("法规员 吴昊", Role.LEGAL),
    "county": ("区县经办 孙悦", Role.COUNTY),
    "clerk": ("经办员 王磊", Role.CLERK),
    "evaluator": ("评估专家 赵宁", Role.EVALUATOR),
    "supervisor": ("监管员 郑洁", Role.SUPERVISOR),
    "assessor": ("考核负责人 马骏", Role.SUPERVISOR),
    "institution": ("医药机构 何敏", Role.INSTITUTION),
    "applicant": ("申请机构 罗刚", Role.INSTITUTION),
    "sysadmin": ("系统管理员 陈涛", Role.SYSTEM_ADMIN),
    "secadmin": ("安全管理员 刘洋", Role.SECURITY_ADMIN),
    "auditor": ("审计管理员 黄蕾", Role.AUDIT_ADMIN),
}
#: Who holds a role in the whole place that others hold in a district.
_WHOLE = ("assessor",)
#: The day from which the sample's ledger runs.
OPENED = dt.date(2026, 1, 1)

#: One of so many institutions was late to ask for the renewal of its agreement.
_LATE = 12


def make_users(district: str) -> list[tuple[str, str, str]]:
    """A user of every role, with fresh passwords: name of sign-in, name, password."""
    made, holders = [], _holders(district)
    for username, (name, role) in USERS.items():
        password = new_password()
        region = district if role in OF_A_DISTRICT and username not in _WHOLE else ""
        whose = {"region": region, "holder": holders.get(username, "")}
        add_user(username, name, role, **whose, password=password, by="sample", change=False)
        made.append((username, name, password))
    return made


def _holders(district: str) -> dict[str, str]:
    """User -> institution: one that has something due, and a pharmacy that has yet to apply."""
    from dingdian.web.ledger.models import DueLine, Institution

    its = Institution.objects.filter(district=district)
    due = DueLine.objects.filter(district=district, who="institution").values("institution")
    having = its.filter(designated=True, code__in=due).first() or its.filter(designated=True)[0]
    wanting = its.filter(kind="retail_pharmacy", standing="undesignated", case="")
    return {"institution": having.code, "applicant": (wanting.first() or having).code}


def _ask_for_renewals(desk: Desk, today: dt.date) -> None:
    """Whose request for renewal was due asked for it on its last day; some were late."""
    from dingdian.actions.change_stage import change_stages
    from dingdian.actions.list_due import list_due
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web import clock

    known_at = clock.now()
    found = list_due(desk.ledger, desk.terms, today, horizon=0)
    late = [each for each in found if each.does == "renewal_requested" and each.last]
    asked = [
        Asked(each.case, "request_renewal", each.last, known_at, "clerk", "agency", "示例数据")
        for number, each in enumerate(late)
        if number % _LATE and each.last
    ]
    change_stages(desk.ledger, asked, desk.terms)


def fill(config: Config, census: Path) -> str:
    """Load the census into an empty ledger; returns the code of its first district."""
    from dingdian.web import bureau

    desk = bureau.desk()
    if desk.ledger.census(dt.date.max) is None:
        from dingdian.wiring import lives

        lives.load(desk, census, by="sample", reason="示例数据")
        if config.rehearsal_day is not None:
            _ask_for_renewals(desk, config.rehearsal_day)
    from dingdian.web.ledger import refreshing

    refreshing.refresh()
    found = desk.ledger.census(dt.date.max)
    assert found is not None  # noqa: S101 -- it was kept a moment ago
    return found.tree.districts[0]
