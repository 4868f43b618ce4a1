"""The web system with the sample of Daxing'anling in it, and a client for every role."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dingdian.web.rights import OF_A_DISTRICT, OF_A_HOLDER, Role

#: What is asked of a run of a plan where a test says nothing else.
RUN = {
    "year": 2026,
    "as_of": "2026-01-01",
    "day": "2026-01-01",
    "last_year": None,
    "overlay": None,
    "submissions": True,
    "papers": False,
    "templates": "",
    "lang": "zh",
    "remark": "",
}
#: The district of the roles that hold in one only, and another one.
DISTRICT, ELSEWHERE = "232761", "232762"


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """The test database is the one of the configuration, which is this process's own."""
    from django.db import connections

    database = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = database["NAME"]
    connections.close_all()  # a test before may have opened it: its log would fill the new one
    for left in ("-wal", "-shm"):
        Path(f"{database['NAME']}{left}").unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly():
    """The same hasher at its lowest price: the true one takes a quarter of a second a password."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory):
    """The folder of the sample's ledger."""
    from dingdian.wiring import ledgers

    folder = tmp_path_factory.mktemp("sample") / "ledger"
    ledgers.write_sample("daxinganling", folder, seed=1, force=False)
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory, sample_ledger):
    """A true plan of the sample, without its papers."""
    from dingdian.wiring.plans import PlanRequest, write_plan

    out = tmp_path_factory.mktemp("plan") / "plan"
    asked = PlanRequest(sample_ledger, "daxinganling", 2026, documents=False, papers=False)
    write_plan(asked, out, force=False, progress=lambda *_: None)
    for copy in ("census", "policy"):  # not needed here, and long to copy
        shutil.rmtree(out / copy)
    (out / "papers").mkdir()
    (out / "papers" / "resource_plan.docx").write_bytes(b"PK draft")
    return out


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, sample_ledger):
    """The sample is loaded once; every test begins with it and leaves it as it was."""
    from dingdian.web.setting_up import make_tables

    with django_db_blocker.unblock():
        from dingdian.core.lifecycle.chain import Mark
        from dingdian.storage.db.ledger import write_mark
        from dingdian.web import bureau
        from dingdian.web.ledger import refreshing
        from dingdian.wiring import lives

        write_mark("default", Mark("test", "daxinganling", "sha256", dt.date(2026, 1, 1)))
        make_tables(settings.CONFIG)
        bureau.desk.cache_clear()
        lives.load(bureau.desk(), sample_ledger, by="sample", reason="示例数据")
        refreshing.refresh()
        _users()


def _users():
    from dingdian.web.accounts.models import Grant, User

    for role in Role:
        user = User.objects.create(username=role.value, name=f"某{role.value}", must_change=False)
        region = DISTRICT if role in OF_A_DISTRICT else ""
        holder = holding() if role in OF_A_HOLDER else ""
        Grant.objects.create(user=user, role=role, region=region, holder=holder, granted_by="test")


def holding(district=DISTRICT):
    """The code of an institution of a district that has a case and a place."""
    from dingdian.web.ledger.models import Institution

    found = Institution.objects.filter(district=district).exclude(case="").exclude(lon=None)
    return found.first().code


@pytest.fixture
def user(db):
    """The user of a role."""
    from dingdian.web.accounts.models import User

    return lambda role: User.objects.get(username=str(role))


@pytest.fixture
def signed_in(user):
    """A client signed in with a role."""

    def client(role, language="zh-hans"):
        found = Client()
        found.force_login(user(role), backend="django.contrib.auth.backends.ModelBackend")
        found.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return found

    return client


