"""The panel of a case in the journal: drawn once, scored, concluded, made again from it."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS
from dingdian.core.journal import journal_mark, note_of
from dingdian.core.lifecycle import chain
from dingdian.core.panel.experts import Applicant, Relation, fingerprint
from dingdian.core.panel.result import Verdict
from dingdian.core.panel.retracing import differences
from dingdian.core.panel.state import Stage, drawn_in, state_of
from dingdian.core.panel.steps import Close, Draw, Reopen
from dingdian.core.workings import reason
from tests.panels import APPLICANT, CASE, DAY, SEED, Panel, answers, expert, register, terms

FIRST = ("med1", "fin2", "hea2", "inf1", "inf0")
LATER = DAY + dt.timedelta(1)


def refused(take, *args, **more):
    """The kinds of all faults; each can be said in both languages."""
    with pytest.raises(RequestError) as caught:
        take(*args, **more)
    for each in caught.value.faults:
        for text in (KINDS[each.kind].what, KINDS[each.kind].cure):
            assert text.say("zh", **each.fields)
            assert text.say("en", **each.fields)
    return [each.kind for each in caught.value.faults]


def drawn(**more):
    panel = Panel(**more)
    panel.draw()
    return panel


def test_the_note_of_a_draw_holds_everything_that_the_lot_came_from():
    panel = drawn()
    (note,) = panel.notes
    assert (note.act, note.by, note.subject) == ("panel.draw", "wang", "panel:SQ2026001")
    assert (note.facts["seed"], note.facts["seed_published_on"]) == (SEED, "2026-03-02")
    assert note.facts["register"] == fingerprint(panel.register)
    assert note.facts["members"] == ";".join(FIRST)
    assert len(json.loads(note.facts["lots"])) == 12
    assert panel.state.members == FIRST
    assert panel.state.stage is Stage.SCORING
    assert panel.state.terms == panel.terms


def test_no_name_and_no_number_of_a_person_enters_the_journal():
    own = register(med1={"name": "王五", "id_number": "2101"}, fin2={"name": "张三"})
    panel = drawn(register=own)
    assert "expert_namesake" in str(panel.notes)
    for secret in ("王五", "2101", "张三"):
        assert secret not in str(panel.notes).replace("SQ2026001", "").replace(fingerprint(own), "")


def test_a_panel_is_closed_with_the_move_and_opened_again_by_what_takes_that_back():
    panel = drawn()
    assert refused(panel.take, Reopen(7)) == ["panel_not_closed"]
    state = panel.take(Close("withdraw", 7))
    assert state.stage is Stage.CLOSED
    assert state.closed.facts == {"move": "withdraw", "entry": "7"}
    for step in (panel.redraw, panel.conclude, lambda: panel.take(Close("refuse", 8))):
        assert refused(step) == ["panel_closed"]
    assert panel.take(Reopen(8)).stage is Stage.SCORING
    assert panel.state.members == FIRST
    assert not list(differences(panel.notes))
    assert refused(Panel().take, Close("withdraw", 7)) == ["panel_not_drawn"]


def test_a_case_is_drawn_once_and_never_with_a_new_seed():
    panel = drawn()
    assert refused(panel.draw, seed="another") == ["panel_drawn_already"]
    assert len(panel.notes) == 1


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"seed": " "}, ["panel_fact_missing"]),
        ({"seed": "1\n2"}, ["panel_seed_unfit"]),
        ({"seed": "12 "}, ["panel_seed_unfit"]),
        ({"seed_source": ""}, ["panel_fact_missing"]),
        ({"seed_source": "a\x0b"}, ["panel_text_unfit"]),
        ({"published_on": None}, ["panel_fact_missing"]),
        ({"published_on": LATER}, ["panel_seed_late"]),
        ({"published_on": DAY}, []),
        ({"applicant": Applicant(frozenset())}, ["panel_applicant_unknown"] * 2),
        ({"terms": terms(panel_points=None)}, ["panel_reading_open"]),
        (
            {"terms": reason("reading_without_number", reading="x")},
            ["panel_reading_without_number"],
        ),
        ({"terms": reason("no_panel_rule", side="pharmacies")}, ["panel_no_rule"]),
        ({"terms": reason("panel_too_small_to_trim", seats=2)}, ["panel_too_small"]),
        ({"register": [*register(), expert("med0")]}, ["panel_expert_twice"]),
        ({"register": register(1)}, ["panel_too_few"]),
        ({"seed": "", "seed_source": "", "published_on": None}, ["panel_fact_missing"] * 3),
    ],
)
def test_what_stands_against_a_draw_is_told_all_at_once(changed, kinds):
    panel = Panel()
    step = Draw(APPLICANT, panel.register, panel.terms, SEED, "双色球", DAY)
    step = replace(step, **changed)
    if not kinds:
        assert panel.take(step).members == FIRST
        return
    assert refused(panel.take, step) == kinds
    assert panel.notes == []


def test_too_few_experts_names_field_numbers_and_what_to_do():
    away = {"relations": (Relation("interest", "某某医院"),)}
    panel = Panel(register(2, fin0=away, fin1=away))
    with pytest.raises(RequestError) as caught:
        panel.draw()
    (fault,) = caught.value.faults
    what = KINDS[fault.kind].what.say("zh", **fault.fields)
    assert what == "财务管理：需要 1 人，可以抽取的只有 0 人（另有 2 人须回避或不能参加）"


def test_a_case_whose_number_cannot_stand_is_refused():
    assert refused(Panel(case="a b").draw) == ["panel_code_unfit"]


def test_another_evaluation_of_the_same_applicant_is_drawn_anew():
    again = Panel(case=CASE + "/2")
    assert again.draw().members != FIRST


def test_the_next_of_the_lot_takes_the_seat_of_who_keeps_away():
    panel = drawn()
    state = panel.recuse("fin2")
    (seat,) = [each for each in state.seats if each.instead_of]
    assert (seat.instead_of, seat.field) == ("fin2", "finance")
    assert seat.expert in {"fin0", "fin1"}
    assert state.members == ("med1", "hea2", "inf1", "inf0", seat.expert)
    (left,) = [each.recused for each in state.seats if each.recused]
    assert (left.ground, left.reason, left.by) == ("interest", "曾为其顾问", "wang")
    assert panel.notes[-1].facts["drawn"] == seat.expert


def test_who_keeps_away_is_never_drawn_again():
    panel = drawn()
    for _ in range(2):
        panel.recuse(panel.state.seats[-1].expert if len(panel.notes) > 1 else "fin2")
    assert len({each.expert for each in panel.state.seats}) == 7
    state = panel.recuse(panel.state.seats[-1].expert)
    assert (state.stage, len(state.vacancies)) == (Stage.SHORT, 1)


def test_a_seat_that_nobody_can_take_stays_free_until_the_register_has_somebody():
    panel = drawn(register=register(2))
    fin = next(each for each in panel.state.members if each.startswith("fin"))
    panel.recuse(fin)
    other = panel.state.seats[-1].expert
    state = panel.recuse(other)
    assert state.stage is Stage.SHORT
    assert "drawn" not in panel.notes[-1].facts
    assert refused(panel.redraw) == ["panel_too_few"]
    panel.evaluate_all()
    assert refused(panel.conclude) == ["panel_seats_free"]

    panel.register = [*panel.register, expert("new1", "finance")]
    state = panel.redraw()
    assert (state.members[-1], state.vacancies, state.stage) == ("new1", (), Stage.SCORING)
    assert refused(panel.redraw) == ["panel_no_vacancy"]
    assert list(differences(panel.notes)) == []


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"expert": "med0"}, ["panel_not_theirs"]),
        ({"ground": "friend"}, ["panel_ground_unknown"]),
        ({"reason": ""}, ["panel_fact_missing"]),
        (
            {"expert": "x", "ground": "y", "reason": ""},
            ["panel_not_theirs", "panel_ground_unknown", "panel_fact_missing"],
        ),
    ],
)  # fmt: skip
def test_what_stands_against_a_recusal_is_told(changed, kinds):
    panel = drawn()
    assert refused(panel.recuse, **{"expert": "fin2", **changed}) == kinds


def test_nothing_is_possible_before_the_draw_or_after_the_conclusion():
    panel = Panel()
    for take in (
        lambda: panel.evaluate("med1"),
        lambda: panel.recuse("med1"),
        panel.redraw,
        panel.conclude,
    ):
        assert refused(take) == ["panel_not_drawn"]
    panel.draw()
    panel.evaluate_all().conclude()
    for take in (
        lambda: panel.evaluate("med1"),
        lambda: panel.recuse("med1"),
        panel.redraw,
        panel.conclude,
    ):
        assert refused(take) == ["panel_concluded"]
    assert panel.state.stage is Stage.CONCLUDED


def test_an_expert_scores_the_cases_drawn_for_them_only():
    panel = drawn()
    assert refused(panel.evaluate, "med0") == ["panel_not_theirs"]
    panel.recuse("fin2")
    assert refused(panel.evaluate, "fin2") == ["panel_not_theirs"]


NUMBER = "21010119700101001X"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"employer": "某某医院"}, "（在申请机构任职、执业或领取报酬：某某医院）"),
        (
            {"relations": (Relation("dispute", "某某医院"),)},
            "（与申请机构有未了结的纠纷：某某医院）",
        ),
        ({"id_number": NUMBER}, "与申请机构的法定代表人证件号码相同，或同名而证件号码不全"),
        ({"name": "张三"}, "与申请机构的法定代表人证件号码相同，或同名而证件号码不全"),
        ({"employer": None}, "的工作单位不明，无法排除与申请机构的关系"),
    ],
)
def test_an_evaluator_who_turns_out_to_be_related_is_refused_with_the_reason(more, said):
    panel = drawn()
    panel.register = register(med1=more)
    with pytest.raises(RequestError) as caught:
        panel.evaluate("med1")
    (fault,) = caught.value.faults
    assert said in KINDS[fault.kind].what.say("zh", **fault.fields)
    assert KINDS[fault.kind].cure.say("en", **fault.fields)
    state = panel.recuse("med1", "other_doubt", "核对时发现")
    assert "med1" not in state.members


def test_a_sheet_may_be_filled_in_bit_by_bit_and_its_last_form_counts():
    panel = drawn()
    state = panel.evaluate("med1", {"licence": "yes"})
    assert len(state.result.missing["med1"]) == 9
    state = panel.evaluate("med1", answers(0))
    state = panel.evaluate("med1")
    assert "med1" not in state.result.missing
    assert state.sheets["med1"].total == 100
    assert [each.act for each in panel.notes] == ["panel.draw"] + ["panel.score"] * 3


@pytest.mark.parametrize(
    ("on", "day", "kinds"),
    [
        (DAY - dt.timedelta(1), DAY, ["panel_day_outside"]),
        (DAY, DAY, []),
        (LATER, DAY, ["panel_day_outside"]),
        (LATER, LATER, []),
        (None, DAY, ["panel_fact_missing"]),
    ],
)
def test_an_evaluation_is_of_a_day_between_draw_and_today(on, day, kinds):
    panel = drawn()
    if kinds:
        assert refused(panel.evaluate, "med1", on=on, day=day) == kinds
    else:
        assert panel.evaluate("med1", on=on, day=day).sheets["med1"].evaluated_on == on


def test_open_sheets_stand_against_the_conclusion_each_with_its_items():
    panel = drawn()
    panel.evaluate("med1", answers() | {"capacity": ""})
    with pytest.raises(RequestError) as caught:
        panel.conclude()
    first, *rest = caught.value.faults
    assert (first.kind, first.fields["n"]) == ("panel_sheet_open", 1)
    assert first.fields["items_zh"] == "服务能力：科室、人员、设备与申请的服务相适应"
    assert {each.kind for each in rest} == {"panel_sheet_missing"}
    assert [each.fields["expert"] for each in rest] == ["fin2", "hea2", "inf1", "inf0"]
    assert panel.state.result.verdict is Verdict.OPEN


def test_the_conclusion_lies_after_every_sheet():
    panel = drawn()
    panel.evaluate_all()
    panel.evaluate("med1", on=LATER, day=LATER)
    assert refused(panel.conclude, on=DAY, day=LATER) == ["panel_sheet_later"]
    assert panel.conclude(on=LATER, day=LATER).concluded_on == LATER


def test_the_conclusion_is_what_the_sheets_come_to_and_what_a_round_carries():
    panel = drawn()
    panel.evaluate_all(0.5, 0.6, 0.6, 0.6, 0.6)
    assert panel.state.scores == ()
    state = panel.conclude()
    facts = panel.notes[-1].facts
    assert (facts["verdict"], facts["merit"], facts["mark"]) == ("failed", "58", "60")
    assert facts["clauses"] == "O2-09"
    assert state.result.shortfall == 2
    assert len(state.scores) == 10
    assert {each.origin for each in state.scores} == {"panel:SQ2026001"}
    assert {each.evaluated_on for each in state.scores} == {DAY}


def test_the_sheet_of_who_kept_away_afterwards_no_longer_counts():
    panel = drawn()
    panel.evaluate_all(0, 1, 1, 1, 1)
    state = panel.recuse("med1")
    assert list(state.result.missing) == [state.members[-1]]
    panel.evaluate(state.members[-1])
    assert panel.conclude().result.merit == 100


def test_the_terms_stay_those_of_the_draw():
    panel = drawn(terms=terms(**{"panel_must_pass": "unanimous"}))
    panel.terms = terms()
    panel.evaluate_all()
    panel.evaluate("med1", answers(licence="no"), opinion="已过期")
    assert panel.conclude().result.failed == ("licence",)


def test_who_comes_second_is_told_what_the_first_did():
    panel = drawn()
    panel.recuse("fin2", seen=1)
    with pytest.raises(RequestError) as caught:
        panel.recuse("med1", seen=1)
    (fault,) = caught.value.faults
    assert (fault.kind, fault.fields["act_zh"]) == ("panel_moved_on", "专家回避")


def test_of_many_draws_at_once_one_is_first():
    panel = Panel()

    def attempt(k):
        try:
            panel.draw(seed=f"seed{k}", seen=0)
        except RequestError as error:
            return error.faults[0].kind
        return "drawn"

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(attempt, range(8)))
    assert found == ["drawn"] + ["panel_moved_on"] * 7
    assert list(chain.breaks(journal_mark(panel.journal.mark), panel.journal.stored())) == []


def test_a_panel_is_folded_from_what_is_stored_and_from_nothing_else():
    panel = drawn()
    panel.recuse("fin2")
    panel.evaluate_all()
    panel.conclude()
    stored = [note_of(each.body) for each in panel.journal.stored()]
    assert state_of(stored) == panel.state
    assert list(differences(stored)) == []


@pytest.mark.parametrize(
    ("at", "fact", "value", "kind"),
    [
        (0, "members", "med0;fin2;hea2;inf1;inf0", "panel_lot_differs"),
        (0, "seed", "another", "panel_lot_differs"),
        (0, "case", "SQ9", "panel_lot_differs"),
        (1, "drawn", "hea0", "panel_lot_differs"),
        (-1, "merit", "100", "panel_result_differs"),
        (-1, "verdict", "passed", "panel_result_differs"),
    ],
)
def test_what_was_written_otherwise_than_it_came_out_is_found(at, fact, value, kind):
    panel = drawn()
    panel.recuse("fin2")
    panel.evaluate_all(*[0.5] * 5)
    panel.conclude()
    notes = list(panel.notes)
    assert list(differences(notes)) == []
    notes[at] = replace(notes[at], facts={**notes[at].facts, fact: value})
    assert kind in {each.kind for each in differences(notes)}


def test_cases_of_an_expert_are_counted_by_the_year_of_the_draw_without_those_they_left():
    one, two = drawn(), drawn()
    two.recuse("fin2")
    found = drawn_in([one.state, two.state], 2026)
    assert (found["med1"], found["fin2"]) == (2, 1)
    assert drawn_in([one.state], 2025) == {}
