"""What the county branches ask for: written by them, answered by the planner."""

import pytest
from django.urls import reverse

from dingdian.web import bureau, clock
from dingdian.web.plans.models import Call, Submission
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

YEAR = 2026


def shown(client, name, *args, **query):
    response = client.get(reverse(f"plans:{name}", args=args), query)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


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
    acts = [n.act for n in bureau.journal().notes(second.subject)]
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


@pytest.mark.usefixtures("version")
def test_a_district_sees_its_numbers_of_the_last_version(signed_in):
    page = shown(signed_in(Role.COUNTY), "submissions", year=YEAR)
    assert "本区县现有数" in page
    assert "/figures/" in page
