"""From the record of an assessment to the results that its notices tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.entering import paper_of
from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, StepRecord
from dingdian.core.lifecycle.entry import Entry
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.assessment.tables import group_name
from dingdian.reports.frame import mark_words
from dingdian.reports.notices.assessment import AssessmentResult, ItemResult, StepResult


def results_of(
    record: AssessmentRecord, cases: Mapping[str, Iterable[Entry]]
) -> dict[int, AssessmentResult]:
    """The result of each entry that this assessment made, by the number of the entry.

    An entry of another assessment has none: it names the paper that it rests on.
    """
    words, paper = AssessmentWords(record), paper_of(record)
    found: dict[int, AssessmentResult] = {}
    for entries in cases.values():
        code = ""
        for each in entries:
            code = each.facts.get("institution", code)
            one = record.of(code) if each.move == "assess" and paper in each.documents else None
            if one is not None:
                found[each.seq] = _result(one, words)
    return found


def _result(each: AssessedRecord, words: AssessmentWords) -> AssessmentResult:
    group = next((g for g in words.record.groups if g.id == each.group), None)
    score = each.score
    low = each.place is not None and each.place.bottom is Bottom.IN
    sheet = words.record.sheets.get(each.side)
    rule = words.record.rules.get(sheet.rule) if sheet else None
    return AssessmentResult(
        year=words.record.year,
        score=words.points(score.total if score else None),
        grade=words.grade(each) if each.grade else "",
        deposit=words.share(each.deposit) if each.deposit is not None else "",
        items=tuple(
            ItemResult(
                words.item(line.item, each.side), words.points(line.points), words.points(line.full)
            )
            for line in (score.lines if score else ())
            if line.applies
        ),
        group=group_name(words, group) if group else "",
        size=group.size if group else 0,
        rank=(each.place.rank or 0) if low and each.place else 0,
        steps=tuple(made for step in each.steps if (made := _step(step, words)) is not None),
        clauses=rule.clauses if rule else (),
        marks=mark_words(words),
    )


def _step(step: StepRecord, words: AssessmentWords) -> StepResult | None:
    """A step that a person confirmed; ``None`` for any other."""
    if step.confirmed is None:
        return None
    return StepResult(
        text=words.step(step.step),
        clause=step.clause,
        heard_on=step.heard_on,
        confirmed_by=step.confirmed.by,
        confirmed_on=step.confirmed.on,
        minute=step.confirmed.minute,
    )
