"""What a step states: every fact by name, with its kind and its help.

Facts are kept as text in one spelling each, as the journal keeps them: days as 2026-03-01.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.signs import is_fit


class FactKind(StrEnum):
    """How the text of a fact is read."""

    DAY = "day"
    NUMBER = "number"
    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    VERSION = "version"


#: The words of facts that are one of a list, or several of it.
WORDS: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "audiences": MappingProxyType(
            {
                "institution": Text("医药机构", "institutions"),
                "insured": Text("参保人员", "the insured"),
                "expert": Text("专家学者", "experts"),
                "other": Text("其他", "others"),
            }
        ),
        "fairness": MappingProxyType(
            {
                "no_harm": Text(
                    "不具有排除、限制竞争效果，可以出台", "no harm to competition: may be issued"
                ),
                "exception": Text("适用例外规定，可以出台", "an exception applies: may be issued"),
                "harm": Text("具有排除、限制竞争效果，退回修改", "harms competition: returned"),
            }
        ),
        "lawfulness": MappingProxyType(
            {
                "lawful": Text("合法，同意提交审议", "lawful: may be deliberated"),
                "unlawful": Text("存在合法性问题，退回修改", "not lawful: returned"),
            }
        ),
        "consent": MappingProxyType(
            {
                "agreed": Text("审议通过", "agreed"),
                "not_agreed": Text("未通过，退回修改", "not agreed: returned"),
            }
        ),
        "substantial": MappingProxyType(
            {
                "yes": Text("实质性修改，重新征求意见", "substantial: consulted again"),
                "no": Text("非实质性修改，不重新征求意见", "not substantial: not consulted again"),
            }
        ),
        "finding": MappingProxyType(
            {
                "keep": Text("继续执行", "keep"),
                "amend": Text("修订", "amend"),
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: its names, its kind, what helps to fill it in, and the words it is one of."""

    name: Text
    kind: FactKind
    help: Text
    words: str = ""


def _row(kind: FactKind, *texts: str, words: str = "") -> FactRow:
    zh, en, help_zh, help_en = texts
    return FactRow(Text(zh, en), kind, Text(help_zh, help_en), words)


