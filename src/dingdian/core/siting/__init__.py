"""Where the next ones go: covering, median and centre, with what already stands."""

from dingdian.core.siting.answering import Siting
from dingdian.core.siting.centre import centre
from dingdian.core.siting.covering import cover_in_order, maximal_cover
from dingdian.core.siting.demand import UNREACHABLE, Distances, Reach
from dingdian.core.siting.median import median
from dingdian.core.siting.median_room import Allotment, median_with_room
from dingdian.core.siting.needs import cut_off
from dingdian.core.siting.room_models import (
    centre_with_room,
    cover_with_room,
    fewest_with_room,
)
from dingdian.core.siting.set_cover import set_cover
from dingdian.core.siting.terms import Clash, Quota, Reason, Terms
from dingdian.core.siting.wishes import Wish

__all__ = [
    "UNREACHABLE",
    "Allotment",
    "Clash",
    "Distances",
    "Quota",
    "Reach",
    "Reason",
    "Siting",
    "Terms",
    "Wish",
    "centre",
    "centre_with_room",
    "cover_in_order",
    "cover_with_room",
    "cut_off",
    "fewest_with_room",
    "maximal_cover",
    "median",
    "median_with_room",
    "set_cover",
]
