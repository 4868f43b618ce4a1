"""A decided round entered in the ledger: four eyes, all or nothing, once; then its letters."""

from dataclasses import replace

import pytest

from dingdian.actions.change_stage import change_stage
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.places import YearPlan
from dingdian.storage.db.models import Entry
from dingdian.web import bureau, clock
from dingdian.web.inbox.models import Message
from dingdian.web.jobs.models import Job
from dingdian.web.letters.models import Letter
from dingdian.web.procedure import places
from dingdian.web.rights import Role
from dingdian.web.rounds import entering
from dingdian.web.rounds.models import Round
from dingdian.wiring import rounds
from tests.web.conftest import DISTRICT
from tests.web.rounds.conftest import a_clerk, page


def told(kind="round_enter"):
    return [each[0] for each in Job.objects.filter(kind=kind).latest("pk").faults]


@pytest.fixture
def asked(decided, clerk, second):
    """The round, whose entries the clerk asked for."""
    answer = clerk.post(f"/rounds/{decided.pk}/enter")
    assert answer.status_code == 302, answer.content.decode()
    decided.refresh_from_db()
    return decided


def confirm(client, row, decision="confirm", **more):
    return client.post(f"/rounds/{row.pk}/confirm", {"decision": decision, **more})


def test_a_second_person_confirms_and_all_stands_in_both_names(asked, clerk, second, work):
    before = Entry.objects.count()
    assert asked.state == "asked"
    assert Message.objects.filter(kind="round_proposal", user__username="second").exists()
    assert "复核批次" in second.get("/tasks").content.decode()
    assert confirm(clerk, asked).status_code == 302
    work()
    assert Entry.objects.count() == before  # nobody confirms what they asked for
    assert confirm(second, asked).status_code == 302
    work()
    asked.refresh_from_db()
    assert asked.state == "entered", told()
    assert (asked.first, asked.last - before) == (before + 1, asked.entries)
    made = [each for each in bureau.desk().ledger.entries() if each.seq > before]
    assert {each.by for each in made} == {"whole+second"}
    record = rounds.read_round(asked.decision)
    moves = [each.move for each in made]
    assert moves.count("apply") == len(record.decisions)
    assert "refuse" in moves
    assert "pass_evaluation" in moves
    acts = [each.act for each in bureau.journal().notes(asked.subject)]
    assert acts[-2:] == ["round.propose", "round.enter"]
    one = next(each for each in record.decisions if each.final == "proposed")
    assert f"/cases/of/{one.application}" in page(clerk, asked, f"/of/{one.application}")


def test_a_second_entry_is_refused_and_changes_nothing(asked, clerk, second, work):
    for _ in range(2):
        confirm(second, asked)
    work()
    after = Entry.objects.count()
    assert Round.objects.get(pk=asked.pk).state == "entered"
    confirm(second, asked)
    assert clerk.post(f"/rounds/{asked.pk}/enter").status_code == 422
    work()
    assert Entry.objects.count() == after


def test_the_same_file_once_more_has_nothing_to_enter(
    asked, clerk, second, work, uploaded, packed, tables
):
    confirm(second, asked)
    work()
    after = Entry.objects.count()
    again = uploaded(clerk, packed(tables))
    assert again.state == "decided", page(clerk, again)
    left = [each for each in entering.moves(again) if each.move == "apply"]
    assert left == []
    assert Entry.objects.count() == after


def test_what_was_taken_in_the_year_is_counted_by_the_next_round(
    asked, clerk, second, work, uploaded, packed, tables
):
    confirm(second, asked)
    work()
    tables.pop("taken", None)
    again = uploaded(clerk, packed(tables))
    record = rounds.read_round(again.decision)
    first = rounds.read_round(asked.decision)
    took = {(e.resource, e.scope): e.taken for e in first.left if e.taken != "0"}
    before = {(e.resource, e.scope): e.before for e in record.left}
    assert took
    assert not again.own_taken
    assert any(before[key] != "0" for key in took)


