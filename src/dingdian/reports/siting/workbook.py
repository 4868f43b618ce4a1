"""siting.xlsx: a choice of sites as a workbook: overview, chosen, others, districts, unserved."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

import numpy as np
import xlsxwriter

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.gather_candidates import Candidate
from dingdian.reports.sites.words import metres
from dingdian.reports.siting.text import siting_lines
from dingdian.reports.siting.words import CLOSED, SitingSpeech, speech_of

FILE = "siting.xlsx"
#: So many localities without anybody are listed, those of most people first.
LISTED = 1_000_000

Row = Sequence[str | float | int | None]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_SHEETS = {
    "zh": ("概览", "选出的地点", "未选的候选", "各区县前后", "未覆盖居民点"),
    "en": ("overview", "chosen", "not chosen", "districts", "unserved"),
}
_CHOSEN = {
    "zh": ("序号", "编号", "名称", "区县", "区划", "经度", "纬度", "间距", "新覆盖人口", "只靠它的人口", "成为最近一家的人口", "新覆盖居民点", "分到的人口"),
    "en": ("number", "id", "name", "district", "region", "longitude", "latitude", "spacing", "newly reached", "by it alone", "nearest of", "localities newly reached", "people going there"),
}  # fmt: skip
_OTHERS = {
    "zh": ("编号", "名称", "区县", "经度", "纬度", "可否选", "间距", "过近的机构（米）"),
    "en": ("id", "name", "district", "longitude", "latitude", "open", "spacing", "too near (m)"),
}
_DISTRICTS = {
    "zh": ("区域", "人口", "已覆盖", "选址后覆盖", "新增", "覆盖率", "选址后覆盖率", "圈内两家及以上", "选址后两家及以上", "新增家数", "名额"),
    "en": ("area", "people", "reached", "reached then", "more", "share", "share then", "reached twice", "twice then", "new ones", "at most"),
}  # fmt: skip
_UNSERVED = {
    "zh": ("居民点", "名称", "区县", "区划", "人口", "选址后", "选址后最近一家（米）", "候选可及"),
    "en": ("locality", "name", "district", "region", "people", "then", "nearest then (m)", "a candidate reaches it"),
}  # fmt: skip
_WORDS = {
    "zh": {"open": "可选", "reached": "已覆盖", "not": "仍未覆盖", "yes": "是", "no": "否"},
    "en": {"open": "open", "reached": "reached", "not": "not reached", "yes": "yes", "no": "no"},
}


def siting_workbook(
    report: SitingReport, lang: str, *, result: str, seconds: float | None
) -> bytes:
    """The workbook; the same answer gives the same bytes."""
    speech = speech_of(report, lang)
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, _OPTIONS)
    created = dt.datetime.combine(report.desk.basis.day, dt.time(), dt.UTC).replace(tzinfo=None)
    book.set_properties({"created": created, "comments": f"result {result}"})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True})
    names = _SHEETS[lang]
    lines = siting_lines(report, lang, result=result, seconds=seconds)
    overview = book.add_worksheet(names[0])
    overview.set_column(0, 0, 120)
    _fill(overview, bold, (), ([line] for line in lines))
    _fill(book.add_worksheet(names[1]), bold, _CHOSEN[lang], _chosen(report, speech))
    _fill(book.add_worksheet(names[2]), bold, _OTHERS[lang], _others(report, speech))
    _fill(book.add_worksheet(names[3]), bold, _DISTRICTS[lang], _districts(report, speech))
    _fill(book.add_worksheet(names[4]), bold, _UNSERVED[lang], _unserved(report, speech))
    book.close()
    return memory.getvalue()


def _fill(sheet: Any, bold: Any, heads: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table; text is always written as text, never as a formula or a link."""
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    if heads:
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 15)
    for number, row in enumerate(rows, 1 if heads else 0):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 else float(value)


def _share(part: Fraction, whole: Fraction) -> float | None:
    return round(float(part / whole), 6) if whole else None


def _place(each: Candidate) -> tuple[float | None, float | None]:
    site = each.site
    return (None, None) if site is None else (round(site.lon, 6), round(site.lat, 6))


def _district(each: Candidate, speech: SitingSpeech) -> str:
    return speech.region(each.site.district) if each.site else ""


def _chosen(report: SitingReport, speech: SitingSpeech) -> Iterator[Row]:
    pairs = zip(report.sites, report.effect.each, strict=True)
    for at, (each, brings) in enumerate(pairs, 1):
        yield (
            at,
            each.id,
            each.name,
            _district(each, speech),
            speech.region(each.region),
            *_place(each),
            speech.verdict(each.verdict),
            _number(brings.newly),
            _number(brings.alone),
            _number(brings.nearest),
            len(brings.codes),
            report.allotted[at - 1] if report.allotted else None,
        )


def _others(report: SitingReport, speech: SitingSpeech) -> Iterator[Row]:
    """The candidates that were not chosen, those that are closed first, with the reason."""
    chosen = set(report.chosen)
    rows = [(row, each) for row, each in enumerate(report.candidates.all) if row not in chosen]
    for _, each in sorted(rows, key=lambda pair: (pair[1].closed is None, pair[0])):
        closed = each.closed
        yield (
            each.id,
            each.name,
            _district(each, speech),
            *_place(each),
            speech.pick(CLOSED[closed]) if closed else _WORDS[speech.lang]["open"],
            "" if each.site is None else speech.verdict(each.verdict),
            speech.join(f"{code} {metres(distance)}" for code, distance in each.blockers),
        )


def _districts(report: SitingReport, speech: SitingSpeech) -> Iterator[Row]:
    limits = {report.effect.scopes[0].scope: report.question.places, **report.question.quotas}
    for each in report.effect.scopes:
        yield (
            speech.region(each.scope),
            _number(each.people),
            _number(each.before),
            _number(each.after),
            _number(each.after - each.before),
            _share(each.before, each.people),
            _share(each.after, each.people),
            _number(each.twice_before),
            _number(each.twice_after),
            each.sites,
            limits.get(each.scope),
        )


def _unserved(report: SitingReport, speech: SitingSpeech) -> Iterator[Row]:
    """The localities that nobody reached before, those of most people first."""
    demand, effect, census = report.demand, report.effect, report.desk.census
    words, lost = _WORDS[speech.lang], set(report.lost.tolist())
    rows = np.flatnonzero((demand.people > 0) & (demand.times == 0))
    rows = rows[np.lexsort((rows, -demand.people[rows]))][:LISTED]
    code, name, region = (census.column("localities", c) for c in ("code", "name", "region"))
    for row in rows.tolist():
        at, far = str(region.cell(row) or ""), int(effect.nearest_mm[row])
        yield (
            str(code.cell(row) or ""),
            str(name.cell(row) or ""),
            speech.region(census.tree.county_of(at) or ""),
            speech.region(at),
            int(demand.people[row]),
            words["reached" if effect.after[row] else "not"],
            None if far < 0 else far / 1000,
            words["no" if row in lost else "yes"],
        )
