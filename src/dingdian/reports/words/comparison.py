"""Words of the comparison with the plan of the year before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

AGAINST = Text(
    "与{before}年度规划相比，{now}年度主要变化如下。", "{now} against the plan of {before}:"
)
FROM, TO = Text("由", ": "), Text("变为", " → ")
RED_LINES = Text("红线状态改变{n}项。", "Red lines that changed: {n}.")
READINGS = Text("口径改变{n}项，有关数值不能直接相比。", "Readings that changed: {n}.")

COLUMNS: Mapping[str, Text] = MappingProxyType(
    {
        "item": Text("项目", "Item"),
        "area": Text("地区", "Area"),
        "before": Text("{year}年度规划", "Plan of {year}"),
        "now": Text("{year}年度规划", "Plan of {year}"),
        "change": Text("变化", "Change"),
    }
)
TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "indicators": Text("指标的变化", "Indicators that changed"),
        "quotas": Text("新增数量的变化", "New places that changed"),
        "caps": Text("存量和上限的变化", "Stocks and caps that changed"),
        "red_lines": Text("红线状态的变化", "Red lines that changed"),
        "readings": Text("口径的变化", "Readings that changed"),
    }
)
