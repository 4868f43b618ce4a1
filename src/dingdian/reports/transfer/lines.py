"""A transfer of beds as lines of text: what a terminal shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.transfer import Measure
from dingdian.core.transfer_record import LevelRecord
from dingdian.reports.frame import mark_words
from dingdian.reports.transfer import odd
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.overview import target
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.words import answers

#: So many moves are shown.
MOVES_SHOWN = 10


def transfer_lines(words: TransferWords) -> Iterator[str]:
    """Marks, what came out, goals, levels and districts before and after, the largest moves."""
    record = words.record
    yield from mark_words(words)
    yield words.title()
    yield words.say(own.ADVICE)
    status = words.label(answers.STATUSES, record.status)
    if record.ending != "proof":
        status += words.pick("；", "; ") + words.label(answers.ENDINGS, record.ending)
    yield f"{words.label(own.ITEMS, 'status')}{words.pick('：', ': ')}{status}"
    if record.clash is not None:
        yield from _clash(words)
    yield from _goals(words)
    yield from _levels(words)
    yield from _districts(words)
    yield from _moves(words)
    yield from _steps(words)
    yield _head(words, "odd")
    yield from (f"  {line}" for line in odd.sentences(words))


def _head(words: TransferWords, note: str) -> str:
    return words.note(note) + words.pick("：", ":")


def _clash(words: TransferWords) -> Iterator[str]:
    found, named = words.record.clash, {each.rule: each for each in words.record.held_to}
    if found is None:
        return
    yield _head(words, "clash_head")
    for rule in found.rules:
        each, measure = named[rule], rule.measure
        least = found.reached.get(measure) if measure else None
        told = [words.held(each), words.join(list(each.clauses))]
        if least is not None:
            told.append(words.note("least_reached", n=words.count(least)))
        yield "  " + "  ".join(filter(None, told))
    yield f"  {words.note('smallest' if found.smallest else 'not_smallest')}"
    yield f"  {words.note('clash')}"


def _goals(words: TransferWords) -> Iterator[str]:
    for number, each in enumerate(words.record.goals, 1):
        before = words.count(words.record.measures[each.measure].before)
        told = f"  {number}. {words.goal(each.measure)}  {before} → {words.count(each.value)}"
        if each.value is not None and each.gap != "0":
            gap = words.share(None if each.gap is None else Fraction(each.gap))
            bound = words.count(each.bound)
            told += words.pick(f"（下界{bound}，差距{gap}）", f" (bound {bound}, gap {gap})")
        yield told + "".join(f"  {clause}" for clause in each.clauses)


def _levels(words: TransferWords) -> Iterator[str]:
    record = words.record
    if not record.levels:
        return
    yield _head(words, "levels")
    for scope in dict.fromkeys(each.scope for each in record.levels):
        parts = (_level(words, each) for each in record.levels if each.scope == scope)
        yield f"  {words.scope(scope)}  " + words.pick("；", "; ").join(parts)


def _level(words: TransferWords, each: LevelRecord) -> str:
    before, after = words.shares(each)
    wanted = words.note("should_be", share=words.share(Fraction(each.share), places=0))
    return f"{words.level(each.level)} {words.share(before)} → {words.share(after)}{wanted}"


def _districts(words: TransferWords) -> Iterator[str]:
    yield words.note("districts") + words.pick("：", ": ") + target(words)
    for each in words.record.districts:
        beds = f"{words.count(each.before)} → {words.count(each.after)}"
        wanted = words.label(own.WHY, each.why) if each.why else words.count(each.target)
        yield f"  {words.scope(each.district)}  {beds}  {wanted}"


def _moves(words: TransferWords) -> Iterator[str]:
    moves = words.record.moves
    if not moves:
        yield from filter(None, [words.nothing()])
        return
    yield _head(words, "moves_head")
    shown = sorted(moves, key=lambda each: (-each.beds, each.start, each.end))[:MOVES_SHOWN]
    for each in shown:
        yield f"  {words.cell(each.start)} → {words.cell(each.end)}  {words.count(each.beds)}"
    if len(moves) > len(shown):
        yield "  " + words.note("more", n=words.count(len(moves) - len(shown)))


def _steps(words: TransferWords) -> Iterator[str]:
    record = words.record
    if not record.steps:
        return
    yield _head(words, "steps_head")
    skip = (Measure.MOVED, Measure.LEAVING)
    shown = [each.measure for each in record.goals if each.measure not in skip]
    for each in record.steps:
        told = [words.note("step", most=words.count(each.most))]
        told += [f"{words.goal(m)} {words.count(each.after.get(m))}" for m in shown]
        yield "  " + words.pick("；", "; ").join(told)
