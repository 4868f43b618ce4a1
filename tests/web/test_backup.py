"""Backups of real installations, and what is made from them."""

import gzip
import io
import json
import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from dingdian.core.errors import OutputError, RequestError
from dingdian.web.backup import restore
from tests.storage.contracts.houses import drop_database, new_database
from tests.web.installations import (
    DINGDIAN,
    Installation,
    dingdian,
    status,
    wait_until,
)

pytestmark = pytest.mark.slow
GOLDEN = Path(__file__).parents[1] / "golden" / "ledger_before_web.sql"


@pytest.fixture(scope="module")
def office(installed, sample_ledger):
    """An installation with a census, an upload and a plan."""
    at = ["--ledger", installed.url, "--by", "li"]
    dingdian("ledger", "load", sample_ledger, *at)
    data = installed.folder / "dingdian-data"
    (data / "uploads" / "7").mkdir()
    (data / "uploads" / "7" / "台账.xlsx").write_bytes(os.urandom(70_000))
    (data / "plans" / "3").mkdir()
    (data / "plans" / "3" / "plan.json").write_text('{"year": 2026}')
    (data / "plans" / ".4-unfinished").mkdir()
    (data / "plans" / ".4-unfinished" / "plan.json").write_text("{")
    return installed


@pytest.fixture(scope="module")
def kept(office, tmp_path_factory):
    """A backup of it."""
    out = tmp_path_factory.mktemp("kept") / "office.tar.gz"
    dingdian("office", "backup", "--config", office.config, "--out", out)
    return out


@pytest.fixture
def empty(office, request):
    """Words that name an empty database for what is restored, where it needs one."""
    if not office.database:
        yield []
        return
    on = request.getfixturevalue("postgres")
    name = f"dingdian_restored_{os.getpid()}"
    yield ["--database", new_database(on, name)]
    drop_database(on, name)


def contents(archive):
    """Name -> bytes of what is in a backup."""
    with tarfile.open(archive) as packed:
        return {each.name: packed.extractfile(each).read() for each in packed}


def packed(path, found):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in found.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def test_a_backup_holds_what_cannot_be_made_anew(office, kept):
    found = contents(kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    names = set(found)
    assert {"manifest.json", "database", "dingdian.toml", "data/secret-key"} <= names
    assert {"data/uploads/7/台账.xlsx", "data/plans/3/plan.json"} <= names
    assert not [name for name in names if "static" in name or ".4-" in name or "beat" in name]
    said = json.loads(found["manifest.json"])
    assert said["heads"]["ledger"][0] > 100
    assert len(said["files"]) == len(found) - 1


def test_what_is_restored_answers_pages_and_is_whole(office, kept, empty, tmp_path):
    into = tmp_path / "office"
    said = dingdian("office", "restore", kept, "--into", into, *empty)
    assert "ledger\t" in said
    assert "journal\t" in said
    for name in ("uploads/7/台账.xlsx", "plans/3/plan.json", "secret-key"):
        before = office.folder / "dingdian-data" / name
        assert (into / "data" / name).read_bytes() == before.read_bytes()
    assert stat.S_IMODE((into / "data" / "secret-key").stat().st_mode) == 0o600
    restored = Installation(into)
    dingdian("office", "check", "--config", restored.config)
    process = restored.start(*DINGDIAN, "serve")
    try:
        wait_until(lambda: "running" in process.log.read_text(), why=process.log.read_text())
        assert status(office.address)[0] == 200
        code, page = status(office.address, "/account/sign-in")
        assert (code, "csrfmiddlewaretoken" in page) == (200, True)
    finally:
        process.terminate()
        process.wait(30)


def test_a_backup_while_others_write_is_whole(office, empty, tmp_path):
    import datetime as dt

    from dingdian.core.lifecycle.entry import SHANGHAI

    now = dt.datetime.now(SHANGHAI)
    for _ in range(150):
        office.jobs.create(kind="count", given={"steps": 3}, asked_at=now)
    worker = office.worker("--once")
    wait_until(lambda: office.jobs.filter(state="done").exists())
    out = tmp_path / "busy.tar.gz"
    dingdian("office", "backup", "--config", office.config, "--out", out)
    assert worker.wait(60) == 0
    dingdian("office", "restore", out, "--into", tmp_path / "office", *empty)
    office.jobs.all().delete()


def test_nothing_is_restored_over_something(office, kept, empty, tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(OutputError):
        restore(kept, tmp_path, database=empty[-1] if empty else "")
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]
    if empty:
        with pytest.raises(RequestError) as error:
            restore(kept, tmp_path / "new", database=office.database)
        assert error.value.faults[0].kind == "backup_taken"
        assert not (tmp_path / "new").exists()


def test_a_database_of_another_kind_is_told(office, kept, tmp_path):
    other = "" if office.database else "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(RequestError) as error:
        restore(kept, tmp_path / "new", database=other)
    assert error.value.faults[0].kind == "backup_kind"
    assert not (tmp_path / "new").exists()


def _cut(kept, path):
    path.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])


def _flip(kept, path):
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def _changed(change):
    def damage(kept, path):
        found = contents(kept)
        change(found)
        packed(path, found)

    return damage


