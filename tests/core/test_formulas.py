"""The formulas: worked numbers of the plans and the field, and what must always hold."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.formulas import FORMULAS, UndefinedError, gini, largest_remainder, theil

AREAS, PEOPLE, INSTITUTIONS = (100, 500, 1400), (120, 60, 20), (300, 120, 30)

counts = st.integers(1, 10_000)
pairs = st.lists(st.tuples(counts, counts), min_size=1, max_size=12)


def compute(name, **inputs):
    return FORMULAS[name].compute({role: Fraction(value) for role, value in inputs.items()})


def roles(rows):
    x = {f"x:{i:02d}": Fraction(row[0]) for i, row in enumerate(rows)}
    return {**x, **{f"y:{i:02d}": Fraction(row[1]) for i, row in enumerate(rows)}}


def cumulated_gini(rows):
    """The slow way: every region's points of the Lorenz curve, by trapezoids of floats."""
    ordered = sorted(rows, key=lambda row: row[1] / row[0])
    base, resource = sum(r[0] for r in rows), sum(r[1] for r in rows)
    x = y = area = 0.0
    for people, owned in ordered:
        next_x, next_y = x + people / base, y + owned / resource
        area += (next_x - x) * (y + next_y)
        x, y = next_x, next_y
    return 1 - area


# ---------------------------------------------------------------- printed numbers


@pytest.mark.clause("DX-05", "DX-06", "DX-07", "DX-08")
@pytest.mark.parametrize(
    ("a", "b", "per", "printed"),
    [
        ("147", "83000", 10_000, "17.71"),
        ("274", "83000", 10_000, "33.01"),
        ("147", "335600", 10_000, "4.38"),
        ("274", "335600", 10_000, "8.16"),
        ("2970", "335600", 1000, "8.85"),
        ("2970", "331300", 1000, "8.96"),
        ("2932", "331300", 1000, "8.85"),
    ],
)
def test_ratios_come_out_as_the_plan_prints_them(a, b, per, printed):
    assert f"{float(compute('ratio', a=a, b=b, k=per)):.2f}" == printed


@pytest.mark.clause("SY-15", "SY-16")
def test_agglomeration_of_the_worked_vector():
    whole = {"R": sum(INSTITUTIONS), "S": sum(AREAS)}
    hrad = [compute("hrad", r=r, s=s, **whole) for r, s in zip(INSTITUTIONS, AREAS, strict=True)]
    people = {"R": sum(PEOPLE), "S": sum(AREAS)}
    pad = [compute("hrad", r=p, s=s, **people) for p, s in zip(PEOPLE, AREAS, strict=True)]
    assert hrad == [Fraction(40, 3), Fraction(16, 15), Fraction(2, 21)]
    assert pad == [12, Fraction(6, 5), Fraction(1, 7)]
    assert [h - p for h, p in zip(hrad, pad, strict=True)] == [
        Fraction(4, 3),
        Fraction(-2, 15),
        Fraction(-1, 21),
    ]
    assert [h / p for h, p in zip(hrad, pad, strict=True)] == [
        Fraction(10, 9),
        Fraction(8, 9),
        Fraction(2, 3),
    ]


@pytest.mark.clause("SY-04")
@pytest.mark.parametrize(
    ("use", "beds", "per_insured", "per_resident"),
    [("0.85", 1947, "5.80", "5.88"), ("0.93", 1780, "5.30", "5.37")],
)
def test_bed_need_of_the_worked_vector(use, beds, per_insured, per_resident):
    days = FORMULAS["bed_days"].compute(
        {"n:all": Fraction(335_600), "h:all": Fraction(200), "l:all": Fraction(9)}
    )
    net = FORMULAS["net_days"].compute(
        {"d": days, "o": Fraction(0), "i": Fraction(0), "ρ": Fraction(0)}
    )
    needed = compute("beds_from_days", d=net, u=use)
    assert round(needed) == beds
    assert f"{float(compute('ratio', a=needed, b=335_600, k=1000)):.2f}" == per_insured
    assert f"{float(compute('ratio', a=needed, b=331_300, k=1000)):.2f}" == per_resident


def test_days_won_back_stay_and_days_brought_in_are_added():
    assert (
        FORMULAS["net_days"].compute(
            {"d": Fraction(100), "o": Fraction(40), "i": Fraction(7), "ρ": Fraction(1, 4)}
        )
        == 77
    )


def test_the_fund_bound_is_what_the_budget_buys_at_the_target_use():
    assert compute("beds_from_fund", b=31_025_000, c=1000, u="0.85") == 100


@pytest.mark.clause("DX-15")
def test_the_base_of_the_logarithm_explains_the_two_printed_theil_indices():
    assert 0.01236 * math.log(10) == pytest.approx(0.02846, abs=5e-6)
    even, uneven = roles([(1, 1), (1, 3)]), 0.5 * math.log(1 / 0.5) + 0.5 * math.log(1 / 1.5)
    assert theil(even) == pytest.approx(uneven)


