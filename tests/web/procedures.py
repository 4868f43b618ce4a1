"""A plan with a version of true files, and three people who take it on its way."""

import datetime as dt
import hashlib
import shutil
from functools import cache

import pytest
from django.conf import settings

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web import clock
from dingdian.web.procedure.advancing import Wish, advance
from dingdian.web.rights import Role
from tests.dossiers import STATED

BEGUN = dt.date(2026, 2, 1)
PDF = b"%PDF-1.4\n%%EOF\n"
#: Whose each step is.
WHOSE = {"fair_review": Role.LEGAL, "legal_review": Role.LEGAL} | dict.fromkeys(
    ("deliberate", "issue", "conclude_review"), Role.LEADER
)


def make_plan(folder, *, kind="resource_plan", title="大兴安岭地区规划", **more):
    """A plan drawn up by the planner, with one version."""
    from dingdian.web.plans.models import Plan

    plan = Plan.objects.create(
        kind=kind, year=2026, title=title, created_by="planner", created_at=clock.now(), **more
    )
    add_version(plan, folder)
    return plan


@cache
def _prints(folder):
    """The fingerprints of a plan's folder, which is written once and then copied."""
    from dingdian.wiring.plans import read_plan

    return read_plan(folder).fingerprints


def add_version(plan, folder, *, made=dt.date(2026, 1, 15), **more):
    """One more version: a copy of a plan's folder."""
    from dingdian.storage.manifest import manifest
    from dingdian.web.plans.models import Version

    number = plan.versions.count() + 1
    name = f"{plan.year}-t{plan.pk}-{number}"
    place = settings.CONFIG.data / "plans" / name
    shutil.copytree(folder, place)
    (place / "remark.txt").write_text(f"版本 {number} {plan.pk}", "utf-8")
    prints = _prints(folder)
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Version.objects.create(
        plan=plan, number=number, folder=name, result=digest, census=prints.census,
        shelf=prints.shelf, engine="1", manifest=manifest(place), by="planner",
        made_at=dt.datetime.combine(made, dt.time(9), SHANGHAI), **more,
    )  # fmt: skip


def stated(step, begun, **changed):
    """What a step states, its days counted from the beginning of the consultation."""
    facts = {**STATED[step], **changed}
    return {
        name: (begun + dt.timedelta(each)).isoformat() if isinstance(each, int) else each
        for name, each in facts.items()
    }


def take(plan, user, step, begun, **changed):
    """Take a step as whom it is for, on the day that it states."""
    from dingdian.web.procedure.dossiers import state_of_plan

    day = changed.pop("day", None)
    who = changed.pop("who", None) or user(WHOSE.get(step, Role.PLANNER))
    seen = changed.pop("seen", None)
    more = {name: changed.pop(name) for name in ("papers", "documents") if name in changed}
    facts = stated(step, begun, **changed)
    days = [each for each in STATED[step].values() if isinstance(each, int)]
    first = {"open_consultation": 0, "issue": 35}.get(step, max(days, default=500))
    seen = state_of_plan(plan).last if seen is None else seen
    wish = Wish(step, facts, seen, day=day or begun + dt.timedelta(first), **more)
    done = advance(plan, who, wish)
    plan.refresh_from_db()
    return done


def kinds(call, *args, **more):
    """The kinds of faults with which a call is refused."""
    with pytest.raises(RequestError) as caught:
        call(*args, **more)
    return [each.kind for each in caught.value.faults]


def data(step, seen=0, **changed):
    """A form as a browser sends it."""
    facts = stated(step, BEGUN, **changed)
    if "audiences" in facts:
        facts["audiences"] = facts["audiences"].split(";")
    if step == "open_consultation":
        facts["documents"] = ["1/papers/resource_plan.docx"]
    return {"seen": seen, **facts}


def comment(n, **more):
    """A comment as it comes from the public site."""
    return {
        "public_id": f"00000000-0000-4000-8000-{n:012d}", "kind": "expert", "name": "张三丰",
        "contact": "13812345678", "text": f"=1+{n} 建议",
        "received_at": "2026-02-10T09:00:00+08:00", **more,
    }  # fmt: skip
