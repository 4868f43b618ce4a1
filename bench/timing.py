"""Timing: children as a user starts them, and calls in this process, always in turn."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MIB = 1024


@dataclass(frozen=True)
class Run:
    """One child: seconds from start to end, seconds of work on all cores, peak memory in MiB."""

    seconds: float
    work: float
    peak: float


@dataclass(frozen=True)
class Runs:
    """Several runs of the same thing."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median time."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def peak(self) -> float:
        """The largest peak memory."""
        return max(run.peak for run in self.runs)


def child(words: Sequence[str]) -> Run:
    """Run this Python with ``words`` and nothing on the screen.

    Code is compiled once, as on a machine that says nothing else.

    Raises:
        RuntimeError: the child ended with another exit code than 0.
    """
    silent = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
    arguments = [sys.executable, *words]
    usual = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    pid = os.posix_spawn(sys.executable, arguments, usual, file_actions=silent)
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        raise RuntimeError(f"exit code {os.waitstatus_to_exitcode(status)}: {' '.join(arguments)}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / MIB)


def here(call: Callable[[], object]) -> Run:
    """Call in this process; the memory is not measured."""
    started, worked = time.perf_counter(), time.process_time()
    call()
    return Run(time.perf_counter() - started, time.process_time() - worked, 0.0)


def in_turn(things: Mapping[str, Callable[[], Run]], times: int) -> dict[str, Runs]:
    """Each thing ``times`` times, one after the other in turn, after one round unmeasured.

    What else the machine does then falls on all of them alike.
    """
    for thing in things.values():
        thing()
    rounds = [{name: thing() for name, thing in things.items()} for _ in range(times)]
    return {name: Runs(tuple(each[name] for each in rounds)) for name in things}