@pytest.mark.clause("DX-15")
@pytest.mark.clause("DX-15")
def test_a_region_with_a_resource_and_no_people_is_the_richest():
    """Order of the other two: 1 and 3 each; by hand 1 - (1/2 * 1/5 + 1/2 * (2/5 + 3/5))."""
    assert gini(roles([(0, 1), (1, 1), (1, 3)])) == Fraction(2, 5)
    assert gini(roles([(1, 3), (0, 1), (1, 1)])) == Fraction(2, 5)
    assert gini(roles([(0, 0), (1, 1), (1, 3)])) == gini(roles([(1, 1), (1, 3)]))


def test_a_region_with_people_and_no_resource_has_no_theil_index():
    with pytest.raises(UndefinedError, match="log_of_zero"):
        theil(roles([(1, 1), (1, 0)]))


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("ratio", {"a": 1, "b": 0, "k": 1}),
        ("share", {"a": 1, "b": 0}),
        ("growth", {"a": 1, "b": 0}),
        ("hrad", {"r": 1, "R": 0, "s": 1, "S": 1}),
        ("gini", {"x:a": 1, "y:a": 0}),
        ("theil", {"x:a": 0, "y:a": 0}),
        ("theil_within", {"x:a": 0, "y:a": 0}),
    ],
)
def test_a_division_by_zero_is_a_reason_and_never_a_number(name, inputs):
    given_inputs = {role: Fraction(value) for role, value in inputs.items()}
    with pytest.raises(UndefinedError, match="division_by_zero"):
        FORMULAS[name].compute(given_inputs)


# ---------------------------------------------------------------- what always holds


@given(pairs)
def test_gini_agrees_with_the_slow_way_and_lies_between_0_and_1(rows):
    value = gini(roles(rows))
    assert 0 <= value < 1
    assert float(value) == pytest.approx(cumulated_gini(rows), abs=1e-9)


@given(pairs, st.randoms(use_true_random=False), st.integers(1, 50), st.integers(1, 50))
def test_gini_does_not_depend_on_order_or_scale(rows, chance, people_times, resource_times):
    shuffled = [(x * people_times, y * resource_times) for x, y in rows]
    chance.shuffle(shuffled)
    assert gini(roles(shuffled)) == gini(roles(rows))


@given(pairs, st.integers(1, 50))
def test_scaling_persons_leaves_theil_and_shares_alone(rows, times):
    scaled = [(x * times, y) for x, y in rows]
    assert theil(roles(scaled)) == pytest.approx(theil(roles(rows)), abs=1e-12)
    total = sum(x for x, _ in rows)
    for x, _ in rows:
        assert compute("share", a=x * times, b=total * times) == compute("share", a=x, b=total)


@given(pairs)
def test_shares_sum_to_one(rows):
    total = sum(y for _, y in rows)
    assert sum(compute("share", a=y, b=total) for _, y in rows) == 1


@pytest.mark.clause("DX-15")
@given(st.lists(pairs, min_size=1, max_size=5))
def test_theil_is_within_plus_between_so_that_contributions_sum_to_one(groups):
    everyone = [row for group in groups for row in group]
    total = theil(roles(everyone))
    sums = [(sum(x for x, _ in g), sum(y for _, y in g)) for g in groups]
    between = theil(roles(sums))
    within_inputs = {f"x:{i}": Fraction(people) for i, (people, _) in enumerate(sums)}
    within_inputs |= {f"y:{i}": theil(roles(g)) for i, g in enumerate(groups)}
    within = FORMULAS["theil_within"].compute(within_inputs)
    assert within + between == pytest.approx(total, abs=1e-9)
    assert total >= 0


def test_a_published_decomposition_that_does_not_sum_is_seen():
    within, between = Fraction("0.0139"), Fraction("0.0101")
    ours = [compute("share", a=part, b=within + between) for part in (within, between)]
    assert [f"{float(share) * 100:.2f}" for share in ours] == ["57.92", "42.08"]
    assert sum(ours) == 1 != Fraction("0.5992") + Fraction("0.4208")


@pytest.mark.clause("SY-15", "SY-16")
@given(st.lists(st.tuples(st.integers(0, 500), counts, counts), min_size=1, max_size=8))
def test_the_sign_of_the_difference_is_that_of_the_cross_difference(rows):
    institutions, people, area = (sum(column) for column in zip(*rows, strict=True))
    if not institutions:
        return
    for r, p, a in rows:
        hrad = compute("hrad", r=r, R=institutions, s=a, S=area)
        pad = compute("hrad", r=p, R=people, s=a, S=area)
        cross = compute("cross_difference", r=r, P=people, R=institutions, p=p)
        assert (hrad > pad) == (cross > 0)
        assert (hrad < pad) == (cross < 0)


@settings(max_examples=200)
@given(
    st.integers(0, 1000),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 99), min_size=1),
)
def test_shared_out_places_sum_to_the_total_and_stay_within_one_of_the_exact_share(total, weights):
    exact = {key: Fraction(weight) for key, weight in weights.items()}
    parts = largest_remainder(total, exact)
    whole = sum(exact.values())
    assert sum(parts.values()) == (total if whole else 0)
    for key, weight in exact.items():
        assert abs(parts[key] - (total * weight / whole if whole else 0)) < 1


def test_nothing_negative_is_shared_out():
    with pytest.raises(ValueError, match="negative"):
        largest_remainder(-1, {"a": Fraction(1)})
