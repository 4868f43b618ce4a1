"""Patients' hand-over at an exit: asked for by itself, open until it is done, in numbers only."""

from dataclasses import replace

import pytest

from dingdian.web import bureau
from dingdian.web.cases.models import HandOver
from dingdian.web.rights import Role
from tests.web.letters.conftest import entries, record
from tests.web.national.test_list import signed  # noqa: F401 -- the fixture

NUMBERS = {"inpatients": 3, "dialysis": 1, "chronic": 20, "others": 0}
NOBODY = dict.fromkeys(NUMBERS, 0)
TAKEN = {"receiver": "示例医院", "by": "2026-12-31"}


@pytest.fixture(autouse=True)
def _one_person_records(settings, _uploads_go):
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)


@pytest.fixture
def ended(clerk, signed):  # noqa: F811 -- the fixture
    """The case of a pharmacy that closed."""
    assert record(clerk, signed, "close", held_on="2026-05-06").status_code == 302
    return signed


def hand_over(client, case, **given):
    row = HandOver.objects.filter(case=case).first()
    said = {"seen": row.last if row else 0}
    return client.post(f"/cases/of/{case}/handover", said | given)


def test_an_end_asks_for_a_hand_over_which_is_open_until_all_are_handed_over(clerk, ended):
    assert "1 件患者转接未完成" in clerk.get("/tasks").content.decode()
    assert "尚未登记" in clerk.get(f"/cases/of/{ended}").content.decode()
    assert hand_over(clerk, ended, **NUMBERS, **TAKEN).status_code == 302
    page = clerk.get("/cases/handovers").content.decode()
    assert "示例医院" in page
    assert "24" in page
    (note,) = bureau.journal().notes(f"handover:{ended}")
    assert note.facts["patients"] == "inpatients=3;dialysis=1;chronic=20;others=0"
    done = hand_over(clerk, ended, **NUMBERS, **TAKEN, done_on="2026-05-20")
    assert done.status_code == 302
    assert "患者转接未完成" not in clerk.get("/tasks").content.decode()
    assert "已完成" in clerk.get(f"/cases/of/{ended}").content.decode()


def test_where_there_is_nobody_it_is_closed_at_once(clerk, ended):
    assert hand_over(clerk, ended, **NOBODY).status_code == 302
    assert HandOver.objects.get().closed
    assert "没有未完成的患者转接" in clerk.get("/cases/handovers").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        NUMBERS,
        NUMBERS | {"receiver": "示例医院"},
        NUMBERS | {"by": "2026-12-31"},
        NUMBERS | TAKEN | {"done_on": "2999-01-01"},
        NUMBERS | TAKEN | {"chronic": ""},
        NUMBERS | TAKEN | {"others": "-1"},
    ],
)
def test_what_is_not_stated_is_no_zero_and_is_refused(clerk, ended, given):
    assert hand_over(clerk, ended, **given).status_code == 422
    assert not HandOver.objects.exists()
    assert bureau.journal().notes(f"handover:{ended}") == []


def test_who_saw_an_older_state_is_told_so(clerk, ended):
    hand_over(clerk, ended, **NUMBERS, **TAKEN)
    stale = hand_over(clerk, ended, **NOBODY, seen=0)
    assert stale.status_code == 422
    assert HandOver.objects.get().numbers == NUMBERS


def test_an_annulled_end_asks_for_none_and_one_that_did_not_end_has_no_page(clerk, ended):
    record(clerk, ended, "annul", entry=entries(ended)[-1].seq, reason="误登")
    assert "没有未完成的患者转接" in clerk.get("/cases/handovers").content.decode()
    assert hand_over(clerk, ended, **NOBODY).status_code == 404


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.SUPERVISOR])
def test_others_record_none(signed_in, ended, role):
    assert hand_over(signed_in(role), ended, **NOBODY).status_code == 403
    assert not HandOver.objects.exists()
