"""Ranking: who goes before whom, by merit first, and what decides among equals."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.case import Case
from dingdian.core.admission.decision import Standing
from dingdian.core.policy import InForce
from dingdian.core.spacing.terms import Side

ORDER, TILT, TIES = "priority_order", "tilt_weights", "tie_break"
#: Readings of ranking -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ORDER: ("equal", "as_listed"),
        TILT: ("equal", "weighted"),
        TIES: ("priority_date_lottery", "priority_lottery", "priority_date"),
    }
)
#: Stands for a priority that nobody has.
LAST = 1_000


def lottery(seed: str, application: str) -> str:
    """What a published seed draws for an application: SHA-256(seed‖id) in hexadecimal.

    >>> lottery("2026", "A-1")[:8]
    '6d2c2a45'
    """
    return hashlib.sha256(f"{seed}{application}".encode()).hexdigest()


def ranked(cases: Sequence[Case], merits: Mapping[int, Fraction], seed: str) -> dict[int, Standing]:
    """The standing of every applicant that has a merit: its place in ``cases`` -> standing.

    Each side (medical institutions, pharmacies) is ranked by itself. The order in which the
    applicants are given and their names decide nothing. Equals that nothing sets apart share
    the rank of the first of them and are named in ``tied``.
    """
    found: dict[int, Standing] = {}
    for side in Side:
        own = [at for at in merits if cases[at].application.side is side]
        found.update(_of_side(cases, own, merits, seed))
    return found


def _of_side(
    cases: Sequence[Case], own: Iterable[int], merits: Mapping[int, Fraction], seed: str
) -> Iterator[tuple[int, Standing]]:
    plain = {
        at: Standing(
            merit=merits[at] + tilt(cases[at]),
            priority=priority(cases[at]),
            applied_on=cases[at].application.applied_on,
            lottery=lottery(seed, cases[at].application.id) if seed else "",
            rank=0,
        )
        for at in own
    }
    order = sorted(plain, key=lambda at: _key(plain[at], cases[at]))
    first = 1
    for _, group in itertools.groupby(order, key=lambda at: _key(plain[at], cases[at])):
        members = list(group)
        ids = sorted(cases[at].application.id for at in members)
        for at in members:
            tied = tuple(each for each in ids if each != cases[at].application.id)
            yield at, replace(plain[at], rank=first, tied=tied)
        first += len(members)


def _key(standing: Standing, case: Case) -> tuple[Any, ...]:
    """What sorts: the criteria of the ranking rule in their order; merit alone without one."""
    by: Mapping[str, Any] = {
        "merit": -standing.merit,
        "priority": standing.priority,
        "date": standing.applied_on or dt.date.max,
        "lottery": standing.lottery,
    }
    return tuple(by[name] for name in criteria(case))


def criteria(case: Case) -> tuple[str, ...]:
    """What decides between two applicants, in order; merit alone while the reading is open."""
    for in_force in case.rules("ranking"):
        chosen = case.policy.choice(in_force.rule.ties_by)
        return tuple(in_force.value.get(chosen) or ("merit",))
    return ("merit",)


def priority(case: Case) -> int:
    """The place among the priorities that count at equal merit; 0 is first, LAST is none."""
    found = [word for word, field in _groups(case, "tie_break") if _in(case, field, word)]
    if not found:
        return LAST
    if case.policy.choice(ORDER) != "as_listed":
        return 0
    listed = [word for each in _rules(case, "tie_break") for word in each.value.order]
    return min(listed.index(word) if word in listed else len(listed) for word in found)


def tilt(case: Case) -> Fraction:
    """Points that preferences add: none under ``equal``, the reading's number for each group."""
    if case.policy.choice(TILT) != "weighted":
        return Fraction(0)
    number = case.policy.readings[TILT].number or Fraction(0)
    return number * sum(_in(case, field, word) for word, field in _groups(case, "tilt"))


def _rules(case: Case, mode: str) -> Iterator[InForce[Any]]:
    return (each for each in case.rules("priority") if each.rule.mode == mode)


def _groups(case: Case, mode: str) -> Iterator[tuple[str, str]]:
    """The groups that rules of a mode name: word and the field of the group it stands in."""
    for in_force in _rules(case, mode):
        for field in ("flags", "public_kinds", "kinds", "types"):
            yield from ((word, field) for word in getattr(in_force.value, field))


def _in(case: Case, field: str, word: str) -> bool:
    application = case.application
    if field == "flags":
        return word in application.flags
    if field == "types":
        return application.type == word
    of_kind = application.kind == word
    return of_kind and (field == "kinds" or application.ownership == "public")
