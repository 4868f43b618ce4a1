"""Assessments for tests: a small city, a small sheet, workbooks from a few words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from dingdian.core.assessment.assessing import Assessed, Assessment, assess, counting_of, sheets_of
from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.reading import Ground, workbook_of
from dingdian.core.assessment.rows import item_words
from dingdian.core.assessment.subjects import Agreement, Subject, subjects_of
from dingdian.core.assessment.workbook import Workbook
from dingdian.core.census import Census
from dingdian.core.census.table import Table, table_from_rows
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.rules.score_sheet import Sheet
from dingdian.storage.policy_yaml import read_shelf, shipped
from tests import city

YEAR, DAY = 2025, dt.date(2026, 2, 10)

Row = Mapping[str, object]


def n(number: str | int) -> Fraction:
    """An exact number."""
    return Fraction(number)


def sheet(**changes: Any) -> Sheet:
    """A sheet of two parts with round numbers; ``changes`` replace its fields."""
    return Sheet.model_validate(
        {
            "parts": {"daily": "40%", "year_end": "60%"},
            "items": [
                _item("conduct", "daily", 50),
                _item("data", "daily", 50, source="system_data"),
                _item("fund", "year_end", 80),
                _item("survey", "year_end", 20, source="survey", at_least_answers="30"),
                _item("wards", "year_end", 100, service="inpatient"),
            ],
            "one_vote": [_vote("fraud", "zero"), _vote("breach", "lowest_grade")],
            "bonus": [
                {"item": "pilot", "text": "试点", "text_en": "pilot", "full": "3"},
                {"item": "remote", "text": "偏远", "text_en": "remote", "full": "3"},
            ],
            "bonus_cap": "5",
            "grades": [_grade("a", 90, "100%"), _grade("b", 80, "90%"), _grade("e", 0, "0%")],
            **changes,
        }
    )  # fmt: skip


def _item(item: str, part: str, full: int, **more: Any) -> dict[str, Any]:
    words = {"text": item, "text_en": item}
    return {
        "item": item,
        "part": part,
        "full": str(full),
        "source": "agency_record",
        **words,
        **more,
    }


def _vote(item: str, consequence: str) -> dict[str, Any]:
    return {"item": item, "text": item, "text_en": item, "consequence": consequence}


def _grade(grade: str, at_least: int, deposit: str) -> dict[str, Any]:
    moves = ["renew"] if at_least else ["do_not_renew"]
    words = {"text": grade, "text_en": grade}
    return {"grade": grade, "at_least": str(at_least), "deposit": deposit, "moves": moves, **words}


def subject(code: str = "H1", **changes: Any) -> Subject:
    """A clinic with an agreement and no wards; ``changes`` replace its fields."""
    fields: dict[str, Any] = {
        "code": code,
        "name": f"示例{code}",
        "side": "medical_institutions",
        "kind": "clinic",
        "district": "9101",
        "attributes": {"level": "ungraded", "kind": "clinic", "type": "general"},
        "services": {"inpatient": False},
        "agreement": Agreement.HELD,
        "trial": False,
    }
    return Subject(**{**fields, **changes})


@cache
def book() -> PolicyBook:
    """The shipped shelf."""
    return read_shelf(shipped())


def policy(
    place: str = "shenyang",
    day: dt.date = DAY,
    numbers: Mapping[str, str] | None = None,
    **choices: str | None,
) -> Policy:
    """The policy of a place, some readings chosen otherwise or with another number."""
    found = book().on(place, day)
    readings = dict(found.readings)
    for name, chosen in choices.items():
        readings[name] = readings[name].model_copy(update={"chosen": chosen})
    for name, number in (numbers or {}).items():
        readings[name] = readings[name].model_copy(update={"number": Fraction(number)})
    return replace(found, readings=readings)


#: The items of the shipped sheets of each side, with their full points.
FULL = {
    "P": {"agreement_duties": 40, "stock_records": 60, "fund_use": 50, "satisfaction": 30},
    "H": {
        **{"agreement_duties": 30, "settlement_conduct": 40, "data_upload": 30, "fund_use": 35},
        **{"cost_control": 25, "satisfaction": 10, "third_party_evaluation": 10},
    },
}


def scored(code: str, share: str | int = 1, **changes: str | int | None) -> list[dict[str, object]]:
    """Rows that give an institution this share of every item; ``changes`` set points, or none."""
    rows: list[dict[str, object]] = []
    for item, full in FULL[code[0]].items():
        points = changes.get(item, str(full * Fraction(share)))
        if item not in changes or points is not None:
            rows.append({"institution": code, "item": item, "points": Fraction(points or 0)})
    return rows


def tables(**rows: Sequence[Row]) -> dict[str, Table]:
    """Tables of the contract from rows; ``one_vote`` is there, and empty, unless it is given."""
    given: dict[str, Sequence[Row]] = {"one_vote": (), "scores": (), **rows}
    return {
        name: table_from_rows(TABLES[name], [dict(_exact(row)) for row in its])  # type: ignore[arg-type]
        for name, its in given.items()
    }


def _exact(row: Row) -> list[tuple[str, object]]:
    return [(k, Fraction(c) if type(c) is int else c) for k, c in row.items()]


def town(clinics: int = 0, pharmacies: int = 20, **more: Any) -> Census:
    """A city with so many like clinics and like pharmacies, all with an agreement."""
    rows = city.rows()
    rows["beds"] = []
    rows["institutions"] = [
        *(city.medical(f"H{at:03d}", "clinic", city.JIA, **more) for at in range(1, clinics + 1)),
        *(city.pharmacy(f"P{at:03d}", city.JIA, **more) for at in range(1, pharmacies + 1)),
    ]
    return city.census(rows)


def ground(census: Census, found: Policy, day: dt.date = DAY, year: int = YEAR) -> Ground:
    """What the rows of a workbook are held against."""
    counted = counting_of(found)
    return Ground(
        subjects={each.code: each for each in subjects_of(census, year)},
        sheets={side: each.value for side, each in sheets_of(found).items()},
        points=counted[0].value if counted else None,
        year=year,
        day=day,
        words=item_words(found),
    )


def workbook(
    census: Census, found: Policy, given: Mapping[str, Table], day: dt.date = DAY
) -> Workbook:
    """The workbook that tables hold."""
    return workbook_of(given, ground(census, found, day))


def assessed(
    census: Census, found: Policy | None = None, /, *, day: dt.date = DAY, **rows: Sequence[Row]
) -> Assessment:
    """A whole assessment from rows."""
    chosen = found or policy(day=day)
    made = workbook(census, chosen, tables(**rows), day)
    return assess(census, subjects_of(census, YEAR), chosen, made, year=YEAR, day=day)


def of(made: Assessment, code: str) -> Assessed:
    """One institution of an assessment."""
    return next(each for each in made.assessed if each.subject.code == code)


def kinds(faults: Sequence[Any]) -> list[str]:
    """The kinds of some faults."""
    return [each.kind for each in faults]
