"""Letters made by processes that are killed, or that come at once: numbered once, without a gap."""

import pytest

pytestmark = pytest.mark.slow

LETTERING = "tests.web.lettering"
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


@pytest.fixture
def office(fresh):
    fresh.says("-m", LETTERING, "prepare")
    return fresh


def told(office):
    return office.says("-c", TOLD)


def test_one_that_is_killed_leaves_no_half_of_a_letter_and_no_gap(office):
    ((code, _log),) = office.together(LETTERING, ["killed"])
    assert code == -9
    assert told(office) == "numbers 1 2 of 2"
    ((code, log),) = office.together(LETTERING, ["make"])
    assert code == 0, log
    assert told(office) == "numbers 1 2 3 4 5 of 5"


def test_three_at_once_make_every_letter_once(office):
    for code, log in office.together(LETTERING, *[["make"]] * 3):
        assert code == 0, log
    assert told(office) == "numbers 1 2 3 4 5 of 5"
