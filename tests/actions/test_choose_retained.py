"""Who stays under a cap, asked of a ledger and a shelf: exits first, terms kept, all told."""

import json

import pytest

from dingdian.actions.choose_retained import choose_retained
from dingdian.actions.retention_terms import RetentionTerms
from dingdian.core.errors import CensusError, NotInForceError, RequestError
from dingdian.core.retention import Aspect
from dingdian.core.retention.needs import Rule
from dingdian.core.solving import Ending, Limits, Status
from dingdian.reports.record_json import write_record
from dingdian.reports.retention import files
from dingdian.reports.retention.fates import Fate, close_calls, fates, tied
from dingdian.reports.retention.lines import retention_lines
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.retention.tables import all_tables
from tests.chinese import strange_lines
from tests.street import LIMITS, book_of, city, made


def cap_of(record, resource="pharmacies"):
    return next(each for each in record.caps if each.resource == resource)


@pytest.mark.clause("SY-07")
def test_the_cap_is_the_plans_and_the_lowest_points_go_where_somebody_else_serves():
    """85 % of 5 is 4.25: four stay. P4 serves a place alone, P5's agreement runs on."""
    cap = cap_of(made())

    assert (cap.cap, cap.cap_key) == (4, "cap.sy_pharmacy_stock_cap.city")
    assert [each.code for each in cap.going] == ["P3"]
    assert cap.held == {"agreement": ("P5",)}
    assert cap.stays == ("P1", "P2", "P4", "P5")
    assert cap.orders["score_first"].answer.status is Status.OPTIMAL


@pytest.mark.clause("SY-07")
def test_what_is_lost_who_still_serves_and_how_close_it_was():
    going = cap_of(made(keep={"pharmacies": 3})).going

    assert [(each.code, each.points) for each in going] == [("P3", "70"), ("P1", "80")]
    first = going[0]
    assert (first.people, first.down_to_one, first.down_to_none) == (30, 0, 0)
    assert first.served_by == (("P2", 30), ("P5", 30))
    assert first.exchange is not None
    assert (first.exchange.code, first.exchange.differences[0]) == ("P2", -20_000)


@pytest.mark.clause("SY-07")
def test_nobody_has_to_go_below_the_cap():
    record = made(keep={"pharmacies": 5})

    assert cap_of(record).going == ()
    assert any("没有谁要退出" in line for line in retention_lines(record, "zh"))


@pytest.mark.clause("SY-07")
def test_a_cap_below_what_the_rules_need_is_explained():
    record = made(keep={"pharmacies": 1})
    cap = cap_of(record)
    fewest = {each.rule: each.answer.goals[0].bound for each in cap.needs}

    assert cap.orders["score_first"].answer.status is Status.INFEASIBLE
    assert fewest == {
        Rule.HELD: 1, Rule.MINIMUMS: 0, Rule.LOCALITIES: 2, Rule.TOGETHER: 2
    }  # fmt: skip
    assert any("至少要留 2 家" in line for line in retention_lines(record, "zh"))


@pytest.mark.clause("SY-08")
def test_a_service_is_taken_from_those_who_stay_after_those_who_go():
    """Three offer it, one of them goes with its designation: 60 % of 5 leaves room for both."""
    record = made(city(services=("P1", "P3", "P4")))
    cap = cap_of(record, "prescription_transfer_pharmacies")

    assert cap.leaving == {"earlier_cap": ("P3",)}
    assert (cap.cap, cap.stays, cap.going) == (3, ("P1", "P4"), ())


