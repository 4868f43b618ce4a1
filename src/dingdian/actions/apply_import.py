"""Apply an import that was previewed, or undo the last one: each whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dingdian.actions.change_stage import after_waiting
from dingdian.actions.open_ledger import Recording, keep, of_this_place
from dingdian.actions.ports import Desk, Ledger
from dingdian.actions.preview_import import Base, base_of
from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.carrying import carried
from dingdian.core.errors import Fault, RequestError
from dingdian.core.lifecycle.chain import Head
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.moving import Asked, Before, try_move
from dingdian.core.lifecycle.naming import told
from dingdian.core.lifecycle.picture import Since, picture
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.core.lifecycle.state import in_effect
from dingdian.core.lifecycle.terms import Terms

#: Moments are kept to the second: what is kept after something else is known a second later.
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class By:
    """Who acts and why; ``now`` says the moment at which the ledger is theirs alone."""

    name: str
    reason: str
    now: Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying an import came to: what its undoing needs.

    ``before`` is the moment from which the census was known on which the one before it rested
    (``None``: there was none), ``kept_at`` that of the census kept last once it was applied. Its
    cases are the entries ``first`` to ``last`` (0 and 0: none was opened).
    """

    day: dt.date
    before: dt.datetime | None
    kept_at: dt.datetime | None
    rows: int
    first: int
    last: int
    fingerprint: str
    faults: tuple[Fault, ...] = ()

    @property
    def cases(self) -> int:
        """How many cases were opened."""
        return self.last - self.first + 1 if self.first else 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undoing came to: the fingerprint of the census of the day, and cases annulled."""

    fingerprint: str
    rows: int
    cases: int


#: Called while the ledger is held: what it writes stands or falls with the deed.
Within = Callable[[Applied], None]
AfterUndoing = Callable[[Undone], None]


def apply_import(
    ledger: Ledger, census: Census, terms: Terms, *, base: str, by: By, within: Within
) -> Applied:
    """Keep a census and open its cases, if the ledger still has for its day what was previewed.

    ``base`` is the fingerprint that the preview was made against. All of it, with what ``within``
    writes, is one transaction.

    Raises:
        RequestError: the ledger has changed since, or the census may not be kept.
    """
    day = of_this_place(census, terms)
    ahead = _ahead(ledger, terms, day, by)
    whole = carried(census, ahead.base.census)
    with ledger.writing() as desk:
        found = ahead.base
        if ahead.stamp is None or ahead.stamp != _stamp(ledger, day):
            found = base_of(ledger, terms, day)
            whole = carried(census, found.census)
        if found.fingerprint != base:
            raise RequestError((told("import_base_changed"),))
        recording = Recording(_moment(desk, by.now()), by.name, by.reason)
        rows, made = keep(ledger, desk, whole, terms=terms, recording=recording)
        if not rows and not made.entries:
            raise RequestError((told("import_no_change"),))
        seqs = [each.seq for each in made.entries]
        applied = Applied(
            day=day,
            before=found.known_at,
            kept_at=desk.last_kept_at,
            rows=rows,
            first=min(seqs, default=0),
            last=max(seqs, default=0),
            fingerprint=fingerprint(whole),
            faults=made.faults,
        )
        within(applied)
    return applied


_Stamp = tuple[Head, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What the ledger had before it was held: good where the stamp is still the same."""

    base: Base
    stamp: _Stamp | None


def _stamp(ledger: Ledger, day: dt.date) -> _Stamp:
    """The end of the ledger, and the moment of the census of a day."""
    return ledger.head(), ledger.census_known_at(day)


def _ahead(ledger: Ledger, terms: Terms, day: dt.date, by: By) -> _Ahead:
    """What the ledger has for a day, found while others may still write.

    A census that is kept later is known later than now. Only where the last one is of this very
    second could one that came since bear the same stamp: then there is none.
    """
    now, stamp = by.now(), _stamp(ledger, day)
    base = base_of(ledger, terms, day)
    fresh = stamp[1] is not None and now <= stamp[1]
    return _Ahead(base, None if fresh else stamp)


