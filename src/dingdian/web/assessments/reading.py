"""A version as pages show it: the words of its record, its groups, the readings that chose them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from dingdian.core.admission.record import FaultRecord
from dingdian.core.assessment.closeness import Limit
from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, GroupRecord
from dingdian.core.digits import natural
from dingdian.core.faults import KINDS
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.assessment.tables import TONES, group_name
from dingdian.reports.wording import grouped
from dingdian.reports.words import assessment as own
from dingdian.web.assessments.models import Result, Version
from dingdian.web.bureau import lang

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Tone of the reports -> tag of the pages.
TAGS = {"broken": "bad", "unclear": "warn", "noted": "info"}


def words_of(version: Version, results: Iterable[Result] = ()) -> AssessmentWords:
    """The words of a version, its record holding no institutions but those of ``results``."""
    assessed = [each.record for each in results]
    record = AssessmentRecord.model_validate({**version.head, "assessed": assessed})
    return AssessmentWords(record, lang())


def limit_of(version: Version, group: str) -> Limit:
    """Where a group is parted."""
    both = version.limits.get(group, (None, None))
    return Limit(*(None if each is None else Fraction(each) for each in both))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the bottom by rank: how it is parted, and who of it one may see.

    ``gap``: points between the two sides, ``None`` where one of them has no known score.
    """

    record: GroupRecord
    name: str
    highest_in: str
    lowest_out: str
    gap: str
    inside: tuple[Result, ...]
    held: tuple[Result, ...]


def groups(version: Version, words: AssessmentWords, rows: QuerySet[Result]) -> Iterator[Group]:
    """Every group, with those of ``rows`` that are in its bottom or whose rank is open."""
    found: dict[tuple[str, bool], list[Result]] = {}
    for each in rows.filter(bottom__in=("in", "held", "unclear")).order_by("points", "code"):
        found.setdefault((each.group, each.bottom == "in"), []).append(each)
    for group in words.record.groups:
        limit = limit_of(version, group.id)
        yield Group(
            group,
            group_name(words, group),
            points(limit.highest_in),
            points(limit.lowest_out),
            points(limit.gap),
            tuple(found.get((group.id, True), ())),
            tuple(found.get((group.id, False), ())),
        )


def points(exact: Fraction | None) -> str:
    """Points as they are shown, all their decimals; — where they are not known."""
    return "—" if exact is None else grouped(natural(exact))


def ladder_rules(words: AssessmentWords) -> list[tuple[str, str, tuple[str, ...]]]:
    """The rules on the bottom by rank: title, note, clauses."""
    return [
        (words.name(each), words.pick(each.note, each.note_en or each.note), each.clauses)
        for each in words.record.rules.values()
        if each.family == "bottom_rank"
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading in words, with the option that it chose and its number."""

    name: str
    question: str
    chosen: str
    why: str
    by: str
    decided_on: dt.date


def readings(words: AssessmentWords) -> Iterator[Reading]:
    """The readings that chose the bottom."""
    for name, each in words.record.readings.items():
        if not name.startswith("bottom_rank"):
            continue
        option = each.options.get(each.chosen or "")
        said = words.name(option) if option else "—"
        if each.number is not None:
            said = f"{said} · number = {each.number}"
        why, by = words.pick(each.why, each.why_en or each.why), words.pick(each.by, each.by_en)
        yield Reading(name, words.name(each), said, why, by, each.decided_on)


@dataclass(frozen=True, slots=True)
class Row:
    """A result in words."""

    row: Result
    district: str
    kind: str
    total: str
    grade: str
    bottom: str
    tag: str
    margin: str
    renewal: str
    deposit: str
    votes: str


def rows(words: AssessmentWords, results: Iterable[Result]) -> Iterator[Row]:
    """Results as lines of a list."""
    for each in results:
        record = each.record
        score = record["score"] or {}
        sheet = words.record.sheets.get(each.side)
        grade = sheet.grades.get(each.grade) if sheet else None
        yield Row(
            row=each,
            district=words.scope(each.district) if each.district else "—",
            kind=words.term("kind", each.kind),
            total=words.points(score.get("total")),
            grade=words.name(grade) if grade else each.grade or "—",
            bottom=words.label(own.BOTTOMS, each.bottom) if each.bottom else "—",
            tag=TAGS.get(TONES.get(each.bottom, ""), ""),
            margin=parts(each.margin),
            renewal=words.label(own.RENEWALS, each.renewal),
            deposit=words.share(record["deposit"]),
            votes=words.join([words.item(vote, each.side) for vote in score.get("votes", ())]),
        )


def parts(cut: int | None) -> str:
    """A number of ten-thousandths, to two decimals; — where it is not known."""
    return "—" if cut is None else f"{cut / 10_000:,.2f}"


def told(words: AssessmentWords, faults: Iterable[FaultRecord]) -> Iterator[tuple[str, str, str]]:
    """What was odd about the rows of an institution: where, what, what to do."""
    for each in faults:
        kind = KINDS[each.kind]
        said = kind.what.say(words.lang, **each.details), kind.cure.say(words.lang, **each.details)
        yield each.where, *said


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score: what it weighs, its points, and what they give of the total."""

    name: str
    weight: str
    points: str
    full: str
    gives: str


def parts_of(words: AssessmentWords, record: AssessedRecord) -> Iterator[Part]:
    """The parts of a score: points over full points, times a hundred, times the weight."""
    for each in record.score.parts if record.score else ():
        full, weight = Fraction(each.full), Fraction(each.weight)
        known = each.points is not None and full
        gives = weight * 100 * Fraction(each.points or 0) / full if known else None
        yield Part(
            words.label(own.PARTS, each.part),
            words.share(each.weight),
            words.points(each.points),
            words.points(each.full),
            words.points(None if gives is None else str(gives)),
        )
