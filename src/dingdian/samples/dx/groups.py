"""What medical institutions 大兴安岭 has: sorts, counts by county, beds, services."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Institutions of one sort: how many in each county, and the beds of all together by class."""

    name: str
    kind: str
    level: str
    type_: str
    ownership: str
    counts: tuple[int, int, int, int, int, int, int]
    beds: dict[str, int]
    services: tuple[str, ...]
    unit: str = "township"
    chairs: int = 0


OUTPATIENT = ("outpatient_pooling", "outpatient_mutual_aid", "personal_account")
CHRONIC = (*OUTPATIENT, "outpatient_chronic", "outpatient_chronic_special")
WARD = ("inpatient", *CHRONIC, "out_of_area")

#: 147 institutions in force and 2,932 beds. The plan states neither the mix nor the beds; its
#: one tertiary, one psychiatric and one rehabilitation hospital are kept.
GROUPS = (
    Group(
        "综合医院",
        "hospital",
        "tertiary",
        "general",
        "public",
        (0, 0, 0, 1, 0, 0, 0),
        {
            "general": 470,
            "tcm": 30,
            "oncology": 40,
            "maternal_child": 50,
            "rehabilitation": 20,
            "dialysis": 10,
        },
        (*WARD, "dual_channel", "prescription_transfer"),
        chairs=12,
    ),
    Group(
        "精神专科医院",
        "hospital",
        "secondary",
        "psychiatric",
        "public",
        (0, 0, 0, 1, 0, 0, 0),
        {"psychiatric": 260},
        WARD,
    ),
    Group(
        "康复医院",
        "hospital",
        "secondary",
        "rehabilitation",
        "private",
        (0, 0, 0, 1, 0, 0, 0),
        {"rehabilitation": 90},
        WARD,
    ),
    Group(
        "人民医院",
        "hospital",
        "secondary",
        "general",
        "public",
        (1, 1, 1, 3, 1, 1, 1),
        {"general": 880, "maternal_child": 110, "oncology": 30, "nursing": 30, "dialysis": 30},
        (*WARD, "prescription_transfer"),
        chairs=18,
    ),
    Group(
        "中医院",
        "hospital",
        "secondary",
        "tcm",
        "public",
        (1, 1, 1, 1, 0, 0, 0),
        {"tcm": 220, "rehabilitation": 20},
        WARD,
    ),
    Group(
        "妇幼保健院",
        "maternal_child_hospital",
        "primary",
        "maternal_child",
        "public",
        (1, 1, 1, 1, 1, 1, 1),
        {"maternal_child": 140},
        WARD,
    ),
    Group(
        "社区卫生服务中心",
        "community_health_centre",
        "primary",
        "general",
        "public",
        (3, 1, 3, 10, 1, 2, 2),
        {"general": 150, "nursing": 30},
        WARD,
        unit="community",
    ),
    Group(
        "镇卫生院",
        "township_health_centre",
        "primary",
        "general",
        "public",
        (5, 7, 6, 2, 2, 3, 1),
        {"general": 300, "tcm": 22},
        WARD,
    ),
    Group(
        "门诊部",
        "outpatient_department",
        "ungraded",
        "general",
        "private",
        (1, 0, 1, 4, 0, 0, 0),
        {},
        OUTPATIENT,
        unit="community",
    ),
    Group(
        "诊所",
        "clinic",
        "ungraded",
        "general",
        "private",
        (4, 2, 4, 20, 1, 2, 2),
        {},
        OUTPATIENT,
        unit="community",
    ),
    Group(
        "村卫生室",
        "village_clinic",
        "ungraded",
        "general",
        "public",
        (8, 12, 8, 4, 2, 0, 0),
        {},
        OUTPATIENT,
        unit="village",
    ),
    Group(
        "养老院医务室",
        "care_home_infirmary",
        "ungraded",
        "nursing",
        "private",
        (0, 0, 0, 1, 0, 0, 0),
        {},
        OUTPATIENT,
        unit="community",
    ),
)
