"""The years ahead on screen: asked for with scenarios, projected by a worker, shown, handed out."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau
from dingdian.web.jobs.models import Job
from dingdian.web.projection.models import Projected
from dingdian.web.rights import Role

pytestmark = pytest.mark.clause("DX-41")

SCENARIOS = """
scenarios:
  - name: 现状延续
  - name: 退出加快
    exits: {pharmacies: {closure: 5%}}
"""


@pytest.fixture(autouse=True)
def _folders(tmp_path, settings):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")
    (tmp_path / "data" / "uploads").mkdir(parents=True)


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)


def upload(text, name="情景.yaml"):
    return SimpleUploadedFile(name, text.encode())


def ask(client, plan, **other):
    said = {"plan": plan.pk, "through": 2027, "runs": 5, "seed": 1, **other}
    return client.post("/projection/", said)


def test_it_is_projected_by_a_worker_and_shown_side_by_side(planner, signed_in, plan, work):
    assert "还没有推演过" in planner.get("/projection/").content.decode()
    assert ask(planner, plan, scenarios=upload(SCENARIOS))["Location"] == "/projection/"
    work()
    made = Projected.objects.get()
    told = json.loads(made.held("projection.json").read_bytes())
    assert (told["year"], told["through"], told["runs"]) == (2026, 2027, 5)
    assert [each["name"] for each in told["scenarios"]] == ["现状延续", "退出加快"]
    page = planner.get(f"/projection/{made.pk}").content.decode()
    for said in ("【推演】", "退出加快", "定点零售药店数", "未给年龄组", "不作任何决定"):
        assert said in page
    english = signed_in(Role.PLANNER, "en").get(f"/projection/{made.pk}").content.decode()
    assert "stock: designated pharmacies" in english
    answer = planner.get(f"/projection/{made.pk}/files/projection.xlsx")
    assert "sheet" in answer["Content-Type"]
    assert b"".join(answer.streaming_content) == made.held("projection.xlsx").read_bytes()
    assert planner.get(f"/projection/{made.pk}/files/census").status_code == 404
    acts = [each.act for each in bureau.journal().notes(made.subject)]
    assert acts == ["projection.make", "projection.file"]
    (Projected.root() / made.folder / "projection.json").write_text("{}", "utf-8")
    assert planner.get(f"/projection/{made.pk}").status_code >= 400


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"scenarios": ("scenarios:\n  - name: 甲\n    exit: {}", "a.yaml")}, "exit"),
        ({"scenarios": ("<script>", "a.yaml")}, "a.yaml"),
        ({"cohorts": ("区县代码,起始年龄,截止年龄,人数\n1,x,2,3", "a.csv")}, "不是整数"),
        ({"cohorts": ("%PDF-1.4", "a.pdf")}, "pdf"),
        ({"through": 2020}, "早于规划的年度"),
    ],
)
def test_bad_input_is_told_at_once_and_nothing_is_asked(planner, plan, given, told):
    files = {
        name: upload(*each) if isinstance(each, tuple) else each for name, each in given.items()
    }
    answer = ask(planner, plan, **files)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "<script>" not in page
    assert not Job.objects.filter(kind="projection").exists()


def test_a_year_without_rules_is_named_and_nothing_is_left(planner, plan, work):
    ask(planner, plan, through=2035)
    work()
    job = Job.objects.get(kind="projection")
    assert "projection_no_rules" in str(job.faults)
    assert not Projected.objects.exists()
    (Projected.root() / "j99-1").mkdir(parents=True)
    Projected.sweep()
    assert list(Projected.root().iterdir()) == []
