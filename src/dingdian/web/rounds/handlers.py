"""Long work of this area. Each piece may be begun again: it finds out how far it came."""

from __future__ import annotations

from typing import Any

from dingdian.web.jobs.running import Running, handler
from dingdian.web.rounds import entering, lettering, replaying, working


@handler(working.WORK)
def check_and_decide(running: Running) -> None:
    """Check an upload and decide it."""
    working.work_on(running)


@handler(replaying.WORK)
def replay(running: Running) -> dict[str, Any]:
    """Decide a round again from its evidence, and tell whether it is the same."""
    return replaying.replay(running)


@handler(entering.WORK)
def enter(running: Running) -> None:
    """Enter a decided round in the ledger."""
    entering.enter(running)


@handler(lettering.SPECIMENS)
def specimens(running: Running) -> None:
    """Write the letters of a decision, without numbers."""
    lettering.write_specimens(running)


@handler(lettering.LETTERS)
def letters(running: Running) -> dict[str, Any]:
    """Make the letters of the entries of a round, each under its number."""
    return lettering.make_letters(running)
