"""Installations of the web system as their owner makes them, and their processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKING = Path(__file__).with_name("working.py")
DINGDIAN = [sys.executable, "-m", "dingdian"]


def clean_environment(**more):
    """The environment without what this process was told of its own installation."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DINGDIAN_", "DJANGO"))}
    return {**kept, **more}


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def dingdian(*words, code=0, program=DINGDIAN, **more):
    """Run a command to its end; what it said."""
    done = subprocess.run(
        [*program, *map(str, words)],
        capture_output=True,
        text=True,
        env=clean_environment(**more),
        check=False,
    )
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def wait_until(true, seconds=120, why=""):
    """What ``true`` gives once it is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {why or true}")


def status(address, path="/health"):
    """The status with which a page is answered, and its body; 0: nobody answers."""
    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


@dataclass
class Installation:
    """A folder with a configuration, and the database that it names."""

    folder: Path
    database: str = ""

    @property
    def config(self):
        return self.folder / "dingdian.toml"

    @property
    def url(self):
        return self.database or f"sqlite:///{self.folder / 'dingdian.sqlite3'}"

    def init(self, *words, **more):
        """As ``dingdian office init`` makes it, on a free port."""
        self.address = f"127.0.0.1:{free_port()}"
        named = ["--database", self.database] if self.database else []
        at = ["--config", self.config, "--policy", "daxinganling", "--address", self.address]
        return dingdian("office", "init", *at, *named, *words, **more)

    def start(self, *command, **more):
        """Start a process in this configuration; its output lies beside it."""
        log = (self.folder / f"log-{time.monotonic_ns()}").open("wb")
        process = subprocess.Popen(
            [*map(str, command)],
            stdout=log,
            stderr=log,
            cwd=ROOT,
            env=clean_environment(DINGDIAN_CONFIG=str(self.config), **more),
        )
        process.log = Path(log.name)
        log.close()
        return process

    def says(self, *command):
        """The last line of what a process says that ends well."""
        process = self.start(sys.executable, *command)
        assert process.wait(300) == 0, process.log.read_text("utf-8")
        return _last(process)

    def together(self, program, *words):
        """Processes of a module that begin at one moment: the code and last line of each.

        Each says that it is there by a file ``ready-…`` and begins once there is ``start``.
        """
        for left in self.folder.glob("ready-*"):
            left.unlink()
        (self.folder / "start").unlink(missing_ok=True)
        processes = [self.start(sys.executable, "-m", program, *each) for each in words]
        wait_until(lambda: len(list(self.folder.glob("ready-*"))) == len(words), seconds=120)
        (self.folder / "start").touch()
        return [(each.wait(120), _last(each)) for each in processes]

    def worker(self, *words):
        """A worker with the handlers of the tests."""
        return self.start(sys.executable, WORKING, "work", *words)

    @property
    def jobs(self):
        """The table of long work, from this process."""
        from dingdian.storage.database_url import address_of
        from dingdian.storage.db.configuring import alias_of
        from dingdian.web.jobs.models import Job

        return Job.objects.using(alias_of(address_of(self.url)))


def _last(process):
    """The last line that a process said; empty where it said nothing."""
    return "".join(process.log.read_text("utf-8").strip().splitlines()[-1:])


def begin_together():
    """In a process that ``together`` started: wait for the others."""
    start = Path(os.environ["DINGDIAN_CONFIG"]).parent / "start"
    start.with_name(f"ready-{os.getpid()}").touch()
    while not start.exists():
        pass


def children_of(pid):
    """The processes that a process started, and theirs."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found += [int(each.name), *children_of(int(each.name))]
    return found


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_hard(process):
    process.send_signal(signal.SIGKILL)
    process.wait(20)
