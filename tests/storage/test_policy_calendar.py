"""The calendar of a shelf: its faults, its layers, its part in the fingerprint."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dingdian.actions.show_policy import show_calendar
from dingdian.core.calendar import Reckoned
from dingdian.core.errors import Fault, ShelfError
from dingdian.core.faults import KINDS
from dingdian.reports.policy_text import calendar_lines
from dingdian.storage.policy_yaml import read_shelf, shelf_for

CARD = """\
place: {place}
title: {place}
title_en: {place}
region_code: "210500"
layers: [{layers}]
"""
YEAR = """\
calendar:
  - year: 2026
    source: 示例通知
    source_en: An example
    mark: memory
    checked_on: 2026-11-28
    holidays:
      - {name: 元旦, name_en: New Year's Day, days: 2026-01-01/2026-01-03}
      - {name: 清明节, name_en: Tomb-Sweeping Day, days: 2026-04-06}
    workdays: [2026-01-04, 2026-02-14]
"""
FILE = "national/calendar.yaml"


def card(place: str, *above: str) -> str:
    return CARD.format(place=place, layers=", ".join((*above, place)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A shelf of a nation with one year, and of a city with none."""
    for name in ("national", "benxi"):
        (tmp_path / name).mkdir()
    (tmp_path / "documents.yaml").write_text("documents: []\n", "utf-8")
    (tmp_path / "national" / "place.yaml").write_text(card("national"), "utf-8")
    (tmp_path / "benxi" / "place.yaml").write_text(card("benxi", "national"), "utf-8")
    (tmp_path / FILE).write_text(YEAR, "utf-8")
    return tmp_path


def edit(root: Path, old: str, new: str) -> None:
    text = (root / FILE).read_text("utf-8")
    assert text.count(old) == 1
    (root / FILE).write_text(text.replace(old, new), "utf-8")


def faults_of(root: Path) -> tuple[Fault, ...]:
    with pytest.raises(ShelfError) as refused:
        read_shelf(root)
    for each in refused.value.faults:
        for lang in ("zh", "en"):
            said = KINDS[each.kind].what.say(lang, **each.fields)
            cure = KINDS[each.kind].cure.say(lang, **each.fields)
            assert "pydantic" not in said + cure
            assert "{" not in said
    return refused.value.faults


DAYS = "2026-01-01/2026-01-03"
BAD = [
    # (kind, what to replace, by what, key path, line)
    ("shelf_holiday_reversed", DAYS, "2026-01-03/2026-01-01", "calendar[1].holidays[1].days", 8),
    ("shelf_not_days", DAYS, "1月1日至3日", "calendar[1].holidays[1].days", 8),
    ("shelf_not_days", DAYS, "2026-01-01/2026-1-3", "calendar[1].holidays[1].days", 8),
    ("shelf_not_days", DAYS, "2026-01-01/", "calendar[1].holidays[1].days", 8),
    ("shelf_not_days", DAYS, f"{DAYS}/2026-01-04", "calendar[1].holidays[1].days", 8),
    ("shelf_not_days", DAYS, "[2026-01-01, 2026-01-03]", "calendar[1].holidays[1].days", 8),
    ("shelf_empty", DAYS, "null", "calendar[1].holidays[1].days", 8),
    ("shelf_day_of_another_year", DAYS, "2025-12-24/2026-01-01", "calendar[1].holidays[1].days", 8),
    ("shelf_day_of_another_year", DAYS, "2026-12-31/2027-01-01", "calendar[1].holidays[1].days", 8),
    ("shelf_day_of_another_year", "2026-02-14", "2025-02-15", "calendar[1].workdays[2]", 10),
    ("shelf_workday_on_holiday", "2026-02-14", "2026-01-03", "calendar[1].workdays[2]", 10),
    ("shelf_workday_on_weekday", "2026-02-14", "2026-02-13", "calendar[1].workdays[2]", 10),
    ("shelf_not_a_day", "2026-02-14", "2026-02-30", "calendar[1].workdays[2]", 10),
    ("shelf_not_an_identifier", "2026\n", "26\n", "calendar[1].year", 2),
    ("shelf_not_an_identifier", "2026\n", "2026年\n", "calendar[1].year", 2),
    ("shelf_out_of_range", "2026\n", "1900\n", "calendar[1].year", 2),
    ("shelf_unknown_key", "    mark:", "    clause: X-1\n    mark:", "calendar[1].clause", 5),
    ("shelf_unknown_key", ", days: 2026-04-06", ", day: 1, days: 2026-04-06", "calendar[1].holidays[2].day", 9),
    ("shelf_missing_key", "    source_en: An example\n", "", "calendar[1]", 2),
    ("shelf_missing_key", ", days: 2026-04-06", "", "calendar[1].holidays[2]", 9),
    ("shelf_missing_key", "  - year: 2026\n    source: 示例通知\n", "  - source: 示例通知\n", "calendar[1]", 2),
    ("shelf_not_a_choice", "memory", "sure", "calendar[1].mark", 5),
    ("shelf_wrong_type", "[2026-01-04, 2026-02-14]", "2026-01-04", "calendar[1].workdays", 10),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "old", "new", "key", "line"), BAD, ids=[f"{b[0]}-{n}" for n, b in enumerate(BAD)]
)
def test_one_fault_with_its_key_and_line(
    root: Path, *, kind: str, old: str, new: str, key: str, line: int
) -> None:
    edit(root, old, new)
    (found,) = faults_of(root)
    at = found.place
    assert (found.kind, at.file, at.sheet, at.row) == (kind, FILE, key, line)


