"""Words of an assessment: items, grades, steps and numbers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord
from dingdian.core.digits import natural, rounded
from dingdian.core.record import Named
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.wording import Lang, Words, grouped
from dingdian.reports.words import assessment as own

#: Attribute -> the vocabulary of its words, where they differ.
_CHOICES = {"pharmacy_grade": "grade"}
_NUMBERS = frozenset({"floor", "ceiling", "answers", "at_least", "points", "total"})


@dataclass(frozen=True)
class AssessmentWords(Words):
    """Everything that the record of an assessment names, in one language."""

    record: AssessmentRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def item(self, item: str, side: str = "") -> str:
        """An item of a sheet: of the side's own where one is named."""
        sheets = self.record.sheets
        found = [sheets[side]] if side in sheets else list(sheets.values())
        named = next((sheet.items[item] for sheet in found if item in sheet.items), None)
        return self.name(named) if named else item

    def grade(self, each: AssessedRecord) -> str:
        """The grade of an institution; — where there is none."""
        if each.grade is None:
            return "—"
        named = self.record.sheets[each.side].grades.get(each.grade)
        return self.name(named) if named else each.grade

    def step(self, step: str) -> str:
        """A step of the ladder."""
        return self._known(self.record.steps, step)

    def side(self, side: str) -> str:
        """Medical institutions or pharmacies."""
        return self.term("assessed_side", side) if side else "—"

    def attribute(self, name: str, word: str) -> str:
        """A word of a column that parts groups."""
        return self.term(_CHOICES.get(name, name), word)

    def points(self, exact: str | None) -> str:
        """Points to two decimals; — where there are none."""
        return "—" if exact is None else grouped(rounded(Fraction(exact), 2))

    def share(self, exact: str | None) -> str:
        """A share in per cent, to two decimals; — where there is none."""
        return "—" if exact is None else grouped(rounded(Fraction(exact) * 100, 2)) + "%"

    def title(self) -> str:
        """The title of the assessment."""
        return self.say(own.TITLE, city=city_name(self), year=self.record.year)

    def basis(self) -> str:
        """The day, the census and the text that it rests on."""
        plan, standing = plan_text(self)
        day, stock = self.day(self.record.assessed_on), self.day(self.record.stock_day)
        return self.say(own.BASIS, day=day, stock=stock, plan=plan, standing=standing)

    def of(self, move: str, of: str, side: str) -> str:
        """What a proposed move rests on: a service, a step, a grade."""
        if move == "close_service" and of not in self.record.steps:
            return self.term("service", of)
        if of in self.record.steps:
            return self.step(of)
        if move in ("upgrade_grade", "downgrade_grade"):
            return self.term("grade", of)
        grades = self.record.sheets[side].grades if side in self.record.sheets else {}
        return self._known(grades, of)

    def _known(self, named: Mapping[str, Named], code: str) -> str:
        found = named.get(code)
        return self.name(found) if found else code

    def _detail(self, name: str, text: str) -> str:
        """A detail of a reason in words."""
        if name in _NUMBERS:
            return grouped(natural(Fraction(text)))
        if name == "items":
            return self.join([self.item(each) for each in text.split(", ")])
        if name == "item":
            return self.item(text)
        if name == "grade":
            return self.term("grade", text)
        return super()._detail(name, text)
