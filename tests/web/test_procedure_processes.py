"""A plan issued by processes that are killed, or that come at once: whole, and once."""

import sys

import pytest

from tests.web.installations import Installation, wait_until

pytestmark = pytest.mark.slow

STEPPING = [sys.executable, "-m", "tests.web.stepping"]


@pytest.fixture
def office(tmp_path):
    found = Installation(tmp_path)
    found.init()
    process = found.start(*STEPPING, "prepare")
    assert process.wait(120) == 0, process.log.read_text("utf-8")
    return found


def told(office):
    """The stage of the plan, whether it has an issued version, and its steps."""
    script = (
        "from dingdian.web.setting_up import start_django; start_django()\n"
        "from dingdian.web import bureau\n"
        "from dingdian.web.plans.models import Plan\n"
        "from dingdian.core.journal import journal_mark\n"
        "from dingdian.core.lifecycle import chain\n"
        "plan = Plan.objects.get(); journal = bureau.journal()\n"
        "acts = [note.act for note in journal.notes(plan.subject)]\n"
        "broken = list(chain.breaks(journal_mark(journal.mark), journal.stored()))\n"
        "print(plan.stage, plan.issued_version_id, acts.count('dossier.issue'), len(broken))\n"
    )
    process = office.start(sys.executable, "-c", script)
    assert process.wait(120) == 0
    return process.log.read_text("utf-8").split()[-4:]


def begin(office, *words):
    return [office.start(*STEPPING, word) for word in words]


def go(office, n):
    wait_until(lambda: len(list(office.folder.glob("ready-*"))) == n, seconds=120)
    (office.folder / "start").touch()


def test_one_that_is_killed_before_it_is_kept_leaves_nothing_and_can_be_made_again(office):
    (process,) = begin(office, "killed")
    go(office, 1)
    assert process.wait(120) == -9
    assert told(office) == ["deliberated", "None", "0", "0"]
    (again,) = begin(office, "issue")
    assert again.wait(120) == 0
    assert told(office) == ["issued", "1", "1", "0"]


def test_of_two_people_at_once_one_issues_and_the_other_is_told(office):
    processes = begin(office, "issue", "issue")
    go(office, 2)
    for each in processes:
        assert each.wait(120) == 0, each.log.read_text("utf-8")
    said = sorted(each.log.read_text("utf-8").split()[-1] for each in processes)
    assert said == ["issued", "plan_moved_on"]
    assert told(office) == ["issued", "1", "1", "0"]
