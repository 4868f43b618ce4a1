"""GCJ-02 and BD-09 once more, one point at a time, written from the published formula.

Shares nothing with the program: scalars, ``math``, and inverses by Newton's method on a
numerical derivative instead of a fixed-point iteration.
"""

from math import atan2, cos, pi, sin, sqrt

KRASOVSKY, SQUARED = 6378245.0, 0.00669342162296594323


def gcj02(lon, lat):
    if lon < 72.004 or lon > 137.8347 or lat < 0.8293 or lat > 55.8271:
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    dlat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    dlat += (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    dlat += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    dlat += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    dlon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    dlon += (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    dlon += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    dlon += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    rad = lat / 180.0 * pi
    magic = 1 - SQUARED * sin(rad) ** 2
    dlat = dlat * 180.0 / ((KRASOVSKY * (1 - SQUARED)) / (magic * sqrt(magic)) * pi)
    dlon = dlon * 180.0 / (KRASOVSKY / sqrt(magic) * cos(rad) * pi)
    return lon + dlon, lat + dlat


def bd09(lon, lat):
    x, y = gcj02(lon, lat)
    z = sqrt(x * x + y * y) + 0.00002 * sin(y * pi * 3000.0 / 180.0)
    theta = atan2(y, x) + 0.000003 * cos(x * pi * 3000.0 / 180.0)
    return z * cos(theta) + 0.0065, z * sin(theta) + 0.006


def inverse(forward, lon, lat):
    """The point that ``forward`` carries to (lon, lat), by Newton's method."""
    x, y, h = lon, lat, 1e-6
    for _ in range(20):
        at, east, north = forward(x, y), forward(x + h, y), forward(x, y + h)
        a, c = (east[0] - at[0]) / h, (east[1] - at[1]) / h
        b, d = (north[0] - at[0]) / h, (north[1] - at[1]) / h
        u, v, det = lon - at[0], lat - at[1], a * d - b * c
        x, y = x + (d * u - b * v) / det, y + (a * v - c * u) / det
    return x, y
