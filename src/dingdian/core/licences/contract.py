"""The data contract of a file of licences: one table, one row a licence."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.census.schema import Field, Kind, TableSchema

T, C, H, D = Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.DAY

LICENCES = TableSchema("licences", "证照", "licences", "One row a licence, as the authority that gives it lists it.", (
    Field("uscc", "统一社会信用代码", "unified social credit code", C, "18 characters; of whom the licence is", "91232700MA00000001", required=True, filled=True, also=("社会信用代码", "信用代码"), meaning_zh="持证单位的统一社会信用代码，18 位"),
    Field("kind", "证照类别", "kind", H, "which licence", "药品经营许可证", required=True, filled=True, choice="licence_kind", also=("类别", "证照名称"), meaning_zh="是哪一种证照"),
    Field("number", "证照编号", "licence number", C, "number of the licence", "示例DA0000001", also=("许可证号", "登记号", "证号", "编号"), meaning_zh="证照的编号"),
    Field("name", "名称", "name", T, "name on the licence", "示例大药房", required=True, filled=True, also=("单位名称", "机构名称", "企业名称"), meaning_zh="证照上的名称"),
    Field("address", "地址", "address", T, "address on the licence", "示例街2号", also=("注册地址", "经营场所", "住所"), meaning_zh="证照上的地址；留空：不比对"),
    Field("through", "有效期至", "valid through", D, "last day on which it is valid; empty: without an end", "2029-12-31", also=("有效期", "截止日期", "有效期截止"), meaning_zh="有效期的最后一天；留空：长期有效"),
    Field("status", "状态", "status", H, "state of the licence", "有效", required=True, filled=True, choice="licence_status", also=("证照状态", "经营状态"), meaning_zh="证照的状态"),
), ("kind", "uscc", "number"), required=True, meaning_zh="一行一个证照，按发证部门的清单。")  # fmt: skip

TABLES: Mapping[str, TableSchema] = MappingProxyType({LICENCES.name: LICENCES})
