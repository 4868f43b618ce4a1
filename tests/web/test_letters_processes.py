"""Letters made by processes that are killed, or that come at once: numbered once, without a gap."""

import os
import sys

import pytest

from tests.web.installations import Installation, wait_until

pytestmark = pytest.mark.slow

LETTERING = [sys.executable, "-m", "tests.web.lettering"]
TOLD = """
from dingdian.web.setting_up import start_django; start_django()
from dingdian.web import bureau
from dingdian.web.letters.making import content
from dingdian.web.letters.models import Letter
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle import chain
journal = bureau.journal()
letters = list(Letter.objects.order_by("n"))
noted = sorted(int(each.facts["n"]) for each in journal.of_act("letter.make"))
assert noted == [each.n for each in letters]
assert all(content(each) for each in letters)
assert not list(chain.breaks(journal_mark(journal.mark), journal.stored()))
print("numbers", *noted, "of", len({each.case for each in letters}))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request, tmp_path):
    found = Installation(tmp_path)
    if request.param == "postgresql":
        from tests.storage.contracts.houses import drop_database, new_database

        on, name = request.getfixturevalue("postgres"), f"dingdian_letters_{os.getpid()}"
        found.database = new_database(on, name)
    found.init()
    process = found.start(*LETTERING, "prepare")
    assert process.wait(120) == 0, process.log.read_text("utf-8")
    yield found
    if found.database:
        drop_database(on, name)


def run(office, *words):
    """Processes that begin together; their exit codes."""
    for left in office.folder.glob("ready-*"):
        left.unlink()
    (office.folder / "start").unlink(missing_ok=True)
    processes = [office.start(*LETTERING, word) for word in words]
    wait_until(lambda: len(list(office.folder.glob("ready-*"))) == len(words), seconds=120)
    (office.folder / "start").touch()
    return [(each.wait(120), each.log.read_text("utf-8")) for each in processes]


def told(office):
    process = office.start(sys.executable, "-c", TOLD)
    assert process.wait(120) == 0, process.log.read_text("utf-8")
    return process.log.read_text("utf-8").strip().splitlines()[-1]


def test_one_that_is_killed_leaves_no_half_of_a_letter_and_no_gap(office):
    ((code, _log),) = run(office, "killed")
    assert code == -9
    assert told(office) == "numbers 1 2 of 2"
    ((code, log),) = run(office, "make")
    assert code == 0, log
    assert told(office) == "numbers 1 2 3 4 5 of 5"


def test_three_at_once_make_every_letter_once(office):
    for code, log in run(office, "make", "make", "make"):
        assert code == 0, log
    assert told(office) == "numbers 1 2 3 4 5 of 5"
