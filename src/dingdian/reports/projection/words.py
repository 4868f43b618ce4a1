"""Sentences and labels of projections."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.words.texts import texts

TITLE = Text("【推演】{city}{first}—{last}年", "[Projection] {city}, {first} to {last}")
BASIS = Text(
    "起点为{year}年度规划的存量（截至{stock}），各年按当年有效的规则；依据：{plan}{standing}。",
    "It starts from the stock of the plan of {year} (on {stock}); every year has the rules in force in it; text: {plan}{standing}.",
)
ADVICE = Text(
    "推演不是规划，也不作任何决定：各情景的退出、申请、人口和基金增长都是假设，由提出情景的人负责；规则逐年照常执行。",
    "A projection is no plan and decides nothing: exits, applications, people and growth of the fund are assumed by whoever states the scenario; the rules run year by year as they stand.",
)
UNNAMED = Text("不作任何变动", "nothing changes")
#: Series -> its name, that of what it counts in brackets.
KINDS = texts(
    stock=("存量：{name}", "stock: {name}"),
    released=("当年释放：{name}", "released in the year: {name}"),
    people=("{name}", "{name}"),
    age=("{name} 岁及以上常住人口", "residents of {name} and over"),
    income=("{name}收入（元）", "income of the {name} (yuan)"),
    spending=("{name}支出（元）", "spending of the {name} (yuan)"),
    balance=("{name}累计结余（元）", "balance of the {name} (yuan)"),
    places=("可分配名额：{name}", "places to be given: {name}"),
    admitted=("新增：{name}", "admitted: {name}"),
    refused=("申请未获名额：{name}", "asked and found no place: {name}"),
)
TELL = texts(
    runs=(
        "每个情景推演 {runs} 次，随机种子 {seed}；“低”“高”之间是十分之九的次数。",
        "{runs} runs of every scenario, seed {seed}; nine in ten lie between “low” and “high”.",
    ),
    no_ages=(
        "未给年龄组：常住人口不变，老龄化未推演。",
        "No age groups were given: residents stay as they are, ageing is not projected.",
    ),
    scenario=("情景：{name}", "Scenario: {name}"),
    nothing=(
        "不作任何变动：今天的机构、人口和基金收支延续",
        "nothing changes: institutions, people, income and spending of today go on",
    ),
    exits=("退出率（年）{side}：{rates}", "exits a year, {side}: {rates}"),
    trial_failure=("试运行不合格率：{rate}", "trials that fail: {rate}"),
    leavers=("指明退出的机构：{n} 家", "institutions stated to leave: {n}"),
    changes=("指明缩减的机构：{n} 家次", "institutions stated to shrink: {n}"),
    entrant=(
        "新申请（年）{name}：{applications} 家",
        "applications a year, {name}: {applications}",
    ),
    vital=(
        "出生、存活、迁移：按给定的分年龄组比率",
        "births, survival, migration: by the rates given for the age groups",
    ),
    insured=("参保增长（年）{name}：{rate}", "growth of the insured, {name}: {rate}"),
    fund=(
        "基金增长（年）：收入 {income}，支出 {spending}",
        "growth of the fund a year: income {income}, spending {spending}",
    ),
    fund_drawn=(
        "基金增长：从台账以往各年中随机抽取",
        "growth of the fund: drawn from the past years of the ledger",
    ),
    series=("{name}：{said}", "{name}: {said}"),
    years=("{first}—{last}年 {middle}", "{first} to {last} {middle}"),
    year=("{year}年 {middle}", "{year} {middle}"),
    year_spread=("{year}年 {middle}（{low}—{high}）", "{year} {middle} ({low} to {high})"),
    line=("{year}年 {rule}：{met}/{runs} 次触发", "{year} {rule}: met in {met} of {runs} runs"),
    line_unknown=(
        "{year}年 {rule}：{met}/{runs} 次触发，{unknown} 次无法判断",
        "{year} {rule}: met in {met} of {runs} runs, unknown in {unknown}",
    ),
    no_line=("没有一次触发红线", "no red line is met in any run"),
    held=(
        "未推演（今天即不可知）：{name}{why}",
        "not carried ahead (not known today): {name}{why}",
    ),
    prints=(
        "指纹：台账 {census}，政策库 {shelf}，结果 {result}",
        "Fingerprints: ledger {census}, shelf {shelf}, result {result}",
    ),
)
SHEETS = texts(
    summary=("概览", "summary"),
    whole=("全市逐年", "whole area"),
    districts=("各区县逐年", "districts"),
    lines=("红线", "red lines"),
    sources=("依据", "sources"),
)
TITLES = texts(
    asked=("怎样推演", "How it is projected"),
    assumed=("各情景的假设", "What the scenarios assume"),
    held=("没有推演的", "What is not carried ahead"),
    whole=("全市逐年，各情景并列", "The whole area year by year, the scenarios side by side"),
    districts=("各区县逐年", "Every district year by year"),
    lines=("红线触发的次数", "Runs in which red lines are met"),
    binding=("约束名额的规则", "Rules that bound the places"),
    readings=("采用的口径", "Readings"),
)
COLUMNS = texts(
    line=("内容", "content"),
    scenario=("情景", "scenario"),
    item=("项目", "item"),
    area=("区域", "area"),
    year=("年份", "year"),
    low=("低", "low"),
    middle=("中位", "middle"),
    high=("高", "high"),
    rule=("规则", "rule"),
    trigger=("触发情形", "trigger"),
    met=("触发次数", "runs met"),
    unknown=("无法判断次数", "runs unknown"),
    bound=("约束次数", "runs bound"),
    resource=("名额", "places"),
    why=("原因", "why"),
    question=("口径问题", "question"),
    chosen=("采用", "chosen"),
    by=("提出者", "proposed by"),
    clauses=("条款", "clauses"),
)
