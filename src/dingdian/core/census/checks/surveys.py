"""Surveys that override nothing: unsigned, without a distance, without a usable end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from dingdian.core.census.census import Census
from dingdian.core.census.places import place_of
from dingdian.core.census.positions import in_china
from dingdian.core.census.table import Table
from dingdian.core.coordinates import find_system, to_wgs84
from dingdian.core.errors import Fault, fault


def survey_faults(census: Census) -> Iterator[Fault]:
    """What keeps a survey from being used."""
    table = census.tables["surveys"]
    signed = table["signed"]
    for row in np.flatnonzero(~(signed.known & (signed.values == 1))).tolist():
        yield fault("survey_unsigned", place_of(table, row, "signed"))
    for row in np.flatnonzero(~table["distance_m"].known).tolist():
        yield fault("survey_without_distance", place_of(table, row, "distance_m"))
    for which in ("from", "to"):
        for row in range(len(table)):
            if table[f"{which}_code"].known[row]:
                continue
            point = _point(table, row, which)
            if point is None or not bool(in_china(*point)[0]):
                yield fault("survey_without_end", place_of(table, row, f"{which}_code"))


def _point(
    table: Table, row: int, which: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
    """An end in WGS84/CGCS2000; ``None`` where it has no coordinates or no known system."""
    lon, lat = (table[f"{which}_{axis}"].cell(row) for axis in ("lon", "lat"))
    crs = str(table["crs"].cell(row) or "")
    if not (isinstance(lon, float) and isinstance(lat, float) and find_system(crs)):
        return None
    return to_wgs84([lon], [lat], crs)