def undo_import(
    ledger: Ledger, applied: Applied, terms: Terms, *, by: By, within: AfterUndoing
) -> Undone:
    """Keep the census before an import again, as known now, and annul the cases that it opened.

    Nothing is deleted. What was recorded of other cases meanwhile stays.

    Raises:
        RequestError: another census was kept since, there was none before, or a case that it
            opened has moved since: every reason is told, and nothing is written.
    """
    with ledger.writing() as desk:
        cases = cases_by_id(ledger.entries())
        refused = tuple(_refusals(desk, applied, cases))
        if refused or applied.before is None:
            raise RequestError(refused or (told("import_first"),))
        at = _moment(desk, by.now())
        annulled = _annulled(desk, applied, cases, terms=terms, recording=_recording(at, by))
        census = _census_before(ledger, applied, cases, terms)
        rows = desk.save_census(census, at)
        undone = Undone(fingerprint(census), rows, annulled)
        within(undone)
    return undone


def _recording(at: dt.datetime, by: By) -> Recording:
    return Recording(at, by.name, by.reason)


def _moment(desk: Desk, now: dt.datetime) -> dt.datetime:
    """Now, or a second after the census kept last: which was known first can always be told."""
    last = desk.last_kept_at
    return now if last is None or now > last else last + _SECOND


def _refusals(
    desk: Desk, applied: Applied, cases: Mapping[str, Sequence[Entry]]
) -> Iterator[Fault]:
    """Why an import cannot be undone."""
    if applied.before is None:
        yield told("import_first")
    if desk.last_kept_at != applied.kept_at:
        yield told("import_not_last")
    for case, entries in _opened(applied, cases).items():
        if len(entries) > 1:
            yield told("import_case_moved", case=case, seq=entries[-1].seq)


def _opened(applied: Applied, cases: Mapping[str, Sequence[Entry]]) -> dict[str, Sequence[Entry]]:
    """The cases that an import opened and that stand, with what is in effect of them."""
    if not applied.first:
        return {}
    opened = range(applied.first, applied.last + 1)
    found = ((case, in_effect(its)) for case, its in cases.items())
    return {case: effect for case, effect in found if effect and effect[0].seq in opened}


def _annulled(
    desk: Desk,
    applied: Applied,
    cases: dict[str, list[Entry]],
    *,
    terms: Terms,
    recording: Recording,
) -> int:
    """Annul the cases that an import opened, and leave them out of ``cases``; how many."""
    last, seq = desk.last_known_at, desk.head.entries + 1
    at = after_waiting(recording.known_at, last)
    made, refused = list[Entry](), list[Fault]()
    for case, effect in _opened(applied, cases).items():
        asked = Asked(
            case=case,
            move="annul",
            held_on=at.astimezone(SHANGHAI).date(),
            known_at=at,
            by=recording.by,
            role="agency",
            reason=recording.reason,
            facts={"entry": str(effect[-1].seq)},
        )
        verdict = try_move(asked, Before(cases[case], (), last, seq + len(made)), terms)
        if verdict.entry is None:
            refused += verdict.faults
        else:
            made.append(verdict.entry)
            del cases[case]
    if refused:
        raise RequestError(tuple(refused))
    desk.append(made)
    return len(made)


def _census_before(
    ledger: Ledger, applied: Applied, cases: Mapping[str, Sequence[Entry]], terms: Terms
) -> Census:
    """The census of the day as it would be had the import never been."""
    base = ledger.census(applied.day, applied.before)
    assert base is not None and base.taken_on is not None  # noqa: S101, PT018 -- it was kept then
    assert applied.before is not None  # noqa: S101 -- asked before
    since = Since(applied.day, base.taken_on, applied.before, ledger.mark.opened_on)
    return picture(base, cases.values(), since, terms)
