"""What cases have taken of the places of a year, and by which entry each.

An application takes its places with the first entry that gives them: a decided round that proposes
it, an allotment, else the public notice. Under an agreement every entry takes what it adds. Where
no agreement comes of an application, its places come back; what an agreement sets free later is a
release of the next plan (``releases``) and does not come back to the year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.releases import held, wanted
from dingdian.core.lifecycle.stages import ENDS, LIVE, OPEN, Stage
from dingdian.core.lifecycle.state import State, after, in_effect

#: Outcome of an evaluation with which a decided round gives a place.
PROPOSED = "proposed"
#: Moves that may take places; an annulment brings back what the annulled entry gave back.
TAKE = frozenset(
    {
        "pass_evaluation",
        "allot",
        "publish",
        "sign",
        "open_service",
        "change_beds",
        "renew",
        "annul",
    }
)
#: Moves after which a case may have taken more or less than before: the end of an application too.
CHANGE = TAKE | {
    name
    for name, move in MOVES.items()
    if set(move.sources) & set(OPEN) and set(move.targets) & set(ENDS)
}
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Taking:
    """Places of a resource, or beds of a class, that a case has taken, by which entry.

    ``region`` and ``day`` are those of the entry: the places are of the year of that day.
    ``exempt``: by an exemption that the entry names.
    """

    seq: int
    case: str
    region: str
    day: dt.date
    resource: str
    bed_class: str
    amount: int
    exempt: bool = False


def takings(entries: Sequence[Entry]) -> tuple[Taking, ...]:
    """What a case has taken and not given back, after all its entries in their order."""
    state: State | None = None
    kept: list[Taking] = []
    open_: dict[_Key, Taking] = {}
    for each in in_effect(entries):
        later = after(state, each)
        if later.stage in LIVE:
            if each.move != "open":
                kept += _agreed(state, later, each, open_)
            open_ = {}
        elif later.stage in ENDS or later.stage is Stage.TRIAL_FAILED:
            open_ = {}
        elif open_ or _gives(each):
            open_ = _applied(later, each, open_)
        state = later
    return (*kept, *open_.values())


def _gives(entry: Entry) -> bool:
    """Whether an entry gives an application its places."""
    proposed = entry.move == "pass_evaluation" and entry.facts.get("outcome") == PROPOSED
    return proposed or entry.move in ("allot", "publish")


def _applied(state: State, entry: Entry, before: Mapping[_Key, Taking]) -> dict[_Key, Taking]:
    """The places of an application: those given before as far as they are still asked for."""
    found = {}
    for key, amount in wanted(state).items():
        was = before.get(key)
        made = _taking(state, entry, key, amount)
        if was is None or amount > was.amount or made.exempt:
            found[key] = made
        else:
            found[key] = replace(was, amount=amount)
    return found


def _agreed(
    state: State | None, later: State, entry: Entry, given: Mapping[_Key, Taking]
) -> list[Taking]:
    """What an entry under an agreement takes: what was given before, then what it adds."""
    before, found = held(state), []
    for key, amount in held(later).items():
        more = amount - before.get(key, 0)
        was = given.get(key)
        if was is not None and more > 0:
            found.append(replace(was, amount=min(was.amount, more)))
            more -= was.amount
        if more > 0:
            found.append(_taking(later, entry, key, more))
    return found


def _taking(state: State, entry: Entry, key: _Key, amount: int) -> Taking:
    return Taking(
        seq=entry.seq,
        case=entry.case,
        region=state.about.get("region", ""),
        day=entry.held_on,
        resource=key[0],
        bed_class=key[1],
        amount=amount,
        exempt=bool(entry.facts.get("exemption")),
    )
