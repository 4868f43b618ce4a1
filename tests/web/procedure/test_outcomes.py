"""An issued plan held against what the ledger recorded since, as it was counted by a worker."""

import datetime as dt
import html
import re
from fractions import Fraction

import pytest

from dingdian.actions.balance_books import balance_books
from dingdian.actions.compare_outcomes import Part
from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role
from tests.web.procedures import BEGUN, add_version, take

SPAN = dt.date(2026, 1, 1), dt.date(2026, 11, 1)
LATER = dt.date(2026, 2, 1), dt.date(2026, 11, 1)


@pytest.fixture
def issued(plan, walk):
    walk("open_review")
    return plan


@pytest.fixture
def count(issued, user, work):
    """Has a span counted, as the planner asks for it."""
    from dingdian.web.procedure.counting import ask_for

    def count(span):
        job = ask_for(issued.issued_version, span, "planner")
        work()
        job.refresh_from_db()
        assert job.state == "done", job.faults
        return issued.issued_version.counted.get(pk=job.result["counted"])

    return count


def asked(span):
    return dict(zip(("since", "through"), map(str, span), strict=True))


def found(plan, counted):
    from dingdian.web.procedure.outcomes import Found

    return Found.of(plan, counted)


def numbers(client, address):
    """Every number of the tables of a page that leads to a derivation: address and text."""
    page = client.get(address).content.decode()
    links = re.findall(r'<a class="num" href="([^"]+)">([^<]*)</a>', page)
    return [(html.unescape(to), text) for to, text in links]


def test_the_page_counts_nothing_itself(issued, signed_in, django_assert_max_num_queries):
    client = signed_in(Role.PLANNER)
    client.get(f"/procedure/{issued.pk}/outcomes/")
    before = Job.objects.count()
    with django_assert_max_num_queries(20):
        page = client.get(f"/procedure/{issued.pk}/outcomes/").content.decode()
    assert "尚未统计" in page
    assert Job.objects.count() == before


@pytest.mark.clause("DX-38")
def test_a_count_is_asked_for_made_by_the_worker_and_kept_with_its_day(
    issued, signed_in, work, settings
):
    address = f"/procedure/{issued.pk}/outcomes/"
    client = signed_in(Role.PLANNER)
    assert client.post(address, asked(SPAN)).status_code == 302
    client.post(address, asked(SPAN))
    assert Job.objects.filter(kind="count_outcomes").count() == 1
    assert bureau.journal().notes(issued.subject)[-1].act == "outcomes.count"
    assert "<progress" in client.get(address).content.decode()
    other = signed_in(Role.LEADER).get(address).content.decode()
    assert "<progress" not in other
    assert "正在统计" in other
    work()
    counted = issued.issued_version.counted.get()
    ledger = bureau.desk().ledger
    assert (counted.day, counted.entries, counted.head) == (
        clock.today(),
        ledger.head().entries,
        ledger.head().digest,
    )
    page = client.get(address).content.decode()
    assert counted.head[:16] in page
    assert issued.issued_version.result[:16] in page
    assert "台账此后有变动" not in page
    issued.issued_version.counted.update(head="0" * 64)
    assert "台账此后有变动" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((dt.date(2025, 12, 31), SPAN[1]), "台账自2026年1月1日起"),
        ((SPAN[0], dt.date(2099, 1, 1)), "日期在今天之后"),
        ((SPAN[1], SPAN[0]), "早于开始日期"),
    ],
)
def test_a_span_that_cannot_be_counted_is_not_asked_for(issued, signed_in, span, words):
    answer = signed_in(Role.PLANNER).post(f"/procedure/{issued.pk}/outcomes/", asked(span))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Job.objects.filter(kind="count_outcomes").count() == 0


@pytest.mark.parametrize("span", [SPAN, LATER])
def test_the_numbers_are_those_of_the_books(issued, count, span):
    shown = found(issued, count(span))
    expected = {
        (each.resource, each.bed_class): (each.before, each.taken, each.released, each.after)
        for each in balance_books(bureau.desk().ledger, *span)
    }
    assert expected
    from dingdian.web.procedure.outcomes import AFTER, Number

    for (resource, bed_class), (before, taken, released, after) in expected.items():
        name = f"{resource}_{bed_class}" if bed_class else resource
        of = {each: shown.value(Number(each, name)) for each in (*Part, AFTER)}
        assert of[Part.BEFORE] == before
        assert of[Part.OPENED] + of[Part.TAKEN] == taken
        assert (of[Part.RELEASED], of[AFTER]) == (released, after)


