"""The archive of ``make release``: installed without a network, served, upgraded over itself."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.web.installations import (
    ROOT,
    Installation,
    clean_environment,
    dingdian,
    free_port,
    status,
    wait_until,
)

pytestmark = pytest.mark.slow
NEXT = "99.0.1"
#: No registry answers here, and nothing of this machine's settings of pip is read.
NOWHERE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_CACHE_DIR": "1",
}


def build(out, *words, source=ROOT):
    command = [sys.executable, str(ROOT / "tools" / "release.py"), "--out", str(out)]
    done = subprocess.run(
        [*command, "--source", str(source), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("dingdian-*.tar.gz"))


def unpack(archive, into):
    with tarfile.open(archive) as packed:
        packed.extractall(into)  # noqa: S202 -- made a moment ago
    return next(into.glob("dingdian-*"))


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The archive of this working tree, and where it is unpacked."""
    out = tmp_path_factory.mktemp("release")
    given = os.environ.get("DINGDIAN_WHEELS")  # fetched before: saves the registry a visit
    words = ["--wheels", given] if given else []
    return build(out, *words), unpack(
        next(out.glob("*.tar.gz")), tmp_path_factory.mktemp("unpacked")
    )


@pytest.fixture(scope="module")
def next_release(release, tmp_path_factory):
    """The one after it: the same with a later version."""
    _, folder = release
    source = tmp_path_factory.mktemp("next") / "tree"
    for name in ("src", "requirements", "tools"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"):
        shutil.copyfile(ROOT / name, source / name)
    for name in ("pyproject.toml", "src/dingdian/__init__.py"):
        path = source / name
        old = path.read_text("utf-8")
        new = re.sub(r'(version(?:__)? = )"[^"]+"', rf'\1"{NEXT}"', old, count=1)
        assert new != old
        path.write_text(new, "utf-8")
    out = tmp_path_factory.mktemp("next-release")
    archive = build(out, "--wheels", folder / "wheels", source=source)
    return unpack(archive, tmp_path_factory.mktemp("next-unpacked"))


class Server:
    """A bureau's server: where the program and the data go."""

    def __init__(self, folder):
        self.into, self.data = folder / "opt", folder / "var"
        self.units = folder / "units"
        self.program = [str(self.into / "current" / "venv" / "bin" / "dingdian")]
        self.office = Installation(self.data)
        self.office.address = f"127.0.0.1:{free_port()}"

    def install(self, folder, *words, code=0):
        places = ["--into", self.into, "--data", self.data, "--units", self.units, "--user", "-"]
        done = subprocess.run(
            [*alone(), str(folder / "install.sh"), *map(str, places), *words],
            capture_output=True,
            text=True,
            check=False,
            env={k: v for k, v in clean_environment(**NOWHERE).items() if k != "PIP_FIND_LINKS"}
            | {"PATH": f"{Path(sys.base_prefix) / 'bin'}:{os.environ['PATH']}"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def serves(self):
        """The version that is installed, after its system was seen to run."""
        process = self.office.start(*self.program, "serve")
        try:
            wait_until(lambda: "running" in process.log.read_text(), why=process.log.read_text)
            code, said = status(self.office.address)
            assert code == 200, said
            assert "csrfmiddlewaretoken" in status(self.office.address, "/account/sign-in")[1]
            script = re.search(
                r'src="(/static/[^"]+htmx[^"]+\.js)"',
                status(self.office.address, "/account/sign-in")[1],
            )
            assert script is None or status(self.office.address, script[1])[0] == 200
            assert "version" not in said
            told = subprocess.run(
                [*self.program, "--version"], capture_output=True, text=True, check=True
            )
            return told.stdout.split()[-1]
        finally:
            process.terminate()
            assert process.wait(40) == 0


def alone():
    """Words that take the network from a program, where this machine allows it."""
    words = [shutil.which("unshare") or "/usr/bin/unshare", "--net"]
    try:
        tried = subprocess.run([*words, "/bin/true"], check=False, capture_output=True)
    except OSError:
        return []
    return words if tried.returncode == 0 else []


@pytest.fixture(scope="module")
def server(release, tmp_path_factory):
    """A server on which the release is installed, with a ledger and a plan."""
    found = Server(tmp_path_factory.mktemp("server"))
    _, folder = release
    words = ["--policy", "daxinganling", "--address", found.office.address]
    said = found.install(folder, *words)
    assert re.search(r"^sysadmin\t\S+\t\S{12}$", said, re.MULTILINE), said
    return found


def test_the_archive_says_what_it_holds(release):
    archive, folder = release
    sums = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files == set(sums) | {"SHA256SUMS"}
    rows = (folder / "LICENSES.tsv").read_text("utf-8").splitlines()
    named = {re.sub(r"[-_.]+", "-", row.split("\t")[0]).lower() for row in rows[1:]}
    wheels = {
        re.sub(r"[-_.]+", "-", path.name.split("-")[0]).lower()
        for path in (folder / "wheels").iterdir()
    }
    assert wheels - {"dingdian"} <= named
    assert {"leaflet", "echarts"} <= named
    assert all(row.split("\t")[2] for row in rows)
    with tarfile.open(archive) as packed:
        assert {(each.uid, each.uname) for each in packed} == {(0, "root")}
    units = {path.name for path in (folder / "systemd").iterdir()}
    assert {"dingdian-pages.service", "dingdian-worker.service", "dingdian-backup.timer"} <= units


def test_it_installs_and_serves_without_a_network(release, server):
    _, folder = release
    assert server.serves() == (folder / "VERSION").read_text().strip()
    units = (server.units / "dingdian-pages.service").read_text()
    assert "@" not in units
    assert f"{server.into}/current/venv/bin/dingdian office pages" in units


def test_a_file_that_was_changed_is_not_installed(release, tmp_path):
    _, folder = release
    copy = tmp_path / "changed"
    shutil.copytree(folder, copy)
    with (copy / "requirements.txt").open("a") as file:
        file.write("\n# changed\n")
    other = Server(tmp_path)
    assert "SHA256SUMS" in other.install(copy, code=1)
    assert not other.into.exists()


def test_the_next_release_upgrades_over_it_and_keeps_everything(
    release, server, next_release, sample_ledger
):
    office = server.office
    dingdian(
        "ledger",
        "load",
        sample_ledger,
        "--ledger",
        office.url,
        "--by",
        "li",
        program=server.program,
    )
    plan = office.folder / "dingdian-data" / "plans" / "3" / "plan.json"
    plan.parent.mkdir(parents=True)
    plan.write_text('{"year": 2026}')
    users, before = users_of(office), (server.into / "current").resolve()
    said = server.install(next_release)
    assert "sysadmin" not in said
    assert (server.into / "current").resolve() != before
    assert before.is_dir()
    assert users_of(office) == users
    assert plan.read_text() == '{"year": 2026}'
    assert len(list((server.data / "backups").iterdir())) == 1
    said = dingdian("office", "check", "--config", office.config, program=server.program)
    assert int(re.search(r"ledger\t(\d+)", said)[1]) > 100
    assert server.serves() == NEXT


def users_of(office):
    """Names and hashes of passwords of an installation."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(office.folder / "dingdian.sqlite3")) as one:
        found = one.execute("SELECT username, password FROM accounts_user ORDER BY 1").fetchall()
    assert len(found) == 3
    return found
