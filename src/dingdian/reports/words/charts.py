"""Titles and descriptions of the charts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

#: What stands for ``{names}`` where no line is drawn.
NO_LINES = Text("未填写", "none given")

#: How the lines of a chart are drawn, in their order, so that grey print tells them apart.
STROKES = (Text("实线", "solid: "), Text("虚线", "dashed: "), Text("点线", "dotted: "))

#: What stands behind a description where some numbers cannot be had.
MISSING = Text("无法计算的：{why}。", "Undefined: {why}.")

#: Measures of the chart of growth -> their names beside the bars.
GROWN: Mapping[str, Text] = MappingProxyType(
    {
        "growth_institutions": Text("定点机构", "Institutions"),
        "growth_medical": Text("医疗机构", "Medical"),
        "growth_pharmacies": Text("零售药店", "Pharmacies"),
        "growth_insured": Text("参保人数", "Insured"),
        "growth_beds": Text("医保床位", "Beds"),
    }
)

#: Chart -> title and description; ``{names}`` are the lines drawn across it.
CHARTS: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "structure": (
            Text("三级、二级、一级医保床位占比", "Shares of tertiary, secondary and primary beds"),
            Text(
                "每个地区一条，自左至右为三级、二级、一级；竖线为目标比例的分界（有规定时）。",
                "One bar an area, from the left tertiary, secondary, primary; ticks mark the "
                "target shares where there are any.",
            ),
        ),
        "beds_per_1000": (
            Text("千人床位数与对标值", "Beds per 1,000 against benchmarks"),
            Text("竖线为对标值：{names}。", "Lines are benchmarks: {names}."),
        ),
        "pharmacies_per_10k_insured": (
            Text("每万参保人定点零售药店数与对标值", "Pharmacies per 10,000 insured"),
            Text("竖线为对标值：{names}。", "Lines are benchmarks: {names}."),
        ),
        "share_covered_1_pharmacies": (
            Text("服务圈内有定点零售药店的人口占比", "People with a pharmacy in the circle"),
            Text(
                "占居民点人口的比例；有机构没有坐标的地区无法计算。",
                "Share of people in localities; undefined where somebody is not located.",
            ),
        ),
        "share_covered_1_medical_institutions": (
            Text(
                "服务圈内有定点医疗机构的人口占比",
                "People with a medical institution in the circle",
            ),
            Text(
                "占居民点人口的比例；有机构没有坐标的地区无法计算。",
                "Share of people in localities; undefined where somebody is not located.",
            ),
        ),
        "growth": (
            Text("定点机构、参保人数与医保床位的增长", "Growth of institutions, insured and beds"),
            Text(
                "期末与台账“历年数量”中最早一年相比；向右为增加，向左为减少。",
                "Against the earliest year of the history; right growth, left decline.",
            ),
        ),
        "share_aged_60": (
            Text("60岁及以上人口占常住人口比例", "Residents aged 60 and over"),
            Text("占常住人口的比例。", "Share of residents."),
        ),
        "agglomeration": (
            Text("各区县资源集聚度与人口集聚度之差", "HRAD − PAD by district"),
            Text(
                "向右为正（机构多于人口所占），向左为负。",
                "To the right positive (more institutions than people's share), left negative.",
            ),
        ),
    }
)
