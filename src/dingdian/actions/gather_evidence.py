"""Gather what one case rests on: the rows of round and ledger that were used, and its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dingdian.actions.record_decisions import round_fingerprint
from dingdian.core.admission.application import Round
from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
from dingdian.core.census import Census, canonical
from dingdian.core.census.table import Table
from dingdian.core.errors import RequestError, fault

#: A row as its cells are spelt, with where it came from; unknown cells are left out.
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the case in degrees of WGS84/CGCS2000; ``part`` says what stands there.

    ``part``: ``applicant``, ``near_applicant`` (of the same round) or ``near_institution``.
    """

    code: str
    name: str
    part: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows of a case by table, those of the round and those of the ledger, and its places."""

    decision: DecisionRecord
    round: Mapping[str, tuple[Row, ...]]
    census: Mapping[str, tuple[Row, ...]]
    spots: tuple[Spot, ...]


def gather_evidence(
    record: DecisionsRecord, application: str, *, census: Census, found: Round
) -> Evidence:
    """What the case of an application rests on; ``census`` is that of the day of decision.

    Raises:
        RequestError: no such application, or round or census are not those of the decision.
    """
    decision = record.of(application)
    if decision is None:
        raise RequestError((fault("unknown_application", name=application, nearest="—"),))
    kept = record.fingerprints
    prints = (
        ("round", kept.round, round_fingerprint(found)),
        ("census", kept.stock or kept.census, canonical.fingerprint(census)),
    )
    wrong = [name for name, was, now in prints if was != now]
    if wrong:
        raise RequestError(tuple(fault("copy_changed", name=name) for name in wrong))
    near = {n.code for c in decision.conditions for n in c.near}
    sources = {decision.source, *(s for c in decision.conditions for s in c.sources)}
    sources |= {each.source for each in decision.exceptions}
    return Evidence(
        decision,
        {
            name: _rows(table, sources, ("application", "code"), {application})
            for name, table in found.tables.items()
        },
        {
            name: _rows(table, sources, ("code",) if name == "institutions" else (), near)
            for name, table in census.tables.items()
        },
        (*_sites(found, application, near), *_institutions(census, near)),
    )


def _rows(
    table: Table, sources: set[str], columns: tuple[str, ...], wanted: set[str]
) -> tuple[Row, ...]:
    """The rows that were used as a source, or that a column ties to the case."""
    cells = canonical.columns_of(table)
    tied = [cells[name] for name in columns if name in cells]
    return tuple(
        {name: its[at] for name, its in cells.items() if its[at]} | {"origin": origin}
        for at, origin in enumerate(table.origin)
        if origin in sources or any(each[at] in wanted for each in tied)
    )


def _sites(found: Round, application: str, near: set[str]) -> list[Spot]:
    """The applicant, and those of the round who stand near it."""
    return [
        Spot(
            each.id,
            each.name,
            "applicant" if each.id == application else "near_applicant",
            each.site.lon,
            each.site.lat,
        )
        for each in found.applications
        if each.site is not None and (each.id == application or each.id in near)
    ]


def _institutions(census: Census, near: set[str]) -> list[Spot]:
    table, at = census.tables["institutions"], census.positions("institutions")
    codes, names = table["code"].cells(), table["name"].cells()
    return [
        Spot(str(code), str(name or ""), "near_institution", float(at.lon[row]), float(at.lat[row]))
        for row, (code, name) in enumerate(zip(codes, names, strict=True))
        if code in near and at.known[row]
    ]
