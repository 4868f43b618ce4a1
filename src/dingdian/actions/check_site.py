"""May an institution stand here: one site, or a round of applicants, held against the shelf.

An answer is dated, says what it was made from, and binds nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.census import Census, table_from_rows
from dingdian.core.census.applicants import APPLICANTS, FLAGS
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import INSTITUTIONS
from dingdian.core.census.table import Cell, Table
from dingdian.core.census.vocabulary import CHOICES, KINDS
from dingdian.core.coordinates import system_of
from dingdian.core.errors import CensusError, Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS as FAULT_KINDS
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.rules.sites import spacing_terms
from dingdian.core.rules.spacing import SpacingRule
from dingdian.core.spacing.alternatives import Spot, alternatives
from dingdian.core.spacing.applicants import (
    Asked,
    asked_of,
    choice_named,
    flag_named,
    has_institution,
    in_decimal,
    kind_named,
)
from dingdian.core.spacing.check import check
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.stock import Stock, stock_on
from dingdian.core.spacing.terms import Terms
from dingdian.core.spacing.verdict import Answer, Verdict, worst
from dingdian.core.workings import Reason, reason

#: Verdicts under which other places are looked for.
_STOPPED = (Verdict.BROKEN, Verdict.MEASURE_ON_SITE, Verdict.UNDEFINED)


@dataclass(frozen=True, slots=True)
class Bound:
    """A spacing rule in force: its terms, or why the text is unclear."""

    rule: SpacingRule
    terms: Terms | None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was made from: the day, the policy, census and shelf by fingerprint.

    ``taken_on`` is the day that the census describes, ``None`` when it does not say;
    ``simulation`` whether the answer must carry 测算. ``estimated``: districts without outline that
    have institutions without coordinates; across their borders these count by an estimate.
    """

    day: dt.date
    policy: Policy
    taken_on: dt.date | None
    census: str
    shelf: str
    simulation: bool
    invented: bool
    as_if: bool
    estimated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A census and a policy made ready for questions; the index is warm."""

    census: Census
    stock: Stock
    rules: tuple[Bound, ...]
    basis: Basis

    @property
    def terms(self) -> tuple[Terms, ...]:
        """The terms of the rules that are not unclear."""
        return tuple(each.terms for each in self.rules if each.terms)


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What every spacing rule says of a site, and where else it might stand.

    ``answers`` are in the order of ``rules``; ``spots`` the nearest localities where it may,
    ``reach_mm`` how far was looked (``None``: nobody asked, or there was no need).
    """

    site: Site
    verdict: Verdict
    rules: tuple[Bound, ...]
    answers: tuple[Answer, ...]
    spots: tuple[Spot, ...]
    reach_mm: int | None
    basis: Basis
    names: Mapping[str, str]
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class SiteQuestion:
    """A site as a person states it.

    ``x`` and ``y``: longitude and latitude, or easting and northing, in the system that ``crs``
    names. ``services`` and ``kind`` in the words of the vocabulary. ``error_m``: position error in
    metres, ``None`` where unknown. ``institution``: its code in the census, empty for a new one.
    ``flags``, ``ownership`` and ``type``: what an exemption may name, in the same words; empty
    where not known.
    """

    x: str
    y: str
    crs: str
    services: tuple[str, ...]
    kind: str
    error_m: Fraction | None = None
    institution: str = ""
    moved: bool = False
    flags: tuple[str, ...] = ()
    ownership: str = ""
    type: str = ""


def open_desk(
    census: Census,
    book: PolicyBook,
    *,
    place: str,
    day: dt.date,
    faults: Sequence[Fault] = (),
    as_if: bool = False,
) -> Desk:
    """Make a census ready for questions under the rules of ``day``.

    Raises:
        RequestError: no such place on the shelf.
        NotInForceError: ``day`` lies outside the validity of the plan.
        CensusError: blocking faults, or a census of another place without ``as_if``.
    """
    policy = book.on(place, day)
    blocking = [each for each in faults if FAULT_KINDS[each.kind].severity is Severity.BLOCKING]
    if blocking:
        raise CensusError(tuple(blocking))
    if census.tree.root != policy.place.region_code and not as_if:
        found, wanted = census.tree.root, policy.place.region_code
        raise CensusError((fault("another_place", found=found, wanted=wanted),))
    rules = tuple(
        Bound(rule, found) if isinstance(found, Terms) else Bound(rule, None, found)
        for rule, found in spacing_terms(policy)
    )
    stock = stock_on(census, day)
    basis = Basis(
        day=day,
        policy=policy,
        taken_on=census.taken_on,
        census=fingerprint(census),
        shelf=book.fingerprint,
        simulation=policy.simulation or as_if or census.invented,
        invented=census.invented,
        as_if=as_if,
        estimated=stock.estimated,
    )
    return Desk(census, stock, rules, basis)


