"""Asking for long work, and doing it: one row a piece, taken by one worker at a time.

What a dead worker had begun is taken up once more, and closed as failed where that did not end
either. Work is therefore written so that to begin it again does no harm: it writes a folder whole
or not at all, and says what it came to in the same transaction (``Running.finish``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils.module_loading import autodiscover_modules

from dingdian.core.errors import DingdianError, Fault, RequestError, fault
from dingdian.web import clock
from dingdian.web.jobs.models import Job, State
from dingdian.web.jobs.presence import lives, name_of_worker, present

_log = logging.getLogger("dingdian.jobs")
#: A worker says that it lives every so many seconds; one of another machine is taken for dead
#: after so many. Of one on this machine the kernel knows (``presence``).
BEAT, SILENCE = 2.0, 15.0
#: How often a piece of work is begun before it is given up.
ATTEMPTS = 2
#: How long an idle worker waits before it looks again, in seconds.
PAUSE = 0.3
#: Progress within one step is written at most so often, in seconds.
_TOLD = 0.25
_OPEN = (State.WAITING, State.RUNNING)
#: The database is away or held by another: the same may go well later.
_PASSING = (OperationalError, InterfaceError)


class CancelledError(Exception):
    """Somebody asked for the end of this work, or another worker has it now."""


class StoppedError(CancelledError):
    """This worker is to end: the work goes back to those that wait."""


def _never() -> bool:
    return False


@dataclass
class Running:
    """A piece of work under way: what it was given, and how it tells of itself."""

    job: Job
    stopping: Callable[[], bool] = _never
    _told: tuple[str, float] = ("", 0.0)
    _lost: threading.Event = field(default_factory=threading.Event)
    _asked: threading.Event = field(default_factory=threading.Event)

    @property
    def given(self) -> dict[str, Any]:
        """What it was asked with."""
        found: dict[str, Any] = self.job.given
        return found

    @property
    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, state=State.RUNNING, worker=self.job.worker)

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say where the work stands; the place at which a wish to cancel is heard.

        Raises:
            CancelledError: it is to end, or another worker has taken it up.
        """
        if self._lost.is_set() or self._asked.is_set():
            raise CancelledError
        if self.stopping():
            raise StoppedError
        now = time.monotonic()
        if step == self._told[0] and now - self._told[1] < _TOLD and done < total:
            return
        self._told = step, now
        try:
            held = self._mine.filter(cancel=False).update(
                step=step[:120], done=done, total=total, beat_at=clock.now()
            )
        except OperationalError as error:
            if connection.in_atomic_block:
                raise
            _log.warning("progress of job %s: %s", self.job.pk, error)
            connection.close()
            return
        if not held:
            raise CancelledError

    def watch(self) -> None:
        """One beat, from a thread of its own while the work goes on."""
        if not self._mine.update(beat_at=clock.now()):
            self._lost.set()
        elif self._mine.filter(cancel=True).exists():
            self._asked.set()

    def finish(self, **result: Any) -> None:
        """Close the work as done, within the transaction of what it came to.

        Both then stand, or neither does; a handler that ends so gives nothing back.

        Raises:
            CancelledError: it is to end, or another worker has it: nothing of this may stay.
        """
        if not self._mine.filter(cancel=False).update(**_ended(str(State.DONE), result=result)):
            raise CancelledError

    def end(self, state: str, *, result: dict[str, Any] | None = None, faults: Any = ()) -> bool:
        """Close the work. ``False``: it is closed, or another worker took it up meanwhile."""
        return bool(self._mine.update(**_ended(state, result=result, faults=faults)))

    def give_back(self, *, counted: bool) -> None:
        """Let another worker begin it again; ``counted``: this beginning was one of its two."""
        self._mine.filter(cancel=True).update(**_ended(str(State.CANCELLED)))
        begun = F("attempts") if counted else F("attempts") - 1
        self._mine.update(state=State.WAITING, worker="", step="", attempts=begun)


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
    """Ask for work; a worker takes it.

    What is asked for already and has not ended, the same about the same, is not asked twice:
    two who press the button at once get the same piece of work.
    """
    with transaction.atomic():
        if about:
            _hold(f"{kind} {about}")
            for each in Job.objects.filter(kind=kind, about=about, state__in=_OPEN, cancel=False):
                if each.given == given:
                    return each
        return Job.objects.create(kind=kind, about=about, by=by, given=given, asked_at=clock.now())


