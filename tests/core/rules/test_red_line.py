"""Family red_line: DX-11, DX-31, SY-28; evidence, decisions, consequences."""

import dataclasses
import datetime as dt

import pytest

from dingdian.core.census.checks.decisions import decision_faults
from dingdian.core.findings import State
from dingdian.core.policy import Document, Rank, Standing
from dingdian.core.rules import decide
from dingdian.core.rules.decisions import decisions_of_no_line
from tests.worlds import ROOT, rule, world

TRIGGERS = ["deficit_last_year", "shortfall_forecast", "warning_letter"]
FUNDS = ("employee_pool", "resident_pool", "all")


def line(consequence="pause", triggers=TRIGGERS, resources=("pharmacies",)):
    value = {"triggers": triggers, "consequence": consequence}
    return rule("red_line", value, resources=resources)


def results(last=0, this=0, letters=0):
    given = {f"fund_result_last_year_{fund}.{ROOT}": last for fund in FUNDS}
    given |= {f"fund_result_this_year_{fund}.{ROOT}": this for fund in FUNDS}
    return given | {f"warning_letters.{ROOT}": letters}


def decision(kind, on, trigger="deficit_last_year", number="1", **more):
    return {"number": number, "trigger": trigger, "decision": kind, "decided_on": on, **more}


def state_of(facts, red_line):
    return decide(red_line, facts).findings[0].state


@pytest.mark.clause("SY-28", "DX-11", "DX-31")
@pytest.mark.parametrize(
    ("given", "state"),
    [
        (results(), State.KEPT),
        (results(last=-1), State.BROKEN),
        (results(last="-0.01"), State.BROKEN),
        (results(this=-1), State.BROKEN),
        (results(letters=1), State.BROKEN),
        (results(last=None), State.UNDEFINED),
        (results(last=None, letters=1), State.BROKEN),
    ],
)
def test_any_one_trigger_is_enough_and_unknown_is_not_no(given, state):
    assert state_of(world(given), line()) is state


@pytest.mark.parametrize(
    ("reading", "employee", "resident", "both", "state"),
    [
        ("any", 1, -1, 0, State.BROKEN),
        ("all", 1, -1, 0, State.KEPT),
        ("all", -1, -1, -2, State.BROKEN),
        ("employee_pool", 1, -1, 0, State.KEPT),
        ("resident_pool", 1, -1, 0, State.BROKEN),
        ("sum", 1, -1, 0, State.KEPT),
        ("sum", 1, -2, -1, State.BROKEN),
    ],
)
def test_which_fund_counts_is_a_reading(reading, employee, resident, both, state):
    given = results() | {
        f"fund_result_last_year_employee_pool.{ROOT}": employee,
        f"fund_result_last_year_resident_pool.{ROOT}": resident,
        f"fund_result_last_year_all.{ROOT}": both,
    }

    assert state_of(world(given, choices={"red_line_fund": reading}), line()) is state


@pytest.mark.clause("SY-28")
@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ([decision("set", dt.date(2025, 6, 1))], State.BROKEN),
        ([decision("set", dt.date(2026, 1, 2))], State.KEPT),  # after the day
        ([decision("set", dt.date(2025, 6, 1)), decision("lift", dt.date(2025, 7, 1), number="2")],
         State.KEPT),
        ([decision("set", dt.date(2025, 6, 1), trigger="other")], State.BROKEN),
    ],
)  # fmt: skip
def test_a_recorded_decision_sets_and_lifts(decisions, state):
    assert state_of(world(results(), red_line_decisions=decisions), line()) is state


@pytest.mark.parametrize(
    ("lifted_on", "state"),
    [(dt.date(2025, 12, 30), State.BROKEN), (dt.date(2025, 12, 31), State.KEPT)],
)
def test_a_lifting_counts_only_against_evidence_not_younger_than_it(lifted_on, state):
    facts = world(results(last=-1), red_line_decisions=[decision("lift", lifted_on)])

    assert state_of(facts, line()) is state


