"""Selections: which rows of the ledger a number is counted or summed from.

A selection is a value that stands in plan.json beside its number, so that ``explain`` can
show the very rows years later. Tests are three-valued: a row whose cell is unknown is
neither in nor out, and a sum over such rows is unknown, not smaller.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dingdian.core.census.designation import (
    designated_then,
    existed_then,
    undesignated_then,
)
from dingdian.core.census.near import (
    ANY,
    MEDICAL,
    Circle,
    Within,
    read_condition,
    thresholds,
    within,
)
from dingdian.core.census.schema import Kind
from dingdian.core.census.table import Column, Mask, Rows
from dingdian.core.census.vocabulary import UNDESIGNATED

if TYPE_CHECKING:
    from dingdian.core.census.census import Census


class Test(StrEnum):
    """How a column is tested.

    ``IS``/``IS_NOT``: the cell is (not) among the given words (a day as 2025-07-02).
    ``WITHIN``: the region cell lies in one of the given regions or below. ``YES``: the flag
    is yes. ``OPEN``: the flag is yes on the given day, by its ``_since`` and ``_until``
    columns. ``ANY_OPEN``: any of the flags named after the day is open on it; the column is
    the prefix of the flags (empty, or ``institution.``). ``HELD``: the
    designation exists on the given day (first word), by its dates; unknown dates are taken
    as "before" and "no end". ``DESIGNATED``: designated on the given day, which lies before
    that of the census, by all its dates (``designation`` says how); further words are the
    standings that count, and the column is empty or ``institution.``. ``EXISTED`` and
    ``UNDESIGNATED``: existed, or existed without a designation, on such a day. ``STANDS``: like
    ``HELD`` for any two columns, written ``received_on..withdrawn_on``. ``KNOWN``: the cell
    is known. ``NEAR``/``FEWER``: at least (fewer than) so many institutions of a set stand
    within a circle around the row; column and words are those of ``near.Circle``.
    """

    __test__ = False  # not a test class of pytest

    IS = "is"
    IS_NOT = "is_not"
    WITHIN = "within"
    YES = "yes"
    OPEN = "open"
    ANY_OPEN = "any_open"
    HELD = "held"
    DESIGNATED = "designated"
    EXISTED = "existed"
    UNDESIGNATED = "undesignated"
    STANDS = "stands"
    KNOWN = "known"
    NEAR = "near"
    FEWER = "fewer"


class Where(NamedTuple):
    """One condition on a column; ``institution.kind`` reaches through a reference."""

    column: str
    test: Test
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of ``table`` that meet every condition; counted, or ``total`` summed over them."""

    table: str
    where: tuple[Where, ...] = ()
    total: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What a selection gives.

    ``value`` is the count or the exact sum over the rows that are surely in and known;
    ``counted`` marks those rows, ``doubted`` the ones that may be in, or are in with an
    unknown summand: where there are any, ``value`` is only a part.
    """

    value: Fraction
    counted: Mask
    doubted: Mask

    @property
    def rows(self) -> Rows:
        """The rows that are counted."""
        return np.flatnonzero(self.counted)

    @property
    def doubtful(self) -> Rows:
        """The rows in doubt."""
        return np.flatnonzero(self.doubted)

    @property
    def unsure(self) -> int:
        """How many rows are in doubt."""
        return int(np.count_nonzero(self.doubted))


def tally(census: Census, selection: Selection) -> Tally:
    """Count or sum a selection.

    Raises:
        KeyError: the table or a column does not exist.
    """
    sure, possible = _met(census, selection.table, selection.where[:-1])
    for last in selection.where[-1:]:
        yes, maybe = _tested(census, selection.table, last)
        sure, possible = sure & yes, possible & (yes | maybe)
    unsure = possible & ~sure
    if not selection.total:
        return Tally(Fraction(int(np.count_nonzero(sure))), sure, unsure)
    column = census.column(selection.table, selection.total)
    counted = sure & column.known
    mantissa = int(column.values.sum(where=counted, dtype=np.int64))
    total = Fraction(mantissa, 10**column.field.scale)
    return Tally(total, counted, unsure | (sure & ~column.known))


def _met(census: Census, table: str, where: tuple[Where, ...]) -> tuple[Mask, Mask]:
    """The rows that surely meet all conditions, and those that may.

    A measure has the same conditions in every area but for the last, which is the area: they
    are kept.
    """
    if not where:
        n = census.length(table)
        return np.ones(n, np.bool_), np.ones(n, np.bool_)

    def met() -> tuple[Mask, Mask]:
        sure, possible = _met(census, table, where[:-1])
        yes, maybe = _tested(census, table, where[-1])
        return sure & yes, possible & (yes | maybe)

    return census.cached((table, where), met)


def _tested(census: Census, table: str, where: Where) -> tuple[Mask, Mask]:
    """``_test``, once for each condition."""
    return census.cached((table, where), partial(_test, census, table, where))


def _test(census: Census, table: str, where: Where) -> tuple[Mask, Mask]:
    """The rows for which the condition surely holds, and those for which it may."""
    if where.test in (Test.OPEN, Test.HELD, Test.STANDS):
        return _on_day(census, table, where)
    if where.test is Test.ANY_OPEN:
        return _any_open(census, table, where)
    if where.test is Test.DESIGNATED:
        day, *counted = where.words
        named = partial(_prefixed, census, table, where.column)
        return designated_then(named, dt.date.fromisoformat(day), counted)
    if where.test in (Test.EXISTED, Test.UNDESIGNATED):
        then = existed_then if where.test is Test.EXISTED else undesignated_then
        named = partial(_prefixed, census, table, where.column)
        return then(named, dt.date.fromisoformat(where.words[0]))
    if where.test in (Test.NEAR, Test.FEWER):
        return _counted(census, table, where)
    column = census.column(table, where.column)
    unknown = ~column.known
    if where.test is Test.KNOWN:
        return column.known, np.zeros_like(unknown)
    if where.test is Test.YES:
        return column.known & (column.values == 1), unknown
    if column.field.kind is Kind.NUMBER:
        wanted = [int(Fraction(word) * 10**column.field.scale) for word in where.words]
        hit = np.isin(column.values, wanted)
    elif column.field.kind is Kind.DAY:
        days = [dt.date.fromisoformat(word).toordinal() for word in where.words]
        hit = np.isin(column.values, days)
    else:
        words = census.below(where.words) if where.test is Test.WITHIN else where.words
        hit = column.among(words)
    if where.test is Test.IS_NOT:
        hit = ~hit
    return column.known & hit, unknown


def _on_day(census: Census, table: str, where: Where) -> tuple[Mask, Mask]:
    day = dt.date.fromisoformat(where.words[0]).toordinal()
    since, until = (census.column(table, name) for name in _ends(where))
    begins_later = since.known & np.greater(since.values, day)
    holds = ~begins_later & ~(until.known & np.less_equal(until.values, day))
    if where.test is not Test.OPEN:
        return holds, np.zeros_like(holds)
    flag = census.column(table, where.column)
    return flag.known & (flag.values == 1) & holds, ~flag.known & holds


def _prefixed(census: Census, table: str, prefix: str, name: str) -> Column:
    return census.column(table, prefix + name)


def taken_after(census: Census, day: str) -> bool:
    """Whether a census describes a day after ``day``, of which only its dates can tell."""
    return census.taken_on is not None and census.taken_on > dt.date.fromisoformat(day)


def existing_on(census: Census, day: str, prefix: str = "") -> Where:
    """The condition for existing on ``day``, designated or not."""
    if taken_after(census, day):
        return Where(prefix, Test.EXISTED, (day,))
    return Where(prefix + "standing", Test.IS_NOT, ("closed",))


def undesignated_on(census: Census, day: str) -> Where:
    """The condition for an institution to exist on ``day`` without a designation."""
    if taken_after(census, day):
        return Where("", Test.UNDESIGNATED, (day,))
    return Where("standing", Test.IS, UNDESIGNATED)


def designated_on(
    census: Census, day: str, standings: tuple[str, ...], prefix: str = ""
) -> tuple[Where, ...]:
    """The conditions for being designated on ``day``, with one of ``standings``.

    A census of that day (or one that names none) is asked for the standing it states and
    for the dates of the designation; one taken later for all its dates.
    """
    if taken_after(census, day):
        return (Where(prefix, Test.DESIGNATED, (day, *standings)),)
    return (
        Where(prefix + "standing", Test.IS, standings),
        Where(prefix, Test.HELD, (day,)),
    )


def _any_open(census: Census, table: str, where: Where) -> tuple[Mask, Mask]:
    day, *flags = where.words
    sure, possible = (np.zeros(census.length(table), np.bool_) for _ in range(2))
    for flag in flags:
        yes, maybe = _on_day(census, table, Where(where.column + flag, Test.OPEN, (day,)))
        sure, possible = sure | yes, possible | maybe
    return sure, possible & ~sure


def _ends(where: Where) -> tuple[str, str]:
    """The columns of the first day and of the day after the last one."""
    if where.test is Test.STANDS:
        since, until = where.column.split("..")
        return since, until
    prefix = where.column if where.test is Test.OPEN else where.column + "designated"
    return f"{prefix}_since", f"{prefix}_until"


def _counted(census: Census, table: str, where: Where) -> tuple[Mask, Mask]:
    circle, threshold = read_condition(where.column, where.words)
    found, wanted = circle_counts(census, table, circle), thresholds(census, table, threshold)
    enough = found.located & np.greater_equal(found.least, wanted)
    too_few = found.located & np.less(found.most, wanted)
    return (enough if where.test is Test.NEAR else too_few), ~enough & ~too_few


def circle_counts(census: Census, table: str, circle: Circle) -> Within:
    """How many institutions of a set each row of ``table`` has within the circle; counted once.

    Raises:
        KeyError: the table has no coordinates.
    """
    members = members_of(census, circle)
    return census.cached((table, circle), lambda: within(census, table, circle, members))


def members_of(census: Census, circle: Circle) -> tuple[Mask, Mask]:
    """The institutions that surely belong to the set of a circle, and those that may."""
    where = [*designated_on(census, circle.day, circle.standings)]
    if circle.kind != ANY:
        test = Test.IS_NOT if circle.kind == MEDICAL else Test.IS
        where.append(Where("kind", test, ("retail_pharmacy",)))
    if circle.service:
        where.append(Where(circle.service, Test.OPEN, (circle.day,)))
    return _met(census, "institutions", tuple(where))
