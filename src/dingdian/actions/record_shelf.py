"""Record what is cited of the shelf: rules, readings, benchmarks, clauses and documents."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dingdian.core.policy import Benchmark, Clause, Document, InForce, Policy, Reading
from dingdian.core.workings import Reason

Plain = dict[str, Any]


def shelf_parts(policy: Policy) -> Plain:
    """Everything of a policy that a record may cite, by identifier: it then stands alone."""
    return {
        "rules": {name: _rule(each) for name, each in policy.rules.items()},
        "readings": {name: _reading(each) for name, each in policy.readings.items()},
        "benchmarks": {name: _benchmark(each) for name, each in policy.benchmarks.items()},
        "clauses": {name: _clause(each) for name, each in policy.clauses.items()},
        "documents": {each.id: _document(each) for each in _documents(policy)},
    }


def plain_reason(reason: Reason | None) -> Plain | None:
    """A reason as a record holds it."""
    return None if reason is None else {"code": reason.code, "details": dict(reason.details)}


def _rule(rule: InForce[Any]) -> Plain:
    own = rule.rule
    return {
        "zh": own.title,
        "en": own.title_en,
        "family": own.family,
        "layer": rule.layer,
        "clauses": own.clauses,
        "readings": own.readings,
        "principle": own.principle,
        "since": rule.dated.since if rule.dated else None,
        "in_force": rule.value is not None,
        "step": getattr(own, "step", ""),
        "note": own.note,
        "note_en": own.note_en,
    }


def _reading(reading: Reading) -> Plain:
    numbers: Mapping[str, Fraction | None] = {
        "number": reading.number,
        "low": reading.low,
        "high": reading.high,
    }
    return {
        "zh": reading.question,
        "en": reading.question_en,
        "options": {
            option: {"zh": words, "en": reading.options_en[option]}
            for option, words in reading.options.items()
        },
        "chosen": reading.chosen,
        **{name: None if n is None else str(n) for name, n in numbers.items()},
        "why": reading.why,
        "why_en": reading.why_en,
        "by": reading.by,
        "by_en": reading.by_en,
        "decided_on": reading.decided_on,
        "clauses": reading.clauses,
        "doubts": reading.doubts,
        "moves": reading.moves,
    }


def _benchmark(benchmark: Benchmark) -> Plain:
    return {
        "zh": benchmark.title,
        "en": benchmark.title_en,
        "measure": benchmark.measure,
        "value": str(benchmark.value),
        "year": benchmark.year,
        "denominator": benchmark.denominator,
        "denominator_en": benchmark.denominator_en,
        "unit": benchmark.unit,
        "unit_en": benchmark.unit_en,
        "source": benchmark.source,
        "source_en": benchmark.source_en,
        "mark": benchmark.mark,
        "clauses": benchmark.clauses,
    }


def _clause(clause: Clause) -> Plain:
    return {
        "zh": clause.text,
        "en": clause.text_en,
        "document": clause.document,
        "at": clause.at,
        "at_en": clause.at_en,
        "mark": clause.mark,
        "no_rule": clause.no_rule,
        "no_rule_en": clause.no_rule_en,
    }


def _documents(policy: Policy) -> list[Document]:
    cited = dict.fromkeys(each.document for each in policy.clauses.values())
    plan = [policy.place.plan] if policy.place.plan else []
    return [policy.documents[name] for name in dict.fromkeys((*plan, *cited))]


def _document(document: Document) -> Plain:
    return {
        "zh": document.title,
        "en": document.title_en,
        "issuer": document.issuer,
        "issuer_en": document.issuer_en,
        "number": document.number,
        "number_en": document.number_en,
        "rank": document.rank.value,
        "standing": document.standing.value,
        "dated": document.dated,
        "since": document.since,
        "through": document.through,
        "note": document.note,
        "note_en": document.note_en,
    }
