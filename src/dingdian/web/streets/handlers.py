"""Long work of this area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.errors import DingdianError
from dingdian.web import bureau, clock, papers
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, handler
from dingdian.web.rights import Right
from dingdian.web.streets import network, receiving
from dingdian.web.streets.models import KEPT, Network, State

if TYPE_CHECKING:
    from dingdian.core.census import Census

_READING = gettext_noop("reading the streets")
_JOINING = gettext_noop("joining institutions and localities to the streets")
_KEEPING = gettext_noop("keeping the streets")
_STEPS = 3


@handler(receiving.WORK)
def read(running: Running) -> None:
    """Read a street file, say what is wrong with it, and let it be the network in force."""
    from dingdian.storage.streets_kept import kept_bytes
    from dingdian.wiring import streets

    row = Network.objects.get(pk=running.given["pk"])
    user = entitled(running.job.by, Right.RUN_PLAN)
    running.tell(_READING, 0, _STEPS)
    file = network.file_of({"network": row.pk, "by": "walking"})
    assert file is not None  # noqa: S101 -- one was named
    loaded = streets.load(file, lambda lines: running.tell(f"{_READING}: {lines:,}"))
    running.tell(_JOINING, 1, _STEPS)
    census = _census()
    record = loaded.record(None if census is None else loaded.given_to(census))
    running.tell(_KEEPING, 2, _STEPS)
    graph = loaded.gathered.streets
    papers.put_as(kept_bytes(graph), graph.fingerprint, KEPT)
    with transaction.atomic(), bureau.journal().writing():
        for each in Network.objects.select_for_update().filter(state=State.IN_FORCE):
            receiving.end(each, user.username, str(State.REPLACED))
        row.state, row.since, row.graph = State.IN_FORCE, clock.now(), graph.fingerprint
        row.record = record.model_dump(mode="json", exclude_defaults=True)
        row.save()
        said = {"file": row.name, "sha256": row.sha256, "streets": row.graph}
        bureau.note(user, row.subject, "streets.set", **said)
        running.finish(pieces=record.pieces)


def _census() -> Census | None:
    """The census of today, to say who joins; ``None`` where there is none yet."""
    desk = bureau.desk()
    try:
        return rebuild_census(desk.ledger, desk.terms, clock.today())
    except DingdianError:
        return None
