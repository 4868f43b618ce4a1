"""Words of the map page, and the names of the classes that it paints localities by."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.reports.words.texts import texts

#: Class of a locality -> its name on the map, from the worst served to the best.
AREA_CLASSES = texts(
    unserved=("服务盲区", "unserved"),
    insufficient=("相对不足", "insufficiently served"),
    served=("有机构", "served"),
    sufficient=("充足", "sufficiently served"),
    saturated=("饱和", "more than sufficiently served"),
    undecided=("无法判断", "cannot be decided"),
)

#: Sentences that the page is made with; their fields are filled before it is written.
HEAD = texts(
    title=("{title}：地图", "{title}: maps"),
    approval=("审图号：{number}", "Map approval number: {number}"),
    no_approval=(
        "审图号：未填写。本图供内部工作使用，公开前须依法送审。",
        "Map approval number: none given. For internal use; to be submitted for approval before "
        "it is made public.",
    ),
    schematic=("示意图", "schematic"),
    schematic_why=(
        "示意图：区划边界为示意，不作为行政区域界线依据。",
        "Schematic: the boundaries are drawn for orientation and are no administrative border.",
    ),
    systems=(
        "坐标：原为{stated}，已统一换算为 WGS84/CGCS2000；底图投影为球面墨卡托，距离按椭球计算。",
        "Coordinates: stated as {stated}, all converted to WGS84/CGCS2000; drawn in spherical "
        "Mercator, distances computed on the ellipsoid.",
    ),
    stated=("{system}（{what}）", "{system} ({what})"),
    stated_institutions=("{n}家机构", "{n} institutions"),
    stated_localities=("{n}个居民点", "{n} localities"),
    stated_boundaries=("{n}个区县边界", "{n} boundaries"),
    made=(
        "台账 {census}　政策库 {shelf}　结果 {result}　程序版本 {engine}",
        "Census {census} · shelf {shelf} · result {result} · release {engine}",
    ),
    tools=("地图控件：Leaflet {version}（BSD-2-Clause）", "Drawn with Leaflet {version} (BSD-2-Clause)"),
    whole_plan=("规划全文（plan.html）", "The whole plan (plan.html)"),
    empty=(
        "没有区划边界，也没有一家机构、一个居民点有可用坐标，所以地图是空的。补上坐标或 boundaries.geojson "
        "后重新测算。下面的表仍可使用。",
        "There are no boundaries, and no institution or locality has usable coordinates, so the "
        "map is empty. Add coordinates or boundaries.geojson and make the plan anew. The tables "
        "below still hold.",
    ),
    no_outline=("没有边界、图上未画出的区县：{names}", "Districts without a boundary, not drawn: {names}"),
    unlocated=(
        "没有可用坐标、图上未画出的：{what}",
        "Without usable coordinates, not drawn: {what}",
    ),
    no_script=(
        "本页地图需要浏览器允许脚本。数值见 plan.html。",
        "The map needs scripts to be allowed. The numbers stand in plan.html.",
    ),
    circle=(
        "服务圈{metres}米（{rule}；{clauses}）{along}",
        "circle of {metres} m ({rule}; {clauses}){along}",
    ),
    along_walking=("，沿路网步行（圆圈只示意半径）", "; on foot along streets, of which the ring shows the radius alone"),
    along_driving=("，沿路网驾车（圆圈只示意半径）", "; by car along streets, of which the ring shows the radius alone"),
    along_path=("，步行距离暂按直线计算", "; the way on foot is measured straight for now"),
)  # fmt: skip

#: Words that the page's own script shows.
SHOWN = texts(
    map_label=("地图。方向键移动，加减号缩放，回车键显示中心处的情况。", "Map. Arrow keys move it, plus and minus zoom, Enter tells what lies in the middle."),
    skip=("跳到表格", "Skip to the tables"),
    views=("看什么", "What to look at"),
    view_districts=("区县指标", "Districts"),
    view_institutions=("机构分布", "Institutions"),
    view_circles=("服务圈和盲区", "Circles and unserved areas"),
    view_people=("人口分布", "People"),
    search=("查找机构、居民点、区县", "Find institutions, localities, districts"),
    search_hint=("名称或编码", "name or code"),
    found=("找到 {n} 个", "{n} found"),
    found_more=("找到 {n} 个，列出前 {first} 个", "{n} found, the first {first} listed"),
    found_none=("没有找到“{text}”", "nothing found for “{text}”"),
    measure=("区县指标", "Measure of districts"),
    no_measure=("不着色", "none"),
    stock=("机构", "Institutions"),
    no_stock=("不显示", "none"),
    every_stock=("全部定点机构（含中止）", "all, suspended ones too"),
    service=("开通服务", "Service open"),
    kind=("类别", "Kind"),
    standing=("状态", "Standing"),
    any=("不限", "any"),
    circles=("画服务圈", "Draw the circles"),
    circles_drawn=("服务圈", "Circles"),
    cells=("居民点", "Localities"),
    cells_sized=("居民点（大小按人口）", "Localities (larger where more people live)"),
    cells_none=("不显示", "none"),
    cells_people=("按人口", "by people"),
    cells_unserved=("只看服务盲区", "the unserved only"),
    cells_class=("按服务情况", "by who serves them"),
    labels=("区县名称和数值", "Names and values of districts"),
    reset=("全图", "Whole area"),
    print=("打印", "Print"),
    paper=("纸张", "Paper"),
    zoom_in=("放大", "Zoom in"),
    zoom_out=("缩小", "Zoom out"),
    north=("北", "N"),
    legend=("图例", "Legend"),
    counted=("{what}（{n}）", "{what} ({n})"),
    labelled=("{name}：{what}", "{name}: {what}"),
    joint=("、", ", "),
    then=("，", ", "),
    unknown=("无数值", "no number"),
    not_in_plan=("规划中没有这个数", "not in the plan"),
    medical=("医疗机构", "medical institution"),
    pharmacy=("零售药店", "retail pharmacy"),
    suspended=("中止（空心）", "suspended (hollow)"),
    circle_of=("{name}：半径{metres}米", "{name}: {metres} m"),
    people_below=("不到{high}人", "fewer than {high} people"),
    people_between=("{low}人以上、不到{high}人", "{low} to fewer than {high} people"),
    people_from=("{low}人及以上", "{low} people or more"),
    people_unknown=("人口未知", "people unknown"),
    facts=("详情", "Facts"),
    facts_none=("点击地图、搜索结果或表格中的一项。", "Click on the map, a result or a row."),
    code=("编码", "Code"),
    district=("区县", "District"),
    level=("等级", "Level"),
    services=("开通服务", "Services open"),
    none_open=("无", "none"),
    position=("坐标（WGS84/CGCS2000）", "Position (WGS84/CGCS2000)"),
    no_position=("没有可用坐标", "no usable coordinates"),
    counted_in=("计入", "Counted in"),
    people=("人口", "People"),
    insured=("参保人数", "Insured"),
    within=("服务圈内", "Within the circle"),
    at_least=("至少{n}家", "at least {n}"),
    exactly=("{n}家", "{n}"),
    unserved_in=("服务盲区人口（{name}）", "Unserved people ({name})"),
    nearest=("最近的是{name}，{metres}米", "the nearest is {name}, {metres} m away"),
    no_nearest=("没有一家有坐标", "none has coordinates"),
    key=("plan.json 中的编号", "Key in plan.json"),
    value=("数值", "Value"),
    name=("名称", "Name"),
    of_class=("服务情况", "Served"),
    tables=("表格（与地图同样的数值）", "Tables (the same numbers as the map)"),
    table_districts=("区县：{title}", "Districts: {title}"),
    table_institutions=("机构（图上所选）", "Institutions (as chosen)"),
    table_unserved=("服务盲区的居民点：{name}", "Unserved localities: {name}"),
    rows=("共 {n} 行", "{n} rows"),
    rows_first=("共 {n} 行，列出前 {first} 行；用查找或筛选缩小范围", "{n} rows, the first {first} listed; find or filter for the rest"),
    count_shown=("图上 {n} 家", "{n} drawn"),
    count_unlocated=("另有 {n} 家无坐标", "{n} more without coordinates"),
    nameless=("（无名称）", "(no name)"),
    outside=("所在区县不明", "district unknown"),
)  # fmt: skip
