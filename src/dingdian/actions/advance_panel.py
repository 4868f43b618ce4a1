"""Record a step of an evaluation panel: draw, recuse, redraw, score, conclude, one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dingdian.actions.ports import Journal
from dingdian.core.errors import Fault, RequestError, Text, fault
from dingdian.core.journal import Note
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.panel.state import PREFIX, State, state_of, subject_of
from dingdian.core.panel.steps import ACTS, Step, worked


@dataclass(frozen=True, slots=True)
class Taking:
    """What is to be recorded, and of which case.

    ``case``: the application, or ``SQ2026001/2`` where it is evaluated again. ``seen`` is the
    number of the last note that the page showed (0: none). ``at`` is the moment, ``by`` the user,
    ``role`` theirs, ``region`` the district. ``kept`` is written beside the facts: attachments,
    fingerprint of the shelf.
    """

    case: str
    step: Step
    seen: int
    at: dt.datetime
    by: str
    role: str = ""
    region: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advanced:
    """The note that was written, and where the panel stands after it."""

    note: Note
    state: State


def advance_panel(journal: Journal, taking: Taking) -> Advanced:
    """Record one step.

    The notes are read again once the journal is held, so that of two people the second is told
    what the first did. In a transaction of the caller's it stands or falls with it.

    Raises:
        RequestError: somebody was there before, or the step is refused: every reason is told, and
            nothing is written.
    """
    subject = subject_of(taking.case)
    with journal.writing() as held:
        state = state_of(held.notes(subject))
        if state.last != taking.seen:
            raise RequestError((_moved_on(state),))
        day = taking.at.astimezone(SHANGHAI).date()
        faults, facts = worked(taking.step, state, case=taking.case, day=day)
        if faults:
            raise RequestError(faults)
        facts = {**facts, **{name: text for name, text in taking.kept.items() if text}}
        act = PREFIX + ACTS[type(taking.step)][0]
        note = Note(0, subject, act, taking.at, taking.by, taking.role, taking.region, facts)
        return Advanced(held.add(note), state_of(held.notes(subject)))


#: Act -> its words.
_WORDS: Mapping[str, Text] = {PREFIX + act: words for act, words in ACTS.values()}


def _moved_on(state: State) -> Fault:
    last = state.history[-1] if state.history else None
    words = _WORDS[last.act] if last else Text("—", "—")
    by = last.by if last else "—"
    return fault("panel_moved_on", by=by, act=words.en, act_zh=words.zh)
