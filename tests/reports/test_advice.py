"""What was advised apart, as a plan takes it along: goals with value, bound and gap."""

import io
import json

import pytest
from openpyxl import load_workbook

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.record_plan import record_plan
from dingdian.core.errors import RequestError
from dingdian.core.solving import Limits
from dingdian.reports.advice import read_advice
from dingdian.reports.agreement.folder import compare_folder
from dingdian.reports.annex.advice import lines
from dingdian.reports.plan_json import read_record, write_record
from dingdian.reports.plan_xlsx import write_xlsx
from dingdian.reports.record_json import sealed
from dingdian.reports.tables import plan_tables
from dingdian.reports.wording import Words
from tests.access import some as some_access
from tests.street import book_of, city, made


def advised(**asked):
    content = write_record(sealed(made(**asked)))
    return read_advice(content, file="advice/1-retention.json")


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


def test_a_goal_that_reaches_its_bound_is_proved_whatever_the_others_are():
    first, *_ = advised()
    goals = (
        first.goals[0].model_copy(update={"bound": "285", "gap": "1/56"}),
        *first.goals[1:],
    )
    table = rows(planned((first.model_copy(update={"status": "feasible", "goals": goals}),)), "en")
    told = [row.cells[-1].text for row in table.rows]

    assert told[0].startswith("found, not proved best")
    assert set(told[1:]) == {"found, and proved that none is better"}


def test_numbers_of_advice_are_numbers_in_the_workbook():
    """Proposed 1, 280 reached of at most 280, a gap of 0 %."""
    book = load_workbook(io.BytesIO(write_xlsx(planned(advised()))))
    row = next(each for each in book["优化建议"].iter_rows() if each[0].value == "存量压减去留建议")

    assert [row[at].value for at in (2, 4, 5, 6)] == [1, 280, 280, 0]
    assert row[6].number_format == "0.00%"


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


def test_access_is_a_measure_with_nothing_to_be_best_or_proved():
    (found,) = read_advice(write_record(some_access()), file="advice/1-access.json")
    record = planned((found,))
    cells = [[cell.text for cell in row.cells] for row in rows(record).rows]
    (said,) = lines(Words(record, "en"))

    assert (found.status, found.proposed) == ("measured", None)
    assert [row[3:7] for row in cells] == [
        ["可达距离内一家也没有的人（人）", "50", "—", "—"],
        ["E2SFCA 人均（家/10,000人）", "133.33", "—", "—"],
        ["按 E2SFCA，一成的人不超过（家/10,000人）", "0", "—", "—"],
        ["按 E2SFCA，一半的人不超过（家/10,000人）", "200", "—", "—"],
    ]
    assert "people with none within reach (people) 50; mean E2SFCA" in said
    assert "best" not in said
    assert read_record(write_record(record)) == record


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"{}", b"7", b"\xff\xfe", b'"caps"', b"[" * 200_000),
        *(
            b'{"%s": 1, "engine": 1, "fingerprints": {}}' % key
            for key in (b"caps", b"circle", b"catchment")
        ),
        b'{"cells": 1, "engine": 1, "fingerprints": {"census": 1}}',
    ],
)
def test_what_is_no_advice_is_refused_with_its_name(content):
    with pytest.raises(RequestError) as refused:
        read_advice(content, file="advice/1-x.json")

    (only,) = refused.value.faults
    assert only.kind == "advice_unreadable"
    assert only.fields == {
        "path": "advice/1-x.json",
        "known": "retention.json, siting.json, transfer.json, access.json",
    }


def changed(change, *, mark=True):
    """Advice as a file, of which something was changed after it was written."""
    told = json.loads(write_record(sealed(made())))
    if not mark:
        del told["fingerprints"]["content"]
    change(told)
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def refused(content):
    with pytest.raises(RequestError) as found:
        read_advice(content, file="advice/1-retention.json")
    return [each.kind for each in found.value.faults]


def goal_of(told):
    cap = told["caps"][0]
    return cap["orders"][cap["order"]]["answer"]["goals"][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: goal_of(told).update(value=281_000),
        lambda told: told["caps"][0]["stays"].append("P9"),
        lambda told: told.update(engine="9.9"),
        lambda told: told["fingerprints"].update(result="0" * 64),
        lambda told: told["fingerprints"].update(content="0" * 64),
    ],
)
def test_advice_that_was_edited_is_found_out(change):
    assert refused(changed(change)) == ["advice_changed"]


def test_order_and_spacing_of_a_file_do_not_count():
    content = changed(lambda told: told.update(reversed(list(told.items()))))

    assert read_advice(content, file="x")[0].goals == advised()[0].goals


def test_advice_without_a_mark_is_refused():
    assert refused(changed(lambda told: None, mark=False)) == ["advice_unmarked"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_line_tells_of_each_answer_that_is_taken_along(lang):
    record = planned(advised())
    first, *_ = lines(Words(record, lang))

    assert len(list(lines(Words(record, lang)))) == len(record.advice)
    assert (
        first
        == {
            "zh": "存量压减去留建议（定点零售药店）：提出退出1家；已求得，并证明没有更好的"
            "（advice/1-retention.json）",
            "en": "Advice, who might stay under a cap (designated pharmacies): "
            "proposed to go: 1; found, and proved that none is better (advice/1-retention.json)",
        }[lang]
    )


def test_files_of_advice_are_held_against_the_plan_that_keeps_them():
    content = write_record(sealed(made()))
    file = "advice/1-retention.json"
    record = planned(read_advice(content, file=file))
    shown = record.advice[0].model_copy(update={"proposed": 5})
    edited = record.model_copy(update={"advice": (shown, *record.advice[1:])})

    def differences(record, files):
        found = compare_folder(record, files)
        return [d for each in found if each.file == file for d in each.differences]

    assert differences(record, {file: content}) == []
    assert [each.place for each in differences(record, {})] == ["SHA-256"]
    assert [each.place for each in differences(record, {file: content + b" "})] == ["SHA-256"]
    assert [each.file for each in differences(edited, {file: content})] == ["plan.json"]


def test_advice_of_another_shape_is_refused():
    told = json.loads(write_record(sealed(made())))
    told["caps"][0]["orders"]["score_first"]["answer"]["goals"][0]["name"] = "colour"

    with pytest.raises(RequestError):
        read_advice(json.dumps(told).encode(), file="advice/1-x.json")
