"""Projection: the years ahead, with the rules themselves running year by year.

``today_of`` takes today from the workings of a plan, ``Scenario`` says what is assumed, and
``project`` lives through the years in many runs at once. Chance is handed in. What comes out is
tried, not planned: it decides nothing.
"""

from dingdian.core.projection.answer import Line, Projection, Spread, side_by_side, spread
from dingdian.core.projection.draws import Draws
from dingdian.core.projection.fund import FundYears, Growth
from dingdian.core.projection.people import Cohorts, Group, Vital
from dingdian.core.projection.running import project
from dingdian.core.projection.scenario import Entrant, Scenario
from dingdian.core.projection.today import Today, today_of

__all__ = [
    "Cohorts",
    "Draws",
    "Entrant",
    "FundYears",
    "Group",
    "Growth",
    "Line",
    "Projection",
    "Scenario",
    "Spread",
    "Today",
    "Vital",
    "project",
    "side_by_side",
    "spread",
    "today_of",
]
