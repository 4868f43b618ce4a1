"""The result of a survey for one institution: how many answered, the mean, the distribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.policy import Policy
from dingdian.core.rules.survey import Survey, SurveyRule

#: Reading -> the options that are acted on.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"survey_questions": ("proposed",), "survey_score": ("share_of_full", "share_of_range")}
)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers about one institution give.

    ``mean`` is of a hundred, ``None`` where fewer than ``at_least`` answered: that is too few,
    not zero. ``counts`` gives for each question how often each mark was given, from 1 upwards.
    """

    n: int
    at_least: int
    mean: Fraction | None
    counts: Mapping[str, tuple[int, ...]]

    @property
    def too_few(self) -> bool:
        """Whether there is no result because too few answered."""
        return self.n < self.at_least


def survey_of(policy: Policy) -> tuple[SurveyRule, Survey] | None:
    """The survey that a policy has in force; ``None`` where it has none, or a reading is open."""
    for name, known in OPTIONS.items():
        if policy.choice(name) not in known:
            return None
    for each in policy.rules.values():
        if isinstance(each.rule, SurveyRule) and each.value is not None:
            return each.rule, each.value
    return None


def fits(marks: Mapping[str, int], items: Sequence[str], scale: int) -> bool:
    """Whether an answer has a mark of the scale for every question, and for no other.

    >>> fits({"a": 5, "b": 1}, ("a", "b"), 5), fits({"a": 6, "b": 1}, ("a", "b"), 5)
    (True, False)
    >>> fits({"a": 5}, ("a", "b"), 5)
    False
    """
    return set(marks) == set(items) and all(1 <= each <= scale for each in marks.values())


def result_of(
    answers: Sequence[Mapping[str, int]],
    items: Sequence[str],
    *,
    scale: int,
    at_least: int,
    score: str,
) -> Result:
    """The result of answers that fit; ``score`` is an option of the reading ``survey_score``.

    >>> found = result_of([{"a": 5}, {"a": 4}], ("a",), scale=5, at_least=2, score="share_of_full")
    >>> found.mean, dict(found.counts)
    (Fraction(90, 1), {'a': (0, 0, 0, 1, 1)})
    >>> result_of([{"a": 5}], ("a",), scale=5, at_least=2, score="share_of_full").mean is None
    True
    """
    counts = {
        item: tuple(sum(each[item] == mark for each in answers) for mark in range(1, scale + 1))
        for item in items
    }
    n, worst = len(answers), 0 if score == "share_of_full" else 1
    mean = None
    if n >= at_least and n:
        given = sum(each[item] - worst for each in answers for item in items)
        mean = Fraction(_HUNDRED * given, n * len(items) * (scale - worst))
    return Result(n, at_least, mean, counts)
