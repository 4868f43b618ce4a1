"""Pages of the public site: lists, pre-check, comments and their limits; nothing of the bureau."""

import dataclasses
import datetime as dt
import json
import os
import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.test import Client, override_settings

from dingdian.web import clock
from dingdian.web.public import gathering, installing, limits, making
from dingdian.web.public.models import (
    Comment,
    Installed,
    Knock,
    PublicConsultation,
    PublicInstitution,
    PublicLocality,
)
from dingdian.web.public.published import Answered, Consultation, IssuedPlan, Paper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("dingdian.web.public.urls")]

DAY = dt.timedelta(1)


@pytest.fixture(scope="module")
def parts(django_db_setup, django_db_blocker):
    """The parts of an edition of today, gathered once."""
    with django_db_blocker.unblock():
        today = clock.today()
        pdf = Paper("征求意见稿", "征求意见稿.pdf", b"%PDF-1.4", title_en="Draft")
        page = Paper("网页", "规划.html", b"<script>alert(1)</script>", title_en="Page")
        answer = Answered(str(uuid.UUID(int=7)), "expert", "partly", "<b>谢谢</b>")
        found = {
            "plans": (
                IssuedPlan("p-1", "规划", 2026, today, "f" * 64, papers=(pdf, page)),
                IssuedPlan("p-2", "旧规划", 2021, today - 900 * DAY, "e" * 64, stage="superseded"),
            ),
            "consultations": (
                Consultation("open", "正在征求", today - DAY, today, papers=(pdf,)),
                Consultation("over", "已经结束", today - 9 * DAY, today - DAY, answers=(answer,)),
                Consultation("soon", "即将开始", today + DAY, today + 9 * DAY),
            ),
        }
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gathering, "issued_plans", lambda: found["plans"])
            patch.setattr(gathering, "consultations", lambda day: found["consultations"])
            return making.gathered(today)[0]


@pytest.fixture(scope="module")
def unpacked(parts, tmp_path_factory):
    """The files of the edition in the folder of a site, and the rows that they become."""
    data = tmp_path_factory.mktemp("site")
    folder = data / "exchange" / "editions" / "000001"
    for name, content in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    about = json.loads(parts["about.json"])
    census = installing._census(folder, about)
    rows = [
        list(installing._regions(census)),
        list(installing._institutions(json.loads(parts["institutions.json"]))),
        list(installing._localities(census)),
        list(installing._plans(json.loads(parts["plans.json"]))),
        list(installing._consultations(json.loads(parts["consultations.json"]))),
    ]
    return data, about, rows


@pytest.fixture
def site(db, unpacked):
    """The edition as it is shown."""
    data, about, rows = unpacked
    for each in rows:
        type(each[0]).objects.bulk_create(each)
    made = Installed.objects.create(
        number=1,
        sha256="a" * 64,
        made_at=clock.now(),
        day=clock.today(),
        installed_at=clock.now(),
        folder="000001",
        about=about,
    )
    config = dataclasses.replace(settings.CONFIG, kind="public", data=data)
    with override_settings(CONFIG=config, IS_BUREAU=False):
        yield made


@pytest.fixture
def visitor(site):
    return Client(enforce_csrf_checks=False)


def text(response):
    return response.content.decode()


ADDRESSES = (
    "/", "/institutions/", "/map", "/check", "/plans/", "/plans/p-1", "/consultations/",
    "/consultations/open", "/consultations/over", "/consultations/soon", "/contact",
    "/notices/", "/receipt", "/complain",
    "/survey", "/survey/thanks",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_anybody_in_both_languages(visitor, address, language):
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = visitor.get(address)
    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert ' style="' not in text(response)
    assert " onclick=" not in text(response)
    assert "第1期" in text(response) if language == "zh-hans" else "Edition no. 1" in text(response)


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.endswith("/") or a in ("/map", "/check")]
)
def test_before_the_first_edition_pages_say_so(db, address):
    response = Client().get(address)
    assert response.status_code == 200
    assert text(response).count("尚未发布数据") == 1


