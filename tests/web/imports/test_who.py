"""Who imports, and what goes out."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from dingdian.web import clock
from dingdian.web.imports.models import Import
from dingdian.web.rights import Role
from tests.web.importing import XLSX, ask_apply, packed, page, previewed, renamed


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.PLANNER])
def test_nobody_else_imports(signed_in, role):
    for path in ("", "new", "ledger.xlsx", "template.xlsx", "1", "1/preview"):
        assert signed_in(role).get(f"/imports/{path}").status_code == 403


def test_a_planner_of_one_district_does_not_import(signed_in, user):
    from dingdian.web.accounts.models import Grant

    Grant.objects.filter(user=user(Role.PLANNER)).update(region="232761")
    assert signed_in(Role.PLANNER).get("/imports/").status_code == 403
    assert signed_in(Role.PLANNER).get("/imports/1").status_code == 403


def test_the_template_is_an_empty_ledger(client):
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/imports/template.xlsx").content))
    assert {"机构", "区划"} <= set(book.sheet_names)


def test_the_ledger_taken_along_and_brought_back_changes_nothing(client, work):
    client.post("/imports/ledger")
    work()
    assert "/imports/ledger.xlsx" in page(client, "/imports/new")
    content = b"".join(client.get("/imports/ledger.xlsx").streaming_content)
    row = previewed(client, work, SimpleUploadedFile("台账.xlsx", content, XLSX))
    assert row.day == clock.today()
    assert row.preview["counts"] == {}


def test_a_formula_in_a_name_never_runs_when_it_goes_out(client, work, tables, tmp_path):
    evil = '=HYPERLINK("http://x","y")'
    renamed(tables, 0, evil)
    row = previewed(client, work, packed(tables, tmp_path))
    text = client.get(f"/imports/{row.pk}/preview.csv").getvalue().decode("utf-8-sig")
    assert f"'{evil}".replace('"', '""') in text
    assert f',"{evil}'.replace('"x', '""x') not in text
    ask_apply(client, row)
    client.post("/imports/ledger")
    work()
    content = b"".join(client.get("/imports/ledger.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in book.read(name) for name in sheets)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("机构")
    assert any(evil in each for each in rows.to_python())


@pytest.mark.parametrize("n", [1, 30, 300])
def test_the_list_asks_as_much_of_the_database_for_many_as_for_one(
    client, n, django_assert_max_num_queries
):
    for number in range(n):
        Import.objects.create(
            folder=f"f{number}", name="台账.xlsx", by="planner", uploaded_at=clock.now()
        )
    page(client, "/imports/")  # the session is renewed
    with django_assert_max_num_queries(10):
        page(client, "/imports/")


def test_lines_are_read_a_page_at_a_time(tmp_path):
    from dingdian.web.imports.lines import Lines, write

    sizes = [write(tmp_path / str(n), [[n, i] for i in range(n)]) for n in (3, 1, 4)]
    lines = Lines([(tmp_path / str(n), n) for n in sizes])
    every = [[n, i] for n in (3, 1, 4) for i in range(n)]
    assert (len(lines), lines[:]) == (8, every)
    for first in range(9):
        for last in range(first, 9):
            assert lines[first:last] == every[first:last]
    assert json.loads((tmp_path / "3").read_text().splitlines()[0]) == [3, 0]
