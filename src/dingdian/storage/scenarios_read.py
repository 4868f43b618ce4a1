"""Scenarios from a YAML file, and age groups from a table: what a projection assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.policy.model import Number, Shape, Words
from dingdian.core.projection import Entrant, Group, Growth, Scenario, Vital
from dingdian.storage.policy_shapes import read_shape
from dingdian.storage.sheets import Row, Sheet, sheets_of
from dingdian.storage.yaml_text import read_text

#: How the growth of the fund is drawn from its own past instead of being stated.
FROM_HISTORY = "history"
#: Column of the table of age groups -> the heads that it may have, the first one documented.
HEADS = {
    "district": ("区县代码", "district", "region"),
    "first": ("起始年龄", "age_from"),
    "last": ("截止年龄", "age_to"),
    "people": ("人数", "people"),
}

Whole = Annotated[int, Field(ge=0)]
Year = Annotated[int, Field(ge=1950, le=2100)]


class _Leaver(Shape):
    year: Year
    institution: Words
    cause: Words


class _Change(Shape):
    year: Year
    institution: Words
    less: dict[Words, int]


class _Stated(Shape):
    year: Year
    district: Words
    n: Whole


class _Entrant(Shape):
    name: Words
    side: Words
    amounts: dict[Words, Whole]
    applications: dict[Words, Number] = Field(default_factory=dict)
    stated: tuple[_Stated, ...] = ()
    trial_years: Whole = 0
    exempt: bool = False


class _Vital(Shape):
    survival: tuple[Number, ...]
    births: tuple[Number, ...]
    migration: tuple[Number, ...]


class _Growth(Shape):
    income: Number
    spending: Number


class _Scenario(Shape):
    name: Words
    exits: dict[Words, dict[Words, Number]] = Field(default_factory=dict)
    trial_failure: Number = Fraction(0)
    leavers: tuple[_Leaver, ...] = ()
    changes: tuple[_Change, ...] = ()
    entrants: tuple[_Entrant, ...] = ()
    vital: _Vital | None = None
    insured_growth: dict[Words, Number] = Field(default_factory=dict)
    fund: _Growth | Literal["history"] = _Growth(income=Fraction(0), spending=Fraction(0))


class _File(Shape):
    scenarios: Annotated[tuple[Any, ...], Field(min_length=1)]


def read_scenarios(name: str, content: bytes) -> tuple[Scenario, ...]:
    """The scenarios of a file, in its order.

    Raises:
        RequestError: every fault, by its line: no YAML, unknown keys, numbers that are none, a name
            given twice.
    """
    file, faults = read_text(name, content)
    if file is None or faults:
        raise RequestError(tuple(faults))
    found = read_shape(file, _File, file.data, (), faults=faults)
    given = found.scenarios if isinstance(found, _File) else ()
    read = [
        read_shape(file, _Scenario, each, ("scenarios", at), faults=faults)
        for at, each in enumerate(given)
    ]
    made = [each for each in read if isinstance(each, _Scenario)]
    names = [each.name for each in made]
    for at, each in enumerate(names):
        if each in names[:at]:
            place = file.place(("scenarios", at, "name"))
            faults.append(fault("projection_scenario_twice", place, scenario=each))
    for at, one in enumerate(read):
        if isinstance(one, _Scenario):
            faults += [
                fault("projection_entry_twice", file.place(("scenarios", at, key)), **told)
                for key, told in _twice(one)
            ]
    if faults:
        raise RequestError(tuple(faults))
    return tuple(map(_scenario, made))


def _twice(of: _Scenario) -> Iterator[tuple[str, dict[str, str]]]:
    """What is stated twice of an institution or a district in a year: which holds is not said."""
    stated = [(each.name, one) for each in of.entrants for one in each.stated]
    listed: dict[str, list[str]] = {
        "leavers": [f"{one.year} {one.institution}" for one in of.leavers],
        "changes": [f"{one.year} {one.institution}" for one in of.changes],
        "entrants": [f"{name} {one.year} {one.district}" for name, one in stated],
    }
    for key, given in listed.items():
        for each, n in Counter(given).items():
            if n > 1:
                yield key, {"scenario": of.name, "entry": each}


def _scenario(each: _Scenario) -> Scenario:
    vital, fund = each.vital, each.fund
    rates = Vital(vital.survival, vital.births, vital.migration) if vital else None
    return Scenario(
        each.name,
        exits=each.exits,
        trial_failure=each.trial_failure,
        leavers={(one.year, one.institution): one.cause for one in each.leavers},
        changes={(one.year, one.institution): one.less for one in each.changes},
        entrants=tuple(map(_entrant, each.entrants)),
        vital=rates,
        insured_growth=each.insured_growth,
        fund=None if isinstance(fund, str) else Growth(fund.income, fund.spending),
    )


def _entrant(each: _Entrant) -> Entrant:
    return Entrant(
        each.name,
        each.side,
        each.amounts,
        each.applications,
        {(one.year, one.district): one.n for one in each.stated},
        each.trial_years,
        each.exempt,
    )


def read_groups(path: Path) -> tuple[Group, ...]:
    """The age groups of a table (xlsx or csv); an empty last age is the open end.

    Raises:
        RequestError: a column is missing, or cells are no whole numbers, each by its row.
        CensusError: the file is no table.
    """
    sheet = next(sheets_of(path))
    rows = list(sheet.rows)
    columns = _columns(sheet, rows[0] if rows else ())
    faults: list[Fault] = []
    groups: list[Group] = []
    for at, row in enumerate(rows[1:], 2):
        if any(map(_text, row)):
            given = {name: _text(row[n]) if n < len(row) else "" for name, n in columns.items()}
            groups += _group(sheet, at, given, faults)
    if faults:
        raise RequestError(tuple(faults))
    return tuple(groups)


def _columns(sheet: Sheet, heads: Row) -> dict[str, int]:
    given = [_text(each) for each in heads]
    found = {
        name: next((given.index(head) for head in known if head in given), None)
        for name, known in HEADS.items()
    }
    missing = [HEADS[name][0] for name, at in found.items() if at is None]
    if missing:
        told = {"missing": "、".join(missing), "known": "、".join(e[0] for e in HEADS.values())}
        raise RequestError((fault("projection_cohort_head", sheet.place(1), **told),))
    return {name: at for name, at in found.items() if at is not None}


def _group(sheet: Sheet, at: int, given: dict[str, str], faults: list[Fault]) -> Iterator[Group]:
    numbers: dict[str, int] = {}
    for name in ("first", "last", "people"):
        text = given[name].removesuffix(".0")
        if text.isdecimal() and text.isascii():
            numbers[name] = int(text)
        elif text or name != "last":
            place = sheet.place(at, HEADS[name][0])
            faults.append(fault("projection_cohort_cell", place, value=text or "—"))
    if "first" in numbers and "people" in numbers:
        code = given["district"].removesuffix(".0")
        yield Group(code, numbers["first"], numbers.get("last"), numbers["people"])


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def read_assumptions(
    scenarios: Path | None, cohorts: Path | None
) -> tuple[Sequence[Scenario], tuple[Group, ...] | None]:
    """The scenarios and age groups of files; without a file nothing changes, and no ages.

    Raises:
        RequestError: what is wrong with either.
    """
    if scenarios is None:
        told: Sequence[Scenario] = (Scenario("—"),)
    else:
        told = read_scenarios(scenarios.name, scenarios.read_bytes())
    return told, None if cohorts is None else read_groups(cohorts)