@pytest.mark.parametrize("address", ["/nothing", "/institutions/x", "/plans/x", "/consultations/x"])
def test_what_is_not_there_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


# -- institutions ---------------------------------------------------------------------


def test_who_is_suspended_is_counted_apart(visitor):
    PublicInstitution.objects.update(standing="in_force")
    one, two = PublicInstitution.objects.order_by("code")[:2]
    PublicInstitution.objects.filter(code__in=(one.code, two.code)).update(standing="suspended")
    page = text(visitor.get("/"))
    assert f"{PublicInstitution.objects.count() - 2:,}" in page
    assert "另有2家中止" in page


def test_institutions_are_filtered(visitor):
    one = PublicInstitution.objects.filter(services__contains=" outpatient_chronic ").first()
    query = {"q": one.name, "district": one.district, "kind": one.kind}
    page = visitor.get("/institutions/", query | {"service": "outpatient_chronic"})
    assert one.code in text(page)
    assert [each.code for each in page.context["page"]] == [
        each.code
        for each in PublicInstitution.objects.filter(
            name__contains=one.name, district=one.district, kind=one.kind,
            services__contains=" outpatient_chronic ",
        )
    ]  # fmt: skip
    assert not visitor.get("/institutions/", {"kind": "no such kind"}).context["page"].object_list


@pytest.mark.parametrize("rows", [1, 30, 300])
def test_a_list_takes_as_many_queries_whatever_its_length(visitor, django_assert_num_queries, rows):
    kept = list(PublicInstitution.objects.values_list("code", flat=True)[:rows])
    PublicInstitution.objects.exclude(code__in=kept).delete()
    with django_assert_num_queries(4):
        page = visitor.get("/institutions/")
    assert page.context["page"].paginator.count == len(kept)


def test_a_name_that_is_a_script_stays_text(visitor):
    PublicInstitution.objects.create(
        code="X1", name="<script>alert(1)</script>", kind="clinic", standing="in_force"
    )
    for address in ("/institutions/?q=script", "/institutions/X1"):
        assert "<script>alert" not in text(visitor.get(address))


def test_the_map_is_sent_once(visitor, parts):
    first = visitor.get("/map.json")
    assert b"".join(first.streaming_content) == parts["map.json"]
    again = visitor.get("/map.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


# -- plans ----------------------------------------------------------------------------


def test_papers_are_read_and_saved(visitor):
    pdf, page = visitor.get("/plans/p-1/1"), visitor.get("/plans/p-1/2")
    assert b"".join(pdf.streaming_content) == b"%PDF-1.4"
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("inline")
    assert page["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(page.streaming_content).startswith(b"<script>")
    assert visitor.get("/plans/p-1/3").status_code == 404
    assert visitor.get("/plans/p-1/0").status_code == 404
    assert "已被替代" in text(visitor.get("/plans/p-2"))
    assert "f" * 64 in text(visitor.get("/plans/p-1"))


# -- pre-check --------------------------------------------------------------------------


def asked(**more):
    place = PublicLocality.objects.first()
    return {
        "kind": "retail_pharmacy",
        "services": ["personal_account"],
        "locality": place.code,
    } | more


def test_a_locality_is_asked_about(visitor):
    page = text(visitor.get("/check", asked()))
    assert "不是行政决定" in page
    assert PublicLocality.objects.first().name in page
    assert "第1期" in page


def test_coordinates_are_asked_about_in_their_system(visitor):
    place = PublicLocality.objects.first()
    given = asked(locality="", x=str(place.lon), y=str(place.lat), crs="gcj02")
    page = visitor.get("/check", given)
    assert page.status_code == 200
    assert page.context["drawn"]["site"]["lon"] != place.lon  # converted


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"locality": ""}, "请说明地点"),
        ({"locality": "no such"}, "请重新选择"),
        ({"services": []}, "class=\"error\""),
        ({"locality": "", "x": "1", "y": "2"}, "不在中国境内"),
        ({"locality": "", "x": "abc", "y": "2"}, "不是十进制"),
        ({"locality": "", "x": "116.4", "y": "39.9"}, "不在本地任何区县"),
        ({"institution": "no such"}, "没有代码为"),
        ({"kind": "<script>"}, "class=\"error\""),
    ],
)  # fmt: skip
def test_a_question_that_is_none_is_told_what_it_lacks(visitor, changed, told):
    response = visitor.get("/check", asked(**changed))
    assert response.status_code == 422
    assert told in text(response)
    assert "<script>" not in text(response).replace("<script src", "")


