"""The data contract of a round of applications: every table and column, in one place.

The import, the template and docs/reference/round-contract.md are all made from ``TABLES``. Only
``applications`` is required; of what an absent table is about nothing is known, which is not
"none".
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dingdian.core.census.applicants import APPLICANTS, as_applied
from dingdian.core.census.schema import RECORDS, Field, Kind, TableSchema
from dingdian.core.census.vocabulary import Term

T, C, H, N, D, F = Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.NUMBER, Kind.DAY, Kind.FLAG

#: What the table ``round`` may say.
ITEMS: Mapping[str, Term] = MappingProxyType(
    {
        term.id: term
        for term in (
            Term("id", "批次编号", "round id", ("批次",)),
            Term("year", "规划年份", "plan year", ("年份",)),
            Term("decided_on", "决定日期", "decided on", ("决定日",)),
            Term("lottery_seed", "抽签种子", "lottery seed", ("种子",)),
            Term("seed_published_on", "种子公布日期", "seed published on", ("种子公布日",)),
            Term("opened_from", "受理开始日期", "opened from", ("受理起始日期",)),
            Term("opened_through", "受理截止日期", "opened through", ("受理结束日期",)),
            Term("invented", "是否虚构", "invented", ("虚构",)),
            Term("note", "备注", "note", ("附注",)),
        )
    }
)
#: Items of ``round`` that are days.
DAYS = ("decided_on", "seed_published_on", "opened_from", "opened_through")


def _application() -> Field:
    return Field("application", "申请编号", "application id", C, "id of the application", "SQ2026001", required=True, filled=True, refers="applications.code", also=("编号", "申请号"), meaning_zh="申请的编号")  # fmt: skip


def _text(*words: str, example: str = "") -> Field:
    """A column of text: its name, 列名, English name, and its meaning in both languages."""
    name, zh, en, told, told_zh = words
    return Field(name, zh, en, T, told, example, meaning_zh=told_zh)


def _day(*words: str, example: str = "") -> Field:
    """A column of days, told as those of text."""
    return replace(_text(*words, example=example), kind=D)


ROUND = TableSchema("round", "批次", "round", "What this round is: one row a fact.", (
    Field("item", "项目", "item", C, "id, year, decided_on, lottery_seed, seed_published_on, opened_from, opened_through, invented, note", "决定日期", required=True, filled=True, meaning_zh="批次编号、规划年份、决定日期、抽签种子、种子公布日期、受理开始日期、受理截止日期、是否虚构、备注"),
    Field("value", "内容", "value", T, "the fact; a day as 2026-03-01", "2026-03-01", required=True, meaning_zh="该项的内容；日期写成 2026-03-01"),
), ("item",), meaning_zh="这一批申请的基本情况：一行一项。")  # fmt: skip

APPLICATIONS = TableSchema("applications", "申请", "applications", "One row an application: who applies, for what, where.", (
    *(field for field in APPLICANTS if field.name != "rank"),
    as_applied("uscc"),
    as_applied("level"),
    as_applied("opened_on"),
    _text("chain", "所属连锁企业", "chain", "chain that a pharmacy belongs to", "药店所属的连锁企业"),
    _day("applied_on", "申请日期", "applied on", "the day of the application", "提出申请的日期", example="2026-01-05"),
    _day("accepted_on", "受理日期", "accepted on", "the day on which it was accepted", "受理的日期", example="2026-01-12"),
), ("code",), required=True, meaning_zh="一行一份申请：谁、申请什么、设在哪里。")  # fmt: skip

BED_REQUESTS = TableSchema("bed_requests", "申请床位", "bed requests", "Beds asked for, by class.", (
    _application(),
    Field("bed_class", "床位类别", "bed class", H, "class of the beds; dental chairs are counted apart", "普通", required=True, filled=True, choice="bed_class", meaning_zh="床位的类别；口腔牙椅另计，不算床位"),
    Field("beds", "申请床位数", "beds", N, "contracted beds asked for; empty: not known", "60", unit="bed", required=True, meaning_zh="申请的医保床位数；留空：未知"),
), ("application", "bed_class"), meaning_zh="申请的床位，按类别。")  # fmt: skip

PEOPLE = TableSchema("people", "相关人员", "people", "Legal person, head and controller of each applicant.", (
    _application(),
    Field("role", "身份", "role", H, "what the person is to the applicant", "法定代表人", required=True, filled=True, choice="role", meaning_zh="此人是申请机构的什么人"),
    _text("name", "姓名", "name", "name of the person", "姓名", example="示例"),
    Field("id_number", "证件号码", "identity number", C, "number of the identity document or its digest; compared as text", also=("身份证号", "证件号"), meaning_zh="证件号码或其摘要；按文字比对"),
), ("application", "role", "name", "id_number"), meaning_zh="申请机构的法定代表人、主要负责人和实际控制人。")  # fmt: skip

MATERIALS = TableSchema("materials", "材料", "materials", "Papers that were handed in.", (
    _application(),
    Field("item", "材料名称", "item", T, "identifier or wording of an item of a checklist of materials", "定点医疗机构申请表", required=True, filled=True, also=("项目", "材料"), meaning_zh="政策中申请材料清单一项的标识或文字"),
    _day("dated", "材料日期", "dated", "the day that the paper bears", "材料所署的日期", example="2026-01-04"),
    _day("received_on", "收到日期", "received on", "the day it was received", "收到的日期", example="2026-01-05"),
    _text("note", "说明", "note", "remark", "备注"),
), ("application", "item", "dated"), meaning_zh="已提交的材料。")  # fmt: skip

FACTS = TableSchema("facts", "核查事实", "facts", "What was checked about an applicant: yes, no, or a number.", (
    _application(),
    Field("item", "核查项目", "item", T, "identifier or wording of a condition or of a ground of refusal", "至少有1名取得执业证书且第一注册地在该机构的医师（含乡村医生、中医专长）", required=True, filled=True, also=("项目", "事项"), meaning_zh="政策中条件或不予纳入情形一项的标识或文字"),
    Field("yes", "是否", "yes", F, "whether it is so; of a ground of refusal: whether it is present", "是", meaning_zh="是否如此；不予纳入情形填是否存在"),
    Field("amount", "数量", "amount", N, "how many, where the item asks for a number", "2", scale=3, meaning_zh="项目要求数量的，填数量"),
    _day("found_on", "核查日期", "found on", "the day it was checked", "核查的日期", example="2026-01-20"),
    _text("by", "核查人", "checked by", "who checked", "由谁核查"),
    _text("evidence", "依据", "evidence", "what it rests on", "所依据的材料"),
), ("application", "item", "found_on"), meaning_zh="对申请机构核查的结果：是、否或数量。")  # fmt: skip

SCORES = TableSchema("scores", "评估", "scores", "What an evaluation passed and scored.", (
    _application(),
    Field("part", "部分", "part", H, "to be passed, or scored", "定性", required=True, filled=True, choice="evaluation_part", meaning_zh="逐项合格的定性部分，或计分的定量部分"),
    Field("item", "评估项目", "item", T, "identifier or wording of an item of the evaluation, or the evaluation's own", "医疗机构执业许可证或备案凭证", required=True, filled=True, also=("项目",), meaning_zh="政策中评估项目的标识或文字，或评估自定的项目"),
    Field("passed", "是否合格", "passed", F, "whether an item of the qualitative part was passed", "是", meaning_zh="定性项目是否合格"),
    Field("score", "得分", "score", N, "points given", "85", scale=3, meaning_zh="得分"),
    Field("full", "满分", "full score", N, "most points that there are", "100", scale=3, also=("full_score",), meaning_zh="满分"),
    _day("evaluated_on", "评估日期", "evaluated on", "the day of the evaluation", "评估的日期", example="2026-02-10"),
    _text("by", "评估人", "evaluated by", "who evaluated", "由谁评估"),
), ("application", "part", "item"), meaning_zh="评估的结果：定性逐项合格，定量逐项得分。")  # fmt: skip

EXCEPTIONS = TableSchema("exceptions", "例外决定", "exceptions", "Exceptions that an authorised person decided where a text says 原则上 or leaves it to real need.", (
    _application(),
    Field("rule", "规则", "rule", T, "identifier or title of the rule set aside", "sy_spacing_800", required=True, filled=True, meaning_zh="不适用的规则：标识或标题"),
    _day("decided_on", "决定日期", "decided on", "the day it was decided", "决定的日期", example="2026-02-20"),
    _text("by", "决定人", "decided by", "who decided", "由谁决定"),
    _text("reason", "理由", "reason", "why", "为什么"),
    _text("evidence", "依据", "evidence", "what it rests on", "所依据的材料"),
    _text("minute", "会议纪要", "minute", "number of the minute of the meeting", "会议纪要的编号"),
    _text("effect", "对数量的影响", "effect on quotas", "what it does to the places", "对名额和床位的影响"),
), ("application", "rule", "decided_on"), meaning_zh="“原则上”或按实际需求之处，由有权人员作出的例外决定。")  # fmt: skip

TAKEN = TableSchema("taken", "已用数量", "taken", "Places and beds of the year that earlier rounds handed out.", (
    Field("number", "编号", "number", C, "any unique text", "Y2026001", required=True, filled=True, meaning_zh="任何不重复的文字"),
    Field("region", "所属区划代码", "region code", C, "district whose places they were; the whole area for those not given to a district", "210102", required=True, filled=True, also=("区划代码",), meaning_zh="占用哪个区的数量；不分区的写全市代码"),
    Field("resource", "资源", "resource", H, "what was handed out", "定点零售药店", required=True, filled=True, choice="resource", meaning_zh="占用的是什么"),
    Field("amount", "数量", "amount", N, "places or beds", "1", required=True, filled=True, meaning_zh="名额或床位数"),
    _day("taken_on", "日期", "taken on", "the day it was decided", "决定的日期"),
    _text("document", "文书编号", "document", "the decision", "所依据的决定"),
), ("number",), meaning_zh="本年度以前各批已经用掉的名额和床位。")  # fmt: skip

TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {
        table.name: table
        for table in (
            ROUND,
            APPLICATIONS,
            BED_REQUESTS,
            PEOPLE,
            MATERIALS,
            FACTS,
            SCORES,
            RECORDS,
            EXCEPTIONS,
            TAKEN,
        )
    }
)
#: Tables whose rows are about an application.
OF_APPLICATIONS = tuple(t.name for t in TABLES.values() if any(f.name == "application" for f in t))
