"""Words of access: areas, scores and numbers, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.access.choices import CAPACITY, DECAY, REACH
from dingdian.core.access_record import AccessRecord, AreaRecord
from dingdian.core.digits import float_text, rounded
from dingdian.core.indicators.circles import SERVED
from dingdian.reports.access import words as own
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.streets import distance_lines
from dingdian.reports.wording import Lang, Words, grouped

#: Decimals of scores, and significant digits of scores that these would hide.
PLACES = 3


@dataclass(frozen=True)
class AccessWords(Words):
    """Everything that the record of access names, in one language."""

    record: AccessRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def title(self) -> str:
        """The title."""
        return self.say(own.TITLE, city=city_name(self), service=self.service())

    def basis(self) -> str:
        """The days and the text that it rests on."""
        record = self.record
        plan, standing = plan_text(self)
        days = {"stock": self.day(record.stock_day), "rules": self.day(record.policy_day)}
        return self.say(own.BASIS, **days, plan=plan, standing=standing)

    def service(self) -> str:
        """The institutions that access is to."""
        served = SERVED[self.record.stock.stock]
        return self.pick(served.zh, served.en)

    def tell(self, name: str, /, **details: object) -> str:
        """A sentence."""
        return self.label(own.TELL, name, **details)

    def units(self) -> str:
        """The unit of capacity."""
        return self.label(own.UNITS, self.record.stock.unit)

    def per(self) -> str:
        """The unit of scores."""
        stock = self.record.stock
        return self.label(own.PER, stock.unit, per=grouped(str(stock.per)))

    def people(self, exact: str | float | None) -> str:
        """People, whole; — where they are not known."""
        if exact is None:
            return "—"
        value = Fraction(exact) if isinstance(exact, str) else Fraction(float_text(exact))
        return grouped(rounded(value, 0))

    def share(self, part: str, whole: str) -> str:
        """A part of some people in per cent; — of nobody."""
        if not Fraction(whole):
            return "—"
        return grouped(rounded(Fraction(part) / Fraction(whole) * 100, 2)) + "%"

    def capacity(self, value: float | None) -> str:
        """A capacity with the decimals that it has; — where it is not known."""
        if value is None:
            return "—"
        text = float_text(value)
        return grouped(text) if "e" not in text else text

    def score(self, value: float | None) -> str:
        """A score; one too small for its decimals keeps a digit, an undefined one is —.

        Only what is nought shows as nought.
        """
        if value is None:
            return "—"
        if 0 < value < 0.5 * 10**-PLACES:
            return f"< {10**-PLACES:.{PLACES}f}"
        return grouped(rounded(value, PLACES))

    def metres(self, millimetres: int | None) -> str:
        """Whole metres; — where none is within reach."""
        return "—" if millimetres is None else grouped(str((millimetres + 500) // 1000))

    def asked(self) -> Iterator[str]:
        """How it is measured: reach, streets, decay, capacity, each with where it comes from."""
        catchment = self.record.catchment
        reach = self._origin(REACH)
        if catchment.is_circle:
            clauses = self.join(list(catchment.clauses))
            reach = self.tell("circle", rule=self.rule(catchment.rule), clauses=clauses)
        rim = self.tell("rim_in" if catchment.rim_inside else "rim_out")
        metres = grouped(rounded(Fraction(catchment.reach_mm, 1000), 3)).rstrip("0").rstrip(".")
        measured = self.label(own.MEASURED, catchment.measured)
        yield self.tell("reach", metres=metres, rim=rim, measured=measured, origin=reach)
        differs = own.DIFFERS.get((catchment.along, catchment.measured))
        if differs:
            yield self.tell(differs)
        if self.record.streets:
            yield from distance_lines(self.record.streets, self.lang)
        decay = self.label(own.DECAYS, catchment.decay)
        yield self.tell("decay", decay=decay, origin=self._origin(DECAY))
        capacity = self.label(own.CAPACITIES, catchment.capacity)
        yield self.tell("capacity", capacity=capacity, origin=self._origin(CAPACITY))

    def _origin(self, reading: str) -> str:
        """Where something comes from: a reading with who proposed it, or the one who asked."""
        if reading in self.record.catchment.asked:
            return self.label(own.ORIGINS, "asked")
        each = self.record.readings[reading]
        by = self.beside(each.by, each.by_en)
        return self.label(own.ORIGINS, "reading") + self.pick("，", ", ") + by

    def whole(self) -> AreaRecord:
        """The whole area."""
        return self.record.areas[0]
