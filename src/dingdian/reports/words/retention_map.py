"""Words of the map page of who is proposed to stay."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text


def _texts(**texts: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({name: Text(zh, en) for name, (zh, en) in texts.items()})


#: Sentences that the page is made with.
HEAD = _texts(
    no_script=(
        "本页地图需要浏览器允许脚本。数值见 retention.xlsx。",
        "The map needs scripts to be allowed. The numbers stand in retention.xlsx.",
    ),
    empty=(
        "没有区划边界，也没有一家机构有可用坐标，所以地图是空的。右侧的名单仍可使用。",
        "There are no boundaries, and no institution has usable coordinates, so the map is empty. The list beside it still holds.",
    ),
    prints=(
        "台账 {census}　政策库 {shelf}　结果 {result}　程序版本 {engine}",
        "Census {census} · shelf {shelf} · result {result} · release {engine}",
    ),
    unlocated=("没有可用坐标、图上未画出的：{n} 家", "Without usable coordinates, not drawn: {n}"),
    answer=("答案与证明", "The answer and what is proved"),
)

#: Words that the page's own script shows.
SHOWN = _texts(
    map_label=(
        "地图。方向键移动，加减号缩放，回车键显示离中心最近的一家。",
        "Map. Arrow keys move it, plus and minus zoom, Enter tells of the one nearest to the middle.",
    ),
    skip=("跳到名单", "Skip to the list"),
    north=("北", "N"),
    legend=("图例", "Legend"),
    zoom_in=("放大", "Zoom in"),
    zoom_out=("缩小", "Zoom out"),
    whole=("全图", "Whole area"),
    cap=("存量上限", "Cap on"),
    district=("区县", "District"),
    fate=("去留", "What happens"),
    search=("查找", "Find"),
    search_hint=("名称或代码", "name or code"),
    any=("全部", "all"),
    stays=("保留", "would stay"),
    held=("不列入选择（保留）", "may not be proposed (stays)"),
    goes=("建议退出", "would go"),
    close=("建议退出，差距很小", "would go, a close call"),
    first=("先行退出", "leaves first"),
    earlier=("随前一个上限退出", "goes under the cap before"),
    not_answered=("本上限没有答案，不知道谁还在", "this cap has no answer: nobody knows who would still be there"),
    close_none=("差距很小的没有标出：与最接近的替代相差同样小的有 {n} 家，太多", "no close call is marked: too many are equally close ({n})"),
    close_why=("深色边框：与最接近的替代相差最小的一成", "dark rim: the tenth whose nearest exchange changes least"),
    counted=("{what}：{n} 家", "{what}: {n}"),
    listed=("共 {n} 家", "{n} in all"),
    listed_more=("共 {n} 家，列出前 {first} 家；用区县、去留或查找缩小范围", "{n} in all, the first {first} listed: choose a district or a fate, or find, for the rest"),
    list=("名单", "List"),
    name=("名称", "Name"),
    year=("退出年份", "Year"),
    facts=("详情", "Facts"),
    facts_none=("点击地图或名单中的一家。", "Click on one of the map or of the list."),
    code=("医保机构代码", "Code"),
    why=("原因", "Why"),
    points=("考核分", "Points"),
    dual=("双通道", "Dual channel"),
    yes=("是", "yes"),
    through=("协议届满", "Agreement through"),
    people=("服务圈内人口", "People in its circle"),
    down_to_one=("其中只剩一家", "Left with one of them"),
    down_to_none=("其中没有了", "Left with none"),
    served_by=("谁还在服务（服务其中多少人）", "Who still serves them (how many of them)"),
    nobody=("没有谁还在服务", "nobody still serves them"),
    exchange=("最接近的替代", "Nearest exchange"),
    no_exchange=("没有谁可以替代", "nobody could go instead"),
    difference=("若换成它", "If exchanged"),
    no_position=("没有可用坐标，图上未画出", "no usable coordinates, not drawn"),
    outside=("所在区县不明", "district unknown"),
    labelled=("{name}：{what}", "{name}: {what}"),
    in_year=("{what}（{year}年）", "{what} ({year})"),
)  # fmt: skip
