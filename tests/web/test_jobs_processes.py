"""Long work by real processes that are stopped, killed and kept waiting."""

import datetime as dt
import os
import signal
import sys

import pytest

from dingdian.core.lifecycle.entry import SHANGHAI
from tests.web.installations import WORKING, kill_hard, wait_until

pytestmark = pytest.mark.slow
WORKERS = 8


@pytest.fixture
def office(installed):
    """The installation without any work."""
    installed.jobs.all().delete()
    (installed.folder / "runs").unlink(missing_ok=True)
    started = []

    def worker(*words):
        started.append(installed.worker(*words))
        return started[-1]

    yield installed, worker
    for each in started:
        if each.poll() is None:
            kill_hard(each)
    installed.jobs.all().delete()


def asked(office, kind="count", **given):
    now = dt.datetime.now(SHANGHAI)
    return office.jobs.create(kind=kind, given=given, asked_at=now)


def runs(office):
    path = office.folder / "runs"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def ended(process, code=0):
    assert process.wait(60) == code, process.log.read_text()


def test_eight_workers_do_every_piece_once(office):
    office, worker = office
    pieces = [asked(office, steps=3, pause=0.01).pk for _ in range(120)]
    for each in [worker("--once") for _ in range(WORKERS)]:
        ended(each)
    assert sorted(runs(office)) == pieces
    found = office.jobs.values_list("state", "attempts", "worker")
    assert {(state, attempts) for state, attempts, _ in found} == {("done", 1)}
    assert len({worker for *_, worker in found}) > 1


def test_what_a_killed_worker_left_is_taken_up_and_then_closed(office):
    office, worker = office
    job = asked(office, steps=500, pause=0.1)
    for attempt in (1, 2):
        first = worker()
        wait_until(lambda n=attempt: runs(office) == [job.pk] * n, why=first.log.read_text)
        kill_hard(first)
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("running", attempt)
    ended(worker("--once"))
    job.refresh_from_db()
    assert job.state == "failed"
    assert [kind for kind, *_ in job.faults] == ["job_orphaned"]
    assert runs(office) == [job.pk] * 2


def test_a_second_worker_ends_what_the_first_began(office):
    office, worker = office
    job = asked(office, steps=30, pause=0.05)
    first = worker()
    wait_until(lambda: runs(office))
    kill_hard(first)
    ended(worker("--once"))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == ("done", 2, {"counted": 30})


def test_a_worker_told_to_stop_gives_back_what_it_does(office):
    office, worker = office
    job = asked(office, steps=600, pause=0.1)
    first = worker()
    wait_until(lambda: runs(office))
    first.send_signal(signal.SIGTERM)
    assert first.wait(10) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == ("waiting", 0, "")
    job.given = {"steps": 1}
    job.save()
    ended(worker("--once"))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_work_is_cancelled_while_it_waits_and_while_it_runs(office):
    office, worker = office
    runs_now = asked(office, steps=600, pause=0.1)
    waits = asked(office, steps=1)
    first = worker()
    wait_until(lambda: runs(office))
    for each in (waits, runs_now):
        ended(office.start(sys.executable, WORKING, "cancel", each.pk))

    def both():
        return set(office.jobs.values_list("state", flat=True)) == {"cancelled"}

    wait_until(both, 10)
    assert first.poll() is None
    assert runs(office) == [runs_now.pk]


def test_a_worker_that_holds_the_database_is_not_taken_for_dead(office):
    office, worker = office
    job = asked(office, "hold", seconds=8)
    first, second = worker(), worker()
    wait_until(lambda: office.jobs.get(pk=job.pk).state == "done")
    assert first.poll() is None, first.log.read_text()
    assert second.poll() is None, second.log.read_text()
    job.refresh_from_db()
    assert runs(office) == [job.pk]
    assert (job.attempts, job.result) == (1, {"held": 8})


def test_the_same_asked_by_many_at_once_is_one_piece(office):
    office, _ = office
    go = office.folder / "go"
    os.mkfifo(go)
    many = [office.start(sys.executable, WORKING, "ask", "import:7") for _ in range(WORKERS)]
    with go.open("w"):
        for each in many:
            ended(each)
    go.unlink()
    assert office.jobs.count() == 1
    assert len({each.log.read_text() for each in many}) == 1
