"""Medical institutions of 大兴安岭 and their beds: 147 designated, 2,932 beds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dingdian.samples.draw import Draw, apportion
from dingdian.samples.dx.groups import GROUPS, OUTPATIENT, Group
from dingdian.samples.dx.regions import COUNTIES, Land, Unit, near
from dingdian.samples.ledger import (
    Numbering,
    days_between,
    designate,
    end_designation,
    institution,
    open_services,
)
from dingdian.samples.sample import Row, num

#: The order of counties in the tables below: 漠河 呼玛 塔河 加格达奇 松岭 新林 呼中.
ORDER = tuple(COUNTIES)
STOCK_BEFORE_2025 = (dt.date(2008, 1, 1), dt.date(2024, 12, 1))
NEW_IN_2025 = (dt.date(2025, 3, 1), dt.date(2025, 9, 30))
ENDED_IN_2025 = (dt.date(2025, 2, 1), dt.date(2025, 11, 30))


#: Counties (by ORDER) of the clinics that were designated in 2025, whose designation ended in
#: 2025, whose designation ended before, and that never had one.
NEW, ENDED, ENDED_BEFORE, NEVER = (0, 2, 3, 3, 3), (1, 2, 3, 3, 5), (3, 3), (0, 1, 2, 3, 3, 3, 4, 6)
ENDINGS = ("terminated", "expired", "terminated", "closed", "expired")


def medical_rows(seed: int, land: Land, numbering: Numbering) -> tuple[list[Row], list[Row]]:
    """Rows of ``institutions`` and ``beds``; the stock is 147 at the end of 2024 and of 2025."""
    draw = Draw(seed, "dx medical")
    rows: list[Row] = []
    beds: list[Row] = []
    for group in GROUPS:
        made = _group_rows(draw, land, numbering, group)
        rows += made
        beds += _bed_rows(draw, made, group)
    clinics = [row for row in rows if row["kind"] == "clinic"]
    _make_new(draw, clinics)
    former = _former_rows(draw, land, numbering)
    village_clinics = [row for row in rows if row["kind"] == "village_clinic"]
    for row in village_clinics[:2]:
        row["lon"] = row["lat"] = row["crs"] = None
    for row in village_clinics[4::3]:
        row["integrated_village_clinic"] = True
    return [*rows, *former], beds


def _group_rows(draw: Draw, land: Land, numbering: Numbering, group: Group) -> list[Row]:
    rows = []
    for county, count in zip(ORDER, group.counts, strict=True):
        units = land.of(county, group.unit)
        for i in range(count):
            row = placed(draw, group, units[i % len(units)])
            numbering.identify(row, county)
            row["name"] = f"{COUNTIES[county].name}示例第{i + 1}{group.name}"
            since = days_between(draw, *STOCK_BEFORE_2025, 1)[0]
            designate(row, since)
            open_services(row, group.services)
            rows.append(row)
    return rows


def placed(draw: Draw, group: Group, unit: Unit) -> Row:
    """An institution of a group near the point of a unit."""
    row = institution(
        kind=group.kind,
        level=group.level,
        type_=group.type_,
        ownership=group.ownership,
        region=unit.code,
    )
    row["lon"], row["lat"] = near(draw, unit.at, spread=0.004)
    row["crs"] = "cgcs2000"
    row["address"] = f"{unit.name}示例路{draw.between(1, 300)}号"
    row["opened_on"] = dt.date(draw.between(1985, 2007), draw.between(1, 12), 1)
    return row


def _bed_rows(draw: Draw, rows: Sequence[Row], group: Group) -> list[Row]:
    """The beds of a group shared out; open and contracted beds are the same, approved more."""
    weights = draw.integers(70, 131, len(rows))
    shares = {name: apportion(total, weights) for name, total in group.beds.items()}
    if group.chairs:
        shares["dental_chair"] = apportion(group.chairs, weights)
    return [
        {
            "institution": row["code"],
            "bed_class": bed_class,
            "approved": num(each[i] * 105 // 100),
            "open": num(each[i]),
            "contracted": num(each[i]),
        }
        for i, row in enumerate(rows)
        for bed_class, each in shares.items()
    ]


def _make_new(draw: Draw, clinics: list[Row]) -> None:
    """Let the last clinic of some counties have been designated in 2025 only."""
    days = days_between(draw, *NEW_IN_2025, len(NEW))
    late = {county: [c for c in clinics if str(c["region"])[:6] == ORDER[county]] for county in NEW}
    for county, day in zip(NEW, days, strict=True):
        row = late[county].pop()
        row["opened_on"] = day - dt.timedelta(days=400)
        designate(row, day)
        open_services(row, OUTPATIENT)


def _former_rows(draw: Draw, land: Land, numbering: Numbering) -> list[Row]:
    """Clinics that are not designated: ended in 2025, ended before, never designated."""
    clinic = next(group for group in GROUPS if group.kind == "clinic")
    rows = []
    for i, at in enumerate((*ENDED, *ENDED_BEFORE, *NEVER)):
        county = ORDER[at]
        row = placed(draw, clinic, land.of(county, "community")[-1 - i % 3])
        numbering.identify(row, county)
        row["name"] = f"{COUNTIES[county].name}示例原第{i + 1}诊所"
        if i < len(ENDED) + len(ENDED_BEFORE):
            designate(row, days_between(draw, dt.date(2015, 1, 1), dt.date(2021, 12, 31), 1)[0])
            open_services(row, OUTPATIENT)
        if i < len(ENDED):
            end_designation(row, ENDINGS[i], days_between(draw, *ENDED_IN_2025, 1)[0])
        elif i < len(ENDED) + len(ENDED_BEFORE):
            end_designation(row, "terminated", dt.date(2023, 6, 1 + i))
        else:
            row["ownership"] = None if i % 3 == 0 else "private"
        rows.append(row)
    return rows
