"""What holds for every life: random walks of allowed moves, and slow oracles beside them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census.vocabulary import RELEASE_CAUSES
from dingdian.core.lifecycle.due import APPEAL, REQUEST, Urgency, due_of, due_on
from dingdian.core.lifecycle.entry import body_of, entry_of
from dingdian.core.lifecycle.moves import MOVES, Way
from dingdian.core.lifecycle.reading import as_it_stood, cases_by_id, states_of
from dingdian.core.lifecycle.releases import changes, held
from dingdian.core.lifecycle.stages import ENDS, LIVE, Stage
from dingdian.core.lifecycle.state import after, in_effect, state_of
from dingdian.core.lifecycle.waiting import appeal_pending
from tests.core.lifecycle.lives import Life, evaluating, evening, in_force, signed
from tests.core.lifecycle.walks import lives

FEW = settings(max_examples=120, deadline=None)


@FEW
@given(lives())
def test_folding_one_by_one_is_the_whole(life: Life) -> None:
    state = None
    for each in in_effect(life.entries):
        state = after(state, each)
    found = state_of(life.entries)
    if found is None:
        assert state is None
    else:
        assert state is not None
        assert replace(state, last_seq=found.last_seq) == found
        assert found.last_seq == life.entries[-1].seq


@FEW
@given(lives())
def test_each_step_is_one_of_the_table(life: Life) -> None:
    for at, entry in enumerate(life.entries):
        before = state_of(life.entries[:at])
        move = MOVES[entry.move]
        assert entry.source == (before.stage if before else "")
        assert entry.seq == at + 1
        assert not before or entry.known_at >= life.entries[at - 1].known_at
        if move.way is Way.UNDONE:
            continue
        assert Stage(entry.target) in move.targets
        assert (before is None) is (not move.sources)
        if before:
            assert before.stage in move.sources
            assert entry.held_on >= before.last_day
            assert move.way is not Way.STAY or entry.target == entry.source


@FEW
@given(lives())
def test_what_is_stored_gives_the_same_life(life: Life) -> None:
    again = [entry_of(body_of(each)) for each in life.entries]
    assert again == life.entries
    assert state_of(again) == state_of(life.entries)


@FEW
@given(lives())
def test_an_annulment_gives_back_the_state_before(life: Life) -> None:
    if not in_effect(life.entries):
        return
    kept = in_effect(life.entries)
    before = state_of(kept[:-1])
    life.do("annul", evening(dt.date(2032, 1, 1)).date(), entry=str(kept[-1].seq))
    found = state_of(life.entries)
    if before is None:
        assert found is None
    else:
        assert found == replace(before, last_seq=life.entries[-1].seq)


@FEW
@given(lives())
def test_the_books_of_a_life_balance(life: Life) -> None:
    """Taken up = set free + what is held at the end, by resource and class of beds."""
    total: Counter[tuple[str, str]] = Counter()
    for each in changes(life.entries):
        assert each.amount
        assert each.cause in {*RELEASE_CAUSES, "admission", "increase"}
        assert (each.cause in {"admission", "increase"}) is (each.amount < 0)
        total[each.resource, each.bed_class] += each.amount
    total.update(held(state_of(life.entries)))
    assert not any(total.values())


@FEW
@given(lives())
def test_who_has_no_live_agreement_holds_nothing(life: Life) -> None:
    state = state_of(life.entries)
    assert bool(held(state)) is (state is not None and state.stage in LIVE)
    if state is not None and state.stage not in LIVE:
        assert state.scheduled == {}


@FEW
@given(lives(), st.integers(0, 900))
def test_how_it_stood_on_a_day(life: Life, days: int) -> None:
    """The slow way: what was in effect and held by the day, folded."""
    on = dt.date(2025, 1, 1) + dt.timedelta(days)
    kept = [each for each in in_effect(life.entries) if each.held_on <= on]
    assert as_it_stood(life.entries, on) == state_of(kept)
    known = cases_by_id(life.entries, evening(on)).get("H1", [])
    assert known == [each for each in life.entries if each.known_at <= evening(on)]


@FEW
@given(lives(), st.integers(0, 500), st.integers(0, 60))
def test_due_agrees_with_asking_day_by_day(life: Life, ahead: int, horizon: int) -> None:
    """A thing is coming n days before its day; the slow way walks to the day and looks."""
    state = state_of(life.entries)
    if state is None:
        return
    on = state.last_day + dt.timedelta(ahead)
    for each in due_of(state, life.terms, on, horizon):
        if each.last is None:
            assert each.urgency is Urgency.PAUSED or each.rule in (APPEAL, REQUEST)
            continue
        days = (each.last - on).days
        assert days <= horizon
        if each.urgency is Urgency.COMING:
            assert days > 0
            met = on
            while not _due_on_its_day(life, each.does, each.rule, met):
                met += dt.timedelta(1)
                assert met <= each.last
            assert met == each.last
        elif each.urgency in (Urgency.OVERDUE, Urgency.DUE):
            assert (days == 0) is (each.urgency is Urgency.DUE)
            assert days <= 0
        elif each.urgency is Urgency.WAITING:
            assert days > 0
        else:
            assert each.urgency is Urgency.OPEN
            assert days <= 0


def _due_on_its_day(life: Life, does: str, rule: str, on: dt.date) -> bool:
    state = state_of(life.entries)
    assert state is not None
    found = due_of(state, life.terms, on, 0)
    return any((e.does, e.rule, e.urgency) == (does, rule, Urgency.DUE) for e in found)


@FEW
@given(lives())
def test_what_is_due_can_be_done(life: Life) -> None:
    """The event that is due or open is raised by a move that the table has for the stage."""
    state = state_of(life.entries)
    if state is None:
        return
    able = {
        event for move in MOVES.values() if state.stage in move.sources for event in move.raises
    }
    for each in due_of(state, life.terms, state.last_day, 4000):
        if state.stage is Stage.SUSPENDED_IMPOSED and each.does == "trial_reviewed_again":
            continue  # the reading trial_failure=pause: it resumes
        assert each.does in able | {"may_apply_again"}, (state.stage, each)


@FEW
@given(lives())
def test_ends_are_silent_but_for_an_appeal(life: Life) -> None:
    state = state_of(life.entries)
    if state is not None and state.stage in ENDS:
        found = due_of(state, life.terms, dt.date(2027, 6, 1), 4000)
        wanted = [APPEAL] if appeal_pending(state) else []
        assert [each.rule for each in found] == wanted


def test_due_is_in_order_and_within_the_horizon() -> None:
    cases = [evaluating(), signed(), in_force()]
    for at, each in enumerate(cases):
        each.entries[:] = [replace(e, case=f"A-{at}") for e in each.entries]
    states = states_of(each.entries for each in cases)
    terms = cases[0].terms
    for on in (dt.date(2026, 4, 3), dt.date(2026, 8, 25), dt.date(2026, 12, 31)):
        for horizon in (0, 5, 30, 400):
            found = due_on(states, terms, on, horizon)
            order = list(Urgency)
            keys = [(order.index(e.urgency), e.last or dt.date.max) for e in found]
            assert keys == sorted(keys)
            assert all(e.last is None or (e.last - on).days <= horizon for e in found)
            one = Counter(e for state in states for e in due_of(state, terms, on, horizon))
            assert Counter(found) == one