def check_site(
    desk: Desk, asked: SiteQuestion, *, reach_mm: int | None = None, most: int = 10
) -> SiteReport:
    """Answer one question; where the site is stopped, look for places within ``reach_mm``.

    Raises:
        RequestError: the point, its system, a service or the kind is not what it should be.
    """
    site = site_of(desk.census, asked)
    answers = answers_at(desk, site)
    verdict = worst(each.verdict for each in answers)
    spots: tuple[Spot, ...] = ()
    looked = reach_mm if verdict in _STOPPED and all(each.terms for each in desk.rules) else None
    if looked is not None:
        spots = tuple(alternatives(site, desk.stock, desk.terms, reach_mm=looked, most=most))
    return SiteReport(
        site=site,
        verdict=verdict,
        rules=desk.rules,
        answers=answers,
        spots=spots,
        reach_mm=looked,
        basis=desk.basis,
        names=desk.census.tree.names,
        why=None if desk.rules else reason("spacing_no_rule"),
    )


def answers_at(desk: Desk, site: Site) -> tuple[Answer, ...]:
    """What each rule says of a site; an unclear one says so."""
    return tuple(
        check(site, desk.stock, each.terms)
        if each.terms
        else Answer(each.rule.rule, Verdict.UNCLEAR, None, why=each.why)
        for each in desk.rules
    )


def site_of(census: Census, asked: SiteQuestion) -> Site:
    """The site that a question means.

    Raises:
        RequestError: every fault of it, in one list.
    """
    faults: list[Fault] = []
    cells: dict[str, Cell] = {
        "code": "site",
        "lon": _number(asked.x, "123.431389", faults),
        "lat": _number(asked.y, "41.808333", faults),
        "crs": system_of(asked.crs).id,
        "kind": _kind(asked.kind, faults),
        "ownership": _choice("ownership", asked.ownership, faults),
        "type": _choice("type", asked.type, faults),
        **dict.fromkeys(_flags(asked.flags, faults), True),
        "services": "、".join(asked.services),
        "position_error_m": asked.error_m,
        "institution": asked.institution or None,
        "moved": asked.moved,
    }
    if asked.institution and not has_institution(census, asked.institution):
        faults.append(fault("site_code_unknown", value=asked.institution))
    elif asked.moved and not asked.institution:
        faults.append(fault("site_moved_without_code"))
    if faults:
        raise RequestError(tuple(faults))
    found = asked_of(table_from_rows(APPLICANTS, [cells], [""]), census)
    if found.faults:
        raise RequestError(found.faults)
    return found.sites[0]


def applicants_in(census: Census, table: Table, faults: Sequence[Fault] = ()) -> Asked:
    """The sites of a file of applicants, and the rows that have a fault.

    ``faults``: what reading the file found; those that block a row keep it from being a site.

    Raises:
        RequestError: every fault of the file, in one list, where no row is without one or a
            fault lies outside the rows.
    """
    if not len(table):
        raise RequestError((fault("no_applicants", name=table.schema.zh),))
    blocking = [each for each in faults if FAULT_KINDS[each.kind].severity is Severity.BLOCKING]
    read = blocking_rows(table, faults)
    if sum(map(len, read.values())) < len(blocking):
        raise RequestError(tuple(blocking))
    found = asked_of(table, census, read)
    if not found.sites:
        raise RequestError(found.faults)
    return found


def blocking_rows(table: Table, faults: Sequence[Fault]) -> dict[int, list[Fault]]:
    """Row of a table -> the blocking faults that reading found in it."""
    rows = {place_of(table, row).row: row for row in range(len(table))}
    found: dict[int, list[Fault]] = {}
    for each in faults:
        if FAULT_KINDS[each.kind].severity is Severity.BLOCKING and each.place.row in rows:
            found.setdefault(rows[each.place.row], []).append(each)
    return found


def _number(text: str, example: str, faults: list[Fault]) -> float:
    try:
        return float(text)
    except ValueError:
        shown = in_decimal(text) or example
        faults.append(fault("site_not_degrees", value=text, example=shown))
        return 0.0


def _kind(word: str, faults: list[Fault]) -> str:
    found = kind_named(word)
    if found is None:
        known = "、".join(term.zh for term in KINDS.values())
        faults.append(fault("unknown_kind", value=word, known=known))
    return found or ""


def _choice(column: str, word: str, faults: list[Fault]) -> str | None:
    if not word:
        return None
    choice = INSTITUTIONS[column].choice
    found = choice_named(choice, word)
    if found is None:
        known = "、".join(term.zh for term in CHOICES[choice].values())
        faults.append(
            fault("unknown_word", value=word, column=INSTITUTIONS[column].zh, known=known)
        )
    return found


def _flags(words: Sequence[str], faults: list[Fault]) -> Iterator[str]:
    for word in words:
        found = flag_named(word)
        if found is None:
            known = "、".join(INSTITUTIONS[name].zh for name in FLAGS)
            faults.append(fault("unknown_flag", value=word, known=known))
        else:
            yield found


__all__ = [
    "Basis",
    "Bound",
    "Desk",
    "SiteQuestion",
    "SiteReport",
    "answers_at",
    "applicants_in",
    "check_site",
    "open_desk",
    "site_of",
]
