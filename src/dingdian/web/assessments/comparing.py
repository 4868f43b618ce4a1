"""Two versions of the scores of a year: whose score, grade or place is another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.web.assessments import reading
from dingdian.web.assessments.models import Result


@dataclass(frozen=True, slots=True)
class Changed:
    """An institution whose result is another one; ``None``: it is not in that version.

    ``by``: how many points more the later version gives; empty where one of both is not known.
    ``items``: item, points before, points now, of those that differ.
    """

    name: str
    code: str
    before: reading.Row | None
    now: reading.Row | None
    by: str
    items: tuple[tuple[str, str, str], ...]


def changes(
    before: tuple[AssessmentWords, dict[str, Result]],
    now: tuple[AssessmentWords, dict[str, Result]],
) -> Iterator[Changed]:
    """Every institution whose score, items, grade, place or renewal differ, by code."""
    (words, old), (fresh, new) = before, now
    for code in sorted({*old, *new}):
        first, last = old.get(code), new.get(code)
        if first and last and _told(first) == _told(last):
            continue
        yield Changed(
            name=(last or first).name if (last or first) else code,  # type: ignore[union-attr]
            code=code,
            before=next(reading.rows(words, [first])) if first else None,
            now=next(reading.rows(fresh, [last])) if last else None,
            by=_by(first, last),
            items=tuple(_items(fresh, first, last)),
        )


def _told(each: Result) -> tuple[object, ...]:
    return _total(each), each.grade, each.bottom, each.renewal, _points(each)


def _total(each: Result | None) -> str | None:
    return (each.record["score"] or {}).get("total") if each else None


def _points(each: Result | None) -> dict[str, str | None]:
    lines = (each.record["score"] or {}).get("lines", ()) if each else ()
    return {line["item"]: line["points"] for line in lines}


def _by(first: Result | None, last: Result | None) -> str:
    before, now = _total(first), _total(last)
    if before is None or now is None:
        return ""
    more = Fraction(now) - Fraction(before)
    return f"{'+' if more > 0 else ''}{natural(more)}" if more else "0"


def _items(
    words: AssessmentWords, first: Result | None, last: Result | None
) -> Iterator[tuple[str, str, str]]:
    before, now = _points(first), _points(last)
    side = (last or first).side if (last or first) else ""  # type: ignore[union-attr]
    for item in dict.fromkeys((*before, *now)):
        if before.get(item) != now.get(item):
            old, new = words.points(before.get(item)), words.points(now.get(item))
            yield words.item(item, side), old, new
