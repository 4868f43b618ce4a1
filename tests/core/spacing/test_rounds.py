"""Applicants of one round: pairs, what ranking decides, the largest admissible set."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.spacing.conflicts import decide_round
from dingdian.core.spacing.largest import admissible, largest
from dingdian.core.spacing.places import Faulty
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Exempt, SameRound, Side
from dingdian.core.spacing.verdict import Verdict
from tests.spots import DAY, LAT, LON, ground, institution, north, site, terms

pytestmark = pytest.mark.clause("SY-09")
KEPT, BROKEN, UNDEFINED, MEASURE = (
    Verdict.KEPT,
    Verdict.BROKEN,
    Verdict.UNDEFINED,
    Verdict.MEASURE_ON_SITE,
)
EMPTY = ground()


def at(metres, who, rank=None, **cells):
    lon, lat = north(Fraction(metres))
    return site(id=who, lon=lon, lat=lat, rank=rank, **cells)


def decide(*sites, census=EMPTY, under=None, nodes=1000, **limits):
    return decide_round(sites, stock_on(census, DAY), under or terms(), nodes=nodes, **limits)


def verdicts(found):
    return [each.verdict for each in found.answers]


def test_a_pair_is_named_with_its_distance_and_services():
    found = decide(at(0, "a"), at("799.999", "b"), at(3000, "c"))

    assert [(p.first, p.second, p.distance_mm, p.services, p.blocked) for p in found.pairs] == [
        ("a", "b", 799_999, ("outpatient_pooling",), ("a", "b"))
    ]


@pytest.mark.parametrize(
    ("metres", "rim", "pairs"), [("800", True, 1), ("800", False, 0), ("800.001", True, 0)]
)
def test_the_rim_counts_between_applicants_as_well(metres, rim, pairs):
    assert len(decide(at(0, "a"), at(metres, "b"), under=terms(rim=rim)).pairs) == pairs


@pytest.mark.parametrize(
    ("option", "ranks", "wanted"),
    [
        (SameRound.RANKED_FIRST, (1, 2), [KEPT, BROKEN]),
        (SameRound.RANKED_FIRST, (2, 1), [BROKEN, KEPT]),
        (SameRound.RANKED_FIRST, (1, 1), [UNDEFINED, UNDEFINED]),
        (SameRound.RANKED_FIRST, (None, None), [UNDEFINED, UNDEFINED]),
        (SameRound.RANKED_FIRST, (1, None), [UNDEFINED, UNDEFINED]),
        (SameRound.NEITHER, (1, 2), [BROKEN, BROKEN]),
        (SameRound.BOTH, (1, 2), [KEPT, KEPT]),
    ],
)
def test_what_the_reading_decides_between_two(option, ranks, wanted):
    found = decide(at(0, "a", ranks[0]), at(500, "b", ranks[1]), under=terms(same_round=option))

    assert verdicts(found) == wanted


def test_one_who_is_blocked_blocks_nobody():
    sites = at(0, "a", 1), at(600, "b", 2), at(1200, "c", 3)

    assert verdicts(decide(*sites)) == [KEPT, BROKEN, KEPT]
    stopped = ground(institution("s", north(-700)))
    assert verdicts(decide(*sites, census=stopped)) == [BROKEN, KEPT, BROKEN]


def test_one_whose_own_answer_is_open_leaves_the_later_one_open():
    doubtful = ground(institution("s", north(-805), position_error_m=Fraction(10)))

    found = decide(at(0, "a", 1), at(600, "b", 2), census=doubtful)

    assert verdicts(found) == [MEASURE, UNDEFINED]
    assert found.answers[1].near[0].why.code == "spacing_depends"


def test_a_blocker_of_the_round_is_named_as_an_applicant():
    found = decide(at(0, "a", 1, name="甲"), at(600, "b", 2))

    assert [(e.code, e.name, e.applicant) for e in found.answers[1].blockers] == [("a", "甲", True)]
    assert [each.verdict for each in found.alone] == [KEPT, KEPT]


@pytest.mark.clause("SY-24")
def test_an_exempt_applicant_stands_in_the_way_of_a_later_one():
    rule = terms(exempt=(Exempt("x", (), flags=frozenset({"university_clinic"})),))
    free = at(0, "a", 1, flags=frozenset({"university_clinic"}))

    found = decide(free, at(600, "b", 2), under=rule)

    assert verdicts(found) == [Verdict.NOT_BOUND, BROKEN]
    assert found.largest.ids == ("a", "b")


def test_two_within_the_distance_where_one_other_is_allowed():
    sites = [at(100 * number, str(number), number) for number in range(4)]

    found = decide(*sites, under=terms(allowed=1))

    assert verdicts(found) == [KEPT, KEPT, BROKEN, BROKEN]
    assert (len(found.largest.members), found.largest.proved) == (2, True)


def test_a_survey_between_two_applicants_overrides():
    surveys = [
        {
            "number": "S1",
            "from_code": "a",
            "to_code": "b",
            "distance_m": Fraction(900),
            "measured_on": DAY,
            "signed": True,
        }
    ]

    found = decide(at(0, "a", 1), at(500, "b", 2), census=ground(surveys=surveys))

    assert verdicts(found) == [KEPT, KEPT]


def test_different_services_districts_and_sides_do_not_meet():
    assert not decide(at(0, "a"), at(500, "b", services=("inpatient",))).pairs
    apart = terms(across_district=False)
    assert not decide(at(0, "a"), at(500, "b", district="west"), under=apart).pairs
    assert len(decide(at(0, "a"), at(500, "b", district=""), under=apart).pairs) == 1
    assert not decide(
        at(0, "a"), at(500, "b", services=("inpatient",)), under=terms(equal_sets=True)
    ).pairs


def test_the_largest_set_may_be_larger_than_what_the_ranking_gives():
    sites = at(0, "a", 2), at(600, "b", 1), at(1200, "c", 3)

    found = decide(*sites)

    assert verdicts(found) == [BROKEN, KEPT, BROKEN]
    assert (found.largest.ids, found.largest.bound, found.largest.proved) == (("a", "c"), 2, True)


def test_a_search_that_is_cut_short_says_so_and_bounds_it():
    ring = [{"s": ((1 << (n - 1) % 9) | (1 << (n + 1) % 9), 0)} for n in range(9)]

    cut, whole = largest(ring, allowed=0, nodes=0), largest(ring, allowed=0, nodes=1000)

    assert (len(whole.members), whole.bound, whole.proved) == (4, 4, True)
    assert (len(cut.members), cut.proved) == (4, False)
    assert cut.bound >= 4


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, UNDEFINED),
        ({"rank": 1}, UNDEFINED),
        ({"rank": 2}, UNDEFINED),
        ({"rank": 3}, KEPT),
        ({"point": north(800)}, UNDEFINED),
        ({"point": north("800.001")}, KEPT),
        ({"point": north("800.001"), "error_mm": 1}, UNDEFINED),
        ({"services": ("inpatient", "outpatient_pooling")}, UNDEFINED),
        ({"services": ("inpatient",)}, KEPT),
        ({"side": Side.MEDICAL}, UNDEFINED),
        ({"side": Side.PHARMACY}, KEPT),
    ],
)
def test_one_with_a_fault_may_stand_in_the_way_unless_something_rules_it_out(known, verdict):
    lost = Faulty("x", **{"error_mm": 0, **known})

    found = decide(at(0, "a", 2), faulty=[lost])

    assert verdicts(found) == [verdict]
    assert found.answers[0].faulty == (() if verdict is KEPT else (lost,))
    assert found.alone[0].verdict is KEPT


def test_one_with_a_fault_leaves_open_whom_it_may_block_and_those_behind():
    lost = Faulty("x", point=north(-600), error_mm=0, rank=1)
    sites = at(0, "a", 2), at(600, "b", 3), at(1200, "c", 4)

    assert verdicts(decide(*sites)) == [KEPT, BROKEN, KEPT]
    assert verdicts(decide(*sites, faulty=[lost])) == [UNDEFINED, UNDEFINED, UNDEFINED]
    stopped = ground(institution("s", north(700)))
    found = decide(*sites, faulty=[lost], census=stopped)
    assert verdicts(found) == [BROKEN, BROKEN, BROKEN]


@pytest.mark.parametrize(
    ("option", "verdict"), [(SameRound.NEITHER, UNDEFINED), (SameRound.BOTH, KEPT)]
)
def test_one_with_a_fault_counts_as_the_reading_counts_applicants(option, verdict):
    found = decide(at(0, "a", 1), faulty=[Faulty("x", rank=2)], under=terms(same_round=option))

    assert verdicts(found) == [verdict]


def test_a_survey_of_one_with_a_fault_may_say_another_distance_than_its_point():
    survey = {
        "number": "S1",
        "from_code": "a",
        "to_code": "x",
        "distance_m": Fraction(700),
        "measured_on": DAY,
        "signed": True,
    }
    lost = Faulty("x", point=north(2000), error_mm=0)

    assert verdicts(decide(at(0, "a", 1), faulty=[lost])) == [KEPT]
    surveyed = decide(at(0, "a", 1), faulty=[lost], census=ground(surveys=[survey]))
    assert verdicts(surveyed) == [UNDEFINED]


def test_two_of_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        decide(at(0, "a"), at(1, "a"))


def brute(near):
    """The size of the largest admissible set, by trying every set and every order."""
    n = len(near)
    for size in range(n, 0, -1):
        for chosen in itertools.combinations(range(n), size):
            if any(_orders(near, order) for order in itertools.permutations(chosen)):
                return size
    return 0


def _orders(near, order):
    before = 0
    for each in order:
        if any((mask & before).bit_count() > room for mask, room in near[each].values()):
            return False
        before |= 1 << each
    return True


@st.composite
def neighbourhoods(draw):
    n = draw(st.integers(0, 5))
    allowed = draw(st.integers(0, 2))
    near = []
    for own in range(n):
        everyone = ((1 << n) - 1) & ~(1 << own)
        near.append(
            {
                service: (draw(st.integers(0, 31)) & everyone, draw(st.integers(0, allowed)))
                for service in ("a", "b")
            }
        )
    return near, allowed


@settings(max_examples=200, deadline=None)
@given(neighbourhoods())
def test_the_largest_set_is_the_one_that_trying_everything_finds(drawn):
    near, allowed = drawn

    found = largest(near, allowed=allowed, nodes=10_000)

    assert found.proved
    assert len(found.members) == found.bound == brute(near)
    assert admissible(sum(1 << each for each in found.members), near)


@settings(max_examples=100, deadline=None)
@given(neighbourhoods(), st.integers(0, 3))
def test_a_limit_never_gives_a_wrong_bound(drawn, nodes):
    near, allowed = drawn

    found = largest(near, allowed=allowed, nodes=nodes)

    assert len(found.members) <= brute(near) <= found.bound


places = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from(["i", "o", "io"])),
    max_size=7,
)
SERVED = {
    "i": ("inpatient",),
    "o": ("outpatient_pooling",),
    "io": ("inpatient", "outpatient_pooling"),
}


def round_of(drawn):
    return [
        site(
            id=f"a{n}", lon=LON + x / 83_000, lat=LAT + y / 111_000, services=SERVED[s], rank=n + 1
        )
        for n, (x, y, s) in enumerate(drawn)
    ]


def slow_ranking(sites, stock, rule):
    """One after the other: each admitted one becomes an institution of a new census."""
    admitted, found = [], {}
    for each in sorted(sites, key=lambda one: one.rank):
        rows = [
            institution(
                one.id,
                (one.lon, one.lat),
                **{s: s in one.services for s in ("inpatient", "outpatient_pooling")},
            )
            for one in admitted
        ]
        answer = decide(each, census=ground(*stock, *rows), under=rule).answers[0]
        found[each.id] = answer.verdict
        if answer.verdict is KEPT:
            admitted.append(each)
    return found


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 1), st.randoms(use_true_random=False))
def test_ranking_is_admission_one_by_one_in_whatever_order_they_are_given(drawn, allowed, chance):
    sites, rule = round_of(drawn), terms(allowed=allowed)
    stock = [institution("s", (LON, LAT))]
    mixed = list(sites)
    chance.shuffle(mixed)

    found = decide(*mixed, census=ground(*stock), under=rule)

    wanted = slow_ranking(sites, stock, rule)
    assert {s.id: a.verdict for s, a in zip(mixed, found.answers, strict=True)} == wanted
    kept = sum(verdict is KEPT for verdict in wanted.values())
    assert len(found.largest.members) >= kept
