"""Why an expert was passed over in a lot, and why a panel has no clear terms, in words."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.census.vocabulary import ROLES
from dingdian.core.errors import Text
from dingdian.core.panel.terms import Terms
from dingdian.core.workings import Reason

#: Code of a reason -> its sentence.
SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "expert_inactive": Text("当天不在专家库内（{since} 至 {through}）", "not in the register on the day ({since} to {through})"),
        "expert_other_district": Text("不在申请机构所在区县（{district}）评估", "does not evaluate in the district of the applicant ({district})"),
        "expert_employer_unknown": Text("工作单位不明，无法排除与申请机构的关系", "the employer is not known: a relation to the applicant cannot be ruled out"),
        "expert_related": Text("{ground}：{institution}", "{ground}: {institution}"),
        "expert_is_person": Text("本人是申请机构的{role}（证件号码相同）", "is {role} of the applicant (the same identity number)"),
        "expert_namesake": Text("与申请机构的{role}同名，证件号码不全，无法排除是同一人", "has the name of the {role} of the applicant: without both identity numbers it may be the same person"),
        "expert_cases_unknown": Text("本年已评估件数不明（上限 {limit} 件）", "how many cases of this year is not known (limit {limit})"),
        "expert_cases_over": Text("本年已评估 {cases} 件，达到上限 {limit} 件", "{cases} cases this year, the limit being {limit}"),
        "expert_seated_or_recused": Text("已在评估小组，或已回避", "sits in the panel, or has kept away from it"),
        "expert_left_register": Text("已不在专家库", "is no longer in the register"),
        "no_panel_rule": Text("政策库没有关于这类机构评估小组和评估内容的规则（{side}）", "the shelf has no rules on panel and evaluation of {side}"),
        "panel_too_small_to_trim": Text("评估小组只有{seats}人，去掉最高和最低后没有剩余", "of {seats} sheets none is left without the highest and the lowest"),
    }
)  # fmt: skip


def passed_over(why: Reason, terms: Terms, lang: str) -> str:
    """Why somebody was passed over, the ground in the words of the terms of the panel."""
    details: dict[str, object] = dict(why.details)
    if "ground" in details:
        details["ground"] = terms.name(str(details["ground"])).say(lang)
    if "role" in details:
        role = ROLES[str(details["role"])]
        details["role"] = role.zh if lang == "zh" else role.en
    return SENTENCES[why.code].say(lang, **details)
