"""A move confirmed by a process that is killed, or by three at once: once, or not at all."""

import os
import sys

import pytest

from tests.web.confirming import CASE
from tests.web.installations import Installation, wait_until

pytestmark = pytest.mark.slow

CONFIRMING = [sys.executable, "-m", "tests.web.confirming"]
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request, tmp_path):
    found = Installation(tmp_path)
    if request.param == "postgresql":
        from tests.storage.contracts.houses import drop_database, new_database

        on, name = request.getfixturevalue("postgres"), f"dingdian_cases_{os.getpid()}"
        found.database = new_database(on, name)
    found.init()
    process = found.start(*CONFIRMING, "prepare")
    assert process.wait(120) == 0, process.log.read_text("utf-8")
    yield found
    if found.database:
        drop_database(on, name)


def run(office, *words):
    """Processes that begin together; their exit codes and what they said."""
    for left in office.folder.glob("ready-*"):
        left.unlink()
    (office.folder / "start").unlink(missing_ok=True)
    processes = [office.start(*CONFIRMING, *each) for each in words]
    wait_until(lambda: len(list(office.folder.glob("ready-*"))) == len(words), seconds=120)
    (office.folder / "start").touch()
    return [(each.wait(120), each.log.read_text("utf-8").splitlines()[-1:]) for each in processes]


def told(office):
    process = office.start(sys.executable, "-c", TOLD)
    assert process.wait(120) == 0, process.log.read_text("utf-8")
    return process.log.read_text("utf-8").strip().splitlines()[-1]


def test_one_that_is_killed_leaves_nothing_of_the_move(office):
    ((code, _),) = run(office, ("killed", "second"))
    assert code == -9
    assert told(office) == BEFORE
    assert run(office, ("confirm", "third")) == [(0, ["confirmed"])]
    assert told(office) == AFTER


def test_of_three_at_once_one_confirms_and_the_others_are_told(office):
    found = run(office, *(("confirm", name) for name in ("second", "third", "fourth")))
    assert [code for code, _ in found] == [0, 0, 0]
    said = sorted(line for _, lines in found for line in lines)
    assert said.count("confirmed") == 1
    assert all(each == "confirmed" or "case_moved_meanwhile" in each for each in said)
    assert told(office) == AFTER
