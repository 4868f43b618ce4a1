"""Small street graphs."""

import numpy as np

from dingdian.core.circles import Points
from dingdian.core.streets import Lines, Streets

LON, LAT = 123.40, 41.80
STEP = 0.001  # of a degree: 111 m to the north, 83 m to the east


def one_point(lon, lat):
    return np.array([lon]), np.array([lat])


def at(*places):
    """Points by steps east and north."""
    east, north = np.array(places, float).reshape(-1, 2).T
    return Points(LON + east * STEP, LAT + north * STEP)


def streets(*lines):
    """The graph of lines, each its corners (steps east, north) and who may pass: ``wfb``."""
    corners = [corner for line, _ in lines for corner in line]
    starts = np.cumsum([0, *(len(line) for line, _ in lines)])
    flags = (np.array([word in who for _, who in lines], bool) for word in "wfb")
    return Streets.of(Lines(at(*corners), starts, *flags))


def grid(east, north, who="wfb"):
    """A chequered town of so many by so many crossings."""
    along = [[(x, y) for x in range(east)] for y in range(north)]
    across = [[(x, y) for y in range(north)] for x in range(east)]
    return streets(*((line, who) for line in (*along, *across)))
