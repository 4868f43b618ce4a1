"""What a case waits for without a clock: a place, the answer to an appeal."""

from __future__ import annotations

from dingdian.core.lifecycle.state import Happened, State


def place_pending(state: State) -> Happened | None:
    """Since when it waits: the last time it was put on the list, unless a place was allotted since.

    ``None`` where it never waited, or waits no longer.
    """
    awaited, allotted = state.last("place_awaited"), state.last("place_allotted")
    if awaited is None or (allotted is not None and allotted.seq > awaited.seq):
        return None
    return awaited


def appeal_pending(state: State) -> Happened | None:
    """The appeal that is not answered; ``None`` where there is none."""
    made, answered = state.last("appeal_made"), state.last("appeal_answered")
    if made is None or (answered is not None and answered.seq > made.seq):
        return None
    return made
