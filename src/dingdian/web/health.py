"""Whether the system is well: for a supervisor of the server, and for whoever installs it."""

from __future__ import annotations

import datetime as dt
import logging
import shutil

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from dingdian.web import clock
from dingdian.web.rights import open_to_all

_log = logging.getLogger("dingdian.health")
#: Below so many free bytes the disk is told as full.
_LEAST = 200 * 1024 * 1024
#: An idle worker is heard of at least so often.
_WORKER = dt.timedelta(minutes=2)


@open_to_all
def health(request: HttpRequest) -> JsonResponse:
    """200 where everything is well, 503 where something is not; no word that helps an intruder."""
    del request
    found = {"database": _database(), "disk": _disk(), "static": _static()}
    if settings.IS_BUREAU:
        found["worker"] = _worker() if found["database"] else False
    well = all(found.values())
    told = {name: "ok" if good else "failing" for name, good in found.items()}
    body = {"status": "ok" if well else "failing", **told}
    if well:
        return JsonResponse(body)
    _log.warning("health: %s", ", ".join(name for name, good in found.items() if not good))
    response = JsonResponse(body, status=503)
    response._has_been_logged = True  # Django would log each of these as an error of the program
    return response


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except Exception:  # noqa: BLE001 -- whatever it is, the database is not there
        return False


def _disk() -> bool:
    try:
        return shutil.disk_usage(settings.CONFIG.data).free >= _LEAST
    except OSError:
        return False


def _static() -> bool:
    return (settings.STATIC_ROOT / "staticfiles.json").is_file()


def _worker() -> bool:
    """Whether a worker was heard of lately: it touches a file in the data folder."""
    beat = settings.CONFIG.data / "worker-beat"
    try:
        seen = dt.datetime.fromtimestamp(beat.stat().st_mtime, dt.UTC)
    except OSError:
        return False
    return clock.now() - seen < _WORKER
