"""Tables of reasons: conditions, who stands near, advice for staff, exceptions, faults."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.admission.record import (
    AdmissionConditionRecord,
    DecisionRecord,
    FaultRecord,
    NearRecord,
)
from dingdian.core.digits import natural
from dingdian.core.faults import KINDS
from dingdian.core.spacing.verdict import Effect
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.sites.words import EFFECTS
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words.decisions import COLUMNS, NOTES, TITLES

_WIDTHS = {"application": 16, "name": 26, "stage": 12, "rule": 28, "item": 44, "met": 10}
_WIDTHS |= {"value": 14, "threshold": 14, "clauses": 16, "why": 44, "sources": 30, "readings": 40}
_WIDTHS |= {"change": 50, "code": 16, "reason": 40, "evidence": 24, "minute": 24, "what": 60}
_WIDTHS |= {"where": 26, "cure": 50, "places_effect": 24, "in_effect": 34, "decided_on": 15}
_NUMBERS = {"distance", "error"}
#: How the state of a condition is coloured.
TONES = {"failed": "broken", "passed": "kept", "free": "noted"}


def tables(words: CaseWords) -> Iterator[Table]:
    """Every condition of every applicant, who stands near, and the advice for staff."""
    cases = [(d, c) for d in words.record.decisions for c in d.conditions]
    yield _table(words, "conditions", _CONDITION, (_condition(words, *each) for each in cases))
    near = ((d, c, n) for d, c in cases for n in c.near)
    yield from _some(_table(words, "near", _NEAR, (_near(words, *each) for each in near)))
    turned = ((d, c) for d, c in cases if c.change is not None)
    yield from _some(_table(words, "advice", _ADVICE, (_advice(words, *each) for each in turned)))


def exceptional(words: CaseWords) -> Iterator[Table]:
    """Recorded exceptions, and the faults in the rows of the round."""
    decisions = words.record.decisions
    yield from _some(
        _table(
            words,
            "exceptions",
            _EXCEPTION,
            (row for each in decisions for row in exceptions_of(words, each)),
        )
    )
    faults = [(each.application, fault) for each in decisions for fault in each.faults]
    faults += [("", fault) for fault in words.record.faults]
    yield from _some(_table(words, "faults", _FAULT, (_fault(words, *each) for each in faults)))


def _some(table: Table) -> Iterator[Table]:
    if table.rows:
        yield table


def _table(words: CaseWords, id: str, names: tuple[str, ...], rows: Iterator[Row]) -> Table:
    columns = tuple(
        Column(words.label(COLUMNS, n), "", _WIDTHS.get(n, 11), numeric=n in _NUMBERS)
        for n in names
    )
    return Table(id, id, words.label(TITLES, id), columns, tuple(rows))


_CONDITION = (
    *("application", "name", "stage", "rule", "item", "met", "value", "threshold"),
    *("shortfall", "why", "clauses", "sources", "readings", "principle"),
)
_NEAR = (
    *("application", "rule", "code", "name", "distance", "error", "effect", "services"),
    *("applicant", "surveys"),
)
_ADVICE = ("application", "name", "item", "met", "change", "clauses")
_EXCEPTION = (
    *("application", "name", "rule", "decided_on", "by", "reason", "evidence", "minute"),
    *("places_effect", "in_effect"),
)
_FAULT = ("application", "where", "what", "cure")


def _condition(words: CaseWords, decision: DecisionRecord, each: AdmissionConditionRecord) -> Row:
    readings = [words.reading(name) for name in each.readings]
    return _row(
        decision.application,
        decision.name,
        words.stage(each.stage),
        words.rule(each.rule),
        words.item(each),
        Cell(words.met(each), tone=TONES.get(each.met.value, "unclear")),
        numbers(words, each.value, each.unit),
        numbers(words, each.threshold, each.unit),
        numbers(words, each.shortfall, each.unit),
        words.why(each.why),
        words.join(list(each.clauses)),
        words.pick("；", "; ").join(each.sources),
        words.pick("；", "; ").join(readings),
        words.label(NOTES, "yes") if each.principle else "",
    )


def numbers(words: CaseWords, text: str | None, unit: str) -> str:
    """A value, a threshold or a shortfall; empty where there is none."""
    return "" if text is None else words.amount(text, unit)


def _near(
    words: CaseWords, decision: DecisionRecord, each: AdmissionConditionRecord, near: NearRecord
) -> Row:
    return _row(
        decision.application,
        words.rule(each.rule),
        near.code,
        near.name,
        _metres(near.distance_mm),
        _metres(near.error_mm),
        words.join(list(dict.fromkeys(words.say(EFFECTS[Effect(e)]) for _, e in near.effects))),
        words.join([words.term("service", service) for service, _ in near.effects]),
        words.label(NOTES, "yes") if near.applicant else "",
        words.join(list(near.surveys)),
    )


def _metres(millimetres: int) -> str:
    return grouped(natural(Fraction(millimetres, 1000)))


def _advice(words: CaseWords, decision: DecisionRecord, each: AdmissionConditionRecord) -> Row:
    return _row(
        decision.application,
        decision.name,
        words.item(each),
        words.met(each),
        words.why(each.change),
        words.join(list(each.clauses)),
    )


def exceptions_of(words: CaseWords, decision: DecisionRecord) -> Iterator[Row]:
    """The recorded exceptions of an applicant, a row each."""
    for each in decision.exceptions:
        in_effect = words.why(each.refused) or words.label(NOTES, "in_effect")
        yield _row(
            decision.application,
            decision.name,
            words.rule(each.rule),
            words.day(each.decided_on),
            each.by,
            each.reason,
            each.evidence,
            each.minute,
            each.effect,
            Cell(in_effect, tone="unclear" if each.refused else "kept"),
        )


def _fault(words: CaseWords, application: str, each: FaultRecord) -> Row:
    return _row(application, each.where, *fault_words(words, each))


def fault_words(words: Words, each: FaultRecord) -> tuple[str, str]:
    """What is wrong, and how it is mended."""
    kind = KINDS[each.kind]
    return words.say(kind.what, **each.details), words.say(kind.cure, **each.details)


def _row(*cells: str | Cell) -> Row:
    return Row(tuple(Cell(each) if isinstance(each, str) else each for each in cells))
