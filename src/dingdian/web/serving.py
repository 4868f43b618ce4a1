"""Run the system: processes that answer pages, and a worker for long work, until told to stop."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.errors import RequestError, fault
from dingdian.web.config import BUREAU, VARIABLE, Config

#: How many seconds a child has to end what it does, once it is asked.
GRACE = 25.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Process:
    """A child of ``serve``: its name and its command.

    ``address`` is where it answers once it is up, to which name ``host``; empty: nowhere.
    ``log`` is the file that what it says goes to; ``None``: where this process's does.
    """

    name: str
    command: tuple[str, ...]
    config: Path
    address: str = ""
    host: str = ""
    log: Path | None = None


def pages(config: Config) -> Process:
    """The server of pages, as it also stands in the unit of a bureau's server."""
    memory = Path("/dev/shm")  # noqa: S108 -- only gunicorn's beats, in a file that has no name
    command = (
        sys.executable,
        "-m",
        "gunicorn",
        "dingdian.web.wsgi:application",
        f"--bind={config.address}",
        f"--workers={config.processes}",
        f"--threads={config.threads}",
        "--worker-class=gthread",
        "--timeout=120",
        "--graceful-timeout=20",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
        *([f"--worker-tmp-dir={memory}"] if memory.is_dir() else []),
        "--log-level=warning",
        f"--forwarded-allow-ips={','.join(config.proxies) or '127.0.0.1'}",
        "--no-control-socket",
    )
    named = next((each.lstrip(".") for each in config.hosts if each != "*"), "localhost")
    return Process("pages", command, config.file, config.address, named)


def worker(config: Config) -> Process:
    """The worker for long work."""
    command = (sys.executable, "-m", "dingdian", "office", "worker", "--config", str(config.file))
    return Process("worker", command, config.file)


def of(config: Config) -> list[Process]:
    """The processes of an installation."""
    return [pages(config), *([worker(config)] if config.kind == BUREAU else [])]


def free_port(first: int = 8000) -> int:
    """The first port from ``first`` on that is free with the one after it (the public site)."""
    for port in range(first, 65_535):
        if all(_is_free(("127.0.0.1", each)) for each in (port, port + 1)):
            return port
    raise RequestError((fault("address_taken", address=f"127.0.0.1:{first}"),))


def check_free(address: str) -> None:
    """Refuse an address at which something else answers already; the empty one is none.

    Raises:
        RequestError: it is taken, or is none of this machine.
    """
    host, _, port = address.rpartition(":")
    if port.isdigit() and not _is_free((host, int(port))):
        raise RequestError((fault("address_taken", address=address),))


def _is_free(address: tuple[str, int]) -> bool:
    with contextlib.closing(socket.socket()) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(address)
        except OSError:
            return False
    return True


def serve(processes: Sequence[Process], *, tell: Callable[[str], None] = lambda _: None) -> int:
    """Run them until one ends or a signal comes; then end them all. Returns an exit code.

    ``tell`` hears ``ready`` once all of them are well, and the name of one that ended by itself.
    """
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: asked.append(number))
    running: list[tuple[Process, subprocess.Popen[bytes]]] = []
    try:
        for each in processes:
            running.append((each, _started(each)))
        waiting = [each for each in processes if each.address]
        while not asked and all(child.poll() is None for _, child in running):
            if waiting and _is_well(waiting[0]):
                waiting.pop(0)
                if not waiting:
                    tell("ready")
            time.sleep(0.2)
        ended = [(each.name, child.poll()) for each, child in running if child.poll() is not None]
    finally:
        _end([child for _, child in running], asked)
    if asked:
        return 0
    for name, code in ended:
        tell(f"{name} {code}")
    return 1


def environment_of(each: Process) -> dict[str, str]:
    """The environment of a child: it names the configuration."""
    named = {VARIABLE: str(each.config), "DJANGO_SETTINGS_MODULE": "dingdian.web.settings"}
    return {**os.environ, **named}


def _started(each: Process) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches it through this process only."""
    bound = _bound_to(os.getpid()) if sys.platform == "linux" else None
    with contextlib.ExitStack() as files:
        log = files.enter_context(each.log.open("ab")) if each.log else None
        return subprocess.Popen(  # noqa: S603 -- this program's own
            each.command,
            env=environment_of(each),
            start_new_session=True,
            stdout=log,
            stderr=log,
            preexec_fn=bound,  # noqa: PLW1509 -- no thread runs yet
        )


def _bound_to(parent: int) -> Callable[[], None]:
    """The kernel ends the child when this process dies, however it dies."""
    control = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        control(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _is_well(each: Process) -> bool:
    """Whether its page of health says so."""
    place, _, port = each.address.rpartition(":")
    here = "127.0.0.1" if place in ("", "0.0.0.0") else place  # noqa: S104 -- asked, not bound
    ask = http.client.HTTPConnection(here, int(port), timeout=5)
    with contextlib.closing(ask):
        try:
            ask.request("GET", "/health", headers={"Host": each.host})
            return ask.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _end(children: Sequence[subprocess.Popen[bytes]], asked: list[int]) -> None:
    """Ask the children to end, and end what is left of their sessions; a second signal hurries."""
    heard = len(asked)
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    while any(child.poll() is None for child in children):
        if time.monotonic() > until or len(asked) > heard:
            break
        time.sleep(0.05)
    for child in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
