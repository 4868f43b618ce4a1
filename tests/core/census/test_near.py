"""How many institutions stand within a circle, against a reader that goes pair by pair."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import (
    TABLES,
    Circle,
    Selection,
    Test,
    Where,
    circle_counts,
    make_census,
    table_from_rows,
    tally,
)
from dingdian.core.census.near import densities_of, read_condition, threshold_text
from dingdian.core.circles import distance_mm

DAY = "2025-12-31"
STANDINGS = ("guidance", "trial", "in_force", "suspended")
REGIONS = [
    {"code": "root", "name": "r", "level": "prefecture"},
    {"code": "a", "name": "a", "parent": "root", "level": "county", "density": "dense"},
    {"code": "a1", "name": "a1", "parent": "a", "level": "township", "density": "sparse"},
    {"code": "a2", "name": "a2", "parent": "a", "level": "township"},
    {"code": "b", "name": "b", "parent": "root", "level": "county"},
    {"code": "c", "name": "c", "parent": "root", "level": "county", "main_urban_area": True},
]
COUNTY = {"root": None, "a": "a", "a1": "a", "a2": "a", "b": "b", "c": "c"}
CLASS = {"root": "ordinary", "a": "dense", "a1": "sparse", "a2": "dense", "b": "ordinary"} | {
    "c": "dense"
}

#: Steps of 0.0024 degrees of latitude: about 267 m.
spots = st.one_of(st.none(), st.tuples(st.integers(0, 6), st.integers(0, 6)))
institutions = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["clinic", "hospital", "retail_pharmacy", None]),
            "region": st.sampled_from(["root", "a", "a1", "b"]),
            "standing": st.sampled_from(["in_force", "suspended", "terminated", None]),
            "dual_channel": st.sampled_from([True, False, None]),
            "spot": spots,
        }
    ),
    max_size=8,
)
localities = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(["a", "a1", "a2", "b", "c"]),
            "persons": st.sampled_from([0, 1, 700]),
            "spot": spots,
        }
    ),
    min_size=1,
    max_size=6,
)
sets = st.tuples(
    st.sampled_from(["medical", "pharmacy", "any"]), st.sampled_from(["", "dual_channel"])
)
RADIUS = 800_000


def placed(row):
    spot = row.pop("spot")
    if spot is None:
        return row
    return {**row, "lon": 123.4 + spot[0] * 0.0032, "lat": 41.8 + spot[1] * 0.0024, "crs": "wgs84"}


def census_of(near, there):
    own = [placed({"code": f"i{n}", "name": "n", **row}) for n, row in enumerate(near)]
    homes = [placed({"code": f"l{n}", **row}) for n, row in enumerate(there)]
    homes = [{**row, "persons": Fraction(row["persons"])} for row in homes]
    return make_census(
        {
            "regions": table_from_rows(TABLES["regions"], REGIONS),
            "institutions": table_from_rows(TABLES["institutions"], own),
            "localities": table_from_rows(TABLES["localities"], homes),
        }
    )


def circle(kind="pharmacy", service="", radius_mm=RADIUS, *, rim=True, standings=STANDINGS):
    return Circle(kind, service, radius_mm, rim, DAY, standings)


def belongs(row, kind, service):
    """True, False or None for one institution."""
    answers = []
    if row["standing"] is None:
        answers.append(None)
    else:
        answers.append(row["standing"] in STANDINGS)
    if kind != "any":
        wanted = kind == "pharmacy"
        own = row["kind"]
        answers.append(None if own is None else (own == "retail_pharmacy") is wanted)
    if service:
        answers.append(row[service])
    return False if False in answers else None if None in answers else True


def apart(one, other):
    """Millimetres between two spots."""
    lon = [np.array([123.4 + spot[0] * 0.0032]) for spot in (one, other)]
    lat = [np.array([41.8 + spot[1] * 0.0024]) for spot in (one, other)]
    return int(distance_mm(lon[0], lat[0], lon[1], lat[1])[0])


def reaches(county, home, rows):
    """Whether something that is or may be in a county stands within the circle of a locality."""
    spots = [row["spot"] for row in rows if row["spot"] and COUNTY[row["region"]] in (county, None)]
    return any(apart(each, home["spot"]) <= RADIUS for each in spots)


def slow(near, home, kind, service, rows):
    """Least and most institutions that one locality has within the circle."""
    least = most = 0
    for row in near:
        member = belongs(row, kind, service)
        if member is False:
            continue
        if row["spot"] is None:
            own = COUNTY[row["region"]]
            most += own in (None, COUNTY[home["region"]]) or reaches(own, home, rows)
        elif apart(row["spot"], home["spot"]) <= RADIUS:
            least += member is True
            most += 1
    return least, most


@settings(deadline=None, max_examples=150)
@given(institutions, localities, sets, st.integers(1, 3))
def test_each_locality_is_what_a_pair_by_pair_reader_says(near, there, of, n):
    kind, service = of
    rows = [*near, *there]
    expected = [None if h["spot"] is None else slow(near, h, kind, service, rows) for h in there]
    census = census_of([dict(r) for r in near], [dict(h) for h in there])
    own = circle(kind, service)
    counts = circle_counts(census, "localities", own)
    found = [
        (least, most) if located else None
        for located, least, most in zip(
            counts.located.tolist(), counts.least.tolist(), counts.most.tolist(), strict=True
        )
    ]
    assert found == expected

    def sure(test):
        where = Where(own.column, test, own.words(str(n)))
        got = tally(census, Selection("localities", (where,), "persons"))
        return got.rows.tolist(), got.unsure

    unsure = sum(each is None or each[0] < n <= each[1] for each in expected)
    enough = [at for at, each in enumerate(expected) if each and each[0] >= n]
    too_few = [at for at, each in enumerate(expected) if each and each[1] < n]
    assert sure(Test.NEAR) == (enough, unsure)
    assert sure(Test.FEWER) == (too_few, unsure)


@settings(deadline=None)
@given(institutions, localities, sets, st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_a_wider_circle_never_covers_fewer(near, there, of, one, other):
    census = census_of(near, there)
    narrow, wide = (
        circle_counts(census, "localities", circle(*of, radius_mm=r)) for r in sorted((one, other))
    )
    assert (narrow.least <= wide.least).all()
    assert (narrow.most <= wide.most).all()
    rimless = circle_counts(census, "localities", circle(*of, radius_mm=max(one, other), rim=False))
    assert (rimless.least <= wide.least).all()


@settings(deadline=None)
@given(institutions, localities, sets, st.integers(1, 3))
def test_who_has_more_also_has_fewer(near, there, of, n):
    census, own = census_of(near, there), circle(*of)

    def rows(test, number):
        where = Where(own.column, test, own.words(str(number)))
        return set(tally(census, Selection("localities", (where,))).rows.tolist())

    assert rows(Test.NEAR, n + 1) <= rows(Test.NEAR, n)
    assert rows(Test.FEWER, n) <= rows(Test.FEWER, n + 1)
    assert not rows(Test.NEAR, n) & rows(Test.FEWER, n)


@settings(deadline=None)
@given(institutions, localities, sets, st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(near, there, of, chance):
    def people(institutions, homes):
        census, own = (
            census_of([dict(i) for i in institutions], [dict(h) for h in homes]),
            circle(*of),
        )
        where = Where(own.column, Test.NEAR, own.words("1"))
        found = tally(census, Selection("localities", (where,), "persons"))
        return found.value, found.unsure

    before = people(near, there)
    shuffled, homes = list(near), list(there)
    chance.shuffle(shuffled)
    chance.shuffle(homes)  # codes follow the order, so that everything is renamed as well
    assert people(shuffled, homes) == before


@pytest.mark.clause("DX-44")
def test_the_nearest_mark_above_says_the_density():
    assert densities_of(census_of([], [])) == CLASS


@pytest.mark.clause("DX-44")
@pytest.mark.parametrize(
    ("region", "near"), [("a", False), ("a1", True), ("a2", False), ("b", True), ("c", False)]
)
def test_the_threshold_follows_the_density_of_the_locality(region, near):
    one = {"kind": "retail_pharmacy", "region": "b", "standing": "in_force", "spot": (1, 1)}
    census = census_of([one], [{"region": region, "persons": 5, "spot": (1, 1)}])
    text = threshold_text({"dense": 2, "ordinary": 1, "sparse": 1})
    where = Where("pharmacy", Test.NEAR, circle().words(text))
    assert bool(tally(census, Selection("localities", (where,))).value) is near


def test_a_class_without_a_threshold_is_never_reached():
    one = {"kind": "retail_pharmacy", "region": "b", "standing": "in_force", "spot": (1, 1)}
    census = census_of([one], [{"region": "b", "persons": 5, "spot": (1, 1)}])
    for text in (threshold_text({"dense": 1}), threshold_text({})):
        near, fewer = (
            tally(census, Selection("localities", (Where("pharmacy", t, circle().words(text)),)))
            for t in (Test.NEAR, Test.FEWER)
        )
        assert (near.value, near.unsure) == (0, 0)
        assert (fewer.value, fewer.unsure) == (1, 0)


def test_the_rim_is_a_millimetre_wide():
    gap = apart((1, 1), (1, 2))
    assert 266_000 < gap < 268_000
    one = {"kind": "retail_pharmacy", "region": "a", "standing": "in_force", "spot": (1, 2)}
    census = census_of([one], [{"region": "a", "persons": 5, "spot": (1, 1)}])
    for radius, rim, expected in (
        (gap, True, True),
        (gap, False, False),
        (gap - 1, True, False),
        (gap + 1, False, True),
    ):
        counts = circle_counts(census, "localities", circle(radius_mm=radius, rim=rim))
        assert bool(counts.least[0]) is expected


def test_the_day_and_the_standing_decide_who_counts():
    rows = [
        {"kind": "clinic", "region": "a", "standing": "in_force", "spot": (1, 1)},
        {"kind": "clinic", "region": "a", "standing": "suspended", "spot": (1, 1)},
    ]
    rows[0]["designated_until"] = dt.date(2025, 12, 31)
    census = census_of(rows, [{"region": "a", "persons": 5, "spot": (1, 1)}])
    with_suspended = circle_counts(census, "localities", circle("medical"))
    without = circle_counts(census, "localities", circle("medical", standings=("in_force",)))
    assert (with_suspended.least[0], without.least[0]) == (1, 0)


def test_a_condition_reads_back_as_its_circle():
    own = circle("medical", "inpatient", 1_000_000, rim=False)
    assert read_condition(own.column, own.words("2")) == (own, "2")
    with pytest.raises(KeyError):
        read_condition("medical", ("1", "800000", "nearly", DAY))
