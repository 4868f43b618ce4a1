"""A round of 沈阳: some sixty applicants, sound ones and every kind of trouble."""

from __future__ import annotations

import datetime as dt

from dingdian.core.census import Cell
from dingdian.samples.rounds.applying import TOTAL, Applying, Calendar
from dingdian.samples.rounds.spots import Spots, beside
from dingdian.samples.sample import Row, Sample, Tables, num

DAYS = Calendar(
    opened=dt.date(2026, 1, 5),
    closed=dt.date(2026, 1, 30),
    published=dt.date(2026, 3, 2),
    decided=dt.date(2026, 3, 20),
)
#: Grounds of refusal of the city's own plan (SY-25 to SY-27).
BARS = (
    "staff_below_level",
    "departments_below_level",
    "equipment_below_level",
    "information_system_below_level",
    "safety_facilities",
    "barrier_free_facilities",
    "elder_friendly_facilities",
    "no_full_transmission",
    "no_trace_codes",
)
POOLING, ACCOUNT, INPATIENT = "门诊统筹、个人账户", "个人账户", "住院、个人账户"
#: How far apart sound applicants stand from all their like.
FAR = 900.0
#: District -> how many sound clinics, and with which scores.
SOUND = {
    "210106": (92, 88, 85),
    "210111": (90, 84, 79),
    "210112": (91, 86, 81),
    "210113": (89, 83),
    "210114": (93, 87, 82),
    "210181": (88, 80),
}


def shenyang_round(sample: Sample, seed: int = 1) -> Tables:
    """The invented round of 沈阳, on the sample that ``shenyang`` made."""
    round_ = Applying("SY2026-1", DAYS, seed="示例公布号码8848", bars=BARS)
    spots = Spots(sample, seed)
    _sound(round_, spots)
    _equals(round_, spots)
    _with_beds(round_, spots)
    _exempt(round_, spots, sample)
    _too_near(round_, spots, sample)
    _not_placed(round_, spots)
    _lacking(round_, spots)
    _recorded(round_, spots)
    _pharmacies(round_, spots, sample)
    _excepted(round_)
    return round_.tables


def _clinic(
    round_: Applying,
    spots: Spots,
    district: str,
    *,
    score: int = 80,
    services: str = POOLING,
    **cells: Cell,
) -> str:
    """A sound clinic away from all its like."""
    (spot,) = spots.free(district, pharmacy=False, metres=FAR)
    return round_.apply(
        "示例诊所", "clinic", district, spot, services=services, score=score, beds=None, **cells
    )


def _sound(round_: Applying, spots: Spots) -> None:
    """Nothing wrong: what is left of the places decides."""
    for district, scores in SOUND.items():
        for score in scores:
            _clinic(round_, spots, district, score=score)
    (spot,) = spots.free("210115", pharmacy=False, metres=FAR)
    round_.apply("示例门诊部", "outpatient_department", "210115", spot, services=ACCOUNT, score=86)


def _equals(round_: Applying, spots: Spots) -> None:
    """Equal merit: priority goes first, then the day, then the lottery (SY-23)."""
    same_day = dt.date(2026, 1, 8)
    for district in ("210123", "210124"):
        for _ in range(2):
            _clinic(round_, spots, district, score=85, applied_on=same_day)
    (spot,) = spots.free("210124", pharmacy=False, metres=FAR)
    round_.apply(
        "示例社区卫生服务中心",
        "community_health_centre",
        "210124",
        spot,
        services=POOLING,
        score=85,
        ownership="public",
        family_doctor=True,
        applied_on=dt.date(2026, 1, 14),
    )


