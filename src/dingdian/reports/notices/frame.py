"""What every notice bears: in whose name it goes out, its number, its marks, what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.reports.notices.citations import citations, unissued
from dingdian.reports.notices.numbers import number_of
from dingdian.reports.notices.office import Office
from dingdian.reports.papers.citing import NO_EFFECT, SPECIMEN, cited
from dingdian.reports.wording import long_day

_ANNULLED = "已撤销　　本件所依据的登记已经撤销，不得送达；已送达的另行告知"


@dataclass(frozen=True)
class Frame:
    """The frame of a notice.

    ``n``: which of its kind in its ``year``. ``by_bureau``: in the name of the bureau, else of the
    agency. ``clauses``: all that it rests on. ``annulled``: the entry that took back the one it
    tells of, ``None`` where that holds.
    """

    office: Office
    kind: str
    year: int
    n: int
    by_bureau: bool
    clauses: tuple[str, ...]
    annulled: Entry | None = None

    @cached_property
    def basis(self) -> list[str]:
        """The clauses that are a legal basis, by document."""
        return list(cited(citations(self.office.terms, self.clauses), basis=True, text=True))

    @cached_property
    def computed(self) -> list[str]:
        """The clauses that are none."""
        return list(cited(citations(self.office.terms, self.clauses), basis=False, text=True))

    @cached_property
    def plan(self) -> str:
        """The plan that it rests on, where that is not issued."""
        return unissued(self.office.terms, self.clauses)

    @property
    def specimen(self) -> bool:
        """Whether it has no effect: nothing to cite, a plan that is not issued, marked data."""
        return bool(self.office.marks or self.plan) or not self.basis

    def names(self) -> dict[str, Any]:
        """Name -> value, as a template sees them."""
        city, year = self.office.city, self.year
        head = self.office.head.filled(city, year)
        return {
            "city": city,
            "year": year,
            "head": head,
            "issuer": head.issuer if self.by_bureau else head.agency,
            "number": number_of(head.numbers, self.kind, city=city, year=year, n=self.n),
            "mark_line": self._mark_line(),
            "mark_title": self._mark_title(),
            "marks": list(self._marks()),
            "basis": self.basis,
            "computed": self.computed,
        }

    def _mark_line(self) -> str:
        if self.annulled:
            return _ANNULLED
        return NO_EFFECT.zh if self.specimen else ""

    def _mark_title(self) -> str:
        if self.annulled:
            return "（已撤销）"
        return f"（{SPECIMEN.zh}）" if self.specimen else ""

    def _marks(self) -> Iterator[str]:
        """Why it cannot be served."""
        if self.annulled:
            day = long_day(self.annulled.known_at.astimezone(SHANGHAI).date(), "zh")
            why = f"（{self.annulled.reason}）" if self.annulled.reason else ""
            yield f"本件所依据的登记已于{day}撤销{why}；编号保留，不再使用。"
        if self.plan:
            yield f"样张：本件依据的{self.plan}没有正式印发，不得作为正式文书送达。"
        elif not self.basis:
            yield "样张：没有可以引用的、正式印发并已核对原文的条款，不得作为正式文书送达。"
        yield from self.office.marks
