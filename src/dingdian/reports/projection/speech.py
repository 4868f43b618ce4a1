"""Words of a projection: its scenarios, series and numbers, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.projection_record import AssumedRecord, ProjectionRecord, ScenarioRecord
from dingdian.core.projection_record import SeriesRecord as Series
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.projection import words as own
from dingdian.reports.wording import Lang, Words, grouped

#: Funds are kept in fen and told in yuan.
_MONEY = frozenset({"income", "spending", "balance"})
#: Where a scenario without a name of its own stands: no file was given.
_UNNAMED = "—"


@dataclass(frozen=True)
class ProjectionWords(Words):
    """Everything that the record of a projection names, in one language."""

    record: ProjectionRecord  # type: ignore[assignment]
    lang: Lang = "zh"

    def title(self) -> str:
        """The title, with the mark that it is tried and not planned."""
        first, last = self.record.year, self.record.through
        return self.say(own.TITLE, city=city_name(self), first=first, last=last)

    def basis(self) -> str:
        """The stock and rules that it starts from."""
        record = self.record
        plan, standing = plan_text(self)
        stock = self.day(record.stock_day)
        return self.say(own.BASIS, year=record.year, stock=stock, plan=plan, standing=standing)

    def tell(self, name: str, /, **details: object) -> str:
        """A sentence."""
        return self.label(own.TELL, name, **details)

    def asked(self) -> Iterator[str]:
        """How it is projected: runs, seed, and what was not given."""
        yield self.tell("runs", runs=self.record.runs, seed=self.record.seed)
        if not self.record.ages:
            yield self.tell("no_ages")

    def scenario(self, each: ScenarioRecord) -> str:
        """The name of a scenario."""
        return self.say(own.UNNAMED) if each.name == _UNNAMED else each.name

    def assumed(self, each: AssumedRecord) -> Iterator[str]:
        """What a scenario assumes, a line each."""
        if each == AssumedRecord(fund_growth={"income": "0", "spending": "0"}):
            yield self.tell("nothing")
            return
        for side, causes in each.exits.items():
            told = [f"{self.release(name)} {self.share(rate)}" for name, rate in causes.items()]
            yield self.tell("exits", side=self.measure(side), rates=self.join(told))
        if Fraction(each.trial_failure):
            yield self.tell("trial_failure", rate=self.share(each.trial_failure))
        if each.leavers:
            yield self.tell("leavers", n=len(each.leavers))
        if each.changes:
            yield self.tell("changes", n=len(each.changes))
        for entrant in each.entrants:
            many = sum(map(Fraction, entrant.applications.values()), Fraction(0))
            yield self.tell("entrant", name=entrant.name, applications=natural(many))
        if each.survival:
            yield self.tell("vital")
        for name, rate in each.insured_growth.items():
            yield self.tell("insured", name=self.measure(name), rate=self.share(rate))
        if each.fund_growth is None:
            yield self.tell("fund_drawn")
        else:
            yield self.tell("fund", **{n: self.share(r) for n, r in each.fund_growth.items()})

    def release(self, cause: str) -> str:
        """A cause of leaving."""
        return self.term("release_cause", cause)

    def share(self, exact: str) -> str:
        """A share in per cent."""
        return natural(Fraction(exact) * 100) + "%"

    def item(self, series: Series) -> str:
        """What a series counts."""
        name = series.name
        if series.kind in ("stock", "released", "people"):
            name = self.measure(name)
        elif series.kind == "places":
            name = self.resource(name)
        elif series.kind in _MONEY:
            name = self.term("fund", name)
        return self.label(own.KINDS, series.kind, name=name)

    def number(self, series: Series, value: int | None) -> str:  # type: ignore[override]
        """A number of a series; — where there is none."""
        if value is None:
            return "—"
        if series.kind in _MONEY:
            whole, fen = divmod(abs(value), 100)
            return ("-" if value < 0 else "") + grouped(str(whole)) + f".{fen:02}"
        return grouped(str(value))

    def thing(self, name: str) -> str:
        """What is not carried ahead: a stock, or a fund."""
        fund = name.removeprefix("fund_")
        return self.measure(name) if fund == name else self.term("fund", fund)
