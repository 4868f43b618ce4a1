"""How far each designation of 沈阳 has come: in force, new, suspended, ended or never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dingdian.samples.draw import Draw
from dingdian.samples.ledger import days_between, designate, end_designation
from dingdian.samples.sample import Row

#: A guidance period is the first six months of the trial year (SY-18).
GUIDANCE_FROM = dt.date(2025, 7, 1)
OLD = (dt.date(2003, 1, 1), dt.date(2020, 12, 31))
RECENT = (dt.date(2021, 1, 1), dt.date(2024, 12, 31))
NEW = (dt.date(2025, 1, 15), dt.date(2025, 12, 20))
ENDED_NOW = (dt.date(2025, 1, 20), dt.date(2025, 12, 10))
ENDED_BEFORE = (dt.date(2021, 6, 1), dt.date(2024, 11, 30))
TRIAL_BEGUN = (dt.date(2024, 2, 1), dt.date(2024, 10, 31))

#: Per cent of designations from before 2021: the stock grew by about three tenths since.
OLD_PER_CENT = 76


def assign_states(
    draw: Draw, rows: Sequence[Row], states: Mapping[str, int]
) -> dict[str, list[Row]]:
    """Draw which rows are in which state; the rest is in force."""
    order = draw.order(len(rows))
    found: dict[str, list[Row]] = {}
    for state, count in states.items():
        found[state] = [rows[i] for i in order[:count]]
        order = order[count:]
    found["in_force"] = [rows[i] for i in sorted(order)]
    return found


def begin(draw: Draw, by_state: Mapping[str, list[Row]], *, trial: bool) -> None:
    """Give every designation its first day; ``trial``: new ones are on trial for a year."""
    for state, span in (
        ("suspended", OLD),
        ("ended_before", OLD),
        ("ended_now", OLD),
        ("trial_failed", TRIAL_BEGUN),
        ("new", NEW),
    ):
        rows = by_state.get(state, [])
        for row, day in zip(rows, days_between(draw, *span, len(rows)), strict=True):
            on_trial = "guidance" if day >= GUIDANCE_FROM else "trial"
            designate(row, day, on_trial if trial and state == "new" else "in_force")
    settled = by_state["in_force"]
    old, recent = (days_between(draw, *span, len(settled)) for span in (OLD, RECENT))
    for row, roll, early, late in zip(
        settled, draw.integers(0, 100, len(settled)), old, recent, strict=True
    ):
        designate(row, early if roll < OLD_PER_CENT else late)


def finish(draw: Draw, by_state: Mapping[str, list[Row]]) -> None:
    """Suspend and end designations; services that were open close with them."""
    for row in by_state["suspended"]:
        row["standing"] = "suspended"
        row["standing_since"] = dt.date(2025, draw.between(7, 12), 1)
    for state, span in (
        ("ended_before", ENDED_BEFORE),
        ("ended_now", ENDED_NOW),
        ("trial_failed", (dt.date(2025, 3, 1), dt.date(2025, 10, 31))),
    ):
        rows = by_state.get(state, [])
        for row, day in zip(rows, days_between(draw, *span, len(rows)), strict=True):
            ways = ("expired",) if state == "trial_failed" else ("terminated", "expired", "closed")
            end_designation(row, ways[draw.between(0, len(ways) - 1)], day)
