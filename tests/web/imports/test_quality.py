"""The quality report of an upload, and persons in it."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from dingdian.samples import SAMPLES
from dingdian.web import bureau, clock
from dingdian.web.imports import quality
from dingdian.web.imports.models import State
from dingdian.web.rights import Role
from tests.web.importing import XLSX, ask_apply, packed, page, previewed, renamed, uploaded


def test_a_fault_is_shown_with_the_rows_around_it_and_its_cell_marked(
    client, work, tables, tmp_path
):
    script = '<script>alert("x")</script>'
    renamed(tables, 3, script)
    tables["institutions"][3]["region"] = "999999"
    row = uploaded(client, work, packed(tables, tmp_path))
    assert (row.state, row.blocking > 0, row.fingerprint) == (State.BLOCKED, True, "")
    shown = page(client, f"/imports/{row.pk}/quality?severity=blocking")
    group = next(g for g in row.groups if g["severity"] == "blocking")
    assert f"/imports/{row.pk}/quality/{group['n']}" in shown
    rows = page(client, f"/imports/{row.pk}/quality/{group['n']}")
    assert '<td class="blocking">999999</td>' in rows
    assert "&lt;script&gt;" in rows
    assert script not in rows
    assert client.post(f"/imports/{row.pk}/preview").status_code == 422
    assert f"/imports/{row.pk}/quality.xlsx" in page(client, f"/imports/{row.pk}/marking")
    marked = client.get(f"/imports/{row.pk}/quality.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(marked.streaming_content)))
    assert "机构" in book.sheet_names


def _with_day(tables, day):
    rows = tables["about"]
    tables["about"] = [{**r, "value": day} if r["item"] == "taken_on" else r for r in rows]


@pytest.mark.parametrize(("days", "state"), [(0, State.CHECKED), (1, State.BLOCKED)])
def test_a_ledger_of_a_coming_day_is_blocked_when_it_is_checked(
    client, work, tables, tmp_path, days, state
):
    _with_day(tables, (clock.today() + dt.timedelta(days)).isoformat())
    row = uploaded(client, work, packed(tables, tmp_path))
    assert row.state == state
    assert ("import_of_a_coming_day" in {g["kind"] for g in row.groups}) is bool(days)


def test_a_ledger_without_its_day_is_blocked_when_it_is_checked(client, work, tables, tmp_path):
    tables["about"] = [row for row in tables["about"] if row["item"] != "taken_on"]
    row = uploaded(client, work, packed(tables, tmp_path))
    assert row.state == State.BLOCKED
    assert "import_without_day" in {g["kind"] for g in row.groups}


def test_the_ledger_of_another_city_is_blocked_without_a_word_of_the_command_line(
    client, work, tmp_path
):
    shenyang = SAMPLES["shenyang"](seed=1).tables
    few = {name: rows[:400] for name, rows in shenyang.items()}
    row = uploaded(client, work, packed(few, tmp_path))
    assert "import_of_another_place" in {g["kind"] for g in row.groups}
    assert "--as-if" not in page(client, f"/imports/{row.pk}/quality")


def test_quality_of_a_group_is_told_in_both_languages(signed_in, work, tables, tmp_path):
    tables["institutions"][3]["region"] = "999999"
    client = signed_in(Role.PLANNER)
    row = uploaded(client, work, packed(tables, tmp_path))
    english = page(signed_in(Role.PLANNER, "en"), f"/imports/{row.pk}/quality")
    assert row.groups[0]["what"]["en"].split("999999")[0].strip()[:20] in english
    assert row.groups[0]["what"]["zh"] in page(client, f"/imports/{row.pk}/quality")


def test_numbers_of_persons_are_masked(client, work, tables, tmp_path):
    number = "232700199001011234"
    tables["agreements"][0] = {**tables["agreements"][0], "person": number}
    row = previewed(client, work, packed(tables, tmp_path))
    shown = page(client, f"/imports/{row.pk}/preview")
    assert number not in shown
    assert "232*" in shown
    assert number.encode() not in client.get(f"/imports/{row.pk}/preview.csv").getvalue()


def persons_of_agreements():
    from dingdian.actions.rebuild_census import rebuild_census

    desk = bureau.desk()
    table = rebuild_census(desk.ledger, desk.terms, clock.today()).tables["agreements"]
    pairs = zip(table["institution"].cells(), table["person"].cells(), strict=True)
    return {institution: person for institution, person in pairs if person}


def test_the_ledger_goes_out_without_persons_and_comes_in_again_without_losing_them(
    client, work, tables, tmp_path
):
    number = "232700199001011234"
    tables["agreements"][0] = {**tables["agreements"][0], "person": number}
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    work()
    whose = persons_of_agreements()
    assert whose[tables["agreements"][0]["institution"]] == number
    client.post("/imports/ledger")
    work()
    content = client.get("/imports/ledger.xlsx").getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert "负责人证件号码" not in book.get_sheet_by_name("协议").to_python()[0]
    assert not any(
        number in map(str, each) for s in book.sheet_names
        for each in book.get_sheet_by_name(s).to_python()
    )  # fmt: skip
    acts = [n.act for n in bureau.journal().notes("ledger:workbook")]
    assert {"ledger.workbook_ask", "ledger.workbook"} <= set(acts)
    again = previewed(client, work, SimpleUploadedFile("台账.xlsx", content, XLSX))
    assert "agreements" not in again.preview["counts"]
    renamed(tables)
    for each in tables["agreements"]:
        each.pop("person", None)
    third = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, third)
    work()
    third.refresh_from_db()
    assert third.state == State.APPLIED
    assert persons_of_agreements() == whose


def test_the_workbook_with_marked_cells_has_no_numbers_of_persons(client, work, tables, tmp_path):
    number = "232700199001011234"
    tables["agreements"][0] |= {"person": number, "institution": "H00000000000"}
    row = uploaded(client, work, packed(tables, tmp_path))
    content = client.get(f"/imports/{row.pk}/quality.xlsx").getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_name("协议").to_python()
    assert "H00000000000" in sheet[1]
    assert number not in map(str, sheet[1])
    assert [n.act for n in bureau.journal().notes(row.subject)][-1] == "import.marked"


def test_a_fault_that_an_older_release_kept_is_still_said():
    kept = ["missing_column", ["a.xlsx", "机构", 1, ""], {"column": "name", "column_zh": "名称"}]
    assert quality.said(kept, "zh") == ("缺少必需的列“名称”（name）", "补上这一列")
    assert quality.said(kept, "en")[0] == "the required column name is missing"
