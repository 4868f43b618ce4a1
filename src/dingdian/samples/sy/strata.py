"""What institutions 沈阳 has: sorts, totals, how they spread over the zones, beds, services.

All numbers are invented; together they put beds well over the targets, tertiary beds most of
all in the main urban zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stratum:
    """Institutions of one sort.

    ``zones``: weight per resident in the main urban, suburban and county zone. ``public``: per
    cent run publicly. ``beds`` and ``chairs``: mean of one; ``mix``: how the beds split.
    ``pooling``: always open to outpatient pooling; otherwise the district's rate decides.
    """

    name: str
    kind: str
    level: str
    type_: str
    total: int
    zones: tuple[int, int, int]
    public: int
    beds: int
    mix: Mapping[str, int]
    chairs: int
    pooling: bool


MIXES: Mapping[str, Mapping[str, int]] = {
    "-": {},
    "full": {"general": 80, "oncology": 6, "maternal_child": 6, "rehabilitation": 4, "dialysis": 4},
    "basic": {"general": 94, "dialysis": 6},
    "community": {"general": 70, "nursing": 30},
    "township": {"general": 92, "tcm": 8},
    "tcm": {"tcm": 90, "rehabilitation": 10},
    **{
        only: {only: 1}
        for only in (
            "general",
            "oncology",
            "maternal_child",
            "psychiatric",
            "rehabilitation",
            "nursing",
            "dialysis",
        )
    },
}


def _stratum(line: str) -> Stratum:
    name, kind, level, type_, total, zones, public, beds, mix, chairs, pooling = line.split()
    main, suburban, county = map(int, zones.split("/"))
    return Stratum(
        name,
        kind,
        level,
        type_,
        total=int(total),
        zones=(main, suburban, county),
        public=int(public),
        beds=int(beds),
        mix=MIXES[mix],
        chairs=int(chairs),
        pooling=pooling == "yes",
    )


#: Name, kind, level, type, total, zones, public per cent, beds, mix, chairs, always pooling.
_TABLE = """
医院 hospital tertiary general 30 50/14/0 90 1350 full 12 yes
中医院 hospital tertiary tcm 5 50/20/0 100 720 tcm 0 yes
肿瘤医院 hospital tertiary oncology 2 1/0/0 100 900 oncology 0 yes
妇儿医院 hospital tertiary maternal_child 4 1/0/0 100 620 maternal_child 0 yes
精神卫生中心 hospital tertiary psychiatric 1 0/1/0 100 1100 psychiatric 0 yes
传染病医院 hospital tertiary infectious 1 1/0/0 100 700 general 0 yes
口腔医院 hospital tertiary stomatology 2 1/0/0 50 60 general 110 yes
人民医院 hospital secondary general 64 10/12/16 55 105 full 6 yes
中医院 hospital secondary tcm 16 8/10/20 60 95 tcm 0 yes
精神专科医院 hospital secondary psychiatric 9 5/20/20 45 180 psychiatric 0 yes
康复医院 hospital secondary rehabilitation 14 12/12/4 10 110 rehabilitation 0 yes
专科医院 hospital secondary other_specialty 22 20/8/2 5 70 general 0 yes
口腔医院 hospital secondary stomatology 12 20/10/2 5 15 general 32 no
妇幼保健院 maternal_child_hospital secondary maternal_child 13 10/10/10 100 55 maternal_child 0 yes
基层医院 hospital primary general 250 12/10/8 8 20 basic 0 no
防治所 disease_institute primary other_specialty 8 10/10/10 100 22 general 0 no
社区卫生服务中心 community_health_centre primary general 96 12/10/2 92 16 community 0 yes
社区卫生服务站 community_health_centre primary general 100 14/8/1 80 0 - 0 yes
镇卫生院 township_health_centre primary general 112 0/8/40 100 30 township 0 yes
护理院 nursing_home ungraded nursing 44 14/10/4 10 60 nursing 0 no
安宁疗护中心 hospice ungraded hospice_care 3 1/1/0 30 25 general 0 no
血液透析中心 dialysis_centre ungraded dialysis 14 10/10/6 0 30 dialysis 0 no
急救中心 emergency_centre ungraded general 1 1/0/0 100 0 - 0 no
养老院医务室 care_home_infirmary ungraded nursing 62 12/10/5 10 0 - 0 no
门诊部 outpatient_department ungraded general 240 20/10/3 0 0 - 0 no
口腔门诊部 outpatient_department ungraded stomatology 130 20/10/4 0 0 - 6 no
诊所 clinic ungraded general 1350 16/12/8 0 0 - 0 no
口腔诊所 clinic ungraded stomatology 300 16/12/5 0 0 - 3 no
村卫生室 village_clinic ungraded general 1040 0/8/40 60 0 - 0 no
"""
STRATA = tuple(_stratum(line) for line in _TABLE.strip().splitlines())

#: Weight of a pharmacy per resident by zone, and how many there are, designated or not.
PHARMACIES = 5_280
PHARMACY_ZONES = (13, 11, 8)

#: Per cent of clinics with outpatient pooling and of pharmacies with it, by district: uneven.
POOLING_RATES = (80, 72, 58, 55, 60, 45, 66, 50, 42, 50, 62, 48, 40)
PHARMACY_POOLING = 34
PRESCRIPTIONS = 18
DUAL_CHANNEL = 3
CHRONIC_SPECIAL = 6

#: How many medical institutions and pharmacies are in each state on the day of the census.
MEDICAL_STATES = {
    "undesignated": 160,
    "ended_before": 50,
    "ended_now": 97,
    "trial_failed": 4,
    "suspended": 17,
    "new": 243,
}
PHARMACY_STATES = {
    "undesignated": 70,
    "ended_before": 60,
    "ended_now": 133,
    "suspended": 13,
    "new": 171,
}
