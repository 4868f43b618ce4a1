"""Check the applicants of one round: each against the stock, and against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dingdian.actions.check_site import Basis, Bound, Desk, sites_in
from dingdian.core.census.table import Table
from dingdian.core.spacing import Answer, Round, Site, Verdict, decide_round, worst

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

    ``rounds`` has an entry for each rule, ``None`` for one that is unclear.
    """

    applicants: tuple[Applicant, ...]
    rules: tuple[Bound, ...]
    rounds: tuple[Round | None, ...]
    basis: Basis
    names: Mapping[str, str]


def check_round(desk: Desk, table: Table, *, nodes: int = NODES) -> RoundReport:
    """Answer for every row of a file of applicants.

    Under several spacing rules each is decided by itself, and an applicant comes to the worst.

    Raises:
        RequestError: every fault of the file, in one list.
    """
    return round_of(desk, sites_in(desk.census, table), nodes=nodes)


def round_of(desk: Desk, sites: Sequence[Site], *, nodes: int = NODES) -> RoundReport:
    """Answer for every site of a round."""
    rounds = tuple(
        decide_round(sites, desk.stock, each.terms, nodes=nodes) if each.terms else None
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
    )