def _with_beds(round_: Applying, spots: Spots) -> None:
    """Beds within what is left, more than is left, and classes managed apart."""
    asked: tuple[tuple[str, str, str, dict[str, int], str, str], ...] = (
        ("示例护理院", "nursing_home", "210114", {"nursing": 60}, "ungraded", "nursing"),
        ("示例综合医院", "hospital", "210106", {"general": 80}, "secondary", "general"),
        ("示例综合医院", "hospital", "210106", {"general": 40}, "primary", "general"),
        (
            "示例康复医院",
            "hospital",
            "210112",
            {"rehabilitation": 100},
            "primary",
            "rehabilitation",
        ),
        ("示例康复医院", "hospital", "210112", {"rehabilitation": 50}, "primary", "rehabilitation"),
        ("示例中医医院", "hospital", "210111", {"tcm": 30, "general": 20}, "primary", "tcm"),
        ("示例医院", "hospital", "210113", {"general": 120}, "secondary", "general"),
    )
    for at, (name, kind, district, beds, level, type_) in enumerate(asked):
        (spot,) = spots.free(district, pharmacy=False, metres=FAR)
        round_.apply(
            name,
            kind,
            district,
            spot,
            services=INPATIENT,
            score=90 - at,
            beds=beds,
            level=level,
            type=type_,
        )
    (spot,) = spots.free("210181", pharmacy=False, metres=FAR)
    code = round_.apply(
        "示例医院", "hospital", "210181", spot, services=INPATIENT, beds={"general": 110}
    )
    round_.change("facts", code, "insurance_department", yes=False)
    (spot,) = spots.free("210181", pharmacy=False, metres=FAR)
    code = round_.apply("示例医院", "hospital", "210181", spot, services=INPATIENT)
    round_.tables["bed_requests"].append({"application": code, "bed_class": "general"})


def _exempt(round_: Applying, spots: Spots, sample: Sample) -> None:
    """Not limited by the plan, though others stand near (SY-24); conditions hold all the same."""
    standing = _standing(sample, "210181", "clinic")
    for at in range(3):
        code = round_.apply(
            "示例一体化村卫生室",
            "village_clinic",
            "210181",
            spots.near(standing[at], 300),
            services=POOLING,
            integrated_village_clinic=True,
            emphasis_rural=True,
        )
    round_.change("facts", code, "physicians", amount=num(0))
    round_.apply(
        "示例高校医院门诊",
        "clinic",
        "210112",
        spots.near(_standing(sample, "210112", "clinic")[0], 250),
        services=POOLING,
        university_clinic=True,
    )


def _too_near(round_: Applying, spots: Spots, sample: Sample) -> None:
    """Within 800 m of one that stands, on the rim, and two applicants near each other (SY-09)."""
    stands = _standing(sample, "210113", "clinic", service="outpatient_pooling")
    round_.apply("示例诊所", "clinic", "210113", spots.near(stands[0], 420), services=POOLING)
    (spot,) = spots.free("210113", pharmacy=False, metres=1800)
    for metres in (0, 803):
        at = beside(spot, metres)
        round_.apply("示例诊所", "clinic", "210113", at, services=POOLING, score=78)
    (spot,) = spots.free("210114", pharmacy=False, metres=1500)
    for score, metres in ((83, 0), (81, 500)):
        round_.apply(
            "示例诊所", "clinic", "210114", beside(spot, metres), services=POOLING, score=score
        )


def _not_placed(round_: Applying, spots: Spots) -> None:
    """Without coordinates, in an unknown system, outside the city; a service nobody knows."""
    round_.apply("示例诊所", "clinic", "210111", None, services=POOLING)
    _clinic(round_, spots, "210111", crs=None)
    _clinic(round_, spots, "210111", services="门诊统筹、上门护理")
    round_.apply("示例诊所", "clinic", "210111", (121.62, 38.92), services=POOLING)


def _lacking(round_: Applying, spots: Spots) -> None:
    """A paper, a fact, a month too few; a ground of refusal; an evaluation failed or not made."""
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.drop("materials", code, "fund_use_forecast")
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    late = DAYS.decided + dt.timedelta(days=4)
    round_.change("materials", code, "licence_copy", dated=late, received_on=late)
    _clinic(round_, spots, "210115", services=ACCOUNT, opened_on=dt.date(2025, 12, 20))
    _clinic(round_, spots, "210115", services=ACCOUNT, opened_on=None)
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.drop("facts", code, "core_systems")
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.change("facts", code, "barrier_free_facilities", yes=True)
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.change("facts", code, "no_trace_codes", yes=True)
    _clinic(round_, spots, "210115", services=ACCOUNT, score=52)
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.change("scores", code, "facilities", passed=False)
    code = _clinic(round_, spots, "210115", services=ACCOUNT)
    round_.drop("scores", code, TOTAL)
    _clinic(round_, spots, "210115", services="个人账户、住院")