def test_all_faults_of_a_calendar_at_once(root: Path) -> None:
    edit(root, DAYS, "2025-12-24/2026-01-03")
    edit(root, "[2026-01-04, 2026-02-14]", "[2026-01-02, 2026-02-13, 2027-02-13]")
    assert [each.kind for each in faults_of(root)] == [
        "shelf_day_of_another_year",
        "shelf_workday_on_holiday",
        "shelf_workday_on_weekday",
        "shelf_day_of_another_year",
    ]


def test_a_known_key_is_named_beside_an_unknown_one(root: Path) -> None:
    edit(root, ", days: 2026-04-06", ", day: 1, days: 2026-04-06")
    (found,) = faults_of(root)
    assert found.fields["known"] == "days, name, name_en"


def test_a_year_twice_in_two_files_of_one_folder(root: Path) -> None:
    (root / "national" / "more.yaml").write_text(YEAR, "utf-8")
    (found,) = faults_of(root)
    assert (found.kind, found.place.file) == ("shelf_duplicate_id", "national/more.yaml")
    assert found.fields["id"] == "2026"


def test_a_year_without_a_holiday_is_refused(root: Path) -> None:
    text = YEAR.partition("    holidays:")[0]
    (root / FILE).write_text(text + "    holidays: []\n", "utf-8")
    assert [each.kind for each in faults_of(root)] == ["shelf_empty"]


@pytest.mark.parametrize("days", ["2025-12-25/2026-01-03", "2025-12-29"])
def test_a_notice_may_reach_into_the_last_week_of_the_year_before(root: Path, days: str) -> None:
    edit(root, DAYS, days)
    (year,) = read_shelf(root).layers["national"].calendar
    assert year.holidays[0].days[0].year == 2025


# ---------------------------------------------------------------- layers


OWN = YEAR.replace("2026-01-04, 2026-02-14", "2026-01-04, 2026-02-28").replace(
    "2026-04-06", "2026-04-03"
)
NEXT = YEAR.replace("2026-01-0", "2027-01-0").replace("2026-04-06", "2027-04-05")
NEXT = NEXT.replace("year: 2026", "year: 2027").replace(
    "[2027-01-04, 2026-02-14]", "[2027-01-09, 2027-02-20]"
)


