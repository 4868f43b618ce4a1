"""What an ending sets free (释放量): places of each service, and contracted beds by class.

Every ending is told with its cause; which causes count is the reading ``release_kinds`` of the
plan. A suspension sets nothing free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.stages import LIVE
from dingdian.core.lifecycle.state import PHARMACIES, State, after, in_effect

#: Side -> the resource of every institution, and of those with a service.
_PLACES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "medical_institutions": MappingProxyType(
            {
                "": "medical_institutions",
                "inpatient": "inpatient_institutions",
                "outpatient_pooling": "outpatient_pooling_institutions",
                "personal_account": "personal_account_institutions",
            }
        ),
        PHARMACIES: MappingProxyType(
            {
                "": "pharmacies",
                "prescription_transfer": "prescription_transfer_pharmacies",
                "dual_channel": "dual_channel_pharmacies",
            }
        ),
    }
)
BEDS = "contracted_beds"
#: Cause where an agreement goes on with less than before.
_CLOSED = "service_closed"
_LESS: Mapping[str, str] = MappingProxyType({BEDS: "bed_reduction"})


@dataclass(frozen=True, slots=True)
class Amount:
    """Places of a resource, or contracted beds of a class."""

    resource: str
    bed_class: str
    amount: int


@dataclass(frozen=True, slots=True)
class Release:
    """What one entry set free, or took up: ``amount`` is negative where it took it up.

    ``cause`` is a word of the vocabulary ``release_cause``; ``admission`` and ``increase`` are
    the two ways to take up.
    """

    seq: int
    case: str
    institution: str
    region: str
    day: dt.date
    cause: str
    resource: str
    bed_class: str
    amount: int


def held(state: State | None) -> Mapping[tuple[str, str], int]:
    """What a case holds: by resource and bed class; nothing without a live agreement."""
    if state is None or state.stage not in LIVE:
        return {}
    return wanted(state)


def wanted(state: State) -> Mapping[tuple[str, str], int]:
    """What a case would hold under an agreement as it stands: by resource and bed class."""
    places = _PLACES[state.side]
    found = {(places[""], ""): 1}
    found |= {(places[each], ""): 1 for each in state.services if each in places}
    found |= {(BEDS, each): n for each, n in state.beds.items() if n}
    return found


def changes(entries: Sequence[Entry]) -> Iterator[Release]:
    """What the entries of a case set free or took up, in their order."""
    state: State | None = None
    for each in in_effect(entries):
        later = after(state, each)
        before, now = held(state), held(later)
        for key in dict.fromkeys([*before, *now]):
            less = before.get(key, 0) - now.get(key, 0)
            if less:
                yield _release(each, later, key, less)
        state = later


def _release(entry: Entry, state: State, key: tuple[str, str], amount: int) -> Release:
    taken = "admission" if entry.move in ("sign", "open") else "increase"
    return Release(
        seq=entry.seq,
        case=entry.case,
        institution=state.institution,
        region=state.about.get("region", ""),
        day=entry.held_on,
        cause=(MOVES[entry.move].releases or _LESS.get(key[0], _CLOSED)) if amount > 0 else taken,
        resource=key[0],
        bed_class=key[1],
        amount=amount,
    )
