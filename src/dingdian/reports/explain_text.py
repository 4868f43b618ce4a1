"""A derivation as a tree of lines, in Chinese or English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.actions.explain_figure import Derivation, LedgerRow, LedgerRows
from dingdian.core.census import TABLES, Field, Test
from dingdian.core.census.near import read_condition
from dingdian.core.digits import natural
from dingdian.core.formulas import FORMULAS
from dingdian.core.record import ConditionRecord, FigureRecord, Record, SelectionRecord
from dingdian.reports.wording import MONEY, Lang, Words, grouped
from dingdian.reports.words import labels, phrases
from dingdian.reports.words.headings import NOTES


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tree and those below it."""

    text: str
    below: tuple[Line, ...] = ()


def explain_text(record: Record, derivation: Derivation, lang: Lang = "zh") -> str:
    """The derivation as plain text, one line each, drawn as a tree."""
    root = derivation_lines(Words(record, lang), derivation)
    return "\n".join([root.text, *_draw(root.below, "")]) + "\n"


def _draw(lines: Iterable[Line], indent: str) -> Iterator[str]:
    every = list(lines)
    for at, line in enumerate(every, 1):
        last = at == len(every)
        yield f"{indent}{'└─ ' if last else '├─ '}{line.text}"
        yield from _draw(line.below, indent + ("   " if last else "│  "))


def derivation_lines(words: Words, derivation: Derivation) -> Line:
    """A figure with everything that it rests on, as lines.

    The text of a clause and the ground of a reading are told once, at their first place.
    """
    return _figure(words, derivation, "", set())


def _figure(words: Words, derivation: Derivation, role: str, told: set[str]) -> Line:
    figure, equals = derivation.figure, words.pick(" ＝ ", " = ")
    names = [words.role(role)] if role else []
    names += [words.figure_name(derivation.key), words.quantity(figure)]
    text = f"{equals.join(names)}  [{derivation.key}]"
    if derivation.repeated:
        return Line(text + words.say(phrases.EXPLAIN["repeated"]))
    below = [
        *_reason(words, figure),
        *_formula(words, figure),
        *(Line(each) for each in detail_lines(words, figure)),
        *_judged(words, derivation, told),
        *_ledger(words, figure.selection, derivation.rows),
        *(_once(clause_line(words, each), each, words, told) for each in figure.clauses),
        *(_once(reading_line(words, each), each, words, told) for each in figure.readings),
        *(_figure(words, each, as_role, told) for as_role, each in derivation.inputs),
    ]
    return Line(text, tuple(below))


def _judged(words: Words, derivation: Derivation, told: set[str]) -> Iterator[Line]:
    """What a rule judged before it applied the figure, and the numbers it weighed."""
    lines = because_lines(words, derivation.figure)
    if lines:
        grounds = (_figure(words, each, "", told) for each in derivation.grounds)
        yield Line(lines[0], (*map(Line, lines[1:]), *grounds))


def because_lines(words: Words, figure: FigureRecord) -> list[str]:
    """What a rule says of a figure that it applied, then a line for each comparison."""
    if figure.because is None:
        return []
    said, name = phrases.EXPLAIN, {True: "yes", False: "no", None: "unknown"}
    says = words.pick("；", "; ").join(words.why(each) for each in figure.because.says)
    return [
        words.say(said["judged"], says=says),
        *(
            words.say(
                said["weighed"],
                left=words.figure_name(each.left),
                of_left=words.quantity_of(each.left),
                sign=phrases.SIGNS.get(each.comparison, each.comparison),
                right=words.figure_name(each.right),
                of_right=words.quantity_of(each.right),
                holds=words.say(phrases.HOLDS[name[each.holds]]),
            )
            for each in figure.because.compared
        ),
    ]


def _once(line: Line, id: str, words: Words, told: set[str]) -> Line:
    """The line where it is met first; afterwards only its name."""
    if id not in told:
        told.add(id)
        return line
    name = words.reading(id) if id in words.record.readings else id
    kind = "reading_again" if id in words.record.readings else "clause_again"
    return Line(words.say(phrases.EXPLAIN[kind], name=name))


def _reason(words: Words, figure: FigureRecord) -> Iterator[Line]:
    if figure.why is not None:
        yield Line(words.say(phrases.EXPLAIN["why"], why=words.why(figure.why)))


def _formula(words: Words, figure: FigureRecord) -> Iterator[Line]:
    formula = FORMULAS.get(figure.formula)
    if formula is None:
        return
    if formula.many:
        yield Line(words.say(phrases.EXPLAIN["formula"], text=many_formula(words, figure)))
        return
    filled = filled_formula(words, figure)
    yield Line(words.say(phrases.EXPLAIN["filled"], text=formula.text, filled=filled))


def many_formula(words: Words, figure: FigureRecord) -> str:
    """A formula of any number of inputs, in words and as it is written."""
    text = FORMULAS[figure.formula].text
    named = words.label(phrases.MANY, figure.formula) if figure.formula in phrases.MANY else ""
    said = f"{named}{words.pick('：', ': ')}{_numbers(words, figure) or text}" if named else text
    return said


