"""Advice of the command line on pages: added to a plan, taken along by a run, shown and kept."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dingdian.core.errors import RequestError
from dingdian.core.fingerprint import content_mark
from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.plans import making
from dingdian.web.plans.models import Advice, Plan, Version
from dingdian.web.rights import Role
from dingdian.wiring import transfers
from tests.web.conftest import RUN

YEAR = 2026


@pytest.fixture(scope="session")
def _once():
    return {}


@pytest.fixture
def advice(version, _once):
    """transfer.json, worked out from the evidence of the version."""
    if "transfer" not in _once:
        asked = transfers.TransferRequest(
            census=version.path / "census",
            policy=str(version.path / "policy" / version.record().place.id),
            order=("targets",),
            held={},
            sizes={},
            structure_at=("whole",),
            target="auto",
            alike="class",
            growth=None,
            first=("use",),
            nodes=50,
            year=YEAR,
        )
        made = transfers.move_beds(
            asked, None, force=False, progress=lambda _stage: None, as_json=True
        )
        _once["transfer"] = made.lines[0].encode() + b"\n"
    return _once["transfer"]


def edited(content, change):
    """Advice with something changed and its mark made anew, as who knows how would."""
    told = json.loads(content)
    change(told)
    told["fingerprints"]["content"] = content_mark(told)
    return json.dumps(told).encode()


def upload(client, plan, *files):
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("plans:advice", args=[plan.pk]), {"files": given})


def page(client, name, pk, **query):
    answer = client.get(reverse(f"plans:{name}", args=[pk]), query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_advice_is_added_taken_along_shown_and_frozen_with_the_version(
    version, plan, advice, signed_in, work
):
    planner = signed_in(Role.PLANNER)
    assert upload(planner, plan, ("transfer.json", advice)).status_code == 302
    row = Advice.objects.get()
    listed = page(planner, "plan", plan.pk)
    assert "医保床位调剂建议" in listed
    assert row.sha256[:10] in listed
    assert "尚无版本" not in listed
    assert f'value="{row.pk}"' in page(planner, "run", plan.pk)
    said = {"as_of": RUN["as_of"], "day": RUN["day"], "lang": "zh", "advice": [row.pk]}
    assert planner.post(reverse("plans:run", args=[plan.pk]), said).status_code == 302
    work()
    taken = Version.objects.get(number=2)
    kept = taken.path / "advice" / "1-transfer.json"
    assert kept.read_bytes() == advice
    assert taken.manifest["advice/1-transfer.json"] == row.sha256
    assert taken.result == version.result
    assert len(taken.record().advice) == 1

    for language, words in (("zh-hans", "任何方案不会好过"), ("en", "none can beat")):
        shown = page(signed_in(Role.PLANNER, language), "version", taken.pk, sheet="advice")
        assert words in shown
        assert row.sha256 in shown
    address = reverse("plans:file", args=[taken.pk, "advice/1-transfer.json"])
    assert address in shown
    assert address in page(planner, "version", taken.pk, sheet="documents")
    assert b"".join(planner.get(address).streaming_content) == advice
    assert "sheet=advice" not in page(planner, "version", version.pk)
    assert [n.act for n in bureau.journal().notes(plan.subject)].count("plan.advice") == 1

    kept.write_bytes(advice + b" ")
    assert planner.get(address).status_code == 422


def test_the_same_file_is_added_once(plan, advice, signed_in):
    planner = signed_in(Role.PLANNER)
    for _ in range(2):
        upload(planner, plan, ("transfer.json", advice), ("copy.json", advice))

    assert Advice.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe",
        b"%PDF-1.7",
        b"[" * 100_000,
        b'{"cells": [], "fingerprints": {}}',
    ],
)
@pytest.mark.parametrize(
    ("language", "cure"), [("zh-hans", "给出它们写出的文件夹"), ("en", "give the folder that they")]
)
def test_garbage_is_refused_with_what_to_do(plan, signed_in, content, language, cure):
    answer = upload(signed_in(Role.PLANNER, language), plan, ("transfer.json", content))

    assert answer.status_code == 422
    assert cure in answer.content.decode()
    assert not Advice.objects.exists()


@pytest.mark.parametrize("files", [(), (("transfer.json", b""),)])
def test_nothing_is_no_advice(plan, signed_in, files):
    assert upload(signed_in(Role.PLANNER), plan, *files).status_code == 422
    assert not Advice.objects.exists()


def test_one_bad_file_keeps_all_out_and_every_bad_one_is_told(plan, advice, signed_in):
    answer = upload(
        signed_in(Role.PLANNER, "en"),
        plan,
        ("good.json", advice),
        ("changed.json", advice.replace(b'"before":', b'"before":1', 1)),
        ("other.json", edited(advice, lambda told: told.update(year=2031))),
    )
    said = answer.content.decode()

    assert answer.status_code == 422
    assert "changed.json was changed after it was written" in said
    assert "other.json is of 2031, not of 2026" in said
    assert not Advice.objects.exists()


def test_what_is_too_large_is_told(plan, advice, signed_in, settings):
    settings.CONFIG = replace(settings.CONFIG, upload_limit_mb=0)
    answer = upload(signed_in(Role.PLANNER), plan, ("transfer.json", advice))

    assert answer.status_code == 413
    assert "没有增加" in answer.content.decode()
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    ("part", "kind"),
    [("census", "advice_of_other_ledger"), ("shelf", "advice_of_other_shelf")],
)
def test_a_run_refuses_advice_of_another_ledger_or_shelf(
    plan, advice, signed_in, user, work, part, kind
):
    other = edited(advice, lambda told: told["fingerprints"].update({part: "0" * 64}))
    upload(signed_in(Role.PLANNER), plan, ("transfer.json", other))
    job = making.ask_for(plan, user(Role.PLANNER), RUN | {"advice": [Advice.objects.get().pk]})
    before = plan.versions.count()
    work()
    job.refresh_from_db()

    assert [each[0] for each in job.faults] == [kind]
    assert plan.versions.count() == before
    said = page(signed_in(Role.PLANNER, "en"), "plan", plan.pk)
    assert ("no version so far" in said) == (part == "census")


def test_a_run_refuses_a_file_that_is_not_what_was_added(plan, advice, signed_in, user, work):
    upload(signed_in(Role.PLANNER), plan, ("transfer.json", advice))
    row = Advice.objects.get()
    row.path.write_bytes(b"{}")
    job = making.ask_for(plan, user(Role.PLANNER), RUN | {"advice": [row.pk]})
    work()
    row.path.unlink()
    job.refresh_from_db()

    assert [each[0] for each in job.faults] == ["paper_changed"]


def test_advice_of_another_plan_is_not_offered(plan, advice, signed_in):
    planner = signed_in(Role.PLANNER)
    upload(planner, plan, ("transfer.json", advice))
    other = Plan.objects.create(
        kind="work_plan", year=YEAR, title="另一个", created_by="planner", created_at=clock.now()
    )
    said = {"as_of": RUN["as_of"], "day": RUN["day"], "lang": "zh"}
    said["advice"] = [Advice.objects.get().pk]

    assert 'name="advice"' not in page(planner, "run", other.pk)
    planner.post(reverse("plans:run", args=[other.pk]), said)
    assert Job.objects.get(about=other.subject).given["advice"] == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.COUNTY, Role.AUDIT_ADMIN])
def test_who_may_not_run_plans_adds_no_advice(plan, advice, signed_in, role):
    assert upload(signed_in(role), plan, ("transfer.json", advice)).status_code in (403, 404)
    assert not Advice.objects.exists()


def take_out(client, plan, row):
    return client.post(reverse("plans:advice_drop", args=[plan.pk]), {"row": str(row)})


def test_advice_is_taken_out_again_and_may_be_added_once_more(plan, advice, signed_in):
    planner = signed_in(Role.PLANNER)
    upload(planner, plan, ("transfer.json", advice))
    row = Advice.objects.get()
    assert f'name="row" value="{row.pk}"' in page(planner, "advice", plan.pk)
    answer = take_out(planner, plan, row.pk)

    assert (answer.status_code, Advice.objects.count()) == (302, 0)
    note = bureau.journal().notes(plan.subject)[-1]
    assert note.act == "plan.advice_drop"
    assert (note.facts["name"], note.facts["sha256"]) == (row.name, row.sha256)
    assert take_out(planner, plan, row.pk).status_code == 404
    assert upload(planner, plan, ("transfer.json", advice)).status_code == 302
    assert Advice.objects.count() == 1


def test_advice_of_a_run_that_waits_or_of_a_version_stays(plan, advice, signed_in, user, work):
    planner = signed_in(Role.PLANNER)
    upload(planner, plan, ("transfer.json", advice))
    row, head = Advice.objects.get(), None
    making.ask_for(plan, user(Role.PLANNER), RUN | {"advice": [row.pk]})
    for do in (lambda: None, work):
        do()
        head = bureau.journal().head()
        assert take_out(planner, plan, row.pk).status_code == 302
        assert Advice.objects.count() == 1
        assert bureau.journal().head() == head
        assert 'name="row"' not in page(planner, "advice", plan.pk)
    assert plan.versions.filter(asked__has_key="advice").exists()


def test_advice_of_another_plan_and_of_those_who_run_none_is_not_taken_out(
    plan, advice, signed_in, user
):
    upload(signed_in(Role.PLANNER), plan, ("transfer.json", advice))
    row = Advice.objects.get()
    other = Plan.objects.create(
        kind="work_plan", year=YEAR, title="另一个", created_by="planner", created_at=clock.now()
    )

    assert take_out(signed_in(Role.PLANNER), other, row.pk).status_code == 404
    assert take_out(signed_in(Role.CLERK), plan, row.pk).status_code == 403
    assert (
        signed_in(Role.PLANNER).get(reverse("plans:advice_drop", args=[plan.pk])).status_code == 405
    )
    assert Advice.objects.count() == 1


def test_a_run_that_ticked_what_was_taken_out_meanwhile_is_refused(plan, advice, signed_in, user):
    upload(signed_in(Role.PLANNER), plan, ("transfer.json", advice))
    row = Advice.objects.get()
    take_out(signed_in(Role.PLANNER), plan, row.pk)
    with pytest.raises(RequestError) as raised:
        making.ask_for(plan, user(Role.PLANNER), RUN | {"advice": [row.pk]})

    assert [each.kind for each in raised.value.faults] == ["advice_gone"]
    assert not Job.objects.exists()