def _hold(name: str) -> None:
    """One at a time asks for the same; on SQLite a transaction that writes is alone anyway."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (key,))


def cancel(job: Job) -> None:
    """Ask for the end of work: at once where nobody has begun it, else at its next word."""
    Job.objects.filter(pk=job.pk, state__in=_OPEN).update(cancel=True)
    Job.objects.filter(pk=job.pk, state=State.WAITING).update(**_ended(str(State.CANCELLED)))


def take(worker: str, stopping: Callable[[], bool] = _never) -> Running | None:
    """Take the oldest work that waits; ``None`` where there is none."""
    _find_orphans()
    waiting = Job.objects.filter(state=State.WAITING, cancel=False).order_by("pk")
    for pk in waiting.values_list("pk", flat=True)[:5]:
        now = clock.now()
        mine = Job.objects.filter(pk=pk, state=State.WAITING, cancel=False).update(
            state=State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            began_at=now,
            beat_at=now,
        )
        if mine:
            return Running(Job.objects.get(pk=pk), stopping)
    return None


def _find_orphans() -> None:
    """Give back what a dead worker had begun, or close it where it was begun too often."""
    silent = clock.now() - dt.timedelta(seconds=SILENCE)
    for each in Job.objects.filter(state=State.RUNNING):
        living = lives(_workers(), each.worker)
        if living or (living is None and each.beat_at >= silent):
            continue
        seen = Job.objects.filter(pk=each.pk, state=State.RUNNING, worker=each.worker)
        left = seen.filter(beat_at=each.beat_at, attempts=each.attempts)
        if each.cancel:
            left.update(**_ended(str(State.CANCELLED)))
        elif each.attempts < ATTEMPTS:
            left.update(state=State.WAITING, worker="", step="")
        else:
            left.update(**_ended(str(State.FAILED), faults=(fault("job_orphaned"),)))
        _log.warning("job %s was left by %s", each.pk, each.worker, extra={"job": each.kind})


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
        _close(running, lambda: running.end(str(State.DONE), result=result))
    except StoppedError:
        _close(running, lambda: running.give_back(counted=False))
    except CancelledError:
        _close(running, lambda: running.end(str(State.CANCELLED)))
    except DingdianError as error:
        told = error.faults
        _close(running, lambda: running.end(str(State.FAILED), faults=told))
    except Exception as error:  # noqa: BLE001 -- whatever it was: the work ends, the worker goes on
        _log.error("job %s: %s", job.pk, error, exc_info=error, extra={"job": job.kind})
        broke = fault("job_broke", why=f"{type(error).__name__}: {error}")
        if isinstance(error, _PASSING) and job.attempts < ATTEMPTS:
            _close(running, lambda: running.give_back(counted=True))
        else:
            _close(running, lambda: running.end(str(State.FAILED), faults=(broke,)))
    finally:
        stop.set()
        beating.join()
    seconds = round(time.monotonic() - began, 2)
    _log.info("job %s ended", job.pk, extra={"job": job.kind, "seconds": seconds})


def _close(running: Running, write: Callable[[], object]) -> None:
    """Write how the work ended, however long the database is away."""
    while True:
        try:
            write()
            return
        except DatabaseError as error:
            _log.warning("end of job %s: %s", running.job.pk, error)
            if connection.in_atomic_block or running.stopping():
                raise
            connection.close()
            time.sleep(PAUSE * 10)


def _beat(running: Running, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        _touch()
        try:
            running.watch()
        except Exception as error:  # noqa: BLE001 -- the database is away: the next beat tries again
            _log.warning("beat of job %s: %s", running.job.pk, error)
            connection.close()
    connection.close()


def work(*, until: Callable[[], bool] = _never, once: bool = False) -> None:
    """The loop of a worker; ``once``: until nothing waits."""
    autodiscover_modules("handlers")
    name = name_of_worker()
    with present(_workers(), name):
        while not until():
            _touch()
            try:
                running = take(name, until)
                if running is not None:
                    run(running)
            except Exception as error:  # noqa: BLE001 -- the database is away: try again
                _log.warning("worker: %s", error)
                connection.close()
                time.sleep(PAUSE * 10)
                continue
            if running is None and once:
                return
            if running is None:
                time.sleep(PAUSE)


def work_until_told(*, once: bool = False) -> None:
    """The loop of a worker that is a process: a signal ends it at the next word of its work."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: told.append(number))
    work(until=lambda: bool(told), once=once)


def _workers() -> Path:
    return Path(settings.CONFIG.data) / "workers"


def _touch() -> None:
    """Be heard of by the page of health; a full disk does not end the worker."""
    try:
        (settings.CONFIG.data / "worker-beat").touch()
    except OSError as error:
        _log.warning("beat: %s", error)


def _ended(state: str, *, result: Any = None, faults: Any = ()) -> dict[str, Any]:
    told = [_plain(each) for each in faults]
    return {
        "state": state,
        "result": result or {},
        "faults": told,
        "ended_at": clock.now(),
        "step": "",
    }


def _plain(each: Fault) -> list[Any]:
    place = each.place
    details = {name: str(value) for name, value in each.fields.items()}
    return [each.kind, [place.file, place.sheet, place.row, place.column], details]


__all__ = [
    "CancelledError",
    "Running",
    "StoppedError",
    "ask",
    "cancel",
    "handler",
    "run",
    "take",
    "work",
    "work_until_told",
]
