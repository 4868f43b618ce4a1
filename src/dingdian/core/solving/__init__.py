"""Choosing the best of very many, honestly: every answer says how good it is proved to be.

``Answer`` and ``Goal`` are what every model of siting, retention and transfer gives back;
``Limits`` is how much work it may do; ``Programme`` is a linear programme in whole numbers that
HiGHS solves, alone (``solve``) or for several goals in their order (``solve_in_order``).

>>> from dingdian.core.solving import Limits, Programme, Sense, solve
>>> shop = Programme()
>>> take = shop.variables(3, low=0, high=1)
>>> shop.row(take, [2, 3, 4], most=5)
0
>>> answer = solve(shop, shop.goal("worth", Sense.MOST, take, [3, 4, 6]), Limits())
>>> answer.goals[0].value, answer.goals[0].gap, answer.solution.tolist()
(7, Fraction(0, 1), [1, 1, 0])
"""

from dingdian.core.solving.answer import Answer, Ending, Goal, Proof, Sense, Status
from dingdian.core.solving.limits import Effort, Limits, never
from dingdian.core.solving.ordered import solve_in_order
from dingdian.core.solving.programme import Aim, Programme, solve

__all__ = [
    "Aim",
    "Answer",
    "Effort",
    "Ending",
    "Goal",
    "Limits",
    "Programme",
    "Proof",
    "Sense",
    "Status",
    "never",
    "solve",
    "solve_in_order",
]
