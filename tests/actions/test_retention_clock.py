"""One clock for every cap: answers first, then what the other orders would reach."""

import pytest

from dingdian.core.retention import Aspect
from dingdian.core.solving import Ending, Limits, Status
from dingdian.reports.retention.lines import goal_line
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.retention.tables import all_tables
from tests.street import city, made


class Watched:
    """Hears the stages; the time is over once a stage begins."""

    def __init__(self, end: str) -> None:
        self.heard: list[str] = []
        self.end = end

    def progress(self, stage: str) -> None:
        self.heard.append(stage)

    def halted(self) -> bool:
        self.heard.append("asked")
        return self.end in self.heard


def cut_short(**terms):
    """Every order of two caps, the time over when the other orders are tried."""
    watch = Watched("comparing")
    record = made(
        city(services=("P1", "P3", "P4")),
        limits=Limits(halted=watch.halted),
        hear={"stage": watch.progress},
        compare=True,
        **terms,
    )
    return record, watch


def test_every_cap_is_answered_before_the_other_orders_are_tried():
    record, _ = cut_short()
    endings = set()

    assert len(record.caps) == 2
    for cap in record.caps:
        assert cap.orders[cap.order].answer.status is Status.OPTIMAL
        endings |= {each.answer.ending for name, each in cap.orders.items() if name != cap.order}
    assert Ending.HALTED in endings


def test_what_a_cap_needs_is_told_though_no_time_is_left_to_compare():
    record, _ = cut_short(keep={"pharmacies": 1})
    cap = record.caps[0]

    assert cap.orders[cap.order].answer.status is Status.INFEASIBLE
    assert len(cap.needs) == 4


def test_an_order_cut_short_is_no_worse_by_its_own_goals_than_the_answer_used():
    record, _ = cut_short(keep={"pharmacies": 3})
    cap = record.caps[0]
    used = cap.orders[cap.order].values

    for order in cap.orders.values():
        aspect = order.tiers[0][0][0]
        way = -1 if aspect is Aspect.EVEN_SPREAD else 1
        assert way * order.values[aspect] >= way * used[aspect]


@pytest.mark.parametrize(("lang", "said"), [("zh", "不能当作"), ("en", "no price of this order")])
def test_the_row_of_an_order_cut_short_says_that_it_is_no_price(lang, said):
    record, _ = cut_short(keep={"pharmacies": 3})
    tables = all_tables(RetentionWords(record, lang))
    rows = next(each.rows for each in tables if each.id == "orders")
    marked = [said in row.cells[1].text for row in rows]

    assert marked == [False, False, *[True] * (len(rows) - 2)]


def test_the_clock_runs_from_the_first_cap_on():
    _, watch = cut_short()

    assert watch.heard.index("asked") < watch.heard.index("retaining")
    assert watch.heard.index("asked") > watch.heard.index("rules")


def test_goals_are_told_as_they_are_done():
    told = []
    record = made(keep={"pharmacies": 3}, hear={"goal": lambda *each: told.append(each)})
    goals = record.caps[0].orders["score_first"].answer.goals

    own = [(goal.name, goal.value, goal.bound) for of, _, goal in told if of == "pharmacies"]
    assert own[-len(goals) :] == [(each.name, each.value, each.bound) for each in goals]
    assert goal_line("pharmacies", 5, told[0][2], "zh") == (
        "定点零售药店 · 保留机构的考核分合计：200分，界 200，差距 0.00%"
    )
    assert goal_line("pharmacies", 5, told[0][2], "en") == (
        "designated pharmacies · points of those who stay: 200 points, bound 200, gap 0.00%"
    )
