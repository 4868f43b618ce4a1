"""Access of a made city: who shares what, by which reading, and what is not known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dingdian.core.circles import Points
from dingdian.core.errors import RequestError
from dingdian.core.streets import By, Lines, Network, Streets
from tests.access import BEDS, home, hospital, institution, measured, point, recorded, some

pytestmark = pytest.mark.clause("SY-09")

ROW = [home("a", point(0, 0), 100), home("b", point(500, 0), 50, "west")]
TWO = [institution("i", point(100, 0)), institution("j", point(700, 0), region="west")]


def scores(report, name):
    return pytest.approx(report.scores[name].scores.tolist())


def test_by_hand() -> None:
    """Edges 266.7, 533.3 and 800 m; a reaches i at 100 and j at 700 m, b at 400 and 200 m."""
    report = measured(ROW, TWO)

    assert report.ground.reach_mm == 800_000
    assert [round(each / 1e5) for each in report.nearest_mm] == [1, 2]
    assert report.reached.tolist() == [2, 2]
    assert scores(report, "two_step") == [2 / 150, 2 / 150]
    i, j = 1 / (100 + 0.68 * 50), 1 / (22 + 50)
    assert scores(report, "enhanced") == [i + 0.22 * j, 0.68 * i + j]
    whole, east, west = report.scopes
    assert (whole.people, east.people, west.people) == (150, 100, 50)
    assert whole.means["enhanced"] == pytest.approx(2 / 150)
    assert (east.providers, west.capacity, whole.none) == (1, 1.0, 0)


def test_every_way_of_asking_changes_what_it_is_about() -> None:
    plain = measured(ROW, TWO)

    assert measured(ROW, TWO, decay="even").scores["enhanced"].scores == scores(plain, "two_step")
    assert measured(ROW, TWO, reach_mm=300_000).reached.tolist() == [1, 1]
    bell = measured(ROW, TWO, decay="bell")
    assert bell.scores["enhanced"].scores.tolist() != plain.scores["enhanced"].scores.tolist()
    assert bell.ground.asked == ("access_decay",)
    assert "access_decay" not in bell.ground.readings
    assert "access_decay" in plain.ground.readings


def town() -> Streets:
    """Crossings 100 m apart, five by four, without the streets from (2, 0) and (2, 1) eastward."""
    corners = [(x, y) for x in range(5) for y in range(4)]
    cut = {((2, 0), (3, 0)), ((2, 1), (3, 1))}
    lines = [
        (one, other)
        for one in corners
        for other in ((one[0] + 1, one[1]), (one[0], one[1] + 1))
        if other in corners and (one, other) not in cut
    ]
    return drawn(*lines)


def drawn(*lines) -> Streets:
    """Streets between crossings, told by hundreds of metres east and north."""
    lon, lat = np.array([point(100 * x, 100 * y) for line in lines for x, y in line]).T
    yes = np.ones(len(lines), np.bool_)
    starts = 2 * np.arange(len(lines) + 1)
    return Streets.of(Lines(Points(lon, lat), starts, yes, yes, yes))


def test_ways_are_those_of_scipy_and_never_shorter_than_the_straight_line() -> None:
    """Everybody stands at a crossing: how far it is, scipy says of the crossings alone."""
    streets = town()
    where = [(x, y) for x in range(5) for y in range(4)]
    homes = [home(f"{x}{y}", point(100 * x, 100 * y), 10) for x, y in where]
    shops = [institution("i", point(200, 0)), institution("j", point(300, 300))]
    asked = {"reach_mm": 450_000}
    along = measured(homes, shops, network=Network.of(streets, By.WALKING), **asked)
    straight = measured(homes, shops, **asked)

    n = len(streets.points)
    ways = csr_array((streets.length_mm.astype(float), (streets.tail, streets.head)), shape=(n, n))
    corner = {
        (round(lon, 6), round(lat, 6)): at
        for at, (lon, lat) in enumerate(zip(streets.points.lon, streets.points.lat, strict=True))
    }
    spots = [corner[tuple(round(each, 6) for each in point(100 * x, 100 * y))] for x, y in where]
    told = dijkstra(ways, directed=False)[spots][
        :, [spots[where.index(each)] for each in ((2, 0), (3, 3))]
    ]
    nearest = np.where(told.min(axis=1) <= 450_000, told.min(axis=1), np.nan)
    off = 2 * 2 * 12  # crossings are kept to a centimetre, homes are not; both ends
    assert np.allclose(along.nearest_mm, nearest, atol=off, equal_nan=True)
    assert along.reached.tolist() == (told <= 450_000).sum(axis=1).tolist()
    assert (along.reached <= straight.reached).all()
    assert (along.reached < straight.reached).any()
    met = ~np.isnan(along.nearest_mm)
    assert (along.nearest_mm[met] >= straight.nearest_mm[met]).all()
    assert (along.ground.by, straight.ground.by) == ("walking", "")


def test_who_no_way_leads_from_is_told_apart_from_who_is_too_far() -> None:
    """a on the street of i, b farther along it than the reach, c on an island, d on no street."""
    streets = drawn(((0, 0), (20, 0)), ((0, 5), (1, 5)))
    homes = [
        home("a", point(500, 0), 1),
        home("b", point(1500, 0), 2),
        home("c", point(0, 500), 4),
        home("d", point(0, 2000), 8, "west"),
    ]
    report = measured(
        homes, [institution("i", point(0, 0))], network=Network.of(streets, By.DRIVING)
    )

    assert np.isnan(report.nearest_mm).tolist() == [False, True, True, True]
    assert report.no_way.tolist() == [False, False, True, True]
    whole, east, west = report.scopes
    assert (whole.no_way, east.no_way, west.no_way) == (12, 4, 8)
    assert (whole.none, recorded(report).places.no_way) == (14, (2, 3))
    assert recorded(report).catchment.measured == "driving"


BEDDED = [hospital("h", point(0, 100)), hospital("k", point(0, 200)), hospital("m", point(0, 300))]


def beds(*rows):
    names = ("institution", "bed_class", "contracted", "open")
    return {"beds": [dict(zip(names, row, strict=True)) for row in rows]}


def test_beds_are_capacity_and_unknown_ones_are_not_none() -> None:
    """h has 30 + 10 beds and a chair, k a class whose beds are unknown, m lists nothing."""
    rows = beds(
        ("h", "general", Fraction(30), Fraction(33)),
        ("h", "psychiatric", Fraction(10), Fraction(11)),
        ("h", "dental_chair", Fraction(5), Fraction(5)),
        ("k", "general", Fraction(7), Fraction(7)),
        ("k", "psychiatric", None, Fraction(1)),
    )
    report = measured(ROW[:1], BEDDED, of=BEDS, tables=rows)

    assert report.providers.capacity.tolist() == [40, 0, 0]
    assert report.providers.known.tolist() == [True, False, False]
    assert report.at_least.tolist() == [True]
    opened = measured(ROW[:1], BEDDED, of=BEDS, tables=rows, capacity="open")
    assert opened.providers.capacity.tolist() == [44, 8, 0]
    each = measured(ROW[:1], BEDDED, of=BEDS, tables=rows, capacity="each")
    assert (each.providers.capacity.tolist(), each.providers.beds) == ([1, 1, 1], False)


def test_who_is_not_known_marks_the_scores_that_it_may_change() -> None:
    record = some()
    places = record.places

    assert places.code == ("a", "b", "c", "d")
    assert places.people == (100, 0, None, 50)
    assert places.enhanced == pytest.approx((200, 10_000 * (0.0068 + 1 / 22), 10_000 / 22, 0))
    assert places.nearest_mm[3] is None
    assert (places.at_most, places.at_least) == ((0, 1, 2), ())
    assert (record.people.without_people, record.people.without_position) == (1, 1)
    assert record.people.people_without_position == "7"
    assert [each.ratio is None for each in record.providers] == [False, False, True]
    assert [each.none for each in record.areas] == ["50", "0", "50"]


def test_an_institution_without_a_position_may_add_to_the_scores_of_its_district() -> None:
    homes = [*ROW, home("c", point(30_000, 0), 5, "west")]
    report = measured(homes, [*TWO, institution("lost", None)])

    assert report.providers.unlocated == 1
    assert report.at_least.tolist() == [True, True, False]  # b stands near the border


def test_what_nobody_lives_near_leaves_places_without_people_undefined() -> None:
    homes = [*ROW, home("empty", point(0, 9000), 0)]
    report = measured(homes, [*TWO, institution("alone", point(0, 9100))])

    found = report.scores["enhanced"]
    assert found.undefined.tolist() == [False, False, True]
    assert not np.isnan([each for scope in report.scopes for each in scope.means.values()]).any()


def test_the_order_of_the_ledger_changes_no_number() -> None:
    one, other = (recorded(measured(ROW[::way], TWO[::way])) for way in (1, -1))

    assert one.areas == other.areas
    assert one.places.enhanced == other.places.enhanced[::-1]
    assert sorted(one.providers, key=lambda e: e.code) == sorted(
        other.providers, key=lambda e: e.code
    )


@pytest.mark.parametrize(
    ("homes", "stand", "asked", "kind"),
    [
        (ROW, [], {}, "access_nobody"),
        (ROW, [institution("lost", None)], {}, "access_nobody"),
        (ROW, TWO, {"reach_mm": 0}, "access_no_reach"),
        (ROW, TWO, {"decay": "halves"}, "siting_reading"),
        ([], TWO, {}, "siting_no_localities"),
    ],
)
def test_what_cannot_be_measured_is_said(homes, stand, asked, kind) -> None:
    with pytest.raises(RequestError) as refused:
        measured(homes, stand, **asked)
    assert [each.kind for each in refused.value.faults] == [kind]
