"""Sentences and labels of a transfer of beds."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

TITLE = Text(
    "{city}{year}年度医保床位调剂建议", "Contracted beds of {city}, {year}: advice on a transfer"
)
BASIS = Text(
    "床位截至{stock}，规则为{rules}有效者；依据：{plan}{standing}。",
    "Beds on {stock}; rules in force on {rules}; text: {plan}{standing}.",
)
ADVICE = Text(
    "仅供决策参考：不改变任何协议和床位，每一笔调剂都须由人决定。",
    "Advice for a human decision: no agreement and no bed changes by it; a person decides every transfer.",
)
GENERAL_POOL = Text("不单独管理的各类", "classes not managed apart")

MEASURES = texts(
    structure=("等级结构缺少的床位", "beds that levels lack to their shares"),
    shortage=("各区县低于目标的床位", "beds that districts lack to their targets"),
    excess=("各区县高于目标的床位", "beds that districts have above their targets"),
    targets=("各区县与目标相差的床位", "beds that districts are off their targets"),
    uneven=(
        "差距最大的区县每10万人相差的床位",
        "beds per 100,000 people off target in the worst district",
    ),
    moved=("调剂的床位", "beds moved"),
    leaving=("调出本区县的床位", "beds that leave their district"),
)
#: Short names, as people write options.
GOALS = texts(
    structure=("等级结构", "structure"),
    shortage=("低于目标", "shortage"),
    excess=("高于目标", "excess"),
    targets=("区县目标", "targets"),
    uneven=("均衡", "uneven"),
    moved=("调剂量", "moved"),
    leaving=("调出本区县", "leaving"),
)
AREAS = texts(
    district=("区县", "district"),
    zone=("医保区域", "zone"),
    whole=("全市", "whole"),
)
ALIKE_NAMES = texts(**{"class": ("同类", "class")}, pool=("合并", "pool"))
FIRST_NAMES = texts(
    use=("使用率低", "use"),
    room=("可调出多", "room"),
    size=("床位多", "size"),
)
TARGET_NAMES = texts(
    auto=("自动", "auto"),
    need=("政策所定", "need"),
    mean=("平均", "mean"),
    none=("不设", "none"),
)

RULES = texts(
    total=("医保床位总数不增不减", "no contracted bed more, none fewer"),
    pools=(
        "床位只在同类之间调剂，单独管理的各自成池",
        "beds move within their class; those managed apart stay apart",
    ),
    pools_together=(
        "单独管理的各类床位各自成池，其余各类可互换",
        "classes managed apart stay apart; all others may replace each other",
    ),
    minimum=("机构不低于最小规模", "institutions keep their minimum size"),
    takers=("只调往已有同级同类床位的区县", "beds go where beds of that level and class are"),
    steady=(
        "床位或人口不明、没有目标的区县总数不变",
        "a district without known beds, people or target keeps its sum",
    ),
    growth=(
        "每一区县、等级、类别的床位增加不超过{share}",
        "beds of a district, level and class grow by at most {share}",
    ),
    hold=("“{measure}”不超过{most}", "{measure}: at most {most}"),
)
TARGETS = texts(
    auto=("自动", "automatic"),
    need=("政策所定的每千人口床位数", "as the policy states"),
    mean=("全市每千人口床位数的平均", "the mean of the whole area"),
    given=("指定的每千人口床位数", "a number of beds per 1,000 that was given"),
    none=("不设", "none"),
)
ALIKE = texts(
    **{"class": ("同一类别", "of one class")},
    pool=("单独管理的各类分开，其余各类合并", "those managed apart by class, all others together"),
)
FIRST = texts(
    use=("床位使用率低的先", "the least used first"),
    room=("可调出多的先", "the most room first"),
    size=("床位多的先", "the largest first"),
)
WHY = texts(
    beds_unknown=("有机构床位不明", "beds of an institution are unknown"),
    people_unknown=("人口不明", "its people are unknown"),
    people_zero=("人口为零", "it has no people"),
    no_benchmark=("没有填写目标值", "no target is stated"),
)
UNKNOWN = texts(
    beds=("医保床位不明", "its contracted beds are unknown"),
    standing=("是否定点不明", "it is not known whether it is designated"),
    region=("所在区县不明", "its district is not known"),
)
SHEETS = texts(
    overview=("总览", "overview"),
    moves=("调剂方案", "moves"),
    cells=("调剂前后", "before and after"),
    districts=("区县", "districts"),
    institutions=("机构", "institutions"),
    left_out=("未计入的机构", "left out"),
    odd=("注意事项", "odd things"),
    sources=("依据", "sources"),
)
TITLES = texts(
    overview=("总览", "Overview"),
    goals=("目标（按先后）", "Goals in their order"),
    held_to=("必须满足的规则", "Rules that hold"),
    clash=("相互冲突的规则", "Rules that clash"),
    levels=("等级结构", "Levels"),
    steps=("少调一些能做到多少", "How far one comes with fewer moves"),
    moves=("由哪里调往哪里", "From where to where"),
    cells=("各区县、等级、类别的床位", "Beds by district, level and class"),
    districts=("各区县床位与目标", "Districts and their targets"),
    institutions=("机构可调出的床位", "What institutions could give"),
    odd=("注意事项", "Odd things"),
    left_out=("未计入的机构及原因", "Institutions left out, and why"),
    readings=("口径", "Readings"),
    clauses=("条文", "Clauses"),
)
COLUMNS = texts(
    item=("项目", "Item"),
    value=("内容", "Value"),
    measure=("目标", "Goal"),
    before=("调剂前", "Before"),
    after=("调剂后", "After"),
    bound=("下界", "Bound"),
    gap=("差距", "Gap"),
    proof=("下界依据", "Bound rests on"),
    clauses=("条款", "Clauses"),
    rule=("规则", "Rule"),
    shelf=("政策库规则", "Rule of the shelf"),
    reached=("其余规则下最少", "Least under the others"),
    scope=("区域", "Area"),
    level=("等级", "Level"),
    share=("应占", "Should be"),
    share_before=("调剂前占", "Share before"),
    share_after=("调剂后占", "Share after"),
    lacks_before=("调剂前缺", "Lacks before"),
    lacks_after=("调剂后缺", "Lacks after"),
    most=("至多调剂", "Beds moved at most"),
    proved=("已证明", "Proved"),
    start_district=("调出区县", "From district"),
    start_level=("调出等级", "From level"),
    end_district=("调入区县", "To district"),
    end_level=("调入等级", "To level"),
    pool=("床位类别", "Bed class"),
    beds=("床位", "Beds"),
    change=("增减", "Change"),
    district=("区县", "District"),
    people=("人口", "People"),
    per_1000=("目标每千人口", "Target per 1,000"),
    target=("目标床位", "Target beds"),
    per_before=("调剂前每千人口", "Per 1,000 before"),
    per_after=("调剂后每千人口", "Per 1,000 after"),
    off=("调剂后与目标相差", "Off target after"),
    why=("没有目标的原因", "Why it has no target"),
    code=("医保机构代码", "Code"),
    name=("机构名称", "Name"),
    least=("最小规模", "Minimum"),
    room=("可调出", "Could give"),
    use=("床位使用率", "Bed use"),
    gives=("建议调出", "Would give"),
    gives_what=("其中", "Of which"),
    may_take=("可考虑调入的类别", "Might take"),
    what=("说明", "What"),
    question=("问题", "Question"),
    chosen=("选定", "Chosen"),
    chosen_why=("理由", "Why"),
    chosen_by=("由谁、何时", "By, when"),
    clause=("条款", "Clause"),
    document=("文件", "Document"),
    place=("位置", "Place"),
    text=("原文", "Text"),
    standing=("性质", "Standing"),
)
ITEMS = texts(
    status=("结果", "Result"),
    ending=("结束方式", "How it ended"),
    total=("参与计算的医保床位", "Contracted beds counted"),
    moved=("调剂床位", "Beds moved"),
    leaving=("其中调出本区县", "Of these, leaving their district"),
    target=("区县目标", "Targets of districts"),
    order=("目标先后", "Order of goals"),
    alike=("可互相调剂的床位", "Beds that may replace each other"),
    minimum=("机构最小规模", "Minimum sizes"),
    growth=("增幅上限", "Most growth"),
    first=("调出先后", "Who gives first"),
    nodes=("每个目标的节点上限", "Most nodes for each goal"),
    seconds=("至多秒数（时钟）", "Most seconds (a clock)"),
    effort=("实际用量", "Spent"),
    census=("台账指纹", "Fingerprint of the ledger"),
    policy=("政策库指纹", "Fingerprint of the shelf"),
    result=("结果指纹", "Fingerprint of the result"),
    engine=("程序版本", "Release"),
)
NOTES = texts(
    none=("无", "none"),
    no_limit=("不限", "no limit"),
    yes=("是", "yes"),
    no=("否", "no"),
    unproved=("没有证明不能更好", "not proved that none is better"),
    effort=("节点{nodes}，单纯形{steps}步", "{nodes} nodes, {steps} steps of the simplex method"),
    minimums=("最小规模不是规划所定：取自口径 minimum_size_*（医疗机构基本标准，待核），可在政策库改口径，或用 --minimum 写明", "No plan states the minimum sizes: they are the readings minimum_size_* (the basic standards of institutions, to be checked); choose otherwise on the shelf, or give --minimum"),
    growth=("增幅上限不是规划所定，用 --growth 改", "No plan states the most growth: change it with --growth"),
    bound=("下界：在先列目标已定的前提下，任何方案都不能再少", "Bound: given the goals before it no transfer comes to less"),
    target_beds=("目标床位按每千人口取整到床（四舍五入；取平均的按最大余数法分配）", "Target beds are whole: halves rounded up; a mean is shared out by largest remainders"),
    turn=("按“调出先后”排列；排在前面的先调，调到最小规模为止，只是一种分法", "In the order of giving: the first give down to their minimum; this is one division of several"),
    moves=("先在本区县内、再在同一医保区域内调剂", "Beds stay in their district as far as they can, then in their zone"),
    smallest=("已证明没有更少的规则相互冲突", "Proved: no fewer rules clash"),
    not_smallest=("计算量上限之内没有证明这是最少的一组", "The limits ended the search before this was proved the smallest set"),
    clash=("这几条不能同时满足，放宽其中任何一条即可（不必放宽别的）", "These cannot all be kept; giving way in any one of them resolves this clash"),
    frozen_over=("现有医保床位{stock}，已高于冻结基期的{base}；调剂不增不减，不能消除这一超出", "Contracted beds: {stock}, above the {base} that the freeze allows; a transfer neither adds nor removes any and does not cure that"),
    frozen_kept=("现有医保床位{stock}，不高于冻结基期的{base}；调剂后总数不变", "Contracted beds: {stock}, within the {base} that the freeze allows; the total stays"),
    frozen_unknown=("冻结基期或现有床位无法计算，未能核对", "The base of the freeze or the present stock cannot be computed, so it was not checked"),
    no_freeze=("所选政策没有正在生效的床位冻结；总数不变是调剂本身的前提", "No freeze is in force: that the total stays is what a transfer means"),
    principle=("“{rule}”（{clauses}）原文写“原则上”：有权的人可以另作例外决定，记录在案", "{rule} ({clauses}) holds in principle: an authorised person may decide otherwise, on record"),
    chairs=("口腔牙椅{n}台不是床位，不参与调剂", "Dental chairs are no beds and take no part: {n}"),
    unused=("{levels}机构没有写明最小规模，不参与调剂（计入区县床位）", "Levels without a minimum size, whose institutions take no part but count: {levels}"),
    goal_left_out=("“{measure}”在此没有意义，未列为目标：{why}", "No goal here ({why}): {measure}"),
    structure_unknown=("有机构的床位不明，等级结构无从计算", "beds of institutions are unknown, so the structure cannot be computed"),
    no_structure=("没有正在生效的等级结构规则", "no rule on structure is in force"),
    no_targets=("没有区县目标", "districts have no targets"),
    steady=("{district}：{why}，总数保持不变", "{district}: {why}; its sum stays"),
    left_out=("{n}家机构床位或状态不明，既不调出也不按零计，见“未计入的机构”", "Beds or standing unknown, so neither taken from nor counted as zero (sheet “left out”); institutions: {n}"),
    not_asked=("未说明", "not stated"),
    unknown_level=("等级不明", "level unknown"),
    nothing_moves=("没有可调剂的：在各条规则之内，现状已是最好", "Nothing moves: under these rules it is best as it stands"),
    none_can=("没有可调剂的：没有机构高于最小规模，或其等级不参与调剂；现状未必最好", "Nothing can move: no institution stands above its minimum size, or its level takes no part; as it stands need not be best"),
    nothing_known=("无法判断：没有一家机构的床位是已知的", "Not known: the beds of no institution are known"),
    nothing_sought=("无法判断：等级结构和区县目标都没有规定或无从计算，没有可比较的目标", "Not known: neither shares of levels nor targets of districts are stated or computable, so there is nothing to hold the beds against"),
    nothing_asked=("没有列出要改进的目标，不必调剂", "No goal was asked for that a transfer could serve: nothing moves"),
    known_only=("；只就床位已知的机构而言，另有{n}家未计入", "; this holds for known beds only, institutions left out: {n}"),
    nothing_found=("限制之内没有求得调剂：现状未必最好", "No transfer was found within the limits: as it stands need not be best"),
    more=("另有{n}笔，见 transfer.xlsx", "more in transfer.xlsx: {n}"),
    should_be=("（应占{share}）", " (should be {share})"),
    levels=("等级结构（调剂前 → 调剂后）", "Levels (before → after)"),
    districts=("各区县床位（调剂前 → 调剂后，目标）", "Districts (before → after, target)"),
    moves_head=("主要调剂（床位多的在前）", "Largest moves"),
    clash_head=("相互冲突的规则", "Rules that clash"),
    least_reached=("其余规则下最少为{n}", "the least under the others is {n}"),
    steps_head=("少调一些能做到多少", "With fewer moves"),
    step=("至多调{most}张", "at most {most} moved"),
    odd=("注意", "Odd things"),
)  # fmt: skip
