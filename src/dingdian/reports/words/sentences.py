"""Sentences of the conclusions: each belongs to a group and has fields for words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

#: Groups of conclusions, in their order.
GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "stock": Text("基本情况", "The stock"),
        "red_lines": Text("基金红线", "Fund red lines"),
        "places": Text("{year}年新增数量", "New places of {year}"),
        "over_under": Text("超出与不足", "Over and under"),
        "open": Text("无法计算与未定", "Undefined and open"),
    }
)

#: What stands behind the places of a resource: the rules that bind, and districts without number.
BINDING = Text("（由{rules}限定）", " (bound by {rules})")
REST = Text(
    "；其余区县没有数字，须在全域总量之内",
    "; the other districts have no number of their own, but stay within the whole",
)

#: What stands behind a limit: what it was made of, and what part of its room is kept free.
MADE_OF = Text("（{year}年末{base}×{share}）", " ({base} at the end of {year} × {share})")
AT_END = Text("（{year}年末的数）", " (as at the end of {year})")
KEPT_FREE = Text(
    "，其中{kept}留给单独管理床位", ", of which {kept} are kept free for beds managed apart"
)

#: What stands for a number of which a part is decided, and who is not located.
AT_LEAST = Text("至少{number}", "at least {number}")
NOT_LOCATED = Text(
    "；{who}没有可用坐标，附近的居民点无法断定",
    "; {who} without a usable position leave the localities near them undecided",
)
OFF_STREETS = Text(
    "；{who}没有可用坐标或离道路500米以上，附近的居民点无法断定",
    "; {who} without a usable position or over 500 m from any street leave the localities near "
    "them undecided",
)

#: Code -> group and sentence.
SENTENCES: Mapping[str, tuple[str, Text]] = MappingProxyType(
    {
        "stock": ("stock", Text("{area}：{numbers}。", "{area}: {numbers}.")),
        "red_line_off": (
            "red_lines",
            Text("{line}未触发（触发时{then}）。", "{line}: not triggered (if it were: {then})."),
        ),
        "red_line_on": ("red_lines", Text("{line}已触发：{then}。", "{line}: triggered: {then}.")),
        "red_line_met": (
            "red_lines",
            Text(
                "{line}已触发：{then}；情形：{triggers}。",
                "{line}: triggered: {then}; met: {triggers}.",
            ),
        ),
        "red_line_unknown": (
            "red_lines",
            Text(
                "{line}是否触发无法判断（触发时{then}）；证据不全的情形：{triggers}。",
                "{line}: undecided (if triggered: {then}); evidence incomplete for: {triggers}.",
            ),
        ),
        "red_line_open": ("red_lines", Text("{line}：{then}。", "{line}: {then}.")),
        "places": (
            "places",
            Text(
                "{year}年新增{resource}共{total}{by}，其中{districts}。",
                "{year}, {resource}: {total} in all{by}, of which {districts}.",
            ),
        ),
        "places_at_most": (
            "places",
            Text(
                "{year}年新增{resource}全域至多{total}{by}，其中{districts}{rest}。",
                "{year}, {resource}: at most {total} in all{by}, of which {districts}{rest}.",
            ),
        ),
        "places_unshared": (
            "places",
            Text(
                "{year}年新增{resource}全域至多{total}{by}，未分配到区县。",
                "{year}, {resource}: at most {total} in all{by}, not shared out to districts.",
            ),
        ),
        "places_limit": (
            "places",
            Text(
                "{year}年新增{resource}全域至多{total}{by}{rest}。",
                "{year}, {resource}: at most {total} in all{by}{rest}.",
            ),
        ),
        "places_whole": (
            "places",
            Text(
                "{year}年新增{resource}共{total}{by}。",
                "{year}, {resource}: {total} in all{by}.",
            ),
        ),
        "places_by_district": (
            "places",
            Text(
                "{year}年新增{resource}：部分区县没有数字，全域不合计，见“新增数量明细”。",
                "{year}, {resource}: some districts have no number, so there is no total; see "
                '"Places in detail".',
            ),
        ),
        "places_undefined": (
            "places",
            Text(
                "{year}年新增{resource}：无法计算（{why}）。",
                "{year}, {resource}: undefined ({why}).",
            ),
        ),
        "no_places": (
            "places",
            Text("{year}年不新增：{resources}{by}。", "{year}, none: {resources}{by}."),
        ),
        "unnumbered": (
            "places",
            Text(
                "没有数字、只受前置条件约束：{resources}。",
                "No number in the text, preconditions only: {resources}.",
            ),
        ),
        "two_ways": (
            "over_under",
            Text(
                "{area}两种算法结果不同，并列：{numbers}；规划采用“{chosen}”。",
                "{area}, two ways of counting differ and stand side by side: {numbers}; "
                "the plan uses “{chosen}”.",
            ),
        ),
        "over_benchmark": (
            "over_under",
            Text(
                "{area}{measure}为{value}，高于{benchmark}（{limit}），高{excess}。",
                "{area}, {measure}: {value}, over {benchmark} ({limit}) by {excess}.",
            ),
        ),
        "under_benchmark": (
            "over_under",
            Text(
                "{area}{measure}为{value}，不高于{benchmark}（{limit}），低{excess}。",
                "{area}, {measure}: {value}, not over {benchmark} ({limit}), under by {excess}.",
            ),
        ),
        "at_benchmark": (
            "over_under",
            Text(
                "{area}{measure}为{value}，等于{benchmark}（{limit}），不高于。",
                "{area}, {measure}: {value}, equal to {benchmark} ({limit}), not over.",
            ),
        ),
        "over_cap": (
            "over_under",
            Text(
                "{rule}：现有{stock}，上限{limit}{made}，超出{extra}。",
                "{rule}: stock {stock}, limit {limit}{made}, over by {extra}.",
            ),
        ),
        "under_cap": (
            "over_under",
            Text(
                "{rule}：现有{stock}，上限{limit}{made}，余量{extra}{kept}。",
                "{rule}: stock {stock}, limit {limit}{made}, room {extra}{kept}.",
            ),
        ),
        "at_cap": (
            "over_under",
            Text(
                "{rule}：现有{stock}，上限{limit}{made}。",
                "{rule}: stock {stock}, limit {limit}{made}.",
            ),
        ),
        "structure": (
            "over_under",
            Text("{rule}：{area}{parts}。", "{rule}: {area}, {parts}."),
        ),
        "equity": (
            "over_under",
            Text(
                "资源集聚度减人口集聚度：高于人口（正）的有{more}；低于人口（负）的有{less}。",
                "Agglomeration of resources minus people: positive in {more}; negative in {less}.",
            ),
        ),
        "shortage": (
            "over_under",
            Text("{rule}不足：{districts}。", "{rule}, missing: {districts}."),
        ),
        "encouraged": (
            "over_under",
            Text("{rule}，尚缺：{districts}。", "{rule}, still without: {districts}."),
        ),
        "unserved": (
            "over_under",
            Text(
                "{measure}：{area}{people}，其中{districts}{rest}。",
                "{measure}: {people} in {area}, of which {districts}{rest}.",
            ),
        ),
        "unserved_whole": (
            "over_under",
            Text("{measure}：{area}{people}{rest}。", "{measure}: {people} in {area}{rest}."),
        ),
        "served": ("over_under", Text("{measure}：{area}没有。", "{measure}: none in {area}.")),
        "undefined": (
            "open",
            Text("“{rule}”在{areas}无法判断：{why}。", '"{rule}" is undecided in {areas}: {why}.'),
        ),
        "open_readings": ("open", Text("口径未定：{readings}", "Open readings: {readings}")),
        "later": (
            "open",
            Text(
                "另有{n}条规则（征求意见、规划评估、监督等）在后续步骤实现，见“条款覆盖”。",
                "Rules that come in later steps (consultation, review, supervision …): {n}; "
                'see "Clauses".',
            ),
        ),
    }
)
