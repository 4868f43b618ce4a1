"""Steps of a plan in a process of its own: ``stepping.py prepare|issue|killed``."""

import datetime as dt
import os
import signal
import sys
from pathlib import Path

from dingdian.web.setting_up import start_django

BEGUN = dt.date(2026, 2, 1)
START = Path(os.environ["DINGDIAN_CONFIG"]).parent / "start"


def prepare():
    """A plan with a version of one file, walked to before its issue."""
    from django.conf import settings

    from dingdian.core.lifecycle.entry import SHANGHAI
    from dingdian.storage.manifest import manifest
    from dingdian.web.plans.models import Plan, Version
    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password
    from tests.dossiers import WAY
    from tests.web.procedures import take

    for role in (Role.PLANNER, Role.LEGAL, Role.LEADER):
        add_user(role, role, role, password=new_password(), by="test", change=False)
    made = dt.datetime(2026, 1, 15, 9, tzinfo=SHANGHAI)
    plan = Plan.objects.create(
        kind="resource_plan", year=2026, title="规划", created_by="planner", created_at=made
    )
    folder = settings.CONFIG.data / "plans" / "2026-1"
    folder.mkdir()
    (folder / "plan.json").write_text("{}", "utf-8")
    Version.objects.create(
        plan=plan, number=1, folder=folder.name, result="r" * 64, census="c" * 64, shelf="s" * 64,
        engine="1", manifest=manifest(folder), made_at=made, by="planner",
    )  # fmt: skip
    for step in WAY[:6]:
        take(plan, user_of, step, BEGUN)


def user_of(role):
    from dingdian.web.accounts.models import User

    return User.objects.get(username=str(role))


def issue(*, killed):
    """Issue the plan; or die after everything was written and before it was kept."""
    from django.db import transaction

    from dingdian.core.errors import RequestError
    from dingdian.web.plans.models import Plan
    from dingdian.web.procedure.dossiers import state_of_plan
    from tests.web.procedures import take

    plan = Plan.objects.get()
    seen = state_of_plan(plan).last
    START.with_name(f"ready-{os.getpid()}").touch()
    while not START.exists():
        pass
    try:
        with transaction.atomic():
            take(plan, user_of, "issue", BEGUN, seen=seen)
            if killed:
                os.kill(os.getpid(), signal.SIGKILL)
    except RequestError as error:
        print(error.faults[0].kind)  # noqa: T201
    else:
        print("issued")  # noqa: T201


if __name__ == "__main__":
    start_django()
    if sys.argv[1] == "prepare":
        prepare()
    else:
        issue(killed=sys.argv[1] == "killed")
