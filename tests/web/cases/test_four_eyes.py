"""What gives or takes rights is asked for by one person and confirmed by another."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.cases import recording
from dingdian.web.cases.models import Paper, Proposal
from dingdian.web.rights import Role
from tests.web.cases.conftest import confirmed, entries, record
from tests.web.conftest import DISTRICT
from tests.web.procedures import PDF


@pytest.fixture
def asked(clerk, applied):
    """A refusal that the clerk has asked for, with a paper; the address of the proposal."""
    record(clerk, applied, "accept")
    paper = SimpleUploadedFile("依据.pdf", PDF)
    answer = record(clerk, applied, "refuse", ground="超出规划", papers=[paper])
    assert answer.status_code == 302
    return answer["Location"]


def acts(applied):
    subject = f"case:{applied.removeprefix('/cases/of/')}"
    return [(note.act, note.by) for note in bureau.journal().notes(subject)]


def test_nothing_stands_in_the_ledger_before_the_second_person(clerk, second, applied, asked):
    assert [each.move for each in entries(applied)] == ["apply", "accept"]
    assert "待复核" in clerk.get(applied).content.decode()
    assert asked in second.get("/cases/proposals").content.decode()
    assert "复核 1 项" in second.get("/tasks").content.decode()
    assert "复核 1 项" not in clerk.get("/tasks").content.decode()
    assert second.post(f"{asked}/decide", {"decision": "confirm"}).status_code == 302
    last = entries(applied)[-1]
    assert (last.move, last.by) == ("refuse", "clerk+second")
    assert Paper.objects.get().entry == last.seq
    assert acts(applied) == [("case.propose", "clerk"), ("case.confirm", "second")]
    assert "第二人" in clerk.get(applied).content.decode()


def test_nobody_confirms_what_they_asked_for(clerk, applied, asked):
    refused = clerk.post(f"{asked}/decide", {"decision": "confirm"})
    assert refused.status_code == 422
    assert "自己" in refused.content.decode()
    assert entries(applied)[-1].move == "accept"


@pytest.mark.parametrize("lost", ["account", "right"])
def test_what_somebody_asked_for_who_may_no_longer_is_not_confirmed(second, applied, asked, lost):
    author = User.objects.get(username="clerk")
    if lost == "account":
        User.objects.filter(pk=author.pk).update(is_active=False)
    else:
        author.grants.all().delete()
    refused = second.post(f"{asked}/decide", {"decision": "confirm"})
    assert refused.status_code == 422
    assert "已没有这项权限" in refused.content.decode()
    assert entries(applied)[-1].move == "accept"
    back = {"decision": "send_back", "why": "换人办理"}
    assert second.post(f"{asked}/decide", back).status_code == 302


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PLANNER, Role.COUNTY])
def test_who_may_not_confirm_is_refused(signed_in, applied, asked, role):
    assert signed_in(role).post(f"{asked}/decide", {"decision": "confirm"}).status_code == 403
    assert entries(applied)[-1].move == "accept"


def test_it_is_sent_back_with_a_reason_and_asked_for_again(clerk, second, applied, asked):
    assert second.post(f"{asked}/decide", {"decision": "send_back"}).status_code == 422
    back = {"decision": "send_back", "why": "依据不足"}
    assert second.post(f"{asked}/decide", back).status_code == 302
    assert "依据不足" in clerk.get(asked).content.decode()
    again = record(clerk, applied, "refuse", ground="超出规划，见会议纪要")
    assert confirmed(second, again).status_code == 302
    assert "会议纪要" in entries(applied)[-1].facts["ground"]


def test_only_one_move_of_a_case_waits_and_its_author_may_withdraw_it(
    clerk, second, applied, asked
):
    twice = record(clerk, applied, "refuse", ground="另一理由")
    assert twice.status_code == 422
    assert Proposal.objects.count() == 1
    assert second.post(f"{asked}/decide", {"decision": "withdraw"}).status_code == 422
    assert clerk.post(f"{asked}/decide", {"decision": "withdraw"}).status_code == 302
    assert second.post(f"{asked}/decide", {"decision": "confirm"}).status_code == 422
    assert entries(applied)[-1].move == "accept"


def test_a_case_that_moved_on_meanwhile_is_not_decided_on_what_was_seen(
    clerk, second, applied, asked
):
    assert record(clerk, applied, "await_papers", missing="处方").status_code == 302
    stale = second.post(f"{asked}/decide", {"decision": "confirm"})
    assert stale.status_code == 422
    assert "已有新的登记" in stale.content.decode()
    assert Proposal.objects.get().state == "waiting"


def test_what_would_be_refused_is_not_even_asked_for(clerk, applied):
    answer = record(clerk, applied, "refuse_acceptance", ground="")
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_an_office_of_one_records_at_once(clerk, applied, settings):
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)
    record(clerk, applied, "accept")
    assert record(clerk, applied, "refuse", ground="超出规划").status_code == 302
    assert entries(applied)[-1].move == "refuse"


@pytest.fixture
def of_the_bureau(applied):
    """A move that a supervisor has asked for in the name of the bureau."""
    case = applied.removeprefix("/cases/of/")
    said = {"role": "bureau", "held_on": clock.today(), "seen": 1, "facts": {}, "by": "supervisor"}
    return Proposal.objects.create(
        case=case, district=DISTRICT, move="terminate", at=clock.now(), **said
    )


def test_what_the_bureau_decides_is_confirmed_by_the_bureau(second, signed_in, of_the_bureau):
    address = f"/cases/proposals/{of_the_bureau.pk}"
    back = {"decision": "send_back", "why": "依据不足"}
    assert second.post(f"{address}/decide", back).status_code == 403
    assert "复核 1 项" not in second.get("/tasks").content.decode()
    assert 'name="proposal"' not in second.get("/cases/proposals").content.decode()
    second.post("/cases/proposals/several", {"proposal": [of_the_bureau.pk]})
    of_the_bureau.refresh_from_db()
    assert of_the_bureau.state == "waiting"
    leader = signed_in(Role.LEADER)
    assert "复核 1 项" in leader.get("/tasks").content.decode()
    assert leader.post(f"{address}/decide", back).status_code == 302


def test_a_clerk_is_not_told_of_what_the_bureau_asks_for(
    clerk, second, applied, signed_in, monkeypatch
):
    told = []
    monkeypatch.setattr(recording, "_tell", lambda users, *_, **__: told.extend(users))
    asked = {"case": applied.removeprefix("/cases/of/"), "move": "terminate", "role": "bureau"}
    asked = Asked(**asked, held_on=clock.today(), known_at=clock.now(), by="supervisor", seen=1)
    recording._proposed(User.objects.get(username="supervisor"), asked, DISTRICT, ())
    assert {each.username for each in told} == {"leader"}
