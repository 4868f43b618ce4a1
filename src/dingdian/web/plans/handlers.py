"""Long work of this area."""

from __future__ import annotations

from dingdian.web.jobs.running import Running, handler
from dingdian.web.plans.making import WORK, make_version


@handler(WORK)
def plan(running: Running) -> None:
    """A version of a plan."""
    make_version(running)
