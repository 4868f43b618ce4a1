"""Spacing: may an institution of these services stand here, and who stands in its way."""

from dingdian.core.spacing.alternatives import Spot, alternatives
from dingdian.core.spacing.check import check
from dingdian.core.spacing.conflicts import Pair, Round, decide_round, meet
from dingdian.core.spacing.largest import Largest
from dingdian.core.spacing.orders import STANDS
from dingdian.core.spacing.places import Faulty, Site, Stated
from dingdian.core.spacing.ranking import Near
from dingdian.core.spacing.stock import Stock, stock_on
from dingdian.core.spacing.surveys import End, Survey, Surveys
from dingdian.core.spacing.terms import Distance, Exempt, Point, SameRound, Side, Terms, everywhere
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, ServiceAnswer, Verdict, worst

__all__ = [
    "STANDS",
    "Answer",
    "Distance",
    "Effect",
    "End",
    "Exempt",
    "Faulty",
    "Largest",
    "Near",
    "Neighbour",
    "Pair",
    "Point",
    "Round",
    "SameRound",
    "ServiceAnswer",
    "Side",
    "Site",
    "Spot",
    "Stated",
    "Stock",
    "Survey",
    "Surveys",
    "Terms",
    "Verdict",
    "alternatives",
    "check",
    "decide_round",
    "everywhere",
    "meet",
    "stock_on",
    "worst",
]
