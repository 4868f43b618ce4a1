"""Signed on-site surveys: they override the computed distance, and are kept."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.spacing.check import check
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Distance
from dingdian.core.spacing.verdict import Verdict
from tests.spots import DAY, LAT, LON, ground, institution, north, site, terms

pytestmark = pytest.mark.clause("SY-09")
POINT = north(820)


def survey(metres, **cells):
    base = {
        "number": "S1",
        "from_code": "new",
        "to_code": "a",
        "distance_m": Fraction(metres),
        "measured_on": dt.date(2025, 12, 1),
        "by": "张三",
        "document": "示例记录1号",
        "signed": True,
    }
    return {**base, **cells}


def answer(*surveys, ask=None, at=POINT, under=None, **cells):
    census = ground(institution("a", at, **cells), surveys=list(surveys))
    return check(ask or site(), stock_on(census, DAY), under or terms())


@pytest.mark.parametrize(
    ("metres", "verdict"),
    [("799.999", Verdict.BROKEN), ("800", Verdict.BROKEN), ("800.001", Verdict.KEPT)],
)
def test_a_survey_overrides_what_is_computed_both_ways(metres, verdict):
    for at in (north(820), north(700), north(3000), None):
        found = answer(survey(metres), at=at)

        assert found.verdict is verdict
        kept = found.near[0]
        assert kept.distance_mm == int(Fraction(metres) * 1000)
        assert (kept.surveys[0].by, kept.surveys[0].document) == ("张三", "示例记录1号")
        assert kept.surveys[0].measured_on == dt.date(2025, 12, 1)


def test_the_computed_distance_is_kept_beside_the_measured_one():
    assert answer(survey(700)).near[0].computed_mm == 820_000
    assert answer(survey(700), at=None).near[0].computed_mm is None


def test_a_survey_ends_the_doubt():
    doubtful = {"position_error_m": Fraction(50)}

    assert answer(**doubtful).verdict is Verdict.MEASURE_ON_SITE
    assert answer(survey(801), **doubtful).verdict is Verdict.KEPT
    assert answer(survey(801), under=terms(distance=Distance.SURVEYED)).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    "cells",
    [
        {"signed": False},
        {"signed": None},
        {"measured_on": DAY + dt.timedelta(1)},
        {"distance_m": None},
        {"to_code": None},
        {"to_code": "b"},
        {"from_code": "another"},
        {"service": "inpatient"},
    ],
)
def test_what_does_not_override(cells):
    assert answer(survey(700)).verdict is Verdict.BROKEN
    assert answer(survey(700, **cells)).verdict is Verdict.KEPT


def test_the_latest_survey_counts_and_of_one_day_the_greater_number():
    old, new = survey(700), survey(900, number="S0", measured_on=dt.date(2025, 12, 2))

    assert answer(old, new).verdict is Verdict.KEPT
    assert answer(new, old).verdict is Verdict.KEPT
    same_day = survey(900, number="S2")
    assert answer(old, same_day).verdict is Verdict.KEPT
    assert answer(survey(700, number="S3"), same_day).verdict is Verdict.BROKEN


def test_a_survey_for_one_service_leaves_the_others():
    both = {"inpatient": True}
    ask = site(services=("inpatient", "outpatient_pooling"))

    found = answer(survey(900, service="inpatient"), ask=ask, at=north(500), **both)

    assert [(each.service, each.verdict) for each in found.services] == [
        ("inpatient", Verdict.KEPT),
        ("outpatient_pooling", Verdict.BROKEN),
    ]


@pytest.mark.parametrize(("off", "verdict"), [(0.9, Verdict.BROKEN), (1.1, Verdict.KEPT)])
def test_ends_named_by_coordinates_are_the_same_within_a_metre(off, verdict):
    near = north(off)
    ends = {"from_code": None, "from_lon": near[0], "from_lat": near[1], "crs": "cgcs2000"}

    assert answer(survey(700, **ends)).verdict is verdict


@pytest.mark.parametrize(("crs", "verdict"), [("wgs84", Verdict.BROKEN), ("gcj02", Verdict.KEPT)])
def test_both_ends_by_coordinates_in_their_system(crs, verdict):
    ends = {
        "from_code": None,
        "to_code": None,
        "from_lon": LON,
        "from_lat": LAT,
        "to_lon": POINT[0],
        "to_lat": POINT[1],
        "crs": crs,
    }

    assert answer(survey(700, **ends)).verdict is verdict


def test_the_direction_of_a_survey_does_not_matter():
    assert answer(survey(700, from_code="a", to_code="new")).verdict is Verdict.BROKEN


def test_a_survey_of_the_old_address_says_nothing_of_the_new_one():
    ask = site(id="move-1", institution="old", moved=True)

    assert answer(survey(700, from_code="old"), ask=ask).verdict is Verdict.KEPT
    assert answer(survey(700, from_code="move-1"), ask=ask).verdict is Verdict.BROKEN