@pytest.mark.clause("SY-08", "SY-22")
def test_who_goes_under_the_cap_before_is_no_exit_by_assessment(monkeypatch):
    """P4 is not renewed; P3 goes under the first cap, and its service with it."""
    seen = city(services=("P3", "P4"))
    told = [*retention_lines(made(seen), "zh")]
    assert any("随前一个上限退出 1 家，建议" in line for line in told)
    assert not any("先行退出 1 家" in line for line in told)

    leaving_first(monkeypatch, "P4")
    record = made(seen, keep={"pharmacies": 3, "prescription_transfer": 3})
    cap, told = cap_of(record, "prescription_transfer_pharmacies"), [*retention_lines(record, "zh")]
    assert cap.leaving == {"assessment": ("P4",), "earlier_cap": ("P3",)}
    assert any("先行退出 1 家、随前一个上限退出 1 家，建议" in line for line in told)
    assert any("和随前一个上限退出的合计使 40 人" in line for line in told)
    assert fates(cap) == {"P3": Fate.EARLIER, "P4": Fate.FIRST}
    numbers = {
        table.id: [cell.text for cell in table.rows[-1 if table.id == "caps" else 0].cells]
        for table in all_tables(RetentionWords(record))
        if table.id in ("caps", "path", "districts")
    }
    assert numbers["caps"][3:5] == ["1", "1"]
    assert numbers["path"][1:6] == ["2", "1", "1", "0", "0"]
    assert numbers["districts"][1:4] == ["2", "1", "1"]


@pytest.mark.clause("SY-08")
def test_a_cap_without_an_answer_still_says_when_and_whom_those_before_it_leave():
    """Nobody may keep the service, and L2 would lose its last: no answer, but P3 goes in 2026."""
    record = made(city(services=("P1", "P3", "P4")), keep={"prescription_transfer": 0})
    cap = cap_of(record, "prescription_transfer_pharmacies")
    row = next(
        [cell.text for cell in table.rows[0].cells]
        for table in all_tables(RetentionWords(record))
        if table.id == "leaving" and "处方流转" in table.title
    )

    assert cap.gone_first == ()
    assert row[3:] == [
        *("在前一个上限中已建议退出", "2026", "2026年12月31日", "30", "—", "—"),
        "本上限没有答案，不知道谁还在",
    ]
    assert json.loads(files.write_map(record))["features"][2]["properties"] == {
        "code": "P3",
        "name": "P3药房",
        "pharmacies": "goes 2026",
        "prescription_transfer_pharmacies": "goes under the cap before 2026",
    }


def test_a_goal_of_a_table_is_proved_by_its_own_bound():
    """Without work the points reach less than their bound; 10 people are all that can be had."""
    record = made(limits=Limits(nodes=0))
    (table,) = (each for each in all_tables(RetentionWords(record)) if each.id == "summary")
    told = [(row.cells[2].text == row.cells[3].text, row.cells[6].text) for row in table.rows]

    assert (True, "已求得，并证明没有更好的") in told
    assert (False, "已求得，未证明最好：至多还差多少见“差距”") in told
    assert len(set(told[:5])) == 2


@pytest.mark.clause("SY-22")
def test_who_is_not_to_be_renewed_leaves_first_and_is_no_choice(monkeypatch):
    monkeypatch.setattr("dingdian.actions.choose_retained._exits", lambda _: frozenset({"P2"}))
    cap = cap_of(made())

    assert cap.leaving == {"assessment": ("P2",)}
    assert cap.going == ()
    assert (cap.staying, cap.stays) == (4, ("P1", "P3", "P4", "P5"))


def leaving_first(monkeypatch, *codes):
    monkeypatch.setattr("dingdian.actions.choose_retained._exits", lambda _: frozenset(codes))


def balanced(cap):
    """Whether the years add up, from the stock to those who stay, and name who goes when."""
    starts = [each.start for each in cap.years]
    lefts = [each.left for each in cap.years]
    return (
        [cap.stock, *lefts] == [*starts, len(cap.stays)]
        and all(each.start - each.first - each.going == each.left for each in cap.years)
        and all(
            (
                sum(one.year == each.year for one in cap.gone_first),
                sum(one.year == each.year for one in cap.going),
            )
            == (each.first, each.going)
            for each in cap.years
        )
    )


@pytest.mark.clause("SY-07", "SY-22")
@pytest.mark.parametrize(
    ("ends", "year"),
    [("2025-06-30", 2026), ("2026-12-31", 2026), ("2027-01-01", 2027), (None, 2027)],
)
def test_who_leaves_first_leaves_at_its_term_and_every_year_adds_up(monkeypatch, ends, year):
    """An agreement that ended already ends in the first year, one of unknown end in the last."""
    leaving_first(monkeypatch, "P2")
    record = made(city(ends={"P2": ends}), by=2027, keep={"pharmacies": 3})
    cap = cap_of(record)

    assert [(each.code, each.year) for each in cap.gone_first] == [("P2", year)]
    assert [each.year for each in cap.years] == [2026, 2027]
    assert balanced(cap)
    told = [*retention_lines(record, "zh")]
    assert any(line.startswith("  2026年：年初 5 家，先行退出") for line in told)
    assert any("先行退出而台账没有协议届满日的 1 家" in line for line in told) == (ends is None)


