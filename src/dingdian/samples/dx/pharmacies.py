"""Pharmacies of 大兴安岭: 274 designated, of which 57 门诊共济, 274 门诊慢性病, 27 双通道."""

from __future__ import annotations

import datetime as dt

from dingdian.samples.draw import Draw
from dingdian.samples.dx.medical import ENDED_IN_2025, NEW_IN_2025, ORDER, STOCK_BEFORE_2025
from dingdian.samples.dx.regions import COUNTIES, Land, Unit, near
from dingdian.samples.ledger import (
    Numbering,
    days_between,
    designate,
    end_designation,
    institution,
    open_services,
)
from dingdian.samples.sample import Row

#: By ORDER: 274 pharmacies in force, in communities, townships and villages.
IN_COMMUNITIES = (14, 6, 12, 68, 5, 9, 8)
IN_TOWNSHIPS = (9, 6, 8, 25, 3, 8, 6)
IN_VILLAGES = (22, 18, 22, 20, 5, 0, 0)

#: By ORDER: 57 with 门诊共济 and 27 with 双通道; 松岭 and 呼中 have no 双通道.
MUTUAL_AID = (8, 6, 8, 25, 2, 5, 3)
DUAL_CHANNEL = (5, 3, 4, 13, 0, 2, 0)

#: Extra services that the plan does not count: chronic and special disease, prescriptions.
CHRONIC_SPECIAL, PRESCRIPTIONS, OUT_OF_AREA = 31, 40, 120

GRADES = ("a", "b", "c", "d")
GRADE_WEIGHTS = (15, 30, 45, 10)

#: Counties (by ORDER) whose last township has no pharmacy above grade D.
SHORT_OF_GRADE_C = (1, 2, 5)

NEW = (2, 1, 1, 3, 0, 1, 1)
ENDED = (1, 1, 2, 3, 1, 1, 0)
ENDINGS = (
    "terminated",
    "terminated",
    "expired",
    "terminated",
    "closed",
    "expired",
    "terminated",
    "expired",
    "terminated",
)
ENDED_BEFORE = (1, 0, 1, 3, 0, 1, 0)
NEVER = (1, 2, 2, 5, 1, 1, 0)


def pharmacy_rows(seed: int, land: Land, numbering: Numbering) -> list[Row]:
    """Rows of ``institutions``; the stock is 274 at the end of 2024 and of 2025."""
    draw = Draw(seed, "dx pharmacies")
    rows = []
    for at, county in enumerate(ORDER):
        mine = [_pharmacy(draw, unit, county, numbering) for unit in _places(draw, land, at)]
        _designate_all(draw, mine, NEW[at])
        _open_special(draw, mine, at)
        rows += mine
    for service, count in (
        ("outpatient_chronic_special", CHRONIC_SPECIAL),
        ("prescription_transfer", PRESCRIPTIONS),
        ("out_of_area", OUT_OF_AREA),
    ):
        for i in sorted(draw.some(len(rows), count)):
            open_services(rows[i], [service], dt.date(2023, 7, 1))
    _grade_down(land, rows)
    _leave_unknown(rows)
    return [*rows, *_former(draw, land, numbering)]


def _places(draw: Draw, land: Land, at: int) -> list[Unit]:
    """Where the pharmacies of a county stand: a village has one or none, others any number."""
    villages = land.of(ORDER[at], "village")
    wanted = (("community", IN_COMMUNITIES), ("township", IN_TOWNSHIPS))
    places: list[Unit] = []
    for level, counts in wanted:
        units = land.of(ORDER[at], level)
        if counts[at]:
            places += [units[i] for i in draw.integers(0, len(units), counts[at])]
    return places + [villages[i] for i in draw.order(len(villages))[: IN_VILLAGES[at]]]


