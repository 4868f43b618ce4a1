"""Grounds: readings, documents, benchmarks, how each clause is carried out, data notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dingdian.core.census.faults import KINDS
from dingdian.core.digits import natural
from dingdian.core.quality import joined, told
from dingdian.core.record import QualityRecord, ReadingRecord
from dingdian.reports.annex.verdicts import plan_first
from dingdian.reports.causes import causes
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.quality import SEVERITIES
from dingdian.reports.wording import Words, grouped, not_submitted
from dingdian.reports.words import labels
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES


def tables(words: Words) -> Iterator[Table]:
    """The tables of grounds."""
    yield _coverage(words)
    if words.record.readings:
        yield _readings(words)
    yield documents(words)
    if words.record.benchmarks:
        yield _benchmarks(words)


#: How wide the columns of words are, in characters.
_WIDTHS = {"clause": 10, "place": 18, "text": 60, "carried_by": 40, "question": 44, "chosen": 30}
_WIDTHS |= {"options": 40, "why": 44, "by": 18, "clauses": 14, "moves": 26, "title": 46}
_WIDTHS |= {"number": 22, "issuer": 22, "standing": 14, "dated": 16, "valid": 34, "note": 40}
_WIDTHS |= {"source": 50, "certainty": 16, "denominator": 16, "measure": 44, "area": 40}
_WIDTHS |= {"reason": 80, "what": 60, "where": 36, "cure": 50}


def _columns(words: Words, *names: str) -> tuple[Column, ...]:
    return tuple(Column(words.label(COLUMNS, n), "", _WIDTHS.get(n, 12)) for n in names)


def _table(
    words: Words, id: str, columns: tuple[Column, ...], rows: Iterator[Row], *, sheet: str = ""
) -> Table:
    return Table(id, sheet or id, words.label(TITLES, id), columns, tuple(rows))


# -- clauses ----------------------------------------------------------------------


def _coverage(words: Words) -> Table:
    columns = _columns(words, "clause", "place", "text", "carried_by", "state")
    return _table(words, "coverage", columns, _clauses(words))


def _clauses(words: Words) -> Iterator[Row]:
    record = words.record
    for name in plan_first(words):
        clause = record.clauses[name]
        rules = {rule: each for rule, each in record.rules.items() if name in each.clauses}
        readings = [r for r, each in record.readings.items() if name in each.clauses]
        marks = [b for b, each in record.benchmarks.items() if name in each.clauses]
        carried = [words.rule(rule) for rule in rules]
        carried += [words.benchmark(each) for each in marks]
        if not carried:
            carried = [words.reading(each) for each in readings]
        if not carried:
            why = "no_rule" if clause.no_rule else "not_carried"
            reason = words.beside(clause.no_rule, clause.no_rule_en)
            carried = [words.label(NOTES, why, why=reason)]
        found = [f for f in record.findings if f.rule in rules]
        states = dict.fromkeys(words.state(f) for f in found)
        steps = sorted({rules[f.rule].step for f in found if rules[f.rule].step})
        told = [*states, *(words.label(NOTES, "step", step=step) for step in steps)]
        yield Row(
            (
                Cell(name),
                Cell(words.clause_place(clause)),
                Cell(words.name(clause)),
                Cell(words.pick("；", "; ").join(carried)),
                Cell(words.join(told)),
            ),
            anchor=f"clause-{name}",
        )


# -- readings ---------------------------------------------------------------------


def _readings(words: Words) -> Table:
    columns = _columns(words, "question", "chosen", "options", "why", "by", "clauses", "moves")
    rows = (_reading(words, id, words.record.readings[id]) for id in bearing_readings(words))
    return _table(words, "readings", columns, rows)


def bearing_readings(words: Words) -> Iterator[str]:
    """The readings that bear on this plan: a rule, number or finding of it rests on them.

    So do those that say that they move one, or the plan as a whole, and those still open; the
    shelf holds others, for rules that this place does not have.
    """
    record = words.record
    cited = {name for rule in record.rules.values() for name in rule.readings}
    cited |= {name for figure in record.figures.values() for name in figure.readings}
    cited |= {name for finding in record.findings for name in finding.readings}
    for name, reading in record.readings.items():
        moved = any(_moved(words, each) for each in reading.moves)
        if name in cited or moved or reading.chosen is None:
            yield name


def _reading(words: Words, id: str, reading: ReadingRecord) -> Row:
    options = reading.options
    chosen = words.name(options[reading.chosen]) if reading.chosen else words.label(NOTES, "open")
    if reading.number is not None:
        bounds = [natural(Fraction(n)) for n in (reading.low, reading.high) if n is not None]
        span = (
            f"{words.pick('（', ' (')}{'–'.join(bounds)}{words.pick('）', ')')}" if bounds else ""
        )
        chosen += f"{words.pick('：', ': ')}{grouped(natural(Fraction(reading.number)))}{span}"
    others = [words.name(each) for name, each in options.items() if name != reading.chosen]
    return Row(
        (
            Cell(words.name(reading)),
            Cell(chosen, tone="" if reading.chosen else "unclear"),
            Cell(words.pick("；", "; ").join(others)),
            Cell(words.beside(reading.why, reading.why_en)),
            Cell(f"{words.beside(reading.by, reading.by_en)} {words.day(reading.decided_on)}"),
            Cell(words.join(list(reading.clauses))),
            Cell(words.join([said for each in reading.moves if (said := _moved(words, each))])),
        ),
        anchor=f"reading-{id}",
    )


def _moved(words: Words, name: str) -> str:
    """The rule, measure or stage that a reading moves; empty where this place does not have it."""
    if name in labels.MOVED:
        return words.label(labels.MOVED, name)
    said = words.rule(name) if name in words.record.rules else words.measure(name)
    return "" if said == name else said


# -- documents and benchmarks -----------------------------------------------------


def documents(words: Words) -> Table:
    """Every document with its standing."""
    columns = _columns(
        words, "title", "number", "issuer", "rank", "standing", "dated", "valid", "note"
    )
    return _table(words, "documents", columns, _document_rows(words), sheet="sources")


def _document_rows(words: Words) -> Iterator[Row]:
    for each in words.record.documents.values():
        valid = words.label(
            NOTES, "through", since=words.day(each.since), through=words.day(each.through)
        )
        yield Row(
            (
                Cell(words.name(each)),
                Cell(words.beside(each.number, each.number_en)),
                Cell(words.beside(each.issuer, each.issuer_en)),
                Cell(words.label(labels.RANKS, each.rank)),
                Cell(words.label(labels.STANDINGS, each.standing), tone=_tone(each.standing)),
                Cell(words.day(each.dated)),
                Cell(valid),
                Cell(words.beside(each.note, each.note_en)),
            )
        )


def _tone(standing: str) -> str:
    return "" if standing == "issued" else "unclear"


def _benchmarks(words: Words) -> Table:
    columns = _columns(
        words, "title", "value", "unit", "year", "denominator", "source", "certainty"
    )
    return _table(words, "shelf_benchmarks", columns, _benchmark_rows(words), sheet="sources")


def _benchmark_rows(words: Words) -> Iterator[Row]:
    for each in words.record.benchmarks.values():
        yield Row(
            (
                Cell(words.name(each)),
                Cell(grouped(natural(Fraction(each.value)))),
                Cell(words.beside(each.unit, each.unit_en)),
                Cell(str(each.year) if each.year else "—"),
                Cell(words.beside(each.denominator, each.denominator_en)),
                Cell(words.beside(each.source, each.source_en)),
                Cell(words.label(labels.CERTAINTIES, each.mark)),
            )
        )


# -- data notes -------------------------------------------------------------------


def data_quality(words: Words) -> Table:
    """What the check of the ledger found, by kind and place: how often, and how to mend it."""
    columns = _columns(words, "severity", "what", "where", "count", "cure")
    rows = (
        Row(
            tuple(
                Cell(text)
                for text in (
                    SEVERITIES[each.severity].say(words.lang),
                    told(KINDS[each.kind].what, _cases(each), each.distinct, words.lang),
                    each.where,
                    str(each.count),
                    KINDS[each.kind].cure.say(
                        words.lang, **joined(_cases(each), each.distinct, words.lang)
                    ),
                )
            )
        )
        for each in words.record.quality
    )
    return _table(words, "data_quality", columns, rows, sheet="data_notes")


def _cases(group: QualityRecord) -> Sequence[Mapping[str, str]]:
    return group.cases or (group.details,)


def data_notes(words: Words, shown: tuple[str, ...]) -> Table:
    """The undefined figures among those shown, by measure and reason, with their areas."""
    groups: dict[tuple[str, str], list[str]] = {}
    for key in shown:
        figure = words.record.figures[key]
        if figure.value is None and not not_submitted(figure):
            why = words.pick("；", "; ").join(causes(words, key))
            areas = groups.setdefault((figure.measure, why), [])
            areas.append(words.scope(figure.scope))
    columns = _columns(words, "measure", "area", "reason")
    rows = (
        Row((Cell(words.measure(measure)), Cell(words.join(areas)), Cell(why)))
        for (measure, why), areas in groups.items()
    )
    return _table(words, "data_notes", columns, rows)
