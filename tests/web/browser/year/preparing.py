"""What stands before the story begins, in a process of its own: ``preparing.py bureau|public``.

The two installations on the first day, the key of each with the other, and a user of every role.
"""

import datetime as dt
import json
import os
import sys
from pathlib import Path

from dingdian.web.config import VARIABLE
from dingdian.web.setting_up import make_folders, make_tables, start_django
from tests.web.browser.year.town import HERE

#: User -> name, role, and whether the role holds in the district of the story only.
USERS = {
    "planner": ("规划员林静", "planner", False),
    "county": ("法库县医保孙悦", "county", True),
    "legal": ("法规员吴昊", "legal", False),
    "leader": ("局领导周明", "leader", False),
    "clerk": ("经办员王磊", "clerk", True),
    "second": ("复核员马超", "clerk", True),
    "supervisor": ("监管员郑洁", "supervisor", True),
    "assessor": ("考核负责人马骏", "supervisor", False),
    "evaluator": ("评估专家赵宁", "evaluator", False),
    "auditor": ("审计管理员黄蕾", "audit_admin", False),
}
#: Users of the two clinics of the story.
HOLDERS = {"newcomer": "诊所何敏", "leaver": "诊所罗刚"}


def prepare(opened_on, holders):
    """Tables of the bureau and its users; user -> password."""
    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password

    config = start_django()
    make_folders(config)
    make_tables(config, opened_on=opened_on)
    passwords = {}

    def add(username, name, role, **more):
        passwords[username] = new_password()
        more |= {"password": passwords[username], "by": "init", "change": False}
        add_user(username, name, role, **more)

    for username, (name, role, here) in USERS.items():
        add(username, name, Role(role), region=HERE if here else "")
    for username, code in holders.items():
        add(username, HOLDERS[username], Role.INSTITUTION, holder=code)
    return passwords


if __name__ == "__main__":
    day, holders = dt.date.fromisoformat(sys.argv[2]), json.loads(sys.argv[3])
    if sys.argv[1] == "bureau":
        print(json.dumps(prepare(day, holders)))  # noqa: T201
    else:
        config = start_django()
        make_folders(config)
        make_tables(config)
    Path(os.environ[VARIABLE]).with_name("ready").touch()
