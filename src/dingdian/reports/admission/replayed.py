"""What came of deciding a past round again: the same, or each difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from dingdian.core.admission.record import AdmissionConditionRecord, DecisionRecord, DecisionsRecord
from dingdian.core.errors import Text
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.wording import Lang

COPIES: Mapping[str, Text] = MappingProxyType(
    {
        "census": Text("台账", "the ledger"),
        "shelf": Text("政策库", "the policy shelf"),
        "round": Text("申请", "the applications"),
        "plan": Text("规划", "the plan"),
        "stock": Text("决定之日的台账", "the ledger of the day of decision"),
        "decisions": Text("决定记录（decisions.json）", "the record (decisions.json)"),
    }
)
_SAME = Text(
    "一致：用当时的台账、政策和申请复算，结果相同（{n}件，版本 {engine}）",
    "same: decided again from ledger, shelf and applications of then ({n}, engine {engine})",
)
_DIFFERS = Text(
    "不一致：当时的版本 {was}，现在的版本 {now}；原结果不改动",
    "differs: engine then {was}, engine now {now}; the past result is left as it is",
)
_CHANGED = Text("  {copy}的副本与决定时不同", "  the copy of {copy} is not that of the decision")
_GONE = Text("  {id}：只在其中一次", "  {id}: in one of the two only")
_WAS = Text("  {id}：{was} → {now}", "  {id}: {was} → {now}")


def replay_lines(
    was: DecisionsRecord, now: DecisionsRecord, changed: Sequence[str], lang: Lang
) -> Iterator[str]:
    """The verdict first, then the copies that are not the same, then each difference."""
    words = CaseWords(now, lang)
    if was.fingerprints == now.fingerprints and not changed:
        yield words.say(_SAME, n=len(now.decisions), engine=now.engine)
        return
    yield words.say(_DIFFERS, was=was.engine, now=now.engine)
    for name in changed:
        yield words.say(_CHANGED, copy=words.label(COPIES, name))
    before, after = ({d.application: d for d in each.decisions} for each in (was, now))
    for each in sorted(before.keys() | after.keys()):
        if each not in before or each not in after:
            yield words.say(_GONE, id=each)
        else:
            yield from _differences(words, before[each], after[each])


def _differences(words: CaseWords, was: DecisionRecord, now: DecisionRecord) -> Iterator[str]:
    """How one decision differs: its outcome, then each condition that does."""
    if was.final is not now.final:
        said = {"was": words.outcome(was.final), "now": words.outcome(now.final)}
        yield words.say(_WAS, id=was.application, **said)
    before, after = (_by_item(each) for each in (was, now))
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _result(one) != _result(other):
            told = [words.met(c) + _numbers(words, c) if c else "—" for c in (one, other)]
            name = words.item(other or one)  # type: ignore[arg-type]
            yield "  " + words.say(_WAS, id=f"{was.application} {name}", was=told[0], now=told[1])


Key = tuple[str, str, str]


def _by_item(decision: DecisionRecord) -> Mapping[Key, AdmissionConditionRecord]:
    return {(c.stage.value, c.rule, c.item): c for c in decision.conditions}


def _result(condition: AdmissionConditionRecord) -> tuple[object, ...]:
    return condition.met, condition.value, condition.threshold, condition.shortfall


def _numbers(words: CaseWords, condition: AdmissionConditionRecord) -> str:
    if condition.value is None and condition.threshold is None:
        return ""
    value, threshold = (
        words.amount(text, condition.unit) for text in (condition.value, condition.threshold)
    )
    return f" {value}/{threshold}"
