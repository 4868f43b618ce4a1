"""The answers to a round as a workbook: one row an applicant, then who blocks whom."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from dingdian.actions.check_round import Applicant, RoundReport
from dingdian.core.errors import Severity
from dingdian.core.faults import KINDS
from dingdian.core.spacing.verdict import Neighbour, Verdict
from dingdian.reports.sites.text import round_lines
from dingdian.reports.sites.words import Speech

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

Row = Sequence[str | float | int | None]

_HEADS = {
    "zh": ("申请编号", "名称", "机构类别", "区县", "服务类型", "排序", "原坐标X", "原坐标Y", "坐标系", "结论", "阻挡机构", "最近距离（米）", "可开通的服务", "原因", "规则", "条款", "口径", "可能相冲突的有错申请"),
    "en": ("application id", "name", "kind", "district", "services", "rank", "stated x", "stated y", "coordinate system", "verdict", "who blocks", "nearest of them (m)", "services not stopped", "why", "rule", "clauses", "readings", "faulty applicants that may conflict"),
}  # fmt: skip
_NEAR_HEADS = {
    "zh": ("申请编号", "规则", "作用", "机构编号", "名称", "距离（米）", "坐标计算（米）", "两点误差之和（米）", "服务类型", "状态", "区县", "同批申请", "实测记录"),
    "en": ("application id", "rule", "effect", "code", "name", "distance (m)", "by coordinates (m)", "both errors (m)", "services", "standing", "district", "of this round", "surveys"),
}  # fmt: skip
_PAIR_HEADS = {
    "zh": ("规则", "申请甲", "申请乙", "距离（米）", "服务类型", "作用", "受限方"),
    "en": ("rule", "first", "second", "distance (m)", "services", "effect", "who is bound"),
}
_FAULT_HEADS = {
    "zh": ("文件", "行", "列", "问题", "改法", "该行作答"),
    "en": ("file", "row", "column", "fault", "cure", "row answered"),
}
_ANSWERED = {"zh": ("否", "是"), "en": ("no", "yes")}
_SHEETS = {
    "zh": ("结论", "近旁机构", "申请之间", "有错的行", "说明"),
    "en": ("verdicts", "nearby", "pairs", "rows with faults", "notes"),
}


def round_workbook(report: RoundReport, lang: str) -> bytes:
    """The workbook; the same answers give the same bytes."""
    speech = Speech(lang, report.basis.policy, report.names)
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, _OPTIONS)
    created = dt.datetime.combine(report.basis.day, dt.time(), dt.UTC).replace(tzinfo=None)
    book.set_properties({"created": created})
    names = _SHEETS[lang]
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True})
    _fill(book.add_worksheet(names[0]), bold, _HEADS[lang], _verdicts(report, speech))
    _fill(book.add_worksheet(names[1]), bold, _NEAR_HEADS[lang], _near(report, speech))
    _fill(book.add_worksheet(names[2]), bold, _PAIR_HEADS[lang], _pairs(report, speech))
    _fill(book.add_worksheet(names[3]), bold, _FAULT_HEADS[lang], _faults(report, lang))
    _fill(book.add_worksheet(names[4]), bold, (), ([line] for line in round_lines(report, lang)))
    book.close()
    return memory.getvalue()


def _fill(sheet: Any, bold: Any, heads: Sequence[str], rows: Iterator[Row]) -> None:
    """Write a table; text is always written as text, never as a formula or a link."""
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    if heads:
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 16)
    for number, row in enumerate(rows, 1 if heads else 0):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)


def _verdicts(report: RoundReport, speech: Speech) -> Iterator[Row]:
    for each in report.applicants:
        site = each.site
        blockers = _blockers(each)
        answers = list(zip(report.rules, each.answers, strict=True))
        yield (
            site.id,
            site.name,
            speech.term("kind", site.kind),
            speech.region(site.district),
            speech.terms("service", site.services),
            site.rank,
            site.stated.x if site.stated else None,
            site.stated.y if site.stated else None,
            speech.term("crs", site.stated.crs) if site.stated else None,
            speech.verdict(each.verdict),
            speech.join(near.code for near in blockers),
            blockers[0].distance_mm / 1000 if blockers else None,
            speech.terms("service", _open_services(each)),
            speech.join(dict.fromkeys(speech.why(a.why) for a in each.answers if a.why)),
            speech.join(speech.title(answer.rule) for _, answer in answers),
            speech.join(dict.fromkeys(c for bound, _ in answers for c in bound.rule.clauses)),
            ("；" if speech.lang == "zh" else "; ").join(
                speech.reading(name)
                for name in dict.fromkeys(n for b, _ in answers for n in b.rule.readings)
            ),
            speech.faulty(dict.fromkeys(f for a in each.answers for f in a.faulty)),
        )


def _blockers(each: Applicant) -> list[Neighbour]:
    found = {near.code: near for answer in each.answers for near in answer.blockers}
    return sorted(found.values(), key=lambda near: (near.distance_mm, near.code))


def _open_services(each: Applicant) -> list[str]:
    """The services that no rule stops or leaves open."""
    fine = (Verdict.KEPT, Verdict.NOT_BOUND)
    held = {s.service for a in each.answers for s in a.services if s.verdict not in fine}
    closed = any(not a.services and a.verdict not in fine for a in each.answers)
    return [] if closed else [service for service in each.site.services if service not in held]


def _near(report: RoundReport, speech: Speech) -> Iterator[Row]:
    for each in report.applicants:
        for answer in each.answers:
            for near in answer.near:
                yield (
                    each.site.id,
                    speech.title(answer.rule),
                    speech.join(dict.fromkeys(speech.effect(e) for _, e in near.effects)),
                    near.code,
                    near.name,
                    near.distance_mm / 1000,
                    None if near.computed_mm is None else near.computed_mm / 1000,
                    near.error_mm / 1000,
                    speech.terms("service", near.services),
                    speech.term("standing", near.standing),
                    speech.region(near.district),
                    speech.say("applicant") if near.applicant else "",
                    speech.join(
                        f"{s.number} {s.measured_on.isoformat()} {s.by} {s.document}"
                        for s in near.surveys
                    ),
                )


def _faults(report: RoundReport, lang: str) -> Iterator[Row]:
    for each in sorted(report.faults, key=lambda each: (each.place.file, each.place.row or 0)):
        kind, place = KINDS[each.kind], each.place
        if kind.severity is Severity.NOTE:
            continue
        what, cure = (said.say(lang, **each.fields) for said in (kind.what, kind.cure))
        answered = _ANSWERED[lang][kind.severity is not Severity.BLOCKING]
        yield place.file, place.row, place.column, what, cure, answered


def _pairs(report: RoundReport, speech: Speech) -> Iterator[Row]:
    for found in report.rounds:
        for pair in found.pairs if found else ():
            yield (
                speech.title(found.rule) if found else "",
                pair.first,
                pair.second,
                pair.distance_mm / 1000,
                speech.terms("service", pair.services),
                speech.effect(pair.effect),
                speech.join(pair.blocked),
            )


__all__ = ["round_workbook"]