def test_it_is_sent_back_with_a_reason_or_withdrawn(asked, clerk, second):
    assert confirm(second, asked, "send_back").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "asked"  # without a reason nothing happens
    confirm(second, asked, "send_back", why="先核对间距")
    asked.refresh_from_db()
    assert (asked.state, asked.why) == ("decided", "先核对间距")
    assert "先核对间距" in page(clerk, asked)
    assert Message.objects.filter(kind="round_returned", user__username="whole").exists()
    clerk.post(f"/rounds/{asked.pk}/enter")
    confirm(second, asked, "withdraw")
    asked.refresh_from_db()
    assert asked.state == "asked"
    confirm(clerk, asked, "withdraw")
    asked.refresh_from_db()
    assert asked.state == "decided"


def test_where_the_ledger_of_the_day_changed_it_is_decided_again_first(decided, clerk, work):
    from dingdian.web.ledger.models import Case

    desk = bureau.desk()
    case = Case.objects.filter(stage="in_force").first().case
    said = {
        "known_at": clock.now(),
        "by": "clerk",
        "role": "agency",
        "facts": {"cause": "as_agreed"},
    }
    asked = Asked(case=case, move="terminate", held_on=decided.day, **said)
    change_stage(desk.ledger, asked, desk.terms)
    assert "决定之后台账又有 1 条登记" in page(clerk, decided)
    refused = clerk.post(f"/rounds/{decided.pk}/enter")
    assert refused.status_code == 422
    assert "重新决定" in refused.content.decode()
    clerk.post(f"/rounds/{decided.pk}/decide")
    work()
    decided.refresh_from_db()
    assert decided.number == 2
    assert clerk.post(f"/rounds/{decided.pk}/enter").status_code == 302


def test_where_a_place_is_gone_by_then_nothing_of_the_round_is_recorded(
    asked, second, work, monkeypatch
):
    before = Entry.objects.count()
    plan = places.of_years()[2026]
    none = tuple(replace(each, amount=0) for each in plan.given)
    gone = YearPlan(plan.year, plan.name, none, plan.district_of)
    monkeypatch.setattr(places, "of_years", lambda: {2026: gone})
    confirm(second, asked)
    work()
    assert "no_place_left" in told()
    assert Entry.objects.count() == before
    assert Round.objects.get(pk=asked.pk).state == "asked"


def test_without_four_eyes_one_person_enters_it(decided, clerk, work, settings):
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)
    assert clerk.post(f"/rounds/{decided.pk}/enter").status_code == 302
    work()
    decided.refresh_from_db()
    assert (decided.state, decided.entered_by) == ("entered", "whole")


def test_who_may_not_is_refused(asked, signed_in, work):
    for role in (Role.PLANNER, Role.COUNTY):
        assert confirm(signed_in(role), asked).status_code == 403
    of_a_district = a_clerk("small", DISTRICT)
    assert confirm(of_a_district, asked).status_code == 403
    assert of_a_district.post(f"/rounds/{asked.pk}/enter").status_code == 403
    work()
    assert Round.objects.get(pk=asked.pk).state == "asked"


def test_the_letters_of_its_entries_are_made_once_each_under_its_number(asked, clerk, second, work):
    confirm(second, asked)
    work()
    shown = page(clerk, asked)
    assert "份文书待制作" in shown
    assert clerk.post(f"/rounds/{asked.pk}/letters").status_code == 302
    work()
    job = Job.objects.filter(kind="round_letters").latest("pk")
    assert job.state == "done", job.faults
    assert job.result["refused"] == 0, job.result
    n = Letter.objects.count()
    assert n == job.result["made"] > 0
    assert len(set(Letter.objects.values_list("number", flat=True))) == n
    assert "各条登记的文书已制作" in page(clerk, asked)
    clerk.post(f"/rounds/{asked.pk}/letters")
    work()
    assert Letter.objects.count() == n
