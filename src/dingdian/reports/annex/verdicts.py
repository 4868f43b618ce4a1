"""Verdicts: red lines, benchmarks, structure, minimum presence, and every finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dingdian.core.record import FindingRecord
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.wording import Words
from dingdian.reports.words import labels
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES


def tables(words: Words) -> Iterator[Table]:
    """The tables of verdicts, those of one rule each by rule."""
    lines = of_family(words, "red_line")
    if lines:
        yield _red_lines(words, lines)
    for rule, found in by_rule(of_family(words, "benchmark")).items():
        if any(each.numbers for each in found):
            yield _benchmarks(words, rule, found)
    for rule, found in by_rule(of_family(words, "structure")).items():
        if any(each.numbers for each in found):
            yield _structure(words, rule, found)
    for rule, found in by_rule(of_family(words, "minimum")).items():
        if any(each.numbers for each in found):
            yield _minimums(words, rule, found)
    if words.record.findings:
        yield _findings(words)


def of_family(words: Words, family: str) -> list[FindingRecord]:
    """The findings of the rules of a family."""
    rules = words.record.rules
    return [f for f in words.record.findings if f.rule in rules and rules[f.rule].family == family]


def plan_first(words: Words) -> tuple[str, ...]:
    """The clauses of the place's own plan, then all others."""
    clauses, plan = words.record.clauses, words.record.place.plan
    return tuple(sorted(clauses, key=lambda name: clauses[name].document != plan))


def by_rule(findings: Sequence[FindingRecord]) -> dict[str, list[FindingRecord]]:
    """Findings by their rule, in order."""
    found: dict[str, list[FindingRecord]] = {}
    for each in findings:
        found.setdefault(each.rule, []).append(each)
    return found


def _heading(words: Words, name: str, width: int = 11, *, numeric: bool = False) -> Column:
    return Column(words.label(COLUMNS, name), "", width, numeric=numeric)


def _titled(words: Words, kind: str, rule: str) -> str:
    return words.label(TITLES, kind, rule=words.rule(rule))


# -- red lines --------------------------------------------------------------------


def _red_lines(words: Words, findings: Sequence[FindingRecord]) -> Table:
    cells = Cells(words)
    rows = [row for each in findings for row in _line_rows(cells, each)]
    columns = (
        _heading(words, "trigger", 34),
        _heading(words, "state", 10),
        _heading(words, "evidence", 20),
        _heading(words, "value", 16, numeric=True),
        _heading(words, "unit", 8),
        _heading(words, "decision", 40),
        _heading(words, "clauses", 16),
    )
    title = words.label(TITLES, "red_lines")
    note = words.label(NOTES, "principle")
    return Table("red_lines", "red_lines", title, columns, tuple(rows), cells.notes(note))


def _line_rows(cells: Cells, finding: FindingRecord) -> Iterator[Row]:
    """The line itself, or a trigger with one row for each of its numbers."""
    words = cells.words
    is_line = not _trigger(finding)
    name = words.rule(finding.rule) if is_line else _trigger_name(words, finding)
    note = words.why(finding.note) or words.why(finding.why)
    numbers: Sequence[tuple[str, str]] = finding.numbers or (("", ""),)
    for at, (role, key) in enumerate(numbers):
        figure = cells.record.figures.get(key)
        evidence = words.role(role) if role else ""
        yield Row(
            (
                Cell(name if at == 0 else ""),
                cells.state(finding) if at == 0 else Cell(),
                Cell(evidence),
                cells.number(key) if key else Cell(),
                Cell(words.unit(figure.unit) if figure and figure.unit != "share" else ""),
                Cell(note if at == 0 and (is_line or _decided(finding)) else ""),
                Cell(words.join(list(finding.clauses)) if at == 0 else ""),
            ),
            "group" if is_line else "",
        )


def _trigger(finding: FindingRecord) -> str:
    return finding.note.details.get("trigger", "") if finding.note else ""


def _decided(finding: FindingRecord) -> bool:
    return finding.note is not None and "decided_on" in finding.note.details


def _trigger_name(words: Words, finding: FindingRecord) -> str:
    return (
        words.term("trigger", _trigger(finding)) if _trigger(finding) else words.rule(finding.rule)
    )


# -- benchmarks -------------------------------------------------------------------


def _benchmarks(words: Words, rule: str, findings: Sequence[FindingRecord]) -> Table:
    """A row an area: the measure, then each benchmark with the excess and the verdict."""
    cells, figures = Cells(words), words.record.figures
    by_place: dict[str, dict[str, FindingRecord]] = {}
    measure = ""
    for each in findings:
        numbers = dict(each.numbers)
        if "benchmark" in numbers:
            name = figures[numbers["benchmark"]].measure.removeprefix("benchmark.")
            by_place.setdefault(each.scope, {})[name] = each
            measure = figures[numbers["measure"]].measure
    names = list(dict.fromkeys(name for found in by_place.values() for name in found))
    rows = [cells.row(scope, _against(cells, found, names)) for scope, found in by_place.items()]
    unit = (
        words.unit(words.record.measures[measure].unit) if measure in words.record.measures else ""
    )
    columns = [_heading(words, "area", 14), Column(words.measure(measure), unit, 14, numeric=True)]
    for name in names:
        columns += [
            Column(words.benchmark(name), unit, 13, numeric=True),
            _heading(words, "difference", 9, numeric=True),
            _heading(words, "state", 8),
        ]
    notes = [note for name in names if (note := benchmark_note(words, name))]
    return Table(
        f"benchmarks-{rule}",
        "benchmarks",
        _titled(words, "benchmarks", rule),
        tuple(columns),
        tuple(rows),
        cells.notes(*notes),
    )


