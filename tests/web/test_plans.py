"""Plans: made from the ledger by a worker, shown, compared, asked for by the counties."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.plans import making
from dingdian.web.plans.models import (
    Call,
    Overlay,
    Plan,
    PlanKind,
    Submission,
    SubmissionState,
    Version,
)
from dingdian.web.rights import Role

from .conftest import DISTRICT, ELSEWHERE

YEAR = 2026
GIVEN = {
    "year": YEAR,
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


def new_plan(year=YEAR, title="2026年度规划", **more):
    return Plan.objects.create(
        kind=PlanKind.RESOURCE_PLAN,
        year=year,
        title=title,
        created_by="planner",
        created_at=clock.now(),
        **more,
    )


@pytest.fixture
def plan(db):
    return new_plan()


@pytest.fixture
def made(plan, user, work):
    """A version of the plan, made as a worker makes it."""

    def make(**other):
        job = making.ask_for(plan, user(Role.PLANNER), GIVEN | other)
        work()
        job.refresh_from_db()
        assert job.state == "done", (job.state, job.faults)
        return Version.objects.get(pk=job.result["version"])

    return make


@pytest.fixture(scope="module")
def kept_plans():
    """Versions that tests made are swept with their module."""
    return None


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
    note = [n for n in bureau.journal().notes() if n.subject == plan.subject][-1]
    assert (note.act, note.by, note.facts["number"]) == ("plan.version", "planner", "1")


def test_the_same_ledger_gives_the_same_result_under_another_number(made):
    first, second = made(), made(remark="再算")
    assert (first.number, second.number) == (1, 2)
    assert first.result == second.result
    assert first.folder != second.folder


def test_two_people_who_ask_at_once_get_a_version_each(plan, user, work):
    for who in (Role.PLANNER, Role.LEADER):
        making.ask_for(plan, user(who), GIVEN)
    work()
    assert sorted(plan.versions.values_list("number", "by")) == [(1, "planner"), (2, "leader")]


def test_one_person_who_asks_twice_gets_one(plan, user, work):
    for _ in range(2):
        making.ask_for(plan, user(Role.PLANNER), GIVEN)
    work()
    assert plan.versions.count() == 1


def test_a_changed_file_is_noticed(made):
    version = made()
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

    job = making.ask_for(plan, user(Role.PLANNER), GIVEN)
    taken = running.take("test")
    told = []

    def tell(step, done=0, total=0):
        told.append(step)
        if step == making.STEPS["documents"]:
            running.cancel(Job.objects.get(pk=job.pk))
        return type(taken).tell(taken, step, done, total)

    monkeypatch.setattr(taken, "tell", tell)
    before = {each.name for each in making.plans_folder().iterdir()}
    running.run(taken)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert told[-1] == making.STEPS["documents"]
    assert {each.name for each in making.plans_folder().iterdir()} == before
    assert not plan.versions.exists()


def test_work_that_another_worker_took_up_keeps_no_version(plan, user, monkeypatch):
    from dingdian.web.jobs import running
    from dingdian.web.plans import handlers  # noqa: F401 -- registers

    job = making.ask_for(plan, user(Role.PLANNER), GIVEN)
    taken = running.take("test")

    def tell(step, done=0, total=0):
        if step == making.STEPS["version"]:
            Job.objects.filter(pk=job.pk).update(worker="another")

    monkeypatch.setattr(taken, "tell", tell)
    running.run(taken)
    assert not plan.versions.exists()
    assert not [n for n in bureau.journal().notes() if n.act == "plan.version"]
    assert not [p for p in making.plans_folder().iterdir() if f"-j{job.pk}-" in p.name]


def test_a_run_that_cannot_be_made_says_why(plan, user, work):
    job = making.ask_for(plan, user(Role.PLANNER), GIVEN | {"day": "2040-01-01"})
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.faults[0][0] == "outside_validity"
    assert not plan.versions.exists()


# -- what-if ----------------------------------------------------------------------


def overlay_of(plan, *changes, name="人口加倍"):
    return Overlay.objects.create(
        name=name, plan=plan, by="planner", at=clock.now(), changes=list(changes)
    )


def residents(plan):
    """A change of the residents of the district, made as the page makes it."""
    from dingdian.core.census.overlay import cell_at, key_at
    from dingdian.web.plans.overlays import _census

    census = _census(plan)
    table = census.tables["populations"]
    row = max(
        (r for r, region in enumerate(table["region"].cells()) if region == DISTRICT),
        key=lambda r: (table["resident"].known[r], table["year"].cells()[r]),
    )
    old = cell_at(census, "populations", row, "resident")
    return {
        "table": "populations",
        "row": list(key_at(census, "populations", row)),
        "name": "某区",
        "column": "resident",
        "old": old,
        "new": str(int(old) * 2),
    }


def test_a_what_if_is_marked_everywhere_and_changes_the_result(made, plan):
    real = made()
    overlay = overlay_of(plan, residents(plan))
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


def test_a_what_if_of_numbers_that_changed_since_is_refused(plan, user, work):
    stale = overlay_of(plan, residents(plan) | {"old": "1"})
    job = making.ask_for(plan, user(Role.PLANNER), GIVEN | {"overlay": stale.pk})
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


# -- pages ------------------------------------------------------------------------


def shown(client, name, *args, **query):
    response = client.get(reverse(f"plans:{name}", args=args), query)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_a_plan_is_made_and_run_from_its_pages(signed_in, work):
    planner = signed_in(Role.PLANNER)
    said = {"kind": "work_plan", "year": YEAR, "title": "2026年度工作计划"}
    response = planner.post(reverse("plans:new"), said)
    plan = Plan.objects.get(title="2026年度工作计划")
    assert response.url == reverse("plans:plan", args=[plan.pk])
    page = shown(planner, "run", plan.pk)
    assert 'value="2026-01-01"' in page
    answer = planner.post(
        reverse("plans:run", args=[plan.pk]),
        {"as_of": "2026-01-01", "day": "2026-01-01", "lang": "zh", "remark": "由页面"},
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert "progress" in shown(planner, "plan", plan.pk)
    work()
    assert plan.versions.get().remark == "由页面"
    acts = [n.act for n in bureau.journal().notes() if n.subject == plan.subject]
    assert acts == ["plan.new", "plan.run", "plan.version"]
    assert "第 1 版" in shown(planner, "plan", plan.pk)
    assert "年度工作计划" in shown(planner, "list")


def test_an_issued_plan_is_run_as_a_what_if_only(made, plan, signed_in):
    plan.issued_version = made()
    plan.save()
    before = Job.objects.count()
    response = signed_in(Role.PLANNER).post(
        reverse("plans:run", args=[plan.pk]),
        {"as_of": "2026-01-01", "day": "2026-01-01", "lang": "zh"},
    )
    assert "规划已发布" in response.content.decode()
    assert Job.objects.count() == before


def test_every_number_of_a_version_leads_to_its_derivation(made, signed_in):
    import re

    version = made()
    planner = signed_in(Role.PLANNER)
    here = reverse("plans:version", args=[version.pk])
    keys = set()
    for part in ("", "findings_list", "quotas", "quota_details", "red_lines", "beds", "charts"):
        page = shown(planner, "version", version.pk, sheet=part)
        found = set(re.findall(rf'href="{here}/figures/([^"]+)"', page))
        assert found, part
        keys |= found
    figures = version.record().figures
    from urllib.parse import unquote

    assert all(unquote(key) in figures for key in keys)
    for key in sorted(keys)[:: max(1, len(keys) // 25)]:
        page = planner.get(f"{here}/figures/{key}")
        assert page.status_code == 200, key


def test_a_derivation_shows_formula_inputs_rows_and_clauses(made, signed_in):
    version = made()
    planner = signed_in(Role.PLANNER)
    page = shown(planner, "figure", version.pk, "beds_per_1000.232700")
    record = version.record()
    figure = record.figures["beds_per_1000.232700"]
    for _, key in figure.inputs:
        assert f"/figures/{key}" in page
    for clause in figure.clauses:
        assert record.clauses[clause].zh[:10] in page
    counted = shown(planner, "figure", version.pk, "pharmacies.232700")
    assert "274" in counted
    assert "census.xlsx" in counted
    assert planner.get(reverse("plans:figure", args=[version.pk, "no.such"])).status_code == 404


def test_rows_of_other_districts_are_not_listed_to_a_county(made, signed_in):
    version = made()
    page = shown(signed_in(Role.COUNTY), "figure", version.pk, f"pharmacies.{ELSEWHERE}")
    assert "不列出" in page
    assert "census.xlsx" not in page
    own = shown(signed_in(Role.COUNTY), "figure", version.pk, f"pharmacies.{DISTRICT}")
    assert "census.xlsx" in own
    assert "不列出" not in own


def test_files_are_handed_out_as_written_or_not_at_all(made, signed_in, plan):
    version, planner = made(), signed_in(Role.PLANNER)
    address = reverse("plans:file", args=[version.pk, "map.html"])
    page = planner.get(address)
    assert page["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert page["Content-Disposition"].startswith("inline")
    assert b"".join(page.streaming_content) == (version.path / "map.html").read_bytes()
    saved = planner.get(reverse("plans:file", args=[version.pk, "plan.xlsx"]))
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''2026")
    saved.close()
    (version.path / "plan.xlsx").write_bytes(b"other")
    refused = planner.get(reverse("plans:file", args=[version.pk, "plan.xlsx"]))
    assert refused.status_code == 422
    assert "与生成时不同" in refused.content.decode()
    assert "plan.xlsx" in shown(planner, "version", version.pk, sheet="documents")


@pytest.mark.parametrize("name", ["../../secret-key", "nothing.txt", "census/../../../x", "census"])
def test_no_file_outside_the_manifest_is_handed_out(made, signed_in, name):
    version = made()
    address = f"{reverse('plans:version', args=[version.pk])}/files/{name}"
    assert signed_in(Role.PLANNER).get(address).status_code == 404


def test_the_evidence_is_one_archive_for_those_who_may_take_the_ledger(made, signed_in):
    version = made()
    address = reverse("plans:evidence", args=[version.pk])
    answer = signed_in(Role.PLANNER).get(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
    assert {"plan.json", "census/institutions.csv"} <= set(names)
    assert any(name.startswith("policy/") for name in names)
    assert signed_in(Role.COUNTY).get(address).status_code == 404
    copy = reverse("plans:file", args=[version.pk, "census/institutions.csv"])
    assert signed_in(Role.COUNTY).get(copy).status_code == 404


def test_two_versions_are_compared(made, plan, signed_in):
    real = made()
    overlay = overlay_of(plan, residents(plan))
    tried = made(overlay=overlay.pk)
    planner = signed_in(Role.PLANNER)
    page = shown(planner, "compare", left=real.pk, right=tried.pk, part="figures")
    assert "人口加倍" in page
    assert "假设测算" in page
    change = overlay.changes[0]
    grown = int(change["new"]) - int(change["old"])
    assert f"+{grown:,}" in page
    only = shown(planner, "compare", left=real.pk, right=real.pk, part="figures")
    assert "没有差异" in only
    same = shown(planner, "compare", left=real.pk, right=real.pk, part="quotas", all="1")
    assert "没有差异" not in same


def test_the_list_of_plans_asks_the_database_as_often_for_many_as_for_one(
    signed_in, django_assert_max_num_queries
):
    planner = signed_in(Role.PLANNER)
    counts = []
    for n in (1, 30, 300):
        Plan.objects.all().delete()
        for each in range(n):
            new_plan(title=f"规划{each}")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown(planner, "list")
        counts.append(len(asked))
    assert max(counts) - min(counts) <= 1 and max(counts) < 15, counts


# -- overlays on pages -------------------------------------------------------------


def test_a_number_is_assumed_step_by_step_and_taken_out_again(plan, signed_in):
    planner = signed_in(Role.PLANNER)
    answer = planner.post(reverse("plans:overlay_new", args=[plan.pk]), {"name": "少一成"})
    overlay = Overlay.objects.get(name="少一成")
    assert answer.url == reverse("plans:overlay", args=[overlay.pk])
    change = residents(plan)
    page = shown(planner, "overlay", overlay.pk, table="populations", find=change["row"][0])
    assert "row=" in page
    said = {"table": "populations", "column": "resident", "key": change["row"]}
    add = reverse("plans:overlay_add", args=[overlay.pk])
    planner.post(add, said | {"new": " 12,345 "})
    overlay.refresh_from_db()
    assert [(c["old"], c["new"]) for c in overlay.changes] == [(change["old"], "12345")]
    planner.post(add, said | {"new": "999"})
    overlay.refresh_from_db()
    assert [c["new"] for c in overlay.changes] == ["999"]
    planner.post(add, said | {"new": "很多"}, follow=True)
    planner.post(add, said | {"new": "-5"}, follow=True)
    overlay.refresh_from_db()
    assert [c["new"] for c in overlay.changes] == ["999"]
    assert planner.post(add, said | {"column": "year", "new": "1"}).status_code == 404
    planner.post(reverse("plans:overlay_drop", args=[overlay.pk]), {"at": "0"})
    overlay.refresh_from_db()
    assert overlay.changes == []
    acts = [n.act for n in bureau.journal().notes() if n.subject == plan.subject]
    assert acts == ["plan.overlay", "plan.overlay_add", "plan.overlay_add", "plan.overlay_drop"]


def test_changes_that_a_version_was_made_with_stay_as_they_are(made, plan, signed_in):
    overlay = overlay_of(plan, residents(plan))
    made(overlay=overlay.pk)
    drop = reverse("plans:overlay_drop", args=[overlay.pk])
    assert signed_in(Role.PLANNER).post(drop, {"at": "0"}).status_code == 404


# -- submissions --------------------------------------------------------------------


def said(**other):
    return {
        "region": DISTRICT,
        "resource": "pharmacies",
        "asked": "3",
        "reason": "两个社区没有药店",
        "document": "漠医保〔2026〕1号",
    } | other


@pytest.mark.clause("DX-34")
def test_a_county_submits_and_the_planner_returns_then_accepts(signed_in):
    county, planner = signed_in(Role.COUNTY), signed_in(Role.PLANNER)
    new = reverse("plans:submission_new") + f"?year={YEAR}"
    county.post(new, said())
    first = Submission.objects.get()
    assert (first.state, first.year, first.by) == ("draft", YEAR, "county")
    assert planner.get(reverse("plans:submission", args=[first.pk])).status_code == 404
    county.post(reverse("plans:submission_submit", args=[first.pk]))
    edit = reverse("plans:submission_edit", args=[first.pk])
    assert county.get(edit).status_code == 404
    answer = reverse("plans:submission_answer", args=[first.pk])
    planner.post(answer, {"act": "return", "answer": ""})
    first.refresh_from_db()
    assert first.state == "submitted"
    planner.post(answer, {"act": "return", "answer": "请附需求测算"})
    first.refresh_from_db()
    assert (first.state, first.answer) == ("returned", "请附需求测算")
    assert "请附需求测算" in shown(county, "submission", first.pk)
    county.post(new, said(asked="2"))
    second = Submission.objects.exclude(pk=first.pk).get()
    county.post(reverse("plans:submission_submit", args=[second.pk]))
    planner.post(reverse("plans:submission_answer", args=[second.pk]), {"act": "accept"})
    second.refresh_from_db()
    assert (second.state, second.asked, second.answered_by) == ("accepted", 2, "planner")
    acts = [n.act for n in bureau.journal().notes() if n.subject == second.subject]
    assert acts == ["submission.draft", "submission.submit", "submission.accept"]


def test_only_one_live_submission_of_a_resource(signed_in):
    county = signed_in(Role.COUNTY)
    new = reverse("plans:submission_new") + f"?year={YEAR}"
    county.post(new, said())
    again = county.post(new, said(asked="9"))
    assert "已有申报" in again.content.decode()
    assert Submission.objects.count() == 1


def test_a_county_writes_and_reads_its_own_district_only(signed_in):
    county = signed_in(Role.COUNTY)
    county.post(reverse("plans:submission_new") + f"?year={YEAR}", said(region=ELSEWHERE))
    assert not Submission.objects.exists()
    other = Submission.objects.create(
        region=ELSEWHERE, year=YEAR, resource="pharmacies", asked=5, reason="别处的理由",
        state="submitted", by="x", at=clock.now(),
    )  # fmt: skip
    for name in ("submission", "submission_edit"):
        assert county.get(reverse(f"plans:{name}", args=[other.pk])).status_code == 404
    assert "别处的理由" not in shown(county, "submissions", year=YEAR)
    assert "别处的理由" in shown(signed_in(Role.PLANNER), "submissions", year=YEAR)
    assert "别处的理由" in shown(signed_in(Role.LEADER), "submissions", year=YEAR)


def test_the_last_day_is_shown_and_what_comes_later_is_marked(signed_in):
    planner, county = signed_in(Role.PLANNER), signed_in(Role.COUNTY)
    planner.post(
        reverse("plans:call") + f"?year={YEAR}", {"through": "2025-06-30", "note": "按口径填"}
    )
    assert Call.objects.get(year=YEAR).note == "按口径填"
    county.post(reverse("plans:submission_new") + f"?year={YEAR}", said())
    each = Submission.objects.get()
    county.post(reverse("plans:submission_submit", args=[each.pk]))
    page = shown(county, "submissions", year=YEAR)
    assert "2025年6月30日" in page
    assert "逾期" in page


def test_a_district_sees_its_numbers_of_the_last_version(made, signed_in):
    made()
    page = shown(signed_in(Role.COUNTY), "submissions", year=YEAR)
    assert "本区县现有数" in page
    assert "/figures/" in page


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SUPERVISOR, Role.AUDIT_ADMIN])
def test_who_has_nothing_to_do_with_plans_sees_none(signed_in, role):
    assert signed_in(role).get(reverse("plans:list")).status_code == 403


def test_who_only_looks_runs_nothing(plan, signed_in):
    for role in (Role.COUNTY, Role.LEADER, Role.LEGAL):
        client = signed_in(role)
        assert client.get(reverse("plans:plan", args=[plan.pk])).status_code == 200
        assert client.post(reverse("plans:run", args=[plan.pk]), {}).status_code == 403
    assert not Job.objects.filter(kind="plan").exists()


def test_a_manifest_is_plain_data(made):
    assert json.dumps(made().manifest)
