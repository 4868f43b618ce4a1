"""A survey that overrides nothing is named."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.census.checks.surveys import survey_faults
from tests.worlds import census

SOUND = {
    "number": "S1",
    "from_code": "SQ1",
    "to_lon": 123.43,
    "to_lat": 41.8,
    "crs": "cgcs2000",
    "distance_m": Fraction("812.5"),
    "measured_on": dt.date(2026, 1, 5),
    "signed": True,
}


#: The kinds of faults that this file shows.
SHOWN = {"survey_unsigned", "survey_without_distance", "survey_without_end"}


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({}, []),
        ({"signed": False}, ["survey_unsigned"]),
        ({"signed": None}, ["survey_unsigned"]),
        ({"distance_m": None}, ["survey_without_distance"]),
        ({"from_code": None}, ["survey_without_end"]),
        ({"crs": None}, ["survey_without_end"]),
        ({"to_lon": 41.8, "to_lat": 123.43}, ["survey_without_end"]),
        ({"to_lon": 0.0, "to_lat": 0.0}, ["survey_without_end"]),
        ({"to_lat": None, "to_code": "H1"}, []),
    ],
)
def test_what_keeps_a_survey_from_being_used(cells, kinds):
    seen = census(surveys=[{**SOUND, **cells}])

    assert [each.kind for each in survey_faults(seen)] == kinds
