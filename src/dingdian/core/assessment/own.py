"""The rows about one institution as values: what cannot be is told, and is then not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dingdian.core.admission.rows import Row
from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.ladder import is_whole
from dingdian.core.assessment.scoring import BY_RESULT, applies_to
from dingdian.core.assessment.subjects import PHARMACIES, Subject
from dingdian.core.assessment.workbook import (
    Appeal,
    Asked,
    Confirmed,
    Given,
    Heard,
    Own,
    Past,
    Surveyed,
    Vote,
)
from dingdian.core.errors import Fault, fault
from dingdian.core.rules.score_sheet import Sheet, SheetItem

_HUNDRED = 100
#: Days that cannot lie after the assessment, by table.
_PAST_DAYS: Mapping[str, tuple[str, ...]] = {
    "scores": ("scored_on",),
    "one_vote": ("found_on",),
    "surveys": ("surveyed_on",),
    "appeals": ("filed_on", "decided_on"),
    "hearings": ("notified_on", "heard_on"),
    "confirmations": ("confirmed_on",),
    "upgrades": ("asked_on",),
}
Rows = Mapping[str, Sequence[Row]]


@dataclass
class Reader:
    """Reads the rows of one institution; collects what is wrong on the way.

    ``sheet`` is ``None`` where none is used: items are then taken as written.
    """

    subject: Subject
    sheet: Sheet | None
    year: int
    day: dt.date
    faults: list[Fault] = field(default_factory=list)

    def own(self, rows: Rows) -> Own:
        """What the rows say."""
        for its in rows.values():
            for row in its:
                self._in_time(row)
        given = self._given(rows.get("scores", ()))
        surveyed = self._surveyed(rows.get("surveys", ()), given)
        hearings = tuple(map(self._heard, rows.get("hearings", ())))
        return Own(
            given=given,
            surveyed=surveyed,
            votes=tuple(self._votes(rows.get("one_vote", ()))),
            appeals=tuple(self._appeals(rows.get("appeals", ()), {*given, *surveyed})),
            hearings=hearings,
            confirmations=tuple(self._confirmed(rows.get("confirmations", ()), hearings)),
            past=self._past(rows.get("past_scores", ())),
            asked=self._asked(rows.get("upgrades", ())),
            faults=tuple(dict.fromkeys(self.faults)),
        )

    def _say(self, kind: str, row: Row, column: str, **details: object) -> None:
        self.faults.append(fault(kind, row.at(TABLES[row.table][column].zh), **details))

    def _in_time(self, row: Row) -> None:
        for column in _PAST_DAYS.get(row.table, ()):
            found = row.day(column)
            if found is not None and found > self.day:
                self._say("day_after_assessment", row, column, value=found, day=self.day)

    # ------------------------------------------------------------ items

    def _items(self) -> Mapping[str, SheetItem]:
        return {each.item: each for each in self.sheet.items} if self.sheet else {}

    def _most(self) -> Mapping[str, Fraction]:
        """The full points of every item of the sheet, bonus too."""
        bonus = self.sheet.bonus if self.sheet else ()
        return {
            **{item.item: item.full for item in self._items().values()},
            **{each.item: each.full for each in bonus},
        }

    def _fits(self, row: Row, item: str) -> bool:
        """Whether an item is one of the sheet that applies to the institution."""
        if not item:
            return False
        if self.sheet is None:
            return True
        if item not in self._most():
            self._say("item_not_of_sheet", row, "item", value=item)
            return False
        found = self._items().get(item)
        if found is not None and applies_to(found, self.subject) is False:
            self._say("item_does_not_apply", row, "item", value=item)
            return False
        return True

    def _within(self, row: Row, column: str, item: str) -> Fraction | None:
        """Points that are not over the full points of their item."""
        points, most = row.number(column), self._most().get(item)
        if points is not None and most is not None and points > most:
            self._say("points_over_full", row, column, value=points, full=most)
            return None
        return points

    def _given(self, rows: Iterable[Row]) -> dict[str, Given]:
        """Points by item; an item that is scored twice, and not alike, has none."""
        found: dict[str, Given] = {}
        for row in rows:
            item = row.text("item")
            if not self._fits(row, item):
                continue
            points = self._within(row, "points", item)
            first = found.get(item)
            if first is not None:
                self._say("scored_twice", row, "item", value=item, first=first.origin)
                points = points if points == first.points else None
            found[item] = Given(item, points, row.day("scored_on"), row.text("by"), row.origin)
        return found

    def _surveyed(self, rows: Iterable[Row], given: Mapping[str, Given]) -> dict[str, Surveyed]:
        found: dict[str, Surveyed] = {}
        for row in rows:
            item, result = row.text("item"), row.number("result")
            if not self._fits(row, item):
                continue
            by = self._items().get(item)
            if by is not None and by.source not in BY_RESULT:
                self._say("item_not_by_survey", row, "item", value=item)
                continue
            if item in given:
                self._say("scored_twice", row, "item", value=item, first=given[item].origin)
                continue
            if result is not None and result > _HUNDRED:
                self._say("result_over_hundred", row, "result", value=result)
                result = None
            if item in found:
                self._say("scored_twice", row, "item", value=item, first=found[item].origin)
                result = result if result == found[item].result else None
            found[item] = Surveyed(item, result, row.number("answers"), row.origin)
        return found

    def _votes(self, rows: Iterable[Row]) -> Iterator[Vote]:
        known = {each.item for each in self.sheet.one_vote} if self.sheet else None
        for row in rows:
            item = row.text("item")
            if known is not None and item and item not in known:
                self._say("item_not_of_sheet", row, "item", value=item)
            elif item:
                days = row.day("found_on"), row.day("withdrawn_on")
                yield Vote(item, *days, row.text("document"), row.origin)

    def _appeals(self, rows: Iterable[Row], scored: set[str]) -> Iterator[Appeal]:
        for row in rows:
            item = row.text("item")
            if not item:
                continue
            if item not in scored:
                self._say("appeal_of_nothing", row, "item", value=item)
                continue
            filed, decided = row.day("filed_on"), row.day("decided_on")
            new = self._within(row, "new_points", item)
            if filed and decided and decided < filed:
                self._say("appeal_decided_early", row, "decided_on", value=decided, filed=filed)
                decided, new = None, None
            if new is not None and decided is None:
                self._say("appeal_undecided", row, "decided_on", value=item)
            yield Appeal(item, filed, decided, new, row.text("by"), row.text("reason"), row.origin)

    # ------------------------------------------------------------ steps

    def _heard(self, row: Row) -> Heard:
        told, heard = row.day("notified_on"), row.day("heard_on")
        if told and heard and heard < told:
            self._say("heard_before_told", row, "heard_on", value=heard, told=told)
            heard = None
        return Heard(told, heard, row.flag("waived") is True, row.text("record"), row.origin)

    def _confirmed(self, rows: Iterable[Row], hearings: Sequence[Heard]) -> Iterator[Confirmed]:
        heard = min((each.heard_on for each in hearings if each.heard_on), default=None)
        seen: dict[str, str] = {}
        for row in rows:
            step = row.text("step")
            if not step:
                continue
            if step in seen:
                self._say("confirmed_twice", row, "step", value=step, first=seen[step])
                continue
            seen[step] = row.origin
            by, on = row.text("confirmed_by"), row.day("confirmed_on")
            found = Confirmed(step, by, on, row.text("minute"), row.origin, row.place)
            if not is_whole(found):
                self._say("confirmation_incomplete", row, "step", value=step)
            elif heard is None:
                self._say("confirmed_unheard", row, "confirmed_on", value=on)
            elif on is not None and on < heard:
                self._say("confirmed_before_hearing", row, "confirmed_on", value=on, heard=heard)
            yield found

    # ------------------------------------------------------------ other years, other grades

    def _past(self, rows: Iterable[Row]) -> dict[int, Past]:
        found: dict[int, Past] = {}
        for row in rows:
            year = row.number("year")
            if year is None:
                continue
            at = int(year)
            if at >= self.year:
                self._say("past_year_not_past", row, "year", value=at, year=self.year)
            elif at in found:
                self._say("past_year_twice", row, "year", value=at, first=found[at].origin)
                found[at] = Past(at, None, None, None, row.origin)
            else:
                flags = row.flag("clean"), row.flag("bottom")
                found[at] = Past(at, row.number("points"), *flags, row.origin)
        return found

    def _asked(self, rows: Sequence[Row]) -> Asked | None:
        asked: list[Asked] = []
        for row in rows:
            if self.subject.side != PHARMACIES:
                self._say("upgrade_of_no_pharmacy", row, "institution", value=self.subject.code)
            elif asked:
                first = asked[0].origin
                self._say("upgrade_twice", row, "to_grade", value=row.text("to_grade"), first=first)
            elif row.text("to_grade"):
                asked.append(Asked(row.text("to_grade"), row.day("asked_on"), row.origin))
        return asked[0] if asked else None
