"""What a reader of a transfer should know: what was left out, and what it does not cure."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.transfer import Measure
from dingdian.reports.grid import Cell, Row, Table
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.transfer.table import table


def tables(words: TransferWords) -> Iterator[Table]:
    """Odd things, then the institutions that were left out, on a sheet of their own."""
    rows = (Row((Cell(line),)) for line in sentences(words))
    yield table(words, "odd", ("what",), rows)
    if words.record.left_out:
        yield left_out(words)


def sentences(words: TransferWords) -> Iterator[str]:
    """Every odd thing in a sentence."""
    record = words.record
    yield _frozen(words)
    for name in dict.fromkeys(name for each in record.held_to for name in each.shelf):
        rule = record.rules[name]
        if rule.principle:
            clauses = words.join(list(rule.clauses))
            yield words.note("principle", rule=words.rule(name), clauses=clauses)
    for measure in record.goals_left_out:
        why = "no_targets"
        if measure is Measure.STRUCTURE:
            why = "structure_unknown" if record.left_out else "no_structure"
        yield words.note("goal_left_out", measure=words.goal(measure), why=words.note(why))
    for each in record.districts:
        if each.why:
            told = words.label(own.WHY, each.why)
            yield words.note("steady", district=words.scope(each.district), why=told)
    if record.left_out:
        yield words.note("left_out", n=words.count(len(record.left_out)))
    if record.unused:
        yield words.note("unused", levels=words.join([words.level(e) for e in record.unused]))
    if record.chairs:
        yield words.note("chairs", n=words.count(record.chairs))


def _frozen(words: TransferWords) -> str:
    frozen = words.record.frozen
    if frozen is None:
        return words.note("no_freeze")
    if frozen.base is None or frozen.stock is None:
        return words.note("frozen_unknown")
    kept = "frozen_kept" if frozen.stock <= frozen.base else "frozen_over"
    return words.note(kept, stock=words.count(frozen.stock), base=words.count(frozen.base))


def left_out(words: TransferWords) -> Table:
    """The institutions that are neither taken from nor counted, each with the reason."""
    rows = (
        Row(
            (
                Cell(each.code),
                Cell(each.name),
                Cell(words.scope(each.district) if each.district else "—"),
                Cell(words.label(own.UNKNOWN, each.why)),
            )
        )
        for each in words.record.left_out
    )
    return table(words, "left_out", ("code", "name", "district", "what"), rows)
