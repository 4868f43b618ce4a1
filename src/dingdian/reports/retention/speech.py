"""Words of a retention record: resources, goals, orders and numbers, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import natural, rounded
from dingdian.core.retention.choices import ORDER
from dingdian.core.retention.question import Aspect
from dingdian.core.retention_record import (
    CapRecord,
    GoalRecord,
    NeedRecord,
    OrderRecord,
    RetentionRecord,
)
from dingdian.core.solving import Ending
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.wording import Lang, Words, grouped
from dingdian.reports.words import answers
from dingdian.reports.words import retention as own

#: Units in one of what is shown: points are kept in thousandths.
_THOUSANDTHS = 1000


def amount(name: str, value: int | None, stock: int) -> str:
    """The value of an aspect of a stock of so many, in its unit; — where it is unknown."""
    if value is None:
        return "—"
    if name == Aspect.SCORE:
        return grouped(natural(Fraction(value, _THOUSANDTHS)))
    if name == Aspect.EVEN_SPREAD:
        return grouped(rounded(Fraction(value, max(stock, 1)), 2))
    return grouped(str(value))


def gap(share: Fraction | None) -> str:
    """A gap in per cent, as much as is needed to see that it is not nothing; — for none."""
    if share is None:
        return "—"
    places = 2 if share == 0 or share * 100 >= Fraction(1, 100) else 6
    return rounded(share * 100, places) + "%"


@dataclass(frozen=True)
class RetentionWords(Words):
    """Everything that the record names, in one language."""

    record: RetentionRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def title(self) -> str:
        """The title, which says that it is advice."""
        return self.say(own.TITLE, city=city_name(self), year=self.record.year)

    def basis(self) -> str:
        """The days and the text that it rests on."""
        plan, standing = plan_text(self)
        stock = self.day(self.record.stock_day)
        return self.say(own.BASIS, stock=stock, by=self.record.by, plan=plan, standing=standing)

    def cap(self, cap: CapRecord) -> str:
        """The cap; that it is assumed where no figure of the plan holds it; — for none."""
        if cap.cap is None:
            return "—"
        n = grouped(str(cap.cap))
        return n if cap.cap_key else self.label(own.LINES, "assumed", n=n)

    def no_cap(self) -> str:
        """What was looked for where nothing is capped, and what was found."""
        found = [each for each in self.record.rules.values() if each.family == "stock_cap"]
        if found:
            return self.label(own.LINES, "caps_off", rules=self.join([*map(self.name, found)]))
        return self.label(own.LINES, "no_caps", n=grouped(str(len(self.record.rules))))

    def district(self, code: str) -> str:
        """A district; — for none."""
        found = self.record.scopes.get(code)
        return self.name(found) if found else "—"

    def institution(self, code: str) -> str:
        """Name and code of an institution."""
        found = self.record.institutions.get(code)
        named = self.pick(f"（{code}）", f" ({code})")
        return found.name + named if found and found.name else code

    def need(self, need: NeedRecord) -> str:
        """A rule that asks that some stay, or a district with its cap."""
        district, cap = self.district(need.district), grouped(str(need.cap))
        return self.label(own.RULES, need.rule, district=district, cap=cap)

    def option(self, order: str) -> str:
        """An order in the words of its reading."""
        reading = self.record.readings.get(ORDER)
        found = reading.options.get(order) if reading else None
        return self.name(found) if found else order

    def tiers(self, order: OrderRecord) -> str:
        """The tiers of an order, one after the other, weights where there are several."""

        def tier(parts: Sequence[tuple[Aspect, int]]) -> str:
            if len(parts) == 1:
                return self.aspect(parts[0][0])
            return " + ".join(f"{weight} × {self.aspect(aspect)}" for aspect, weight in parts)

        return " → ".join(tier(each) for each in order.tiers)

    def aspect(self, name: str) -> str:
        """An aspect, or several that are weighed together."""
        return " + ".join(self.label(own.ASPECTS, each) for each in name.split("+"))

    def amount(self, name: str, value: int | None, stock: int) -> str:
        """The value of an aspect in its unit; — where it is unknown."""
        return amount(name, value, stock)

    def unit(self, name: str) -> str:
        """The unit of an aspect; empty for several that are weighed together."""
        return self.label(own.UNITS, name) if name in own.UNITS else ""

    def gap(self, goal: GoalRecord) -> str:
        """A gap in per cent, as much as is needed to see that it is not nothing."""
        return gap(None if goal.gap is None else Fraction(goal.gap))

    def verdict(self, goal: GoalRecord, ending: Ending, stock: int) -> str:
        """What is proved of a goal, in words."""
        if goal.bound is None:
            return self.label(own.LINES, "no_bound", ending=self.label(answers.ENDINGS, ending))
        if goal.gap == "0":
            return self.label(own.LINES, "best")
        bound = self.amount(goal.name, goal.bound, stock)
        ended = self.label(answers.ENDINGS, ending)
        return self.label(own.LINES, "gap", gap=self.gap(goal), bound=bound, ending=ended)

    def difference(self, cap: CapRecord, differences: Sequence[int]) -> str:
        """What an exchange would change: the first tier that differs."""
        tiers = cap.orders[cap.order].tiers
        for tier, difference in zip(tiers, differences, strict=True):
            if difference:
                name = "+".join(aspect for aspect, _ in tier)
                sign = "+" if difference > 0 else "−"
                told = self.amount(name, abs(difference), cap.stock)
                return self.label(
                    own.LINES, "cost", aspect=self.aspect(name), difference=f"{sign}{told}"
                )
        return self.label(own.LINES, "same")
