"""The first sheet of a transfer: what came out, by which goals, under which rules and limits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.digits import rounded
from dingdian.core.transfer import Measure
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.transfer.table import table
from dingdian.reports.words import answers


def tables(words: TransferWords) -> Iterator[Table]:
    """Overview, then clash where there is one, goals, rules, levels, fewer moves."""
    record = words.record
    yield summary(words)
    if record.clash is not None:
        yield clash(words)
    yield goals(words)
    yield held_to(words)
    if record.levels:
        yield levels(words)
    if record.steps:
        yield steps(words)


def summary(words: TransferWords) -> Table:
    """One row a fact."""
    rows = (Row((Cell(words.label(own.ITEMS, name)), Cell(text))) for name, text in facts(words))
    notes = (words.say(own.ADVICE), words.note("minimums"), words.note("growth"))
    return table(words, "overview", ("item", "value"), rows, notes=notes)


def facts(words: TransferWords) -> Iterator[tuple[str, str]]:
    """The facts of a transfer: identifier and words."""
    record, asked = words.record, words.record.asked
    yield "status", words.label(answers.STATUSES, record.status)
    yield "ending", words.label(answers.ENDINGS, record.ending)
    total = sum(each.before for each in record.cells)
    yield "total", words.count(total)
    for name in (Measure.MOVED, Measure.LEAVING):
        found = record.measures[name].after
        part = words.share(Fraction(found, total)) if found is not None and total else ""
        told = words.count(found) + (words.pick(f"（{part}）", f" ({part})") if part else "")
        yield name, told
    yield "target", target(words)
    yield "order", words.pick(" → ", " → ").join(words.goal(each.measure) for each in record.goals)
    yield "alike", words.label(own.ALIKE, asked.alike)
    sizes = (f"{words.level(level)} {words.count(n)}" for level, n in asked.minimum.items())
    yield "minimum", words.listed(sizes)
    yield "growth", words.growth()
    yield "first", words.listed(words.label(own.FIRST, each) for each in asked.first)
    yield "nodes", words.count(asked.nodes)
    if asked.seconds is not None:
        yield "seconds", f"{asked.seconds:g}"
    spent = record.effort
    nodes, steps_ = words.count(spent.nodes), words.count(spent.steps)
    yield "effort", words.note("effort", nodes=nodes, steps=steps_)
    prints = record.fingerprints
    yield from (("census", prints.census), ("policy", prints.shelf), ("result", prints.result))
    yield "engine", record.engine


def target(words: TransferWords) -> str:
    """What districts are held against."""
    record = words.record
    told = words.label(own.TARGETS, record.target.kind)
    if record.target.benchmark:
        told += words.pick("：", ": ") + words.benchmark(record.target.benchmark)
    numbers = sorted({Fraction(e.per_1000) for e in record.districts if e.per_1000 is not None})
    if not numbers:
        return told
    ends = [rounded(number, 2) for number in dict.fromkeys((numbers[0], numbers[-1]))]
    return told + words.pick("，", ", ") + "–".join(ends)


def goals(words: TransferWords) -> Table:
    """Every goal with its value before and after, the bound and the gap."""
    names = ("measure", "before", "after", "bound", "gap", "proof", "clauses")
    rows = (
        Row(
            (
                Cell(words.goal(each.measure)),
                Cell(words.count(words.record.measures[each.measure].before)),
                Cell(words.count(each.value)),
                Cell(words.count(each.bound)),
                Cell(words.share(None if each.gap is None else Fraction(each.gap))),
                Cell(words.label(answers.PROOFS, each.proof)),
                Cell(words.join(list(each.clauses))),
            )
        )
        for each in words.record.goals
    )
    return table(words, "goals", names, rows, sheet="overview", notes=(words.note("bound"),))


def held_to(words: TransferWords) -> Table:
    """Every rule that a transfer had to keep."""
    rows = (
        Row(
            (
                Cell(words.held(each)),
                Cell(words.join([words.rule(name) for name in each.shelf])),
                Cell(words.join(list(each.clauses))),
            )
        )
        for each in words.record.held_to
    )
    return table(words, "held_to", ("rule", "shelf", "clauses"), rows, sheet="overview")


def clash(words: TransferWords) -> Table:
    """The rules that clash, each with its clauses and how near the others let it come."""
    found = words.record.clash
    named = {each.rule: each for each in words.record.held_to}
    rows = []
    for rule in found.rules if found else ():
        each, measure = named[rule], rule.measure
        least = found.reached.get(measure) if found and measure else None
        rows.append(
            Row(
                (
                    Cell(words.held(each), tone="broken"),
                    Cell(words.count(least) if measure else ""),
                    Cell(words.join([words.rule(name) for name in each.shelf])),
                    Cell(words.join(list(each.clauses))),
                )
            )
        )
    notes = [words.note("clash")]
    notes.append(words.note("smallest" if found and found.smallest else "not_smallest"))
    names = ("rule", "reached", "shelf", "clauses")
    return table(words, "clash", names, rows, sheet="overview", notes=notes)


def levels(words: TransferWords) -> Table:
    """The beds of each level before and after, as shares of all of them."""
    names = (
        *("scope", "level", "share", "before", "share_before", "after", "share_after"),
        *("lacks_before", "lacks_after"),
    )
    rows = []
    for each in words.record.levels:
        before, after = words.shares(each)
        texts = (
            words.scope(each.scope),
            words.level(each.level),
            words.share(Fraction(each.share), places=0),
            words.count(each.before),
            words.share(before),
            words.count(each.after),
            words.share(after),
            words.count(each.lacks_before),
            words.count(each.lacks_after),
        )
        rows.append(Row(tuple(map(Cell, texts))))
    return table(words, "levels", names, rows, sheet="overview")


def steps(words: TransferWords) -> Table:
    """How far one comes with a part of the moves."""
    record = words.record
    shown = [each.measure for each in record.goals]
    heads = [Column(words.goal(measure), "", 14, numeric=True) for measure in shown]
    first = table(words, "steps", ("most", "proved"), (), sheet="overview").columns
    rows = tuple(
        Row(
            (
                Cell(words.count(each.most)),
                Cell(words.note("yes" if each.proved else "no")),
                *(Cell(words.count(each.after.get(measure))) for measure in shown),
            )
        )
        for each in record.steps
    )
    title = words.label(own.TITLES, "steps")
    return Table("steps", "overview", title, (*first, *heads), rows)
