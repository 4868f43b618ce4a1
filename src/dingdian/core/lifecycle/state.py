"""Where a case stands: its entries folded, one by one, into a state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.facts import beds_of, day_of, services_of
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.stages import LIVE, SUSPENDED, Stage

#: Outcome of an evaluation that was passed while no place was left.
WAITING = "waiting"
PHARMACIES, MEDICAL = "pharmacies", "medical_institutions"
#: Facts that describe the institution and replace what was known before.
_DESCRIBES = (
    "institution",
    "name",
    "uscc",
    "kind",
    "level",
    "type",
    "ownership",
    "region",
    "address",
    "lon",
    "lat",
    "crs",
    "opened_on",
    "chain",
    "person",
    "pharmacy_grade",
)
#: Fact of a scheduled end -> the event that is due on that day.
SCHEDULED: Mapping[str, str] = MappingProxyType(
    {
        "agreement_through": "agreement_expired",
        "guidance_through": "guidance_ended",
        "trial_through": "trial_ended",
        "suspended_through": "agreement_lapsed",
    }
)


#: Stage -> the ends that lie behind whoever is in it.
_OVER: Mapping[Stage, tuple[str, ...]] = MappingProxyType(
    {
        Stage.GUIDANCE: ("agreement_lapsed",),
        Stage.TRIAL: ("agreement_lapsed", "guidance_ended"),
        Stage.IN_FORCE: ("agreement_lapsed", "guidance_ended", "trial_ended"),
    }
)


def side_of(kind: str) -> str:
    """The side of a kind of institution.

    >>> side_of("retail_pharmacy"), side_of("clinic")
    ('pharmacies', 'medical_institutions')
    """
    return PHARMACIES if kind == "retail_pharmacy" else MEDICAL


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, the day it held, and the entry that raised it."""

    event: str
    day: dt.date
    seq: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement: its number and its first day."""

    number: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class State:
    """A case as it stands after its last entry.

    ``since`` is the day from which the stage holds. ``last_day`` is that of the last entry in
    effect, ``last_seq`` the number of the very last one: what a second person must have seen.
    ``about`` describes the institution. ``scheduled`` gives for an event the last day before it.
    ``before`` is the stage before a suspension, ``terms`` are the first days
    of its agreements, ``extensions`` those of the guidance period. ``cause`` is the last one
    stated. ``designated_since`` is the first day of the first agreement, ``ended_on`` the first
    day without one, ``agreed_through`` the last day by the terms of the last one, also once that
    ended (``None``: not known).
    """

    case: str
    stage: Stage
    since: dt.date
    last_seq: int
    last_day: dt.date
    about: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    beds: Mapping[str, int] = field(default_factory=dict)
    agreement: Agreement | None = None
    scheduled: Mapping[str, dt.date] = field(default_factory=dict)
    happened: tuple[Happened, ...] = ()
    before: Stage | None = None
    terms: tuple[dt.date, ...] = ()
    extensions: int = 0
    cause: str = ""
    designated_since: dt.date | None = None
    ended_on: dt.date | None = None
    agreed_through: dt.date | None = None

    @property
    def institution(self) -> str:
        """The code of the institution; empty before it has one."""
        return self.about.get("institution", "")

    @property
    def suspensions(self) -> int:
        """How often it was suspended as a measure in the term that runs on its last day.

        An agreement that is renewed ahead begins a new term only on its own first day.
        """
        begun = [day for day in self.terms if day <= self.last_day]
        since = max(begun, default=dt.date.min)
        return sum(e.event == "suspended_imposed" and e.day >= since for e in self.happened)

    @property
    def side(self) -> str:
        """Whose rules it lives under."""
        return side_of(self.about.get("kind", ""))

    def last(self, event: str) -> Happened | None:
        """The last time that an event happened."""
        return next((each for each in reversed(self.happened) if each.event == event), None)


def in_effect(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a case without those that were annulled, and without the annulments.

    An annulment takes back the last entry that is in effect, never one before it.
    """
    found: list[Entry] = []
    for each in entries:
        if each.move != "annul":
            found.append(each)
        elif found and str(found[-1].seq) == each.facts.get("entry"):
            found.pop()
    return tuple(found)


def state_of(entries: Sequence[Entry]) -> State | None:
    """The state of a case after all its entries, in their order; ``None`` without any in effect."""
    state: State | None = None
    for each in in_effect(entries):
        state = after(state, each)
    if state is not None and entries[-1].seq != state.last_seq:
        state = replace(state, last_seq=entries[-1].seq)
    return state


