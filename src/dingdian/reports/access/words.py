"""Sentences and labels of access."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

TITLE = Text("{city}{service}空间可达性", "{city}: access to {service}")
BASIS = Text(
    "机构截至{stock}，规则为{rules}有效者；依据：{plan}{standing}。",
    "Institutions on {stock}; rules in force on {rules}; text: {plan}{standing}.",
)
ADVICE = Text(
    "仅供决策参考：这是测度，不是规划的结论；可达距离、折减和供给量没有条文规定，均为口径（项目建议），由医保局确认。",
    "For a human decision: a measure, and no conclusion of a plan. No clause states how far one goes, how a distance counts or what a capacity is: these are readings, proposed here for the bureau to confirm.",
)
#: Score -> its full name.
SCORES = texts(
    two_step=("两步移动搜寻法（2SFCA）", "two-step floating catchment area (2SFCA)"),
    enhanced=("增强两步移动搜寻法（E2SFCA）", "enhanced two-step (E2SFCA)"),
    three_step=("三步移动搜寻法（3SFCA）", "three-step (3SFCA)"),
    balanced=("平衡移动搜寻法（BFCA）", "balanced (BFCA)"),
)
UNITS = texts(bed=("床位", "beds"), institution=("家", "institutions"))
PER = texts(
    bed=("张/{per}人", "beds per {per} people"),
    institution=("家/{per}人", "institutions per {per} people"),
)
DECAYS = texts(
    even=("不折减", "every distance alike"),
    thirds=("三等分，权重 1、0.68、0.22", "in three equal steps, by 1, 0.68 and 0.22"),
    bell=("高斯函数，边界为 0", "by a Gaussian that is 0 at the rim"),
)
CAPACITIES = texts(
    contracted=("住院按医保床位，其他每家计 1", "contracted beds for inpatient care, else 1 each"),
    open=("住院按开放床位，其他每家计 1", "open beds for inpatient care, else 1 each"),
    each=("每家计 1", "1 each"),
)
#: Words that people write for the options, and what they are called.
DECAY_NAMES = texts(even=("不折减", "even"), thirds=("三等分", "thirds"), bell=("高斯", "bell"))
CAPACITY_NAMES = texts(
    contracted=("医保床位", "contracted"), open=("开放床位", "open"), each=("每家", "each")
)
ORIGINS = texts(
    reading=("口径", "reading"), asked=("本次指定，不是口径", "asked for now, not the reading")
)
MEASURED = texts(
    straight=("直线", "straight"),
    walking=("沿路网步行", "along streets on foot"),
    driving=("沿路网驾车", "along streets by car"),
)
#: What the text means, and how it was measured -> what is to be said of the difference.
DIFFERS = {
    ("path", "straight"): "path",
    ("path", "driving"): "path_driving",
    ("straight", "walking"): "straight_along",
    ("straight", "driving"): "straight_along",
}
WHO = texts(insured=("参保人数", "insured people"), residents=("常住人口", "residents"))
TELL = texts(
    reach=(
        "可达距离：{metres} 米{rim}，{measured}（{origin}）",
        "within reach: {metres} m{rim}, {measured} ({origin})",
    ),
    path=(
        "政策的服务圈指步行路程，没有读入路网，这里按直线量：实际路程更长，可达的更少",
        "the policy means a way on foot; no streets were loaded, so it is measured straight: ways are shorter and more is within reach than on foot",
    ),
    path_driving=(
        "政策的服务圈指步行路程，这里按本次指定沿路网驾车量",
        "the policy means a way on foot; measured by car here, as asked for now",
    ),
    straight_along=(
        "政策的服务圈指直线，这里按本次指定沿路网量：可达的更少",
        "the policy means the straight line; measured along streets here, as asked for now: less is within reach",
    ),
    no_way=(
        "沿路网多远都到不了任何一家（未接入道路，或路不通）：居民点 {n} 个，{people} 人（{share}）",
        "no way along the streets leads to anyone, however long (on no street, or cut off): localities {n}, {people} people ({share})",
    ),
    circle=("服务圈，{rule}（{clauses}）", "the circle of {rule} ({clauses})"),
    rim_in=("（含）", " (inclusive)"),
    rim_out=("（不含）", " (exclusive)"),
    decay=("折减：{decay}（{origin}）", "decay: {decay} ({origin})"),
    capacity=("供给量：{capacity}（{origin}）", "capacity: {capacity} ({origin})"),
    whole=(
        "{people} 人（{who}），有坐标的 {service} {providers} 家，供给量合计 {capacity} {unit}",
        "{people} people ({who}); {service} with a position: {providers}, with {capacity} {unit} in all",
    ),
    none=(
        "可达距离内一家也没有：{people} 人（{share}）",
        "with none within reach: {people} people ({share})",
    ),
    mean=("{score}：人均 {value} {per}", "{score}: mean {value} {per}"),
    tenths=(
        "按 E2SFCA，一成的人不超过 {one}，一半的人不超过 {half}，九成的人不超过 {nine}（{per}）",
        "by E2SFCA one tenth of the people have at most {one}, half at most {half}, nine tenths at most {nine} ({per})",
    ),
    areas=(
        "各区县（E2SFCA 人均，{per}；可达距离内没有的人）：",
        "districts (mean E2SFCA, {per}; people with none within reach):",
    ),
    area=("  {area}  {value}　{none} 人", "  {area}  {value}  {none} people"),
    unshared=(
        "可达距离内没有人的机构 {n} 家：供给量无人分享，比率没有意义：{names}",
        "providers with nobody within reach: {n}; nothing says among how many they are divided: {names}",
    ),
    undefined=(
        "没有得分的居民点 {n} 个（都没有人）：可达的机构有的无人分享",
        "localities without a score (nobody lives there): {n}; some of what they reach is shared by nobody",
    ),
    unknown_people=(
        "人数不明的居民点 {n} 个，按无人计：附近 {people} 人的得分可能偏高",
        "localities whose people are not known: {n}, counted as nobody; the scores of {people} people may be too high",
    ),
    unknown_supply=(
        "供给量不明的机构 {capacity} 家（按 0 计）、没有坐标的 {position} 家、是否定点不明的 {unsure} 家（未计入）：{people} 人的得分可能偏低",
        "providers whose capacity is not known: {capacity} (as 0); without a position: {position}; perhaps not designated: {unsure} (left out); the scores of {people} people may be too low",
    ),
    no_position=(
        "没有坐标的居民点 {n} 个，{people} 人：没有得分，也没有计入任何机构的人数",
        "localities without a position: {n}, with {people} people; they have no score and fall on no provider",
    ),
    more=("等 {n} 家", "and {n} more"),
    prints=(
        "台账 {census}　政策库 {shelf}　结果 {result}",
        "census {census} · shelf {shelf} · result {result}",
    ),
    readings=("口径：", "readings:"),
    reading=("  {question} {chosen}", "  {question} {chosen}"),
)
#: Measures of the whole area that a plan shows.
PLANNED = texts(
    none=("可达距离内一家也没有的人", "people with none within reach"),
    mean=("E2SFCA 人均", "mean E2SFCA"),
    tenth=("按 E2SFCA，一成的人不超过", "by E2SFCA one tenth of the people have at most"),
    half=("按 E2SFCA，一半的人不超过", "by E2SFCA half of the people have at most"),
)
SHEETS = texts(
    summary=("概览", "summary"),
    areas=("各区县", "districts"),
    providers=("机构", "providers"),
    places=("居民点", "localities"),
    sources=("依据", "sources"),
)
TITLES = texts(
    asked=("怎样计算", "How it is measured"),
    found=("结果", "The result"),
    areas=("全市和各区县", "The whole area and its districts"),
    providers=(
        "有坐标的机构，每千（万）人供给最少的在前",
        "Providers with a position, the least for their people first",
    ),
    places=(
        "居民点，E2SFCA 最低、人多的在前",
        "Localities, the lowest by E2SFCA first, of these most people first",
    ),
    readings=("口径", "Readings"),
    clauses=("条款", "Clauses"),
)
NOTES = texts(
    means=(
        "人均：区域内有坐标的人按人数加权",
        "means: over the people with a position in the area",
    ),
    doubt=(
        "可能偏高：可达机构也服务于人数不明的居民点；可能偏低：附近有供给量、坐标或定点状态不明的机构",
        "may be too high: what is reached also serves localities whose people are not known; may be too low: a provider nearby has a capacity, position or standing that is not known",
    ),
    load=(
        "分享人数：按 E2SFCA 落在该机构的人数（折减后）",
        "people that share it: those that fall on it by E2SFCA, weighted",
    ),
    listed=(
        "另有 {n} 个居民点未列，见 access.geojson",
        "{n} more localities are not listed: see access.geojson",
    ),
)
COLUMNS = texts(
    line=("内容", "content"),
    area=("区域", "area"),
    people=("人数", "people"),
    providers=("机构", "providers"),
    capacity=("供给量", "capacity"),
    none=("可达距离内没有的人", "people with none within reach"),
    none_share=("占比", "share"),
    two_step=("2SFCA", "2SFCA"),
    enhanced=("E2SFCA", "E2SFCA"),
    three_step=("3SFCA", "3SFCA"),
    balanced=("BFCA", "BFCA"),
    tenth=("一成的人不超过", "one tenth at most"),
    half=("一半的人不超过", "half at most"),
    nine=("九成的人不超过", "nine tenths at most"),
    at_most=("可能偏高", "may be too high"),
    at_least=("可能偏低", "may be too low"),
    no_way=("沿路网到不了", "no way leads there"),
    code=("编号", "code"),
    name=("名称", "name"),
    load=("分享人数", "people that share it"),
    ratio=("比率", "ratio"),
    nearest=("最近一家（米）", "nearest (m)"),
    reached=("可达供给量", "capacity within reach"),
    doubt=("说明", "note"),
    question=("问题", "question"),
    chosen=("所选", "chosen"),
    why=("理由", "why"),
    by=("谁定、何时", "by whom and when"),
    clauses=("条款", "clauses"),
    clause=("条款", "clause"),
    document=("文件", "document"),
    place=("位置", "place"),
    text=("原文", "text"),
    standing=("效力", "standing"),
)
#: Words of the map page.
HEAD = texts(
    no_script=(
        "本页地图需要浏览器允许脚本。数值见 access.xlsx。",
        "The map needs scripts to be allowed. The numbers stand in access.xlsx.",
    ),
    empty=(
        "没有区划边界，也没有居民点，所以地图是空的。右侧的表仍可使用。",
        "There are no boundaries and no localities, so the map is empty. The table beside it still holds.",
    ),
)
SHOWN = texts(
    map_label=("地图。方向键移动，加减号缩放。", "Map. Arrow keys move it, plus and minus zoom."),
    skip=("跳到各区县", "Skip to the districts"),
    north=("北", "N"),
    legend=("图例", "Legend"),
    zoom_in=("放大", "Zoom in"),
    zoom_out=("缩小", "Zoom out"),
    whole=("全图", "Whole area"),
    providers=("机构", "providers"),
    none=("可达距离内没有", "none within reach"),
    undefined=("没有得分（无人）", "no score (nobody lives there)"),
    fifth=("{low} 至 {high}", "{low} to {high}"),
    fifths=("E2SFCA，每色约五分之一的人（{per}）", "E2SFCA, a fifth of the people each ({per})"),
    show_providers=("显示机构", "show providers"),
    districts=("各区县", "Districts"),
    area=("区域", "area"),
    people=("人数", "people"),
    enhanced=("E2SFCA 人均", "mean E2SFCA"),
    none_share=("可达距离内没有的人", "with none within reach"),
)
