"""The plans of the sample system: one that is issued, and one that the public may comment on.

Every step is taken by the user whose office takes it, through the action that pages use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dingdian.web import clock
from dingdian.web.plans.models import Plan, PlanKind, Version

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The year of both: its stock is that of the last day of the year before, which the sample has.
YEAR = 2026
#: Files of a version that a consultation shows: those of them that are there.
_SHOWN = ("plan.html", "papers/")
#: How long the consultation of the sample is open, in days.
_OPEN = 35
_Way = tuple[tuple[str, str, Mapping[str, str]], ...]


def make_plans() -> None:
    """A work plan issued and filed today, and a resource plan that the public may comment on."""
    first = _version(_plan(PlanKind.WORK_PLAN, YEAR, f"示例：{YEAR}年度定点医药机构工作计划"))
    _walk(first, _to_the_issue(clock.today().isoformat()))
    title = f"示例：{YEAR}年医保定点医药机构资源配置规划"
    second = _version(_plan(PlanKind.RESOURCE_PLAN, YEAR, title))
    _walk(second, _to_the_public(clock.today(), title))


def _to_the_issue(today: str) -> _Way:
    """The steps of a work plan to its filing: who, which, stating what."""
    missing = {"missing": "示例数据：各区县尚未申报"}
    deliberated = {
        "meeting": "示例：局长办公会2026年第11次",
        "held_on": today,
        "members": "7",
        "present": "6",
        "consent": "agreed",
        "number": "示例纪要〔2026〕11号",
    }
    issued = {
        "document_number": "示例医保发〔2026〕1号",
        "issued_on": today,
        "since": today,
        "valid_through": "2026-12-31",
    }
    filed = {"filed_on": today, "filed_with": "示例：省医疗保障局", "number": "示例备〔2026〕1号"}
    return (
        ("planner", "take_submissions", missing),
        ("leader", "deliberate", deliberated),
        ("leader", "issue", issued),
        ("planner", "file", filed),
    )


def _to_the_public(today: dt.date, title: str) -> _Way:
    opened = {
        "title": f"关于公开征求《{title}》意见的公告",
        "opened_on": today.isoformat(),
        "through": (today + dt.timedelta(_OPEN)).isoformat(),
        "audiences": "institution;insured;expert",
        "channel": "公众网站",
    }
    return (("planner", "open_consultation", opened),)


def _plan(kind: Any, year: int, title: str) -> Plan:
    from dingdian.web.bureau import note

    by = _user("planner")
    made = Plan.objects.create(
        kind=kind, year=year, title=title, created_by=by.username, created_at=clock.now()
    )
    note(by, made.subject, "plan.new", kind=kind, year=year, title=title)
    return made


def _version(plan: Plan) -> Version:
    """A version, made by the work that a worker would do."""
    from django.utils.module_loading import autodiscover_modules

    from dingdian.web.jobs import running
    from dingdian.web.plans import making

    autodiscover_modules("handlers")
    given = {
        "year": plan.year,
        "as_of": making.census_day(plan.year).isoformat(),
        "day": "",
        "last_year": None,
        "overlay": None,
        "submissions": True,
        "papers": True,
        "templates": "",
        "lang": "zh",
        "remark": "",
    }
    making.ask_for(plan, _user("planner"), given)
    while (taken := running.take("sample")) is not None:
        running.run(taken)
    return plan.versions.get()


def _walk(version: Version, way: _Way) -> None:
    from dingdian.web.procedure import advancing, dossiers

    for who, step, facts in way:
        plan = Plan.objects.get(pk=version.plan_id)
        stated = {"version": str(version.number), **facts} if plan.stage == "drafting" else facts
        shown = [
            n for n in version.manifest if n.startswith(_SHOWN) and n.endswith((".html", ".pdf"))
        ]
        wish = advancing.Wish(
            step,
            stated,
            dossiers.state_of_plan(plan).last,
            documents=shown if step == "open_consultation" else (),
        )
        advancing.advance(plan, _user(who), wish)


def _user(username: str) -> User:
    from dingdian.web.accounts.models import User

    found: User = User.objects.get(username=username)
    return found
