"""The tables of a decided round: its workbook and its page start here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dingdian.core.admission.decision import Outcome
from dingdian.core.admission.ranking import LAST
from dingdian.core.admission.record import DecisionRecord, LeftRecord
from dingdian.reports.admission import grounds, reasons
from dingdian.reports.admission.lines import decision_order, grounds_of
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.words.decisions import COLUMNS, NOTES, TITLES

#: How wide columns are, in characters.
_WIDTHS = {"application": 15, "name": 26, "kind": 16, "district": 10, "services": 24, "beds": 11}
_WIDTHS |= {"outcome": 16, "grounds": 44, "takes": 46, "lottery": 12, "applied_on": 13}
_WIDTHS |= {"resource": 34, "scope": 12, "binding": 36, "figure": 48, "why": 26}
_NUMBERS = {"rank", "merit", "quota", "before", "taken", "left", "total"}
#: So much of a lottery value tells applicants apart; decisions.json has the whole.
_DIGITS = 8


def round_tables(words: CaseWords) -> tuple[Table, ...]:
    """All tables of a round in one language, in the order of their sheets."""
    return (
        summary(words),
        *rankings(words),
        *reasons.tables(words),
        places(words),
        *reasons.exceptional(words),
        *grounds.tables(words),
    )


def columns(words: CaseWords, *names: str) -> tuple[Column, ...]:
    """Columns by their names."""
    return tuple(
        Column(words.label(COLUMNS, n), "", _WIDTHS.get(n, 11), numeric=n in _NUMBERS)
        for n in names
    )


# -- summary ----------------------------------------------------------------------


def summary(words: CaseWords) -> Table:
    """How many applications came to what, by district; the whole area first."""
    record = words.record
    counted = Counter((each.district, each.final) for each in record.decisions)
    shown = [o for o in Outcome if any(outcome is o for _, outcome in counted)]
    all_of = Counter(each.final for each in record.decisions)
    rows = [_counts(words.label(NOTES, "all_places"), all_of, shown, "whole")]
    for district in sorted({each.district for each in record.decisions}):
        name = words.scope(district) if district else words.label(NOTES, "elsewhere")
        its = Counter({o: counted[district, o] for o in shown})
        rows.append(_counts(name, its, shown))
    heads = (
        *columns(words, "district"),
        *(Column(words.outcome(o), "", 9, numeric=True) for o in shown),
        *columns(words, "total"),
    )
    notes = (words.label(NOTES, "quota"),)
    return Table("summary", "summary", words.label(TITLES, "summary"), heads, tuple(rows), notes)


def _counts(name: str, counted: Counter[Outcome], shown: list[Outcome], kind: str = "") -> Row:
    cells = (Cell(str(counted[o]) if counted[o] else "—") for o in shown)
    return Row((Cell(name), *cells, Cell(str(sum(counted.values())))), kind)


# -- ranking ----------------------------------------------------------------------


_LISTED = (
    *("rank", "application", "name", "kind", "district", "services", "beds", "merit"),
    *("priority", "applied_on", "lottery", "outcome", "grounds", "takes"),
)


def rankings(words: CaseWords) -> Iterator[Table]:
    """The list of each side: those that are ranked in their order, then the others."""
    for side in sorted({each.side for each in words.record.decisions}):
        its = sorted((d for d in words.record.decisions if d.side == side), key=_by_rank)
        yield Table(
            f"ranking_{side}",
            "ranking",
            words.label(TITLES, f"ranking_{side}"),
            columns(words, *_LISTED),
            tuple(Row(tuple(_listed(words, each))) for each in its),
            (words.label(NOTES, "ranking"),),
            heads=2,
        )


def _by_rank(decision: DecisionRecord) -> tuple[bool, int, tuple[object, ...]]:
    standing = decision.standing
    return standing is None, standing.rank if standing else 0, decision_order(decision)


def _listed(words: CaseWords, decision: DecisionRecord) -> Iterator[Cell]:
    standing = decision.standing
    yield Cell(str(standing.rank) if standing else "—")
    yield Cell(decision.application, to=case_anchor(words, decision))
    yield Cell(decision.name)
    yield Cell(words.term("kind", decision.kind))
    yield Cell(words.scope(decision.district) if decision.district else "—")
    yield Cell(words.join([words.term("service", each) for each in decision.services]))
    yield Cell(beds(words, decision))
    yield Cell(words.amount(standing.merit, "") if standing else "—")
    first = standing is not None and standing.priority < LAST
    yield Cell(words.label(NOTES, "yes") if first else "")
    yield Cell(str(standing.applied_on or "—") if standing else "—")
    yield Cell(standing.lottery[:_DIGITS] if standing else "")
    yield Cell(outcome(words, decision), tone=tone(decision.final))
    yield Cell(words.join(list(dict.fromkeys(words.item(c) for c in grounds_of(decision)))))
    yield Cell(takes(words, decision))


def case_anchor(words: CaseWords, decision: DecisionRecord) -> str:
    """The anchor of an applicant on the page."""
    return f"case-{words.record.decisions.index(decision) + 1}"


def outcome(words: CaseWords, decision: DecisionRecord) -> str:
    """The outcome; with an exception also what the rules alone say."""
    if decision.excepted is None:
        return words.outcome(decision.outcome)
    after, before = words.outcome(decision.excepted), words.outcome(decision.outcome)
    return words.label(NOTES, "excepted", after=after, before=before)


def tone(found: Outcome) -> str:
    """How an outcome is coloured."""
    if found is Outcome.NOT_ADMITTED:
        return "broken"
    return "" if found in (Outcome.PROPOSED, Outcome.WAITING) else "unclear"


def beds(words: CaseWords, decision: DecisionRecord) -> str:
    """The beds that are asked for, by class."""
    said = []
    for name, amount in decision.beds.items():
        bed = words.term("bed_class", name)
        form = "beds_open" if amount is None else "beds"
        said.append(words.label(NOTES, form, bed=bed, n=words.amount(amount, "")))
    return words.join(said)


def takes(words: CaseWords, decision: DecisionRecord) -> str:
    """The places that an admission uses up."""
    return words.join(
        [
            words.label(
                NOTES,
                "take",
                resource=words.resource(each.resource),
                n=words.amount(each.amount, ""),
            )
            for each in decision.takes
        ]
    )


# -- places -----------------------------------------------------------------------


def places(words: CaseWords) -> Table:
    """Every quota that an application of the round asks of, and what is left of it."""
    asked = {c.item for d in words.record.decisions for c in d.conditions}
    names = ("resource", "scope", "quota", "before", "taken", "left", "binding", "why", "figure")
    rows = (_left(words, each) for each in words.record.left if each.resource in asked)
    title, notes = words.label(TITLES, "places"), (words.label(NOTES, "quotas"),)
    return Table("places", "places", title, columns(words, *names), tuple(rows), notes, heads=2)


def _left(words: CaseWords, each: LeftRecord) -> Row:
    open_ = words.undefined if each.why else words.label(NOTES, "unnumbered")
    return Row(
        (
            Cell(words.resource(each.resource)),
            Cell(words.scope(each.scope)),
            Cell(open_ if each.quota is None else words.amount(each.quota, "")),
            *(Cell(words.amount(text, "")) for text in (each.before, each.taken, each.left)),
            Cell(words.join([words.rule(rule) for rule in each.binding])),
            Cell(words.why(each.why)),
            Cell(each.figure),
        ),
        kind="whole" if each.scope == words.record.place.region_code else "",
    )
