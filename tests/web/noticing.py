"""A case under public notice, as the agency would have recorded it."""

import datetime as dt

from dingdian.actions.change_stage import change_stage
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from tests.web.conftest import DISTRICT


def do(case, move, day, **facts):
    """Record one move of the agency; its entry."""
    asked = Asked(case, move, day, clock.now(), "clerk", "agency", "试", facts=facts)
    return change_stage(bureau.desk().ledger, asked, bureau.desk().terms).entries[0]


def under_notice(name="待公示药店", *, ago=0, district=DISTRICT, case="N-1"):
    """A pharmacy whose notice was published so many days ago: the entry that did it."""
    today = clock.today()
    days = iter(today - dt.timedelta(ago + each) for each in (8, 6, 4, 0))
    about = {"name": name, "kind": "retail_pharmacy", "region": district, "address": "示例路1号"}
    do(case, "apply", next(days), **about, person="张三")
    do(case, "accept", next(days))
    do(case, "pass_evaluation", next(days))
    return do(case, "publish", next(days))
