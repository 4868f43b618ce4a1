"""The quality report: groups, rows, and the ledger's own sheets with the cells marked."""

import openpyxl
import pytest

from dingdian.actions.check_census import check
from dingdian.core.errors import Fault, Place
from dingdian.core.quality import FIRST, grouped
from dingdian.reports.quality import TITLES, quality_rows, summary
from dingdian.reports.quality_workbook import COLOURS, write_quality_workbook
from dingdian.storage.census_files import raw_sheets, read_census
from dingdian.storage.workbook_write import write_workbook
from tests.ledgers import CODES, SOUND, kinds, ledger, read


def dirty(folder):
    """A census with a blocking fault, warnings and notes in known cells."""
    beds = f"institution,bed_class,approved,open\n{CODES[0]},普通,-5,５０\n{CODES[0]},透析,多,1\n"
    ledger(folder, beds=beds)
    reading = read_census(folder)
    return reading, (*reading.faults, *check(reading.census))


def test_groups_are_by_severity_then_kind_and_count_every_cell():
    place = Place("a.xlsx", "床位", 2, "核定床位")
    faults = [Fault("normalised", place, (("value", "５"), ("read", "5")))]
    faults += [
        Fault("negative", Place("a.xlsx", "床位", n, "x"), (("value", n),)) for n in range(9)
    ]
    groups = grouped(faults)
    counts = [(group.kind, len(group.faults)) for group in groups]
    assert counts == [("negative", 1), ("negative", 8), ("normalised", 1)]
    assert groups[1].rows == "1, 2, 3, 4, 5 …"
    assert sum(len(g.faults) for g in groups) == len(faults)


@pytest.mark.parametrize(("n", "shown"), [(FIRST, "1, 2, 3, 4, 5"), (FIRST + 1, "1, 2, 3, 4, 5 …")])
def test_the_first_rows_are_shown_and_more_is_said(n, shown):
    faults = [Fault("empty_required", Place("a", "b", row, "c")) for row in range(1, n + 1)]
    assert grouped(faults)[0].rows == shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_has_every_column_in_both_languages(tmp_path, lang):
    _, faults = dirty(tmp_path)
    rows = quality_rows(faults, lang)
    assert {len(row) for row in rows} == {len(TITLES)}
    assert all(row[1] and row[5] for row in rows)
    assert not any("{" in cell for row in rows for cell in row)


def test_the_summary_says_whether_a_plan_can_be_made(tmp_path):
    _, faults = dirty(tmp_path)
    assert summary(faults, "en").startswith("1 blocking, 1 warning, 1 note")
    assert "no plan" in summary(faults, "en")
    assert summary((), "zh") == "阻断 0，警告 0，提示 0：可以测算"


def test_offending_cells_are_coloured_and_commented(tmp_path):
    reading, faults = dirty(tmp_path / "in")
    path = tmp_path / "q.xlsx"
    write_quality_workbook(
        path, faults, sheets=raw_sheets(tmp_path / "in"), headings=reading.headings
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["质量报告", "全部问题"]
    beds = book["beds"]
    colours = {"C2": "BLOCKING", "D2": "NOTE", "C3": "WARNING"}
    from dingdian.core.errors import Severity

    for cell, severity in colours.items():
        rgb = COLOURS[Severity[severity]].removeprefix("#")
        assert beds[cell].fill.fgColor.rgb == f"FF{rgb}"
        assert beds[cell].comment is not None
    assert beds["A2"].fill.fgColor.rgb != f"FF{COLOURS[Severity.BLOCKING].removeprefix('#')}"
    assert beds["C2"].value == "-5"


def test_the_report_has_a_line_for_every_fault(tmp_path):
    reading, faults = dirty(tmp_path / "in")
    write_quality_workbook(tmp_path / "q.xlsx", faults, headings=reading.headings, lang="en")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    assert book["all faults"].max_row == len(faults) + 1


def test_a_mended_report_can_be_read_as_the_ledger(tmp_path):
    census = read(tmp_path / "in").census
    rows = {name: [t.row(at) for at in range(len(t))] for name, t in census.tables.items()}
    write_workbook(rows, tmp_path / "a.xlsx")
    write_quality_workbook(tmp_path / "q.xlsx", (), sheets=raw_sheets(tmp_path / "a.xlsx"))
    assert read_census(tmp_path / "q.xlsx").faults == ()


def test_equal_faults_give_equal_bytes(tmp_path):
    _, faults = dirty(tmp_path / "in")
    for name in ("a.xlsx", "b.xlsx"):
        write_quality_workbook(tmp_path / name, faults, sheets=raw_sheets(tmp_path / "in"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_two_sheets_of_one_name_are_both_kept(tmp_path):
    ledger(tmp_path)
    (tmp_path / "床位.csv").write_text(SOUND["beds"], "utf-8")
    reading = read_census(tmp_path)
    assert not kinds(reading.faults)
    write_quality_workbook(tmp_path / "q.xlsx", (), sheets=[*raw_sheets(tmp_path)] * 2)
    names = openpyxl.load_workbook(tmp_path / "q.xlsx").sheetnames
    assert {"beds", "beds2"} <= set(names)
