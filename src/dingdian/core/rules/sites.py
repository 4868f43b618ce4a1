"""What binds a site: the spacing rules in force on the day, each settled or unclear."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.indicators.circles import no_engine
from dingdian.core.policy import Policy
from dingdian.core.rules.choices import unclear
from dingdian.core.rules.spacing import SpacingRule, terms_of
from dingdian.core.spacing.terms import Distance, Terms
from dingdian.core.workings import Reason


def spacing_terms(policy: Policy) -> Iterator[tuple[SpacingRule, Terms | Reason]]:
    """Each spacing rule that holds on the policy's day, with its terms or why it has none.

    A rule that a reading sets aside, or that has no value on the day, is left out.
    """
    for in_force in policy.rules.values():
        rule = in_force.rule
        if rule.family != "spacing" or in_force.value is None:
            continue
        if any(policy.choice(name) == option for name, option in rule.unless.items()):
            continue
        why = unclear(rule, policy) or _not_computed(rule)
        yield rule, why or terms_of(in_force, policy)


def _not_computed(rule: SpacingRule) -> Reason | None:
    """A rule that asks for a path by itself, without a reading, is not computed either."""
    if rule.distance in tuple(Distance) or "spacing_distance_mode" in rule.readings:
        return None
    return no_engine("spacing_distance_mode", rule.distance)
