"""Equal ranks: what holds in every order of them, against trying all orders one by one."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.spacing.conflicts import decide_round
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.verdict import Verdict
from tests.core.spacing.test_rounds import at, decide, verdicts
from tests.spots import DAY, LAT, LON, ground, institution, north, site, terms

pytestmark = pytest.mark.clause("SY-09")
KEPT, BROKEN, UNDEFINED = Verdict.KEPT, Verdict.BROKEN, Verdict.UNDEFINED


def whys(found):
    return [each.why.code if each.why else None for each in found.answers]


def test_who_stands_first_among_equals_depends():
    found = decide(at(0, "a", 1), at(500, "b", 1))

    assert verdicts(found) == [UNDEFINED, UNDEFINED]
    assert whys(found) == ["spacing_order_decides"] * 2
    assert found.answers[0].near[0].why.code == "spacing_rank_open"


def test_one_whom_every_order_blocks_is_broken():
    """c stands near both a and b, of whom exactly one is kept."""
    found = decide(at(0, "a", 1), at(600, "b", 1), at(300, "c", 2))

    assert verdicts(found) == [UNDEFINED, UNDEFINED, BROKEN]
    assert whys(found)[2] == "spacing_every_order"
    assert [service.verdict for service in found.answers[2].services] == [BROKEN]


def test_one_whom_no_order_blocks_is_kept():
    """b is blocked by the first rank whatever comes, and so cannot block its equal c."""
    found = decide(at(0, "a", 1), at(600, "b", 2), at(1200, "c", 2))

    assert verdicts(found) == [KEPT, BROKEN, KEPT]
    assert whys(found)[2] is None


def test_one_of_two_may_stand_where_one_other_is_allowed():
    found = decide(*[at(10 * n, str(n), 1) for n in range(2)], under=terms(allowed=1))
    three = decide(*[at(10 * n, str(n), 1) for n in range(3)], under=terms(allowed=1))

    assert verdicts(found) == [KEPT, KEPT]
    assert verdicts(three) == [UNDEFINED] * 3


def test_each_service_has_its_own_verdict_in_every_order():
    """Both of the equal first ones have pooling, only one has inpatient care."""
    both = ("inpatient", "outpatient_pooling")
    found = decide(at(0, "a", 1), at(600, "b", 1, services=both), at(300, "c", 2, services=both))

    last = found.answers[2]
    assert [each.verdict for each in last.services] == [UNDEFINED, BROKEN]
    assert last.verdict is BROKEN


def test_one_without_a_rank_may_come_anywhere():
    sites = at(0, "a", 1), at(600, "b"), at(1200, "c", 2)

    assert verdicts(decide(*sites)) == [UNDEFINED, UNDEFINED, UNDEFINED]
    stopped = ground(institution("s", north(-700)))
    assert verdicts(decide(*sites, census=stopped)) == [BROKEN, UNDEFINED, UNDEFINED]


def test_where_there_are_too_many_orders_nothing_is_said_to_be_certain():
    sites = at(0, "a", 1), at(600, "b", 1), at(300, "c", 2)

    assert verdicts(decide(*sites, states=0)) == [UNDEFINED] * 3


def orders_of(sites):
    """Every order that the ranks allow: those without a rank anywhere."""
    for order in itertools.permutations(range(len(sites))):
        ranks = [sites[n].rank for n in order if sites[n].rank is not None]
        if ranks == sorted(ranks):
            yield order


def slow(sites, stock, rule):
    """For each applicant the verdicts, alone and by service, that the orders come to."""
    found = [set() for _ in sites]
    for order in orders_of(sites):
        ranked = [replace(sites[n], rank=number) for number, n in enumerate(order)]
        answers = decide_round(ranked, stock, rule, nodes=0).answers
        for n, answer in zip(order, answers, strict=True):
            found[n].add((answer.verdict, tuple(each.verdict for each in answer.services)))
    return found


SERVED = [("inpatient",), ("outpatient_pooling",), ("inpatient", "outpatient_pooling")]
rounds = st.lists(
    st.tuples(
        st.integers(0, 1500),
        st.integers(0, 1500),
        st.sampled_from(SERVED),
        st.sampled_from([None, 1, 1, 2, 2, 3]),
        st.sampled_from([0, 0, 0, 200_000]),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(rounds, st.integers(0, 1), st.booleans())
def test_what_is_certain_is_what_trying_every_order_finds(drawn, allowed, equal_sets):
    sites = [
        site(
            id=f"a{n}", lon=LON + x / 83_000, lat=LAT + y / 111_000,
            services=services, rank=rank, error_mm=error,
        )
        for n, (x, y, services, rank, error) in enumerate(drawn)
    ]  # fmt: skip
    stock = stock_on(ground(institution("s", (LON, LAT))), DAY)
    rule = terms(allowed=allowed, equal_sets=equal_sets)

    answers = decide_round(sites, stock, rule, nodes=0).answers

    for answer, wanted in zip(answers, slow(sites, stock, rule), strict=True):
        whole = {verdict for verdict, _ in wanted}
        if len(whole) == 1:
            assert {answer.verdict} == whole
        else:
            assert answer.verdict in (UNDEFINED, Verdict.MEASURE_ON_SITE)
        for n, service in enumerate(answer.services):
            own = {services[n] for _, services in wanted}
            if len(own) == 1:
                assert {service.verdict} == own
            else:
                assert service.verdict in (UNDEFINED, Verdict.MEASURE_ON_SITE)


def test_pieces_that_do_not_hang_together_are_not_multiplied():
    """Twenty pairs of equals have 2^20 outcomes and 40! orders; each pair is looked at alone."""
    sites = [at(n // 2 * 3000 + n % 2 * 500, str(n), 1) for n in range(40)]

    assert whys(decide(*sites)) == ["spacing_order_decides"] * 40
