"""Folders of a shelf in an older form, read as the form of today.

A folder says its form in ``place.yaml``; one that says none is of form 1. What a form wrote
otherwise is put right here, before the shapes see it; nothing on the disk is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dingdian.core.policy.model import FORM

#: Events of form 1 that have another name now.
_EVENTS: Mapping[str, str] = MappingProxyType(
    {"materials_notified": "materials_answered", "materials_supplemented": "materials_awaited"}
)
#: Events of a clock of form 1 (begins, ends) -> what it means, who must act, and whether its first
#: day counts. Form 1 said none of these.
_CLOCKS: Mapping[tuple[str, str], tuple[str, str, bool]] = MappingProxyType(
    {
        ("materials_received", "materials_answered"): ("within", "agency", False),
        ("accepted", "evaluated"): ("within", "agency", False),
        ("evaluation_failed", "re_evaluated"): ("not_before", "agency", False),
        ("second_evaluation_failed", "may_apply_again"): ("not_before", "institution", False),
        ("agreement_signed", "agreement_expired"): ("ends", "agency", True),
        ("agreement_signed", "guidance_ended"): ("ends", "agency", True),
        ("agreement_signed", "trial_ended"): ("ends", "agency", True),
        ("guidance_ended", "extended_guidance_ended"): ("ends", "agency", False),
        ("suspended_on_request", "agreement_lapsed"): ("ends", "agency", False),
        ("change_approved", "change_reported"): ("within", "institution", False),
        ("claim_declared", "claim_paid"): ("within", "agency", False),
        ("renewal_requested", "agreement_expired"): ("ahead", "institution", False),
        ("own_request_made", "agreement_ended"): ("ahead", "institution", False),
        ("trial_review_requested", "trial_ended"): ("ahead", "institution", False),
        ("trial_failed", "trial_reviewed_again"): ("not_before", "agency", False),
    }
)
#: A part of a rule on assessments of form 1 -> what such a rule is for; without any of these it
#: says what a score sheet has to look at.
_PURPOSES: Mapping[str, str] = MappingProxyType(
    {"passed": "trial", "sanction": "bottom_rank", "method": "yearly"}
)
#: The step whose engines came with form 2.
_CAME = "5"


def upgrade(form: str, content: Any) -> None:
    """Put the sections of a file of form ``form`` into that of today, in place."""
    while form != FORM and form in _STEPS:
        if isinstance(content, dict):
            _STEPS[form](content)
        form = str(int(form) + 1)


def _from_1(content: dict[str, Any]) -> None:
    """Clocks say what they mean and who must act; what waited for step 5 waits no more."""
    rules = content.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict):
            continue
        if rule.get("step") == _CAME:
            del rule["step"]
        if rule.get("family") == "clock" and "means" not in rule:
            _clock(rule)
        if rule.get("family") == "assessment":
            rule.setdefault("purpose", _purpose(rule))


def _purpose(rule: dict[str, Any]) -> str:
    values = rule.get("values")
    dated = values[0] if isinstance(values, list) and values else {}
    parts = dated.get("value") if isinstance(dated, dict) else {}
    found = (purpose for part, purpose in _PURPOSES.items() if part in (parts or {}))
    return next(found, "dimensions")


def _clock(rule: dict[str, Any]) -> None:
    ends = rule.get("ends")
    if isinstance(ends, str):
        rule["ends"] = _EVENTS.get(ends, ends)
    pauses = rule.get("pauses")
    if isinstance(pauses, list):
        rule["pauses"] = [_EVENTS.get(each, each) for each in pauses]
    known = _CLOCKS.get((rule.get("begins", ""), rule.get("ends", "")))
    if known is not None:
        means, who, counts = known
        rule |= {"means": means, "who": who, "counts_first_day": counts}


_STEPS: Mapping[str, Callable[[dict[str, Any]], None]] = MappingProxyType({"1": _from_1})
#: Forms that can be read.
KNOWN = frozenset({FORM, *_STEPS})
