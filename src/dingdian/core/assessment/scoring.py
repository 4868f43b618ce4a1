"""The score of one institution: its items, parts and total, exact, with what is missing.

A score is (points / full points of the items that apply) x 100 in each part, weighed over the
parts that apply, plus bonus. An item without points leaves its part and the score undefined: a
missing score is never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dingdian.core.assessment.subjects import Subject
from dingdian.core.assessment.workbook import Appeal, Own, Vote
from dingdian.core.rules.score_sheet import Sheet, SheetItem, SheetPart, Source
from dingdian.core.workings import Reason, reason

HUNDRED = Fraction(100)
#: Sources whose points come from results of a hundred.
BY_RESULT = frozenset({Source.SURVEY, Source.THIRD_PARTY})


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one institution.

    ``given``: points as they were given; ``points``: as they count, after an appeal and within
    what the item may lose at most; both ``None`` where ``why`` says so. ``applies`` is ``None``
    where it is not known whether the item applies. ``open_appeal``: one is not decided yet.
    """

    item: str
    part: SheetPart
    full: Fraction
    source: Source
    service: str
    applies: bool | None
    given: Fraction | None
    points: Fraction | None
    appealed: bool = False
    open_appeal: bool = False
    why: Reason | None = None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part: its weight among the parts that apply, points and full points of its items.

    ``points`` is ``None`` while one of its items is not known.
    """

    part: SheetPart
    weight: Fraction
    points: Fraction | None
    full: Fraction


@dataclass(frozen=True, slots=True)
class ServiceScore:
    """The items of one service type: their share of full points, ``None`` while unknown."""

    service: str
    share: Fraction | None
    closes: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one institution.

    ``before`` is the total without appeals, ``total`` the one that counts; both are ``None`` where
    ``why`` says so. ``missing`` names the items without points. ``votes``: one-vote findings that
    stand; ``lowest``: one of them gives the lowest grade whatever the points.
    """

    lines: tuple[Line, ...]
    parts: tuple[PartScore, ...]
    services: tuple[ServiceScore, ...]
    bonus: Fraction
    before: Fraction | None
    total: Fraction | None
    missing: tuple[str, ...]
    votes: tuple[str, ...]
    lowest: bool
    why: Reason | None

    @property
    def appealed(self) -> bool:
        """Whether an appeal changed points."""
        return any(line.appealed for line in self.lines)

    @property
    def open_appeal(self) -> bool:
        """Whether an appeal is not decided."""
        return any(line.open_appeal for line in self.lines)


def score_of(
    subject: Subject, sheet: Sheet, own: Own, *, day: dt.date, looked: bool = True
) -> Score:
    """The score on ``day``; ``looked``: whether anybody looked for one-vote findings.

    What was decided or found after ``day`` does not count yet.
    """
    lines = tuple(_line(subject, item, own, day) for item in sheet.items)
    parts = tuple(_parts(sheet, lines))
    bonus = _bonus(sheet, own)
    missing = tuple(
        line.item for line in lines if line.applies is not False and line.points is None
    )
    votes = standing_votes(own.votes, day)
    consequence = {each.item: each.consequence for each in sheet.one_vote}
    counted = tuple(item for item in votes if item in consequence)
    zero = any(consequence[item] == "zero" for item in counted)
    total, why = _total(parts, bonus, missing, zero=zero, looked=looked)
    before = total
    if any(line.appealed for line in lines):
        as_given = tuple(_parts(sheet, tuple(map(_unappealed, lines, sheet.items))))
        before, _ = _total(as_given, bonus, missing, zero=zero, looked=looked)
    return Score(
        lines=lines,
        parts=parts,
        services=tuple(_services(sheet, lines)),
        bonus=bonus,
        before=before,
        total=total,
        missing=missing,
        votes=counted,
        lowest=any(consequence[item] == "lowest_grade" for item in counted),
        why=why,
    )


def standing_votes(votes: Iterable[Vote], day: dt.date) -> tuple[str, ...]:
    """The items of the findings that stand on ``day``; one without a day stands."""
    return tuple(
        dict.fromkeys(
            vote.item
            for vote in votes
            if (vote.found_on or day) <= day
            and (vote.withdrawn_on is None or vote.withdrawn_on > day)
        )
    )


def applies_to(item: SheetItem, subject: Subject) -> bool | None:
    """Whether an item applies; ``None`` where kind, level or service of the institution is open."""
    asked: list[bool | None] = []
    if item.kinds:
        asked.append(subject.kind in item.kinds if subject.kind else None)
    if item.levels:
        level = subject.attributes.get("level")
        asked.append(None if level is None else level in item.levels)
    if item.service:
        asked.append(subject.services.get(item.service))
    if False in asked:
        return False
    return None if None in asked else True


