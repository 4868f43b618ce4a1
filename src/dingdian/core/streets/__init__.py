"""Streets: distances along a street graph, on foot or by car, beside the straight ones of circles.

``Streets`` is the graph, ``quality_of`` what is to be known before it is relied upon,
``Network`` the streets as one may pass them, ``StreetSites`` the index that answers like
``circles.Sites``.
"""

from dingdian.core.streets.gathering import Gathered, Gathering
from dingdian.core.streets.graph import Lines, Streets
from dingdian.core.streets.network import By, Network, Snapped
from dingdian.core.streets.quality import Quality, quality_of
from dingdian.core.streets.sites import StreetSites
from dingdian.core.streets.ways import Passage, passage

__all__ = [
    "By",
    "Gathered",
    "Gathering",
    "Lines",
    "Network",
    "Passage",
    "Quality",
    "Snapped",
    "StreetSites",
    "Streets",
    "passage",
    "quality_of",
]