@pytest.mark.clause("SY-07", "SY-22")
def test_who_is_not_to_be_renewed_but_runs_beyond_the_last_year_is_still_there(monkeypatch):
    """P5's agreement runs to the end of 2028: in 2027 it counts among those who stay."""
    leaving_first(monkeypatch, "P5")
    cap = cap_of(made(by=2027, keep={"pharmacies": 3}))

    assert cap.held == {"not_renewed": ("P5",)}
    assert cap.leaving == {}
    assert "P5" in cap.stays
    assert balanced(cap)


@pytest.mark.clause("SY-08")
def test_a_service_that_goes_with_its_designation_goes_in_the_same_year():
    record = made(city(services=("P1", "P3", "P4"), ends={"P3": "2027-12-31"}), by=2027)
    gone = {each.code: each.year for each in cap_of(record).going}
    cap = cap_of(record, "prescription_transfer_pharmacies")

    assert gone == {"P3": 2027}
    assert [(each.code, each.year) for each in cap.gone_first] == [("P3", 2027)]
    assert balanced(cap)


@pytest.mark.clause("SY-07")
def test_the_districts_part_of_the_cap_stands_beside_them_and_is_held_when_asked():
    seen = city(bases={"city": 5, "east": 5, "north": 0, "west": 0})
    free, held = (cap_of(made(seen, hold_districts=on)) for on in (False, True))

    assert [(each.share, each.cap) for each in free.districts] == [(4, None)]
    assert [(each.share, each.cap) for each in held.districts] == [(4, 4)]


@pytest.mark.clause("SY-07")
def test_a_district_whose_cap_is_below_what_its_rules_need_is_named(monkeypatch):
    """East needs two, one for each locality with somebody; its cap is one."""
    monkeypatch.setattr("dingdian.actions.choose_retained._shares", lambda *_: {0: 1})
    record = made(hold_districts=True)
    cap = cap_of(record)
    need = next(each for each in cap.needs if each.district)

    assert cap.orders["score_first"].answer.status is Status.INFEASIBLE
    assert (need.rule, need.district, need.cap) == (Rule.DISTRICT, "east", 1)
    assert need.answer.goals[0].bound == 2
    assert any("（上限 1 家）：至少 2 家" in line for line in retention_lines(record, "zh"))
    assert [(each.district, each.going) for each in cap.districts] == [("east", None)]
    assert "2" in [
        cell.text
        for table in all_tables(RetentionWords(record))
        if table.id == "districts"
        for cell in table.rows[0].cells
    ]


def test_without_coordinates_nobody_knows_whom_it_serves_so_it_is_not_proposed():
    cap = cap_of(made(city(without=("P3",))))

    assert cap.held == {"agreement": ("P5",), "position": ("P3",)}
    assert [each.code for each in cap.going] == ["P1"]


@pytest.mark.clause("SY-08")
def test_services_are_not_chosen_while_it_is_open_who_is_there():
    record = made(city(services=("P1", "P3")), keep={"pharmacies": 1})

    assert cap_of(record, "prescription_transfer_pharmacies").why.code == "retention_before_open"
    assert not record.answered


def test_people_who_lose_the_last_one_by_first_exits_are_told(monkeypatch):
    monkeypatch.setattr("dingdian.actions.choose_retained._exits", lambda _: frozenset({"P4"}))
    record = made()

    assert cap_of(record).now[Aspect.COVERED] - cap_of(record).first[Aspect.COVERED] == 10
    assert any("先行退出使 10 人" in line for line in retention_lines(record, "zh"))
    assert [(each.code, each.people, each.down_to_none) for each in cap_of(record).gone_first] == [
        ("P4", 10, 10)
    ]


def test_a_what_if_says_so():
    record = made(keep={"pharmacies": 3})

    assert record.marks.simulation
    assert any("上限 假设的 3 家" in line for line in retention_lines(record, "zh"))


