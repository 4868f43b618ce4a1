"""Versions of plans: made from the ledger by a worker, whole or not at all."""

import pytest

from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.plans import making
from dingdian.web.plans.models import Submission, SubmissionState
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE, RUN

YEAR = 2026


def test_a_version_is_made_with_its_files_and_a_note(made, plan):
    version = made(remark="初算")
    assert (version.number, version.what_if, version.remark) == (1, False, "初算")
    record = version.record()
    assert record.year == YEAR
    assert record.fingerprints.result == version.result
    assert record.fingerprints.census == version.census
    assert set(version.marks) == {"simulation", "invented"}
    assert {"plan.json", "plan.html", "map.html", "plan.xlsx", "census/institutions.csv"} <= set(
        version.manifest
    )
    assert version.intact()
    note = bureau.journal().notes(plan.subject)[-1]
    assert (note.act, note.by, note.facts["number"]) == ("plan.version", "planner", "1")


def test_the_same_ledger_gives_the_same_result_under_another_number(made):
    first, second = made(), made(remark="再算")
    assert (first.number, second.number) == (1, 2)
    assert first.result == second.result
    assert first.folder != second.folder


def test_two_people_who_ask_at_once_get_a_version_each(plan, user, work):
    user(Role.LEADER).grants.create(role=Role.PLANNER, granted_by="test")
    for who in (Role.PLANNER, Role.LEADER):
        making.ask_for(plan, user(who), RUN)
    work()
    assert sorted(plan.versions.values_list("number", "by")) == [(1, "planner"), (2, "leader")]


def test_who_may_no_longer_run_plans_gets_no_version(plan, user, work):
    job = making.ask_for(plan, user(Role.PLANNER), RUN)
    user(Role.PLANNER).grants.all().delete()
    work()
    job.refresh_from_db()
    assert [each[0] for each in job.faults] == ["job_not_entitled"]
    assert not plan.versions.exists()


def test_one_person_who_asks_twice_gets_one(plan, user, work):
    for _ in range(2):
        making.ask_for(plan, user(Role.PLANNER), RUN)
    work()
    assert plan.versions.count() == 1


def test_a_changed_file_is_noticed(version):
    (version.path / "plan.xlsx").write_bytes(b"other")
    (version.path / "new.txt").write_text("x", "utf-8")
    (version.path / "maps" / "unserved.geojson").unlink()
    assert version.changed_files() == ("maps/unserved.geojson", "new.txt", "plan.xlsx")
    assert not version.intact()


def test_folders_that_nobody_names_are_swept_and_others_stay(made):
    kept = made()
    folder = making.plans_folder()
    for name in ("2026-j999-1", ".2026-j998-1-0a1b2c3d", "somebody-elses"):
        (folder / name).mkdir()
        (folder / name / "plan.json").write_text("{}", "utf-8")
    swept = making.sweep()
    assert sorted(swept) == [".2026-j998-1-0a1b2c3d", "2026-j999-1"]
    assert kept.path.is_dir()
    assert (folder / "somebody-elses").is_dir()
    (folder / "somebody-elses" / "plan.json").unlink()
    (folder / "somebody-elses").rmdir()


def test_work_that_is_cancelled_leaves_nothing(plan, user, monkeypatch):
    from dingdian.web.jobs import running
    from dingdian.web.plans import handlers  # noqa: F401 -- registers

    job = making.ask_for(plan, user(Role.PLANNER), RUN)
    taken = running.take("test")
    told = []

    def tell(step, done=0, total=0):
        told.append(step)
        if step == making.STEPS["documents"]:
            running.cancel(Job.objects.get(pk=job.pk))
        return type(taken).tell(taken, step, done, total)

    monkeypatch.setattr(taken, "tell", tell)
    running.run(taken)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert told[-1] == making.STEPS["documents"]
    assert not [p for p in making.plans_folder().iterdir() if f"-j{job.pk}-" in p.name]
    assert not plan.versions.exists()


def test_work_that_another_worker_took_up_keeps_no_version(plan, user, monkeypatch):
    from dingdian.web.jobs import running
    from dingdian.web.plans import handlers  # noqa: F401 -- registers

    job = making.ask_for(plan, user(Role.PLANNER), RUN)
    taken = running.take("test")

    def tell(step, done=0, total=0):
        if step == making.STEPS["version"]:
            Job.objects.filter(pk=job.pk).update(worker="another")

    monkeypatch.setattr(taken, "tell", tell)
    running.run(taken)
    assert not plan.versions.exists()
    assert "plan.version" not in [n.act for n in bureau.journal().notes(plan.subject)]
    assert not [p for p in making.plans_folder().iterdir() if f"-j{job.pk}-" in p.name]


def test_a_run_that_cannot_be_made_says_why(plan, user, work):
    job = making.ask_for(plan, user(Role.PLANNER), RUN | {"day": "2040-01-01"})
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.faults[0][0] == "outside_validity"
    assert not plan.versions.exists()


# -- what-if ----------------------------------------------------------------------


def test_a_what_if_is_marked_everywhere_and_changes_the_result(version, made, overlay):
    real = version
    tried = made(overlay=overlay.pk)
    assert tried.what_if
    assert tried.overlay == overlay
    assert "overlaid" in tried.marks
    assert tried.result != real.result
    assert tried.census != real.census
    assert tried.asked["changes"] == overlay.changes
    assert "假设数据" in (tried.path / "plan.html").read_text("utf-8")
    assert tried.record().marks.overlaid
    assert not real.record().marks.overlaid


def test_a_what_if_of_numbers_that_changed_since_is_refused(plan, overlay, user, work):
    overlay.changes[0]["old"] = "1"
    overlay.save()
    job = making.ask_for(plan, user(Role.PLANNER), RUN | {"overlay": overlay.pk})
    work()
    job.refresh_from_db()
    assert [each[0] for each in job.faults] == ["overlay_old"]


@pytest.mark.clause("DX-34")
def test_accepted_submissions_are_taken_in_and_no_others(made):
    asked = {
        "year": YEAR,
        "resource": "pharmacies",
        "reason": "缺",
        "by": "county",
        "at": clock.now(),
    }
    Submission.objects.create(region=DISTRICT, asked=41, state=SubmissionState.ACCEPTED, **asked)
    Submission.objects.create(region=ELSEWHERE, asked=77, state=SubmissionState.SUBMITTED, **asked)
    figures = made().record().figures
    assert figures[f"asked_pharmacies.{DISTRICT}"].value == "41"
    assert figures[f"asked_pharmacies.{ELSEWHERE}"].value != "77"
    left_out = made(submissions=False).record().figures
    assert left_out[f"asked_pharmacies.{DISTRICT}"].value != "41"
