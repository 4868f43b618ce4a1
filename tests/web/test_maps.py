"""The map and its questions, without a browser."""

import gzip
import json

import pytest

from dingdian.web.maps import desks
from dingdian.web.maps.models import KeptAnswer
from dingdian.web.rights import Role

DISTRICT, ELSEWHERE = "232761", "232762"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return desks.site_desk().desk


@pytest.fixture
def somewhere(desk):
    """A point with an institution of a district: longitude, latitude, and its code."""

    def of(district):
        census = desk.census
        at = census.positions("institutions")
        regions = census.column("institutions", "region").cells()
        codes = census.column("institutions", "code").cells()
        row = next(
            row
            for row in range(len(regions))
            if at.known[row] and census.tree.county_of(regions[row]) == district
        )
        return float(at.lon[row]), float(at.lat[row]), codes[row]

    return of


def question(point, **more):
    lon, lat, _ = point
    return {
        "x": f"{lon:.6f}",
        "y": f"{lat:.6f}",
        "crs": "CGCS2000",
        "kind": "retail_pharmacy",
        "services": ["outpatient_pooling"],
        **more,
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_the_map(signed_in, language):
    answer = signed_in(Role.PLANNER, language).get("/map/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'id="map-words"' in text
    assert ("示意图" in text) == (language == "zh-hans")
    assert " style=" not in text


def test_the_points_are_sent_once(signed_in):
    client = signed_in(Role.CLERK)
    answer = client.get("/map/points", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    found = json.loads(gzip.decompress(answer.content))
    assert found["institutions"]["n"] > 300
    again = client.get("/map/points", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/map/points", headers={"if-none-match": '"other"'})
    assert json.loads(other.content) == found


def test_the_points_are_the_same_for_every_district(signed_in):
    everywhere = signed_in(Role.PLANNER).get("/map/points")
    assert signed_in(Role.CLERK).get("/map/points").content == everywhere.content


def test_only_designated_and_suspended_institutions_are_drawn(signed_in):
    found = json.loads(signed_in(Role.PLANNER).get("/map/points").content)
    standings = set(found["institutions"]["standing"]["ids"])
    assert standings <= {"guidance", "trial", "in_force", "suspended"}


def test_the_scripts_are_kept_by_what_they_hold(signed_in):
    from dingdian.web.maps.sheets import script

    client = signed_in(Role.PLANNER)
    answer = client.get(f"/map/script-{script().tag}.js")
    assert "immutable" in answer["Cache-Control"]
    assert "function makeSheet" in answer.content.decode()
    assert "immutable" not in client.get("/map/script-old.js")["Cache-Control"]


@pytest.mark.parametrize("role", [Role.LEGAL, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
@pytest.mark.parametrize("path", ["", "points", "localities", "check", "kept", "script-a.js"])
def test_it_is_for_whom_may_ask(signed_in, role, path):
    assert signed_in(role).get(f"/map/{path}").status_code == 403


def test_nobody_asks_unseen(client):
    assert client.get("/map/points").status_code == 302


# -- questions ------------------------------------------------------------------------


def test_a_place_without_a_rule_is_answered_so(signed_in, somewhere):
    answer = signed_in(Role.PLANNER).get("/map/check", question(somewhere(DISTRICT)))
    assert answer.status_code == 200
    assert "不受限制" in answer.content.decode()


def test_the_answer_is_a_part_of_the_map(signed_in, somewhere):
    asked = question(somewhere(DISTRICT))
    answer = signed_in(Role.PLANNER).get("/map/check", asked, headers={"hx-request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert 'id="answer-shapes"' in text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"x": "abc"}, "十进制"),
        ({"x": "nan"}, ""),
        ({"x": "1e400"}, ""),
        ({"x": "0", "y": "0"}, "零"),
        ({"crs": "火星"}, "坐标系"),
        ({"x": "116.4", "y": "39.9"}, "边界"),
        ({"services": []}, "服务"),
        ({"services": ["牙科"]}, "服务"),
        ({"kind": "shop"}, "shop"),
        ({"institution": "H000"}, "H000"),
        ({"error_m": "-1"}, ""),
    ],
)
def test_what_is_wrong_with_a_question_is_told(signed_in, somewhere, changed, told):
    asked = question(somewhere(DISTRICT), **changed)
    answer = signed_in(Role.PLANNER).get("/map/check", asked)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_by_its_code_one_asks_only_about_an_institution_of_ones_districts(signed_in, somewhere):

    own, other = somewhere(DISTRICT), somewhere(ELSEWHERE)
    clerk = signed_in(Role.CLERK)
    assert clerk.get("/map/check", question(own, institution=own[2])).status_code == 200
    assert clerk.get("/map/check", question(other, institution=other[2])).status_code == 422
    planner = signed_in(Role.PLANNER)
    assert planner.get("/map/check", question(other, institution=other[2])).status_code == 200


# -- kept answers ---------------------------------------------------------------------


def test_an_answer_is_recorded_only_where_it_is_kept(signed_in, somewhere):
    from dingdian.web import bureau

    client = signed_in(Role.CLERK)
    asked = question(somewhere(DISTRICT))
    client.get("/map/check", asked)
    assert not KeptAnswer.objects.exists()
    answer = client.post("/map/keep", {**asked, "remark": "窗口咨询"})
    kept = KeptAnswer.objects.get()
    assert answer.url == f"/map/kept/{kept.pk}"
    assert (kept.district, kept.by, kept.remark) == (DISTRICT, "clerk", "窗口咨询")
    (note,) = bureau.journal().notes(f"site:{kept.pk}")
    assert (note.act, note.region, note.facts["verdict"]) == ("site.keep", DISTRICT, kept.verdict)
    assert kept.number in client.get(answer.url).content.decode()
    assert kept.number in client.get("/map/kept").content.decode()


def test_a_kept_answer_of_another_district_is_not_there(signed_in, somewhere):

    signed_in(Role.PLANNER).post("/map/keep", question(somewhere(ELSEWHERE)))
    kept = KeptAnswer.objects.get()
    clerk = signed_in(Role.CLERK)
    assert clerk.get(f"/map/kept/{kept.pk}").status_code == 404
    assert kept.number not in clerk.get("/map/kept").content.decode()
    assert signed_in(Role.LEADER).get(f"/map/kept/{kept.pk}").status_code == 200


def test_kept_answers_are_listed_with_as_many_queries_as_rows_do_not_matter(
    signed_in, somewhere, django_assert_max_num_queries
):
    client = signed_in(Role.PLANNER)
    client.post("/map/keep", question(somewhere(DISTRICT)))
    first = KeptAnswer.objects.get()
    for _ in range(40):
        first.pk = None
        first.save(force_insert=True)
    with django_assert_max_num_queries(12):
        client.get("/map/kept")


# -- with a rule of spacing -----------------------------------------------------------


@pytest.fixture
def bound(monkeypatch):
    """A desk of a made-up city under the rule of 800 metres."""
    from dingdian.web import clock
    from dingdian.web.maps.sheets import Sheet
    from tests.actions.test_check_site import desk
    from tests.spots import institution, north

    here = desk(
        institution("P1", north(500), name="阻挡<b>药店</b>"),
        institution("P2", north(2000), name="远处药店"),
    )
    made = desks.Made(desks.wanted(), here, clock.now(), Sheet(here))
    monkeypatch.setattr(desks.KEEPER, "_held", made)


@pytest.mark.clause("SY-09")
@pytest.mark.parametrize(("language", "verdict"), [("zh-hans", "不符合"), ("en", "broken")])
def test_who_stands_in_the_way(signed_in, bound, language, verdict):
    from tests.actions.test_check_site import ask

    asked = ask()
    answer = signed_in(Role.PLANNER, language).get(
        "/map/check",
        {
            "x": asked.x,
            "y": asked.y,
            "crs": asked.crs,
            "kind": "clinic",
            "services": ["outpatient_pooling"],
            "error_m": "0",
            "reach": "2000",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert verdict in text
    assert "500.000" in text
    assert "阻挡&lt;b&gt;药店" in text
    assert "<b>药店" not in text
    assert "SY-09" in text
    assert "远处药店" not in text


@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09"])
def test_the_same_numbers_in_another_system_are_another_place(bound, user, crs):
    from dingdian.web.maps import asking
    from tests.actions.test_check_site import ask
    from tests.spots import LAT, LON, apart, north

    _, told = asking.ask(user(Role.PLANNER), ask(crs="CGCS2000"), None)
    _, other = asking.ask(user(Role.PLANNER), ask(crs=crs), None)
    assert (told.site.lon, told.site.lat) == (LON, LAT)
    there = (other.site.lon, other.site.lat)
    assert apart((LON, LAT), there) > 300_000
    assert (other.verdict == "broken") == (apart(there, north(500)) <= 800_000)
