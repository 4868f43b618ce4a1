"""A move confirmed in a process of its own: ``confirming.py prepare|confirm NAME|killed NAME``."""

import datetime as dt
import io
import os
import signal
import sys

from dingdian.web.setting_up import start_django
from tests.web.installations import begin_together

CASE, DISTRICT = "210102-2026-0001", "210102"
DAY = dt.date(2026, 3, 2)
PEOPLE = ("clerk", "second", "third", "fourth")


def prepare():
    """Four clerks; an application that was accepted, and whose refusal waits to be confirmed."""
    from dingdian.actions.change_stage import change_stages
    from dingdian.core.lifecycle.entry import SHANGHAI
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web import bureau, clock, papers
    from dingdian.web.accounts.models import User
    from dingdian.web.cases import recording
    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password

    for name in PEOPLE:
        given = {"region": DISTRICT, "password": new_password(), "by": "test", "change": False}
        add_user(name, name, Role.CLERK, **given)
    desk, at = bureau.desk(), dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    said = {"case": CASE, "held_on": DAY, "by": "test", "role": "agency"}
    facts = {"name": "药房", "kind": "retail_pharmacy", "region": DISTRICT}
    asked = [
        Asked(move="apply", facts=facts, known_at=at, **said),
        Asked(move="accept", known_at=at, **said),
    ]
    change_stages(desk.ledger, asked, desk.terms)
    content = b"%PDF-1.7"
    kept = papers.Kept(papers.put(content, "pdf"), "a.pdf", "pdf", len(content))
    paper = papers.Handed(kept, io.BytesIO(content))
    wish = Asked(move="refuse", facts={"ground": "超出规划"}, known_at=clock.now(), seen=2, **said)
    recording.propose(User.objects.get(username="clerk"), wish, DISTRICT, (paper,))


def confirm(name, *, killed):
    """Confirm it together with others; or die while entry and paper are not kept yet."""
    from dingdian.core.errors import RequestError
    from dingdian.web.accounts.models import User
    from dingdian.web.cases import recording
    from dingdian.web.cases.models import Proposal

    user, proposal = User.objects.get(username=name), Proposal.objects.get()
    if killed:
        recording._tell = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    begin_together()
    try:
        recording.confirm(user, proposal)
    except RequestError as error:
        sys.stdout.write(f"told {[each.kind for each in error.faults]}\n")
    else:
        sys.stdout.write("confirmed\n")


if __name__ == "__main__":
    start_django()
    if sys.argv[1] == "prepare":
        prepare()
    else:
        confirm(sys.argv[2], killed=sys.argv[1] == "killed")
