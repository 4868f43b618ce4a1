"""The interface for programs: tokens, rights and districts, and what it answers."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.test import Client

from dingdian.web import clock
from dingdian.web.accounts.models import Token
from dingdian.web.api.service import api
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _picture(work):
    """The picture of the ledger is there, and nobody asked before."""
    from dingdian.web.ledger import refreshing

    cache.clear()
    if not refreshing.is_fresh():
        refreshing.ask()
        work()


@pytest.fixture
def token(user):
    """Makes a token for the user of a role, and gives a client that shows it."""

    def made(role, through=None):
        text, digest = Token.fresh()
        last = through or clock.today() + dt.timedelta(days=30)
        Token.objects.create(user=user(role), name="test", digest=digest, through=last)
        return Client(headers={"authorization": f"Bearer {text}"})

    return made


def found(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def first_of(district):
    from dingdian.web.ledger.models import Institution

    return Institution.objects.filter(district=district).exclude(case="").order_by("code").first()


# -- who may ask ----------------------------------------------------------------------


def test_without_a_token_nothing_is_told(client):
    answer = client.get(f"{ROOT}/institutions")
    assert found(answer, 401) == {"detail": ["Unauthorized"]}


@pytest.mark.parametrize(
    "shown", ["Bearer dd_wrong", "Bearer", "Basic abc", "dd_x", "Bearer \u00e9"]
)
def test_a_wrong_token_is_refused(shown):
    assert Client(headers={"authorization": shown}).get(f"{ROOT}/plans").status_code == 401


def test_a_session_is_no_token(signed_in):
    assert signed_in(Role.PLANNER).get(f"{ROOT}/institutions").status_code == 401


def test_a_token_ends_with_its_last_day(token):
    today = clock.today()
    assert token(Role.PLANNER, today).get(f"{ROOT}/plans").status_code == 200
    yesterday = today - dt.timedelta(days=1)
    assert token(Role.PLANNER, yesterday).get(f"{ROOT}/plans").status_code == 401


def test_a_withdrawn_token_is_refused(token):
    client = token(Role.PLANNER)
    assert client.get(f"{ROOT}/plans").status_code == 200
    Token.objects.all().delete()
    assert client.get(f"{ROOT}/plans").status_code == 401


def test_a_user_who_is_shut_out_takes_the_tokens_along(token, user):
    client = token(Role.PLANNER)
    planner = user(Role.PLANNER)
    planner.is_active = False
    planner.save()
    assert client.get(f"{ROOT}/plans").status_code == 401


@pytest.mark.parametrize("role", [Role.LEADER, Role.LEGAL, Role.SYSTEM_ADMIN, Role.COUNTY])
def test_a_user_without_the_right_has_no_use_of_a_token(token, role):
    assert token(role).get(f"{ROOT}/plans").status_code == 403


def test_when_a_token_was_last_used_is_written_once_a_minute(token, django_assert_num_queries):
    client = token(Role.PLANNER)
    client.get(f"{ROOT}/plans")
    first = Token.objects.get().last_used_at
    assert first is not None
    client.get(f"{ROOT}/plans")
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - dt.timedelta(minutes=2))
    client.get(f"{ROOT}/plans")
    assert Token.objects.get().last_used_at >= first


def test_too_many_requests_of_one_token(token, monkeypatch):
    from dingdian.web.api.authentication import THROTTLE

    monkeypatch.setattr(THROTTLE, "num_requests", 3)
    client, other = token(Role.PLANNER), token(Role.CLERK)
    for _ in range(3):
        assert client.get(f"{ROOT}/plans").status_code == 200
    answer = client.get(f"{ROOT}/plans")
    assert found(answer, 429)["detail"]
    assert int(answer["Retry-After"]) > 0
    assert other.get(f"{ROOT}/plans").status_code == 200


# -- institutions ---------------------------------------------------------------------


def test_an_institution_of_another_district_is_not_there(token):
    own, other = first_of(DISTRICT), first_of(ELSEWHERE)
    clerk = token(Role.CLERK)
    assert found(clerk.get(f"{ROOT}/institutions/{own.code}"))["fixmedins_code"] == own.code
    for path in ("", "/history"):
        assert clerk.get(f"{ROOT}/institutions/{other.code}{path}").status_code == 404
        assert token(Role.PLANNER).get(f"{ROOT}/institutions/{other.code}{path}").status_code == 200


def test_a_list_is_of_the_districts_of_the_user(token):
    rows = found(token(Role.CLERK).get(f"{ROOT}/institutions?limit=500"))["items"]
    assert {each["insuplc_admdvs"] for each in rows} == {DISTRICT}
    asked = found(token(Role.CLERK).get(f"{ROOT}/institutions?district={ELSEWHERE}"))
    assert asked["items"] == []


def test_pages_follow_one_another(token):
    client, seen, after = token(Role.PLANNER), [], ""
    while after is not None:
        page = found(client.get(f"{ROOT}/institutions", {"limit": 150, "after": after}))
        seen += [each["fixmedins_code"] for each in page["items"]]
        after = page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) > 400


def test_filters(token):
    client = token(Role.PLANNER)
    asked = {"kind": "retail_pharmacy", "service": "dual_channel", "designated": "true"}
    rows = found(client.get(f"{ROOT}/institutions", {**asked, "limit": 500}))["items"]
    assert rows
    for each in rows:
        assert each["kind"] == "retail_pharmacy"
        assert each["fixmedins_type"] == "2"
        assert "dual_channel" in each["services"]
        assert each["designated"] is True
    one = rows[0]
    by_code = found(client.get(f"{ROOT}/institutions", {"q": one["fixmedins_code"]}))["items"]
    assert by_code == [one]


@pytest.mark.parametrize("n", [1, 30, 300])
def test_as_many_queries_for_any_number_of_rows(token, django_assert_max_num_queries, n):
    client = token(Role.PLANNER)
    with django_assert_max_num_queries(6):
        client.get(f"{ROOT}/institutions?limit={n}")


def test_the_history_of_an_institution(token):
    row = first_of(DISTRICT)
    told = found(token(Role.CLERK).get(f"{ROOT}/institutions/{row.code}/history"))
    assert [each["seq"] for each in told["entries"]] == sorted(e["seq"] for e in told["entries"])
    assert told["entries"][0]["case"] == row.case


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=99999999999999999999",
        "kind=shop",
        "q=%00",
        "q=" + "x" * 200,
        "after=%00",
        "designated=perhaps",
    ],
)
def test_a_filter_that_is_none_is_told(token, query):
    answer = token(Role.PLANNER).get(f"{ROOT}/institutions?{query}")
    assert found(answer, 422)["detail"]


@pytest.mark.parametrize("code", ["%00", "%ff", "x" * 100, "%ed%a0%80"])
def test_a_code_that_is_none_is_told(token, code):
    assert token(Role.PLANNER).get(f"{ROOT}/institutions/{code}").status_code in (404, 422)


# -- sites ----------------------------------------------------------------------------


def ask(client, **changed):
    question = {
        "lnt": 124.116,
        "lat": 50.418,
        "kind": "retail_pharmacy",
        "services": ["outpatient_pooling"],
        **changed,
    }
    return client.post(f"{ROOT}/site-check", json.dumps(question), "application/json")


def test_a_site_is_answered_and_nothing_recorded(token):
    from dingdian.web.maps.models import KeptAnswer

    told = found(ask(token(Role.CLERK), language="en"))
    assert (told["verdict"], told["binding"]) == ("not_bound", False)
    assert told["words"]["verdict"] == "not bound"
    assert told["made_from"]["day"] == clock.today().isoformat()
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"lnt": 0, "lat": 0},
        {"lnt": 1e300},
        {"lnt": "NaN"},
        {"lnt": 116.4, "lat": 39.9},
        {"crs": "火星"},
        {"crs": "EPSG:99999999999999"},
        {"services": []},
        {"kind": "\x00"},
        {"fixmedins_code": "\ud800"},
        {"fixmedins_code": "H0"},
        {"moved": True},
        {"error_m": -1},
        {"reach_m": 10**30},
    ],
)
def test_what_is_wrong_with_a_question_is_told(token, changed):
    assert found(ask(token(Role.PLANNER), **changed), 422)["detail"]


@pytest.mark.parametrize("error", [0, 1e-10, 0.0004, 12.5, 99_999.99999])
def test_a_position_error_of_any_fineness_is_taken_to_the_millimetre(token, error):
    assert found(ask(token(Role.CLERK), error_m=error))["verdict"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"NaN", b'{"lnt": NaN}', b"\xff"])
def test_a_body_that_is_none_is_told(token, body):
    answer = token(Role.PLANNER).post(f"{ROOT}/site-check", body, "application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_by_its_code_one_asks_only_about_ones_own(token):
    own, other = first_of(DISTRICT), first_of(ELSEWHERE)
    clerk = token(Role.CLERK)
    assert ask(clerk, fixmedins_code=own.code).status_code == 200
    assert ask(clerk, fixmedins_code=other.code).status_code == 422


def test_the_rules_of_spacing(token):
    told = found(token(Role.CLERK).get(f"{ROOT}/site-check/rules"))
    assert (told["policy"], told["rules"]) == ("daxinganling", [])


# -- plans ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["plans/99", "plans/99/versions/1", "figures/pharmacies.232761"])
def test_what_is_not_there(token, path):
    assert found(token(Role.PLANNER).get(f"{ROOT}/{path}"), 404)["detail"]


@pytest.mark.parametrize("path", ["plans/0", "plans/99999999999999999999", "plans/x"])
def test_what_is_no_number(token, path):
    assert token(Role.PLANNER).get(f"{ROOT}/{path}").status_code == 422


# -- its description ------------------------------------------------------------------


def test_the_description_is_for_whom_may_use_it(signed_in, client):
    for path in ("docs", "openapi.json"):
        assert signed_in(Role.PLANNER).get(f"{ROOT}/{path}").status_code == 200
        assert signed_in(Role.LEADER).get(f"{ROOT}/{path}").status_code == 403
        assert client.get(f"{ROOT}/{path}").status_code == 302
    assert signed_in(Role.PLANNER).get(f"{ROOT}/nothing").status_code == 404


def test_every_operation_says_what_goes_wrong():
    schema = api.get_openapi_schema(path_prefix=f"{ROOT}/")
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            wanted = {200, 400, 401, 403, 422, 429, 503} | ({404} if "{" in path else set())
            assert {int(each) for each in operation["responses"]} == wanted
            assert operation["security"]
            assert operation["description"]
