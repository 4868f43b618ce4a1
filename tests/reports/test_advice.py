"""What was advised apart, as a plan takes it along: goals with value, bound and gap."""

import json

import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.record_plan import record_plan
from dingdian.core.errors import RequestError
from dingdian.core.solving import Limits
from dingdian.reports.advice import FILES, read_advice
from dingdian.reports.plan_json import read_record, write_record
from dingdian.reports.plan_xlsx import write_xlsx
from dingdian.reports.tables import plan_tables
from tests.street import book_of, city, made


def advised(**asked):
    content = write_record(made(**asked))
    return read_advice(content, "retention.json", file="advice/1-retention.json")


def planned(advice):
    book = book_of("shenyang")
    plan = evaluate_plan(city(), book, place="shenyang", year=2026, as_if=True)
    return record_plan(plan, engine="0", advice=advice)


def rows(record, lang="zh"):
    return next((each for each in plan_tables(record, lang) if each.id == "advice"), None)


@pytest.mark.clause("SY-07")
def test_the_goals_of_advice_stand_in_the_plan_with_what_is_proved():
    found = advised()
    pharmacies = found[0]

    assert pharmacies.subject.zh == "定点零售药店"
    assert pharmacies.proposed == 1
    assert [(each.zh, each.value, each.bound, each.gap) for each in pharmacies.goals[:2]] == [
        ("保留机构的考核分合计", "280", "280", "0"),
        ("服务圈内有两家及以上的人口", "30", "30", "0"),
    ]


def test_a_plan_shows_it_in_both_languages_and_its_result_stays_the_same():
    without, record = planned(()), planned(advised())

    assert record.fingerprints == without.fingerprints
    assert rows(without) is None
    assert "已求得，并证明没有更好的" in [cell.text for cell in rows(record).rows[0].cells]
    assert "found, and proved that none is better" in [
        cell.text for cell in rows(record, "en").rows[0].cells
    ]
    assert read_record(write_record(record)) == record
    assert write_xlsx(record) != write_xlsx(without)


def test_a_policy_without_a_cap_is_one_row_that_says_so():
    (found,) = advised(place="daxinganling")

    assert (found.status, found.proposed, found.goals) == ("no_cap", 0, ())
    cells = [cell.text for cell in rows(planned((found,)), "en").rows[0].cells]
    assert cells[1] == "no cap"
    assert cells[-1] == "the policy caps no stock: nobody has to go"


def test_a_cap_that_nothing_could_be_chosen_for_is_not_left_out():
    found = advised(keep={"pharmacies": 1})

    assert [each.status for each in found] == ["infeasible", "not_asked"]
    assert found[1].proposed is None


def test_advice_says_its_year_and_that_its_cap_is_assumed():
    plain, assumed = advised()[0], advised(keep={"pharmacies": 3})[0]

    assert (plain.year, plain.subject.zh) == (2026, "定点零售药店")
    assert assumed.subject.zh == "定点零售药店（假设的上限）"


def test_an_answer_that_a_clock_cut_short_says_so_in_the_plan():
    found = advised(limits=Limits(halted=lambda: True))

    assert any("再算可能不同" in note for note in rows(planned(found)).notes)


def test_a_cap_that_cannot_be_kept_is_shown_without_numbers():
    texts = [cell.text for cell in rows(planned(advised(keep={"pharmacies": 1}))).rows[0].cells]

    assert "各条规则不能同时满足" in texts
    assert texts.count("—") == 4


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"engine": 1, "fingerprints": {}}'])
def test_what_is_no_advice_is_refused_with_its_name(name, content):
    with pytest.raises(RequestError) as refused:
        read_advice(content, name, file="advice/1-x.json")

    assert [each.kind for each in refused.value.faults] == ["advice_unreadable"]


def test_advice_of_another_shape_is_refused():
    told = json.loads(write_record(made()))
    told["caps"][0]["orders"]["score_first"]["answer"]["goals"][0]["name"] = "colour"

    with pytest.raises(RequestError):
        read_advice(json.dumps(told).encode(), "retention.json", file="advice/1-x.json")