def _line(subject: Subject, item: SheetItem, own: Own, day: dt.date) -> Line:
    applies = applies_to(item, subject)
    line = Line(item.item, item.part, item.full, item.source, item.service, applies, None, None)
    if applies is not True:
        unsure = None if applies is False else reason("item_may_apply", item=item.item)
        return replace(line, why=unsure)
    given, why, origin = _given(item, own)
    if given is None:
        return replace(line, why=why, origins=origin)
    points, appeals = given, [each for each in own.appeals if each.item == item.item]
    decided = _decided(appeals, day)
    if decided is not None and decided.new_points is not None:
        points = decided.new_points
    open_ = any(each.decided_on is None or each.decided_on > day for each in appeals)
    return replace(
        line,
        given=given,
        points=_counted(item, points),
        appealed=points != given,
        open_appeal=open_,
        origins=(*origin, *(each.origin for each in appeals)),
    )


def _given(item: SheetItem, own: Own) -> tuple[Fraction | None, Reason | None, tuple[str, ...]]:
    """The points of an item: as scored, else from a result of a hundred."""
    scored = own.given.get(item.item)
    if scored is not None:
        why = None if scored.points is not None else reason("points_unknown")
        return scored.points, why, (scored.origin,)
    found = own.surveyed.get(item.item) if item.source in BY_RESULT else None
    if found is None:
        return None, reason("not_scored"), ()
    origin = (found.origin,)
    if found.result is None:
        return None, reason("points_unknown"), origin
    if item.at_least_answers is not None:
        if found.answers is None:
            return None, reason("answers_unknown", at_least=item.at_least_answers), origin
        if found.answers < item.at_least_answers:
            details = {"answers": found.answers, "at_least": item.at_least_answers}
            return None, reason("answers_too_few", **details), origin
    return item.full * found.result / HUNDRED, None, origin


def _decided(appeals: Sequence[Appeal], day: dt.date) -> Appeal | None:
    """The appeal that was decided last up to ``day``."""
    done = [each for each in appeals if each.decided_on is not None and each.decided_on <= day]
    return max(done, key=lambda each: (each.decided_on or dt.date.min, each.origin), default=None)


def _counted(item: SheetItem, points: Fraction) -> Fraction:
    return max(points, item.least)


def _unappealed(line: Line, item: SheetItem) -> Line:
    if line.given is None:
        return line
    return replace(line, points=_counted(item, line.given))


def _parts(sheet: Sheet, lines: Sequence[Line]) -> Iterator[PartScore]:
    """The parts that apply; their weights are scaled so that they sum to 1."""
    its = {
        part: [line for line in lines if line.part is part and line.applies is not False]
        for part in sheet.parts
    }
    whole = sum((sheet.parts[part] for part, found in its.items() if found), Fraction(0))
    for part, found in its.items():
        if found and whole:
            known = [line.points for line in found if line.points is not None]
            yield PartScore(
                part,
                sheet.parts[part] / whole,
                sum(known, Fraction(0)) if len(known) == len(found) else None,
                sum((line.full for line in found), Fraction(0)),
            )


def _bonus(sheet: Sheet, own: Own) -> Fraction:
    """Bonus that was given, each up to its own full points, together up to the cap."""
    added = Fraction(0)
    for each in sheet.bonus:
        found = own.given.get(each.item)
        added += min(found.points or Fraction(0), each.full) if found else Fraction(0)
    return min(added, sheet.bonus_cap)


def _total(
    parts: Sequence[PartScore],
    bonus: Fraction,
    missing: Sequence[str],
    *,
    zero: bool,
    looked: bool,
) -> tuple[Fraction | None, Reason | None]:
    if zero:
        return Fraction(0), None
    if not parts:
        return None, reason("no_item_applies")
    if missing:
        return None, reason("scores_missing", items=", ".join(missing), n=len(missing))
    if not looked:
        return None, reason("one_vote_unknown")
    base = sum((each.weight * (each.points or 0) / each.full for each in parts), Fraction(0))
    return base * HUNDRED + bonus, None


def _services(sheet: Sheet, lines: Sequence[Line]) -> Iterator[ServiceScore]:
    """Service types that have items of their own, where the sheet sets a floor for them."""
    if sheet.service_floor is None:
        return
    its: dict[str, list[Line]] = {}
    for line in lines:
        if line.service and line.applies:
            its.setdefault(line.service, []).append(line)
    for service, found in its.items():
        known = [line.points for line in found if line.points is not None]
        share = None
        if len(known) == len(found):
            share = sum(known, Fraction(0)) / sum((each.full for each in found), Fraction(0))
        yield ServiceScore(service, share, share is not None and share < sheet.service_floor)
