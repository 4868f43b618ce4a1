"""A round on screen: uploaded, checked, decided under the issued plan, looked at, decided again."""

import datetime as dt
import json
import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.admission.decision import Outcome
from dingdian.storage.db.models import Entry
from dingdian.web import bureau
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role
from dingdian.web.rounds.models import Round
from dingdian.wiring import rounds
from tests.web.conftest import DISTRICT
from tests.web.rounds.conftest import page, upload


def kinds():
    return [each[0] for each in Job.objects.filter(kind="round").latest("pk").faults]


def test_a_round_is_decided_under_the_issued_plan_and_nothing_is_in_the_ledger(
    decided, clerk, issued
):
    before = Entry.objects.count()
    record = rounds.read_round(decided.decision)
    assert record.fingerprints.plan == issued.issued_version.result
    assert decided.version == issued.issued_version
    assert record.fingerprints.stock == decided.stock != ""
    assert (decided.applicants, sum(decided.counts.values())) == (len(record.decisions),) * 2
    assert not decided.changed_files()
    shown = page(clerk, decided)
    for each in record.decisions[:20]:
        assert each.name in shown
    assert "拟纳入" in shown
    assert Entry.objects.count() == before
    acts = [each.act for each in bureau.journal().notes(decided.subject)]
    assert acts == ["round.upload", "round.decide"]


def test_the_table_is_filtered_by_outcome_and_district(decided, clerk):
    record = rounds.read_round(decided.decision)
    proposed = [each for each in record.decisions if each.final is Outcome.PROPOSED]
    other = next(each for each in record.decisions if each.final is not Outcome.PROPOSED)
    shown = page(clerk, decided, "?outcome=proposed")
    assert all(each.application in shown for each in proposed)
    assert other.application not in shown
    district = page(clerk, decided, f"?district={proposed[0].district}")
    elsewhere = [each for each in record.decisions if each.district != proposed[0].district]
    assert proposed[0].application in district
    assert elsewhere[0].application not in district


def test_an_applicant_shows_every_condition_with_clause_numbers_and_reading(decided, clerk):
    record = rounds.read_round(decided.decision)
    each = max(record.decisions, key=lambda d: len(d.conditions))
    shown = page(clerk, decided, f"/of/{each.application}")
    for condition in each.conditions:
        for clause in condition.clauses:
            assert f"/policy/clauses/{clause}" in shown
        for reading in condition.readings:
            assert f"/policy/readings/{reading}" in shown
    assert shown.count('<th scope="row">') == len(each.conditions)


def test_files_are_handed_out_as_written_and_a_changed_one_is_not(decided, clerk):
    for name in ("decisions.xlsx", "decisions.html", "decisions.json"):
        answer = clerk.get(f"/rounds/{decided.pk}/files/{name}?save")
        content = b"".join(answer.streaming_content)
        assert content == (decided.decision / name).read_bytes()
    assert clerk.get(f"/rounds/{decided.pk}/files/plan.json").status_code == 404
    record = decided.decision / "decisions.json"
    plain = json.loads(record.read_text("utf-8"))
    plain["decisions"][0]["outcome"] = "proposed"
    record.write_text(json.dumps(plain), "utf-8")
    assert clerk.get(f"/rounds/{decided.pk}/files/decisions.json").status_code == 422
    assert "与写入时不一致" in page(clerk, decided)


def test_it_is_decided_again_from_its_copies_and_comes_out_the_same(decided, clerk, work):
    assert clerk.post(f"/rounds/{decided.pk}/replay").status_code == 302
    work()
    job = Job.objects.filter(kind="round_replay").latest("pk")
    assert job.result["same"] is True, job.result
    assert "一致" in page(clerk, decided)
    copy = decided.decision / "day" / "institutions.csv"
    text = copy.read_text("utf-8-sig").splitlines()
    copy.write_text("\n".join(text[:-3]) + "\n", "utf-8-sig")
    clerk.post(f"/rounds/{decided.pk}/replay")
    work()
    job = Job.objects.filter(kind="round_replay").latest("pk")
    assert job.result["same"] is False
    assert any("决定之日的台账" in line for line in job.result["said"]["zh"])


def test_letters_without_numbers_are_written_for_all_and_shown_for_one(decided, clerk, work):
    one = rounds.read_round(decided.decision).decisions[0].application
    address = f"/rounds/{decided.pk}/of/{one}/letter"
    assert "样张" in clerk.get(f"{address}.html").content.decode()
    assert clerk.get(f"{address}.docx").content.startswith(b"PK")
    assert clerk.get(f"{address}.exe").status_code == 404
    clerk.post(f"/rounds/{decided.pk}/specimens")
    work()
    archive = clerk.get(f"/rounds/{decided.pk}/files/letters.zip")
    assert b"".join(archive.streaming_content).startswith(b"PK")


def test_without_an_issued_plan_it_is_checked_and_decided_once_there_is_one(
    clerk, uploaded, packed, tables, version, work
):
    row = uploaded(clerk, packed(tables))
    assert (row.state, kinds()) == ("checked", ["round_no_plan"])
    assert "没有已印发的年度工作计划" in page(clerk, row)
    plan = version.plan
    plan.kind, plan.stage, plan.issued_version = "work_plan", "issued", version
    plan.save()
    assert clerk.post(f"/rounds/{row.pk}/decide").status_code == 302
    work()
    row.refresh_from_db()
    assert row.state == "decided"


