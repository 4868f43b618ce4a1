"""Moving beds: from which district, level and class to which, with none added and few moved.

``Question`` says who has how many beds and what is wanted; ``transfer`` works out the best by goals
in their order, or names the smallest set of rules that clash; ``gifts`` goes down to institutions.

>>> from dingdian.core.solving import Limits
>>> from dingdian.core.transfer import Holder, Measure, Question, transfer
>>> big = Holder("a", "north", "tertiary", {"general": 90}, least=60)
>>> small = Holder("b", "south", "primary", {"general": 10}, least=5)
>>> asked = Question([big, small], frozenset({"general"}), targets={"north": 50, "south": 50},
...                  people={"north": 1000, "south": 1000})
>>> found = transfer(asked, [Measure.TARGETS], {}, Limits())
>>> [(move.start.district, move.end.district, move.beds) for move in found.moves]
[('north', 'south', 30)]
>>> found.answer.goals[0].value, found.answer.goals[0].bound
(20, 20)
"""

from dingdian.core.transfer.answering import SHARES, Step, Transfer, steps, transfer
from dingdian.core.transfer.clash import Clash, smallest_clash
from dingdian.core.transfer.counting import measured
from dingdian.core.transfer.giving import FIRST, First, Gift, gifts, in_turn
from dingdian.core.transfer.pairing import Move, moves_of
from dingdian.core.transfer.question import (
    LAST,
    ORDER,
    Cell,
    Holder,
    Measure,
    Question,
    Rule,
    Structure,
)

__all__ = [
    "FIRST",
    "LAST",
    "ORDER",
    "SHARES",
    "Cell",
    "Clash",
    "First",
    "Gift",
    "Holder",
    "Measure",
    "Move",
    "Question",
    "Rule",
    "Step",
    "Structure",
    "Transfer",
    "gifts",
    "in_turn",
    "measured",
    "moves_of",
    "smallest_clash",
    "steps",
    "transfer",
]