#: A formula of any number of inputs that is written out with its numbers, and what joins them.
_JOINS = {"sum": " + ", "minimum": ", ", "maximum": ", "}
_WRITTEN_OUT = 12


def _numbers(words: Words, figure: FigureRecord) -> str:
    """The numbers of a sum or of the least or greatest; empty where there are too many."""
    keys = [key for _, key in figure.inputs]
    if figure.formula not in _JOINS or not 0 < len(keys) <= _WRITTEN_OUT:
        return ""
    found = [in_formula(words, words.record.figures[key]) for key in keys]
    return _JOINS[figure.formula].join(found)


def filled_formula(words: Words, figure: FigureRecord) -> str:
    """The formula of a figure with its numbers in the place of the roles."""
    figures = words.record.figures
    numbers = {role: in_formula(words, figures[key]) for role, key in figure.inputs}
    numbers |= {role: grouped(natural(Fraction(n))) for role, n in figure.constants}
    return re.sub(r"[A-Za-zρ]+", lambda m: numbers.get(m[0], m[0]), FORMULAS[figure.formula].text)


def in_formula(words: Words, figure: FigureRecord) -> str:
    """A number inside a computation: money with its unit, for it is not shown in yuan."""
    return words.quantity(figure) if figure.unit == MONEY else words.number(figure)


def detail_lines(words: Words, figure: FigureRecord) -> Iterator[str]:
    """What a reader must know to name a figure: its year, its source, its denominator."""
    for name, text in figure.detail.items():
        if text:
            called, told = words.label(phrases.DETAILS, name), _told(words, figure, name)
            yield words.say(phrases.EXPLAIN["detail"], name=called, text=told)


def _told(words: Words, figure: FigureRecord, name: str) -> str:
    text = figure.detail[name]
    shelf = words.record.benchmarks.get(figure.measure.removeprefix("benchmark."))
    if shelf and name in ("denominator", "source") and text == getattr(shelf, name):
        return words.beside(text, getattr(shelf, f"{name}_en"))
    if name == "mark":
        return words.label(labels.CERTAINTIES, text)
    if name == "given_by":
        return words.label(phrases.GIVEN_BY, text)
    if name == "boundary":
        return words.label(phrases.BOUNDARIES, text)
    if name == "binds":
        return words.join([words.label(NOTES, f"binds_{each}") for each in text.split("+")])
    return words.scope(text) if name == "region" else text


def _ledger(
    words: Words, selection: SelectionRecord | None, rows: LedgerRows | None
) -> Iterator[Line]:
    if selection is None:
        return
    said = phrases.EXPLAIN
    below: list[Line] = []
    if selection.total:
        field = TABLES[selection.table][selection.total]
        below.append(Line(words.say(said["total"], column=words.pick(field.zh, field.en))))
    if rows is not None:
        counted = said["rows_unsure"] if rows.unsure else said["rows"]
        told = [
            Line(
                words.say(
                    said["row"],
                    row=row_name(words, selection.table, r),
                    value=_value(words, r.value),
                    origin=origin_text(words, r.origin),
                )
            )
            for r in rows.first
        ]
        if rows.count > len(told):
            told.append(Line(words.say(said["more_rows"], n=rows.count - len(told))))
        told += _doubtful(words, selection.table, rows)
        below.append(Line(words.say(counted, n=rows.count, unsure=rows.unsure), tuple(told)))
    table = words.table(selection.table)
    conditions = words.pick("；", "; ").join(
        condition_text(words, selection.table, each) for each in selection.where
    )
    phrase = said["ledger"] if conditions else said["ledger_all"]
    yield Line(words.say(phrase, table=table, conditions=conditions), tuple(below))


def _doubtful(words: Words, table: str, rows: LedgerRows) -> Iterator[Line]:
    """The first rows that may count, each with the column that would have to be filled."""
    said = phrases.EXPLAIN
    for each in rows.doubtful:
        column = _name(words, table, each.unknown) if each.unknown else words.say(said["unplaced"])
        yield Line(
            words.say(
                said["doubtful"],
                code=each.code,
                name=each.name,
                column=column,
                origin=origin_text(words, each.origin),
            )
        )
    if rows.doubtful and rows.unsure > len(rows.doubtful):
        yield Line(words.say(said["more_doubtful"], n=rows.unsure - len(rows.doubtful)))


def _value(words: Words, value: str) -> str:
    return f"{words.pick('：', ': ')}{grouped(value)}" if value else ""


def row_name(words: Words, table: str, row: LedgerRow) -> str:
    """What heads a row of the ledger: its code, a term in words (a fund), and its name."""
    names = {field.name for field in TABLES[table]}
    key = "institution" if "institution" in names else TABLES[table].key[0]
    code = _word(words, _field(table, key), row.code)
    return f"{code} {row.name}" if row.name and row.name != code else code