def test_places_of_a_district_are_a_part_of_the_page(visitor):
    place = PublicLocality.objects.first()
    found = text(visitor.get("/check/localities", {"district": place.district}))
    assert place.code in found
    assert "<html" not in found


def test_questions_are_limited_on_both_sides_of_the_limit(visitor, monkeypatch):
    monkeypatch.setattr(limits, "CHECKS", limits.Limit("check", 60, of_session=9, of_address=3))
    monkeypatch.setattr("dingdian.web.clock.now", lambda: dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    assert [visitor.get("/check", asked()).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert visitor.get("/check").status_code == 200  # only to read is never limited
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.get("/check", asked()).status_code == 200
    later = dt.datetime(2026, 11, 20, 0, 1, tzinfo=dt.UTC)
    monkeypatch.setattr("dingdian.web.clock.now", lambda: later)
    assert visitor.get("/check", asked()).status_code == 200


# -- comments ---------------------------------------------------------------------------


def comment(**more):
    given = {"kind": "insured", "text": "希望村里也有药店。", "once": str(uuid.uuid4())}
    return given | more


@pytest.mark.clause("DX-16")
def test_a_comment_is_kept_and_its_author_told_the_number(visitor):
    response = visitor.post("/consultations/open", comment(contact="138"), follow=True)
    kept = Comment.objects.get()
    assert (kept.consultation, kept.kind, kept.contact) == ("open", "insured", "138")
    assert kept.number in text(response)
    thanks = response.redirect_chain[-1][0]
    assert Client().get(thanks).status_code == 404  # nobody else's


def test_sending_the_same_form_twice_keeps_it_once(visitor):
    given = comment()
    one, other = (visitor.post("/consultations/open", given) for _ in range(2))
    assert one["Location"] == other["Location"]
    assert Comment.objects.count() == 1


def test_an_id_of_somebody_else_is_not_taken(visitor):
    """Whoever sends another text under a known id is asked to send once more, with a fresh one."""
    given = comment()
    visitor.post("/consultations/open", given)
    response = Client().post("/consultations/open", given | {"text": "另一条意见。"})
    assert response.status_code == 409
    assert given["once"] not in text(response)
    assert Comment.objects.get().text == given["text"]


@pytest.mark.parametrize(
    ("changed", "good"),
    [
        ({"text": "四个字呢"}, False),
        ({"text": "正好五个字"}, True),
        ({"text": "字" * 2000}, True),
        ({"text": "字" * 2001}, False),
        ({"kind": "minister"}, False),
        ({"kind": "other"}, True),
        ({"name": "名" * 61}, False),
        ({"contact": "1" * 101}, False),
        ({"website": "http://spam"}, False),
        ({"once": "1"}, False),
    ],
)
def test_the_limits_of_a_comment(visitor, changed, good):
    response = visitor.post("/consultations/open", comment(**changed))
    assert response.status_code == (302 if good else 422)
    assert Comment.objects.count() == good


@pytest.mark.parametrize("which", ["over", "soon"])
def test_outside_its_window_a_consultation_takes_no_comment(visitor, which):
    response = visitor.post(f"/consultations/{which}", comment())
    assert response.status_code == 409
    assert not Comment.objects.exists()
    assert "<textarea" not in text(visitor.get(f"/consultations/{which}"))


def test_the_window_ends_with_its_last_day(visitor, monkeypatch):
    last = PublicConsultation.objects.get(public_id="open").closes
    monkeypatch.setattr("dingdian.web.clock.today", lambda: last)
    assert visitor.post("/consultations/open", comment()).status_code == 302
    monkeypatch.setattr("dingdian.web.clock.today", lambda: last + DAY)
    assert visitor.post("/consultations/open", comment()).status_code == 409


def test_comments_are_limited_for_a_session_and_for_an_address(visitor, monkeypatch):
    limit = limits.Limit("comment", 3600, of_session=2, of_address=4)
    monkeypatch.setattr(limits, "COMMENTS", limit)
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    monkeypatch.setattr("dingdian.web.clock.now", lambda: now)

    inside = PublicConsultation.objects.get(public_id="open").opens
    monkeypatch.setattr("dingdian.web.clock.today", lambda: inside)

    def send(client):
        return client.post("/consultations/open", comment()).status_code

    assert [send(visitor) for _ in range(3)] == [302, 302, 429]
    assert [send(Client()) for _ in range(2)] == [302, 429]  # the fifth of this address
    assert send(Client(REMOTE_ADDR="10.0.0.9")) == 302
    assert Comment.objects.count() == 4
    monkeypatch.setattr("dingdian.web.clock.now", lambda: now + dt.timedelta(hours=1))
    assert send(visitor) == 302
    monkeypatch.setattr("dingdian.web.clock.now", lambda: now + dt.timedelta(days=3))
    send(visitor)
    assert Knock.objects.count() == 2  # what was counted days ago is forgotten


def test_a_proxy_is_believed_only_where_it_is_named(visitor, rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "9.9.9.9, 8.8.8.8"})
    assert limits.address_of(request) == "10.0.0.1"
    settings.CONFIG = dataclasses.replace(settings.CONFIG, proxies=("10.0.0.1",))
    assert limits.address_of(request) == "8.8.8.8"


def test_no_address_of_a_visitor_is_kept(visitor):
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post("/consultations/open", comment())
    assert "203.0.113.77" not in str(list(Knock.objects.values()))


def test_a_comment_from_elsewhere_is_refused(site):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/consultations/open", comment()).status_code == 403
    assert not Comment.objects.exists()


def test_answers_are_told_by_number_and_as_text(visitor):
    page = text(visitor.get("/consultations/over"))
    assert "0000-0000" in page
    assert "部分采纳" in page
    assert "&lt;b&gt;谢谢" in page


# -- a deployment of its own --------------------------------------------------------------


def test_the_public_deployment_has_nothing_of_the_bureau(tmp_path):
    """Set up from its own configuration, in its own process: addresses, apps, tables, cookies."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DINGDIAN_CONFIG", "DJANGO"))
    }
    config = tmp_path / "dingdian.toml"
    office = [sys.executable, "-m", "dingdian", "office"]
    words = ["init", "--public", "--policy", "daxinganling", "--config", str(config)]
    subprocess.run([*office, *words], env=environment, check=True, capture_output=True)
    assert (tmp_path / "dingdian-data/exchange/own-key.pem").stat().st_mode & 0o777 == 0o600
    code = """
import json
from dingdian.web.setting_up import start_django
start_django()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver
bureau = ["/account/sign-in", "/exchange/", "/institutions/export", "/imports/", "/jobs/",
          "/journal/", "/api/", "/procedure/", "/policy/", "/account/users"]
host = {"HTTP_HOST": "127.0.0.1"}
print(json.dumps({
    "status": {path: Client().get(path, **host).status_code for path in bureau},
    "home": Client().get("/", **host).status_code,
    "missing": Client().get("/nothing", **host).content.decode(),
    "apps": settings.INSTALLED_APPS,
    "tables": connection.introspection.table_names(),
    "health": Client().get("/health", **host).json()["status"],
}))
"""
    named = environment | {"DINGDIAN_CONFIG": str(config)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=named, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert set(found["status"].values()) == {404}
    assert (found["home"], found["health"]) == (200, "ok")
    assert "选址预查" in found["missing"]  # the page of an error is the site's own
    assert not [
        a for a in found["apps"] if a.startswith("dingdian.web.") and a != "dingdian.web.public"
    ]
    assert not [t for t in found["tables"] if t.startswith(("ledger_", "accounts_", "plans_"))]
