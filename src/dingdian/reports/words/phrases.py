"""Phrases of the reports: headings, lead sentences, and the lines of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text


def _phrases(**phrases: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({name: Text(zh, en) for name, (zh, en) in phrases.items()})


#: The lines of ``explain``.
EXPLAIN = _phrases(
    formula=("公式：{text}", "formula: {text}"),
    filled=("公式：{text} ＝ {filled}", "formula: {text} = {filled}"),
    clause=("条文{id}（{at}）：“{text}”", 'clause {id} ({at}): "{text}"'),
    document=("出自《{title}》，{standing}", "from: {title} ({standing})"),
    reading=("口径：{question} 选“{option}”", 'reading: {question} chosen: "{option}"'),
    clause_again=("条文{name}（上文已列）", "clause {name} (quoted above)"),
    reading_again=("口径：{name}（上文已列）", "reading: {name} (given above)"),
    reading_open=("口径：{question} 未定", "reading: {question} still open"),
    reading_number=("取值{number}（{low}至{high}）", "number {number} ({low} to {high})"),
    because=("理由：{why}（{by}，{day}）", "because: {why} ({by}, {day})"),
    why=("无法计算：{why}", "undefined: {why}"),
    detail=("{name}：{text}", "{name}: {text}"),
    ledger=("台账“{table}”：{conditions}", 'ledger "{table}": {conditions}'),
    ledger_all=("台账“{table}”：全部行", 'ledger "{table}": every row'),
    total=("合计列：{column}", "summed: {column}"),
    rows=("共{n}行", "{n} rows"),
    rows_unsure=("共{n}行，另有{unsure}行不明", "{n} rows, {unsure} more unsure"),
    row=("{row}{value}（{origin}）", "{row}{value} ({origin})"),
    judged=("判断：{says}", "judged: {says}"),
    weighed=(
        "因为{left}{of_left} {sign} {right}{of_right}：{holds}",
        "because {left} {of_left} {sign} {right} {of_right}: {holds}",
    ),
    doubtful=(
        "不明：{code} {name}，{column}未填（{origin}）",
        "unsure: {code} {name}, {column} not given ({origin})",
    ),
    more_doubtful=("……另{n}行不明", "… {n} more rows unsure"),
    unplaced=("坐标或圈内家数", "its position, or how many stand within the circle"),
    more_rows=("……另{n}行", "… {n} more rows"),
    repeated=("（上文已列）", "(derived above)"),
    stated=("由{by}填写", "stated by {by}"),
)

#: Whether a comparison holds.
HOLDS = _phrases(
    yes=("成立", "true"), no=("不成立", "false"), unknown=("无法判断", "cannot be told")
)
#: Comparison -> its sign.
SIGNS: Mapping[str, str] = MappingProxyType(
    {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}
)

#: Details of a figure: how each is called.
DETAILS = _phrases(
    year=("年份", "year"),
    source=("来源", "source"),
    denominator=("分母", "denominator"),
    mark=("可靠程度", "certainty"),
    given_by=("出处", "given by"),
    adopted_on=("采用日期", "adopted on"),
    region=("适用地区", "holds for"),
    binds=("起约束作用的一方", "bound that binds"),
    months=("月数", "months"),
    through=("截至", "through"),
    **{"from": ("期初", "from"), "to": ("期末", "to")},
    forecast_on=("预测日期", "forecast on"),
    age_group=("年龄组", "age group"),
    points=("取样点数", "sample points"),
    error_km2=("取样的标准误差（平方公里）", "standard error of the sample in km²"),
    boundary=("边界", "boundary"),
)

BOUNDARIES = _phrases(schematic=("示意图", "schematic"))

GIVEN_BY = _phrases(
    shelf=("政策库对标值", "the shelf"),
    bureau=("医保局对标值", "the bureau"),
)

#: Formulas of any number of inputs, in words.
MANY = _phrases(
    sum=("各项之和", "sum of all"),
    minimum=("各项取小", "smallest of all"),
    maximum=("各项取大", "largest of all"),
    gini=("基尼系数", "Gini coefficient"),
    theil=("泰尔指数", "Theil index"),
    theil_within=("各组泰尔指数按人口加权", "Theil indices of the groups, weighted by people"),
    bed_days=("各组人数×千人住院率×平均住院日之和", "people × admissions × mean stay, summed"),
    where_none=("没有资源的各单元之和", "sum over those that have none"),
    weighted_sum=("各组乘积之和", "sum of the products"),
    shared_out=("按权重分配，最大余数法", "shared out by weight, largest remainders"),
    units_short=("低于最低数的单元个数", "units below the minimum"),
    shortage=("各单元所缺之和", "what all units lack together"),
    nested_shortage=(
        "本级所缺与下级合计所缺，取大",
        "what its own minimum lacks or the units below lack together, whichever is more",
    ),
)
