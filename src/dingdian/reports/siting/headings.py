"""Headings of siting.xlsx: its sheets, tables and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

_PEOPLE, _METRES = Text("人", "people"), Text("米", "m")
_SITES, _DEGREES = Text("家", "sites"), Text("度", "degrees")

SHEETS = texts(
    summary=("概览", "summary"),
    chosen=("选出的地点", "chosen"),
    others=("未选的候选", "not chosen"),
    districts=("各区县前后", "districts"),
    unserved=("未覆盖居民点", "unserved"),
    sources=("依据", "sources"),
    documents=("文件", "documents"),
)
TITLES = texts(
    asked=("所问", "The question"),
    goals=("目标与证明", "Goals and proof"),
    found=("结果", "The result"),
    basis=("前提", "What it rests on"),
    chosen=("选出的地点", "The chosen sites"),
    others=("没有选出的候选，不可选的在前", "Candidates not chosen, those that are closed first"),
    districts=("各区县选址前后", "Districts before and after"),
    unserved=(
        "现在无人覆盖的居民点，人多的在前",
        "Localities that nobody reaches now, most people first",
    ),
    readings=("口径", "Readings"),
    clauses=("条款", "Clauses"),
)
NOTES = texts(
    goals=(
        "上限或下限是在先列目标已定的前提下，所列候选中任何选法都不能超过的",
        "the bound: no choice among the candidates does better, the goals before it held",
    ),
    ways=("路程按直线量", "ways are straight lines"),
    ways_walking=("路程沿路网步行量", "ways are on foot along streets"),
    ways_driving=("路程沿路网驾车量", "ways are by car along streets"),
    plan=(
        "规划名额为本年度规划的数；— 为规划没有数字",
        "places of the plan of this year; — where it has no number",
    ),
    circles=(
        "“新覆盖”“只靠它”按服务圈计，与分到的人无关",
        "“newly reached” and “by it alone” are counted by circles, not by who is sent where",
    ),
    listed=("另有 {n} 个居民点未列", "{n} more localities are not listed"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, its width in characters, its unit; numbers where ``numeric``."""

    title: Text
    width: int = 12
    unit: Text | None = None
    numeric: bool = False


def _number(title: tuple[str, str], unit: Text | None = None, width: int = 13) -> Head:
    return Head(Text(*title), width, unit, numeric=True)


COLUMNS: Mapping[str, Head] = MappingProxyType(
    {
        "line": Head(Text("内容", "content"), 100),
        "goal": Head(Text("目标（按先后）", "goal, in order"), 100),
        "value": _number(("达到", "reached"), width=18),
        "bound": _number(("上限或下限", "bound"), width=18),
        "unit": Head(Text("单位", "unit"), 14),
        "gap": _number(("差距", "gap"), width=10),
        "proof": Head(Text("证明", "proof"), 26),
        "rank": _number(("序号", "number"), width=8),
        "id": Head(Text("编号", "id"), 18),
        "name": Head(Text("名称", "name"), 24),
        "district": Head(Text("区县", "district"), 14),
        "region": Head(Text("区划", "region"), 20),
        "lon": _number(("经度", "longitude"), _DEGREES),
        "lat": _number(("纬度", "latitude"), _DEGREES),
        "spacing": Head(Text("间距", "spacing"), 14),
        "newly": _number(("新覆盖", "newly reached"), _PEOPLE),
        "alone": _number(("只靠它", "by it alone"), _PEOPLE),
        "nearest": _number(("成为最近一家", "nearest of"), _PEOPLE),
        "localities": _number(("新覆盖居民点", "localities newly reached")),
        "allotted": _number(("分到", "going there"), _PEOPLE),
        "open": Head(Text("可否选", "open"), 34),
        "near": Head(Text("过近的机构（米）", "too near (m)"), 44),
        "area": Head(Text("区域", "area"), 18),
        "people": _number(("人口", "population"), _PEOPLE),
        "before": _number(("已覆盖", "reached"), _PEOPLE),
        "after": _number(("选址后覆盖", "reached then"), _PEOPLE),
        "more": _number(("新增覆盖", "more"), _PEOPLE),
        "share": _number(("覆盖率", "share")),
        "share_then": _number(("选址后覆盖率", "share then")),
        "twice": _number(("圈内两家及以上", "reached twice"), _PEOPLE),
        "twice_then": _number(("选址后两家及以上", "twice then"), _PEOPLE),
        "sites": _number(("选出", "chosen"), _SITES),
        "most": _number(("上限", "at most"), _SITES),
        "planned": _number(("规划名额", "places of the plan"), _SITES),
        "locality": Head(Text("居民点", "locality"), 18),
        "then": Head(Text("选址后", "then"), 14),
        "distance": _number(("选址后最近一家", "nearest then"), _METRES),
        "reachable": Head(Text("候选可及", "a candidate reaches it"), 12),
        "question": Head(Text("问题", "question"), 44),
        "chosen": Head(Text("所选", "chosen"), 34),
        "why": Head(Text("理由", "why"), 60),
        "by": Head(Text("谁定、何时", "by whom and when"), 26),
        "clauses": Head(Text("条款", "clauses"), 14),
        "clause": Head(Text("条款", "clause"), 14),
        "document": Head(Text("文件", "document"), 34),
        "place": Head(Text("位置", "place"), 60),
        "text": Head(Text("原文", "text"), 60),
        "standing": Head(Text("效力", "standing"), 14),
    }
)
