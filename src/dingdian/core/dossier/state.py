"""Where a plan stands: folded from the notes of its journal, and from nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dingdian.core.dossier.facts import day_of
from dingdian.core.dossier.stages import Kind, Stage
from dingdian.core.dossier.steps import (
    REPEATED,
    REPEATED_IF_SUBSTANTIAL,
    STEPS,
    Office,
    after_change,
)
from dingdian.core.journal import Note

#: Before the name of a step in the ``act`` of a note.
PREFIX = "dossier."
#: Steps that choose the version of the plan.
CHOOSE = ("take_submissions", "open_consultation", "change_version")
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: what it stated, when it was recorded, by whom; ``seq`` of the note."""

    step: str
    facts: Mapping[str, str]
    at: dt.datetime
    by: str
    seq: int

    def day(self, name: str) -> dt.date | None:
        """A day that it stated; ``None`` where it did not."""
        text = self.facts.get(name, "")
        return day_of(text) if text else None


@dataclass(frozen=True, slots=True)
class State:
    """Where a plan stands.

    ``history`` is everything that was done; ``valid`` the last record of each step that still
    counts. ``version`` and ``fingerprint`` are those chosen (0 and empty: none yet). ``last`` is
    the number of the last note of a step, 0 where there is none. ``hands``: who acted in which
    office.
    """

    kind: Kind
    stage: Stage = Stage.DRAFTING
    history: tuple[Done, ...] = ()
    valid: Mapping[str, Done] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0
    fingerprint: str = ""
    last: int = 0
    hands: Mapping[Office, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def facts(self, step: str) -> Mapping[str, str]:
        """What the last record of a step that still counts stated; nothing where there is none."""
        found = self.valid.get(step)
        return found.facts if found else _NONE

    @property
    def through(self) -> dt.date | None:
        """The last day of the consultation, as it was last extended."""
        days = [
            done.day("through")
            for step in ("extend_consultation", "open_consultation")
            if (done := self.valid.get(step)) is not None
        ]
        return next(filter(None, days), None)

    @property
    def consulted(self) -> bool:
        """Whether a consultation that still counts was closed and answered."""
        return "answer_comments" in self.valid


def state_of(kind: Kind, notes: Iterable[Note]) -> State:
    """The state after the notes of a plan in their order; notes of other acts are passed over."""
    state = State(kind)
    for note in notes:
        name = note.act.removeprefix(PREFIX)
        if note.act.startswith(PREFIX) and name in STEPS:
            state = after(state, Done(name, note.facts, note.at, note.by, note.seq))
    return state


def after(state: State, done: Done) -> State:
    """The state after one more step."""
    valid = dict(state.valid)
    for name in _forgotten(done):
        valid.pop(name, None)
    if done.step != "change_version":
        valid[done.step] = done
    office = STEPS[done.step].office
    hands = {**state.hands, office: state.hands.get(office, frozenset()) | {done.by}}
    found = replace(
        state,
        stage=_stage(state, done, valid),
        history=(*state.history, done),
        valid=MappingProxyType(valid),
        last=done.seq,
        hands=MappingProxyType(hands),
    )
    if done.step not in CHOOSE:
        return found
    return replace(
        found,
        version=int(done.facts.get("version", "0")),
        fingerprint=done.facts.get("fingerprint", ""),
    )


def _forgotten(done: Done) -> tuple[str, ...]:
    if done.step == "change_version":
        again = REPEATED_IF_SUBSTANTIAL if done.facts.get("substantial") == "yes" else ()
        return (*REPEATED, *again)
    if done.step == "open_consultation":
        return (*REPEATED, *REPEATED_IF_SUBSTANTIAL)
    if done.step == "open_review":
        return ("conclude_review", "begin_amendment")
    return ()


def _stage(state: State, done: Done, valid: Mapping[str, Done]) -> Stage:
    step = STEPS[done.step]
    if done.step == "change_version":
        substantial = done.facts.get("substantial") == "yes"
        consulted = "answer_comments" in valid
        return after_change(state.kind, state.stage, substantial=substantial, consulted=consulted)
    if step.by:
        return step.leads.get(done.facts.get(step.by, ""), state.stage)
    return step.target or state.stage


def possible(state: State, *, own: bool = False) -> tuple[str, ...]:
    """The steps that the table has for a plan that stands there, in its order."""
    return tuple(
        name
        for name, step in STEPS.items()
        if state.stage in step.sources.get(state.kind, ()) and (own or not step.own)
    )
