"""Imports under kill -9 and side by side, with real workers, on SQLite and PostgreSQL."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from tests.storage.contracts.houses import drop_database, new_database
from tools.postgres import server

pytestmark = pytest.mark.slow

_numbers = count(1)
#: Runs in a process of its own, in the installation of its folder.
HEAD = """
import datetime as dt, json, os, signal, sys, threading
from pathlib import Path
from dingdian.web.setting_up import make_folders, make_tables, start_django
config = start_django(Path(sys.argv[1]))
from django.utils.module_loading import autodiscover_modules
from dingdian.web import bureau, clock
from dingdian.web.imports.models import Import
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
autodiscover_modules("handlers")
"""
SET_UP = """
from dingdian.web import sample
from dingdian.web.rights import Role
from dingdian.web.setting_up import add_user
make_folders(config)
make_tables(config, opened_on=dt.date(2026, 1, 1))
sample.fill(config, Path(sys.argv[2]))
add_user("planner", "某", Role.PLANNER, password="x", by="test", change=False)
"""
UPLOAD = """
import secrets, shutil
from dingdian.core.census.census import make_census
from dingdian.samples import SAMPLES
from dingdian.storage.workbook_write import write_workbook
for number in range(int(sys.argv[2])):
    tables = SAMPLES["daxinganling"](seed=1).tables
    first = next(r for r in tables["institutions"] if r.get("standing") == "in_force")
    for n in range(3):
        new = {**first, "code": f"P2327010{number}{n}99", "name": f"新{number}{n}", "uscc": None}
        tables["institutions"].append(new | {"lon": None, "lat": None, "crs": None})
    row = Import.objects.create(
        folder=secrets.token_hex(16), name="t.xlsx", by="planner", uploaded_at=clock.now())
    row.files_place.mkdir(parents=True)
    write_workbook(tables, row.files_place / "t.xlsx")
    given = {"pk": row.pk, "language": "zh"}
    running.ask("import_check", row.subject, by="planner", **given)
    running.work(once=True)
    running.ask("import_preview", row.subject, by="planner", **given)
    running.work(once=True)
    row.refresh_from_db()
    assert row.state == "previewed", [j.faults for j in Job.objects.all()]
"""
ASK = """
row = Import.objects.get(pk=int(sys.argv[2]))
given = {"pk": row.pk, "language": "zh", "reason": "试验", "base": row.base}
running.ask(sys.argv[3], row.subject, by="planner", **given)
"""
#: Works until it has come to a place, and dies there as by kill -9.
DYING = """
from dingdian.storage.db import censuses, ledger
from dingdian.storage.db.journal import DbJournal
where = sys.argv[2]
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def after(owner, name):
    does = getattr(owner, name)
    def dying(*words, **more):
        does(*words, **more)
        die()
    setattr(owner, name, dying)
if where == "census kept": after(censuses, "save")
if where == "cases opened": after(ledger.DbDesk, "append")
if where == "journal written": after(DbJournal, "add")
if where == "work ended": after(running.Running, "finish")
if where == "all is written":
    from django.db.backends.base.base import BaseDatabaseWrapper
    finished = running.Running.finish
    def finish(self, **result):
        finished(self, **result)
        after(BaseDatabaseWrapper, "commit")
    running.Running.finish = finish