_DAY, _NUM, _LINE, _LONG = FactKind.DAY, FactKind.NUMBER, FactKind.LINE, FactKind.LONG
FACTS: Mapping[str, FactRow] = MappingProxyType(
    {
        "version": _row(FactKind.VERSION, "版本", "version", "假设测算的版本、文件被改动过的版本不能选", "a what-if version or one whose files were changed cannot be chosen"),
        "title": _row(_LINE, "标题", "title", "公开页面显示的标题", "as the public page shows it"),
        "opened_on": _row(_DAY, "开始日期", "first day", "公开征求意见的第一天", "the first day on which comments may be made"),
        "through": _row(_DAY, "截止日期", "last day", "最后一天，含当日", "the last day, which counts"),
        "audiences": _row(FactKind.CHOICES, "征求对象", "who is asked", "医药机构、参保人员、专家学者都要征求", "institutions, the insured and experts are all asked", words="audiences"),
        "channel": _row(_LINE, "公开渠道", "channel", "例如：政府网站、公示栏、座谈会", "such as website, notice board, meeting"),
        "late_reason": _row(_LONG, "补录原因", "why recorded late", "开始日期早于今天时填写", "where the first day has passed already"),
        "closed_on": _row(_DAY, "结束日期", "closed on", "截止日期之后", "after the last day"),
        "reason": _row(_LONG, "理由", "reason", "写明依据和情况，记入日志", "what it rests on; it is kept in the journal"),
        "published_on": _row(_DAY, "反馈公开日期", "answers published on", "采纳情况向社会公开的日期", "when the answers were made public"),
        "fairness": _row(FactKind.CHOICE, "审查结论", "conclusion", "适用例外规定的，在意见中写明是哪一项", "name the exception in the opinion", words="fairness"),
        "lawfulness": _row(FactKind.CHOICE, "审核结论", "conclusion", "退回的，在意见中写明问题", "where it is returned, say why in the opinion", words="lawfulness"),
        "number": _row(_LINE, "文书编号", "document number", "审查、审核意见书或会议纪要的编号", "of the opinion or the minutes"),
        "reviewed_on": _row(_DAY, "审查日期", "reviewed on", "意见书落款日期", "the date of the opinion"),
        "opinion": _row(_LONG, "意见", "opinion", "结论的主要理由", "the main grounds"),
        "meeting": _row(_LINE, "会议名称", "meeting", "例如：局长办公会 2026 年第 3 次", "such as third meeting of 2026"),
        "held_on": _row(_DAY, "会议日期", "held on", "不早于审核日期", "not before the reviews"),
        "members": _row(_NUM, "应到人数", "members", "应出席会议的人数", "how many the meeting has"),
        "present": _row(_NUM, "实到人数", "present", "须超过应到人数的半数", "more than half of the members"),
        "consent": _row(FactKind.CHOICE, "审议结果", "result", "未通过的退回修改", "where it is not agreed it goes back", words="consent"),
        "document_number": _row(_LINE, "发文字号", "number of issue", "例如：大兴安岭医保发〔2026〕3号", "as it stands on the document"),
        "issued_on": _row(_DAY, "印发日期", "issued on", "成文日期", "the date of the document"),
        "since": _row(_DAY, "施行日期", "in force from", "不早于印发日期", "not before the issue"),
        "valid_through": _row(_DAY, "有效期至", "in force through", "规划按方案写明的有效期填写", "as the text of the plan states"),
        "filed_on": _row(_DAY, "备案日期", "filed on", "报送备案的日期", "when it was sent"),
        "filed_with": _row(_LINE, "备案机关", "filed with", "例如：省医疗保障局、本级司法行政部门", "such as the provincial bureau"),
        "span_since": _row(_DAY, "评估期起", "reviewed from", "一般为施行日期", "as a rule the day from which it holds"),
        "span_through": _row(_DAY, "评估期止", "reviewed through", "不晚于今天", "not after today"),
        "finding": _row(FactKind.CHOICE, "评估结论", "conclusion", "结论为修订的，另立修订稿，印发后替代本规划", "where it is to be amended, a new plan is drawn up that supersedes it at its issue", words="finding"),
        "plan": _row(_LINE, "修订稿", "amending plan", "修订稿的编号", "its number"),
        "substantial": _row(FactKind.CHOICE, "修改性质", "kind of change", "由承办人判断并写明理由；审查、审核、审议都要重新进行", "decided by a person with the reason; reviews and deliberation are made again in any case", words="substantial"),
        "missing": _row(_LONG, "未申报区县的说明", "districts without a submission", "有区县未申报时填写", "where a district submitted nothing"),
    }
)  # fmt: skip


def day_of(text: str) -> dt.date:
    """A day.

    >>> day_of("2026-03-01")
    datetime.date(2026, 3, 1)

    Raises:
        ValueError: it is no day in this spelling.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def fits(name: str, text: str) -> bool:
    """Whether a text can be the value of a fact.

    >>> fits("present", "7"), fits("present", "-7"), fits("consent", "agreed"), fits("consent", "?")
    (True, False, True, False)
    """
    row = FACTS[name]
    if row.kind is FactKind.DAY:
        try:
            day_of(text)
        except ValueError:
            return False
        return True
    if row.kind in (FactKind.NUMBER, FactKind.VERSION):
        return re.fullmatch(r"[1-9][0-9]{0,5}", text) is not None
    if row.kind is FactKind.CHOICE:
        return text in WORDS[row.words]
    if row.kind is FactKind.CHOICES:
        return set(text.split(";")) <= set(WORDS[row.words])
    return is_fit(text)


def said(name: str, text: str, lang: str) -> str:
    """The value of a fact as a person reads it; days and numbers stay as they are.

    >>> said("audiences", "institution;expert", "zh")
    '医药机构、专家学者'
    """
    row = FACTS.get(name)
    if row is None or not row.words:
        return text
    words = (WORDS[row.words].get(each) for each in text.split(";"))
    joint = "、" if lang == "zh" else ", "
    return joint.join(each.say(lang) for each in words if each)