def _manifest(found, **more):
    said = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps({**said, **more}).encode()


def _link(kept, path):
    packed(path, contents(kept))
    with gzip.open(path) as file:
        plain = io.BytesIO(file.read())
    with tarfile.open(fileobj=plain, mode="a") as archive:
        member = tarfile.TarInfo("data/uploads/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    path.write_bytes(gzip.compress(plain.getvalue()))


def _all_zero(found):
    found["database"] = bytes(len(found["database"]))


DAMAGES = {
    "cut": (_cut, "backup_damaged"),
    "flipped": (_flip, "backup_damaged"),
    "no archive": (lambda _, path: path.write_bytes(b"PK\x03\x04 no"), "backup_damaged"),
    "a plan changed": (
        _changed(lambda found: found.update({"data/plans/3/plan.json": b"{}"})),
        "backup_damaged",
    ),
    "database changed": (_changed(_all_zero), "backup_damaged"),
    "key gone": (_changed(lambda found: found.pop("data/secret-key")), "backup_damaged"),
    "one more": (_changed(lambda f: f.update({"data/uploads/x.py": b"0"})), "backup_damaged"),
    "out of the folder": (_changed(lambda f: f.update({"../../evil": b"0"})), "backup_damaged"),
    "a link": (_link, "backup_damaged"),
    "no manifest": (_changed(lambda found: found.pop("manifest.json")), "backup_damaged"),
    "newer": (_changed(lambda found: _manifest(found, version="99.0.0")), "backup_newer"),
    "newer form": (_changed(lambda found: _manifest(found, form=2)), "backup_newer"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_backup_is_refused_whole(kept, empty, tmp_path, name):
    damage, kind = DAMAGES[name]
    bad = tmp_path / "bad.tar.gz"
    damage(kept, bad)
    with pytest.raises(RequestError) as error:
        restore(bad, tmp_path / "new", database=empty[-1] if empty else "")
    assert error.value.faults[0].kind == kind
    assert [each.name for each in tmp_path.iterdir()] == ["bad.tar.gz"]
    if empty:
        with closing(psycopg.connect(empty[-1])) as connection:
            found = connection.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'ledger%'")
            assert found.fetchone() == (0,)


def test_a_folder_of_backups_keeps_the_newest(office, tmp_path):
    for stamp in ("20260101-000000", "20260102-000000"):
        (tmp_path / f"dingdian-{stamp}.tar.gz").touch()
    (tmp_path / "letter.tar.gz").touch()
    words = ["--into", tmp_path, "--keep", "2"]
    dingdian("office", "backup", "--config", office.config, *words)
    found = sorted(each.name for each in tmp_path.iterdir())
    assert found[0] == "dingdian-20260102-000000.tar.gz"
    assert found[2] == "letter.tar.gz"
    assert len(found) == 3


def test_a_ledger_of_the_release_before_opens_after_the_upgrade(tmp_path):
    file = tmp_path / "cases.sqlite3"
    with closing(sqlite3.connect(file)) as one:
        one.executescript(GOLDEN.read_text("utf-8"))
    words = ["--config", tmp_path / "dingdian.toml", "--policy", "daxinganling"]
    said = dingdian("office", "init", *words, "--database", f"sqlite:///{file}")
    assert "sysadmin\t" in said
    assert len(list((tmp_path / "backups").iterdir())) == 1
    said = dingdian("office", "check", "--config", tmp_path / "dingdian.toml")
    assert "ledger\t32\t" in said
    shown = dingdian("ledger", "show", "--ledger", f"sqlite:///{file}")
    assert "29" in shown
    with closing(sqlite3.connect(file)) as one:
        entries = one.execute("SELECT seq, body, digest FROM ledger_entry ORDER BY seq").fetchall()
    with closing(sqlite3.connect(":memory:")) as one:
        one.executescript(GOLDEN.read_text("utf-8"))
        before = one.execute("SELECT seq, body, digest FROM ledger_entry ORDER BY seq").fetchall()
    assert entries == before


def test_an_older_installation_is_not_served_before_its_upgrade(tmp_path):
    found = Installation(tmp_path)
    found.init()
    with closing(sqlite3.connect(tmp_path / "dingdian.sqlite3")) as one:
        one.execute("DROP TABLE jobs_job")
        one.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
        one.commit()
    said = dingdian("serve", "--config", found.config, code=3)
    assert "dingdian office upgrade" in said
    said = dingdian("office", "upgrade", "--config", found.config)
    assert str(tmp_path / "backups") in said
    dingdian("office", "check", "--config", found.config)
    again = dingdian("office", "init", "--config", found.config, code=3)
    assert "dingdian.toml" in again


def test_a_ledger_that_was_changed_does_not_pass_the_check(office, kept, empty, tmp_path):
    into = tmp_path / "office"
    dingdian("office", "restore", kept, "--into", into, *empty)
    if empty:
        connection = psycopg.connect(empty[-1], autocommit=True)
    else:
        connection = sqlite3.connect(into / "dingdian.sqlite3", isolation_level=None)
    with closing(connection):
        connection.execute("UPDATE ledger_entry SET body = replace(body, 'li', 'lo') WHERE seq = 2")
    dingdian("office", "check", "--config", into / "dingdian.toml", code=3)