def _against(cells: Cells, found: dict[str, FindingRecord], names: Sequence[str]) -> Iterator[Cell]:
    yield cells.number(dict(next(iter(found.values())).numbers)["measure"])
    for name in names:
        if name not in found:
            yield from (Cell("—"), Cell("—"), Cell("—"))
            continue
        numbers = dict(found[name].numbers)
        yield cells.number(numbers["benchmark"])
        yield cells.number(numbers.get("excess"))
        yield cells.state(found[name])


def benchmark_note(words: Words, name: str) -> str:
    """Year, denominator and source of a benchmark of the shelf; empty for the bureau's own."""
    found = words.record.benchmarks.get(name)
    if found is None:
        return ""
    year = words.label(NOTES, "year", year=found.year) if found.year else ""
    certainty = words.label(labels.CERTAINTIES, found.mark)
    source = words.beside(found.source, found.source_en)
    denominator = words.beside(found.denominator, found.denominator_en)
    return words.label(
        NOTES,
        "benchmark",
        title=words.name(found),
        year=year,
        denominator=words.label(NOTES, "per", denominator=denominator),
        source=f"{source}{words.pick('（', ' (')}{certainty}{words.pick('）', ')')}",
    )


# -- structure --------------------------------------------------------------------


def _structure(words: Words, rule: str, findings: Sequence[FindingRecord]) -> Table:
    cells, figures = Cells(words), words.record.figures
    parts = list(
        dict.fromkeys(
            role.removeprefix("share:")
            for each in findings
            for role, _ in each.numbers
            if role.startswith("share:")
        )
    )
    rows = []
    for each in findings:
        numbers = dict(each.numbers)
        shares = [figures[numbers[f"share:{part}"]] for part in parts]
        total = dict(shares[0].inputs).get("b")
        row = [cells.number(total)]
        for part, share in zip(parts, shares, strict=True):
            row.append(cells.number(dict(share.inputs).get("a")))
            row += [cells.number(numbers[f"{role}:{part}"]) for role in ("share", "target", "gap")]
        rows.append(cells.row(each.scope, [*row, cells.state(each)]))
    columns = [_heading(words, "area", 14), _heading(words, "total", 9, numeric=True)]
    for part in parts:
        columns.append(Column(words.short(part), words.unit("bed"), 9, numeric=True))
        columns += [_heading(words, role, 8, numeric=True) for role in ("share", "target", "gap")]
    return Table(
        f"structure-{rule}",
        "structure",
        _titled(words, "structure", rule),
        (*columns, _heading(words, "state", 8)),
        tuple(rows),
        cells.notes(),
    )


# -- minimum presence -------------------------------------------------------------


def _minimums(words: Words, rule: str, findings: Sequence[FindingRecord]) -> Table:
    cells = Cells(words)
    roles = ("units", "units_short", "shortage")
    rows = [
        cells.row(
            each.scope,
            [
                *(cells.number(dict(each.numbers).get(role)) for role in roles),
                cells.state(each),
                Cell(words.why(each.note)),
            ],
        )
        for each in findings
    ]
    return Table(
        f"minimums-{rule}",
        "minimums",
        _titled(words, "minimums", rule),
        (
            _heading(words, "area", 14),
            *(_heading(words, role, 12, numeric=True) for role in roles),
            _heading(words, "state", 10),
            _heading(words, "note", 30),
        ),
        tuple(rows),
        cells.notes(),
    )


# -- all findings -----------------------------------------------------------------


def _findings(words: Words) -> Table:
    cells = Cells(words)
    order = {name: at for at, name in enumerate(plan_first(words))}
    last = len(order)
    found = sorted(
        words.record.findings,
        key=lambda f: min((order.get(clause, last) for clause in f.clauses), default=last),
    )
    return Table(
        "findings",
        "findings",
        words.label(TITLES, "findings"),
        (
            _heading(words, "clauses", 12),
            _heading(words, "rule", 30),
            _heading(words, "area", 12),
            _heading(words, "state", 10),
            _heading(words, "numbers", 50),
            _heading(words, "note", 40),
            _heading(words, "principle", 8),
        ),
        tuple(_finding(cells, each) for each in found),
        (words.label(NOTES, "principle"),),
        heads=2,
    )


def number_label(words: Words, role: str, key: str) -> str:
    """What a number of a finding is called: a benchmark by its own name, with its excess."""
    figure = words.record.figures[key]
    if role == "excess" and figure.formula == "difference":
        return words.label(COLUMNS, "difference")
    if role != "benchmark":
        return words.role(role)
    return words.benchmark(words.record.figures[key].measure.removeprefix("benchmark."))


def _finding(cells: Cells, finding: FindingRecord) -> Row:
    words = cells.words
    said = [words.why(finding.note), words.why(finding.why)]
    if finding.step:
        said.append(words.label(NOTES, "step", step=finding.step))
    parts = tuple((number_label(words, role, key), key) for role, key in finding.numbers)
    return Row(
        (
            Cell(words.join(list(finding.clauses))),
            Cell(words.rule(finding.rule)),
            cells.scope(finding.scope),
            cells.state(finding),
            Cell(parts=parts),
            Cell(words.pick("；", "; ").join(dict.fromkeys(each for each in said if each))),
            Cell(words.label(NOTES, "yes") if finding.principle else ""),
        )
    )
