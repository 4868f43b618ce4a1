"""A slow, obvious count beside the fast one: plain loops over the rows of random ledgers."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.city import BING, DISTRICTS, JIA, ROOT, STOCK_DAY, TOWN, YI, n, rows
from tests.city_policy import workings

UNKNOWN = None
COUNTED = ("guidance", "trial", "in_force", "suspended")
PARENTS = {JIA: ROOT, YI: ROOT, BING: ROOT, TOWN: BING, ROOT: None}
days = st.sampled_from([UNKNOWN, dt.date(2020, 1, 1), STOCK_DAY, dt.date(2026, 1, 1)])

institutions = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([UNKNOWN, "hospital", "clinic", "retail_pharmacy"]),
            "level": st.sampled_from([UNKNOWN, "tertiary", "primary"]),
            "standing": st.sampled_from([UNKNOWN, *COUNTED, "terminated", "undesignated"]),
            "region": st.sampled_from([ROOT, TOWN, *DISTRICTS]),
            "designated_since": days,
            "designated_until": days,
            "dual_channel": st.sampled_from([UNKNOWN, True, False]),
            "dual_channel_since": days,
            "dual_channel_until": days,
        }
    ),
    max_size=12,
)


def among(cell, words):
    return UNKNOWN if cell is None else cell in words


def open_on_stock_day(row, prefix):
    since, until = row[f"{prefix}_since"], row[f"{prefix}_until"]
    return not (since and since > STOCK_DAY) and not (until and until <= STOCK_DAY)


def lies_in(region, scope):
    while region is not None:
        if region == scope:
            return True
        region = PARENTS[region]
    return False


def stock_conditions(row, scope):
    yield among(row["standing"], COUNTED)
    yield open_on_stock_day(row, "designated")
    yield lies_in(row["region"], scope)


def pharmacy_with_dual_channel(row, scope):
    yield among(row["kind"], ["retail_pharmacy"])
    held = open_on_stock_day(row, "dual_channel")
    flag = row["dual_channel"]
    yield False if not held else UNKNOWN if flag is None else flag
    yield from stock_conditions(row, scope)


def tertiary_hospital(row, scope):
    yield among(row["kind"], ["hospital"])
    yield among(row["level"], ["tertiary"])
    yield from stock_conditions(row, scope)


def medical_institution(row, scope):
    is_pharmacy = among(row["kind"], ["retail_pharmacy"])
    yield UNKNOWN if is_pharmacy is None else not is_pharmacy
    yield from stock_conditions(row, scope)


def slow_count(own, conditions, scope):
    """The count, or None while any row may or may not belong to it."""
    total = 0
    for row in own:
        said = list(conditions(row, scope))
        if False in said:
            continue
        if UNKNOWN in said:
            return None
        total += 1
    return total


@pytest.mark.parametrize(
    ("measure", "conditions"),
    [
        ("medical_institutions", medical_institution),
        ("dual_channel_pharmacies", pharmacy_with_dual_channel),
        ("medical_tertiary", tertiary_hospital),
    ],
)
@settings(max_examples=60, deadline=None)
@given(own=institutions)
def test_counts_agree_with_plain_loops(measure, conditions, own):
    named = [{"code": str(i), "name": "示例", **row} for i, row in enumerate(own)]
    city = workings({"regions": rows()["regions"], "institutions": named})
    for scope in (ROOT, *DISTRICTS, TOWN):
        assert city.figure(measure, scope).value == slow_count(named, conditions, scope)


beds = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.sampled_from(["H9101001", "H9102001", "H9102099", "H9103001"]),
            "bed_class": st.sampled_from(["general", "psychiatric", "dental_chair"]),
            "contracted": st.sampled_from([UNKNOWN, 0, 3, 40]),
        }
    ),
    max_size=10,
    unique_by=lambda row: (row["at"], row["bed_class"]),
)


@settings(max_examples=60, deadline=None)
@given(own=beds)
def test_contracted_beds_agree_with_plain_loops(own):
    its = rows()
    its["beds"] = [
        {
            "institution": row["at"],
            "bed_class": row["bed_class"],
            "contracted": None if row["contracted"] is None else n(row["contracted"]),
        }
        for row in own
    ]
    region = {row["code"]: row["region"] for row in its["institutions"]}
    bedded = {
        row["code"]
        for row in its["institutions"]
        if row["standing"] == "in_force"
        and row["kind"] in ("hospital", "nursing_home", "township_health_centre")
        and row["inpatient"]
    }
    city = workings(its)
    for scope in (ROOT, *DISTRICTS):
        here = {code for code in bedded if lies_in(region[code], scope)}
        summed = [
            row["contracted"]
            for row in own
            if row["at"] in here and row["bed_class"] != "dental_chair"
        ]
        silent = here - {row["at"] for row in own}
        expected = None if silent or None in summed else sum(summed)
        assert city.figure("contracted_beds", scope).value == expected
