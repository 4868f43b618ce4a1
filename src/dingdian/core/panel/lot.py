"""The lot: who sits in a panel, the same from the same seed on any machine in any year.

The experts stand in the order of SHA-256(seed, case, expert), so that neither the order of the
register nor anything said of an expert moves them. From the top each field takes its least number,
then the seats that are left go to whoever comes next.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dingdian.core.admission.ranking import lottery
from dingdian.core.panel.experts import Applicant, Expert, barred
from dingdian.core.panel.terms import Terms
from dingdian.core.workings import Reason, reason


@dataclass(frozen=True, slots=True)
class Lot:
    """An expert in the order of the lot; ``barred``: why they could not be drawn."""

    expert: str
    field: str
    barred: Reason | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """Too few experts: of a field, or (``field`` empty) of all together.

    ``needed`` seats, ``free`` experts for them, ``barred``: how many of the register keep away.
    """

    field: str
    needed: int
    free: int
    barred: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a lot.

    ``lots``: everybody of the register in the order of the lot. ``members``: who was drawn, in
    that order; nobody where there are ``shortages``.
    """

    lots: tuple[Lot, ...]
    members: tuple[str, ...]
    shortages: tuple[Shortage, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a lot is drawn for: whose case, by which terms and seed, on which day."""

    case: str
    seed: str
    applicant: Applicant
    terms: Terms
    day: dt.date


def ticket(seed: str, case: str, expert: str) -> str:
    r"""What the seed draws for an expert: SHA-256 of seed, case and expert, a line each (hex).

    Anybody can make it: ``printf 'seed\ncase\nexpert' | sha256sum``.

    >>> ticket("2026", "SQ1", "E1")[:8]
    '133568c9'
    """
    return lottery(f"{seed}\n{case}\n", expert)


def ordered(lots: Iterable[Lot], seed: str, case: str) -> tuple[Lot, ...]:
    """The order of the lot."""
    return tuple(sorted(lots, key=lambda each: ticket(seed, case, each.expert)))


def draw(register: Sequence[Expert], of: Occasion) -> Drawn:
    """Draw a panel from a register without faults."""
    lots = (
        Lot(each.id, each.field, barred(each, of.applicant, of.terms, of.day)) for each in register
    )
    return seated(ordered(lots, of.seed, of.case), of.terms)


def seated(lots: Sequence[Lot], terms: Terms) -> Drawn:
    """Who of an order gets a seat, or which seats cannot be filled."""
    free = [each for each in lots if each.barred is None]
    if shortages := (*_shortages(lots, free, terms),):
        return Drawn(tuple(lots), (), shortages)
    left, taken = dict(terms.fields), set()
    for each in free:
        if left.get(each.field, 0) > 0:
            left[each.field] -= 1
            taken.add(each.expert)
    rest = (each.expert for each in free if each.expert not in taken)
    taken |= {expert for _, expert in zip(range(terms.seats - len(taken)), rest, strict=False)}
    return Drawn(tuple(lots), tuple(each.expert for each in free if each.expert in taken))


def _shortages(lots: Sequence[Lot], free: Sequence[Lot], terms: Terms) -> Iterator[Shortage]:
    of_all, of_free = (Counter(each.field for each in its) for its in (lots, free))
    for field, needed in terms.fields.items():
        if of_free[field] < needed:
            there = of_free[field]
            yield Shortage(field, needed, there, of_all[field] - there)
    if len(free) < terms.seats:
        yield Shortage("", terms.seats, len(free), len(lots) - len(free))


def next_of(
    field: str,
    lots: Sequence[Lot],
    register: Sequence[Expert],
    *,
    out: Iterable[str],
    of: Occasion,
) -> Drawn:
    """Who takes a seat of a field that has become free: the next of the same lot.

    ``lots`` is the order that was recorded, ``out`` those who sit or have been recused. Who keeps
    away is asked again of the register as it is on the day. Experts who have come into it since
    stand behind everybody of the first lot, among themselves by the same seed: no new name gets
    before an old one. ``lots`` of the answer are the newcomers behind those recorded, with what
    bars each of them now.
    """
    now, known, out = {each.id: each for each in register}, {each.expert for each in lots}, set(out)
    newcomers = (Lot(each.id, each.field) for each in register if each.id not in known)
    order = [
        Lot(each.expert, each.field, _barred_now(each, now, out, of))
        for each in (*lots, *ordered(newcomers, of.seed, of.case))
    ]
    free = [each for each in order if each.field == field and each.barred is None]
    if free:
        return Drawn(tuple(order), (free[0].expert,))
    of_field = sum(each.field == field for each in order)
    return Drawn(tuple(order), (), (Shortage(field, 1, 0, of_field),))


def _barred_now(lot: Lot, now: Mapping[str, Expert], out: set[str], of: Occasion) -> Reason | None:
    if lot.expert in out:
        return reason("expert_seated_or_recused")
    if lot.expert not in now:
        return reason("expert_left_register")
    return barred(now[lot.expert], of.applicant, of.terms, of.day)


def lots_text(lots: Iterable[Lot]) -> str:
    """The order of a lot as one text of a note."""
    rows = [
        [
            each.expert,
            each.field,
            *([each.barred.code, dict(each.barred.details)] if each.barred else []),
        ]
        for each in lots
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def lots_read(text: str) -> tuple[Lot, ...]:
    """The order that a text of a note stands for."""
    return tuple(
        Lot(expert, field, reason(why[0], **why[1]) if why else None)
        for expert, field, *why in json.loads(text)
    )
