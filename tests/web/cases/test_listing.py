"""The list of cases: open applications first, filtered by its address, few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.web.ledger import refreshing
from dingdian.web.rights import Role
from tests.web.cases.conftest import application


def test_a_new_application_stands_in_the_list_with_its_first_limit(clerk, applied):
    refreshing.refresh()
    page = clerk.get("/cases/").content.decode()
    assert "试点大药房" in page
    assert applied in page
    assert "受理" in page
    assert "试点大药房" not in clerk.get("/cases/?phase=end").content.decode()
    assert "试点大药房" in clerk.get("/cases/?q=试点").content.decode()


def test_cases_of_another_district_are_not_listed(clerk, applied, signed_in):
    refreshing.refresh()
    from dingdian.web.ledger.models import Case

    other = Case.objects.exclude(district="232761").first()
    address = f"/cases/?phase=&q={other.case}"
    assert f"/cases/of/{other.case}" not in clerk.get(address).content.decode()
    assert f"/cases/of/{other.case}" in signed_in(Role.LEADER).get(address).content.decode()


@pytest.mark.parametrize("n", [1, 30])
def test_queries_do_not_grow_with_the_rows(clerk, n):
    for number in range(n):
        clerk.post("/cases/new", application(name=f"药房{number}"))
    refreshing.refresh()
    with CaptureQueriesContext(connection) as found:
        assert clerk.get("/cases/").status_code == 200
    assert len(found) <= 14, [each["sql"][:80] for each in found]
