"""The rows that a workbook asks to be filled in: who is assessed, item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from dingdian.core.assessment.assessing import sheets_of
from dingdian.core.assessment.scoring import BY_RESULT, applies_to
from dingdian.core.assessment.subjects import Agreement, Subject, subjects_of
from dingdian.core.census import Census
from dingdian.core.census.table import Cell
from dingdian.core.policy import Policy
from dingdian.core.rules.score_sheet import Sheet

Rows = dict[str, list[dict[str, Cell]]]


def rows_to_fill(
    census: Census, policy: Policy, year: int, *, today: dt.date, districts: Iterable[str] | None
) -> Rows:
    """Every institution with an agreement in ``year`` and every item that applies, or may.

    Points are left empty, which means unknown. ``districts``: only theirs; ``None`` for all. A
    side without a sheet in use has no rows.
    """
    sheets = {side: each.value for side, each in sheets_of(policy).items()}
    wanted = None if districts is None else frozenset(districts)
    found: Rows = {"assessment": _about(year, today), "scores": [], "surveys": []}
    for subject in subjects_of(census, year):
        sheet = sheets.get(subject.side)
        left = subject.agreement is Agreement.NONE
        if sheet is None or left or (wanted is not None and subject.district not in wanted):
            continue
        for table, item in _items(subject, sheet):
            found[table].append({"institution": subject.code, "item": item})
    return found


def _about(year: int, today: dt.date) -> list[dict[str, Cell]]:
    return [
        {"item": "考核年度", "value": str(year)},
        {"item": "考核日期", "value": today.isoformat()},
    ]


def _items(subject: Subject, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Table and wording of each item that applies; of what is not known to apply too."""
    for item in sheet.items:
        if applies_to(item, subject) is not False:
            yield "surveys" if item.source in BY_RESULT else "scores", item.text
