"""The data contract of an assessment workbook: every table and column, in one place.

The import, the template and docs/reference/assessment-contract.md are all made from ``TABLES``.
Only ``scores`` is required. Of what an absent table is about nothing is known: without
``one_vote`` nobody has looked, which is not "none".
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dingdian.core.census.schema import PAST_SCORES, Field, Kind, TableSchema
from dingdian.core.census.vocabulary import Term

T, C, H, N, D, F = Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.NUMBER, Kind.DAY, Kind.FLAG

#: What the table ``assessment`` may say.
ITEMS: Mapping[str, Term] = MappingProxyType(
    {
        term.id: term
        for term in (
            Term("id", "考核编号", "assessment id", ("考核",)),
            Term("year", "考核年度", "assessed year", ("年度", "年份")),
            Term("assessed_on", "考核日期", "assessed on", ("考核日",)),
            Term("assessed_by", "考核单位", "assessed by", ("经办机构",)),
            Term("invented", "是否虚构", "invented", ("虚构",)),
            Term("note", "备注", "note", ("附注",)),
        )
    }
)
#: Items of ``assessment`` that are days.
DAYS = ("assessed_on",)


def _institution() -> Field:
    return Field("institution", "医保机构代码", "institution code", C, "code of the institution", "H21010200001", required=True, filled=True, also=("fixmedins_code", "机构代码", "机构编码"), meaning_zh="台账中的医保机构代码")  # fmt: skip


def _item(example: str, meaning: str, meaning_zh: str) -> Field:
    return Field("item", "考核项目", "item", T, meaning, example, required=True, filled=True, also=("项目", "指标"), meaning_zh=meaning_zh)  # fmt: skip


def _text(*words: str, example: str = "") -> Field:
    """A column of text: its name, 列名, English name, and its meaning in both languages."""
    name, zh, en, told, told_zh = words
    return Field(name, zh, en, T, told, example, meaning_zh=told_zh)


def _day(*words: str, example: str = "") -> Field:
    """A column of days, told as those of text."""
    return replace(_text(*words, example=example), kind=D)


def _person() -> Field:
    return Field("person", "人员编码", "person code", C, "national code of the person, or another text that is unique", "D210102000001", required=True, filled=True, also=("医保人员代码", "人员代码"), meaning_zh="人员的医保编码，或其他不重复的文字")  # fmt: skip


def _step() -> Field:
    return Field("step", "步骤", "step", T, "identifier or wording of a step of the ladder", "约谈", required=True, filled=True, also=("措施",), meaning_zh="政策中末位处理步骤的标识或文字")  # fmt: skip


ASSESSMENT = TableSchema("assessment", "考核", "assessment", "What this assessment is: one row a fact.", (
    Field("item", "项目", "item", C, "id, year, assessed_on, assessed_by, invented, note", "考核日期", required=True, filled=True, meaning_zh="考核编号、考核年度、考核日期、考核单位、是否虚构、备注"),
    Field("value", "内容", "value", T, "the fact; a day as 2026-02-10", "2026-02-10", required=True, meaning_zh="该项的内容；日期写成 2026-02-10"),
), ("item",), meaning_zh="这次考核的基本情况：一行一项。")  # fmt: skip

SCORES = TableSchema("scores", "得分", "scores", "Points given, one row an item of an institution; bonus items stand here too.", (
    _institution(),
    _item("履行协议约定的日常义务", "identifier or wording of an item of the score sheet", "评分表中项目的标识或文字"),
    Field("points", "得分", "points", N, "points given; empty: not known", "28", scale=3, required=True, also=("分数", "得分（分）"), meaning_zh="给的分；留空：未知"),
    Field("source", "来源类别", "source", H, "where the points come from", "经办记录", choice="assessment_source", meaning_zh="得分从哪里来"),
    _day("scored_on", "评分日期", "scored on", "the day it was scored", "评分的日期", example="2026-01-20"),
    _text("by", "评分人", "scored by", "who scored", "由谁评分"),
    _text("evidence", "依据", "evidence", "what it rests on", "所依据的材料"),
), ("institution", "item"), required=True, meaning_zh="得分：一家机构一个项目一行；加分项也写在这里。")  # fmt: skip

ONE_VOTE = TableSchema("one_vote", "一票否决", "one-vote findings", "Findings that override the points. A table that is there and empty states that there are none.", (
    _institution(),
    _item("虚构病历或处方", "identifier or wording of a one-vote item of the score sheet", "评分表中一票否决项的标识或文字"),
    _day("found_on", "认定日期", "found on", "the day it was found", "认定的日期", example="2025-08-01"),
    _day("withdrawn_on", "撤销日期", "withdrawn on", "the day the finding was withdrawn", "认定被撤销的日期"),
    _text("by", "认定机关", "found by", "who found it", "由谁认定"),
    _text("document", "文书编号", "document", "the document it rests on", "所依据的文书"),
), ("institution", "item", "found_on"), meaning_zh="不论得分的认定。有表而没有行，表示没有。")  # fmt: skip

SURVEYS = TableSchema("surveys", "调查和评价", "surveys and evaluations", "Results of satisfaction surveys and of third parties, of a hundred; they give the points of the items that rest on them.", (
    _institution(),
    _item("参保人满意度", "item of the score sheet that rests on it", "以此计分的项目"),
    Field("result", "结果", "result", N, "result, 0 to 100", "92.5", scale=3, required=True, also=("满意度", "评价得分"), meaning_zh="结果，0至100"),
    Field("answers", "有效份数", "answers", N, "how many people answered", "120", also=("样本数", "问卷数"), meaning_zh="有效答卷的份数"),
    _day("surveyed_on", "调查日期", "surveyed on", "the day of the survey", "调查的日期", example="2025-11-20"),
    _text("by", "调查单位", "surveyed by", "who asked or evaluated", "由谁调查或评价"),
    _text("evidence", "依据", "evidence", "what it rests on", "所依据的材料"),
), ("institution", "item"), meaning_zh="满意度调查和第三方评价的结果，百分制；以此计分的项目由此得分。")  # fmt: skip

APPEALS = TableSchema("appeals", "复核", "appeals", "Appeals against a score; a decided one with new points replaces the score, and both are kept.", (
    _institution(),
    _item("履行协议约定的日常义务", "the item whose points are appealed against", "申请复核的项目"),
    _day("filed_on", "申请日期", "filed on", "the day it was filed", "提出复核申请的日期", example="2026-01-25"),
    _day("decided_on", "决定日期", "decided on", "the day it was decided; empty: still open", "作出决定的日期；留空：尚未决定", example="2026-02-01"),
    Field("new_points", "复核得分", "new points", N, "points after the appeal; empty: as before", "30", scale=3, meaning_zh="复核以后的得分；留空：维持"),
    _text("by", "决定人", "decided by", "who decided", "由谁决定"),
    _text("reason", "理由", "reason", "why", "为什么"),
), ("institution", "item", "filed_on"), meaning_zh="对得分申请复核：有新得分的以新得分为准，原得分保留。")  # fmt: skip

HEARINGS = TableSchema("hearings", "陈述申辩", "hearings", "Hearings before a step is taken for a rank.", (
    _institution(),
    _day("notified_on", "告知日期", "notified on", "the day the institution was told", "告知机构的日期", example="2026-01-22"),
    _day("heard_on", "听取日期", "heard on", "the day it was heard, or waived it", "听取陈述申辩、或机构放弃的日期", example="2026-01-29"),
    Field("waived", "是否放弃", "waived", F, "whether it waived the hearing", "否", meaning_zh="机构是否放弃陈述申辩"),
    _text("record", "记录编号", "record", "number of the record", "记录的编号"),
), ("institution", "notified_on"), meaning_zh="因名次采取措施以前听取的陈述申辩。")  # fmt: skip

CONFIRMATIONS = TableSchema("confirmations", "确认", "confirmations", "Steps that a person confirmed. Nothing is taken without one.", (
    _institution(),
    _step(),
    _text("confirmed_by", "确认人", "confirmed by", "who confirmed", "由谁确认", example="示例负责人"),
    _day("confirmed_on", "确认日期", "confirmed on", "the day it was confirmed", "确认的日期", example="2026-02-05"),
    _text("minute", "会议纪要", "minute", "number of the minute", "会议纪要的编号"),
), ("institution", "step"), meaning_zh="由人确认的步骤。没有确认，什么措施也不采取。")  # fmt: skip

AGREEMENT_TERMS = TableSchema("agreement_terms", "协议约定", "agreement terms", "Steps that the text of the agreement allows for a rank alone.", (
    Field("institution", "医保机构代码", "institution code", C, "whose agreement; empty: every agreement of the side", also=("fixmedins_code", "机构代码", "机构编码"), meaning_zh="哪一家的协议；留空：该类机构的全部协议"),
    Field("about", "机构类型", "about", H, "medical institutions or pharmacies; empty: both", "定点医疗机构", choice="assessed_side", meaning_zh="定点医疗机构或定点零售药店；留空：两者"),
    _step(),
    _text("clause", "协议条款", "clause", "the clause of the agreement", "协议中的条款", example="第四十五条"),
), ("institution", "about", "step"), meaning_zh="协议写明可以只凭名次采取的步骤。")  # fmt: skip

UPGRADES = TableSchema("upgrades", "升级申请", "upgrades asked for", "Pharmacies that ask for a higher service grade.", (
    _institution(),
    Field("to_grade", "申请级别", "grade asked for", H, "the grade asked for", "B级", required=True, filled=True, choice="grade", meaning_zh="申请升到哪一级"),
    _day("asked_on", "申请日期", "asked on", "the day it was asked", "申请的日期", example="2026-01-10"),
), ("institution",), meaning_zh="申请服务升级的药店。")  # fmt: skip

POINTS_EVENTS = TableSchema("points_events", "人员记分", "points of persons", "Points given to a person for an act.", (
    Field("number", "编号", "number", C, "number of the entry; any unique text", "J2025001", required=True, filled=True, meaning_zh="记录的编号；任何不重复的文字"),
    _person(),
    _text("name", "姓名", "name", "name of the person", "姓名", example="示例医师"),
    Field("institution", "医保机构代码", "institution code", C, "where the act was done", "H21010200001", also=("fixmedins_code", "机构代码", "机构编码"), meaning_zh="行为发生在哪家机构"),
    _day("decided_on", "记分日期", "decided on", "the day on which the points were given; it says which year they count in", "记分的日期；由此确定计入哪一年", example="2025-06-10"),
    Field("points", "记分", "points", N, "points of this act, 1 to 12; empty: not known", "3", required=True, also=("分值",), meaning_zh="这一行为所记的分，1至12；留空：未知"),
    Field("responsibility", "责任", "responsibility", H, "general, important or main", "一般责任", choice="responsibility", meaning_zh="一般责任、重要责任或主要责任"),
    _day("withdrawn_on", "撤销日期", "withdrawn on", "the day the entry was withdrawn", "记分被撤销的日期"),
    _text("by", "记分机构", "given by", "who gave the points", "由谁记分"),
    _text("document", "文书编号", "document", "the decision it rests on", "所依据的决定"),
), ("number",), meaning_zh="对相关人员的记分，一行一次。")  # fmt: skip

POINTS_PAUSES = TableSchema("points_pauses", "暂停决定", "pauses", "Decisions that pause a person's payment qualification.", (
    _person(),
    _day("decided_on", "决定日期", "decided on", "first day of the pause", "暂停的第一日", example="2025-09-01"),
    Field("months", "暂停月数", "months", N, "months of the pause", "3", meaning_zh="暂停的月数"),
    _text("by", "决定机构", "decided by", "who decided", "由谁决定"),
    _text("document", "文书编号", "document", "the decision", "所依据的决定"),
), ("person", "decided_on"), meaning_zh="暂停人员支付资格的决定。")  # fmt: skip

POINTS_REPAIRS = TableSchema("points_repairs", "记分修复", "repairs", "Activities that take points off.", (
    _person(),
    _day("repaired_on", "修复日期", "repaired on", "the day of the activity", "参加修复活动的日期", example="2025-10-01"),
    _text("activity", "活动", "activity", "what was done", "参加的活动"),
    _text("by", "认定机构", "recognised by", "who recognised it", "由谁认定"),
), ("person", "repaired_on", "activity"), meaning_zh="减分的修复活动。")  # fmt: skip

TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {
        table.name: table
        for table in (
            ASSESSMENT,
            SCORES,
            ONE_VOTE,
            SURVEYS,
            APPEALS,
            HEARINGS,
            CONFIRMATIONS,
            AGREEMENT_TERMS,
            PAST_SCORES,
            UPGRADES,
            POINTS_EVENTS,
            POINTS_PAUSES,
            POINTS_REPAIRS,
        )
    }
)
#: Tables of points against persons alone: all that ``dingdian points`` asks for.
OF_PERSONS = ("points_events", "points_pauses", "points_repairs")
#: Column that names an item or a step of the shelf, by table.
NAMING: Mapping[str, str] = MappingProxyType(
    {
        "scores": "item",
        "one_vote": "item",
        "surveys": "item",
        "appeals": "item",
        "confirmations": "step",
        "agreement_terms": "step",
    }
)