def test_no_agreement_in_the_ledger_waits_for_the_last_year_and_is_told():
    record = made(city(ends=dict.fromkeys(("P3",), None)), by=2027)

    assert [(each.code, each.year, each.through) for each in cap_of(record).going] == [
        ("P3", 2027, None)
    ]
    assert any("没有协议届满日" in line for line in retention_lines(record, "zh"))


def test_nobody_scored_is_told_and_points_have_no_say():
    record = made(city(scores=False))

    assert cap_of(record).unscored == 5
    assert any("没有考核分" in line for line in retention_lines(record, "zh"))


def test_localities_without_people_still_give_an_answer():
    cap = cap_of(made(city(homes={"L1": (150, 0)})))

    assert [each.code for each in cap.going] == ["P4"]
    assert cap.orders["score_first"].values[Aspect.COVERED] == 0


def test_without_localities_nobody_knows_who_would_lose_the_last_one():
    record = made(city(homes={}))

    assert cap_of(record).why.code == "table_empty"
    assert cap_of(record).going == ()


def test_a_district_without_localities_is_left_alone():
    """Everybody stands in the east; the only locality is told to lie in the west."""
    seen = city(homes={"L1": (150, 30)}, home_region="west")

    assert cap_of(made(seen)).held["position"] == ("P1", "P2", "P3", "P4")


def test_what_every_order_reaches_stands_beside_the_one_used():
    cap = cap_of(made(keep={"pharmacies": 3}, compare=True))

    assert set(cap.orders) == {
        "score_first", "coverage_first", "even_first", "localities_weighed"
    }  # fmt: skip
    best = max(order.values[Aspect.SCORE] for order in cap.orders.values())
    assert cap.orders["score_first"].values[Aspect.SCORE] == best
    assert set(cap_of(made()).orders) == {"score_first"}


@pytest.mark.clause("SY-07")
def test_agreements_end_only_at_their_term_on_the_way_to_the_cap():
    seen = city(ends={"P3": "2027-12-31"})
    going = cap_of(made(seen, by=2027, keep={"pharmacies": 3})).going

    assert {each.code: each.year for each in going} == {"P1": 2026, "P3": 2027}


def test_a_place_without_a_cap_has_nothing_to_choose():
    record = made(place="daxinganling")

    assert record.caps == ()
    assert [*retention_lines(record, "zh")][-2:] == [
        f"在2026年适用的 {len(record.rules)} 条规则里找存量上限，一条也没有，没有谁要退出",
        "仅供决策参考：不是决定。每一家退出都须有自己的依据、听取陈述申辩和书面决定；协议只在届满时终止。",
    ]


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        ({"by": 2025}, "retention_by_early"),
        ({"by": 2028}, "retention_by_late"),
        ({"order": "by_colour"}, "unknown_name"),
        ({"keep": {"beds": 3}}, "unknown_name"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(terms, kind):
    with pytest.raises(RequestError) as refused:
        made(**terms)

    assert [each.kind for each in refused.value.faults] == [kind]


def test_a_number_to_keep_where_nothing_is_capped_is_refused_by_that_name():
    with pytest.raises(RequestError) as refused:
        made(place="daxinganling", keep={"定点零售药店": 240})

    told = refused.value.faults
    assert [(each.kind, each.fields["words"]) for each in told] == [
        ("retention_no_caps", "定点零售药店")
    ]


@pytest.mark.parametrize(
    "words",
    [
        {"pharmacies": 3},
        {"定点零售药店": 3},
        {"药店": 3},
        {"Designated pharmacies": 3},
    ],
)
def test_a_stock_is_named_in_either_language(words):
    assert cap_of(made(keep=words)).cap == 3


@pytest.mark.parametrize("word", ["处方流转", "处方流转药店", "prescription_transfer"])
def test_a_service_names_the_stock_of_its_pharmacies(word):
    record = made(keep={word: 0})
    assert cap_of(record, "prescription_transfer_pharmacies").cap == 0


@pytest.mark.parametrize("word", ["coverage_first", "先看圈内两家及以上的人口"])
def test_an_order_is_named_in_either_language(word):
    assert cap_of(made(order=word)).order == "coverage_first"


def test_all_that_cannot_be_asked_is_told_at_once_with_what_is_possible():
    with pytest.raises(RequestError) as refused:
        made(by=2028, order="先看颜色", keep={"诊所": 3})

    faults = refused.value.faults
    assert [each.kind for each in faults] == ["unknown_name", "unknown_name", "retention_by_late"]
    assert "pharmacies 定点零售药店 | " in str(faults[0].fields["known"])
    assert "coverage_first 先看圈内两家及以上的人口" in str(faults[1].fields["known"])


def test_the_cap_may_be_reached_in_the_last_year_of_the_plan():
    assert made(by=2027).by == 2027


def test_a_year_outside_the_plan_and_a_ledger_of_another_place_are_refused():
    book = book_of("shenyang")
    with pytest.raises(NotInForceError):
        made(year=2031)
    with pytest.raises(CensusError):
        choose_retained(city(), book, RetentionTerms(2026), place="shenyang", limits=LIMITS)


def test_no_limit_of_work_gives_the_plain_choice_as_what_it_is():
    record = made(limits=Limits(nodes=0))
    answer = cap_of(record).orders["score_first"].answer

    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.LIMIT)
    assert answer.goals[0].bound == 300_000  # the four highest points, whatever the other rules are
    assert any("至多还能好" in line for line in retention_lines(record, "zh"))


