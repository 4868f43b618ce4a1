"""Who was designated on a day before that of the census: its dates decide."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import TABLES, Selection, Test, Where, make_census, table_from_rows, tally
from dingdian.core.census.selection import designated_on, existing_on, undesignated_on
from dingdian.core.census.vocabulary import DESIGNATED, STANDINGS
from tests.city import ROOT, rows
from tests.city_policy import workings

DAY = dt.date(2025, 12, 31)
BEFORE, AFTER = dt.date(2020, 1, 1), dt.date(2026, 2, 1)
IN, OUT, UNSURE = (1, 0), (0, 0), (0, 1)
COUNTED = (DESIGNATED, (*DESIGNATED, "suspended"))


def census_of(found, taken_on=dt.date(2026, 3, 31)):
    named = [{"code": str(i), "name": "x", "region": "1", **row} for i, row in enumerate(found)]
    about = [{"item": "taken_on", "value": taken_on.isoformat()}] if taken_on else []
    return make_census(
        {
            "about": table_from_rows(TABLES["about"], about),
            "institutions": table_from_rows(TABLES["institutions"], named),
        }
    )


def counted(*found, standings=DESIGNATED, taken_on=dt.date(2026, 3, 31)):
    census = census_of(found, taken_on)
    where = designated_on(census, DAY.isoformat(), standings)
    tallied = tally(census, Selection("institutions", where))
    return int(tallied.value), tallied.unsure


def row(standing, since=None, began=None, ended=None):
    return {
        "standing": standing,
        "standing_since": since,
        "designated_since": began,
        "designated_until": ended,
    }


@pytest.mark.clause("DX-04", "DX-25", "SY-31")
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (row("in_force"), IN),
        (row("in_force", BEFORE, BEFORE), IN),
        (row("in_force", AFTER, BEFORE), IN),  # its trial ended after the day
        (row("in_force", AFTER, AFTER), OUT),
        (row("in_force", AFTER), OUT),
        (row("in_force", None, DAY), IN),
        (row("in_force", None, DAY + dt.timedelta(1)), OUT),
        (row("expired", AFTER, BEFORE, AFTER), IN),
        (row("terminated", AFTER, BEFORE), IN),
        (row("terminated", None, BEFORE, DAY), OUT),
        (row("terminated", None, BEFORE, DAY + dt.timedelta(1)), IN),
        (row("terminated", DAY, BEFORE), OUT),
        (row("terminated", DAY + dt.timedelta(1), BEFORE), IN),
        (row("terminated", None, AFTER), OUT),
        (row("terminated"), UNSURE),
        (row("expired"), UNSURE),
        (row("closed"), UNSURE),
        (row("suspended"), UNSURE),
        (row("undesignated"), OUT),
        (row("undesignated", AFTER), OUT),
        (row("undesignated", AFTER, BEFORE, AFTER), IN),
        (row("closed", AFTER), UNSURE),  # it may never have been designated
        (row("closed", AFTER, BEFORE), IN),
        (row("suspended", AFTER), IN),
        (row("suspended", BEFORE, BEFORE), OUT),
        (row("suspended", None, BEFORE, AFTER), UNSURE),
        (row(None), UNSURE),
        (row(None, None, AFTER), OUT),
    ],
)
def test_the_dates_tell_who_was_designated_on_the_stock_day(found, expected):
    assert counted(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (row("suspended"), IN),
        (row("suspended", AFTER), IN),
        (row("suspended", BEFORE, BEFORE), IN),
        (row("suspended", None, AFTER), OUT),
        (row("suspended", None, BEFORE, BEFORE), OUT),
    ],
)
def test_a_suspended_institution_counts_where_the_reading_says_so(found, expected):
    assert counted(found, standings=(*DESIGNATED, "suspended")) == expected


def slow(found, standings):
    """True, False or None for one row, clause by clause."""
    standing, since = found["standing"], found["standing_since"]
    began, ended = found["designated_since"], found["designated_until"]
    if (began and began > DAY) or (ended and ended <= DAY):
        return False
    if standing is None:
        return None
    if standing in standings:
        begins_anew = standing != "suspended" and since and since > DAY and not began
        return not begins_anew
    if since and since <= DAY:
        return False
    told = bool(began or ended)
    left_since = bool(since) or (bool(ended) and standing != "suspended")
    if left_since and (told or standing in ("suspended", "expired", "terminated")):
        return True
    if told or standing in ("suspended", "expired", "terminated", "closed"):
        return None
    return False


days = st.sampled_from([None, BEFORE, DAY, DAY + dt.timedelta(1), AFTER])
drawn_rows = st.lists(
    st.builds(row, st.sampled_from([*STANDINGS, None]), days, days, days), max_size=12
)


@settings(deadline=None)
@given(found=drawn_rows, standings=st.sampled_from(COUNTED))
def test_many_rows_at_once_are_those_of_a_row_by_row_reader(found, standings):
    answers = [slow(each, standings) for each in found]

    expected = (answers.count(True), answers.count(None))
    assert counted(*found, standings=standings) == expected


def opened(found, on):
    return {**found, "opened_on": on}


@pytest.mark.clause("SY-02")
@pytest.mark.parametrize(
    ("found", "existed", "undesignated"),
    [
        (row("undesignated"), IN, IN),
        (row("undesignated", BEFORE), IN, IN),
        (row("undesignated", AFTER), IN, UNSURE),  # what was it before?
        (row("undesignated", AFTER, BEFORE, AFTER), IN, OUT),
        (opened(row("undesignated"), DAY), IN, IN),
        (opened(row("undesignated"), DAY + dt.timedelta(1)), OUT, OUT),
        (row("terminated", BEFORE, BEFORE), IN, IN),
        (row("terminated", AFTER, BEFORE), IN, OUT),
        (row("terminated"), IN, UNSURE),
        (row("in_force", AFTER, AFTER), IN, IN),
        (row("in_force", BEFORE, BEFORE), IN, OUT),
        (row("suspended", BEFORE, BEFORE), IN, OUT),
        (row("closed", DAY), OUT, OUT),
        (row("closed", DAY + dt.timedelta(1)), IN, UNSURE),
        (row("closed", AFTER, BEFORE), IN, OUT),
        (row("closed", None, BEFORE, AFTER), IN, OUT),
        (row("closed"), UNSURE, UNSURE),
        (row(None), UNSURE, UNSURE),
    ],
)
def test_the_dates_tell_what_existed_on_the_stock_day_and_what_was_not_designated(
    found, existed, undesignated
):
    census = census_of([found])
    wheres = (existing_on(census, DAY.isoformat()), undesignated_on(census, DAY.isoformat()))
    tallied = [tally(census, Selection("institutions", (where,))) for where in wheres]

    assert [(int(each.value), each.unsure) for each in tallied] == [existed, undesignated]


@pytest.mark.clause("SY-02")
def test_a_census_of_the_stock_day_states_what_is_not_designated():
    found = [row(each) for each in STANDINGS]
    census = census_of(found, DAY)
    where = undesignated_on(census, DAY.isoformat())

    assert int(tally(census, Selection("institutions", (where,))).value) == 3
    assert existing_on(census, DAY.isoformat(), "institution.").column == "institution.standing"


@pytest.mark.parametrize("taken_on", [None, DAY])
def test_a_census_of_the_stock_day_is_asked_for_its_standings(taken_on):
    assert designated_on(census_of([], taken_on), DAY.isoformat(), DESIGNATED) == (
        Where("standing", Test.IS, DESIGNATED),
        Where("", Test.HELD, (DAY.isoformat(),)),
    )


def test_a_census_of_a_later_day_is_asked_for_its_dates():
    (where,) = designated_on(census_of([]), DAY.isoformat(), DESIGNATED, "institution.")

    assert where == Where("institution.", Test.DESIGNATED, (DAY.isoformat(), *DESIGNATED))


@pytest.mark.clause("DX-04", "SY-10")
def test_the_stock_of_a_later_census_is_that_of_the_stock_day():
    its = rows()
    before = workings(its).figure("pharmacies", ROOT).value
    its["about"] = [{**each} for each in its["about"]]
    next(e for e in its["about"] if e["item"] == "taken_on")["value"] = "2026-03-31"
    old, new = [r for r in its["institutions"] if r["code"] in ("P9101001", "P9101002")]
    old |= {"standing": "terminated", "standing_since": AFTER, "designated_until": AFTER}
    new |= {"designated_since": AFTER}

    assert workings(its).figure("pharmacies", ROOT).value == before - 1
