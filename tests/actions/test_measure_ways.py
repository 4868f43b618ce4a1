"""Ways beside an answer about a site: measured along streets, turning no verdict."""

import numpy as np
import pytest

from dingdian.actions.check_site import check_site
from dingdian.actions.measure_ways import measure_ways
from dingdian.actions.record_streets import record_streets
from dingdian.core.spacing.verdict import Verdict
from dingdian.core.streets import By, Gathering, Network
from dingdian.reports.streets import way_lines, ways_json
from tests.actions.test_check_site import ask, desk
from tests.spots import LAT, LON, institution, north

pytestmark = pytest.mark.clause("SY-09")
STEP = 0.001  # of a degree of latitude: 111 m


def ways(lines, *institutions, by=By.WALKING):
    """The ways from the spot to institutions along lines of (east, north) steps."""
    gathering = Gathering()
    for line in lines:
        east, up = np.array(line, float).T * STEP
        gathering.add({}, (LON + east).tolist(), (LAT + up).tolist())
    gathered = gathering.done()
    report = check_site(desk(*institutions), ask())
    network = Network.of(gathered.streets, by)
    return report, measure_ways(report, network, record_streets(gathered, by, file="town.gpkg"))


def test_a_way_round_is_told_beside_a_verdict_that_it_does_not_turn():
    around = [[(0, 0), (3, 0), (3, 4), (0, 4)]]
    report, found = ways(around, institution("C1", north(400)))

    assert report.verdict is Verdict.BROKEN
    (way,) = found.to
    assert way.code == "C1"
    assert 888_000 < way.distance_mm < 1_000_000  # 2 × 249 m east and west, 445 − 45 m north
    assert found.off_mm == 0
    text = "\n".join(way_lines(found, "zh"))
    assert "只供参考" in text
    assert f"{-(-way.distance_mm // 1000):,} 米  C1" in text
    assert ways_json(found)["to_mm"] == {"C1": way.distance_mm}


def test_no_way_is_said_where_none_leads():
    apart = [[(0, 0), (1, 0)], [(0, 3.6), (1, 3.6)]]
    _, found = ways(apart, institution("C1", north(400)))

    assert [each.distance_mm for each in found.to] == [None]
    assert "no way leads there" in "\n".join(way_lines(found, "en"))


def test_a_site_over_500_m_from_every_street_has_no_ways():
    _, found = ways([[(0, 5), (1, 5)]], institution("C1", north(400)))

    assert found.off_mm is None
    assert list(way_lines(found, "zh"))[-1].endswith("本址离道路500米以上，没有路程")
