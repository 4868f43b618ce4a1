import os
import subprocess
import sys
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


def run(*words, env=None, cwd=None):
    """One command as a user starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "dingdian", *map(str, words)],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def dingdian():
    """Runs one command and returns how it ended."""
    return run


def _ledger(city, factory):
    folder = factory.mktemp(city) / "ledger"
    ended = run("sample", city, "--out", folder)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture(scope="session")
def dx_ledger(tmp_path_factory):
    return _ledger("daxinganling", tmp_path_factory)


@pytest.fixture(scope="session")
def sy_ledger(tmp_path_factory):
    return _ledger("shenyang", tmp_path_factory)


@pytest.fixture(scope="session")
def dx_plan(dx_ledger, tmp_path_factory):
    """The plan of Daxing'anling for 2026, with its documents; papers take their time."""
    out = tmp_path_factory.mktemp("dx") / "plan"
    words = ("--policy", "daxinganling", "--year", 2026, "--no-papers")
    ended = run("plan", dx_ledger, *words, "--out", out)
    assert ended.code == 0, ended.err
    return out
