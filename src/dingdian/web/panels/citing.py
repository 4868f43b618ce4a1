"""The result of a panel in the entry of its case: what the form says beforehand, what is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dingdian.core.errors import RequestError, Text, fault
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.panel.result import Verdict
from dingdian.core.panel.state import State
from dingdian.web.panels import showing
from dingdian.web.panels.advancing import state_of_key
from dingdian.web.panels.applicants import subject_of
from dingdian.web.panels.models import Panel

if TYPE_CHECKING:
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web.cases.finding import Found

#: A move that records an evaluation -> what its panel must have found.
RECORDS: Mapping[str, Verdict] = MappingProxyType(
    {
        "pass_evaluation": Verdict.PASSED,
        "fail_evaluation": Verdict.FAILED,
        "fail_again": Verdict.FAILED,
    }
)
VERDICTS = {Verdict.PASSED: Text("合格", "passed"), Verdict.FAILED: Text("不合格", "failed")}


@dataclass(frozen=True, slots=True)
class Cited:
    """The panel of the evaluation that a case is at, and where it stands."""

    panel: Panel
    state: State

    @property
    def verdict(self) -> Verdict:
        """What it found; open while it has not concluded."""
        found = self.state.result
        done = found is not None and self.state.concluded_on is not None
        return found.verdict if found is not None and done else Verdict.OPEN

    @property
    def line(self) -> str:
        """How an entry of the ledger names it: day, verdict, note of the journal."""
        day, last = self.state.concluded_on, self.state.last
        said = VERDICTS[self.verdict].zh
        return f"评估小组结论：{said}，{day}，日志第{last}号（panel:{self.panel.key}）"

    @property
    def reason(self) -> str:
        """The result in a sentence of a letter: the verdict, points and mark, what was not passed.

        It stands in the ledger in Chinese, whatever the language of the page.
        """
        found = self.state.result
        assert found is not None  # noqa: S101 -- asked of a concluded one
        said = [f"经评估专家评估，结论为{VERDICTS[self.verdict].zh}"]
        if found.failed:
            names = (each.item.name.zh for each in found.items if each.item.item in found.failed)
            said.append(f"不合格项目：{'、'.join(names)}")
        elif any(each.passed is not None for each in found.items):
            said.append("定性项目均合格")
        if found.merit is not None:
            mark = "" if found.mark is None else f"（合格线{showing.number(found.mark)}分）"
            said.append(f"定量得分{showing.number(found.merit)}分{mark}")
        return "；".join(said) + "。"


def cited(found: Found) -> Cited | None:
    """The panel of the evaluation that a case is at; ``None`` where none was drawn."""
    panel = Panel.objects.filter(key=subject_of(found).key).first()
    return Cited(panel, state_of_key(panel.key)) if panel else None


def initial(found: Found, move: str) -> dict[str, Any]:
    """What the form of a move says beforehand: nothing where no panel has concluded on it."""
    if move not in RECORDS:
        return {}
    its = cited(found)
    if its is None or its.verdict is not RECORDS[move]:
        return {}
    day = its.state.concluded_on
    return {"held_on": day, "reason": its.reason, "documents": its.line}


def with_panel(found: Found, asked: Asked) -> Asked:
    """What is asked to be recorded, with the panel among its documents whatever the form says.

    Where no panel was drawn nothing is added: an evaluation may have been held elsewhere.

    Raises:
        RequestError: the panel has not concluded, or found otherwise.
    """
    if asked.move not in RECORDS:
        return asked
    its = cited(found)
    if its is None:
        return asked
    if its.verdict is Verdict.OPEN:
        raise RequestError((fault("panel_not_concluded"),))
    if its.verdict is not RECORDS[asked.move]:
        verdict, move = VERDICTS[its.verdict], MOVES[asked.move].name
        said = {"verdict": verdict.en, "verdict_zh": verdict.zh}
        said |= {"move": move.en, "move_zh": move.zh}
        raise RequestError((fault("panel_verdict_differs", None, **said),))
    others = (each for each in asked.documents if each != its.line)
    return replace(asked, documents=(its.line, *others))


def panels_of(case: str) -> list[Panel]:
    """The panels of a case in their order."""
    return list(Panel.objects.filter(case=case).order_by("number"))
