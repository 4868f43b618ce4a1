"""The data contract of a register of experts: one row an expert, and one a relation."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.census.schema import Field, Kind, TableSchema

T, C, D = Kind.TEXT, Kind.CODE, Kind.DAY
#: What a cell of the employer says of somebody who has none; an empty one is not known.
NO_EMPLOYER = "无"

EXPERTS = TableSchema("experts", "专家", "experts", "One row an expert.", (
    Field("code", "专家编号", "code", C, "code of the expert; stands in the lot and in the journal instead of the name", "ZJ-012", required=True, filled=True, also=("编号", "代码"), meaning_zh="专家的编号；抽签和日志中用它，不用姓名"),
    Field("name", "姓名", "name", T, "name", "张某", required=True, filled=True, also=("专家姓名",), meaning_zh="姓名"),
    Field("id_number", "证件号码", "id number", C, "number of the identity card; empty: not known, then the name alone is compared with the people of an applicant", "21010119700101001X", also=("身份证号", "身份证号码"), meaning_zh="身份证号码；留空：不明，与申请机构人员只比对姓名"),
    Field("field", "专业", "field", T, "field: one of the shelf", "医药卫生", required=True, filled=True, also=("专业类别", "领域"), meaning_zh="专业：政策库中的一类"),
    Field("employer", "工作单位", "employer", T, f"uscc, insurance code or name of the employer; {NO_EMPLOYER}: none; empty: not known, and nobody is drawn whose employer is not known", "示例医科大学", required=True, also=("单位",), meaning_zh=f"工作单位的统一社会信用代码、医保代码或名称；没有的写“{NO_EMPLOYER}”；留空：不明，单位不明的不参加抽取"),
    Field("user", "账号", "user", C, "name of sign-in of a user with the role of an evaluator; empty: the sheet comes on paper", "zhaoning", also=("登录名", "用户名"), meaning_zh="评估专家的登录名；留空：评分表以纸质提交"),
    Field("since", "入库日期", "since", D, "first day in the register", "2026-01-01", required=True, filled=True, also=("聘任日期", "起始日期"), meaning_zh="在专家库中的第一天"),
    Field("through", "退出日期", "through", D, "last day in the register; empty: no end is set", "2028-12-31", also=("聘期届满", "截止日期"), meaning_zh="在专家库中的最后一天；留空：没有定期限"),
    Field("districts", "评估区县", "districts", T, "codes of the districts that they evaluate in, separated by semicolons; empty: all", "210102;210103", also=("区县",), meaning_zh="参加评估的区县代码，用分号隔开；留空：全市"),
), ("code",), required=True, meaning_zh="一行一名专家。")  # fmt: skip

RELATIONS = TableSchema("relations", "关系", "relations", "Relations to institutions for which an expert keeps away: one row each.", (
    Field("expert", "专家编号", "code of the expert", C, "code of the expert", "ZJ-012", required=True, filled=True, refers="experts.code", also=("编号",), meaning_zh="专家的编号"),
    Field("ground", "回避情形", "ground", T, "ground: one of the shelf", "与申请机构有投资、合作、顾问等利益关系", required=True, filled=True, also=("情形",), meaning_zh="回避情形：政策库中的一种"),
    Field("institution", "机构", "institution", T, "uscc, insurance code or name of the institution", "示例医院", required=True, filled=True, also=("机构名称", "医药机构"), meaning_zh="机构的统一社会信用代码、医保代码或名称"),
    Field("ended", "结束日期", "ended", D, "last day of the relation; empty: it stands", "2025-06-30", also=("关系结束日期",), meaning_zh="关系的最后一天；留空：仍在"),
), ("expert", "ground", "institution"), meaning_zh="专家与机构的关系，一行一项。")  # fmt: skip

TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {each.name: each for each in (EXPERTS, RELATIONS)}
)
