"""Everything that may be wrong with what a projection is given, in one table."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import FaultKind, Severity, Text


def _kind(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.BLOCKING, Text(zh, en), Text(cure_zh, cure_en))


KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {
        "projection_cohort_twice": _kind("区县 {district} 的 {first} 岁起年龄组写了 {n} 行", "district {district} has {n} rows for the age group that begins at {first}", "每个区县每个年龄组只留一行", "keep one row for each district and age group"),
        "projection_cohort_unlike": _kind("{first} 岁起的年龄组在各行止于不同年龄：{groups}", "the age group that begins at {first} ends at different ages: {groups}", "各区县用同样的年龄组", "use the same age groups for every district"),
        "projection_cohort_district": _kind("年龄组表中的区县 {district} 不在台账里", "district {district} of the age groups is not in the ledger", "可用：{known}", "known: {known}"),
        "projection_cohort_gap": _kind("年龄组有缺口或重叠：{before} 之后应从 {expected} 岁起，却从 {found} 岁起", "the age groups have a gap or an overlap: after {before} the next begins at {expected}, not at {found}", "年龄组从 0 岁起首尾相接，例如 0-4、5-9……85 岁及以上", "let them begin at 0 and follow one another, such as 0-4, 5-9 … 85 and over"),
        "projection_cohort_end": _kind("最高的年龄组止于 {last} 岁，没有敞口", "the highest age group ends at {last}: nobody older has a place", "最高组写成敞口，例如 85 岁及以上", "leave the last one open, such as 85 and over"),
        "projection_cohort_missing": _kind("区县 {district} 缺 {first} 岁起的年龄组", "district {district} lacks the age group that begins at {first}", "每个区县写齐全部年龄组；没有人的写 0", "give every age group for every district; 0 where there is nobody"),
        "projection_cohort_sum": _kind("区县 {district} 各年龄组合计 {found} 人，台账常住人口为 {resident} 人", "the age groups of district {district} sum to {found}, the ledger has {resident} residents", "用同一年份、同一口径的年龄组", "give age groups of the same year and kind as the ledger's residents"),
        "projection_cohort_head": _kind("年龄组表缺列：{missing}", "the table of age groups lacks the columns {missing}", "第一行写表头：{known}", "write the heads in the first row: {known}"),
        "projection_cohort_cell": _kind("不是整数：{value}", "no whole number: {value}", "写不小于 0 的整数；只有最高组的截止年龄留空", "write a whole number from 0; only the last age of the highest group is left empty"),
        "projection_entry_twice": _kind("情景“{scenario}”中“{entry}”写了两次", "scenario “{scenario}” states “{entry}” twice", "只留一处", "leave one of them"),
        "projection_scenario_twice": _kind("情景“{scenario}”出现两次", "scenario “{scenario}” is there twice", "改一个名字", "rename one of them"),
        "projection_vital_groups": _kind("情景“{scenario}”的出生、存活、迁移率与年龄组不对应（年龄组 {groups} 个）", "scenario “{scenario}”: births, survival and migration do not fit the age groups ({groups})", "每个年龄组各写一个率，并给出年龄组人口", "give one rate of each for every age group, and the people of these groups"),
        "projection_fund_short": _kind("{fund} 只有 {n} 年收支，算不出增长的变动（至少 {needed} 年）", "{fund} has {n} years: how growth varies cannot be told from fewer than {needed}", "补足各年收支，或在情景中写明增长率", "give more years, or state growth in the scenario"),
        "projection_fund_gap": _kind("{fund} 的年份不连续：{years}", "the years of {fund} do not follow one another: {years}", "补上缺的年份", "give the missing years"),
        "projection_fund_other_year": _kind("{fund} 的最后一年是 {found}，存量年份是 {wanted}", "the last year of {fund} is {found}, the stock is of {wanted}", "收支写到存量年份为止", "let the series end with the year of the stock"),
        "projection_rate_wrong": _kind("情景“{scenario}”的 {rate} 是 {value}，应在 0 至 1 之间", "scenario “{scenario}”: {rate} is {value}, not between 0 and 1", "改成 0 至 1 之间的数", "make it a number from 0 to 1"),
        "projection_exits_over_one": _kind("情景“{scenario}”中 {stock} 各种退出合计 {value}，超过 1", "scenario “{scenario}”: the exits of {stock} sum to {value}, more than 1", "核对各项退出率", "check the rates of exit"),
        "projection_entrant_twice": _kind("情景“{scenario}”有 {n} 种新增都叫“{entrant}”，结果分不开", "scenario “{scenario}” has {n} kinds of new institution called “{entrant}”: what comes of them cannot be told apart", "改用不同的名字", "give each a name of its own"),
        "projection_name_unknown": _kind("情景“{scenario}”的 {what} 没有“{name}”这一项", "scenario “{scenario}”: {what} has no “{name}”", "可用：{known}", "known: {known}"),
        "projection_against_rule": _kind("情景“{scenario}”写明 {year} 年 {district} 新增 {entrant} {stated} 家，规则最多容许 {allowed} 家（{rules}）", "scenario “{scenario}” states {stated} new {entrant} in {district} in {year}; the rules allow {allowed} at most ({rules})", "减少新增，或另写一个先释放名额的情景；规则不为情景让步", "state fewer, or a scenario that releases places first: rules do not give way to it"),
        "projection_stock_unknown": _kind("{measure} 今天的存量算不出来，无从推演", "the stock of {measure} is not known today: nothing can be projected from it", "先补齐台账：{why}", "complete the ledger first: {why}"),
        "projection_no_rules": _kind("{year} 年没有生效的规则，推演只能到 {last} 年", "no rules are given for {year}: the projection can run until {last}", "缩短年份，或把后一期规划放进政策库", "ask for fewer years, or put the plan that follows on the shelf"),
    }
)  # fmt: skip