running.work(once=True)
"""
WORK = "running.work(once=True)\n"
STATE = """
from dingdian.actions.preview_import import base_of
from dingdian.wiring import lives
desk = bureau.desk()
from dingdian.storage.db.models import Census, CensusRow
entries, faults = lives.verify(desk, [], mend=False)
row_day = Import.objects.exclude(day=None).values_list("day", flat=True).first()
cases = {}
for entry in desk.ledger.entries(): cases.setdefault(entry.case, []).append(entry.move)
of_ours = ("import_apply", "import_undo")
print(json.dumps({
    "entries": entries,
    "faults": len(faults),
    "censuses": Census.objects.count(),
    "rows": CensusRow.objects.count(),
    "print": base_of(desk.ledger, desk.terms, row_day).fingerprint,
    "imports": {i.pk: i.state for i in Import.objects.all()},
    "jobs": [[j.kind, j.state, j.attempts, [f[0] for f in j.faults]]
             for j in Job.objects.filter(kind__in=of_ours)],
    "acts": [n.act for i in Import.objects.all() for n in bureau.journal().notes(i.subject)],
    "doubled": [c for c, m in cases.items() if m.count("open") > 1 + m.count("annul")],
}))
"""
SILENT = "running.SILENCE = 0.0\n"  # a dead worker is found at once


class Office:
    """An installation in a folder, worked in by processes of its own."""

    def __init__(self, folder, database):
        self.file = folder / "dingdian.toml"
        self.file.write_text(
            f'policy = "daxinganling"\ndatabase = "{database}"\nsecond_factor = false\n'
            'log_level = "CRITICAL"\n'
        )

    def start(self, code, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
        environment["DINGDIAN_CONFIG"] = str(self.file)
        return subprocess.Popen(
            [sys.executable, "-c", HEAD + code, str(self.file), *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def run(self, code, *words, ends=0):
        process = self.start(code, *words)
        said, wrong = process.communicate(timeout=300)
        assert process.returncode == ends, wrong[-3000:]
        return said

    def state(self):
        return json.loads(self.run(STATE))


@pytest.fixture(scope="session")
def postgres():
    if given := os.environ.get("DINGDIAN_POSTGRES_URL"):
        yield given
        return
    with server("fsync=off") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("pg", marks=pytest.mark.postgresql)])
def office(request, tmp_path, sample_ledger):
    if request.param == "sqlite":
        found = Office(tmp_path, "sqlite:///office.sqlite3")
        found.run(SET_UP, sample_ledger)
        yield found
        return
    on, name = request.getfixturevalue("postgres"), f"imports_{os.getpid()}_{next(_numbers)}"
    found = Office(tmp_path, new_database(on, name))
    found.run(SET_UP, sample_ledger)
    yield found
    drop_database(on, name)


PLACES = ("census kept", "cases opened", "journal written", "work ended", "all is written")


def test_a_worker_killed_while_it_applies_or_undoes_leaves_all_or_nothing(office):
    office.run(UPLOAD, 1)
    before = office.state()
    for kind, done in (("import_apply", "applied"), ("import_undo", "undone")):
        was = office.state()
        office.run(ASK, 1, kind)
        for place in PLACES[:-1]:
            office.run(SILENT + DYING, place, ends=-signal.SIGKILL)
            now = office.state()
            same = ("entries", "faults", "censuses", "rows", "print", "imports", "acts")
            assert {k: now[k] for k in same} == {k: was[k] for k in same}, place
            # begun as often as it may be: given back, so that the next death can be tried
            office.run("Job.objects.filter(kind=sys.argv[2]).update(attempts=1)", kind)
        office.run(SILENT + DYING, PLACES[-1], ends=-signal.SIGKILL)
        after = office.state()
        assert after["imports"] == {"1": done}
        office.run(SILENT + WORK)
        office.run(ASK, 1, kind)  # and once more: nothing is written twice
        office.run(SILENT + WORK)
        again = office.state()
        same = ("entries", "faults", "censuses", "rows", "print", "imports", "acts", "doubled")
        assert {k: again[k] for k in same} == {k: after[k] for k in same}
        assert {j[1] for j in again["jobs"] if j[0] == kind} <= {"done"}
    assert again["faults"] == 0
    assert again["doubled"] == []
    assert again["acts"] == ["import.apply", "import.undo"]
    assert again["print"] == before["print"]
    assert again["entries"] == before["entries"] + 6  # three opened, three annulled


def test_a_restarted_worker_completes_what_a_killed_one_had_begun(office):
    office.run(UPLOAD, 1)
    before = office.state()
    office.run(ASK, 1, "import_apply")
    office.run(SILENT + DYING, "cases opened", ends=-signal.SIGKILL)
    office.run(SILENT + WORK)
    after = office.state()
    assert after["imports"] == {"1": "applied"}
    assert [job[:3] for job in after["jobs"]] == [["import_apply", "done", 2]]
    assert after["entries"] == before["entries"] + 3
    assert (after["faults"], after["doubled"]) == (0, [])


def test_a_worker_killed_at_any_moment_leaves_nothing_half_done(office):
    office.run(UPLOAD, 1)
    was = office.state()
    office.run(ASK, 1, "import_apply")
    for wait in (2.5, 3.5):
        process = office.start(SILENT + WORK)
        time.sleep(wait)
        process.kill()
        process.communicate()
        now = office.state()
        if now["imports"] == {"1": "applied"}:
            break
        assert (now["entries"], now["print"]) == (was["entries"], was["print"])
        office.run('Job.objects.filter(state="running").update(attempts=1)')
    office.run(SILENT + WORK)
    now = office.state()
    assert now["imports"] == {"1": "applied"}
    assert now["entries"] == was["entries"] + 3
    assert (now["faults"], now["acts"]) == (0, ["import.apply"])


@pytest.mark.parametrize("how", ["processes", "threads"])
def test_of_two_who_import_at_once_one_wins_and_the_other_is_told(office, how):
    office.run(UPLOAD, 2)
    before = office.state()
    for pk in (1, 2):
        office.run(ASK, pk, "import_apply")
    if how == "processes":
        both = [office.start("print(flush=True); sys.stdin; " + WORK) for _ in range(2)]
        assert [each.wait(300) for each in both] == [0, 0]
        for each in both:
            each.communicate()
    else:
        office.run(
            "both = [threading.Thread(target=running.work, kwargs={'once': True}) for _ in '12']\n"
            "[each.start() for each in both]; [each.join() for each in both]\n"
        )
    after = office.state()
    assert sorted(after["imports"].values()) == ["applied", "checked"]
    assert sorted(job[1] for job in after["jobs"]) == ["done", "failed"]
    assert [job[3] for job in after["jobs"] if job[3]] == [["import_base_changed"]]
    assert after["acts"] == ["import.apply"]
    assert after["entries"] == before["entries"] + 3
    assert (after["faults"], after["doubled"]) == (0, [])
    assert Path(office.file).exists()
