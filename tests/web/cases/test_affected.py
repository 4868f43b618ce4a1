"""Open applications under a changed policy on screen: who, by which rule, as a file."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.web import bureau
from dingdian.web.ledger import refreshing
from dingdian.web.rights import Role
from tests.web.cases.conftest import application
from tests.web.cases.test_recording import record

ADDRESS = "/cases/affected?on=2026-02-02"


def _accepted(clerk, day, name):
    """One that was accepted on the day it applied: by the reading it keeps the rules of it."""
    address = clerk.post("/cases/new", application(held_on=day, name=name))["Location"]
    assert record(clerk, address, "accept", held_on=day).status_code == 302


@pytest.fixture
def before(clerk):
    """Applications from before the rules of the place began, and one after."""
    for day, name in (("2025-12-30", "早药房"), ("2025-12-31", "前药房"), ("2026-01-01", "后药房")):
        _accepted(clerk, day, name)
    refreshing.refresh()
    return clerk


@pytest.mark.clause("DX-41")
def test_who_keeps_older_rules_is_listed_with_both_clauses(before):
    page = before.get(ADDRESS).content.decode()
    assert "早药房" in page
    assert "前药房" in page
    assert "后药房" not in page
    assert "DX-25" in page
    assert "在办申请" in page
    one = before.get(f"{ADDRESS}&rule=dx_pharmacy_new_places").content.decode()
    assert one.count("<details>") == 0
    assert page.count("<details>") == 2
    assert "没有在办申请" in before.get("/cases/affected?on=2025-12-30&rule=none").content.decode()
    assert before.get("/cases/affected?on=没有").status_code == 200


def test_another_district_is_not_told_and_the_planner_sees_all(before, signed_in):
    assert "早药房" in signed_in(Role.PLANNER).get(ADDRESS).content.decode()
    assert signed_in(Role.EVALUATOR).get(ADDRESS).status_code == 403
    assert signed_in(Role.LEADER).get("/cases/affected.xlsx").status_code == 403


def test_the_file_has_a_row_for_each_case_and_rule_and_is_noted(before):
    answer = before.get("/cases/affected.xlsx?on=2026-02-02&rule=dx_pharmacy_new_places")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["早药房", "前药房"]
    assert rows[1][-2:] == ("—", "DX-25")
    note = bureau.journal().notes("ledger")[-1]
    assert (note.act, note.facts["rows"]) == ("ledger.export", "2")
    assert "affected on=2026-02-02" in note.facts["filter"]
    assert before.get("/cases/affected.pdf").status_code == 404


@pytest.mark.parametrize("n", [1, 20])
def test_queries_do_not_grow_with_the_cases(clerk, n):
    for number in range(n):
        _accepted(clerk, "2025-12-30", f"药房{number}")
    refreshing.refresh()
    with CaptureQueriesContext(connection) as found:
        page = clerk.get(ADDRESS)
    assert f"其中{n}件" in page.content.decode()
    assert len(found) < 25
