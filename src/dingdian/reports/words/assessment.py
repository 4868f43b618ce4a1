"""Sentences and labels of an assessment."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

#: Code -> why something of an assessment stands as it does.
SENTENCES = texts(
    # scores
    item_may_apply=("台账没有写明是否适用（服务、类别或等级）", "the census does not say whether it applies (service, kind or level)"),
    not_scored=("没有得分", "not scored"),
    points_unknown=("得分不明", "the points are not known"),
    answers_unknown=("没有写有效份数（至少要{at_least}份）", "the number of answers is not stated (at least {at_least} are needed)"),
    answers_too_few=("有效份数{answers}，不足{at_least}份", "{answers} answers, fewer than {at_least}"),
    no_item_applies=("评分表没有适用的项目", "no item of the sheet applies"),
    scores_missing=("缺{n}项得分：{items}", "{n} items without points: {items}"),
    one_vote_unknown=("没有“一票否决”表，不知道有没有查过", "there is no table of one-vote findings: nobody knows whether any were looked for"),
    no_sheet=("没有可用的评分表", "no score sheet is in use"),
    side_unknown=("台账没有写机构类别", "the census does not state its kind"),
    # the bottom
    below_floor=("低于{floor}分，不论名次", "below {floor} points, whatever the rank"),
    above_ceiling=("达到{ceiling}分，不因名次列入", "{ceiling} points or more: no rank counts"),
    in_bottom=("本组{size}家取末{places}家，比它低的{lower}家", "the last {places} of {size}; lower scores: {lower}"),
    not_in_bottom=("本组{size}家取末{places}家，比它低的{lower}家", "the last {places} of {size}; lower scores: {lower}"),
    place_unknown=("有的得分不明，名次未定（本组{size}家取末{places}家，已知比它低的{lower}家）", "some scores are not known, so the rank is open (the last {places} of {size}; lower scores that are known: {lower})"),
    score_unknown=("得分不明，名次未定", "without a score the rank is open"),
    all_in_bottom=("本组{size}家都在末{places}家之内", "all {size} of the group are within the last {places}"),
    no_places=("本组{size}家，按比例不足一家", "{size} in the group: the share is less than one"),
    not_below_floor=("不低于分数线", "not below the score"),
    group_small=("本组{size}家，不足{minimum}家，不产生末位", "{size} in the group, fewer than {minimum}: it has no last"),
    tied_across=("与另外的机构同分（共{tied}家）跨越末位界线，都不列入", "{tied} equal scores lie across the limit: none is in"),
    left_in_year=("年内已不在协议内，不排名", "its agreement ended within the year: not ranked"),
    on_trial=("试运行或政策辅导期，不排名", "on trial or in guidance: not ranked"),
    agreement_unknown=("台账不能断定年末有没有协议，名次未定", "the census cannot tell whether it had an agreement at the year's end: the rank is open"),
    group_unknown=("台账缺少分组所需的等级、类别或类型，名次未定", "the census lacks what its group rests on: the rank is open"),
    reading_without_number=("口径没有写数：{reading}", "the reading has no number: {reading}"),
    # steps
    years_missing=("连续第{years}年在末位，第{from_year}年起才提出", "year {years} in a row at the bottom; proposed from year {from_year} on"),
    clause_missing=("协议没有写明可以只凭名次采取这一步", "no clause of the agreement allows this step for a rank alone"),
    appeal_open=("复核尚未决定", "an appeal is not decided"),
    hearing_missing=("没有听取陈述申辩", "no hearing was held"),
    # service grades
    grade_unknown=("台账没有写药店分级", "the census does not state its service grade"),
    grade_is_top=("已是最高一级", "it has the highest grade"),
    grade_is_lowest=("已是最低一级", "it has the lowest grade"),
    grade_not_next=("每次只升一级，下一级是{grade}", "one grade at a time: the next is {grade}"),
    grade_up=("连续{years}年无违规且不低于{points}分", "{years} clean years in a row with {points} points or more"),
    grade_down=("得分{total}，低于{points}分", "{total} points, below {points}"),
    year_not_clean=("{year}年有违规", "{year} was not clean"),
    year_below=("{year}年低于{points}分", "fewer than {points} points in {year}"),
    year_unknown=("{year}年的考核结果或有无违规不明", "the result of {year}, or whether it was clean, is not known"),
    # persons
    paused=("暂停中", "paused"),
    pause_without_months=("暂停决定没有写月数", "the decision does not say for how many months"),
    pause_due=("年度累计满{at}分，须决定暂停{least}至{most}个月", "{at} points in the year: a pause of {least} to {most} months is to be decided"),
    person_points_unknown=("有一次记分没有写分数或日期", "an entry lacks its points or its day"),
    watched=("年度累计满{at}分，约谈并重点监控", "{at} points in the year: a talk and a closer look"),
    ended_by_sum=("{on}累计满分终止", "ended by the sum on {on}"),
    end_over=("终止期已过，自{on}起可重新登记", "the end is over: may register again from {on}"),
    ended_at_once=("{on}一次记满分终止", "ended by one act on {on}"),
)  # fmt: skip

BOTTOMS = texts(
    **{"in": ("列入末位", "in the bottom")},
    out=("不列入", "not in"),
    held=("未定", "held"),
    unclear=("口径未定", "unclear"),
    not_ranked=("不排名", "not ranked"),
)
STEP_STATES = texts(
    confirmed=("已由人确认", "confirmed by a person"),
    proposed=("可由人确认", "may be confirmed by a person"),
    lacking=("条件不齐", "something is missing"),
    later=("以后年度", "in later years"),
)
MOVES = texts(
    renew=("续签", "renew"),
    do_not_renew=("不续签", "do not renew"),
    interview=("约谈", "interview"),
    order_rectification=("责令整改", "order rectification"),
    close_service=("暂停部分服务", "close a service"),
    suspend_imposed=("中止协议", "suspend"),
    upgrade_grade=("升级", "upgrade"),
    downgrade_grade=("降级", "downgrade"),
)
RENEWALS = texts(
    renew=("可以续签", "may be renewed"),
    do_not_renew=("建议不续签", "proposed not to be renewed"),
    undecided=("待定", "undecided"),
)
BASES = texts(
    grade=("考核等次", "grade"),
    trial=("试运行考核", "trial"),
    ladder=("末位", "bottom by rank"),
    service=("服务类型得分", "score of a service"),
    service_grade=("药店分级", "service grade"),
)
AGREEMENTS = texts(
    held=("年末有效", "held at the year's end"),
    left=("年内退出", "left in the year"),
    none=("没有", "none"),
    unknown=("不明", "not known"),
)
PARTS = texts(daily=("日常", "daily"), year_end=("年终", "year's end"))
GRADE_STATES = texts(
    up=("建议升级", "up"),
    down=("建议降级", "down"),
    stays=("不变", "stays"),
    undefined=("不明", "undefined"),
)
PERSON_STATES = texts(
    normal=("正常", "normal"),
    watched=("重点监控", "watched"),
    pause_due=("须决定暂停", "a pause is due"),
    paused=("暂停", "paused"),
    ended=("终止", "ended"),
    undefined=("不明", "undefined"),
)
ATTRIBUTES = texts(
    level=("等级", "level"),
    kind=("机构类别", "kind"),
    type=("类型", "type"),
    ownership=("办医性质", "ownership"),
    pharmacy_class=("药店类别", "pharmacy class"),
    pharmacy_grade=("药店分级", "pharmacy grade"),
)
TITLE = Text(
    "{city}医保定点医药机构{year}年度考核", "{city}: assessment of designated institutions, {year}"
)
BASIS = Text(
    "考核之日：{day}；台账截至{stock}；规则：{plan}{standing}。",
    "Assessed on {day}; census of {stock}; text: {plan}{standing}.",
)
SHEETS = texts(
    summary=("汇总", "Summary"),
    bottom=("末位", "Bottom"),
    moves=("后续建议", "What follows"),
    releases=("释放测算", "Releases"),
    grades=("药店升降级", "Service grades"),
    persons=("人员记分", "Persons"),
    institutions=("逐家得分", "Institutions"),
    items=("逐项得分", "Items"),
    faults=("数据问题", "Data faults"),
    sources=("口径和依据", "Readings and sources"),
    prints=("指纹", "Fingerprints"),
)
TITLES = texts(
    summary=("考核结果", "Results"),
    groups=("末位分组", "Groups"),
    inside=("列入末位的机构和各步骤", "Who is in the bottom, step by step"),
    held=("名次未定的机构", "Whose rank is open"),
    moves=(
        "对下一年的建议（不含续签），都须由人决定",
        "Proposed moves other than renewal; a person decides each",
    ),
    releases=(
        "按建议不续签时会释放的名额和床位",
        "What would be free if the proposals not to renew were followed",
    ),
    grades=("药店服务分级升降", "Moves between service grades"),
    persons=("人员记分（{day}）", "Points of persons on {day}"),
    responsibilities=("各机构人员的责任", "Responsibilities by institution"),
    institutions=("每家机构的得分、等次和续签", "Score, grade and renewal of each"),
    items=("每家机构每个项目的得分", "Points of every item"),
    faults=("考核数据的问题", "Faults in the rows of the workbook"),
    readings=("所依口径", "Readings"),
    clauses=("所引条文", "Clauses"),
)
COLUMNS = texts(
    side=("机构类型", "Side"),
    assessed=("应考核", "Assessed"),
    scored=("有得分", "Scored"),
    unscored=("得分不明", "Score unknown"),
    inside=("列入末位", "In the bottom"),
    held=("名次未定", "Rank open"),
    not_renewed=("建议不续签", "Proposed not to renew"),
    undecided=("续签待定", "Undecided"),
    group=("分组", "Group"),
    size=("家数", "Size"),
    joining=("可能同组", "May belong"),
    places=("末位家数", "Places"),
    code=("医保机构代码", "Code"),
    name=("名称", "Name"),
    district=("区县", "District"),
    kind=("机构类别", "Kind"),
    rank=("倒数名次", "From the last"),
    score=("得分", "Score"),
    before=("复核前", "Before appeals"),
    grade=("等次", "Grade"),
    deposit=("保证金退还", "Deposit returned"),
    passed=("试运行", "Trial"),
    bottom=("末位", "Bottom"),
    renewal=("续签", "Renewal"),
    why=("说明", "Why"),
    step=("步骤", "Step"),
    state=("状态", "State"),
    clause=("协议条款", "Clause"),
    missing=("还缺什么", "What is missing"),
    heard=("陈述申辩", "Heard"),
    confirmed=("确认", "Confirmed"),
    move=("事项", "Move"),
    basis=("依据", "Basis"),
    of=("所涉", "Of"),
    rule=("规则", "Rule"),
    resource=("资源", "Resource"),
    amount=("数量", "Amount"),
    open=("数量不明的机构", "Of unknown amount"),
    from_grade=("现级别", "Grade"),
    to_grade=("建议级别", "To"),
    person=("人员编码", "Person"),
    points=("记分", "Points"),
    repaired=("已修复", "Repaired"),
    since=("起", "Since"),
    until=("至（次日）", "Until"),
    responsibility=("责任", "Responsibility"),
    entries=("次数", "Entries"),
    item=("项目", "Item"),
    part=("部分", "Part"),
    full=("满分", "Full"),
    given=("原得分", "Given"),
    counted=("计分", "Counted"),
    source=("来源类别", "Source"),
    sources=("数据来源", "Where"),
    votes=("一票否决", "One-vote findings"),
    where=("位置", "Where"),
    what=("问题", "What"),
    cure=("怎么改", "How to mend"),
    question=("问题", "Question"),
    chosen=("选定", "Chosen"),
    chosen_why=("理由", "Why"),
    chosen_by=("由谁、何时", "By, when"),
    clauses=("条文", "Clauses"),
    document=("文件", "Document"),
    place=("位置", "Place"),
    text=("原文", "Text"),
    standing=("性质", "Standing"),
)
NOTES = texts(
    yes=("是", "yes"),
    passed=("合格", "passed"),
    failed=("不合格", "failed"),
    none=("无", "none"),
    waived=("{day}（放弃）", "{day} (waived)"),
    confirmed=("{by}，{on}", "{by}, {on}"),
    both=("{group}合计", "{group}"),
    never_automatic=(
        "只列建议：协议没有写明、没有听取陈述申辩、没有人确认，任何一步都不采取。",
        "Proposals only: without a clause of the agreement, a hearing and a person's confirmation no "
        "step is taken.",
    ),
    missing_score=(
        "缺一项得分，总分即为不明，不按0分计；名次因此未定的列为“未定”，不作推测。",
        "A missing score leaves the total unknown, never 0; a rank that rests on it is open.",
    ),
    more=(
        "此处只列前{shown}行，共{n}行；全部在 assessment.xlsx。",
        "The first {shown} of {n} rows; all of them stand in assessment.xlsx.",
    ),
    unclear=("没有末位：{why}", "No bottom: {why}"),
    releases=("只是测算：以后办理不续签时，由协议台账登记。", "A reckoning only: the ledger records what is really released."),
)  # fmt: skip
PAGE = texts(
    skip=("跳到汇总", "Skip to the summary"),
    contents=("目录", "Contents"),
    census=("台账", "Census"),
    shelf=("政策库", "Policy shelf"),
    workbook=("考核工作簿", "Workbook"),
    result=("结果", "Result"),
    engine=("程序版本", "Release"),
    to_top=("回到页首", "Back to top"),
)
