"""Sentences and labels of who is proposed to stay under a cap."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

#: Code -> why there is nothing to choose.
SENTENCES = texts(
    retention_before_open=(
        "前一个上限没有答案，不知道谁还在，没有接着选",
        "the cap before has no answer, so nobody knows who would still be there: not chosen",
    ),
    retention_other_meaning=(
        "口径把“调剂”理解为调剂的数量，不是存量的上限，没有谁要退出",
        "the reading takes the number for a quantity that is moved, not a cap on the stock: nobody has to go",
    ),
    retention_no_cap=("规划没有算出上限", "the plan works out no cap"),
    retention_no_stock=("存量不明", "the stock is not known"),
)
TITLE = Text(
    "{city}{year}年存量压减去留建议（仅供决策参考）",
    "{city}: who might stay under the caps, {year} (advice for a human decision)",
)
BASIS = Text(
    "存量截至{stock}，{by}年末达到上限；依据：{plan}{standing}。",
    "Stock on {stock}; caps reached by the end of {by}; text: {plan}{standing}.",
)
ADVICE = Text(
    "仅供决策参考：不是决定。每一家退出都须有自己的依据、听取陈述申辩和书面决定；协议只在届满时终止。",
    "Advice for a human decision, and no decision. Every exit needs its own grounds, a hearing and a decision in writing; an agreement ends only at its term.",
)

SHEETS = texts(
    summary=("概览", "summary"),
    going=("建议退出", "would go"),
    orders=("各种次序", "orders"),
    districts=("各区", "districts"),
    leaving=("不在选择之列", "not chosen among"),
    stays=("保留", "would stay"),
)
TITLES = texts(
    caps=("概览：存量、上限和去留", "Summary: stock, caps, who stays"),
    summary=("目标与证明", "Goals and proof"),
    path=("{resource}：各年的存量与退出", "{resource}: the way to the cap, year by year"),
    going=(
        "{resource}：建议退出的机构，谁还在服务、失去什么、差多少",
        "{resource}: who would go, who still serves, what is lost, how close it was",
    ),
    orders=("{resource}：各种次序的代价", "{resource}: what each order costs"),
    districts=("{resource}：各区", "{resource}: districts"),
    leaving=(
        "{resource}：先行退出、随前一个上限退出和不列入选择的",
        "{resource}: who leaves first, who goes under the cap before, who may not be proposed",
    ),
    needs=("{resource}：各条规则至少要留多少家", "{resource}: the fewest that each rule needs"),
    stays=("{resource}：建议保留的机构", "{resource}: who would stay"),
)
COLUMNS = texts(
    resource=("存量", "stock of"),
    goal=("目标（按先后）", "goal, in order"),
    value=("达到", "reached"),
    bound=("任何选择不会好过", "no choice can beat"),
    gap=("差距", "gap"),
    proof=("证明", "proof"),
    status=("结论", "finding"),
    code=("医保机构代码", "code"),
    name=("名称", "name"),
    district=("所属区县", "district"),
    year=("建议退出年份", "year"),
    points=("考核分", "points"),
    dual=("双通道", "dual channel"),
    through=("协议届满", "agreement through"),
    start=("年初", "at its start"),
    first=("先行退出", "leave first"),
    earlier=("随前一个上限退出", "go under the cap before"),
    left=("年末", "left at its end"),
    share=("按存量分摊的上限", "its part of the cap"),
    people=("服务圈内人口", "people in its circle"),
    down_to_one=("其中只剩一家", "left with one"),
    down_to_none=("其中没有了", "left with none"),
    served_by=("谁还在服务（服务其中多少人）", "who still serves (how many of them)"),
    exchange=("最接近的替代", "nearest exchange"),
    difference=("若换成它", "if exchanged"),
    order=("次序", "order"),
    now=("现在", "now"),
    stock=("存量", "stock"),
    leaving=("先行退出", "leave first"),
    going=("建议退出", "would go"),
    staying=("保留", "would stay"),
    cap=("上限", "cap"),
    why=("原因", "why"),
    rule=("规则", "rule"),
    least=("至少要留", "at least"),
)
ASPECTS = texts(
    score=("保留机构的考核分合计", "points of those who stay"),
    covered=("服务圈内有药店的人口", "people with one in the circle"),
    covered_twice=("服务圈内有两家及以上的人口", "people with two or more in the circle"),
    dual_channel=("保留的双通道药店", "dual-channel pharmacies that stay"),
    even_spread=(
        "各区退出数与按存量应退数之差合计",
        "how far what goes in each district is from its part of the stock, summed",
    ),
    institutions=("要留的家数", "institutions that stay"),
)
UNITS = texts(
    score=("分", "points"),
    covered=("人", "people"),
    covered_twice=("人", "people"),
    dual_channel=("家", "pharmacies"),
    even_spread=("家", "institutions"),
    institutions=("家", "institutions"),
)
RULES = texts(
    held=("协议未到期或没有坐标", "agreements that run on, or no position"),
    minimums=("最低数量", "minimums"),
    localities=("每个居民点至少一家", "one for every locality"),
    together=("合在一起", "all together"),
    district=("{district}（上限 {cap} 家）", "{district} (cap {cap})"),
)
WHY_LEAVING = texts(
    assessment=("年度考核建议不续签", "the assessment says not to renew"),
    earlier_cap=("在前一个上限中已建议退出", "would go under the cap before"),
)
WHY_HELD = texts(
    agreement=("协议在期末以后才届满", "its agreement runs beyond the last year"),
    not_renewed=(
        "考核建议不续签，但协议在期末以后才届满，期末仍在",
        "the assessment says not to renew, but the agreement runs beyond the last year: still there at its end",
    ),
    position=(
        "没有可用坐标，或所在区县没有居民点数据，不知道服务谁",
        "no usable position, or no localities in its district: nobody knows whom it serves",
    ),
)
LINES = texts(
    undecided=(
        "考核没有定是否续签（末位待定、待确认等）的 {n} 家，按一般机构参加选择",
        "chosen among like the others, though the assessment leaves open whether to renew (a rank open, a step not confirmed): {n}",
    ),
    endless=(
        "建议退出而台账没有协议届满日的 {n} 家，排在最后一年",
        "would go, but have no end of agreement in the ledger and wait for the last year: {n}",
    ),
    first_endless=(
        "先行退出而台账没有协议届满日的 {n} 家，排在最后一年",
        "leave first, but have no end of agreement in the ledger and wait for the last year: {n}",
    ),
    assumed=("假设的 {n}", "assumed {n}"),
    no_caps=(
        "在{year}年适用的 {n} 条规则里找存量上限，一条也没有，没有谁要退出",
        "looked for a cap on a stock among the rules of {year}, {n} in all, and found none: nobody has to go",
    ),
    caps_off=(
        "找到的存量上限按口径不适用，没有谁要退出：{rules}",
        "the caps on a stock that were found do not apply by a reading: nobody has to go: {rules}",
    ),
    no_cap=("没有存量上限", "no cap"),
    cap=(
        "{resource}：存量 {stock} 家，上限 {cap} 家；{leaving}，建议再退 {going} 家，保留 {staying} 家",
        "{resource}: {stock} there, cap {cap}; {leaving}, {going} more would go, {staying} stay",
    ),
    nobody=(
        "{resource}：没有谁要退出（存量 {stock} 家，上限 {cap} 家）",
        "{resource}: nobody has to go ({stock} there, cap {cap})",
    ),
    why=("{resource}：{why}", "{resource}: {why}"),
    order=("次序：{order}", "order: {order}"),
    goal=("{goal}：{value}{unit}，{verdict}", "{goal}: {value} {unit}, {verdict}"),
    best=("已证明没有更好的选择", "proved that no choice is better"),
    gap=(
        "至多还能好 {gap}（界 {bound}，{ending}）",
        "at most {gap} better could be had (bound {bound}; {ending})",
    ),
    no_bound=("没有得出界（{ending}）", "no bound was found ({ending})"),
    infeasible=(
        "上限 {cap} 家，各条规则合在一起至少要留 {least} 家，不能同时满足；可以试 --order localities_weighed，或改口径、改上限",
        "the cap is {cap}, but all rules together need at least {least} to stay: they cannot all be kept; try --order localities_weighed, or another reading or cap",
    ),
    need=("{rule}：至少 {least} 家", "{rule}: at least {least}"),
    year=(
        "{year}年：年初 {start} 家，{first}，按建议退出 {going} 家，年末余 {left} 家",
        "{year}: {start} at its start, {first}, {going} would go, {left} left at its end",
    ),
    leave_first=("先行退出 {n} 家", "{n} leave first"),
    go_before=("随前一个上限退出 {n} 家", "{n} go under the cap before"),
    first=(
        "先行退出使 {n} 人失去服务圈内的最后一家",
        "people who lose the last one in their circle by those who leave first: {n}",
    ),
    before=(
        "随前一个上限退出的使 {n} 人失去服务圈内的最后一家（不是考核的先行退出）",
        "people who lose the last one in their circle by those who go under the cap before (not by assessment): {n}",
    ),
    first_and_before=(
        "先行退出的和随前一个上限退出的合计使 {n} 人失去服务圈内的最后一家",
        "people who lose the last one in their circle by those who leave first and those who go under the cap before, together: {n}",
    ),
    not_answered=(
        "本上限没有答案，不知道谁还在",
        "this cap has no answer: nobody knows who would still be there",
    ),
    districts=(
        "上限 {cap} 家，连同各区的上限，各条规则不能同时满足；可以不用 --hold-districts，或试 --order localities_weighed，或改口径",
        "the cap is {cap}: with the caps of the districts the rules cannot all be kept; leave --hold-districts out, or try --order localities_weighed, or another reading",
    ),
    district_alone=(
        "每个区单独看都能守住自己的上限，合在一起不能",
        "each district alone could keep its cap; all of them together cannot",
    ),
    unscored=(
        "没有考核分的 {n} 家，按有分者的平均计",
        "without points, counted as the mean of the others: {n}",
    ),
    nobody_scored=("没有考核分，考核分这一项不起作用", "nobody was scored: points have no say"),
    unlocated=(
        "没有坐标或人口的 {n} 个居民点没有计入",
        "localities without position or people, not weighed: {n}",
    ),
    no_circle=(
        "没有服务圈，居民点没有计入：{why}",
        "no circle is drawn, so localities are not weighed: {why}",
    ),
    held=("不列入选择的 {n} 家：{why}", "may not be proposed, {n}: {why}"),
    clock=(
        "有的答案是到时停下的：再算可能不同，使用时须与本文件一起保存",
        "some answers were stopped by a clock: computing anew may differ, so keep this file with what uses them",
    ),
    no_price=(
        "；只是目前找到的最好，不能当作这种次序的代价来比较",
        "; only the best found so far: no price of this order to compare by",
    ),
    done=(
        "{resource} · {goal}：{value}{unit}，界 {bound}，差距 {gap}",
        "{resource} · {goal}: {value} {unit}, bound {bound}, gap {gap}",
    ),
    same=("两者没有区别", "nothing tells them apart"),
    cost=("{aspect} {difference}", "{aspect} {difference}"),
)
