"""Letters made in a process of its own: ``lettering.py prepare|make|killed``."""

import datetime as dt
import os
import signal
import sys

from dingdian.web.setting_up import start_django
from tests.web.installations import begin_together

CASES = [f"p-{n}" for n in range(5)]
DAY = dt.date(2026, 3, 2)


def prepare():
    """A clerk, and five applications of pharmacies that were accepted."""
    from dingdian.actions.change_stage import change_stages
    from dingdian.core.lifecycle.entry import SHANGHAI
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web import bureau
    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password

    add_user("clerk", "某", Role.CLERK, password=new_password(), by="test", change=False)
    desk, at = bureau.desk(), dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    facts = {"name": "药房", "kind": "retail_pharmacy", "region": "210102"}
    facts["services"] = "personal_account"
    said = {"held_on": DAY, "known_at": at, "by": "test", "role": "agency"}
    asked = [
        Asked(case=case, move=move, facts=facts if move == "apply" else {}, **said)
        for case in CASES
        for move in ("apply", "accept")
    ]
    change_stages(desk.ledger, asked, desk.terms)


def make(*, killed):
    """Make the letters of all cases as fast as it goes; or die before the third is kept."""
    from django.db import transaction

    from dingdian.core.errors import RequestError
    from dingdian.web.accounts.models import User
    from dingdian.web.cases.finding import find
    from dingdian.web.letters import making

    user = User.objects.get(username="clerk")
    begin_together()
    for n, case in enumerate(CASES):
        found = find(case)
        try:
            with transaction.atomic():
                making.make(user, found, found.entries[-1].seq, "acceptance")
                if killed and n == 2:
                    os.kill(os.getpid(), signal.SIGKILL)
        except RequestError as error:  # another process made it before
            if [each.kind for each in error.faults] != ["letter_made"]:
                raise


if __name__ == "__main__":
    start_django()
    if sys.argv[1] == "prepare":
        prepare()
    else:
        make(killed=sys.argv[1] == "killed")
