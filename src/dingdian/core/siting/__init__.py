"""Where the next ones go: covering, median and centre, with what already stands."""

from dingdian.core.siting.centre import centre
from dingdian.core.siting.demand import UNREACHABLE, Distances, Reach
from dingdian.core.siting.median import median
from dingdian.core.siting.median_room import Allotment, median_with_room
from dingdian.core.siting.needs import cut_off
from dingdian.core.siting.terms import Clash, Quota, Reason, Terms

__all__ = [
    "UNREACHABLE",
    "Allotment",
    "Clash",
    "Distances",
    "Quota",
    "Reach",
    "Reason",
    "Terms",
    "centre",
    "cut_off",
    "median",
    "median_with_room",
]
