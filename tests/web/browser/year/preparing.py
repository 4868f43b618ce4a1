"""What stands before the story begins: tables of an installation, and a user of every role."""

import datetime as dt

from dingdian.web.config import BUREAU
from dingdian.web.setting_up import make_tables
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
    """Tables on the first day, and the bureau's users: user -> password."""
    from django.conf import settings

    from dingdian.web.rights import Role
    from dingdian.web.setting_up import add_user, new_password

    config = settings.CONFIG
    make_tables(config, opened_on=dt.date.fromisoformat(opened_on))
    if config.kind != BUREAU:
        return {}
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
