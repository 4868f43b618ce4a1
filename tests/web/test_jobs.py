"""Long work, in this process: asking, taking, telling, ending."""

import datetime as dt
import html

import pytest
from django.db import OperationalError, transaction

from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.presence import lives, name_of_worker, present
from dingdian.web.jobs.running import CancelledError, StoppedError, ask, cancel, run, take
from dingdian.web.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def does(monkeypatch):
    """Registers what does the work of the kind ``test``."""
    Job.objects.all().delete()

    def register(handler):
        monkeypatch.setitem(running.HANDLERS, "test", handler)

    return register


def done(worker="test", **more):
    """Take the work that waits and do it; as it stands then."""
    taken = take(worker, **more)
    run(taken)
    return Job.objects.get(pk=taken.job.pk)


def test_the_same_is_asked_once_until_it_has_ended(does):
    does(lambda one: {"rows": one.given["rows"]})
    first = ask("test", "import:7", by="li", rows=3)
    assert ask("test", "import:7", by="wang", rows=3) == first
    assert ask("test", "import:7", rows=4) != first
    assert ask("test", "import:8", rows=3) != first
    assert ask("other", "import:7", rows=3) != first
    assert ask("test", rows=1) != ask("test", rows=1)  # about nothing: each for itself
    ended = done()
    assert (ended, ended.state, ended.result) == (first, "done", {"rows": 3})
    assert ask("test", "import:7", rows=3) != first


def test_what_runs_is_not_asked_again(does):
    does(lambda one: {"again": ask("test", "import:7").pk})
    first = ask("test", "import:7")
    assert done().result == {"again": first.pk}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RequestError((fault("no_such_file", path="台账.xlsx"),)), "no_such_file"),
        (KeyError("x"), "job_broke"),
        (OSError(28, "No space left on device"), "job_broke"),
    ],
)
def test_what_goes_wrong_ends_the_work_with_its_fault(does, signed_in, error, kind):
    def fails(_):
        raise error

    does(fails)
    ask("test", "import:7", by=str(Role.PLANNER))
    job = done()
    assert (job.state, [each for each, *_ in job.faults]) == ("failed", [kind])
    page = signed_in(Role.PLANNER).get(f"/jobs/{job.pk}")
    assert page.status_code == 200
    assert job.fault_lines()[0][1] in html.unescape(page.content.decode())


def test_work_of_an_unknown_kind_fails(does):
    does(None)
    ask("no such work")
    assert [kind for kind, *_ in done().faults] == ["job_unknown"]


def test_a_database_that_goes_away_is_tried_once_more(does):
    def fails(_):
        raise OperationalError("server closed the connection")

    does(fails)
    ask("test")
    assert (done().state, Job.objects.get().attempts) == ("waiting", 1)
    job = done()
    assert (job.state, job.attempts, job.faults[0][0]) == ("failed", 2, "job_broke")


def test_work_that_waits_is_cancelled_at_once_and_never_taken(does):
    does(lambda _: pytest.fail("it was done"))
    job = ask("test", "import:7")
    cancel(job)
    assert take("test") is None
    job.refresh_from_db()
    assert (job.state, job.ended_at is None) == ("cancelled", False)


def test_work_that_runs_hears_a_wish_to_cancel_at_its_next_word(does):
    heard = []

    def works(one):
        cancel(one.job)
        try:
            one.tell("next")
        except CancelledError:
            heard.append(True)
            raise

    does(works)
    ask("test")
    assert (done().state, heard) == ("cancelled", [True])


def test_work_ends_within_the_transaction_of_what_it_came_to(does):
    def works(one):
        with transaction.atomic():
            ask("made by the work")
            one.finish(rows=7)

    does(works)
    ask("test")
    assert (done().result, Job.objects.filter(kind="made by the work").count()) == ({"rows": 7}, 1)


def test_nothing_stays_of_work_that_another_worker_took_up(does):
    def works(one):
        Job.objects.filter(pk=one.job.pk).update(worker="another")
        with transaction.atomic():
            ask("made by the work")
            one.finish(rows=7)

    does(works)
    ask("test")
    job = done()
    assert (job.state, job.worker) == ("running", "another")
    assert not Job.objects.filter(kind="made by the work").exists()


def test_a_worker_that_is_to_end_gives_its_work_back(does):
    does(lambda one: one.tell("first"))
    ask("test")
    job = done(stopping=lambda: True)
    assert (job.state, job.attempts, job.worker) == ("waiting", 0, "")
    with pytest.raises(StoppedError):
        take("test", lambda: True).tell("first")


@pytest.mark.parametrize(("seconds", "taken"), [(5, False), (60, True)])
def test_a_worker_of_another_machine_is_told_by_its_silence(does, seconds, taken):
    does(lambda _: {})
    job = ask("test")
    take("far-away:7:1")
    Job.objects.update(beat_at=clock.now() - dt.timedelta(seconds=seconds))
    found = take("test")
    assert (found is not None and found.job == job) is taken


def test_a_worker_of_this_machine_is_told_by_its_lock(tmp_path):
    name = name_of_worker()
    assert lives(tmp_path, name) is False
    with present(tmp_path, name):
        assert lives(tmp_path, name) is True
    assert lives(tmp_path, name) is False
    assert lives(tmp_path, "far-away:7:1") is None


def test_progress_is_kept_and_never_written_more_often_than_anybody_looks(
    does, django_assert_max_num_queries
):
    def works(one):
        with django_assert_max_num_queries(8):
            for row in range(2000):
                one.tell("rows", row, 2000)
        one.tell("rows", 2000, 2000)
        one.job.refresh_from_db()
        return {"step": one.job.step, "done": one.job.done, "total": one.job.total}

    does(works)
    ask("test")
    assert done().result == {"step": "rows", "done": 2000, "total": 2000}


@pytest.mark.parametrize(("kind", "seen"), [("verify", False), ("plan", True)])
def test_the_planner_neither_sees_nor_ends_the_work_of_the_auditor(signed_in, kind, seen):
    job, client = ask(kind, "chains:auditor", by="auditor"), signed_in(Role.PLANNER)
    assert (f"/jobs/{job.pk}" in client.get("/jobs/").content.decode()) is seen
    assert client.post(f"/jobs/{job.pk}/cancel").status_code == (302 if seen else 404)
    job.refresh_from_db()
    assert job.open is not seen
    acts = [each.act for each in bureau.journal().notes(f"job:{job.pk}")]
    assert acts == ["job.cancel"] * seen


def test_who_was_shown_a_piece_of_work_may_watch_it_and_no_other(signed_in):
    """A clerk sees how far the entry is that a leader confirmed; a pass is of one piece alone."""
    job, other = (ask("round_enter", f"round:{n}", by="leader") for n in (1, 2))
    client = signed_in(Role.CLERK)

    def asked(**given):
        answer = client.get(f"/jobs/{job.pk}", given, headers={"HX-Request": "true"})
        return answer.status_code

    assert (asked(), asked(watch=other.pass_to_watch), asked(watch=job.pass_to_watch)) == (
        404,
        404,
        200,
    )
    assert client.get(f"/jobs/{job.pk}", {"watch": job.pass_to_watch}).status_code == 404
    part = client.get(
        f"/jobs/{job.pk}", {"watch": job.pass_to_watch}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f"watch={job.pass_to_watch}" in part
    assert "/cancel" not in part  # that is of who asked for it
