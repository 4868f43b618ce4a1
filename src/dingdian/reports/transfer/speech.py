"""Words of a transfer of beds: measures, rules, cells and numbers, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.digits import rounded
from dingdian.core.transfer import LAST, Rule
from dingdian.core.transfer.stock import GENERAL
from dingdian.core.transfer.wish import Alike
from dingdian.core.transfer_record import HeldRecord, LevelRecord, TransferRecord
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.transfer import words as own
from dingdian.reports.wording import Lang, Words, grouped

#: Decimals of beds per 1,000 and of shares in per cent.
PLACES = 2


@dataclass(frozen=True)
class TransferWords(Words):
    """Everything that the record of a transfer names, in one language."""

    record: TransferRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def title(self) -> str:
        """The title of the transfer."""
        return self.say(own.TITLE, city=city_name(self), year=self.record.year)

    def basis(self) -> str:
        """The days and the text that it rests on."""
        record = self.record
        plan, standing = plan_text(self)
        return self.say(
            own.BASIS,
            stock=self.day(record.stock_day),
            rules=self.day(record.policy_day),
            plan=plan,
            standing=standing,
        )

    def goal(self, measure: str) -> str:
        """A measure."""
        return self.label(own.MEASURES, measure)

    def held(self, each: HeldRecord) -> str:
        """A rule that holds, with the number that it holds to."""
        if each.rule.measure is not None:
            measure, most = self.goal(each.rule.measure), self.count(each.most)
            return self.label(own.RULES, "hold", measure=measure, most=most)
        together = each.rule is Rule.POOLS and self.record.asked.alike is Alike.POOL
        name = "pools_together" if together else each.rule
        return self.label(own.RULES, name, share=self.growth())

    def growth(self) -> str:
        """The share that a cell may grow by."""
        growth = self.record.asked.growth
        return self.note("no_limit") if growth is None else self.share(Fraction(growth), places=0)

    def level(self, level: str) -> str:
        """A hospital level; that it is unknown where it is."""
        return (
            self.term("level", level) if level in CHOICES["level"] else self.note("unknown_level")
        )

    def pool(self, pool: str) -> str:
        """A class of beds, or all that no rule manages apart."""
        return self.say(own.GENERAL_POOL) if pool == GENERAL else self.term("bed_class", pool)

    def cell(self, cell: tuple[str, str, str]) -> str:
        """District, level and class of beds."""
        district, level, pool = cell
        return " ".join((self.scope(district), self.level(level), self.pool(pool)))

    def shares(self, each: LevelRecord) -> tuple[Fraction | None, Fraction | None]:
        """What a level has of all levels of its scope, before and after."""
        its = [other for other in self.record.levels if other.scope == each.scope]
        now, then = sum(e.before for e in its), sum(e.after or 0 for e in its)
        after = Fraction(each.after, then) if then and each.after is not None else None
        return Fraction(each.before, now) if now else None, after

    def note(self, name: str, /, **details: object) -> str:
        """A note."""
        return self.label(own.NOTES, name, **details)

    def nothing(self) -> str:
        """Why nothing moves, where nothing does; else empty. Not to know is not to be best."""
        record = self.record
        if record.moves or not record.found:
            return ""
        if not record.institutions:
            return self.note("nothing_known")
        aims = [each for each in record.goals if each.measure not in LAST]
        if not aims:
            return self.note("nothing_sought" if record.goals_left_out else "nothing_asked")
        if record.status != "optimal":
            return self.note("nothing_found")
        can = any(each.room for each in record.institutions) or not any(e.value for e in aims)
        told = self.note("nothing_moves" if can else "none_can")
        left_out = len(record.left_out)
        return told + (self.note("known_only", n=self.count(left_out)) if left_out else "")

    def count(self, n: int | None) -> str:
        """A whole number; — where it is unknown."""
        return "—" if n is None else grouped(str(n))

    def share(self, share: Fraction | None, *, places: int = PLACES) -> str:
        """A share in per cent; — where there is none."""
        return "—" if share is None else grouped(rounded(share * 100, places)) + "%"

    def change(self, start: int | None, end: int | None) -> str:
        """How much more ``end`` is; — where either is unknown."""
        return "—" if start is None or end is None else self.count(end - start)

    def per_1000(self, beds: int | None, people: int | None) -> str:
        """Beds per 1,000 people; — where there are none, or a number is unknown."""
        return self.ratio(Fraction(beds * 1000, people) if people and beds is not None else None)

    def ratio(self, number: Fraction | None) -> str:
        """A number with two decimals; — where there is none."""
        return "—" if number is None else grouped(rounded(number, PLACES))

    def listed(self, parts: Iterable[str]) -> str:
        """A list in a cell; 无 where it is empty."""
        return self.join(list(parts)) or self.note("none")