@pytest.mark.parametrize(
    ("day", "kind"),
    [("2999-01-01", "round_day_ahead"), ("1990-01-01", "no_census_then")],
)
def test_a_day_that_cannot_be_decided_on_is_told(
    clerk, uploaded, packed, tables, issued, day, kind
):
    for row in tables["round"]:
        if row["item"] in ("decided_on", "决定日期"):
            row["value"] = day
    row = uploaded(clerk, packed(tables))
    assert row.state != "decided"
    told = kinds() + [json.loads(e)[0] for e in _kept(row)]
    assert kind in told


def _kept(row):
    return row.lines_place.read_text("utf-8").splitlines() if row.lines_place.is_file() else []


def test_a_round_without_a_day_takes_the_one_of_the_form(clerk, uploaded, packed, tables, issued):
    tables["round"] = [r for r in tables["round"] if r["item"] not in ("decided_on", "决定日期")]
    stopped = uploaded(clerk, packed(tables))
    assert stopped.state == "blocked"
    assert "没有决定日期" in page(clerk, stopped)
    row = uploaded(clerk, packed(tables), day="2026-03-20")
    assert (row.state, row.day) == ("decided", dt.date(2026, 3, 20))


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.xlsx", b"%PDF-1.4"),
        SimpleUploadedFile("a.xlsx", b""),
        SimpleUploadedFile("a.exe", b"MZ\x90\x00"),
        SimpleUploadedFile("a.xlsx", b"PK\x03\x04garbage"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(clerk, file):
    answer = upload(clerk, file)
    assert answer.status_code == 422
    assert file.size == 0 or "没有保留任何内容" in answer.content.decode()
    assert not Round.objects.exists()


def test_a_file_that_is_too_large_is_refused(clerk, settings):
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, upload_limit_mb=1)
    answer = upload(clerk, SimpleUploadedFile("a.csv", b"a,b\n" * 600_000))
    assert answer.status_code == 413
    assert not Round.objects.exists()


def test_a_workbook_of_something_else_is_stopped_with_its_faults_in_one_list(
    clerk, uploaded, issued
):
    row = uploaded(clerk, SimpleUploadedFile("a.csv", "甲,乙\n1,2\n3,4\n".encode()))
    assert row.state == "blocked"
    assert "没有申请" in page(clerk, row)
    assert "没有申请" in page(clerk, row, "/faults")


def test_faults_of_rows_are_listed_and_marked_in_a_workbook(
    clerk, uploaded, packed, tables, issued
):
    tables["materials"][0]["item"] = "清单外的材料"
    row = uploaded(clerk, packed(tables))
    assert row.state == "decided"
    assert "清单外的材料" in page(clerk, row, "/faults")
    answer = clerk.get(f"/rounds/{row.pk}/quality.xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_round_of_another_city_is_refused(clerk, uploaded, packed, issued):
    other = {
        "round": [{"item": "decided_on", "value": "2026-03-20"}],
        "applications": [
            {"code": f"X{n}", "name": "外地药房", "kind": "retail_pharmacy", "region": "440106",
             "lon": 113.3 + n / 100, "lat": 23.1, "crs": "wgs84", "services": "门诊统筹"}
            for n in range(3)
        ],
    }  # fmt: skip
    row = uploaded(clerk, packed(other))
    assert row.state == "blocked"
    assert "这是别处的申请" in page(clerk, row)


def test_a_clerk_of_a_district_takes_its_own_applicants_only(
    signed_in, uploaded, packed, tables, issued
):
    client = signed_in(Role.CLERK)
    row = uploaded(client, packed(tables))
    assert row.state == "blocked"
    assert "不在您的区县" in page(client, row)
    kept = {a["code"] for a in tables["applications"] if a.get("region", "")[:6] == DISTRICT}
    tables["applications"] = [a for a in tables["applications"] if a["code"] in kept]
    for name, rows in tables.items():
        if rows and "application" in rows[0]:
            tables[name] = [each for each in rows if each["application"] in kept]
    row = uploaded(client, packed(tables))
    assert kept
    assert row.state in ("decided", "blocked")


def test_somebody_of_a_district_sees_its_applicants_and_no_file_of_all(decided, signed_in):
    client = signed_in(Role.COUNTY)
    record = rounds.read_round(decided.decision)
    mine = [each for each in record.decisions if each.district == DISTRICT]
    others = [each for each in record.decisions if each.district != DISTRICT]
    shown = page(client, decided)
    assert mine
    assert all(each.application in shown for each in mine)
    assert not any(f"/of/{each.application}" in shown for each in others)
    assert client.get(f"/rounds/{decided.pk}/of/{others[0].application}").status_code == 404
    assert client.get(f"/rounds/{decided.pk}/files/decisions.json").status_code == 404
    assert client.post(f"/rounds/{decided.pk}/decide").status_code == 403


def test_a_discarded_round_stays_as_a_row_and_cannot_be_decided(decided, clerk):
    assert clerk.post(f"/rounds/{decided.pk}/discard").status_code == 302
    decided.refresh_from_db()
    assert decided.state == "discarded"
    assert clerk.post(f"/rounds/{decided.pk}/decide").status_code == 422


def test_work_that_is_begun_again_after_its_files_went_says_so(decided, clerk, work):
    shutil.rmtree(decided.files_place)
    clerk.post(f"/rounds/{decided.pk}/decide")
    work()
    assert kinds() == ["round_files_gone"]
