"""The street network on screen: handed in, read, in force, replaced; and plans along it."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.actions.check_site import SiteQuestion, check_site
from dingdian.core.circles import Points
from dingdian.core.errors import RequestError
from dingdian.core.streets import By, Lines, Streets
from dingdian.core.streets import Network as Passable
from dingdian.storage.census_files import read_census
from dingdian.web import bureau
from dingdian.web.access.models import Measured
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.maps import asking, desks, drawing
from dingdian.web.maps.models import KeptAnswer
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import census_copy
from dingdian.web.rights import Role
from dingdian.web.streets.models import Network, State
from tests.choosing import city, home, institution, point

RUN = {"as_of": "2026-01-01", "day": "2026-01-01", "lang": "zh", "submissions": "on"}


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")
    (tmp_path / "data" / "plans").mkdir(parents=True)


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)


def net(*lines):
    """Streets as a bureau hands them in."""
    features = [
        {
            "type": "Feature",
            "properties": {"highway": "residential"},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for line in lines
    ]
    return json.dumps({"type": "FeatureCollection", "crs_name": "CGCS2000", "features": features})


@pytest.fixture(scope="session")
def everywhere(sample_ledger):
    """A street past everybody, and an island that nobody is near."""
    census = read_census(sample_ledger / "census.xlsx").census
    found = [census.positions(table) for table in ("institutions", "localities")]
    spots = sorted(
        {
            (round(lon, 4), round(lat, 4))
            for each in found
            for lon, lat in zip(each.lon[each.known], each.lat[each.known], strict=True)
        }
    )
    return net([list(map(float, each)) for each in spots], [[100.0, 30.0], [100.001, 30.0]])


def hand_in(client, content, name="路网.geojson"):
    content = content.encode() if isinstance(content, str) else content
    return client.post("/streets/", {"file": SimpleUploadedFile(name, content)})


def page(client, address="/streets/"):
    return client.get(address).content.decode()


TINY = net([[124.1, 50.4], [124.2, 50.4]])


def test_a_file_is_read_by_a_worker_and_one_is_in_force(planner, work):
    assert "都按直线" in page(planner)
    answer = hand_in(planner, TINY)
    first = Network.objects.get()
    assert answer["Location"] == f"/streets/{first.pk}"
    assert first.state == State.UPLOADED
    assert "progress" in page(planner, answer["Location"])
    work()
    first.refresh_from_db()
    assert (first.state, len(first.graph)) == (State.IN_FORCE, 64)
    assert first.told.localities.off > 0
    for said in ("没有人行道", "500米以上", first.graph):
        assert said in page(planner)
    hand_in(planner, net([[124.1, 50.4], [124.3, 50.4]]), "新.json")
    work()
    first.refresh_from_db()
    second = Network.objects.first()
    assert (first.state, first.ended_by, second.state) == ("replaced", "planner", "in_force")
    assert first.path.is_file()
    planner.post(f"/streets/{second.pk}/remove")
    assert planner.post(f"/streets/{second.pk}/remove").status_code >= 400
    assert not Network.objects.filter(state=State.IN_FORCE).exists()
    acts = [each.act for each in bureau.journal().notes(second.subject)]
    assert acts == ["streets.upload", "streets.set", "streets.remove"]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 an archive", b"not streets", b"\0" * 100, b"%PDF-1.7"],
    ids=["zip", "text", "zeros", "pdf"],
)
def test_what_is_no_street_file_is_not_kept(planner, content):
    answer = hand_in(planner, content, "a.osm.pbf")
    assert answer.status_code == 422
    assert "不是路网文件" in answer.content.decode()
    assert not Network.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"SQLite format 3\0 and no more", "a.gpkg", "unreadable_file"),
        (b"\0\0\0\r\n\tOSMHeader\x18\x7f", "a.osm.pbf", "unreadable_file"),
        (b'{"type": "FeatureCollection", "features": []}', "a.geojson", "streets_none"),
    ],
)
def test_a_file_that_cannot_be_read_never_takes_the_place_of_one(
    planner, work, content, name, fault
):
    hand_in(planner, TINY)
    work()
    hand_in(planner, content, name)
    work()
    bad = Network.objects.first()
    job = Job.objects.get(about=bad.subject)
    assert (job.state, [each[0] for each in job.faults]) == ("failed", [fault])
    assert Network.objects.get(state=State.IN_FORCE) != bad
    assert page(planner, f"/streets/{bad.pk}").count("fault") > 0


def test_reading_that_is_cancelled_leaves_what_was_in_force(planner, work, monkeypatch):
    monkeypatch.setattr("dingdian.storage.streets_read.TOLD_EVERY", 1)
    work()
    hand_in(planner, TINY)
    taken = running.take("test")
    running.cancel(taken.job)
    running.run(taken)
    taken.job.refresh_from_db()
    assert taken.job.state == "cancelled"
    assert Network.objects.get().state == State.UPLOADED


def test_a_plan_is_run_along_the_network_and_its_numbers_are_told(planner, work, plan, everywhere):
    assert 'name="by"' not in page(planner, f"/plans/{plan.pk}/run")
    hand_in(planner, everywhere)
    work()
    network = Network.objects.get()
    form = page(planner, f"/plans/{plan.pk}/run")
    assert 'name="by"' in form
    assert network.graph[:12] in form
    planner.post(f"/plans/{plan.pk}/run", RUN | {"by": "walking"})
    access = {"plan": plan.pk, "stock": "pharmacies", "by": "driving"}
    planner.post("/access/", access)
    planner.post(f"/streets/{network.pk}/remove")  # what was asked with stays
    work()
    told = json.loads(Measured.objects.get().held("access.json").read_bytes())
    assert told["catchment"]["measured"] == "driving"
    assert told["streets"]["fingerprint"] == network.graph
    assert "沿路网驾车" in page(planner, "/access/")
    version = Version.objects.get()
    assert version.asked["streets"] == {
        "network": network.pk,
        "graph": network.graph,
        "by": "walking",
    }
    record = version.record()
    assert (record.streets.file, record.streets.fingerprint) == ("路网.geojson", network.graph)
    assert "streets/路网.geojson" in version.manifest
    assert "沿路网（路网.geojson" in page(planner, f"/plans/versions/{version.pk}")
    assert census_copy(version).network is not None
    key = next(each for each in record.figures if each.startswith("unserved_persons"))
    address = f"/plans/versions/{version.pk}/figures/{key}"
    assert planner.get(address).status_code == 200


def test_ways_to_those_near_stand_beside_the_answer_about_a_site(planner, work, everywhere):
    census = desks.site_desk().desk.census
    at = census.positions("institutions")
    row = int(at.known.argmax())
    asked = {
        "x": f"{at.lon[row]:.6f}",
        "y": f"{at.lat[row]:.6f}",
        "crs": "CGCS2000",
        "kind": "retail_pharmacy",
        "services": "outpatient_pooling",
    }
    before = planner.get("/map/check", asked).content.decode()
    assert 'name="by"' not in before
    hand_in(planner, everywhere)
    work()
    straight = planner.get("/map/check", asked).content.decode()
    along = planner.get("/map/check", asked | {"by": "walking"}).content.decode()
    assert 'name="by"' in straight
    assert "步行，只供参考" not in straight
    assert "步行，只供参考" in along
    verdict = re.compile(r'class="verdict">(.*?)</p>')
    assert verdict.findall(before) == verdict.findall(along)
    planner.post("/map/keep", asked | {"by": "walking"})
    kept = KeptAnswer.objects.get()
    assert "步行" in " ".join(kept.told["zh"]["ways"])
    assert kept.answer["ways"]["streets"]["fingerprint"] == Network.objects.get().graph
    assert "Along streets" in " ".join(kept.told["en"]["ways"])


def test_a_way_without_a_network_is_refused_with_the_reason(user):
    report = None
    with pytest.raises(RequestError) as refused:
        asking.ways(report, "walking")
    assert [each.kind for each in refused.value.faults] == ["streets_none_in_force"]


def test_the_map_is_given_the_streets_that_lead_to_a_site_within_the_distance_of_a_rule():
    """Homes 100 m apart on one street; the rule of a made city asks for 300 m."""
    lon, lat = point(0, 0)
    desk, _ = city([home("a", (lon, lat), 1)], [institution("i", point(200, 0))])
    question = SiteQuestion(
        x=str(lon), y=str(lat), crs="wgs84", services=("outpatient_pooling",), kind="clinic"
    )
    report = check_site(desk, question)
    radii = {each.radius_mm for each in report.answers if each.radius_mm}
    assert radii
    assert all(
        each["properties"]["role"] != "reach" for each in drawing.shapes(report, None)["features"]
    )
    ends = np.array([point(-2000, 0), point(2000, 0)])
    yes = np.ones(1, np.bool_)
    lines = Lines(Points(*ends.T), np.array([0, 2]), yes, yes, yes)
    network = Passable.of(Streets.of(lines), By.WALKING)
    reach = [
        e for e in drawing.shapes(report, network)["features"] if e["properties"]["role"] == "reach"
    ]
    assert {each["properties"]["radius_mm"] for each in reach} == radii
    for each in reach:
        (line,) = each["geometry"]["coordinates"]
        metres = (line[1][0] - line[0][0]) * 83_000
        assert metres == pytest.approx(2 * each["properties"]["radius_mm"] / 1000, rel=0.01)
