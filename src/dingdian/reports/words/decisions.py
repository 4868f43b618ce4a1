"""Words of the tables, the page and the papers of a decided round."""

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

TITLE = Text(
    "{city}医保定点申请决定（{round}）",
    "{city}: decisions on applications for designation ({round})",
)
TITLE_PLAIN = Text(
    "{city}医保定点申请决定（{year}年）",
    "{city}: decisions on applications for designation, {year}",
)
BASIS = Text(
    "决定之日：{day}；数量依据{year}年度规划，存量截至{stock}；规则：{plan}{standing}。",
    "Decided on {day}; places of the plan of {year}, stock on {stock}; text: {plan}{standing}.",
)

#: Sheets of the workbook and sections of the page, in their order.
SHEETS = texts(
    summary=("汇总", "Summary"),
    ranking=("名单", "List"),
    cases=("逐件", "Cases"),
    conditions=("逐项条件", "Conditions"),
    near=("近旁机构", "Nearby"),
    advice=("工作参考", "Advice for staff"),
    places=("数量台账", "Places"),
    exceptions=("例外决定", "Exceptions"),
    faults=("材料问题", "Data faults"),
    readings=("口径", "Readings"),
    sources=("依据", "Sources"),
    prints=("指纹", "Fingerprints"),
)
TITLES = texts(
    summary=("各区县申请结果", "Outcomes by district"),
    ranking_medical=("医疗机构：按排序", "Medical institutions, in the order of their ranking"),
    ranking_pharmacy=("零售药店：按排序", "Retail pharmacies, in the order of their ranking"),
    conditions=("每件申请的每一项条件", "Every condition of every applicant"),
    near=("间距所涉的近旁机构", "Institutions nearby that spacing looks at"),
    advice=(
        "最近的改变：供工作人员参考，不具约束力，不写入告知书",
        "The nearest change: advice for staff, binding nobody, never part of a letter",
    ),
    places=("各项数量：本批之前、本批占用、剩余", "Places before, taken in this round, and left"),
    exceptions=("例外决定", "Recorded exceptions"),
    faults=("申请数据的问题", "Faults in the rows of applications"),
    readings=("所依口径", "Readings that conditions rest on"),
    clauses=("所引条文", "Clauses that are cited"),
)
COLUMNS = texts(
    rank=("排序", "Rank"),
    application=("申请编号", "Application"),
    name=("名称", "Name"),
    kind=("机构类别", "Kind"),
    district=("区县", "District"),
    services=("服务类型", "Services"),
    beds=("床位", "Beds"),
    merit=("得分", "Score"),
    applied_on=("申请日期", "Applied on"),
    priority=("同分优先", "Priority at equal score"),
    lottery=("抽签值", "Lottery value"),
    outcome=("结果", "Outcome"),
    grounds=("原因", "Grounds"),
    takes=("占用", "Takes"),
    total=("合计", "Total"),
    stage=("环节", "Stage"),
    rule=("规则", "Rule"),
    item=("条件", "Condition"),
    met=("判断", "Verdict"),
    value=("实际", "Value"),
    threshold=("要求", "Threshold"),
    shortfall=("差额", "Shortfall"),
    clauses=("条文", "Clauses"),
    why=("说明", "Why"),
    sources=("数据来源", "Source"),
    readings=("口径", "Readings"),
    principle=("原则上", "In principle"),
    change=("最近的改变", "Nearest change"),
    near=("近旁机构", "Nearby"),
    code=("编号", "Code"),
    distance=("距离（米）", "Distance (m)"),
    error=("误差（米）", "Error (m)"),
    effect=("作用", "Effect"),
    applicant=("本批申请", "Of this round"),
    surveys=("实测记录", "Surveys"),
    resource=("资源", "Resource"),
    scope=("地区", "Area"),
    quota=("{year}年新增数量", "New places of {year}"),
    before=("本批之前已用", "Used before"),
    taken=("本批占用", "Taken now"),
    left=("剩余", "Left"),
    binding=("起约束作用的规则", "Binding rule"),
    figure=("规划中的编号", "Key in the plan"),
    decided_on=("决定日期", "Decided on"),
    by=("决定人", "By"),
    reason=("理由", "Reason"),
    evidence=("依据", "Evidence"),
    minute=("会议纪要", "Minute"),
    places_effect=("对数量的影响", "Effect on places"),
    in_effect=("效力", "Effect"),
    where=("位置", "Where"),
    what=("问题", "What"),
    cure=("怎么改", "How to mend"),
    question=("问题", "Question"),
    chosen=("选定", "Chosen"),
    chosen_why=("理由", "Why"),
    chosen_by=("由谁、何时", "By, when"),
    clause=("条文", "Clause"),
    document=("文件", "Document"),
    place=("位置", "Place"),
    text=("原文", "Text"),
    standing=("性质", "Standing"),
)
NOTES = texts(
    unnumbered=("无数字", "no number"),
    yes=("是", "yes"),
    in_effect=("有效", "in effect"),
    elsewhere=("未落到区县", "no district"),
    all_places=("全域", "All"),
    excepted=("{after}（例外决定；按规则：{before}）", "{after} (exception; by rule: {before})"),
    beds=("{bed}{n}张", "{bed} {n}"),
    beds_open=("{bed}（数量不明）", "{bed} (number unknown)"),
    take=("{resource}{n}", "{resource} {n}"),
    quota=(
        "等候：数量或床位已满、暂停新增，或须待排序在先的申请定案；数量已满不是不予受理的理由。",
        "Waiting: places or beds are used up, new designations are paused, or a case ahead is "
        "open. A full quota is never a ground for refusing to accept an application.",
    ),
    ranking=(
        "排序只在相互冲突的申请之间起作用；没有排序的，在评估之前已有结果。",
        "Ranking decides only among applicants who conflict; one without a rank had its outcome "
        "before evaluation.",
    ),
    quotas=(
        "“无数字”：条文没有给出数量，只受前置条件约束。",
        '"No number": the text gives none; only preconditions limit.',
    ),
)
PAGE = texts(
    skip=("跳到名单", "Skip to the list"),
    contents=("目录", "Contents"),
    cases_lead=(
        "逐项列出符合与不符合的条件；标有“供工作人员参考”的内容不写入告知书。",
        'Every condition, passed and failed. What is marked "advice for staff" is in no letter.',
    ),
    advice=(
        "供工作人员参考，不具约束力，不写入告知书",
        "Advice for staff: not binding, in no letter",
    ),
    dated=("截至{day}", "as of {day}"),
    standing=("排序第{rank}，得分{merit}", "rank {rank}, score {merit}"),
    exceptions=("例外决定", "Recorded exceptions"),
    near=("近旁：", "Nearby: "),
    takes=("占用：", "Takes: "),
    faults=("申请数据的问题", "Faults in its rows"),
    case_day=("适用{day}的规则", "rules of {day}"),
    census=("台账", "Census"),
    stock=("决定之日的台账", "Census of the day of decision"),
    shelf=("政策库", "Policy shelf"),
    round=("申请", "Applications"),
    plan=("规划", "Plan"),
    result=("结果", "Result"),
    engine=("程序版本", "Release"),
    prints_lead=(
        "用 dingdian replay 加本文件夹，可用当时的台账、政策和申请复算。",
        "dingdian replay with this folder decides it again from what was known then.",
    ),
    to_top=("回到页首", "Back to top"),
)

#: What each file of a bundle of evidence is.
BUNDLE = texts(
    decision=("结果和逐项条件", "the decision with every condition"),
    rows=("所用的申请和台账各行", "the rows of round and ledger that were used"),
    clauses=("所引条文", "the clauses that are cited, in full"),
    documents=("条文所在的文件及其性质", "their documents with their standing"),
    readings=("所依口径", "the readings that it rests on"),
    figures=("所用规划数字的推导", "how the figures of the plan that were used came about"),
    site=("位置和近旁机构（CGCS2000）", "the site and who stands near (CGCS2000)"),
    fingerprints=("台账、政策库、申请、规划、结果的指纹", "fingerprints of what it was made from"),
    letter=("决定书或告知书", "the letter"),
)