def test_a_clock_that_ended_it_is_told_in_every_form():
    record = made(limits=Limits(halted=lambda: True))

    assert record.by_clock
    assert any("再算可能不同" in line for line in retention_lines(record, "zh"))


def test_the_record_is_read_back_and_made_again_to_the_byte():
    record = made()
    content = write_record(record)

    assert files.read_retention(content) == record
    assert write_record(made()) == content
    assert files.write_workbook(record) == files.write_workbook(record)


def test_the_map_holds_everybody_with_a_position_and_their_fate():
    told = json.loads(files.write_map(made(city(without=("P2",)))))
    fates = {
        each["properties"]["code"]: each["properties"]["pharmacies"] for each in told["features"]
    }

    assert fates == {"P1": "stays", "P3": "goes 2026", "P4": "stays", "P5": "held"}
    assert told["about"]["advice"] is True


def test_english_is_english():
    record = made(keep={"pharmacies": 1})

    assert strange_lines("shenyang", list(retention_lines(record, "en"))) == []


def test_no_answer_within_the_limits_is_said_without_numbers():
    """The plain choice ends in a dead end here, and there is no work to find another."""
    seen = city(homes={"L1": (-700, 5), "L2": (900, 5), "L3": (5000, 5)}, ends=dict.fromkeys(
        ("P5",), "2026-12-31"
    ))  # fmt: skip
    record = made(seen, keep={"pharmacies": 0}, limits=Limits(nodes=0))

    assert cap_of(record).orders["score_first"].answer.status is Status.UNKNOWN
    assert any("限度之内没有求得" in line for line in retention_lines(record, "zh"))


def test_equally_close_calls_are_not_marked_where_they_are_too_many():
    """Of ten that would go, two are the closest; of ten alike, none tells the others apart."""
    cap = cap_of(made(keep={"pharmacies": 3}))
    one = cap.going[0]

    def ten(*better):
        going = [
            one.model_copy(
                update={
                    "code": f"P{n}",
                    "exchange": one.exchange.model_copy(
                        update={"differences": (-1 if n in better else -2,)}
                    ),
                }
            )
            for n in range(10)
        ]
        return cap.model_copy(update={"going": tuple(going)})

    assert (close_calls(ten(3)), tied(ten(3))) == ({"P3"}, 0)
    assert (close_calls(ten(3, 4)), tied(ten(3, 4))) == ({"P3", "P4"}, 0)
    assert (close_calls(ten()), tied(ten())) == (frozenset(), 10)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "2024年末定点零售药店数"), ("en", "designated pharmacies in 2024")],
)
def test_a_cap_whose_inputs_are_undefined_names_them_in_words(lang, said):
    """Nobody knows the stock that the share is taken of: the year before has no number."""
    record = made(city(bases={"east": 5}))
    told = [*retention_lines(record, lang)]

    assert cap_of(record).why.code == "input_undefined"
    assert any(said in line for line in told)
    assert not any("history." in line for line in told)
    assert files.write_workbook(record)
