"""Long work of this area."""

from __future__ import annotations

from dingdian.web.jobs.running import Running, handler
from dingdian.web.procedure.counting import KIND, count


@handler(KIND)
def count_outcomes(running: Running) -> None:
    """What the ledger says of a span, for an issued version."""
    count(running)
