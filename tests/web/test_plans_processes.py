"""A plan made by a real worker that is killed while it writes, and one by two workers at once."""

import datetime as dt
import sys

import pytest

from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web.accounts.models import Grant, User
from dingdian.web.plans.making import STEPS
from dingdian.web.plans.models import Plan, Version
from tests.web.conftest import RUN
from tests.web.installations import kill_hard, wait_until

pytestmark = pytest.mark.slow
#: A run on a busy machine, in seconds.
LONG = 400


@pytest.fixture(scope="module")
def office(installed, sample_ledger):
    """The installation with the sample's census in its ledger."""
    from dingdian.wiring import lives

    desk = lives.opened(installed.url, "daxinganling")
    lives.load(desk, sample_ledger, by="sample", reason="示例数据")
    db = installed.jobs.db
    for name in ("li", "wang"):
        user = User.objects.using(db).create(username=name, name=name, must_change=False)
        Grant.objects.using(db).create(user=user, role="planner", granted_by="test")
    return installed


@pytest.fixture
def plan(office):
    found = Plan.objects.using(office.jobs.db).create(
        kind="resource_plan", year=2026, title="规划", created_by="li", created_at=now()
    )
    yield found
    office.jobs.all().delete()
    Version.objects.using(office.jobs.db).all().delete()
    found.delete()


@pytest.fixture
def workers(office):
    started = []

    def start():
        words = ("-m", "dingdian", "office", "worker", "--config", office.config)
        started.append(office.start(sys.executable, *words))
        return started[-1]

    yield start
    for each in started:
        if each.poll() is None:
            kill_hard(each)


def now():
    return dt.datetime.now(SHANGHAI).replace(microsecond=0)


def asked(office, plan, by="li"):
    given = RUN | {"plan": plan.pk, "asked_by": by}
    return office.jobs.create(kind="plan", about=plan.subject, given=given, by=by, asked_at=now())


def reached(job, *steps):
    def look():
        job.refresh_from_db()
        assert job.state != "failed", job.faults
        return job.step in steps

    return look


def done(job):
    job.refresh_from_db()
    assert job.state != "failed", job.faults
    return job.state == "done"


def folders(office):
    return sorted(each.name for each in (office.folder / "dingdian-data" / "plans").iterdir())


def test_a_worker_killed_while_it_writes_leaves_one_whole_version_in_the_end(office, plan, workers):
    before = set(folders(office))  # of other tests of this installation
    job = asked(office, plan)
    first = workers()
    wait_until(reached(job, STEPS["documents"]), LONG, first.log.read_text)
    kill_hard(first)
    second = workers()
    wait_until(lambda: done(job), LONG, second.log.read_text)
    version = plan.versions.get()
    assert (version.number, version.folder) == (1, f"2026-j{job.pk}-2")
    assert set(folders(office)) - before == {version.folder}
    path = office.folder / "dingdian-data" / "plans" / version.folder
    from dingdian.storage.manifest import manifest

    assert manifest(path) == version.manifest


def test_two_workers_at_once_make_two_versions(office, plan, workers):
    jobs = [asked(office, plan, by) for by in ("li", "wang")]
    for _ in jobs:
        workers()
    for each in jobs:
        wait_until(lambda each=each: done(each), LONG)
    assert sorted(plan.versions.values_list("number", flat=True)) == [1, 2]
    assert set(plan.versions.values_list("by", flat=True)) == {"li", "wang"}
    kept = set(plan.versions.values_list("folder", flat=True))
    assert kept <= set(folders(office))
