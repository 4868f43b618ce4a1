"""What a letter to an applicant says: its outcome, the facts, the clauses; never advice.

Letters are Chinese, like the papers of a plan. Only a clause that is issued and whose text is
checked is a legal basis; any other is named apart, and a letter without a basis is a specimen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from dingdian.core.admission.decision import Met, Outcome, Stage, leads_to
from dingdian.core.admission.record import AdmissionConditionRecord, DecisionRecord, NearRecord
from dingdian.core.record import DocumentRecord
from dingdian.reports.admission import tables
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.frame import city_name, mark_words
from dingdian.reports.grid import Table
from dingdian.reports.papers.binding import Binding
from dingdian.reports.papers.citing import (
    NO_EFFECT,
    SPECIMEN,
    Citation,
    cited,
    document_cited,
)
from dingdian.reports.papers.contents import clause_at, clause_text
from dingdian.reports.papers.letterhead import Letterhead
from dingdian.reports.words.admission import ASKED


@dataclass
class Letter:
    """The answers to the template of a letter, for one applicant.

    Attributes:
        words: the round, in Chinese.
        decision: the applicant.
        head: whose letter it is.
    """

    words: CaseWords
    decision: DecisionRecord
    head: Letterhead
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    binding: Binding = field(init=False)

    def __post_init__(self) -> None:
        self.binding = Binding(self.words)

    @property
    def internal(self) -> bool:
        """Whether it is a note for the bureau: nothing is told to the applicant, nothing asked."""
        outcome = self.decision.final
        if outcome is Outcome.NEEDS_FACTS:
            return not self.asked
        return outcome in (Outcome.NEEDS_SURVEY, Outcome.NEEDS_READING)

    @property
    def asked(self) -> tuple[AdmissionConditionRecord, ...]:
        """The conditions whose facts only the applicant can give."""
        return tuple(c for c in self._leading if c.stage is not Stage.REFUSAL and _asked(c))

    @property
    def grounds(self) -> tuple[AdmissionConditionRecord, ...]:
        """The conditions that the letter gives as reasons."""
        return self.asked or self._leading

    @property
    def _leading(self) -> tuple[AdmissionConditionRecord, ...]:
        final = self.decision.final
        if final is Outcome.PROPOSED:
            return ()
        return tuple(c for c in self.decision.conditions if leads_to(c) is final)

    @property
    def specimen(self) -> bool:
        """Whether it has no effect: the plan is not issued, or nothing can be cited."""
        marks = self.words.record.marks
        return marks.simulation or marks.as_if or marks.invented or not any(self._cited(basis=True))

    @property
    def day(self) -> dt.date:
        """The day that the file bears."""
        return self.words.record.stock_day

    def names(self) -> dict[str, Any]:
        """Name -> value, as a template sees them."""
        words, decision = self.words, self.decision
        record = words.record
        conditions = [self._ground(each) for each in self.grounds]
        return {
            "city": city_name(words),
            "year": record.year,
            "head": self.head.filled(city_name(words), record.decided_on.year),
            "mark_line": words.say(NO_EFFECT) if self.specimen else "",
            "mark_title": f"（{words.say(SPECIMEN)}）" if self.specimen else "",
            "marks": list(mark_words(words)),
            "day": words.day(record.decided_on),
            "case_day": words.day(decision.day),
            "fingerprint": record.fingerprints.result[:16],
            "engine": record.engine,
            "outcome": decision.final.value,
            "internal": self.internal,
            "asked": bool(self.asked),
            "application": decision.application,
            "applicant": decision.name or decision.application,
            "request": self._request(),
            "grounds": list(dict.fromkeys(conditions)),
            "passed": sum(c.met is Met.PASSED for c in decision.conditions),
            "takes": tables.takes(words, decision),
            "exceptions": list(self._exceptions()),
            "basis": list(self._cited(basis=True)),
            "computed": list(self._cited(basis=False)),
        }

    def _request(self) -> str:
        """What is applied for, where."""
        words, decision = self.words, self.decision
        services = words.join([words.term("service", each) for each in decision.services])
        beds = tables.beds(words, decision)
        said = (
            f"机构类别为{words.term('kind', decision.kind)}" if decision.kind else "",
            f"位于{words.scope(decision.district)}" if decision.district else "",
            f"申请的服务类型为{services}" if services else "",
            f"申请的医保床位为{beds}" if beds else "",
        )
        return "，".join(filter(None, said)) or "申请内容见所附申请表"

    def _ground(self, each: AdmissionConditionRecord) -> str:
        """A condition as a fact: what was found, what is asked for, what is missing, and why."""
        words = self.words
        stands = "" if each.why or each.shortfall else words.met(each)
        told = (self._numbers(each), stands, words.why(each.why), *map(self._near, each.near))
        return f"{words.item(each)}：{'；'.join(filter(None, told))}。"

    def _numbers(self, each: AdmissionConditionRecord) -> str:
        """Value, threshold and shortfall; of places what is asked for and what is left."""
        words = self.words
        names = ("申请", "剩余", "不足") if each.stage is Stage.PLACES else ("查明", "规定", "相差")
        texts = (each.value, each.threshold, each.shortfall)
        said = (
            f"{name}{words.amount(text, each.unit)}"
            for name, text in zip(names, texts, strict=True)
            if text is not None
        )
        return "，".join(said)

    def _near(self, near: NearRecord) -> str:
        """One who stands near; another applicant is not named."""
        if not near.applicant:
            return self.words.near(near)
        metres = self.words.amount(str(Fraction(near.distance_mm, 1000)), "metre")
        return f"同批排序在先的另一申请（{metres}）"

    def _exceptions(self) -> Iterator[str]:
        """The exceptions in effect: by whom, when, and the minute."""
        words = self.words
        for each in self.decision.exceptions:
            if each.refused is None:
                day = words.day(each.decided_on)
                yield f"{words.rule(each.rule)}：{day}{each.by}决定（{each.minute}）。"

    def _cited(self, *, basis: bool) -> Iterator[str]:
        """The clauses of the grounds with their words; of one that is proposed, where they stand.

        ``basis``: those that are issued and checked; else the others.
        """
        yield from cited(self._citations(), basis=basis, text=bool(self.grounds))

    def _citations(self) -> Iterator[Citation]:
        record = self.words.record
        for each in self.grounds or self.decision.conditions:
            for name in each.clauses:
                clause = record.clauses.get(name)
                document = record.documents.get(clause.document) if clause else None
                if clause is not None and document is not None:
                    title, at = self._document(document), clause_at(self.words, clause)
                    text = clause_text(clause.zh)
                    yield Citation(title, at, text, document.standing, clause.mark)

    def _document(self, document: DocumentRecord) -> str:
        """A document with its number, or with its standing where it is not issued."""
        return document_cited(document.zh, document.number, document.standing)


def _asked(each: AdmissionConditionRecord) -> bool:
    return each.why is not None and each.why.code in ASKED