@pytest.mark.clause("DX-38")
def test_every_number_opens_its_derivation(issued, count, signed_in, folder):
    fresh = add_version(issued, folder, made=clock.today())
    count(LATER)
    client = signed_in(Role.PLANNER)
    links = numbers(client, f"/procedure/{issued.pk}/outcomes/?now={fresh.pk}")
    assert any("/plans/versions/" in to for to, _ in links)
    derived = {to: text for to, text in links if to.startswith("/procedure/")}
    assert derived
    some = [to for to, text in derived.items() if text != "0"][:20] + list(derived)[:3]
    for to in some:
        page = client.get(to).content.decode()
        assert f'<b class="big">{derived[to]}</b>' in page
        assert "DX-38" in page
    planned = next(to for to, _ in links if to.startswith("/plans/versions/"))
    assert client.get(planned).status_code == 200


def test_rows_behind_a_number_add_up_to_it_and_are_those_of_ones_districts(
    issued, count, signed_in
):
    from dingdian.web.procedure.outcomes import Number

    shown = found(issued, count(LATER))
    of = Number(Part.BEFORE, "pharmacies")
    rows = shown.rows(of)
    assert sum(each.amount for each in rows) == shown.value(of) > 0
    page = signed_in(Role.COUNTY).get(shown.address(of)).content.decode()
    mine = rows.filter(district="232761").count()
    assert 0 < mine < rows.count()
    assert f"另有其他区县的 {rows.count() - mine} 行未列出" in page
    assert page.count("/cases/of/") == min(mine, 50)
    legal = signed_in(Role.LEGAL).get(shown.address(of)).content.decode()
    assert "/case/" not in legal


def test_what_is_not_there_is_not_found(issued, count, signed_in):
    counted = count(SPAN)
    client = signed_in(Role.PLANNER)
    here = f"/procedure/{issued.pk}/outcomes/"
    for wrong in (
        f"{counted.pk + 1}/taken/?resource=pharmacies",
        f"{counted.pk}/paint/?resource=pharmacies",
        f"{counted.pk}/taken/?resource=paint",
        f"{counted.pk}/taken/?resource=pharmacies&scope=999999",
    ):
        assert client.get(here + wrong).status_code == 404, wrong


def test_the_same_span_is_kept_once_and_of_many_the_newest(issued, count):
    first, again = count(SPAN), count(SPAN)
    assert list(issued.issued_version.counted.all()) == [again]
    assert first.pk != again.pk
    spans = [(SPAN[0], SPAN[1] - dt.timedelta(n)) for n in (1, 2, 3)]
    last = [count(span) for span in spans]
    assert set(issued.issued_version.counted.all()) == set(last)


@pytest.mark.clause("DX-38")
def test_targets_and_measures_are_those_of_the_plans(issued, count, folder):
    from dingdian.web.procedure.outcomes import measures

    fresh = add_version(issued, folder, made=clock.today())
    shown = found(issued, count(SPAN))
    places = list(shown.places())
    assert len(places) == len(issued.issued_version.record().quotas)
    given = [each["row"] for each in places if each["row"].target is not None]
    assert given
    assert all(each.difference == each.actual - each.target for each in given)
    rows = [each["row"] for each in measures(issued.issued_version, fresh)]
    beds = next(each for each in rows if each.target == Fraction(677, 100))
    assert beds.then == beds.now
    assert beds.difference == beds.now - beds.target
    assert all(each["unit"] for each in places)
    assert all(
        each["unit"] and each["denominator"] for each in measures(issued.issued_version, fresh)
    )


def test_a_county_and_the_leader_open_the_page_in_both_languages(issued, count, signed_in):
    count(SPAN)
    for language in ("zh-hans", "en"):
        for role in (Role.LEADER, Role.COUNTY):
            answer = signed_in(role, language).get(f"/procedure/{issued.pk}/outcomes/")
            assert answer.status_code == 200


def test_an_open_plan_has_no_outcomes(plan, user, signed_in):
    take(plan, user, "open_consultation", BEGUN)
    client = signed_in(Role.PLANNER)
    assert client.post(f"/procedure/{plan.pk}/outcomes/", asked(SPAN)).status_code == 200
    assert client.get(f"/procedure/{plan.pk}/outcomes/1/taken/").status_code == 404
    assert Job.objects.filter(kind="count_outcomes").count() == 0
