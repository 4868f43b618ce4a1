"""The policy shelf, clause by clause with its readings, in both languages; read only."""

import datetime as dt
import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from dingdian.web import bureau
from dingdian.web.rights import RIGHTS, Right, Role
from dingdian.web.shelf import reading, urls

PAGES = ("", "readings", "documents", "benchmarks", "calendar", "clauses/DX-07")
DAY = "2026-06-01"


def _said(client, path=""):
    answer = client.get(f"/policy/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def _policy(day=DAY):
    return reading.policy_on(dt.date.fromisoformat(day))[0]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_the_shelf_is_for_whom_it_is_for(signed_in, page, role):
    answer = signed_in(role).get(f"/policy/{page}")
    assert answer.status_code == (200 if Right.SEE_SHELF in RIGHTS[role] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_fingerprint(signed_in, page):
    assert bureau.desk().terms.book.fingerprint in _said(signed_in(Role.PLANNER), page)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_can_be_written_to(signed_in, page):
    before = bureau.desk().terms.book.fingerprint
    said = signed_in(Role.PLANNER).post(f"/policy/{page}", {"text": "x"}).content.decode()
    assert 'method="post"' not in said.partition("<main")[2]
    bureau.desk.cache_clear()
    assert bureau.desk().terms.book.fingerprint == before


def test_every_clause_has_its_page_in_both_languages(signed_in):
    zh, en = signed_in(Role.LEADER), signed_in(Role.LEADER, "en")
    policy = _policy()
    for id in sorted(policy.clauses)[::4]:
        clause = policy.clauses[id]
        chinese, english = (
            _said(zh, f"clauses/{id}?day={DAY}"),
            _said(en, f"clauses/{id}?day={DAY}"),
        )
        assert clause.text[:12] in chinese.replace("&quot;", '"')
        assert f"<h1>{id} · {clause.at}" in chinese
        assert clause.document in english or clause.at_en[:8] in english.replace("&#x27;", "'")


def test_a_clause_shows_its_rules_values_readings_and_cases(signed_in):
    policy = _policy()
    rule = policy.rules["dx_medical_tilt"]
    said = _said(signed_in(Role.PLANNER), f"clauses/{rule.dated.clause}?day={DAY}")
    assert rule.rule.title in said
    assert "有效" in said
    assert "优先倾斜起始日前一日" in said  # a worked case


def test_a_reading_shows_question_options_choice_ground_and_who(signed_in):
    each = _policy().readings["dx_effective_from"]
    said = _said(signed_in(Role.PLANNER), f"readings/dx_effective_from?day={DAY}")
    for words in (each.question, each.why, each.by, "采用", "№ 32", "2026年11月21日", "DX-41"):
        assert words.replace('"', "&quot;") in said, words
    english = _said(signed_in(Role.PLANNER, "en"), f"readings/dx_effective_from?day={DAY}")
    assert each.by_en in english
    assert "21 November 2026" in english


@dataclass
class _Known:
    readings: dict


def test_open_readings_come_first():
    its = (("a", "yes"), ("b", None), ("c", "no"), ("d", None))
    known = _Known({id: SimpleNamespace(reading=id, chosen=chosen) for id, chosen in its})
    assert [each.reading for each in reading.readings(known)] == ["b", "d", "a", "c"]


def _ids(query):
    from django.http import QueryDict

    asked = reading.Asked.of(QueryDict(query))
    return {each.first.clause for each in reading.clauses(reading.policy_on(asked.day)[0], asked)}


def test_the_filters_part_the_clauses(db):
    everything = _ids(f"day={DAY}")
    by_document = {
        d: _ids(f"day={DAY}&document={d}") for d in {c.document for c in _policy().clauses.values()}
    }
    assert set().union(*by_document.values()) == everything
    assert sum(map(len, by_document.values())) == len(everything)
    states = {
        s: _ids(f"day={DAY}&state={s}") for s in ("in_force", "not_in_force", "later", "no_rule")
    }
    assert set().union(*states.values()) == everything
    assert states["in_force"]
    assert not states["in_force"] & states["no_rule"]
    assert _ids(f"day={DAY}&reading=any") < everything
    assert "DX-07" in _ids(f"day={DAY}&q=dx-07") == _ids(f"day={DAY}&q=DX-07")
    assert _ids(f"day={DAY}&q=no+such+words") == set()


def test_a_rule_is_in_force_from_its_first_day(db):
    """Each side of the day: the rule is the priority that begins with 2026."""
    rule = _policy().rules["dx_medical_tilt"]
    first, clause = rule.dated.since, rule.dated.clause
    terms = bureau.desk().terms
    before = first - dt.timedelta(days=1)
    assert terms.book.place_on(terms.place, first) == terms.place
    on = _ids(f"day={first}&state=in_force")
    assert clause in on
    if terms.book.place_on(terms.place, before) == terms.place:
        assert clause not in _ids(f"day={before}&state=in_force")


def test_outside_the_plan_the_nation_alone_is_shown_and_said(signed_in):
    plan = _policy().plan
    day = (
        (plan.through + dt.timedelta(days=1))
        if plan.through
        else (plan.since - dt.timedelta(days=1))
    )
    said = _said(signed_in(Role.PLANNER), f"?day={day}")
    assert "不在本地规划的有效期内" in said
    assert ">DX-07<" not in said
    inside = plan.through or plan.since
    assert "不在本地规划的有效期内" not in _said(signed_in(Role.PLANNER), f"?day={inside}")


@pytest.mark.parametrize(
    "query", ["?day=nonsense", "?page=999", "?document=none", "?state=x&reading=y"]
)
def test_odd_addresses_are_answered(signed_in, query):
    assert signed_in(Role.PLANNER).get(f"/policy/{query}").status_code == 200


@pytest.mark.parametrize("path", ["clauses/none", "clauses/DX-07/x", "readings/none"])
def test_what_is_not_on_the_shelf_is_not_found(signed_in, path):
    assert signed_in(Role.PLANNER).get(f"/policy/{path}").status_code == 404


def test_a_benchmark_has_its_year_denominator_and_source(signed_in):
    said = _said(signed_in(Role.PLANNER), "benchmarks")
    each = _policy().benchmarks["national_beds_2024"]
    for words in ("7.32", "2024", each.denominator, each.unit, each.source):
        assert words in said


def test_the_working_days_of_a_year_and_of_one_that_is_not_known(signed_in):
    client = signed_in(Role.PLANNER)
    said = _said(client, "calendar?year=2026")
    assert "国庆节" in said
    assert "2026年10月1日" in said
    assert "没有 2099 年的放假通知" in _said(client, "calendar?year=2099")
    assert signed_in(Role.PLANNER).get("/policy/calendar?year=²").status_code == 200


@pytest.mark.parametrize(
    ("value", "text"), [("7.32", "7.32"), ("10000", "10,000"), ("1/3", "0.333333"), ("0.5", "0.5")]
)
def test_a_number_is_shown_with_the_decimals_that_it_has(value, text):
    from fractions import Fraction

    assert reading.exact(Fraction(value)) == text


def test_no_page_of_the_shelf_asks_the_database_for_it(signed_in):
    client = signed_in(Role.PLANNER)
    client.get("/policy/")
    counts = set()
    for page in PAGES:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/policy/{page}")
        counts.add(len(asked))
    assert max(counts) <= 7  # session, person, second factor, roles, leaves, messages


def test_every_address_of_the_shelf_is_looked_at_here():
    names = {each.name for each in urls.urlpatterns}
    assert names == {
        "policy",
        "readings",
        "reading",
        "documents",
        "benchmarks",
        "calendar",
        "clause",
    }
    assert get_resolver().namespace_dict["shelf"]


def test_options_of_a_reading_say_its_numbers(signed_in):
    said = _said(signed_in(Role.PLANNER), "readings?q=末位")
    assert "number" not in said
    assert re.search(r"达到\d+分的都不列入", said)
