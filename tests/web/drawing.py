"""A panel drawn by a process that is killed, then by two at once: says what came of each."""

import datetime as dt
import os
import signal
import sys

from dingdian.web.setting_up import start_django
from tests.web.forking import together

DISTRICT = "232761"
PEOPLE = ("clerk", "second")


def prepare():
    """Two clerks, eight experts, and an application in evaluation."""
    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password
    from tests.web import panelling

    for name in PEOPLE:
        given = {"region": DISTRICT, "password": new_password(), "by": "test", "change": False}
        add_user(name, name, Role.CLERK, **given)
    panelling.make_experts()
    panelling.accepted(district=DISTRICT)


def draw(name):
    """Draw by a seed of one's own; what came of it."""
    from dingdian.core.admission.application import Person
    from dingdian.core.errors import RequestError
    from dingdian.web.accounts.models import User
    from dingdian.web.panels import advancing, applicants

    user = User.objects.get(username=name)
    subject = applicants.of_case(f"{DISTRICT}-2026-0001")
    people = [Person("legal_person", "张三", "23270119700101001X")]
    said = {"seed": f"03-11-19 {name}", "source": "双色球 2026023期"}
    try:
        advancing.draw(user, subject, people, published_on=dt.date(2026, 3, 2), **said)
    except RequestError as error:
        return [each.kind for each in error.faults]
    return "drawn"


def killed():
    """Die once the seats are written and before they are kept."""
    from dingdian.web.panels import advancing

    advancing._tell = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    draw(PEOPLE[0])


def told():
    """How many draws, panels, seats and people there are; the chain holds."""
    from dingdian.core.journal import journal_mark
    from dingdian.core.lifecycle import chain
    from dingdian.web import bureau
    from dingdian.web.panels.advancing import state_of_key
    from dingdian.web.panels.models import Panel, Person, Seat

    journal = bureau.journal()
    assert not list(chain.breaks(journal_mark(journal.mark), journal.stored()))
    for each in Panel.objects.all():
        seats = {seat.expert.code for seat in each.seats.all()}
        assert set(state_of_key(each.key).members) == seats
    counts = [each.objects.count() for each in (Panel, Seat, Person)]
    return [len(journal.of_act("panel.draw")), *counts]


if __name__ == "__main__":
    start_django()
    prepare()
    lines = [together(killed), told(), sorted(together(*(lambda n=n: draw(n) for n in PEOPLE)))]
    sys.stdout.write(f"{[*lines, told()]}\n")
