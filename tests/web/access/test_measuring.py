"""Access on screen: asked for, measured by a worker, shown by district, added as advice."""

import json
from dataclasses import replace

import pytest

from dingdian.web import bureau
from dingdian.web.access.models import Measured
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role

pytestmark = pytest.mark.clause("DX-18")


@pytest.fixture(autouse=True)
def _folders(tmp_path, settings):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")
    (tmp_path / "data" / "uploads").mkdir(parents=True)


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)


def ask(client, plan, **other):
    said = {"plan": plan.pk, "stock": "outpatient_pooling_institutions", **other}
    return client.post("/access/", said)


def test_it_is_measured_by_a_worker_and_shown_by_district(planner, signed_in, plan, work):
    assert "还没有测算过" in planner.get("/access/").content.decode()
    assert ask(planner, plan)["Location"] == "/access/"
    assert "progress" in planner.get("/access/").content.decode()
    work()
    made = Measured.objects.get()
    told = json.loads(made.held("access.json").read_bytes())
    assert (told["catchment"]["measured"], told["year"]) == ("straight", 2026)
    page = planner.get(f"/access/{made.pk}").content.decode()
    for said in ("2SFCA", "E2SFCA", "3SFCA", "BFCA", "呼玛县", "没有读入路网"):
        assert said in page
    english = signed_in(Role.PLANNER, "en").get(f"/access/{made.pk}").content.decode()
    assert "with none within reach" in english
    for name, kind in (("access.xlsx", "sheet"), ("access.geojson", "geo+json")):
        answer = planner.get(f"/access/{made.pk}/files/{name}")
        assert kind in answer["Content-Type"]
        assert b"".join(answer.streaming_content) == made.held(name).read_bytes()
    opened = planner.get(f"/access/{made.pk}/files/map.html")
    assert "sandbox" in opened["Content-Security-Policy"]
    b"".join(opened.streaming_content)
    assert planner.get(f"/access/{made.pk}/files/census").status_code == 404
    for _ in range(2):
        planner.post(f"/access/{made.pk}/advise")
    assert plan.advice.get().about == "access"
    acts = [each.act for each in bureau.journal().notes(made.subject)]
    assert acts == ["access.measure", "access.file", "access.file"]
    (Measured.root() / made.folder / "access.json").write_text("{}", "utf-8")
    assert planner.get(f"/access/{made.pk}").status_code >= 400


def test_what_cannot_be_measured_says_why_and_leaves_nothing(planner, plan, work):
    """No way is streets where none are in force: the choice is not offered, and not taken."""
    assert ask(planner, plan, stock="no such").status_code == 422
    ask(planner, plan, by="walking")
    assert Job.objects.get(kind="access").given["streets"] is None
    taken = running.take("test")
    running.cancel(taken.job)
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("handlers")
    running.run(taken)
    taken.job.refresh_from_db()
    assert taken.job.state == "cancelled"
    assert not Measured.objects.exists()
    (Measured.root() / "j99-1").mkdir(parents=True)
    (Measured.root() / "another").mkdir()
    Measured.sweep()
    assert [each.name for each in Measured.root().iterdir()] == ["another"]
