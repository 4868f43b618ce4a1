"""Run the system: processes that answer pages, and a worker for long work, until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dingdian.web.config import BUREAU, VARIABLE, Config


@dataclass(frozen=True, slots=True)
class Process:
    """A child of ``serve``: its name and its command."""

    name: str
    command: tuple[str, ...]
    config: Path


def pages(config: Config) -> Process:
    """The server of pages, as it also stands in the unit of a bureau's server."""
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
        "--worker-tmp-dir=/dev/shm" if Path("/dev/shm").is_dir() else "--log-level=warning",  # noqa: S108
        "--log-level=warning",
        f"--forwarded-allow-ips={','.join(config.proxies) or '127.0.0.1'}",
        "--no-control-socket",
    )
    return Process("pages", command, config.file)


def worker(config: Config) -> Process:
    """The worker for long work."""
    command = (sys.executable, "-m", "dingdian", "office", "worker", "--config", str(config.file))
    return Process("worker", command, config.file)


def of(config: Config) -> list[Process]:
    """The processes of an installation."""
    return [pages(config), *([worker(config)] if config.kind == BUREAU else [])]


def serve(processes: Sequence[Process]) -> int:
    """Run them until one ends or a signal comes; then end them all. Returns an exit code."""
    running: list[subprocess.Popen[bytes]] = []
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for each in processes:
        environment = {
            **os.environ,
            VARIABLE: str(each.config),
            "DJANGO_SETTINGS_MODULE": "dingdian.web.settings",
        }
        running.append(subprocess.Popen(each.command, env=environment, start_new_session=True))  # noqa: S603
    try:
        while not stopped and all(each.poll() is None for each in running):
            time.sleep(0.2)
    finally:
        for each in running:
            each.send_signal(signal.SIGTERM)
        for each in running:
            try:
                each.wait(25)
            except subprocess.TimeoutExpired:
                each.kill()
    return 0 if stopped else 1
