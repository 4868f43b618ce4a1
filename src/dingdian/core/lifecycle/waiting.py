"""What a case waits for without a clock: a place, the answer to an appeal or to a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.lifecycle.state import Happened, State

#: What an institution asks for -> the events by which the office answers.
_ANSWERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "trial_review_requested": frozenset({"trial_ended"}),
        "resumption_requested": frozenset({"resumed", "resumption_refused"}),
        "renewal_requested": frozenset({"agreement_renewed", "non_renewal_decided"}),
        "own_request_made": frozenset({"agreement_ended", "suspended_on_request"}),
    }
)


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


def requests_pending(state: State) -> Iterator[tuple[Happened, frozenset[str]]]:
    """What an institution asked for that is not answered, with the events that would answer it."""
    for event, answers in _ANSWERS.items():
        asked = state.last(event)
        given = (state.last(each) for each in answers)
        if asked and not any(each and each.seq > asked.seq for each in given):
            yield asked, answers