def test_evidence_alone_does_nothing_where_only_decisions_act():
    facts = world(results(last=-1), choices={"red_line_start": "decision"})
    findings = decide(line(), facts).findings

    assert findings[0].state is State.KEPT
    assert findings[1].state is State.BROKEN  # the trigger itself is shown as met


@pytest.mark.clause("SY-28")
def test_a_pause_leaves_no_place_in_any_district():
    facts = world(results(letters=1))
    limits = decide(line(), facts).limits

    assert {each.scope for each in limits} == {"east", "west", "north"}
    assert {facts.workings.figures[each.key].value for each in limits} == {0}


@pytest.mark.clause("DX-11")
def test_a_steady_total_allows_what_the_whole_area_released():
    facts = world(results(last=-1) | {f"released_pharmacies.{ROOT}": 3})
    limits = decide(line("steady"), facts).limits

    assert [(e.scope, facts.workings.figures[e.key].value) for e in limits] == [(ROOT, 3)]


@pytest.mark.clause("DX-31")
@pytest.mark.parametrize(("stock", "room"), [(273, 1), (274, 0), (275, 0)])
def test_the_designated_total_may_not_be_exceeded(stock, room):
    facts = world(
        results(last=-1) | {f"pharmacies.{ROOT}": stock},
        benchmarks={"designated_total_pharmacies": 274},
    )
    limits = decide(line("cap_total"), facts).limits

    assert [(e.scope, facts.workings.figures[e.key].value) for e in limits] == [(ROOT, room)]


@pytest.mark.clause("SY-28", "DX-11", "DX-31")
@pytest.mark.parametrize(
    ("consequence", "scopes"),
    [("pause", {"east", "west", "north"}), ("steady", {ROOT}), ("cap_total", {ROOT})],
)
def test_a_line_that_cannot_be_known_sets_undefined_limits_where_it_would_bind(consequence, scopes):
    facts = world(results(last=None))
    limits = decide(line(consequence), facts).limits
    figures = [facts.workings.figures[each.key] for each in limits]

    assert {each.scope for each in limits} == scopes
    assert {each.value for each in figures} == {None}
    assert {each.why.code for each in figures} == {"red_line_unknown_limit"}
    assert {dict(each.why.details)["consequence"] for each in figures} == {consequence}


@pytest.mark.clause("SY-28", "DX-11", "DX-31")
@pytest.mark.parametrize("consequence", ["pause", "steady", "cap_total"])
@pytest.mark.parametrize(("letters", "line_says"), [(1, "red_line_on"), (None, "red_line_unknown")])
def test_a_limit_of_the_line_says_which_trigger_brought_it_about(consequence, letters, line_says):
    facts = world(results(letters=letters))
    limits = decide(line(consequence), facts).limits
    figures = {facts.workings.figures[each.key] for each in limits}

    for figure in figures:
        says = [(each.code, dict(each.details)) for each in figure.because.says]
        assert says[0] == (line_says, {"consequence": consequence})
        assert says[1:] == [("trigger", {"trigger": "warning_letter"})]
        (weighed,) = figure.because.compared
        assert (weighed.left, weighed.right) == (f"warning_letters.{ROOT}", "zero")
        assert weighed.holds is (None if letters is None else True)


@pytest.mark.parametrize(
    ("reading", "funds"),
    [("any", FUNDS[:2]), ("all", FUNDS[:2]), ("sum", ("all",)), ("employee_pool", FUNDS[:1])],
)
def test_only_the_funds_that_the_reading_names_are_said_to_be_weighed(reading, funds):
    facts = world(results(last=-1), choices={"red_line_fund": reading})
    (limit, *_) = decide(line("steady", triggers=TRIGGERS[:1]), facts).limits
    compared = facts.workings.figures[limit.key].because.compared

    assert [e.left for e in compared] == [f"fund_result_last_year_{f}.{ROOT}" for f in funds]


