"""Advice that a plan takes along: who might stay, where the next might go, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.digits import natural, rounded
from dingdian.core.record import AdviceGoal, AdviceRecord
from dingdian.core.solving import Ending
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words import answers

_WIDTHS = {"advice": 24, "subject": 26, "goal": 42, "proof": 20, "status": 30, "bound": 16}
_NUMBERS = frozenset({"proposed", "value", "bound", "gap"})


def tables(words: Words) -> Iterator[Table]:
    """One table of all goals; none where the plan takes no advice along."""
    advice = words.record.advice
    if not advice:
        return
    notes = [words.say(answers.ADVICE)]
    if any(each.ending == Ending.HALTED for each in advice):
        notes.append(words.say(answers.CLOCK))
    files = dict.fromkeys((each.file, each.sha256) for each in advice)
    notes.extend(f"{file}  SHA-256 {digest}" for file, digest in files)
    yield Table(
        "advice",
        "advice",
        words.say(answers.TITLE),
        tuple(
            Column(
                words.label(answers.COLUMNS, name),
                "",
                _WIDTHS.get(name, 12),
                numeric=name in _NUMBERS,
            )
            for name in answers.COLUMNS
        ),
        tuple(row for each in advice for row in _rows(words, each)),
        tuple(notes),
        heads=2,
    )


def lines(words: Words) -> Iterator[str]:
    """One line for each answer that a plan takes along: about what, what is known of it, where."""
    for each in words.record.advice:
        known = [words.label(answers.STATUSES, each.status)]
        if each.status == answers.MEASURED:
            known = [" ".join(_goal(words, goal)[:2]) for goal in each.goals]
        if each.proposed is not None:
            count = grouped(str(each.proposed))
            known.insert(0, words.label(answers.PROPOSED, each.kind, n=count))
        if each.ending == Ending.HALTED:
            known.append(words.label(answers.ENDINGS, each.ending))
        kind, subject = words.label(answers.KINDS, each.kind), words.name(each.subject)
        head = words.pick(f"{kind}（{subject}）：", f"Advice, {kind} ({subject}): ")
        told = words.pick("；", "; ").join(known)
        yield head + told + words.pick(f"（{each.file}）", f" ({each.file})")


def _rows(words: Words, advice: AdviceRecord) -> Iterator[Row]:
    """One row a goal; one alone where no goal was reached."""
    for goal in advice.goals or (None,):
        known = answers.of_goal(advice.status, goal.value, goal.bound) if goal else advice.status
        yield Row(
            tuple(
                Cell(text)
                for text in (
                    words.label(answers.KINDS, advice.kind),
                    words.name(advice.subject),
                    "—" if advice.proposed is None else grouped(str(advice.proposed)),
                    *_goal(words, goal),
                    words.label(answers.STATUSES, known),
                )
            )
        )


def _goal(words: Words, goal: AdviceGoal | None) -> tuple[str, ...]:
    if goal is None:
        return ("—",) * 5
    unit = words.name(goal.unit) if goal.unit else ""
    name = words.name(goal) + (words.pick(f"（{unit}）", f" ({unit})") if unit else "")
    gap = "—" if goal.gap is None else rounded(Fraction(goal.gap) * 100, 2) + "%"
    proof = words.label(answers.PROOFS, goal.proof)
    return name, _number(goal.value), _number(goal.bound), gap, proof


def _number(exact: str | None) -> str:
    if exact is None:
        return "—"
    number = Fraction(exact)
    return grouped(natural(number) if 1000 % number.denominator == 0 else rounded(number, 2))