def after(state: State | None, entry: Entry) -> State:
    """The state after one entry that is not an annulment."""
    stage, day = Stage(entry.target), entry.held_on
    was = state or State(entry.case, stage, day, entry.seq, day)
    raised = MOVES[entry.move].raises
    signed = bool({"agreement_signed", "agreement_renewed"} & set(raised))
    scheduled = _scheduled(was, entry, stage)
    return State(
        case=was.case,
        stage=stage,
        since=day if stage is not was.stage else was.since,
        last_seq=entry.seq,
        last_day=day,
        about=_about(was, entry),
        services=_services(was, entry),
        beds=beds_of(entry.facts["beds"]) if "beds" in entry.facts else was.beds,
        agreement=_agreement(was, entry),
        scheduled=scheduled,
        happened=(*was.happened, *_happened(entry)),
        before=was.stage if stage in SUSPENDED and was.stage not in SUSPENDED else was.before,
        terms=_terms(was, entry),
        extensions=(0 if signed else was.extensions) + ("guidance_extended" in raised),
        cause=entry.facts.get("cause", was.cause),
        designated_since=_designated_since(was, entry),
        ended_on=_ended_on(was, entry, stage),
        agreed_through=scheduled.get("agreement_expired", _agreed_through(was, entry)),
    )


def _about(was: State, entry: Entry) -> Mapping[str, str]:
    told = {name: entry.facts[name] for name in _DESCRIBES if name in entry.facts}
    return MappingProxyType({**was.about, **told}) if told else was.about


def _services(was: State, entry: Entry) -> tuple[str, ...]:
    """The services that the agreement covers; what a stage closes is not taken out here."""
    if "services" in entry.facts:
        return services_of(entry.facts["services"])
    one = entry.facts.get("service", "")
    if entry.move == "open_service":
        return services_of(";".join((*was.services, one)))
    return tuple(each for each in was.services if each != one)


def _agreement(was: State, entry: Entry) -> Agreement | None:
    if "agreement" not in entry.facts:
        return was.agreement
    since = entry.facts.get("agreement_since")
    return Agreement(entry.facts["agreement"], day_of(since) if since else entry.held_on)


def _terms(was: State, entry: Entry) -> tuple[dt.date, ...]:
    """The first days of its agreements."""
    made = _agreement(was, entry) if "agreement" in entry.facts else None
    return (*was.terms, made.since) if made is not None else was.terms


def _scheduled(was: State, entry: Entry, stage: Stage) -> Mapping[str, dt.date]:
    """The ends that lie ahead: those known before, less what has come, and those now stated."""
    kept = dict(was.scheduled) if stage in LIVE else {}
    for event in MOVES[entry.move].raises:
        kept.pop(event, None)
    for fact, event in SCHEDULED.items():
        if fact in entry.facts and stage in LIVE:
            kept[event] = day_of(entry.facts[fact])
    for event in _OVER.get(stage, ()):
        kept.pop(event, None)
    return MappingProxyType(kept)


def _happened(entry: Entry) -> Iterator[Happened]:
    """The events of an entry; the approval of a change holds from its own day."""
    if "approved_on" in entry.facts:
        yield Happened("change_approved", day_of(entry.facts["approved_on"]), entry.seq)
    for event in MOVES[entry.move].raises:
        yield Happened(event, entry.held_on, entry.seq)
    if entry.target == Stage.TERMINATED and "agreement_terminated" not in MOVES[entry.move].raises:
        yield Happened("agreement_terminated", entry.held_on, entry.seq)
        yield Happened("agreement_ended", entry.held_on, entry.seq)
    if entry.facts.get("outcome") == WAITING:
        yield Happened("place_awaited", entry.held_on, entry.seq)


def _designated_since(was: State, entry: Entry) -> dt.date | None:
    stated = entry.facts.get("designated_since")
    if stated:
        return day_of(stated)
    if entry.move == "sign":
        return entry.held_on
    return was.designated_since


def _ended_on(was: State, entry: Entry, stage: Stage) -> dt.date | None:
    """The first day without an agreement; none while one lives."""
    if stage in LIVE:
        return None
    if was.stage in LIVE or (entry.move == "open" and was.ended_on is None):
        return entry.held_on
    return was.ended_on


def _agreed_through(was: State, entry: Entry) -> dt.date | None:
    """The last day of an agreement that is not in force after the entry."""
    stated = entry.facts.get("agreement_through")
    return day_of(stated) if stated else was.agreed_through
