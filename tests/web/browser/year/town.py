"""A small town under the rules of 沈阳: a thin slice of its sample, moved to the year before.

Every day of the story has to lie behind the day on which it is told, so the ledger is that of the
end of 2024. In the district ``HERE`` a clinic applies, another is the last of its class for the
third year, and a place of outpatient pooling was set free the year before. It has few institutions
for its people, so that a place which is set free is given anew whole (SY-16).
"""

import datetime as dt

from dingdian.samples import SAMPLES
from dingdian.samples.sample import num
from dingdian.storage.workbook_write import write_workbook

YEAR = 2025
HERE, HERE_NAME = "210124", "法库县"
#: One institution of so many is kept, and one locality of so many.
_OF_INSTITUTIONS, _OF_LOCALITIES = 30, 150
POOLING = "outpatient_pooling"
PLACES = f"{POOLING}_institutions"
#: Agreements run through the year of the story; that of the leaver ends before its end.
SINCE, THROUGH = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
LEAVES_AFTER = dt.date(2025, 12, 15)
_ONE_INSTITUTION = ("beds", "bed_use", "agreements", "records", "releases", "past_scores")


class Town:
    """The tables of the town's ledger, and the two clinics that the story is about."""

    def __init__(self):
        sample = SAMPLES["shenyang"](seed=1)
        tables = {name: [_year_before(row) for row in rows] for name, rows in sample.tables.items()}
        its = tables["institutions"]
        here = [row for row in its if row["region"] == HERE and row["kind"] == "clinic"]
        self.newcomer = next(row for row in here if _may_apply(row))
        self.leaver = next(row for row in here if _has_pooling(row))
        kept = {row["code"] for row in its[::_OF_INSTITUTIONS] if row["region"] != HERE}
        kept.add(next(row for row in tables["releases"] if _is_place_here(row))["institution"])
        kept |= {self.newcomer["code"], self.leaver["code"]}
        tables["institutions"] = [row for row in its if row["code"] in kept]
        for name in _ONE_INSTITUTION:
            tables[name] = [row for row in tables[name] if row["institution"] in kept]
        tables["surveys"] = []
        tables["localities"] = tables["localities"][::_OF_LOCALITIES]
        self.tables = tables
        self._agree()

    def _agree(self):
        """Agreements of two years; the leaver was last of its class in both years before."""
        leaver = self.leaver["code"]
        for row in self.tables["agreements"]:
            if row["since"] > SINCE and not row.get("trial_through"):
                row |= {"since": SINCE, "through": THROUGH}
            if row["institution"] == leaver:
                row |= {"since": dt.date(2024, 12, 16), "through": LEAVES_AFTER}
        others = [row for row in self.tables["past_scores"] if row["institution"] != leaver]
        said = {"institution": leaver, "points": num(64), "clean": False, "bottom": True}
        past = [{**said, "year": num(year)} for year in (YEAR - 3, YEAR - 2)]
        self.tables["past_scores"] = others + past

    @staticmethod
    def day(month, day):
        """A day of the year of the story."""
        return dt.date(YEAR, month, day)

    def write(self, path):
        """The ledger as the workbook that the planner hands in."""
        write_workbook(self.tables, path)


def _year_before(row):
    """A row with its days and years moved to the year before; the census of 2020 stays."""
    moved = {name: _day_before(cell) for name, cell in row.items()}
    if moved.get("year") and moved["year"] > 2020:
        moved["year"] -= 1
    if moved.get("item") == "taken_on":
        moved["value"] = "2024-12-31"
    return moved


def _day_before(cell):
    if not isinstance(cell, dt.date):
        return cell
    leap = (cell.month, cell.day) == (2, 29)
    return cell.replace(year=cell.year - 1, day=28 if leap else cell.day)


def _may_apply(row):
    """Whether a clinic may apply: private, never designated, and its place known."""
    never = row["standing"] == "undesignated" and not row.get("designated_since")
    return never and row["ownership"] == "private" and row["lon"] is not None


def _has_pooling(row):
    return row["standing"] == "in_force" and row[POOLING] is True and row["type"] == "general"


def _is_place_here(row):
    ended = row["cause"] in ("termination", "expiry", "closure")
    return ended and row["region"] == HERE and row["resource"] == PLACES
