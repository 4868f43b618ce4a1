"""Labels: states, standings, marks, roles of numbers, and names of numbers that rules make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.findings import State


def _labels(**labels: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({code: Text(zh, en) for code, (zh, en) in labels.items()})


#: What a finding says, in a word.
STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.KEPT: Text("符合", "kept"),
        State.BROKEN: Text("不符合", "broken"),
        State.NOTED: Text("记载", "noted"),
        State.NOT_IN_FORCE: Text("未生效", "not in force"),
        State.UNCLEAR: Text("口径未定", "unclear"),
        State.UNDEFINED: Text("无法计算", "undefined"),
        State.NOT_IMPLEMENTED: Text("后续步骤", "later step"),
    }
)

#: Red lines and release conditions are said to act or be met, not to be broken.
STATES_OF_FAMILY: Mapping[str, Mapping[State, Text]] = MappingProxyType(
    {
        "red_line": {
            State.KEPT: Text("未触发", "not triggered"),
            State.BROKEN: Text("触发", "triggered"),
        },
        "benchmark": {
            State.KEPT: Text("不高于", "not over"),
            State.BROKEN: Text("高于", "over"),
        },
        "coverage": {
            State.KEPT: Text("没有缺口", "no gap"),
            State.BROKEN: Text("有缺口", "gap"),
        },
        "release_quota": {
            State.KEPT: Text("不高于", "not over"),
            State.BROKEN: Text("高于", "over"),
        },
        "structure": {State.NOTED: Text("显示差距", "gap shown")},
        "report": {
            State.KEPT: Text("已列示", "shown"),
            State.UNDEFINED: Text("部分无法计算", "partly undefined"),
        },
        "duty": {State.NOT_IMPLEMENTED: Text("职责，后续步骤", "duty, later step")},
    }
)

#: Standing of a document.
STANDINGS = _labels(
    issued=("正式印发", "issued"),
    draft=("征求意见稿", "draft for comments"),
    official_reading=("政策解读", "official reading"),
)

RANKS = _labels(
    law=("法律", "law"),
    regulation=("行政法规", "regulation"),
    ministry_rule=("部门规章", "ministry rule"),
    national_notice=("国家文件", "national notice"),
    provincial=("省级文件", "provincial"),
    municipal=("市级文件", "municipal"),
)

#: How sure the ground of a benchmark is.
CERTAINTIES = _labels(
    verified=("已核", "verified"),
    memory=("凭记忆，待核", "from memory"),
    inferred=("推算", "inferred"),
    plan=("规划所称，来源不明", "as printed in the plan, source unknown"),
)

#: What a reading moves that is neither rule nor measure.
MOVED = _labels(
    plan=("整个规划", "the plan as a whole"),
    admission=("定点准入", "admission"),
    validity=("规划有效期", "the validity of the plan"),
    procedure=("规划制定程序", "the way of a plan to its issue"),
)

#: What is still to be checked of a clause.
CLAUSE_MARKS = _labels(
    number_open=("条号待核", "place in the text to be checked"),
    memory=("凭记忆，待核对原文", "from memory, to be checked against the text"),
)

#: Marks that every output carries.
MARKS = _labels(
    simulation=("测算", "Simulation"),
    as_if=("假设测算", "What-if"),
    invented=("示例数据", "Invented data"),
    overlaid=("假设数据", "Assumed data"),
)
MARK_REASONS = _labels(
    simulation=(
        "{text}结果只供测算，不得作为办理依据。",
        "{text}a simulation that can ground no decision.",
    ),
    as_if=(
        "以{place}的政策假设测算{city}，不是{city}的规划。",
        "A what-if: the policy of {place} applied to {city}; it is no plan of {city}.",
    ),
    invented=(
        "机构均为虚构，仅用于演示。",
        "The institutions are made up, for demonstration only.",
    ),
    overlaid=(
        "台账中有假设的数，只看其影响，不得作为规划发布。",
        "Some numbers of the ledger are assumed, to see their effect: never to be issued.",
    ),
)

#: What stands before the reason of 测算 where the plan's text is not issued.
NOT_ISSUED = Text(
    "所依据的规划文本为{standing}，尚未正式印发，",
    "the text of the plan is not issued ({standing}); ",
)

FAMILIES = _labels(
    assessment=("考核", "assessment"),
    benchmark=("对标", "benchmark"),
    bottom_rank=("末位步骤", "bottom by rank"),
    checklist=("条件清单", "checklist"),
    clock=("时限", "time limit"),
    coverage=("服务圈", "coverage"),
    duty=("职责", "duty"),
    eligibility=("申请资格", "eligibility"),
    evaluation=("评估", "evaluation"),
    exemption=("不受限", "exemption"),
    freeze=("总量冻结", "freeze"),
    grade_moves=("药店升降级", "service grades"),
    minimum=("最低配置", "minimum presence"),
    panel=("评估小组", "evaluation panel"),
    person_points=("人员记分", "points of persons"),
    survey=("满意度调查", "satisfaction survey"),
    pool=("单独管理", "managed apart"),
    priority=("优先", "priority"),
    ranking=("排序", "ranking"),
    red_line=("红线", "red line"),
    release_quota=("按释放量配置", "share of releases"),
    report=("列示", "report"),
    resources=("配置资源", "resources"),
    scope=("计算范围", "areas"),
    score_sheet=("评分表", "score sheet"),
    service_gate=("服务开通条件", "services closed by stage"),
    spacing=("间距", "spacing"),
    stock_cap=("存量上限", "stock cap"),
    structure=("结构", "structure"),
    yearly_places=("年度新增数量", "yearly places"),
)

#: Roles of numbers in findings and formulas; ``share:<part>`` splits at the colon.
ROLES = _labels(
    asked=("申报", "asked for"),
    base=("基期", "base"),
    bed_use=("床位利用率", "bed use"),
    benchmark=("对标值", "benchmark"),
    cap=("上限", "cap"),
    covered=("圈内有定点的人口", "people covered"),
    close=("圈内另有同类", "with their like within the distance"),
    designated=("定点", "designated"),
    decisions=("记录在案的决定", "decisions on record"),
    demand=("按需求", "by demand"),
    district=("本区", "district"),
    excess=("超出", "excess"),
    gap=("差距", "gap"),
    insufficient=("相对不足", "insufficient"),
    all=("各基金合计", "all funds"),
    letters=("预警函", "letters"),
    h=("千人住院率", "admissions per 1,000"),
    l=("平均住院日", "mean stay"),
    limit=("新增数量", "limit"),
    localities=("居民点", "localities"),
    measure=("实际", "measured"),
    met=("高于时的比例", "share if over"),
    minimum=("最低数", "minimum"),
    missing=("缺口", "missing"),
    mix=("现状", "present"),
    n=("人数", "persons"),
    otherwise=("不高于时的比例", "share otherwise"),
    own=("本区", "own"),
    people=("人口", "people"),
    pause=("暂停期间新增数量", "places during the pause"),
    places=("新增数量", "places"),
    released=("释放量", "released"),
    remainder=("舍入余数", "remainder"),
    required=("要求", "required"),
    room=("余量", "room"),
    saturated=("饱和", "saturated"),
    share=("比例", "share"),
    shortage=("缺少家数", "shortage"),
    stock=("现有", "stock"),
    sufficient=("充足", "sufficient"),
    target=("目标", "target"),
    total=("合计", "total"),
    undesignated=("非定点", "not designated"),
    units=("单元数", "units"),
    units_short=("不足单元", "units short"),
    unserved=("服务盲区", "unserved"),
    w=("权重", "weight"),
    whole=("全域", "whole area"),
    x=("基数", "base"),
    y=("资源", "resource"),
    zero=("零", "zero"),
    zone=("医保区域", "zone"),
)

#: Numbers that rules and quotas make: the first part of the measure -> the name, in which
#: ``{of}`` is the rule, resource or reading that the rest of the measure names.
MADE = _labels(
    apart_released=("{of}：单独管理的床位释放量", "{of}: released by beds managed apart"),
    as_located=("{of}：换算前", "{of}: before rescaling"),
    asked=("{of}：{year}年申报数量", "{of}: asked for {year}"),
    base=("{of}：基期数量", "{of}: stock at the base"),
    benchmark=("对标值：{of}", "benchmark: {of}"),
    cap=("{of}：上限", "{of}: cap"),
    close=("{of}：圈内另有同类的家数", "{of}: with their like within the distance"),
    decisions=("{of}：记录在案的决定", "{of}: decisions on record"),
    demand_places=("{of}：按需求分配的新增数量", "{of}: places by demand"),
    demand=("{of}", "{of}"),
    excess=("{of}：超出", "{of}: excess"),
    history=("{of}", "{of}"),
    kept_free=("{of}：为单独管理的床位留出", "{of}: kept free for beds managed apart"),
    limit=("{of}：新增上限", "{of}: limit on new ones"),
    missing=("{of}：各级合计缺少家数", "{of}: institutions missing at all levels together"),
    people_without=("辖区内没有{of}的乡镇、村的人口", "people of regions without any: {of}"),
    places=("{of}：新增数量", "{of}: places"),
    quota=("{of}：{year}年新增数量", "{of}: new places of {year}"),
    quota_limit=("{of}：全域上限", "{of}: limit of the whole area"),
    quota_own=("{of}：本区上限", "{of}: the district's own limit"),
    reading=("口径取值：{of}", "number of the reading: {of}"),
    red_line_limit=("{of}：红线上限", "{of}: limit of the red line"),
    released=("{of}：{stock_year}年释放量", "{of}: released in {stock_year}"),
    released_pool=(
        "{of}：按全市统筹分得的{stock_year}年释放量",
        "{of}: share of the city's releases in {stock_year}",
    ),
    remainder=("{of}：舍入余数", "{of}: remainder of rounding"),
    room=("{of}：余量", "{of}: room"),
    room_general=("{of}：余量（扣除单独管理部分）", "{of}: room, less the beds managed apart"),
    rule=("条文数值：{of}", "number of the clause: {of}"),
    shortage=("{of}：缺少家数", "{of}: institutions missing"),
    shortage_places=("{of}：补缺新增数量", "{of}: places for shortages"),
    stated=("{of}", "{of}"),
    structure_gap=("{of}：与目标差距", "{of}: gap to the target"),
    structure_share=("{of}：占比", "{of}: share"),
    structure_total=("{of}：合计", "{of}: total"),
    units=("{of}：单元数", "{of}: units"),
    units_short=("{of}：不足的单元", "{of}: units short"),
    zero=("零", "the number zero"),
)  # fmt: skip

TESTS = _labels(
    **{
        "is": ("{column}为{words}", "{column} is {words}"),
        "is_not": ("{column}不是{words}", "{column} is not {words}"),
        "within": ("{column}在{words}范围内", "{column} lies in {words}"),
        "yes": ("{column}为“是”", "{column} is yes"),
        "open": ("{words}当日已开通{column}", "{column} is open on {words}"),
        "any_open": ("{day}当日至少开通一项：{words}", "any of {words} is open on {day}"),
        "held": ("{words}当日在定点期内", "designated on {words}"),
        "designated": (
            "{day}当日为定点（计入的状态：{words}；台账在其后，按定点和状态的起止日期推定）",
            "designated on {day} (standings that count: {words}; told by the dates of designation "
            "and standing, as the ledger was taken later)",
        ),
        "existed": (
            "{words}当日存在（台账在其后，按开业、状态和定点的日期推定）",
            "existed on {words} (told by its dates, as the ledger was taken later)",
        ),
        "undesignated": (
            "{words}当日存在而非定点（台账在其后，按开业、状态和定点的日期推定）",
            "existed on {words} without a designation (told by its dates, as the ledger was taken "
            "later)",
        ),
        "stands": ("{words}当日有效（{column}）", "standing on {words} ({column})"),
        "known": ("已填{column}", "{column} is known"),
        "near": (
            "{metres}米内（{rim}）{day}的{column}不少于{n}家（状态：{words}）",
            "at least {n} {column} of {day} within {metres} m ({rim}; standing: {words})",
        ),
        "fewer": (
            "{metres}米内（{rim}）{day}的{column}少于{n}家（状态：{words}）",
            "fewer than {n} {column} of {day} within {metres} m ({rim}; standing: {words})",
        ),
    }
)

#: Kinds of institutions that a service circle counts, and whether its rim is inside.
SERVING = _labels(
    medical=("定点医疗机构", "designated medical institutions"),
    pharmacy=("定点零售药店", "designated pharmacies"),
    any=("定点医药机构", "designated institutions"),
    serving=("{kind}（开通{service}）", "{kind} with {service} open"),
    by_density=("{n}（{density}）", "{n} ({density})"),
    never=("无上限的数", "any number"),
)
RIMS = _labels(
    at_most=("含边界", "rim inside"),
    less_than=("不含边界", "rim outside"),
    at_most_walking=("含边界，沿路网步行", "rim inside, on foot along streets"),
    less_than_walking=("不含边界，沿路网步行", "rim outside, on foot along streets"),
    at_most_driving=("含边界，沿路网驾车", "rim inside, by car along streets"),
    less_than_driving=("不含边界，沿路网驾车", "rim outside, by car along streets"),
)

#: Stands where a county submitted nothing.
NOT_SUBMITTED = Text("未申报", "not submitted")

#: Reading -> the words in names of measures that leave a choice to it.
LEFT_TO_READINGS = _labels(
    bed_basis=("口径所定床位", "basis by the reading"),
    bed_population=("口径所定人口", "population by the reading"),
    elderly_age=("按口径所定年龄", "of the age that the reading sets"),
)

#: What is left of a resource where some of its classes are managed apart.
GENERAL_POOLS = _labels(
    contracted_beds=(
        "医保床位（单独管理类别除外）",
        "contracted beds (without classes managed apart)",
    ),
)

#: Benchmarks that a bureau states in its own ledger.
OWN_BENCHMARKS = _labels(
    health_plan_beds=("区域卫生规划千人床位数", "beds per 1,000 of the regional health plan"),
    insurer_needed_beds=("医保需要的千人床位数", "beds per 1,000 that the insurance needs"),
    national_beds_plan=("国家规划千人床位数", "beds per 1,000 of the national plan"),
    provincial_beds_plan=("省规划千人床位数", "beds per 1,000 of the provincial plan"),
    required_bed_use=("要求的床位利用率", "required bed use"),
    required_reserve_months=("要求的基金可支撑月数", "required reserve months"),
    designated_total=("定点数量：{of}", "designated number: {of}"),
)
