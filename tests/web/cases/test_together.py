"""One move of several cases: each by itself, all or none, four eyes respected."""

from dataclasses import replace

import pytest

from dingdian.storage.db.models import Entry
from dingdian.web.cases.models import Proposal
from dingdian.web.cases.together import MOST
from dingdian.web.ledger.models import Case
from dingdian.web.rights import Role
from tests.web.cases.conftest import application, entries, record
from tests.web.conftest import ELSEWHERE


@pytest.fixture
def three(clerk):
    """Three applications that were recorded; their numbers."""
    made = [clerk.post("/cases/new", application(name=f"药房{n}"))["Location"] for n in "甲乙丙"]
    return [each.removeprefix("/cases/of/") for each in made]


def send(client, cases, move, whole="no", **given):
    said = {"held_on": "2026-03-10", "reason": "", "whole": whole, "move": move, "case": cases}
    return client.post("/cases/together/record", said | given)


def last(case):
    return entries(case)[-1].move


def test_several_cases_are_ticked_and_one_form_is_for_all_of_them(clerk, three):
    listed = clerk.get("/cases/?phase=agreement").content.decode()
    assert 'type="checkbox"' in listed
    chosen = clerk.get("/cases/together", {"case": three})
    assert 'value="accept"' in chosen.content.decode()
    assert 'value="annul"' not in chosen.content.decode()
    form = clerk.get("/cases/together/record", {"case": three, "move": "accept"}).content.decode()
    assert all(each in form for each in three)
    done = send(clerk, three, "accept")
    assert done.status_code == 200
    assert "3/3" in done.content.decode()
    assert [last(each) for each in three] == ["accept"] * 3


def test_one_that_cannot_be_is_told_and_the_others_are_recorded(clerk, three):
    record(clerk, f"/cases/of/{three[0]}", "accept", held_on="2026-03-20")
    record(clerk, f"/cases/of/{three[0]}", "await_papers", held_on="2026-03-20", missing="图")
    record(clerk, f"/cases/of/{three[0]}", "papers_received", held_on="2026-03-21")
    for each in three[1:]:
        record(clerk, f"/cases/of/{each}", "accept", held_on="2026-03-10")
    before = Entry.objects.count()
    none = send(clerk, three, "pass_evaluation", "yes", held_on="2026-03-15")
    assert none.status_code == 422
    assert Entry.objects.count() == before
    done = send(clerk, three, "pass_evaluation", held_on="2026-03-15")
    assert "2/3" in done.content.decode()
    assert [last(each) for each in three] == ["papers_received", *["pass_evaluation"] * 2]


@pytest.mark.parametrize("whole", ["yes", "no"])
def test_what_needs_four_eyes_is_asked_for_case_by_case(clerk, second, three, whole):
    send(clerk, three, "accept")
    done = send(clerk, three, "refuse", whole, ground="超出规划")
    assert done.status_code == 200
    assert [last(each) for each in three] == ["accept"] * 3
    assert Proposal.objects.filter(state="waiting").count() == 3
    again = send(clerk, three, "refuse", whole, ground="超出规划")
    assert again.status_code == 422
    assert Proposal.objects.count() == 3
    one = Proposal.objects.get(case=three[0])
    second.post(f"/cases/proposals/{one.pk}/decide", {"decision": "confirm"})
    assert last(three[0]) == "refuse"


def test_a_renewal_has_a_number_of_its_own_for_every_case(clerk, settings):
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)
    rows = Case.objects.filter(stage="in_force", district="232761", kind="retail_pharmacy")[:2]
    cases = [each.case for each in rows]
    form = clerk.get("/cases/together/record", {"case": cases, "move": "renew"}).content.decode()
    assert all(f'name="agreement--{each}"' in form for each in cases)
    own = {f"agreement--{each}": f"X{n}" for n, each in enumerate(cases)}
    done = send(clerk, cases, "renew", held_on="2026-03-10", **own)
    for n, each in enumerate(cases):
        found = entries(each)[-1]
        assert found.move == "renew", done.content.decode()
        assert found.facts["agreement"] == f"X{n}"


def test_too_many_none_or_another_district_s_are_told(clerk, signed_in, three):
    many = clerk.get("/cases/together", {"case": [f"x{n}" for n in range(MOST + 1)]})
    assert many.status_code == 422
    assert str(MOST) in many.content.decode()
    assert clerk.get("/cases/together").status_code == 422
    other = Case.objects.filter(district=ELSEWHERE).exclude(case="")[0].case
    both = clerk.get("/cases/together", {"case": [three[0], other]}).content.decode()
    assert f'<td class="code">{three[0]}</td>' in both
    assert f'<td class="code">{other}</td>' not in both
    before = Entry.objects.count()
    send(clerk, [other], "interview")
    assert Entry.objects.count() == before
    assert signed_in(Role.PLANNER).get("/cases/together", {"case": three}).status_code == 403


def test_a_case_that_moved_meanwhile_is_refused(clerk, three):
    send(clerk, three, "accept", **{f"seen--{three[0]}": "1"})
    assert last(three[0]) == "apply"
    assert last(three[1]) == "accept"


def test_what_waits_is_confirmed_together_each_by_itself(clerk, second, three):
    send(clerk, three, "accept")
    send(clerk, three[:2], "refuse", ground="超出规划")
    send(second, three[2:], "refuse", ground="超出规划")
    ours = [Proposal.objects.get(case=case) for case in three]
    page = second.get("/cases/proposals").content.decode()
    assert page.count('name="proposal"') == 2  # one's own has no box
    record(clerk, f"/cases/of/{three[0]}", "await_papers", missing="图")
    done = second.post("/cases/proposals/several", {"proposal": [e.pk for e in ours]})
    said = done.content.decode()
    assert "1/3" in said
    assert "自己" in said
    assert "已有新的登记" in said
    assert [last(each) for each in three] == ["await_papers", "refuse", "accept"]
    assert entries(three[1])[-1].by == "clerk+second"
    assert [Proposal.objects.get(pk=e.pk).state for e in ours] == [
        "waiting",
        "confirmed",
        "waiting",
    ]
    again = second.post("/cases/proposals/several", {"proposal": [ours[1].pk]})
    assert again.status_code == 422
    assert second.post("/cases/proposals/several", {"proposal": ["x"]}).status_code == 302


def test_what_waits_elsewhere_is_not_confirmed(clerk, signed_in, three):
    from tests.web.rounds.conftest import a_clerk

    send(clerk, three[:1], "accept")
    send(clerk, three[:1], "refuse", ground="超出规划")
    waits = Proposal.objects.get()
    a_clerk("far", ELSEWHERE).post("/cases/proposals/several", {"proposal": [waits.pk]})
    answer = signed_in(Role.PLANNER).post("/cases/proposals/several", {"proposal": [waits.pk]})
    assert answer.status_code == 403
    assert last(three[0]) == "accept"