@pytest.fixture
def work(db, monkeypatch):
    """Does the long work that waits, as a worker would, in this process."""
    from dingdian.web.jobs import running

    # A test is one transaction: a beat beside it would wait for its end.
    monkeypatch.setattr(running, "BEAT", 3600.0)

    def until_done():
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("handlers")
        while (taken := running.take("test")) is not None:
            running.run(taken)

    return until_done


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL server that may make databases."""
    given = os.environ.get("DINGDIAN_WEB_POSTGRES") or os.environ.get("DINGDIAN_POSTGRES_URL")
    if given:
        yield given
        return
    from tools.postgres import server

    with server("fsync=off") as url:
        yield url


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def installed(request, tmp_path_factory):
    """An installation of its own, without a census, on each database in turn."""
    from tests.storage.contracts.houses import drop_database, new_database
    from tests.web.installations import Installation

    found = Installation(tmp_path_factory.mktemp("installed"))
    if request.param == "sqlite":
        found.init()
        yield found
        return
    on, name = request.getfixturevalue("postgres"), f"dingdian_installed_{os.getpid()}"
    found.database = new_database(on, name)
    found.init()
    yield found
    drop_database(on, name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def fresh(request, tmp_path):
    """An installation for one test, on each database in turn."""
    from tests.storage.contracts.houses import drop_database, new_database
    from tests.web.installations import Installation

    found = Installation(tmp_path)
    if request.param == "sqlite":
        found.init()
        yield found
        return
    on, name = request.getfixturevalue("postgres"), f"dingdian_fresh_{os.getpid()}"
    found.database = new_database(on, name)
    found.init()
    yield found
    drop_database(on, name)


@pytest.fixture
def plan(db):
    """A plan of 2026 without a version."""
    from dingdian.web import clock
    from dingdian.web.plans.models import Plan

    said = {"kind": "resource_plan", "year": 2026, "title": "2026年度规划"}
    return Plan.objects.create(created_by="planner", created_at=clock.now(), **said)


@pytest.fixture
def made(plan, user, work):
    """Makes a version of the plan as a worker makes it; what is asked for may be given."""
    from dingdian.web.plans import making
    from dingdian.web.plans.models import Version

    def make(**other):
        job = making.ask_for(plan, user(Role.PLANNER), RUN | other)
        work()
        job.refresh_from_db()
        assert job.state == "done", (job.state, job.faults)
        return Version.objects.get(pk=job.result["version"])

    return make


@pytest.fixture(scope="session")
def _written(tmp_path_factory):
    """A version that was made once: its folder and its row."""
    return {"folder": tmp_path_factory.mktemp("version") / "kept"}


@pytest.fixture
def version(plan, made, _written):
    """A version of the plan, a copy of one that was made once for all tests."""
    import shutil

    from django.forms.models import model_to_dict

    from dingdian.web.plans.models import Version

    kept = _written["folder"]
    if not kept.is_dir():
        first = made()
        shutil.copytree(first.path, kept)
        _written["row"] = model_to_dict(first, exclude=("id", "plan", "overlay"))
        _written["row"]["folder"] = "2026-j0-1"
        return first
    found = Version.objects.create(**_written["row"], plan=plan)
    shutil.rmtree(found.path, ignore_errors=True)
    shutil.copytree(kept, found.path)
    return found


@pytest.fixture
def overlay(plan):
    """What-if changes of the plan: twice the residents of the district."""
    from dingdian.core.census.overlay import cell_at, key_at
    from dingdian.web import clock
    from dingdian.web.plans.models import Overlay
    from dingdian.web.plans.overlays import census_of

    census = census_of(plan)
    table = census.tables["populations"]
    regions, known = table["region"].cells(), table["resident"].known
    row = max(r for r, region in enumerate(regions) if region == DISTRICT and known[r])
    old = cell_at(census, "populations", row, "resident")
    change = {
        "table": "populations",
        "row": list(key_at(census, "populations", row)),
        "name": "某区",
        "column": "resident",
        "old": old,
        "new": str(int(old) * 2),
    }
    said = {"name": "人口加倍", "plan": plan, "by": "planner", "at": clock.now()}
    return Overlay.objects.create(**said, changes=[change])
