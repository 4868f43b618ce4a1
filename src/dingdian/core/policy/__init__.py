"""The policy shelf as values: documents, clauses, rules, readings, a day's policy."""

from dingdian.core.policy.book import NATIONAL, InForce, Policy, PolicyBook
from dingdian.core.policy.model import (
    Benchmark,
    Clause,
    Dated,
    Document,
    Number,
    PlaceCard,
    Rank,
    Reading,
    Rule,
    Said,
    Shape,
    Standing,
)
from dingdian.core.policy.years import CalendarYear

__all__ = [
    "NATIONAL",
    "Benchmark",
    "CalendarYear",
    "Clause",
    "Dated",
    "Document",
    "InForce",
    "Number",
    "PlaceCard",
    "Policy",
    "PolicyBook",
    "Rank",
    "Reading",
    "Rule",
    "Said",
    "Shape",
    "Standing",
]