def _recorded(round_: Applying, spots: Spots) -> None:
    """What the bureau's records say of applicants and of their people."""
    codes = [_clinic(round_, spots, "210181", services=ACCOUNT) for _ in range(6)]
    uscc = [round_.of(code)["uscc"] for code in codes]
    people = {row["application"]: row for row in round_.tables["people"] if row["role"] == "head"}
    ended, breach = "illegal_termination_within_3_years", "breach_termination_within_1_year"
    round_.record(ended, uscc=uscc[0], name="示例诊所", happened_on=dt.date(2024, 2, 1))
    past = dt.date(2022, 2, 1)
    round_.record(ended, uscc=uscc[1], name="示例诊所", happened_on=past)
    round_.record(ended, uscc=uscc[2], happened_on=past, met_on=dt.date(2023, 1, 1))
    round_.record(
        "person_caused_termination_within_5_years",
        id_number=people[codes[3]]["id_number"],
        name="示例曾用姓名",
        happened_on=dt.date(2023, 6, 1),
    )
    round_.record(
        "dishonest_persons_list",
        name=people[codes[4]]["name"],
        happened_on=dt.date(2025, 5, 1),
    )
    round_.record(breach, uscc="91210181XX99999990", happened_on=dt.date(2025, 9, 1))
    again = _clinic(round_, spots, "210181", services=ACCOUNT)
    round_.of(again).update({each: round_.of(codes[5])[each] for each in ("name", "uscc")})


def _pharmacies(round_: Applying, spots: Spots, sample: Sample) -> None:
    """Sound ones, for whom the stock cap leaves no place; one near another; one short of staff."""
    for district, score in (("210111", 88), ("210114", 86), ("210115", 84), ("210124", 82)):
        (spot,) = spots.free(district, pharmacy=True, metres=FAR)
        round_.apply("示例药店", "retail_pharmacy", district, spot, services=ACCOUNT, score=score)
    (spot,) = spots.free("210123", pharmacy=True, metres=FAR)
    round_.apply(
        "示例药店", "retail_pharmacy", "210123", spot, services="个人账户、处方流转", score=90
    )
    stands = _standing(sample, "210111", "retail_pharmacy")[0]
    round_.apply("示例药店", "retail_pharmacy", "210111", spots.near(stands, 300), services=ACCOUNT)
    (spot,) = spots.free("210115", pharmacy=True, metres=FAR)
    code = round_.apply("示例药店", "retail_pharmacy", "210115", spot, services=ACCOUNT)
    round_.change("facts", code, "insurance_staff", amount=num(1))


def _excepted(round_: Applying) -> None:
    """An exception on record where the text says 原则上, one that is not whole, places taken."""
    wards = [r for r in round_.tables["applications"] if r["kind"] == "hospital"]
    round_.tables["exceptions"] += [
        {
            "application": wards[1]["code"],
            "rule": "sy_bed_freeze",
            "decided_on": dt.date(2026, 3, 16),
            "by": "示例局长办公会",
            "reason": "示例：区内没有同类医院",
            "evidence": "示例调研报告",
            "minute": "示例纪要〔2026〕3号",
            "effect": "示例：占用全市下一年度床位40张",
        },
        {
            "application": wards[0]["code"],
            "rule": "sy_bed_freeze",
            "decided_on": dt.date(2026, 3, 16),
            "by": "示例局长办公会",
        },
    ]
    round_.tables["taken"].append(
        {
            "number": "示例占用1",
            "region": "210106",
            "resource": "outpatient_pooling_institutions",
            "amount": num(6),
            "taken_on": dt.date(2026, 1, 4),
            "document": "示例决定2026年1号",
        }
    )


def _standing(sample: Sample, district: str, kind: str, service: str = "") -> list[Row]:
    """The designated institutions of a kind in a district that have a place."""
    return [
        row
        for row in sample.tables["institutions"]
        if (row["region"], row["kind"], row["standing"]) == (district, kind, "in_force")
        and isinstance(row["lon"], float)
        and (not service or row[service] is True)
    ]
