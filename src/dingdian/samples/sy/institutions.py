"""Institutions of 沈阳: about 9,000, with their states, services, places and beds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import numpy as np

from dingdian.samples.draw import Draw, apportion
from dingdian.samples.ledger import Numbering, institution, is_designated, open_services
from dingdian.samples.sample import Row, num
from dingdian.samples.sy.cells import STEP, Cells
from dingdian.samples.sy.regions import CODES, DISTRICTS, ZONE_ORDER, ZONES
from dingdian.samples.sy.states import assign_states, begin, finish
from dingdian.samples.sy.strata import (
    CHRONIC_SPECIAL,
    DUAL_CHANNEL,
    MEDICAL_STATES,
    PHARMACIES,
    PHARMACY_POOLING,
    PHARMACY_STATES,
    PHARMACY_ZONES,
    POOLING_RATES,
    PRESCRIPTIONS,
    STRATA,
    Stratum,
)

RATES = dict(zip(CODES, POOLING_RATES, strict=True))
#: First days of the services that began later than the designations.
POOLING_SINCE = dt.date(2022, 7, 1)
PRESCRIPTIONS_SINCE = dt.date(2023, 5, 1)
DUAL_SINCE = dt.date(2021, 11, 1)
BEDS_PUT_FIRST = frozenset({"hospital", "nursing_home"})
NEVER_DESIGNATED_WITH_BEDS = 24


def medical_rows(seed: int, numbering: Numbering) -> tuple[list[Row], list[Row]]:
    """Rows of ``institutions`` (without places) and of ``beds``."""
    draw = Draw(seed, "sy medical")
    pairs = [
        (row, stratum) for stratum in STRATA for row in _stratum_rows(draw, stratum, numbering)
    ]
    strata = {str(row["code"]): stratum for row, stratum in pairs}
    rows = [row for row, _ in pairs]
    free = [r for r in rows if r["ownership"] == "private" and r["level"] != "tertiary"]
    by_state = assign_states(draw, _without_some_wards(free), MEDICAL_STATES)
    by_state["in_force"] += [
        r for r in rows if r["ownership"] == "public" or r["level"] == "tertiary"
    ]
    begin(draw, by_state, trial=True)
    for row in rows:
        if row["standing"] != "undesignated":
            _open_medical(draw, row, strata[str(row["code"])])
    finish(draw, by_state)
    return rows, [bed for row, stratum in pairs for bed in _bed_rows(draw, row, stratum)]


def _may_change(row: Row) -> bool:
    """Whether an institution may be new, ended or not designated: private and not tertiary."""
    return row["ownership"] == "private" and row["level"] != "tertiary"


def _without_some_wards(free: Sequence[Row]) -> list[Row]:
    """All but a few private institutions with beds, which have never been designated."""
    wards = [row for row in free if row["kind"] in BEDS_PUT_FIRST][::9]
    never = {row["code"] for row in wards[:NEVER_DESIGNATED_WITH_BEDS]}
    return [row for row in free if row["code"] not in never]


def _by_district(total: int, zones: Sequence[int]) -> list[int]:
    """Share a number out over the districts by residents and zone."""
    weight = dict(zip(ZONE_ORDER, zones, strict=True))
    return apportion(total, [DISTRICTS[code].resident * weight[ZONES[code]] for code in CODES])


def _stratum_rows(draw: Draw, stratum: Stratum, numbering: Numbering) -> list[Row]:
    rows = []
    for code, count in zip(CODES, _by_district(stratum.total, stratum.zones), strict=True):
        for i, roll in enumerate(draw.integers(0, 100, count), 1):
            row = institution(
                kind=stratum.kind,
                level=stratum.level,
                type_=stratum.type_,
                ownership="public" if roll < stratum.public else "private",
                region=code,
            )
            numbering.identify(row, code)
            grade = {"tertiary": "三级", "secondary": "二级"}.get(stratum.level, "")
            row["name"] = f"沈阳市{DISTRICTS[code].name}示例第{i}{grade}{stratum.name}"
            row["opened_on"] = dt.date(draw.between(1975, 2002), draw.between(1, 12), 1)
            row["integrated_village_clinic"] = stratum.kind == "village_clinic" and roll < 60
            row["university_clinic"] = stratum.name == "诊所" and roll < 2
            row["key_project"] = stratum.level == "tertiary" and roll < 8
            rows.append(row)
    return rows


def _open_medical(draw: Draw, row: Row, stratum: Stratum) -> None:
    """Open the services of a designated medical institution."""
    rolls = draw.integers(0, 100, 4)
    open_services(row, ["personal_account"])
    if stratum.beds and stratum.kind != "dialysis_centre":
        open_services(row, ["inpatient"])
    if stratum.pooling or rolls[0] < RATES[str(row["region"])]:
        open_services(row, ["outpatient_pooling", "outpatient_mutual_aid"], POOLING_SINCE)
    graded = stratum.level in ("tertiary", "secondary")
    if graded or (stratum.pooling and rolls[1] < 40):
        open_services(row, ["outpatient_chronic_special"])
    if stratum.level == "tertiary" or (graded and rolls[2] < 30):
        open_services(row, ["prescription_transfer"], PRESCRIPTIONS_SINCE)
    if stratum.level == "tertiary":
        open_services(row, ["dual_channel"], DUAL_SINCE)
    if row["standing"] != "guidance" and (graded or rolls[3] < 70):
        open_services(row, ["out_of_area"])


def _bed_rows(draw: Draw, row: Row, stratum: Stratum) -> list[Row]:
    """The beds of an institution by class, and its dental chairs.

    An ended designation covers no beds; what it covered stands as approved.
    """
    size = draw.between(60, 140)
    shares = apportion(stratum.beds * size // 100, list(stratum.mix.values()) or [1])
    beds = dict(zip(stratum.mix, shares, strict=False))
    if stratum.chairs:
        beds["dental_chair"] = max(1, stratum.chairs * size // 100)
    covered = is_designated(row) or row["standing"] == "suspended"
    return [
        {
            "institution": row["code"],
            "bed_class": bed_class,
            "approved": num(n * 95 // 100),
            "open": num(n),
            "contracted": num(n * 95 // 100 if covered else 0),
        }
        for bed_class, n in beds.items()
        if n
    ]


def pharmacy_rows(seed: int, numbering: Numbering) -> list[Row]:
    """Rows of ``institutions`` that are pharmacies (without places)."""
    draw = Draw(seed, "sy pharmacies")
    rows = []
    for code, count in zip(CODES, _by_district(PHARMACIES, PHARMACY_ZONES), strict=True):
        for i in range(1, count + 1):
            row = institution(
                kind="retail_pharmacy", level=None, type_=None, ownership="private", region=code
            )
            numbering.identify(row, code)
            row["name"] = f"沈阳市{DISTRICTS[code].name}示例药店{i:04d}号"
            row["pharmacy_class"] = "ordinary"
            row["opened_on"] = dt.date(draw.between(1996, 2002), draw.between(1, 12), 1)
            rows.append(row)
    by_state = assign_states(draw, rows, PHARMACY_STATES)
    begin(draw, by_state, trial=False)
    for row in rows:
        if row["standing"] != "undesignated":
            _open_pharmacy(draw, row)
    finish(draw, by_state)
    return rows


def _open_pharmacy(draw: Draw, row: Row) -> None:
    """Open the services of a designated pharmacy; its class follows from them."""
    pooling, transfer, dual, special = draw.integers(0, 100, 4)
    open_services(row, ["personal_account"])
    row["pharmacy_class_since"] = row["designated_since"]
    if pooling < PHARMACY_POOLING:
        open_services(row, ["outpatient_pooling", "outpatient_mutual_aid"], POOLING_SINCE)
        row["pharmacy_class"] = "pooling"
    if transfer < PRESCRIPTIONS:
        open_services(row, ["prescription_transfer"], PRESCRIPTIONS_SINCE)
    if special < CHRONIC_SPECIAL:
        open_services(row, ["outpatient_chronic_special"])
    if dual < DUAL_CHANNEL:
        open_services(row, ["dual_channel"], DUAL_SINCE)
        row["pharmacy_class"] = "dual_channel"


def open_new_ones_late(rows: Sequence[Row]) -> None:
    """Let institutions designated since 2021 have opened the year before, not decades ago."""
    for row in rows:
        since = row.get("designated_since")
        if isinstance(since, dt.date) and since.year > 2020:
            row["opened_on"] = since - dt.timedelta(days=365)


def place(seed: int, rows: Sequence[Row], cells: Cells) -> None:
    """Put every institution into a populated cell of its district, in proportion to persons."""
    draw = Draw(seed, "sy places")
    at = {code: [row for row in rows if row["region"] == code] for code in CODES}
    for district, code in enumerate(CODES):
        mine = cells.of(district)
        chosen = mine[draw.weighted(cells.persons[mine], len(at[code]))]
        east, north = (draw.fractions(len(chosen)) * 0.8 - 0.4 for _ in range(2))
        lon = np.round(cells.lon[chosen] + east * STEP[0], 6).tolist()
        lat = np.round(cells.lat[chosen] + north * STEP[1], 6).tolist()
        numbers = draw.integers(1, 400, len(chosen))
        for row, x, y, number in zip(at[code], lon, lat, numbers, strict=True):
            row["lon"], row["lat"], row["crs"] = x, y, "cgcs2000"
            row["address"] = f"沈阳市{DISTRICTS[code].name}示例路{number}号"


def make_known_faults(rows: Sequence[Row]) -> None:
    """The documented warnings: three without coordinates, five outside, two with one code."""
    pharmacies = [row for row in rows if row["kind"] == "retail_pharmacy"]
    for row in pharmacies[100:400:100]:
        row["lon"] = row["lat"] = row["crs"] = None
    far = [row for row in pharmacies if row["region"] == CODES[-1]][:5]
    for row, there in zip(pharmacies[50:55], far, strict=True):
        row["lon"], row["lat"] = there["lon"], there["lat"]
    clinics = [row for row in rows if row["kind"] == "village_clinic"]
    clinics[1]["uscc"] = clinics[0]["uscc"]


def contracted_beds(rows: Sequence[Row], beds: Sequence[Row]) -> Counter[str]:
    """Contracted beds (no chairs) by district."""
    district = {row["code"]: str(row["region"]) for row in rows}
    found: Counter[str] = Counter()
    for bed in beds:
        if bed["bed_class"] != "dental_chair":
            found[district[bed["institution"]]] += int(bed["contracted"])  # type: ignore[arg-type]
    return found
