"""Every guard from both sides, and what a change of the version makes necessary again."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.dossier.deciding import decide, repeated
from dingdian.core.dossier.guards import Tally
from dingdian.core.dossier.stages import IN_FORCE, Kind, Stage
from dingdian.core.dossier.state import possible
from dingdian.core.dossier.steps import STEPS, Office
from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS
from tests.dossiers import BEGUN, PEOPLE, STATED, TERMS, WAY, WORK_WAY, Way, draft


def kinds(way, step, **changed):
    faults = decide(way.asked(step, **changed), way.state)
    for each in faults:  # every fault can be told
        KINDS[each.kind].what.say("zh", **each.fields)
        KINDS[each.kind].cure.say("en", **each.fields)
    return [each.kind for each in faults]


def before(name, way=None):
    """A plan that stands where a step comes next."""
    return (way or Way()).walk(*WAY[: WAY.index(name)])


@pytest.mark.clause("DX-16", "DX-38", "DX-41")
def test_the_whole_way():
    way = Way()
    stages = [way.take(step).stage.value for step in WAY]
    assert stages == [
        "consultation", "answering", "consulted", "fair_reviewed", "lawful", "deliberated",
        "issued", "filed", "under_review", "to_amend", "to_amend", "superseded",
    ]  # fmt: skip
    assert way.state.hands == {office: frozenset({who}) for office, who in PEOPLE.items()}
    assert possible(way.state, own=True) == ()
    assert [each.seq for each in way.state.history] == list(range(1, 13))


@pytest.mark.clause("DX-34")
def test_the_way_of_a_work_plan():
    work_way = Way(Kind.WORK_PLAN)
    assert work_way.walk(*WORK_WAY).state.stage is Stage.FILED


def test_a_work_plan_is_consulted_first_where_the_terms_say_so():
    work_way = Way(Kind.WORK_PLAN)
    work_way.take("take_submissions")
    terms = replace(TERMS, work_plan_consulted=True)
    assert kinds(work_way, "deliberate", terms=terms) == ["issue_without"]
    assert kinds(work_way, "deliberate") == []
    work_way.walk("open_consultation", "close_consultation", "answer_comments")
    assert kinds(work_way, "deliberate", terms=terms) == []


@pytest.mark.clause("DX-34")
def test_a_district_that_submitted_nothing_is_explained():
    work_way = Way(Kind.WORK_PLAN)
    assert kinds(work_way, "take_submissions", districts=2) == ["submissions_missing"]
    assert kinds(work_way, "take_submissions", districts=2, missing="停办") == []
    assert kinds(work_way, "take_submissions", districts=0) == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_only_from_its_stages(kind, name):
    from dingdian.core.dossier.state import State

    way = Way(kind)
    for stage in Stage:
        found = decide(way.asked(name), State(kind, stage=stage))
        refused = any(each.kind == "step_not_possible" for each in found)
        assert refused is (stage not in STEPS[name].sources.get(kind, ()))


@pytest.mark.parametrize("name", WAY)
def test_a_step_is_for_its_office_alone(name):
    way = before(name)
    for office in Office:
        found = kinds(way, name, offices=frozenset({office}))
        assert found == ([] if office is STEPS[name].office else ["step_not_theirs"])


@pytest.mark.parametrize("name", WAY)
def test_what_a_step_needs_is_stated_and_nothing_else(name):
    way = before(name)
    for fact in STEPS[name].needs:
        assert "step_fact_missing" in kinds(way, name, **{fact: "", "on": 500})
    asked = way.asked(name)
    strange = replace(asked, facts={**asked.facts, "colour": "red"})
    assert [f.kind for f in decide(strange, way.state)] == ["step_fact_unknown"]
    assert decide(type(asked)("paint", {}, "lin", frozenset(), BEGUN), way.state)[0].kind == (
        "step_unknown"
    )


@pytest.mark.parametrize("name", ["fair_review", "legal_review", "deliberate", "issue"])
def test_who_drew_up_or_ran_a_plan_neither_reviews_nor_decides(name):
    way = before(name)
    assert kinds(way, name, by="lin") == ["step_same_hand"]
    assert kinds(way, name, by="sun", authors=frozenset({"sun"})) == ["step_same_hand"]
    assert kinds(way, name, by="sun", draft=draft(1, made_by="sun")) == ["step_same_hand"]
    assert kinds(way, name, by="sun") == []


def test_nobody_acts_in_two_offices():
    way = before("deliberate")
    assert kinds(way, "deliberate", by="wu") == ["step_same_hand"]  # who reviewed it
    way.take("deliberate")
    way.take("issue")
    assert kinds(way, "file", by="zhou") == ["step_same_hand"]  # who issued it
    assert kinds(way, "file", by="qian") == []


@pytest.mark.clause("DX-16")
@pytest.mark.parametrize(("through", "short"), [(28, True), (29, False), (30, False)])
def test_a_consultation_is_open_for_its_days(through, short):
    way = Way()
    assert kinds(way, "open_consultation", through=through) == ["consultation_short"] * short


@pytest.mark.clause("DX-16")
def test_all_three_are_asked():
    way = Way()
    for audiences in ("institution;insured", "expert", "institution;expert;other"):
        found = kinds(way, "open_consultation", audiences=audiences)
        assert found == ["consultation_audience"]


def test_a_consultation_is_not_older_than_what_is_consulted():
    way = Way()
    made = draft(1, made_on=BEGUN + dt.timedelta(1))
    assert kinds(way, "open_consultation", draft=made) == ["consultation_before_version"]
    assert kinds(way, "open_consultation", draft=draft(1, made_on=BEGUN)) == []


def test_one_that_is_recorded_late_says_why():
    way = Way()
    assert kinds(way, "open_consultation", on=1) == ["consultation_late"]
    assert kinds(way, "open_consultation", on=1, late_reason="补录") == []
    assert kinds(way, "open_consultation", on=0) == []


@pytest.mark.clause("DX-16")
def test_it_is_closed_from_the_day_after_its_last_one():
    way = before("close_consultation")
    assert kinds(way, "close_consultation", closed_on=29) == ["consultation_open"]
    assert kinds(way, "close_consultation", closed_on=30) == []
    way.take("extend_consultation", on=20)
    assert kinds(way, "close_consultation", closed_on=39) == ["consultation_open"]
    assert kinds(way, "close_consultation", closed_on=40) == []
    assert kinds(way, "extend_consultation", through=39) == ["step_too_early"]


@pytest.mark.clause("DX-16")
def test_every_comment_is_answered():
    way = before("answer_comments")
    assert kinds(way, "answer_comments", tally=Tally(3, 1, 1, 0)) == ["comments_unanswered"]
    assert kinds(way, "answer_comments", tally=Tally(3, 1, 1, 1)) == []
    assert kinds(way, "answer_comments", tally=Tally()) == []


@pytest.mark.parametrize(
    ("present", "members", "ok"),
    [(4, 7, True), (3, 7, False), (5, 10, False), (6, 10, True), (8, 7, False)],
)
def test_more_than_half_deliberate(present, members, ok):
    way = before("deliberate")
    found = kinds(way, "deliberate", present=str(present), members=str(members))
    assert found == ([] if ok else ["too_few_present"])


@pytest.mark.parametrize(
    ("step", "fact", "early"),
    [
        ("answer_comments", "published_on", 29), ("fair_review", "reviewed_on", 29),
        ("legal_review", "reviewed_on", 29), ("deliberate", "held_on", 32),
        ("issue", "issued_on", 33), ("issue", "since", 34), ("issue", "valid_through", 35),
        ("file", "filed_on", 34), ("open_review", "span_since", 35),
        ("open_review", "span_through", 35),
    ],
)  # fmt: skip
def test_days_follow_one_another(step, fact, early):
    way = before(step)
    assert set(kinds(way, step, **{fact: early})) == {"step_too_early"}
    assert kinds(way, step, **{fact: early + 1}) == []


@pytest.mark.parametrize("step", ["close_consultation", "fair_review", "deliberate", "file"])
def test_what_has_not_happened_is_not_recorded(step):
    way = before(step)
    last = max(each for each in STATED[step].values() if isinstance(each, int))
    assert kinds(way, step, on=last - 1) == ["step_in_future"]
    assert kinds(way, step, on=last) == []


@pytest.mark.parametrize("step", ["open_consultation", "fair_review", "deliberate", "issue"])
def test_a_what_if_and_a_changed_folder_go_nowhere(step):
    way = before(step)
    assert kinds(way, step, draft=draft(1, what_if=True)) == ["step_what_if"]
    assert kinds(way, step, draft=draft(1, intact=False)) == ["step_files_changed"]
    assert kinds(way, step, draft=None) == ["step_no_version"]


def test_another_version_is_not_issued_in_place_of_the_one_reviewed():
    way = before("issue")
    assert kinds(way, "issue", draft=draft(2)) == ["step_other_version"]
    same_number = draft(1)
    other = type(same_number)(1, "other", "files1", same_number.made_on, "lin")
    assert kinds(way, "issue", draft=other) == ["step_other_version"]


@pytest.mark.clause("DX-16")
@pytest.mark.parametrize("at", ["fair_review", "legal_review", "deliberate", "issue"])
def test_a_small_change_keeps_the_consultation_and_repeats_the_reviews(at):
    way = before(at)
    assert way.take("change_version").stage is Stage.CONSULTED
    assert way.state.consulted
    assert not {"fair_review", "legal_review", "deliberate"} & set(way.state.valid)
    for step in ("fair_review", "legal_review", "deliberate"):
        assert kinds(way, "issue") == ["step_not_possible"]
        way.take(step)
    assert way.take("issue").stage is Stage.ISSUED
    assert way.state.history[-1].facts["fingerprint"] == "result2"


@pytest.mark.clause("DX-16")
@pytest.mark.parametrize("at", ["close_consultation", "answer_comments", "fair_review", "issue"])
def test_a_substantial_change_is_consulted_again(at):
    way = before(at)
    assert way.take("change_version", substantial="yes").stage is Stage.DRAFTING
    assert not way.state.consulted
    assert possible(way.state) == ("open_consultation", "abandon")
    assert repeated(Kind.RESOURCE_PLAN, substantial=True) == WAY[:6]
    assert repeated(Kind.RESOURCE_PLAN, substantial=False) == WAY[3:6]


def test_a_change_needs_another_version_unless_the_plan_was_returned():
    way = before("fair_review")
    assert kinds(way, "change_version", version="1") == ["same_version"]
    way.take("fair_review", fairness="harm")
    assert way.state.stage is Stage.RETURNED
    assert kinds(way, "change_version", version="1") == []
    assert way.take("change_version").stage is Stage.CONSULTED


@pytest.mark.parametrize(
    ("step", "fact", "word"),
    [("legal_review", "lawfulness", "unlawful"), ("deliberate", "consent", "not_agreed")],
)
def test_what_does_not_pass_goes_back(step, fact, word):
    way = before(step)
    assert way.take(step, **{fact: word}).stage is Stage.RETURNED
    assert kinds(way, "issue") == ["step_not_possible"]


def test_a_plan_holds_until_its_last_day():
    way = before("file")
    assert kinds(way, "cease", on=400) == ["still_valid"]
    assert kinds(way, "cease", on=401) == []


@pytest.mark.clause("DX-38")
def test_one_amending_plan_at_a_time():
    way = before("supersede")
    assert kinds(way, "begin_amendment") == ["amendment_begun"]


@pytest.mark.clause("DX-38")
def test_a_plan_that_is_kept_is_reviewed_again():
    way = before("conclude_review")
    assert way.take("conclude_review", finding="keep").stage is Stage.FILED
    assert kinds(way, "open_review") == []


@pytest.mark.clause("DX-16")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_tried_nothing_is_issued_without_consultation_reviews_and_consent(data):
    way = Way()
    for _ in range(data.draw(st.integers(4, 16))):
        name = data.draw(st.sampled_from(possible(way.state) or tuple(STEPS)))
        changed = {}
        if STEPS[name].by:
            changed[STEPS[name].by] = data.draw(
                st.sampled_from(("no_harm", "harm", "lawful", "agreed", "keep", "yes", "no"))
            )
        if "version" in STEPS[name].needs:
            changed["version"] = data.draw(st.sampled_from("123"))
        try:
            way.take(name, **changed)
        except RequestError:
            continue
        state = way.state
        if state.stage in IN_FORCE:
            facts = state.facts
            assert facts("answer_comments")
            assert facts("close_consultation")
            assert facts("fair_review")["fairness"] != "harm"
            assert facts("legal_review")["lawfulness"] == "lawful"
            assert facts("deliberate")["consent"] == "agreed"
            assert facts("issue")["version"] == facts("deliberate")["version"]
            assert facts("issue")["fingerprint"] == state.fingerprint
