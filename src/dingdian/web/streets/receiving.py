"""Taking in a street file: by what it holds, never by what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock, papers
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask
from dingdian.web.streets.models import Network, State

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The kind of work.
WORK = "streets"
#: How the names of street files end.
ENDINGS = (".osm.pbf", ".gpkg", ".geojson")
_HEAD = 1 << 16


def ending_of(head: bytes) -> str:
    r"""The ending of a street file by how it begins; empty for another one.

    >>> [ending_of(each) for each in (b"\0\0\0\r\n\tOSMHeader", b"SQLite format 3\0", b"PK")]
    ['.osm.pbf', '.gpkg', '']
    """
    if head[4:15] == b"\n\tOSMHeader":
        return ".osm.pbf"
    if head.startswith(b"SQLite format 3\0"):
        return ".gpkg"
    text = head.decode("utf-8-sig", "ignore").lstrip()
    return ".geojson" if text.startswith("{") and '"' in text and "\0" not in text else ""


def take(user: User, upload: Any) -> Network:
    """Keep a street file and have it read.

    Raises:
        RequestError: it is empty or no street file; nothing is then kept.
    """
    if not upload.size:
        raise RequestError((fault("import_empty", name=upload.name),))
    upload.seek(0)
    ending = ending_of(upload.read(_HEAD))
    if not ending:
        known = "、".join(ENDINGS)
        raise RequestError((fault("streets_unknown_file", name=upload.name, known=known),))
    (settings.CONFIG.data / "uploads").mkdir(parents=True, exist_ok=True)
    kept = papers.store(upload, ending.removeprefix("."))
    name = kept.name.removesuffix(ending).removesuffix(".osm") + ending
    with transaction.atomic():
        made = Network.objects.create(
            sha256=kept.sha256,
            name=name,
            kind=kept.kind,
            size=kept.size,
            by=user.username,
            at=clock.now(),
        )
        bureau.note(user, made.subject, "streets.upload", file=name, sha256=made.sha256)
        ask(WORK, made.subject, by=user.username, pk=made.pk)
    return made


def remove(user: User, made: Network) -> None:
    """Have no network in force; the file stays for what was measured along it.

    Raises:
        RequestError: it is not in force any more.
    """
    with transaction.atomic(), bureau.journal().writing():
        found = Network.objects.select_for_update().get(pk=made.pk)
        if found.state != State.IN_FORCE:
            raise RequestError((fault("streets_not_in_force"),))
        end(found, user.username, str(State.REMOVED))
        bureau.note(user, found.subject, "streets.remove", file=found.name, streets=found.graph)


def end(found: Network, by: str, state: str) -> None:
    """Let a network be in force no longer."""
    found.state, found.ended_at, found.ended_by = state, clock.now(), by
    found.save()


def last_job(made: Network) -> Job | None:
    """The work of reading a file."""
    return Job.objects.filter(kind=WORK, about=made.subject).first()
