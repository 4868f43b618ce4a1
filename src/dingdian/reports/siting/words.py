"""Words for a choice of sites, and how its goals and numbers are spoken."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.actions.choose_sites import Model, SitingReport
from dingdian.actions.gather_candidates import Candidate, Closed, Source
from dingdian.core.digits import rounded
from dingdian.core.errors import Text
from dingdian.core.indicators.circles import SERVED
from dingdian.core.siting import Clash, Reason
from dingdian.core.solving import Ending, Goal, Proof, Sense, Status
from dingdian.reports.sites.words import Speech, whole_metres
from dingdian.reports.wording import grouped

MODELS: Mapping[Model, Text] = MappingProxyType(
    {
        Model.COVER: Text("覆盖最多的人", "most people reached"),
        Model.SET: Text(
            "用最少的家数覆盖所有能覆盖的人", "everybody who can be reached, by the fewest"
        ),
        Model.MEDIAN: Text("全体到最近一家的路程最短", "least way to the nearest, over everybody"),
        Model.CENTRE: Text("最远的人到最近一家的路程最短", "shortest longest way to the nearest"),
    }
)
SOURCES: Mapping[Source, Text] = MappingProxyType(
    {
        Source.SPOTS: Text("居民点", "localities"),
        Source.FILE: Text("所给的候选点", "the points of the file"),
        Source.ROUND: Text("本批申请", "the applicants of the round"),
    }
)
CLOSED: Mapping[Closed, Text] = MappingProxyType(
    {
        Closed.BLOCKED: Text("距现有机构过近", "too near one that stands"),
        Closed.TO_MEASURE: Text(
            "与现有机构是否过近须实地测量", "perhaps too near one that stands: to be measured"
        ),
        Closed.FAULTY: Text("数据有错，没有位置", "its row has a fault, and it has no place"),
        Closed.OTHER_SERVICE: Text("类别或服务与所问不符", "of another kind or service than asked"),
        Closed.SERVES_ALREADY: Text("已是这项服务的定点机构", "is one of them already"),
    }
)
STATUSES: Mapping[Status, Text] = MappingProxyType(
    {
        Status.OPTIMAL: Text("已证明最优", "proved best"),
        Status.FEASIBLE: Text("可行，未证明最优", "feasible, not proved best"),
        Status.INFEASIBLE: Text(
            "无解：没有任何选法能同时满足各项条件", "impossible: no choice keeps all terms"
        ),
        Status.UNKNOWN: Text(
            "在限额内没有得到方案", "the limits ended the search before anything was found"
        ),
    }
)
ENDINGS: Mapping[Ending, Text] = MappingProxyType(
    {
        Ending.PROOF: Text("求解至证明完毕", "ended by proof"),
        Ending.LIMIT: Text(
            "用完限额而止（节点 {nodes}，轮次 {rounds}）；同样的限额再算，结果相同",
            "ended by its limits ({nodes} nodes, {rounds} rounds); the same limits give the same answer again",
        ),
        Ending.HALTED: Text(
            "由时钟停止（{seconds} 秒）：再算可能不同，引用时须连同本结果保存",
            "ended by the clock ({seconds} s): computing anew may give another answer, so keep this one with whatever uses it",
        ),
    }
)
PROOFS: Mapping[Proof, Text] = MappingProxyType(
    {
        Proof.COUNTED: Text("界按整数核算", "bound counted in whole numbers"),
        Proof.SOLVER: Text("界由求解器 HiGHS 给出", "bound on the word of the solver HiGHS"),
    }
)
CLASHES: Mapping[Reason, Text] = MappingProxyType(
    {
        Reason.MORE_FIXED_THAN_PLACES: Text(
            "现有的多于可设的", "more stand already than there are places"
        ),
        Reason.MORE_FIXED_THAN_QUOTA: Text(
            "现有的多于区县名额：{about}", "more stand already than the quota of {about}"
        ),
        Reason.NOBODY_REACHES: Text(
            "有 {n} 个居民点没有候选点能覆盖", "localities that no candidate reaches: {n}"
        ),
        Reason.TOO_FEW_PLACES: Text(
            "新增家数不够：至多 {places} 家（{source}）",
            "too few places: {places} at most ({source})",
        ),
        Reason.QUOTA_TOO_LOW: Text(
            "区县名额不够：{about}（{source}）", "the quota is too low: {about} ({source})"
        ),
        Reason.SITES_TOO_NEAR: Text(
            "新增之间须保持间距，候选点彼此过近",
            "new ones have to keep apart, and the candidates stand too near each other",
        ),
    }
)
#: Goal -> its name, its unit, and what a better answer would do.
GOALS: Mapping[str, Text] = MappingProxyType(
    {
        "covered": Text("新覆盖人口", "people newly reached"),
        "covered_twice": Text("圈内新增至两家及以上的人口", "people newly reached twice"),
        "new_sites": Text("新增家数", "new sites"),
        "sites": Text("新增家数", "new sites"),
        "unreached": Text("没有任何一家可到的人口", "people without any way"),
        "distance": Text("到最近一家的路程合计", "way to the nearest, over all people"),
        "longest": Text("到最近一家的最远路程", "longest way to the nearest"),
    }
)
#: What is best, and the names of goals, where each new one has room for so many.
ROOM_MODELS: Mapping[Model, Text] = MappingProxyType(
    {
        Model.COVER: Text(
            "圈内分得到名额的人最多", "most people within a circle of one with room for them"
        ),
        Model.SET: Text(
            "圈内分得到名额的人最多，用的家数最少",
            "room for as many within a circle as can be, by the fewest new ones",
        ),
        Model.MEDIAN: Text(
            "全体到所分机构的路程最短", "least way to where each is sent, over everybody"
        ),
        Model.CENTRE: Text(
            "到所分机构的最远路程最短", "shortest longest way to where anybody is sent"
        ),
    }
)
ROOM_GOALS: Mapping[str, Text] = MappingProxyType(
    {
        "covered": Text("圈内新分到名额的人口", "people newly given room within a circle"),
        "unreached": Text("分不到名额的人口", "people who find no room"),
        "distance": Text("到所分机构的路程合计", "way to where each is sent, over all people"),
        "longest": Text("到所分机构的最远路程", "longest way to where anybody is sent"),
    }
)
UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "covered": Text("人", "people"),
        "covered_twice": Text("人", "people"),
        "new_sites": Text("家", "sites"),
        "sites": Text("家", "sites"),
        "unreached": Text("人", "people"),
        "distance": Text("人·米", "person-metres"),
        "longest": Text("米", "m"),
    }
)
TELL: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("{place}新增定点选址建议：{service}", "{place}: where the next {service} should go"),
        "asked": Text("目标：{model}；新增不超过 {places} 家；候选为{source}", "goal: {model}; new ones: at most {places}; candidates: {source}"),
        "asked_open": Text("目标：{model}；新增家数不限；候选为{source}", "goal: {model}; any number of new ones; candidates: {source}"),
        "quotas": Text("区县名额（新增）：{told}", "new ones by district, at most: {told}"),
        "priorities": Text("优先照顾（人口加权）：{told}", "priorities (weights of people): {told}"),
        "pair": Text("{name} {n}", "{name}: {n}"),
        "circle": Text("服务圈：{metres} 米{rim}，{measured}（{title}，{clauses}）{path}", "circle: {metres} m {rim}, {measured} ({title}, {clauses}){path}"),
        "straight": Text("直线", "straight"),
        "walking": Text("沿路网步行", "on foot along streets"),
        "driving": Text("沿路网驾车", "by car along streets"),
        "path": Text("；条文指步行路程，加载路网前按直线量", "; the text means a way on foot, measured straight until streets are loaded"),
        "people": Text("人口：{who} {people} 人，居民点 {localities} 个", "people: {people} {who}; localities: {localities}"),
        "residents": Text("居民点人口", "residents"),
        "insured": Text("居民点参保人数", "insured people"),
        "unknown": Text("其中 {n} 个居民点没有人口数，未计入", "localities without a number of people, which count for none: {n}"),
        "rounded": Text("选址时各居民点的人按整人计（四舍五入）；前后覆盖为准确数", "sites are chosen by whole people of each locality, rounded half up; coverage before and after is exact"),
        "maybe": Text("{n} 个居民点（{people} 人）可能已在某家没有坐标的机构圈内，按未覆盖计", "localities that may stand within the circle of an institution without coordinates, counted as not reached: {n} (people: {people})"),
        "candidates": Text("候选：可选 {open} 处，不可选 {closed} 处{why}", "candidates: {open} open, {closed} closed{why}"),
        "left_out": Text("另有 {n} 个居民点未列为候选（数量限于 {spots}，相隔不小于 {metres} 米）；最优与界只就所列候选而言", "localities that are no candidates: {n} more (at most {spots}, {metres} m apart); best and bound are among the candidates alone"),
        "unclear": Text("间距规则口径未定，未据以排除：{rules}", "spacing rules that no reading settles, nobody was closed by them: {rules}"),
        "loose": Text("下列规则不限制新增之间的距离，未加约束：{rules}", "rules that do not keep new ones apart from each other: {rules}"),
        "spacing": Text("间距：按 {kind}、{services} 核对：{rules}", "spacing: checked as {kind} with {services}: {rules}"),
        "spacing_own": Text("间距：各按其申请的类别和服务核对：{rules}", "spacing: each checked as what it applies for: {rules}"),
        "no_spacing": Text("间距：政策没有可用的间距规则", "spacing: no rule of the policy holds"),
        "result": Text("结果：选出 {n} 处。{status}；{ending}", "result: {n} chosen; {status}; {ending}"),
        "none": Text("结果：{status}；{ending}", "result: {status}; {ending}"),
        "clash": Text("  原因：{why}", "  because: {why}"),
        "goal": Text("  {at}. {name}：{value}{unit}，{gap}（{proof}）", "  {at}. {name}: {value} {unit}, {gap} ({proof})"),
        "weighted": Text("{name}（加权）", "{name} (weighted)"),
        "best": Text("已证明最优", "proved best"),
        "more": Text("至多还可多 {n}{unit}（{share}）", "at most {n} {unit} more could be had ({share})"),
        "less": Text("至多还可少 {n}{unit}（{share}）", "at most {n} {unit} less could do ({share})"),
        "no_bound": Text("没有界：不知道离最优还差多少", "no bound: nobody knows how far from the best"),
        "no_value": Text("没有方案", "no answer"),
        "coverage": Text("覆盖：{before} → {after}（{people_before} → {people_after} 人，新增 {more} 人）", "reached: {before} -> {after} ({people_before} -> {people_after} people, {more} more)"),
        "twice": Text("圈内两家及以上：{before} → {after}", "reached twice or more: {before} -> {after}"),
        "way": Text("到最近一家（{measured}）：平均 {mean_before} → {mean_after} 米；最远 {longest_before} → {longest_after} 米（{at}）", "nearest one ({measured}): mean {mean_before} -> {mean_after} m; longest {longest_before} -> {longest_after} m ({at})"),
        "chosen": Text("选出的地点：", "chosen:"),
        "site": Text("  {at:>3}. {name}（{where}）{lon:.6f}, {lat:.6f}  新覆盖 {newly} 人，只靠它 {alone} 人{verdict}", "  {at:>3}. {name} ({where}) {lon:.6f}, {lat:.6f}  newly reached: {newly}, by it alone: {alone}{verdict}"),
        "near": Text("  {at:>3}. {name}（{where}）{lon:.6f}, {lat:.6f}  成为 {nearest} 人的最近一家，圈内新覆盖 {newly} 人{verdict}", "  {at:>3}. {name} ({where}) {lon:.6f}, {lat:.6f}  nearest of: {nearest}, newly reached: {newly}{verdict}"),
        "room": Text("每家新增的至多服务 {n} 人，现有的不限", "each new one serves {n} people at most, those that stand any number"),
        "sent": Text("  {at:>3}. {name}（{where}）{lon:.6f}, {lat:.6f}  分到 {allotted} 人；圈内新覆盖 {newly} 人{verdict}", "  {at:>3}. {name} ({where}) {lon:.6f}, {lat:.6f}  sent there: {allotted}; newly within its circle: {newly}{verdict}"),
        "sending": Text("分派：新增各家共分到 {new} 人，其余 {rest} 人仍到现有机构；到所分机构平均 {mean} 米", "sent to new ones: {new}, to those that stand: {rest}; mean way to where each is sent: {mean} m"),
        "room_small": Text("每家 {room} 人的名额少于任何一个居民点的人数（最少 {least} 人）：没有一个居民点能整个分到一家", "no locality fits whole into any: each has more people ({least} at least) than a new one has room for ({room})"),
        "room_unused": Text("选出的地点里有 {n} 处没有分到人", "chosen sites that nobody is sent to: {n}"),
        "by_circles": Text("以下按服务圈和最近一家计，不看分到哪家：", "counted by circles and the nearest one, not by who is sent where:"),
        "doubt": Text("；间距：{verdict}", "; spacing: {verdict}"),
        "nobody": Text("没有选出地点：新设任何一处都不改善目标", "nothing was chosen: no new site would do better"),
        "unused": Text("另有 {n} 个名额没有用：再设已不改善目标，或间距、区县名额不允许", "places not used: {n}; one more would not do better, or spacing or quotas forbid it"),
        "no_candidates": Text("没有可选的候选点：所有人已被覆盖，或候选都不可选", "no candidate is open: everybody is reached already, or all are closed"),
        "lost": Text("可选的候选点都覆盖不到、现在也无人覆盖：{n} 个居民点，{people} 人", "reached by nobody now and by no open candidate: localities {n}, people {people}"),
        "plan_none": Text("{year} 年度规划：不新增{service}（{rules}）", "plan of {year}: no new {service} ({rules})"),
        "plan_most": Text("{year} 年度规划：新增{service}至多 {n} 家（{rules}）{districts}", "plan of {year}: new {service}: at most {n} ({rules}){districts}"),
        "plan_districts": Text("{year} 年度规划：新增{service}按区县（{rules}）{districts}", "plan of {year}: new {service} by district ({rules}){districts}"),
        "plan_unnumbered": Text("{year} 年度规划：新增{service}没有数字，只受前置条件约束", "plan of {year}: no number of new {service}, only preconditions"),
        "plan_unknown": Text("{year} 年度规划：新增{service}的数量无法确定（{why}）", "plan of {year}: the number of new {service} is unknown ({why})"),
        "plan_unlimited": Text("名额无法确定的不知道是多少，在这里不构成限制：{told}", "places that are unknown set no limit here: {told}"),
        "plan_silent": Text("{year} 年度规划：不分配{service}的名额", "plan of {year}: it hands out no places of {service}"),
        "of_districts": Text("；{told}", "; {told}"),
        "rest_unnumbered": Text("其余区县没有数字，须在全域总量之内", "other districts have no number, within that of the whole"),
        "beyond": Text("超出规划：{told}。超出的今年不能新增；--plan-quotas 按规划名额选址", "beyond the plan: {told}. There is no place for what goes beyond; --plan-quotas keeps to the plan"),
        "beyond_one": Text("{area}选 {chosen} 家，{service}至多 {most} 家", "{area}: {chosen} chosen, at most {most} of {service}"),
        "no_place": Text("没有选出地点：没有新增名额（{source}）", "nothing was chosen: there is no place for a new one ({source})"),
        "of_plan": Text("{year} 年度规划", "plan of {year}"),
        "no_candidates_quota": Text("没有可选的候选点：其余区县所有人已被覆盖，或候选都不可选；名额为 0 的区县不设新点", "no candidate is open: in the other districts everybody is reached already, or all are closed; those with a quota of 0 get none"),
        "quota_shut": Text("名额为 0 的区县不设新点：{told}", "districts with a quota of 0 get none: {told}"),
        "plan": Text("名额取自 {year} 年度规划（指纹 {plan}）", "quotas are those of the plan of {year} (fingerprint {plan})"),
        "readings": Text("口径：", "readings:"),
        "days": Text("存量为 {stock}，规则为 {rules} 有效者；台账截止 {taken}", "stock of {stock}, rules of {rules}, census of {taken}"),
        "prints": Text("指纹：台账 {census}，政策库 {shelf}，结果 {result}", "fingerprints: census {census}, shelf {shelf}, result {result}"),
        "advice": Text("仅供决策参考：选址由人决定，本结果不是行政决定，也不构成承诺。", "Advice for a human decision: it is no decision and no promise."),
        "halted": Text("本结果取决于时钟，见“结果”一行。", "This answer rests on a clock, see the result."),
    }
)  # fmt: skip


#: Words of cells of the workbook.
SHEET: Mapping[str, Text] = MappingProxyType(
    {
        "open": Text("可选", "open"),
        "reached": Text("已覆盖", "reached"),
        "not": Text("仍未覆盖", "not reached"),
        "yes": Text("是", "yes"),
        "no": Text("否", "no"),
    }
)

#: Words of the map page; its script reads them.
SHOWN: Mapping[str, Text] = MappingProxyType(
    {
        "map_label": Text("地图。方向键移动，加减号缩放。", "Map. Arrow keys move it, plus and minus zoom."),
        "skip": Text("跳到选出的地点", "Skip to the chosen sites"),
        "no_script": Text("本页地图需要浏览器允许脚本。数值见 siting.xlsx。", "The map needs scripts to be allowed. The numbers stand in siting.xlsx."),
        "empty": Text("没有边界，也没有坐标，图上无可画的内容。", "No outlines and no coordinates: there is nothing to draw."),
        "north": Text("北", "N"),
        "legend": Text("图例", "Legend"),
        "zoom_in": Text("放大", "Zoom in"),
        "zoom_out": Text("缩小", "Zoom out"),
        "whole": Text("全图", "Whole map"),
        "chosen": Text("选出的地点和服务圈", "chosen, with circle"),
        "standing": Text("现有机构", "stands already"),
        "other": Text("未选的候选", "candidate, not chosen"),
        "closed": Text("不可选的候选", "candidate, closed"),
        "now": Text("选址后覆盖的居民点", "locality reached then"),
        "not": Text("仍未覆盖的居民点", "locality still not reached"),
        "show_others": Text("显示未选的候选", "show the other candidates"),
        "table": Text("选出的地点", "Chosen sites"),
        "number": Text("序号", "No."),
        "place": Text("地点", "Site"),
        "allotted": Text("分到", "sent there"),
        "newly": Text("新覆盖", "newly reached"),
        "alone": Text("只靠它", "by it alone"),
        "nearest": Text("最近一家", "nearest of"),
        "spacing": Text("间距", "spacing"),
        "people": Text("{n} 人", "{n} people"),
    }
)  # fmt: skip


#: English units of one.
_ONE = MappingProxyType({"people": "person", "sites": "site", "person-metres": "person-metre"})


class SitingSpeech(Speech):
    """Speaks a choice of sites in one language."""

    def tell(self, phrase: str, /, **details: object) -> str:
        """A phrase of ``TELL``."""
        return TELL[phrase].say(self.lang, **details)

    def pick(self, text: Text, /, **details: object) -> str:
        """A text with its fields."""
        return text.say(self.lang, **details)

    def served(self, report: SitingReport) -> str:
        """The stock that is asked about."""
        return self.stock(report.question.of)

    def stock(self, stock: str) -> str:
        """The name of a stock."""
        return SERVED[stock].zh if self.lang == "zh" else SERVED[stock].en

    def cited(self, rule: str) -> str:
        """The title of a rule with its clauses."""
        clauses = ", ".join(self.policy.rules[rule].rule.clauses)
        return f"{self.title(rule)} {clauses}"

    def ending(self, report: SitingReport, seconds: float | None) -> str:
        """What ended the search."""
        limits = report.limits
        return self.pick(
            ENDINGS[report.answer.ending],
            nodes=f"{limits.nodes:,}",
            rounds=f"{limits.rounds:,}",
            seconds="—" if seconds is None else f"{seconds:g}",
        )

    def model(self, report: SitingReport) -> str:
        """What is best."""
        room = report.question.room is not None
        return self.pick((ROOM_MODELS if room else MODELS)[report.question.model])

    def goal(self, goal: Goal, report: SitingReport) -> str:
        """The name of a goal."""
        weighted = bool(report.question.priorities)
        names = {**GOALS, **ROOM_GOALS} if report.question.room is not None else GOALS
        name = self.pick(names[goal.name]) if goal.name in names else str(goal.name)
        people = goal.name in ("covered", "covered_twice", "distance", "unreached")
        return self.tell("weighted", name=name) if weighted and people else name

    def unit(self, goal: Goal, n: int | None = None) -> str:
        """The unit of a goal, of ``n`` of them."""
        said = self.pick(UNITS[goal.name]) if goal.name in UNITS else ""
        return _ONE.get(said, said) if n == 1 else said

    def gap(self, goal: Goal) -> str:
        """How much better any answer could be, in words."""
        if goal.value is None:
            return self.tell("no_value")
        if goal.bound is None:
            return self.tell("no_bound")
        apart = abs(goal.bound - goal.value)
        if not apart:
            return self.tell("best")
        share = "—" if goal.gap is None else percent(goal.gap)
        told = {"n": f"{apart:,}", "unit": self.unit(goal, apart), "share": share}
        return self.tell("more" if goal.sense is Sense.MOST else "less", **told)

    def clash(self, clash: Clash, report: SitingReport) -> str:
        """Why nothing keeps the terms."""
        quotas = list(report.question.quotas)
        named = clash.reason in (Reason.MORE_FIXED_THAN_QUOTA, Reason.QUOTA_TOO_LOW)
        about = (quotas[row] for row in clash.about if named and row < len(quotas))
        return self.pick(
            CLASHES[clash.reason],
            about=self.join(map(self.region, about)),
            n=len(clash.about),
            places=report.question.places,
            source=self.source(report, places=clash.reason is Reason.TOO_FEW_PLACES),
        )

    def source(self, report: SitingReport, *, places: bool) -> str:
        """What set the number of places, or the quotas: the plan, an option, or both."""
        plan, asked = report.question.plan, report.question
        option = "--places" if places else "--quota"
        if plan is None or (places and plan.most != asked.places):
            return option
        said = self.tell("of_plan", year=plan.year)
        return said if places or plan.quotas == asked.quotas else self.join([said, option])

    def where(self, each: Candidate) -> str:
        """The place of a candidate: its region, else its district."""
        district = each.site.district if each.site else ""
        parts = dict.fromkeys(self.region(code) for code in (district, each.region) if code)
        return " ".join(part for part in parts if part != each.name) or "—"

    def rim(self, inside: bool) -> str:
        """Whether exactly the radius is inside."""
        return self.say("rim" if inside else "no_rim")


def speech_of(report: SitingReport, lang: str) -> SitingSpeech:
    """The speech for a report; the city goes by the name that its policy has in the language."""
    tree, basis = report.desk.census.tree, report.desk.basis
    names = dict(tree.names)
    if lang != "zh" and not basis.as_if:
        names[tree.root] = basis.policy.place.title_en
    return SitingSpeech(lang, basis.policy, names)


def people(value: Fraction) -> str:
    """People, whole, with separators.

    >>> people(Fraction(24689, 2))
    '12,345'
    """
    return grouped(rounded(value, 0))


def percent(share: Fraction) -> str:
    """A share in per cent; one that is not nought never shows as 0.

    >>> percent(Fraction(1, 3)), percent(Fraction(1, 100_000)), percent(Fraction(0))
    ('33.33%', '< 0.01%', '0.00%')
    """
    if 0 < share < Fraction(1, 20_000):
        return "< 0.01%"
    return grouped(rounded(share * 100, 2)) + "%"


def share(part: Fraction, whole: Fraction) -> str:
    """A part in per cent of the whole; — of nobody."""
    return percent(part / whole) if whole else "—"


def whole(millimetres: int | None) -> str:
    """Metres without decimals; — where unknown."""
    return "—" if millimetres is None else f"{(millimetres + 500) // 1000:,}"


__all__ = [
    "CLASHES",
    "CLOSED",
    "GOALS",
    "MODELS",
    "PROOFS",
    "SOURCES",
    "STATUSES",
    "SitingSpeech",
    "people",
    "percent",
    "share",
    "speech_of",
    "whole",
    "whole_metres",
]
