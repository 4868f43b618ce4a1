"""One result of the sheets of a panel: every item, the points of a hundred, the verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.admission.application import Score
from dingdian.core.admission.evaluation import merit_of
from dingdian.core.panel.sheets import Sheet
from dingdian.core.panel.terms import Item, Terms


class Verdict(StrEnum):
    """What a panel finds: ``OPEN`` while a sheet or an answer is missing."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """An item over all sheets.

    To be passed: ``yes`` and ``no`` voices, ``passed`` by the terms. Scored: ``score`` is the sum
    over the sheets that count and ``full`` that of their full points, so that no rounding stands
    between the sheets and the verdict; ``mean`` is what one sheet gave on average. ``None``: not
    known yet, or not of this part.
    """

    item: Item
    yes: int = 0
    no: int = 0
    passed: bool | None = None
    score: Fraction | None = None
    full: Fraction | None = None
    mean: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What the panel comes to.

    ``missing``: expert -> items without an answer (all where there is no sheet). ``merit``: points
    of a hundred, ``None`` while open or where nothing is scored; ``mark``: what has to be reached
    (``None``: no mark), ``shortfall``: how much is lacking. ``failed``: items not passed.
    ``left_out``: experts whose points do not count, being the highest and the lowest. ``clauses``
    are those that the verdict rests on.
    """

    verdict: Verdict
    items: tuple[ItemResult, ...]
    missing: Mapping[str, tuple[str, ...]]
    merit: Fraction | None
    mark: Fraction | None
    shortfall: Fraction | None
    failed: tuple[str, ...]
    left_out: tuple[str, ...]
    clauses: tuple[str, ...]


def result_of(terms: Terms, members: Sequence[str], sheets: Mapping[str, Sheet]) -> Result:
    """The result of the sheets of ``members`` in their order; other sheets do not count."""
    missing = dict(_missing(terms, members, sheets))
    complete = not missing and len(members) == terms.seats
    own = [sheets[each] for each in members if each in sheets]
    left_out = _left_out(own) if terms.trimmed and complete else ()
    counted = [each for each in own if each.expert not in left_out]
    items = tuple(_item(each, own, counted, terms, complete=complete) for each in terms.items)
    merit = merit_of(scores_of(items, dt.date.min), dt.date.min) if complete else None
    failed = tuple(each.item.item for each in items if each.passed is False)
    mark = terms.mark
    short = mark - merit if merit is not None and mark is not None and merit < mark else None
    verdict = Verdict.FAILED if failed or short else Verdict.PASSED
    return Result(
        verdict=verdict if complete else Verdict.OPEN,
        items=items,
        missing=missing,
        merit=merit,
        mark=mark,
        shortfall=short,
        failed=failed,
        left_out=left_out,
        clauses=terms.clauses,
    )


def _missing(
    terms: Terms, members: Sequence[str], sheets: Mapping[str, Sheet]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for expert in members:
        sheet = sheets.get(expert)
        lacking = sheet.missing(terms.items) if sheet else tuple(i.item for i in terms.items)
        if lacking:
            yield expert, lacking


def _left_out(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The experts with the highest and the lowest total; the first of the lot among equals."""
    if not sheets[0].points:
        return ()
    highest = max(sheets, key=lambda each: each.total)
    rest = [each for each in sheets if each is not highest]
    lowest = min(rest, key=lambda each: each.total)
    return highest.expert, lowest.expert


def _item(
    item: Item, own: Sequence[Sheet], counted: Sequence[Sheet], terms: Terms, *, complete: bool
) -> ItemResult:
    if item.full is None:
        voices = [each.votes[item.item] for each in own if item.item in each.votes]
        yes, no = sum(voices), len(voices) - sum(voices)
        passed = (no == 0 if terms.unanimous else yes > no) if complete else None
        return ItemResult(item, yes, no, passed)
    if not complete:
        return ItemResult(item)
    score = sum((each.points[item.item] for each in counted), Fraction(0))
    n = len(counted)
    return ItemResult(item, score=score, full=item.full * n, mean=score / n)


def scores_of(items: Iterable[ItemResult], day: dt.date, origin: str = "") -> tuple[Score, ...]:
    """The rows of a round's table ``scores`` that a result carries: nothing is rounded in them."""
    return tuple(
        Score(each.item.part, each.item.item, each.passed, each.score, each.full, day, origin)
        for each in items
    )
