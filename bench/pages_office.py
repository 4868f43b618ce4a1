"""A process of bench/pages.py: fill a system with the city, and tell its sessions and pages."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from urllib.parse import quote

ENTRIES, USERS = 100_000, 50
#: The life of an application as far as its public notice: move, from, to.
STEPS = (
    ("apply", "", "applied"),
    ("request_supplement", "applied", "supplementing"),
    ("supplement", "supplementing", "applied"),
    ("accept", "applied", "evaluating"),
    ("pass_evaluation", "evaluating", "qualified"),
    ("publish", "qualified", "public_notice"),
)


def main(folder: Path, port: str, url: str) -> None:
    from dingdian.web.config import read_config
    from dingdian.web.setting_up import make_folders, make_tables, start_django, write_config
    from dingdian.wiring import ledgers

    values = {"policy": "shenyang", "address": f"127.0.0.1:{port}", "second_factor": False}
    if url:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE pages")
        values["database"] = f"{url.rpartition('/')[0]}/pages"
    write_config(folder / "dingdian.toml", values)
    make_folders(read_config(folder / "dingdian.toml"))
    config = start_django(folder / "dingdian.toml")
    from dingdian.web import bureau, sample, sample_plans

    make_tables(config, opened_on=sample.OPENED)
    ledgers.write_sample("shenyang", folder / "ledger", seed=1, force=True)
    sample.make_users(sample.fill(config, folder / "ledger"))
    sample_plans.make_plans()
    _lengthen(bureau.desk())
    from dingdian.web.ledger.refreshing import refresh

    refresh()
    sessions = _sessions()
    print(json.dumps({"sessions": sessions, "pages": _pages()}))


def _lengthen(desk) -> None:
    """Applications until the ledger has all its entries."""
    from dingdian.core.lifecycle.entry import SHANGHAI, Entry

    first = desk.ledger.head().entries + 1
    at = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    with desk.ledger.writing() as writer:
        at = max(at, writer.last_known_at or at)
        made = []
        for seq in range(first, ENTRIES + 1):
            case, step = divmod(seq - first, len(STEPS))
            move, source, target = STEPS[step]
            facts = {"name": f"示例药房{case}", "kind": "retail_pharmacy", "region": "210102"}
            made.append(
                Entry(
                    seq=seq,
                    case=f"SY2026-{case:05d}",
                    move=move,
                    source=source,
                    target=target,
                    held_on=dt.date(2026, 3, 2 + step),
                    known_at=at + dt.timedelta(seconds=seq - first),
                    by="li",
                    role="agency",
                    clauses=("O2-07",),
                    reason="第一批",
                    facts=facts if move == "apply" else {},
                )
            )
        writer.append(made)


def _sessions() -> list[str]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from dingdian.web.accounts.models import Grant, User
    from dingdian.web.rights import Role

    keys = []
    for number in range(USERS):
        user = User.objects.create(username=f"p{number}", name=f"规划员{number}", must_change=False)
        Grant.objects.create(user=user, role=Role.PLANNER, granted_by="bench")
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
        keys.append(store.session_key)
    return keys


def _pages() -> dict[str, str]:
    """The pages that a planner opens, by name."""
    from django.urls import reverse

    from dingdian.web.ledger.models import Institution
    from dingdian.web.plans.models import Version

    code = Institution.objects.order_by("code")[4000].code
    version = Version.objects.order_by("pk")[0]
    return {
        "overview": reverse("desk:home"),
        "tasks": reverse("desk:tasks"),
        "calendar": f"{reverse('desk:calendar')}?who=all",
        "cases": f"{reverse('cases:list')}?phase=agreement",
        "search": f"{reverse('desk:search')}?q={quote('药房')}",
        "institutions": reverse("ledger:list"),
        "pharmacies by name": f"{reverse('ledger:list')}?kind=retail_pharmacy&sort=name",
        "an institution": reverse("ledger:one", args=[code]),
        "map": reverse("maps:map"),
        "policy shelf": reverse("shelf:policy"),
        "plans": reverse("plans:list"),
        "a plan": reverse("plans:plan", args=[version.plan_id]),
        "a version": reverse("plans:version", args=[version.pk]),
        "its figures": reverse("plans:figures", args=[version.pk]),
        "the way of a plan": reverse("procedure:plan", args=[version.plan_id]),
        "submissions": reverse("plans:submissions"),
        "imports": reverse("imports:list"),
        "long work": reverse("jobs:list"),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
