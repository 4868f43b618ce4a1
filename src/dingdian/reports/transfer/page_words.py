"""Words of the map page of a transfer of beds."""

from __future__ import annotations

from dingdian.reports.words.texts import texts

#: Sentences that the page is made with.
HEAD = texts(
    no_script=(
        "本页地图需要浏览器允许脚本。数值见 transfer.xlsx。",
        "The map needs scripts to be allowed. The numbers stand in transfer.xlsx.",
    ),
    empty=(
        "没有区划边界，所以地图是空的。右侧的表仍可使用。",
        "There are no boundaries, so the map is empty. The tables beside it still hold.",
    ),
    prints=(
        "台账 {census}　政策库 {shelf}　结果 {result}　程序版本 {engine}",
        "Census {census} · shelf {shelf} · result {result} · release {engine}",
    ),
    no_outline=(
        "没有区划边界、图上未画出的区县：{names}",
        "Districts without a boundary, not drawn: {names}",
    ),
    answer=("答案与证明", "The answer and what is proved"),
)

#: Words that the page's own script shows.
SHOWN = texts(
    map_label=(
        "地图。方向键移动，加减号缩放，回车键显示中心所在的区县。",
        "Map. Arrow keys move it, plus and minus zoom, Enter tells of the district in the middle.",
    ),
    skip=("跳到调剂表", "Skip to the moves"),
    north=("北", "N"),
    legend=("图例", "Legend"),
    zoom_in=("放大", "Zoom in"),
    zoom_out=("缩小", "Zoom out"),
    whole=("全图", "Whole area"),
    view=("底色", "Shading"),
    district=("区县", "District"),
    any=("全部", "all"),
    unknown=("没有目标，或床位不明", "no target, or beds unknown"),
    flow=("跨区县调剂的床位", "beds moved between districts"),
    facts=("详情", "Facts"),
    facts_none=("点击地图或表中的一个区县。", "Click on a district of the map or of a table."),
    people=("人口", "People"),
    per_1000=("目标每千人口", "Target per 1,000"),
    target=("目标床位", "Target beds"),
    before=("调剂前", "Before"),
    after=("调剂后", "After"),
    off_before=("调剂前与目标相差", "Off target before"),
    off_after=("调剂后与目标相差", "Off target after"),
    given=("调往其他区县", "To other districts"),
    taken=("由其他区县调入", "From other districts"),
    inside=("本区县内等级之间调整", "Moved within the district"),
    why=("没有目标的原因", "Why it has no target"),
    moves=("跨区县调剂", "Between districts"),
    moves_none=("没有跨区县的调剂。", "No beds move between districts."),
    listed=("共 {n} 组，{beds} 张", "pairs: {n}, beds: {beds}"),
    start=("调出", "From"),
    end=("调入", "To"),
    beds=("床位", "Beds"),
    districts=("各区县", "Districts"),
    hint=("{name}：{value}", "{name}: {value}"),
)  # fmt: skip
