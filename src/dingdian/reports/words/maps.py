"""Words of the printed maps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

#: Measures that districts are shaded by.
INDICATORS = ("beds_per_1000", "pharmacies_per_10k_insured")

#: Stocks that circles are drawn around.
SERVING: Mapping[str, Text] = MappingProxyType(
    {
        "pharmacies": Text("定点零售药店", "designated pharmacies"),
        "medical_institutions": Text("定点医疗机构", "designated medical institutions"),
    }
)

PHRASES: Mapping[str, Text] = MappingProxyType(
    {
        "by_district": Text("各区县{of}", "{of}, by district"),
        "unserved": Text("{of}与服务盲区", "Unserved areas and {of}"),
        "circles": Text("{of}的服务圈", "Service circles of {of}"),
        "bare": Text("服务盲区的居民点", "unserved localities"),
        "shades": Text("单位：{unit}；颜色越深数值越大。", "In {unit}; the darker, the more."),
        "middle": Text("密集部分放大", "The dense part, larger"),
        "marks": Text(
            "方块为确定没有定点机构的居民点。", "Squares are localities that surely have none."
        ),
        "rings": Text("圆的半径为{n}米。", "The radius of a circle is {n} m."),
        "no_outline": Text("没有边界、未画出：{areas}。", "Not drawn, no outline: {areas}."),
        "no_place": Text(
            "另有{n}家机构没有可用坐标，未画出。", "{n} institutions have no usable position."
        ),
        "schematic": Text("示意图", "schematic"),
        "schematic_note": Text("边界为示意，不作为划界依据。", "Boundaries are schematic."),
        "approval": Text("审图号：{n}", "Map approval: {n}"),
        "nothing": Text(
            "没有边界，也没有坐标，无法绘制地图。", "No outline and no position: no map."
        ),
        "scale": Text("{n} 千米", "{n} km"),
        "north": Text("北", "N"),
    }
)