def test_a_recorded_decision_is_named_as_the_ground():
    facts = world(results(), red_line_decisions=[decision("set", dt.date(2025, 6, 1))])
    (limit, *_) = decide(line(), facts).limits
    _, said = facts.workings.figures[limit.key].because.says

    assert (said.code, dict(said.details)["decided_on"]) == ("trigger_decided", "2025-06-01")


@pytest.mark.parametrize("last", [None, 0, -1])
def test_a_trigger_that_is_met_acts_even_where_others_are_unknown(last):
    facts = world(results(last=last, letters=1))
    limits = decide(line(), facts).limits

    assert {facts.workings.figures[each.key].value for each in limits} == {0}


def test_a_line_that_surely_does_not_act_sets_no_limit():
    assert decide(line(), world(results())).limits == ()


@pytest.mark.parametrize("consequence", ["pause", "steady", "cap_total"])
def test_a_line_binds_the_same_areas_known_or_not(consequence):
    known = decide(line(consequence), world(results(last=-1))).limits
    unknown = decide(line(consequence), world(results(last=None))).limits

    assert {(e.resource, e.scope) for e in known} == {(e.resource, e.scope) for e in unknown}


@pytest.mark.clause("DX-11")
@pytest.mark.parametrize(("use", "state"), [("0.85", State.KEPT), ("0.8499", State.BROKEN)])
def test_bed_use_at_the_requirement_is_enough(use, state):
    facts = world({f"bed_use.{ROOT}": use}, benchmarks={"required_bed_use": "0.85"})

    assert state_of(facts, line(triggers=["bed_use_below"])) is state


@pytest.mark.clause("DX-31")
@pytest.mark.parametrize(("months", "state"), [(6, State.KEPT), ("5.99", State.BROKEN)])
def test_reserve_months_at_the_requirement_are_enough(months, state):
    given = {f"reserve_months_{fund}.{ROOT}": months for fund in FUNDS}
    facts = world(given, benchmarks={"required_reserve_months": 6})

    assert state_of(facts, line(triggers=["reserve_months_below"])) is state


@pytest.mark.parametrize(
    ("reading", "last", "state"),
    [
        ("evidence_gone", 0, State.KEPT),
        ("evidence_gone", -1, State.BROKEN),
        ("evidence_gone", None, State.BROKEN),
        ("decision_only", 0, State.BROKEN),
    ],
)
def test_whether_younger_evidence_ends_a_line_that_was_set_is_a_reading(reading, last, state):
    set_in_june = [decision("set", dt.date(2025, 6, 1))]
    facts = world(
        results(last=last), choices={"red_line_exit": reading}, red_line_decisions=set_in_june
    )

    assert state_of(facts, line()) is state


@pytest.mark.parametrize(
    ("reading", "state"), [("recorded_decision", State.BROKEN), ("closed_list", State.KEPT)]
)
def test_whether_the_list_is_open_is_a_reading(reading, state):
    other = [decision("set", dt.date(2025, 6, 1), trigger="other")]
    facts = world(results(), choices={"red_line_open_list": reading}, red_line_decisions=other)

    assert state_of(facts, line()) is state


def test_bed_use_may_be_held_against_the_norm():
    facts = world(
        {f"bed_use.{ROOT}": "0.86"},
        benchmarks={"required_bed_use": "0.9", "norm_bed_use": "0.85"},
        choices={"bed_use_requirement": "norm_85"},
    )

    assert state_of(facts, line(triggers=["bed_use_below"])) is State.KEPT


