"""Whether a case that passed its evaluation waits for a place."""

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
