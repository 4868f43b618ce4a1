"""Several cases at once, one move of them or what waits: each tried and told by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext

from dingdian.core.errors import Place, RequestError
from dingdian.core.lifecycle.moves import MOVES
from dingdian.web.cases import recording
from dingdian.web.cases.finding import Found, find
from dingdian.web.cases.offering import Offer, offered, offers_now, roles_of
from dingdian.web.errors import fault_lines
from dingdian.web.panels import citing
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web.accounts.models import User
    from dingdian.web.cases.models import Proposal
    from dingdian.web.papers import Handed

#: So many cases go together at most.
MOST = 100
#: Facts that every case has of its own: a field beside each.
OWN = ("agreement",)
#: Moves that say too much of one case to be recorded of several by one form.
_ALONE = frozenset({"annul", "appeal", "apply", "answer_appeal", "change_beds", "open", "sign"})
#: Moves of single cases -> the fact of each that stands beside it.
_ITS_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(f for f in OWN if f in move.needs) for name, move in MOVES.items()}
)


@dataclass(frozen=True, slots=True)
class Line:
    """A case of several: what may be recorded of it; ``offer`` is ``None`` where that is not."""

    found: Found
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: recorded under a number, asked for, or refused with reasons."""

    found: Found
    entry: int = 0
    proposal: Proposal | None = None
    told: Sequence[tuple[str, str, str]] = field(default_factory=tuple)

    @property
    def done(self) -> bool:
        """Whether it was recorded or asked for."""
        return bool(self.entry or self.proposal)


def own_facts(move: str) -> tuple[str, ...]:
    """The facts of a move that every case has of its own."""
    return _ITS_OWN[move]


def chosen(user: User, cases: Sequence[str]) -> list[Found]:
    """The cases of one's districts among some, each once, in their order."""
    found = (find(case) for case in dict.fromkeys(cases))
    return [each for each in found if each and user.may(Right.SEE_LEDGER, each.district)]


def moves(user: User, cases: Sequence[Found]) -> list[str]:
    """The moves that somebody may record of every one of some cases, by one form."""
    names = [
        {each.move for each in offers_now(roles_of(user, one.district), one.state)} for one in cases
    ]
    common = set.intersection(*names) if names else set()
    return [name for name in MOVES if name in common - _ALONE]


def lines(user: User, cases: Sequence[Found], move: str) -> Iterator[Line]:
    """Each case with the offer of a move; one of which it may not be recorded has none."""
    for one in cases:
        roles = roles_of(user, one.district)
        yield Line(one, None if move in _ALONE else offered(roles, move, one.state.stage))


def do(
    user: User,
    asked: Sequence[tuple[Line, Asked]],
    papers: Sequence[Handed],
    *,
    whole: bool,
) -> list[Outcome]:
    """Record a move of several cases, or ask a second person for it.

    ``whole``: all or none; else each by itself, whatever becomes of the others.
    """
    if not whole:
        return [_each(user, line, one, papers) for line, one in asked]
    found = [line.found for line, _ in asked]
    try:
        asked = _with_panels(asked)
        if recording.is_confirmed_first(asked[0][1].move):
            pairs = [(one, line.found.district) for line, one in asked]
            made = recording.propose_all(user, pairs, papers)
            return [Outcome(*each) for each in zip(found, repeat(0), made, strict=False)]
        entries = recording.record_all(user, [one for _, one in asked], papers).entries
        return [Outcome(one, each.seq) for one, each in zip(found, entries, strict=True)]
    except RequestError as error:
        return [Outcome(one, told=_told(error, one.state.case)) for one in found]


def confirm_all(user: User, proposals: Iterable[Proposal]) -> list[Outcome]:
    """Confirm moves that others asked for, each by itself: recorded, or refused with its reasons.

    One's own is refused like any other that may not be recorded; it keeps none of the others back.
    """
    return [_confirmed(user, each) for each in proposals]


def _confirmed(user: User, proposal: Proposal) -> Outcome:
    found = find(proposal.case)
    assert found is not None  # noqa: S101 -- a move is asked for of a case of the ledger
    try:
        changed = recording.confirm(user, proposal)
    except RequestError as error:
        return Outcome(found, told=tuple(fault_lines(error)))
    return Outcome(found, entry=changed.entries[0].seq)


def told(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What became of several, as the page of it shows."""
    done, n = sum(each.done for each in outcomes), len(outcomes)
    words = ngettext("%(done)d of %(n)d case", "%(done)d of %(n)d cases", n)
    return {"outcomes": outcomes, "said": words % {"done": done, "n": n}, "all": done == n}


def _each(user: User, line: Line, asked: Asked, papers: Sequence[Handed]) -> Outcome:
    """What becomes of one case; a refusal is told and leaves nothing."""
    try:
        asked = citing.with_panel(line.found, asked)
        if recording.is_confirmed_first(asked.move):
            made, _noted = recording.propose(user, asked, line.found.district, papers)
            return Outcome(line.found, proposal=made)
        changed = recording.record(user, asked, papers)
        return Outcome(line.found, entry=changed.entries[0].seq)
    except RequestError as error:
        return Outcome(line.found, told=tuple(fault_lines(error)))


def _with_panels(asked: Sequence[tuple[Line, Asked]]) -> list[tuple[Line, Asked]]:
    """What is asked for with the panel of each case among its documents.

    Raises:
        RequestError: panels have not concluded or found otherwise: each told at its case.
    """
    made, faults = [], []
    for line, one in asked:
        try:
            made.append((line, citing.with_panel(line.found, one)))
        except RequestError as error:
            place = Place(line.found.state.case)
            faults += [replace(each, place=place) for each in error.faults]
    if faults:
        raise RequestError(tuple(faults))
    return made


def _told(error: RequestError, case: str) -> tuple[tuple[str, str, str], ...]:
    """The reasons against one of several cases; what is against no case is against each."""
    its = [each for each in error.faults if each.place.file in (case, "")]
    return tuple(("", what, cure) for _, what, cure in fault_lines(RequestError(tuple(its))))
