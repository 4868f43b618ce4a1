"""Spacing rules of other places, written as a bureau would: the family can express them."""

import datetime as dt

import pytest
import yaml

from dingdian.core.policy import InForce, PlaceCard, Policy
from dingdian.core.rules import SHAPES
from dingdian.core.rules.sites import spacing_terms
from dingdian.core.spacing.check import check
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Side
from dingdian.core.spacing.verdict import Verdict
from tests.spots import DAY, ground, institution, north, site

FRAME = {
    "family": "spacing",
    "title": "间距",
    "title_en": "spacing",
    "clauses": ["X-1"],
    "unit": "metre",
}
XINJIANG = """
- rule: medical
  about: [medical_institutions]
  allowed: 1               # 2,000米内1-2家：连同新增不超过2家
  comparison: more_than
  values: [{since: "2024-11-01", value: "2000", clause: X-1, checked_on: "2026-11-21"}]
- rule: pharmacies
  about: [pharmacies]
  allowed: 1
  comparison: more_than
  values: [{since: "2024-11-01", value: "1000", clause: X-1, checked_on: "2026-11-21"}]
"""
LANZHOU = """
- rule: outpatient
  about: [medical_institutions]
  services: [outpatient_pooling]
  comparison: more_than
  values: [{since: "2025-09-01", value: "800", clause: X-1, checked_on: "2026-11-21"}]
- rule: pharmacies
  about: [pharmacies]
  comparison: at_least
  values:
    - since: "2025-09-01"
      value: {main_urban: "500", elsewhere: "800"}
      clause: X-1
      checked_on: "2026-11-21"
- rule: chronic
  about: [pharmacies]
  services: [outpatient_chronic]
  allowed: 2               # 800米内2-3家
  comparison: more_than
  values: [{since: "2025-09-01", value: "800", clause: X-1, checked_on: "2026-11-21"}]
"""
DONGGUAN = """
- rule: pharmacies
  about: [pharmacies]
  comparison: at_least     # 与其他定点药店相距400米以上
  values: [{since: "2013-01-01", value: "400", clause: X-1, checked_on: "2026-11-21"}]
"""
HANGZHOU = """
- rule: dense
  about: [pharmacies]
  zones: [main_urban]
  allowed: 2               # 每个服务圈不超过3家
  comparison: more_than
  values: [{since: "2025-01-01", value: "800", clause: X-1, checked_on: "2026-11-21"}]
"""


def policy(text, day=DAY):
    rules = {}
    for found in yaml.safe_load(text):
        made = SHAPES["spacing"].model_validate({**FRAME, **found})
        rules[made.rule] = InForce(made, made.on(day), "here")
    card = PlaceCard(place="here", title="此地", title_en="here", region_code="1", layers=("here",))
    return Policy(card, day, rules, {}, {}, {}, {})


def verdict(text, rule, *others, ask):
    settled = {each.rule: terms for each, terms in spacing_terms(policy(text))}
    return check(ask, stock_on(ground(*others), DAY), settled[rule]).verdict


def shops(*metres, **cells):
    return [institution(f"p{at}", north(at), kind="retail_pharmacy", **cells) for at in metres]


SHOP = site(side=Side.PHARMACY, kind="retail_pharmacy")
KEPT, BROKEN, FREE = Verdict.KEPT, Verdict.BROKEN, Verdict.NOT_BOUND


@pytest.mark.parametrize(
    ("metres", "wanted"), [((1999,), KEPT), ((2000, "2000.001"), KEPT), ((1999, 2000), BROKEN)]
)
def test_xinjiang_one_or_two_medical_institutions_in_2000_m(metres, wanted):
    others = [institution(f"m{at}", north(at)) for at in metres]

    assert verdict(XINJIANG, "medical", *others, ask=site()) is wanted
    assert verdict(XINJIANG, "medical", *shops(1, 2, 3), ask=site()) is KEPT
    assert verdict(XINJIANG, "medical", *others, ask=SHOP) is FREE


@pytest.mark.parametrize(("metres", "wanted"), [((900, 1001), KEPT), ((900, 1000), BROKEN)])
def test_xinjiang_one_or_two_pharmacies_in_1000_m(metres, wanted):
    assert verdict(XINJIANG, "pharmacies", *shops(*metres), ask=SHOP) is wanted


@pytest.mark.parametrize(
    ("zone", "metres", "wanted"),
    [
        ("main_urban", "499.999", BROKEN),
        ("main_urban", "500", KEPT),
        ("suburban", "799.999", BROKEN),
        ("suburban", "800", KEPT),
    ],
)
def test_lanzhou_500_m_in_the_centre_and_800_m_elsewhere(zone, metres, wanted):
    ask = site(side=Side.PHARMACY, kind="retail_pharmacy", zone=zone)

    assert verdict(LANZHOU, "pharmacies", *shops(metres), ask=ask) is wanted


def test_lanzhou_each_service_by_itself():
    chronic = site(side=Side.PHARMACY, services=("outpatient_chronic", "personal_account"))
    two, three = (shops(*at, outpatient_chronic=True) for at in ((1, 2), (1, 2, 3)))

    assert verdict(LANZHOU, "chronic", *two, ask=chronic) is KEPT
    assert verdict(LANZHOU, "chronic", *three, ask=chronic) is BROKEN
    assert verdict(LANZHOU, "chronic", *three, ask=SHOP) is FREE
    assert verdict(LANZHOU, "outpatient", institution("m", north(800)), ask=site()) is BROKEN


@pytest.mark.parametrize(("metres", "wanted"), [("399.999", BROKEN), ("400", KEPT)])
def test_dongguan_at_least_400_m(metres, wanted):
    assert verdict(DONGGUAN, "pharmacies", *shops(metres), ask=SHOP) is wanted


def test_hangzhou_at_most_three_in_a_circle_of_a_dense_area():
    assert verdict(HANGZHOU, "dense", *shops(1, 2), ask=SHOP) is KEPT
    assert verdict(HANGZHOU, "dense", *shops(1, 2, 3), ask=SHOP) is BROKEN
    sparse = site(side=Side.PHARMACY, zone="county")
    assert verdict(HANGZHOU, "dense", *shops(1, 2, 3), ask=sparse) is FREE


def test_a_rule_has_no_terms_before_its_first_day():
    assert list(spacing_terms(policy(XINJIANG, dt.date(2024, 10, 31)))) == []


def test_a_walking_path_waits_for_its_engine():
    path = DONGGUAN.replace("comparison", "distance: path\n  comparison")

    ((_, why),) = spacing_terms(policy(path))

    assert why.code == "road_graph_needed"


@pytest.mark.parametrize("value", ["0", "-1", "0.0001", "{main_urban: 0}"])
def test_no_distance_is_refused(value):
    wrong = DONGGUAN.replace('"400"', value)

    with pytest.raises(ValueError, match=r"millimetres|exact number"):
        policy(wrong)
