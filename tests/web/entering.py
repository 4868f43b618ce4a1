"""A round entered by a worker that is killed, then by two at once: ``entering.py LEDGER``."""

import os
import signal
import sys
from pathlib import Path

from dingdian.web.setting_up import start_django
from tests.web.forking import together

DISTRICT = "232761"
PEOPLE = ("clerk", "second", "third")


def prepare(ledger):
    """The sample under an issued plan, and a decided round that two people confirmed at once."""
    from dingdian.web import bureau, clock
    from dingdian.web.accounts.models import User
    from dingdian.web.ledger import refreshing
    from dingdian.web.plans import making
    from dingdian.web.plans.models import Plan, Version
    from dingdian.web.rights import Role
    from dingdian.web.rounds import entering
    from dingdian.web.rounds.models import Round
    from dingdian.web.sample_rounds import make_round
    from dingdian.web.setting_up import add_user, new_password
    from dingdian.wiring import lives
    from tests.web.conftest import RUN

    for name, role in (("planner", Role.PLANNER), *((each, Role.CLERK) for each in PEOPLE)):
        add_user(name, name, role, region="", password=new_password(), by="test", change=False)
    lives.load(bureau.desk(), ledger, by="test", reason="示例数据")
    refreshing.refresh()
    plan = Plan.objects.create(
        kind="work_plan", year=2026, title="计划", created_by="planner", created_at=clock.now()
    )
    making.ask_for(plan, User.objects.get(username="planner"), RUN)
    work()
    plan.stage, plan.issued_version = "issued", Version.objects.get()
    plan.save()
    row = make_round(ledger, DISTRICT)
    clerk, *others = (User.objects.get(username=name) for name in PEOPLE)
    assert entering.propose(clerk, row) is None
    for each in others:
        entering.confirm(each, Round.objects.get())


def work():
    """Do what waits, as a worker does it."""
    from dingdian.web.jobs import running

    running.work(once=True)


def killed():
    """Die once every entry is written and before any is kept."""
    from dingdian.web.rounds import entering

    entering._entered = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    work()


def told():
    """The round, its entries, whether any are left, and how the work ended; the chains hold."""
    from dingdian.core.journal import journal_mark
    from dingdian.core.lifecycle import chain
    from dingdian.web import bureau
    from dingdian.web.jobs.models import Job
    from dingdian.web.rounds import entering
    from dingdian.web.rounds.models import Round

    row, journal, ledger = Round.objects.get(), bureau.journal(), bureau.desk().ledger
    assert not list(chain.breaks(journal_mark(journal.mark), journal.stored()))
    assert not list(chain.breaks(ledger.mark, ledger.stored()))
    made = [each for each in ledger.entries() if "+" in each.by]
    assert len(made) == row.entries
    jobs = Job.objects.filter(kind=entering.WORK)
    ends = sorted(each.faults[0][0] if each.faults else str(each.state) for each in jobs)
    return [row.state, len({each.by for each in made}), bool(entering.moves(row)), *ends]


if __name__ == "__main__":
    start_django()
    prepare(Path(sys.argv[1]))
    lines = [together(killed)[0][0], told(), [code for code, _ in together(work, work)], told()]
    sys.stdout.write(f"{lines}\n")