def test_the_calendar_of_a_layer_above_holds(root: Path) -> None:
    book, place = shelf_for(str(root))
    calendar = book.on(place, dt.date(2026, 1, 1)).calendar
    assert (place, calendar.known) == ("benxi", (2026,))
    assert calendar.after(dt.date(2026, 1, 1), 1) == Reckoned(dt.date(2026, 1, 4), False)


def test_a_city_replaces_a_year_as_a_whole(root: Path) -> None:
    (root / "benxi" / "days.yaml").write_text(OWN, "utf-8")
    book = read_shelf(root)
    day = dt.date(2026, 1, 1)
    city, nation = book.on("benxi", day).calendar, book.on("national", day).calendar
    assert city.known == nation.known == (2026,)
    here = {"2026-02-14": False, "2026-02-28": True, "2026-04-03": False, "2026-04-06": True}
    days = {text: dt.date.fromisoformat(text) for text in here}
    assert {text: city.is_working(each) for text, each in days.items()} == here
    assert {text: not nation.is_working(each) for text, each in days.items()} == here


def test_a_city_adds_a_year_that_the_layers_above_do_not_have(root: Path) -> None:
    before = read_shelf(root).on("benxi", dt.date(2026, 1, 1)).calendar
    (root / "benxi" / "days.yaml").write_text(NEXT, "utf-8")
    book = read_shelf(root)
    after = book.on("benxi", dt.date(2026, 1, 1)).calendar
    ended = dt.date(2026, 12, 31)
    assert before.after(ended, 5) == Reckoned(dt.date(2027, 1, 7), provisional=True)
    assert after.after(ended, 5) == Reckoned(dt.date(2027, 1, 8), provisional=False)
    assert book.on("national", dt.date(2026, 1, 1)).calendar.known == (2026,)


def test_the_known_years_are_shown_with_their_layer_and_notice(root: Path) -> None:
    (root / "benxi" / "days.yaml").write_text(OWN + NEXT.split("\n", 1)[1], "utf-8")
    rows = show_calendar(read_shelf(root), "benxi")
    assert [(row.year.year, row.layer, row.over) for row in rows] == [
        (2026, "benxi", ("national",)),
        (2027, "benxi", ()),
    ]
    first, year, source, *_ = calendar_lines(rows, "zh")
    assert "已知 2026, 2027 年" in first
    assert "放假 4 天，调休上班 2 天" in year
    assert "优先于 national" in year
    assert source.strip() == "示例通知"
    assert "4 days off, 2 make-up working days" in list(calendar_lines(rows, "en"))[1]


def test_a_shelf_without_a_calendar_says_so(root: Path) -> None:
    (root / FILE).unlink()
    book = read_shelf(root)
    assert book.on("benxi", dt.date(2026, 1, 1)).calendar.known == ()
    for lang, word in (("zh", "暂定"), ("en", "provisional")):
        (line,) = calendar_lines(show_calendar(book, "benxi"), lang)
        assert word in line


# ---------------------------------------------------------------- the fingerprint


def test_a_day_of_the_calendar_moves_the_fingerprint(root: Path) -> None:
    before = read_shelf(root).fingerprint
    edit(root, "2026-02-14", "2026-02-28")
    assert read_shelf(root).fingerprint != before


def test_how_a_day_is_written_leaves_the_fingerprint(root: Path) -> None:
    before = read_shelf(root).fingerprint
    edit(root, "days: 2026-04-06", "days: 2026-04-06/2026-04-06")
    assert read_shelf(root).fingerprint == before


def test_an_empty_calendar_is_none(root: Path) -> None:
    (root / FILE).write_text("calendar: []\n", "utf-8")
    empty = read_shelf(root).fingerprint
    (root / FILE).unlink()
    assert read_shelf(root).fingerprint == empty
    # the fingerprint that this shelf had before a shelf could hold a calendar
    assert empty == "07e6f5bfc7bec581e8c7724d1f269fa34db38f84d57ff827a53332df32561afc"
