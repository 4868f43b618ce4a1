"""A move confirmed by a process that is killed, or by three at once: once, or not at all."""

import pytest

from tests.web.confirming import CASE

pytestmark = pytest.mark.slow

CONFIRMING = "tests.web.confirming"
TOLD = f"""
from dingdian.web.setting_up import start_django; start_django()
from dingdian.web import bureau
from dingdian.web.cases.models import Paper, Proposal
from dingdian.core.lifecycle import chain
ledger, proposal = bureau.desk().ledger, Proposal.objects.get()
assert not list(chain.breaks(ledger.mark, ledger.stored()))
acts = [each.act for each in bureau.journal().notes("case:{CASE}")]
moves = [each.move for each in ledger.entries("{CASE}")]
print("|".join([proposal.state, str(Paper.objects.get().entry), *moves, *acts]))
"""
BEFORE = "waiting|None|apply|accept|case.propose"
AFTER = "confirmed|3|apply|accept|refuse|case.propose|case.confirm"


@pytest.fixture
def office(fresh):
    fresh.says("-m", CONFIRMING, "prepare")
    return fresh


def told(office):
    return office.says("-c", TOLD)


def test_one_that_is_killed_leaves_nothing_of_the_move(office):
    assert office.together(CONFIRMING, ("killed", "second"))[0][0] == -9
    assert told(office) == BEFORE
    assert office.together(CONFIRMING, ("confirm", "third")) == [(0, "confirmed")]
    assert told(office) == AFTER


def test_of_three_at_once_one_confirms_and_the_others_are_told(office):
    names = ("second", "third", "fourth")
    found = office.together(CONFIRMING, *(("confirm", name) for name in names))
    assert [code for code, _ in found] == [0, 0, 0]
    said = [line for _, line in found]
    assert said.count("confirmed") == 1
    assert all(each == "confirmed" or "case_moved_meanwhile" in each for each in said)
    assert told(office) == AFTER
