"""Institutions without coordinates count for whoever their county reaches, across its border."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate
from shapely.geometry import mapping

from dingdian.core.census import TABLES, circle_counts, table_from_rows
from dingdian.core.circles import Points, distance_mm
from dingdian.core.circles.outline import Outline
from tests.core.census.test_near import census_of, circle
from tests.spots import LAT, LON, north

#: County b lies south of the parallel at ``LAT``, in a box around ``LON``.
SOUTH = shapely.box(LON - 0.1, LAT - 0.1, LON + 0.1, LAT)
SHOP = {"kind": "retail_pharmacy", "region": "b", "standing": "in_force", "spot": None}


def border(outlines, *, homes=("a",), near=(SHOP,)):
    """A census of localities of a, so many metres north of the border of b."""
    made = census_of(list(near), [{"region": each, "persons": 1, "spot": None} for each in homes])
    shapes = {code: {**mapping(each), "crs": "wgs84"} for code, each in outlines.items()}
    return replace(made, boundaries=shapes)


def homes_at(census, *metres):
    """The same census with its localities so many metres north of the border."""
    own = census.tables["localities"]
    rows = [
        {**own.row(at), "lon": LON, "lat": north(each)[1], "crs": "wgs84"}
        for at, each in enumerate(metres)
    ]
    tables = {**census.tables, "localities": table_from_rows(TABLES["localities"], rows)}
    return replace(census, tables=tables)


@pytest.mark.clause("DX-23")
@pytest.mark.parametrize(("metres", "most"), [(0, 1), (799, 1), (800, 1), (801, 0)])
def test_a_locality_near_the_border_is_unsure_and_one_beyond_is_not(metres, most):
    census = homes_at(border({"b": SOUTH}), metres)

    found = circle_counts(census, "localities", circle())

    assert (found.least.tolist(), found.most.tolist()) == ([0], [most])


def test_each_institution_counts_once_for_a_locality():
    """One of a, one of no known county, one of b; a has no outline, but somebody 200 m from b's."""
    near = [{**SHOP, "region": region} for region in ("a", "root", "b")]
    census = homes_at(border({"b": SOUTH}, homes="aabb", near=near), 100, 900, -100, -900)

    found = circle_counts(census, "localities", circle())

    assert found.most.tolist() == [3, 2, 3, 2]


@pytest.mark.parametrize(("metres", "most"), [(800, 1), (801, 0)])
def test_without_an_outline_a_county_reaches_as_far_as_what_stands_in_it(metres, most):
    census = homes_at(border({}, homes="ab"), metres, 0)

    found = circle_counts(census, "localities", circle())

    assert found.most.tolist() == [most, 1]


shapes = st.builds(
    lambda west, south, angle, hole: rotate(
        shapely.box(west, south, west + 0.3, south + 0.2).difference(
            shapely.box(west + 0.1, south + 0.05, west + 0.1 + hole, south + 0.05 + hole)
        ),
        angle,
    ),
    st.floats(80, 130), st.floats(18, 53), st.floats(0, 90), st.floats(0.01, 0.1),
)  # fmt: skip


def slow(shape, lon, lat):
    """Metres to the nearest of many points of the border, 0 inside."""
    if shapely.intersects_xy(shape, lon, lat):
        return 0.0
    corners = shapely.get_coordinates(shapely.segmentize(shape.boundary, 2e-4))
    here = np.full(len(corners), lon), np.full(len(corners), lat)
    return float(distance_mm(*here, corners[:, 0], corners[:, 1]).min()) / 1000


@settings(max_examples=60, deadline=None)
@given(shapes, st.lists(st.tuples(st.floats(-0.05, 0.35), st.floats(-0.05, 0.25)), max_size=6))
def test_the_reach_of_an_outline_is_that_of_its_nearest_point(shape, offsets):
    west, south, _, _ = shape.bounds
    lon, lat = (np.array([o[n] for o in offsets]) + (west, south)[n] for n in (0, 1))

    found = Outline.of(shape).within(Points(lon, lat), 800_000)

    for near, x, y in zip(found.tolist(), lon.tolist(), lat.tolist(), strict=True):
        metres = slow(shape, x, y)
        if abs(metres - 800) > 0.6:  # the spacing of the border's points, and the slack
            assert near == (metres < 800)
