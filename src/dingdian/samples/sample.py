"""What a sample is: the rows of every table of a census, and schematic boundaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dingdian.core.census import Cell

Row = dict[str, Cell]
Tables = dict[str, list[Row]]

#: The day that both samples describe, and the years around it.
TAKEN_ON = dt.date(2025, 12, 31)
LAST_YEAR_END = dt.date(2024, 12, 31)
MADE_BY = "dingdian sample generator"
NOTE = "示例数据，机构为虚构，边界为示意图。"


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented census.

    ``tables`` holds rows by table and field name as the schema names them; ``boundaries`` is
    a GeoJSON FeatureCollection whose features carry ``code``, ``crs`` and ``schematic``.
    """

    title: str
    tables: Mapping[str, list[Row]]
    boundaries: Mapping[str, Any]


Maker = Callable[..., Sample]


def num(value: int | str) -> Fraction:
    """A number cell, exact.

    >>> num("7.20")
    Fraction(36, 5)
    """
    return Fraction(value)


def yuan(cents: int) -> Fraction:
    """A money cell from whole cents (分).

    >>> yuan(250)
    Fraction(5, 2)
    """
    return Fraction(cents, 100)


def about(city: str, region_code: str, note: str) -> list[Row]:
    """The rows of the ``about`` table; ``note`` follows the words that every sample says."""
    facts = {
        "city": city,
        "region_code": region_code,
        "taken_on": TAKEN_ON.isoformat(),
        "made_by": MADE_BY,
        "invented": "是",
        "note": NOTE + note,
    }
    return [{"item": item, "value": value} for item, value in facts.items()]
