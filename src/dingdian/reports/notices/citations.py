"""What a notice rests on: the clauses of its entry, of its cause, and of the days it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dingdian.core.lifecycle.terms import Terms
from dingdian.core.policy import Clause, Standing
from dingdian.core.rules.checklist import ChecklistRule, Purpose
from dingdian.reports.papers.citing import Citation, document_cited
from dingdian.reports.papers.contents import clause_text, unnumbered
from dingdian.reports.words import labels


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a checklist: its wording, and the clause that lists it."""

    text: str
    clause: str


def listed(terms: Terms, day: dt.date, side: str, purpose: Purpose) -> Mapping[str, Listed]:
    """The items of the checklists of a purpose that are in force for a side on a day, by id."""
    return {
        item.item: Listed(item.text, each.dated.clause)
        for each in terms.policy(day).rules.values()
        if isinstance(each.rule, ChecklistRule)
        and each.dated is not None
        and each.rule.purpose == purpose
        and side in each.rule.about
        for item in each.value or ()
    }


def citations(terms: Terms, clauses: Iterable[str]) -> Iterator[Citation]:
    """Clauses as they are cited, each once; one that the shelf has no more is left out."""
    for clause in found(terms, clauses):
        document = terms.book.documents[clause.document]
        title = document_cited(document.title, document.number, document.standing)
        mark = labels.CLAUSE_MARKS.get(clause.mark)
        at = unnumbered(clause.at) + (f"（{mark.zh}）" if mark else "")
        yield Citation(title, at, clause_text(clause.text), document.standing, clause.mark)


def found(terms: Terms, clauses: Iterable[str]) -> Iterator[Clause]:
    """The clauses of the place, whatever the day."""
    card = terms.book.layers[terms.place].card
    known = {c.id: c for name in card.layers for c in terms.book.layers[name].clauses}
    for name in dict.fromkeys(clauses):
        if name in known:
            yield known[name]


def about(terms: Terms, clauses: Iterable[str], side: str) -> Iterator[str]:
    """The clauses that are about a side, each once: a pharmacy is never held to order 2."""
    for clause in found(terms, clauses):
        whom = terms.book.documents[clause.document].about
        if not whom or side in whom:
            yield clause.id


def unissued(terms: Terms, clauses: Iterable[str]) -> str:
    """The plan of the place as it is cited, where a clause is of it and it is not issued."""
    plan = terms.book.layers[terms.place].card.plan
    document = terms.book.documents[plan] if plan else None
    if document is None or document.standing is Standing.ISSUED:
        return ""
    rests = any(clause.document == document.id for clause in found(terms, clauses))
    return document_cited(document.title, document.number, document.standing) if rests else ""
