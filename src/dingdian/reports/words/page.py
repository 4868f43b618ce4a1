"""Phrases of the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text


def _phrases(**phrases: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({name: Text(zh, en) for name, (zh, en) in phrases.items()})


PHRASES = _phrases(
    skip=("跳到结论", "Skip to the conclusions"),
    contents=("目录", "Contents"),
    conclusions=("结论", "Conclusions"),
    charts=("图", "Charts"),
    derivations=("结论所用数值的推导", "How the numbers of the conclusions come about"),
    derivations_lead=(
        "只列结论所用的数值及其各级依据；其他数值把鼠标停在上面可见编号和算式，"
        "完整推导（含台账行）用命令：dingdian explain 规划文件夹 编号",
        "Only the numbers of the conclusions and what they rest on; any other number shows its "
        "key and computation on hover. Full derivations, down to ledger rows: "
        "dingdian explain FOLDER KEY",
    ),
    inputs=("由下列数值得出：", "made of:"),
    clauses=("条文：", "Clauses: "),
    readings=("口径：", "Readings: "),
    prints=("指纹", "Fingerprints"),
    prints_lead=(
        "同样的台账、政策库和程序版本得出同样的结果；任何一项变化，指纹随之改变。",
        "The same ledger, shelf and release give the same result; a change in any of them "
        "changes its fingerprint.",
    ),
    census=("台账", "Census"),
    shelf=("政策库", "Policy shelf"),
    result=("结果", "Result"),
    engine=("程序版本", "Release"),
    to_top=("回到页首", "Back to top"),
)
