"""A round of 大兴安岭: some twenty applicants, most of them pharmacies."""

from __future__ import annotations

import datetime as dt

from dingdian.core.census import Cell
from dingdian.samples.rounds.applying import Applying, Calendar
from dingdian.samples.rounds.spots import Spots
from dingdian.samples.sample import Sample, Tables, num

DAYS = Calendar(
    opened=dt.date(2026, 4, 20),
    closed=dt.date(2026, 5, 15),
    published=dt.date(2026, 6, 1),
    decided=dt.date(2026, 6, 22),
)
SERVICES, CLINIC, WARDS = "个人账户、门诊慢性病", "门诊统筹、个人账户", "住院、个人账户"
#: So far from every pharmacy an area is unserved (DX-23); the other is somewhere in between.
UNSERVED, BETWEEN = 4000.0, 400.0
NEW, OLD = dt.date(2026, 1, 10), dt.date(2016, 5, 1)


def daxinganling_round(sample: Sample, seed: int = 1) -> Tables:
    """The invented round of 大兴安岭, on the sample that ``daxinganling`` made."""
    round_ = Applying("DX2026-1", DAYS, seed="示例公布号码2026")
    spots = Spots(sample, seed)
    _pharmacies(round_, spots)
    _medical(round_, spots)
    _faulty(round_, spots)
    return round_.tables


def _pharmacy(
    round_: Applying, spots: Spots, district: str, *, metres: float, opened: dt.date, score: int
) -> str:
    (spot,) = spots.free(district, pharmacy=True, metres=metres)
    return round_.apply(
        "示例药店",
        "retail_pharmacy",
        district,
        spot,
        services=SERVICES,
        score=score,
        opened_on=opened,
        emphasis_rural=metres == UNSERVED,
    )


def _pharmacies(round_: Applying, spots: Spots) -> None:
    """New and old ones, in unserved areas and elsewhere (DX-23 to DX-25)."""
    asked = (
        ("232721", UNSERVED, NEW, 82),
        ("232721", UNSERVED, OLD, 90),
        ("232722", UNSERVED, NEW, 78),
        ("232701", UNSERVED, NEW, 74),
        ("232721", BETWEEN, NEW, 88),
        ("232722", BETWEEN, NEW, 85),
        ("232722", BETWEEN, OLD, 84),
        ("232761", BETWEEN, NEW, 91),
        ("232761", BETWEEN, NEW, 91),
        ("232762", BETWEEN, NEW, 80),
    )
    codes = [
        _pharmacy(round_, spots, district, metres=metres, opened=opened, score=score)
        for district, metres, opened, score in asked
    ]
    round_.tables["exceptions"].append(
        {
            "application": codes[3],
            "rule": "dx_remote_places",
            "decided_on": dt.date(2026, 6, 15),
            "by": "示例局长办公会",
            "reason": "示例：全村没有药店，最近的在40公里外",
            "evidence": "示例参保人数和购药需求调查",
            "minute": "示例纪要〔2026〕5号",
            "effect": "示例：占用全区新增数量1家",
        }
    )


def _medical(round_: Applying, spots: Spots) -> None:
    """Exempt ones (DX-32), one with a ward only, preferred ones (DX-19, DX-20), and others."""

    def apply(
        name: str, kind: str, district: str, beds: dict[str, int] | None = None, **cells: Cell
    ) -> None:
        (spot,) = spots.free(district, pharmacy=False, metres=50)
        score = 90 - len(round_.tables["applications"]) % 10
        services = WARDS if beds else CLINIC
        round_.apply(name, kind, district, spot, services=services, score=score, beds=beds, **cells)

    apply("示例安宁疗护中心", "hospice", "232761", {"nursing": 20})
    apply("示例康复医院", "hospital", "232761", {"rehabilitation": 60}, type="rehabilitation")
    wards = {"general": 40, "psychiatric": 20}
    apply("示例综合医院", "hospital", "232701", wards, type="general", level="secondary")
    apply("示例护理院", "nursing_home", "232761", {"nursing": 50}, type="nursing")
    centre = "community_health_centre"
    apply("示例社区卫生服务中心", centre, "232763", family_doctor=True, ownership="public")
    apply("示例村卫生室", "village_clinic", "232721", emphasis_rural=True)
    apply("示例村卫生室", "village_clinic", "232722", emphasis_rural=True)
    apply("示例诊所", "clinic", "232761")
    apply("示例诊所", "clinic", "232764")


def _faulty(round_: Applying, spots: Spots) -> None:
    """Without coordinates, without a paper, short of staff, a head with a record."""
    round_.apply("示例药店", "retail_pharmacy", "232763", None, services=SERVICES, opened_on=NEW)
    asked = [
        _pharmacy(round_, spots, "232761", metres=BETWEEN, opened=NEW, score=70 + at)
        for at in range(3)
    ]
    round_.drop("materials", asked[0], "insurance_staff_contracts")
    round_.change("facts", asked[1], "insurance_staff", amount=num(1))
    head = next(r for r in round_.tables["people"] if r["application"] == asked[2])
    round_.record(
        "person_caused_termination_within_5_years",
        id_number=head["id_number"],
        name="示例曾用姓名",
        happened_on=dt.date(2022, 8, 1),
    )
