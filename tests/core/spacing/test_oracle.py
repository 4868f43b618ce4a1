"""The indexed check against a slow one that measures every pair by its own arithmetic."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.spacing.check import check
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Side
from dingdian.core.spacing.verdict import Verdict
from tests.spots import DAY, LAT, LON, ground, institution, site, terms

SERVICES = ("inpatient", "outpatient_pooling", "personal_account")
KINDS = {"clinic": Side.MEDICAL, "hospital": Side.MEDICAL, "retail_pharmacy": Side.PHARMACY}


def metres(one, other):
    """The chord by spherical components of the normals: another way than the index takes."""
    a, f = 6378137.0, 1 / 298.257222101
    b2 = (a * (1 - f)) ** 2

    def place(lon, lat):
        lam, phi = math.radians(lon), math.radians(lat)
        w = math.hypot(a * math.cos(phi), math.sqrt(b2) * math.sin(phi))
        ring = a * a * math.cos(phi) / w
        return ring * math.cos(lam), ring * math.sin(lam), b2 * math.sin(phi) / w

    return math.dist(place(*one), place(*other))


def slow(ask, rows, rule):
    """The verdict, and who blocks, by looking at everyone."""
    radius = rule.radii_mm["elsewhere"]
    found = {service: [] for service in ask.services}
    for row in rows:
        if KINDS[row["kind"]] is not ask.side and not rule.mutual:
            continue
        if row["standing"] == "trial" and not rule.trial_blocks:
            continue
        if row["region"] != ask.district and not rule.across_district:
            continue
        error = ask.error_mm + int(row["position_error_m"] * 1000)
        apart = math.floor(metres((ask.lon, ask.lat), (row["lon"], row["lat"])) * 1000 + 0.5)
        low, high = max(apart - error, 0), apart + error
        inside = [each <= radius if rule.rim else each < radius for each in (low, high)]
        open_ones = {service for service in SERVICES if row[service]}
        alike = open_ones == set(ask.services)
        for service in ask.services:
            if inside[0] and (alike if rule.equal_sets else service in open_ones):
                found[service].append((row["code"], inside[1]))
    verdicts = []
    for near in found.values():
        surely = sum(sure for _, sure in near)
        verdicts.append(
            Verdict.BROKEN
            if surely > rule.allowed
            else Verdict.MEASURE_ON_SITE
            if len(near) > rule.allowed
            else Verdict.KEPT
        )
    order = list(Verdict)
    return min(verdicts, key=order.index), {
        (service, code, sure) for service, near in found.items() for code, sure in near
    }


offsets = st.integers(-1500, 1500)
institutions = st.lists(
    st.tuples(
        offsets,
        offsets,
        st.sets(st.sampled_from(SERVICES)),
        st.sampled_from(list(KINDS)),
        st.sampled_from(["in_force", "trial"]),
        st.sampled_from(["east", "west"]),
        st.sampled_from([0, 10, 100]),
    ),
    max_size=12,
)
rules = st.builds(
    terms,
    st.sampled_from([300, 800, 1200]),
    rim=st.booleans(),
    allowed=st.integers(0, 2),
    mutual=st.booleans(),
    trial_blocks=st.booleans(),
    across_district=st.booleans(),
    equal_sets=st.booleans(),
)


def rows_of(drawn):
    return [
        institution(
            f"i{number}",
            (LON + east / 83_000, LAT + north / 111_000),
            kind=kind,
            standing=standing,
            region=region,
            position_error_m=Fraction(error),
            **{service: service in services for service in SERVICES},
        )
        for number, (east, north, services, kind, standing, region, error) in enumerate(drawn)
    ]


@settings(max_examples=150, deadline=None)
@given(institutions, rules, st.sets(st.sampled_from(SERVICES), min_size=1), st.sampled_from(Side))
@pytest.mark.clause("SY-09")
def test_the_index_finds_what_everyone_measured_finds(drawn, rule, services, side):
    rows, ask = rows_of(drawn), site(services=tuple(sorted(services)), side=side, error_mm=5_000)

    found = check(ask, stock_on(ground(*rows), DAY), rule)
    verdict, near = slow(ask, rows, rule)

    assert found.verdict is verdict
    assert {
        (service, each.code, effect.value == "blocks")
        for each in found.near
        for service, effect in each.effects
    } == near


@settings(max_examples=50, deadline=None)
@given(institutions, rules, st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(drawn, rule, chance):
    rows = rows_of(drawn)
    plain = check(site(), stock_on(ground(*rows), DAY), rule)
    named = {row["code"]: f"x{chance.random()}" for row in rows}
    mixed = [{**row, "code": named[row["code"]], "name": "改名"} for row in rows]
    chance.shuffle(mixed)

    other = check(site(), stock_on(ground(*mixed), DAY), rule)

    assert (other.verdict, other.services) == (plain.verdict, plain.services)
    assert sorted((e.code, e.distance_mm) for e in other.near) == sorted(
        (named[e.code], e.distance_mm) for e in plain.near
    )


@settings(max_examples=50, deadline=None)
@given(institutions, rules)
def test_a_wider_circle_never_blocks_fewer(drawn, rule):
    stock = stock_on(ground(*rows_of(drawn)), DAY)
    narrow = check(site(), stock, rule)
    wide = check(site(), stock, terms(1500, allowed=rule.allowed, mutual=rule.mutual,
                 trial_blocks=rule.trial_blocks, across_district=rule.across_district,
                 equal_sets=rule.equal_sets))  # fmt: skip

    assert {each.code for each in narrow.blockers} <= {each.code for each in wide.blockers}