def origin_text(words: Words, origin: str) -> str:
    """Where a row stands: file, sheet and, in words, the number of the row."""
    place, _, number = origin.rpartition(" ")
    return f"{place} {words.pick(f'第{number}行', f'row {number}')}" if number.isdigit() else origin


def condition_text(words: Words, table: str, condition: ConditionRecord) -> str:
    """A condition on the ledger in words."""
    field = _field(table, condition.column)
    named = words.pick(field.zh, field.en) if field else condition.column
    test = condition.test
    spoken = [_word(words, field, each) for each in condition.words]
    if test is Test.WITHIN:
        spoken = [words.scope(each) for each in condition.words]
    if test is Test.ANY_OPEN:
        day, *flags = condition.words
        names = [_name(words, table, condition.column + each) for each in flags]
        return words.label(labels.TESTS, test, day=day, words=words.join(names))
    if test is Test.DESIGNATED:
        day, *standings = condition.words
        spoken = [words.term("standing", each) for each in standings]
        return words.label(labels.TESTS, test, day=day, words=words.join(spoken))
    if test in (Test.NEAR, Test.FEWER):
        return _circle_text(words, condition)
    if test is Test.STANDS:
        named = words.join([_name(words, table, each) for each in condition.column.split("..")])
    return words.label(labels.TESTS, test, column=named, words=words.join(spoken))


def _circle_text(words: Words, condition: ConditionRecord) -> str:
    """A condition on how many institutions stand within a circle, in words."""
    circle, threshold = read_condition(condition.column, condition.words)
    kind = words.label(labels.SERVING, circle.kind)
    if circle.service:
        service = words.term("service", circle.service)
        kind = words.label(labels.SERVING, "serving", kind=kind, service=service)
    by_class = [part.split("=") for part in threshold.split() if "=" in part]
    told = [
        words.label(labels.SERVING, "by_density", n=n, density=words.term("density", density))
        for density, n in by_class
    ]
    return words.label(
        labels.TESTS,
        condition.test,
        n=words.join(told) or words.label(labels.SERVING, threshold),
        metres=grouped(natural(Fraction(circle.radius_mm, 1000))),
        rim=words.label(labels.RIMS, condition.words[2].replace(" ", "_")),
        day=words.day(dt.date.fromisoformat(circle.day)),
        column=kind,
        words=words.join([words.term("standing", each) for each in circle.standings]),
    )


#: Columns that hold identifiers of the program -> how these are said.
_IDENTIFIERS: Mapping[str, Callable[[Words, str], str]] = {
    "resource": Words.resource,
    "measure": Words.measure,
    "benchmark": Words.benchmark,
}


def _word(words: Words, field: Field | None, word: str) -> str:
    if field is None:
        return word
    if field.choice:
        return words.term(field.choice, word)
    if field.refers == "regions.code" or word in words.record.scopes:
        return words.scope(word)
    return _IDENTIFIERS[field.name](words, word) if field.name in _IDENTIFIERS else word


def _name(words: Words, table: str, column: str) -> str:
    field = _field(table, column)
    return words.pick(field.zh, field.en) if field else column


def _field(table: str, column: str) -> Field | None:
    """The field of a column, also through a reference (``institution.kind``)."""
    schema = TABLES[table]
    if "." in column.rstrip("."):
        reference, _, column = column.partition(".")
        if reference not in {field.name for field in schema}:
            return None
        schema = TABLES[schema[reference].refers.split(".")[0]]
    return next((field for field in schema if field.name == column), None)


def clause_line(words: Words, clause: str) -> Line:
    """A clause with its text and the standing of its document."""
    found = words.record.clauses.get(clause)
    if found is None:
        return Line(clause)
    said = phrases.EXPLAIN
    at = words.clause_place(found)
    text = words.say(said["clause"], id=clause, at=at, text=words.name(found))
    document = words.record.documents.get(found.document)
    if document is None:
        return Line(text)
    standing = words.label(labels.STANDINGS, document.standing)
    return Line(
        text, (Line(words.say(said["document"], title=words.name(document), standing=standing)),)
    )


def reading_line(words: Words, reading: str) -> Line:
    """A reading: the question, the option chosen and why."""
    found = words.record.readings.get(reading)
    if found is None:
        return Line(reading)
    said, below = phrases.EXPLAIN, []
    if found.number is not None:
        low, high = (n or found.number for n in (found.low, found.high))
        numbers = {
            name: natural(Fraction(n))
            for name, n in (("number", found.number), ("low", low), ("high", high))
        }
        below.append(Line(words.say(said["reading_number"], **numbers)))
    day = words.day(found.decided_on)
    why, by = words.beside(found.why, found.why_en), words.beside(found.by, found.by_en)
    below.append(Line(words.say(said["because"], why=why, by=by, day=day)))
    if found.chosen is None:
        return Line(words.say(said["reading_open"], question=words.name(found)), tuple(below))
    option = words.name(found.options[found.chosen])
    text = words.say(said["reading"], question=words.name(found), option=option)
    return Line(text, tuple(below))
