"""The kinds of notices, and which of them go with an entry of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import MOVES

#: Every kind, which is also the name of its template. Expiry, termination for a cause and closure
#: have a text each: 到期终止, 解除 and 关闭 are never mixed.
NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "acceptance": Text("受理通知书", "notice of acceptance"),
        "supplement": Text("补正材料一次性告知书", "one-time notice of missing papers"),
        "refusal": Text("不予受理（纳入）决定书", "refusal"),
        "evaluation_papers": Text("评估补充材料通知书", "notice of papers for the evaluation"),
        "evaluation_failed": Text("评估不合格告知书", "notice of a failed evaluation"),
        "public_notice": Text("公示", "public notice"),
        "agreement": Text("医疗保障服务协议", "agreement"),
        "trial_result": Text("试运行考核结果通知书", "result of the trial"),
        "rectification": Text("限期整改通知书", "order to rectify"),
        "appeal_answer": Text("申诉答复书", "answer to an appeal"),
        "suspension": Text("中止通知书", "notice of suspension"),
        "resumption_refusal": Text("不同意恢复通知书", "refusal to resume"),
        "non_renewal": Text("不续签通知书", "notice of non-renewal"),
        "expiry": Text("到期终止通知书", "notice of expiry"),
        "termination": Text("解除通知书", "notice of termination"),
        "closure": Text("关闭通知书", "notice of closure"),
        "assessment": Text("年度考核结果通知书", "result of the yearly assessment"),
    }
)
KINDS = tuple(NAMES)
#: Moves whose notice is not simply the one that the table of moves names.
_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pass_trial": ("trial_result", "agreement"),  # who passes signs again
        "expire": ("expiry",),
        "lapse": ("expiry",),
        "close": ("closure",),
    }
)
#: Kinds that refuse, find against, order or take something: they name the remedies.
AGAINST = (
    "refusal",
    "evaluation_failed",
    "rectification",
    "suspension",
    "resumption_refusal",
    "non_renewal",
    "expiry",
    "termination",
    "closure",
)


def kinds_of(entry: Entry) -> tuple[str, ...]:
    """The notices that go with an entry; none with most."""
    notice = MOVES[entry.move].notice
    return _OWN.get(entry.move, (notice,) if notice else ())
