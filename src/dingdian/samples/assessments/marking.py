"""An assessment being filled: sound scores first, then what is special about some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.assessment.contract import TABLES
from dingdian.core.census.vocabulary import DESIGNATED
from dingdian.samples.assessments.sheets import Marked
from dingdian.samples.draw import Draw
from dingdian.samples.sample import TAKEN_ON, Row, Sample, Tables, num

NOTE = "示例数据，得分、认定、复核、陈述申辩、确认和人员记分均为虚构。"
ASSESSED_ON, SCORED_ON = dt.date(2026, 2, 10), dt.date(2026, 1, 15)
_FOUND, _FILED, _DECIDED = dt.date(2025, 8, 12), dt.date(2026, 1, 20), dt.date(2026, 1, 28)
_TOLD, _HEARD, _CONFIRMED = dt.date(2026, 1, 22), dt.date(2026, 1, 30), dt.date(2026, 2, 5)
#: Points are given in hundredths of the full score: most between these, the last below.
_LEAST, _MOST = 74, 100
#: So much of full points those at the bottom are given.
_LOW = Fraction(63, 100)
_BY, _HEAD = "示例经办机构", "示例负责人"


@dataclass(frozen=True, slots=True)
class Marks:
    """The number of the assessment, the sheets, and whether pharmacies ask for higher grades."""

    id: str
    medical: Marked
    pharmacy: Marked
    asks_for_grades: bool


class Marking:
    """The rows of one invented assessment."""

    def __init__(self, sample: Sample, seed: int, marks: Marks) -> None:
        """Every institution with an agreement at the year's end will be scored."""
        self.marks, self.draw = marks, Draw(seed, "assessment")
        self.tables: Tables = {name: [] for name in TABLES}
        self.agreed = [row for row in sample.tables["institutions"] if _agreed(row)]
        self.scored = [str(row["code"]) for row in self.agreed]
        clinics = self._some(3, kind="village_clinic", type="general", standing="in_force")
        self.low = [*self._some(6, pharmacy_class="ordinary"), *clinics]
        self.tied = self._some(2, pharmacy_class="dual_channel")

    def _some(self, n: int, **cells: str) -> list[Row]:
        """So many of those whose cells are these, in drawn order."""
        its = [row for row in self.agreed if all(row.get(k) == v for k, v in cells.items())]
        return [its[at] for at in self.draw.order(len(its))[:n]]

    def fill(self) -> None:
        """Fill every table."""
        self._about()
        low = self._low_codes()
        for row in self.agreed:
            self._score(row, low=str(row["code"]) in low)
        self._special()
        self._steps()
        self._faults()

    def _about(self) -> None:
        facts = {
            "id": self.marks.id,
            "year": "2025",
            "assessed_on": ASSESSED_ON.isoformat(),
            "assessed_by": _BY,
            "invented": "是",
            "note": NOTE,
        }
        rows: list[Row] = [{"item": item, "value": value} for item, value in facts.items()]
        self.tables["assessment"] = rows

    # ------------------------------------------------------------ scores

    def sheet(self, row: Row) -> Marked:
        """The sheet that an institution is scored by."""
        return self.marks.pharmacy if row["kind"] == "retail_pharmacy" else self.marks.medical

    def _items(self, row: Row) -> Iterator[tuple[str, int]]:
        sheet = self.sheet(row)
        for item, full in sheet.full.items():
            service = sheet.service.get(item)
            if service is None or row.get(service) is True:
                yield item, full

    def _score(self, row: Row, *, low: bool) -> None:
        """Points of every item that applies; those at the bottom all have the same."""
        code, quality = str(row["code"]), self.draw.between(_LEAST, _MOST)
        for item, full in self._items(row):
            hundredths = min(quality + self.draw.between(-6, 6), 100)
            points = full * (_LOW if low else Fraction(hundredths, 100))
            self._give(code, item, Fraction(int(points * 2), 2))
        for item in self.sheet(row).results:
            result = 63 if low else min(quality + self.draw.between(-4, 8), 100)
            answers = self.draw.between(30, 200)
            self.tables["surveys"].append(
                {
                    "institution": code,
                    "item": item,
                    "result": num(result),
                    "answers": num(answers),
                    "surveyed_on": dt.date(2025, 11, 20),
                    "by": "示例第三方机构",
                }
            )

    def _give(self, code: str, item: str, points: Fraction) -> None:
        self.tables["scores"].append(
            {
                "institution": code,
                "item": item,
                "points": points,
                "scored_on": SCORED_ON,
                "by": _BY,
            }
        )

    # ------------------------------------------------------------ what is special

    def _low_codes(self) -> set[str]:
        return {str(row["code"]) for row in (*self.low, *self.tied)}

    def _sound(self, n: int, *, ranks: bool = True) -> list[Row]:
        """So many institutions in drawn order that are not among the last.

        Without ``ranks`` none of a group whose last ones are made up: its ranks stay certain.
        """
        low = self._low_codes()
        made = {"ordinary", "dual_channel"} if not ranks else set()
        order = (self.agreed[at] for at in self.draw.order(len(self.agreed)))
        sound = (row for row in order if str(row["code"]) not in low)
        return [row for row in sound if row.get("pharmacy_class") not in made][:n]

    def _special(self) -> None:
        """Missing scores, thin surveys, one-vote findings, bonus, appeals, past years, upgrades."""
        size = len(self.agreed) // 100 + 3
        missing, thin = self._parts(2, size, ranks=False)
        votes, bonus, appeals, others = self._parts(4, size)
        gone = {(str(row["code"]), next(self._items(row))[0]) for row in missing}
        kept = [
            each
            for each in self.tables["scores"]
            if (str(each["institution"]), str(each["item"])) not in gone
        ]
        self.tables["scores"] = kept
        few = {str(row["code"]) for row in thin}
        for each in self.tables["surveys"]:
            if each["institution"] in few and each["item"] == "satisfaction":
                each["answers"] = num(12)
        for at, row in enumerate(votes):
            item = self.sheet(row).votes[at % 2]
            self.tables["one_vote"].append(
                {"institution": row["code"], "item": item, "found_on": _FOUND, "by": _BY}
            )
        for row in bonus:
            for item in self.sheet(row).bonus:
                self._give(str(row["code"]), item, num(2))
        for at, row in enumerate(appeals):
            self._appeal(row, open_=at % 3 == 0)
        for row in others:
            self._past(row, points=96, clean=True, bottom=False)
            if self.marks.asks_for_grades and row["kind"] == "retail_pharmacy":
                self._perfect(row)
                self.tables["upgrades"].append(_upgrade(row))

    def _parts(self, n: int, size: int, *, ranks: bool = True) -> list[list[Row]]:
        drawn = self._sound(n * size, ranks=ranks)
        return [drawn[at * size : (at + 1) * size] for at in range(n)]

    def _perfect(self, row: Row) -> None:
        """Full points of every item that was scored."""
        full = self.sheet(row).full
        for each in self.tables["scores"]:
            if each["institution"] == row["code"] and str(each["item"]) in full:
                each["points"] = num(full[str(each["item"])])
        for each in self.tables["surveys"]:
            if each["institution"] == row["code"]:
                each["result"] = num(100)

    def _appeal(self, row: Row, *, open_: bool) -> None:
        item, full = next(self._items(row))
        decided: Row = {} if open_ else {"decided_on": _DECIDED, "new_points": num(full), "by": _BY}
        self.tables["appeals"].append(
            {
                "institution": row["code"],
                "item": item,
                "filed_on": _FILED,
                "reason": "示例：检查记录有误",
                **decided,
            }
        )

    def _past(self, row: Row, *, points: int, clean: bool, bottom: bool, year: int = 2024) -> None:
        self.tables["past_scores"].append(
            {
                "institution": row["code"],
                "year": num(year),
                "points": num(points),
                "clean": clean,
                "bottom": bottom,
            }
        )

    # ------------------------------------------------------------ steps

    def _steps(self) -> None:
        """Hearings and confirmations of some of the last; one of them was last a year before."""
        for step in ("interview", "rectify", "pause_services"):
            self.tables["agreement_terms"].append({"step": step, "clause": "示例第四十五条"})
        for at, row in enumerate(self.low):
            if at % 3 == 0:
                continue
            waived = at % 3 == 2
            self.tables["hearings"].append(
                {
                    "institution": row["code"],
                    "notified_on": _TOLD,
                    "heard_on": _HEARD,
                    "waived": waived,
                    "record": f"示例记录{at}号",
                }
            )
            if at % 2:
                self._confirm(row, "interview", _CONFIRMED)
        self._past(self.low[1], points=61, clean=True, bottom=True)

    def _confirm(self, row: Row, step: str, on: dt.date) -> None:
        self.tables["confirmations"].append(
            {
                "institution": row["code"],
                "step": step,
                "confirmed_by": _HEAD,
                "confirmed_on": on,
                "minute": "示例纪要〔2026〕3号",
            }
        )

    # ------------------------------------------------------------ faults

    def _faults(self) -> None:
        """A few rows that cannot be used, as real workbooks have them."""
        first, second, third = self._sound(3, ranks=False)
        self._give("H00000000000", next(self._items(first))[0], num(10))
        item, full = next(self._items(second))
        self._give(str(second["code"]), item, num(full + 5))
        self.tables["appeals"].append(
            {"institution": third["code"], "item": "night_service", "filed_on": _FILED}
        )
        self._confirm(self.low[2], "rectify", dt.date(2026, 1, 10))


def _agreed(row: Mapping[str, object]) -> bool:
    """Whether an agreement held at the year's end."""
    since = row.get("designated_since")
    began = not isinstance(since, dt.date) or since <= TAKEN_ON
    return row["standing"] in {*DESIGNATED, "suspended"} and began


def _upgrade(row: Row) -> Row:
    """A pharmacy asks for the next higher grade, A being the fullest."""
    better = {"b": "a", "c": "b", "d": "c"}.get(str(row.get("pharmacy_grade")), "a")
    return {"institution": row["code"], "to_grade": better, "asked_on": dt.date(2026, 1, 8)}
