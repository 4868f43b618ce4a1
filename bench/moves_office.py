"""A process of bench/moves.py: moves as a clerk records them on a page, right and district asked.

``moves_office FOLDER CASES [URL]``: an installation of its own, on SQLite or at an address, with
one clerk of one district; prints moves a second, one by one and all in one hold.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dingdian.core.lifecycle.moving import Asked


def main(folder: Path, cases: int, url: str) -> None:
    from dingdian.web.config import read_config
    from dingdian.web.setting_up import make_folders, make_tables, start_django, write_config

    values = {"policy": "shenyang", "address": "127.0.0.1:1", "second_factor": False}
    write_config(folder / "dingdian.toml", {**values, **({"database": url} if url else {})})
    make_folders(read_config(folder / "dingdian.toml"))
    config = start_django(folder / "dingdian.toml")
    make_tables(config, opened_on=dt.date(2026, 1, 1))
    from bench.moves import asked_of
    from dingdian.actions.change_stage import change_stages
    from dingdian.web import bureau
    from dingdian.web.accounts.models import Grant, User
    from dingdian.web.cases.finding import seen
    from dingdian.web.cases.offering import offered, roles_of
    from dingdian.web.cases.recording import record
    from dingdian.web.ledger.models import Region
    from dingdian.web.rights import Right, Role

    district = "210102"
    Region.objects.create(
        code=district, name="和平区", level="county", district=district, position=0
    )
    clerk = User.objects.create(username="li", name="李", must_change=False)
    Grant.objects.create(user=clerk, role=Role.CLERK, region=district, granted_by="bench")

    def move(asked: Asked) -> None:
        """As a request does: the user and their grants are read, the right held to the case."""
        user = User.objects.get(username="li")
        asked = replace(asked, role="agency")
        stage, where = None, district
        if asked.move != "apply":
            found = seen(user, asked.case, Right.MOVE_CASES)
            stage, where = found.state.stage, found.district
        if offered(roles_of(user, where), asked.move, stage) is None:
            raise PermissionError(asked.move)
        record(user, asked)

    wanted = list(asked_of(cases))
    move(wanted[0])
    started = time.perf_counter()
    for each in wanted[1:]:
        move(each)
    singly = (len(wanted) - 1) / (time.perf_counter() - started)
    desk = bureau.desk()
    later = wanted[-1].known_at
    together = [replace(each, case=f"{each.case}-2", known_at=later) for each in wanted]
    started = time.perf_counter()
    change_stages(desk.ledger, together, desk.terms)
    in_one = len(together) / (time.perf_counter() - started)
    print(json.dumps([singly, in_one]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
