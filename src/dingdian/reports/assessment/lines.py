"""An assessment as lines of text: the whole, or one institution; and points of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, LineRecord
from dingdian.reports.assessment import ladder
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.frame import mark_words
from dingdian.reports.wording import Lang
from dingdian.reports.words import assessment as own


def assessment_lines(record: AssessmentRecord, lang: Lang) -> Iterator[str]:
    """The marks, the counts of each side, then everyone in the bottom with what may follow."""
    words = AssessmentWords(record, lang)
    yield from mark_words(words)
    for side in sorted({each.side for each in record.assessed}):
        yield _side(words, side)
    if record.unclear is not None:
        yield words.label(own.NOTES, "unclear", why=words.why(record.unclear))
    for each in record.assessed:
        if each.place is not None and each.place.bottom == "in":
            yield "  " + _one(words, each)
    yield words.label(own.NOTES, "never_automatic")


def _side(words: AssessmentWords, side: str) -> str:
    its = [each for each in words.record.assessed if each.side == side]
    scored = sum(each.score is not None and each.score.total is not None for each in its)
    places = Counter(str(each.place.bottom) for each in its if each.place)
    renewals = Counter(str(each.renewal) for each in its)
    counted = {
        "assessed": len(its),
        "scored": scored,
        "unscored": len(its) - scored,
        "inside": places["in"],
        "held": places["held"],
        "not_renewed": renewals["do_not_renew"],
        "undecided": renewals["undecided"],
    }
    told = [f"{words.label(own.COLUMNS, name)} {n}" for name, n in counted.items()]
    return f"{words.side(side)}{words.pick('：', ': ')}{words.join(told)}"


def _one(words: AssessmentWords, each: AssessedRecord) -> str:
    total = words.points(each.score.total) if each.score else "—"
    place = words.scope(each.district) if each.district else "—"
    steps = [
        f"{words.step(step.step)} {words.label(own.STEP_STATES, step.state)}"
        for step in each.steps
        if step.state != "later"
    ]
    return "  ".join(filter(None, (each.code, each.name, place, total, words.join(steps))))


def institution_lines(record: AssessmentRecord, code: str, lang: Lang) -> Iterator[str]:
    """One institution: every item, the score, grade, rank, steps and what follows.

    Raises:
        KeyError: it was not assessed.
    """
    words, each = AssessmentWords(record, lang), record.of(code)
    if each is None:
        raise KeyError(code)
    yield from mark_words(words)
    yield f"{each.code} {each.name}  {words.term('kind', each.kind)}"
    if each.score is not None:
        yield from ("  " + _line(words, each, line) for line in each.score.lines)
        yield "  " + _score(words, each)
    if each.why is not None:
        yield f"  {words.why(each.why)}"
    if each.place is not None:
        found = words.label(own.BOTTOMS, each.place.bottom)
        yield f"  {words.label(own.COLUMNS, 'bottom')}  {found}  {words.why(each.place.why)}"
    for step in each.steps:
        missing = words.pick("；", "; ").join(words.why(why) for why in step.missing)
        done = ladder.confirmed(words, step)
        state = words.label(own.STEP_STATES, step.state)
        yield "    " + "  ".join(filter(None, (words.step(step.step), state, missing, done)))
    yield from _follows(words, each)


def _line(words: AssessmentWords, each: AssessedRecord, line: LineRecord) -> str:
    points = f"{words.points(line.points)} / {words.points(line.full)}"
    before = ""
    if line.appealed:
        before = f"{words.label(own.COLUMNS, 'given')} {words.points(line.given)}"
    return "  ".join(
        filter(None, (words.item(line.item, each.side), points, before, words.why(line.why)))
    )


def _score(words: AssessmentWords, each: AssessedRecord) -> str:
    score = each.score
    told = [f"{words.label(own.COLUMNS, 'score')} {words.points(score.total if score else None)}"]
    if score is not None and score.before != score.total:
        told.append(f"{words.label(own.COLUMNS, 'before')} {words.points(score.before)}")
    told.append(f"{words.label(own.COLUMNS, 'grade')} {words.grade(each)}")
    told.append(f"{words.label(own.COLUMNS, 'deposit')} {words.share(each.deposit)}")
    return "  ".join(told)


def _follows(words: AssessmentWords, each: AssessedRecord) -> Iterator[str]:
    yield f"  {words.label(own.COLUMNS, 'renewal')}  {words.label(own.RENEWALS, each.renewal)}"
    for move in each.moves:
        of = words.of(move.move, move.of, each.side)
        basis = words.label(own.BASES, move.basis)
        missing = words.pick("；", "; ").join(words.why(why) for why in move.missing)
        told = (words.label(own.MOVES, move.move), basis, of, missing)
        yield "    → " + "  ".join(filter(None, told))
    for fault in each.faults:
        yield f"  ! {fault.where} {fault.kind}"
