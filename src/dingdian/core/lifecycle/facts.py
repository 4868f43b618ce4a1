"""What a move may state besides its day and reason: every fact by name, with its kind.

Facts are kept as text in one spelling each, because the ledger keeps text: days as 2026-03-01,
services as ``inpatient;outpatient_pooling``, beds as ``general=60;tcm=20``.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.census.vocabulary import BED_CLASSES, CHOICES, SERVICES
from dingdian.core.errors import Text


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: its names and how its text is read; ``reads`` raises ``ValueError`` for another.

    ``choice`` names the vocabulary of a fact that is one of its words.
    """

    name: Text
    reads: Callable[[str], object]
    example: str
    choice: str = ""


def day_of(text: str) -> dt.date:
    """A day.

    >>> day_of("2026-03-01")
    datetime.date(2026, 3, 1)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def services_of(text: str) -> tuple[str, ...]:
    """Services in the order of the vocabulary.

    >>> services_of("outpatient_pooling;inpatient")
    ('inpatient', 'outpatient_pooling')
    """
    found = {each for each in text.split(";") if each}
    if found - set(SERVICES):
        raise ValueError(text)
    return tuple(each for each in SERVICES if each in found)


def beds_of(text: str) -> Mapping[str, int]:
    """Contracted beds by class; a class that is not named has none.

    >>> dict(beds_of("general=60;tcm=20"))
    {'general': 60, 'tcm': 20}
    """
    pairs = [each.partition("=") for each in text.split(";") if each]
    found = {name: int(n) for name, _, n in pairs if re.fullmatch(r"[0-9]+", n)}
    if len(found) < len(pairs) or set(found) - set(BED_CLASSES):
        raise ValueError(text)
    return MappingProxyType(found)


def beds_text(beds: Mapping[str, int]) -> str:
    """The spelling of beds: classes in the order of the vocabulary, those of none left out.

    >>> beds_text({"tcm": 20, "general": 60, "dialysis": 0})
    'general=60;tcm=20'
    """
    return ";".join(f"{each}={beds[each]}" for each in BED_CLASSES if beds.get(each))


def services_text(services: Iterable[str]) -> str:
    """The spelling of services."""
    return ";".join(services_of(";".join(services)))


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(text)
    return int(text)


def _degrees(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def _one_of(words: Iterable[str]) -> Callable[[str], str]:
    known = frozenset(words)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


#: What counts as key information (令2 art. 40), with the column of a census that holds it.
KEY_INFORMATION: Mapping[str, tuple[Text, str]] = MappingProxyType(
    {
        "name": (Text("名称", "name"), "name"),
        "legal_person": (Text("法定代表人", "legal person"), ""),
        "head": (Text("主要负责人或实际控制人", "head or controller"), ""),
        "address": (Text("注册地址", "registered address"), "address"),
        "bank_account": (Text("银行账户", "bank account"), ""),
        "departments": (Text("诊疗科目", "departments"), ""),
        "scale": (Text("机构规模", "scale"), ""),
        "ownership": (Text("机构性质", "ownership"), "ownership"),
        "level": (Text("等级", "level"), "level"),
        "type": (Text("类别", "type"), "type"),
    }
)

#: How serious what was found in guidance is (SY-20: 情节较轻、情节严重).
SEVERITIES: Mapping[str, Text] = MappingProxyType(
    {"minor": Text("较轻", "minor"), "serious": Text("严重", "serious")}
)


def _changed(text: str) -> tuple[str, ...]:
    found = tuple(each for each in text.split(";") if each)
    if not found or set(found) - set(KEY_INFORMATION):
        raise ValueError(text)
    return found


def _fact(zh: str, en: str, reads: Callable[[str], object] = _text, example: str = "…") -> FactRow:
    return FactRow(Text(zh, en), reads, example)


def _word(zh: str, en: str, choice: str, example: str) -> FactRow:
    return FactRow(Text(zh, en), _one_of(CHOICES[choice]), example, choice)


_DAY = "2026-03-01"
FACTS: Mapping[str, FactRow] = MappingProxyType(
    {
        "institution": _fact("医保机构代码", "institution code", example="H21010200001"),
        "name": _fact("机构名称", "name"),
        "uscc": _fact("统一社会信用代码", "unified social credit code"),
        "kind": _word("机构类别", "kind", "kind", "hospital"),
        "level": _word("等级", "level", "level", "secondary"),
        "type": _word("类型", "type", "type", "general"),
        "ownership": _word("办医性质", "ownership", "ownership", "public"),
        "region": _fact("所属区划代码", "region code", example="210102"),
        "address": _fact("地址", "address"),
        "lon": _fact("经度", "longitude", _degrees, "123.42"),
        "lat": _fact("纬度", "latitude", _degrees, "41.79"),
        "crs": _fact("坐标系", "coordinate system", example="CGCS2000"),
        "opened_on": _fact("开业日期", "opened on", day_of, _DAY),
        "chain": _fact("所属连锁企业", "chain"),
        "person": _fact("法定代表人或负责人（证件号或摘要）", "legal person or head (number or digest)"),
        "services": _fact("服务类型", "services", services_of, "inpatient;outpatient_pooling"),
        "service": _word("开通或停止的服务", "service opened or closed", "service", "outpatient_pooling"),
        "beds": _fact("医保床位", "contracted beds", beds_of, "general=60;tcm=20"),
        "pharmacy_grade": _word("药店分级", "pharmacy grade", "grade", "c"),
        "stage": _fact("阶段", "stage", example="in_force"),
        "designated_since": _fact("定点起始日期", "designated since", day_of, _DAY),
        "agreement": _fact("协议编号", "agreement number"),
        "agreement_since": _fact("协议起始日期", "agreement since", day_of, _DAY),
        "agreement_through": _fact("协议届满日期", "agreement through", day_of, "2027-02-28"),
        "guidance_through": _fact("辅导期届满日期", "guidance through", day_of, "2026-08-31"),
        "trial_through": _fact("试运行期届满日期", "trial through", day_of, "2027-02-28"),
        "suspended_through": _fact("中止届满日期", "suspended through", day_of, "2026-08-27"),
        "missing": _fact("需补充的材料", "missing papers"),
        "ground": _fact("不予受理或不予纳入的情形", "ground of refusal"),
        "cause": _fact("原因（清单中的情形）", "cause (an item of the checklist)"),
        "bar": _fact("由此不予受理的情形", "ground on which it bars", example="breach_termination_within_1_year"),
        "severity": _fact("情节", "severity", _one_of(SEVERITIES), "minor"),
        "changed": _fact("变更事项", "what changed", _changed, "name;address"),
        "approved_on": _fact("批准变更日期", "approved on", day_of, _DAY),
        "requested_on": _fact("申请日期", "requested on", day_of, _DAY),
        "pooling_area": _fact("作出处理的统筹区", "pooling area that decided"),
        "outcome": _fact("结果", "outcome"),
        "exemption": _fact("不受规划限制所依据的规则", "rule by which the plan does not limit it", example="sy_exempt"),
        "exception": _fact("突破名额所依据的例外决定（规则）", "rule of which a decision exceeds the number", example="sy_bed_freeze"),
        "against": _fact("所申诉的登记", "entry appealed against", _number, "12"),
        "demand": _fact("申诉的请求和理由", "what the appeal asks for, and why"),
        "entry": _fact("所撤销登记的序号", "entry that is annulled", _number, "12"),
    }
)  # fmt: skip
