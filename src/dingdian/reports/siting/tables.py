"""The tables of a choice of sites: its workbook starts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.gather_candidates import Candidate
from dingdian.reports.annex.grounds import documents
from dingdian.reports.cited import clause_row, reading_row
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.sites.words import metres
from dingdian.reports.siting import headings, text
from dingdian.reports.siting.frame import FrameWords
from dingdian.reports.siting.plan import number_of
from dingdian.reports.siting.words import (
    CLOSED,
    PROOFS,
    SHEET,
    SitingSpeech,
    people,
    percent,
    share,
    whole,
)

#: So many localities without anybody are listed, those of most people first; the map has them all.
LISTED = 5_000


def all_tables(
    report: SitingReport,
    speech: SitingSpeech,
    words: FrameWords,
    *,
    result: str,
    seconds: float | None,
) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    yield _lines(speech, "asked", text.question_lines(report, speech))
    yield _goals(report, speech)
    yield _lines(speech, "found", text.result_lines(report, speech, seconds))
    prints = {"census": report.desk.basis.census, "shelf": report.desk.basis.shelf}
    basis = _lines(speech, "basis", text.basis_lines(report, speech, result))
    yield replace(basis, notes=(speech.tell("prints", result=result, **prints),))
    yield _chosen(report, speech)
    yield _others(report, speech)
    yield _districts(report, speech)
    yield _unserved(report, speech)
    yield from _sources(report, speech, words)


def _table(
    speech: SitingSpeech,
    id: str,
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    sheet: str = "",
    notes: Iterable[str] = (),
) -> Table:
    heads = [headings.COLUMNS[name] for name in names]
    columns = tuple(
        Column(
            speech.pick(each.title),
            speech.pick(each.unit) if each.unit else "",
            each.width,
            numeric=each.numeric,
        )
        for each in heads
    )
    title = speech.pick(headings.TITLES[id])
    return Table(id, sheet or id, title, columns, tuple(rows), tuple(notes))


def _row(*texts: str, kind: str = "") -> Row:
    return Row(tuple(map(Cell, texts)), kind)


def _lines(speech: SitingSpeech, id: str, lines: Iterable[str]) -> Table:
    """Sentences, one a row."""
    rows = (_row(line.strip()) for line in lines)
    return _table(speech, id, ("line",), rows, sheet="summary")


def _goals(report: SitingReport, speech: SitingSpeech) -> Table:
    rows = (
        _row(
            speech.goal(goal, report),
            "—" if goal.value is None else f"{goal.value:,}",
            "—" if goal.bound is None else f"{goal.bound:,}",
            speech.unit(goal),
            "—" if goal.gap is None else percent(goal.gap),
            speech.pick(PROOFS[goal.proof]),
        )
        for goal in report.goals
    )
    names = ("goal", "value", "bound", "unit", "gap", "proof")
    notes = [speech.pick(headings.NOTES["goals"])]
    return _table(speech, "goals", names, rows, sheet="summary", notes=notes)


def _place(each: Candidate) -> tuple[str, str]:
    site = each.site
    return ("—", "—") if site is None else (f"{site.lon:.6f}", f"{site.lat:.6f}")


def _district(each: Candidate, speech: SitingSpeech) -> str:
    return speech.region(each.site.district) if each.site else "—"


def _chosen(report: SitingReport, speech: SitingSpeech) -> Table:
    names = ("rank", "id", "name", "district", "region", "lon", "lat", "spacing", "newly")
    names = (*names, "alone", "nearest", "localities", *(("allotted",) if report.allotted else ()))
    pairs = zip(report.sites, report.effect.each, strict=True)
    rows = (
        _row(
            str(at + 1),
            each.id,
            each.name,
            _district(each, speech),
            speech.region(each.region),
            *_place(each),
            speech.verdict(each.verdict),
            *map(people, (brings.newly, brings.alone, brings.nearest)),
            f"{len(brings.codes):,}",
            *((f"{report.allotted[at]:,}",) if report.allotted else ()),
        )
        for at, (each, brings) in enumerate(pairs)
    )
    by = report.demand.circle.by
    ways = f"ways_{by}" if by else "ways"
    notes = (ways, "circles") if report.allotted else (ways,)
    told = [speech.tell("advice"), *(speech.pick(headings.NOTES[name]) for name in notes)]
    return _table(speech, "chosen", names, rows, notes=told)


def _others(report: SitingReport, speech: SitingSpeech) -> Table:
    """The candidates that were not chosen, those that are closed first, with the reason."""
    chosen = set(report.chosen)
    found = [(row, each) for row, each in enumerate(report.candidates.all) if row not in chosen]
    rows = (
        _row(
            each.id,
            each.name,
            _district(each, speech),
            *_place(each),
            speech.pick(CLOSED[each.closed]) if each.closed else speech.pick(SHEET["open"]),
            "" if each.site is None else speech.verdict(each.verdict),
            speech.join(f"{code} {metres(distance)}" for code, distance in each.blockers),
        )
        for _, each in sorted(found, key=lambda pair: (pair[1].closed is None, pair[0]))
    )
    names = ("id", "name", "district", "lon", "lat", "open", "spacing", "near")
    return _table(speech, "others", names, rows)


def _districts(report: SitingReport, speech: SitingSpeech) -> Table:
    names = ["area", "people", "before", "after", "more", "share", "share_then"]
    names += ["twice", "twice_then", "sites", "most"]
    scopes, plan = report.effect.scopes, report.places
    limits = {scopes[0].scope: report.question.places, **report.question.quotas}
    stocks = plan.by_stock if plan else {}
    planned = headings.COLUMNS["planned"]

    def numbers(scope: str) -> Iterator[str]:
        most = limits.get(scope)
        yield "—" if most is None else f"{most:,}"
        if plan:
            yield from (number_of(plan, its.get(scope), speech) for its in stocks.values())

    rows = (
        _row(
            speech.region(each.scope),
            *map(people, (each.people, each.before, each.after, each.after - each.before)),
            share(each.before, each.people),
            share(each.after, each.people),
            *map(people, (each.twice_before, each.twice_after)),
            f"{each.sites:,}",
            *numbers(each.scope),
            kind="" if at else "whole",
        )
        for at, each in enumerate(scopes)
    )
    notes = [speech.pick(headings.NOTES["plan"])] if stocks else []
    made = _table(speech, "districts", names, rows, notes=notes)
    unit = speech.pick(planned.unit) if planned.unit else ""
    more = tuple(
        Column(
            f"{speech.pick(planned.title)} {speech.stock(stock)}", unit, planned.width, numeric=True
        )
        for stock in stocks
    )
    return replace(made, columns=(*made.columns, *more))


def _unserved(report: SitingReport, speech: SitingSpeech) -> Table:
    """The localities that nobody reached before, those of most people first."""
    demand, effect, census = report.demand, report.effect, report.desk.census
    lost = set(report.lost.tolist())
    rows = np.flatnonzero((demand.people > 0) & (demand.times == 0))
    rows = rows[np.lexsort((rows, -demand.people[rows]))]
    code, name, region = (census.column("localities", c) for c in ("code", "name", "region"))

    def told(row: int) -> Row:
        at, far = str(region.cell(row) or ""), int(effect.nearest_mm[row])
        return _row(
            str(code.cell(row) or ""),
            str(name.cell(row) or ""),
            speech.region(census.tree.county_of(at) or ""),
            speech.region(at),
            people(Fraction(int(demand.people[row]))),
            speech.pick(SHEET["reached" if effect.after[row] else "not"]),
            whole(None if far < 0 else far),
            speech.pick(SHEET["no" if row in lost else "yes"]),
        )

    names = ("locality", "name", "district", "region", "people", "then", "distance", "reachable")
    more = len(rows) - LISTED
    notes = [speech.pick(headings.NOTES["listed"], n=f"{more:,}")] if more > 0 else []
    return _table(speech, "unserved", names, map(told, rows[:LISTED].tolist()), notes=notes)


def _sources(report: SitingReport, speech: SitingSpeech, words: FrameWords) -> Iterator[Table]:
    """The readings and clauses that circle, spacing and places rest on, and the documents."""
    rules = [each.rule for each in report.desk.rules]
    plan = report.places
    planned = [rule for stock in plan.by_stock for rule in plan.rules(stock)] if plan else []
    cited = [*report.demand.drawn.rule.rule.clauses, *(c for each in rules for c in each.clauses)]
    cited += [clause for rule in planned for clause in words.record.rules[rule].clauses]
    names = [*report.demand.readings, *(name for each in rules for name in each.readings)]
    rows = (reading_row(words, name) for name in dict.fromkeys(names))
    columns = ("question", "chosen", "why", "by", "clauses")
    yield _table(speech, "readings", columns, rows, sheet="sources")
    rows = (clause_row(words, name) for name in dict.fromkeys(cited))
    columns = ("clause", "document", "place", "text", "standing")
    yield _table(speech, "clauses", columns, rows, sheet="sources")
    yield replace(documents(words), sheet="documents")