def test_a_letter_that_was_withdrawn_is_no_fresh_evidence():
    letters = [
        {"number": "A1", "received_on": dt.date(2025, 6, 1)},
        {
            "number": "A2",
            "received_on": dt.date(2025, 12, 20),
            "withdrawn_on": dt.date(2025, 12, 25),
        },
    ]
    lifted = [decision("lift", dt.date(2025, 7, 1), trigger="warning_letter")]
    given = {key: n for key, n in results().items() if not key.startswith("warning_letters")}

    assert state_of(world(given, letters=letters, red_line_decisions=lifted), line()) is State.KEPT


def others(*lifted):
    """Two other circumstances, set in January, and liftings in February that name them."""
    made = [decision("set", dt.date(2025, 1, n), trigger="other", number=f"O{n}") for n in (1, 2)]
    return made + [
        decision("lift", dt.date(2025, 2, n), trigger="other", number=f"L{n}", lifts=name)
        for n, name in enumerate(lifted, start=1)
    ]


@pytest.mark.clause("SY-28", "DX-11", "DX-31")
@pytest.mark.parametrize(
    ("lifted", "state"),
    [
        (("O1",), State.BROKEN),
        (("O1", "O2"), State.KEPT),
        (("O1", "O1"), State.BROKEN),  # one lifted twice is not two lifted
        ((None,), State.BROKEN),  # which of the two?
        (("O1", None), State.KEPT),  # only one stands
    ],
)
def test_each_other_circumstance_is_lifted_by_its_own_decision(lifted, state):
    assert state_of(world(results(), red_line_decisions=others(*lifted)), line()) is state


def test_each_other_circumstance_has_a_finding_that_names_both_decisions_and_their_rows():
    facts = world(results(), red_line_decisions=others("O1"))
    _, lifted, standing = decide(line(triggers=TRIGGERS[:1]), facts).findings[1:]

    assert (lifted.state, dict(lifted.note.details)["lift"]) == (State.KEPT, "L1")
    assert (standing.state, dict(standing.note.details)["number"]) == (State.BROKEN, "O2")
    rows = [facts.workings.figures[dict(each.numbers)["decisions"]] for each in (lifted, standing)]
    assert [each.value for each in rows] == [2, 1]
    assert {each.selection.table for each in rows} == {"red_line_decisions"}


def test_an_other_circumstance_that_acts_is_the_ground_of_the_limits():
    facts = world(results(), red_line_decisions=others("O1"))
    (limit, *_) = decide(line(), facts).limits
    _, said = facts.workings.figures[limit.key].because.says

    assert (said.code, dict(said.details)["number"]) == ("trigger_decided", "O2")


@pytest.mark.clause("DX-11", "DX-31")
@pytest.mark.parametrize(
    ("clause", "states"),
    [
        (None, (State.BROKEN, State.BROKEN)),
        ("X-1", (State.BROKEN, State.KEPT)),
        ("X-2", (State.KEPT, State.BROKEN)),
    ],
)
@pytest.mark.parametrize("trigger", ["deficit_last_year", "other"])
def test_a_decision_is_about_the_line_whose_clause_it_names(clause, states, trigger):
    made = [decision("set", dt.date(2025, 6, 1), trigger=trigger, clause=clause)]
    lines = [line(), line()]
    lines[1] = dataclasses.replace(
        lines[1], rule=lines[1].rule.model_copy(update={"clauses": ("X-2",)})
    )

    found = [state_of(world(results(), red_line_decisions=made), each) for each in lines]

    assert tuple(found) == states


