"""Check the applicants of one round: each against the stock, and against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dingdian.actions.check_site import Basis, Bound, Desk, applicants_in
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault
from dingdian.core.spacing.conflicts import Round, decide_round
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.verdict import Answer, Verdict, worst

#: Nodes of the search for the largest admissible set, in all.
NODES = 2_000


@dataclass(frozen=True, slots=True)
class Applicant:
    """What all rules together say of one applicant; ``answers`` in the order of the rules."""

    site: Site
    verdict: Verdict
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """The answers to a round, in the order of the file.

    ``rounds`` has an entry for each rule, ``None`` for one that is unclear. ``faulty``: the
    applicants whose rows could not be answered. ``faults``: all that is odd about the file.
    """

    applicants: tuple[Applicant, ...]
    rules: tuple[Bound, ...]
    rounds: tuple[Round | None, ...]
    basis: Basis
    names: Mapping[str, str]
    faulty: tuple[Faulty, ...] = ()
    faults: tuple[Fault, ...] = ()


def check_round(
    desk: Desk, table: Table, faults: Sequence[Fault] = (), *, nodes: int = NODES
) -> RoundReport:
    """Answer for every row of a file of applicants that has no fault.

    Under several spacing rules each is decided by itself, and an applicant comes to the worst.
    ``faults``: what reading the file found.

    Raises:
        RequestError: every fault of the file, in one list, where no row can be answered.
    """
    found = applicants_in(desk.census, table, faults)
    report = round_of(desk, found.sites, faulty=found.faulty, nodes=nodes)
    return replace(report, faults=tuple(dict.fromkeys((*faults, *found.faults))))


def round_of(
    desk: Desk, sites: Sequence[Site], *, faulty: Sequence[Faulty] = (), nodes: int = NODES
) -> RoundReport:
    """Answer for every site of a round; ``faulty`` are in it too and may stand in the way."""
    rounds = tuple(
        decide_round(sites, desk.stock, each.terms, nodes=nodes, faulty=faulty)
        if each.terms
        else None
        for each in desk.rules
    )
    applicants = []
    for at, site in enumerate(sites):
        answers = tuple(
            found.answers[at]
            if found
            else Answer(bound.rule.rule, Verdict.UNCLEAR, None, why=bound.why)
            for bound, found in zip(desk.rules, rounds, strict=True)
        )
        applicants.append(Applicant(site, worst(a.verdict for a in answers), answers))
    return RoundReport(
        applicants=tuple(applicants),
        rules=desk.rules,
        rounds=rounds,
        basis=desk.basis,
        names=desk.census.tree.names,
        faulty=tuple(faulty),
    )
