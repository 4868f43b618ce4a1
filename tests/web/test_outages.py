"""The disk is full, the database is gone and back: a clear page, and nothing is lost."""

import http.cookiejar
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web.rights import Role
from tests.storage.contracts.houses import new_database
from tests.web.installations import DINGDIAN, Installation, dingdian, status, wait_until
from tests.web.test_jobs_processes import asked
from tools.postgres import programs, server

pytestmark = pytest.mark.slow
MOUNT, UMOUNT = shutil.which("mount"), shutil.which("umount")


@contextmanager
def small_disk(folder, size):
    """A disk of its own, of so many bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["-t", "tmpfs", "-o", f"size={size},mode=0777", "tmpfs", str(folder)]
    tried = subprocess.run([str(MOUNT), *words], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run([str(UMOUNT), "-l", str(folder)], check=True)


def fill(path):
    """Write until no byte is left."""
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 512, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


class Browser:
    """Somebody with cookies."""

    def __init__(self, address):
        self.address = f"http://{address}"
        jar = http.cookiejar.CookieJar()
        self.ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path, **form):
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self.ask.open(f"{self.address}{path}", data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, username, password):
        code, page = self.get("/account/sign-in")
        assert code == 200, page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        given = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        return self.get("/account/sign-in", **given)


def made(folder, database=""):
    """A fresh installation, and the password of its first administrator."""
    office = Installation(folder, database)
    said = office.init()
    return office, re.search(r"^sysadmin\t\S+\t(\S+)$", said, re.MULTILINE)[1]


@contextmanager
def served(office):
    process = office.start(*DINGDIAN, "serve")
    try:
        wait_until(lambda: "running" in process.log.read_text(), why=process.log.read_text())
        yield process
        assert process.poll() is None, process.log.read_text()
    finally:
        process.terminate()
        process.wait(40)


@pytest.mark.postgresql
def test_pages_and_worker_outlive_a_database_that_goes_and_comes_back(tmp_path):
    with server("fsync=off") as url:
        folder = Path(urllib.parse.unquote(urllib.parse.urlsplit(url).netloc.partition("@")[2]))
        owner = folder.owner() if os.geteuid() == 0 else None

        def control(*words):
            command = [str(programs() / "pg_ctl"), "-D", str(folder / "data"), "-w", *words]
            subprocess.run(command, check=True, user=owner, cwd=folder, stdout=subprocess.DEVNULL)

        office, password = made(tmp_path, new_database(url, "dingdian_outage"))
        with served(office):
            somebody = Browser(office.address)
            assert somebody.sign_in("sysadmin", password)[0] == 200
            control("-m", "immediate", "stop")
            code, page = somebody.get("/")
            assert code == 503
            assert "数据库" in page
            assert "Traceback" not in page
            code, said = status(office.address)
            assert (code, '"database": "failing"' in said) == (503, True)
            socket = f"-k {folder} -c listen_addresses= -c fsync=off"
            control("-l", str(folder / "log"), "-o", socket, "start")
            wait_until(lambda: status(office.address)[0] == 200, why="health")
            assert somebody.get("/")[0] == 200
            job = asked(office, "none of the worker's")
            wait_until(lambda: office.jobs.get(pk=job.pk).state == "failed", why="the worker")
        dingdian("office", "check", "--config", office.config)
        _close(office)


def _close(office):
    """No connection of this process is left to a server that ends."""
    from django.db import connections

    connections[office.jobs.db].close()


def test_a_full_disk_under_the_database_is_told_and_loses_nothing(tmp_path):
    with small_disk(tmp_path / "disk", "320m") as disk:
        office, password = made(disk)
        with served(office):
            somebody = Browser(office.address)
            fill(disk / "filler")
            code, page = somebody.sign_in("sysadmin", password)
            assert code in (503, 507)
            assert "<h1" in page
            assert "Traceback" not in page
            code, said = status(office.address)
            assert (code, '"disk": "failing"' in said) == (503, True)
            (disk / "filler").unlink()
            assert somebody.sign_in("sysadmin", password)[0] == 200
        said = dingdian("office", "check", "--config", office.config)
        assert "journal" in said


def test_a_backup_onto_a_full_disk_leaves_nothing_of_it(installed, tmp_path):
    with small_disk(tmp_path / "disk", "16k") as disk:
        words = ["--config", installed.config, "--out", disk / "kept" / "office.tar.gz"]
        dingdian("office", "backup", *words, code=3 if installed.database else 7)
        assert [p for p in disk.rglob("*") if p.is_file()] == []


def test_an_upload_onto_a_full_disk_is_told_and_leaves_nothing(signed_in, settings, tmp_path):
    from dingdian.web.imports.models import Import

    planner, before = signed_in(Role.PLANNER), Import.objects.count()
    with small_disk(tmp_path / "disk", "128k") as disk:
        settings.MEDIA_ROOT = str(disk)
        content = (Path(__file__).parents[1] / "golden" / "ledger_before_web.sql").read_bytes() * 4
        answer = planner.post(
            "/imports/new", {"files": SimpleUploadedFile("institutions.csv", content)}
        )
        assert answer.status_code == 507
        assert "磁盘" in answer.content.decode()
        assert Import.objects.count() == before
        assert [p for p in disk.rglob("*") if p.is_file()] == []
