"""``dingdian serve`` with real processes: it ends whole, and says what ended by itself."""

import os
import signal
import socket
import subprocess
from contextlib import closing

import pytest

from dingdian.web.serving import free_port as first_free_port
from tests.web.installations import (
    DINGDIAN,
    Installation,
    alive,
    children_of,
    dingdian,
    free_port,
    status,
    wait_until,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    found = Installation(tmp_path_factory.mktemp("served"))
    found.init()
    return found


@pytest.fixture
def serving(office):
    """A running system: its process, and those of its children by what they do."""
    process = office.start(*DINGDIAN, "serve")
    wait_until(lambda: "running" in process.log.read_text(), why=process.log.read_text())
    children = children_of(process.pid)
    yield process, children
    if process.poll() is None:
        process.kill()
        process.wait()
    for each in filter(alive, children):
        os.kill(each, signal.SIGKILL)


def test_nobody_else_of_the_machine_reads_what_lies_there(office, serving):
    """Not even the group: database, keys, folders; static files are for everybody."""
    wait_until(lambda: status(office.address)[0] == 200, why="health")
    public = (office.folder / "dingdian-data" / "static", *office.folder.glob("log-*"))
    found = office.folder.rglob("*")
    made = [path for path in found if not any(map(path.is_relative_to, public))]
    names = {path.name for path in made}
    assert {"worker-beat", "secret-key", "own-key.pem", "dingdian.sqlite3", "uploads"} <= names
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def of(children, word):
    """The first of the processes that has the word in its command."""
    for each in children:
        with open(f"/proc/{each}/cmdline") as file:  # noqa: PTH123
            if word in file.read():
                return each
    raise AssertionError(word)


def gone(children):
    wait_until(lambda: not any(map(alive, children)), 10, "children are left")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_all_its_children(office, serving, number):
    process, children = serving
    assert status(office.address)[0] == 200
    assert len(children) >= 4  # gunicorn, two of its workers, the worker
    process.send_signal(number)
    assert process.wait(30) == 0
    gone(children)
    assert status(office.address)[0] == 0


@pytest.mark.parametrize(("word", "name"), [("gunicorn", "pages"), ("office", "worker")])
def test_a_child_that_is_killed_ends_the_others_and_is_named(serving, word, name):
    process, children = serving
    os.kill(of(children, word), signal.SIGKILL)
    assert process.wait(30) == 1
    gone(children)
    assert f"{name} ended by itself (-9)" in process.log.read_text()


def test_children_do_not_outlive_it_when_it_is_killed(office, serving):
    process, children = serving
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(alive, children)), 30, "children are left")
    assert status(office.address)[0] == 0


def test_an_address_that_is_taken_is_told(office):
    host, _, port = office.address.partition(":")
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # over what others left there
        other.bind((host, int(port)))
        other.listen()
        said = dingdian("serve", "--config", office.config, code=3)
    assert office.address in said
    assert "--port" in said


def test_the_first_free_port_has_a_free_one_after_it():
    port = first_free_port(free_port())
    for each in (port, port + 1):
        with closing(socket.socket()) as one:
            one.bind(("127.0.0.1", each))
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port + 1))
        assert first_free_port(port) > port + 1


def test_a_sample_never_replaces_a_folder_that_is_not_a_samples(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    words = ["serve", "--sample", "daxinganling", "--folder", str(tmp_path)]
    done = subprocess.run([*DINGDIAN, *words], capture_output=True, text=True, check=False)
    assert done.returncode not in (0, 1)
    assert (tmp_path / "letters.txt").read_text() == "mine"
