"""Plans on pages: run, shown with every number's derivation, compared, tried with other numbers."""

import datetime as dt
import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.plans.models import Overlay, Plan, PlanKind
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

YEAR = 2026


def new_plan(year=YEAR, title="2026年度规划", **more):
    return Plan.objects.create(
        kind=PlanKind.RESOURCE_PLAN,
        year=year,
        title=title,
        created_by="planner",
        created_at=clock.now(),
        **more,
    )


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
    acts = [n.act for n in bureau.journal().notes(plan.subject)]
    assert acts == ["plan.new", "plan.run", "plan.version"]
    assert "第 1 版" in shown(planner, "plan", plan.pk)
    assert "年度工作计划" in shown(planner, "list")


def test_an_issued_plan_is_run_as_a_what_if_only(version, plan, signed_in):
    plan.issued_version = version
    plan.save()
    before = Job.objects.count()
    response = signed_in(Role.PLANNER).post(
        reverse("plans:run", args=[plan.pk]),
        {"as_of": "2026-01-01", "day": "2026-01-01", "lang": "zh"},
    )
    assert "规划已发布" in response.content.decode()
    assert Job.objects.count() == before


def test_every_number_of_a_version_leads_to_its_derivation(version, signed_in):
    planner = signed_in(Role.PLANNER)
    here = reverse("plans:version", args=[version.pk])
    keys = set()
    for part in ("", "findings_list", "quotas", "quota_details", "red_lines", "beds", "charts"):
        page = shown(planner, "version", version.pk, sheet=part)
        found = set(re.findall(rf'href="{here}/figures/([^"]+)"', page))
        assert found, part
        keys |= found
    figures = version.record().figures
    assert all(unquote(key) in figures for key in keys)
    for key in sorted(keys)[:: max(1, len(keys) // 25)]:
        page = planner.get(f"{here}/figures/{key}")
        assert page.status_code == 200, key


def test_a_derivation_shows_formula_inputs_rows_and_clauses(version, signed_in):
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


def consult(version):
    """The version is put out to be consulted."""
    from dingdian.web.procedure.models import Consultation

    day = dt.date(2026, 2, 1)
    Consultation.objects.create(
        plan=version.plan, version=version, title="征求意见", opened_on=day, through=day
    )


def test_a_district_sees_a_plan_from_its_consultation_on(version, overlay, signed_in):
    addresses = [
        reverse("plans:plan", args=[version.plan.pk]),
        reverse("plans:version", args=[version.pk]),
        reverse("plans:file", args=[version.pk, "plan.json"]),
        reverse("procedure:plan", args=[version.plan.pk]),
    ]
    what_ifs = reverse("plans:overlay", args=[overlay.pk])
    for role in (Role.COUNTY, Role.CLERK):
        client = signed_in(role)
        assert [client.get(each).status_code for each in addresses] == [404] * 4
        assert version.plan.title not in client.get("/plans/").content.decode()
        assert not client.get("/search", {"q": version.plan.title}).context["found"].plans
    consult(version)
    for role in (Role.COUNTY, Role.CLERK):
        client = signed_in(role)
        for each in addresses:
            answer = client.get(each)
            assert answer.status_code == 200
            assert answer.streaming is False or b"".join(answer.streaming_content)
        assert client.get("/search", {"q": version.plan.title}).context["found"].plans
        assert client.get(what_ifs).status_code == 404
    assert signed_in(Role.LEADER).get(what_ifs).status_code == 200


def test_rows_of_other_districts_are_not_listed_to_a_county(version, signed_in):
    consult(version)
    page = shown(signed_in(Role.COUNTY), "figure", version.pk, f"pharmacies.{ELSEWHERE}")
    assert "不列出" in page
    assert "census.xlsx" not in page
    own = shown(signed_in(Role.COUNTY), "figure", version.pk, f"pharmacies.{DISTRICT}")
    assert "census.xlsx" in own
    assert "不列出" not in own


def test_files_are_handed_out_as_written_or_not_at_all(version, signed_in, plan):
    planner = signed_in(Role.PLANNER)
    address = reverse("plans:file", args=[version.pk, "map.html"])
    page = planner.get(address)
    assert page["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert page["Content-Disposition"].startswith("inline")
    assert b"".join(page.streaming_content) == (version.path / "map.html").read_bytes()
    saved = planner.get(reverse("plans:file", args=[version.pk, "plan.xlsx"]))
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''2026")
    assert len(b"".join(saved.streaming_content)) > 10_000
    (version.path / "plan.xlsx").write_bytes(b"other")
    refused = planner.get(reverse("plans:file", args=[version.pk, "plan.xlsx"]))
    assert refused.status_code == 422
    assert "与生成时不同" in refused.content.decode()
    assert "plan.xlsx" in shown(planner, "version", version.pk, sheet="documents")


@pytest.mark.parametrize("name", ["../../secret-key", "nothing.txt", "census/../../../x", "census"])
def test_no_file_outside_the_manifest_is_handed_out(version, signed_in, name):
    address = f"{reverse('plans:version', args=[version.pk])}/files/{name}"
    assert signed_in(Role.PLANNER).get(address).status_code == 404


def test_the_evidence_is_one_archive_for_those_who_may_take_the_ledger(version, signed_in):
    address = reverse("plans:evidence", args=[version.pk])
    answer = signed_in(Role.PLANNER).get(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
    assert {"plan.json", "census/institutions.csv"} <= set(names)
    assert any(name.startswith("policy/") for name in names)
    assert "census/agreements.csv" in version.manifest
    assert not {"census/agreements.csv", "census/surveys.csv", "census/records.csv"} & set(names)
    assert "left_out.txt" in names
    persons = reverse("plans:file", args=[version.pk, "census/agreements.csv"])
    assert signed_in(Role.PLANNER).get(persons).status_code == 404
    assert signed_in(Role.COUNTY).get(address).status_code == 404
    copy = reverse("plans:file", args=[version.pk, "census/institutions.csv"])
    assert signed_in(Role.COUNTY).get(copy).status_code == 404


def test_two_versions_are_compared(version, made, overlay, signed_in):
    real = version
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


def test_the_list_of_plans_asks_the_database_as_often_for_many_as_for_one(signed_in):
    planner = signed_in(Role.PLANNER)
    shown(planner, "list")
    counts = []
    for n in (1, 30, 300):
        for each in range(n):
            new_plan(title=f"规划{each}")
        with CaptureQueriesContext(connection) as asked:
            shown(planner, "list")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


# -- overlays on pages -------------------------------------------------------------


def test_an_overlay_stays_as_it_is_from_the_moment_a_run_is_asked_for(
    plan, overlay, user, signed_in
):
    from dingdian.web.plans import making

    planner, drop = signed_in(Role.PLANNER), reverse("plans:overlay_drop", args=[overlay.pk])
    making.ask_for(plan, user(Role.PLANNER), {"overlay": overlay.pk})
    assert planner.post(drop, {"at": "0"}).status_code == 404
    overlay.refresh_from_db()
    assert len(overlay.changes) == 1


def test_nothing_about_persons_is_offered_as_a_change():
    from dingdian.core.census.overlay import changeable
    from dingdian.core.census.personal import PERSONAL

    assert changeable("agreements")
    assert not [(t, c) for t, c in PERSONAL if c in changeable(t)]
    assert changeable("records") == ()


def test_a_number_is_assumed_step_by_step_and_taken_out_again(plan, overlay, signed_in):
    change = overlay.changes[0]
    planner = signed_in(Role.PLANNER)
    answer = planner.post(reverse("plans:overlay_new", args=[plan.pk]), {"name": "少一成"})
    overlay = Overlay.objects.get(name="少一成")
    assert answer.url == reverse("plans:overlay", args=[overlay.pk])
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
    for wrong in ("很多", "-5"):
        refused = planner.post(add, said | {"new": wrong, "row": "0"})
        assert refused.status_code == 422
        assert f'value="{wrong}"' in refused.content.decode()
    overlay.refresh_from_db()
    assert [c["new"] for c in overlay.changes] == ["999"]
    assert planner.post(add, said | {"column": "year", "new": "1"}).status_code == 404
    planner.post(reverse("plans:overlay_drop", args=[overlay.pk]), {"at": "0"})
    overlay.refresh_from_db()
    assert overlay.changes == []
    acts = [n.act for n in bureau.journal().notes(plan.subject)]
    assert acts == ["plan.overlay", "plan.overlay_add", "plan.overlay_add", "plan.overlay_drop"]


def test_numbers_of_a_row_are_assumed_together_or_none(plan, overlay, signed_in):
    change, planner = overlay.changes[0], signed_in(Role.PLANNER)
    overlay.changes = []
    overlay.save()
    add = reverse("plans:overlay_add", args=[overlay.pk])
    said = {"table": "populations", "key": change["row"], "column": ["resident", "aged_65"]}
    planner.post(add, said | {"new": ["12345", "-5"]})
    overlay.refresh_from_db()
    assert overlay.changes == []
    planner.post(add, said | {"new": ["12345", "999"]})
    overlay.refresh_from_db()
    assert [(c["column"], c["new"]) for c in overlay.changes] == [
        ("resident", "12345"),
        ("aged_65", "999"),
    ]
    planner.post(add, said | {"new": [change["old"], "999"]})
    overlay.refresh_from_db()
    assert [c["column"] for c in overlay.changes] == ["aged_65"]


def test_changes_that_a_version_was_made_with_stay_as_they_are(version, overlay, signed_in):
    version.overlay = overlay
    version.save()
    drop = reverse("plans:overlay_drop", args=[overlay.pk])
    assert signed_in(Role.PLANNER).post(drop, {"at": "0"}).status_code == 404


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SUPERVISOR, Role.AUDIT_ADMIN])
def test_who_has_nothing_to_do_with_plans_sees_none(signed_in, role):
    assert signed_in(role).get(reverse("plans:list")).status_code == 403


def test_who_only_looks_runs_nothing(plan, signed_in):
    for role, answer in ((Role.COUNTY, 404), (Role.LEADER, 200), (Role.LEGAL, 200)):
        client = signed_in(role)
        assert client.get(reverse("plans:plan", args=[plan.pk])).status_code == answer
        assert client.post(reverse("plans:run", args=[plan.pk]), {}).status_code == 403
    assert not Job.objects.filter(kind="plan").exists()
