"""The list of institutions: filters, columns, order, exports, rights, and a constant number of
queries."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dingdian.reports.lists import Head, list_csv, list_workbook
from dingdian.storage.db.models import Note
from dingdian.web import clock
from dingdian.web.ledger.models import Institution
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

LIST = "/institutions/"


def codes(answer):
    return [row.code for row, _ in answer.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        ("kind=retail_pharmacy", lambda e: e.kind == "retail_pharmacy"),
        ("level=-", lambda e: e.level == ""),
        ("ownership=private", lambda e: e.ownership == "private"),
        ("standing=in_force", lambda e: e.standing == "in_force"),
        ("service=inpatient", lambda e: " inpatient " in e.services),
        ("designated=no", lambda e: not e.designated),
        (f"district={ELSEWHERE}", lambda e: e.district == ELSEWHERE),
        ("q=药", lambda e: "药" in e.name or "药" in e.address),
    ],
)
def test_each_filter_shows_those_that_meet_it_and_no_other(signed_in, asked, meets):
    answer = signed_in(Role.PLANNER).get(f"{LIST}?{asked}")
    wanted = [each for each in Institution.objects.all() if meets(each)]
    assert 0 < len(wanted) < Institution.objects.count()
    assert answer.context["page"].paginator.count == len(wanted)
    assert set(codes(answer)) <= {each.code for each in wanted}


def test_an_order_by_a_column_puts_what_is_unknown_last_both_ways(signed_in):
    client = signed_in(Role.PLANNER)
    up = codes(client.get(f"{LIST}?sort=agreement_through"))
    down = codes(client.get(f"{LIST}?sort=-agreement_through"))
    days = dict(Institution.objects.values_list("code", "agreement_through"))
    known = sorted(day for day in days.values() if day)
    assert days[up[0]] == known[0]
    assert days[down[0]] == known[-1]
    assert None in days.values()


def test_an_order_by_what_is_no_column_is_that_by_code(signed_in):
    answer = signed_in(Role.PLANNER).get(f"{LIST}?sort=password")
    assert codes(answer) == sorted(codes(answer))


def test_chosen_columns_stand_in_the_page_and_are_remembered(signed_in):
    client = signed_in(Role.PLANNER, "en")
    client.get(f"{LIST}?columns=uscc&columns=beds")
    heads = [column.name for column, _, _ in client.get(LIST).context["filters"].heads]
    assert heads == ["code", "name", "uscc", "beds"]


def test_a_county_sees_its_own_district_only(signed_in):
    client = signed_in(Role.COUNTY)
    answer = client.get(f"{LIST}?district={ELSEWHERE}")
    assert answer.context["page"].paginator.count == 0
    assert (
        client.get(LIST).context["total"] == Institution.objects.filter(district=DISTRICT).count()
    )
    names = [value for value, _ in answer.context["offered"][3]["options"]]
    assert names == [DISTRICT]


def test_another_districts_institution_is_not_found_and_its_own_is(signed_in):
    client = signed_in(Role.COUNTY)
    own, other = (
        Institution.objects.filter(district=each).first() for each in (DISTRICT, ELSEWHERE)
    )
    assert client.get(f"/institutions/of/{own.code}").status_code == 200
    assert client.get(f"/institutions/of/{other.code}").status_code == 404
    assert client.get(f"/cases/of/{other.case}").status_code == 404
    assert client.get("/institutions/of/H999").status_code == 404


def test_its_form_gets_the_rows_alone_and_the_address_the_whole_page(signed_in):
    client = signed_in(Role.PLANNER)
    part = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert "<html" not in part.content.decode()
    assert "<html" in client.get(LIST).content.decode()
    assert "HX-Request" in part["Vary"]


def test_the_number_of_queries_does_not_grow_with_the_rows(signed_in, monkeypatch):
    client, taken = signed_in(Role.PLANNER), []
    client.get(LIST)
    monkeypatch.setattr("dingdian.web.ledger.views.ROWS", 400)
    for rows in (1, 30, 300):
        Institution.objects.all().delete()
        Institution.objects.bulk_create(
            Institution(code=f"H{at:05d}", name=f"示例{at}", kind="clinic", district=DISTRICT)
            for at in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(LIST)
        assert len(codes(answer)) == rows
        taken.append(len(asked))
    assert len(set(taken)) == 1
    assert taken[0] < 14  # two of them find the roles: own ones, and those of a leave


def test_an_empty_ledger_and_filters_that_nobody_meets_are_told_apart(signed_in):
    client = signed_in(Role.PLANNER, "en")
    assert "No institution meets these filters" in client.get(f"{LIST}?q=zzzz").content.decode()
    Institution.objects.all().delete()
    assert "Import a ledger first" in client.get(LIST).content.decode()


def test_a_script_in_a_name_is_text(signed_in):
    Institution.objects.filter(pk=Institution.objects.first().pk).update(
        name="<script>x()</script>"
    )
    assert "<script>x()" not in signed_in(Role.PLANNER).get(LIST).content.decode()


# -- exports ---------------------------------------------------------------------------


def test_the_workbook_has_all_filtered_rows_with_the_names_of_the_national_platform(signed_in):
    client = signed_in(Role.CLERK, "en")
    answer = client.get(f"{LIST}export.xlsx?kind=retail_pharmacy&fields=yes")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.values)
    assert rows[1][:4] == ("fixmedins_code", "fixmedins_name", "fixmedins_type", "hosp_lv")
    wanted = Institution.objects.filter(kind="retail_pharmacy", district=DISTRICT)
    assert [row[0] for row in rows[2:]] == list(wanted.values_list("code", flat=True))


def test_the_text_file_reads_back_and_the_journal_has_filter_and_number_of_rows(signed_in):
    client = signed_in(Role.PLANNER)
    answer = client.get(f"{LIST}export.csv?standing=closed")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    n = Institution.objects.filter(standing="closed").count()
    assert len(rows) == n + 1
    note = Note.objects.order_by("seq").last()
    assert note.act == "ledger.export"
    assert '"filter":"standing=closed"' in note.body
    assert f'"rows":"{n}"' in note.body


@pytest.mark.parametrize("role", [Role.LEADER, Role.EVALUATOR, Role.LEGAL])
def test_who_may_not_take_it_along_is_refused(signed_in, role):
    assert signed_in(role).get(f"{LIST}export.csv").status_code == 403


def test_a_format_that_there_is_not_is_not_found(signed_in):
    assert signed_in(Role.PLANNER).get(f"{LIST}export.exe").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_an_export_begins_a_formula(start):
    heads = [Head("名称", "name")]
    evil = f"{start}cmd|' /C calc'!A0"
    text = list_csv(heads, [[evil]], fields=False).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text.split("\r\n", 1)[1], newline="")))[0] == f"'{evil}"
    book = list_workbook("x", heads, [[evil]], fields=False, day=clock.today())
    sheet = ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_the_same_list_gives_the_same_bytes():
    heads, rows = [Head("日期"), Head("数")], [[clock.today(), 3], [None, 4]]
    made = [list_workbook("x", heads, rows, fields=True, day=clock.today()) for _ in range(2)]
    assert made[0] == made[1]
