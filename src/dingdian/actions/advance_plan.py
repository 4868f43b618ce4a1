"""Take a step of a plan: checked against its notes and written in the journal, by one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dingdian.actions.ports import Journal
from dingdian.core.dossier.deciding import decide
from dingdian.core.dossier.guards import Asked
from dingdian.core.dossier.stages import Kind
from dingdian.core.dossier.state import PREFIX, State, state_of
from dingdian.core.dossier.steps import STEPS
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.journal import Note


@dataclass(frozen=True, slots=True)
class Taking:
    """What is asked for, and of which plan.

    ``subject`` is the plan as the journal calls it. ``seen`` is the number of the last step that
    the page showed (0: none). ``at`` is the moment, ``role`` that of the user. ``kept`` is written
    beside the facts: fingerprints, counts, attachments.
    """

    subject: str
    kind: Kind
    asked: Asked
    seen: int
    at: dt.datetime
    role: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advanced:
    """The note that was written, and where the plan stands after it."""

    note: Note
    state: State


def advance_plan(journal: Journal, taking: Taking) -> Advanced:
    """Take one step.

    The notes are read again once the journal is held, so that of two people the second is told
    what the first did. In a transaction of the caller's it stands or falls with it.

    Raises:
        RequestError: somebody was there before, or the step is refused: every reason is told, and
            nothing is written.
    """
    with journal.writing() as held:
        state = state_of(taking.kind, held.notes(taking.subject))
        if state.last != taking.seen:
            raise RequestError((_moved_on(state),))
        if faults := decide(taking.asked, state):
            raise RequestError(faults)
        note = held.add(_note(taking, state))
        return Advanced(note, state_of(taking.kind, held.notes(taking.subject)))


def _moved_on(state: State) -> Fault:
    last = state.history[-1] if state.history else None
    words = STEPS[last.step].name if last else None
    return fault(
        "plan_moved_on",
        by=last.by if last else "—",
        step=words.en if words else "—",
        step_zh=words.zh if words else "—",
    )


def _note(taking: Taking, state: State) -> Note:
    asked, draft = taking.asked, taking.asked.draft
    facts = {name: text for name, text in asked.facts.items() if text}
    if draft is not None:
        facts |= {"version": str(draft.number), "fingerprint": draft.fingerprint}
        facts["manifest"] = draft.manifest
    facts |= {name: text for name, text in taking.kept.items() if text}
    facts["stage_before"] = state.stage.value
    return Note(
        0, taking.subject, PREFIX + asked.step, taking.at, asked.by, taking.role, facts=facts
    )
