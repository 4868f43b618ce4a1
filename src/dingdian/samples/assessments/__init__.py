"""Invented assessment workbooks for the sample cities: every kind of case, and saying so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dingdian.samples.assessments.marking import Marking, Marks
from dingdian.samples.assessments.persons import persons
from dingdian.samples.assessments.sheets import MEDICAL_DX, MEDICAL_SY, PHARMACY
from dingdian.samples.sample import Sample, Tables


def daxinganling_assessment(sample: Sample, seed: int = 1) -> Tables:
    """The invented assessment of 大兴安岭 for 2025, on the sample that ``daxinganling`` made."""
    return _made(sample, seed, Marks("DXKH2025", MEDICAL_DX, PHARMACY, asks_for_grades=True))


def shenyang_assessment(sample: Sample, seed: int = 1) -> Tables:
    """The invented assessment of 沈阳 for 2025, on the sample that ``shenyang`` made."""
    return _made(sample, seed, Marks("SYKH2025", MEDICAL_SY, PHARMACY, asks_for_grades=False))


def _made(sample: Sample, seed: int, marks: Marks) -> Tables:
    marking = Marking(sample, seed, marks)
    marking.fill()
    return {**marking.tables, **persons(marking.scored)}


#: Name of a sample -> what makes an assessment of it, from the sample and a seed.
ASSESSMENTS: Mapping[str, Callable[[Sample, int], Tables]] = MappingProxyType(
    {"daxinganling": daxinganling_assessment, "shenyang": shenyang_assessment}
)

__all__ = ["ASSESSMENTS", "daxinganling_assessment", "shenyang_assessment"]