@pytest.mark.clause("DX-11", "DX-31")
def test_lifting_one_line_leaves_the_other_set():
    made = [
        decision("set", dt.date(2025, 6, 1)),
        decision("lift", dt.date(2025, 7, 1), number="2", clause="X-2", lifts="1"),
    ]
    facts = world(results(), red_line_decisions=made)
    other = line()
    other = dataclasses.replace(other, rule=other.rule.model_copy(update={"clauses": ("X-2",)}))

    assert (state_of(facts, line()), state_of(facts, other)) == (State.BROKEN, State.KEPT)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (decision("set", dt.date(2025, 6, 1)), []),
        (decision("set", dt.date(2025, 6, 1), clause="X-1"), []),
        (decision("set", dt.date(2025, 6, 1), trigger="other", clause="X-1"), []),
        (decision("set", dt.date(2025, 6, 1), clause="X-9"), ["1"]),
        (decision("set", dt.date(2025, 6, 1), trigger="bed_use_below"), ["1"]),
    ],
)
def test_a_decision_that_no_line_has_is_reported(row, named):
    facts = world(rules=[line()], red_line_decisions=[row])
    found = decisions_of_no_line(facts.workings.census, facts.policy)

    assert [dict(each.details)["value"] for each in found] == named


@pytest.mark.parametrize(
    ("lifted", "named"),
    [(("O1",), []), ((None,), ["L1"]), (("O9",), ["L1"]), (("O1", "L1"), ["L2"])],
)
def test_a_lifting_that_cannot_be_matched_is_reported(lifted, named):
    found = decision_faults(world(red_line_decisions=others(*lifted)).workings.census)

    assert [dict(each.details)["value"] for each in found] == named


@pytest.mark.parametrize(
    ("received", "state"), [(dt.date(2026, 1, 1), State.BROKEN), (dt.date(2026, 1, 2), State.KEPT)]
)
def test_a_letter_counts_from_the_day_it_was_received(received, state):
    given = {key: n for key, n in results().items() if not key.startswith("warning_letters")}
    facts = world(given, letters=[{"number": "A1", "received_on": received}])

    assert state_of(facts, line()) is state


@pytest.mark.parametrize(
    ("decided_on", "state"),
    [(dt.date(2026, 1, 1), State.BROKEN), (dt.date(2026, 1, 2), State.KEPT)],
)
def test_a_decision_counts_from_its_own_day(decided_on, state):
    facts = world(results(), red_line_decisions=[decision("set", decided_on)])

    assert state_of(facts, line()) is state


@pytest.mark.parametrize(
    ("set_on", "state"),
    [(dt.date(2025, 12, 30), State.KEPT), (dt.date(2025, 12, 31), State.BROKEN)],
)
def test_only_evidence_younger_than_the_decision_can_end_it(set_on, state):
    facts = world(
        results(),
        choices={"red_line_exit": "evidence_gone"},
        red_line_decisions=[decision("set", set_on)],
    )

    assert state_of(facts, line()) is state


def with_plan_since(facts, since):
    """The same facts under a plan that holds from ``since`` on."""
    document = Document(
        id="plan",
        title="规划",
        title_en="plan",
        issuer="局",
        issuer_en="bureau",
        rank=Rank.MUNICIPAL,
        standing=Standing.ISSUED,
        since=since,
    )
    policy = facts.policy
    place = policy.place.model_copy(update={"plan": "plan"})
    facts.workings.policy = dataclasses.replace(policy, place=place, documents={"plan": document})
    return facts


@pytest.mark.clause("DX-31")
@pytest.mark.parametrize(
    ("reading", "since", "room"),
    [
        ("stock_at_plan_start", dt.date(2025, 1, 1), 30),  # the stock at the end of 2024
        ("stock_at_plan_start", dt.date(2026, 1, 1), 0),  # today's
        ("stock_at_plan_start", dt.date(2027, 1, 1), 0),  # a plan that has not begun: today's
        ("stock_last_year", dt.date(2025, 1, 1), 0),
    ],
)
def test_the_total_without_a_number_of_its_own_is_a_stock_by_the_reading(reading, since, room):
    given = {f"pharmacies.{ROOT}": 270, f"history.pharmacies.2024.{ROOT}": 300}
    facts = world(results(last=-1) | given, choices={"designated_total": reading})
    limits = decide(line("cap_total"), with_plan_since(facts, since)).limits

    assert [facts.workings.figures[each.key].value for each in limits] == [room]
