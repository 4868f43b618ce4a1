"""Words of a round: outcomes, stages, conditions and their numbers, in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.decision import Met, Outcome, Stage
from dingdian.core.admission.record import AdmissionConditionRecord, DecisionsRecord, NearRecord
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.digits import natural
from dingdian.core.errors import Text
from dingdian.reports.wording import Lang, Words, grouped, long_day

OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.PROPOSED: Text("拟纳入", "proposed for admission"),
        Outcome.WAITING: Text("等候", "waiting"),
        Outcome.NOT_ADMITTED: Text("不予纳入", "not admitted"),
        Outcome.NEEDS_MATERIALS: Text("须补正材料", "needs materials"),
        Outcome.NEEDS_FACTS: Text("须核实", "needs facts"),
        Outcome.NEEDS_SURVEY: Text("须实测", "needs a survey"),
        Outcome.NEEDS_READING: Text("须定口径", "needs a reading"),
    }
)
STAGES: Mapping[Stage, Text] = MappingProxyType(
    {
        Stage.INTAKE: Text("申请资格", "who may apply"),
        Stage.MATERIALS: Text("申请材料", "materials"),
        Stage.REFUSAL: Text("不予受理情形", "bars"),
        Stage.CONDITIONS: Text("基本条件", "conditions"),
        Stage.AREA: Text("所在区域", "area"),
        Stage.RED_LINE: Text("基金红线", "red line"),
        Stage.EVALUATION: Text("评估", "evaluation"),
        Stage.SPACING: Text("间距", "spacing"),
        Stage.PLACES: Text("数量和床位", "places and beds"),
    }
)
METS: Mapping[Met, Text] = MappingProxyType(
    {
        Met.PASSED: Text("符合", "passed"),
        Met.FAILED: Text("不符合", "failed"),
        Met.UNKNOWN: Text("不明", "unknown"),
        Met.UNCLEAR: Text("口径未定", "unclear"),
        Met.MEASURE: Text("须实测", "measure on site"),
        Met.HELD: Text("待前者定案", "depends on one ahead"),
        Met.FREE: Text("不适用", "does not apply"),
    }
)
#: How a bar stands: one that is passed does not exist.
BARS: Mapping[Met, Text] = MappingProxyType(
    {Met.PASSED: Text("无此情形", "not so"), Met.FAILED: Text("有此情形", "it is so")}
)
#: Items of conditions that are no item of a checklist, resource or service.
ITEMS: Mapping[str, Text] = MappingProxyType(
    {
        "kind": Text("机构类别", "kind of institution"),
        "services": Text("申请的服务", "services asked for"),
        "applied_once": Text("本批只申请一次", "one application in the round"),
        "qualitative": Text("定性评估", "the part to be passed"),
        "quantitative": Text("量化评估", "the scored part"),
        "evaluation_failed": Text("上次评估不合格", "an evaluation failed before"),
        "second_evaluation_failed": Text("两次评估不合格", "two evaluations failed before"),
        "unserved": Text("服务盲区", "unserved area"),
        "insufficient": Text("相对不足区域", "insufficient area"),
        "sufficient": Text("已足够区域", "sufficient area"),
        "saturated": Text("饱和区域", "saturated area"),
        "pause": Text("暂停新增", "new designations paused"),
        "steady": Text("总量平衡", "the total in balance"),
        "cap_total": Text("不超出定点数量", "not beyond the designated number"),
    }
)
#: Units of conditions.
UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "month": Text("个月", " months"),
        "person": Text("人", " people"),
        "metre": Text("米", " m"),
        "bed": Text("张", " beds"),
        "place": Text("家", " places"),
        "point": Text("分", " points"),
    }
)
ROLES: Mapping[str, Text] = MappingProxyType(
    {
        "legal_person": Text("法定代表人", "legal person"),
        "head": Text("主要负责人", "head"),
        "controller": Text("实际控制人", "controller"),
    }
)


@dataclass(frozen=True)
class CaseWords(Words):
    """Everything that the record of a round names, in one language."""

    record: DecisionsRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def outcome(self, outcome: Outcome) -> str:
        """An outcome in a word."""
        return self.say(OUTCOMES[outcome])

    def stage(self, stage: Stage) -> str:
        """The name of a stage."""
        return self.say(STAGES[stage])

    def met(self, condition: AdmissionConditionRecord) -> str:
        """How a condition stands, in a word."""
        own = BARS if condition.stage is Stage.REFUSAL else {}
        return self.say(own.get(condition.met) or METS[condition.met])

    def item(self, condition: AdmissionConditionRecord) -> str:
        """What a condition is about: its item where it has one, else the title of its rule."""
        item = condition.item
        own = self.record.items.get(condition.rule, {}).get(item)
        if own:
            return self.name(own)
        if item in ITEMS:
            return self.say(ITEMS[item])
        if item in CHOICES["service"]:
            return self.term("service", item)
        if item in self.record.resources:
            return self.resource(item)
        return item or self.rule(condition.rule)

    def amount(self, text: str | None, unit: str) -> str:
        """A value or threshold with its unit; a day as people write it; — where there is none."""
        if text is None:
            return "—"
        if "-" in text[1:]:
            return long_day(dt.date.fromisoformat(text), self.lang)
        number = grouped(natural(Fraction(text)))
        return number + (self.say(UNITS[unit]) if unit in UNITS else "")

    def near(self, near: NearRecord) -> str:
        """One who stands in the way: its name, code and distance."""
        metres = grouped(natural(Fraction(near.distance_mm, 1000)))
        said = self.pick(
            f"{near.name}（{near.code}，{metres}米）", f"{near.name} ({near.code}, {metres} m)"
        )
        own = self.pick("本批申请 ", "applicant ") if near.applicant else ""
        return own + said

    def _detail(self, name: str, text: str) -> str:
        """A detail of a reason in words."""
        spoken: Mapping[str, Any] = {
            "role": lambda: self.label(ROLES, text),
            "rule": lambda: self.rule(text),
            "kind": lambda: self.term("kind", text),
            "service": lambda: self.term("service", text),
            "area": lambda: self.label(ITEMS, text),
            "day": lambda: long_day(dt.date.fromisoformat(text), self.lang),
            "reading": lambda: self.quoted(self.reading(text)),
        }
        numbers = {"more", "left", "held", "part", "most", "metres", "at_least"}
        if name in numbers:
            return grouped(natural(Fraction(text)))
        return str(spoken[name]()) if name in spoken else super()._detail(name, text)
