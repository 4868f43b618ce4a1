"""Who was designated, or existed, on a day before that of a census, by the dates it gives.

``standing`` says what an institution is on the day of the census. For an earlier day the
dates decide: when the designation began and ended, and since when the standing holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np

from dingdian.core.census.table import Column, Mask
from dingdian.core.census.vocabulary import DESIGNATED

#: Standings that only a designation leads to.
WAS_DESIGNATED = ("suspended", "expired", "terminated")
#: Standings without a designation that may have been one before.
MAY_HAVE_BEEN = (*WAS_DESIGNATED, "closed")


def designated_then(
    column: Callable[[str], Column], day: dt.date, counted: Sequence[str]
) -> tuple[Mask, Mask]:
    """The rows that were surely designated on ``day``, and those that may have been.

    ``column`` gives ``standing``, ``standing_since``, ``designated_since`` and
    ``designated_until``; ``counted`` are the standings that count as designated, among them
    at least guidance, trial and in force. No row is in both masks. Out is whose designation
    began after the day or had ended by it. Of the others

    * a standing that counts is in, unless it began after the day and no date tells of an
      earlier designation (a suspension always follows one);
    * another standing is out where it began by the day; in where it began, or the
      designation ended, after the day and a designation is known of; else unsure if it may
      follow a designation;
    * an unknown standing is unsure.
    """
    standing = column("standing")
    started, over = _by(column("designated_since"), day), _by(column("designated_until"), day)
    held, new = _by(column("standing_since"), day), _after(column("standing_since"), day)
    out = _after(column("designated_since"), day) | over
    now, goes_on = standing.among(counted), standing.among(("suspended",))
    fresh = standing.among(DESIGNATED) & new & ~started
    other = standing.known & ~now & ~held
    ends = _after(column("designated_until"), day)
    dated = started | ends
    left = new | (ends & ~goes_on)
    was = other & left & (dated | standing.among(WAS_DESIGNATED))
    sure = ~out & ((now & ~fresh) | was)
    maybe = ~standing.known | (other & (dated | standing.among(MAY_HAVE_BEEN)))
    return sure, ~out & ~sure & maybe


def existed_then(column: Callable[[str], Column], day: dt.date) -> tuple[Mask, Mask]:
    """The rows that surely existed on ``day``, and those that may have; no row is in both.

    Out is what opened after the day, or had closed by it. What has closed since existed; the
    closed whose day is unknown may have, as may what has no standing. An opening day that is
    not known is taken as before.
    """
    standing = column("standing")
    closed = standing.among(("closed",))
    out = _after(column("opened_on"), day) | (closed & _by(column("standing_since"), day))
    left_since = _after(column("standing_since"), day) | _after(column("designated_until"), day)
    sure = ~out & standing.known & (~closed | left_since)
    return sure, ~out & ~sure


def undesignated_then(column: Callable[[str], Column], day: dt.date) -> tuple[Mask, Mask]:
    """The rows that surely existed on ``day`` without a designation, and those that may have.

    A suspended designation is one. What became undesignated after the day, with no date of a
    designation, may have had one or not have been there. No row is in both masks.
    """
    there, maybe_there = existed_then(column, day)
    held, maybe_held = designated_then(column, day, (*DESIGNATED, "suspended"))
    became = column("standing").among(("undesignated",)) & _after(column("standing_since"), day)
    sure = there & ~held & ~maybe_held & ~became
    return sure, (there | maybe_there) & ~held & ~sure


def _by(column: Column, day: dt.date) -> Mask:
    """Whether a day is known to lie on or before ``day``."""
    found: Mask = column.known & np.less_equal(column.values, day.toordinal())
    return found


def _after(column: Column, day: dt.date) -> Mask:
    """Whether a day is known to lie after ``day``."""
    found: Mask = column.known & np.greater(column.values, day.toordinal())
    return found
