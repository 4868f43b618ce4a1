"""A decided round as lines of text: the whole, or one applicant with every condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dingdian.core.admission.decision import Met, Outcome
from dingdian.core.admission.record import AdmissionConditionRecord, DecisionRecord, DecisionsRecord
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.frame import mark_words
from dingdian.reports.wording import Lang

#: How many grounds of an outcome a line names.
GROUNDS = 3


def round_lines(record: DecisionsRecord, lang: Lang) -> Iterator[str]:
    """The marks, how many came to what, then a line an applicant in the order of the ranking."""
    words = CaseWords(record, lang)
    yield from mark_words(words)
    counted = Counter(each.final for each in record.decisions)
    told = [f"{words.outcome(o)} {counted[o]}" for o in Outcome if counted[o]]
    total = len(record.decisions)
    yield words.pick(f"申请 {total} 件：", f"{total} applications: ") + words.join(told)
    for each in sorted(record.decisions, key=decision_order):
        yield "  " + _line(words, each)


def decision_order(decision: DecisionRecord) -> tuple[int, str, int, str]:
    """By outcome, side and rank."""
    rank = decision.standing.rank if decision.standing else 1_000_000
    return list(Outcome).index(decision.final), decision.side, rank, decision.application


def _line(words: CaseWords, decision: DecisionRecord) -> str:
    rank = f"{decision.standing.rank:>4}" if decision.standing else "   —"
    grounds = list(dict.fromkeys(words.item(c) for c in grounds_of(decision)))
    rest = len(grounds) - GROUNDS
    more = words.pick(f" 等{len(grounds)}项", f" and {rest} more") if rest > 0 else ""
    said = words.join(grounds[:GROUNDS]) + more
    name = f"{decision.application} {decision.name}".strip()
    place = words.scope(decision.district) if decision.district else "—"
    return "  ".join(filter(None, (words.outcome(decision.final), rank, place, name, said)))


def grounds_of(decision: DecisionRecord) -> list[AdmissionConditionRecord]:
    """The conditions that stand in the way, in their order."""
    return [c for c in decision.conditions if c.met not in (Met.PASSED, Met.FREE)]


def case_lines(record: DecisionsRecord, application: str, lang: Lang) -> Iterator[str]:
    """One applicant: what it comes to, then every condition, passed and failed.

    Raises:
        KeyError: no such application.
    """
    words, decision = CaseWords(record, lang), record.of(application)
    if decision is None:
        raise KeyError(application)
    yield from mark_words(words)
    yield f"{decision.application} {decision.name}  {words.outcome(decision.outcome)}"
    if decision.excepted is not None:
        after = words.outcome(decision.excepted)
        yield words.pick(f"  例外决定后：{after}", f"  with recorded exceptions: {after}")
    stage = None
    for each in decision.conditions:
        if each.stage is not stage:
            stage = each.stage
            yield f"  {words.stage(stage)}"
        yield from condition_lines(words, each)
    for record_ in decision.exceptions:
        said = words.why(record_.refused) or words.pick("有效", "in effect")
        yield words.pick("  例外：", "  exception: ") + f"{words.rule(record_.rule)}  {said}"


def condition_lines(words: CaseWords, each: AdmissionConditionRecord) -> Iterator[str]:
    """A condition: how it stands, its numbers, clauses and sources, then what would turn it."""
    yield "    " + condition_line(words, each)
    cited = [words.join(list(each.clauses)), words.join(list(each.sources))]
    yield "      " + "  ← ".join(filter(None, cited))
    for near in each.near:
        yield "      " + words.near(near)
    if each.change is not None:
        advice = words.pick("（供工作人员参考）", "(advice for staff) ")
        yield f"      → {advice}{words.why(each.change)}"


def condition_line(words: CaseWords, each: AdmissionConditionRecord) -> str:
    """How a condition stands, with value and threshold, what is missing, and why."""
    numbers = ""
    if each.value is not None or each.threshold is not None:
        value, threshold = (words.amount(t, each.unit) for t in (each.value, each.threshold))
        numbers = f"{value} / {threshold}"
    short = (
        words.pick("差 ", "short by ") + words.amount(each.shortfall, each.unit)
        if each.shortfall
        else ""
    )
    told = (words.met(each), words.item(each), numbers, short, words.why(each.why))
    return "  ".join(filter(None, told))
