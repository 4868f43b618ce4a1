"""Asking for long work, and doing it: one row a piece, taken by one worker at a time.

A worker that died is found by its silence: what it had begun is taken up once more, and closed as
failed where that did not end either. Work is therefore written so that to begin it again does no
harm: it writes a folder whole or not at all, and says what it came to in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models import F
from django.utils.module_loading import autodiscover_modules

from dingdian.core.errors import DingdianError, Fault, RequestError, fault
from dingdian.web import clock
from dingdian.web.jobs.models import Job, State

_log = logging.getLogger("dingdian.jobs")
#: A worker says that it lives every so many seconds, and is taken for dead after so many.
BEAT, SILENCE = 2.0, 15.0
#: How often a piece of work is begun before it is given up.
ATTEMPTS = 2
#: How long an idle worker waits before it looks again, in seconds.
PAUSE = 0.3


class CancelledError(Exception):
    """Somebody asked for the end of this work."""


@dataclass
class Running:
    """A piece of work under way: what it was given, and how it tells of itself."""

    job: Job
    _beaten: float = field(default_factory=time.monotonic)
    _lost: threading.Event = field(default_factory=threading.Event)
    _asked: threading.Event = field(default_factory=threading.Event)

    @property
    def given(self) -> dict[str, Any]:
        """What it was asked with."""
        found: dict[str, Any] = self.job.given
        return found

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say where the work stands; the place at which a wish to cancel is heard.

        Raises:
            CancelledError: it is to end, or another worker has taken it up.
        """
        if self._lost.is_set() or self._asked.is_set():
            raise CancelledError
        mine = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, worker=self.job.worker)
        held = mine.filter(cancel=False).update(
            step=step[:120], done=done, total=total, beat_at=clock.now()
        )
        if not held:
            raise CancelledError

    def watch(self) -> None:
        """One beat, from a thread of its own while the work goes on."""
        mine = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, worker=self.job.worker)
        if not mine.update(beat_at=clock.now()):
            self._lost.set()
        elif mine.filter(cancel=True).exists():
            self._asked.set()

    def end(self, state: str, *, result: dict[str, Any] | None = None, faults: Any = ()) -> bool:
        """Close the work, within the transaction of what it came to.

        ``False``: another worker took it up meanwhile, and nothing of this one may stay.
        """
        mine = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, worker=self.job.worker)
        told = [_plain(each) for each in faults]
        closed = mine.update(
            state=state, result=result or {}, faults=told, ended_at=clock.now(), step=""
        )
        return bool(closed)


Handler = Callable[[Running], dict[str, Any] | None]
#: Kind of work -> what does it: gives back its result. Filled by ``handler``.
HANDLERS: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register what does a kind of work; it stands in the ``handlers`` module of its area."""

    def register(does: Handler) -> Handler:
        HANDLERS[kind] = does
        return does

    return register


def ask(kind: str, about: str = "", *, by: str = "", **given: Any) -> Job:
    """Ask for work; a worker takes it. What is asked for already and waits is not asked twice."""
    waiting = (
        Job.objects.filter(kind=kind, about=about, state=State.WAITING).first() if about else None
    )
    if waiting is not None and waiting.given == given:
        return waiting
    return Job.objects.create(kind=kind, about=about, by=by, given=given, asked_at=clock.now())


def cancel(job: Job) -> None:
    """Ask for the end of work: at once where nobody has begun it, else at its next word."""
    ended = Job.objects.filter(pk=job.pk, state=State.WAITING).update(
        state=State.CANCELLED, ended_at=clock.now()
    )
    if not ended:
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel=True)


def take(worker: str) -> Running | None:
    """Take the oldest work that waits; ``None`` where there is none."""
    _find_orphans()
    for pk in (
        Job.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)[:5]
    ):
        now = clock.now()
        mine = Job.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            began_at=now,
            beat_at=now,
        )
        if mine:
            return Running(Job.objects.get(pk=pk))
    return None


def _find_orphans() -> None:
    """Give back what a dead worker had begun, or close it where it was begun too often."""
    silent = clock.now() - dt.timedelta(seconds=SILENCE)
    left = Job.objects.filter(state=State.RUNNING, beat_at__lt=silent)
    left.filter(cancel=True).update(state=State.CANCELLED, ended_at=clock.now())
    left.filter(attempts__lt=ATTEMPTS).update(state=State.WAITING, worker="")
    left.update(state=State.FAILED, ended_at=clock.now(), faults=[_plain(fault("job_orphaned"))])


def run(running: Running) -> None:
    """Do one piece of work to its end, whatever that is."""
    stop = threading.Event()
    beating = threading.Thread(target=_beat, args=(running, stop), daemon=True)
    beating.start()
    job = running.job
    began = time.monotonic()
    try:
        does = HANDLERS.get(job.kind)
        if does is None:
            raise RequestError((fault("job_unknown", name=job.kind),))
        result = does(running)
        running.end(State.DONE, result=result)
    except CancelledError:
        running.end(State.CANCELLED)
    except DingdianError as error:
        running.end(State.FAILED, faults=error.faults)
    except Exception as error:  # noqa: BLE001 -- whatever it was: the work ends, the worker goes on
        _log.error("job %s: %s", job.pk, error, exc_info=error, extra={"job": job.kind})
        why = f"{type(error).__name__}: {error}"
        close_old_connections()
        running.end(State.FAILED, faults=(fault("job_broke", why=why),))
    finally:
        stop.set()
        beating.join()
    seconds = round(time.monotonic() - began, 2)
    _log.info("job %s ended", job.pk, extra={"job": job.kind, "seconds": seconds})


def _beat(running: Running, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        (settings.CONFIG.data / "worker-beat").touch()
        try:
            running.watch()
        except Exception as error:  # noqa: BLE001 -- the database is away: the next beat tries again
            _log.warning("beat of job %s: %s", running.job.pk, error)
    connection.close()


def work(*, until: Callable[[], bool] = lambda: False, once: bool = False) -> None:
    """The loop of a worker; ``once``: until nothing waits."""
    autodiscover_modules("handlers")
    name = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident() % 10_000}"
    while not until():
        (settings.CONFIG.data / "worker-beat").touch()
        try:
            running = take(name)
        except Exception as error:  # noqa: BLE001 -- the database is away: try again
            _log.warning("worker: %s", error)
            close_old_connections()
            time.sleep(PAUSE * 10)
            continue
        if running is not None:
            run(running)
        elif once:
            return
        else:
            time.sleep(PAUSE)


def _plain(each: Fault) -> list[Any]:
    place = each.place
    details = {name: str(value) for name, value in each.fields.items()}
    return [each.kind, [place.file, place.sheet, place.row, place.column], details]


__all__ = ["CancelledError", "Running", "ask", "cancel", "handler", "run", "take", "work"]
