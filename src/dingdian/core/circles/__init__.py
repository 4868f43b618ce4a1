"""Service circles: who stands within what distance of whom, exact and at national scale.

A distance is the chord between two points on the CGCS2000 ellipsoid, rounded to whole
millimetres (``chord``); ``Sites`` is the index that answers for many points at once.

>>> import numpy as np
>>> from dingdian.core.circles import Points, Sites
>>> hospitals = Points(np.array([123.400, 123.405]), np.array([41.800, 41.800]))
>>> homes = Points(np.array([123.401, 123.500]), np.array([41.801, 41.900]))
>>> Sites.of(hospitals).counts(homes, 800_000, rim=True).tolist()
[2, 0]
"""

from dingdian.core.circles.chord import distance_mm, millimetres
from dingdian.core.circles.index import Index
from dingdian.core.circles.joining import Neighbours, Pairs
from dingdian.core.circles.nearest import Nearest
from dingdian.core.circles.points import Points
from dingdian.core.circles.services import ServiceSites
from dingdian.core.circles.sites import Sites

__all__ = [
    "Index",
    "Nearest",
    "Neighbours",
    "Pairs",
    "Points",
    "ServiceSites",
    "Sites",
    "distance_mm",
    "millimetres",
]
