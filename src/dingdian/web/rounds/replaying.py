"""Deciding a past round again from its evidence: the same, or each difference."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dingdian.core.errors import RequestError, fault
from dingdian.web.jobs.running import Running
from dingdian.web.rounds.models import HAVING, Round
from dingdian.wiring import rounds

#: The kind of work.
WORK = "round_replay"
REPLAYING = gettext_noop("deciding the round again from its copies")
#: So many lines of differences are kept.
_LINES = 200
_STEPS = 8


def replay(running: Running) -> dict[str, Any]:
    """Decide it again; nothing is overwritten.

    Raises:
        RequestError: there is no decision any more, or its evidence cannot be read.
    """
    row = Round.objects.get(pk=running.given["pk"])
    row.in_state(*HAVING)
    if not row.decision.is_dir():
        raise RequestError((fault("round_files_gone"),))
    steps: list[str] = []

    def hear(step: str) -> None:
        steps.append(step)
        running.tell(REPLAYING, min(len(steps), _STEPS), _STEPS + 1)

    hear("")
    made = rounds.replay(row.decision, progress=hear)
    said = {
        lang: list(rounds.compared(made, lang=lang))[:_LINES]
        for lang in ("zh", "en")  # whoever reads it chooses
    }
    return {"same": made.same, "said": said, "number": row.number, "files": row.changed_files()}
