"""The items that the shipped sheets score: item -> full points, and the service that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """The items of one sheet: scored ones, those by a result of a hundred, and one-vote items."""

    full: Mapping[str, int]
    service: Mapping[str, str]
    results: tuple[str, ...]
    votes: tuple[str, ...]
    bonus: tuple[str, ...]


MEDICAL_SY = Marked(
    full={
        "agreement_duties": 30,
        "settlement_conduct": 40,
        "data_upload": 30,
        "fund_use": 35,
        "inpatient_care": 20,
        "cost_control": 25,
    },
    service={"inpatient_care": "inpatient"},
    results=("satisfaction", "third_party_evaluation"),
    votes=("invented_records", "serious_breach"),
    bonus=("pilot_work",),
)
MEDICAL_DX = Marked(
    full={
        "conduct": 60,
        "data_upload": 40,
        "quality": 25,
        "inpatient_care": 15,
        "cost": 30,
        "evaluation": 15,
    },
    service={"inpatient_care": "inpatient"},
    results=("satisfaction", "third_party_evaluation"),
    votes=("invented_records", "serious_breach"),
    bonus=(),
)
PHARMACY = Marked(
    full={
        "agreement_duties": 40,
        "stock_records": 60,
        "fund_use": 50,
        "prescription_service": 20,
    },
    service={"prescription_service": "prescription_transfer"},
    results=("satisfaction",),
    votes=("false_sale", "serious_breach"),
    bonus=("night_service",),
)
