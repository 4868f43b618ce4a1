"""A process of bench/rounds.py: fill a system with the city, and write the round to decide."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

APPLICANTS = 500
#: How far the copies of an applicant stand from each other, in degrees: about a hundred metres.
STEP = 0.0012


def main(folder: Path, port: str) -> None:
    from dingdian.web.config import read_config
    from dingdian.web.setting_up import make_folders, make_tables, start_django, write_config
    from dingdian.wiring import ledgers

    values = {"policy": "shenyang", "address": f"127.0.0.1:{port}", "second_factor": False}
    write_config(folder / "dingdian.toml", values)
    make_folders(read_config(folder / "dingdian.toml"))
    config = start_django(folder / "dingdian.toml")
    from dingdian.web import sample, sample_plans

    make_tables(config, opened_on=sample.OPENED)
    ledgers.write_sample("shenyang", folder / "ledger", seed=1, force=True)
    sample.make_users(sample.fill(config, folder / "ledger"))
    sample_plans.make_plans()
    n = _write_round(folder / "ledger" / "round", folder / "round.xlsx")
    print(json.dumps({"session": _session(), "applicants": n}))


def _write_round(given: Path, out: Path) -> int:
    """The applicants of the sample, again and again a hundred metres on, as one workbook."""
    from dingdian.core.admission.contract import TABLES
    from dingdian.storage.round_read import read_round
    from dingdian.storage.workbook_write import write_workbook

    tables = read_round(given).tables
    rows = {name: list(_rows(table)) for name, table in tables.items()}
    own = [name for name, its in rows.items() if its and "application" in its[0]]
    first = rows["applications"]
    kept = {name: [] if name in own else rows[name] for name in rows} | {"applications": []}
    for number in range(APPLICANTS):
        copy, at = divmod(number, len(first))
        code = first[at]["code"]
        one = {**first[at], "code": f"{code}-{copy}"}
        if isinstance(one.get("lon"), float):
            one["lon"] += copy * STEP
        if copy:
            one = {key: cell for key, cell in one.items() if key not in ("uscc", "institution")}
        kept["applications"].append(one)
        for name in own:
            its = (row for row in rows[name] if row["application"] == code)
            kept[name] += [{**row, "application": one["code"]} for row in its]
    write_workbook(kept, out, TABLES)
    return len(kept["applications"])


def _rows(table):
    columns = {name: column.cells() for name, column in table.columns.items()}
    for cells in zip(*columns.values(), strict=True):
        pairs = zip(columns, cells, strict=True)
        yield {name: _plain(cell) for name, cell in pairs if cell is not None}


def _plain(cell):
    if isinstance(cell, Fraction):
        return int(cell) if cell.denominator == 1 else float(cell)
    return cell


def _session() -> str:
    """The session of a clerk of the whole place."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from dingdian.web.accounts.models import Grant, User
    from dingdian.web.rights import Role

    user = User.objects.create(username="whole", name="全市经办员", must_change=False)
    Grant.objects.create(user=user, role=Role.CLERK, granted_by="bench")
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