def _pharmacy(draw: Draw, unit: Unit, county: str, numbering: Numbering) -> Row:
    row = institution(
        kind="retail_pharmacy", level=None, type_=None, ownership="private", region=unit.code
    )
    numbering.identify(row, county)
    row["name"] = f"{COUNTIES[county].name}示例药店{str(row['code'])[-4:]}号"
    row["lon"], row["lat"] = near(draw, unit.at, spread=0.004)
    row["crs"] = "cgcs2000"
    row["address"] = f"{unit.name}示例街{draw.between(1, 300)}号"
    row["emphasis_rural"] = unit.level != "community"
    row["pharmacy_class"] = "ordinary"
    roll = draw.between(0, sum(GRADE_WEIGHTS) - 1)
    ends = [sum(GRADE_WEIGHTS[: i + 1]) for i in range(len(GRADES))]
    row["pharmacy_grade"] = next(g for g, end in zip(GRADES, ends, strict=True) if roll < end)
    row["pharmacy_grade_since"] = dt.date(2025, 7, 1)
    return row


def _designate_all(draw: Draw, rows: list[Row], new: int) -> None:
    """Designate the pharmacies of a county, the last ``new`` of them in 2025."""
    days = days_between(draw, *STOCK_BEFORE_2025, len(rows) - new)
    days += days_between(draw, *NEW_IN_2025, new)
    for row, day in zip(rows, days, strict=True):
        designate(row, day)
        row["opened_on"] = day - dt.timedelta(days=draw.between(120, 1200))
        row["pharmacy_class_since"] = day
        open_services(row, ("personal_account", "outpatient_chronic"))


def _open_special(draw: Draw, rows: list[Row], at: int) -> None:
    """Open 门诊共济 (and with it 门诊统筹) and 双通道 in the wanted numbers."""
    order = draw.order(len(rows))
    dual = order[: DUAL_CHANNEL[at]]
    shared = DUAL_CHANNEL[at] * 2 // 3
    aid = order[DUAL_CHANNEL[at] - shared :][: MUTUAL_AID[at]]
    for i in aid:
        open_services(rows[i], ("outpatient_mutual_aid", "outpatient_pooling"), dt.date(2023, 7, 1))
        rows[i]["pharmacy_class"] = "pooling"
    for i in dual:
        open_services(rows[i], ("dual_channel",), dt.date(2022, 1, 1))
        rows[i]["pharmacy_class"] = "dual_channel"


def _grade_down(land: Land, rows: list[Row]) -> None:
    """Leave three townships with grade D alone, so that whole townships fall short too."""
    towns = {land.of(ORDER[at], "township")[-1].code for at in SHORT_OF_GRADE_C}
    below = {unit.code for unit in land.units if {unit.code, unit.parent} & towns}
    for row in rows:
        if row["region"] in below:
            row["pharmacy_grade"] = "d"


def _leave_unknown(rows: list[Row]) -> None:
    """Leave some cells unknown on purpose: none that a printed total of the plan needs."""
    for row in rows[10::60]:
        row["ownership"] = None
    for row in rows[25::70]:
        row["lon"] = row["lat"] = row["crs"] = None
    for row in rows[7::30]:
        row["opened_on"] = None


def _former(draw: Draw, land: Land, numbering: Numbering) -> list[Row]:
    """Pharmacies that are not designated: ended in 2025, ended before, never designated."""
    rows = []
    endings = iter(ENDINGS)
    for at, county in enumerate(ORDER):
        units = land.of(county, "community")
        for i in range(ENDED[at] + ENDED_BEFORE[at] + NEVER[at]):
            row = _pharmacy(draw, units[i % len(units)], county, numbering)
            row["opened_on"] = dt.date(draw.between(2012, 2017), 5, 1)
            if i < ENDED[at] + ENDED_BEFORE[at]:
                designate(row, dt.date(draw.between(2018, 2021), draw.between(1, 12), 1))
                open_services(row, ("personal_account", "outpatient_chronic"))
            else:
                row["pharmacy_grade"] = row["pharmacy_grade_since"] = None
            if i < ENDED[at]:
                end_designation(row, next(endings), days_between(draw, *ENDED_IN_2025, 1)[0])
            elif i < ENDED[at] + ENDED_BEFORE[at]:
                end_designation(row, "terminated", dt.date(2023, 4 + i, 1))
            rows.append(row)
    return rows
